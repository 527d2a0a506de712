"""Machine-readable lists (网站地图、订阅源): addresses in sitemaps, Atom, RSS and robots.txt."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple
from xml.parsers import expat

from generator.regex import regex


class Listed(NamedTuple):
    """An address in such a file: the element, the address, its line and column from 1."""

    element: str
    href: str
    line: int
    column: int


_ROOT = regex(rb"<(?:\w+:)?(?:urlset|sitemapindex|rss|feed|RDF)[\s>]")
# Elements whose text is an address, by the root they stand in; `link` holds it in RSS only.
_TEXTS = frozenset({"loc", "link", "url", "comments", "docs"})
_ATTRIBUTES = {"link": "href", "enclosure": "url", "content": "url", "thumbnail": "url"}
# `rel` of links that are no promise of a page.
_UNCHECKED_RELS = frozenset({"hub", "self", "pingback", "edit", "service"})


def is_feed(head: bytes) -> bool:
    """Whether a file that begins with `head` is a sitemap or a feed."""
    return _ROOT.search(head[:4096]) is not None


def addresses(xml: bytes) -> list[Listed]:
    """The addresses in a sitemap or feed; of a broken file those before the break."""
    reader = _Reader()
    # ValueError and LookupError: a declared encoding that Python or expat does not know.
    with suppress(expat.ExpatError, ValueError, LookupError):
        reader.parser.Parse(xml, True)
    # It holds the reader and is held by it: nobody looks for such circles while a site is checked.
    del reader.parser
    return reader.found


class _Reader:
    """Expat with what it has read so far."""

    def __init__(self) -> None:
        self.found: list[Listed] = []
        self._text = ""  # since the last tag
        self._at = (1, 1)
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _place(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._text = ""
        element = name.rpartition(":")[2]
        if element in _TEXTS:
            self._at = self._place()
        if element in _ATTRIBUTES:
            wanted = _ATTRIBUTES[element]
            if wanted in attributes and attributes.get("rel") not in _UNCHECKED_RELS:
                self.found.append(Listed(element, attributes[wanted].strip(), *self._place()))

    def _characters(self, text: str) -> None:
        self._text += text

    def _end(self, name: str) -> None:
        element = name.rpartition(":")[2]
        words = self._text.strip() if element in _TEXTS else ""
        if words:
            self.found.append(Listed(element, words, *self._at))
        self._text = ""


_SITEMAP_LINE = regex(r"(?im)^([ \t]*sitemap[ \t]*:[ \t]*)([^\s#]+)")


def sitemaps(robots: str) -> list[Listed]:
    """The addresses of the `Sitemap:` lines of a robots.txt."""
    return [
        Listed(
            "Sitemap",
            line[2],
            robots.count("\n", 0, line.start(2)) + 1,
            line.start(2) - (robots.rfind("\n", 0, line.start(2)) + 1) + 1,
        )
        for line in _SITEMAP_LINE.finditer(robots)
    ]
