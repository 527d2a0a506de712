"""Activity (工作情况): what was published and done in a quarter, and what falls due after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.audit.evidence import day_zh, named
from generator.audit.quarter import Quarter
from generator.config import Column
from generator.domain.deadlines import last_day
from generator.domain.kinds import Kind, Status
from generator.model import Entry, Site
from generator.rules import tasks


@dataclass(frozen=True)
class Upkeep:
    """A column that holds documents: how many, of the quarter how many, and when it was last renewed."""

    column: Column
    documents: int
    of_quarter: int
    newest: date | None

    @property
    def due(self) -> date | None:
        """The last day on which it must be renewed."""
        age = timedelta(days=self.column.max_age_days)
        return self.newest + age if self.newest else None


def upkeep(site: Site, quarter: Quarter) -> tuple[Upkeep, ...]:
    """The columns that are to hold documents themselves, in their order."""
    found = []
    for column in site.config.all_columns:
        entries = site.by_column[column.id]
        if column.children and not entries:
            continue
        days = [published_on(entry) for entry in entries]
        newest = max((day for day in days if day), default=None)
        found.append(Upkeep(column, len(entries), sum(map(quarter.holds, days)), newest))
    return tuple(found)


def published_on(entry: Entry) -> date | None:
    """The day on which a document was published."""
    published = entry.document.meta.published
    return published.day if published else None


def published_in(site: Site, quarter: Quarter) -> tuple[Entry, ...]:
    """What was published in the quarter, each document once."""
    return tuple(entry for entry in site.listed if quarter.holds(published_on(entry)))


@dataclass(frozen=True)
class Tasks:
    """The tasks of a year's work points: all, done, overdue; of the quarter those due and done."""

    total: int
    done: int
    overdue: int
    due_now: int
    done_now: int


def tasks_of(site: Site, quarter: Quarter) -> Tasks:
    """How the tasks of the quarter's year stand today; those that were dropped are left out."""
    total = done = overdue = due_now = done_now = 0
    for entry in tasks.work_points(site):
        meta = entry.document.meta
        if meta.year != quarter.year:
            continue
        for task in meta.tasks:
            if tasks.is_dropped(task):
                continue
            due = last_day(task.due or "", meta.year)
            is_done = task.done is not None or tasks.says_done(task)
            total += 1
            done += is_done
            overdue += not is_done and due is not None and due < site.today
            due_now += quarter.holds(due)
            done_now += quarter.holds(due) and is_done
    return Tasks(total, done, overdue, due_now, done_now)


@dataclass(frozen=True)
class Exchange:
    """Consultations opened, closed and answered for, questions asked and answered in the quarter."""

    opened: int
    closed: int
    reported: int
    asked: int
    answered: int


def exchange(site: Site, quarter: Quarter) -> Exchange:
    """What passed between the organ and the public in the quarter."""
    metas = [entry.document.meta for entry in site.listed]
    held = [meta.consultation for meta in metas if meta.consultation]
    closed = [
        one for one in held if quarter.holds(one.closes) and one.closes and one.closes < site.today
    ]
    questions = [question for meta in metas for question in meta.questions]
    return Exchange(
        sum(quarter.holds(one.opens) for one in held),
        len(closed),
        sum(bool(one.feedback) for one in closed),
        sum(quarter.holds(question.asked) for question in questions),
        sum(quarter.holds(question.answered) for question in questions),
    )


def falling_due(site: Site, until: date) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What has to be done up to and with the day `until`: what sort of thing, and each with its day."""
    yield from (
        ("更新栏目", _columns_due(site, until)),
        ("完成工作要点的任务", _tasks_due(site, until)),
        ("截止意见征集，反馈采纳情况", _consultations_due(site, until)),
        ("公布年度报告", _report_due(site, until)),
        ("对到期的文件作出处理", _documents_due(site, until)),
        ("处理到期的豁免", _waivers_due(site, until)),
    )


def _columns_due(site: Site, until: date) -> tuple[str, ...]:
    quarter = Quarter(site.today.year, 1)
    return tuple(
        f"“{one.column.title}”（{day_zh(one.due)}前）"
        for one in upkeep(site, quarter)
        if one.due and site.today <= one.due <= until
    )


def _tasks_due(site: Site, until: date) -> tuple[str, ...]:
    found = []
    for entry in tasks.work_points(site):
        meta = entry.document.meta
        for task in meta.tasks:
            due = last_day(task.due or "", meta.year)
            is_over = task.done or tasks.says_done(task) or tasks.is_dropped(task)
            if due and site.today <= due <= until and not is_over:
                lead = f"，{'、'.join(task.lead)}" if task.lead else ""
                found.append((due, f"{task.task}（{day_zh(due)}前{lead}）"))
    return tuple(said for _, said in sorted(found))


def _consultations_due(site: Site, until: date) -> tuple[str, ...]:
    found = []
    for entry in site.listed:
        held = entry.document.meta.consultation
        if held and held.closes and site.today <= held.closes <= until:
            found.append(f"{named(entry.document.title)}（{day_zh(held.closes)}截止）")
    return tuple(found)


def _report_due(site: Site, until: date) -> tuple[str, ...]:
    """The report on a year is due in January, that of a government in March (国务院令第711号第四十九条)."""
    month = 3 if site.config.organ.level == "government" else 1
    found = []
    for year in range(site.today.year - 1, until.year):
        due = date(year + 1, month, 31)
        is_there = any(
            entry.document.kind is Kind.ANNUAL_REPORT and entry.document.meta.year == year
            for entry in site.listed
        )
        if site.today <= due <= until and not is_there:
            found.append(f"{year}年政府信息公开工作年度报告（{day_zh(due)}前）")
    return tuple(found)


def _documents_due(site: Site, until: date) -> tuple[str, ...]:
    over = (Status.REPEALED, Status.EXPIRED)
    return tuple(
        f"{named(entry.document.title)}（{day_zh(expires)}失效）"
        for entry in site.listed
        if (expires := entry.document.meta.expires)
        and site.today <= expires <= until
        and entry.status not in over
    )


def _waivers_due(site: Site, until: date) -> tuple[str, ...]:
    waived = [(waiver.until, waiver.rule, "site.yaml") for waiver in site.config.waivers]
    waived += [
        (waive.until, waive.rule, entry.path)
        for entry in site.entries.values()
        for waive in entry.document.meta.waive
    ]
    return tuple(
        f"{path} 的 {rule}（{day_zh(day)}到期）"
        for day, rule, path in sorted(waived)
        if site.today <= day <= until
    )
