"""A document shows where someone lives, down to the door (家庭住址; 个人信息保护法第二十五条)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.personal import home_addresses, may_hold_address
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.readable import personal

# The whole address stands in `text` alone: reports are passed on.
RULE = Rule(
    "home-address",
    Severity.WARNING,
    Text(
        "有写到门牌的住址：{suggestion}…{remark}",
        "a home address down to the door: {suggestion}…{remark_en}",
    ),
    Text(
        "写到街路或者村为止：“{suggestion}”",
        "write no more than the street or the village: “{suggestion}”",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Home addresses in bodies, front matter and attachments; where the organ itself is anyone may know."""
    own = site.config.organ.address or ""
    return personal(RULE, site, may_hold_address, lambda text: home_addresses(text, own))
