"""A policy was interpreted too long after it was published (解读不及时; 国办发〔2016〕80号: 同步解读)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.domain.workdays import workdays_between
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Site
from generator.rules import pairs

RULE = Rule(
    "late-interpretation",
    Severity.WARNING,
    Text(
        "政策发布（{begins}）后第{days}个工作日才有解读（{published}），最迟是第{limit}个工作日",
        "published ({published}) {days} working days after the policy ({begins}); the limit is {limit}",
    ),
    Text(
        "解读应当与政策同日发布；核对两个日期，确实迟了的，查明原因，并写明豁免的理由",
        "policy and interpretation are to be published on one day; check both dates, and waive it with"
        " the reason where it is late indeed",
    ),
)
_UNKNOWN = Text(
    "没有{years}年的放假安排，暂按周一至周五计算：把放假和调休上班的日期写进 site.yaml 的 workdays",
    "the holidays of {years} are not known, Monday to Friday were counted: give them as workdays in"
    " site.yaml",
)


class _First(NamedTuple):
    day: date
    entry: Entry


def find(site: Site) -> Iterator[Finding]:
    """The earliest interpretation of each policy, where it came too late."""
    limit = site.config.interpretation.max_workdays
    interpreted = pairs.by_policy(site)
    for policy in pairs.policies(site):
        first = _earliest(interpreted.get(policy.path, []))
        published = policy.document.meta.published
        if first is None or published is None:
            continue
        span = workdays_between(published.day, first.day, site.config.days_of)
        if span.days > limit:
            yield RULE.at(
                first.entry.document.source.place("published"),
                hint=_UNKNOWN if span.unknown else None,
                target=policy.path,
                begins=published.day.isoformat(),
                published=first.day.isoformat(),
                days=span.days,
                limit=limit,
                years="、".join(map(str, span.unknown)),
            )


def _earliest(entries: list[Entry]) -> _First | None:
    dated = [
        _First(entry.document.meta.published.day, entry)
        for entry in entries
        if entry.document.meta.published
    ]
    return min(dated, key=lambda one: (one.day, one.entry.path), default=None)
