"""Search (检索): the site's own index, what the full-text index is made of, and the choices of the form.

The own index knows titles, numbers, summaries and headings. It is all there is where Pagefind is not
installed, and what answers first where it is: a number finds its document whatever brackets are typed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import chain

from generator import address
from generator.domain import document_number, index_number
from generator.domain.kinds import KIND_NAMES, Status
from generator.domain.search_text import BLOCK, bucket, filter_word, folded, spaced
from generator.model import Entry, Page, Site
from generator.pages.body import filled
from generator.pages.frame import Frame, day, issuers_of
from generator.pages.plain import lines
from generator.pages.rows import validity
from generator.pages.tables import Table, feedback_table, report_tables

MANIFEST = "search.json"
PAGEFIND = "search/pagefind"
LONGEST_TEXT = 400  # characters of a summary, and of all headings together
MOST_CHOICES = 60
_NO_LANGUAGE = "zxx"  # nothing to segment and nothing to stem: each character is a word

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to choose from on the search page: its name in the address, its words, its options."""

    name: str
    title: str
    options: tuple[tuple[str, str], ...]


def choices(frame: Frame) -> tuple[Choice, ...]:
    """The filters of the search page, those that divide nothing left out."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in _NAMES}
    for entry in frame.site.listed:
        for name, values in _values(frame, entry).items():
            counted[name].update(values)
    columns = [(column.id, column.title) for column in frame.config.all_columns]
    topics = [(id_, topic.title) for id_, topic in frame.config.topics.items()]
    ordered = {
        "column": [pair for pair in columns if pair[0] in counted["column"]],
        "year": [(year, f"{year}年") for year in sorted(counted["year"], reverse=True)],
        "kind": [(name, name) for name in KIND_NAMES.values() if name in counted["kind"]],
        "status": [
            (status.value, status.value) for status in Status if status in counted["status"]
        ],
        "issuer": [(name, name) for name in _most_frequent(counted["issuer"])],
        "topic": [pair for pair in topics if pair[0] in counted["topic"]],
    }
    made = (Choice(name, _NAMES[name], tuple(options)) for name, options in ordered.items())
    return tuple(choice for choice in made if len(choice.options) > 1)


_NAMES = {
    "column": "栏目",
    "year": "年份",
    "kind": "文种",
    "status": "有效性",
    "issuer": "发文机关",
    "topic": "专题",
}


def _most_frequent(counted: Counter[str]) -> list[str]:
    return sorted(counted, key=lambda value: (-counted[value], value))[:MOST_CHOICES]


def _values(frame: Frame, entry: Entry) -> dict[str, list[str]]:
    """What a document counts as in each filter."""
    meta = entry.document.meta
    status = validity(entry)
    above = (step for column in entry.document.columns for step in _with_above(column))
    return {
        "column": list(dict.fromkeys(above)),
        "year": [str(meta.published.day.year)] if meta.published else [],
        "kind": [entry.document.kind.zh],
        "status": [status.word] if status else [],
        "issuer": list(issuers_of(frame.site, entry)),
        "topic": [topic for topic in meta.topics if topic in frame.config.topics],
    }


@cache
def _with_above(column: str) -> tuple[str, ...]:
    steps = column.split("/")
    return tuple("/".join(steps[:length]) for length in range(1, len(steps) + 1))


def manifest(site: Site, full_text: bool) -> Page:
    """What there is to search in: the files of the own index, and whether Pagefind's is there."""
    listed = len(site.listed)
    said = {
        "documents": listed,
        "size": address.SEARCH_PART,
        "full_text": f"{PAGEFIND}/pagefind.js" if full_text else None,
        "parts": address.search_parts(listed),
        "keys": address.search_keys(listed),
    }
    return _page(MANIFEST, json.dumps(said, ensure_ascii=False, indent=1) + "\n")


def pages(frame: Frame) -> Iterator[Page]:
    """The own index: every document once, newest first, so many to a file.

    A site of more than one such file has another set in which a key leads to its documents, so that a
    number is found without reading them all.
    """
    listed = frame.site.listed
    yield manifest(frame.site, full_text=False)
    keys = address.search_keys(len(listed))
    # Documents are written down once each, as text: a fifth of what they take as dictionaries.
    files: list[dict[str, list[str]]] = [{} for _ in keys]
    for number, url in enumerate(address.search_parts(len(listed))):
        rows = []
        for entry in listed[number * address.SEARCH_PART : (number + 1) * address.SEARCH_PART]:
            said, counted = _shown(frame, entry), _values(frame, entry)
            rows.append(_as_json(_row(entry, said, counted)))
            if keys:
                record = _in_order({**said, "in": counted})
                for key in _keys(entry):
                    files[bucket(key, len(keys))].setdefault(key, []).append(record)
        yield _page(url, "[\n" + ",\n".join(rows) + "\n]\n")
    for url, found in zip(keys, files, strict=True):
        lists = (f"{_in_order(key)}:[{','.join(found[key])}]" for key in sorted(found))
        yield _page(url, f"{{{','.join(lists)}}}\n")


