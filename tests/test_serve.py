"""The preview, as a browser sees it: the real command over a real site, with real edits."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.repositories import repository
from tests.served import (
    DEADLINE,
    FEES,
    FEES_PAGE,
    SUMMARY,
    Served,
    command,
    edit,
    environment,
    serving,
)
from tests.sites import GOOD_SITE, NOTICE, TODAY, write_site

PANEL = re.compile(
    '<link rel="stylesheet" href="/__gongkai/marks.*?</gongkai-preview>.*?\n', re.DOTALL
)
Result = TypeVar("Result")


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    """What `work` gives, in a thread of its own: the browser tests leave a loop running in theirs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


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
        assert served.line("Warning: ").startswith("Warning: everybody in this network can open")
        # Others are not told where the folder lies, and have no use for links into an editor.
        page = served.get(FEES_PAGE, host="127.0.0.2").text
        assert "front-matter" in page
        assert str(site) not in page
        # A name that somebody else has made to lead here is none of ours.
        foreign = served.get("/zwgk/", Host=f"evil.example.com:{served.port}")
        assert (foreign.status, "政府信息公开" in foreign.text) == (421, False)
        assert served.get("/zwgk/", Host=f"192.0.2.1:{served.port}").status == 200


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


@pytest.mark.parametrize(
    ("name", "words", "mark"),
    [("draft", "草拟中的内设机构", "草稿"), ("later", "十二月的内设机构", "2026-12-01 发布")],
)
def test_drafts_and_future_documents_are_shown_and_marked(
    good: Served, name: str, words: str, mark: str
) -> None:
    reply = good.get(f"/zwgk/statutory/notice/2026/{name}.html")
    assert (reply.status, words in reply.text) == (200, True)
    assert f'<b class="unseen">{mark}</b>' in reply.text
    page = "statutory/notice/index.html"
    assert f"page={page.replace('/', '%2F')}" in good.get(f"/zwgk/{page}").text
    sheet = good.get(f"/__gongkai/marks.css?page={page}")
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    assert f'a[href="2026/{name}.html"]::after' in sheet.text
    assert f"［{mark}］" in sheet.text


def test_panel_and_reload_script_are_only_in_what_is_served(good: Served, tmp_path: Path) -> None:
    script = f'<script src="/livereload.js?host=127.0.0.1&amp;port={good.port}&amp;mindelay=200">'
    served = good.get(FEES_PAGE).text
    assert served.count(script) == 1
    assert served.index(script) < served.index("</body>")
    assert good.get("/livereload.js").headers["Content-Type"].startswith("application/javascript")
    out = tmp_path / "out"
    words = command("build", "--today", TODAY.isoformat(), "--drafts", "--out", str(out))
    subprocess.run(words, cwd=good.site, env=environment(), check=True, capture_output=True)
    built = (out / FEES_PAGE.removeprefix("/zwgk/")).read_text(encoding="utf-8")
    bare, panels = PANEL.subn("", served)
    assert (bare.replace(f"{script}</script>\n", ""), panels) == (built, 1)
    assert "gongkai" not in built


async def _connected(served: Served, **headers: str) -> WebSocketClientConnection:
    """A connection that has shaken hands as livereload's script does, and is waiting for a reload."""
    url = f"ws://127.0.0.1:{served.port}/livereload"
    connection = await websocket_connect(HTTPRequest(url, headers=headers))
    hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
    # The answer to the second greeting tells that what stands between them has been read.
    for message in (
        hello,
        {"command": "info", "url": served.base.replace("/zwgk/", FEES_PAGE)},
        hello,
    ):
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
        assert json.loads(message) == {"command": "reload", "path": "*", "liveCSS": False}
        assert "不收任何费用" in served.get(FEES_PAGE).text


@pytest.mark.parametrize("origin", ["https://evil.example.com", "http://127.0.0.1:1", "null"])
def test_foreign_origin_is_refused(good: Served, origin: str) -> None:
    with pytest.raises(HTTPClientError) as refused:
        _run(_connected(good, Origin=origin))
    assert refused.value.code == 403


