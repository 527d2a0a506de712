"""A link's text names one document, its target is a list or a home page (错链：层级)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.evidence import contradicted

RULE = Rule(
    "wrong-level",
    Severity.ERROR,
    Text(
        "链接文字“{said}”说的是一个文件，指向的是“{found}”的列表或首页",
        "the text “{said}” names one document, the target is a list or home page, “{found}”",
    ),
    Text(
        "指向文件本身的地址，不要指向栏目或首页{instead}",
        "lead to the document itself, not to a column or home page{instead_en}",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Every link that is wrong in this way."""
    return contradicted(RULE, site)
