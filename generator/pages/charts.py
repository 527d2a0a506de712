"""Charts (图表) of annual reports: what was received and answered, and how, as lines and areas of an SVG.

Pure geometry; the template draws it. Every chart carries the table that it draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.domain.annual_report import TABLE3
from generator.domain.kinds import Kind
from generator.model import Entry, Site
from generator.pages.frame import issuers_of
from generator.pages.rows import is_shown
from generator.pages.tables import Cell, Table

MOST_YEARS = 6
WIDTH, HEIGHT = 360, 200
_TOP, _BOTTOM, _LEFT = 22, 176, 8
_LINE = 28
_BAR_LEFT, _BAR_RIGHT = 66, 324
_SMALLEST, _LARGEST = 8.0, 12.0
_DIGIT = 0.62  # the width of a digit in parts of its size

FLOWS: dict[str, str] = {
    "result_total": "当年办结",
    "carried_out": "结转下年",
}
RECEIVED = "新收申请"


def _keys(group: str) -> tuple[str, ...]:
    return tuple(row.key for row in TABLE3 if len(row.groups) > 1 and row.groups[1] == group)


# What each outcome counts, in the order of the official form.
OUTCOMES: dict[str, tuple[str, ...]] = {
    "予以公开": ("open",),
    "部分公开": ("partial",),
    "不予公开": _keys("（三）不予公开"),
    "无法提供": _keys("（四）无法提供"),
    "不予处理": _keys("（五）不予处理"),
    "其他处理": _keys("（六）其他处理"),
}
# Square, diamond, triangle: the lines are told apart without colour.
_SQUARE = "M{x} {y}m-4-4h8v8h-8z"
_MARKS: tuple[str, ...] = (_SQUARE, "M{x} {y}m0-6l6 6l-6 6l-6-6z", "M{x} {y}m0-6l6 10h-12z")
# Over the years the six are drawn as three: what was given, what was refused, and the rest.
TRENDS: dict[str, tuple[str, ...]] = {
    "公开（含部分公开）": ("予以公开", "部分公开"),
    "不予公开": ("不予公开",),
    "无法提供等": ("无法提供", "不予处理", "其他处理"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """Words in a drawing; `x`, `y` is the point at their middle, at their start or at their end."""

    text: str
    x: float
    y: float
    anchor: str = "middle"
    size: float = _LARGEST


@dataclass(frozen=True, slots=True)
class Shape:
    """One series as it is drawn: an area (`path`), or a line (`points`) with its marks."""

    series: int
    path: str = ""
    points: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its title, its words and shapes, and the table that it draws."""

    id: str
    title: str
    height: int
    axis: str
    shapes: tuple[Shape, ...]
    words: tuple[Word, ...]
    legend: tuple[Shape, ...]
    table: Table


Figures = dict[str, int]


def figures(entry: Entry) -> Figures | None:
    """The totals (last column) of table 3 by row; None where any that a chart needs is no number."""
    report = entry.document.meta.report
    if report is None or not report.table3:
        return None
    needed = {"new", *FLOWS, *(key for keys in OUTCOMES.values() for key in keys)}
    totals = {key: report.table3[key][-1] for key in needed if report.table3.get(key)}
    if set(totals) != needed or not all(
        word.isascii() and word.isdigit() for word in totals.values()
    ):
        return None
    return {key: int(word[:_DIGITS]) for key, word in totals.items()}


# No organ receives a thousand million applications; a longer number is a mistake of typing.
_DIGITS = 9


def series(site: Site, entry: Entry) -> dict[int, Figures]:
    """The figures of this report and of the reports of the same organ before it, by year, oldest first."""
    mine = entry.document.meta.year
    if mine is None:
        return {}
    found: dict[int, Figures] = {}
    for other in (entry, *site.by_column.get(entry.document.column, ())):
        year = other.document.meta.year
        if year is None or not mine - MOST_YEARS < year <= mine or year in found:
            continue
        same = issuers_of(site, other) == issuers_of(site, entry) and is_shown(site, other.path)
        if other.document.kind is Kind.ANNUAL_REPORT and same and (numbers := figures(other)):
            found[year] = numbers
    return dict(sorted(found.items())) if mine in found else {}


def outcomes(numbers: Figures) -> dict[str, int]:
    """How applications were answered (办理结果): the six kinds of the official form."""
    return {name: sum(numbers[key] for key in keys) for name, keys in OUTCOMES.items()}


def charts(years: Mapping[int, Figures]) -> tuple[Chart, ...]:
    """The charts of the newest of `years`: flows and outcomes over the years, outcomes of the year."""
    if not years:
        return ()
    newest = max(years)
    made = [_bars(newest, outcomes(years[newest]))]
    if len(years) > 1:
        flows = {RECEIVED: [numbers["new"] for numbers in years.values()]} | {
            name: [numbers[key] for numbers in years.values()] for key, name in FLOWS.items()
        }
        answers = [outcomes(numbers) for numbers in years.values()]
        trends = {
            name: [sum(answer[part] for part in parts) for answer in answers]
            for name, parts in TRENDS.items()
        }
        made = [_columns(list(years), flows), *made, _lines(list(years), trends)]
    return tuple(made)


def _span(years: Sequence[int]) -> str:
    return f"{years[0]}年至{years[-1]}年"


def _table(
    id_: str, caption: str, heads: Sequence[str], rows: Iterable[tuple[str, Sequence[int]]]
) -> Table:
    head = (tuple(Cell(word, "col") for word in heads),)
    body = tuple(
        (Cell(name, "row"), *(Cell(str(value)) for value in values)) for name, values in rows
    )
    return Table(id_, caption, head, (body,), numeric=True)


