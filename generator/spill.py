"""Spill (暂存): large texts of a running build, kept in a nameless file instead of in memory.

Ten thousand documents are half a gigabyte of text of which a build needs one document's at a time. The file
is the system's to delete: it has no name, and ends with the process. Where there is no room for it, memory
serves.
"""

from __future__ import annotations

import os
import sys
from array import array
from functools import cache
from tempfile import TemporaryFile
from threading import Lock
from typing import IO

Kept = int
"""What reads texts again, in one number, since that is small: the place of the first, then the length of each,
the last one lowest."""

_LENGTH_BITS = 32
_LENGTH = (1 << _LENGTH_BITS) - 1
# Bytes that are written at once: each of the ten texts of a document for itself takes twice as long, and so does
# new memory for those of a thousand.
_AT_ONCE = 1 << 18


class Spill:
    """Texts one after the other, read at any place; the last few are held until they are written together."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._number = -1
        self._held: dict[int, bytes] = {}
        self._most = _AT_ONCE
        self._written = self._end = 0
        self._lock = Lock()

    def put(self, *texts: bytes) -> Kept:
        """Keep `texts`; gives what reads each of them again."""
        raw = texts[0] if len(texts) == 1 else b"".join(texts)
        with self._lock:
            kept = self._end
            self._held[kept] = raw
            self._end += len(raw)
            if self._end - self._written > self._most:
                self._write()
        for text in texts:
            kept = kept << _LENGTH_BITS | len(text)
        return kept

    def read(self, kept: Kept, which: int = 0, of: int = 1) -> bytes:
        """The bytes of number `which`, from 0, of the `of` texts that were kept together."""
        first = start = kept >> of * _LENGTH_BITS
        for after in range(of - 1, of - 1 - which, -1):
            start += kept >> after * _LENGTH_BITS & _LENGTH
        length = kept >> (of - 1 - which) * _LENGTH_BITS & _LENGTH
        raw = self._held.get(first)
        if raw is None:
            return os.pread(self._number, length, start)
        return raw if len(raw) == length else raw[start - first : start - first + length]

    def _write(self) -> None:
        """Write what is held; it is let go of only when all of it lies in the file."""
        raw = b"".join(self._held.values())
        try:
            if self._file is None:
                self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - it lives as long as the process
                self._number = self._file.fileno()
            has_room = os.pwrite(self._number, raw, self._written) == len(raw)
        except OSError:
            has_room = False
        if has_room:
            self._written = self._end
            self._held.clear()
        else:
            self._most = sys.maxsize


class Places:
    """What reads many texts again, each kept alone: in twelve bytes each, since a number is an object of forty."""

    def __init__(self) -> None:
        self._starts, self._lengths = array("Q"), array("I")

    def append(self, kept: Kept) -> None:
        """Add one; 0 holds the place of what was not kept."""
        self._starts.append(kept >> _LENGTH_BITS)
        self._lengths.append(kept & _LENGTH)

    def __getitem__(self, index: int) -> Kept:
        return self._starts[index] << _LENGTH_BITS | self._lengths[index]


@cache
def spill() -> Spill:
    """The spill of this process."""
    return Spill()
