"""An address that was published answers no more (地址消失)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Site

RULE = Rule(
    "address-gone",
    Severity.WARNING,
    Text("已经公布的网址 {target} 打不开了", "the published address {target} is gone"),
    Text(
        "恢复这份文件；改了地址的，在新文件的“旧址”里写上 {target}；要撤下的，保留文件并写明“撤下”",
        "restore the document, or add {target} to the aliases of its successor, or mark it withdrawn",
    ),
)
REGISTER = "register.tsv"


def find(site: Site) -> Iterator[Finding]:
    """Lines of the register (登记簿) whose address no page and no file claims."""
    told: set[str] = set()
    for line, (url, _) in enumerate(site.register, 1):
        if url and url not in site.addresses and url not in told:
            told.add(url)
            yield RULE.at(Place(REGISTER, line, 1), target=url)
