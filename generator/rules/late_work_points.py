"""The organ's work points came more than thirty days after its superior's (要点发布迟)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.domain.kinds import Kind
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Site
from generator.rules import tasks

RULE = Rule(
    "late-work-points",
    Severity.WARNING,
    Text(
        "上级要点发布（{begins}）后第{days}天才发布（{published}），超过{limit}天",
        "published ({published}) {days} days after the superior's ({begins}), more than {limit}",
    ),
    Text(
        "核对“上级发布日期”和发布日期；确实迟了的，写明豁免的理由",
        "check superior_published and published; waive it with the reason where it is late indeed",
    ),
)
LIMIT = 30


def find(site: Site) -> Iterator[Finding]:
    """Work points that say when their superior's appeared, or that build on them and stand on the site."""
    for entry in tasks.work_points(site):
        meta = entry.document.meta
        begins = meta.superior_published or _of_basis(entry, site)
        if begins is None or meta.published is None:
            continue
        days = (meta.published.day - begins).days
        if days > LIMIT:
            yield RULE.at(
                entry.document.source.place("published"),
                begins=begins.isoformat(),
                published=meta.published.day.isoformat(),
                days=days,
                limit=LIMIT,
            )


def _of_basis(entry: Entry, site: Site) -> date | None:
    """When the superior's work points, on which these build, appeared."""
    for path in entry.based_on:
        basis = site.entries[path].document
        is_plan = basis.kind is Kind.WORK_POINTS or "要点" in basis.title
        own = {site.config.organ.name, site.config.organ.short_name or ""}
        of_another = basis.meta.issuer and not own & set(basis.meta.issuer)
        if is_plan and of_another and basis.meta.published:
            return basis.meta.published.day
    return None
