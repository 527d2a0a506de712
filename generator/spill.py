"""Spill (暂存): large texts of a running build, kept in a nameless file instead of in memory.

Ten thousand documents are half a gigabyte of text of which a build needs one document's at a time. The file
is the system's to delete: it has no name, and ends with the process. Where there is no room for it, memory
serves.
"""

from __future__ import annotations

import os
from functools import cache
from tempfile import TemporaryFile
from threading import Lock


class Spill:
    """A file that is only ever added to, and read at any place."""

    def __init__(self) -> None:
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - it lives as long as the process
        self._end = 0
        self._lock = Lock()

    def put(self, raw: bytes) -> Kept:
        """Keep `raw`; gives what reads it again."""
        with self._lock:
            start = self._end
            try:
                if os.pwrite(self._file.fileno(), raw, start) != len(raw):
                    return Kept(self, 0, 0, raw)
            except OSError:
                return Kept(self, 0, 0, raw)
            self._end += len(raw)
        return Kept(self, start, len(raw))

    def read(self, start: int, length: int) -> bytes:
        """What stands there."""
        return os.pread(self._file.fileno(), length, start)


class Kept:
    """Something in a spill, or in memory where the spill had no room."""

    __slots__ = ("_held", "_length", "_spill", "_start")

    def __init__(self, spill: Spill, start: int, length: int, held: bytes | None = None) -> None:
        self._spill = spill
        self._start = start
        self._length = length
        self._held = held

    def raw(self) -> bytes:
        """The bytes that were kept."""
        if self._held is not None:
            return self._held
        return self._spill.read(self._start, self._length)


@cache
def spill() -> Spill:
    """The spill of this process."""
    return Spill()
