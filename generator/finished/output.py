"""The output as a folder (成品文件夹): the pages in memory, and the files that will be copied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

from generator import address
from generator.html_links.addresses.folder import Folder, html_of
from generator.model import Page

# What is copied is read only for the links in it; no page written by hand is larger.
_LARGEST = 5 * 1024 * 1024
_HEAD = 4096


class Output(Folder):
    """The finished pages by address, as a web host would serve them; nothing has been written.

    `addresses` are those that are promised; where a template is broken its page is missing, and
    links to it are not to blame.
    """

    def __init__(self, pages: Sequence[Page], addresses: Iterable[str], site: Path) -> None:
        self.root = site
        self._pages: Mapping[str, Page] = {page.url: page for page in pages}
        self.files = frozenset(chain(self._pages, addresses, address.ALWAYS))
        self.folders = frozenset(_above(self.files))

    @property
    def readable(self) -> Iterable[str]:
        """The files that were made; what is promised beside has nothing in it yet."""
        return self._pages

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The HTML files that are there, those of one folder together."""
        # Of all promised addresses a revision has made a page or two.
        return html_of(self._pages)

    def source_of(self, path: str) -> str:
        """The file of the site from which the one at `path` is copied; empty for what is made."""
        page = self._pages.get(path)
        return page.copy_of if page else ""

    def read(self, path: str) -> bytes:
        """The bytes of a file; empty where it cannot be read, or is too large for a page."""
        return self._bytes(path, _LARGEST)

    def head(self, path: str) -> bytes:
        """The first bytes of a file; empty where it cannot be read."""
        return self._bytes(path, _HEAD, cut=True)

    def size(self, path: str) -> int | None:
        """The size of a file in bytes; None where that cannot be told."""
        page = self._pages.get(path)
        if page is None:
            return None
        if not page.copy_of:
            return len(page.content)
        return super().size(page.copy_of)

    def _bytes(self, path: str, most: int, *, cut: bool = False) -> bytes:
        page = self._pages.get(path)
        if page is None:
            return b""
        if not page.copy_of:
            return page.content
        try:
            with (self.root / page.copy_of).open("rb") as file:
                content = file.read(most + 1)
        except OSError:
            return b""
        return content[:most] if cut or len(content) <= most else b""


def _above(files: Iterable[str]) -> set[str]:
    folders = {""}
    for folder in {file.rpartition("/")[0] for file in files}:
        above = folder
        while above not in folders:
            folders.add(above)
            above = above.rpartition("/")[0]
    return folders
