"""A year between the first and the last annual report has none (年度报告缺年)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules import annual

RULE = Rule(
    "report-gap",
    Severity.WARNING,
    Text(
        "缺少{years}的年度报告：前一份是{before}年的，后一份是{after}年的",
        "there is no report on {years_en}, between those on {before} and {after}",
    ),
    Text(
        "历年的年度报告应当长期公布：补上缺的年份；年度写错的，改正“年度”",
        "publish what is missing, or correct the year of a report",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Each gap in the years of an organ's reports, at the report behind it."""
    for reports in annual.series(site).values():
        for before, after in pairwise(reports):
            if after - before > 1:
                first, last = before + 1, after - 1
                yield RULE.at(
                    reports[after].document.source.place("year"),
                    target=reports[before].path,
                    years=f"{first}年" if first == last else f"{first}年至{last}年",
                    years_en=f"{first}" if first == last else f"{first} to {last}",
                    before=before,
                    after=after,
                )
