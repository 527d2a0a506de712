"""Search in the browser: below a path prefix, under a strict policy, against plain search in the texts."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator import full_text
from generator.build import searchable
from generator.model import Entry
from tests.built import REPOSITORY, demonstration

pytestmark = pytest.mark.browser

PREFIX = "/zwgk/"
# As strict as the index allows: WebAssembly is compiled, nothing is evaluated, nothing comes from elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"
    " img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'self'"
)
DATA_OPEN = "statutory/policy/2023/data-open.html"

PHRASES = (
    "公共数据开放",
    "应当说明理由",
    "不得以任何理由",
    "先审查、后公开",
    "行政规范性文件",
    "15个工作日",
    "2026年3月31日",
    "“十四五”",
    "最多跑一次",
    "全国一体化政务大数据",
    "政府信息公开申请",
    "视障人士",
    "开放数据的",
    "据开",
    "适老化和无障碍改造",
    "WCAG",
    "收支预算",
    "提前告知公众",
)
NUMBERS = (
    ("海数政规〔2023〕1号", "海数政规[2023]1号"),
    ("海数政规〔2023〕1号", "海数政规（2023）第01号"),
    ("海数政规〔2024〕1号", "海数政规【2024】1号"),
    ("海数政规〔2021〕1号", "海数政规 〔2021〕 1 号"),
)


class _Host(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def translate_path(self, path: str) -> str:
        if not path.startswith(PREFIX):
            return str(Path(str(self.directory), "nothing-outside-the-prefix"))
        return super().translate_path("/" + path.removeprefix(PREFIX))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration site with its full-text index, on loopback."""
    if full_text.program() is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no Pagefind: requirements.lock brings it")
        pytest.skip("Pagefind is not installed: pip install 'gongkai[search]'")
    root = tmp_path_factory.mktemp("searchable")
    for file in searchable(demonstration().outcome).pages:
        place = root / file.url
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(
            (REPOSITORY / file.copy_of).read_bytes() if file.copy_of else file.content
        )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(root)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visitor(browser: Browser, host: str) -> Iterator[Page]:
    """A visitor in whose console nothing may be said."""
    context: BrowserContext = browser.new_context(base_url=host)
    page = context.new_page()
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    yield page
    context.close()
    assert noise == []


