"""Pages that every site has once: 主动公开目录, site map, search, 依申请公开, and the page of missing addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import address
from generator.config import Column
from generator.model import Entry, Site
from generator.pages import catalog, search
from generator.pages.frame import (
    CATALOG_TYPE,
    Frame,
    TextLink,
    View,
    Way,
    column_meta,
)
from generator.pages.metadata import FileLink, files

FORM = "申请表"
APPLICATION = "依申请公开"


def views(frame: Frame) -> Iterator[View]:
    """Each of them once."""
    yield from catalog.views(frame)
    yield _site_map(frame)
    yield _search(frame)
    yield _apply(frame)
    yield frame.view(
        address.NOT_FOUND,
        "404.html",
        {},
        title="没有找到页面",
        robots="noindex",
    )


@dataclass(frozen=True, slots=True)
class MapColumn:
    """A column on the site map: where it is, how much it holds, its feed, its years, what is below."""

    title: str
    href: str
    feed: str
    documents: int
    years: tuple[TextLink, ...]
    children: tuple[MapColumn, ...]


def _site_map(frame: Frame) -> View:
    url = address.SITE_MAP
    way = frame.way(url)
    return frame.view(
        url,
        "sitemap.html",
        {
            "columns": tuple(_map_column(frame, column, way) for column in frame.config.columns),
            "topics": tuple(
                TextLink(topic.title, way(address.topic_url(id_)))
                for id_, topic in frame.config.topics.items()
            ),
        },
        title="网站地图",
        crumbs=frame.crumbs(url, ("网站地图", url)),
        meta=column_meta("网站地图", "本专栏的全部栏目和页面", (), CATALOG_TYPE),
    )


def _map_column(frame: Frame, column: Column, way: Way) -> MapColumn:
    entries = frame.site.in_column(column)
    years = dict.fromkeys(
        entry.document.meta.published.day.year for entry in entries if entry.document.meta.published
    )
    return MapColumn(
        title=column.title,
        href=way(address.column_url(column.id)),
        feed=way(address.feed_url(column.id)),
        documents=len(entries),
        years=tuple(
            TextLink(f"{year}年", way(address.year_url(column.id, year))) for year in years
        ),
        children=tuple(_map_column(frame, child, way) for child in column.children),
    )


def _search(frame: Frame) -> View:
    url = address.SEARCH
    return frame.view(
        url,
        "search.html",
        {
            "index_file": frame.way(url)(search.MANIFEST),
            "search_style": frame.way(url)(address.SEARCH_STYLE),
            "choices": search.choices(frame),
        },
        title="检索",
        crumbs=frame.crumbs(url, ("检索", url)),
        meta=column_meta("检索", "按标题、文号、索引号和内容概述检索政府信息", (), CATALOG_TYPE),
    )


def guide_of(site: Site) -> Entry | None:
    """The guide (指南): the page of its column, else the newest document there."""
    own = site.own_page("guide")
    if own and not own.document.is_withdrawn:
        return own
    return next(iter(site.by_column["guide"]), None)


def _apply(frame: Frame) -> View:
    url = address.APPLY
    way = frame.way(url)
    guide = guide_of(frame.site)
    return frame.view(
        url,
        "apply.html",
        {
            "guide": TextLink(guide.document.title, _section(guide, url)) if guide else None,
            "forms": _forms(guide, way) if guide else (),
        },
        title=APPLICATION,
        crumbs=frame.crumbs(url, (APPLICATION, url)),
        meta=column_meta(
            APPLICATION, "政府信息公开申请的渠道、地点、时间、电话和答复期限", (), APPLICATION
        ),
    )


def _section(guide: Entry, page: str) -> str:
    """The address of the guide's part on applications; of the guide where it has no such heading."""
    anchor = next((part.id for part in guide.body.outline if APPLICATION in part.text), "")
    return address.href(page, guide.url, anchor)


def _forms(guide: Entry, way: Way) -> tuple[FileLink, ...]:
    return tuple(file for file in files(guide.attachments, way) if FORM in file.title)
