"""A link's text names one organ, its target is another's (错链：机关)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.evidence import contradicted

RULE = Rule(
    "wrong-issuer",
    Severity.ERROR,
    Text(
        "链接文字写的机关是{said}，指向的是{found}", "the text names {said}, the target is {found}"
    ),
    Text(
        "核对发文机关，改正链接的地址或文字{instead}",
        "look at the issuing organ, and correct the address or the text{instead_en}",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Every link that is wrong in this way."""
    return contradicted(RULE, site)
