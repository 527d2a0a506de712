"""Check (检查): runs the table of rules over a site, applies the settings, and sorts what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from generator.config import Config
from generator.finding import Finding, Place, Severity
from generator.model import Site
from generator.rules import TABLE, expired_waiver, unused_waiver


@dataclass(frozen=True)
class Selection:
    """Which rules count in this run: those selected (all when empty), without those ignored."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def holds(self, rule: str) -> bool:
        """Whether findings of `rule` count."""
        return rule not in self.ignore and (not self.select or rule in self.select)


EVERYTHING = Selection()


def check(
    site: Site,
    reported: Iterable[Finding],
    selection: Selection = EVERYTHING,
    waivers: Sequence[Place] = (),
    *,
    online: bool = False,
) -> tuple[Finding, ...]:
    """What is wrong with `site`, with what earlier stages `reported`: sorted, each once.

    Severities of `site.yaml` are applied, waived findings left out, waivers themselves judged;
    `waivers` are the places of those in `site.yaml`. Unless `online`, other hosts were not asked, so
    nothing is known of waivers for what they answer.
    """
    found = list(reported)
    for row in TABLE:
        if row.find is not None and selection.holds(row.rule.name):
            found.extend(row.find(site))
    found = [finding for finding in found if selection.holds(finding.rule)]
    kept, about_waivers = _waive(site, found, selection, waivers, online)
    settled = (_settle(finding, site.config) for finding in (*kept, *about_waivers))
    visible = {finding for finding in settled if finding.severity is not Severity.OFF}
    return tuple(sorted(visible, key=lambda finding: finding.order))


def _settle(finding: Finding, config: Config) -> Finding:
    severity = config.rules.get(finding.rule)
    return replace(finding, severity=severity) if severity is not None else finding


@dataclass(frozen=True)
class _Pardon:
    """A waiver, wherever it is written."""

    rule: str
    place: Place
    paths: frozenset[str] | None
    target: str | None
    until: str
    reason: str
    is_expired: bool

    def covers(self, finding: Finding) -> bool:
        return (
            self.rule == finding.rule
            and (self.paths is None or finding.place.path in self.paths)
            and self.target in (None, finding.target, finding.text)
        )


def _waive(
    site: Site,
    found: list[Finding],
    selection: Selection,
    places: Sequence[Place],
    online: bool,
) -> tuple[list[Finding], list[Finding]]:
    pardons = list(_pardons(site, places))
    used: set[int] = set()
    kept = []
    for finding in found:
        covering = [i for i, pardon in enumerate(pardons) if pardon.covers(finding)]
        used.update(covering)
        if not any(not pardons[i].is_expired for i in covering):
            kept.append(finding)
    ran = {
        row.rule.name
        for row in TABLE
        if selection.holds(row.rule.name) and (online or not row.is_online)
    }
    about = []
    for index, pardon in enumerate(pardons):
        values: dict[str, Any] = {
            "rule": pardon.rule,
            "until": pardon.until,
            "reason": pardon.reason,
        }
        if pardon.is_expired and selection.holds(expired_waiver.RULE.name):
            about.append(expired_waiver.RULE.at(pardon.place, target=pardon.target, **values))
        elif index not in used and pardon.rule in ran and selection.holds(unused_waiver.RULE.name):
            about.append(unused_waiver.RULE.at(pardon.place, target=pardon.target, **values))
    return kept, about


def _pardons(site: Site, places: Sequence[Place]) -> Iterable[_Pardon]:
    for waiver, place in zip_longest(site.config.waivers, places):
        yield _Pardon(
            waiver.rule,
            place or Place("site.yaml", 1, 1),
            frozenset({waiver.path}) if waiver.path is not None else None,
            waiver.target,
            waiver.until.isoformat(),
            waiver.reason,
            waiver.until < site.today,
        )
    by_url = {asset.url: asset.path for asset in site.assets}
    for path, entry in site.entries.items():
        # What a document attaches is its own to answer for.
        files = {by_url[one.url] for one in entry.attachments if one.url in by_url}
        for index, waive in enumerate(entry.document.meta.waive):
            yield _Pardon(
                waive.rule,
                entry.document.source.place("waive", index),
                frozenset({path, *files}),
                None,
                waive.until.isoformat(),
                waive.reason,
                waive.until < site.today,
            )
