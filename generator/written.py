"""What is written already (已写出): the manifest of an output, whether it is whole, and what lies beside it."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from generator.digests import Digests, stamp_of, stamps, told

MANIFEST = "manifest.json"
_AT_ONCE = 1024  # lines
OLD = "-old"


class Ledger(NamedTuple):
    """What is known of the files of the site and of the output, by their digests."""

    sources: Digests
    output: Digests


def manifest_text(manifest: Mapping[str, str]) -> bytes:
    """The manifest as it stands in the output: a line a file."""
    return b"".join(manifest_parts(manifest))


def manifest_parts(manifest: Mapping[str, str]) -> Iterator[bytes]:
    """The same in parts: as a whole it is, while it is made, many times as large as what it tells of."""
    names = sorted(manifest)
    yield b"{\n"
    for start in range(0, len(names), _AT_ONCE):
        part = {name: manifest[name] for name in names[start : start + _AT_ONCE]}
        # Asked for an indentation, `json` would do it in Python, which takes ten times as long.
        lines = json.dumps(part, ensure_ascii=False, separators=(",\n", ": "))[1:-1]
        yield (f",\n{lines}" if start else lines).encode()
    yield b"\n}\n"


def seal_of(manifest: Mapping[str, str]) -> str:
    """The SHA-256 of the manifest (封签): as it tells of every file, it stands for the whole output."""
    digest = hashlib.sha256()
    for part in manifest_parts(manifest):
        digest.update(part)
    return digest.hexdigest()


def is_whole(out: Path, seal: str, output: Digests) -> bool:
    """Whether `out` holds the files of its manifest, byte for byte, the manifest of `seal`, and nothing else."""
    return whole(out, seal, output) is not None


def whole(out: Path, seal: str, output: Digests) -> list[str] | None:
    """The stamps of all files of `out` where it `is_whole`, else None."""

    def looked() -> str:
        is_so = _holds(out, seal, lines, output)
        if is_so:
            output.save()
        return f"{is_so}"

    try:
        if out.is_symlink():
            return None
        lines = stamps(out, hidden=True, moves=True)
        is_so = output.once(_question(seal), lines, looked) == f"{True}"
    except OSError:
        return None
    return lines if is_so else None


def _holds(out: Path, seal: str, lines: Sequence[str], output: Digests) -> bool:
    files: dict[str, str] = {}
    folders: set[str] = set()
    for name, stamp, _ in map(told, lines):
        if name.endswith("/"):
            folders.add(name)
        elif stamp:
            files[name] = stamp
        else:
            return False
    if MANIFEST not in files or output.at(files[MANIFEST]) != seal:
        return False
    manifest = {**json.loads((out / MANIFEST).read_bytes()), MANIFEST: seal}
    return (
        files.keys() == manifest.keys()
        and folders == _folders(manifest)
        and all(output.at(stamp) == manifest[name] for name, stamp in files.items())
    )


def with_digest(manifest: bytes, url: str, content: bytes) -> bytes:
    """The text of a manifest with other bytes at `url`; ValueError where it does not tell of that file."""
    name = json.dumps(url, ensure_ascii=False).encode() + b': "'
    start = manifest.index(b"\n" + name) + 1 + len(name)
    digest = hashlib.sha256(content).hexdigest().encode()
    return manifest[:start] + digest + manifest[start + len(digest) :]


def learn_whole(out: Path, manifest: Mapping[str, str], output: Digests) -> None:
    """Take down that `out` is whole, which was just written as `manifest` says."""
    text, seal = manifest_text(manifest), seal_of(manifest)
    with suppress(OSError), (out / MANIFEST).open("rb") as file:
        status = os.fstat(file.fileno())
        # Else another run has put its own output there in between.
        if file.read() == text:
            output.note(MANIFEST, status, seal)
            output.learn(_question(seal), _folders(manifest), f"{True}")


def learn_same(
    out: Path, lines: list[str], names: Iterable[str], seal: str, output: Digests
) -> None:
    """Take down that `out`, whose stamps were `lines`, is whole again with other files of these names."""
    for name in names:
        lines[bisect_left(lines, f"{name}\0")] = stamp_of(name, (out / name).stat(), moves=True)
    output.once(_question(seal), lines, lambda: f"{True}")


def _question(seal: str) -> str:
    return f"whole {seal}"


def _folders(names: Iterable[str]) -> set[str]:
    """Every folder that files of these names lie in."""
    folders: set[str] = set()
    for name in names:
        above = name.rpartition("/")[0]
        while above and f"{above}/" not in folders:
            folders.add(f"{above}/")
            above = above.rpartition("/")[0]
    return folders


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
