"""A group of table 4 does not add up (复议诉讼总计不符): 总计 is the sum of the four outcomes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.annual_report import TABLE4_COLUMNS
from generator.domain.report_numbers import OUTCOMES, ROW_LABELS, add
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules import annual

RULE = Rule(
    "report-group-sum",
    Severity.ERROR,
    Text(
        "{row}：{terms} = {sum}，总计{total}", "{key}: {terms_en} = {sum}, but the total is {total}"
    ),
    Text(
        "总计是结果维持、结果纠正、其他结果、尚未审结之和；核对本组，改正写错的一个",
        "the total is the sum of the four outcomes: check this group",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """The groups of table 4 (复议, 直接起诉, 复议后起诉) whose four outcomes do not make their total."""
    for entry, _ in annual.reports(site):
        for key, cells in annual.of(entry).table4.items():
            found, total = add(cells[:OUTCOMES]), cells[OUTCOMES]
            if found is None or total is None or found == total:
                continue
            terms = list(zip(TABLE4_COLUMNS, cells[:OUTCOMES], strict=False))
            yield RULE.at(
                entry.document.source.place("report", "table4", key, OUTCOMES),
                row=ROW_LABELS[key],
                key=key,
                terms=" + ".join(f"{column}{cell}" for column, cell in terms),
                terms_en=" + ".join(str(cell) for _, cell in terms),
                sum=found,
                total=total,
            )
