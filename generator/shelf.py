"""What a remembered site is read with (书架): documents of which only what is asked for is read from their files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, cast

from generator import address, link, load, validate
from generator.config import Config
from generator.convert import convert, stored
from generator.domain.kinds import Kind, Status
from generator.domain.own_words import Words
from generator.link.evidence import Evidence
from generator.link.resolve import Resolver
from generator.memo import Memo
from generator.model import (
    Attachment,
    Body,
    Document,
    Entry,
    Link,
    Reference,
    Site,
    Source,
    Withheld,
)
from generator.schema import TYPES, AttachmentField, FrontMatter, Moment

NAMED = ("title", "document_number", "index_number", "year", "period")
"""What tables and lists ask of every document."""
_AT_HAND = frozenset((*NAMED, "signed", "published", "attachments"))
_KINDS = {one.value: one for one in Kind}
_STATUSES = {one.value: one for one in Status}
_WITHHELD = {one.value: one for one in Withheld}


@dataclass(frozen=True)
class Around:
    """What a site stands in, and what its documents are read with: nothing of it has changed."""

    folder: Path
    config: Config
    today: date
    register: tuple[tuple[str, str], ...]
    words: Words
    memo: Memo
    read: set[str] = field(default_factory=set)
    """The files of the content that were read since, by path."""


class Shelf:
    """What all documents of a remembered site are read with."""

    site: Site

    def __init__(
        self, around: Around, columns: Sequence[Sequence[str]], keys: Sequence[Sequence[str]]
    ) -> None:
        self.around = around
        self.columns = [tuple(held) for held in columns]
        self._keys = [frozenset(present) for present in keys]
        self._sorts: dict[tuple[str, int], type[_Meta]] = {}

    def meta(self, card: Card) -> FrontMatter:
        """The front matter of a document."""
        sort = self._sorts.get((card.kind, card.present))
        if sort is None:
            # What a document does not say is the same in all that say as much: it belongs to their class.
            absent = {
                name: field.get_default(call_default_factory=True)
                for name, field in TYPES[_KINDS[card.kind]].model_fields.items()
                if name not in self._keys[card.present] and name not in _AT_HAND
            }
            sort = self._sorts[card.kind, card.present] = type("_Meta", (_Meta,), absent)
        return cast("FrontMatter", sort(card, self))

    def entry(self, card: Card) -> Entry:
        """The document of which this is remembered."""
        return _Entry(card, self)

    @property
    def resolver(self) -> Resolver:
        """What resolves the links of documents."""
        return self.site.once(link.resolver)

    @property
    def evidence(self) -> Evidence:
        """What judges the texts of links."""
        return self.site.once(link.evidence)

    def source(self, path: str) -> Source:
        """A document as it is written."""
        self.around.read.add(path)
        found = load.again(self.around.folder, path)
        return found or Source(path, {}, {}, {}, "", 1, readable=False)

    def body(self, source: Source) -> Body:
        """A document as it is converted."""
        key = stored.key_of(source)
        known = stored.recalled(self.around.memo, key)
        return known or convert(source.body, source.body_line)


def card_of(entry: Entry) -> Card | None:
    """What is remembered of a document; None where it was read and linked itself."""
    return entry.card if isinstance(entry, _Entry) else None


class Card(NamedTuple):
    """What is kept of one document; `held` and `present` are numbers in the tables of a shelf."""

    path: str
    kind: str
    held: int
    withheld: str | None
    readable: bool
    newest: list[Any]
    status: str
    related: dict[str, list[str]]
    named: list[Any]
    signed: str | None
    published: list[str] | None
    files: list[tuple[str, str | None]]
    present: int
    front: str
    face: str
    has_tasks: bool
    links: int


class _Meta:
    """Front matter: what lists ask for is at hand, what the document does not say its class knows, the rest is read."""

    def __init__(self, card: Card, shelf: Shelf) -> None:
        self._card, self._shelf = card, shelf
        self.__dict__.update(zip(NAMED, card.named, strict=True))

    @cached_property
    def signed(self) -> date | None:
        signed = self._card.signed
        return date.fromisoformat(signed) if signed else None

    @cached_property
    def published(self) -> Moment | None:
        published = self._card.published
        return Moment(date.fromisoformat(published[0]), published[1]) if published else None

    @cached_property
    def attachments(self) -> tuple[AttachmentField, ...]:
        return tuple(
            AttachmentField.model_construct(file=file, title=title)
            for file, title in self._card.files
        )

    def __getattr__(self, name: str) -> Any:
        value = self.__dict__[name] = getattr(self._whole, name)
        return value

    @cached_property
    def _whole(self) -> FrontMatter:
        source = self._shelf.source(self._card.path)
        return validate.meta(source, _KINDS[self._card.kind])


class _Source(Source):
    """A source whose file is read when anything in it is asked for."""

    __slots__ = ("_card", "_shelf", "_whole")

    def __init__(self, card: Card, shelf: Shelf) -> None:
        keep = object.__setattr__
        keep(self, "path", card.path)
        keep(self, "readable", card.readable)
        keep(self, "_card", card)
        keep(self, "_shelf", shelf)

    @property
    def _read(self) -> Source:
        found: Source | None = getattr(self, "_whole", None)
        if found is None:
            found = self._shelf.source(self.path)  # type: ignore[attr-defined]
            object.__setattr__(self, "_whole", found)
        return found

    @property
    def fields(self) -> Any:
        return self._read.fields

    @property
    def keys(self) -> Any:
        return self._read.keys

    @property
    def values(self) -> Any:
        return self._read.values

    @property
    def body(self) -> str:
        return self._read.body

    @property
    def body_line(self) -> int:
        return self._read.body_line


class _Document(Document):
    """A document whose file is read when anything in it is asked for; no slots: what was read is kept."""

    def __init__(self, card: Card, shelf: Shelf) -> None:
        keep = object.__setattr__
        keep(self, "_card", card)
        keep(self, "_shelf", shelf)
        keep(self, "kind", _KINDS[card.kind])
        keep(self, "column", shelf.columns[card.held][0])
        keep(self, "also_in", shelf.columns[card.held][1:])
        keep(self, "url", address.document_url(card.path))
        keep(self, "withheld", _WITHHELD.get(card.withheld or ""))

    @property
    def path(self) -> str:
        return self._card.path  # type: ignore[attr-defined, no-any-return]

    @property
    def newest_first(self) -> tuple[int, str, str]:
        return tuple(self._card.newest)  # type: ignore[attr-defined]

    @cached_property
    def source(self) -> Source:
        return _Source(self._card, self._shelf)  # type: ignore[attr-defined]

    @cached_property
    def meta(self) -> FrontMatter:
        shelf: Shelf = self._shelf  # type: ignore[attr-defined]
        return shelf.meta(self._card)  # type: ignore[attr-defined]


class _Entry(Entry):
    """An entry that is linked again when its links are asked for."""

    def __init__(self, card: Card, shelf: Shelf) -> None:
        keep = object.__setattr__
        keep(self, "_card", card)
        keep(self, "_shelf", shelf)
        keep(self, "status", _STATUSES[card.status])

    @cached_property
    def document(self) -> Document:
        return _Document(self.card, self._shelf)  # type: ignore[attr-defined]

    @property
    def url(self) -> str:
        return address.document_url(self.card.path)

    @property
    def column(self) -> str:
        shelf: Shelf = self._shelf  # type: ignore[attr-defined]
        return shelf.columns[self.card.held][0]

    @property
    def card(self) -> Card:
        return self._card  # type: ignore[attr-defined, no-any-return]

    @property
    def path(self) -> str:
        return self._card.path  # type: ignore[attr-defined, no-any-return]

    @property
    def face(self) -> str:
        return self._card.face  # type: ignore[attr-defined, no-any-return]

    @property
    def announces_tasks(self) -> bool:
        return self._card.has_tasks  # type: ignore[attr-defined, no-any-return]

    @cached_property
    def unlinked(self) -> Body:
        shelf: Shelf = self._shelf  # type: ignore[attr-defined]
        return shelf.body(shelf.source(self.path))

    @cached_property
    def _linked(self) -> Entry:
        shelf: Shelf = self._shelf  # type: ignore[attr-defined]
        source = shelf.source(self.path)
        return link.rewritten(self, source, self.unlinked, shelf.resolver, shelf.evidence)

    @cached_property
    def body(self) -> Body:
        return self._linked.body

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return self._linked.links

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        return link.references(self.document, self._shelf.resolver)  # type: ignore[attr-defined]

    @cached_property
    def attachments(self) -> tuple[Attachment, ...]:
        return link.attachments(self.document, self._shelf.resolver)  # type: ignore[attr-defined]


def _relation(name: str) -> property:
    def related(entry: _Entry) -> tuple[str, ...]:
        return tuple(entry.card.related.get(name, ()))

    return property(related)


for _name in link.RELATIONS:
    setattr(_Entry, _name, _relation(_name))
