"""The preview, as a browser sees it: the real command over a real site, with real edits."""

from __future__ import annotations

import asyncio
import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from generator.model import Page
from generator.serve.panel import decorated, panel
from generator.serve.preview import Answer, Preview, answer, media_type
from tests.sites import GOOD_SITE, NOTICE, TODAY, write_site

ROOT = Path(__file__).resolve().parents[1]
DEADLINE = 60  # seconds; only a failure takes as long
FEES = "content/statutory/notice/2026/fees.md"
FEES_PAGE = "/zwgk/statutory/notice/2026/fees.html"
Result = TypeVar("Result")
SUMMARY = "：0 个错误，0 个警告，0 个提示"


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    """What `work` gives, in a thread of its own: the browser tests leave a loop running in theirs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "generator", *words]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    """Redirections are looked at, not followed."""

    def redirect_request(self, *_: object) -> None:
        return None


_opener = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))


@dataclass
class Served:
    site: Path
    running: subprocess.Popen[str]
    base: str = ""
    port: int = 0
    lines: queue.Queue[str] = field(default_factory=queue.Queue)
    told: list[str] = field(default_factory=list)

    def get(self, path: str, host: str = "127.0.0.1", **headers: str) -> Reply:
        request = urllib.request.Request(f"http://{host}:{self.port}{path}", headers=headers)
        try:
            with _opener.open(request, timeout=DEADLINE) as response:
                return Reply(response.status, dict(response.headers), response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, dict(error.headers), error.read())

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until `condition` holds; it is asked again after each line the command prints."""
        while not condition():
            try:
                self.told.append(self.lines.get(timeout=DEADLINE))
            except queue.Empty:
                pytest.fail("nothing new after:\n" + "\n".join(self.told))

    def line(self, part: str) -> str:
        """The first line that holds `part`."""
        self.until(lambda: any(part in line for line in self.told))
        return next(line for line in self.told if part in line)

    def interrupt(self) -> tuple[int, str]:
        """Ctrl-C: the exit code and what was said on stderr."""
        self.running.send_signal(signal.SIGINT)
        code = self.running.wait(DEADLINE)
        assert self.running.stderr is not None
        return code, self.running.stderr.read()


@contextmanager
def serving(site: Path, *options: str) -> Iterator[Served]:
    words = command("serve", "--today", TODAY.isoformat(), *(options or ("--port", "0")))
    pipe = subprocess.PIPE
    with subprocess.Popen(
        words, cwd=site, env=environment(), stdout=pipe, stderr=pipe, text=True
    ) as running:
        served = Served(site, running)
        reader = threading.Thread(target=_read, args=(running, served.lines))
        reader.start()
        try:
            ready = served.line(" http://")
            served.base = ready.split()[1]
            served.port = int(re.findall(r":(\d+)/", ready)[0])
            yield served
        finally:
            running.kill()
            running.wait()
            reader.join()


