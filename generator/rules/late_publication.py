"""A document was published more than twenty working days after it was made (公开不及时, 国务院令第711号第二十六条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.domain.workdays import workdays_between
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules import judged

RULE = Rule(
    "late-publication",
    Severity.WARNING,
    Text(
        "成文（{signed}）后第{days}个工作日才公开（{published}），超过20个工作日",
        "published ({published}) {days} working days after it was signed ({signed}), more than 20",
    ),
    Text(
        "核对两个日期；确实迟了的，查明原因，并写明豁免的理由",
        "check both dates; if it is late indeed, find out why, and waive it with the reason",
    ),
)
_UNKNOWN = Text(
    "没有{years}年的放假安排，暂按周一至周五计算：把放假和调休上班的日期写进 site.yaml 的 workdays",
    "the holidays of {years} are not known, Monday to Friday were counted: give them as workdays in"
    " site.yaml",
)
LIMIT = 20
# The first regulation on disclosure (国务院令第492号) came into force.
_DUTY_BEGINS = date(2008, 5, 1)


def find(site: Site) -> Iterator[Finding]:
    """Documents of the organ itself whose dates are too far apart."""
    for entry in judged.documents(site):
        document = entry.document
        signed = document.meta.signed
        published = document.meta.published.day if document.meta.published else None
        if signed is None or published is None or (published - signed).days <= LIMIT:
            continue
        if signed < _DUTY_BEGINS or judged.is_reprint(document, site.config):
            continue
        span = workdays_between(signed, published, site.config.days_of)
        if span.days > LIMIT:
            yield RULE.at(
                document.source.place("published"),
                hint=_UNKNOWN if span.unknown else None,
                signed=signed.isoformat(),
                published=published.isoformat(),
                days=span.days,
                years="、".join(map(str, span.unknown)),
            )
