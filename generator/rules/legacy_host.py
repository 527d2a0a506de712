"""A link to a host that the site has left (错链：旧域名)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.hosts import host_of
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site, Verdict
from generator.rules.evidence import at, links

RULE = Rule(
    "legacy-host",
    Severity.ERROR,
    Text("链接用的是旧域名 {found}", "the link uses the old host {found}"),
    Text("改用新域名{instead}", "use the new host{instead_en}"),
)


def find(site: Site) -> Iterator[Finding]:
    """Links to a host of `legacy_hosts`, with the same address on the new host."""
    renamed = {old.lower(): new for old, new in site.config.legacy_hosts.items()}
    for entry, link in links(site):
        if link.verdict is Verdict.EXTERNAL:
            host = host_of(link.url)
            new = renamed.get(host)
            if new:
                start = link.url.lower().index(host)
                suggestion = link.url[:start] + new + link.url[start + len(host) :]
                yield at(RULE, entry, link, suggestion, found=host)