def _read(running: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    assert running.stdout is not None
    for line in running.stdout:
        lines.put(line.rstrip("\n"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", GOOD_SITE)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One preview for the tests that only look."""
    files = {
        **GOOD_SITE,
        "content/statutory/notice/2026/draft.md": NOTICE.replace(
            "旧址: [old/jgsz.html]", "草稿: 是"
        )
        .replace("000014349/2026-00009", "000014349/2026-00090")
        .replace("内设机构", "草拟中的内设机构"),
        "content/statutory/notice/2026/later.md": NOTICE.replace("旧址: [old/jgsz.html]\n", "")
        .replace("000014349/2026-00009", "000014349/2026-00091")
        .replace("发布日期: 2026-04-02", "发布日期: 2026-12-01")
        .replace("审核日期: 2026-04-01", "审核日期: 2026-11-19")
        .replace("内设机构", "十二月的内设机构"),
    }
    site = write_site(tmp_path_factory.mktemp("good"), files)
    with serving(site) as served:
        yield served


def test_address_is_told_with_the_path_of_production(good: Served) -> None:
    assert good.base == f"http://127.0.0.1:{good.port}/zwgk/"
    assert [
        (good.get(path).status, good.get(path).headers.get("Location"))
        for path in ("/", "/zwgk", "/zwgk/statutory/policy", "/zwgk/")
    ] == [(302, "/zwgk/"), (302, "/zwgk/"), (302, "/zwgk/statutory/policy/"), (200, None)]


def test_both_loopback_addresses_answer_and_no_other(good: Served) -> None:
    assert good.get("/zwgk/").status == 200
    if socket.has_ipv6:
        assert good.get("/zwgk/", host="[::1]").status == 200
    # Whoever listens on all addresses answers here too.
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.2", good.port)):
        pass


def test_host_and_language_on_request(site: Path) -> None:
    edit(site / FEES, "标题:", "标 题:")
    with serving(site, "--host", "0.0.0.0", "--lang", "en", "--port", "0") as served:  # noqa: S104
        assert served.get("/zwgk/", host="127.0.0.2").status == 200
        assert ": error front-matter: " in served.line("front-matter")


def test_pages_are_never_stored(good: Served) -> None:
    headers = good.get(FEES_PAGE).headers
    assert headers["Cache-Control"] == "no-store"
    assert not {"Etag", "Last-Modified", "Expires"} & headers.keys()


def test_content_types(good: Served) -> None:
    expected = {
        "": "text/html; charset=utf-8",
        "feed.xml": "application/xml; charset=utf-8",
        "catalog.json": "application/json; charset=utf-8",
        "catalog.csv": "text/csv; charset=utf-8",
        "robots.txt": "text/plain; charset=utf-8",
        "static/style.css": "text/css; charset=utf-8",
        "static/icon.svg": "image/svg+xml; charset=utf-8",
        "statutory/event/2026/open-day.png": "image/png",
    }
    assert {
        path: good.get(f"/zwgk/{path}").headers["Content-Type"] for path in expected
    } == expected


def test_attachment_is_the_file_itself(good: Served) -> None:
    path = "statutory/event/2026/open-day.png"
    assert good.get("/zwgk/" + path).body == (good.site / "content" / path).read_bytes()


@pytest.mark.parametrize("path", ["/zwgk/no/such.html", "/other/", "/zwgk/..%2f..%2fsite.yaml"])
def test_unknown_address_gets_the_page_of_missing_addresses(good: Served, path: str) -> None:
    reply = good.get(path)
    assert reply.status == 404
    assert "没有找到您要的页面" in reply.text


def test_drafts_and_future_documents_are_shown(good: Served) -> None:
    for name, words in (("draft", "草拟中的内设机构"), ("later", "十二月的内设机构")):
        reply = good.get(f"/zwgk/statutory/notice/2026/{name}.html")
        assert (reply.status, words in reply.text) == (200, True)


def test_reload_script_is_only_in_what_is_served(good: Served, tmp_path: Path) -> None:
    script = f'<script src="/livereload.js?host=127.0.0.1&amp;port={good.port}&amp;mindelay=200">'
    served = good.get(FEES_PAGE).text
    assert served.count(script) == 1
    assert served.index(script) < served.index("</body>")
    assert good.get("/livereload.js").headers["Content-Type"].startswith("application/javascript")
    out = tmp_path / "out"
    words = command("build", "--today", TODAY.isoformat(), "--drafts", "--out", str(out))
    subprocess.run(words, cwd=good.site, env=environment(), check=True, capture_output=True)
    built = (out / FEES_PAGE.removeprefix("/zwgk/")).read_text(encoding="utf-8")
    assert served.replace(f"{script}</script>\n", "") == built


async def _connected(served: Served, **headers: str) -> WebSocketClientConnection:
    """A connection that has shaken hands as livereload's script does, and is waiting for a reload."""
    url = f"ws://127.0.0.1:{served.port}/livereload"
    connection = await websocket_connect(HTTPRequest(url, headers=headers))
    hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
    # The answer to the second greeting tells that what stands between them has been read.
    for message in (hello, {"command": "info", "url": served.base}, hello):
        await connection.write_message(json.dumps(message))
    for _ in range(2):
        answered = await connection.read_message()
        assert answered is not None
        assert json.loads(answered)["command"] == "hello"
    return connection


def test_browser_is_told_to_reload(site: Path) -> None:
    async def reloaded(served: Served) -> str | bytes | None:
        connection = await _connected(served, Origin=f"http://127.0.0.1:{served.port}")
        edit(site / FEES, "没有行政事业性收费项目", "不收任何费用")
        message = await asyncio.wait_for(connection.read_message(), DEADLINE)
        connection.close()
        assert await connection.read_message() is None
        return message

    with serving(site) as served:
        message = _run(reloaded(served))
        assert message is not None
        assert json.loads(message) == {
            "command": "reload",
            "path": "*",
            "liveCSS": False,
            "liveImg": True,
        }
        assert "不收任何费用" in served.get(FEES_PAGE).text


@pytest.mark.parametrize("origin", ["https://evil.example.com", "http://127.0.0.1:1", "null"])
def test_foreign_origin_is_refused(good: Served, origin: str) -> None:
    with pytest.raises(HTTPClientError) as refused:
        _run(_connected(good, Origin=origin))
    assert refused.value.code == 403


def test_foreign_name_of_this_machine_is_refused(good: Served) -> None:
    """A name of another site that leads here (DNS rebinding) shows no draft."""
    reply = good.get("/zwgk/statutory/notice/2026/draft.html", Host=f"evil.example.com:{good.port}")
    assert (reply.status, "草拟中" in reply.text) == (404, False)


def test_message_that_is_none_ends_only_its_connection(good: Served) -> None:
    async def closed() -> str | bytes | None:
        connection = await websocket_connect(f"ws://127.0.0.1:{good.port}/livereload")
        await connection.write_message("}")
        message = await connection.read_message()
        connection.close()
        return message

    assert _run(closed()) is None
    assert good.get("/zwgk/").status == 200


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_edit_delete_and_a_file_moved_in_with_an_old_date(site: Path, tmp_path: Path) -> None:
    with serving(site) as served:
        edit(site / FEES, "没有行政事业性收费项目", "不收任何费用")
        served.until(lambda: "不收任何费用" in served.get(FEES_PAGE).text)

        kept = (site / FEES).rename(tmp_path / "fees.md")
        served.until(lambda: served.get(FEES_PAGE).status == 404)

        os.utime(kept, (1, 1))
        kept.rename(site / FEES)
        served.until(lambda: "不收任何费用" in served.get(FEES_PAGE).text)

        (site / FEES).rename(site / FEES.replace("fees", "charges"))
        served.until(lambda: served.get(FEES_PAGE).status == 404)
        assert "不收任何费用" in served.get(FEES_PAGE.replace("fees", "charges")).text


def test_settings_templates_and_attachments_are_watched(site: Path) -> None:
    with serving(site) as served:
        edit(site / "site.yaml", "zwgk/\n", "public/\n")
        served.until(lambda: served.get("/").headers["Location"] == "/public/")

        write_site(site, {"templates/static/style.css": "/* ours */"})
        served.until(lambda: served.get("/public/static/style.css").body == b"/* ours */")
        # The folder came after the start, and what is in it is watched all the same.
        write_site(site, {"templates/static/style.css": "/* ours, too */"})
        served.until(lambda: served.get("/public/static/style.css").body == b"/* ours, too */")

        (site / "templates").rename(site / "unused")
        served.until(lambda: b"/* ours" not in served.get("/public/static/style.css").body)

        write_site(site, {"content/statutory/notice/2026/list.csv": "甲\n"})
        address = "/public/statutory/notice/2026/list.csv"
        served.until(lambda: served.get(address).body == "甲\n".encode())


def test_burst_of_changes_is_few_builds(site: Path) -> None:
    with serving(site) as served:
        for index in range(20):
            write_site(site, {f"content/statutory/notice/2026/burst-{index}.csv": f"{index}\n"})
        served.until(lambda: served.get("/zwgk/statutory/notice/2026/burst-19.csv").status == 200)
        # One for the first change seen, one for all that came while it was made.
        assert served.interrupt()[0] == 0
        assert sum(SUMMARY in line for line in (*served.told, *served.lines.queue)) <= 3


def test_error_is_shown_over_the_last_good_pages_until_it_is_mended(site: Path) -> None:
    good_text = (site / FEES).read_text(encoding="utf-8")
    with serving(site) as served:
        assert "gongkai-preview" not in served.get(FEES_PAGE).text
        assert "没有发现问题" in served.get("/__gongkai__/").text

        (site / FEES).write_text(good_text.replace("标题:", "标 题:"), encoding="utf-8")
        served.until(lambda: "gongkai-preview" in served.get(FEES_PAGE).text)
        page = served.get(FEES_PAGE).text
        assert "本局没有行政事业性收费项目" in page
        assert 'href="/__gongkai__/"' in page
        assert "页面停留在最后一次没有错误时的样子。" in page
        assert 'role="alert"' in served.get("/zwgk/").text
        shown = served.get("/__gongkai__/")
        assert (shown.status, shown.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert f"{FEES}:2:1 front-matter" in shown.text
        assert f"{FEES}:2:1: 错误 front-matter" in served.line("错误 front-matter")

        (site / FEES).write_text(good_text, encoding="utf-8")
        served.until(lambda: "gongkai-preview" not in served.get(FEES_PAGE).text)
        assert "没有发现问题" in served.get("/__gongkai__/").text


def test_broken_settings_leave_the_last_good_pages(site: Path) -> None:
    settings = (site / "site.yaml").read_text(encoding="utf-8")
    with serving(site) as served:
        (site / "site.yaml").write_text(settings + "colour: red\n", encoding="utf-8")
        served.until(lambda: "站点无法生成" in served.get(FEES_PAGE).text)
        assert "本局没有行政事业性收费项目" in served.get(FEES_PAGE).text
        assert "colour" in served.get("/__gongkai__/").text
        (site / "site.yaml").unlink()
        served.until(lambda: "没有 site.yaml" in served.get("/__gongkai__/").text)
        (site / "site.yaml").write_text(settings, encoding="utf-8")
        served.until(lambda: "没有发现问题" in served.get("/__gongkai__/").text)


def test_first_start_without_a_site_shows_why(site: Path) -> None:
    settings = (site / "site.yaml").read_text(encoding="utf-8")
    (site / "site.yaml").write_text(settings + "colour: red\n", encoding="utf-8")
    with serving(site) as served:
        for path in ("/", "/zwgk/", FEES_PAGE):
            reply = served.get(path)
            assert (reply.status, "站点无法生成" in reply.text) == (503, True)
            assert "colour" in reply.text
        (site / "site.yaml").write_text(settings, encoding="utf-8")
        served.until(lambda: served.get(FEES_PAGE).status == 200)


def test_first_start_with_an_error_shows_it_and_the_pages_there_are(site: Path) -> None:
    edit(site / FEES, "标题:", "标 题:")
    with serving(site) as served:
        home = served.get("/zwgk/").text
        assert f"{FEES}:2:1 front-matter" in home
        assert "改正之前，这些内容不能发布。" in home
        edit(site / FEES, "标 题:", "标题:")
        served.until(lambda: "gongkai-preview" not in served.get("/zwgk/").text)


def test_interrupt_ends_it_cleanly(site: Path) -> None:
    with serving(site) as served:
        assert served.interrupt() == (0, "")


def test_next_free_port(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving(site, "--port", str(port)) as served:
            assert port < served.port <= port + 50
            assert served.get("/zwgk/").status == 200


def failing(words: list[str], site: Path) -> tuple[int, str, str]:
    done = subprocess.run(
        words, cwd=site, env=environment(), capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_address_that_is_not_ours(site: Path) -> None:
    # 192.0.2.0/24 is kept for documentation (RFC 5737).
    code, out, err = failing(command("serve", "--host", "192.0.2.1"), site)
    assert (code, out) == (2, "")
    assert err.startswith("gongkai: 无法在 192.0.2.1 的端口 8000 上预览：")


def test_folder_that_is_no_site(tmp_path: Path) -> None:
    assert failing(command("serve", "--site", str(tmp_path)), tmp_path) == (
        2,
        "",
        f"gongkai: {tmp_path} 里没有 site.yaml\n         there is no site.yaml in {tmp_path}\n",
    )


def test_missing_extra_is_named(site: Path) -> None:
    program = (
        "import sys; sys.modules['watchfiles'] = None\n"
        "from generator.cli import run; run(['serve'])"
    )
    assert failing([sys.executable, "-c", program], site) == (
        2,
        "",
        "gongkai: 预览需要 watchfiles，还没有安装：pip install 'gongkai[serve]'\n"
        "         the preview needs watchfiles: pip install 'gongkai[serve]'\n",
    )


PAGES = {
    url: Page(url, url.encode()) for url in ("index.html", "404.html", "年报/index.html", "a b.pdf")
}
SHOWN = Preview(PAGES, "/公开/", "zh", was_good=True)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/公开/", Answer(200, PAGES["index.html"])),
        ("/公开/index.html", Answer(200, PAGES["index.html"])),
        ("/公开/年报/", Answer(200, PAGES["年报/index.html"])),
        ("/公开/a b.pdf", Answer(200, PAGES["a b.pdf"], "application/pdf")),
        ("/公开/a b", Answer(404, PAGES["404.html"])),
        ("/公开//", Answer(404, PAGES["404.html"])),
        ("/__gongkai__/", Answer(200)),
    ],
)
def test_answers(path: str, expected: Answer) -> None:
    assert answer(SHOWN, path) == expected


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/", "/%E5%85%AC%E5%BC%80/"),
        ("/公开", "/%E5%85%AC%E5%BC%80/"),
        ("/公开/年报", "/%E5%85%AC%E5%BC%80/%E5%B9%B4%E6%8A%A5/"),
    ],
)
def test_redirections(path: str, location: str) -> None:
    found = answer(SHOWN, path)
    assert (found.status, found.location) == (302, location)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("A.HTML", "text/html; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.md", "text/markdown; charset=utf-8"),
        (
            "a.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("a.ofd", "application/ofd"),
        ("a.woff2", "font/woff2"),
        ("a.tar.gz", "application/octet-stream"),
        ("a.unknown", "application/octet-stream"),
        ("a", "application/octet-stream"),
        ("https:a.html", "text/html; charset=utf-8"),
    ],
)
def test_media_types(name: str, expected: str) -> None:
    assert media_type(f"folder/{name}") == expected


def test_script_goes_before_the_last_end_of_a_body() -> None:
    page = b"<body><pre>&lt;/body></pre></BODY></html>"
    assert decorated(page, SHOWN, "<script></script>") == (
        b"<body><pre>&lt;/body></pre><script></script>\n</BODY></html>"
    )
    assert decorated(b"bare", SHOWN, "<script></script>") == b"bare<script></script>\n"


def test_panel_speaks_the_language_of_the_site() -> None:
    english = Preview({}, "/", "en")
    assert b'<html lang="en">' in panel(english, "")
    assert b"<h1>no findings</h1>" in panel(english, "")
