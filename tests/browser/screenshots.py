"""Pictures (截图) of each kind of page, on a phone and at a desk: `python -m tests.browser.screenshots FOLDER`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import written
from tests.browser.kinds import KINDS, POLICY, REPORT

# The kinds that colours and sizes tell most about, in every mode of reading.
MODES: dict[str, dict[str, str]] = {
    "dark": {"scheme": "dark"},
    "contrast": {"scheme": "contrast"},
    "huge": {"size": "huge"},
    "simple": {"simple": "on"},
}


def main(folder: Path) -> None:
    """Fill `folder` with pictures; what was there by these names is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("没有 chromium：apt-get install chromium (chromium is missing)")
    with TemporaryDirectory() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        root = written(Path(site))
        for width in (360, 1280):
            _pictures(browser, root, folder, width, KINDS, "", {})
            for mode, chosen in MODES.items():
                _pictures(
                    browser, root, folder, width, ("index.html", POLICY, REPORT), mode, chosen
                )
        browser.close()


def _pictures(
    browser: Browser,
    site: Path,
    folder: Path,
    width: int,
    urls: tuple[str, ...],
    mode: str,
    chosen: dict[str, str],
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for url in urls:
        page.goto((site / url).as_uri())
        for name, value in chosen.items():
            page.evaluate(
                "([name, value]) => document.documentElement.dataset[name] = value", [name, value]
            )
        name = "-".join(
            part for part in (url.removesuffix(".html").replace("/", "_"), str(width), mode) if part
        )
        page.screenshot(path=folder / f"{name}.png", full_page=True)
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
