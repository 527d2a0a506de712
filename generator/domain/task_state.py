"""How a task of work points stands (任务进展): done, open, past its last day, or no longer to be done."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from generator.regex import regex

_DONE = regex(
    r"^(?:(?:已|全部|按期|提前|如期|基本)+(?:完成|办结|落实|实现|结束|出台|印发|建成|上线|办理完毕)|完成|办结|100%|是$)"
)
_DROPPED = regex("取消|终止|不再|暂停|中止|合并|延期|调整")
# 甲科、乙科（政务公开、信访）: signs in brackets part nothing.
_BETWEEN_UNITS = regex(r"[、,，；;](?![^（()）]*[）)])")


class TaskState(StrEnum):
    """How a task stands; the value is what the public reads where its status says nothing."""

    DONE = "已完成"
    DROPPED = "已调整"
    OVERDUE = "未完成，已过时限"
    OPEN = "进行中"


def says_done(status: str) -> bool:
    """Whether the status of a task says that it is done."""
    return _DONE.match(status.strip()) is not None


def is_dropped(status: str) -> bool:
    """Whether the status of a task says that it is no longer to be done, or later."""
    return _DROPPED.search(status) is not None


def state(status: str, done: date | None, last_day: date | None, today: date) -> TaskState:
    """How a task stands on `today`, by its status, the day on which it was done, and its last day."""
    if done is not None or says_done(status):
        return TaskState.DONE
    if is_dropped(status):
        return TaskState.DROPPED
    return TaskState.OVERDUE if last_day and last_day < today else TaskState.OPEN


def units(written: tuple[str, ...]) -> tuple[str, ...]:
    """The units that the names as written stand for: `甲科、乙科` are two."""
    parts = (part.strip() for name in written for part in _BETWEEN_UNITS.split(name))
    return tuple(dict.fromkeys(part for part in parts if part))
