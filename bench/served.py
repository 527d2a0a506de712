"""The preview of each generator (预览): seconds until it answers, and from an edit to the page that shows it.

Seconds of the clock, since somebody waits for them. All are asked in the same way: one connection that is kept
open fetches the page again and again until the words are on it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import quote

_PAUSE = 0.004
# What a generator still does after the page is shown must not be taken for the time of the next edit; and what
# is edited before it has ended, Pelican does not see.
_REST, _LONGEST_REST = 0.5, 4.0
_ANSWERS_WITHIN = 0.5
_READY_WITHIN = 600.0
_SHOWN_WITHIN = 120.0
_EDITS_WITHIN = 60.0
_ENDS_WITHIN = 10.0


@dataclass(frozen=True, slots=True)
class Preview:
    """A preview: how it is called for a port, where, the page it is asked for, and the source of that page."""

    command: Callable[[int], list[str]]
    folder: Path
    address: str
    source: Path


@dataclass(frozen=True, slots=True)
class Waited:
    """How long it took: until the page was there, and from each edit to its words on the page."""

    ready: float
    edits: tuple[float, ...]


def wait(preview: Preview, sentences: Iterator[str], edits: int) -> Waited:
    """Start the preview, edit its source so many times (fewer where that takes minutes), and end it.

    Raises RuntimeError when it ends or does not answer.
    """
    port = _free_port()
    began = time.perf_counter()
    with _running(preview.command(port), preview.folder) as is_running:
        # Pelican leaves who asks for a page that is not there yet without any answer.
        connection = HTTPConnection("127.0.0.1", port, timeout=_ANSWERS_WITHIN)
        try:
            page = _Page(connection, quote(preview.address), is_running)
            page.until("", _READY_WITHIN)
            ready = time.perf_counter() - began
            # MkDocs answers after it has built.
            connection.close()
            connection.timeout = _SHOWN_WITHIN
            return Waited(ready, tuple(_edits(preview.source, page, sentences, edits, ready)))
        finally:
            connection.close()


def _edits(
    source: Path, page: _Page, sentences: Iterator[str], edits: int, taken: float
) -> Iterator[float]:
    """How long each edit took; `taken` is what the one before it took, at first the start."""
    first = time.perf_counter()
    for _ in range(edits):
        if time.perf_counter() - first > _EDITS_WITHIN:
            return
        time.sleep(min(max(_REST, 2 * taken), _LONGEST_REST))
        sentence = next(sentences)
        began = time.perf_counter()
        with source.open("a", encoding="utf-8") as file:
            file.write(f"\n{sentence}\n")
        page.until(sentence, _SHOWN_WITHIN)
        taken = time.perf_counter() - began
        yield taken


class _Page:
    """A page that is asked for again and again."""

    def __init__(
        self, connection: HTTPConnection, address: str, is_running: Callable[[], bool]
    ) -> None:
        self._connection = connection
        self._address = address
        self._is_running = is_running

    def until(self, words: str, seconds: float) -> None:
        """Ask until there is a page with these words; raises RuntimeError when there is none in time."""
        latest = time.perf_counter() + seconds
        while (content := self._content()) is None or words.encode() not in content:
            if time.perf_counter() > latest or not self._is_running():
                raise RuntimeError(f"{self._address} was not shown")
            time.sleep(_PAUSE)

    def _content(self) -> bytes | None:
        # A page that is being written is answered cut off: no text that could be decoded.
        try:
            self._connection.request("GET", self._address)
            answer = self._connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException):
            self._connection.close()  # the next request opens it anew
            return None
        return content if answer.status == 200 else None


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator[Callable[[], bool]]:
    """The command with all that it starts, ended afterwards for certain: as by Ctrl-C, then by force."""
    with TemporaryFile() as said:
        running = subprocess.Popen(
            command, cwd=folder, stdout=said, stderr=said, stdin=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            yield lambda: running.poll() is None
        except RuntimeError as error:
            said.seek(0)
            raise RuntimeError(f"{error}: {said.read()[-2000:].decode()}") from None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                running.wait(_ENDS_WITHIN)
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port
