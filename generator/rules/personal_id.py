"""A document shows the number of someone's identity card (身份证号; 个人信息保护法第二十五条, GB 11643)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.personal import identity_numbers, may_hold_number
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.readable import personal

# The whole number stands in `text` alone: reports are passed on.
RULE = Rule(
    "personal-id",
    Severity.ERROR,
    Text(
        "有公民身份号码：{suggestion}{remark}",
        "the number of an identity card: {suggestion}{remark_en}",
    ),
    Text(
        "必须列出的，改为“{suggestion}”；不必列出的，删去",
        "write “{suggestion}” where it has to stand, else remove it",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Valid identity numbers in bodies, front matter and attachments."""
    return personal(
        RULE,
        site,
        may_hold_number,
        lambda text: identity_numbers(text, site.today),
        with_addresses=True,
    )
