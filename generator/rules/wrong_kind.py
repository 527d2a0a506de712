"""A link's text names one kind of document, its target is another (错链：文种)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.evidence import contradicted

RULE = Rule(
    "wrong-kind",
    Severity.ERROR,
    Text("链接文字说的是{said}，指向的是{found}", "the text says {said}, the target is {found}"),
    Text(
        "改为指向文字所说的文件，或改正文字{instead}",
        "lead to what the text says, or correct the text{instead_en}",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Every link that is wrong in this way."""
    return contradicted(RULE, site)
