"""Remembered sites (记得的站点): the site of an earlier build, of which only what is asked for is made again.

What is kept of a document is small and plain: its address, its place in lists, its name and numbers, what it has
to do with others. All else is read from its file when somebody asks. So the page of one document of ten thousand
is made without reading the others. Nothing may have changed since but bodies (`amend`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, cast

from generator import address, attachments, link, load, validate
from generator.config import Config
from generator.contents import Contents
from generator.convert import convert, stored
from generator.domain import duplicates
from generator.domain.kinds import Kind, Status
from generator.domain.own_words import Words
from generator.finding import Place
from generator.link.evidence import Evidence
from generator.link.resolve import Resolver
from generator.memo import Memo
from generator.model import (
    Asset,
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

# What tables and lists ask of every document.
_NAMED = ("title", "document_number", "index_number", "year", "period")
_KINDS = {one.value: one for one in Kind}
_STATUSES = {one.value: one for one in Status}
_WITHHELD = {one.value: one for one in Withheld}


def packed(site: Site) -> bytes:
    """All that is kept of `site`, as JSON, but for its sketches."""
    columns: dict[tuple[str, ...], int] = {}
    keys: dict[tuple[str, ...], int] = {}
    cards = [_card(entry, columns, keys) for entry in site.entries.values()]
    places: dict[str, list[str]] = {}
    claimed: dict[str, list[list[object]]] = {}
    for url, claims in site.addresses.items():
        first = claims[0]
        if len(claims) == 1 and (first.line, first.column) == (1, 1):
            places.setdefault(first.path, []).append(url)
        else:
            claimed[url] = [[one.path, one.line, one.column] for one in claims]
    return json.dumps(
        [
            cards,
            list(columns),
            list(keys),
            [entry.path for entry in site.built],
            places,
            claimed,
            [[one.path, one.size] for one in site.all_assets.values()],
            [one.path for one in site.assets],
            site.issuers,
            site.unreadable,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode("utf-8", "surrogatepass")


def packed_sketches(site: Site) -> bytes:
    """The sketches of a site, which every amendment changes."""
    paths = json.dumps(list(site.sketches), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return paths + b"\n" + duplicates.packed(site.sketches.values())


def _card(
    entry: Entry, columns: dict[tuple[str, ...], int], keys: dict[tuple[str, ...], int]
) -> list[object]:
    document = entry.document
    meta = document.meta
    held = (document.column, *document.also_in)
    present = tuple(
        sorted(name for name in type(meta).model_fields if name in meta.model_fields_set)
    )
    related = {name: found for name in link.RELATIONS if (found := getattr(entry, name))}
    return [
        document.path,
        document.kind.value,
        columns.setdefault(held, len(columns)),
        document.withheld.value if document.withheld else None,
        document.source.readable,
        document.newest_first,
        entry.status.value,
        related,
        [getattr(meta, name) for name in _NAMED],
        meta.signed.isoformat() if meta.signed else None,
        [meta.published.day.isoformat(), meta.published.clock] if meta.published else None,
        [[one.file, one.title] for one in meta.attachments],
        keys.setdefault(present, len(keys)),
        front(document.source),
        entry.face,
        entry.announces_tasks,
        len(entry.links),
    ]


def links_of(site: Site, path: str) -> int:
    """How many links the body of a remembered document had."""
    return _card_of(site, path).links


def has_front_of(site: Site, source: Source) -> bool:
    """Whether the front matter of a document is as it was remembered, every key in its place."""
    return front(source) == _card_of(site, source.path).front


def is_remembered(entry: Entry) -> bool:
    """Whether a document is read when it is asked for, and so is as its file is now."""
    return isinstance(entry, _Entry)


def _card_of(site: Site, path: str) -> _Card:
    entry = site.entries[path]
    if not isinstance(entry, _Entry):
        raise TypeError("not a remembered document")
    return entry.card


def front(source: Source) -> str:
    """The front matter of a source with the place of every key, as a digest."""
    parts = (source.fields, source.keys, source.values, source.body_line)
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@dataclass(frozen=True)
class Around:
    """What a site stands in, and what its documents are read with: nothing of it has changed."""

    folder: Path
    config: Config
    today: date
    register: tuple[tuple[str, str], ...]
    words: Words
    memo: Memo


def recalled(raw: bytes, sketches: bytes, around: Around) -> Site:
    """The site that `packed` and `packed_sketches` kept; ValueError or TypeError for anything else."""
    parts = json.loads(raw.decode("utf-8", "surrogatepass"))
    cards, columns, keys, built, places, claimed, assets, published, issuers, unreadable = parts
    if not all(_is_inside(path) for path, *_ in (*cards, *assets)):
        raise ValueError("what is remembered leads out of the site")
    shelf = _Shelf(around, columns, keys)
    entries: dict[str, Entry] = {card[0]: _Entry(card, shelf) for card in map(_Card._make, cards)}
    files = {path: _Asset(path, size, around.folder) for path, size in assets}
    addresses: dict[str, tuple[Place, ...]] = {
        url: (Place(path, 1, 1),) for path, urls in places.items() for url in urls
    }
    for url, claims in claimed.items():
        addresses[url] = tuple(Place(*claim) for claim in claims)
    site = Site(
        around.config,
        around.today,
        entries,
        tuple(entries[path] for path in built),
        tuple(files[path] for path in published),
        files,
        addresses,
        around.register,
        around.words,
        tuple(unreadable),
        contents=_Contents(around, files),
    )
    # A frozen site keeps what it has worked out beside its fields.
    site.__dict__["issuers"] = tuple(issuers)
    names, _, numbers = sketches.partition(b"\n")
    paths = json.loads(names.decode("utf-8", "surrogatepass"))
    held = duplicates.unpacked(numbers, len(paths))
    site.__dict__["sketches"] = dict(zip(paths, held, strict=True))
    shelf.site = site
    return site


def _is_inside(path: str) -> bool:
    """Whether a path is one below the content folder, as a build writes it: the memo may come from anywhere."""
    return path.startswith("content/") and "/../" not in path and "\0" not in path


class _Shelf:
    """What all documents of a remembered site are read with."""

    site: Site

    def __init__(
        self, around: Around, columns: Sequence[Sequence[str]], keys: Sequence[Sequence[str]]
    ) -> None:
        self.around = around
        self.columns = [tuple(held) for held in columns]
        self.keys = [frozenset(present) for present in keys]

    @cached_property
    def resolver(self) -> Resolver:
        return link.resolver(self.site)

    @cached_property
    def evidence(self) -> Evidence:
        return link.evidence(self.site)

    def source(self, path: str) -> Source:
        found = load.again(self.around.folder, path)
        return found or Source(path, {}, {}, {}, "", 1, readable=False)

    def body(self, source: Source) -> Body:
        key = stored.key_of(source)
        known = stored.recalled(self.around.memo, key)
        return known or convert(source.body, source.body_line)


class _Card(NamedTuple):
    """What is kept of one document, as `_card` writes it; `held` and `present` are numbers in the tables of a shelf."""

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
    """Front matter: what lists ask for is at hand, what the document does not say is known, the rest is read."""

    def __init__(self, card: _Card, shelf: _Shelf) -> None:
        self._card, self._shelf = card, shelf
        self.__dict__.update(zip(_NAMED, card.named, strict=True))

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
        field = TYPES[_KINDS[self._card.kind]].model_fields.get(name)
        if field is not None and name not in self._shelf.keys[self._card.present]:
            value = field.get_default(call_default_factory=True)
        else:
            value = getattr(self._whole, name)
        self.__dict__[name] = value
        return value

    @cached_property
    def _whole(self) -> FrontMatter:
        source = self._shelf.source(self._card.path)
        return validate.meta(source, _KINDS[self._card.kind])


class _Source(Source):
    """A source whose file is read when anything in it is asked for."""

    __slots__ = ("_card", "_shelf", "_whole")

    def __init__(self, card: _Card, shelf: _Shelf) -> None:
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

    def __init__(self, card: _Card, shelf: _Shelf) -> None:
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
        return cast("FrontMatter", _Meta(self._card, self._shelf))  # type: ignore[attr-defined]


class _Entry(Entry):
    """An entry that is linked again when its links are asked for."""

    def __init__(self, card: _Card, shelf: _Shelf) -> None:
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
    def card(self) -> _Card:
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
        shelf: _Shelf = self._shelf  # type: ignore[attr-defined]
        return shelf.body(shelf.source(self.path))

    @cached_property
    def _linked(self) -> Entry:
        shelf: _Shelf = self._shelf  # type: ignore[attr-defined]
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


class _Asset(Asset):
    """A file whose first bytes are read when they are asked for."""

    __slots__ = ("_folder",)

    def __init__(self, path: str, size: int, folder: Path) -> None:
        keep = object.__setattr__
        keep(self, "path", path)
        keep(self, "url", path.removeprefix("content/"))
        keep(self, "size", size)
        keep(self, "_folder", folder)

    @property
    def head(self) -> bytes:
        return load.head(self._folder / self.path)  # type: ignore[attr-defined]


class _Contents(Mapping[str, Contents]):
    """What stands inside the files to publish, read when it is asked for."""

    def __init__(self, around: Around, files: Mapping[str, Asset]) -> None:
        self._around, self._files = around, files

    def __getitem__(self, path: str) -> Contents:
        memory = self._around.memo.shelf("attachments")
        return attachments.read_all(self._around.folder, [self._files[path]], memory)[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
