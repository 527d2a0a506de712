"""Deadlines as officials write them (时限): 2024-06-30, 2024年6月底, 第二季度, 9月中旬, 年底前; 全年 is none."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from generator.domain.folding import arabic_years, folded
from generator.domain.numerals import to_int
from generator.regex import regex

# What goes on has no last day.
_ONGOING = regex(
    r"持续|长期|常态|全年|每[年月日周季]|按[月季年]|适时|及时|定期|随时|实时|日常|长效|年内起|待|视|另行"
)
_YEAR = r"(?:(?P<year>(?:19|20)\d{2})[年./-])?"
_NUMBER = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_FORMS = regex(
    rf"{_YEAR}(?:"
    r"(?P<iso_month>(?<=[./-])\d{1,2})(?:[./-](?P<iso_day>\d{1,2})(?!\d))?"
    rf"|(?P<month>{_NUMBER})月份?(?:(?P<day>\d{{1,2}})[日号]?|(?P<part>[上中下]旬)|[底末])?"
    rf"|第?(?P<quarter>[一二三四1-4])季度[底末]?"
    r"|(?P<half>[上下])半年[底末]?"
    r"|(?P<end>年?[底末]|年[前内])"
    r")"
)


def last_day(text: str, year: int | None) -> date | None:
    """The last day of the deadline `text` in a plan for `year`; None where none is certain."""
    plain = arabic_years(folded(text))
    if _ONGOING.search(plain):
        return None
    days = list(_days(plain, year))
    return max(days) if days else None


def _days(plain: str, year: int | None) -> Iterator[date]:
    for found in _FORMS.finditer(plain):
        own = int(found["year"]) if found["year"] else year
        if own is None:
            continue
        # 2024年5月至6月: what follows is of the same year.
        year = own
        month, day = _month_and_day(found)
        if not 1 <= month <= 12:
            continue
        longest = monthrange(own, month)[1]
        if day is None or 1 <= day <= longest:
            yield date(own, month, day or longest)


def _month_and_day(found: re.Match[str]) -> tuple[int, int | None]:
    if found["iso_month"]:
        return int(found["iso_month"]), int(found["iso_day"]) if found["iso_day"] else None
    if found["month"]:
        part = {"上旬": 10, "中旬": 20}.get(found["part"] or "")
        return to_int(found["month"]) or 0, int(found["day"]) if found["day"] else part
    if found["quarter"]:
        return 3 * (to_int(found["quarter"]) or 0), None
    if found["half"]:
        return (6 if found["half"] == "上" else 12), None
    return 12, None
