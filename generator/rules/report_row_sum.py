"""A row of table 3 does not add up (行总计不符): 总计 is the sum of the six kinds of applicants."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.report_numbers import COLUMNS, ROW_LABELS, TOTAL, add
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules import annual

RULE = Rule(
    "report-row-sum",
    Severity.ERROR,
    Text(
        "“{row}”：{terms} = {sum}，总计{total}",
        "{key}: {terms_en} = {sum}, but the total is {total}",
    ),
    Text(
        "总计是自然人和五类法人或其他组织之和；核对本行，改正写错的一个",
        "the total is the sum of the six kinds of applicants: check this row",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """The rows of table 3 whose six cells do not make their total."""
    for entry, _ in annual.reports(site):
        for key, cells in annual.of(entry).table3.items():
            found, total = add(cells[:TOTAL]), cells[TOTAL]
            if found is None or total is None or found == total:
                continue
            terms = list(zip(COLUMNS, cells[:TOTAL], strict=False))
            yield RULE.at(
                entry.document.source.place("report", "table3", key, TOTAL),
                row=ROW_LABELS[key],
                key=key,
                terms=" + ".join(f"{column.zh}{cell}" for column, cell in terms),
                terms_en=" + ".join(str(cell) for _, cell in terms),
                sum=found,
                total=total,
            )
