"""A link that will stop working by itself: a session, a signature, a net disk (错链：临时地址)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.hosts import passing_reason
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site, Verdict
from generator.rules.evidence import at, links

RULE = Rule(
    "temporary-url",
    Severity.ERROR,
    Text(
        "链接是临时地址（{found}），过一段时间就会失效",
        "the link is a passing address ({found}) and will stop working",
    ),
    Text("换成长期有效的地址，或把文件作为附件上传", "use a lasting address, or attach the file"),
)


def find(site: Site) -> Iterator[Finding]:
    """Links that carry a session or a signature, and links to net disks."""
    for entry, link in links(site):
        if link.verdict is Verdict.EXTERNAL:
            found = passing_reason(link.url)
            if found:
                yield at(RULE, entry, link, found=found)
