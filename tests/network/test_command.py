"""`gongkai check --external` as a program: offline it opens no socket, online it asks this machine alone."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.command import Said, on
from tests.edits import all_of, append
from tests.sites import GOOD_SITE, TODAY, write_site

_NOTICE = "content/statutory/notice/2026/fees.md"
_RULES = (
    "broken-external,unverified-external,redirected-home,redirected-domain,soft-404,hijacked-site"
)
# Runs the program and tells, as its last line, every event of the socket module and whether aiohttp is here.
_WATCHED = """
import sys
events = []
sys.addaudithook(lambda event, _: events.append(event) if event.startswith("socket.") else None)
from generator.cli import run
try:
    run(sys.argv[1:])
except SystemExit as end:
    print("exit", end.code)
print(sorted(set(events)), "aiohttp" in sys.modules)
"""


class _Handler(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        body = b"" if self.command == "HEAD" else "<title>通知</title><p>通知正文</p>".encode()
        self.send_response(200 if self.path == "/a.html" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - the name that the library calls

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - likewise
        pass


@contextmanager
def _server() -> Iterator[tuple[int, list[str]]]:
    asked: list[str] = []
    handler = type("Handler", (_Handler,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1], asked
        server.shutdown()
        thread.join()


def _site(folder: Path, *urls: str, settings: str = "{delay: 0}") -> Path:
    links = [append(_NOTICE, f"见[资料{number}]({url})。") for number, url in enumerate(urls)]
    return write_site(
        folder, all_of(append("site.yaml", f"external: {settings}"), *links)(GOOD_SITE)
    )


def _watched(site: Path, *words: str) -> list[str]:
    command = [
        sys.executable,
        "-c",
        _WATCHED,
        *words,
        "--site",
        str(site),
        "--today",
        TODAY.isoformat(),
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )
    return done.stdout.strip().split("\n")


def _rules(said: Said) -> list[tuple[str, str, str]]:
    return [(one["rule"], one["severity"], one["target"]) for one in said.json["findings"]]


@pytest.mark.parametrize("command", ["check", "build"])
def test_offline_no_socket_is_opened(command: str, tmp_path: Path) -> None:
    site = _site(tmp_path, "https://www.example.com/a.html", "http://tjj.haichuan.example/")
    assert _watched(site, command)[-1] == "[] False"


def test_the_watch_sees_sockets(tmp_path: Path) -> None:
    with _server() as (port, _):
        last = _watched(_site(tmp_path, f"http://127.0.0.1:{port}/a.html"), "check", "--external")[
            -1
        ]
    assert "socket.connect" in last
    assert last.endswith("True")


def test_online_every_link_is_asked_once_and_remembered(tmp_path: Path) -> None:
    with _server() as (port, asked):
        base = f"http://127.0.0.1:{port}"
        site = _site(tmp_path, f"{base}/a.html", f"{base}/gone.html", f"{base}/gone.html")
        words = ("--external", "--format", "json", "--select", _RULES)
        first = on(site, "check", *words)
        requests = [one for one in asked if "/gongkai-" not in one]
        asked.clear()
        second = on(site, "check", *words)
    assert sorted(requests) == ["GET /a.html", "GET /gone.html", "HEAD /a.html", "HEAD /gone.html"]
    assert asked == []
    gone = ("broken-external", "error", f"{base}/gone.html")
    assert (first.code, _rules(first), first.err) == (1, [gone, gone], "")
    assert (second.code, second.out) == (first.code, first.out)
    assert (site / ".gongkai" / "links.json").is_file()


def test_the_cache_may_lie_elsewhere(tmp_path: Path) -> None:
    with _server() as (port, _):
        site = _site(tmp_path / "site", f"http://127.0.0.1:{port}/a.html")
        said = on(site, "check", "--external", "--select", _RULES, "--cache", tmp_path / "c.json")
    assert said.code == 0
    assert (tmp_path / "c.json").is_file()
    assert not (site / ".gongkai").exists()


def test_a_later_day_confirms_a_failure(tmp_path: Path) -> None:
    with _server() as (port, _):
        pass
    url = f"http://127.0.0.1:{port}/a.html"
    site = _site(tmp_path, url)
    words = ("--external", "--format", "json", "--select", _RULES)
    first, again = on(site, "check", *words), on(site, "check", *words)
    later = on(site, "check", *words, "--today", "2026-11-21")
    assert _rules(first) == _rules(again) == [("broken-external", "warning", url)]
    assert _rules(later) == [("broken-external", "error", url)]
    assert (first.code, again.code, later.code) == (0, 0, 1)


def test_progress_is_told_beside_a_text_report(tmp_path: Path) -> None:
    with _server() as (port, _):
        site = _site(tmp_path, f"http://127.0.0.1:{port}/a.html")
        said = on(site, "check", "--external", "--select", _RULES)
    assert said.err == "外部链接 1/1 127.0.0.1\n"


def test_blocked_and_allowed_hosts_are_left_alone(tmp_path: Path) -> None:
    settings = "{block: [a.example], allow: [b.example]}"
    site = _site(tmp_path, "http://a.example/x.html", "http://b.example/x.html", settings=settings)
    said = on(site, "check", "--external", "--format", "json", "--select", _RULES)
    assert _rules(said) == [("unverified-external", "info", "http://a.example/x.html")]


def test_without_the_extra_one_sentence_says_how_to_get_it(tmp_path: Path) -> None:
    program = "import sys; sys.modules['aiohttp'] = None; from generator.cli import run; run(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", program, "check", "--external", "--site", str(_site(tmp_path))],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "gongkai: 检查外部链接需要 aiohttp，还没有安装：pip install 'gongkai[links]'\n"
        "         checking external links needs aiohttp: pip install 'gongkai[links]'\n"
    )


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with _server() as (port, _):
        site = _site(tmp_path, f"http://127.0.0.1:{port}/a.html")
        said = on(site, "check", "--external", "--cache", site / "site.yaml" / "c.json")
    assert said.code == 2
    assert "gongkai: 无法写入链接缓存" in said.err
