"""What only a browser shows: layout at every width, keyboard, scripts, print, file:// and deep 404s."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.built import demonstration

pytestmark = pytest.mark.browser

# One page of each kind.
PAGES = (
    "index.html",
    "guide/index.html",
    "statutory/index.html",
    "statutory/policy/index.html",
    "statutory/policy/status/repealed.html",
    "statutory/policy/2023/data-open.html",
    "statutory/policy/2022/column-inspection.html",
    "statutory/interpretation/2023/data-open.html",
    "statutory/work-points/2024.html",
    "statutory/consultation/2025/policy-interpretation.html",
    "statutory/faq/2023/ageing-service.html",
    "statutory/event/2026/open-month.html",
    "annual-report/2025.html",
    "topics/index.html",
    "topics/standardization/index.html",
    "catalog.html",
    "sitemap.html",
    "search.html?q=数据",
    "apply.html",
    "404.html",
)
WIDTHS = (360, 768, 1280, 1920)
POLICY = "statutory/policy/2023/data-open.html"


@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_page_fits_and_is_quiet(browser: Browser, base: str, width: int) -> None:
    context = browser.new_context(base_url=base, viewport={"width": width, "height": 900})
    page = context.new_page()
    noise: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        noise.append(f"{page.url}: {message.text}")

    def watch(request: Request) -> None:
        if not request.url.startswith(base):
            noise.append(f"{page.url}: {request.url}")

    page.on("console", hear)
    page.on("pageerror", lambda error: noise.append(f"{page.url}: {error}"))
    page.on("request", watch)
    for url in PAGES:
        answer = page.goto(url)
        assert answer is not None
        assert answer.ok, url
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            noise.append(f"{url} is {over} px too wide")
    context.close()
    assert noise == []


def test_on_phones_the_four_columns_are_two_by_two_and_in_sight(
    browser: Browser, base: str
) -> None:
    context = browser.new_context(base_url=base, viewport={"width": 360, "height": 740})
    page = context.new_page()
    for url, selector in (("index.html", ".great li"), (POLICY, ".four li:not(.four-apply)")):
        page.goto(url)
        boxes = [item.bounding_box() for item in page.locator(selector).all()]
        lefts = [round(box["x"]) for box in boxes if box]
        tops = [round(box["y"]) for box in boxes if box]
        assert len(boxes) == 4
        assert (lefts[0], lefts[1]) == (lefts[2], lefts[3])
        assert lefts[0] < lefts[1]
        assert tops[0] == tops[1] < tops[2] == tops[3] < 500
    context.close()


def test_the_side_tree_folds_on_phones_and_stands_open_at_a_desk(page: Page) -> None:
    page.goto(POLICY)
    expect(page.locator(".tree")).to_be_visible()
    expect(page.locator(".side summary")).to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator(".tree")).to_be_hidden()
    page.locator(".side summary").click()
    expect(page.locator(".tree")).to_be_visible()


def test_the_keyboard_reaches_the_text_first(page: Page) -> None:
    page.goto(POLICY)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_font_size_is_remembered_from_page_to_page(page: Page) -> None:
    page.goto(POLICY)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "18px"
    page.get_by_role("button", name="大字号").click()
    page.goto("annual-report/2025.html")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "22px"
    expect(page.get_by_role("button", name="大字号")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    "query",
    [
        "海数政规〔2023〕1号",
        "海数政规[2023]1号",
        "海数政规（2023）第01号",
        "〔2023〕1号",
        "MB0X00012/2023-00002",
    ],
)
def test_a_number_in_any_style_finds_its_document_first(page: Page, query: str) -> None:
    page.goto("index.html")
    page.get_by_label("检索政府信息").fill(query)
    page.keyboard.press("Enter")
    first = page.locator("#search-results li").first
    expect(first.locator("a")).to_have_attribute("href", POLICY)


def test_words_find_documents_and_are_marked(page: Page) -> None:
    page.goto("search.html?q=公共数据 开放 管理办法")
    expect(page.locator("#search-results mark").first).to_have_text("公共数据")
    titles = page.locator("#search-results a").all_text_contents()
    assert "海川市数据与政务公开局关于印发《海川市公共数据开放管理办法》的通知" in titles
    page.goto("search.html?q=这个词哪里也没有")
    expect(page.locator("#search-state")).to_contain_text("没有找到与“这个词哪里也没有”相符的信息")


def test_without_scripts_all_can_be_read_and_search_says_what_to_do(
    browser: Browser, base: str
) -> None:
    context = browser.new_context(base_url=base, java_script_enabled=False)
    page = context.new_page()
    page.goto("search.html?q=数据")
    expect(page.locator("#search-state")).to_contain_text("需要运行脚本")
    page.locator("#search-state a").first.click()
    expect(page.locator("h1")).to_have_text("主动公开目录")
    page.goto(POLICY)
    expect(page.locator(".prose")).to_contain_text("第一条")
    expect(page.locator(".tools")).to_be_hidden()
    context.close()


def test_a_missing_address_at_any_depth_leads_home(page: Page) -> None:
    answer = page.goto("statutory/policy/1999/nowhere/at/all.html")
    assert answer is not None
    assert answer.status == 404
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.masthead')).borderTopWidth")
        == "6px"
    )
    page.get_by_role("link", name="政府信息公开首页").click()
    expect(page.locator(".great li")).to_have_count(4)


def test_an_old_address_leads_on(page: Page) -> None:
    aliases = [
        (alias, entry.document.url)
        for entry in demonstration().outcome.site.built
        for alias in entry.document.meta.aliases
    ]
    assert aliases
    for alias, url in aliases:
        page.goto(alias)
        page.wait_for_url(f"**/{url}")


def test_the_site_works_from_the_file_system(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("navigation", name="主要栏目").get_by_role(
        "link", name="法定主动公开内容"
    ).click()
    page.locator(".cards").get_by_role("link", name="政策文件").click()
    page.locator(".rows a.row-title").first.click()
    page.locator(".crumbs a").first.click()
    assert page.url == (folder / "index.html").as_uri()


def test_printing_leaves_out_what_is_not_the_document(page: Page) -> None:
    page.goto(POLICY)
    page.emulate_media(media="print")
    for selector in (".masthead", ".side", ".crumbs", ".tools", ".outline", ".foot", ".neighbours"):
        expect(page.locator(selector)).to_be_hidden()
    for selector in ("h1", ".doc-number", ".fields", ".prose"):
        expect(page.locator(selector).first).to_be_visible()


def test_wide_tables_scroll_inside_themselves(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("annual-report/2025.html")
    inner, outer = page.evaluate(
        "(wrap => [wrap.scrollWidth, wrap.clientWidth])"
        "(document.querySelector('.form-table-3').parentElement)"
    )
    assert inner > outer
    assert page.evaluate("document.documentElement.scrollWidth") == 360
