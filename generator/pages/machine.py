"""What programs read (机读文件), but for twins: catalogue, Atom feeds, sitemap, task tables; calls on the others."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from generator import address
from generator.config import Column
from generator.model import Entry, Page, Site
from generator.pages import due_dates, ledger, open_data, search, workbook
from generator.pages.document import task_links
from generator.pages.frame import SITE_TITLE, Frame, day, issuers_of
from generator.pages.rows import shown
from generator.pages.tables import TASK_COLUMNS, task_records
from generator.schema import Moment

MOST_ENTRIES = 50
MOST_PLACES = 50_000
# The moment of a feed that has no entries yet: the clock is never asked.
_NEVER = "1970-01-01T00:00:00Z"
_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\ufeff"

Record = dict[str, object]


def pages(frame: Frame) -> Iterator[Page]:
    """Every file that programs read, but for the twins of documents."""
    site = frame.site
    yield from _described(site)
    yield from search.pages(frame)
    yield from _sitemaps(frame)
    sitemap = address.absolute(site.config.base_url, "sitemap.xml")
    yield _page("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
    yield from _feeds(frame)
    for entry in site.listed:
        if ledger.has_tasks(entry):
            yield from _task_files(frame, entry)


def _described(site: Site) -> Iterator[Page]:
    """The catalogue, and what tells of it; then it is let go of, since it grows with the site."""
    catalog = _catalog(catalog_record(site, entry) for entry in site.listed)
    yield from catalog
    yield from open_data.pages(site, catalog)


def _page(url: str, text: str) -> Page:
    return Page(url, text.encode("utf-8", "replace"))


def catalog_record(site: Site, entry: Entry) -> Record:
    """The row of a document in the catalogue (contract, section 6): lists are lists, absent values null."""
    document, meta = entry.document, entry.document.meta

    def urls(paths: Iterable[str]) -> list[str]:
        return [other.url for other in shown(site, paths)]

    return {
        "index_number": meta.index_number,
        "title": document.title,
        "document_number": meta.document_number,
        "kind": document.kind.value,
        "column": document.column or None,
        "also_in": list(document.also_in),
        "issuer": list(issuers_of(site, entry)),
        "signed": day(meta.signed) or None,
        "published": meta.published.iso if meta.published else None,
        "effective": day(meta.effective) or None,
        "expires": day(meta.expires) or None,
        "status": entry.status.value,
        "subject": meta.subject,
        "statutory_item": meta.statutory_item,
        "topics": list(meta.topics),
        "summary": meta.summary,
        "url": entry.url,
        "source": entry.path,
        "attachments": [file.url for file in entry.attachments if file.verdict.is_good],
        "interprets": urls(entry.interprets),
        "interpreted_by": urls(entry.interpreted_by),
        "supersedes": urls(entry.supersedes),
        "superseded_by": urls(entry.superseded_by),
    }


def _catalog(records: Iterable[Record]) -> tuple[Page, Page]:
    """The catalogue as JSON and as CSV, row by row: all rows at once take ten times their bytes."""
    listed = io.BytesIO()
    listed.write(b"[")
    table = io.TextIOWrapper(io.BytesIO(), "utf-8", "replace", newline="")
    table.write(_BOM)
    writer = csv.writer(table)
    writer.writerow(open_data.KEYS)
    comma = ""
    for record in records:
        row = ",\n    ".join([f'"{key}": {_as_json(value)}' for key, value in record.items()])
        listed.write(f"{comma}\n  {{\n    {row}\n  }}".encode("utf-8", "replace"))
        writer.writerow([_inert(cell) for cell in _flat(record)])
        comma = ","
    listed.write(b"\n]\n" if comma else b"]\n")
    table.flush()
    return (
        Page("catalog.json", listed.getvalue()),
        Page("catalog.csv", table.detach().getvalue()),
    )


_encoded = json.JSONEncoder(ensure_ascii=False).encode


def _as_json(value: object) -> str:
    """A value in a row of the catalogue as `json.dumps` indents it, which takes three times as long."""
    if value is None:
        return "null"
    if not isinstance(value, list):
        return _encoded(value)
    items = ",\n      ".join(map(_encoded, value))
    return f"[\n      {items}\n    ]" if items else "[]"


def _flat(record: Mapping[str, object]) -> list[str]:
    return [
        " | ".join(str(part) for part in value)
        if isinstance(value, list)
        else ""
        if value is None
        else str(value)
        for value in record.values()
    ]


def _csv(rows: Iterable[Sequence[str]], head: Sequence[str]) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return file.getvalue()


def _inert(cell: str) -> str:
    """A cell that spreadsheets read as text, never as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _task_files(frame: Frame, entry: Entry) -> Iterator[Page]:
    """The tasks of work points as CSV, every column of them, as a workbook, and as a calendar."""
    links = task_links(frame.site, entry, frame.way(entry.url))
    records = task_records(entry.document.meta.tasks, links)
    rows = [[str(number), *record.values()] for number, record in enumerate(records, 1)]
    yield _page(address.tasks_url(entry.url), _BOM + _csv(rows, ("序号", *TASK_COLUMNS.values())))
    content = workbook.workbook(frame.site, entry, records)
    yield Page(address.workbook_url(entry.url), content)
    tasks = ledger.items(frame.site, entry)
    if any(task.last_day for task in tasks):
        content = due_dates.calendar(frame.config, entry, tasks)
        yield Page(address.calendar_url(entry.url), content)


