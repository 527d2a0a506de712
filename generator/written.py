"""What is written already (已写出): the manifest of an output, whether it is whole, and what lies beside it."""

from __future__ import annotations

import fcntl
import hashlib
import heapq
import json
import os
import shutil
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from generator.digests import HEX, Digests, Sums, mark_of, stamp, stamp_of, stamps, told
from generator.memo import portions

MANIFEST = "manifest.json"
_AT_ONCE = 1024  # lines
OLD = "-old"


class Ledger(NamedTuple):
    """What is known of the files of the site and of the output, by their digests."""

    sources: Digests
    output: Digests


class Written(Sums):
    """The files that were written by address: the SHA-256 of each and, where somebody asks later, its marks."""

    def __init__(self) -> None:
        super().__init__()
        self._sizes, self._dates, self._inodes = array("Q"), array("q"), array("Q")

    def add(self, name: str, digest: str, status: os.stat_result | None) -> None:
        """Take down a file; with the status of one, that of all."""
        self._add(name, digest)
        if status is not None:
            self._sizes.append(status.st_size)
            self._dates.append(status.st_mtime_ns)
            self._inodes.append(status.st_ino)

    def stamped(self) -> Iterator[tuple[str, str]]:
        """The stamp of each file, which may have been moved, and its digest."""
        marks = zip(self, self._sizes, self._dates, self._inodes, strict=True)
        for index, (name, size, modified, inode) in enumerate(marks):
            yield stamp(name, size, modified, 0, inode), self._at(index)


def manifest_parts(manifest: Mapping[str, str]) -> Iterator[bytes]:
    """The manifest as it stands in the output, a line a file, in parts: while it is made, it is many times as large."""
    yield b"{\n"
    between = ""
    for names in portions(sorted(manifest), _AT_ONCE):
        part = {name: manifest[name] for name in names}
        # Asked for an indentation, `json` would do it in Python, which takes ten times as long.
        lines = json.dumps(part, ensure_ascii=False, separators=(",\n", ": "))[1:-1]
        yield f"{between}{lines}".encode()
        between = ",\n"
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
        lines = list(stamps(out, hidden=True, moves=True))
        is_so = output.once(_question(seal), mark_of(lines), looked) == f"{True}"
    except OSError:
        return None
    return lines if is_so else None


def _holds(out: Path, seal: str, lines: Sequence[str], output: Digests) -> bool:
    files: dict[str, str] = {}
    folders: set[str] = set()
    for name, own, _ in map(told, lines):
        if name.endswith("/"):
            folders.add(name)
        elif own:
            files[name] = own
        else:
            return False
    if MANIFEST not in files or output.at(files[MANIFEST]) != seal:
        return False
    manifest = {**json.loads((out / MANIFEST).read_bytes()), MANIFEST: seal}
    return (
        files.keys() == manifest.keys()
        and folders == _folders(manifest)
        and all(output.at(own) == manifest[name] for name, own in files.items())
    )


def put_digest(manifest: bytearray, url: str, content: bytes) -> None:
    """Let the text of a manifest tell of other bytes at `url`; ValueError where it does not tell of that file."""
    name = json.dumps(url, ensure_ascii=False).encode() + b': "'
    start = manifest.index(b"\n" + name) + 1 + len(name)
    manifest[start : start + HEX] = hashlib.sha256(content).hexdigest().encode()


def learn_whole(out: Path, written: Written, seal: str, output: Digests) -> None:
    """Take down that `out` is whole, which was just written so, and the digests of its files."""
    with suppress(OSError), (out / MANIFEST).open("rb") as file:
        own = stamp_of(MANIFEST, os.fstat(file.fileno()), moves=True)
        # Else another run has put its own output there in between.
        if hashlib.file_digest(file, "sha256").hexdigest() != seal:
            return
        output.keep(heapq.merge(written.stamped(), [(own, seal)]))
        files = heapq.merge((one for one, _ in written.stamped()), [own])
        lines = heapq.merge(files, sorted(_folders(written)))
        output.learn(_question(seal), mark_of(lines), f"{True}")


def learn_same(
    out: Path, lines: list[str], names: Iterable[str], seal: str, output: Digests
) -> None:
    """Take down that `out`, whose stamps were `lines`, is whole again with other files of these names."""
    for name in names:
        lines[bisect_left(lines, f"{name}\0")] = stamp_of(name, (out / name).stat(), moves=True)
    output.learn(_question(seal), mark_of(lines), f"{True}")


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
