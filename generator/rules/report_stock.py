"""Table 2 does not follow from last year's, or from the site's own documents (规章、规范性文件件数不符)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.domain.annual_report import STOCK_COLUMNS, STOCK_ROWS
from generator.domain.report_numbers import Stock
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Entry, Site
from generator.rules import annual, library
from generator.rules.library import Count, Life

RULE = Rule(
    "report-stock",
    Severity.WARNING,
    Text(
        "{row}：上年现行有效{opening} + 本年制发{made} − 本年废止{repealed} = {sum}，现行有效{in_force}",
        "{key}: {opening} in force last year + {made} made - {repealed} repealed = {sum}, "
        "but in_force is {in_force}",
    ),
    Text(
        "核对这三个数和上年的报告（{target}）；清理目录时更正过件数的，在报告里说明",
        "check these numbers and last year's report ({target})",
    ),
)
_LIBRARY = Text(
    "{row}的“{column}”是{number}，按本站文件的日期和效力是{count}{names}",
    "{key}: {column_en} is {number}; the documents of this site make it {count}",
)
_LIBRARY_HINT = Text(
    "数错的，改正表二；没有上网的文件，补充公布；文件的成文日期、失效日期、“废止”写错的，改正文件头",
    "correct table 2, or publish what is missing, or correct the dates of the documents",
)


def find(site: Site) -> Iterator[Finding]:
    """The two rows of table 2 since 2021 against last year's report and the site's library."""
    lives = library.lives(site)
    for organ, reports in annual.series(site).items():
        for row in STOCK_ROWS:
            book = _book(row, reports, () if organ else lives[row])
            for year in reports:
                if year >= annual.FORM_BEGINS:
                    yield from _year(book, year)


class _Book(NamedTuple):
    """A row of table 2 through the years: the reports, their numbers, and those of the library."""

    row: str
    reports: Mapping[int, Entry]
    stocks: Mapping[int, Stock]
    counts: Mapping[int, library.Year]
    first: int

    def is_complete(self, year: int) -> bool:
        """Whether the library seems to hold everything: it agrees with an earlier report or stock.

        A site that began with its newest documents holds fewer than were in force.
        """
        if year < self.first:
            return False
        return any(
            self.counts[other].in_force.excess(stock.in_force) == 0
            for other, stock in self.stocks.items()
            if annual.FORM_BEGINS <= other < year and stock.in_force is not None
        ) or self._agrees_with_opening(year)

    def _agrees_with_opening(self, year: int) -> bool:
        made, repealed, in_force = self.stocks[year]
        before = self.counts[year - 1].in_force
        if made is None or repealed is None or in_force is None or not before.perhaps:
            return False
        return before.excess(in_force - made + repealed) == 0

    def excesses(self, year: int) -> dict[str, int]:
        """By how much the library contradicts a cell: it holds more, or is complete and holds fewer."""
        if year not in self.stocks or year < annual.FORM_BEGINS:
            return {}
        cells = zip(STOCK_COLUMNS, self.stocks[year], self.counts[year], strict=True)
        found = {
            column: count.excess(number) for column, number, count in cells if number is not None
        }
        is_complete = self.is_complete(year)
        return {
            column: excess
            for column, excess in found.items()
            if excess < 0 or (excess > 0 and is_complete)
        }


def _book(row: str, reports: Mapping[int, Entry], lives: tuple[Life, ...]) -> _Book:
    stocks = {year: annual.of(entry).stock[row] for year, entry in reports.items()}
    needed = {*reports, *(year - 1 for year in reports)}
    counts = {year: library.of_year(lives, year) for year in needed}
    first = min((life.made[1] for life in lives), default=max(needed, default=0) + 1)
    return _Book(row, reports, stocks, counts, first)


def _year(book: _Book, year: int) -> Iterator[Finding]:
    """What the library contradicts; where it contradicts nothing, what last year's report does.

    A mistake is said once: not again for the stock, or for the year after, to which it leads.
    """
    wrong, before = book.excesses(year), book.excesses(year - 1).get("in_force", 0)
    led_to = before + wrong.get("made", 0) - wrong.get("repealed", 0)
    for column, excess in wrong.items():
        if column != "in_force" or excess != led_to:
            yield _contradicted(book, year, column)
    # The form before 2021 counted otherwise.
    is_followed = before and book.is_complete(year)
    if not wrong and not is_followed and year > annual.FORM_BEGINS:
        yield from _against_last_year(book, year)


def _contradicted(book: _Book, year: int, column: str) -> Finding:
    count: Count = getattr(book.counts[year], column)
    return RULE.at(
        _place(book, year, column),
        message=_LIBRARY,
        hint=_LIBRARY_HINT,
        row=STOCK_ROWS[book.row],
        key=book.row,
        column=STOCK_COLUMNS[column],
        column_en=column,
        number=getattr(book.stocks[year], column),
        count=_shown(count),
        names=_names(count),
    )


def _against_last_year(book: _Book, year: int) -> Iterator[Finding]:
    opening = book.stocks[year - 1].in_force if year - 1 in book.stocks else None
    made, repealed, in_force = book.stocks[year]
    if opening is None or made is None or repealed is None or in_force is None:
        return
    if opening + made - repealed != in_force:
        yield RULE.at(
            _place(book, year, "in_force"),
            target=book.reports[year - 1].path,
            row=STOCK_ROWS[book.row],
            key=book.row,
            opening=opening,
            made=made,
            repealed=repealed,
            in_force=in_force,
            sum=opening + made - repealed,
        )


def _place(book: _Book, year: int, column: str) -> Place:
    return book.reports[year].document.source.place("report", "table2", book.row, column)


def _shown(count: Count) -> str:
    low, high = len(count.certain), len(count.perhaps)
    return str(low) if low == high else f"{low}–{high}"


def _names(count: Count) -> str:
    """The documents counted, the first three of them, by number or title."""
    names = [document.meta.document_number or document.title for document in count.perhaps[:3]]
    if not names:
        return ""
    return f"（{'、'.join(names)}{'等' if len(count.perhaps) > len(names) else ''}）"
