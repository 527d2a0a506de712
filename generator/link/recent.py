"""What was worked out lately (近事): enough of it to serve a folder, little enough for any number of documents."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
_MOST = 4096


class Recent(dict[K, V]):
    """A dictionary that begins anew when it is full: documents come folder by folder, and with them their links."""

    def __setitem__(self, key: K, value: V) -> None:
        if len(self) >= _MOST:
            self.clear()
        super().__setitem__(key, value)
