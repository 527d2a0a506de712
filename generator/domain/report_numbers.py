"""The numbers of an annual report's tables (年报表格里的数), and what the form says they add up to.

A cell that is missing or no whole number is None, and a sum over it is None too: `report-cells` reports
the cell, and nothing else is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.domain.annual_report import (
    STOCK_COLUMNS,
    STOCK_ROWS,
    TABLE3,
    TABLE3_COLUMNS,
    TABLE4,
    TABLE4_COLUMNS,
)
from generator.finding import Text
from generator.regex import regex

Cells = tuple[int | None, ...]

# The six kinds of applicants; the seventh column is their sum.
APPLICANTS = len(TABLE3_COLUMNS) - 1
TOTAL = APPLICANTS
# The four outcomes of reviews and suits; the fifth column is their sum.
OUTCOMES = len(TABLE4_COLUMNS) - 1
PENDING = OUTCOMES - 1
COLUMNS: tuple[Text, ...] = tuple(
    Text(zh, en)
    for zh, en in zip(
        TABLE3_COLUMNS,
        (
            "natural persons",
            "companies",
            "research bodies",
            "welfare organisations",
            "legal services",
            "others",
            "total",
        ),
        strict=True,
    )
)
# What is added up into （七）总计, by the label of the group in the form.
RESULTS: dict[str, tuple[str, ...]] = {
    "（一）": ("open",),
    "（二）": ("partial",),
    "（三）": tuple(row.key for row in TABLE3 if row.key.startswith("deny")),
    "（四）": tuple(row.key for row in TABLE3 if row.key.startswith("none")),
    "（五）": tuple(row.key for row in TABLE3 if row.key.startswith("skip")),
    "（六）": tuple(row.key for row in TABLE3 if row.key.startswith("other")),
}
# The label of each row without the note in brackets that explains it.
ROW_LABELS: dict[str, str] = {
    row.key: re.sub(r"(?<=.)（.*）$", "", row.label) for row in TABLE3
} | {key: "·".join(path) for key, path in TABLE4.items()}
_WHOLE = regex(r"[0-9]{1,1000}")


class Stock(NamedTuple):
    """A row of the first block of table 2 (件): made and repealed in the year, in force at its end."""

    made: int | None
    repealed: int | None
    in_force: int | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The cells of the three tables; a row that is absent or has too few or too many cells is all None."""

    stock: Mapping[str, Stock]
    table3: Mapping[str, Cells]
    table4: Mapping[str, Cells]

    def total(self, key: str) -> list[int]:
        """The total of a row of table 3 as written, and as its cells add up, where they are numbers."""
        cells = self.table3[key]
        return [number for number in (cells[TOTAL], add(cells[:TOTAL])) if number is not None]

    def handled(self, column: int) -> dict[str, int] | None:
        """The results of a column of table 3 by group, （一）–（六）; None where a cell is no number."""
        groups = {
            label: add(self.table3[key][column] for key in keys) for label, keys in RESULTS.items()
        }
        known = {label: number for label, number in groups.items() if number is not None}
        return known if len(known) == len(groups) else None


def numbers(fields: Mapping[str, object]) -> Numbers:
    """The numbers in front matter as read, `{"report": {"table3": {"new": ["30", …]}}}`; never raises."""
    report = _map(fields.get("report"))
    table2, table3, table4 = (_map(report.get(name)) for name in ("table2", "table3", "table4"))
    return Numbers(
        {key: Stock(*_stock(_map(table2.get(key)))) for key in STOCK_ROWS},
        {row.key: _cells(table3.get(row.key), len(TABLE3_COLUMNS)) for row in TABLE3},
        {key: _cells(table4.get(key), len(TABLE4_COLUMNS)) for key in TABLE4},
    )


def add(cells: Iterable[int | None]) -> int | None:
    """The sum of `cells`; None where one of them is no number."""
    total = 0
    for cell in cells:
        if cell is None:
            return None
        total += cell
    return total


def _map(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _stock(row: Mapping[str, object]) -> Cells:
    return tuple(_cell(row.get(column)) for column in STOCK_COLUMNS)


def _cells(row: object, length: int) -> Cells:
    if not isinstance(row, list | tuple) or len(row) != length:
        return (None,) * length
    return tuple(_cell(cell) for cell in row)


def _cell(cell: object) -> int | None:
    text = cell.strip() if isinstance(cell, str) else ""
    return int(text) if _WHOLE.fullmatch(text) else None
