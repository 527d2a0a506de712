"""`gongkai links --external`: the addresses outside of any folder of HTML, asked once each."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator.cli.network import answered
from generator.finding import Severity
from generator.html_links import Origin, check, origin_of
from tests.command import gongkai
from tests.network.answers import page, status
from tests.network.bed import bed

GONE = "http://gone.example.org/a.html"
WELL = "http://well.example.org/b.html"
HTML = "<!DOCTYPE html><html><head><meta charset=utf-8><title>通知</title></head><body>\n{}</body></html>"


def folder(root: Path, *bodies: str) -> Path:
    """A folder of pages with these bodies."""
    root.mkdir()
    for number, body in enumerate(bodies, 1):
        (root / f"{number}.html").write_text(HTML.format(body), encoding="utf-8")
    return root


def test_each_address_is_one_finding_with_its_pages(tmp_path: Path) -> None:
    link = f'<p><a href="{GONE}">年鉴</a></p>'
    root = folder(tmp_path / "out", f'<a href="{WELL}">通知</a>', *([link] * 500))
    hosts = {
        "gone.example.org": status("404 Not Found"),
        "well.example.org": page("通知", "各单位："),
    }
    with bed(hosts) as made:
        found = list(answered(check(root, Origin()).external, made.check))
        asked = [one.path for one in made.requests if one.host == "gone.example.org"]
    assert asked.count("/a.html") == 2  # HEAD, then GET
    (one,) = found
    assert (one.rule, one.severity, one.target, one.text) == (
        "broken-external",
        Severity.ERROR,
        GONE,
        "年鉴",
    )
    assert (one.place.path, one.place.line, one.place.column) == ("10.html", 2, 4)
    assert one.message.zh.endswith("（共 500 个网页，另见 100.html、101.html、102.html 等）")
    assert one.message.en.endswith(" (on 500 pages, also 100.html, 101.html, 102.html and others)")


def test_own_addresses_are_files_and_never_asked(tmp_path: Path) -> None:
    body = '<a href="https://www.example.gov.cn/1.html">本页</a><a href="//www.example.gov.cn/2.html">无</a>'
    root = folder(tmp_path / "out", body)
    assert check(root, origin_of("https://www.example.gov.cn/")).external == ()


class _Proxy(BaseHTTPRequestHandler):
    """Every request of this process comes here, whatever its host."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        body = b"" if self.command == "HEAD" else "<title>通知</title><p>通知正文</p>".encode()
        self.send_response(200 if self.path == WELL else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - the name that the library calls

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - likewise
        pass


@contextmanager
def _proxy(environment: pytest.MonkeyPatch) -> Iterator[list[str]]:
    asked: list[str] = []
    handler = type("Handler", (_Proxy,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        for name in ("no_proxy", "NO_PROXY"):
            environment.delenv(name, raising=False)
        for name in ("http_proxy", "HTTP_PROXY"):
            environment.setenv(name, f"http://127.0.0.1:{server.server_address[1]}")
        try:
            yield asked
        finally:
            server.shutdown()
            thread.join()


def test_the_command_asks_and_remembers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = f'<a href="{GONE}">年鉴</a><a href="{WELL}">通知</a><a href="none.html">无</a>'
    root = folder(tmp_path / "out", body)
    words = ("links", root, "--external", "--cache", tmp_path / "c.json", "--today", "2026-11-20")
    with _proxy(monkeypatch) as asked:
        first = gongkai(*words, "--format", "json")
        count = len(asked)
        again = gongkai(*words, "--format", "json")
        assert len(asked) == count
        chosen = gongkai(*words, "--select", "broken-page")
    assert [(one["rule"], one["line"], one["column"]) for one in first.json["findings"]] == [
        ("broken-external", 2, 1),
        ("broken-page", 2, 95),
    ]
    assert (first.code, first.err, again.out) == (1, "", first.out)
    assert (chosen.code, "broken-external" in chosen.out) == (1, False)
    assert sorted(path.name for path in root.iterdir()) == ["1.html"]


def test_offline_nobody_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = folder(tmp_path / "out", f'<a href="{GONE}">年鉴</a>')
    with _proxy(monkeypatch) as asked:
        said = gongkai("links", root)
    assert (said.code, asked) == (0, [])
    assert said.out == "检查了 1 个文件、1 个链接：0 个错误，0 个警告，0 个提示\n"
