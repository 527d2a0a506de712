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

Kept = int | bytes
"""What reads a text again: its place in the spill, as one number to be small, or where there was no room, itself."""

_LENGTH_BITS = 32


class Spill:
    """A file that is only ever added to, and read at any place."""

    def __init__(self) -> None:
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - it lives as long as the process
        self._end = 0
        self._lock = Lock()

    def put(self, raw: bytes) -> Kept:
        """Keep `raw`; gives what reads it again."""
        length = len(raw)
        with self._lock:
            start = self._end
            try:
                if os.pwrite(self._file.fileno(), raw, start) != length:
                    return raw
            except OSError:
                return raw
            self._end += length
        return start << _LENGTH_BITS | length

    def read(self, kept: Kept) -> bytes:
        """The bytes that were kept."""
        if isinstance(kept, bytes):
            return kept
        length = kept & ((1 << _LENGTH_BITS) - 1)
        return os.pread(self._file.fileno(), length, kept >> _LENGTH_BITS)


@cache
def spill() -> Spill:
    """The spill of this process."""
    return Spill()
