"""What last year carried over is not what this year took over (结转数不衔接)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.report_numbers import COLUMNS
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules import annual

RULE = Rule(
    "report-carry-over",
    Severity.WARNING,
    Text(
        "{column}：{last}年“四、结转下年度继续办理”{out}件，{year}年“二、上年结转”{taken}件",
        "{column_en}: {last} carried over {out}, {year} took over {taken}",
    ),
    Text(
        "两个数应当相等；{last}年的报告是 {target}，有更正的，两年一起更正并说明",
        "the two must be equal; the report on {last} is {target}",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """The columns of row 二 that differ from row 四 of the report of the year before."""
    for pair in annual.pairs(site):
        carried_out = annual.of(pair.last).table3["carried_out"]
        carried_in = annual.of(pair.this).table3["carried_in"]
        for index, (column, out, taken) in enumerate(
            zip(COLUMNS, carried_out, carried_in, strict=True)
        ):
            if None not in (out, taken) and out != taken:
                yield RULE.at(
                    pair.this.document.source.place("report", "table3", "carried_in", index),
                    target=pair.last.path,
                    column=column.zh,
                    column_en=column.en,
                    last=pair.year - 1,
                    year=pair.year,
                    out=out,
                    taken=taken,
                )
