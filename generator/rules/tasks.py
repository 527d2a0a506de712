"""The tasks of work points (任务): which documents have them, and what their state says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.domain.kinds import Kind
from generator.model import Entry, Site
from generator.rules import judged
from generator.schema import Task

_DONE = re.compile(
    r"^(?:(?:已|全部|按期|提前|如期|基本)+(?:完成|办结|落实|实现|结束|出台|印发|建成|上线|办理完毕)|完成|办结|100%|是$)"
)
_DROPPED = re.compile("取消|终止|不再|暂停|中止|合并|延期|调整")


def work_points(site: Site) -> Iterator[Entry]:
    """The work points that the public sees, or would see but for a missing field."""
    for entry in judged.documents(site):
        if entry.document.kind is Kind.WORK_POINTS and not entry.document.is_withdrawn:
            yield entry


def says_done(task: Task) -> bool:
    """Whether its status says that it is done."""
    return _DONE.match((task.status or "").strip()) is not None


def is_dropped(task: Task) -> bool:
    """Whether its status says that it is no longer to be done, or later."""
    return _DROPPED.search(task.status or "") is not None
