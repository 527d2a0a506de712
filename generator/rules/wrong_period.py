"""A link's text names one month, quarter, half, batch or issue, its target another (错链：期次)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.evidence import contradicted

RULE = Rule(
    "wrong-period",
    Severity.ERROR,
    Text("链接文字写的是{said}，指向的是{found}", "the text says {said}, the target is {found}"),
    Text(
        "核对期次，改正链接的地址或文字{instead}",
        "look at the period, and correct the address or the text{instead_en}",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Every link that is wrong in this way."""
    return contradicted(RULE, site)
