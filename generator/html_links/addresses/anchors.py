"""Anchors (锚点): whether a page has the place that a fragment names, and the place that was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from rapidfuzz import fuzz, process

from generator.domain import numbering
from generator.finding import Text
from generator.html_links.addresses.folder import form
from generator.regex import regex

_LIKE_ENOUGH = 70
# Routes of scripts and views of pictures are no places on a page.
_NO_PLACE = regex(r"[!/?]|svgView\(|(?:page|t|xywh|zoom|nameddest|toolbar|view)=", re.IGNORECASE)


_ID = regex(rb"\s(?:xml:)?id\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
PERHAPS = Text("是不是 {suggestion}？", "did you mean {suggestion}?")
CHECK = Text(
    "核对目标网页上这个位置的 id；已经没有的，去掉 # 及其后面的部分",
    "look for the id on the target page; without one, cut off the # and what follows",
)


def is_met(fragment: str, anchors: Iterable[str]) -> bool:
    """Whether `fragment`, as written behind the #, names one of `anchors` by the rules of browsers."""
    if not fragment or fragment in anchors or _NO_PLACE.match(fragment):
        return True
    words = unquote(fragment)
    return words in anchors or words.lower() == "top"


def nearest(fragment: str, anchors: Iterable[str]) -> str | None:
    """The anchor that was meant, if one is near enough."""
    words = unquote(fragment)
    known = sorted(set(filter(None, anchors)))
    same = [anchor for anchor in known if form(anchor) == form(words)]
    bare = _unnumbered(words)
    same = same or [anchor for anchor in known if bare and _unnumbered(anchor) == bare]
    if len(same) == 1:
        return same[0]
    found = process.extractOne(words, known, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    return str(found[0]) if found else None


def _unnumbered(anchor: str) -> str:
    found = numbering.mark(anchor)
    return form(anchor[len(found.label) :] if found else anchor)


def repeated(anchors: Iterable[str]) -> Iterator[str]:
    """Ids that stand more than once, each once."""
    seen: set[str] = set()
    said: set[str] = set()
    for anchor in anchors:
        if anchor in seen and anchor not in said:
            said.add(anchor)
            yield anchor
        seen.add(anchor)


def words(fragment: str) -> str:
    """`fragment` as a reader knows it."""
    return unquote(fragment)


def of_drawing(svg: bytes) -> frozenset[str]:
    """The ids in an SVG file."""
    return frozenset((one or other).decode("utf-8", "replace") for one, other in _ID.findall(svg))
