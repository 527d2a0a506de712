"""Topics (专题): documents of several columns gathered by reference, never copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator import address
from generator.config import Topic
from generator.domain.kinds import Kind
from generator.model import Entry
from generator.pages.document import own_page
from generator.pages.frame import (
    CATALOG_TYPE,
    Frame,
    View,
    Way,
    article_meta,
    column_meta,
    day,
)
from generator.pages.rows import Label, Row, rows

# The order in which a reader asks: what holds, what it means, what is planned, what was asked.
_ORDER: tuple[Kind, ...] = (
    Kind.POLICY,
    Kind.INTERPRETATION,
    Kind.INSTITUTION,
    Kind.WORK_POINTS,
    Kind.CONSULTATION,
    Kind.FAQ,
    Kind.EVENT,
    Kind.ANNUAL_REPORT,
    Kind.GUIDE,
    Kind.NOTICE,
)


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A topic in short: where it is, what it is about, when it ran, and how much it holds."""

    title: str
    href: str
    summary: str
    period: str
    state: Label
    documents: int


@dataclass(frozen=True, slots=True)
class KindBlock:
    """The documents of one kind in a topic."""

    id: str
    title: str
    rows: tuple[Row, ...]


def state(topic: Topic, today: date) -> Label:
    """How a topic stands on `today`."""
    if topic.archived:
        return Label("已归档", "archived")
    if topic.begins and today < topic.begins:
        return Label("未开始", "coming")
    if topic.ends and today > topic.ends:
        return Label("已结束", "ended")
    return Label("进行中", "open")


def period(topic: Topic) -> str:
    """When a topic runs: `2021-03-01 至 2023-12-31`, `2022-03-01 起`; empty where it does not say."""
    if topic.begins and topic.ends:
        return f"{day(topic.begins)} 至 {day(topic.ends)}"
    if topic.begins:
        return f"{day(topic.begins)} 起"
    return f"至 {day(topic.ends)}" if topic.ends else ""


def views(frame: Frame) -> Iterator[View]:
    """The list of topics and a page for each."""
    yield _list(frame)
    for id_, topic in frame.config.topics.items():
        yield _topic(frame, id_, topic)


def _list(frame: Frame) -> View:
    way = frame.way(address.TOPICS)
    cards = tuple(_card(frame, id_, topic, way) for id_, topic in frame.config.topics.items())
    return frame.view(
        address.TOPICS,
        "topics.html",
        {
            "current": tuple(card for card in cards if card.state.id in ("open", "coming")),
            "past": tuple(card for card in cards if card.state.id not in ("open", "coming")),
        },
        title="专题",
        crumbs=frame.crumbs(address.TOPICS, ("专题", address.TOPICS)),
        meta=column_meta("专题", f"{frame.config.organ.name}政府信息公开专题", (), CATALOG_TYPE),
    )


def _card(frame: Frame, id_: str, topic: Topic, way: Way) -> TopicCard:
    return TopicCard(
        topic.title,
        way(address.topic_url(id_)),
        topic.summary or "",
        period(topic),
        state(topic, frame.site.today),
        len(frame.site.by_topic[id_]),
    )


def _topic(frame: Frame, id_: str, topic: Topic) -> View:
    url, folder = address.topic_url(id_), f"topics/{id_}"
    way = frame.way(url)
    entries = frame.site.by_topic[id_]
    by_kind: dict[Kind, list[Entry]] = {kind: [] for kind in _ORDER}
    for entry in entries:
        by_kind[entry.document.kind].append(entry)
    own = frame.own_pages.get(folder)
    tags = column_meta(topic.title, topic.summary or topic.title, (), CATALOG_TYPE)
    if own and not own.document.is_withdrawn:
        tags = (*tags, *article_meta(frame.site, own))
    return frame.view(
        url,
        "topic.html",
        {
            "topic": _card(frame, id_, topic, way),
            "kinds": tuple(
                KindBlock(kind.value, kind.zh, rows(frame, found, way))
                for kind, found in by_kind.items()
                if found
            ),
            **own_page(frame, folder),
        },
        title=topic.title,
        crumbs=frame.crumbs(url, ("专题", address.TOPICS), (topic.title, url)),
        meta=tags,
        feed=(topic.title, folder),
    )
