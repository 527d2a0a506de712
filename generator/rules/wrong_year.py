"""A link's text names one year, its target is of another (错链：年份)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.evidence import contradicted

RULE = Rule(
    "wrong-year",
    Severity.ERROR,
    Text("链接文字写的是{said}，指向的是{found}", "the text says {said}, the target is {found}"),
    Text(
        "核对年份，改正链接的地址或文字{instead}",
        "look at the year, and correct the address or the text{instead_en}",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Every link that is wrong in this way."""
    return contradicted(RULE, site)
