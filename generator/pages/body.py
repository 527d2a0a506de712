"""Bodies (正文) on a page: addresses filled in, and the outline."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from generator import address
from generator.model import Entry, Link, Site, Verdict
from generator.regex import regex

_INTERNAL = frozenset({Verdict.DOCUMENT, Verdict.PAGE, Verdict.FILE, Verdict.SAME_PAGE})
# A scheme may be hidden behind spaces and control characters, which browsers drop.
_NOISE = regex(r"[\x00-\x20\x7f\u00a0\u200b-\u200f\u2028\u2029\ufeff]+")
_HARMFUL = ("javascript:", "data:", "vbscript:")
_PICTURE = regex(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+")
# Tags with the text between them up to the next digit, which are left alone in one step, or a number with its
# unit (`14件`, `5.2万元`, `31日`), which stays on one line.
_MEASURE = regex(
    r"""(?:<[^>"]*+(?:"[^"]*+"[^>"]*+)*+>[^<0-9０-９]*+)++"""
    r"|([0-9０-９][0-9０-９.,]*\s?(?:[万亿]{0,2}[年月日天时分秒个件项条份次人名位户家所处元倍级类期号页岁周米吨克场篇种批]"
    r"|[万亿]{1,2}|[%‰％]))"
)


class OutlineItem(NamedTuple):
    """A line of the outline (本文目录): its words, its address, and how deep it lies (from 1)."""

    text: str
    href: str
    depth: int


def address_of(link: Link, own_url: str, page: str) -> str:
    """What to write as the address of `link` on `page`, not yet escaped for HTML.

    `own_url` is the address of the document in which the link stands.
    """
    if link.verdict in _INTERNAL:
        return address.href(page, link.url or own_url, link.fragment)
    good = link.url if link.verdict.is_good else ""
    return harmless(good or link.written.href)


def full_address_of(own_url: str, base_url: str, link: Link) -> str:
    """What to write as the address of `link` away from its page: in full where it stays in the site."""
    if link.verdict in _INTERNAL:
        place = f"#{address.quoted(link.fragment)}" if link.fragment else ""
        return address.absolute(base_url, link.url or own_url) + place
    return address_of(link, own_url, own_url)


def harmless(href: str) -> str:
    """`href`, or `#` where it would run code; a picture written out in its address runs none."""
    folded = _NOISE.sub("", href).lower()
    return "#" if folded.startswith(_HARMFUL) and not _PICTURE.fullmatch(href) else href


def _words(site: Site, link: Link) -> str:
    """The text of a reference without words of its own: the title of its target, else as written."""
    target = site.entries.get(link.document)
    if link.verdict.is_good and target is not None and target.document.withheld is None:
        return target.document.title
    return link.written.text or link.written.href


def filled(site: Site, entry: Entry, page: str) -> Markup:
    """The body of `entry` as it stands on `page`, every slot filled."""
    whole = copied(site, entry, lambda link: address_of(link, entry.url, page))
    # The pieces were sanitised by the converter, the values between them are escaped.
    return Markup(kept_together(whole))


def copied(site: Site, entry: Entry, place: Callable[[Link], str]) -> str:
    """The HTML of the body of `entry` with the address that `place` gives of each link, for any use of it."""
    body = entry.body
    pieces = body.pieces
    parts = [pieces[0]] if pieces else []
    for piece, (number, is_text) in zip(pieces[1:], body.slots, strict=True):
        link = entry.links[number]
        parts += (escape(_words(site, link) if is_text else place(link)), piece)
    return "".join(parts)


def kept_together(html: str) -> str:
    """`html` with every number and its unit in an element that is never broken over two lines."""
    return _MEASURE.sub(_unbroken, html)


def _unbroken(found: re.Match[str]) -> str:
    return f'<span class="nb">{found[1]}</span>' if found[1] else found[0]


def outline(entry: Entry) -> tuple[OutlineItem, ...]:
    """The outline of a body, three levels of headings at most."""
    headings = entry.body.outline
    top = min((heading.level for heading in headings), default=2)
    return tuple(
        OutlineItem(heading.text, address.anchor(heading.id), heading.level - top + 1)
        for heading in headings
        if heading.level - top < 3
    )
