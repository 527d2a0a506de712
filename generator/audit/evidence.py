"""Evidence (依据): what a line of the score sheet rests on, and the days that its counts look back over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.finding import Finding, Place

RECENT_DAYS = 365


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place, with what was found there; `rule` is empty where no rule said so."""

    place: Place
    words: str
    rule: str = ""

    @property
    def where(self) -> str:
        """The place as `path:line:column`."""
        place = self.place
        return ":".join(str(part) for part in (place.path, place.line, place.column) if part)


def of_finding(finding: Finding) -> Evidence:
    """A finding as evidence."""
    return Evidence(finding.place, finding.message.zh, finding.rule)


def is_recent(day: date | None, today: date) -> bool:
    """Whether `day` lies in the year up to `today`."""
    return day is not None and today - timedelta(days=RECENT_DAYS) <= day <= today


def named(title: str) -> str:
    """A title in 《》; those inside it become 〈〉 (GB/T 15834—2011)."""
    return f"《{title.translate(_INNER)}》"


_INNER = str.maketrans("《》", "〈〉")


def day_zh(day: date) -> str:
    """A day as reports write it: 2026年11月20日."""
    return f"{day.year}年{day.month}月{day.day}日"