def test_foreign_name_of_this_machine_is_refused(good: Served) -> None:
    """A name of another site that leads here (DNS rebinding) shows no draft."""
    page = "/zwgk/statutory/notice/2026/draft.html"
    for name in ("evil.example.com", "127.0.0.1.example.com", "localhost.example.com", "192.0.2.1"):
        reply = good.get(page, Host=f"{name}:{good.port}")
        assert (reply.status, "草拟中" in reply.text) == (421, False)
    assert good.get(page, Host=f"LOCALHOST:{good.port}").status == 200


@pytest.mark.parametrize("origin", ["https://evil.example.com", "http://127.0.0.1:1", "null"])
def test_pages_of_other_origins_get_nothing(good: Served, origin: str) -> None:
    reply = good.get(FEES_PAGE, Origin=origin)
    assert (reply.status, reply.body) == (403, b"")
    assert good.get(FEES_PAGE, Origin=f"http://127.0.0.1:{good.port}").status == 200
    headers = good.get(FEES_PAGE).headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"


def test_message_that_is_none_ends_only_its_connection(good: Served) -> None:
    async def closed() -> str | bytes | None:
        connection = await websocket_connect(f"ws://127.0.0.1:{good.port}/livereload")
        await connection.write_message("}")
        message = await connection.read_message()
        connection.close()
        return message

    assert _run(closed()) is None
    assert good.get("/zwgk/").status == 200


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
        assert served.get(address).status == 200


def test_burst_of_changes_is_few_builds(site: Path) -> None:
    with serving(site) as served:
        for index in range(20):
            write_site(site, {f"content/statutory/notice/2026/burst-{index}.csv": f"{index}\n"})
        served.until(lambda: served.get("/zwgk/statutory/notice/2026/burst-19.csv").status == 200)
        # One for the first change seen, one for all that came while it was made.
        assert served.interrupt()[0] == 0
        assert sum(SUMMARY in line for line in (*served.told, *served.lines.queue)) <= 3