def _element(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    if text:
        child.text = text
    return child


def _xml(root: ET.Element) -> str:
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _sitemaps(frame: Frame) -> Iterator[Page]:
    """Every page a reader may want to find, with the date of the newest document on it.

    The protocol allows so many addresses to a file: a larger site has several, and a list of them.
    """
    site, config = frame.site, frame.config
    dates: dict[str, str] = {}
    newest = _newest(site.listed)
    always = (address.HOME, address.CATALOG, address.SITE_MAP, address.APPLY, address.TOPICS)
    for url in always:
        dates[url] = newest
    for column in config.all_columns:
        dates[address.column_url(column.id)] = _newest(site.in_column(column))
    for topic, entries in site.by_topic.items():
        dates[address.topic_url(topic)] = _newest(entries)
    for entry in site.listed:
        dates.setdefault(entry.url, _newest((entry,)))
        if ledger.has_tasks(entry):
            dates[address.ledger_url(entry.url)] = _newest((entry,))
    asked = [entry for entry in site.listed if entry.document.meta.questions]
    if asked:
        dates[address.HOT_QUESTIONS] = _newest(asked)
    places = sorted(dates.items())
    if len(places) <= MOST_PLACES:
        yield _page("sitemap.xml", _places(frame, "urlset", "url", places))
        return
    parts: list[tuple[str, str]] = []
    for start in range(0, len(places), MOST_PLACES):
        part = places[start : start + MOST_PLACES]
        url = f"sitemap-{len(parts) + 1}.xml"
        parts.append((url, max(date for _, date in part)))
        yield _page(url, _places(frame, "urlset", "url", part))
    yield _page("sitemap.xml", _places(frame, "sitemapindex", "sitemap", parts))


def _places(frame: Frame, root_name: str, name: str, places: Iterable[tuple[str, str]]) -> str:
    root = ET.Element(root_name, xmlns=_SITEMAP)
    for url, date in places:
        place = _element(root, name)
        _element(place, "loc", address.absolute(frame.config.base_url, url))
        if date:
            _element(place, "lastmod", date)
    return _xml(root)


def _newest(entries: Sequence[Entry]) -> str:
    published = entries[0].document.meta.published if entries else None
    return day(published.day) if published else ""


def _feeds(frame: Frame) -> Iterator[Page]:
    site = frame.site
    name = f"{frame.config.organ.name}{SITE_TITLE}"
    yield _feed(frame, "", name, address.HOME, site.listed)
    for column in frame.config.all_columns:
        url = address.column_url(column.id)
        yield _feed(frame, column.id, f"{name} {column.title}", url, site.in_column(column))
    for id_, topic in frame.config.topics.items():
        url = address.topic_url(id_)
        yield _feed(frame, f"topics/{id_}", f"{name} {topic.title}", url, site.by_topic[id_])


def _feed(frame: Frame, folder: str, title: str, page: str, entries: Sequence[Entry]) -> Page:
    """An Atom feed (RFC 4287) of the newest documents; its moments are those of publication."""
    base, url = frame.config.base_url, address.feed_url(folder)
    titles = frame.config.column_by_id
    newest = entries[0].document.meta.published if entries else None
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _element(root, "title", title)
    _element(root, "id", address.absolute(base, url))
    _element(root, "updated", _moment(newest))
    _element(
        root, "link", rel="self", type="application/atom+xml", href=address.absolute(base, url)
    )
    _element(root, "link", rel="alternate", type="text/html", href=address.absolute(base, page))
    _element(_element(root, "author"), "name", frame.config.organ.name)
    for entry in entries[:MOST_ENTRIES]:
        _feed_entry(root, entry, base, titles)
    return _page(url, _xml(root))


def _feed_entry(root: ET.Element, entry: Entry, base: str, columns: Mapping[str, Column]) -> None:
    document, meta = entry.document, entry.document.meta
    link = address.absolute(base, entry.url)
    element = _element(root, "entry")
    _element(element, "title", document.title)
    _element(element, "id", link)
    _element(element, "link", rel="alternate", type="text/html", href=link)
    _element(element, "published", _moment(meta.published))
    _element(element, "updated", _moment(meta.published))
    if document.column in columns:
        column = columns[document.column]
        _element(element, "category", term=column.id, label=column.title)
    if meta.summary:
        _element(element, "summary", meta.summary)


def _moment(published: Moment | None) -> str:
    if published is None:
        return _NEVER
    return f"{published.day.isoformat()}T{published.clock or '00:00'}:00+08:00"
