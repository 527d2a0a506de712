"""Rows of lists (列表行): what a list says of a document, the same on every list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from generator import address
from generator.domain.kinds import Kind, Status
from generator.domain.numerals import to_chinese
from generator.model import Entry, Site
from generator.pages.frame import Frame, TextLink, Way, day, issuers_of
from generator.schema import Consultation

MOST_READINGS = 9


@dataclass(frozen=True, slots=True)
class Label:
    """How a document stands (有效性、征集状态): the word to show, and its id for the style sheet."""

    word: str
    id: str


class Row(NamedTuple):
    """One document in a list."""

    href: str
    readings: tuple[TextLink, ...]
    title: str
    number: str
    issuer: str
    published: str
    status: Label | None
    words: str = ""


def state(consultation: Consultation, today: date) -> Label:
    """How a consultation stands on `today`."""
    if consultation.opens and today < consultation.opens:
        return Label("未开始", "coming")
    if not consultation.closes or today <= consultation.closes:
        return Label("征集中", "open")
    return Label("已反馈", "answered") if consultation.feedback else Label("已截止", "closed")


def label(site: Site, entry: Entry) -> Label | None:
    """What lists say of a document's standing: the state of a consultation, the validity of a policy."""
    consultation = entry.document.meta.consultation
    if consultation and entry.document.kind is Kind.CONSULTATION:
        return state(consultation, site.today)
    return validity(entry)


def validity(entry: Entry) -> Label | None:
    """The validity of a document, where its readers ask for it or it is not simply valid."""
    asked = entry.document.kind in address.KINDS_WITH_STATUS
    if not asked and entry.status is Status.VALID:
        return None
    return _VALIDITIES[entry.status]


_VALIDITIES = {status: Label(status.value, id_) for status, id_ in address.STATUS_PAGES.items()}


def is_shown(site: Site, path: str) -> bool:
    """Whether the document `path` may be named on other pages: built, and not withdrawn."""
    entry = site.entries.get(path)
    return entry is not None and entry.document.withheld is None and not entry.document.is_withdrawn


def shown(site: Site, paths: Iterable[str]) -> tuple[Entry, ...]:
    """The documents of `paths` that may be named on other pages."""
    return tuple(site.entries[path] for path in paths if is_shown(site, path))


def _same(site: Site) -> dict[str, tuple[str, str, str, str, Label | None, str]]:
    """What is the same in all rows of a document, on whatever page they stand, in the order of `Row`."""
    return {
        entry.path: (
            entry.document.title,
            meta.document_number or "",
            "、".join(issuers_of(site, entry)),
            day(meta.published.day) if meta.published else "",
            label(site, entry),
            _words(site, entry),
        )
        for entry in site.listed
        if (meta := entry.document.meta)
    }


def _words(site: Site, entry: Entry) -> str:
    """By what else a row can be found in its list: its subject and its topics."""
    meta, topics = entry.document.meta, site.config.topics
    titles = [topics[id_].title for id_ in meta.topics if id_ in topics]
    return " ".join([meta.subject or "", *titles]).strip()


def _readings(site: Site, entry: Entry, way: Way) -> tuple[TextLink, ...]:
    if entry.document.kind is Kind.INTERPRETATION:
        return ()
    readings = shown(site, entry.interpreted_by)[:MOST_READINGS]
    return tuple(
        TextLink(
            "解读" if len(readings) == 1 else f"解读{to_chinese(number)}",
            way(reading.url),
            note=reading.document.title,
        )
        for number, reading in enumerate(readings, 1)
    )


def rows(frame: Frame, entries: Iterable[Entry], way: Way) -> tuple[Row, ...]:
    """The rows of a list of listed documents on the page of `way`."""
    site, same = frame.site, frame.once(_same)
    return tuple(
        Row(
            way(entry.url),
            _readings(site, entry, way) if entry.interpreted_by else (),
            *same[entry.path],
        )
        for entry in entries
    )
