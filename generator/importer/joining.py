"""Lines → paragraphs, first half: lines that a page or a PDF broke are put together again (断行合并)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from generator.domain.numbering import mark
from generator.importer import dates
from generator.importer.lines import Line, visible
from generator.importer.names import is_organ
from generator.regex import regex

# A line narrower than this was not broken by a page's width: a list of short items is not prose.
NARROWEST, WIDEST = 40, 130
_SLACK = 6
# A PDF leaves this many empty lines where a page ends.
MOST_BLANKS = 2
_TERMINAL = tuple("。；;！!？?：:")
_CONTINUED = tuple(",，、（(《“【")
_CLOSING = tuple("，。；、）》”】！？,;)")
_CLAUSE = regex("[，,、。；;]")
_WORD = regex(r"[0-9A-Za-z]")


def join(lines: Sequence[Line]) -> list[Line]:
    """`lines` with each broken paragraph as one line, which keeps the number of its first.

    A line goes on when it ends with a comma or an open bracket, when the next one begins with a closing
    sign, or when it is as wide as the page was, or stops within a sentence, and the next is no new one.
    """
    full = _full_width(lines)
    has_indents = _is_indented(lines)
    groups: list[list[Line]] = []
    blanks, in_table = 0, False
    for line in lines:
        if line.is_blank:
            blanks, in_table = blanks + 1, False
            groups.append([line])
            continue
        in_table = in_table or "\t" in line.text or line.text.startswith("序号")
        last = len(groups) - 1 - blanks
        before = groups[last][-1] if last >= 0 else None
        if (
            before is not None
            and not in_table
            and (
                (blanks <= MOST_BLANKS and _goes_on(before, line))
                or (blanks == 0 and _is_broken_off(groups[last], line, full, has_indents))
            )
        ):
            del groups[last + 1 :]
            groups[last].append(line)
        else:
            groups.append([line])
        blanks = 0
    return [_together(group) for group in groups]


def _starts_anew(text: str) -> bool:
    return mark(text) is not None or dates.day(text) is not None


def _goes_on(before: Line, line: Line) -> bool:
    if line.text.startswith(_CLOSING):
        return True
    return before.text.endswith(_CONTINUED) and not _starts_anew(line.text)


def _is_broken_off(above: Sequence[Line], line: Line, full: int, has_indents: bool) -> bool:
    if _starts_anew(line.text) or is_organ(line.text) or (has_indents and line.is_indented):
        return False
    before = above[-1].text
    if full and _width(before) >= full:
        return has_indents or not before.endswith(_TERMINAL)
    return has_indents and above[0].is_indented and _is_unfinished(before)


def _is_unfinished(text: str) -> bool:
    """Whether a line stops in the middle of a sentence, whatever the width of the page was."""
    if text.endswith(_TERMINAL) or text.startswith("附件"):
        return False
    return NARROWEST <= _width(text) <= WIDEST and _CLAUSE.search(text) is not None


def _together(group: Sequence[Line]) -> Line:
    first = group[0]
    if len(group) == 1:
        return first
    parts = [first.text]
    for before, line in pairwise(group):
        is_latin = _WORD.match(before.text[-1]) and _WORD.match(line.text[0])
        parts.append(f" {line.text}" if is_latin else line.text)
    text = "".join(parts)
    return Line(first.number, text, text)


def _width(text: str) -> int:
    """Columns of a screen: a Chinese sign takes two."""
    if len(text) > WIDEST:
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def _full_width(lines: Sequence[Line]) -> int:
    """The width from which a line of this text may be broken off; 0 where its lines are not broken."""
    texts = [line.text for line in visible(lines)]
    widths = [_width(text) for text in texts]
    widest = max(widths, default=0)
    if not NARROWEST <= widest <= WIDEST:
        return 0
    full = [text for text, width in zip(texts, widths, strict=True) if width >= widest - _SLACK]
    broken = [text for text in full if not text.endswith(_TERMINAL)]
    return widest - _SLACK if len(full) * 4 >= len(texts) and len(broken) >= 2 else 0


def _is_indented(lines: Sequence[Line]) -> bool:
    """Whether some lines begin paragraphs by an indent and others do not."""
    filled = visible(lines)
    indented = sum(line.is_indented for line in filled)
    return 0 < indented < len(filled)
