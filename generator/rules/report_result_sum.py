"""（七）总计 is not the sum of the results above it (办理结果总计不符), column by column."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.report_numbers import COLUMNS
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules import annual

RULE = Rule(
    "report-result-sum",
    Severity.ERROR,
    Text(
        "{column}：{terms} = {sum}，（七）总计{total}",
        "{column_en}: {terms} = {sum}, but result_total is {total}",
    ),
    Text(
        "（七）总计是（一）到（六）各项之和；核对本列，改正写错的一个",
        "result_total is the sum of the 21 results above it: check this column",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """The columns of table 3 whose results, 21 of them, do not make their total."""
    for entry, _ in annual.reports(site):
        numbers = annual.of(entry)
        for index, column in enumerate(COLUMNS):
            results, total = numbers.handled(index), numbers.table3["result_total"][index]
            if results is None or total is None or sum(results.values()) == total:
                continue
            yield RULE.at(
                entry.document.source.place("report", "table3", "result_total", index),
                column=column.zh,
                column_en=column.en,
                terms=" + ".join(f"{label}{number}" for label, number in results.items()),
                sum=sum(results.values()),
                total=total,
            )
