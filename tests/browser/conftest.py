"""The demonstration site on a web host of the tests' own, and Debian's chromium to look at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.built import REPOSITORY, demonstration

PREFIX = "/zwgk/"
# As strict as a host may be: nothing inline, nothing from elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'self'"
)


class _Host(SimpleHTTPRequestHandler):
    """Answers below the prefix; every other address is missing, as on a real host."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith(PREFIX) and Path(self.translate_path(path)).is_file():
            super().do_GET()
            return
        missing = Path(str(self.directory), "404.html").read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(missing)))
        self.end_headers()
        self.wfile.write(missing)

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(PREFIX))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration site in a folder."""
    return written(tmp_path_factory.mktemp("public"))


def written(root: Path) -> Path:
    """The demonstration site, written below `root`."""
    for page in demonstration().outcome.pages:
        file = root / page.url
        file.parent.mkdir(parents=True, exist_ok=True)
        copied = (REPOSITORY / page.copy_of).read_bytes() if page.copy_of else page.content
        file.write_bytes(copied)
    return root


@pytest.fixture(scope="session")
def base(folder: Path) -> Iterator[str]:
    """The address at which the site answers, a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()
    server.server_close()


# Not for the session: Playwright's event loop would keep running in the worker, and no later test of it
# could start one of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium; without it the tests are skipped, except where CI promises it."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no chromium: .ci/run installs it")
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, base: str) -> Iterator[BrowserContext]:
    """A fresh visitor, at a desk."""
    context = browser.new_context(base_url=base, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def installed(package: str, file: str) -> Path:
    """A file of a package that `tests/browser/package.json` pins; skipped without it, but not in CI."""
    path = Path(__file__).parent / "node_modules" / package / file
    if not path.is_file():
        if os.environ.get("CI"):
            pytest.fail(f"CI has no {package}: .ci/run installs it")
        pytest.skip(f"no {package} here: npm ci --ignore-scripts --prefix tests/browser")
    return path


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab of that visitor."""
    return context.new_page()
