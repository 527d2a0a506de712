"""The page of an audit in a browser: it fits every width, needs nothing, prints on A4, and axe-core finds nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from generator.audit import files_of
from tests.audit.audits import audited
from tests.browser.conftest import installed
from tests.edits import append

pytestmark = pytest.mark.browser

_NOTICE = "content/statutory/notice/2026/fees.md"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a site with problems in it."""
    done = audited(
        append(_NOTICE, "见[清单](a-long-name-of-a-list-of-fees-of-the-year.md)、[甲](b.md)。")
    )
    file = tmp_path_factory.mktemp("audit") / "audit.html"
    file.write_bytes(files_of(done)["audit.html"])
    return file.as_uri()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_it_fits_and_is_accessible(browser: Browser, address: str, width: int) -> None:
    axe: Path = installed("axe-core", "axe.min.js")
    # The page forbids scripts, the one that judges it too.
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("request", lambda request: heard.append(request.url))
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert heard == [address]
    context.close()


def test_it_prints_upright_and_the_tables_across(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    sizes = [(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets]
    upright, across = (595, 842), (842, 595)
    assert set(sizes) == {upright, across}
    # The report comes first, then the two wide papers.
    assert sizes == sorted(sizes, key=lambda size: size == across)
    page.close()
