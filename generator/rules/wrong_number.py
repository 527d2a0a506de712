"""A link's text names one document number, its target has another (错链：文号)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.evidence import contradicted

RULE = Rule(
    "wrong-number",
    Severity.ERROR,
    Text(
        "链接文字写的文号是{said}，指向的文件是{found}",
        "the text names {said}, the target is {found}",
    ),
    Text(
        "对照原文核对文号，改正链接的地址或文字{instead}",
        "look the number up in the original, and correct the address or the text{instead_en}",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Every link that is wrong in this way."""
    return contradicted(RULE, site)
