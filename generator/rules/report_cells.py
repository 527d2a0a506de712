"""An annual report lacks rows or cells, or holds what is no number (年报表格不全).

The tables are those of 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, cast

from generator.domain.annual_report import (
    COUNT_ROWS,
    STOCK_COLUMNS,
    STOCK_ROWS,
    TABLE3,
    TABLE3_COLUMNS,
    TABLE4,
    TABLE4_COLUMNS,
)
from generator.domain.folding import folded
from generator.domain.kinds import Kind
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Document, Entry, KeyPath, Site
from generator.regex import regex
from generator.rules import judged

RULE = Rule(
    "report-cells",
    Severity.ERROR,
    Text(
        "{table}“{row}”的“{column}”应当是数：{text}",
        "{key}, cell {number}: “{text}” is no number",
    ),
    Text(
        "填写不小于零的{sort}；没有发生的填 0",
        "write a {sort_en} that is not negative; 0 where nothing happened",
    ),
)
_EMPTY = Text("{table}“{row}”的“{column}”没有填", "{key}, cell {number} is empty")
_COUNT = Text(
    "{table}“{row}”有{found}个数，应当有{wanted}个",
    "{key} has {found} numbers and must have {wanted}",
)
_COUNT_HINT = Text("依次填写：{columns}", "give a number for each: {columns}")
_ROWS = Text("{table}缺少{count}行：{rows}", "{key} lacks {count} rows: {keys}")
_ROWS_HINT = Text(
    "把这些行补上（{keys}），没有发生的填 0",
    "add these rows ({keys}), with 0 where nothing happened",
)
_UNKNOWN = Text("{table}没有“{row}”这一行", "there is no row “{row}” in {key}")
_UNKNOWN_HINT = Text(
    "行名照年度报告的格式写，或者写代号",
    "name the row as the form of the report does, or by its key",
)
_ABSENT = Text(
    "没有“年报数据”：表二、表三、表四都没有填", "there is no report: its three tables are missing"
)
_ABSENT_HINT = Text(
    "在文件头写“年报数据”；`gongkai new annual-report` 给出全部行，没有发生的填 0",
    "add it to the front matter; `gongkai new annual-report` writes all rows",
)
_FIRST_ROW = "新收政府信息公开申请数量"
FORM_BEGINS = 2021
_TABLES = {"table2": "表二", "table3": "表三", "table4": "表四"}
_WHOLE = regex(r"[0-9]+")
_MONEY = regex(r"[0-9]+(?:\.[0-9]+)?")
# Without the note in brackets that explains a row.
_ROW3 = {row.key: re.sub(r"(?<=.)（.*）$", "", row.label) for row in TABLE3}
_ROW4 = {key: "".join(labels) for key, labels in TABLE4.items()}
_ROW2 = STOCK_ROWS | COUNT_ROWS


def find(site: Site) -> Iterator[Finding]:
    """The tables of each annual report, cell by cell; from 2021 on also rows that are not there."""
    for entry in judged.documents(site):
        document, fields = entry.document, entry.document.source.fields
        if document.kind is not Kind.ANNUAL_REPORT or document.is_withdrawn:
            continue
        # What is no map at all has its own finding already.
        if isinstance(fields.get("report"), dict):
            yield from _table2(document)
            yield from _rows(document, "table3", _ROW3, TABLE3_COLUMNS)
            yield from _rows(document, "table4", _ROW4, TABLE4_COLUMNS)
        elif "report" not in fields and _is_new_form(document) and not _has_tables(entry):
            yield RULE.at(document.source.place("year"), message=_ABSENT, hint=_ABSENT_HINT)


def _has_tables(entry: Entry) -> bool:
    """Whether the body carries the tables instead."""
    return _FIRST_ROW in folded(entry.body.text)


def _table2(document: Document) -> Iterator[Finding]:
    written = _written(document, "table2")
    yield from _missing(document, "table2", _ROW2, written)
    for key, label in STOCK_ROWS.items():
        row = written.get(key)
        if isinstance(row, dict):
            for number, (column, name) in enumerate(STOCK_COLUMNS.items(), 1):
                cell = row.get(column, "")
                path: KeyPath = ("report", "table2", key, column)
                yield from _cell(document, path, label, name, number, cell)
    for key, label in COUNT_ROWS.items():
        if key in written:
            path = ("report", "table2", key)
            yield from _cell(document, path, label, "数量", 1, written[key])


def _rows(
    document: Document, table: str, rows: Mapping[str, str], columns: tuple[str, ...]
) -> Iterator[Finding]:
    """The rows of table 3 or 4, each with as many cells as the form has columns."""
    written = _written(document, table)
    yield from _missing(document, table, rows, written)
    for key, cells in written.items():
        path = ("report", table, key)
        if key not in rows:
            if _is_new_form(document):
                yield _at(document, path, _UNKNOWN, _UNKNOWN_HINT, row=key)
        elif isinstance(cells, list):
            yield from _row(document, path, rows[key], cells, columns)


def _row(
    document: Document, path: KeyPath, label: str, cells: list[object], columns: tuple[str, ...]
) -> Iterator[Finding]:
    if len(cells) != len(columns):
        yield _at(
            document,
            path,
            _COUNT,
            _COUNT_HINT,
            row=label,
            found=len(cells),
            wanted=len(columns),
            columns="、".join(columns),
        )
        return
    for index, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        yield from _cell(document, (*path, index), label, column, index + 1, cell)


def _cell(
    document: Document, path: KeyPath, row: str, column: str, number: int, cell: object
) -> Iterator[Finding]:
    is_money = path[-1] == "fees"
    text = cell.strip() if isinstance(cell, str) else "…"
    pattern = _MONEY if is_money else _WHOLE
    if pattern.fullmatch(text):
        return
    folded = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    yield RULE.at(
        document.source.place(*path),
        message=None if text else _EMPTY,
        text=text,
        suggestion=folded if pattern.fullmatch(folded) else None,
        table=_TABLES[str(path[1])],
        key=".".join(map(str, path[1:3])),
        row=row,
        column=column,
        number=number,
        sort="数（单位：万元）" if is_money else "整数",
        sort_en="number (of 10,000 yuan)" if is_money else "whole number",
    )


def _missing(
    document: Document, table: str, rows: Mapping[str, str], written: Mapping[str, object]
) -> Iterator[Finding]:
    absent = [key for key in rows if key not in written]
    if not absent or not _is_new_form(document) or not _may_lack_rows(document, table):
        return
    shown = "、".join(f"“{rows[key]}”" for key in absent[:3]) + ("等" if len(absent) > 3 else "")
    keys = "、".join(absent)
    path = ("report", table)
    yield _at(document, path, _ROWS, _ROWS_HINT, count=len(absent), rows=shown, keys=keys)


def _at(document: Document, path: KeyPath, message: Text, hint: Text, **values: Any) -> Finding:
    table = str(path[1])
    return RULE.at(
        document.source.place(*path),
        message=message,
        hint=hint,
        table=_TABLES[table],
        key=".".join(map(str, path[1:])),
        **values,
    )


def _written(document: Document, table: str) -> dict[str, object]:
    """The rows of a table as written; none where it is no map."""
    report = cast("dict[str, object]", document.source.fields["report"])
    rows = report.get(table)
    return cast("dict[str, object]", rows) if isinstance(rows, dict) else {}


def _may_lack_rows(document: Document, table: str) -> bool:
    """Whether the table is a map or is not there; what is neither has its own finding already."""
    report = cast("dict[str, object]", document.source.fields["report"])
    return isinstance(report.get(table, {}), dict)


def _is_new_form(document: Document) -> bool:
    """Whether the form of 2021 holds: it was first used for the reports on 2021."""
    return (document.meta.year or 0) >= FORM_BEGINS
