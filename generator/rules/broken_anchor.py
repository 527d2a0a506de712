"""A link leads to a place on a page that the page does not have (锚点断链)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site, Verdict
from generator.rules.judged import broken, links

RULE = Rule(
    "broken-anchor",
    Severity.ERROR,
    Text("目标网页上没有“{reason}”这个位置：{target}", "the page has no such place: {target}"),
    Text(
        "# 后面写目标文件里标题的全文，或者“第三条”这样的条文序号",
        "write the whole heading of the target behind the #, or an article such as “第三条”",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Links whose page is there but whose fragment is not."""
    for one in links(site, Verdict.NO_ANCHOR):
        yield broken(RULE, one)
