"""An address that differs from the file's name only by case or by backslashes (大小写不符)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site, Verdict
from generator.rules.judged import broken, links

RULE = Rule(
    "wrong-case",
    Severity.ERROR,
    Text(
        "地址的大小写或斜杠与文件名不符：{target}",
        "the address differs from the file's name by case or slashes: {target}",
    ),
    Text("改为 {suggestion}", "change it to {suggestion}"),
)


def find(site: Site) -> Iterator[Finding]:
    """Links and attachments that work on the editor's machine and fail on the web host."""
    for one in links(site, Verdict.WRONG_CASE):
        yield broken(RULE, one, RULE.hint)
