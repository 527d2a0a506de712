"""Check (检查): runs the table of rules over a site, applies the settings, and sorts what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from generator.config import Config
from generator.finding import EVERYTHING, Finding, Place, Selection, Severity
from generator.model import Site
from generator.rules import TABLE, expired_waiver, unused_waiver

# These look at one document at a time, or at one file. They are asked for a few documents together, so that
# what one of them has read is at hand for the others: see `lighter`.
READ_TOGETHER: frozenset[str] = frozenset(
    "broken-page broken-anchor broken-file broken-reference empty-link malformed-url wrong-case wrong-year "
    "wrong-period wrong-number wrong-issuer wrong-kind wrong-title wrong-level wrong-attachment internal-host "
    "bare-ip repealed-target unpublished-target legacy-host temporary-url redirector-url self-link hidden-link "
    "mixed-content third-party-asset undeclared-attachment scrape-residue numbering-gap markup-trap wording "
    "copied-interpretation missing-alt heading-order table-header vague-link-text conflicting-links "
    "undeclared-repeal wrong-term not-for-disclosure unreviewed report-cells "
    "personal-id personal-phone bank-card home-address secrecy-mark".split()
)
_AT_A_TIME = 16


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
    found = (*reported, *look(site, selection))
    return settle(site, found, selection, waivers, online=online)


def look(site: Site, selection: Selection = EVERYTHING) -> list[Finding]:
    """What the rules find in `site`, in no order, before settings and waivers."""
    idle = _idle(site)
    rows = [row for row in TABLE if selection.holds(row.name) and row.name not in idle]
    together = [row.find for row in rows if row.name in READ_TOGETHER and row.find is not None]
    found: list[Finding] = []
    for part in _parts(site) if together else ():
        for find in together:
            found.extend(find(part))
    for row in rows:
        if row.name not in READ_TOGETHER and row.find is not None:
            found.extend(row.find(site))
    return found


def _parts(site: Site) -> Iterable[Site]:
    """`site` with the focus on a few of its documents after the other, and of a whole site on its files."""
    paths = [entry.path for entry in site.in_focus]
    for start in range(0, len(paths), _AT_A_TIME):
        yield site.near(paths[start : start + _AT_A_TIME])
    if site.focus is None:
        yield site.near(())


def _idle(site: Site) -> frozenset[str]:
    """The rules of which nothing would be reported: off, and no waiver asks whether it is used."""
    off = {name for name, severity in site.config.rules.items() if severity is Severity.OFF}
    if off:
        off -= {waiver.rule for waiver in site.config.waivers}
        off -= {one.rule for entry in site.whole.waiving for one in entry.document.meta.waive}
    return frozenset(off)


def settle(
    site: Site,
    found: Iterable[Finding],
    selection: Selection = EVERYTHING,
    waivers: Sequence[Place] = (),
    *,
    online: bool = False,
) -> tuple[Finding, ...]:
    """What of all that was `found` is reported, as `check` does."""
    wanted = [finding for finding in found if selection.holds(finding.rule)]
    kept, about_waivers = _waive(site, wanted, selection, waivers, online)
    settled = (_settle(finding, site.config) for finding in (*kept, *about_waivers))
    # Each once, in the order in which they were found: a set would leave that to chance where two stand at one place.
    visible = dict.fromkeys(one for one in settled if one.severity is not Severity.OFF)
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
    ran = {row.name for row in TABLE if selection.holds(row.name) and (online or not row.is_online)}
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
    waiving = site.waiving
    by_url = {asset.url: asset.path for asset in site.assets} if waiving else {}
    for entry in waiving:
        # What a document attaches is its own to answer for.
        files = {by_url[one.url] for one in entry.attachments if one.url in by_url}
        for index, waive in enumerate(entry.document.meta.waive):
            yield _Pardon(
                waive.rule,
                entry.document.source.place("waive", index),
                frozenset({entry.path, *files}),
                None,
                waive.until.isoformat(),
                waive.reason,
                waive.until < site.today,
            )
