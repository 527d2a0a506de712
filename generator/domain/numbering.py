"""Official numbering (层次序数): 一、（一）1.（1）, 第一章, 第一条, and headings that run into their text.

GB/T 9704-2012 numbers the levels of a document 一、 （一） 1. （1）; rules and institutions count
第一章 and 第一条. Most headings of the second and third level are *run-in*: “（一）及时发布。正文……” is one
paragraph whose first sentence is its heading. This is recognised here once, for HTML, outline,
importer and downloads alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from generator.domain.numerals import NUMERAL, to_int
from generator.regex import regex

LONGEST_HEADING = 40
_CHINESE = NUMERAL.removeprefix("0-9")


class Rank(IntEnum):
    """The level of a numbering mark, outermost first."""

    PART = 1  # 第一编
    CHAPTER = 2  # 第一章
    SECTION = 3  # 第一节
    ARTICLE = 4  # 第一条
    FIRST = 5  # 一、
    SECOND = 6  # （一）
    THIRD = 7  # 1.
    FOURTH = 8  # （1）


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering mark at the start of a paragraph: `（一）`, its rank, its value and its length."""

    rank: Rank
    value: int
    label: str


_PATTERNS: dict[Rank, re.Pattern[str]] = {
    Rank.PART: regex(rf"第([{NUMERAL}]{{1,4}})编(?=[ \u3000\xa0\t])"),
    Rank.CHAPTER: regex(rf"第([{NUMERAL}]{{1,4}})章(?=[ \u3000\xa0\t])"),
    Rank.SECTION: regex(rf"第([{NUMERAL}]{{1,4}})节(?=[ \u3000\xa0\t])"),
    Rank.ARTICLE: regex(rf"第([{NUMERAL}]{{1,5}})条(?=[ \u3000\xa0\t])"),
    # “一、二、三产业” is prose: a mark is not followed by another one.
    Rank.FIRST: regex(rf"([{_CHINESE}]{{1,3}})、(?![{_CHINESE}]{{1,3}}、)"),
    Rank.SECOND: regex(rf"[（(]([{_CHINESE}]{{1,3}})[）)]、?"),
    Rank.THIRD: regex(r"([1-9１-９]\d?)(?:[.．](?!\d)|、)"),
    Rank.FOURTH: regex(r"[（(]([1-9１-９]\d?)[）)]、?"),
}


def mark(text: str) -> Mark | None:
    """The numbering mark that `text` begins with, or None."""
    for rank, pattern in _BY_SIGN.get(text[:1], ()):
        match = pattern.match(text)
        if match:
            return _mark(rank, match[1], match[0])
    return None


# The same few numbers head all documents.
@lru_cache(maxsize=256)
def _mark(rank: Rank, numeral: str, label: str) -> Mark | None:
    value = to_int(numeral)
    return Mark(rank, value, label) if value else None


# Which marks may begin with a sign; most texts begin with none of these.
_BY_SIGN = {
    sign: tuple((rank, _PATTERNS[rank]) for rank in ranks)
    for signs, ranks in (
        ("第", (Rank.PART, Rank.CHAPTER, Rank.SECTION, Rank.ARTICLE)),
        (_CHINESE, (Rank.FIRST,)),
        ("（(", (Rank.SECOND, Rank.FOURTH)),
        ("123456789１２３４５６７８９", (Rank.THIRD,)),
    )
    for sign in signs
}
SIGNS = frozenset(_BY_SIGN)
_STOP_OR_BRACKET = regex(r"[。！？!?《》“”（）()【】]")
_OPENING, _CLOSING = frozenset("《“（(【"), frozenset("》”）)】")
# What a heading does not hold: 一是……；二是……, or a list behind a colon.
_NO_HEADING = regex(r"[；;]|[：:](?!\d)")


def heading_end(text: str, found: Mark) -> int:
    """Where the heading of a numbered paragraph ends: an index into `text`.

    `len(text)`: the whole paragraph is a heading. 0: it has none (a numbered sentence). Otherwise the
    heading runs in, and ends behind its 。.
    """
    body = text[len(found.label) :]
    if found.rank is Rank.ARTICLE:
        return 0
    if found.rank < Rank.ARTICLE:
        return len(text)
    if "\n" in body.strip():
        # Several lines that Markdown took for one paragraph: no heading has lines below it.
        return 0
    stop = _first_stop(body)
    if stop is None:
        whole = len(body.rstrip("：:")) <= LONGEST_HEADING and not body.endswith(
            ("；", ";", "：", ":")
        )
        return len(text) if whole and body.strip() else 0
    first = body[: stop.start()]
    if not body[stop.end() :].strip():
        return 0
    short = 0 < len(first) <= LONGEST_HEADING
    runs_in = stop[0] == "。" and short and not _NO_HEADING.search(first)
    return len(found.label) + stop.end() if runs_in else 0


def _first_stop(text: str) -> re.Match[str] | None:
    """The end of the first sentence; a 。 inside quotes or brackets ends none, unless they stay open."""
    depth, inside = 0, None
    for sign in _STOP_OR_BRACKET.finditer(text):
        if sign[0] in _OPENING:
            depth += 1
        elif sign[0] in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0:
            return sign
        else:
            inside = inside or sign
    return inside


def heading_text(text: str) -> str:
    """A heading without the 。 that ends it when it runs in."""
    return text.strip().rstrip("。．.：:").strip()


def anchor(heading: str, bare: Callable[[str], str] = str) -> str:
    """The readable id of a heading: its own text, spaces as hyphens, no closing 。.

    `一、总体要求` is `一、总体要求`: it stays the same when another heading is added before it. `bare` takes
    out what is no word of it.
    """
    return bare("-".join(heading_text(heading).split()))[:80]


def editor_anchor(heading: str) -> str:
    """The id that Markdown editors give the same heading in their previews (no punctuation)."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")
