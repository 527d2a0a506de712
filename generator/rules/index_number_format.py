"""An index number has not the form of 国办秘函〔2009〕6号 (索引号不规范)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain import index_number
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules import judged

RULE = Rule(
    "index-number-format",
    Severity.WARNING,
    Text("索引号“{text}”写得不规范", "the index number “{text}” is not in the standard form"),
    Text("改为“{suggestion}”", "write “{suggestion}”"),
)
_FORM = Text(
    "写成“机构代码/年份-流水号”，流水号5至7位，例如 {code}/2024-00016",
    "write organ code, slash, year, hyphen and a serial of 5 to 7 digits, such as {code}/2024-00016",
)
_SAMPLE_CODE = "000014349"


def find(site: Site) -> Iterator[Finding]:
    """Index numbers of built documents that another library would not take."""
    code = site.config.organ.code or _SAMPLE_CODE
    for entry in judged.documents(site):
        number = entry.document.meta.index_number
        if number and not index_number.is_standard(number):
            suggestion = index_number.repaired(number)
            yield RULE.at(
                entry.document.source.place("index_number"),
                hint=None if suggestion else _FORM,
                text=number,
                suggestion=suggestion,
                code=code,
            )
