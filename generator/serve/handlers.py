"""Answers (应答): who may ask, and what is sent; livereload's connection beside it.

Drafts are shown here, so a page of another site must reach nothing: only our own names are answered
(a name that leads to this machine is not one), no other origin is served or may embed what is sent.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from generator.finding import Text
from generator.serve.boards import changes_board, findings_board
from generator.serve.editor import Editor
from generator.serve.media import HTML
from generator.serve.panel import decorated, marks_sheet, reload_script
from generator.serve.preview import Answer, Board, Preview, answer
from generator.serve.sockets import is_loopback

_LOOPBACK_NAMES = r"127\.0\.0\.1|localhost|\[::1\]"
# An address cannot be made to lead elsewhere, as a name can.
_ADDRESSES = r"\d+\.\d+\.\d+\.\d+|\[[0-9a-fA-F:.]+\]"


_RELOAD = {"command": "reload", "path": "*", "liveCSS": False}
_MOST_REMEMBERED = 10_000

_NOT_OURS = Text(
    "预览不认这个主机名，请用 IP 地址访问。",
    "The preview does not know this host name; use an address.",
)


@dataclass(frozen=True, slots=True)
class Answering:
    """What answers are made from: the newest preview, the folder of the site, the editor, the port.

    `serial` is the number of the newest preview; `served` tells which one a path was last sent from, and
    `renewals` which pages the last two changed: the first look at an edit, and the build that follows.
    """

    preview: Callable[[], Preview]
    serial: Callable[[], int]
    folder: Path
    editor: Editor
    host: str | None
    port: int
    served: dict[str, int] = field(default_factory=dict)
    renewals: deque[tuple[int, Callable[[str], bool]]] = field(
        default_factory=lambda: deque(maxlen=2)
    )

    def renew(self, concerns: Callable[[str], bool]) -> None:
        """A newer preview came: tell the pages that are open, and whose address it `concerns`, to load again."""
        serial = self.serial()
        # A look that shows nothing new makes no preview.
        if not self.renewals or self.renewals[-1][0] != serial:
            self.renewals.append((serial, concerns))
        for waiting in tuple(LiveReloadHandler.waiters):
            if concerns(waiting.shown):
                waiting.send_message(_RELOAD)

    def is_outdated(self, path: str) -> bool:
        """Whether a preview came after the page at `path` was sent, and shows it otherwise."""
        newest = self.serial()
        sent = self.served.get(path, newest)
        since = {serial: concerns for serial, concerns in self.renewals if serial > sent}
        return len(since) < newest - sent or any(concerns(path) for concerns in since.values())

    def take_down(self, path: str, serial: int) -> None:
        """Remember which preview `path` was sent from."""
        if len(self.served) > _MOST_REMEMBERED:
            self.served.clear()
        self.served[path] = serial


def application(answering: Answering) -> Application:
    """The web application of a preview."""
    # livereload's handlers ask a watcher what changed; ours never looks at anything.
    LiveReloadHandler.watcher = Watcher()
    LiveReloadHandler.live_css = False
    made = Application([(r".*", _Elsewhere)], log_function=lambda _handler: None)
    made.add_handlers(
        f"(?i:{_names(answering.host)})$",
        [
            (r"/livereload", _Socket, {"answering": answering}),
            (r"/livereload\.js", LiveReloadJSHandler),
            (r"/.*", _Pages, {"answering": answering}),
        ],
    )
    return made


def _names(host: str | None) -> str:
    if is_loopback(host):
        return _LOOPBACK_NAMES
    named = {name for name in (host, socket.gethostname()) if name and ":" not in name}
    own = "|".join(re.escape(name) for name in sorted(named))
    return f"{_LOOPBACK_NAMES}|{_ADDRESSES}|{own}"


class _Elsewhere(RequestHandler):
    """A name that is not ours."""

    def prepare(self) -> None:
        self.set_status(421)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{_NOT_OURS.zh}\n{_NOT_OURS.en}\n")


class _Socket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's connection, for pages of this preview alone."""

    def check_origin(self, origin: str) -> bool:
        # livereload accepts any.
        return bool(WebSocketHandler.check_origin(self, origin))

    def initialize(self, answering: Answering) -> None:
        self.answering = answering

    def open(self) -> None:
        self.shown = ""

    def on_message(self, message: str | bytes) -> None:
        try:
            super().on_message(message)
            told = json.loads(message)
            if told["command"] == "info":
                self.shown = unquote(urlsplit(told["url"]).path)
                # A change that came while the page was on its way was told to nobody.
                if self.answering.is_outdated(self.shown):
                    self.send_message(_RELOAD)
        except (ValueError, TypeError, AttributeError, KeyError):
            self.close(1003)


class _Pages(RequestHandler):
    """Every other address: the site as the web host would answer, from memory."""

    def initialize(self, answering: Answering) -> None:
        self.answering = answering

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Content-Security-Policy", "frame-ancestors 'self'")

    def prepare(self) -> None:
        origin = self.request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc.lower() != self.request.host.lower():
            self.set_status(403)
            self.finish()

    def compute_etag(self) -> str | None:
        return None

    async def get(self) -> None:
        # One state for the whole answer, though a build may end meanwhile.
        preview, serial = self.answering.preview(), self.answering.serial()
        path = unquote(self.request.path)
        found = answer(preview, path)
        if found.board or found.page:
            self.answering.take_down(path, serial)
        self.set_status(found.status)
        self.set_header("Content-Type", found.media_type)
        if found.location:
            self.set_header("Location", found.location)
        elif found.board:
            self.write(await self._board(found.board, preview))
        elif found.page:
            content = await self._content(found)
            if found.media_type == HTML:
                content = decorated(
                    content,
                    preview,
                    found.page.url,
                    self.answering.editor,
                    self.request.host_name,
                    self.answering.port,
                )
            self.write(content)

    async def _board(self, board: Board, preview: Preview) -> bytes:
        script = reload_script(self.request.host_name, self.answering.port)
        editor = self.answering.editor
        if board is Board.FINDINGS:
            return findings_board(preview, editor, script)
        if board is Board.CHANGES:
            return await asyncio.to_thread(changes_board, preview, editor, script)
        if board is Board.MARKS:
            page = self.get_query_argument("page", "")
            return marks_sheet(preview, page).encode("utf-8", "replace")
        return Path(__file__).with_name(board.value).read_bytes()

    async def _content(self, found: Answer) -> bytes:
        page = found.page
        if page is None or not page.copy_of:
            return page.content if page else b""
        try:
            return await asyncio.to_thread(self._copied, page.copy_of)
        except OSError:
            # Deleted a moment ago; the next build will say so.
            self.set_status(404)
            return b""

    def _copied(self, path: str) -> bytes:
        """The bytes of a file that is copied, unless a link has come into its place that leads out."""
        content = (self.answering.folder / "content").resolve()
        file = (self.answering.folder / path).resolve(strict=True)
        if not file.is_relative_to(content):
            raise FileNotFoundError(path)
        return file.read_bytes()

    head = get
