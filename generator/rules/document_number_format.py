"""A document number is not written as GB/T 9704-2012 wants it (发文字号不规范)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain import document_number
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Document, Site
from generator.regex import regex
from generator.rules import judged

RULE = Rule(
    "document-number-format",
    Severity.WARNING,
    Text("发文字号“{text}”写得不规范", "the document number “{text}” is not in the standard form"),
    Text("改为“{suggestion}”", "write “{suggestion}”"),
)
_FORM = Text(
    "写成“机关代字〔四位年份〕序号号”，例如 海府办发〔2024〕16号",
    "write agency code, year in 〔〕 and serial, such as 海府办发〔2024〕16号",
)
# Orders and announcements are counted in another way: 海川市人民政府令第12号, 公告2024年第3号.
_ORDER = regex(
    r"[一-龥]{0,30}(?:令第?|第)[0-9零〇一二三四五六七八九十百]+号令?|[一-龥]{0,30}[0-9]{4}年第[0-9]+号"
)


def find(site: Site) -> Iterator[Finding]:
    """Numbers in the front matter, and in titles."""
    for entry in judged.documents(site):
        document = entry.document
        number = document.meta.document_number
        if number and not _is_right(number):
            parsed = document_number.parse(number)
            yield RULE.at(
                document.source.place("document_number"),
                hint=None if parsed else _FORM,
                text=number,
                suggestion=str(parsed) if parsed else None,
            )
        yield from _in_title(document)


def _in_title(document: Document) -> Iterator[Finding]:
    for start, end, number in document_number.occurrences(document.title):
        # Words before the agency code cannot be told from it; what is wrong comes behind both.
        written = document.title[start + len(number.agency) : end]
        right = f"〔{number.year}〕{number.serial}号"
        if written != right and not _is_right(document.title[start:end]):
            yield RULE.at(document.source.place("title"), text=written, suggestion=right)


def _is_right(number: str) -> bool:
    return document_number.is_standard(number) or _ORDER.fullmatch(number) is not None
