"""Links recorded while building (已登记的链接): what each document means to show on its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from generator import address
from generator.finding import Place
from generator.html_links.reading.pages import Extract
from generator.model import Attachment, Entry, Site
from generator.pages.body import address_of

# Elements whose addresses are read in HTML too.
_SHOWN = frozenset({"a", "area", "img", "video", "audio", "source", "track"})


class Record(NamedTuple):
    """The addresses that a document writes on its page, in the form of `_plain`, and the ids it repeats."""

    hrefs: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    def compared(self, page: Extract) -> tuple[Extract, frozenset[str]]:
        """The page without what the document itself wrote, and the recorded addresses that it does not have.

        What a document wrote has been judged in its source.
        """
        if not self.hrefs and not self.ids:
            return page, self.hrefs
        there = frozenset([link[2] for link in page.links])
        known = self.hrefs
        if _is_plain("".join(there)):
            gone = known - there
        else:
            forms = {href: _plain(href) for href in there}
            gone = known.difference(forms.values())
            known = frozenset(href for href, form in forms.items() if form in known)
        rest = replace(
            page,
            links=[link for link in page.links if link[2] not in known],
            hidden=tuple(one for one in page.hidden if one.href not in known),
            repeated=tuple(one for one in page.repeated if one not in self.ids),
        )
        return rest, gone


NOTHING = Record()


def recording(site: Site) -> Mapping[str, Entry]:
    """Page address → the document that records what it shows there; none for those that share an address."""
    return {
        entry.url: entry for entry in site.listed if len(site.addresses.get(entry.url, ())) <= 1
    }


def record(entry: Entry | None) -> Record:
    """What is recorded of a document; nothing where there is none."""
    if entry is None:
        return NOTHING
    url = entry.url
    hrefs = [
        address_of(found, url, url) for found in entry.links if found.written.element in _SHOWN
    ]
    hrefs += [address.href(url, attachment.url) for attachment in _given(entry)]
    if not _is_plain("".join(hrefs)):
        hrefs = [_plain(href) for href in hrefs]
    return Record(frozenset(hrefs), frozenset(_said_twice(entry)))


def places(entry: Entry) -> tuple[Mapping[str, Place], Mapping[str, Place]]:
    """Where each link, and each attachment, of a document stands first, by its address in that form."""
    url = entry.url
    links: dict[str, Place] = {}
    for found in entry.links:
        if found.written.element in _SHOWN:
            place = found.written.place(entry.path)
            links.setdefault(_plain(address_of(found, url, url)), place)
    files = {
        _plain(address.href(url, attachment.url)): entry.document.source.place(*attachment.key)
        for attachment in _given(entry)
    }
    return links, files


def _given(entry: Entry) -> list[Attachment]:
    """The attachments that are there."""
    return [one for one in entry.attachments if one.url and one.verdict.is_good]


def _said_twice(entry: Entry) -> Iterator[str]:
    """The ids that the body itself repeats, which is said of its source."""
    for flaw in entry.body.flaws:
        if flaw.rule == "duplicate-id":
            yield from flaw.words


def _plain(href: str) -> str:
    """An address as both sides have it: HTML knows no lone surrogates, and may change white space."""
    if _is_plain(href):
        return href
    return " ".join(href.encode("utf-8", "replace").decode().replace("\0", "\ufffd").split())


def _is_plain(hrefs: str) -> bool:
    """Whether no address among these letters has another form."""
    return hrefs.isascii() and hrefs.isprintable() and " " not in hrefs
