"""The papers as an Excel workbook, a sheet each; no cell is ever a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from copy import copy
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import east_asian_width

from generator.archive import settled
from generator.audit.paper import Heading, Paper, Paragraph, Table, Tone

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CELL = 32767
_WIDTH = {False: 92, True: 150}
_COLOURS: dict[Tone, str] = {"good": "17663A", "bad": "A61B1B", "open": "7A4D00", "quiet": "566072"}
_STATES = ("结果", "状态")


def excel(papers: Sequence[Paper], organ: str, day: date) -> bytes:
    """The workbook, as saved on `day` by `organ`."""
    # Half a megabyte of library; other commands do not wait for it.
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    book.remove(book.worksheets[0])
    for paper in papers:
        _sheet(book.create_sheet(paper.name), paper)
    book.properties.creator = organ
    book.properties.title = papers[0].title
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue(), day)


def _sheet(sheet: Worksheet, paper: Paper) -> None:
    columns = max((len(b.head) for b in paper.blocks if isinstance(b, Table)), default=1)
    writer = _Writer(sheet, _set_columns(sheet, paper, columns))
    writer.line(paper.title, size=15, bold=True, align="center")
    only = [block for block in paper.blocks if isinstance(block, Table)]
    for block in paper.blocks:
        if isinstance(block, Heading):
            writer.line(block.text, size=13 - block.level, bold=True)
        elif isinstance(block, Paragraph):
            writer.line(block.text, align="right" if block.signed else "left")
        else:
            writer.table(block, is_only=len(only) == 1)
    page = sheet.page_setup
    page.paperSize, page.orientation = 9, "landscape" if paper.landscape else "portrait"
    page.fitToWidth, page.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    footer: Any = sheet.oddFooter
    footer.center.text = "— &P —"


def _set_columns(sheet: Worksheet, paper: Paper, columns: int) -> tuple[float, ...]:
    """Share the width of the paper among the columns; gives the widths in signs."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    shares = next((b.widths for b in paper.blocks if isinstance(b, Table)), (100,))
    whole = _WIDTH[paper.landscape]
    widths = tuple(max(5.0, whole * shares[place] / sum(shares)) for place in range(columns))
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    return widths


class Look(NamedTuple):
    """How a cell looks: size in points, colours as RRGGBB."""

    size: int = 11
    bold: bool = False
    align: str = "left"
    bordered: bool = False
    fill: str = ""
    colour: str = ""


class _Writer:
    """Writes a sheet row by row."""

    def __init__(self, sheet: Worksheet, widths: tuple[float, ...]) -> None:
        self.sheet = sheet
        self.widths = widths
        self.looks: dict[Look, Any] = {}
        self.row = 0

    def line(self, text: str, *, size: int = 11, bold: bool = False, align: str = "left") -> None:
        """A text across the whole width."""
        self.row += 1
        self._cell(1, text, Look(size, bold, align))
        self.sheet.merge_cells(
            start_row=self.row, start_column=1, end_row=self.row, end_column=len(self.widths)
        )
        # Excel does not grow the height of merged cells by itself.
        self.sheet.row_dimensions[self.row].height = _height(text, sum(self.widths), size)

    def table(self, table: Table, *, is_only: bool) -> None:
        """A table; the only one of a sheet can be filtered, and its head stays in sight."""
        if not is_only:
            self.line(table.caption, size=12, bold=True)
        self.row += 1
        head = self.row
        for column, name in enumerate(table.head, 1):
            self._cell(column, name, Look(bold=True, bordered=True, fill="E8EDF5"))
        for place, row in enumerate(table.rows):
            self.row += 1
            for column, text in enumerate(row, 1):
                is_state = table.head[column - 1] in _STATES
                colour = _COLOURS.get(table.tone(place), "") if is_state else ""
                self._cell(column, text, Look(bordered=True, colour=colour))
            heights = map(_height, row, self.widths, (11,) * len(row))
            self.sheet.row_dimensions[self.row].height = max(heights)
        if is_only and table.rows:
            last = self.sheet.cell(self.row, len(table.head)).coordinate
            self.sheet.auto_filter.ref = f"A{head}:{last}"
            self.sheet.freeze_panes = f"A{head + 1}"
            self.sheet.print_title_rows = f"{head}:{head}"

    def _cell(self, column: int, text: str, look: Look) -> None:
        cell: Any = self.sheet.cell(self.row, column)
        # 007 is a name, not a number.
        is_number = re.fullmatch(r"0|[1-9]\d{0,8}", text, re.ASCII) is not None
        cell.value = int(text) if is_number else text[:_CELL]
        if not is_number:
            # Text that begins with = is text.
            cell.data_type = "s"
        if look in self.looks:
            # Openpyxl compares each style with all it knows; a look is worked out once.
            cell._style = copy(self.looks[look])  # noqa: SLF001
        else:
            _dress(cell, look)
            self.looks[look] = cell._style  # noqa: SLF001


def _dress(cell: Any, look: Look) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415

    is_bold = look.bold or bool(look.colour)
    cell.font = Font(name="宋体", size=look.size, bold=is_bold, color=look.colour or None)
    cell.alignment = Alignment(horizontal=look.align, vertical="top", wrap_text=True)
    if look.bordered:
        side = Side(style="thin", color="CCD3DE")
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)


def _height(text: str, width: float, size: int) -> float:
    """How high a row must be for `text` in a cell of this width, in points."""
    fits = max(1.0, width * 11 / size - 1)
    lines = sum(max(1, ceil(_cells(line) / fits)) for line in text.split("\n"))
    return min(409.0, lines * size * 1.45 + 4)


def _cells(line: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in line)
