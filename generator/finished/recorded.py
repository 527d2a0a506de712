"""Links recorded while building (已登记的链接): what each document means to show on its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator import address
from generator.domain.kinds import Kind
from generator.finding import Place
from generator.html_links.reading.pages import Extract
from generator.model import Entry, Site
from generator.pages.body import address_of

# Elements whose addresses are read in HTML too.
_SHOWN = frozenset({"a", "area", "img", "video", "audio", "source", "track"})


@dataclass(frozen=True, slots=True)
class Record:
    """The addresses that a document writes on its page, in the form of `_plain`, and where each stands first."""

    path: str
    kind: Kind
    links: Mapping[str, Place]
    files: Mapping[str, Place]
    ids: frozenset[str]

    def missing(self, page: Extract) -> frozenset[str]:
        """The recorded addresses that the finished page does not have."""
        there = {_plain(link[2]) for link in page.links}
        return frozenset((self.links.keys() | self.files.keys()) - there)

    def rest_of(self, page: Extract) -> Extract:
        """The page without what the document itself wrote: that has been judged in its source."""
        known = self.links.keys() | self.files.keys()
        return replace(
            page,
            links=[link for link in page.links if _plain(link[2]) not in known],
            hidden=tuple(one for one in page.hidden if _plain(one.href) not in known),
            repeated=tuple(one for one in page.repeated if one not in self.ids),
        )


def recorded(site: Site) -> dict[str, Record]:
    """Page address → what the document there means to show; none for those that share an address."""
    return {
        entry.url: _record(entry)
        for entry in site.listed
        if len(site.addresses.get(entry.url, ())) <= 1
    }


def _record(entry: Entry) -> Record:
    url = entry.url
    links: dict[str, Place] = {}
    for found in entry.links:
        if found.written.element in _SHOWN:
            place = found.written.place(entry.path)
            links.setdefault(_plain(address_of(found, url, url)), place)
    files = {
        _plain(address.href(url, attachment.url)): entry.document.source.place(*attachment.key)
        for attachment in entry.attachments
        if attachment.url and attachment.verdict.is_good
    }
    return Record(entry.path, entry.document.kind, links, files, frozenset(_said_twice(entry)))


def _said_twice(entry: Entry) -> Iterator[str]:
    """The ids that the body itself repeats, which is said of its source."""
    for flaw in entry.body.flaws:
        if flaw.rule == "duplicate-id":
            yield from flaw.words


def _plain(href: str) -> str:
    """An address as both sides have it: HTML knows no lone surrogates, and may change white space."""
    if href.isascii() and href.isprintable() and " " not in href:
        return href
    return " ".join(href.encode("utf-8", "replace").decode().replace("\0", "\ufffd").split())
