"""Tables (表格) made from front matter: the official form of annual reports, tasks, feedback."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.domain.annual_report import (
    COUNT_ROWS,
    DECISIONS,
    FEES,
    SECTIONS,
    STOCK_COLUMNS,
    STOCK_ROWS,
    TABLE3,
    TABLE3_COLUMNS,
    TABLE3_NOTE,
    TABLE4,
    TABLE4_COLUMNS,
    Row,
)
from generator.model import Heading
from generator.pages.frame import TextLink
from generator.schema import Feedback, Report, Table2, Task

Part = Markup | str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; `scope` makes it a header of its row, its column or the group of rows below it.

    An `unbroken` one stays on one line.
    """

    text: str
    scope: str = ""
    columns: int = 1
    rows: int = 1
    href: str = ""
    unbroken: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, the rows of its head and one or more groups of rows below it."""

    id: str
    caption: str
    head: tuple[tuple[Cell, ...], ...]
    groups: tuple[tuple[tuple[Cell, ...], ...], ...]
    numeric: bool = False


def names(words: Iterable[str], *, columns: int = 1) -> tuple[Cell, ...]:
    """The cells of a head, each over so many columns."""
    return tuple(Cell(word, "col", columns=columns) for word in words)


def _filled(values: Sequence[str], length: int) -> tuple[Cell, ...]:
    """Exactly `length` cells; what is missing stays empty (`report-cells` tells the editor)."""
    return tuple(Cell(value) for value in (*values, *[""] * length)[:length])


def report_tables(report: Report) -> dict[int, Table]:
    """The official tables of an annual report by the number of the part they belong to (二 → 2)."""
    period = " 至 ".join(day.isoformat() for day in report.period) if report.period else ""
    suffix = f"（统计期间：{period}）" if period else ""
    tables: dict[int, Table] = {}
    if report.table2:
        tables[2] = _table2(report.table2, suffix)
    if report.table3:
        tables[3] = _table3(report.table3, suffix)
    if report.table4:
        tables[4] = _table4(report.table4, suffix)
    return tables


def _caption(number: int, suffix: str) -> str:
    return SECTIONS[number - 1].partition("、")[2] + suffix


def _table2(table: Table2, suffix: str) -> Table:
    stock = {"rules": table.rules, "normative": table.normative}
    first = (
        (Cell("第二十条第（一）项", "rowgroup", columns=4),),
        names(("信息内容", *STOCK_COLUMNS.values())),
        *(
            (
                Cell(label, "row"),
                *(
                    Cell(getattr(stock[key], column) if stock[key] else "")
                    for column in STOCK_COLUMNS
                ),
            )
            for key, label in STOCK_ROWS.items()
        ),
    )
    counts = {key: getattr(table, key) for key in COUNT_ROWS}
    blocks = (
        ("第二十条第（五）项", DECISIONS, ("permits",)),
        ("第二十条第（六）项", DECISIONS, ("penalties", "coercions")),
        ("第二十条第（八）项", FEES, ("fees",)),
    )
    others = tuple(
        (
            (Cell(clause, "rowgroup", columns=4),),
            (Cell("信息内容", "col"), Cell(heading, "col", columns=3)),
            *((Cell(COUNT_ROWS[key], "row"), Cell(counts[key], columns=3)) for key in keys),
        )
        for clause, heading, keys in blocks
    )
    return Table("table-2", _caption(2, suffix), (), (first, *others), numeric=True)


def _table3(cells: Mapping[str, tuple[str, ...]], suffix: str) -> Table:
    legal = TABLE3_COLUMNS[1:6]
    head = (
        (
            Cell(f"（{TABLE3_NOTE}）", columns=3, rows=3),
            Cell("申请人情况", "col", columns=len(TABLE3_COLUMNS)),
        ),
        (
            Cell(TABLE3_COLUMNS[0], "col", rows=2),
            Cell("法人或其他组织", "col", columns=len(legal)),
            Cell(TABLE3_COLUMNS[-1], "col", rows=2),
        ),
        names(legal),
    )
    rows = tuple(
        (*labels, *_filled(cells.get(row.key, ()), len(TABLE3_COLUMNS)))
        for row, labels in zip(TABLE3, _row_labels(TABLE3), strict=True)
    )
    return Table("table-3", _caption(3, suffix), head, (rows,), numeric=True)


def _row_labels(rows: Sequence[Row]) -> list[tuple[Cell, ...]]:
    """The header cells of each row: its groups where they begin, then its own label over the rest."""
    size: dict[tuple[str, ...], int] = {}
    for row in rows:
        for depth in range(1, len(row.groups) + 1):
            size[row.groups[:depth]] = size.get(row.groups[:depth], 0) + 1
    labels = []
    before: tuple[str, ...] = ()
    for row in rows:
        cells = [
            Cell(row.groups[depth - 1], "row", rows=size[row.groups[:depth]])
            for depth in range(1, len(row.groups) + 1)
            if row.groups[:depth] != before[:depth]
        ]
        labels.append((*cells, Cell(row.label, "row", columns=3 - len(row.groups))))
        before = row.groups
    return labels


def _table4(cells: Mapping[str, tuple[str, ...]], suffix: str) -> Table:
    width = len(TABLE4_COLUMNS)
    suits = [path[1] for path in TABLE4.values() if len(path) > 1]
    head = (
        (
            Cell("行政复议", "col", columns=width, rows=2),
            Cell("行政诉讼", "col", columns=width * len(suits)),
        ),
        names(suits, columns=width),
        names(TABLE4_COLUMNS * len(TABLE4)),
    )
    numbers = tuple(cell for key in TABLE4 for cell in _filled(cells.get(key, ()), width))
    return Table("table-4", _caption(4, suffix), head, ((numbers,),), numeric=True)


def place(
    html: Markup, outline: Sequence[Heading], tables: Mapping[int, Table]
) -> tuple[Markup | Table, ...]:
    """The body cut so that table 二 stands at the end of part 二 and so on; at the end where a part is missing."""
    top = min((heading.level for heading in outline), default=2)
    starts = [
        (heading.text, position)
        for heading in outline
        if heading.level == top and (position := _start(html, heading.id)) >= 0
    ]
    ends = [position for _, position in starts[1:]] + [len(html)]
    cuts = {
        number: next(
            (end for (text, _), end in zip(starts, ends, strict=False) if _is_part(text, number)),
            len(html),
        )
        for number in tables
    }
    parts: list[Markup | Table] = []
    done = 0
    for number in sorted(tables, key=lambda number: (cuts[number], number)):
        parts += [Markup(html[done : cuts[number]]), tables[number]]
        done = cuts[number]
    return tuple(part for part in (*parts, Markup(html[done:])) if part)


def _is_part(text: str, number: int) -> bool:
    mark, _, name = SECTIONS[number - 1].partition("、")
    return text.startswith(f"{mark}、") or name in text


def _start(html: str, id_: str) -> int:
    """Where the element with this id begins in `html`, with the wrapper of a run-in heading; -1: nowhere."""
    quoted = id_.replace("&", "&amp;").replace('"', "&quot;")
    found = html.find(f' id="{quoted}"')
    if found < 0:
        return -1
    start = html.rfind("<", 0, found)
    wrapper = '<div class="run-in">'
    return start - len(wrapper) if html[:start].endswith(wrapper) else start


TASK_COLUMNS: dict[str, str] = {
    "task": "任务",
    "detail": "具体要求",
    "lead": "牵头单位",
    "support": "配合单位",
    "due": "时限",
    "status": "进展",
    "done": "完成日期",
    "link": "落实情况",
}


# Dates and single words stay on one line.
_UNBROKEN = frozenset({"due", "status", "done"})
LONGEST_UNBROKEN = 10


def task_records(tasks: Sequence[Task], links: Sequence[TextLink]) -> list[dict[str, str]]:
    """Each task as text by column; `links` say where it was carried out."""
    return [
        {
            "task": task.task,
            "detail": task.detail or "",
            "lead": "、".join(task.lead),
            "support": "、".join(task.support),
            "due": task.due or "",
            "status": task.status or "",
            "done": task.done.isoformat() if task.done else "",
            "link": link.note or link.text,
        }
        for task, link in zip(tasks, links, strict=True)
    ]


def tasks_table(tasks: Sequence[Task], links: Sequence[TextLink]) -> Table:
    """The task table (任务分解表); columns without any value are left out."""
    records = task_records(tasks, links)
    used = [key for key in TASK_COLUMNS if any(record[key] for record in records)]
    body = tuple(
        (
            Cell(str(number)),
            *(
                Cell(
                    record[key],
                    scope="row" if key == "task" else "",
                    href=link.href if key == "link" else "",
                    unbroken=key in _UNBROKEN and len(record[key]) <= LONGEST_UNBROKEN,
                )
                for key in used
            ),
        )
        for number, (record, link) in enumerate(zip(records, links, strict=True), 1)
    )
    head = (names(("序号", *(TASK_COLUMNS[key] for key in used))),)
    return Table("tasks", "任务分解表", head, (body,))


def feedback_table(feedback: Sequence[Feedback]) -> Table:
    """What became of the opinions received (意见采纳情况)."""
    has_giver = any(opinion.giver for opinion in feedback)
    head = names(("序号", *(("反馈人",) if has_giver else ()), "意见内容", "是否采纳", "理由"))
    body = tuple(
        (
            Cell(str(number)),
            *((Cell(opinion.giver or ""),) if has_giver else ()),
            Cell(opinion.opinion),
            Cell(opinion.adopted or ""),
            Cell(opinion.reason or ""),
        )
        for number, opinion in enumerate(feedback, 1)
    )
    return Table("feedback", "意见采纳情况", (head,), (body,))
