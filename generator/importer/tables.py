"""Tables (表格) in plain text: cells between tabs or spaces, one cell a line, or rows glued together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain, islice

from generator.domain.numbering import LONGEST_HEADING, Rank, mark
from generator.importer.blocks import Table
from generator.importer.lines import Line, one_space
from generator.regex import regex

NUMBER = "序号"
# A glued row may be broken over so many lines before the next number is looked for no more.
LONGEST_ROW = 20
MOST_COLUMNS = 12
LONGEST_HEAD = 15
FEWEST_ROWS = 3
_GAP = regex(r"[ \u3000\xa0]{2,}|\t")
_HEAD_WORDS = regex(r"[^。；;！？]{0,38}")

Found = tuple[int, Table]
Finder = Callable[[Sequence[Line], int], Found | None]


def table_at(lines: Sequence[Line], start: int) -> Found | None:
    """The table that begins at `lines[start]`, and the index of the line behind it; None for no table."""
    if lines[start].is_blank:
        return None
    for finder in _FINDERS:
        found = finder(lines, start)
        if found:
            return found
    return None


def _tabbed(lines: Sequence[Line], start: int) -> Found | None:
    """Rows with tabs between their cells; a row that begins with a tab has an empty first cell."""
    if "\t" not in lines[start].text:
        return None
    end = start
    while end < len(lines) and _has_cells(lines[end]):
        end += 1
    if end - start < 2:
        return None
    rows = [[one_space(cell) for cell in line.raw.split("\t")] for line in lines[start:end]]
    if all(row[0] == "" for row in rows):
        # An indent by tabs is no column.
        rows = [row[1:] for row in rows]
    return end, _table(lines[start].number, rows)


def _has_cells(line: Line) -> bool:
    is_last_cell = line.raw.startswith("\t") and 0 < len(line.text) <= LONGEST_HEADING
    return "\t" in line.text or is_last_cell


def _spaced(lines: Sequence[Line], start: int) -> Found | None:
    """At least three rows with two spaces or more between equally many cells."""
    width = len(_GAP.split(lines[start].text)) if len(lines[start].text) < 200 else 1
    if width < 2 or width > MOST_COLUMNS:
        return None
    if any(len(cell.strip()) > LONGEST_HEAD for cell in _GAP.split(lines[start].text)):
        return None
    rows: list[list[str]] = []
    end = start
    while end < len(lines):
        cells = _GAP.split(lines[end].text)
        if len(cells) != width:
            break
        rows.append([one_space(cell) for cell in cells])
        end += 1
    return (end, _table(lines[start].number, rows)) if len(rows) >= FEWEST_ROWS else None


def _stacked(lines: Sequence[Line], start: int) -> Found | None:
    """One cell a line: 序号, the other heads, 1, the other cells, 2 … as pages lose their tables."""
    if lines[start].text != NUMBER:
        return None
    filled = (index for index in range(start, len(lines)) if not lines[index].is_blank)
    head = list(islice(filled, MOST_COLUMNS + 1))
    texts = [lines[index].text for index in head]
    width = texts.index("1") if "1" in texts else 0
    if width < 2:
        return None
    rows: list[list[str]] = []
    end = start
    indexes = chain(head, filled)
    while len(row := list(islice(indexes, width))) == width:
        cells = [one_space(lines[index].text) for index in row]
        if rows and cells[0] != str(len(rows)):
            break
        rows.append(cells)
        end = row[-1] + 1
    return (end, _table(lines[start].number, rows)) if len(rows) >= FEWEST_ROWS else None


def _glued(lines: Sequence[Line], start: int) -> Found | None:
    """Rows whose number stands straight before their text: 序号公开内容, 1新冠疫情期间…, 2发布…."""
    head = lines[start].text
    if not head.startswith(NUMBER) or not _HEAD_WORDS.fullmatch(head) or head == NUMBER:
        return None
    starts = _row_starts(lines, start + 1)
    if len(starts) < 2:
        return None
    rows = [[NUMBER, one_space(head.removeprefix(NUMBER))]]
    ends = [*starts[1:], starts[-1] + 1]
    for number, (first, end) in enumerate(zip(starts, ends, strict=True), start=1):
        text = "".join(line.text for line in lines[first:end]).removeprefix(str(number))
        rows.append([str(number), one_space(text)])
    return ends[-1], _table(lines[start].number, rows)


def _row_starts(lines: Sequence[Line], first: int) -> list[int]:
    """The indexes of the lines at which rows 1, 2, 3 … begin; the search ends where the text goes on."""
    starts: list[int] = []
    for index in range(first, len(lines)):
        text = lines[index].text
        found = mark(text)
        is_heading = found is not None and found.rank < Rank.THIRD
        if is_heading or (starts and index - starts[-1] > LONGEST_ROW):
            break
        if _is_row(text, len(starts) + 1):
            starts.append(index)
        elif text and not starts:
            break
    return starts


def _is_row(text: str, number: int) -> bool:
    """Whether `text` is row `number`, even one that begins with a year: `12020年节能宣传周`."""
    if not text.startswith(str(number)):
        return False
    rest = text.removeprefix(str(number)).lstrip()
    return bool(rest) and (not rest[0].isdigit() or bool(re.match(r"(?:19|20)[0-9]{2}年", rest)))


def _table(line: int, rows: Sequence[Sequence[str]]) -> Table:
    width = max(len(row) for row in rows)
    return Table(line, tuple((*row, *[""] * (width - len(row))) for row in rows))


_FINDERS: tuple[Finder, ...] = (_tabbed, _stacked, _glued, _spaced)
