"""Working days (工作日): Monday to Friday but for holidays, and the weekends worked in exchange."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import chinese_calendar

# Holidays and working weekends of a year, where the settings of a site give them.
DaysOf = Callable[[int], tuple[frozenset[date], frozenset[date]] | None]


class Span(NamedTuple):
    """How many working days lie between two days, and the years whose holidays nobody knows.

    Of an unknown year Monday to Friday are counted.
    """

    days: int
    unknown: tuple[int, ...]


def workdays_between(start: date, end: date, days_of: DaysOf) -> Span:
    """The working days after `start`, up to and with `end`; none when `end` is not later.

    The settings win over the calendar of the State Council (国务院办公厅每年的放假通知) where they know a year.
    """
    count, unknown = 0, []
    for year in range(start.year, end.year + 1):
        first = max(start + timedelta(1), date(year, 1, 1))
        last = min(end, date(year, 12, 31))
        given = days_of(year)
        worked = _counted(year, *given) if given else _announced(year)
        if worked is None and first <= last:
            unknown.append(year)
        days = worked if worked is not None else _counted(year, frozenset(), frozenset())
        count += sum(first <= day <= last for day in days)
    return Span(count, tuple(unknown))


@cache
def _announced(year: int) -> frozenset[date] | None:
    """The working days of a year whose holidays have been announced and are in the library."""
    try:
        return frozenset(day for day in _days(year) if chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def _counted(year: int, holidays: frozenset[date], worked: frozenset[date]) -> frozenset[date]:
    return frozenset(
        day for day in _days(year) if day in worked or (day.weekday() < 5 and day not in holidays)
    )


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(day) for day in range((date(year, 12, 31) - first).days + 1)]
