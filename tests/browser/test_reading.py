"""Reading aids: size, colours, simple version, guide line, reading aloud, copying; remembered, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.kinds import POLICY, REPORT

pytestmark = pytest.mark.browser

SIZE = "getComputedStyle(document.documentElement).fontSize"
PAPER = "getComputedStyle(document.body).backgroundColor"
# A browser has no voice on a machine without sound: this one says at once that it has spoken.
VOICE = """
window.spoken = [];
Object.defineProperty(window, 'speechSynthesis', {value: {
    held: [],
    speak(utterance) {
        spoken.push([utterance.lang, utterance.text]);
        if (window.falls === 'silent') { return; }
        setTimeout(() => window.falls === 'over' ? utterance.onerror({}) : utterance.onend({}), 0);
    },
    cancel() {},
}});
"""


def open_panel(page: Page) -> None:
    page.get_by_role("button", name="阅读辅助").click()
    expect(page.get_by_role("region", name="阅读辅助")).to_be_visible()


def choose(page: Page, group: str, value: str) -> None:
    page.get_by_role("group", name=group).get_by_role("button", name=value, exact=True).click()


def test_the_font_size_is_remembered_from_page_to_page(page: Page) -> None:
    page.goto(POLICY)
    assert page.evaluate(SIZE) == "18px"
    page.get_by_role("button", name="大字号").click()
    page.goto(REPORT)
    assert page.evaluate(SIZE) == "22px"
    expect(page.get_by_role("button", name="大字号")).to_have_attribute("aria-pressed", "true")


def test_each_choice_holds_before_anything_is_painted(page: Page) -> None:
    page.goto("index.html")
    open_panel(page)
    choose(page, "字号", "特大")
    choose(page, "配色", "高对比")
    choose(page, "简约版", "开")
    page.goto(POLICY)
    chosen = page.evaluate("({...document.documentElement.dataset})")
    assert chosen == {
        "size": "huge",
        "scheme": "contrast",
        "simple": "on",
        "guide": "off",
        "js": "",
    }
    assert (page.evaluate(SIZE), page.evaluate(PAPER)) == ("27px", "rgb(0, 0, 0)")
    expect(page.locator(".tree")).to_be_hidden()
    open_panel(page)
    pressed = page.locator(".aids [aria-pressed=true]").all_text_contents()
    assert pressed == ["特大", "高对比", "开", "关"]


def test_dark_follows_the_system_until_the_reader_chooses(browser: Browser, base: str) -> None:
    context = browser.new_context(base_url=base, color_scheme="dark")
    page = context.new_page()
    page.goto(POLICY)
    assert page.evaluate(PAPER) == "rgb(25, 24, 23)"
    open_panel(page)
    choose(page, "配色", "浅色")
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    context.close()


def test_a_browser_that_remembers_nothing_still_changes_the_page(context: BrowserContext) -> None:
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})"
    )
    noise: list[str] = []
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.goto(POLICY)
    page.get_by_role("button", name="大字号").click()
    assert page.evaluate(SIZE) == "22px"
    assert noise == []


def test_foreign_words_in_the_memory_choose_nothing(page: Page) -> None:
    page.goto("index.html")
    page.evaluate('localStorage.setItem(\'gongkai-reading\', \'{"size": "x\\\\"y", "scheme": 7}\')')
    page.goto(POLICY)
    chosen = page.evaluate("({...document.documentElement.dataset})")
    assert (chosen["size"], chosen["scheme"]) == ("normal", "system")


def test_the_panel_by_keyboard_alone(page: Page) -> None:
    page.goto(POLICY)
    for _ in range(3):
        page.keyboard.press("Tab")
    opener = page.get_by_role("button", name="阅读辅助")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="标准", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.evaluate(SIZE) == "22px"
    page.keyboard.press("Escape")
    expect(page.locator("#aids")).to_be_hidden()
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")


def test_every_control_is_reached_by_keyboard_and_seen_when_it_is(page: Page) -> None:
    page.goto(POLICY)
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, summary, [tabindex=\"0\"]')]"
        ".filter(one => one.getClientRects().length).length"
    )
    reached = set()
    hidden = []
    for number in range(wanted):
        page.keyboard.press("Tab")
        place, seen = page.evaluate(
            """() => {
                const one = document.activeElement;
                const style = getComputedStyle(one);
                window.order = window.order || new Map();
                if (!order.has(one)) { order.set(one, order.size); }
                return [order.get(one), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];
            }"""
        )
        reached.add(place)
        if not seen:
            hidden.append(number)
    assert (len(reached), hidden) == (wanted, [])


def test_the_guide_line_follows_pointer_and_focus(page: Page) -> None:
    page.goto(POLICY)
    open_panel(page)
    choose(page, "阅读参考线", "开")
    line = page.locator(".guide-line")
    page.mouse.move(300, 400)
    expect(line).to_have_css("top", "412px")
    page.locator("h1").evaluate("() => scrollTo(0, 0)")
    page.locator(".brand a").focus()
    bottom = page.locator(".brand a").evaluate("one => one.getBoundingClientRect().bottom + 2")
    expect(line).to_have_css("top", f"{bottom:g}px")
    choose(page, "阅读参考线", "关")
    expect(line).to_be_hidden()


def test_reading_aloud_goes_through_the_page_block_by_block(context: BrowserContext) -> None:
    page = context.new_page()
    page.add_init_script(VOICE)
    page.goto(POLICY)
    open_panel(page)
    page.get_by_role("button", name="朗读", exact=True).click()
    expect(page.locator(".aids output")).to_have_text("朗读完毕。")
    spoken = page.evaluate("spoken")
    assert spoken[0] == [
        "zh-CN",
        "海川市数据与政务公开局关于印发《海川市公共数据开放管理办法》的通知",
    ]
    texts = [text for _, text in spoken]
    assert max(map(len, texts)) <= 121
    assert "第一章 总则" in texts
    # Nothing is read twice, as the text of a list and again as that of its items.
    assert len([text for text in texts if text.startswith("第一条")]) == 1
    expect(page.locator(".spoken")).to_have_count(0)


def test_reading_aloud_pauses_goes_on_and_stops(context: BrowserContext) -> None:
    page = context.new_page()
    page.add_init_script(VOICE)
    page.goto(POLICY)
    page.evaluate("window.falls = 'silent'")
    open_panel(page)
    reader = page.locator(".aids fieldset", has_text="语音朗读").locator("button").first
    reader.click()
    expect(reader).to_have_text("暂停")
    expect(page.locator("h1.spoken")).to_have_count(1)
    reader.click()
    expect(reader).to_have_text("继续")
    reader.click()
    first, again = page.evaluate("spoken")
    assert first == again
    page.get_by_role("button", name="停止").click()
    expect(reader).to_have_text("朗读")
    expect(page.locator(".spoken")).to_have_count(0)
    page.evaluate("window.falls = 'over'")
    reader.click()
    expect(page.locator(".aids output")).to_have_text("这个浏览器没有可用的中文语音。")


def test_only_what_is_selected_is_read(context: BrowserContext) -> None:
    page = context.new_page()
    page.add_init_script(VOICE)
    page.goto(POLICY)
    open_panel(page)
    page.evaluate("getSelection().selectAllChildren(document.getElementById('number'))")
    page.evaluate(
        "document.querySelectorAll('.aids fieldset button').forEach(one => one.textContent === '朗读' && one.click())"
    )
    expect(page.locator(".aids output")).to_have_text("朗读完毕。")
    assert page.evaluate("spoken") == [["zh-CN", "海数政规〔2023〕1号"]]


def test_number_and_citation_are_copied(browser: Browser, base: str) -> None:
    context = browser.new_context(base_url=base, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(POLICY)
    page.get_by_role("button", name="复制文号").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "海数政规〔2023〕1号"
    page.get_by_role("button", name="复制引用").click()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "海川市数据与政务公开局：《海川市数据与政务公开局关于印发〈海川市公共数据开放管理办法〉的通知》"
        "（海数政规〔2023〕1号），2023-05-31发布，"
        "https://szj.example.gov.cn/zwgk/statutory/policy/2023/data-open.html"
    )
    context.close()


def test_the_aids_work_from_the_file_system(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    open_panel(page)
    choose(page, "字号", "大")
    page.goto((folder / POLICY).as_uri())
    assert page.evaluate(SIZE) == "22px"
