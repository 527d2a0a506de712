"""Usual mark-up (常见标记): links, images, references, bold, italics, line breaks, tags and document numbers.

Where a text holds nothing but these, and none within another but for what stands in bold, one pass from left to
right finds what the library finds pattern by pattern. Of any other text, and in any doubt, `read` gives None, and
the library reads it. A test holds both against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import AUTOLINK_RE, AUTOMAIL_RE, ENTITY_RE, HTML_RE

from generator.convert.positions import BEGIN, END
from generator.convert.references import (
    MASKED_PATTERN,
    NUMBER_PATTERN,
    REFERENCE_PATTERN,
    autolink,
    number,
    number_start,
    reference,
)
from generator.regex import regex

# A sign of mark-up; of a document number, which has none of its own, its position and year. The sign itself comes
# first and is one of a set, since that is found soonest; what must stand beside it is looked at afterwards.
SIGN = regex(
    rf"[`\[\\<&*_ {END}](?:(?<=[^ {END}])|(?<= ) \n|(?<={END})[^\d]{{1,3}}[0-9０-９]{{4}})"
)
# What is read sooner than links, or would be read within their words, stands in none of these.
_WORDS = r"([^\[\]`\\<&*_]*)"
_ADDRESS = r"\(\s*([^\s()'\"<\[\]`\\]*)(?:\s*|\s+\"([^\"'()\[\]`\\]*)\" *)\)"
_LINK = regex(rf"\[(?!\^){_WORDS}\](?:{_ADDRESS}|\s?\[([^\[\]`\\]*)\])")
_IMAGE = regex(rf"\[(?!\^)([^\[\]`\\]*)\]{_ADDRESS}")
_NUMBER = regex(NUMBER_PATTERN, re.DOTALL)
_REFERENCE = regex(REFERENCE_PATTERN, re.DOTALL)
_MASKED = regex(MASKED_PATTERN)
_AUTOLINK, _AUTOMAIL = regex(AUTOLINK_RE, re.DOTALL), regex(AUTOMAIL_RE, re.DOTALL)
_TAG, _ENTITY = regex(HTML_RE, re.DOTALL), regex(ENTITY_RE)
_SOONER_THAN_TAGS = regex(r"[<`\[\\]|  \n")
_WITHIN_WORD = regex(r"(?<=[^\W_])_+(?=[^\W_])")
_STARS = regex(r"\*+")
_OF_STARS = {"*": "em", "**": "strong"}
_SPACE, _SPACES = regex(r"\s"), regex(r"\s+")

_Found = list[Element | str]


def read(text: str, md: Markdown) -> _Found | None:
    """What `text` holds, words and elements in turn; None if the library has to say."""
    # The library's own signs, whatever they stand for.
    if "\x02" in text or ("**" in text and _MASKED.search(text)):
        return None
    return _Reading(text, md).all()


def fill(parent: Element, found: _Found) -> None:
    """Put what was found in the place of the text of `parent`, before the children that it has."""
    parent.text, last, place = None, None, 0
    for one in found:
        if not isinstance(one, str):
            parent.insert(place, one)
            last, place = one, place + 1
        elif last is None:
            parent.text = (parent.text or "") + one
        else:
            last.tail = (last.tail or "") + one


class _Reading:
    """One pass over a text: `found` stands before `done`, and within `stars` if some are open."""

    def __init__(self, text: str, md: Markdown) -> None:
        self.text = text
        self.md = md
        self.found: _Found = []
        self.around: _Found = []
        self.stars = ""
        self.done = 0

    def all(self) -> _Found | None:
        text = self.text
        sign = SIGN.search(text)
        while sign:
            start = sign.start()
            end = _AT[text[start]](self, start)
            if end is None:
                return None
            sign = SIGN.search(text, end)
        self._pass(len(text))
        return None if self.stars else self.found

    def _pass(self, start: int) -> None:
        if self.done < start:
            self.found.append(self.text[self.done : start])

    def _take(self, start: int, end: int, one: Element | str) -> int:
        self._pass(start)
        self.found.append(one)
        self.done = end
        return end

    def bracket(self, start: int) -> int | None:
        text = self.text
        if text.startswith("[[", start):
            return self._reference(start)
        if start and text[start - 1] == "!":
            return self._image(start)
        link = _LINK.match(text, start)
        if link is None or "  \n" in link[1]:
            return None
        href, title = link[2], link[3]
        if href is None:
            label = _SPACES.sub(" ", link[4].lower() or link[1].lower())
            href, title = self.md.references.get(label, (None, None))
            if href is None:
                return None
            title = title or None
        element = Element("a", {"href": href})
        _entitle(element, title)
        element.text = link[1]
        return self._take(start, link.end(), element)

    def _image(self, start: int) -> int | None:
        image = _IMAGE.match(self.text, start)
        if image is None:
            return None
        element = Element("img", {"src": image[2], "alt": image[1]})
        _entitle(element, image[3])
        return self._take(start - 1, image.end(), element)

    def _reference(self, start: int) -> int | None:
        found = _REFERENCE.match(self.text, start)
        if found is None or "`" in found[0]:
            return None
        element = reference(found)
        return None if SIGN.search(element.text or "") else self._take(start, found.end(), element)

    def star(self, start: int) -> int | None:
        text = self.text
        found = _STARS.match(text, start)
        stars, end = (found[0], found.end()) if found else ("", start)
        if not self.stars:
            if stars not in _OF_STARS or end == len(text) or text[end].isspace():
                return None
            self._pass(start)
            self.around, self.found, self.stars, self.done = self.found, [], stars, end
            return end
        if stars != self.stars or text[start - 1].isspace():
            return None
        self._pass(start)
        element = Element(_OF_STARS[stars])
        fill(element, self.found)
        self.found, self.stars, self.done = [*self.around, element], "", end
        return end

    def underscore(self, start: int) -> int | None:
        # Within a word it is no mark-up.
        found = _WITHIN_WORD.match(self.text, start)
        return found.end() if found else None

    def line_break(self, start: int) -> int | None:
        return self._take(start, start + 3, Element("br"))

    def less_than(self, start: int) -> int | None:
        if _AUTOMAIL.match(self.text, start):
            return None
        address = _AUTOLINK.match(self.text, start)
        found = address or _TAG.match(self.text, start)
        if found is None:
            return start + 1
        if _SOONER_THAN_TAGS.search(found[1] if address else found[1][1:]):
            return None
        if address is None:
            return self._take(start, found.end(), self.md.htmlStash.store(found[1]))
        return self._take(start, found.end(), autolink(address[1], address[1]))

    def ampersand(self, start: int) -> int | None:
        found = _ENTITY.match(self.text, start)
        if found is None:
            return start + 1
        return self._take(start, found.end(), self.md.htmlStash.store(found[1]))

    def year(self, start: int) -> int | None:
        begin = self.text.rfind(BEGIN, self.done, start)
        found = _NUMBER.match(self.text, begin) if begin >= 0 else None
        if found is None:
            return start + 1
        if SIGN.search(found[2]):
            return None
        first = number_start(self.text, begin, self.done)
        element = number(self.text[first:begin], found)
        return self._take(first, found.end(), element)

    def unusual(self, start: int) -> int | None:
        return None


def _entitle(element: Element, title: str | None) -> None:
    if title is not None:
        element.set("title", _SPACE.sub(" ", title.strip()))


_AT: dict[str, Callable[[_Reading, int], int | None]] = {
    "[": _Reading.bracket,
    "*": _Reading.star,
    "_": _Reading.underscore,
    " ": _Reading.line_break,
    "<": _Reading.less_than,
    "&": _Reading.ampersand,
    END: _Reading.year,
    "`": _Reading.unusual,
    "\\": _Reading.unusual,
}
