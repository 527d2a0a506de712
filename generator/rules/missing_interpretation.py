"""A policy in force has no interpretation (政策没有解读; 国办发〔2016〕80号: 同步解读)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain import interpretation
from generator.domain.folding import folded
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Site
from generator.regex import regex
from generator.rules import consultations, pairs

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


_NO_NOTE = Text(
    "这份征求意见的草案没有起草说明或解读：{title}",
    "there is no note or interpretation of this draft",
)
_WRITE_NOTE = Text(
    "在正文或附件里写起草说明（为什么要制定、主要内容是什么），或者发布解读，在“解读对象”里写 {text}",
    "tell in the text or an attachment why it is made and what is in it, or publish an"
    " interpretation that names it",
)
_DRAFT = regex(r"征求意见稿|草案|送审稿|讨论稿|[（(](?:修订)?稿[）)]")
# How to take part is no reason for the draft.
_HOW = regex(r"提出|意见的|期限|方式|渠道")
_NOTE = regex(r"(?:起草|制定|编制|修订|修改|草案|政策|情况)[一-龥]{0,6}说明|解读|新旧条文|主要考虑")


def find(site: Site) -> Iterator[Finding]:
    """Policies that nothing published interprets, and drafts without a note where `site.yaml` asks for one."""
    yield from _policies(site)
    if site.config.interpretation.drafts:
        yield from _drafts(site)


def _drafts(site: Site) -> Iterator[Finding]:
    interpreted = pairs.by_policy(site)
    for entry, _ in consultations.all_of(site):
        document = entry.document
        if not _DRAFT.search(document.title) or entry.path in interpreted or _has_note(entry):
            continue
        name = document.path.removeprefix("content/")
        yield RULE.at(
            document.source.place("title"),
            message=_NO_NOTE,
            hint=_WRITE_NOTE,
            text=name,
            title=document.title,
        )


def _has_note(entry: Entry) -> bool:
    """Whether the text tells why and what under headings of its own, or a file or link is such a note."""
    headings = [heading.text for heading in entry.body.outline]
    files = [file.title for file in entry.attachments]
    words = [*headings, *files, *(link.written.text for link in entry.links)]
    told = interpretation.elements(one for one in headings if not _HOW.search(one))
    return bool(told & {interpretation.BACKGROUND, interpretation.CONTENT}) or any(
        _NOTE.search(one) for one in words
    )


def _policies(site: Site) -> Iterator[Finding]:
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
