"""The site's own library (本站政策库): how many rules and normative documents were made, ended, in force.

Dates leave room: a document signed on 30 December may count for the year it is published in, one that
is replaced may end when the new one is signed or when it takes effect. So every count is a range.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from generator.domain.kinds import Kind, Status
from generator.model import Document, Entry, Site
from generator.rules import annual

_ENDED = frozenset({Status.REPEALED, Status.EXPIRED})


class Life(NamedTuple):
    """A document of the library: the years it may have been made in, and ended in (None: in force)."""

    document: Document
    made: tuple[int, int]
    ended: tuple[int, int] | None
    effective: int

    def is_made(self, year: int) -> tuple[bool, bool]:
        """Whether it was made in `year`, for certain and perhaps."""
        return self.made == (year, year), self.made[0] <= year <= self.made[1]

    def is_ended(self, year: int) -> tuple[bool, bool]:
        """Whether it ended in `year`, for certain and perhaps."""
        if self.ended is None:
            return False, False
        return self.ended == (year, year), self.ended[0] <= year <= self.ended[1]

    def is_in_force(self, year: int) -> tuple[bool, bool]:
        """Whether it was in force at the end of `year`, for certain and perhaps."""
        certain = self.made[1] <= year and (self.ended is None or self.ended[0] > year)
        perhaps = self.made[0] <= year and (self.ended is None or self.ended[1] > year)
        # What is made but not yet in effect is counted by some and not by others.
        return certain and self.effective <= year, perhaps


class Count(NamedTuple):
    """A count of the library: the documents that belong to it for certain, and those that may."""

    certain: tuple[Document, ...]
    perhaps: tuple[Document, ...]

    def excess(self, number: int) -> int:
        """By how much `number` is more than this count can be; below zero where it is less."""
        return number - min(max(number, len(self.certain)), len(self.perhaps))


class Year(NamedTuple):
    """What the library says of a year, in the words of table 2."""

    made: Count
    repealed: Count
    in_force: Count


def lives(site: Site) -> Mapping[str, tuple[Life, ...]]:
    """The documents of the library, oldest first, by their row of table 2: `rules` and `normative`."""
    found: dict[str, list[Life]] = {"rules": [], "normative": []}
    for entry in site.entries.values():
        document = entry.document
        row = "rules" if document.meta.normative == "规章" else "normative"
        if _counts(site, document) and (life := _life(site, entry)):
            found[row].append(life)
    return {row: tuple(sorted(held, key=_oldest_first)) for row, held in found.items()}


def _oldest_first(life: Life) -> tuple[date, str]:
    document = life.document
    return document.meta.signed or _published(document) or date.max, document.path


def of_year(documents: tuple[Life, ...], year: int) -> Year:
    """What these documents make of the row of table 2 for `year`."""
    return Year(
        _count((life.document, life.is_made(year)) for life in documents),
        _count((life.document, life.is_ended(year)) for life in documents),
        _count((life.document, life.is_in_force(year)) for life in documents),
    )


def _count(judged: Iterator[tuple[Document, tuple[bool, bool]]]) -> Count:
    held = list(judged)
    return Count(
        tuple(document for document, (certain, _) in held if certain),
        tuple(document for document, (_, perhaps) in held if perhaps),
    )


def _counts(site: Site, document: Document) -> bool:
    """Whether it is one of the organ's own documents that anybody can read on the site."""
    meta = document.meta
    return (
        bool(meta.normative)
        and document.kind is Kind.POLICY
        and document.withheld is None
        and not (meta.draft or document.is_withdrawn)
        and annual.issuer(site, document) == ""
    )


def _life(site: Site, entry: Entry) -> Life | None:
    meta = entry.document.meta
    days = [day for day in (meta.signed, _published(entry.document)) if day]
    if not days:
        return None
    made = (min(days).year, max(days).year)
    effective = meta.effective.year if meta.effective else made[0]
    return Life(entry.document, made, _end(site, entry, made[0]), effective)


def _end(site: Site, entry: Entry, made: int) -> tuple[int, int] | None:
    """The first and the last year in which it may have ended."""
    ends = [_replaced(site.entries[path].document) for path in entry.superseded_by]
    expires = entry.document.meta.expires
    if expires:
        # The last day still belongs to it.
        ends.append((expires, _next(expires)))
    if entry.document.meta.status in _ENDED and not any(first <= site.today for first, _ in ends):
        return made, site.today.year
    if not ends:
        return None
    return min(first for first, _ in ends).year, min(last for _, last in ends).year


def _replaced(later: Document) -> tuple[date, date]:
    days = [d for d in (later.meta.signed, _published(later), later.meta.effective) if d]
    return min(days, default=date.min), max(days, default=date.max)


def _published(document: Document) -> date | None:
    return document.meta.published.day if document.meta.published else None


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
