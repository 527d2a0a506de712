"""Document pages (文件页) of every kind, notices of withdrawal, and pages at old addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from generator import address
from generator.domain.kinds import Kind
from generator.domain.title_breaks import title_parts
from generator.model import Entry, Site
from generator.pages import ledger
from generator.pages.body import OutlineItem, filled, outline
from generator.pages.charts import charts, series
from generator.pages.frame import (
    Frame,
    TextLink,
    View,
    Way,
    article_meta,
    day,
    issuers_of,
    source_of,
)
from generator.pages.metadata import downloads, fields, files
from generator.pages.relations import FIRST_BLOCKS, banner, blocks, neighbours, target
from generator.pages.rows import Label, state
from generator.pages.tables import Table, feedback_table, place, report_tables, tasks_table
from generator.schema import Consultation

SHORTEST_OUTLINE = 3


def views(
    frame: Frame, wanted: Collection[str] | None = None
) -> Iterator[tuple[Entry, tuple[View, ...]]]:
    """Each built document, or each of those `wanted`, with its page; with none where a column's or topic's shows it."""
    site = frame.site
    elsewhere = {entry.path for entry in frame.own_pages.values()}
    nearby = neighbours(site, elsewhere)
    for entry in site.built:
        if wanted is not None and entry.path not in wanted:
            continue
        around = nearby.get(entry.path, (None, None))
        yield entry, () if entry.path in elsewhere else (view(frame, entry, *around),)


def view(frame: Frame, entry: Entry, newer: Entry | None, older: Entry | None) -> View:
    """The page of one document; `newer` and `older` are its neighbours."""
    if entry.document.is_withdrawn:
        return _withdrawn(frame, entry)
    way = frame.way(entry.url)
    return frame.view(
        entry.url,
        "document.html",
        {
            "newer": _neighbour(newer, way),
            "older": _neighbour(older, way),
            **article(frame, entry),
        },
        title=entry.document.title,
        column=entry.document.column,
        crumbs=crumbs(frame, entry),
        meta=article_meta(frame.site, entry),
        feed=feed_of(frame, entry.document.column),
        entry=entry,
    )


def crumbs(frame: Frame, entry: Entry) -> tuple[TextLink, ...]:
    """The breadcrumbs of a document's page."""
    steps = frame.column_steps(entry.document.column)
    if not steps and entry.document.kind is Kind.TOPIC and frame.config.topics:
        steps = (("专题", address.TOPICS),)
    return frame.crumbs(entry.url, *steps, ("正文", entry.url))


def feed_of(frame: Frame, column: str) -> tuple[str, str]:
    """The words and the folder of a column's feed; the site's where there is no column."""
    found = frame.config.column_by_id.get(column)
    return (found.title, found.id) if found else ("", "")


def _neighbour(entry: Entry | None, way: Way) -> TextLink | None:
    return TextLink(entry.document.title, way(entry.url)) if entry else None


@dataclass(frozen=True, slots=True)
class Article:
    """What every document page says of its document; a line that is too long breaks between `title_parts`."""

    title: str
    title_parts: tuple[str, ...]
    number: str
    source: str
    published: str
    published_iso: str
    contact: str
    outline: tuple[OutlineItem, ...]
    citation: str
    red_head: str


def article(frame: Frame, entry: Entry) -> dict[str, object]:
    """What the page of `entry` says, whatever page that is: a page of its own, a column's or a topic's."""
    site, meta, way = frame.site, entry.document.meta, frame.way(entry.url)
    kind = entry.document.kind
    headings = outline(entry)
    related = blocks(site, entry, way)
    body = filled(site, entry, entry.url)
    parts = place(body, entry.body.outline, report_tables(meta.report)) if meta.report else (body,)
    return {
        "article": Article(
            title=entry.document.title,
            title_parts=title_parts(entry.document.title, issuers_of(site, entry)),
            number=meta.document_number or "",
            source=source_of(site, entry),
            published=_moment(entry),
            published_iso=meta.published.iso if meta.published else "",
            contact=meta.contact or "",
            outline=headings if len(headings) >= SHORTEST_OUTLINE else (),
            citation=_citation(site, entry),
            red_head=_red_head(site, entry),
        ),
        "body": parts,
        "fields": fields(site, entry, frame.config.skin),
        "banner": banner(site, entry, way),
        "files": files(entry.attachments, way),
        "downloads": downloads(site, entry.path, way),
        "first_blocks": tuple(block for block in related if block.id in FIRST_BLOCKS),
        "blocks": tuple(block for block in related if block.id not in FIRST_BLOCKS),
        "topics": tuple(
            TextLink(frame.config.topics[topic].title, way(address.topic_url(topic)))
            for topic in meta.topics
            if topic in frame.config.topics
        ),
        "charts": charts(series(site, entry)) if kind is Kind.ANNUAL_REPORT else (),
        **_extras(site, entry, way),
    }


def _citation(site: Site, entry: Entry) -> str:
    """How to cite a document (引用): who, title, number, date, address."""
    meta = entry.document.meta
    # Title marks inside title marks are single ones.
    title = entry.document.title.replace("《", "〈").replace("》", "〉")
    number = f"（{meta.document_number}）" if meta.document_number else ""
    parts = (
        f"{'、'.join(issuers_of(site, entry))}：《{title}》{number}",
        f"{day(meta.published.day)}发布" if meta.published else "",
        address.absolute(site.config.base_url, entry.url),
    )
    return "，".join(part for part in parts if part)