def _search(page: Page, query: str, **chosen: str) -> list[str]:
    """Where the results for `query` lead, in their order, all of them."""
    if "/search.html" in page.url and "&" not in page.url and not chosen:
        page.locator("#find-here").fill(query)
        page.locator("#find-here").press("Enter")
    else:
        asked = {"q": query, **chosen}
        words = "&".join(f"{name}={quote(value)}" for name, value in asked.items())
        page.goto(f"search.html?{words}")
    expect(page.locator("#search-results")).to_have_attribute("aria-busy", "false")
    more = page.locator("#search-results + button")
    results = page.locator("#search-results > li")
    while more.is_visible():
        shown = results.count()
        more.click()
        expect(results.nth(shown)).to_be_attached()
    addresses = page.locator("#search-results a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return [unquote(address) for address in addresses]


def _near(page: Page) -> list[str]:
    if page.locator("#search-near").is_hidden():
        return []
    addresses = page.locator("#search-near a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return [unquote(address) for address in addresses]


def _plain(text: str) -> str:
    """One width, no spaces: what a plain search for a substring would compare."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()


def _lines(entry: Entry) -> Iterator[str]:
    """What the page of a document says, line by line, read from its source."""
    meta = entry.document.meta
    yield entry.document.title
    yield from (meta.summary or "", meta.contact or "", *meta.keywords)
    yield from (meta.document_number or "", meta.index_number or "")
    yield from entry.body.text.split("\n")
    for task in meta.tasks:
        yield from (task.task, task.detail or "", *task.lead, *task.support)
    for question in meta.questions:
        yield from (question.question, *(question.answer or "").splitlines())
    for opinion in meta.consultation.feedback if meta.consultation else ():
        yield from (opinion.opinion, opinion.adopted or "", opinion.reason or "")
    yield from (file.title for file in entry.attachments)


@cache
def _texts() -> Mapping[str, tuple[str, ...]]:
    return {
        entry.url: tuple(_plain(line) for line in _lines(entry))
        for entry in demonstration().outcome.site.listed
    }


def _holding(phrase: str) -> set[str]:
    needle = _plain(phrase)
    return {url for url, text in _texts().items() if any(needle in line for line in text)}


def _phrases() -> tuple[str, ...]:
    """Twenty phrases more, cut anywhere out of the texts: no list of words knows them."""
    random = Random(20261120)
    found: list[str] = []
    lines = [line for text in _texts().values() for line in text if len(line) > 16]
    while len(found) < 20:
        line = random.choice(lines)
        start = random.randrange(len(line) - 12)
        phrase = line[start : start + random.choice((2, 3, 4, 7, 12))]
        if phrase.isalnum():
            found.append(phrase)
    return tuple(found)


def test_phrases_are_found_where_they_stand_and_nowhere_else(visitor: Page) -> None:
    wrong, missed, right = [], [], 0
    for phrase in (*PHRASES, *_phrases()):
        found, expected = set(_search(visitor, f"“{phrase}”")), _holding(phrase)
        wrong += [(phrase, url) for url in sorted(found - expected)]
        missed += [(phrase, url) for url in sorted(expected - found)]
        right += len(found & expected)
        assert _near(visitor) == [], phrase
    assert right > 300
    assert (wrong, missed) == ([], [])


def test_numbers_find_their_document_first_and_then_who_names_it(visitor: Page) -> None:
    numbers = {
        entry.document.meta.document_number: entry.url
        for entry in demonstration().outcome.site.listed
    }
    for number, query in NUMBERS:
        found = _search(visitor, query)
        assert found[0] == numbers[number]
        assert set(found) == _holding(number)
        assert len(found) == len(set(found))


def test_an_index_number_and_part_of_a_number_find_their_documents(visitor: Page) -> None:
    assert _search(visitor, "MB0X00012/2023-00002")[0] == DATA_OPEN
    assert _search(visitor, "mb0x00012/2023-00002")[0] == DATA_OPEN
    assert DATA_OPEN in _search(visitor, "〔2023〕1号")
    strong = visitor.locator("#search-results li strong").first
    expect(strong).to_have_text("与检索词相符")


def test_a_title_finds_its_document_first(visitor: Page) -> None:
    for entry in demonstration().outcome.site.listed[::19]:
        assert _search(visitor, entry.document.title)[0] == entry.url


def test_words_parted_by_spaces_all_have_to_occur(visitor: Page) -> None:
    found = _search(visitor, "公共数据 复核")
    assert set(found) == _holding("公共数据") & _holding("复核")
    marks = visitor.locator("#search-results mark").all_text_contents()
    assert set(marks) == {"公共数据", "复核"}


def test_a_question_has_near_results_apart(visitor: Page) -> None:
    found = _search(visitor, "公共数据开放的申请期限")
    near = _near(visitor)
    assert set(found) == _holding("公共数据开放的申请期限")
    assert near
    assert not set(found) & set(near)
    for url in near:
        for word in ("公共", "数据", "开放", "申请", "期限"):
            assert url in _holding(word)
    expect(visitor.locator("#search-near h2")).to_have_text("相近结果")
    expect(visitor.locator("#search-state")).to_contain_text("下面是相近结果")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("year", "2023"),
        ("column", "statutory/policy"),
        ("kind", "政策解读"),
        ("status", "废止"),
        ("issuer", "海川市数据与政务公开局"),
        ("topic", "open-data"),
    ],
)
def test_filters(visitor: Page, name: str, value: str) -> None:
    def holds(entry: Entry) -> bool:
        document, meta = entry.document, entry.document.meta
        published = str(meta.published.day.year) if meta.published else ""
        return {
            "year": published == value,
            "column": any(f"{column}/".startswith(f"{value}/") for column in document.columns),
            "kind": document.kind.zh == value,
            "status": entry.status.value == value,
            "issuer": value in (meta.issuer or ("海川市数据与政务公开局",)),
            "topic": value in meta.topics,
        }[name]

    of = {entry.url for entry in demonstration().outcome.site.listed if holds(entry)}
    assert of
    assert set(_search(visitor, "公共数据", **{name: value})) == _holding("公共数据") & of
    assert set(_search(visitor, "", **{name: value})) == of


def test_sorted_by_date(visitor: Page) -> None:
    found = _search(visitor, "公共数据", sort="date")
    days = [
        entry.document.meta.published.day
        for url in found
        for entry in demonstration().outcome.site.listed
        if entry.url == url and entry.document.meta.published
    ]
    assert len(days) == len(found) > 20
    assert days == sorted(days, reverse=True)


def test_by_keyboard_from_any_page_and_back_again(visitor: Page) -> None:
    visitor.goto(DATA_OPEN)
    visitor.get_by_label("检索政府信息").focus()
    visitor.keyboard.type("适老化")
    visitor.keyboard.press("Enter")
    expect(visitor.locator("#search-state")).to_contain_text("找到")
    assert visitor.title().startswith("适老化 - ")
    expect(visitor.locator("#search-state")).to_have_attribute("role", "status")
    box = visitor.get_by_label("标题、文号、索引号或正文")
    expect(box).to_have_value("适老化")
    box.fill("数据目录")
    box.press("Enter")
    expect(visitor.locator("#search-results mark").first).to_have_text("数据目录")
    visitor.get_by_label("年份").select_option("2024")
    visitor.wait_for_url("**/search.html?q=*&year=2024")
    visitor.go_back()
    visitor.go_back()
    expect(box).to_have_value("适老化")
    expect(visitor.locator("#search-results mark").first).to_have_text("适老化")


def test_the_page_says_what_it_could_not_do(visitor: Page) -> None:
    assert _search(visitor, "！？。") == []
    expect(visitor.locator("#search-state")).to_have_text("检索词里没有文字或者数字。")
    assert _search(visitor, "这个词哪里也没有") == []
    expect(visitor.locator("#search-state")).to_contain_text(
        "没有找到与“这个词哪里也没有”相符的信息"
    )
    assert _search(visitor, "xyzq") == []
    expect(visitor.locator("#search-state a")).to_have_attribute("href", "catalog.html")
    assert _search(visitor, "<img src=x onerror=alert(1)>") == []


def test_without_pagefind_the_own_index_answers(page: Page) -> None:
    found = _search(page, "“公共数据开放”")
    assert found[0] == DATA_OPEN or DATA_OPEN in found
    assert set(found) < _holding("公共数据开放")
    expect(page.locator("#search-scope")).to_be_visible()
    assert _search(page, "海数政规[2023]1号")[0] == DATA_OPEN
    assert _search(page, "公共数据开放的申请期限") == []
    assert _near(page)
    listed = demonstration().outcome.site.listed
    assert len(_search(page, "", kind="政策解读")) == sum(
        entry.document.kind.zh == "政策解读" for entry in listed
    )
