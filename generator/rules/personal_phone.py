"""A document shows someone's mobile telephone number (个人手机号码; 个人信息保护法第二十五条)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.domain.personal import may_hold_number, mobile_numbers
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.readable import personal

# The whole number stands in `text` alone: reports are passed on.
RULE = Rule(
    "personal-phone",
    Severity.WARNING,
    Text(
        "有手机号码：{suggestion}{remark}",
        "a mobile telephone number: {suggestion}{remark_en}",
    ),
    Text(
        "个人的号码改为“{suggestion}”或者删去；对外办公的，改用座机号码",
        "write “{suggestion}” or remove it; give the number of the office instead",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Mobile numbers in bodies, front matter and attachments, other than the organ's own in `site.yaml`."""
    organ = site.config.organ
    own = frozenset(re.sub(r"\D", "", number or "") for number in (organ.phone, organ.fax))
    return personal(RULE, site, may_hold_number, lambda text: mobile_numbers(text, own))
