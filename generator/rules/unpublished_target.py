"""A document that is built links or refers to one that is not published yet (链接未发布的文件)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Document, Site, Verdict, Withheld
from generator.rules.judged import links, target

RULE = Rule(
    "unpublished-target",
    Severity.ERROR,
    Text(
        "链接或引用指向还没有发布的文件《{title}》（{state}）：{target}",
        "the link leads to “{title}”, which is not published ({state_en}): {target}",
    ),
    Text(
        "等它发布后再加链接，或把它与本文件同时发布",
        "add the link when it is published, or publish both at the same time",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Links, references and attachments that lead to a draft or to a document of the future."""
    for one in links(site, Verdict.WITHHELD):
        document = target(site, one)
        if document and document.withheld in (Withheld.DRAFT, Withheld.FUTURE):
            state, state_en = _state(document)
            yield RULE.at(
                one.place,
                target=one.target,
                text=one.text,
                title=document.title,
                state=state,
                state_en=state_en,
            )


def _state(document: Document) -> tuple[str, str]:
    published = document.meta.published
    if document.withheld is Withheld.FUTURE and published:
        day = published.day
        return f"发布日期是{day.year}年{day.month}月{day.day}日", f"to appear on {day.isoformat()}"
    return "草稿", "a draft"
