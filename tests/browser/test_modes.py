"""Every kind of page at four widths in every mode of reading: it fits, it is quiet, and axe-core finds nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.browser.conftest import installed
from tests.browser.kinds import KINDS, WIDTHS

pytestmark = pytest.mark.browser

# What the reader chose, and the width at which axe-core looks on (the rules do not depend on it).
MODES: dict[str, tuple[dict[str, str], tuple[int, ...]]] = {
    "normal": ({}, (360, 1280)),
    "large": ({"size": "huge"}, (360,)),
    "contrast": ({"scheme": "contrast"}, (1280,)),
    "dark": ({"scheme": "dark"}, (1280,)),
    "simple": ({"simple": "on"}, (360,)),
    "no-script": ({}, (1280,)),
}
# A mode changes colours and sizes, never the structure: that is judged once, unless `make accessibility` wants
# every rule in every mode at every width.
EVERYWHERE = "AXE_EVERYWHERE" in os.environ
RULES: dict[str, object] = {"resultTypes": ["violations"], "preload": False}
LOOK_ONLY: dict[str, object] = {
    **RULES,
    "runOnly": [
        "color-contrast",
        "target-size",
        "scrollable-region-focusable",
        "link-in-text-block",
    ],
}


class Noise:
    """What a page said or asked for that it should not have."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.heard: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"{page.url}: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        self.heard.append(f"{self.page.url}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.base):
            self.heard.append(f"{self.page.url}: {request.url}")


def violations(page: Page, axe: str, options: dict[str, object]) -> list[str]:
    """What axe-core finds, each with the first element that it finds it on."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]
    ]


@pytest.mark.parametrize("mode", MODES)
def test_every_kind_of_page_in_every_mode(browser: Browser, base: str, mode: str) -> None:
    axe = installed("axe-core", "axe.min.js").read_text()
    chosen, judged = MODES[mode]
    scripted = mode != "no-script"
    context = browser.new_context(base_url=base)
    if not scripted:
        # Scripts that do nothing, as far as a page can tell; axe-core itself has to run.
        context.route(
            "**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript")
        )
    page = context.new_page()
    noise = Noise(page, base)
    wrong = noise.heard
    for url in KINDS:
        answer = page.goto(url)
        assert answer is not None
        assert answer.ok, url
        for name, value in chosen.items():
            page.evaluate(
                "([name, value]) => { document.documentElement.dataset[name] = value }",
                [name, value],
            )
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if over > 0:
                wrong.append(f"{url} is {over} px too wide at {width}")
            if EVERYWHERE or width in judged:
                has_all = EVERYWHERE or mode == "normal"
                wrong += violations(page, axe, RULES if has_all else LOOK_ONLY)
        if not scripted and page.locator(".scripted:visible").count():
            wrong.append(f"{url} shows a button that does nothing")
    context.close()
    assert wrong == []


def test_the_html_checker_finds_no_error_in_the_whole_site(folder: Path) -> None:
    jar = installed("vnu-jar", "build/dist/vnu.jar")
    done = subprocess.run(
        ["java", "-jar", str(jar), "--skip-non-html", "--format", "gnu", str(folder)],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