def test_findings_are_shown_on_the_newest_page_with_their_line(site: Path) -> None:
    with serving(site) as served:
        assert "没有发现问题" in served.get("/__gongkai/findings").text
        assert "本页 0 个问题" in served.get(FEES_PAGE).text

        edit(site / FEES, "本局没有", "见[收费清单](none.md)。本局没有")
        served.until(lambda: "本页 1 个问题，" in served.get(FEES_PAGE).text)
        page = served.get(FEES_PAGE).text
        assert "收费清单" in page.partition("<gongkai-preview")[0]
        assert "<q>见[收费清单](none.md)。本局没有" in page
        line = (site / FEES).read_text(encoding="utf-8").split("[收费清单]")[0].count("\n") + 1
        assert f'<a href="vscode://file{site / FEES}:{line}:2">' in page
        said = "本页 0 个问题，<wbr><span>全站 1 个（1 个错误）</span>"
        assert said in served.get("/zwgk/").text
        board = served.get("/__gongkai/findings")
        assert (board.status, board.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert f"{FEES}:{line}:2</code></a> broken-page" in board.text
        assert f'<a href="{FEES_PAGE}">看网页</a>' in board.text
        assert f"{FEES}:{line}:2: 错误 broken-page" in served.line("错误 broken-page")

        edit(site / FEES, "见[收费清单](none.md)。", "")
        served.until(lambda: "没有发现问题" in served.get("/__gongkai/findings").text)


def test_page_of_a_document_that_cannot_be_read_stays_as_it_was(site: Path) -> None:
    text = (site / FEES).read_text(encoding="utf-8")
    with serving(site) as served:
        (site / FEES).write_text(text.replace("---", "--", 1), encoding="utf-8")
        served.until(lambda: 'role="alert"' in served.get(FEES_PAGE).text)
        page = served.get(FEES_PAGE).text
        assert "本局没有行政事业性收费项目" in page
        assert "这个文件现在读不懂，页面停留在改动之前的样子。" in page
        assert "front-matter" in page

        (site / FEES).write_text(text.replace("主动公开", "不予公开"), encoding="utf-8")
        served.until(lambda: served.get(FEES_PAGE).status == 404)
        # What is said to be not for disclosure is not brought back by a mistake.
        (site / FEES).write_text(text.replace("---", "--", 1), encoding="utf-8")
        served.until(lambda: "front-matter" in served.get("/__gongkai/findings").text)
        assert served.get(FEES_PAGE).status == 404


def test_broken_settings_and_templates_leave_the_last_good_pages(site: Path) -> None:
    settings = (site / "site.yaml").read_text(encoding="utf-8")
    with serving(site) as served:
        (site / "site.yaml").write_text(settings + "colour: red\n", encoding="utf-8")
        served.until(lambda: "站点无法生成" in served.get(FEES_PAGE).text)
        page = served.get(FEES_PAGE).text
        assert "本局没有行政事业性收费项目" in page
        assert "页面停留在最后一次能生成时的样子" in page
        assert "colour" in served.get("/__gongkai/findings").text
        (site / "site.yaml").unlink()
        served.until(lambda: "没有 site.yaml" in served.get("/__gongkai/findings").text)
        (site / "site.yaml").write_text(settings, encoding="utf-8")
        served.until(lambda: "没有发现问题" in served.get("/__gongkai/findings").text)

        write_site(site, {"templates/_article.html": "{% for %}"})
        served.until(lambda: 'role="alert"' in served.get(FEES_PAGE).text)
        page = served.get(FEES_PAGE).text
        assert "本局没有行政事业性收费项目" in page
        alert = page.partition('role="alert"')[2].partition("</div>")[0]
        place = f'{site}/templates/_article.html:1:1"><code>templates/_article.html:1</code></a>'
        assert f'<a href="vscode://file{place} 模板有错' in alert
        # Nothing is good while pages are old, though this one has no findings of its own.
        assert '<summary class="bad">预览：本页 0 个问题' in page
        assert "templates/_article.html:1" in served.get("/__gongkai/findings").text
        (site / "templates/_article.html").write_text("<p>ours</p>", encoding="utf-8")
        served.until(lambda: "<p>ours</p>" in served.get(FEES_PAGE).text)
        assert 'role="alert"' not in served.get(FEES_PAGE).text


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


def test_changes_since_the_main_branch(site: Path) -> None:
    repository(site)
    (site / FEES).rename(site / FEES.replace("fees", "charges"))
    edit(site / "content/guide/index.md", "政府信息的分类", "信息的分类")
    with serving(site) as served:
        board = served.get("/__gongkai/changes").text
        assert "与 main 相比 3 个文件，含尚未提交的改动" in board
        assert re.findall(r'<strong class="(\w+)">.*?<code>(.*?)</code>', board, re.DOTALL) == [
            ("changed", "content/guide/index.md"),
            ("added", FEES.replace("fees", "charges")),
            ("removed", FEES),
        ]


def test_changes_without_a_repository(good: Served) -> None:
    assert "这个站点不在 git 版本库里" in good.get("/__gongkai/changes").text


def test_a_link_that_comes_into_the_place_of_an_attachment_leads_nowhere(
    site: Path, tmp_path: Path
) -> None:
    picture = "content/statutory/event/2026/open-day.png"
    (tmp_path / "outside.png").write_bytes(b"secret")
    with serving(site) as served:
        (site / picture).unlink()
        (site / picture).symlink_to(tmp_path / "outside.png")
        served.until(lambda: served.get(f"/zwgk/{picture[8:]}").status == 404)
        assert b"secret" not in served.get(f"/zwgk/{picture[8:]}").body


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


@pytest.mark.parametrize("name", ["emacs", "javascript:{path}", "x://open?{file}", "x://{path}{0}"])
def test_editor_that_is_none(site: Path, name: str) -> None:
    code, out, err = failing(command("serve", "--editor", name), site)
    assert (code, out) == (2, "")
    assert err.startswith("gongkai: --editor 写成 vscode、vscodium、")


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
