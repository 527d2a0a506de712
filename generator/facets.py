"""Facets (分面): by what a list can be narrowed, which document falls under what, and at which address.

Every view is a page of its own, so a reader without scripts can narrow a list too. A view exists only
where it holds a document, and is paged like the list it narrows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sized
from enum import StrEnum
from math import ceil

from generator import address
from generator.config import Column, Config
from generator.domain.kinds import Status
from generator.domain.subjects import SUBJECTS
from generator.model import Document

MOST_CHOICES = 12


class Facet(StrEnum):
    """A way to narrow a list; the value is the folder of its views."""

    YEAR = "year"
    STATUS = "status"
    ISSUER = "issuer"
    SUBJECT = "subject"
    TOPIC = "topic"

    @property
    def zh(self) -> str:
        """The word before the choices."""
        return _NAMES[self]


_NAMES: dict[Facet, str] = {
    Facet.YEAR: "年份",
    Facet.STATUS: "有效性",
    Facet.ISSUER: "发文机关",
    Facet.SUBJECT: "主题",
    Facet.TOPIC: "专题",
}
# A year or a validity is asked for even where there is only one; the others only where they narrow.
ALWAYS = frozenset({Facet.YEAR, Facet.STATUS})
BEFORE_LINKING: tuple[Facet, ...] = (Facet.YEAR, Facet.ISSUER, Facet.SUBJECT, Facet.TOPIC)

# In the order of the national list, so that the address of a subject never changes.
_SUBJECT_NAMES: dict[str, str] = {
    f"{above:02}-{below:02}": f"{subject}\\{part}"
    for above, (subject, parts) in enumerate(SUBJECTS.items(), 1)
    for below, part in enumerate(parts, 1)
} | {f"{above:02}": subject for above, subject in enumerate(SUBJECTS, 1)}
_SUBJECT_SLUGS = {name: slug for slug, name in _SUBJECT_NAMES.items()}


def slugs(facet: Facet, document: Document, config: Config) -> tuple[str, ...]:
    """Under what a document falls, as it stands in the address of a view; the validity is not known here."""
    meta = document.meta
    if facet is Facet.YEAR:
        return (str(meta.published.day.year),) if meta.published else ()
    if facet is Facet.ISSUER:
        return tuple(dict.fromkeys(map(address.name, meta.issuer or (config.organ.name,))))
    if facet is Facet.SUBJECT:
        slug = _SUBJECT_SLUGS.get(meta.subject or "")
        return (slug,) if slug else ()
    if facet is Facet.TOPIC:
        return tuple(topic for topic in meta.topics if topic in config.topics)
    return ()


def word(facet: Facet, slug: str, document: Document, config: Config) -> str:
    """What a reader calls a view; `document` is one that falls under it."""
    if facet is Facet.YEAR:
        return f"{slug}年"
    if facet is Facet.ISSUER:
        issuers = document.meta.issuer or (config.organ.name,)
        return next(issuer for issuer in issuers if address.name(issuer) == slug)
    if facet is Facet.SUBJECT:
        whole = _SUBJECT_NAMES[slug]
        part = whole.rpartition("\\")[2]
        return whole if part == "其他" else part
    return config.topics[slug].title


def narrows(facet: Facet, groups: Mapping[str, Sized], total: int) -> bool:
    """Whether the views of a facet show anything else than the whole list does."""
    return facet in ALWAYS or any(len(group) < total for group in groups.values())


def pages(documents: int, page_size: int) -> int:
    """On how many pages so many documents stand; an empty list has one."""
    return max(1, ceil(documents / page_size))


def column_urls(column: Column, documents: Iterable[Document], config: Config) -> Iterator[str]:
    """The address of every view of a column that holds these documents, but those of a validity."""
    held = list(documents)
    for facet in BEFORE_LINKING:
        groups: dict[str, list[Document]] = {}
        for document in held:
            for slug in slugs(facet, document, config):
                groups.setdefault(slug, []).append(document)
        if not narrows(facet, groups, len(held)):
            continue
        if len(groups) > MOST_CHOICES:
            yield address.facet_url(column.id, facet)
        for slug, group in groups.items():
            yield from address.view_urls(
                column.id, facet, slug, pages(len(group), config.page_size)
            )


def later_status_urls(column: str, statuses: Iterable[Status], page_size: int) -> Iterator[str]:
    """The later pages of the validity views of a column; `statuses` are those of what it holds.

    How much falls under a validity is known only when all documents are linked.
    """
    for status, count in Counter(statuses).items():
        slug = address.STATUS_PAGES[status]
        yield from address.view_urls(column, Facet.STATUS, slug, pages(count, page_size))[1:]


def catalog_group(document: Document) -> str:
    """Where a document stands in the catalogue: under an item of article 20, else under its column."""
    if document.meta.statutory_item:
        return f"item-{document.meta.statutory_item}"
    return f"column-{document.column.replace('/', '-')}" if document.column else "other"


def catalog_urls(documents: Iterable[Document], page_size: int) -> Iterator[str]:
    """The address of every page of the catalogue below its first."""
    counts: dict[str, int] = {}
    for document in documents:
        group = catalog_group(document)
        counts[group] = counts.get(group, 0) + 1
    for group, count in counts.items():
        yield from address.catalog_urls(group, pages(count, page_size))
