"""A document shows the number of a bank card (银行卡号; 个人信息保护法第二十八条)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.personal import bank_cards, may_hold_number
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.readable import personal

# The whole number stands in `text` alone: reports are passed on.
RULE = Rule(
    "bank-card",
    Severity.ERROR,
    Text(
        "有银行卡号：{suggestion}{remark}",
        "the number of a bank card: {suggestion}{remark_en}",
    ),
    Text(
        "必须列出的，改为“{suggestion}”；不必列出的，删去",
        "write “{suggestion}” where it has to stand, else remove it",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Card numbers in bodies, front matter and attachments; addresses of web pages hold numbers of other kinds."""
    return personal(RULE, site, may_hold_number, lambda text: bank_cards(text, site.today))
