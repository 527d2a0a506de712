"""Addresses (地址): which output file a document, column or topic has, and relative links between them.

A `url` is a raw path below the output folder; an `href` is what stands in HTML, percent-encoded and
relative to the page it stands on, so that the site works under any path prefix and from `file://`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from math import ceil
from urllib.parse import quote

from generator.config import Column
from generator.domain.kinds import Kind, Status

HOME = "index.html"
CATALOG = "catalog.html"
SITE_MAP = "sitemap.html"
SEARCH = "search.html"
APPLY = "apply.html"
NOT_FOUND = "404.html"
TOPICS = "topics/index.html"
ICON = "static/icon.svg"
STYLE = "static/style.css"
READING_SCRIPT = "static/reading.js"
SEARCH_SCRIPT = "static/search.js"
ALWAYS: tuple[str, ...] = (
    HOME,
    CATALOG,
    "catalog.json",
    "catalog.csv",
    SITE_MAP,
    "sitemap.xml",
    SEARCH,
    "search.json",
    APPLY,
    NOT_FOUND,
    "feed.xml",
    "robots.txt",
    "manifest.json",
)
STATUS_PAGES: dict[Status, str] = {
    Status.VALID: "valid",
    Status.AMENDED: "amended",
    Status.REPEALED: "repealed",
    Status.EXPIRED: "expired",
    Status.PENDING: "pending",
}
# Kinds whose readers ask whether a document is still in force.
KINDS_WITH_STATUS: frozenset[Kind] = frozenset({Kind.POLICY, Kind.INSTITUTION})


def document_url(path: str) -> str:
    """`content/a/b.md` → `a/b.html`."""
    return path.removeprefix("content/").removesuffix(".md") + ".html"


def column_url(column: str, page: int = 1) -> str:
    """The address of page `page` (from 1) of a column's list."""
    return f"{column}/index.html" if page == 1 else f"{column}/page/{page}.html"


def year_url(column: str, year: int) -> str:
    """The address of a column's list of one year of publication."""
    return f"{column}/year/{year}.html"


def status_url(column: str, status: Status) -> str:
    """The address of a column's list of one validity."""
    return f"{column}/status/{STATUS_PAGES[status]}.html"


def topic_url(topic: str) -> str:
    """The address of a topic's page."""
    return f"topics/{topic}/index.html"


def feed_url(folder: str) -> str:
    """The address of the Atom feed of a column, of a topic (`topics/<id>`) or of the site (empty)."""
    return f"{folder}/feed.xml" if folder else "feed.xml"


def tasks_url(url: str) -> str:
    """The address of the task table of work points as CSV, beside their page."""
    return url.removesuffix(".html") + "-tasks.csv"


def alias_url(alias: str) -> str:
    """The output file that answers at an old address: `old/` → `old/index.html`, `old` → `old/index.html`."""
    # From the root, so that `..` never climbs out of the output folder.
    path = posixpath.normpath("/" + alias.strip()).lstrip("/")
    is_folder = alias.endswith("/") or "." not in posixpath.basename(path)
    return posixpath.join(path, "index.html") if is_folder else path


def column_urls(
    column: Column, documents: int, page_size: int, years: Iterable[int], statuses: Iterable[Status]
) -> list[str]:
    """Every address of a column with so many documents, of these years and validities."""
    pages = max(1, ceil(documents / page_size))
    return [
        *(column_url(column.id, page) for page in range(1, pages + 1)),
        *(year_url(column.id, year) for year in years),
        *(status_url(column.id, status) for status in statuses),
        feed_url(column.id),
    ]


def absolute(base_url: str, url: str) -> str:
    """The full address of `url` (raw) on the web host."""
    return base_url + escape(url)


def escape(url: str) -> str:
    """A raw path as it stands in an address: UTF-8 percent-encoded, slashes kept."""
    return quote(url, safe="/~!$&'()*+,;=:@-._")


def relative(page: str, url: str) -> str:
    """The shortest raw path from the folder of `page` to `url`.

    `posixpath.relpath` gives the same, but asks the system for the working folder each time.
    """
    here, there = page.split("/")[:-1], url.split("/")
    common = 0
    for mine, other in zip(here, there[:-1], strict=False):
        if mine != other:
            break
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:])


def href(page: str, url: str, fragment: str = "") -> str:
    """The relative address of `url` (raw) on `page`, with `#fragment` if there is one.

    A folder's page is named in full (`a/index.html`), so that links work from `file://` too.
    """
    anchor = "#" + quote(fragment, safe="/~!$&'()*+,;=:@-._?") if fragment else ""
    if url == page and anchor:
        return anchor
    path = escape(relative(page, url))
    # `a:b.html` would be read as a scheme.
    if ":" in path.split("/", 1)[0]:
        path = "./" + path
    return path + anchor
