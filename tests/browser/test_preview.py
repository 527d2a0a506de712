"""The preview in a browser: what was edited is shown, what was deleted is gone, errors come and go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.built import REPOSITORY
from tests.served import DEADLINE, FEES, FEES_PAGE, Served, edit, serving
from tests.sites import GOOD_SITE, NOTICE, write_site

pytestmark = pytest.mark.browser

LONG = "\n\n".join(f"第{number}条 本条规定收费事项。" for number in range(1, 200))


# As strict as a site may be: nothing inline.
STRICT = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"


@pytest.fixture(scope="module")
def strict() -> dict[str, str | bytes]:
    """The good site with a policy of its own in every page, and a draft."""
    base = (REPOSITORY / "templates" / "base.html").read_text(encoding="utf-8")
    policy = f'<meta http-equiv="Content-Security-Policy" content="{STRICT}">'
    front, rule, _ = NOTICE.rpartition("---\n")
    draft = f"{front}{rule}\n这份说明还没有写完。\n".replace("2026-00009", "2026-00090")
    draft = draft.replace("旧址: [old/jgsz.html]", "草稿: 是").replace("内设机构", "下属单位")
    return {
        **GOOD_SITE,
        "templates/base.html": base.replace("<head>\n", f"<head>\n{policy}\n"),
        "content/statutory/notice/2026/draft.md": draft,
    }


@pytest.fixture
def served(tmp_path: Path, strict: dict[str, str | bytes]) -> Iterator[Served]:
    site = write_site(tmp_path / "site", strict)
    with serving(site) as served:
        yield served


@pytest.fixture
def tab(browser: Browser, served: Served) -> Iterator[Page]:
    """A tab on the preview, which waits as long as a build may take."""
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{served.port}", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(DEADLINE * 1000)
    expect.set_options(timeout=DEADLINE * 1000)
    yield context.new_page()
    expect.set_options(timeout=5000)
    context.close()


def opened(tab: Page, path: str) -> None:
    """Go to `path`; the page listens for changes when this returns."""
    with tab.expect_websocket() as waiting:
        tab.goto(path)
    # livereload answers the greeting of its script, and the script then tells what it shows.
    waiting.value.wait_for_event("framesent", lambda frame: '"info"' in str(frame))


def test_an_edit_is_shown_and_the_place_in_the_page_kept(tab: Page, served: Served) -> None:
    edit(served.site / FEES, "本局没有", f"{LONG}\n\n本局没有")
    served.until(lambda: "第199条" in served.get(FEES_PAGE).text)
    opened(tab, FEES_PAGE)
    tab.evaluate("scrollTo(0, 2500)")
    edit(served.site / FEES, "第1条 本条规定收费事项", "第1条 本条规定收费标准")
    expect(tab.locator(".prose")).to_contain_text("第1条 本条规定收费标准")
    expect(tab.locator("html")).to_have_js_property("scrollTop", 2500)


def test_a_page_that_is_deleted_is_gone_and_comes_back(tab: Page, served: Served) -> None:
    text = (served.site / FEES).read_text(encoding="utf-8")
    opened(tab, FEES_PAGE)
    (served.site / FEES).unlink()
    expect(tab.locator("h1")).to_have_text("没有找到您要的页面")
    (served.site / FEES).write_text(text, encoding="utf-8")
    expect(tab.locator(".prose")).to_contain_text("本局没有行政事业性收费项目")


def test_an_error_is_shown_over_the_last_good_page_and_goes_when_mended(
    tab: Page, served: Served
) -> None:
    settings = served.site / "site.yaml"
    text = settings.read_text(encoding="utf-8")
    opened(tab, FEES_PAGE)
    settings.write_text(f"{text}colour: red\n", encoding="utf-8")
    alert = tab.get_by_role("alert")
    expect(alert).to_contain_text("站点无法生成")
    expect(alert).to_contain_text("colour")
    expect(tab.locator(".prose")).to_contain_text("本局没有行政事业性收费项目")
    settings.write_text(text, encoding="utf-8")
    expect(alert).to_have_count(0)


def test_the_panel_leads_to_the_line_and_to_all_findings(tab: Page, served: Served) -> None:
    opened(tab, FEES_PAGE)
    panel = tab.get_by_role("complementary", name="预览面板")
    expect(panel.get_by_text("预览：本页 0 个问题")).to_be_visible()
    expect(panel.get_by_role("link", name="全站的问题")).to_be_hidden()
    edit(served.site / FEES, "本局没有", "见[收费清单](none.md)。本局没有")
    finding = panel.get_by_role("listitem").filter(has_text="链接的网页不存在：none.md")
    expect(finding).to_be_visible()
    expect(finding.get_by_role("link")).to_have_attribute(
        "href", f"vscode://file{served.site / FEES}:{_line(served.site / FEES, 'none.md')}:2"
    )
    panel.get_by_role("link", name="全站的问题").click()
    expect(tab.locator("h1")).to_have_text("全站的问题")
    expect(tab.get_by_role("listitem")).to_have_count(1)
    # The board is renewed like any page.
    edit(served.site / FEES, "见[收费清单](none.md)。", "")
    expect(tab.locator(".headline")).to_have_text("没有发现问题")
    tab.get_by_role("link", name="改动的文件").click()
    expect(tab.locator(".headline")).to_contain_text("不在 git 版本库里")
    tab.get_by_role("link", name="回到站点").click()
    expect(tab.locator(".great li")).to_have_count(4)


def _line(file: Path, words: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_the_panel_is_worked_by_keyboard_and_remembers_what_was_chosen(
    tab: Page, served: Served
) -> None:
    opened(tab, FEES_PAGE)
    summary = tab.locator("gongkai-preview summary")
    summary.focus()
    tab.keyboard.press("Enter")
    panel = tab.get_by_role("complementary", name="预览面板")
    expect(panel.get_by_role("link", name="打开原稿")).to_be_visible()
    opened(tab, "/zwgk/")
    expect(panel.get_by_role("link", name="全站的问题")).to_be_visible()
    summary.focus()
    tab.keyboard.press("Enter")
    opened(tab, FEES_PAGE)
    expect(panel.get_by_role("link", name="全站的问题")).to_be_hidden()


def test_the_page_itself_is_left_alone(tab: Page, served: Served) -> None:
    """Neither its scripts nor its style meet the panel, which the strict policy does not stop."""
    noise: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        noise.append(message.text)

    tab.on("console", hear)
    tab.on("pageerror", lambda error: noise.append(str(error)))
    opened(tab, "/zwgk/statutory/notice/2026/draft.html")
    panel = tab.get_by_role("complementary", name="预览面板")
    expect(panel.get_by_text("草稿", exact=True)).to_be_visible()
    assert (
        tab.evaluate("document.querySelectorAll('details > div, gongkai-preview aside').length")
        == 0
    )
    assert (
        tab.evaluate("getComputedStyle(document.querySelector('gongkai-preview')).position")
        == "fixed"
    )
    opened(tab, "/zwgk/statutory/notice/index.html")
    mark = "getComputedStyle(document.querySelector('.rows a[href$=\"draft.html\"]'), '::after').content"
    assert tab.evaluate(mark) == '"［草稿］"'
    assert noise == []
    tab.emulate_media(media="print")
    expect(tab.locator("gongkai-preview")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_panel_fits_and_leaves_the_page_as_wide_as_it_was(
    tab: Page, served: Served, width: int
) -> None:
    edit(served.site / FEES, "本局没有", "见[收费清单](none.md)。本局没有")
    served.until(lambda: "none.md" in served.get("/__gongkai/findings").text)
    tab.set_viewport_size({"width": width, "height": 740})
    for path in (FEES_PAGE, "/__gongkai/findings", "/__gongkai/changes"):
        opened(tab, path)
        assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    opened(tab, FEES_PAGE)
    box = tab.locator("gongkai-preview").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["height"] < 740 * 0.6
