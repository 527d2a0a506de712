"""Task ledgers (任务台账): the tasks of work points by unit and by date, and what last year left undone (回头看)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator import address
from generator.domain.deadlines import last_day
from generator.domain.kinds import Kind
from generator.domain.task_state import TaskState, state, units
from generator.model import Entry, Site
from generator.pages.frame import Frame, TextLink, View, Way, article_meta, issuers_of
from generator.pages.tables import Cell, Table, names

NOBODY = "未写明牵头单位"
_SETTLED = frozenset({TaskState.DONE, TaskState.DROPPED})
_LONGEST_UNBROKEN = 12
# The look of the task table is that of its views.
_LOOK = "tasks"


@dataclass(frozen=True, slots=True)
class Item:
    """A task as the ledger shows it; `last_day` is None where the deadline names no certain day."""

    number: int
    task: str
    detail: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    due: str
    last_day: date | None
    state: TaskState
    progress: str


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What the work points of the year before left undone: where they are, and their open tasks."""

    plan: TextLink
    table: Table


def has_tasks(entry: Entry) -> bool:
    """Whether a ledger is made of a document."""
    return entry.document.kind is Kind.WORK_POINTS and bool(entry.document.meta.tasks)


def items(site: Site, entry: Entry) -> tuple[Item, ...]:
    """The tasks of `entry` in their order."""
    meta = entry.document.meta
    found = []
    for number, task in enumerate(meta.tasks, 1):
        day = last_day(task.due or "", meta.year)
        standing = state(task.status or "", task.done, day, site.today)
        said = task.status or ""
        if standing is TaskState.DONE:
            progress = f"{task.done.isoformat()}完成" if task.done else said
        else:
            progress = standing.value if standing is TaskState.OVERDUE else said or standing.value
        found.append(
            Item(
                number,
                task.task,
                task.detail or "",
                units(task.lead),
                units(task.support),
                task.due or "",
                day,
                standing,
                progress,
            )
        )
    return tuple(found)


def by_unit(found: Sequence[Item]) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """The tasks of each unit that leads, units in the order in which they first appear."""
    lists: dict[str, list[Item]] = {}
    for item in found:
        for unit in item.lead or (NOBODY,):
            lists.setdefault(unit, []).append(item)
    return tuple((unit, tuple(sorted(own, key=_by_day))) for unit, own in lists.items())


def by_due(found: Iterable[Item]) -> tuple[Item, ...]:
    """The tasks by their last day; those without a certain one come last."""
    return tuple(sorted(found, key=_by_day))


def _by_day(item: Item) -> tuple[date, int]:
    return (item.last_day or date.max, item.number)


def open_before(site: Site, entry: Entry) -> tuple[tuple[Entry, tuple[Item, ...]], ...]:
    """The work points of the same organ for the year before, each with its tasks that are not done."""
    year = entry.document.meta.year
    found = []
    for other in site.listed:
        is_before = has_tasks(other) and year and other.document.meta.year == year - 1
        if is_before and issuers_of(site, other)[0] == issuers_of(site, entry)[0]:
            left = tuple(item for item in items(site, other) if item.state not in _SETTLED)
            if left:
                found.append((other, left))
    return tuple(sorted(found, key=lambda one: one[0].path))


def left_over(site: Site, entry: Entry, way: Way) -> tuple[LeftOver, ...]:
    """What last year left undone, as tables."""
    return tuple(
        LeftOver(TextLink(plan.document.title, way(plan.url)), _left_table(left))
        for plan, left in open_before(site, entry)
    )


def views(frame: Frame) -> Iterator[View]:
    """The ledger of each document with tasks."""
    for entry in frame.site.listed:
        if has_tasks(entry):
            yield _view(frame, entry)


def _view(frame: Frame, entry: Entry) -> View:
    site, document = frame.site, entry.document
    url = address.ledger_url(entry.url)
    way = frame.way(url)
    found = items(site, entry)
    words = "任务台账"
    return frame.view(
        url,
        "ledger.html",
        {
            "plan": TextLink(document.title, way(entry.url)),
            "counts": counts(found),
            "by_unit": _unit_table(by_unit(found)),
            "by_due": _due_table(by_due(found)),
            "left_over": left_over(site, entry, way),
            "ledger_files": files(entry, found, way),
        },
        title=f"{document.title} {words}",
        column=document.column,
        crumbs=frame.crumbs(
            url, *frame.column_steps(document.column), ("正文", entry.url), (words, url)
        ),
        meta=article_meta(site, entry),
    )


def files(entry: Entry, found: Sequence[Item], way: Way) -> tuple[TextLink, ...]:
    """The files that hold the tasks: their words, their addresses, and their media types as notes."""
    made = [
        TextLink("CSV 表格", way(address.tasks_url(entry.url)), note="text/csv"),
        TextLink(
            "XLSX 表格",
            way(address.workbook_url(entry.url)),
            note="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ]
    if any(item.last_day for item in found):
        made.append(
            TextLink("时限日历（ICS）", way(address.calendar_url(entry.url)), note="text/calendar")
        )
    return tuple(made)


def counts(found: Sequence[Item]) -> str:
    """How many tasks there are and how they stand, in a sentence."""
    return f"共{len(found)}项任务：{_standing(found)}。"


def _standing(found: Iterable[Item]) -> str:
    number = Counter(item.state for item in found)
    words = {
        TaskState.DONE: "已完成",
        TaskState.OPEN: "进行中",
        TaskState.OVERDUE: "未完成且已过时限",
        TaskState.DROPPED: "已调整",
    }
    return "，".join(f"{word}{number[one]}项" for one, word in words.items() if number[one])


def _unbroken(text: str) -> Cell:
    return Cell(text, unbroken=len(text) <= _LONGEST_UNBROKEN)


def _unit_table(units_: Sequence[tuple[str, tuple[Item, ...]]]) -> Table:
    head = names(("序号", "时限", "任务", "配合单位", "进展"))
    groups = tuple(
        (
            # The name of the unit stays in sight where a narrow screen shows the first columns only.
            (
                Cell(f"{unit}（{len(own)}项）", "rowgroup", columns=3),
                Cell(_standing(own), columns=2),
            ),
            *(
                (*_first(item), Cell("、".join(item.support)), _unbroken(item.progress))
                for item in own
            ),
        )
        for unit, own in units_
    )
    return Table(_LOOK, "按牵头单位排列，同一单位按时限先后", (head,), groups)


def _due_table(found: Sequence[Item]) -> Table:
    head = names(("序号", "时限", "任务", "牵头单位", "配合单位", "进展"))
    rows = tuple(
        (
            *_first(item),
            Cell("、".join(item.lead)),
            Cell("、".join(item.support)),
            _unbroken(item.progress),
        )
        for item in found
    )
    return Table(_LOOK, "按时限先后排列，没有确定日期的在最后", (head,), (rows,))


def _left_table(left: Sequence[Item]) -> Table:
    head = names(("序号", "时限", "任务", "牵头单位", "进展"))
    rows = tuple(
        (*_first(item), Cell("、".join(item.lead)), _unbroken(item.progress)) for item in left
    )
    return Table(_LOOK, "上年列入、还没有完成的任务", (head,), (rows,))


def _first(item: Item) -> tuple[Cell, Cell, Cell]:
    """The cells with which every row begins: its number in the task table, when it is due, the task."""
    return Cell(str(item.number)), _unbroken(item.due or "未写明"), Cell(item.task, "row")
