"""The preview in a test (预览): the real command over a real site, as a browser sees it."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.sites import TODAY

ROOT = Path(__file__).resolve().parents[1]
DEADLINE = 60  # seconds; only a failure takes as long
FEES = "content/statutory/notice/2026/fees.md"
FEES_PAGE = "/zwgk/statutory/notice/2026/fees.html"
SUMMARY = "：0 个错误，0 个警告，0 个提示"


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


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
