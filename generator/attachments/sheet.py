"""Excel files (.xlsx): every cell with its row, hidden sheets, rows and columns, notes and drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from xml.etree.ElementTree import Element

from generator.attachments.package import Package, attribute, local
from generator.contents import MOST_TEXT, Passage, Script, Sort, Trace
from generator.finding import Text
from generator.regex import regex

_CELL = regex(r"([A-Z]{1,3})([0-9]{1,7})")
_NOTES = r"xl/(?:comments[^/]*|(?:comments|threadedComments|drawings)/[^/]+)\.xml"
# Excel holds no more in a cell, and no more columns.
_LONGEST_CELL, _MOST_COLUMNS = 32_767, 16_384
_FLAGS = frozenset({"1", "true"})
_COPIES = r"xl/(?:pivotCache|externalLinks|charts)/[^/]+\.xml"
_COPIED = frozenset({"s", "n", "v"})
_COPY_NAMES = {
    "pivotcache": Text("数据透视表的缓存", "cache of a pivot table"),
    "externallinks": Text("外部链接的缓存", "cache of an external link"),
    "charts": Text("图表的数据", "cells of a chart"),
}


class _Sheet(NamedTuple):
    name: str
    part: str
    is_hidden: bool


def read(package: Package) -> Iterator[Passage | Trace]:
    """Every text of a workbook, sheet by sheet, and who wrote the notes."""
    shared = _shared(package)
    sheets = _sheets(package)
    owners: dict[str, _Sheet] = {}
    for sheet in sheets:
        yield from _cells(package, sheet, shared)
        for _, target, is_outside in package.relations(sheet.part).values():
            if not is_outside:
                owners[target] = sheet
    for name in package.matching(_NOTES):
        yield from _notes(package, name, owners.get(name))
    yield from _caches(package)
    yield from _folder(package)


def _sheets(package: Package) -> list[_Sheet]:
    workbook = next(package.matching(r"xl/workbook\d*\.xml"), "")
    root = package.tree(workbook) if workbook else None
    parts = package.relations(workbook) if workbook else {}
    found = []
    for element in root.iter() if root is not None else ():
        if local(element) == "sheet":
            _, part, _ = parts.get(attribute(element, "id"), ("", "", False))
            is_hidden = element.get("state", "visible") != "visible"
            found.append(_Sheet(element.get("name", ""), part, is_hidden))
    return found


def _shared(package: Package) -> list[str]:
    """The strings that cells refer to by number."""
    name = next(package.matching(r"xl/sharedStrings\d*\.xml"), "")
    return [_words(item) for item in package.elements(name, frozenset({"si"}))] if name else []


def _words(item: Element) -> str:
    """The text of a string, without the reading aids that East Asian editions keep beside it."""
    parts: list[str] = []
    for child in item:
        if local(child) == "t":
            parts.append(child.text or "")
        elif local(child) in ("r", "text"):
            parts.append(_words(child))
    return "".join(parts)


def _cells(package: Package, sheet: _Sheet, shared: list[str]) -> Iterator[Passage]:
    script = Script()
    hidden: set[int] = set()
    last = 0
    started = False
    number = 0
    for element in package.elements(sheet.part, frozenset({"col", "row", "headerFooter"})):
        name = local(element)
        if name == "col":
            # Columns follow each other; those that say otherwise would be counted without end.
            first, last = max(last + 1, _number(element.get("min", ""), 0)), _last(element, last)
            hidden.update(range(first, last + 1) if element.get("hidden") in _FLAGS else ())
        elif name == "headerFooter":
            text = " ".join(" ".join(one.itertext()) for one in element)
            script.line(text, Text(f"{_called(sheet).zh}页眉页脚", f"{_called(sheet).en} header"))
        elif name == "row":
            number = _number(element.get("r", ""), number + 1)
            filled = _filled(element, shared)
            # A title above the table is none of its rows, so that the next one is its header.
            is_title = not started and len(filled) == 1
            if filled and not started and not is_title:
                script.end_line()
                started = True
            _row(script, sheet, number, filled, hidden, element.get("hidden") in _FLAGS, is_title)
        if script.length > MOST_TEXT:
            break
    yield from script.passage()


def _filled(row: Element, shared: list[str]) -> list[tuple[int, str]]:
    """The cells of a row that hold something: column from 1, and text."""
    filled = []
    column, length = 0, 0
    for cell in row:
        if local(cell) != "c":
            continue
        place = _CELL.fullmatch(cell.get("r", ""))
        column = _column(place[1]) if place else column + 1
        text = " ".join(_value(cell, shared)[:_LONGEST_CELL].split())
        length += len(text)
        if length > MOST_TEXT:
            break
        if text:
            filled.append((column, text.replace("|", "｜")))
    return filled


def _row(
    script: Script,
    sheet: _Sheet,
    number: int,
    filled: list[tuple[int, str]],
    hidden: set[int],
    is_hidden: bool,
    is_title: bool,
) -> None:
    if not filled:
        return
    called = _called(sheet)
    place = Text(f"{called.zh}第{number}行", f"{called.en} row {number}")
    if is_hidden:
        place = Text(f"{place.zh}（隐藏）", f"{place.en} (hidden)")
    for column, text in filled:
        where = place
        if column in hidden:
            letters = _letters(column)
            where = Text(
                f"{called.zh}第{number}行{letters}列（隐藏）",
                f"{called.en} cell {letters}{number} (hidden)",
            )
        script.write(text if is_title else f"| {text} ", where)
    script.line("" if is_title else "|", place)
    if is_title:
        script.end_line()


def _called(sheet: _Sheet) -> Text:
    if sheet.is_hidden:
        return Text(f"隐藏的工作表“{sheet.name}”", f"hidden sheet “{sheet.name}”")
    return Text(f"工作表“{sheet.name}”", f"sheet “{sheet.name}”")


def _value(cell: Element, shared: list[str]) -> str:
    sort = cell.get("t", "n")
    if sort == "inlineStr":
        return "".join(_words(child) for child in cell if local(child) == "is")
    text = next((child.text or "" for child in cell if local(child) == "v"), "")
    if sort == "s":
        index = _number(text, -1)
        return shared[index] if 0 <= index < len(shared) else ""
    return _plain(text) if sort == "n" and "E" in text.upper() else text


def _plain(number: str) -> str:
    """`1.3812345678E10` as its digits."""
    try:
        value = Decimal(number)
    except InvalidOperation:
        return number
    is_small = value.is_finite() and value.adjusted() < 30 and value == value.to_integral_value()
    return f"{value:f}".split(".", maxsplit=1)[0] if is_small else number


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _last(element: Element, before: int) -> int:
    """The last column that an element speaks of, when `before` was the last of the one before."""
    return max(before, min(_number(element.get("max", ""), 0), _MOST_COLUMNS))


def _notes(package: Package, name: str, sheet: _Sheet | None) -> Iterator[Passage | Trace]:
    """Notes, threaded comments and the text of drawings."""
    root = package.tree(name)
    if root is None:
        return
    called = _called(sheet) if sheet else Text("工作簿", "workbook")
    is_drawing = "/drawings/" in name
    kind = Text("图形", "drawing") if is_drawing else Text("批注", "comment")
    where = Text(f"{called.zh}的{kind.zh}", f"{kind.en} of {called.en}")
    script = Script()
    for element in root.iter():
        if local(element) == "p" and is_drawing:
            script.line("".join(t.text or "" for t in element.iter() if local(t) == "t"), where)
        elif local(element) in ("comment", "threadedComment"):
            cell = element.get("ref", "")
            place = Text(f"{called.zh}{cell}的批注", f"comment of {called.en} {cell}")
            words = [t.text or "" for t in element.iter() if local(t) in ("t", "text")]
            script.line(" ".join("".join(words).split()), place)
    yield from script.passage()
    authors = [one.text or "" for one in root.iter() if local(one) == "author"]
    if "threadedcomments/" in name.lower():
        authors = [""]
    for author in dict.fromkeys(authors):
        yield Trace(Sort.COMMENT, author, where)


def _caches(package: Package) -> Iterator[Passage]:
    """Copies of cells that pivot tables, charts and links to other workbooks keep, whatever was deleted."""
    for name in package.matching(_COPIES):
        kind, script = _COPY_NAMES[name.split("/")[1].lower()], Script()
        for element in package.elements(name, _COPIED):
            words = element.get("v") or element.text or ""
            if words.strip():
                script.line(" ".join(words.split()), kind)
        yield from script.passage()


def _folder(package: Package) -> Iterator[Trace]:
    """Where the workbook itself lay on someone's computer."""
    for name in package.matching(r"xl/workbook\d*\.xml"):
        root = package.tree(name)
        for element in root.iter() if root is not None else ():
            if local(element) == "absPath" and element.get("url"):
                where = Text("工作簿所在的文件夹", "folder of the workbook")
                yield Trace(Sort.FOLDER, element.get("url", ""), where)
