"""Remembered sites (记得的站点): the site of an earlier build, of which only what is asked for is made again.

What is kept of a document is small and plain: its address, its place in lists, its name and numbers, what it has
to do with others. All else is read from its file when somebody asks (`shelf`). So the page of one document of ten
thousand is made without reading the others. Nothing may have changed since but bodies (`amend`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import Any, cast, overload

from generator import attachments, link, load
from generator.contents import Contents
from generator.domain import duplicates
from generator.domain.duplicates import Sketch
from generator.finding import Place
from generator.link.claims import Claims
from generator.memo import portions
from generator.model import Asset, Entry, Site, Source
from generator.shelf import NAMED, Around, Card, Shelf, card_of

__all__ = [
    "Around",
    "front",
    "has_front_of",
    "is_remembered",
    "links_of",
    "packed",
    "packed_sketches",
    "recalled",
]


_PRESENT, _NAMED = map(Card._fields.index, ("present", "named"))
_AT_ONCE = 1000  # documents, files or addresses


def packed(site: Site) -> Iterator[bytes]:
    """All that is kept of `site`, but for its sketches, as JSON in parts: as a whole it is larger than the site."""
    columns: dict[tuple[str, ...], int] = {}
    keys: dict[tuple[str, ...], int] = {}
    tables: dict[str, Iterable[object]] = {
        "cards": (_card(entry, columns, keys) for entry in site.entries.values()),
        "columns": columns,
        "keys": keys,
        "built": (entry.path for entry in site.built),
        "places": _places(site),
        "claimed": _claimed(site),
        "files": ((one.path, one.size) for one in site.all_assets.values()),
        "published": (one.path for one in site.assets),
        "issuers": site.issuers,
        "unreadable": site.unreadable,
        "titles": _titles(site),
    }
    for name, rows in tables.items():
        for part in portions(rows, _AT_ONCE):
            yield _json([name, part])


def _json(value: object) -> bytes:
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")


def _is_plain(claims: Sequence[Place]) -> bool:
    """Whether an address is claimed by one file alone, as a whole."""
    first = claims[0]
    return len(claims) == 1 and (first.line, first.column) == (1, 1)


def _places(site: Site) -> Iterator[list[str]]:
    """The files that claim addresses as a whole and alone, each with those of its addresses that follow each other."""
    plain = ((claims[0].path, url) for url, claims in site.addresses.items() if _is_plain(claims))
    for path, found in groupby(plain, itemgetter(0)):
        yield [path, *(url for _, url in found)]


def _claimed(site: Site) -> Iterator[list[object]]:
    """All other addresses, each with the places that claim it."""
    for url, claims in site.addresses.items():
        if not _is_plain(claims):
            yield [url, *([one.path, one.line, one.column] for one in claims)]


def _titles(site: Site) -> Iterator[list[object]]:
    """What texts may name documents by, with the numbers of these among all documents."""
    numbers = {path: number for number, path in enumerate(site.entries)}
    for name, paths in link.evidence(site).titles.items():
        yield [name, *(numbers[path] for path in paths)]


class _Titles(Mapping[str, Sequence[str]]):
    """The paths of documents by what texts may name them by."""

    def __init__(self, numbers: Mapping[str, Sequence[int]], paths: Sequence[str]) -> None:
        self._numbers, self._paths = numbers, paths

    def __getitem__(self, name: str) -> Sequence[str]:
        return [self._paths[number] for number in self._numbers[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def packed_sketches(site: Site) -> Iterator[bytes]:
    """The sketches of a site in parts."""
    for part in portions(site.sketches.items(), _AT_ONCE):
        yield _json([path for path, _ in part]) + b"\n" + duplicates.packed(one for _, one in part)


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
        [getattr(meta, name) for name in NAMED],
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
    return card_of(entry) is not None


def _card_of(site: Site, path: str) -> Card:
    card = card_of(site.entries[path])
    if card is None:
        raise TypeError("not a remembered document")
    return card


def front(source: Source) -> str:
    """The front matter of a source with the place of every key, as a digest."""
    parts = (source.fields, source.keys, source.values, source.body_line)
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def recalled(
    parts: Iterable[bytes],
    sketches: Iterable[bytes],
    around: Around,
    newer: Mapping[str, str] | None = None,
) -> Site:
    """The site that `packed` and `packed_sketches` kept; ValueError, TypeError or LookupError for anything else.

    `newer` are the sketches of bodies that were revised since, in hexadecimal; empty where a body has none.
    """
    tables = _tables(parts)
    cards, built, files = tables["cards"], tables["built"], tables["files"]
    if not _are_inside([one[0] for one in (*cards, *files)]):
        raise ValueError("what is remembered leads out of the site")
    keys = tables["keys"]
    shelf = Shelf(around, tables["columns"], keys)
    entries = {card[0]: shelf.entry(card) for card in map(Card._make, cards)}
    assets = _Files(dict(files), around)
    addresses = Claims((url, path) for path, *urls in tables["places"] for url in urls)
    for url, *claims in tables["claimed"]:
        for claim in claims:
            addresses.add(url, Place(*claim))
    site = Site(
        around.config,
        around.today,
        entries,
        tuple(entries[path] for path in built),
        cast("tuple[Asset, ...]", _Published(tables["published"], assets)),
        assets,
        addresses,
        around.register,
        around.words,
        tuple(tables["unreadable"]),
        contents=_Contents(around, assets),
    )
    # A frozen site keeps what it has worked out beside its fields.
    site.__dict__["issuers"] = tuple(tables["issuers"])
    with_waivers = {number for number, names in enumerate(keys) if "waive" in names}
    site.__dict__["waiving"] = tuple(
        entries[card[0]] for card in cards if with_waivers and card[_PRESENT] in with_waivers
    )
    titles = {name: numbers for name, *numbers in tables["titles"]}
    site.__dict__["said"] = partial(_said, cards)
    site.__dict__["titles"] = _Titles(titles, [card[0] for card in cards])
    site.__dict__["sketches"] = _sketches(sketches, newer or {})
    shelf.site = site
    return site


def _said(cards: Iterable[Sequence[Any]], field: str) -> Iterator[tuple[str, str]]:
    """The documents that say anything in one of the fields that are at hand, by path, with that."""
    at = NAMED.index(field)
    return ((card[0], card[_NAMED][at]) for card in cards if card[_NAMED][at])


def _tables(parts: Iterable[bytes]) -> Mapping[str, list[Any]]:
    tables: dict[str, list[Any]] = defaultdict(list)
    for part in parts:
        name, rows = json.loads(part.decode("utf-8", "surrogatepass"))
        tables[name] += rows
    return tables


def _sketches(parts: Iterable[bytes], newer: Mapping[str, str]) -> Mapping[str, Sketch]:
    known: dict[str, Sketch] = {}
    for part in parts:
        names, _, raw = part.partition(b"\n")
        paths = json.loads(names.decode("utf-8", "surrogatepass"))
        known.update(zip(paths, duplicates.unpacked(raw, len(paths)), strict=True))
    if newer:
        known |= {path: Sketch.fromhex(one) for path, one in newer.items()}
        known = {path: one for path, one in sorted(known.items()) if one}
    return known


def _are_inside(paths: Sequence[str]) -> bool:
    """Whether all paths lie below the content folder, as a build writes them: the memo may come from anywhere.

    All are looked at as one text, which takes a tenth of looking at each.
    """
    whole = "".join(f"\n{path}" for path in paths)
    is_below = whole.count("\ncontent/") == whole.count("\n") == len(paths)
    return is_below and "/../" not in whole and "\0" not in whole and "/..\n" not in f"{whole}\n"


class _Asset(Asset):
    """A file whose first bytes are read when they are asked for."""

    __slots__ = ("_around",)

    def __init__(self, path: str, size: int, around: Around) -> None:
        keep = object.__setattr__
        keep(self, "path", path)
        keep(self, "url", path.removeprefix("content/"))
        keep(self, "size", size)
        keep(self, "_around", around)

    @property
    def head(self) -> bytes:
        around: Around = self._around  # type: ignore[attr-defined]
        around.read.add(self.path)
        return load.head(around.folder / self.path)


class _Files(Mapping[str, Asset]):
    """The files of a remembered site by path, each made when it is asked for."""

    def __init__(self, sizes: Mapping[str, int], around: Around) -> None:
        self._sizes, self._around = sizes, around

    def __getitem__(self, path: str) -> Asset:
        return _Asset(path, self._sizes[path], self._around)

    def __contains__(self, path: object) -> bool:
        return path in self._sizes

    def __iter__(self) -> Iterator[str]:
        return iter(self._sizes)

    def __len__(self) -> int:
        return len(self._sizes)


class _Published(Sequence[Asset]):
    """Those of the files that are published."""

    def __init__(self, paths: Sequence[str], files: Mapping[str, Asset]) -> None:
        self._paths, self._files = paths, files

    @overload
    def __getitem__(self, at: int) -> Asset: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Asset]: ...
    def __getitem__(self, at: int | slice) -> Asset | Sequence[Asset]:
        if isinstance(at, slice):
            return _Published(self._paths[at], self._files)
        return self._files[self._paths[at]]

    def __len__(self) -> int:
        return len(self._paths)


class _Contents(Mapping[str, Contents]):
    """What stands inside the files to publish, read when it is asked for."""

    def __init__(self, around: Around, files: Mapping[str, Asset]) -> None:
        self._around, self._files = around, files

    def __getitem__(self, path: str) -> Contents:
        self._around.read.add(path)
        memory = self._around.memo.shelf("attachments")
        return attachments.read_all(self._around.folder, [self._files[path]], memory)[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
