"""An annual report does not cover its year, 1 January to 31 December (统计期间不对; 国务院令第711号第五十条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.domain import report_claims
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Site
from generator.rules import annual, typed

RULE = Rule(
    "report-period",
    Severity.ERROR,
    Text(
        "统计期间是{first}至{last}，{year}年度的报告应当是{year}年1月1日至12月31日",
        "the report on {year} covers {first} to {last}",
    ),
    Text(
        "改正统计期间；机关年中组建或者撤并的，豁免并写明理由",
        "it must cover 1 January to 31 December; waive it with a reason where the organ is younger",
    ),
)
_TEXT = Text(
    "正文写的统计期间是“{text}”，{year}年度的报告应当是{year}年1月1日至12月31日",
    "the text says “{text}”, but the report is on {year}",
)
# The first reports covered May to December of 2008, when 国务院令第492号 came into force.
_FIRST_WHOLE_YEAR = 2009


def find(site: Site) -> Iterator[Finding]:
    """Reports whose period, in front matter or in the prose, is not the whole of their year."""
    for entry, year in annual.reports(site):
        if year >= _FIRST_WHOLE_YEAR:
            yield from _stated(entry, year)
            yield from _written(entry, year)


def _stated(entry: Entry, year: int) -> Iterator[Finding]:
    report = entry.document.meta.report
    if report is None or report.period is None:
        return
    first, last = report.period
    # `date-order` reports a period that ends before it begins.
    if first <= last and (first, last) != (date(year, 1, 1), date(year, 12, 31)):
        yield RULE.at(
            entry.document.source.place("report", "period"),
            text=f"[{first.isoformat()}, {last.isoformat()}]",
            suggestion=f"[{year}-01-01, {year}-12-31]",
            first=first.isoformat(),
            last=last.isoformat(),
            year=year,
        )


def _written(entry: Entry, year: int) -> Iterator[Finding]:
    source = entry.document.source
    for period in report_claims.periods(typed.without_code(source.body), year):
        if period.begins != (year, 1, 1) or period.ends != (year, 12, 31):
            yield RULE.at(
                typed.place(source, period.start), message=_TEXT, text=period.words, year=year
            )
