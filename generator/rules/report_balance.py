"""The first equation of table 3 does not hold (勾稽不平): 一 + 二 = 三（七）+ 四, column by column."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.report_numbers import COLUMNS, add
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules import annual

RULE = Rule(
    "report-balance",
    Severity.ERROR,
    Text(
        "{column}：一 {new} + 二 {carried_in} = {left}，（七）{done} + 四 {carried_out} = {right}",
        "{column_en}: new {new} + carried_in {carried_in} = {left}, "
        "but result_total {done} + carried_out {carried_out} = {right}",
    ),
    Text(
        "本列第一项加第二项之和，等于第三项加第四项之和；核对这四个数，改正写错的一个",
        "what came in must be what was dealt with and what is left: "
        "check the four numbers of this column",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """The columns of table 3 in which what came in is not what was dealt with or carried over."""
    for entry, _ in annual.reports(site):
        rows = annual.of(entry).table3
        for index, column in enumerate(COLUMNS):
            new, carried_in, done, carried_out = (
                rows[key][index] for key in ("new", "carried_in", "result_total", "carried_out")
            )
            left, right = add((new, carried_in)), add((done, carried_out))
            if None not in (left, right) and left != right:
                yield RULE.at(
                    entry.document.source.place("report", "table3", "new", index),
                    column=column.zh,
                    column_en=column.en,
                    new=new,
                    carried_in=carried_in,
                    done=done,
                    carried_out=carried_out,
                    left=left,
                    right=right,
                )
