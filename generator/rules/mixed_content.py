"""A page of an https site loads something over http (混合内容): browsers block it or warn."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site, Verdict
from generator.rules.evidence import at, links

RULE = Rule(
    "mixed-content",
    Severity.WARNING,
    Text(
        "https 的页面加载了 http 的文件：{target}",
        "a page on https loads a file over http: {target}",
    ),
    Text(
        "改用 https 地址，或把文件放到本站{instead}",
        "use https, or put it on this site{instead_en}",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Pictures, video, audio and tracks by http on a site that is published by https."""
    if not site.config.base_url.startswith("https:"):
        return
    for entry, link in links(site):
        is_loaded = link.written.element not in ("a", "area", "blockquote", "q", "ins", "del")
        if is_loaded and link.verdict is Verdict.EXTERNAL and link.url.lower().startswith("http:"):
            yield at(RULE, entry, link, "https:" + link.url[5:])
