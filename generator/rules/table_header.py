"""A table without header cells (表格缺少表头): read aloud, its numbers mean nothing."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.judged import flaws

RULE = Rule(
    "table-header",
    Severity.WARNING,
    Text("表格没有表头", "the table has no header row"),
    Text(
        "在第一行写上各列的名称，第二行写 | --- |",
        "name the columns in the first row, with | --- | below it",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Tables of bodies without a header cell that holds words."""
    for place, _ in flaws(site, RULE.name):
        yield RULE.at(place)
