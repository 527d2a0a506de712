"""Sanitised HTML (净化): nh3 first, then one pass that tells the reader of each tag and each text.

After nh3 the HTML is canonical: lower-case tags, every attribute in double quotes. So one pattern reads
it exactly.
"""

from __future__ import annotations

import re
from functools import cache

import nh3

from generator.convert.positions import Positions
from generator.convert.reader import Reader
from generator.model import Body
from generator.regex import regex

TAGS = nh3.ALLOWED_TAGS | {"video", "audio", "source", "track"}
ATTRIBUTES: dict[str, set[str]] = {
    tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()
} | {
    "*": {"class", "id", "lang", "title", "style", "role", "aria-label"},
    "video": {"src", "poster", "controls", "width", "height", "preload"},
    "audio": {"src", "controls", "preload"},
    "source": {"src", "type"},
    "track": {"src", "kind", "srclang", "label"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "details": {"open"},
    "td": {"align", "colspan", "rowspan", "headers", "scope"},
    "th": {"align", "colspan", "rowspan", "headers", "scope", "abbr"},
}
ATTRIBUTES["a"] = {"href", "hreflang", "download", "target", "name"}
_TOKEN = regex(r'<(/?)([a-z][a-z0-9]*)((?: [a-zA-Z-]+="[^"]*")*)\s*/?>|[^<]+|<')
_ATTRIBUTE = regex(r' ([a-zA-Z-]+)="([^"]*)"')
# The title of the page is its only h1; a heading written with # has its level already.
_LOWERED = {"h1": "h2"}
# What follows such a tag is read as text up to its end, which may never come.
_SWALLOWING = regex(
    r"<(/?)(?:title|textarea|plaintext|xmp|iframe|noembed|noframes|noscript)\b", re.IGNORECASE
)
_DROPPED = tuple(
    (regex(rf"<{tag}\b", re.IGNORECASE), regex(rf"</{tag}\b", re.IGNORECASE))
    for tag in ("script", "style")
)


def sanitise(markup: str) -> str:
    """`markup` without anything that could run, load or restyle; addresses are judged later, as links."""
    markup = _SWALLOWING.sub(r"<\1span", markup)
    for opening, closing in _DROPPED:
        # The sanitiser drops these with their content; one that is never closed would take all below it.
        if opening.search(markup) and len(opening.findall(markup)) > len(closing.findall(markup)):
            markup = opening.sub("<span", markup)
    return _cleaner().clean(markup)


@cache
def _cleaner() -> nh3.Cleaner:
    """The sanitiser, which takes longer to make than most blocks of HTML to clean."""
    return nh3.Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
        filter_style_properties={"text-align"},
    )


def read(markup: str, where: Positions, tables: list[int]) -> Body:
    """The body that canonical `markup` holds; `tables` are the offsets of its tables in the source."""
    reader = Reader(where, tables[::-1])
    tell(reader, markup)
    return reader.body()


def tell(reader: Reader, markup: str) -> None:
    """Tell `reader` of each tag and each text of canonical `markup`."""
    for token in _TOKEN.finditer(markup):
        name = token[2]
        if name is None:
            reader.text(token[0])
        elif token[1]:
            reader.end(_LOWERED.get(name, name))
        else:
            reader.start(_LOWERED.get(name, name), _ATTRIBUTE.findall(token[3]))
