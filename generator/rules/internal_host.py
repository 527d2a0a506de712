"""A link that works only inside the office: localhost, a private network, a drive (错链：内网地址)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.domain.hosts import host_of, inner_reason, is_ip_literal, odd_port
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site, Verdict
from generator.rules.evidence import at, links

RULE = Rule(
    "internal-host",
    Severity.ERROR,
    Text(
        "链接指向内部网络或本机（{found}），公众打不开",
        "the link leads into an inner network or one's own machine ({found})",
    ),
    Text(
        "换成公开网站上的地址；文件请作为附件上传",
        "use an address of the public site; attach the file itself",
    ),
)
_PORT = Text(
    "链接用的端口 {found} 不是网站的常用端口，公众可能打不开",
    "the link uses port {found}, which is not the web's own; the public may not reach it",
)
_REGISTER = Text(
    "换成不带端口的公开地址；确实对公众开放的，在 site.yaml 的 organs 里登记这个域名",
    "use a public address without a port, or register the host under organs in site.yaml",
)


def find(site: Site) -> Iterator[Finding]:
    """Links to hosts that the public does not reach; those that `site.yaml` registers are left alone."""
    registered = {host.lower() for organ in site.config.organs for host in organ.hosts}
    registered.add(site.config.host)
    for entry, link in links(site):
        if link.verdict is not Verdict.EXTERNAL or host_of(link.url) in registered:
            continue
        found = inner_reason(link.url)
        if found:
            yield at(RULE, entry, link, found=found)
            continue
        port = odd_port(link.url)
        if port is not None and not is_ip_literal(link.url):
            finding = at(replace(RULE, message=_PORT, hint=_REGISTER), entry, link, found=str(port))
            yield replace(finding, severity=Severity.WARNING)
