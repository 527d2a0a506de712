"""Pages that are skimmed (略读): the same is found as where each is read as a tree, whatever stands on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import examine
from generator.finished.output import Output
from generator.finished.read import Reader
from generator.finished.recorded import record, recording
from generator.finished.skim import Skimmer
from generator.html_links import occurrences, origin_of
from generator.html_links.addresses.resolve import Resolver
from generator.html_links.ledger import Occurrence
from generator.html_links.reading.pages import extract
from generator.model import Entry, Page, Site
from tests.sites import GOOD_SITE, TODAY, write_site

# What no parser reads as plain tags, and what is plain and wrong; {top} leads to the root.
PIECES = (
    '<a href="{top}none.html">没有</a>',
    '<a href="{top}index.html">首页</a>',
    '<a href="{top}index.html#none">首页</a>',
    '<a href="{top}INDEX.html">首页</a>',
    '<a href="{top}feed.xml">2023年年度报告</a>',
    '<a href="{top}index.html?a=1&amp;b=2">首页</a>',
    '<a href="{top}index.html&copy=1">首页</a>',
    "<a href='{top}none.html'>没有</a>",
    '<a HREF="{top}none.html">没有</a>',
    '<a href = "{top}none.html">没有</a>',
    '<a data-href="{top}index.html" href="{top}none.html">没有</a>',
    '<a title=" href=" href="{top}none.html">没有</a>',
    '<a title=">" href="{top}none.html">没有</a>',
    "<a href>空</a>",
    '<a href="">空</a>',
    '<a href="#">占位</a>',
    '<a href="#main">正文</a>',
    '<a href="#none">没有</a>',
    '<a name="none"></a><a href="#none">有</a>',
    '<a id="one" href="{top}index.html"><p>一<p>二</a>',
    '<a href="https://www.gov.cn/">国务院</a>',
    '<a href="http://192.168.3.4/">内网</a>',
    '<a href="htp://www.gov.cn/">国务院</a>',
    '<a href="https://szj.example.gov.cn/zwgk/none.html">没有</a>',
    '<a href="mailto:a@example.gov.cn">邮箱</a>',
    '<a href="javascript:void(0)">查看</a>',
    '<div style="display:none"><a href="https://casino.example.com/">赌场</a></div>',
    '<div hidden><a href="https://casino.example.com/">赌场</a></div>',
    '<A HREF="{top}none.html">没有</A>',
    '<a\thref="{top}none.html">没有</a>',
    '<a\nhref="{top}none.html">没有</a>',
    '<a/href="{top}none.html">没有</a>',
    '<a class="one"href="{top}none.html">没有</a>',
    '<a href="{top}none.html" href="{top}index.html">没有</a>',
    '<a href="{top}index.html" href="{top}none.html">首页</a>',
    '<a href="{top}none&#46;html">没有</a>',
    '<a href=" {top}none.html ">没有</a>',
    '<a href="{top}">首页</a>',
    '<a href="//none.example.com">别处</a>',
    '<a href="{top}static/icon.svg">图标</a>',
    '<P ID="main"></P>',
    '<p id="main" id="other"></p>',
    '<p id="main"></p>',
    '<p id="twice"></p><p id="twice"></p>',
    '<p id="&#109;ain"></p>',
    '<td id="cell"></td><a href="#cell">格</a>',
    '<svg><g id="drawn"></g></svg><a href="#drawn">图</a>',
    '<img src="{top}none.png" alt="">',
    '<img alt="">',
    "<img>",
    '<img src="{top}static/icon.svg" alt="" data-src="{top}none.png">',
    '<form action="{top}none.html"></form>',
    '<p style="background:url(none.png)"></p>',
    "<style>b { background: url(none.png) }</style>",
    '<base href="/none/">',
    '<meta http-equiv="refresh" content="3; url=none.html">',
    '<meta property="og:image" content="none.png">',
    '<meta property="OG:image" content="none.png">',
    '<meta content="none.png" property="og:image">',
    '<link rel="stylesheet" href="https://cdn.example.com/a.css">',
    '<script src="{top}none.js"></script>',
    '<script type="application/ld+json">{"url":"none.html"}</script>',
    '<script type="application/ld+json">{"url": "none.html"}</script>',
    '<script type="application/ld+json">{"image":["none.png"]}</script>',
    '<script type="application/ld+json">{"name":"\\"url\\":\\"none.html"}</script>',
    '<video src="{top}none.mp4"></video>',
    '<img src="{top}static/icon.svg" alt="" usemap="#areas">',
    '<iframe src="{top}none.html"></iframe>',
    '<object data="{top}none.pdf"></object>',
    '<input type="image" src="{top}none.png">',
    '<link rel="canonical" href="https://other.example.com/">',
    '<link rel="alternate" type="text/html" href="https://other.example.com/">',
    '<math><mi id="one">',
    "<frameset>",
    "<plaintext>",
    "<option>",
    "<![CDATA[",
    "<?none?>",
    "<!--",
    "<!-- -->",
    "-->",
    "<textarea>",
    "<template>",
    "<select>",
    "<noscript>",
    "<title>",
    "<table>",
    "</table>",
    "<script>",
    "</script>",
    "<",
    ">",
    '"',
    "a < b",
    "<b",
    "\0",
)


class Desk:
    """A built site whose pages are changed one at a time."""

    def __init__(self, site: Site, pages: tuple[Page, ...], folder: Path) -> None:
        self.site = site
        self.pages = pages
        self.folder = folder
        self.origin = origin_of(site.config.base_url)

    def looked(
        self, page: Page, *, skims: bool
    ) -> tuple[tuple[Occurrence, ...], list[tuple[Entry, frozenset[str]]]]:
        """What is found on one page of the site, and the addresses of its document that it has lost."""
        output = Output([page], self.site.addresses, self.folder)
        resolver = Resolver(output, self.origin)
        reader = Reader(
            output,
            recording(self.site),
            self.origin.hosts,
            None,
            with_facts=False,
            skimmer=Skimmer(output, resolver) if skims else None,
        )
        found = occurrences(output, self.origin, reader.read, with_words=False, resolver=resolver)
        return found, reader.missing

    def is_skimmed(self, page: Page) -> bool:
        """Whether a page is found sound without being taken apart; if so, no place on it is forgotten."""
        output = Output([page], self.site.addresses, self.folder)
        recorded = record(recording(self.site).get(page.url))
        skimmer = Skimmer(output, Resolver(output, self.origin))
        seen = skimmer.page(page.url, page.content, recorded)
        if seen is not None:
            assert seen.anchors == extract(page.content, self.origin.hosts).anchors
        return seen is not None


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with TemporaryDirectory() as temporary:
        folder = write_site(Path(temporary), GOOD_SITE)
        made = examine(folder, TODAY)
        shown = [page for page in made.pages if page.url.endswith(".html")]
        yield Desk(made.site, tuple(shown), folder)


def test_nearly_every_page_of_the_built_in_look_is_skimmed(desk: Desk) -> None:
    whole = [page.url for page in desk.pages if not desk.is_skimmed(page)]
    # Addresses without a place, charts, tables to download, a page that leads on, forms.
    assert whole == [
        "404.html",
        "annual-report/2024.html",
        "annual-report/2025.html",
        "catalog.html",
        "old/jgsz.html",
        "search.html",
        "statutory/work-points/2026-task-ledger.html",
        "statutory/work-points/2026.html",
    ]


@pytest.mark.parametrize("piece", PIECES)
def test_what_stands_in_a_body_is_found_in_both_ways(desk: Desk, piece: str) -> None:
    for page in desk.pages[:: len(desk.pages) // 3]:
        made = _with(page, [(0.7, piece)], [])
        assert desk.looked(made, skims=True) == desk.looked(made, skims=False)
        desk.is_skimmed(made)


@settings(deadline=None, max_examples=150)
@given(
    st.integers(0, 10_000),
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from(PIECES)), max_size=3),
    st.lists(st.tuples(st.floats(0, 1), st.integers(1, 30)), max_size=2),
)
def test_whatever_becomes_of_a_page_is_found_in_both_ways(
    desk: Desk, number: int, pieces: list[tuple[float, str]], cuts: list[tuple[float, int]]
) -> None:
    made = _with(desk.pages[number % len(desk.pages)], pieces, cuts)
    assert desk.looked(made, skims=True) == desk.looked(made, skims=False)
    desk.is_skimmed(made)


def _with(page: Page, pieces: list[tuple[float, str]], cuts: list[tuple[float, int]]) -> Page:
    """A page with pieces put between its tags, and some letters taken away."""
    text = page.content.decode()
    top = "../" * page.url.count("/")
    for part, piece in pieces:
        ends = [match.end() for match in re.finditer(">", text)] or [0]
        at = ends[min(int(part * len(ends)), len(ends) - 1)]
        text = text[:at] + piece.replace("{top}", top) + text[at:]
    for part, length in cuts:
        at = int(part * len(text))
        text = text[:at] + text[at + length :]
    return replace(page, content=text.encode())
