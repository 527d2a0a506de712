"""An interpretation does not tell what it must (解读要素不全): no background, no content, nothing to go by."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain import interpretation
from generator.domain.folding import folded
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Site
from generator.rules import copied_interpretation, pairs, typed

RULE = Rule(
    "thin-interpretation",
    Severity.WARNING,
    Text("解读缺少要素：{missing}", "the interpretation lacks required elements: {missing_en}"),
    Text(
        "解读应当说清背景依据、主要内容，以及目标任务、适用范围、执行标准、注意事项、关键词解释、咨询方式等；"
        "用小标题写明",
        "tell background and basis, main content, and aims, scope, standards, notes, terms or contact,"
        " each under a heading",
    ),
)
_ENGLISH = {
    "背景依据": "background and basis",
    "主要内容": "main content",
    "目标任务": "aims",
    "适用范围": "scope",
    "执行标准": "standards",
    "注意事项": "notes",
    "关键词解释": "key terms",
    "咨询方式": "contact",
}
# A picture needs its text beside it, for those who cannot see it.
_LEAST_TEXT = 40


def find(site: Site) -> Iterator[Finding]:
    """Interpretations that lack an element, but for copies and those that stand beside a full one."""
    lacking = {entry.path: _missing(entry) for entry in pairs.interpretations(site)}
    interpreted = pairs.by_policy(site)
    for entry in pairs.interpretations(site):
        names = lacking[entry.path]
        if not names or _stands_beside(entry, site, interpreted, lacking):
            continue
        if copied_interpretation.copied(entry, site):
            continue
        one_of = len(names) > 2
        yield RULE.at(
            entry.document.source.place("title"),
            missing="、".join(names) + ("（至少写明一项）" if one_of else ""),
            missing_en=", ".join(_ENGLISH[name] for name in names) + (" (one at least)" * one_of),
        )


def _missing(entry: Entry) -> tuple[str, ...]:
    document = entry.document
    if interpretation.is_media(document.title) and len(folded(entry.body.text)) >= _LEAST_TEXT:
        return ()
    lines = typed.without_code(document.source.body).split("\n")
    found = interpretation.elements((*lines, *(heading.text for heading in entry.body.outline)))
    if document.meta.contact:
        found |= {"咨询方式"}
    return interpretation.missing(found)


def _stands_beside(
    entry: Entry,
    site: Site,
    interpreted: pairs.Interpreted,
    lacking: dict[str, tuple[str, ...]],
) -> bool:
    """Whether every policy it interprets has another interpretation that lacks nothing."""
    targets = pairs.targets(entry, site)
    return (
        interpretation.is_beside(entry.document.title)
        and bool(targets)
        and len(folded(entry.body.text)) >= _LEAST_TEXT
        and all(
            any(
                lacking.get(other.path) == ()
                for other in interpreted[target.path]
                if other.path != entry.path
            )
            for target in targets
        )
    )
