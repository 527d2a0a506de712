r"""Positions that survive Markdown: noncharacters beside every link and heading carry their offset.

Python-Markdown forgets where things stood. Before it runs, `mark` writes `\ufdd0<offset>\ufdd1` where a
link's address, a heading's text or a document number begins; whatever Markdown makes of the text, the
offset comes out in the attribute or the text, and is taken out again. U+FDD0–FDEF are noncharacters:
no text may hold them, and they are removed from the author's text first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, chain

from generator.domain import numbering
from generator.domain.numerals import NUMERAL
from generator.regex import regex

BEGIN, END = "\ufdd0", "\ufdd1"
BAR = "\ufdd2"  # the | of [[reference|text]], hidden from the table extension
REFERENCE = "\ufdd3"  # an href that is a [[reference]]
NUMBER = "\ufdd4"  # an href that is a bare document number
TITLE = "\ufdd5"  # where the title of the target is to stand
MARKER = regex(f"{BEGIN}(\\d+){END}")
# Noncharacters, and control characters but for tabs and ends of lines.
_UNWANTED = regex("[\ufdd0-\ufdef\ufffe\uffff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CODES = regex(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));?", re.ASCII)
_SPOTS = regex(
    # Inside a line nothing begins with a Chinese character; most of a text is passed over by this.
    r"(?:(?=[^一-龥])|^)(?:"
    r"(?P<link>\]\(\s*<?)"
    r"|(?P<definition>^[ ]{0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]*<?)"
    r"|(?P<reference>\[\[)"
    r"|(?P<auto><(?:(?=(?:https?|ftp|mailto):)[^<>\n]*|[^<> !@\n]+@[^@<> \n]+)(?=>))"
    r"|(?P<html>\b(?i:href|src|poster|cite|data)\s*=\s*(?:[\"']\s*|(?=[^\s>\"'])))"
    r"|(?P<heading>^ {0,3}(?:(?:>|[-*+]|\d{1,3}[.)])[ \t]*)*#{1,6}[ \t]+)"
    # An officially numbered line; of `1. ` only a run-in heading, the rest are Markdown's own lists.
    rf"|(?P<numbered>^(?=第[{NUMERAL}]{{1,5}}[编章节条][ \u3000]|[{NUMERAL}]{{1,3}}、"
    rf"|[（(][{NUMERAL}]{{1,3}}[）)]|[1-9]\d?[.．](?!\d)))"
    r"|(?P<number>(?<=[一-龥])[ \u3000]*(?=[〔\[［(（【﹝〈<《][ \u3000]*[0-9０-９]{4}年?[ \u3000]*[〕\]］)）】﹞〉>》]"
    r"[ \u3000]*第?[ \u3000]*[0-9０-９]{1,5}[ \u3000]*号)))",
    re.MULTILINE,
)
# Where such a spot may be: the line break before it, its ] or opening bracket, its < or the = behind its name.
_MAYBE = regex(
    r"[\n\]\[〔［(（【﹝〈《<=](?:"
    rf"(?<=\n)(?=[ \[>*+#第（(\d{NUMERAL}-])"
    r"|(?<=\])(?=\()|(?<=\[)(?=\[)|(?<=[^\n\]<=])(?=[ \u3000]*[0-9０-９]{4})"
    r"|(?<=<)(?=[^<> !\n])|(?<=[a-zA-Z\s]=))"
)
_REFERENCE_BAR = regex(r"(\[\[[^\[\]|\n]*)\|(?=[^\[\]\n]*\]\])")


class Positions:
    """Lines and columns of the offsets of one body that begins on line `first_line` of its file."""

    def __init__(self, body: str, first_line: int) -> None:
        self._body = body
        self._starts = [0, *accumulate(len(line) + 1 for line in body.split("\n"))]
        self._first_line = first_line
        self._has_escapes = "\\" in body

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column (from 1) of `offset`."""
        row = bisect_right(self._starts, offset) - 1
        return self._first_line + row, offset - self._starts[row] + 1

    def as_written(self, offset: int, href: str) -> str:
        """The address of the link at `offset` as typed, where Markdown has taken a backslash away."""
        match = _ADDRESS.match(self._body, offset) if self._has_escapes else None
        if match and "\\" in match[1] and match[1].replace("\\", "") == href.replace("\\", ""):
            return match[1]
        return href


_ADDRESS = regex(r"!?\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]\([ \t]*<?([^()<>\s]*)")


def clean(body: str) -> str:
    """`body` with its noncharacters and control characters turned to spaces: offsets stay."""
    text = _UNWANTED.sub(" ", body)
    return _CODES.sub(_harmless_code, text) if "&#" in text else text


