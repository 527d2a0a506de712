"""The term of a document (有效期): how long its title lets it be, and what its text says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from generator.domain.numerals import to_int
from generator.regex import regex

Sort = Literal["normative", "trial", "announcement"]
_TRIAL = regex(r"暂行|试行|临时")
_ANNOUNCEMENT = regex(r"通告$")
_TERM = regex("有效期|试行期")
_STOPS = regex(r"[。；;\n]")
_NEAR = 200
_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
# 本办法自……起施行，有效期五年: the sentence speaks of the document itself.
_OF_ITSELF = regex(
    r"施行|实施|执行|本(?:办法|规定|细则|通知|通告|意见|规程|规范|制度|措施|方案|文件)"
)
_OF_ANOTHER = regex(r"[证照]书?|许可|合同|协议|票|资格|授权|《")
_UNTIL = regex(
    r"有效期(?:限)?[^。；;\n]{0,20}?至(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
)
_YEARS = regex(rf"(?:有效期|试行期)(?:限)?(?:为|是|：)?(?P<years>{_NUMBER})年")


class Said(NamedTuple):
    """What a sentence says of the term: the words, where they begin, and the last day (None: years only)."""

    offset: int
    words: str
    until: date | None
    years: int | None


def sort_of(title: str) -> Sort:
    """Which limit holds for a document of this title."""
    if _ANNOUNCEMENT.search(title):
        return "announcement"
    return "trial" if _TRIAL.search(title) else "normative"


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 28 February where it does not exist."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def said(text: str) -> Iterator[Said]:
    """What `text` says of its own term."""
    done = 0
    for found in _TERM.finditer(text):
        if found.start() < done:
            continue
        before = _STOPS.split(text[max(0, found.start() - _NEAR) : found.start()])[-1]
        after = _STOPS.split(text[found.start() : found.start() + _NEAR], maxsplit=1)[0]
        start, sentence = found.start() - len(before), before + after
        done = start + len(sentence)
        if not _OF_ITSELF.search(sentence) or _OF_ANOTHER.search(sentence):
            continue
        until, years = _UNTIL.search(sentence), _YEARS.search(sentence)
        if until:
            day = _day(until)
            if day:
                yield Said(start + until.start(), until[0], day, None)
        elif years:
            yield Said(start + years.start(), years[0], None, to_int(years["years"]))


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def last_day(one: Said, begins: date | None) -> date | None:
    """The last day of the term that a sentence gives to a document in force from `begins`."""
    if one.until:
        return one.until
    if begins is None or one.years is None:
        return None
    return years_after(begins, one.years) - timedelta(1)
