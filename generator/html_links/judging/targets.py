"""Targets of links (链接目标): what is known of each page from its titles, its metadata table and its tags."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from generator.domain import document_number
from generator.domain.assertions import folded, kinds_mentioned
from generator.domain.contradictions import Facts
from generator.html_links.addresses.folder import Folder
from generator.html_links.collect import Collected, Link, Page
from generator.html_links.judging import organs
from generator.html_links.judging.texts import Texts, bare
from generator.html_links.judging.titles import Titles
from generator.html_links.reading.metadata import metadata
from generator.regex import regex

_LIST_NAME = regex(r"(?:index|default|list|more)(?:[_-]?\d+)?\.\w+")
_LEAST_LIST = 3
_NO_TABLE: Mapping[str, str] = {}


class Target:
    """One page that links lead to; what needs a second look at its file is taken only when asked for."""

    def __init__(self, page: Page, titles: tuple[str, ...], facts: Facts, folder: Folder) -> None:
        self.page = page
        self.titles = titles
        self.facts = facts
        self.joined = "\n".join(titles)
        self.plain = tuple(folded(title) for title in titles)
        self.bare = "\n".join(bare(title) for title in self.plain)
        self.may_name_organ = any(organs.may_name_one(title) for title in self.plain)
        self._folder = folder

    @property
    def path(self) -> str:
        """The path of the page below the folder."""
        return self.page.path

    @cached_property
    def table(self) -> Mapping[str, str]:
        """The metadata table of the page."""
        return metadata(self._folder.read(self.page.path))

    @cached_property
    def numbered(self) -> Facts:
        """The facts with the number that the table gives, which counts for more than one in a title."""
        number = document_number.parse(self.table.get("number", ""))
        return replace(self.facts, numbers=frozenset({number})) if number else self.facts

    @cached_property
    def dates(self) -> frozenset[int]:
        """The years in which the page was signed or published."""
        texts = (
            self.page.meta.get("pubdate", ""),
            self.table.get("published", ""),
            self.table.get("signed", ""),
        )
        return frozenset(int(y) for text in texts for y in re.findall(r"(?:19|20)\d\d", text))

    @cached_property
    def organs(self) -> tuple[str, ...]:
        """The organs from which the page says it comes."""
        names = [self.table.get(key) for key in ("issuer", "publisher", "source")]
        names.append(self.page.meta.get("contentsource"))
        return tuple(folded(name) for name in names if name)


class Targets:
    """The pages of one folder as targets, each looked at once and only when a link with words leads to it."""

    def __init__(self, folder: Folder, collected: Collected, titles: Titles, texts: Texts) -> None:
        self._folder = folder
        self._pages: Mapping[str, Page] = {page.path: page for page in collected.pages}
        self._links = collected.links
        self._titles = titles
        self._texts = texts
        self._known: dict[str, Target | None] = {}

    def of(self, path: str) -> Target | None:
        """The page at `path`; None for one that has no title of its own."""
        try:
            return self._known[path]
        except KeyError:
            titles = self._titles.of(path)
            found = self._known[path] = self._read(path, titles) if titles else None
            return found

    def _read(self, path: str, titles: tuple[str, ...]) -> Target:
        page = self._pages[path]
        own = [self._texts.said(title) for title in titles]
        kinds = frozenset(kind for said in own for kind in said.kinds)
        if kinds:
            # A target is given every benefit: 一图读懂2024年工作要点 is a reading and has the points.
            kinds |= frozenset(kind for title in titles for kind in kinds_mentioned(title))
        facts = Facts(
            years=frozenset(year for said in own for year in said.years),
            periods=frozenset(period for said in own for period in said.periods),
            numbers=frozenset(number for said in own for number in said.numbers),
            kinds=kinds,
            titles=titles,
        )
        target = Target(page, titles, facts, self._folder)
        if _LIST_NAME.fullmatch(posixpath.basename(path)) and self._is_list(target):
            target.facts = replace(facts, is_list=True)
        return target

    def _is_list(self, target: Target) -> bool:
        """Whether the page of a folder lists others, without the marks of an article."""
        page = target.page
        if "articletitle" in page.meta or "pubdate" in page.meta:
            return False
        if target.table.keys() & {"number", "index"}:
            return False
        folder = posixpath.dirname(page.path)
        below = {
            one.href
            for one in (self._links[number] for number in page.links)
            if one.element == "a" and _leads_below(one, folder)
        }
        return len(below) >= _LEAST_LIST


def _leads_below(link: Link, folder: str) -> bool:
    """Whether a link leads to another page of the folder, or of one in it."""
    path = link.href.partition("#")[0]
    return link.scope is None and path.startswith(folder + "/" if folder else "")
