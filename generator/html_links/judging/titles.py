"""Titles (标题): what each page is called, without names that belong to the whole site or column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from generator.html_links.collect import Page
from generator.regex import regex

_DIVIDER = regex(r"\s*[_|｜]+\s*|\s+[-–—]+\s+|(?<=[^\d\s])[-–—]+(?=[^\d\s])")
# Of so many pages with one heading it is the name of the column or the site.
_MANY = 3
_GREAT_PART = 0.2


class Titles:
    """The titles of all pages; of several on one page those shared by the fewest pages count."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._candidates = {page.path: _candidates(page) for page in pages}
        self._shares = Counter(
            title for titles in self._candidates.values() for title in set(titles)
        )
        self._limit = max(_MANY, int(len(pages) * _GREAT_PART))
        self._whole = {page.path: page.title for page in pages}
        self._known: dict[str, tuple[str, ...]] = {}
        self._pages_by_title: Mapping[str, str] | None = None

    def of(self, path: str) -> tuple[str, ...]:
        """The titles of the page at `path`; none where all it says is said by a great part of the site."""
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = self._own(self._candidates.get(path, ()))
        return found

    def whole(self, path: str) -> str:
        """The `<title>` of the page at `path` with the names of its column and site."""
        return self._whole.get(path, "")

    def _own(self, titles: tuple[str, ...]) -> tuple[str, ...]:
        least = min((self._shares[title] for title in titles), default=0)
        if least > self._limit:
            return ()
        return tuple(t for t in dict.fromkeys(titles) if self._shares[t] <= max(least, _MANY - 1))

    def only(self, title: str) -> str | None:
        """The one page that bears this title; None when none or several do."""
        if self._pages_by_title is None:
            by_title: dict[str, str] = {}
            for path, titles in self._candidates.items():
                for one in set(titles):
                    by_title[one] = "" if one in by_title else path
            self._pages_by_title = by_title
        return self._pages_by_title.get(title) or None

    def paths(self) -> Mapping[str, tuple[str, ...]]:
        """Every page with all that it may be called."""
        return self._candidates


def _candidates(page: Page) -> tuple[str, ...]:
    head = _DIVIDER.split(page.title, maxsplit=1)[0]
    return tuple(filter(None, (page.meta.get("articletitle", ""), *page.headings, head)))