def _by_year(
    id_: str, caption: str, years: Sequence[int], values: Mapping[str, Sequence[int]]
) -> Table:
    rows = zip(*values.values(), strict=True)
    named = [(f"{year}年", row) for year, row in zip(years, rows, strict=True)]
    return _table(id_, caption, ("年度", *values), named)


def _legend(
    names: Sequence[str], signs: Sequence[str]
) -> tuple[tuple[Shape, ...], tuple[Word, ...]]:
    """A sign for each series above the drawing, and its name."""
    shapes, words = [], []
    x = _LEFT
    for number, name in enumerate(names):
        shapes.append(Shape(number, signs[number].format(x=x + 5, y=7)))
        words.append(Word(name, x + 14, 11.5, "start"))
        x += 14 + 12 * len(name) + 14
    return tuple(shapes), tuple(words)


def _height(value: int, most: int) -> float:
    return round((_BOTTOM - _TOP - 14) * value / max(most, 1), 1)


def _columns(years: Sequence[int], flows: Mapping[str, Sequence[int]]) -> Chart:
    """A group of columns for each year, one column a series, its number above it."""
    group = (WIDTH - 2 * _LEFT) / len(years)
    width = round(min(group / 4, 26), 1)
    most = max(value for values in flows.values() for value in values)
    size = round(min(_LARGEST, (width + 3) / (_DIGIT * len(str(most)))), 1)
    shapes, words = [], []
    for number, values in enumerate(flows.values()):
        path = ""
        for index, value in enumerate(values):
            middle = _LEFT + group * (index + 0.5)
            left = round(middle + (number - len(flows) / 2) * (width + 2), 1)
            height = _height(value, most)
            path += f"M{left:g} {_BOTTOM}v-{height:g}h{width:g}v{height:g}z"
            if size >= _SMALLEST:
                top = round(_BOTTOM - height - 3, 1)
                words.append(Word(str(value), round(left + width / 2, 1), top, size=size))
        shapes.append(Shape(number, path))
    legend, names = _legend(list(flows), (_SQUARE,) * len(flows))
    title = f"{_span(years)}申请的收到、办结和结转（件）"
    return Chart(
        "flows",
        title,
        HEIGHT,
        f"M{_LEFT} {_BOTTOM}H{WIDTH - _LEFT}",
        tuple(shapes),
        (*names, *words, *_year_words(years)),
        legend,
        _by_year("flows", title, years, flows),
    )


def _year_words(years: Sequence[int]) -> tuple[Word, ...]:
    group = (WIDTH - 2 * _LEFT) / len(years)
    return tuple(
        Word(f"{year}年", round(_LEFT + group * (index + 0.5), 1), HEIGHT - 8)
        for index, year in enumerate(years)
    )


def _lines(years: Sequence[int], trends: Mapping[str, Sequence[int]]) -> Chart:
    """A line for each series over the years, each with marks of its own form."""
    group = (WIDTH - 2 * _LEFT) / len(years)
    most = max(value for values in trends.values() for value in values)
    shapes, words = [], []
    for number, values in enumerate(trends.values()):
        points = [
            (round(_LEFT + group * (index + 0.5), 1), round(_BOTTOM - _height(value, most), 1))
            for index, value in enumerate(values)
        ]
        marks = "".join(_MARKS[number].format(x=f"{x:g}", y=f"{y:g}") for x, y in points)
        shapes.append(Shape(number, marks, " ".join(f"{x:g},{y:g}" for x, y in points)))
        x, y = points[-1]
        words.append(Word(str(values[-1]), x + 9, round(y + 4, 1), "start"))
    legend, names = _legend(list(trends), _MARKS)
    title = f"{_span(years)}申请的办理结果（件）"
    return Chart(
        "trends",
        title,
        HEIGHT,
        f"M{_LEFT} {_BOTTOM}H{WIDTH - _LEFT}",
        tuple(shapes),
        (*names, *_apart(words), *_year_words(years)),
        legend,
        _by_year("trends", title, years, trends),
    )


def _apart(words: Sequence[Word]) -> tuple[Word, ...]:
    """The numbers at the ends of lines, from below upward, none on top of another."""
    placed: list[Word] = []
    for word in sorted(words, key=lambda word: -word.y):
        y = min(word.y, placed[-1].y - 12) if placed else word.y
        placed.append(Word(word.text, word.x, round(y, 1), word.anchor, word.size))
    return tuple(placed)


def _bars(year: int, results: Mapping[str, int]) -> Chart:
    """A bar for each outcome of one year, its number at its end."""
    most = max(results.values(), default=0)
    path, words = "", []
    for index, (name, value) in enumerate(results.items()):
        top = 4 + index * _LINE
        length = round((_BAR_RIGHT - _BAR_LEFT) * value / max(most, 1), 1)
        path += f"M{_BAR_LEFT} {top}h{length:g}v18h-{length:g}z"
        words.append(Word(name, _BAR_LEFT - 8, top + 13.5, "end"))
        words.append(Word(str(value), _BAR_LEFT + length + 5, top + 13.5, "start"))
    height = 4 + len(results) * _LINE
    title = f"{year}年申请的办理结果（件）"
    return Chart(
        "outcomes",
        title,
        height,
        f"M{_BAR_LEFT} 0V{height}",
        (Shape(0, path),),
        tuple(words),
        (),
        _table(
            "outcomes", title, ("办理结果", "件数"), [(name, [n]) for name, n in results.items()]
        ),
    )
