"""Addresses (地址): which output file a document, column or topic has, and relative links between them.

A `url` is a raw path below the output folder; an `href` is what stands in HTML, percent-encoded and
relative to the page it stands on, so that the site works under any path prefix and from `file://`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator.domain.kinds import Kind, Status
from generator.regex import regex

if TYPE_CHECKING:
    # Checking a folder of HTML needs addresses, and none of the many types of the settings.
    from generator.config import Column

HOME = "index.html"
CATALOG = "catalog.html"
SITE_MAP = "sitemap.html"
SEARCH = "search.html"
APPLY = "apply.html"
NOT_FOUND = "404.html"
HOT_QUESTIONS = "hot-questions.html"
TOPICS = "topics/index.html"
ICON = "static/icon.svg"
STYLE = "static/style.css"
OVERVIEW_STYLE = "static/overview.css"
READING_SCRIPT = "static/reading.js"
FILTER_SCRIPT = "static/filter.js"
SEARCH_SCRIPT = "static/search.js"
SEARCH_STYLE = "static/search.css"
SEARCH_PART = 250  # documents in a file of the search index: a result is shown from one of these
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
    "llms.txt",
    "catalog.schema.json",
    "datapackage.json",
    "manifest.json",
)
STATUS_PAGES: dict[Status, str] = {
    Status.VALID: "valid",
    Status.AMENDED: "amended",
    Status.REPEALED: "repealed",
    Status.EXPIRED: "expired",
    Status.PENDING: "pending",
}
# Letters, digits, Chinese characters and their brackets need no escape in the name of a file.
_UNNAMED = regex(r"[^\w（）·-]+")
LONGEST_NAME = 60
_ASCII = regex("[\\x00-\\x7f]+")
_IS_ESCAPED = re.compile(r"[/~!$&'()*+,;=:@._0-9A-Za-z-]*").fullmatch
# Kinds whose readers ask whether a document is still in force.
KINDS_WITH_STATUS: frozenset[Kind] = frozenset({Kind.POLICY, Kind.INSTITUTION})


def document_url(path: str) -> str:
    """`content/a/b.md` → `a/b.html`."""
    return path.removeprefix("content/").removesuffix(".md") + ".html"


def column_url(column: str, page: int = 1) -> str:
    """The address of page `page` (from 1) of a column's list."""
    return f"{column}/index.html" if page == 1 else f"{column}/page/{page}.html"


def view_url(column: str, facet: str, slug: str, page: int = 1) -> str:
    """The address of page `page` of a column's list narrowed by a facet (`statutory/policy/year/2024.html`)."""
    return f"{column}/{facet}/{slug}.html" if page == 1 else f"{column}/{facet}/{slug}/{page}.html"


def view_urls(column: str, facet: str, slug: str, pages: int) -> list[str]:
    """The addresses of all pages of such a view."""
    return [view_url(column, facet, slug, page) for page in range(1, pages + 1)]


def facet_url(column: str, facet: str) -> str:
    """The address of the list of all views of a facet, where they are many."""
    return f"{column}/{facet}/index.html"


def year_url(column: str, year: int) -> str:
    """The address of a column's list of one year of publication."""
    return view_url(column, "year", str(year))


def status_url(column: str, status: Status) -> str:
    """The address of a column's list of one validity."""
    return view_url(column, "status", STATUS_PAGES[status])


def name(words: str) -> str:
    """Words as a part of an address: what cannot stand there becomes `-`, and a few signs tell such names apart."""
    kept = _UNNAMED.sub("-", words).strip("-")[:LONGEST_NAME]
    if kept == words and words != "index":
        return words
    return f"{kept}-{sha256(words.encode('utf-8', 'replace')).hexdigest()[:6]}"


def catalog_urls(group: str, pages: int) -> list[str]:
    """The addresses of the pages of one part of the catalogue (`catalog/item-1.html`)."""
    later = (f"catalog/{group}/{page}.html" for page in range(2, pages + 1))
    return [f"catalog/{group}.html", *later]


def topic_url(topic: str) -> str:
    """The address of a topic's page."""
    return f"topics/{topic}/index.html"


def feed_url(folder: str) -> str:
    """The address of the Atom feed of a column, of a topic (`topics/<id>`) or of the site (empty)."""
    return f"{folder}/feed.xml" if folder else "feed.xml"


def tasks_url(url: str) -> str:
    """The address of the task table of work points as CSV, beside their page."""
    return url.removesuffix(".html") + "-tasks.csv"


def ledger_url(url: str) -> str:
    """The address of the task ledger of work points: their tasks by unit and by date."""
    return url.removesuffix(".html") + "-task-ledger.html"


