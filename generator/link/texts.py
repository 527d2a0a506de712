"""Texts of links (链接文字) with what stands directly beside them, and addresses as editors write them."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import quote

from generator import address
from generator.domain.assertions import is_generic
from generator.domain.folding import folded
from generator.domain.neighbours import completed, names_a_series, with_neighbours, with_row
from generator.model import Document, LinkSyntax, WrittenLink
from generator.regex import regex

# A text needs its neighbours only where one of these stands directly beside it.
_BESIDE_AFTER = regex(r"\s*》?\s*[(（〔\[【]|\s*》?[一-龥]{1,15}[〔\[（(【]\s*[0-9０-９]{4}")
_BESIDE_BEFORE = regex(r"[号(（:：,，、]\s*$")
_SHORT = 8
_MARKS = regex(r"[*`_]|!?\[|\]\([^)]*\)")


def whole_text(written: WrittenLink, source: Document) -> str:
    """The link's text with what stands directly beside it; of a table also the name and number of its row."""
    text, before, after = written.text, written.before, written.after
    if written.syntax is LinkSyntax.REFERENCE and not text:
        return ""
    if not before.strip() and not after.strip():
        cells = _cells(written, source)
        if cells:
            return _in_row(text, cells)
    if "《" in before or "《" in text:
        text, after = completed(text, before, after)
    is_short = len(text) <= _SHORT or is_generic(text) or names_a_series(text)
    if is_short or _BESIDE_AFTER.match(after) or _BESIDE_BEFORE.search(before):
        return with_neighbours(text, before, after)
    return text


_YEAR = regex(r"(?:19|20)\d\d年?度?")
_YEAR_HEAD = regex("(?:报告|所属)?年度")
_PERIOD = regex(
    r"第?[一二三四五六七八九十\d]{1,3}(?:批次?|期|季度)|首[批期]|\d{1,2}月份?|[上下]半年"
)
_PERIOD_HEAD = regex("批次|期次|季度|月份")
_ORGAN_HEAD = regex("(?:机构|机关|单位|部门)(?:名称)?|发[文布](?:机构|机关|单位)")


def year_of_row(written: WrittenLink, source: Document) -> str:
    """The year that the row of a link is about, in a column headed 年度; empty without one.

    A column headed 年份 or 发布时间 may say when something appeared.
    """
    year = folded(_cell_under(_YEAR_HEAD, written, source))
    return year.rstrip("年度") + "年" if _YEAR.fullmatch(year) else ""


def period_of_row(written: WrittenLink, source: Document) -> str:
    """The batch, issue or quarter that the row of a link is about; empty without one.

    The month too, where the text names a series: that of 查看 may be when something appeared.
    """
    period = folded(_cell_under(_PERIOD_HEAD, written, source))
    is_late = "月" in period and is_generic(written.text)
    return period if _PERIOD.fullmatch(period) and not is_late else ""


def organ_of_row(written: WrittenLink, source: Document) -> str:
    """What the row of a link has in a column headed 机构 or 单位; 责任单位 is not whose text it is."""
    return _cell_under(_ORGAN_HEAD, written, source)


def _cell_under(heading: re.Pattern[str], written: WrittenLink, source: Document) -> str:
    """The cell before a link in its row that stands under `heading`; empty without one."""
    cells = _cells(written, source)
    if not cells:
        return ""
    lines = _lines(source.source.body)
    index = written.line - source.source.body_line
    while index > 0 and "|" in lines[index - 1]:
        index -= 1
    heads = [head.strip() for head in lines[index].strip().strip("|").split("|")]
    first = int(lines[written.line - source.source.body_line].lstrip().startswith("|"))
    for head, cell in zip(heads, cells[0][first:], strict=False):
        if heading.fullmatch(head):
            return cell
    return ""


_READING_NEAR = regex("[解图]读|图解|一图")
_MARKED_TARGET = regex(r"\]\([^)]*\)")


def is_among_readings(written: WrittenLink, source: Document) -> bool:
    """Whether the words between the heading above a link and its own line speak of 解读."""
    lines = _lines(source.source.body)
    index = min(written.line - source.source.body_line, len(lines) - 1)
    first = next((at for at in range(index, 0, -1) if lines[at].startswith("#")), 0)
    around = "\n".join((source.title, *lines[first : index + 1]))
    return _READING_NEAR.search(_MARKED_TARGET.sub("", around)) is not None


def _in_row(text: str, cells: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    """A text that fills its cell: 查看 with the name before it in the row, a name with the number beside it."""
    before, after = cells
    if is_generic(text):
        for cell in reversed(before):
            found = with_neighbours(text, cell, "")
            if found != text:
                return with_row(found, (*before, *after))
        return text
    return with_row(text, (*before, *after))


def _cells(
    written: WrittenLink, source: Document
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The words of the cells before and after a link in its table row; None outside of tables."""
    if "|" not in source.source.body:
        return None
    lines = _lines(source.source.body)
    index = written.line - source.source.body_line
    line = lines[index] if 0 <= index < len(lines) else ""
    if "|" not in line:
        return None
    before = re.split(r"(?<!\\)\|", line[: written.column - 1])[:-1]
    after = re.split(r"(?<!\\)\|", line[written.column - 1 :])[1:]
    return (
        tuple(_MARKS.sub("", cell).strip() for cell in before),
        tuple(_MARKS.sub("", cell).strip() for cell in after),
    )


@lru_cache(1)
def _lines(body: str) -> list[str]:
    return body.split("\n")


def relative(below: str, source: Document) -> str:
    """The address of `below` (a path below `content/`) as it is written in `source`."""
    folder = posixpath.dirname(source.path).removeprefix("content").lstrip("/")
    return escaped(address.relative(f"{folder}/x" if folder else "x", below))


def escaped(path: str) -> str:
    """`path` as an editor writes it in Markdown: readable, but for the signs that would end it."""
    return re.sub(r"[\s()<>#?%\"'\\]", lambda sign: quote(sign[0]), path)
