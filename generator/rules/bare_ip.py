"""A link to a number in place of a name (错链：IP 地址)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.hosts import host_of, inner_reason, is_ip_literal
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site, Verdict
from generator.rules.evidence import at, links

RULE = Rule(
    "bare-ip",
    Severity.ERROR,
    Text("链接用的是 IP 地址 {found}，不是域名", "the link uses the IP address {found}, no name"),
    Text(
        "换成 .gov.cn 域名的地址；确需使用的，在 site.yaml 的 organs 里登记",
        "use an address with a name; register a host that must stay under organs in site.yaml",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Links whose host is a public IP address; inner ones are `internal-host`."""
    registered = {host.lower() for organ in site.config.organs for host in organ.hosts}
    for entry, link in links(site):
        if link.verdict is Verdict.EXTERNAL and is_ip_literal(link.url):
            host = host_of(link.url)
            if host not in registered and not inner_reason(link.url):
                yield at(RULE, entry, link, found=host)
