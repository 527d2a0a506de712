"""A link to a search engine's or an application's jump address (错链：跳转地址)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.hosts import host_of, redirected
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site, Verdict
from generator.rules.evidence import at, links

RULE = Rule(
    "redirector-url",
    Severity.ERROR,
    Text(
        "链接是 {found} 的跳转地址，不是文件本来的地址",
        "the link is a jump address of {found}, not the page's own",
    ),
    Text(
        "打开链接，复制浏览器地址栏里的地址{instead}",
        "open it and copy the real address{instead_en}",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Links through known redirectors, with the address inside them where it can be read."""
    for entry, link in links(site):
        if link.verdict is Verdict.EXTERNAL:
            is_redirector, inner = redirected(link.url)
            if is_redirector:
                yield at(RULE, entry, link, inner or None, found=host_of(link.url))
