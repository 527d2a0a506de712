"""What is written already (已写出): the manifest of an output, whether it is whole, and what lies beside it."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from generator.digests import Digests, files_below

MANIFEST = "manifest.json"
OLD = "-old"


class Ledger(NamedTuple):
    """What is known of the files of the site and of the output, by their digests."""

    sources: Digests
    output: Digests


def manifest_text(manifest: Mapping[str, str]) -> bytes:
    """The manifest as it stands in the output."""
    text = json.dumps(manifest, ensure_ascii=False, indent=0, sort_keys=True)
    return f"{text}\n".encode()


def is_whole(out: Path, manifest: Mapping[str, str], output: Digests) -> bool:
    """Whether `out` holds the files of `manifest`, byte for byte, their manifest, and nothing else."""
    text = hashlib.sha256(manifest_text(manifest)).hexdigest()
    expected = {**manifest, MANIFEST: text}
    folders = {f"{above}/" for name in expected for above in _above(name)}
    found = 0
    try:
        if out.is_symlink():
            return False
        for name, status, _ in files_below(out, hidden=True):
            if status is None:
                if name not in folders:
                    return False
            elif name not in expected or expected[name] != output.of(name, status):
                return False
            else:
                found += 1
    except OSError:
        return False
    return found == len(expected)


def _above(name: str) -> Iterator[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other run makes, sweeps or swaps anything in `folder` meanwhile."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems know no locks
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def prefix(out: Path) -> str:
    """How the names begin of the folders that runs make beside `out`."""
    return f".{out.name}.gongkai-"


def sweep(out: Path) -> None:
    """Remove what killed runs left beside `out`; a folder that is locked belongs to a living one."""
    for left in sorted(out.parent.iterdir()):
        if not left.name.startswith(prefix(out)):
            continue
        if left.name.endswith(OLD) and not out.exists():
            # Killed between the two steps of a swap that is not atomic.
            left.rename(out)
        elif not _is_in_use(left):
            shutil.rmtree(left, ignore_errors=True)


def _is_in_use(folder: Path) -> bool:
    try:
        lock = os.open(folder, os.O_RDONLY)
    except OSError:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(lock)
    return False
