"""A site's links to other hosts (站点的外部链接): which there are, what the settings know, and the findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.config import Config
from generator.external.addresses import Address
from generator.external.judgement import Checked, Known
from generator.finding import Finding
from generator.model import Site, Verdict
from generator.rules.judged import links

Check = Callable[[Sequence[Address]], Sequence[Checked]]


def find(site: Site, check: Check, only: frozenset[str] | None = None) -> Iterator[Finding]:
    """What `check` finds wrong with the links of `site` to other hosts, each at its place.

    With `only`, the links of these files alone are looked at.
    """
    found = [
        one
        for one in links(site, Verdict.EXTERNAL)
        if one.url and (only is None or one.place.path in only)
    ]
    addresses = [Address(one.url, one.text or "") for one in found]
    for one, checked in zip(found, check(addresses), strict=True):
        finding = checked.finding(one.place, one.target)
        if finding is not None:
            yield finding


def known(config: Config) -> Known:
    """What `site.yaml` knows of other hosts."""
    organs = tuple(organ.hosts for organ in config.organs if len(organ.hosts) > 1)
    moved = tuple((old, new) for old, new in config.legacy_hosts.items())
    return Known(config.external.allow, (*organs, *moved))
