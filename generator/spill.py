"""Spill (暂存): large texts of a running build, kept in a nameless file instead of in memory.

Ten thousand documents are half a gigabyte of text of which a build needs one document's at a time. The file
is the system's to delete: it has no name, and ends with the process. Where there is no room for it, memory
serves.
"""

from __future__ import annotations

import os
from array import array
from functools import cache
from tempfile import TemporaryFile
from threading import Lock

Kept = int | tuple[bytes, ...]
"""What reads texts again: where there was no room themselves, else one number, since that is small: the place
in the spill of the first, then the length of each, the last one lowest."""

_LENGTH_BITS = 32
_LENGTH = (1 << _LENGTH_BITS) - 1


class Spill:
    """A file that is only ever added to, and read at any place."""

    def __init__(self) -> None:
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - it lives as long as the process
        self._number = self._file.fileno()
        self._end = 0
        self._lock = Lock()

    def put(self, *texts: bytes) -> Kept:
        """Keep `texts`; gives what reads each of them again."""
        raw = texts[0] if len(texts) == 1 else b"".join(texts)
        with self._lock:
            kept = self._end
            try:
                if os.pwrite(self._number, raw, kept) != len(raw):
                    return texts
            except OSError:
                return texts
            self._end += len(raw)
        for text in texts:
            kept = kept << _LENGTH_BITS | len(text)
        return kept

    def read(self, kept: Kept, which: int = 0, of: int = 1) -> bytes:
        """The bytes of number `which`, from 0, of the `of` texts that were kept together."""
        if isinstance(kept, tuple):
            return kept[which]
        start = kept >> of * _LENGTH_BITS
        for after in range(of - 1, of - 1 - which, -1):
            start += kept >> after * _LENGTH_BITS & _LENGTH
        length = kept >> (of - 1 - which) * _LENGTH_BITS & _LENGTH
        return os.pread(self._number, length, start)


class Places:
    """What reads many texts again, each kept alone: in twelve bytes each, since a number is an object of forty."""

    def __init__(self) -> None:
        self._starts, self._lengths = array("Q"), array("I")
        self._others: dict[int, Kept] = {}

    def append(self, kept: Kept | None) -> None:
        """Add one; None holds the place of what was not kept."""
        if isinstance(kept, tuple):
            self._others[len(self._starts)] = kept
        number = kept if isinstance(kept, int) else 0
        self._starts.append(number >> _LENGTH_BITS)
        self._lengths.append(number & _LENGTH)

    def __getitem__(self, index: int) -> Kept:
        if index in self._others:
            return self._others[index]
        return self._starts[index] << _LENGTH_BITS | self._lengths[index]


@cache
def spill() -> Spill:
    """The spill of this process."""
    return Spill()
