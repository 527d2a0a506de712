"""A link's text names one title, its target has quite another (错链：标题)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.evidence import contradicted

RULE = Rule(
    "wrong-title",
    Severity.WARNING,
    Text(
        "链接文字是“{said}”，指向的却是“{found}”", "the text is “{said}”, the target is “{found}”"
    ),
    Text(
        "打开链接核对，改正地址或文字{instead}",
        "open the link to see, and correct the address or the text{instead_en}",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Every link that is wrong in this way."""
    return contradicted(RULE, site)
