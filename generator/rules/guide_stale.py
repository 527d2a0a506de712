"""The guide has not been revised for more than a year (指南未及时更新; 国务院令第711号第十二条)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.guide_fields import guide

RULE = Rule(
    "guide-stale",
    Severity.WARNING,
    Text(
        "公开指南{days}天没有更新（期限是{limit}天）",
        "the guide was last revised {days} days ago (the limit is {limit} days)",
    ),
    Text(
        "逐项核对机构、地址、时间和电话，改正后把发布日期写成核对的日期",
        "check every item of the guide, then set its publication date to the day of the revision",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """The guide, if it was published longer ago than its column allows (366 days by default)."""
    entry = guide(site)
    published = entry.document.meta.published if entry else None
    if entry is None or published is None:
        return
    days = (site.today - published.day).days
    limit = site.config.column_by_id["guide"].max_age_days
    if days > limit:
        yield RULE.at(entry.document.source.place("published"), days=days, limit=limit)
