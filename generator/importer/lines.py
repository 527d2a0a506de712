"""Text → lines, each with its number in the source and without what nobody can see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.regex import regex

# Control characters, halves of surrogate pairs, direction marks and zero-width signs: invisible on
# the page, harmful in YAML and in Markdown. The joiners inside emoji (U+200C, U+200D) stay.
_INVISIBLE = regex(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
# The code of a space, which pages show as such when they were escaped twice.
_SPACE_CODE = regex(r"&(?:amp;)?(?:nbsp|ensp|emsp|#160|#xa0);", re.IGNORECASE)
_SPACES = regex(r"[^\S\u3000]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source: its number from 1, the line as it stands, and its text without spaces around."""

    number: int
    raw: str
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to see."""
        return not self.text

    @property
    def is_indented(self) -> bool:
        """Whether it begins with spaces, as a paragraph (首行缩进) does."""
        return self.raw[:1].isspace()


def split(text: str) -> tuple[list[Line], list[Line]]:
    """The lines of `text`, and the signs without a meaning taken out of them as lines of their own."""
    lines: list[Line] = []
    removed: list[Line] = []
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, written in enumerate(plain.split("\n"), start=1):
        seen = _INVISIBLE.sub("", written)
        gone = "".join(_INVISIBLE.findall(written) + _SPACE_CODE.findall(seen))
        if gone:
            removed.append(Line(number, gone, gone))
        raw = _SPACE_CODE.sub(" ", seen)
        # Word's manual line break and its relatives end a line too.
        lines.extend(Line(number, part, part.strip()) for part in raw.splitlines() or [""])
    return lines, removed


def visible(lines: Iterable[Line]) -> list[Line]:
    """The lines that are not blank."""
    return [line for line in lines if not line.is_blank]


def one_space(text: str) -> str:
    """`text` on one line, each run of spaces as one; U+3000 stays, since it separates 第一条 from its text."""
    return _SPACES.sub(" ", text).strip()
