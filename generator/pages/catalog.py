"""The catalogue (主动公开目录): its contents in the order of article 20, and its parts, paged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from generator import address, coverage, facets
from generator.domain.numerals import to_chinese
from generator.domain.statutory import STATUTORY_ITEMS
from generator.model import Entry
from generator.pages import open_data
from generator.pages.columns import Pager, pager
from generator.pages.frame import CATALOG_TYPE, Frame, TextLink, View, Way, column_meta, day

TITLE = "主动公开目录"
NEWEST = 10


class CatalogRow(NamedTuple):
    """A row of the catalogue (条例第十二条): index, name, summary, date of making."""

    index_number: str
    title: str
    href: str
    summary: str
    made: str
    column: str


@dataclass(frozen=True, slots=True)
class CatalogPart:
    """An item of article 20, or a column, with how much stands under it and where (empty: nowhere).

    Of an item `places` is where else it is published, and `reason` why there is none of it here.
    """

    id: str
    title: str
    href: str
    documents: int
    places: tuple[TextLink, ...] = ()
    reason: str = ""


def views(frame: Frame) -> Iterator[View]:
    """The contents, then every page of every part."""
    parts = _parts(frame)
    yield _contents(frame, parts)
    for id_, (title, entries) in parts.items():
        size = frame.config.page_size
        urls = address.catalog_urls(id_, facets.pages(len(entries), size)) if entries else []
        for number, url in enumerate(urls, 1):
            part = entries[(number - 1) * size : number * size]
            shown = pager(urls, number, frame.way(url))
            yield _part(frame, url, title, part, shown, len(entries))


def _parts(frame: Frame) -> dict[str, tuple[str, list[Entry]]]:
    """The items of article 20 in the order of the law; documents without one by their column."""
    found: dict[str, tuple[str, list[Entry]]] = {
        f"item-{item}": (f"（{to_chinese(item)}）{name}", [])
        for item, name in STATUTORY_ITEMS.items()
    }
    found |= {
        f"column-{column.id.replace('/', '-')}": (column.title, [])
        for column in frame.config.all_columns
    }
    found["other"] = ("其他", [])
    for entry in frame.site.listed:
        found[facets.catalog_group(entry.document)][1].append(entry)
    return {
        id_: (title, entries)
        for id_, (title, entries) in found.items()
        if entries or id_.startswith("item-")
    }


def _contents(frame: Frame, parts: dict[str, tuple[str, list[Entry]]]) -> View:
    url = address.CATALOG
    way = frame.way(url)
    items = {f"item-{item.number}": item for item in coverage.items(frame.site)}
    return frame.view(
        url,
        "catalog.html",
        {
            "parts": tuple(
                CatalogPart(
                    id_,
                    title,
                    way(address.catalog_urls(id_, 1)[0]) if entries else "",
                    len(entries),
                    _places(items[id_], way) if id_ in items else (),
                    items[id_].reason if id_ in items else "",
                )
                for id_, (title, entries) in parts.items()
            ),
            "rows": _rows(frame, frame.site.listed[:NEWEST], way),
            "part_title": "",
            "pager": None,
            "total": len(frame.site.listed),
            "json_file": way("catalog.json"),
            "csv_file": way("catalog.csv"),
            "package_file": way(open_data.PACKAGE),
        },
        title=TITLE,
        crumbs=frame.crumbs(url, (TITLE, url)),
        meta=column_meta(
            TITLE, "主动公开政府信息的索引、名称、内容概述和生成日期", (), CATALOG_TYPE
        ),
    )


def _places(item: coverage.Item, way: Way) -> tuple[TextLink, ...]:
    """Where `site.yaml` says that an item is published: columns, documents, other platforms."""
    named = [entry for entry in item.documents if entry.document.meta.statutory_item != item.number]
    return (
        *(TextLink(column.title, way(address.column_url(column.id))) for column in item.columns),
        *(TextLink(entry.document.title, way(entry.url)) for entry in named),
        *(TextLink(urlsplit(place).netloc, place) for place in item.addresses),
    )


def _part(
    frame: Frame, url: str, title: str, entries: Sequence[Entry], pages: Pager | None, total: int
) -> View:
    words = f"{TITLE} {title}"
    return frame.view(
        url,
        "catalog.html",
        {
            "parts": (),
            "rows": _rows(frame, entries, frame.way(url)),
            "part_title": title,
            "pager": pages,
            "total": total,
            "json_file": "",
            "csv_file": "",
            "package_file": "",
        },
        title=f"{words} 第{pages.number}页" if pages and pages.number > 1 else words,
        crumbs=frame.crumbs(url, (TITLE, address.CATALOG), (title, url)),
        meta=column_meta(words, f"主动公开目录：{title}", (), CATALOG_TYPE),
    )


def _rows(frame: Frame, entries: Sequence[Entry], way: Way) -> tuple[CatalogRow, ...]:
    columns = frame.config.column_by_id
    return tuple(
        CatalogRow(
            entry.document.meta.index_number or "",
            entry.document.title,
            way(entry.url),
            entry.document.meta.summary or "",
            _made(entry),
            columns[entry.document.column].title if entry.document.column in columns else "",
        )
        for entry in entries
    )


def _made(entry: Entry) -> str:
    """The date of making (生成日期): when it was signed, else when it was published."""
    published = entry.document.meta.published
    return day(entry.document.meta.signed or (published.day if published else None))
