"""Twins of documents (文本副本): the same words as plain text and as Markdown, for archives and language models.

The first line of each says whether the document holds. A withdrawn document has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import urljoin

from generator import address
from generator.domain.kinds import Status
from generator.model import Entry, Page, Site
from generator.pages.body import copied, full_address_of
from generator.pages.document import task_links
from generator.pages.frame import day
from generator.pages.ledger import has_tasks
from generator.pages.linked import MARKDOWN, TEXT, twin_urls
from generator.pages.markdown import cells, escaped, markdown_of, table
from generator.pages.markup import Body, taken_apart
from generator.pages.metadata import values
from generator.pages.plain import lines_of
from generator.pages.relations import banner
from generator.pages.tables import Table, feedback_table, report_tables, tasks_table

Facts = list[tuple[str, str]]

_FIRST = frozenset({"标题", "有效性"})
_WEB = ("http://", "https://", "mailto:", "tel:", "data:")


def of(site: Site, entry: Entry) -> Iterator[Page]:
    """Both twins of one document that is built; one whose address an editor's own file has is left out."""
    if entry.document.is_withdrawn:
        return
    html = copied(site, entry, partial(full_address_of, entry.url, site.config.base_url))
    body = taken_apart(html)
    facts = _facts(site, entry)
    made = {MARKDOWN: _markdown, TEXT: _text}
    for type_, url in twin_urls(site, entry).items():
        yield Page(url, made[type_](site, entry, facts, body).encode("utf-8", "replace"))


def standing(site: Site, entry: Entry) -> str:
    """Whether a document holds, in one line: 有效性：废止。…由以下文件废止：《…》（…）。"""
    parts = [f"有效性：{entry.status.value}。"]
    said = banner(site, entry, lambda url: url)
    if said:
        parts.append(said.sentence)
        for other in said.documents:
            number = f"（{other.number}）" if other.number else ""
            parts.append(f"{other.relation}《{other.title}》{number}。")
    elif entry.status is Status.VALID and entry.document.meta.expires:
        parts.append(f"失效日期：{day(entry.document.meta.expires)}。")
    return "".join(parts)


def _facts(site: Site, entry: Entry) -> Facts:
    """The fields of the document that have a value, then its column, its summary and its address."""
    column = site.config.column_by_id.get(entry.document.column)
    more = (
        ("栏目", column.title if column else ""),
        ("内容概述", entry.document.meta.summary or ""),
        ("原文", address.absolute(site.config.base_url, entry.url)),
    )
    return [fact for fact in (*values(site, entry), *more) if fact[1] and fact[0] not in _FIRST]


def _files(site: Site, entry: Entry) -> list[tuple[str, str]]:
    base = site.config.base_url
    return [
        (file.title, address.absolute(base, file.url))
        for file in entry.attachments
        if file.verdict.is_good
    ]


def _tables(site: Site, entry: Entry) -> list[Table]:
    meta = entry.document.meta
    found = list(report_tables(meta.report).values()) if meta.report else []
    if has_tasks(entry):
        links = task_links(site, entry, lambda url: url)
        found.append(tasks_table(meta.tasks, links))
    if meta.consultation and meta.consultation.feedback:
        found.append(feedback_table(meta.consultation.feedback))
    return found


def _markdown(site: Site, entry: Entry, facts: Facts, body: Body) -> str:
    page = address.absolute(site.config.base_url, entry.url)

    def resolve(href: str) -> str:
        return href if href.startswith(_WEB) else urljoin(page, href)

    meta = entry.document.meta
    parts = [escaped(standing(site, entry)), f"# {escaped(entry.document.title)}"]
    parts.append("\n".join(f"- {name}：{escaped(value)}" for name, value in facts))
    parts.append(markdown_of(body, resolve))
    parts += [table(shown) for shown in _tables(site, entry)]
    for question in meta.questions:
        parts += [f"## 问：{escaped(question.question)}", *_answer(question.answer)]
    files = [f"- [{escaped(title)}](<{url}>)" for title, url in _files(site, entry)]
    if files:
        parts += ["## 附件", "\n".join(files)]
    if meta.contact:
        parts.append(f"咨询方式：{escaped(meta.contact)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _answer(answer: str | None) -> list[str]:
    return [escaped(line.strip()) for line in (answer or "").splitlines() if line.strip()]


def _text(site: Site, entry: Entry, facts: Facts, body: Body) -> str:
    meta = entry.document.meta
    parts = [standing(site, entry), "", entry.document.title, ""]
    parts += [f"{name}：{value}" for name, value in facts]
    parts += ["", *lines_of(body)]
    for shown in _tables(site, entry):
        parts += ["", shown.caption, *("\t".join(row) for row in cells(shown))]
    for question in meta.questions:
        answer = (line.strip() for line in (question.answer or "").splitlines())
        parts += ["", f"问：{question.question}", *filter(None, answer)]
    files = [f"附件：{title} {url}" for title, url in _files(site, entry)]
    parts += ["", *files] if files else []
    parts += ["", f"咨询方式：{meta.contact}"] if meta.contact else []
    return "\n".join(parts) + "\n"
