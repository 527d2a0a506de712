"""The landing page and the pages of columns (栏目): lists, paged, by year and by validity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from generator import address
from generator.domain.kinds import Status
from generator.model import Column, Entry
from generator.pages.document import own_page
from generator.pages.frame import (
    SITE_TITLE,
    Frame,
    Meta,
    TextLink,
    View,
    Way,
    article_meta,
    column_meta,
    column_type,
    day,
)
from generator.pages.rows import rows

NEWEST = 10
_SUMMARIES: dict[str, str] = {
    "guide": "政府信息的分类、编排体系和获取方式，公开工作机构的联系方式，依申请公开的办理程序",
    "institution": "政府信息公开的法规、制度和工作规范",
    "statutory": "政策文件、政策解读、机构职能、规划、财政等依法应当主动公开的政府信息",
    "annual-report": "历年政府信息公开工作年度报告",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A column in short: where it is, what is in it, how much, and since when."""

    title: str
    href: str
    summary: str
    documents: int
    newest: str


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages of a list: this one, those near it (None: a gap), the one before and the one after."""

    number: int
    last: int
    links: tuple[TextLink | None, ...]
    before: str
    after: str


def documents_of(frame: Frame, column: Column) -> tuple[Entry, ...]:
    """What the list of a column shows: all below it but the document that its own page is."""
    own = frame.own_pages.get(column.id)
    return tuple(entry for entry in frame.site.in_column(column) if entry is not own)


def summary_of(column: Column) -> str:
    """What a column holds, in a sentence."""
    return column.summary or _SUMMARIES.get(column.id, "")


def card(frame: Frame, column: Column, way: Way) -> Card:
    """A column in short."""
    entries = frame.site.in_column(column)
    published = entries[0].document.meta.published if entries else None
    return Card(
        column.title,
        way(address.column_url(column.id)),
        summary_of(column),
        len(entries),
        day(published.day) if published else "",
    )


def views(frame: Frame) -> Iterator[View]:
    """The landing page, then every page of every column."""
    yield _landing(frame)
    for column in frame.config.all_columns:
        yield from _Column(frame, column).views()


def _landing(frame: Frame) -> View:
    site, way = frame.site, frame.way(address.HOME)
    statutory = frame.config.column_by_id["statutory"]
    organ = frame.config.organ
    return frame.view(
        address.HOME,
        "index.html",
        {
            "cards": tuple(card(frame, column, way) for column in frame.config.columns),
            "statutory_title": statutory.title,
            "statutory": tuple(card(frame, column, way) for column in statutory.children),
            "rows": rows(site, site.listed[:NEWEST], way),
            "topics": tuple(
                TextLink(topic.title, way(address.topic_url(id_)), note=topic.summary or "")
                for id_, topic in frame.config.topics.items()
                if not topic.archived
            ),
            **own_page(frame, ""),
        },
        title="",
        meta=column_meta(SITE_TITLE, f"{organ.name}{SITE_TITLE}专栏", (organ.name,), "首页"),
    )


def pager(urls: Sequence[str], number: int, way: Way) -> Pager | None:
    """The pager on page `number` (from 1) of `urls`; None where there is only one."""
    last = len(urls)
    if last == 1:
        return None
    near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
    links: list[TextLink | None] = []
    for before, page in zip([0, *near], near, strict=False):
        if page > before + 1:
            links.append(None)
        links.append(TextLink(str(page), way(urls[page - 1]), current=page == number))
    return Pager(
        number,
        last,
        tuple(links),
        way(urls[number - 2]) if number > 1 else "",
        way(urls[number]) if number < last else "",
    )


class _Column:
    """The pages of one column; what they share is found out once."""

    def __init__(self, frame: Frame, column: Column) -> None:
        self.frame = frame
        self.column = column
        self.entries = documents_of(frame, column)
        self.years: dict[int, list[Entry]] = {}
        self.statuses: dict[Status, list[Entry]] = {}
        for entry in frame.site.in_column(column):
            if entry.document.meta.published:
                self.years.setdefault(entry.document.meta.published.day.year, []).append(entry)
            if entry.document.kind in address.KINDS_WITH_STATUS:
                # All five pages or none: the address of a validity does not come and go.
                self.statuses = self.statuses or {status: [] for status in address.STATUS_PAGES}
                self.statuses[entry.status].append(entry)

    def views(self) -> Iterator[View]:
        """All pages of the list, then the year views, then the validity views."""
        id_, size = self.column.id, self.frame.config.page_size
        urls = [
            address.column_url(id_, page)
            for page in range(1, max(1, ceil(len(self.entries) / size)) + 1)
        ]
        for number, url in enumerate(urls, 1):
            part = self.entries[(number - 1) * size : number * size]
            pages = pager(urls, number, self.frame.way(url))
            yield self._view(url, part, f"第{number}页" if number > 1 else "", pages)
        for year, found in self.years.items():
            yield self._view(address.year_url(id_, year), found, f"{year}年")
        for status, found in self.statuses.items():
            yield self._view(address.status_url(id_, status), found, status.value)

    def _view(
        self, url: str, part: Sequence[Entry], words: str, pages: Pager | None = None
    ) -> View:
        frame, column, way = self.frame, self.column, self.frame.way(url)
        is_first = url == address.column_url(column.id)
        steps = frame.column_steps(column.id)
        own = own_page(frame, column.id) if is_first else {"article": None, "notice": None}
        return frame.view(
            url,
            "column.html",
            {
                "column_title": column.title,
                "part_title": words,
                "summary": summary_of(column),
                "cards": tuple(card(frame, child, way) for child in column.children)
                if is_first
                else (),
                "years": self._choices(
                    url,
                    way,
                    {
                        address.year_url(column.id, y): (f"{y}年", len(f))
                        for y, f in self.years.items()
                    },
                ),
                "statuses": self._choices(
                    url,
                    way,
                    {
                        address.status_url(column.id, status): (status.value, len(found))
                        for status, found in self.statuses.items()
                    },
                ),
                "rows": rows(frame.site, part, way),
                "total": len(self.entries) if pages or is_first else len(part),
                "pager": pages,
                **own,
            },
            title=" ".join(part for part in (column.title, words) if part),
            column=column.id,
            crumbs=frame.crumbs(url, *steps, *(((words, url),) if words else ())),
            meta=self._meta(is_first),
            feed=(column.title, column.id),
        )

    def _choices(
        self, url: str, way: Way, choices: dict[str, tuple[str, int]]
    ) -> tuple[TextLink, ...]:
        """The links of a filter, the whole list first; none where there is nothing to choose."""
        if len(choices) < 2 and url not in choices:
            return ()
        whole = address.column_url(self.column.id)
        everything = TextLink("全部", way(whole), current=url not in choices)
        return (
            everything,
            *(
                TextLink(word, way(other), current=other == url, note=str(documents))
                for other, (word, documents) in choices.items()
            ),
        )

    def _meta(self, is_first: bool) -> Meta:
        """A column's tags; those of its own document too, where it is shown."""
        column, frame = self.column, self.frame
        keywords = tuple(kind.zh for kind in column.kinds)
        description = summary_of(column) or f"{frame.config.organ.name}{column.title}"
        tags = column_meta(column.title, description, keywords, column_type(column))
        own = frame.own_pages.get(column.id) if is_first else None
        if own is None or own.document.is_withdrawn:
            return tags
        return (*tags, *article_meta(frame.site, own))
