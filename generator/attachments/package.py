"""An office file as a package (文件包): zipped XML, read within bounds whatever its bytes are."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import cached_property
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from generator.contents import Obstacle

MOST_ENTRIES = 10_000
LARGEST_PART = 32 * 1024 * 1024
LARGEST_WHOLE = 96 * 1024 * 1024
# Text of official files shrinks to a tenth; sheets full of equal cells to a hundredth.
_BOMB_SIZE = 256 * 1024 * 1024
_BOMB_RATIO = 200
_ENCRYPTED = 0x1
_DECODING = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)


class Unreadable(Exception):
    """The file cannot be read, or not to its end; `obstacle` says why."""

    def __init__(self, obstacle: Obstacle) -> None:
        self.obstacle = obstacle
        super().__init__(obstacle.value)


def local(element: Element) -> str:
    """The name of an element without its namespace, which differs between editions of the format."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def attribute(element: Element, name: str) -> str:
    """The attribute `name` of whatever namespace; empty where it is absent."""
    found = element.get(name)
    if found is not None:
        return found
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), "")


class Package:
    """A zip file with budgets: of entries, of bytes of one part, and of bytes of all parts together."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _DECODING:
            raise Unreadable(Obstacle.DAMAGED) from None
        entries = self._zip.infolist()
        whole = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_ENTRIES:
            raise Unreadable(Obstacle.BOMB)
        if whole > _BOMB_SIZE and whole > _BOMB_RATIO * len(content):
            raise Unreadable(Obstacle.BOMB)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise Unreadable(Obstacle.ENCRYPTED)
        self._left = LARGEST_WHOLE
        self._entries = {entry.filename: entry for entry in entries}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, sorted so that 10 comes after 9."""
        return tuple(sorted(self._entries, key=natural))

    def matching(self, pattern: str) -> Iterator[str]:
        """The names that match the whole `pattern`, whatever their case."""
        compiled = re.compile(pattern, re.IGNORECASE)
        return (name for name in self.names if compiled.fullmatch(name))

    def size(self, name: str) -> int:
        """How large the part `name` says it is."""
        return self._entries[name].file_size

    def part(self, name: str, limit: int = LARGEST_PART) -> bytes:
        """The bytes of the part `name`, `b""` where there is none."""
        if name not in self._entries:
            return b""
        limit = min(limit, self._left)
        content = self.head(name, limit + 1)
        if len(content) > limit:
            # What grows far beyond what it takes up was made to do so.
            packed = max(1, self._entries[name].compress_size)
            is_bomb = len(content) > _BOMB_RATIO * packed
            raise Unreadable(Obstacle.BOMB if is_bomb else Obstacle.TOO_LARGE)
        self._left -= len(content)
        return content

    def head(self, name: str, size: int) -> bytes:
        """At most the first `size` bytes of the part `name`."""
        try:
            with self._zip.open(self._entries[name]) as stream:
                return stream.read(size)
        except _DECODING:
            raise Unreadable(Obstacle.DAMAGED) from None

    @property
    def xml_size(self) -> int:
        """How many bytes of XML there are to be read, by what the file says of itself."""
        return sum(e.file_size for n, e in self._entries.items() if n.lower().endswith(".xml"))

    def holds(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self._entries

    def tree(self, name: str) -> Element | None:
        """The root of an XML part; None where there is none."""
        content = self.part(name)
        return parsed(content) if content else None

    def elements(self, name: str, tags: frozenset[str]) -> Iterator[Element]:
        """The elements of a large part one after the other, each forgotten as soon as it was used."""
        content = self.part(name)
        if not content:
            return
        try:
            for _, element in iterparse(io.BytesIO(content), forbid_dtd=True):
                if local(element) in tags:
                    yield element
                    element.clear()
        except _WRONG_XML:
            raise Unreadable(Obstacle.DAMAGED) from None

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """What the part `name` refers to: id → the sort of relation, the target, whether it is outside."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str, bool]] = {}
        for one in root if root is not None else ():
            target = one.get("Target", "")
            is_outside = one.get("TargetMode") == "External"
            if not is_outside:
                whole = target[1:] if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(whole)
            sort = one.get("Type", "").rpartition("/")[2]
            found[one.get("Id", "")] = (sort, target, is_outside)
        return found


_WRONG_XML = (ParseError, DefusedXmlException, LookupError, ValueError)


def parsed(content: bytes) -> Element:
    """The root of an XML document without a document type; raises `Unreadable`."""
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except _WRONG_XML:
        raise Unreadable(Obstacle.DAMAGED) from None
    return root


def natural(name: str) -> list[tuple[int, int | str]]:
    """The key that sorts `slide2` before `slide10`."""
    return [
        (0, int(part)) if part.isdecimal() and part.isascii() else (1, part)
        for part in re.split(r"([0-9]{1,18})", name)
    ]
