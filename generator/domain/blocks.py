"""Blocks of Markdown (段落块): how a body falls into paragraphs, lists and tables, with their places.

This is the cut that the converter makes: at empty lines, at headings, and before each line with an
official number. Code has been blanked out by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from generator.domain import numbering
from generator.regex import regex

LIST_ITEM = regex(r" {0,3}(?:[-*+]|\d+\.) +(?=\S)")
DELIMITER = regex(r" *\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_INDENTED = regex(r"(?: {0,3}\t| {4})")
_NUMBERED_ITEM = regex(r"[1-9]\d?[.．] +")
_STARTS_BLOCK = regex(r"#{1,6}|>")
_BARS = ("|", "｜")
# What begins with one of these is text: no list, note, heading, table or code does.
_FIRST_WORD, _LAST_WORD = "\u4e00", "\u9fff"
_BRACKETS = frozenset("（《“")
_NOTE = regex(r" {0,3}\[\^[^\]\n]+\]:")
_HTML = regex(
    r"^ {0,3}<(table|div|section|article|details|figure|ul|ol|dl|blockquote|pre|center|p)\b",
    re.MULTILINE | re.IGNORECASE,
)
_REFERENCE_BAR = regex(r"(\[\[[^\[\]|\n]*)\|(?=[^\[\]\n]*\]\])|(\\)\|")


class Line(NamedTuple):
    """A line: the offset of its first character, and its text."""

    start: int
    text: str


class Sort(Enum):
    """What Markdown takes a block for, by its beginning."""

    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    OTHER = "other"  # headings, quotations, notes, what stands inside a list


class Block(NamedTuple):
    """Lines that Markdown reads together."""

    sort: Sort
    lines: tuple[Line, ...]


def blocks(text: str, with_single: bool = True) -> Iterator[Block]:
    """The blocks of `text` in their order; those inside raw HTML are left out.

    Most are paragraphs of a single line that begins with a word: not `with_single`, these are left out too.
    """
    inside_list = False
    start = 0
    for part in _without_html(text).split("\n\n"):
        if (_FIRST_WORD <= part[:1] <= _LAST_WORD or part[:1] in _BRACKETS) and "\n" not in part:
            inside_list = False
            if with_single:
                yield Block(Sort.PARAGRAPH, (Line(start, part),))
        else:
            for lines in _cut(part, start):
                sort, inside_list = _sort(lines, inside_list)
                yield Block(sort, lines)
        start += len(part) + 2


def _sort(lines: tuple[Line, ...], inside_list: bool) -> tuple[Sort, bool]:
    """What Markdown takes `lines` for, and whether what follows may stand inside a list."""
    first = lines[0].text
    if _INDENTED.match(first):
        return (Sort.OTHER if inside_list else Sort.CODE), inside_list
    if LIST_ITEM.match(first):
        return Sort.LIST, True
    if _NOTE.match(first) or _is_definition(lines):
        return Sort.OTHER, True
    if _STARTS_BLOCK.match(first):
        return Sort.OTHER, False
    return (Sort.TABLE if looks_like_table(lines) else Sort.PARAGRAPH), False


def looks_like_table(lines: tuple[Line, ...]) -> bool:
    """Whether the author means a table: two rows with bars, or a row of dashes below the first."""
    if len(lines) < 2:
        return False
    first, second = lines[0].text, lines[1].text
    both = first.lstrip().startswith(_BARS) and second.lstrip().startswith(_BARS)
    return both or ("|" in first and "|" in second and DELIMITER.fullmatch(second) is not None)


def cells(row: str) -> list[str]:
    """The cells of a row; an escaped bar, and that of `[[reference|text]]`, part none."""
    bare = _REFERENCE_BAR.sub(r"\1\2 ", row) if "[[" in row or "\\|" in row else row
    return bare.strip().removeprefix("|").removesuffix("|").split("|")


def _cut(text: str, start: int) -> Iterator[tuple[Line, ...]]:
    held: list[Line] = []
    for words in text.split("\n"):
        if words and not words.isspace():
            held.append(Line(start, words))
        elif held:
            yield from _parted(held)
            held = []
        start += len(words) + 1
    if held:
        yield from _parted(held)


def _parted(lines: list[Line]) -> Iterator[tuple[Line, ...]]:
    """Lines without an empty one among them, parted at headings and official numbers."""
    held: list[Line] = []
    after_heading = False
    for line in lines:
        is_numbered, is_heading = _numbered(line.text)
        if held and (is_numbered or after_heading or _STARTS_BLOCK.match(line.text)):
            yield tuple(held)
            held = []
        held.append(line)
        after_heading = is_heading or line.text.startswith("#")
    yield tuple(held)


def _numbered(line: str) -> tuple[bool, bool]:
    """Whether the converter gives the line a paragraph of its own for its number, or makes it a heading."""
    plain = line.removeprefix("**")
    found = numbering.mark(plain) if "|" not in line else None
    if found is None:
        return False, False
    end = numbering.heading_end(plain, found)
    if _NUMBERED_ITEM.match(line) and not 0 < end < len(plain):
        return False, False
    return True, end == len(plain)


def _is_definition(lines: tuple[Line, ...]) -> bool:
    return len(lines) > 1 and re.match(r" {0,3}: ", lines[1].text) is not None


def _without_html(text: str) -> str:
    """`text` with blocks of raw HTML blanked out; a block that is never closed is left."""
    if "<" not in text:
        return text
    done, parts = 0, list[str]()
    unclosed: set[str] = set()
    for tag in _HTML.finditer(text):
        name = tag[1].lower()
        if tag.start() < done or name in unclosed:
            continue
        closing = text.find(f"</{name}", tag.end())
        end = text.find(">", closing) + 1
        if closing < 0 or end <= 0:
            unclosed.add(name)
            continue
        parts += [text[done : tag.start()], re.sub(r"[^\n]", " ", text[tag.start() : end])]
        done = end
    return "".join([*parts, text[done:]])
