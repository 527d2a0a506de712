"""Dates (日期) as documents and web pages write them."""

from __future__ import annotations

from datetime import date

from generator.domain.numerals import to_int
from generator.regex import regex

_CHINESE = "〇零○一二三四五六七八九十"
DATE = (
    r"(?:[12][0-9]{3}\s*[年/.-]\s*[0-9]{1,2}\s*[月/.-]\s*[0-9]{1,2}\s*日?"
    rf"|[{_CHINESE}]{{4}}年[{_CHINESE}]{{1,3}}月[{_CHINESE}]{{1,3}}日)"
)
_PARTS = regex(r"\s*[年月日/.-]\s*")
_MOMENT = regex(rf"({DATE})(?:[ T\u3000]*([0-9]{{1,2}})[:：]([0-9]{{2}})(?:[:：][0-9]{{2}})?)?")
_DAY = regex(DATE)


def day(text: str) -> date | None:
    """The day that the whole of `text` names (`2024年5月16日`, `二〇二四年五月十六日`); else None."""
    text = text.strip()
    if not _DAY.fullmatch(text):
        return None
    values = [to_int(part) for part in _PARTS.split(text) if part]
    try:
        return date(*(value or 0 for value in values))
    except ValueError:
        return None


def moment(text: str) -> str | None:
    """The day, and the minute if there is one, that the whole of `text` names: `2024-05-16 10:30`."""
    match = _MOMENT.fullmatch(text.strip())
    found = day(match[1]) if match else None
    if match is None or found is None:
        return None
    if match[2] is None or int(match[2]) > 23 or int(match[3]) > 59:
        return found.isoformat()
    return f"{found.isoformat()} {int(match[2]):02}:{match[3]}"
