"""Document numbers (发文字号): agency code, year and serial, compared whatever brackets were typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from generator.regex import regex

_BRACKETS = str.maketrans("[【〔﹝{(<〈《", "〔〔〔〔〔〔〔〔〔") | str.maketrans(
    "]】〕﹞})>〉》", "〕〕〕〕〕〕〕〕〕"
)
_STANDARD = regex(r"[一-龥]{1,20}〔[0-9]{4}〕[1-9][0-9]*号")
# Written loosely: any bracket, spaces, 第, leading zeros, full-width digits.
_OPEN, _CLOSE = r"[〔\[［(（【﹝〈<《]", r"[〕\]］)）】﹞〉>》]"
_OPENING = regex(_OPEN)
_LOOSE = regex(
    rf"(?P<agency>[一-龥]{{1,20}})[ \u3000]*{_OPEN}[ \u3000]*(?P<year>[0-9０-９]{{4}})(?:年)?[ \u3000]*"
    rf"{_CLOSE}[ \u3000]*(?P<ordinal>第)?[ \u3000]*(?P<serial>[0-9０-９]{{1,5}})[ \u3000]*号"
)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number taken apart: `海府办发`, 2024, 16."""

    agency: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.agency}〔{self.year}〕{self.serial}号"


def parse(text: str) -> DocumentNumber | None:
    """The number that the whole of `text` is, in any bracket style; else None."""
    match = _LOOSE.fullmatch(text.strip())
    return _taken(match) if match else None


def is_standard(text: str) -> bool:
    """Whether `text` is written as GB/T 9704-2012 wants it: 六角括号, no leading zero, no 第."""
    return _STANDARD.fullmatch(text) is not None


def key(text: str) -> str:
    """The form in which numbers are compared: the standard form, or the text after NFKC."""
    number = parse(text)
    if number:
        return str(number)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(_BRACKETS)


def occurrences(text: str) -> list[tuple[int, int, DocumentNumber]]:
    """Every loosely written number in running `text` as (start, end, number).

    Chinese has no word boundary, so the agency code may carry words that stand before it; look the
    number up with `suffixes`.
    """
    if "号" not in text or not _OPENING.search(text):
        return []
    return [(match.start(), match.end(), _taken(match)) for match in _LOOSE.finditer(text)]


def suffixes(number: DocumentNumber) -> list[DocumentNumber]:
    """The numbers that `number` may be when words stand before its agency code, longest first."""
    agency = number.agency
    return [
        DocumentNumber(agency[start:], number.year, number.serial) for start in range(len(agency))
    ]


def _taken(match: re.Match[str]) -> DocumentNumber:
    return DocumentNumber(match["agency"], int(match["year"]), int(match["serial"]))
