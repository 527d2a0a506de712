"""Cutting (剪裁): single elements taken out of an XML file while every other byte of it stays as it was.

An office file that is parsed and written anew loses what its own program needs, such as the prefixes
that `mc:Ignorable` names; so the parser tells only where an element begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from generator.regex import regex

_TAG = regex(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DEEPEST = 500


class NotXml(Exception):
    """A part of the file is no XML, or has a document type."""


class Cut(NamedTuple):
    """The bytes from `start` to `end` become `new`."""

    start: int
    end: int
    new: bytes = b""


@dataclass(slots=True)
class Node:
    """An element by its local name, its attributes, and the offsets of its two tags."""

    name: str
    attributes: dict[str, str]
    start: int
    inner: int
    inner_end: int = 0
    end: int = 0
    children: list[Node] = field(default_factory=list)

    def __iter__(self) -> Iterator[Node]:
        """The node and everything below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child

    def child(self, name: str) -> Node | None:
        """The first child of this name."""
        return next((one for one in self.children if one.name == name), None)

    def removal(self) -> Cut:
        """The cut that takes the whole element out."""
        return Cut(self.start, self.end)

    def emptying(self) -> Cut:
        """The cut that takes out what stands in the element."""
        return Cut(self.inner, self.inner_end)

    def unwrapping(self) -> tuple[Cut, Cut]:
        """The cuts that take out the element but leave what stands in it."""
        return Cut(self.start, self.inner), Cut(self.inner_end, self.end)


def as_utf8(content: bytes) -> bytes:
    """The XML in UTF-8, in which a tag can be found by its bytes."""
    if not content.startswith(_MARKS):
        return content
    text = content.decode("utf-16", "replace")
    return re.sub(r"(<\?xml[^>]*?)\s+encoding=[\"'][^\"']*[\"']", r"\1", text, count=1).encode()


def parse(content: bytes) -> Node:
    """The tree of an XML file with the place of everything in it; raises `NotXml`."""
    parser = expat.ParserCreate()
    top = Node("", {}, 0, 0)
    path = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        place = parser.CurrentByteIndex
        tag = _TAG.match(content, place)
        if tag is None or len(path) > _DEEPEST:
            raise NotXml
        inside = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        node = Node(name.rpartition(":")[2], inside, place, tag.end())
        if tag[0].endswith(b"/>"):
            node.inner_end = node.end = tag.end()
        path[-1].children.append(node)
        path.append(node)

    def end(_: str) -> None:
        node = path.pop()
        if not node.end:
            node.inner_end = parser.CurrentByteIndex
            node.end = content.find(b">", node.inner_end) + 1

    def refuse(*_: object) -> None:
        raise NotXml

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise NotXml from None
    return top


def cut(content: bytes, cuts: Iterable[Cut]) -> bytes:
    """`content` with the cuts made; one inside another is covered by it."""
    parts: list[bytes] = []
    done = 0
    for one in sorted(set(cuts), key=lambda one: (one.start, -one.end)):
        if one.start < done or one.start == one.end:
            continue
        parts += [content[done : one.start], one.new]
        done = one.end
    return b"".join([*parts, content[done:]])
