"""The landing page and the pages of columns (栏目): lists, paged and narrowed by every facet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import address, facets
from generator.config import Column
from generator.domain.kinds import Kind
from generator.facets import Facet
from generator.model import Entry, Site
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
from generator.pages.metadata import downloads
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
    pattern: str


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
    return Card(
        column.title,
        way(address.column_url(column.id)),
        summary_of(column),
        len(entries),
        _updated(entries),
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
            "rows": rows(frame, site.listed[:NEWEST], way),
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
        # What all later pages have in common, `*` for the number: a script looks them up.
        way(urls[1].removesuffix("2.html")) + "*.html",
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The documents under one value of a facet, newest first, and what a reader calls them."""

    word: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """The choices of one facet; `more` leads to all of them where they are many."""

    id: str
    name: str
    links: tuple[TextLink, ...]
    more: str
    chosen: bool = False


def groups(site: Site, column: Column) -> dict[Facet, dict[str, Group]]:
    """By facet and value what a column holds; facets that narrow nothing are left out.

    Years stand newest first, validities in their fixed order, all others by how much they hold.
    """
    held = site.in_column(column)
    asked = [e for e in held if e.document.kind in address.KINDS_WITH_STATUS]
    found: dict[Facet, dict[str, Group]] = {}
    for facet in Facet:
        if facet is Facet.STATUS:
            # All five pages or none: the address of a validity does not come and go.
            if asked:
                found[facet] = {
                    slug: Group(status.value, tuple(e for e in asked if e.status is status))
                    for status, slug in address.STATUS_PAGES.items()
                }
            continue
        members: dict[str, list[Entry]] = {}
        for entry in held:
            for slug in facets.slugs(facet, entry.document, site.config):
                members.setdefault(slug, []).append(entry)
        if not members or not facets.narrows(facet, members, len(held)):
            continue
        by_size = sorted(members.items(), key=lambda one: (-len(one[1]), one[0]))
        found[facet] = {
            slug: Group(facets.word(facet, slug, some[0].document, site.config), tuple(some))
            for slug, some in (members.items() if facet is Facet.YEAR else by_size)
        }
    return found


def _updated(entries: Sequence[Entry]) -> str:
    """When the newest document of a list was published (最近更新)."""
    published = entries[0].document.meta.published if entries else None
    return day(published.day) if published else ""


class _Column:
    """The pages of one column; what they share is found out once."""

    def __init__(self, frame: Frame, column: Column) -> None:
        self.frame = frame
        self.column = column
        self.entries = documents_of(frame, column)
        self.groups = groups(frame.site, column)

    def views(self) -> Iterator[View]:
        """All pages of the list, then all pages of every view that narrows it."""
        id_, size = self.column.id, self.frame.config.page_size
        whole = [
            address.column_url(id_, page)
            for page in range(1, facets.pages(len(self.entries), size) + 1)
        ]
        yield from self._paged(whole, self.entries, "")
        for facet, found in self.groups.items():
            if len(found) > facets.MOST_CHOICES:
                yield self._all_choices(facet)
            for slug, group in found.items():
                pages = facets.pages(len(group.entries), size)
                urls = address.view_urls(id_, facet, slug, pages)
                yield from self._paged(urls, group.entries, group.word)

    def _paged(self, urls: list[str], entries: Sequence[Entry], word: str) -> Iterator[View]:
        size = self.frame.config.page_size
        for number, url in enumerate(urls, 1):
            part = entries[(number - 1) * size : number * size]
            words = " ".join(w for w in (word, f"第{number}页" if number > 1 else "") if w)
            shown = pager(urls, number, self.frame.way(url))
            yield self._view(url, part, words, shown, len(entries), is_first=number == 1)

    def _asks(self) -> bool:
        """Whether it is the column of questions, and anybody asks anything."""
        return Kind.FAQ in self.column.kinds and any(
            entry.document.meta.questions for entry in self.entries
        )

    def _view(
        self,
        url: str,
        part: Sequence[Entry],
        words: str,
        pages: Pager | None,
        total: int,
        *,
        is_first: bool,
    ) -> View:
        frame, column, way = self.frame, self.column, self.frame.way(url)
        is_home = url == address.column_url(column.id)
        own = own_page(frame, column.id) if is_home else {"article": None, "notice": None}
        # The later pages of a list need no choices of their own: its first page has them.
        narrowed = tuple(self._filter(facet, url, way) for facet in self.groups) if is_first else ()
        return self._framed(
            url,
            words,
            is_home=is_home,
            values={
                "books": downloads(frame.site, column.id, way) if is_home else (),
                "cards": tuple(card(frame, child, way) for child in column.children)
                if is_home
                else (),
                "filters": tuple(one for one in narrowed if one.links),
                "directory": None,
                "rows": rows(frame, part, way),
                "total": total,
                "updated": _updated(self.entries) if is_home else "",
                "hot_questions": way(address.HOT_QUESTIONS) if is_home and self._asks() else "",
                "pager": pages,
                **own,
            },
        )

    def _all_choices(self, facet: Facet) -> View:
        """The list of all views of a facet that has too many to stand above every list."""
        url = address.facet_url(self.column.id, facet)
        way = self.frame.way(url)
        values = {
            "books": (),
            "cards": (),
            "filters": (),
            "directory": self._filter(facet, url, way, limit=None),
            "rows": (),
            "total": 0,
            "updated": "",
            "pager": None,
            "article": None,
            "notice": None,
        }
        return self._framed(url, f"按{facet.zh}查看", is_home=False, values=values)

    def _framed(self, url: str, words: str, *, is_home: bool, values: Mapping[str, object]) -> View:
        frame, column = self.frame, self.column
        steps = (*frame.column_steps(column.id), *(((words, url),) if words else ()))
        fixed = {
            "column_title": column.title,
            "part_title": words,
            "summary": summary_of(column),
            "whole": frame.way(url)(address.column_url(column.id)),
        }
        return frame.view(
            url,
            "column.html",
            {**fixed, **values},
            title=" ".join(part for part in (column.title, words) if part),
            column=column.id,
            crumbs=frame.crumbs(url, *steps),
            meta=self._meta(is_home),
            feed=(column.title, column.id),
        )

    def _filter(
        self, facet: Facet, page: str, way: Way, limit: int | None = facets.MOST_CHOICES
    ) -> Filter:
        """The links of one facet, the whole list first; no links where there is nothing to choose."""
        found = self.groups[facet]
        here = page.removeprefix(f"{self.column.id}/{facet}/").removesuffix(".html")
        if len(found) < 2 and here not in found and facet in facets.ALWAYS:
            return Filter(facet.value, facet.zh, (), "")
        # An address without a document stays, but nothing leads there.
        slugs = [slug for slug, group in found.items() if group.entries][:limit]
        if here in found and here not in slugs:
            slugs.append(here)
        links = tuple(
            TextLink(
                found[slug].word,
                way(address.view_url(self.column.id, facet, slug)),
                current=slug == here,
                note=str(len(found[slug].entries)),
            )
            for slug in slugs
        )
        whole = address.column_url(self.column.id)
        many = limit is not None and len(found) > limit
        more = way(address.facet_url(self.column.id, facet)) if many else ""
        everything = TextLink("全部", way(whole), current=page == whole)
        return Filter(facet.value, facet.zh, (everything, *links), more, here in found)

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
