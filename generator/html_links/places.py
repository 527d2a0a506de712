"""Places (位置): the line and column of a link in its HTML file, worked out only for what is reported."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from generator.html_links.reading.encoding import as_text
from generator.html_links.reading.pages import extract
from generator.regex import regex


class Spot(NamedTuple):
    """What to look for: an element whose attribute has this value, the `nth` (from 0) of its kind.

    `element` is empty where any will do; `attribute` is `css` for an address in a style sheet.
    """

    element: str
    attribute: str
    value: str
    nth: int = 0


# What stands in these is no mark-up.
_OPAQUE = (
    ("<!--", "-->"),
    ("<script", "</script"),
    ("<textarea", "</textarea"),
    ("<template", "</template"),
)
_TAG = regex(r"<([a-zA-Z][^\s/>]*+)((?:\"[^\"]*+\"|'[^']*+'|[^'\">])*+)>")
_ATTRIBUTE = regex(r"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]++)))?+")
_FRAMING = ("nav", "header", "footer", "aside")


class Source:
    """The text of one file, searched for the places of its links."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._text = as_text(content)

    @cached_property
    def _links(self) -> list[tuple[str, str, str, str, str]]:
        return extract(self._content).links

    def spot(self, position: int) -> Spot:
        """Which of the like links of an HTML file the one at `position` among all is."""
        links = self._links
        element, attribute, href = links[position][:3]
        before = sum(link[:3] == (element, attribute, href) for link in links[:position])
        return Spot(element, attribute, href, before)

    @cached_property
    def _lower(self) -> str:
        # The lower case of other scripts may be longer, and every offset would move; bytes know none.
        return self._text.encode().lower().decode()

    def place(self, spot: Spot) -> tuple[int, int]:
        """Line and column, from 1, of the element at `spot`; of the file's start where it is not found."""
        before = self._text[: self._offset(spot)]
        if "\r" in before:
            before = before.replace("\r\n", "\n").replace("\r", "\n")
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def is_in_frame(self, spot: Spot) -> bool:
        """Whether `spot` stands in what pages of a site share: navigation, head or foot."""
        before = self._lower[: self._offset(spot)]
        return any(before.count(f"<{name}") > before.count(f"</{name}") for name in _FRAMING)

    def _offset(self, spot: Spot) -> int:
        if spot.attribute == "css":
            return max(0, self._text.find(spot.value))
        found = self._nth(spot, self._around(spot.value)) if spot.value else None
        if found is None:
            # The value is written with entities, or is empty.
            found = self._nth(spot, _TAG.finditer(self._text))
        return found if found is not None else max(0, self._text.find(spot.value))

    def _around(self, value: str) -> Iterator[re.Match[str]]:
        """The tags in which `value` stands."""
        last = -1
        position = self._text.find(value)
        while position >= 0:
            start = self._text.rfind("<", 0, position)
            tag = _TAG.match(self._text, start) if start > last else None
            if tag and tag.end() > position:
                last = start
                yield tag
            position = self._text.find(value, position + 1)

    def _nth(self, spot: Spot, tags: Iterable[re.Match[str]]) -> int | None:
        """The start of the nth of `tags` that is as `spot` says; of fewer the last."""
        found: int | None = None
        left = spot.nth
        for tag in tags:
            if spot.element and tag[1].lower() != spot.element:
                continue
            if _holds(tag[2], spot.attribute, spot.value) and not self._is_opaque(tag.start()):
                found = tag.start()
                if left == 0:
                    break
                left -= 1
        return found

    def _is_opaque(self, offset: int) -> bool:
        """Whether what stands at `offset` is in a comment, a script or the like."""
        lower = self._lower
        return any(
            lower.rfind(begin, 0, offset) > lower.rfind(end, 0, offset) for begin, end in _OPAQUE
        )


def _holds(attributes: str, wanted: str, value: str) -> bool:
    """Whether the attributes of a tag give `wanted` this value; one of several in a `srcset`."""
    if value and value not in attributes and "&" not in attributes and "\r" not in attributes:
        return False
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1].lower() != wanted:
            continue
        written = found[2] or found[3] or found[4] or ""
        shown = html.unescape(written).replace("\r\n", "\n").replace("\r", "\n")
        if value in (shown, written):
            return True
        return bool(value) and wanted in ("srcset", "imagesrcset", "content") and value in shown
    return False