def _harmless_code(match: re.Match[str]) -> str:
    """A character written by its number, or spaces where it would be one of the signs used here."""
    number = int(match[1], 16) if match[1] else int(match[2])
    return " " * len(match[0]) if 0xFDD0 <= number <= 0xFDEF else match[0]


def mark(body: str) -> str:
    """`body` with a position beside everything that will need one."""
    parts: list[str] = []
    done = 0
    for match in _spots(body):
        if match.lastgroup == "numbered" and _is_list_item(body, match.end()):
            continue
        parts.append(body[done : match.end()])
        parts.append(f"{BEGIN}{_begins(body, match)}{END}")
        done = match.end()
    parts.append(body[done:])
    marked = "".join(parts)
    return _REFERENCE_BAR.sub(rf"\1{BAR}", marked) if "[[" in marked else marked


def _spots(body: str) -> Iterator[re.Match[str]]:
    """All of `_SPOTS` in `body`, looked for where a sign says that one may be."""
    done = 0
    for sign in chain((None,), _MAYBE.finditer(body)):
        start = _start(body, sign) if sign else 0
        match = _SPOTS.match(body, start) if start >= done else None
        if match:
            yield match
            done = match.end()


def _start(body: str, sign: re.Match[str]) -> int:
    """Where the spot would begin of which `sign` was seen."""
    if sign[0] == "\n":
        return sign.end()
    start = sign.start()
    if sign[0] == "<":
        return start
    if sign[0] == "=":
        return _name_start(body, start)
    if body[sign.end()] in "([":
        return start
    # A document number: the spaces before its bracket belong to it.
    while start and body[start - 1] in " \u3000":
        start -= 1
    return start


def _name_start(body: str, end: int) -> int:
    """Where the attribute would begin whose = stands at `end`; no name that is looked for has seven letters."""
    while end and body[end - 1].isspace():
        end -= 1
    start = end
    while start > max(0, end - 7) and (body[start - 1].isalnum() or body[start - 1] == "_"):
        start -= 1
    return start


def _is_list_item(body: str, start: int) -> bool:
    end = body.find("\n", start)
    line = body[start : end if end >= 0 else len(body)]
    if "。" not in line:
        # Nothing runs in where no sentence ends.
        return _ITEM.match(line) is not None
    found = numbering.mark(line) if _ITEM.match(line) else None
    return found is not None and not 0 < numbering.heading_end(line, found) < len(line)


def _begins(body: str, match: re.Match[str]) -> int:
    """Where the thing itself begins that `match` found a part of: the [ of a link, not its address."""
    if match.lastgroup == "link":
        return _opening(body, match.start())
    if match.lastgroup == "html":
        tag = body.rfind("<", max(0, match.start() - 400), match.start())
        return tag if tag >= 0 else match.start()
    return match.start()


def _opening(body: str, closing: int) -> int:
    opening = body.rfind("[", max(0, closing - 1999), closing)
    if opening >= 0 and body.find("]", opening, closing) < 0:
        return opening - 1 if opening and body[opening - 1] == "!" else opening
    depth = 0
    for offset in range(closing, max(-1, closing - 2000), -1):
        if body[offset] == "]":
            depth += 1
        elif body[offset] == "[":
            depth -= 1
            if depth == 0:
                return offset - 1 if offset and body[offset - 1] == "!" else offset
    return closing


def unmark(text: str) -> str:
    """`text` without positions."""
    return MARKER.sub("", text) if BEGIN in text else text


def take(text: str) -> tuple[int | None, str]:
    """The first position in `text`, and the text without any."""
    if BEGIN not in text:
        return None, text
    match = MARKER.match(text) or MARKER.search(text)
    if match is None:
        return None, text
    return int(match[1]), text[: match.start()] + unmark(text[match.end() :])


_ITEM = regex(r"[1-9]\d?[.．] +")


def separate(text: list[str]) -> list[str]:
    """The lines of `text` (marked, HTML blocks already stashed) with each numbered one a paragraph.

    Text pasted from Word has one paragraph a line; Markdown would join them.
    """
    lines: list[str] = []
    above, after_heading = "", False
    for line, below in zip(text, [*text[1:], ""], strict=True):
        found = None
        # Where a line stands by itself it is a paragraph already.
        if line.startswith((BEGIN, "**")) and "|" not in line and (above or below.strip()):
            plain = unmark(line).removeprefix("**")
            found = numbering.mark(plain)
        is_blank = not line.strip()
        if (found or after_heading) and above and not is_blank:
            lines.append("")
        lines.append(line)
        above = "" if is_blank else line
        after_heading = found is not None and numbering.heading_end(plain, found) == len(plain)
    return lines
