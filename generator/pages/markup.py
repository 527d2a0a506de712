"""Sanitised bodies taken apart (正文的标记): tags and the text between them, once for all that is made of them.

Values of attributes are quoted by the sanitiser, and may hold a `>`; its tags are in lower case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.regex import regex

_MORE = r'[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+'
# Most of a body are blocks of plain words, without a tag, an entity, a line break or a mark of Markdown in them:
# such a block is one part.
_PART = regex(
    rf"<(?:(p|li|t[dh]|h[1-6])\b{_MORE}>([^<&\n\\`*_\[\]]*+)</\1>"
    rf"|(/?)([a-z][a-z0-9]*)({_MORE})>)([^<]*+)"
)
_ALT = regex(r'(?:[^"]|"[^"]*")*?\balt="([^"]*)"')
_START = regex(r'\bstart="(\d{1,6})"')
CELLS = frozenset({"th", "td"})


class Body(NamedTuple):
    """A body: the text before its first tag, then its parts.

    A part is a block of plain words by its name and words (both else empty), or a tag by its slash, name and
    attributes (all else empty); last comes the text behind it.
    """

    first: str
    parts: Sequence[tuple[str, str, str, str, str, str]]


def taken_apart(markup: str) -> Body:
    """The parts of a sanitised body."""
    # Slices of Markup would be escaped again, one by one.
    text = str.__str__(markup)
    return Body(text.partition("<")[0], _PART.findall(text))


def alternative(attributes: str) -> str:
    """The words that stand for a picture, still with their entities."""
    found = _ALT.match(attributes)
    return found[1] if found else ""


def first_number(name: str, attributes: str) -> int:
    """The number of the first item of a list; 0 for one without numbers."""
    if name == "ul":
        return 0
    start = _START.search(attributes)
    return int(start[1]) if start else 1
