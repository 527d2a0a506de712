"""Sites built in a test (生成结果): the pages of a site held as a dict, and what can be read off them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from generator.build import examine
from generator.model import Outcome
from tests.edits import Edit, all_of
from tests.sites import GOOD_SITE, TODAY, write_site

REPOSITORY = Path(__file__).parent.parent


@dataclass(frozen=True)
class Built:
    """An outcome with its pages by address."""

    outcome: Outcome

    @property
    def urls(self) -> set[str]:
        """The address of every file."""
        return {page.url for page in self.outcome.pages}

    def content(self, url: str) -> bytes:
        """The bytes of the file at `url`."""
        return next(page.content for page in self.outcome.pages if page.url == url)

    def text(self, url: str) -> str:
        """The text of the file at `url`."""
        return self.content(url).decode()

    def page(self, url: str) -> HTMLParser:
        """The page at `url`, parsed."""
        return HTMLParser(self.text(url))

    def html(self) -> Iterator[tuple[str, HTMLParser]]:
        """Every HTML page with its address."""
        for page in self.outcome.pages:
            if page.url.endswith(".html"):
                yield page.url, HTMLParser(page.content.decode())


def build(*edits: Edit) -> Built:
    """The good site with these edits, built on `TODAY`."""
    with TemporaryDirectory() as folder:
        files = all_of(*edits)(GOOD_SITE)
        return Built(examine(write_site(Path(folder), files), TODAY))


@cache
def good() -> Built:
    """The good site as it is."""
    return build()


@cache
def demonstration() -> Built:
    """The demonstration site of the repository."""
    return Built(examine(REPOSITORY, TODAY))


def words(node: Node | None) -> str:
    """The text of `node` with single spaces."""
    assert node is not None
    return " ".join(node.text().split())


def all_words(page: HTMLParser, selector: str) -> list[str]:
    """The text of every element that `selector` finds."""
    return [words(node) for node in page.css(selector)]


def links(page: HTMLParser, selector: str) -> list[tuple[str, str]]:
    """Words and address of every link that `selector` finds."""
    return [(words(node), node.attributes["href"] or "") for node in page.css(selector)]


def meta(page: HTMLParser) -> list[tuple[str, str]]:
    """The named meta tags but for the viewport."""
    return [
        (name, node.attributes["content"] or "")
        for node in page.css("meta[name]")
        if (name := node.attributes["name"] or "") != "viewport"
    ]


def target(page: str, href: str) -> tuple[str, str]:
    """The file and the fragment that a relative address on `page` names."""
    parts = urlsplit(href)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    return (path if parts.path else page), unquote(parts.fragment)


def grid(page: HTMLParser, rows: str) -> list[list[str]]:
    """The cells of a table laid out, those that span several places in each of them."""
    laid: list[list[str]] = []
    for number, row in enumerate(page.css(rows)):
        column = 0
        for cell in row.css("th, td"):
            while len(laid) > number and column < len(laid[number]) and laid[number][column] != "?":
                column += 1
            width = int(cell.attributes.get("colspan") or 1)
            for below in range(number, number + int(cell.attributes.get("rowspan") or 1)):
                while len(laid) <= below:
                    laid.append([])
                laid[below] += ["?"] * (column + width - len(laid[below]))
                laid[below][column : column + width] = [words(cell)] * width
    return laid
