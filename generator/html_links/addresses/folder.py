"""The folder checked (被检查的文件夹): its files as a web host would serve them."""

from __future__ import annotations

import os
import posixpath
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from io import FileIO
from pathlib import Path

from generator.regex import regex

PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
# In the order in which hosts look for them.
_INDEX_NAMES = ("index.html", "index.htm", "default.html", "default.htm", "index.shtml")
# What follows is of no interest: neither pages nor anything that they load.
_SKIPPED = frozenset({".git", ".svn", ".hg"})
_HEAD = 4096


def html_of(files: Iterable[str]) -> tuple[str, ...]:
    """The HTML files of these, those of one folder together."""
    found = [path for path in files if path.lower().endswith(PAGE_SUFFIXES)]
    return tuple(sorted(found, key=lambda path: (posixpath.dirname(path), path)))


class Folder:
    """All files below `root`; paths are POSIX, relative, as on the disk.

    A name that is not UTF-8 holds lone surrogates (PEP 383); `shown` makes it printable.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files, self.folders = _walk(str(root))

    @property
    def readable(self) -> Iterable[str]:
        """The files of which anything can be read."""
        return self.files

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The HTML files, those of one folder together."""
        return html_of(self.files)

    def index(self, folder: str) -> str | None:
        """The file that a host shows for `folder` (no slash at its end, empty for the root)."""
        for name in _INDEX_NAMES:
            path = f"{folder}/{name}" if folder else name
            if path in self.files:
                return path
        return None

    def read(self, path: str) -> bytes:
        """The bytes of a file; empty where it cannot be read."""
        return read_file(f"{self.root}/{path}")

    def head(self, path: str) -> bytes:
        """The first bytes of a file; empty where it cannot be read."""
        try:
            with FileIO(f"{self.root}/{path}") as file:
                return file.read(_HEAD)
        except OSError:
            return b""

    def size(self, path: str) -> int | None:
        """The size of a file in bytes; None where that cannot be told."""
        try:
            return (self.root / path).stat().st_size
        except OSError:
            return None

    @cached_property
    def by_case(self) -> Mapping[str, Sequence[str]]:
        """Case-folded path → the files and folders so spelled."""
        return self._by(str.casefold)

    @cached_property
    def by_form(self) -> Mapping[str, Sequence[str]]:
        """Path after `form` → the files and folders so spelled."""
        return self._by(form)

    @cached_property
    def by_name(self) -> Mapping[str, Sequence[str]]:
        """Last part of the path after `form` → the files."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self.files):
            found[form(posixpath.basename(path))].append(path)
        return found

    @cached_property
    def beside(self) -> Mapping[str, Sequence[str]]:
        """Folder → the files directly in it."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self.files):
            found[posixpath.dirname(path)].append(path)
        return found

    def _by(self, key: Callable[[str], str]) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self.files):
            found[key(path)].append(path)
        for path in sorted(self.folders):
            found[key(path)].append(path)
        return found


def read_file(path: str) -> bytes:
    """The bytes of a file; empty where it cannot be read."""
    try:
        # Ten thousand files are read so; Path and buffers would cost more than the reading.
        with FileIO(path) as file:
            return file.read()
    except OSError:
        return b""


_BRACKETS = str.maketrans("〔〕【】［］﹝﹞「」", "[][][][][]")
_INVISIBLE = regex("[\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]")


def form(path: str) -> str:
    """`path` without what easily goes wrong: case, width, composition, brackets, spaces unseen."""
    if path.isascii():
        # All but case goes wrong in other scripts alone; of every file the form is asked for.
        return path.lower()
    wide = unicodedata.normalize("NFKC", _INVISIBLE.sub("", path).translate(_BRACKETS))
    return wide.translate(_BRACKETS).casefold()


def shown(path: str) -> str:
    """`path` as it can be printed."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _walk(root: str) -> tuple[frozenset[str], frozenset[str]]:
    files: set[str] = set()
    folders: set[str] = {""}
    waiting = [("", root, frozenset({os.path.realpath(root)}))]
    while waiting:
        prefix, folder, above = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            path = prefix + entry.name
            try:
                is_folder = entry.is_dir()
                is_file = not is_folder and entry.is_file()
            except OSError:
                continue
            if is_file:
                files.add(path)
            elif is_folder and entry.name not in _SKIPPED:
                real = os.path.realpath(entry.path) if entry.is_symlink() else ""
                # A link to a folder above would lead round for ever.
                if real not in above:
                    folders.add(path)
                    inner = above | {real or os.path.realpath(entry.path)}
                    waiting.append((path + "/", entry.path, inner))
    return frozenset(files), frozenset(folders)
