"""Finished pages looked at again and again (增量核对): after any edits the same is found as by a first look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import address, finished, load
from generator.build import examine
from generator.finding import Finding
from generator.memo import Memo
from generator.model import Outcome, Page, Templates, Tree
from tests.sites import GOOD_SITE, TODAY, write_site

DRAWING = "drawing.svg"
# What is put on a page; {to} leads to another one, {top} to the root.
PIECES = (
    '<a href="{to}">海川市数据与政务公开局2023年政府信息公开工作年度报告</a>',
    '<a href="{to}">关于印发《海川市公共数据管理办法》的通知（海府发〔2024〕3号）</a>',
    '<a href="{to}">《海川市公共数据管理办法》政策解读</a>',
    '<a href="{to}#here">此处</a>',
    '<a href="{to}#一、总则">第一章</a>',
    '<a href="#here">本页</a>',
    '<a href="">空</a><a href="#">占位</a>',
    '<a href="{top}none.html">没有</a>',
    '<a href="{top}new/extra.html">新网页</a>',
    '<a href="{top}form.pdf">2023年申请表.docx</a>',
    '<a href="{top}form.pdf">2024年申请表</a><a href="{top}form.pdf">申请表</a>',
    '<iframe src="{top}form.pdf"></iframe>',
    '<img src="{top}none.png" alt="图"><img src="{top}form.pdf" usemap="#areas" alt="">',
    '<map name="areas"></map>',
    '<a href="{top}drawing.svg#here">图上的位置</a>',
    '<p id="here"></p>',
    '<p id="here" style="background:url({top}none.png)" background="x.png"></p>',
    '<a style="display:none" href="https://casino.example.com/">赌场</a>',
    '<a href="https://zrzy.example.gov.cn/">市自然资源和规划局</a>',
    '<base href="{top}new/">',
    '<link rel="canonical" href="https://other.example.com/">',
    '<meta name="ContentSource" content="海川市教育局"><h1>海川市教育局职责</h1>',
    '<meta name="ArticleTitle" content="海川市数据与政务公开局2023年政府信息公开工作年度报告">',
    "<h1>海川市数据与政务公开局2024年政府信息公开工作年度报告</h1>",
    "<table><tr><td>发文字号</td><td>海府发〔2021〕9号</td></tr></table>",
)
# Files that come and go: address → content.
FILES = {
    "new/extra.html": '<title>新网页</title><p id="here"><a href="../none.html">没有</a></p>',
    "form.pdf": "%PDF-1.4",
    "new/look.css": "b { background: url(none.png) }",
    "new/feed.xml": "<urlset><url><loc>none.html</loc></url></urlset>",
    "NEW/extra.html": "<title>大写</title>",
}


@dataclass
class Desk:
    """A built site on which edits are made, page by page."""

    folder: Path
    outcome: Outcome
    templates: Templates
    settings: Tree
    contents: dict[str, Page] = field(default_factory=dict)
    has_own: bool = False
    template: str = ""

    @property
    def urls(self) -> list[str]:
        return [url for url in self.contents if url.endswith(".html")]

    def reset(self) -> None:
        # Every address that is promised counts as there; with few pages much more can be tried.
        self.contents = {
            page.url: page
            for number, page in enumerate(self.outcome.pages)
            if number % 8 == 0 or page.url in (PAGE, OTHER, REPORT)
        }
        self.contents[DRAWING] = Page(DRAWING, b"", DRAWING)
        (self.folder / DRAWING).write_text("<svg></svg>", encoding="utf-8")
        self.has_own = False
        self.template = ""

    def found(self, known: finished.Known | None) -> list[Finding]:
        # Bytes of their own: a build makes every page anew.
        pages = [
            replace(page, content=bytes(bytearray(page.content))) for page in self.contents.values()
        ]
        # What words say is told of templates alone: all that was inserted stands in one.
        templates = self.templates
        if self.has_own:
            texts = {**self.templates.texts, "own.html": self.template}
            templates = replace(self.templates, texts=texts, own=frozenset({"own.html"}))
        return finished.find(self.outcome.site, pages, templates, self.settings, self.folder, known)

    def insert(self, url: str, piece: str, to: str) -> None:
        text = piece.format(to=address.href(url, to), top=address.href(url, "x")[:-1])
        page = self.contents[url]
        self.contents[url] = replace(page, content=page.content + text.encode())
        self.template += text + "\n"


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with TemporaryDirectory() as temporary:
        folder = write_site(Path(temporary), GOOD_SITE)
        loaded = load.read_site(folder)
        yield Desk(folder, examine(folder, TODAY), loaded.templates, loaded.settings)


def edited(desk: Desk, kind: str, one: int, other: int) -> None:
    """One edit at random places, of pages or of what they are held against."""
    match kind:
        case "file":
            name = sorted(FILES)[one % len(FILES)]
            gives(name, None if name in desk.contents else FILES[name])(desk)
        case "drawing":
            draws('<svg><g id="here"/></svg>' if other % 2 else "<svg></svg>")(desk)
        case "templates":
            desk.has_own = not desk.has_own
        case "documents":
            desk.outcome = _with_other_documents(desk.outcome, one, other)
        case _:
            _edited_pages(desk, kind, one, other)


def _edited_pages(desk: Desk, kind: str, one: int, other: int) -> None:
    urls = desk.urls
    url, to = urls[one % len(urls)], urls[other % len(urls)]
    page = desk.contents[url]
    match kind:
        case "insert":
            desk.insert(url, PIECES[(one + other) % len(PIECES)], to)
        case "everywhere":
            for each in urls[:: 1 + other % 3]:
                desk.insert(each, PIECES[one % len(PIECES)], to)
        case "title":
            old = page.content
            desk.contents[url] = replace(page, content=old.replace(b"<h1", b"<h2 id=here", 1))
        case "ids":
            desk.contents[url] = replace(page, content=page.content.replace(b' id="', b' id="x', 3))
        case "links":
            desk.contents[url] = replace(page, content=page.content.replace(b"<a ", b"<b ", 9))
        case "restore":
            for original in desk.outcome.pages[one % 3 :: 3]:
                desk.contents[original.url] = original
        case "remove":
            del desk.contents[url]


def _with_other_documents(outcome: Outcome, one: int, other: int) -> Outcome:
    """The same with other values for documents: equal ones, and one that records fewer links."""
    site = outcome.site
    built = [replace(entry) for entry in site.built]
    entry = built[one % len(built)]
    built[one % len(built)] = replace(entry, links=entry.links[other % 2 :])
    entries = {**site.entries, **{entry.path: entry for entry in built}}
    return replace(outcome, site=replace(site, built=tuple(built), entries=entries))


KINDS = "insert everywhere title ids links restore remove file drawing templates documents".split()
EDITS = st.tuples(st.sampled_from(KINDS), st.integers(0, 200), st.integers(0, 200))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=2, max_size=5), st.booleans())
def test_after_edits_the_same_is_found(
    desk: Desk, rounds: list[list[tuple[str, int, int]]], has_own: bool
) -> None:
    before = desk.outcome
    desk.reset()
    desk.has_own = has_own
    known = finished.Known()
    assert desk.found(known) == desk.found(None)
    for edits in rounds:
        for edit in edits:
            edited(desk, *edit)
        assert desk.found(known) == desk.found(None)
    desk.outcome = before


Step = Callable[[Desk], None]
PAGE, OTHER, THIRD = "index.html", "guide/index.html", "search/index.html"
REPORT = "annual-report/2025.html"
LAST_YEAR = "海川市数据与政务公开局2024年政府信息公开工作年度报告"


def puts(piece: str, url: str = PAGE, to: str = OTHER) -> Step:
    """The page as it was built, with `piece` at its end."""

    def step(desk: Desk) -> None:
        desk.contents[url] = next(page for page in desk.outcome.pages if page.url == url)
        desk.insert(url, piece, to)

    return step


def gives(url: str, content: str | None) -> Step:
    """A file made, or taken away."""

    def step(desk: Desk) -> None:
        desk.contents.pop(url, None)
        if content is not None:
            desk.contents[url] = Page(url, content.encode())

    return step


def draws(svg: str) -> Step:
    """The drawing that is copied to the output, as it is on the disk."""

    def step(desk: Desk) -> None:
        (desk.folder / DRAWING).write_text(svg, encoding="utf-8")

    return step


def has_own(desk: Desk) -> None:
    desk.has_own = True


def other_link_recorded(desk: Desk) -> None:
    """A document that means to link to another place than its page does."""
    site = desk.outcome.site
    at = next(
        number
        for number, one in enumerate(site.built)
        if one.url in desk.contents and any(link.url for link in one.links)
    )
    entry = site.built[at]
    links = [one._replace(url=THIRD) if one.url else one for one in entry.links]
    built = [*site.built]
    built[at] = replace(entry, links=tuple(links))
    entries = {**site.entries, entry.path: built[at]}
    desk.outcome = replace(desk.outcome, site=replace(site, built=tuple(built), entries=entries))


# What is done one after the other, each with the rules that are broken then.
STORIES: dict[str, tuple[tuple[Step, list[str]], ...]] = {
    "a link comes and goes": (
        (puts('<a href="none.html">没有</a>'), ["broken-page"]),
        (puts(""), []),
    ),
    "the page that is linked gets its place": (
        (puts('<a href="{to}#here">此处</a>'), ["broken-anchor"]),
        (puts('<p id="here"></p>', OTHER), []),
        (puts("", OTHER), ["broken-anchor"]),
    ),
    "the page that is linked is not made for a while": (
        (puts('<a href="{to}#here">此处</a>'), ["broken-anchor"]),
        (lambda desk: desk.contents.__delitem__(OTHER), []),
        (puts("", OTHER), ["broken-anchor"]),
    ),
    "the drawing that is linked gets its place": (
        (puts(f'<a href="{DRAWING}#here">图上</a>'), ["broken-anchor"]),
        (draws('<svg><g id="here"/></svg>'), []),
    ),
    "a page gets the map that its picture names": (
        (puts('<img src="drawing.svg" alt="" usemap="#areas">'), ["broken-anchor"]),
        (puts('<img src="drawing.svg" alt="" usemap="#areas"><map name="areas"></map>'), []),
    ),
    "a page that is linked is made": (
        (puts('<a href="new/extra.html">新网页</a>'), ["broken-page"]),
        (gives("new/extra.html", "<title>新网页</title>"), []),
        (gives("new/extra.html", None), ["broken-page"]),
    ),
    "a list is mended": (
        (gives("new.xml", "<urlset><url><loc>none.html</loc></url></urlset>"), ["broken-page"]),
        (gives("new.xml", "<urlset><url><loc>index.html</loc></url></urlset>"), []),
    ),
    "an empty file is linked with words, then only loaded": (
        (gives("form.pdf", ""), []),
        (puts('<a href="form.pdf">表</a><iframe src="form.pdf"></iframe>'), ["bad-attachment"]),
        (puts('<iframe src="form.pdf"></iframe>'), []),
    ),
    "words count once the site has templates of its own": (
        (puts(f'<a href="{{to}}">{LAST_YEAR}</a>', to=REPORT), []),
        (has_own, ["wrong-year"]),
    ),
    "a page that is linked gets another title": (
        (has_own, []),
        (gives("new/a.html", "<title>关于加强公共数据管理的通知</title>"), []),
        (puts('<a href="new/a.html">海川市燃气安全管理办法</a>'), ["wrong-title"]),
        (gives("new/a.html", "<title>海川市燃气安全管理办法</title>"), []),
    ),
    "a document records another link": (
        (lambda desk: None, []),
        (other_link_recorded, ["lost-link"]),
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_what_is_found_follows_what_is_done(desk: Desk, name: str) -> None:
    before = desk.outcome
    desk.reset()
    known = finished.Known()
    assert desk.found(known) == []
    for step, rules in STORIES[name]:
        step(desk)
        found = desk.found(known)
        assert (sorted({one.rule for one in found}), found) == (rules, desk.found(None))
    desk.outcome = before


def test_the_right_page_is_named_once_it_is_there(desk: Desk) -> None:
    """A page to which nothing links may be the one that was meant."""
    desk.reset()
    desk.has_own = True
    known = finished.Known()
    title = "海川市燃气安全管理办法"
    gives("new/a.html", "<title>关于加强公共数据管理的通知</title>")(desk)
    gives("new/b.html", "<title>海川市公共数据管理办法</title>")(desk)
    puts(f'<a href="new/a.html">{title}</a>')(desk)
    assert [one.suggestion for one in desk.found(known)] == [None]
    gives("new/b.html", f"<title>{title}</title>")(desk)
    assert [one.suggestion for one in desk.found(known)] == ["new/b.html"]


def test_builds_of_one_process_look_only_at_what_changed(tmp_path: Path) -> None:
    site = write_site(tmp_path, GOOD_SITE)
    memo = Memo()
    examine(site, TODAY, memo=memo)
    known = memo.held("finished", "")
    assert isinstance(known, finished.Known)
    read = {url: page.rest for url, page in known.pages(known.read_so).items()}
    notice = "content/statutory/notice/2026/fees.md"
    with (site / notice).open("a", encoding="utf-8") as file:
        file.write("\n另见[首页](https://www.gov.cn/)。\n")
    examine(site, TODAY, memo=memo)
    again = known.pages(known.read_so)
    assert [url for url in again if again[url].rest is not read[url]] == [
        "statutory/notice/2026/fees.html"
    ]