_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_in_order = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def _keys(entry: Entry) -> list[str]:
    """What finds exactly this document: its number, with and without the agency, its index number, its title."""
    meta = entry.document.meta
    number = _number(entry)
    keys = [
        folded(number),
        folded(number[number.find("〔") :]) if "〔" in number else "",
        folded(meta.index_number or ""),
        folded(entry.document.title),
    ]
    return [key for key in dict.fromkeys(keys) if key]


def _number(entry: Entry) -> str:
    number = entry.document.meta.document_number
    return document_number.key(number) if number else ""


def _shown(frame: Frame, entry: Entry) -> Record:
    """What a result says of its document; absent values are left out."""
    document, meta = entry.document, entry.document.meta
    column = frame.config.column_by_id.get(document.column)
    status = validity(entry)
    record: Record = {
        "url": address.href(address.SEARCH, entry.url),
        "title": document.title,
        "number": _number(entry),
        "index_number": index_number.key(meta.index_number) if meta.index_number else "",
        "column": column.title if column else "",
        "published": day(meta.published.day) if meta.published else "",
        "status": status.word if status else "",
    }
    return {key: value for key, value in record.items() if value}


def _row(entry: Entry, said: Record, counted: dict[str, list[str]]) -> Record:
    """A document in the own index: what is shown of it, what it counts as, what is looked through."""
    meta = entry.document.meta
    headings = [heading.text for heading in entry.body.outline]
    headings += [question.question for question in meta.questions]
    record: Record = {
        **said,
        "in": {name: values for name, values in counted.items() if values},
        "summary": (meta.summary or "")[:LONGEST_TEXT],
        "keywords": " ".join(meta.keywords)[:LONGEST_TEXT],
        "headings": "\n".join(headings)[:LONGEST_TEXT],
    }
    return {key: value for key, value in record.items() if value}


def _page(url: str, text: str) -> Page:
    return Page(url, text.encode("utf-8", "replace"))


def full_texts(frame: Frame) -> Iterator[str]:
    """For each listed document, newest first, the HTML of which Pagefind makes its index.

    The script knows a text by its number, and finds what to show of it in the own index.
    """
    for entry in frame.site.listed:
        yield _full_text(frame, entry)


def _full_text(frame: Frame, entry: Entry) -> str:
    meta = entry.document.meta
    published = day(meta.published.day) if meta.published else "0000-00-00"
    words = [filter_word(name, v) for name, values in _values(frame, entry).items() for v in values]
    text = spaced(*_texts(frame, entry), "") or BLOCK
    return (
        f'<!doctype html><html lang="{_NO_LANGUAGE}"><meta charset="utf-8"><body data-pagefind-body>'
        f'<h1 data-pagefind-weight="8">{escape(spaced(entry.document.title, ""))}</h1>'
        f'<p data-pagefind-sort="date:{published}">{escape(" ".join((text, *words)))}</p></body></html>\n'
    )


def _texts(frame: Frame, entry: Entry) -> Iterator[str]:
    """All that the page of a document says, block by block."""
    meta = entry.document.meta
    if meta.summary:
        yield meta.summary
    for line in lines(filled(frame.site, entry, entry.url)):
        yield from line.split("\t")
    for task in meta.tasks:
        yield from (task.task, task.detail or "", *task.lead, *task.support)
    for question in meta.questions:
        yield from (question.question, *(question.answer or "").splitlines())
    tables: list[Table] = list(report_tables(meta.report).values()) if meta.report else []
    if meta.consultation and meta.consultation.feedback:
        tables.append(feedback_table(meta.consultation.feedback))
    for table in tables:
        for row in chain(table.head, *table.groups):
            yield from (cell.text for cell in row)
    for file in entry.attachments:
        if file.verdict.is_good:
            yield file.title
    if meta.contact:
        yield meta.contact
    yield from meta.keywords
    yield from filter(
        None, dict.fromkeys((_number(entry), meta.document_number, meta.index_number))
    )
