"""An address that no browser can follow as it is written (网址写错)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site, Verdict
from generator.rules.judged import broken, links

RULE = Rule(
    "malformed-url",
    Severity.ERROR,
    Text("网址写错了：{target}{why}", "the address is not written correctly: {target}"),
    Text(
        "从浏览器的地址栏复制完整的网址，前后不带标点和空格",
        "copy the whole address from the browser, without punctuation or spaces around it",
    ),
)
_CHANGE = Text("改为 {suggestion}", "change it to {suggestion}")


def find(site: Site) -> Iterator[Finding]:
    """Addresses with full-width signs, a trailing 。, spaces, a missing or unknown scheme."""
    for one in links(site, Verdict.MALFORMED):
        yield broken(RULE, one, _CHANGE)
