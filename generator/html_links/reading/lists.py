"""Files that are no pages and hold addresses (清单): style sheets, sitemaps, feeds, robots.txt."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.html_links.reading import css, feeds
from generator.html_links.reading.encoding import as_text

_FEEDS = (".xml", ".rss", ".atom")
_STYLES = ".css"
_ROBOTS = "robots.txt"

_ENDINGS = (*_FEEDS, _STYLES, _ROBOTS)


class Address(NamedTuple):
    """An address in such a file; `attribute` is `css` in a style sheet, where its place has to be looked for."""

    element: str
    attribute: str
    href: str
    place: tuple[int, int] | None = None


def is_list(path: str, head: Callable[[str], bytes]) -> bool:
    """Whether the file at `path`, the first bytes of which `head` gives, is one of them."""
    # There are far more files than suffixes to look for.
    if not path.lower().endswith(_ENDINGS):
        return False
    suffix = _suffix(path)
    return suffix == _STYLES or path == _ROBOTS or (suffix in _FEEDS and feeds.is_feed(head(path)))


def addresses(path: str, content: bytes) -> Iterator[Address]:
    """The addresses in the file at `path`."""
    if _suffix(path) == _STYLES:
        hrefs = dict.fromkeys(css.references(as_text(content)))
        return (Address("css", "css", href) for href in hrefs)
    is_robots = path == _ROBOTS
    found = feeds.sitemaps(as_text(content)) if is_robots else feeds.addresses(content)
    return (Address(one.element, "xml", one.href, (one.line, one.column)) for one in found)


def _suffix(path: str) -> str:
    return posixpath.splitext(path)[1].lower()
