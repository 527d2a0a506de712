"""A task of the work points is past its deadline and not done (任务逾期)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.deadlines import last_day
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules import tasks

RULE = Rule(
    "task-overdue",
    Severity.WARNING,
    Text(
        "任务“{text}”的时限是{due}，已经过了{days}天，没有写完成",
        "a task was due on {day}, {days} days ago, and is not done",
    ),
    Text(
        "完成了的，写明状态和完成日期；没有完成的，督促办理，或者公布调整后的时限",
        "give its status and the day it was done; else see to it, or publish a new deadline",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Open tasks of this year and of the last whose last day is certain and past."""
    for entry in tasks.work_points(site):
        meta = entry.document.meta
        if meta.year not in (site.today.year, site.today.year - 1):
            continue
        for index, task in enumerate(meta.tasks):
            day = last_day(task.due or "", meta.year)
            is_open = task.done is None and not tasks.says_done(task) and not tasks.is_dropped(task)
            if day and day < site.today and is_open:
                yield RULE.at(
                    entry.document.source.place("tasks", index),
                    text=task.task,
                    due=task.due,
                    day=day.isoformat(),
                    days=(site.today - day).days,
                )
