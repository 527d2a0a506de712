"""A task of the work points lacks its lead, its deadline, or the day on which it was done (任务要素不全)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules import tasks
from generator.schema import Task

RULE = Rule(
    "task-incomplete",
    Severity.WARNING,
    Text("任务“{text}”没有写{missing}", "a task of the work points lacks {missing_en}"),
    Text(
        "每项任务写明牵头单位和时限，完成的写明完成日期",
        "give each task a lead and a due date, and done once it is finished",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Tasks nobody answers for, that never end, or that were done nobody knows when."""
    for entry in tasks.work_points(site):
        for index, task in enumerate(entry.document.meta.tasks):
            missing = list(_missing(task))
            if missing:
                yield RULE.at(
                    entry.document.source.place("tasks", index),
                    text=task.task,
                    missing="、".join(name.zh for name in missing),
                    missing_en=", ".join(name.en for name in missing),
                )


def _missing(task: Task) -> Iterator[Text]:
    if not any(task.lead):
        yield Text("牵头单位", "lead")
    if not task.due:
        yield Text("时限", "due")
    if tasks.says_done(task) and task.done is None:
        yield Text("完成日期", "done")
