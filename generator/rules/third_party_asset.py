"""A page loads a picture or a file from another host (第三方资源): IPv6 holes, tracking, sudden change."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.hosts import host_of
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site, Verdict
from generator.rules import typed
from generator.rules.evidence import at, links
from generator.rules.loaders import from_elsewhere

RULE = Rule(
    "third-party-asset",
    Severity.ERROR,
    Text("页面加载了别的网站 {found} 的文件", "the page loads a file from another host, {found}"),
    Text("把图片或文件放到本站，再引用它", "put the picture or file on this site and refer to it"),
)

_TAKEN_OUT = Text(
    "正文要加载别的网站 {found} 的文件（<{element}>），已经从网页上删去",
    "the text asks for a file from another host, {found} (<{element}>), which the page leaves out",
)


def find(site: Site) -> Iterator[Finding]:
    """Pictures, video, audio and tracks from other hosts, and what HTML of the text would load from them."""
    for entry, link in links(site):
        is_loaded = link.written.element not in ("a", "area", "blockquote", "q", "ins", "del")
        if is_loaded and link.verdict is Verdict.EXTERNAL:
            host = host_of(link.url if not link.url.startswith("//") else "https:" + link.url)
            if host and host != site.config.host:
                yield at(RULE, entry, link, found=host)
    for entry, text in typed.documents(site):
        for loader in from_elsewhere(site, text):
            yield RULE.at(
                typed.place(entry.document.source, loader.offset),
                message=_TAKEN_OUT,
                target=loader.address,
                found=loader.host,
                element=loader.element,
            )
