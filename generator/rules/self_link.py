"""A link to the very page it stands on (链接到自身)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.evidence import at, links

RULE = Rule(
    "self-link",
    Severity.WARNING,
    Text("链接指向它所在的这个页面", "the link leads to the page it stands on"),
    Text(
        "改为要指的文件；指向本页某处的，加上 #锚点",
        "name the file that is meant, or add an #anchor",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Links whose target is their own document and that name no place in it."""
    for entry, link in links(site):
        is_own = link.document == entry.path and link.verdict.is_good
        if is_own and not link.fragment and "#" not in link.written.href:
            yield at(RULE, entry, link)
