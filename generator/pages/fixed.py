"""Pages that every site has once: 主动公开目录, site map, search, 依申请公开, and the page of missing addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator import address
from generator.domain.numerals import to_chinese
from generator.domain.statutory import STATUTORY_ITEMS
from generator.model import Column, Entry, Site
from generator.pages.frame import (
    CATALOG_TYPE,
    Frame,
    TextLink,
    View,
    Way,
    column_meta,
    day,
)
from generator.pages.metadata import FileLink, files

FORM = "申请表"
APPLICATION = "依申请公开"


def views(frame: Frame) -> Iterator[View]:
    """Each of them once."""
    yield _catalog(frame)
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
class CatalogRow:
    """A row of the catalogue (条例第十二条): index, name, summary, date of making."""

    index_number: str
    title: str
    href: str
    summary: str
    made: str
    column: str


@dataclass(frozen=True, slots=True)
class CatalogGroup:
    """The rows of one item of article 20, or of one column."""

    id: str
    title: str
    rows: tuple[CatalogRow, ...]


def _catalog(frame: Frame) -> View:
    url = address.CATALOG
    way = frame.way(url)
    return frame.view(
        url,
        "catalog.html",
        {
            "groups": _groups(frame, way),
            "total": len(frame.site.listed),
            "json_file": way("catalog.json"),
            "csv_file": way("catalog.csv"),
        },
        title="主动公开目录",
        crumbs=frame.crumbs(url, ("主动公开目录", url)),
        meta=column_meta(
            "主动公开目录", "主动公开政府信息的索引、名称、内容概述和生成日期", (), CATALOG_TYPE
        ),
    )


def _groups(frame: Frame, way: Way) -> tuple[CatalogGroup, ...]:
    """By the items of article 20, in the order of the law; documents without one by their column."""
    items: dict[int, list[Entry]] = {item: [] for item in STATUTORY_ITEMS}
    columns: dict[str, list[Entry]] = {column.id: [] for column in frame.config.all_columns}
    columns[""] = []
    for entry in frame.site.listed:
        item = entry.document.meta.statutory_item
        group = items[item] if item else columns[entry.document.column]
        group.append(entry)
    titles = {id_: column.title for id_, column in frame.config.column_by_id.items()}
    return (
        *(
            CatalogGroup(
                f"item-{item}",
                f"（{to_chinese(item)}）{STATUTORY_ITEMS[item]}",
                _rows(titles, found, way),
            )
            for item, found in items.items()
        ),
        *(
            CatalogGroup(
                f"column-{id_.replace('/', '-')}",
                titles.get(id_, "其他"),
                _rows(titles, found, way),
            )
            for id_, found in columns.items()
            if found
        ),
    )


def _rows(titles: dict[str, str], entries: Iterable[Entry], way: Way) -> tuple[CatalogRow, ...]:
    return tuple(
        CatalogRow(
            entry.document.meta.index_number or "",
            entry.document.title,
            way(entry.url),
            entry.document.meta.summary or "",
            _made(entry),
            titles.get(entry.document.column, ""),
        )
        for entry in entries
    )


def _made(entry: Entry) -> str:
    """The date of making (生成日期): when it was signed, else when it was published."""
    published = entry.document.meta.published
    return day(entry.document.meta.signed or (published.day if published else None))


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
            "index_file": frame.way(url)("search.json"),
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
