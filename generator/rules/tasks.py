"""The tasks of work points (任务): which documents have them, and what their state says."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain import task_state
from generator.domain.kinds import Kind
from generator.model import Entry, Site
from generator.rules import judged
from generator.schema import Task


def work_points(site: Site) -> Iterator[Entry]:
    """The work points that the public sees, or would see but for a missing field."""
    for entry in judged.documents(site):
        if entry.document.kind is Kind.WORK_POINTS and not entry.document.is_withdrawn:
            yield entry


def says_done(task: Task) -> bool:
    """Whether its status says that it is done."""
    return task_state.says_done(task.status or "")


def is_dropped(task: Task) -> bool:
    """Whether its status says that it is no longer to be done, or later."""
    return task_state.is_dropped(task.status or "")
