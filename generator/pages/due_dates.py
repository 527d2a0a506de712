"""A calendar of due dates (iCalendar, RFC 5545): one event of a whole day for each task with a certain last day."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import NAMESPACE_OID, uuid5

from generator import address
from generator.config import Config
from generator.domain.task_state import TaskState
from generator.model import Entry
from generator.pages.frame import SITE_TITLE
from generator.pages.ledger import Item
from generator.schema import Moment

_LONGEST = 75  # octets of a line, its end not counted
_BEIJING = timezone(timedelta(hours=8))
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar(config: Config, entry: Entry, items: tuple[Item, ...]) -> bytes:
    """The calendar of the tasks of `entry`; the same tasks keep their UIDs whatever else changes.

    Its moments are those of publication, since nothing here reads the clock.
    """
    title = entry.document.title
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(config.organ.name)}//{SITE_TITLE} gongkai//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(title)}",
    ]
    stamp = _stamp(entry.document.meta.published)
    seen: Counter[str] = Counter()
    for item in items:
        if item.last_day:
            seen[item.task] += 1
            uid = _uid(config.organ.name, entry.url, item.task, str(seen[item.task]))
            lines += _event(config, entry, item, item.last_day, uid, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _uid(*identity: str) -> str:
    """A UUID (RFC 7986) of what a task is: whose, in which work points, its words, and which of equal ones."""
    return str(uuid5(NAMESPACE_OID, "\n".join(identity).encode("utf-8", "replace").decode()))


def _event(config: Config, entry: Entry, item: Item, day: date, uid: str, stamp: str) -> list[str]:
    said = {
        "要求": item.detail,
        "牵头单位": "、".join(item.lead),
        "配合单位": "、".join(item.support),
        "时限": item.due,
        "进展": item.progress,
    }
    words = "\n".join(f"{name}：{value}" for name, value in said.items() if value)
    page = address.absolute(config.base_url, address.ledger_url(entry.url))
    cancelled = item.state is TaskState.DROPPED
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(1):%Y%m%d}",
        f"SUMMARY:{_text(item.task)}",
        f"DESCRIPTION:{_text(words)}",
        f"URL:{page}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _stamp(published: Moment | None) -> str:
    if published is None:
        return "19700101T000000Z"
    clock = datetime.strptime(published.clock or "00:00", "%H:%M").time()
    moment = datetime.combine(published.day, clock, _BEIJING).astimezone(UTC)
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """A value of type TEXT: its signs escaped, control characters left out."""
    kept = "".join(sign for sign in words if sign == "\n" or (sign >= " " and sign != "\x7f"))
    return kept.translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """A line and its end, folded so that no part is longer than 75 octets and no character is cut."""
    parts: list[bytes] = []
    part = b""
    for sign in line:
        octets = sign.encode("utf-8", "replace")
        # The blank that begins a further part counts.
        if len(part) + len(octets) > _LONGEST - (1 if parts else 0):
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
