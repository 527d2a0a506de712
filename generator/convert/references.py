"""References (引用): `[[…]]`, bare document numbers (发文字号), `<http://…>`; masked numbers, which are no mark-up."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    AUTOLINK_RE,
    AutolinkInlineProcessor,
    InlineProcessor,
    SimpleTextInlineProcessor,
)
from markdown.util import AtomicString

from generator.convert import positions
from generator.convert.positions import BAR, BEGIN, END, NUMBER, REFERENCE, TITLE

REFERENCE_PATTERN = rf"\[\[{BEGIN}(\d+){END}([^\[\]{BAR}]+)(?:{BAR}([^\[\]]*))?\]\]"
NUMBER_PATTERN = (
    rf"{BEGIN}(\d+){END}([^\d０-９{BEGIN}]{{1,3}}[0-9０-９]{{4}}年?[^\d０-９第]{{1,3}}"
    r"第?[ \u3000]*[0-9０-９]{1,5}[ \u3000]*号)"
)
# 138****1234: two masked numbers in one paragraph are no bold text.
MASKED_PATTERN = r"(?<=[0-9Xx])(\*{2,})(?=[0-9Xx])"


class ReferenceExtension(Extension):
    """`[[reference]]`, `[[reference|text]]` and bare document numbers become links, resolved later."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register the patterns: references before all but code, numbers after links."""
        for pattern, name, rank in (
            (SimpleTextInlineProcessor(MASKED_PATTERN), "masked number", 70),
            (_Reference(REFERENCE_PATTERN, md), "reference in brackets", 185),
            (_Autolink(AUTOLINK_RE, md), "autolink", 120),
            (_Number(NUMBER_PATTERN, md), "document number", 55),
        ):
            md.inlinePatterns.register(pattern, name, rank)


class _Reference(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        return reference(m), m.start(0), m.end(0)


def reference(found: re.Match[str]) -> Element:
    """The link that a match of `REFERENCE_PATTERN` stands for."""
    words = positions.unmark(found[2]).strip()
    text = positions.unmark(found[3]).strip() if found[3] else ""
    element = Element("a", {"href": f"{BEGIN}{found[1]}{END}{REFERENCE}{words}"})
    by_path = "/" in words or words.endswith(".md")
    element.text = text or (TITLE if by_path else words)
    return element


class _Autolink(AutolinkInlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        return autolink(self.unescape(m[1]), m[1]), m.start(0), m.end(0)


def autolink(address: str, words: str) -> Element:
    """The link `<address>`; its position stands behind the address, where a sanitiser would take it for the host's."""
    offset, bare = positions.take(address)
    href = address if offset is None else f"{BEGIN}{offset}{END}{bare}"
    element = Element("a", {"href": href})
    element.text = AtomicString(words)
    return element


class _Number(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        start = number_start(data, m.start(0), 0)
        return number(data[start : m.start(0)], m), start, m.end(0)


def number_start(text: str, start: int, lowest: int) -> int:
    """Where the organ's code of a document number begins whose bracket stands at `start` of `text`."""
    lowest = max(lowest, start - 20)
    while start > lowest and "一" <= text[start - 1] <= "龥":
        start -= 1
    return start


def number(code: str, found: re.Match[str]) -> Element:
    """The link that a match of `NUMBER_PATTERN` behind an organ's `code` stands for."""
    words = code + found[2]
    element = Element("a", {"class": "number", "href": f"{BEGIN}{found[1]}{END}{NUMBER}{words}"})
    element.text = words
    return element
