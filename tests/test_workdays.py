"""Working days: the calendar of the State Council, the settings, and years that nobody knows."""

from __future__ import annotations

from datetime import date

import pytest

from generator.domain.workdays import Span, workdays_between


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        # National Day 2026: 10 October, a Saturday, is worked in exchange.
        (date(2026, 9, 25), date(2026, 10, 20), 13),
        (date(2026, 5, 7), date(2026, 5, 7), 0),
        (date(2026, 5, 8), date(2026, 5, 7), 0),
        # 9 May 2026, a Saturday, is worked.
        (date(2026, 5, 7), date(2026, 5, 9), 2),
        (date(2025, 12, 30), date(2026, 1, 6), 4),
    ],
)
def test_days_after_the_first_up_to_the_last(start: date, end: date, days: int) -> None:
    assert workdays_between(start, end, lambda year: None) == Span(days, ())


def test_unknown_year_counts_monday_to_friday_and_says_so() -> None:
    span = workdays_between(date(2026, 12, 31), date(2027, 1, 8), lambda year: None)
    assert span == Span(6, (2027,))


def test_settings_know_a_year() -> None:
    days = (frozenset({date(2027, 1, 1)}), frozenset({date(2027, 1, 2)}))
    span = workdays_between(
        date(2026, 12, 31), date(2027, 1, 8), lambda year: days if year == 2027 else None
    )
    assert span == Span(6, ())
