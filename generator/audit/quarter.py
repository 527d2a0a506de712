"""The quarter (季度) that an audit reports on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.regex import regex

_WRITTEN = regex(r"(\d{4})(?:年|-)?(?:Q|q|第)([1-4])(?:季度)?")
_CHINESE = "一二三四"


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year, `number` from 1 to 4."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def zh(self) -> str:
        """As reports name it: 2026年第四季度."""
        return f"{self.year}年第{_CHINESE[self.number - 1]}季度"

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    def holds(self, day: date | None) -> bool:
        """Whether `day` lies in it."""
        return day is not None and self.first <= day <= self.last


def of_day(day: date) -> Quarter:
    """The quarter that `day` lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def parse(text: str) -> Quarter | None:
    """The quarter that `2026Q3`, `2026-Q3` or `2026年第3季度` names; None for anything else."""
    found = _WRITTEN.fullmatch(text.strip())
    year = int(found[1]) if found else 0
    return Quarter(year, int(found[2])) if found and 1949 <= year <= 2200 else None