def _red_head(site: Site, entry: Entry) -> str:
    """The words above a policy on paper (发文机关标志); empty for what is no numbered document."""
    is_official = entry.document.kind is Kind.POLICY and entry.document.meta.document_number
    return f"{issuers_of(site, entry)[0]}文件" if is_official else ""


def _moment(entry: Entry) -> str:
    published = entry.document.meta.published
    if published is None:
        return ""
    return published.minute if published.clock else day(published.day)


def _extras(site: Site, entry: Entry, way: Way) -> dict[str, object]:
    """What only some documents have, each None or empty in all others."""
    meta, kind = entry.document.meta, entry.document.kind
    is_consultation = meta.consultation or kind is Kind.CONSULTATION
    has_tasks = ledger.has_tasks(entry)
    return {
        "tasks": tasks_table(meta.tasks, task_links(site, entry, way)) if has_tasks else None,
        "ledger": way(address.ledger_url(entry.url)) if has_tasks else "",
        "ledger_files": ledger.files(entry, ledger.items(site, entry), way) if has_tasks else (),
        "left_over": ledger.left_over(site, entry, way) if has_tasks else (),
        "consultation": _period(meta.consultation or Consultation(), site.today)
        if is_consultation
        else None,
        "questions": questions(site, entry, way),
        "hot_questions": way(address.HOT_QUESTIONS) if meta.questions else "",
    }


def task_links(site: Site, entry: Entry, way: Way) -> list[TextLink]:
    """For each task where it was carried out: an empty address where that leads nowhere."""
    found = []
    for number, task in enumerate(entry.document.meta.tasks):
        link = target(site, entry, ("tasks", number, "link"), way)
        found.append(link or TextLink(task.link or "", ""))
    return found


@dataclass(frozen=True, slots=True)
class Period:
    """When opinions are taken (征集期限), how that stands today, and what became of the opinions."""

    state: Label
    opens: str
    closes: str
    reason_short: str
    feedback: Table | None


def _period(consultation: Consultation, today: date) -> Period:
    return Period(
        state=state(consultation, today),
        opens=day(consultation.opens),
        closes=day(consultation.closes),
        reason_short=consultation.reason_short or "",
        feedback=feedback_table(consultation.feedback) if consultation.feedback else None,
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, paragraph by paragraph."""

    id: str
    question: str
    answer: tuple[str, ...]
    asked: str
    answered: str
    policy: TextLink | None


def questions(site: Site, entry: Entry, way: Way) -> tuple[Answered, ...]:
    """The questions of a document with their answers."""
    return tuple(
        Answered(
            id=f"q{number + 1}",
            question=question.question,
            answer=tuple(
                line.strip() for line in (question.answer or "").splitlines() if line.strip()
            ),
            asked=day(question.asked),
            answered=day(question.answered),
            policy=target(site, entry, ("questions", number, "policy"), way),
        )
        for number, question in enumerate(entry.document.meta.questions)
    )


@dataclass(frozen=True, slots=True)
class Notice:
    """That a document was withdrawn (撤下): nothing of it is shown but its title."""

    title: str
    on: str
    reason: str
    replaced_by: TextLink | None


def notice(frame: Frame, entry: Entry) -> Notice:
    """The notice that stands in the place of a withdrawn document."""
    withdrawal = entry.document.meta.withdrawn
    return Notice(
        title=entry.document.title,
        on=day(withdrawal.on) if withdrawal else "",
        reason=(withdrawal.reason or "") if withdrawal else "",
        replaced_by=target(frame.site, entry, ("withdrawn", "replaced_by"), frame.way(entry.url)),
    )


def _withdrawn(frame: Frame, entry: Entry) -> View:
    return frame.view(
        entry.url,
        "withdrawn.html",
        {
            "notice": notice(frame, entry),
        },
        title=entry.document.title,
        column=entry.document.column,
        crumbs=crumbs(frame, entry),
        feed=feed_of(frame, entry.document.column),
        robots="noindex",
    )


def own_page(frame: Frame, folder: str) -> dict[str, object]:
    """What a folder's page says of the folder's own document: the document, a notice, or nothing.

    `article` and `notice` are always there, None where they do not apply.
    """
    entry = frame.own_pages.get(folder)
    if entry is None:
        return {"article": None, "notice": None}
    if entry.document.is_withdrawn:
        return {"article": None, "notice": notice(frame, entry)}
    return {"notice": None, **article(frame, entry)}


def alias_views(frame: Frame) -> Iterator[View]:
    """A page at each old address (旧址) that sends the reader on."""
    for entry in frame.site.built:
        for alias in entry.document.meta.aliases:
            url = address.alias_url(alias)
            if url:
                yield View(
                    url,
                    "alias.html",
                    {
                        "title": entry.document.title,
                        "href": address.href(url, entry.url),
                        "canonical": address.absolute(frame.config.base_url, entry.url),
                    },
                )
