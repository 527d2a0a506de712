"""Opinions were taken for less than thirty days, and nobody says why (征求意见时间不足).

国务院令第713号第十五条; 优化营商环境条例第六十二条.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.regex import regex
from generator.rules import consultations

RULE = Rule(
    "short-consultation",
    Severity.WARNING,
    Text(
        "征集期限只有{days}日（{opens}至{closes}），不足{least}日，没有说明理由",
        "opinions are taken for {days} days only ({opens} to {closes}), fewer than {least}, without a reason",
    ),
    Text(
        "延长征集期限，或者在“征集”里写明“不足三十日的理由”",
        "extend it, or give reason_short under consultation",
    ),
)
_SAID = regex(
    r"(?:不足|少于|短于|不到)\s*(?:30|三十|[一二两三四五六七八九十\d]{1,3})\s*(?:个工作)?[日天]"
)


def find(site: Site) -> Iterator[Finding]:
    """Consultations whose first and last day are too near, without a reason in field or text."""
    least = site.config.participation.consultation_days
    for entry, consultation in consultations.all_of(site):
        opens, closes = consultation.opens, consultation.closes
        if opens is None or closes is None or closes < opens or consultation.reason_short:
            continue
        days = (closes - opens).days + 1
        if days < least and not _SAID.search(entry.body.text):
            yield RULE.at(
                entry.document.source.place("consultation", "closes"),
                opens=opens.isoformat(),
                closes=closes.isoformat(),
                days=days,
                least=least,
            )
