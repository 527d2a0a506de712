"""One of the four sub-columns is left out of `site.yaml` (缺少子栏目; 国办公开办函〔2019〕61号)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.config import FOUR_COLUMNS
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Site

RULE = Rule(
    "missing-subcolumn",
    Severity.ERROR,
    Text("缺少子栏目“{title}”（{target}）", "the sub-column “{target}” is missing"),
    Text(
        "在 site.yaml 的 columns 下补上：{target}: {{title: {title}}}",
        "add it under columns in site.yaml: {target}: {{title: …}}",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Those of 指南, 制度, 法定主动公开内容 and 年度报告 that `columns` does not name."""
    for name in site.config.missing_columns:
        yield RULE.at(Place("site.yaml", 1, 1), target=name, title=FOUR_COLUMNS[name])
