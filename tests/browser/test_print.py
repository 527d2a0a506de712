"""Paper: a policy prints as an official document after GB/T 9704-2012, other pages without what is not text."""

from __future__ import annotations

import io
import unicodedata
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PageObject, PdfReader

from tests.browser.kinds import POLICY, REPORT

pytestmark = pytest.mark.browser

MILLIMETRE = 72 / 25.4


def printed(page: Page, url: str) -> PdfReader:
    """The page at `url` on paper."""
    page.goto(url)
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def plain(text: str) -> str:
    """Text without spaces; a font may give a character by the radical that looks like it (⽂ for 文)."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def lines(sheet: PageObject) -> dict[float, str]:
    """The text of a sheet by the height of its lines above the lower edge, in millimetres."""
    found: dict[float, str] = {}

    def note(text: str, cm: list[float], tm: list[float], _font: Any, _size: float) -> None:
        height = round((cm[1] * tm[4] + cm[3] * tm[5] + cm[5]) / MILLIMETRE, 1)
        found[height] = found.get(height, "") + plain(text)

    sheet.extract_text(visitor_text=note)
    return {height: text for height, text in sorted(found.items(), reverse=True) if text}


def test_a_policy_prints_as_an_official_document(page: Page) -> None:
    paper = printed(page, POLICY)
    first, second = lines(paper.pages[0]), lines(paper.pages[1])
    box = paper.pages[0].mediabox
    assert (round(box.width / MILLIMETRE), round(box.height / MILLIMETRE)) == (210, 297)
    texts = list(first.values())
    assert texts[:2] == ["海川市数据与政务公开局文件", "海数政规〔2023〕1号"]
    assert texts[-1] == "—1—"
    *body, foot = second
    # 22 lines in 225 mm between 37 mm above and 35 mm below, the page number outside.
    assert len(body) == 22
    # A browser sets lines on whole points of its screen.
    assert all(9.9 < above - below < 10.6 for above, below in pairwise(body))
    assert body[0] < 297 - 37
    assert body[-1] > 35 > foot
    # 28 characters in 156 mm.
    assert max(map(len, second.values())) in (28, 29)


def test_what_is_not_the_document_stays_off_the_paper(page: Page) -> None:
    page.goto(POLICY)
    page.emulate_media(media="print")
    for selector in (
        ".masthead",
        ".four",
        ".side",
        ".crumbs",
        ".tools",
        ".outline",
        ".foot",
        ".fields",
    ):
        expect(page.locator(selector).first).to_be_hidden()
    for selector in (".red-head", "h1", ".doc-number", ".prose"):
        expect(page.locator(selector).first).to_be_visible()


@pytest.mark.parametrize("scheme", ["dark", "contrast"])
def test_paper_is_white_whatever_the_screen(page: Page, scheme: str) -> None:
    page.goto(REPORT)
    page.evaluate("scheme => { document.documentElement.dataset.scheme = scheme }", scheme)
    page.emulate_media(media="print")
    colours = page.evaluate(
        "[getComputedStyle(document.documentElement).getPropertyValue('--paper'),"
        " getComputedStyle(document.querySelector('.prose')).color]"
    )
    assert colours == ["#fff", "rgb(0, 0, 0)"]


def test_a_report_prints_its_tables_whole_and_its_charts(page: Page) -> None:
    text = plain("".join(sheet.extract_text() for sheet in printed(page, REPORT).pages))
    for words in (
        "四、结转下年度继续办理",
        "复议后起诉",
        "2020年至2025年申请的收到、办结和结转(件)",
    ):
        assert words in text
