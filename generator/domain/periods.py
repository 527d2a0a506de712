"""Years and periods in a text (年份与期次): 2023-2025年, 5月份, 第3季度, 上半年, 第二批, 总第12期.

Every function takes a text after `folding.folded` and `folding.arabic_years`. What only dates a text,
such as 2024年5月16日 or 2024年印发的, is no year and no period of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.domain.numerals import NUMERAL, to_int
from generator.regex import regex


@dataclass(frozen=True, slots=True)
class Period:
    """A part of a year or a place in a series: unit, value, and the year if the text gives one.

    Of the unit `span` (1—5月) the value is first month × 100 + last month, of `day` month × 100 + day.
    """

    unit: str
    value: int
    year: int | None = None

    def meets(self, other: Period) -> bool:
        """Whether both may be the same: unit and value agree, and no two years contradict."""
        return (self.unit, self.value) == (other.unit, other.value) and (
            None in (self.year, other.year) or self.year == other.year
        )

    @property
    def words(self) -> str:
        """The period as a Chinese text says it."""
        year = f"{self.year}年" if self.year else ""
        if self.unit == "half":
            return year + ("上半年" if self.value == 1 else "下半年")
        if self.unit == "plan":
            return f"“十{'零一二三四五六七八九'[self.value % 10]}五”"
        if self.unit == "day":
            return f"{year}{self.value // 100}月{self.value % 100}日"
        if self.unit == "span":
            return f"{year}{self.value // 100}—{self.value % 100}月"
        return year + _WORDS[self.unit].format(self.value)


_WORDS = {
    "month": "{}月",
    "quarter": "第{}季度",
    "batch": "第{}批",
    "issue": "第{}期",
    "total": "总第{}期",
    "serial": "第{}号",
    "session": "第{}届",
    "meeting": "第{}次",
    "round": "第{}轮",
    "week": "第{}周",
    "volume": "第{}辑",
    "part": "之{}",
}
_LONGEST_RANGE = 30
_TO = r"[-—–―~至到]{1,2}"
_JOIN = rf"(?:{_TO}|[、,和及与或/])"
_JOINTS = regex(f"({_JOIN})")
_YEAR = r"(?:19|20)\d{2}"
# 2024年印发的 says when a text appeared, not what it is about.
_APPEARED = (
    r"(?:发布|公布|印发|出台|公开|制定|颁布|通过|施行|实施|签发|下发|发文|刊发|上线)"
    r"(?:的|《|之|并|$|[,:;。)])"
)
_NO_YEAR = (
    rf"[{NUMERAL}]{{1,3}}月(?!份?{_TO}[{NUMERAL}]{{1,3}}月)|\d+号|底|末|间|以[来前后]|之[前后]"
    r"|至今|远景|初(?![中级高次步])|后(?![续备勤期])|起(?![草诉])|内(?=$|[,:;。)]|完成|实现)"
    rf"|前(?=$|[,:;。)]|的|完成|实现|碳)|度?{_APPEARED}"
)
_RUN = rf"{_YEAR}(?:年?度?{_JOIN}{_YEAR})*"
_YEARS = regex(
    rf"(?<![\d.])(?<!截至)(?<![自从])({_RUN})(?:学?年(?!{_NO_YEAR})|版|(?=Q[1-4]))"
    rf"|(?<=[(\[【〔])({_RUN})(?=[)\]】〕])"
)
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_MONTHS = regex(
    rf"(?:(?<!\d)({_YEAR})年的?)?(?<![\d.个近每逾满同两几多])({_MONTH}(?:月?份?{_JOIN}{_MONTH})*)月份?+"
    rf"(?!\d|[{NUMERAL}]{{1,3}}[日号]|[上中下]旬|[起底末初]|[前内中](?=$|[,:;。)]|的|下|上)|{_APPEARED})"
)
_COUNT = rf"[{NUMERAL}]{{1,4}}"
_SERIES = regex(rf"(总)?第({_COUNT}(?:{_JOIN}第?{_COUNT})*)(批|期|号|届|次|轮|周|辑)")
_UNITS = {
    "批": "batch",
    "期": "issue",
    "号": "serial",
    "届": "session",
    "次": "meeting",
    "轮": "round",
    "周": "week",
    "辑": "volume",
}
_QUARTERS = regex(
    rf"(前)?第?([一二三四1-4](?:{_JOIN}第?[一二三四1-4])*)季度|(?<![A-Za-z])[Qq]([1-4])(?![A-Za-z\d])"
)
_HALVES = regex(r"([上下])、?([上下])?半年|(?<![上下前后])(半年)(?=度|报)")
# 5月16日新闻发布会; not 5月16日起施行.
_DAYS = regex(
    rf"(?:(?<!\d)({_YEAR})年)?(?<!\d)(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日(?!\d|[起前后止]|以[前后]|之[前后]|{_APPEARED})"
)
# 解读（二）, 系列解读之二
_PART = regex(
    r"(?:[(〔]([一二三四五六七八九十]{1,2}|\d{1,2})[)〕]|之([一二三四五六七八九十]{1,2}))[》”]?$"
)
_PLANS = regex(
    r"(?<![一二三四五六七八九十])十([一二三四五六七八九])五(?![日号月条年届次批期个点])|第十([一二三四五六七八九])个五年"
)
_FIRSTS = (("首批", "batch"), ("首期", "issue"), ("创刊号", "issue"))
_STRETCHES = ("half", "quarter", "span")
_PARTS_OF_YEAR = {103: ("quarter", 1), 406: ("quarter", 2), 709: ("quarter", 3)} | {
    1012: ("quarter", 4),
    106: ("half", 1),
    712: ("half", 2),
}


def years(plain: str) -> frozenset[int]:
    """The years a text is about: 2023年, 2024年度, 2023-2025年 (three), (2024), 2024年修订; not 2024年1月."""
    found: set[int] = set()
    if "19" not in plain and "20" not in plain:
        return frozenset()
    for match in _YEARS.finditer(plain):
        for first, last in _ranges(re.sub("[年度]", "", match[1] or match[2])):
            found.update(range(first, last + 1))
    return frozenset(found)


def periods(plain: str) -> frozenset[Period]:
    """The months, quarters, halves, batches, issues and other numbered parts that a text is about."""
    # Each sort has a sign that most texts lack: found in no time, it saves the patterns.
    found: list[Period] = []
    if "月" in plain:
        found += (*_months(plain), *_days(plain))
    if "季" in plain or "Q" in plain or "q" in plain:
        found += _quarters(plain)
    if "半年" in plain:
        found += _halves(plain)
    if "第" in plain:
        found += _series(plain)
    if "之" in plain or "(" in plain or "〔" in plain:
        found += _serial_parts(plain)
    if "五" in plain:
        found += _plans(plain)
    found += (Period(unit, 1) for word, unit in _FIRSTS if word in plain)
    return frozenset(found)


def _months(plain: str) -> Iterator[Period]:
    for match in _MONTHS.finditer(plain):
        year = int(match[1]) if match[1] else None
        for first, last in _ranges(re.sub("[月份]", "", match[2])):
            if first == last:
                yield Period("month", first, year)
            else:
                yield _span(first, last)


def _days(plain: str) -> Iterator[Period]:
    for year, month, day in _DAYS.findall(plain):
        yield Period("day", 100 * int(month) + int(day), int(year) if year else None)


def _span(first: int, last: int) -> Period:
    unit, value = _PARTS_OF_YEAR.get(100 * first + last, ("span", 100 * first + last))
    return Period(unit, value)


def _quarters(plain: str) -> Iterator[Period]:
    for match in _QUARTERS.finditer(plain):
        ranges = list(_ranges((match[2] or match[3]).replace("第", "")))
        for first, last in ranges:
            if match[1] or first != last:
                yield _span(1 if match[1] else 3 * first - 2, 3 * last)
            else:
                yield Period("quarter", first)


def _halves(plain: str) -> Iterator[Period]:
    for match in _HALVES.finditer(plain):
        for word in filter(None, match.groups()):
            yield Period("half", 2 if word == "下" else 1)


def _series(plain: str) -> Iterator[Period]:
    for match in _SERIES.finditer(plain):
        unit = "total" if match[1] and match[3] == "期" else _UNITS[match[3]]
        for first, last in _ranges(match[2].replace("第", "")):
            for value in range(first, last + 1):
                yield Period(unit, value)


def _serial_parts(plain: str) -> Iterator[Period]:
    for match in _PART.finditer(plain):
        yield Period("part", to_int(match[1] or match[2]) or 0)


def _plans(plain: str) -> Iterator[Period]:
    for match in _PLANS.finditer(plain):
        yield Period("plan", 10 + (to_int(match[1] or match[2]) or 0))


def _ranges(run: str) -> Iterator[tuple[int, int]]:
    """The parts of `2023-2025、2027`, each as (first, last)."""
    words = _JOINTS.split(run)
    if len(words) == 1:
        value = to_int(run) or 0
        yield value, value
        return
    values = [to_int(word) or 0 for word in words[::2]]
    signs = [*(re.fullmatch(_TO, sign) for sign in words[1::2]), None]
    first: int | None = None
    for value, sign in zip(values, signs, strict=True):
        if sign:
            first = value if first is None else first
        elif first is not None and first <= value <= first + _LONGEST_RANGE:
            yield first, value
            first = None
        else:
            yield from ((one, one) for one in (first, value) if one is not None)
            first = None


def contradicting_units(
    one: frozenset[Period], other: frozenset[Period]
) -> tuple[frozenset[Period], frozenset[Period]]:
    """The periods of units that both speak of and in which none meets: what the one says, the other.

    Two empty sets where nothing contradicts. 第12期 may be 总第12期 where one side counts only once.
    """
    if one <= other or other <= one:
        # Most often the two sides say the same, or one says nothing.
        return frozenset(), frozenset()
    for unit in sorted({period.unit for period in one} & {period.unit for period in other}):
        said, are = _of(one, unit), _of(other, unit)
        if any(a.meets(b) for a in said for b in are) or _counted_otherwise(one, other):
            continue
        # 上半年和一季度 meets 第一季度, whatever else it says.
        if unit not in _STRETCHES or not _overlap(_of(one, *_STRETCHES), _of(other, *_STRETCHES)):
            return said, are
    said, are = _of(one, *_STRETCHES), _of(other, *_STRETCHES)
    if said and are and not _overlap(said, are):
        return said, are
    return frozenset(), frozenset()


def _overlap(one: frozenset[Period], other: frozenset[Period]) -> bool:
    """Whether any two stretches may be the same: equal, or one within the other; 1—5月 is not 上半年."""
    return any(
        a == b or (a.start != b.start and a.stop > b.start and b.stop > a.start)
        for a in map(_covered, one)
        for b in map(_covered, other)
    )


def _of(periods: frozenset[Period], *units: str) -> frozenset[Period]:
    return frozenset(period for period in periods if period.unit in units)


def _counted_otherwise(one: frozenset[Period], other: frozenset[Period]) -> bool:
    """Whether the issue of one side is the total issue of the other, which counts in both ways."""
    a, b = _of(one, "issue", "total"), _of(other, "issue", "total")
    if len({period.unit for period in a}) == len({period.unit for period in b}):
        return False
    return bool({period.value for period in a} & {period.value for period in b})


def _covered(period: Period) -> range:
    if period.unit == "quarter":
        return range(3 * period.value - 2, 3 * period.value + 1)
    if period.unit == "half":
        return range(6 * period.value - 5, 6 * period.value + 1)
    return range(period.value // 100, period.value % 100 + 1)
