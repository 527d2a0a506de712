"""A built document points at one that is not 主动公开 (引用不公开的文件; 国务院令第711号)."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping

from generator.domain.kinds import Disclosure
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Document, Site, Verdict, Withheld
from generator.rules.judged import links, target

RULE = Rule(
    "not-for-disclosure",
    Severity.ERROR,
    Text(
        "链接或引用指向公开属性为“{disclosure}”的文件：{target}",
        "the link leads to a document that is not for disclosure ({disclosure}): {target}",
    ),
    Text(
        "删去链接、引用和可以看出其内容的文字；确应公开的，先改它的公开属性并完成审查",
        "remove the link and what tells of its content; "
        "if it should be public, change its disclosure after review",
    ),
)
_FILE = Text(
    "链接或附件用了公开属性为“{disclosure}”的文件的附件：{target}",
    "this file belongs to a document that is not for disclosure ({disclosure}): {target}",
)


def find(site: Site) -> Iterator[Finding]:
    """Links, references and attachments that lead to such a document, or to a file of its."""
    for one in links(site, Verdict.WITHHELD):
        document = target(site, one)
        if document and _is_closed(document):
            yield RULE.at(
                one.place,
                target=one.target,
                text=one.text,
                disclosure=document.meta.disclosure or "",
            )
    held = site.whole.once(_held_files)
    for one in links(site, Verdict.FILE) if held else ():
        if one.url in held:
            yield RULE.at(
                one.place,
                message=_FILE,
                target=one.target,
                text=one.text,
                disclosure=held[one.url],
            )


def _is_closed(document: Document) -> bool:
    # One whose disclosure is missing or unreadable has a finding of its own.
    if document.withheld is not Withheld.NOT_PUBLIC:
        return False
    return document.meta.disclosure not in (None, Disclosure.PUBLIC)


def _held_files(site: Site) -> Mapping[str, str]:
    """The files of documents not for disclosure: declared by them, or lying among only such."""
    if not any(_is_closed(entry.document) for entry in site.entries.values()):
        return {}
    folders: dict[str, list[Document]] = defaultdict(list)
    held: dict[str, str] = {}
    for entry in site.entries.values():
        document = entry.document
        folders[posixpath.dirname(document.path)].append(document)
        if _is_closed(document):
            held.update({one.url: document.meta.disclosure or "" for one in entry.attachments})
    for asset in site.all_assets.values():
        beside = folders.get(posixpath.dirname(asset.path), ())
        if beside and all(_is_closed(document) for document in beside):
            held[asset.url] = beside[0].meta.disclosure or ""
    return held
