"""Markdown that becomes something else than it looks like (排版陷阱): each kind with the places it stands at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from generator.domain.blocks import (
    DELIMITER,
    LIST_ITEM,
    Block,
    Line,
    Sort,
    blocks,
    cells,
    looks_like_table,
)
from generator.regex import regex


class Kind(Enum):
    """What goes wrong."""

    LIST = "list straight after a paragraph"
    NESTING = "list inside a list, indented too little"
    AFTER_LIST = "text straight after a list"
    TABLE = "table straight after a paragraph"
    ROW = "text straight after a table"
    DELIMITER = "table without a proper second row"
    CELLS = "row with more cells than the head"
    NUMBERS = "lines numbered 1、 or with bullets"
    INDENT = "paragraph indented by four spaces"
    WIDE_INDENT = "paragraph indented by wide spaces"
    HEADING = "heading without a space"
    SETEXT = "dashes straight below a paragraph"
    LINK = "link in full-width brackets"
    BOLD = "** that is never closed"
    HTML = "HTML that is removed"


class Trap(NamedTuple):
    """A trap: its kind, where it stands, the words there, the repair if it is certain, how often it comes."""

    kind: Kind
    offset: int
    text: str
    suggestion: str | None = None
    times: int = 1


# Without a list, a table, an indentation or a line of dashes, paragraphs hold no trap but signs.
_MAY_BE_BLOCK = regex(r"^(?:[ \t]|[-*+] |\d+\. |--)", re.MULTILINE)


def traps(text: str, shown: str) -> Iterator[Trap]:
    """The traps of a body in Markdown (code blanked out) whose page shows the text `shown`."""
    has_asterisks = "**" in shown
    may_be = has_asterisks or "|" in text or "｜" in text or _MAY_BE_BLOCK.search(text)
    # A line alone holds no trap but signs either.
    found = list(blocks(text, with_single=has_asterisks)) if may_be else []
    yield from _indents(text, found)
    yield from _headings(text)
    yield from _numbers(text)
    yield from _links(text)
    yield from _html(text)
    for block in found:
        if len(block.lines) > 1:
            yield from _between_lines(block)
        if has_asterisks:
            yield from _bold(text, block)


def _between_lines(block: Block) -> Iterator[Trap]:
    """What a line is to the one above it."""
    if block.sort is Sort.PARAGRAPH:
        yield from _paragraph(block)
    elif block.sort is Sort.TABLE:
        yield from _table(block.lines)
    elif block.sort is Sort.LIST:
        yield from _nesting(block)
        yield from _after_list(block)


def _at(kind: Kind, line: Line, suggestion: str | None = None) -> Trap:
    words = line.text.strip(_BLANKS)
    return Trap(kind, line.start + line.text.index(words), words, suggestion)


_WIDE_SPACES = "\u3000\xa0\u2003"
_BLANKS = f" \t{_WIDE_SPACES}"
_WIDE_INDENT = regex(
    rf"^ {{0,3}}(?=[{_WIDE_SPACES}]{{2}})[{_WIDE_SPACES} ]+(\S[^\n]*)", re.MULTILINE
)


def _indents(text: str, found: list[Block]) -> Iterator[Trap]:
    """Once a body, since a pasted text has them everywhere."""
    is_wide = any(sign in text for sign in _WIDE_SPACES)
    wide = list(_WIDE_INDENT.finditer(text)) if is_wide else []
    if wide:
        yield Trap(Kind.WIDE_INDENT, wide[0].start(), wide[0][1], wide[0][1], len(wide))
    code = [block.lines[0] for block in found if block.sort is Sort.CODE]
    if code:
        words = code[0].text.strip(_BLANKS)
        yield Trap(Kind.INDENT, code[0].start, words, words, len(code))


_HEADING = regex(r"^([#＃]{1,6})([ \u3000]*)([^#＃\s][^\n]*)$", re.MULTILINE)


def _headings(text: str) -> Iterator[Trap]:
    if "#" not in text and "＃" not in text:
        return
    for found in _HEADING.finditer(text):
        if "＃" in found[1] or not found[2].startswith(" "):
            marks = found[1].replace("＃", "#")
            yield Trap(Kind.HEADING, found.start(), found[0], f"{marks} {found[3]}")


_ITEM = r"[ \u3000]*(?:\d{1,2}(?:、(?!\d)|[)）](?![、，]))|[①-⑳]|[•●·▪◆■➢])"
# Begun with the line feed, so that the search looks at these only.
_PSEUDO_LIST = regex(rf"\n{_ITEM}[^\n]*(?:\n{_ITEM}[^\n]*)+")


def _numbers(text: str) -> Iterator[Trap]:
    """Two lines or more, one below the other, that look like a list and are none."""
    for found in _PSEUDO_LIST.finditer(f"\n{text}"):
        yield _at(Kind.NUMBERS, Line(found.start(), found[0].split("\n", 2)[1]))


_LINK = regex(
    r"(?P<open>[\[［【])(?P<text>[^\[\]［］【】\n]{1,80})(?P<close>[\]］】])(?P<space>[ \u3000]*)"
    r"(?P<left>[(（])(?P<address>[^()（）\s]{1,300})(?P<right>[)）])"
)
_ADDRESS = regex(
    r"https?[:：].*|mailto:.*|#.+|[\x21-\x7e]*/[\x21-\x7e]*"
    r"|.*\.(?:md|html?|pdf|docx?|xlsx?|pptx?|ofd|wps|zip|rar|csv|png|jpe?g)(?:#.*)?",
    re.IGNORECASE,
)


def _links(text: str) -> Iterator[Trap]:
    for found in _LINK.finditer(text):
        is_right = (found["open"], found["close"], found["space"]) == ("[", "]", "")
        if is_right and found["left"] == "(" and found["right"] == ")":
            continue
        if _ADDRESS.fullmatch(found["address"]):
            repaired = f"[{found['text']}]({found['address']})"
            yield Trap(Kind.LINK, found.start(), found[0], repaired)


_MASK = regex(r"\d+\*{2,}\d+")


_REMOVED = regex(
    r"<(?P<tag>script|style|iframe|frame|frameset|object|embed|applet|form|input|button|select|textarea|link|meta"
    r"|base|svg|canvas|marquee)\b[^<>]{0,300}>?|<[a-z][a-z0-9]*\b[^<>]{0,300}?\s(?P<event>on[a-z]+)\s*=",
    re.IGNORECASE,
)


def _html(text: str) -> Iterator[Trap]:
    if "<" in text:
        for found in _REMOVED.finditer(text):
            name = found["event"] or f"<{found['tag'].lower()}>"
            yield Trap(Kind.HTML, found.start(), name)


def _paragraph(block: Block) -> Iterator[Trap]:
    """A list, a table or dashes that Markdown takes for more of the paragraph above."""
    first = block.lines[0].text
    is_sentence = first.rstrip().endswith(tuple("。；：，！？")) or len(first) > 40
    if is_sentence and re.fullmatch(r"-{2,}[ \t]*", block.lines[1].text):
        yield _at(Kind.SETEXT, block.lines[1])
    for index, line in enumerate(block.lines[1:], 1):
        if LIST_ITEM.match(line.text):
            yield _at(Kind.LIST, line)
            return
        if looks_like_table(block.lines[index : index + 2]) and _is_bars(line.text):
            yield _at(Kind.TABLE, line)
            return


def _is_bars(line: str) -> bool:
    return line.count("|") > 1 or line.lstrip().startswith("|")


_ALMOST_DELIMITER = regex(r"[ |｜:：\-－—–─ー]+")


def _table(lines: tuple[Line, ...]) -> Iterator[Trap]:
    head, second = lines[0].text, lines[1].text
    width = len(cells(head))
    if not DELIMITER.fullmatch(second) or len(cells(second)) != width:
        suggestion = "| " + " | ".join(["---"] * width) + " |"
        has_dashes = _ALMOST_DELIMITER.fullmatch(second) is not None
        yield _at(Kind.DELIMITER, lines[1], suggestion if has_dashes and width > 1 else None)
        return
    for line in lines[2:]:
        if "|" not in line.text:
            yield _at(Kind.ROW, line)
            return
        if len(cells(line.text)) > width:
            yield _at(Kind.CELLS, line)


def _nesting(block: Block) -> Iterator[Trap]:
    """The first item indented by one to three spaces: Markdown puts it beside the one above it."""
    for line in block.lines[1:]:
        if line.text.startswith(" ") and LIST_ITEM.match(line.text):
            yield _at(Kind.NESTING, line)
            return


def _after_list(block: Block) -> Iterator[Trap]:
    """A sentence below a list whose last item has ended: Markdown joins it to that item."""
    for before, line in zip(block.lines, block.lines[1:], strict=False):
        is_item = LIST_ITEM.match(line.text.lstrip()) is not None
        has_ended = before.text.rstrip().endswith(tuple("。；！？"))
        if has_ended and not is_item and not line.text.startswith((" ", "\t")):
            yield _at(Kind.AFTER_LIST, line)
            return


_STRONG = regex(r"\*{2,3}(?=\S)[^*]+\*{2,3}")
# 王** is a masked name; what stands before an opening ** is seldom a surname.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁任卢姚沈"
    "钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
)
_OPENING = regex(rf"(?<![\\*{_SURNAMES}])\*\*(?=[^\s*。，；：、！？）》”|])(?!先生|女士|同志)")
_STRAY = regex(r"(?:(?<=[。；：！？”》）])|(?<=\s)|^)\*\*(?=[\s。，；：、！？]|$)")


def _bold(text: str, block: Block) -> Iterator[Trap]:
    """The first ** of a block that has no partner; 王** and 138****1234 are masks."""
    start, end = block.lines[0].start, block.lines[-1].start + len(block.lines[-1].text)
    part = _MASK.sub(_spaces, text[start:end])
    left = _STRONG.sub(_spaces, part)
    stray = _OPENING.search(left) or _STRAY.search(left)
    if stray and re.search(r"[^\s*_-]", part):
        words = part[stray.start() :].split("\n", 1)[0]
        yield Trap(Kind.BOLD, start + stray.start(), words)


def _spaces(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
