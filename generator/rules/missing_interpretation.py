"""A policy in force has no interpretation (政策没有解读; 国办发〔2016〕80号: 同步解读)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.folding import folded
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules import pairs

RULE = Rule(
    "missing-interpretation",
    Severity.WARNING,
    Text("这份政策文件没有解读：{title}", "no interpretation of this policy is published"),
    Text(
        "发布解读，在解读的“解读对象”里写 {text}；"
        "不需要解读的，在 site.yaml 的 interpretation 里调整范围，或写明豁免的理由",
        "publish one that names it under interprets; where none is needed, set interpretation in"
        " site.yaml or waive it with the reason",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Policies that nothing published interprets."""
    interpreted = pairs.by_policy(site)
    strayed = pairs.strayed_titles(site)
    # A second copy of an interpreted policy is `duplicate-document`.
    told = {folded(site.entries[path].document.title) for path in interpreted}
    for entry in pairs.policies(site):
        document = entry.document
        if folded(document.title) in told or any(name in strayed for name in pairs.names(document)):
            continue
        name = document.meta.document_number or document.path.removeprefix("content/")
        yield RULE.at(document.source.place("title"), text=name, title=document.title)
