"""The task ledger as a workbook (XLSX): the same bytes for the same tasks, and no cell is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from generator.archive import settled
from generator.model import Entry, Site
from generator.pages import ledger
from generator.pages.ledger import Item
from generator.pages.tables import TASK_COLUMNS
from generator.regex import regex

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# What XML cannot hold.
_UNPRINTABLE = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767
_WIDTHS: dict[str, int] = {
    "序号": 6,
    "任务": 30,
    "具体要求": 44,
    "牵头单位": 22,
    "配合单位": 26,
    "时限": 16,
    "进展": 22,
    "完成日期": 13,
    "落实情况": 40,
}
Rows = Sequence[Sequence[str]]


def workbook(site: Site, entry: Entry, records: Sequence[dict[str, str]]) -> bytes:
    """The tasks of `entry` as written, by unit, by date, and what last year left; `records` are the first sheet."""
    # Half a megabyte of library; sites without work points do not wait for it.
    from openpyxl import Workbook  # noqa: PLC0415

    found = ledger.items(site, entry)
    book = Workbook()
    book.remove(book.worksheets[0])
    whole = [[str(number), *record.values()] for number, record in enumerate(records, 1)]
    _sheet(book.create_sheet("任务分解表"), ("序号", *TASK_COLUMNS.values()), whole)
    units = [_unit_row(unit, item) for unit, own in ledger.by_unit(found) for item in own]
    _sheet(
        book.create_sheet("按单位"),
        ("牵头单位", "任务", "具体要求", "时限", "配合单位", "进展"),
        units,
    )
    due = [_due_row(item) for item in ledger.by_due(found)]
    _sheet(book.create_sheet("按时限"), ("时限", "任务", "牵头单位", "配合单位", "进展"), due)
    left = [_due_row(item) for _, own in ledger.open_before(site, entry) for item in own]
    if left:
        head = ("时限", "任务", "牵头单位", "配合单位", "进展")
        _sheet(book.create_sheet("上年未完成"), head, left)
    book.properties.creator = site.config.organ.name
    book.properties.title = _clean(entry.document.title)
    out = io.BytesIO()
    book.save(out)
    published = entry.document.meta.published
    return settled(out.getvalue(), published.day if published else date.min)


def _unit_row(unit: str, item: Item) -> list[str]:
    return [unit, item.task, item.detail, item.due, "、".join(item.support), item.progress]


def _due_row(item: Item) -> list[str]:
    return [item.due, item.task, "、".join(item.lead), "、".join(item.support), item.progress]


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text)[:_LONGEST]


def _sheet(sheet: Worksheet, head: Sequence[str], rows: Rows) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    wrapped = Alignment(vertical="top", wrap_text=True)
    bold, tint = Font(bold=True), PatternFill("solid", fgColor="F7F4F0")
    for place, name in enumerate(head, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[name]
    for number, row in enumerate((head, *rows), 1):
        for place, text in enumerate(row, 1):
            if not text:
                continue
            cell: Any = sheet.cell(number, place)
            is_number = head[place - 1] == "序号" and text.isdecimal()
            cell.value = int(text) if is_number else _clean(text)
            if not is_number:
                # Text that begins with = is text.
                cell.data_type = "s"
            cell.alignment = wrapped
            if number == 1:
                cell.font, cell.fill = bold, tint
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{len(rows) + 1}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = "1:1"
