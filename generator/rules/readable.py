"""Every text of a document that may reach the public (可见文字): front matter and body, with its places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.finding import Place
from generator.model import KeyPath, Site, Source
from generator.rules import judged, typed

# Waivers are not published; numbers and addresses of documents have rules of their own.
_NOT_READ = frozenset({"waive", "aliases", "index_number", "document_number", "disclosure"})

# An address names things by numbers of its own; one for the telephone is the number itself.
_ADDRESS = re.compile(
    r"(?<=\])\((?!tel:)[^()\n]*\)|https?://[^\s<>）)]+|(?:href|src)=\"(?!tel:)[^\"\n]*\""
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a document: a field, or the body without code."""

    source: Source
    text: str
    key: KeyPath = ()

    @property
    def without_addresses(self) -> str:
        """The text with addresses turned to U+FFFC: every offset stays."""
        return _ADDRESS.sub(lambda found: "\ufffc" * len(found[0]), self.text)

    def place(self, offset: int) -> Place:
        """Where the character at `offset` stands; for a field, where the field does."""
        return self.source.place(*self.key) if self.key else typed.place(self.source, offset)


def passages(site: Site) -> Iterator[Passage]:
    """All fields of the documents that are judged, and the bodies of those that are published."""
    for entry in judged.documents(site):
        source = entry.document.source
        for key, value in source.fields.items():
            if key not in _NOT_READ:
                yield from _fields(source, value, (key,))
    for entry, body in typed.documents(site):
        yield Passage(entry.document.source, body)


def _fields(source: Source, value: object, key: KeyPath) -> Iterator[Passage]:
    if isinstance(value, str):
        yield Passage(source, value, key)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _fields(source, inner, (*key, name))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _fields(source, inner, (*key, index))
