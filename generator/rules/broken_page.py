"""A link inside the site leads to no page (断链)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site, Verdict
from generator.rules.judged import broken, links

RULE = Rule(
    "broken-page",
    Severity.ERROR,
    Text("链接的网页不存在：{target}{why}", "the link leads to no page: {target}"),
    Text(
        "核对地址：从本文件所在的文件夹算起，写到 .md 文件；网页已经撤走的，删去链接",
        "check the address, which begins at this file's folder and names an .md file; "
        "remove the link if the page is gone",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Links, and addresses of this site in front matter, behind which there is no page."""
    for one in links(site, Verdict.NO_PAGE):
        yield broken(RULE, one)