def workbook_url(url: str) -> str:
    """The address of the task ledger as a workbook."""
    return url.removesuffix(".html") + "-task-ledger.xlsx"


def calendar_url(url: str) -> str:
    """The address of the calendar of the due dates of work points."""
    return url.removesuffix(".html") + "-task-ledger.ics"


def task_urls(url: str, *, has_days: bool) -> list[str]:
    """Every address made of the tasks of the work points at `url`; a calendar only where days are certain."""
    made = [tasks_url(url), ledger_url(url), workbook_url(url)]
    return [*made, calendar_url(url)] if has_days else made


def twin_urls(url: str) -> tuple[str, str]:
    """The addresses of a document's twins beside its page: as Markdown, as plain text."""
    stem = url.removesuffix(".html")
    return f"{stem}.md", f"{stem}.txt"


def search_parts(documents: int) -> tuple[str, ...]:
    """The files of the own search index for so many documents."""
    return tuple(
        f"search/part-{number + 1}.json" for number in range(ceil(documents / SEARCH_PART))
    )


def search_keys(documents: int) -> tuple[str, ...]:
    """The files in which a number or a title leads to its documents; none where one part is all."""
    parts = len(search_parts(documents))
    return tuple(f"search/keys-{number + 1}.json" for number in range(parts)) if parts > 1 else ()


def alias_url(alias: str) -> str:
    """The output file that answers at an old address: `old/` → `old/index.html`, `old` → `old/index.html`."""
    # From the root, so that `..` never climbs out of the output folder.
    path = posixpath.normpath("/" + alias.strip()).lstrip("/")
    is_folder = alias.endswith("/") or "." not in posixpath.basename(path)
    return posixpath.join(path, "index.html") if is_folder else path


def column_urls(
    column: Column, documents: int, page_size: int, statuses: Iterable[Status]
) -> list[str]:
    """Every address of a column with so many documents and these validities, but those of its other views."""
    pages = max(1, ceil(documents / page_size))
    return [
        *(column_url(column.id, page) for page in range(1, pages + 1)),
        *(status_url(column.id, status) for status in statuses),
        feed_url(column.id),
    ]


def absolute(base_url: str, url: str) -> str:
    """The full address of `url` (raw) on the web host."""
    return base_url + escape(url)


def escape(url: str) -> str:
    """A raw path as it stands in an address: UTF-8 percent-encoded, slashes kept."""
    # Most need no escape, and to see that takes less than half the time of quoting.
    return url if _IS_ESCAPED(url) else quote(url, safe="/~!$&'()*+,;=:@-._")


def relative(page: str, url: str) -> str:
    """The shortest raw path from the folder of `page` to `url`.

    `posixpath.relpath` gives the same, but asks the system for the working folder each time.
    """
    name = url.rfind("/") + 1
    return _steps(page[: page.rfind("/") + 1], url[:name]) + url[name:]


# Folders are few, and all pages of one lead to the same others.
@lru_cache(maxsize=1 << 14)
def _steps(here: str, there: str) -> str:
    """The way from one folder to another; both end in a slash, the root is empty."""
    mine, others = here.split("/")[:-1], there.split("/")[:-1]
    common = len(posixpath.commonprefix([mine, others]))
    return "../" * (len(mine) - common) + "".join(f"{step}/" for step in others[common:])


def anchor(fragment: str) -> str:
    """The address of a place on the same page; Chinese stands as it is, a third as long as escaped."""
    return "#" + _ASCII.sub(lambda signs: escape(signs[0]), fragment)


def quoted(fragment: str) -> str:
    """A place on a page as it stands in the address of another."""
    return quote(fragment, safe="/~!$&'()*+,;=:@-._?")


def href(page: str, url: str, fragment: str = "") -> str:
    """The relative address of `url` (raw) on `page`, with `#fragment` if there is one.

    A folder's page is named in full (`a/index.html`), so that links work from `file://` too.
    """
    anchor = "#" + quoted(fragment) if fragment else ""
    if url == page and anchor:
        return anchor
    return _no_scheme(escape(relative(page, url))) + anchor


def _no_scheme(path: str) -> str:
    # `a:b.html` would be read as one.
    return f"./{path}" if ":" in path.split("/", 1)[0] else path


def way(page: str) -> Callable[[str], str]:
    """`href` without fragments from `page`, or any other of its folder: half as long for those who ask often."""
    here = page[: page.rfind("/") + 1]
    known: dict[str, str] = {}

    def to(url: str) -> str:
        name = url.rfind("/") + 1
        there = url[:name]
        steps = known.get(there)
        if steps is None:
            steps = known[there] = escape(_steps(here, there))
        path = steps + escape(url[name:])
        return _no_scheme(path) if ":" in path else path

    return to
