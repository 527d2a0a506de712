"""Preview with live reload (预览): livereload is the transport, watchfiles the eyes, builds run off the loop."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from pathlib import Path
from urllib.parse import quote, unquote

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from generator.finding import Language, Text
from generator.serve.panel import decorated, panel, reload_script
from generator.serve.preview import HTML, Answer, Preview, answer, renewed
from generator.serve.watch import WatchError, watch_folders, watch_top

LOOPBACK = ("127.0.0.1", "::1")
_LOOPBACK_NAMES = r"(127\.0\.0\.1|localhost|\[::1\])"
_PORTS_TRIED = 50
_NO_IPV6 = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


class ServeError(Exception):
    """The preview cannot be given; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asked for; `today` is asked at each build, since a preview outlives a day."""

    folder: Path
    today: Callable[[], date]
    jobs: int
    language: Language | None
    host: str | None
    port: int


@dataclass(slots=True)
class _Shown:
    """The state that answers are made from: replaced as a whole by each build."""

    preview: Preview


def serve(wishes: Wishes, tell: Callable[[str], None]) -> None:
    """Serve until interrupted; `tell` gets the report of each build, and the address once; raises `ServeError`."""
    with _listening(wishes.host, wishes.port) as sockets:
        asyncio.run(_serve(wishes, sockets, tell))


async def _serve(
    wishes: Wishes, sockets: Sequence[socket.socket], tell: Callable[[str], None]
) -> None:
    changed, stop, moved = asyncio.Event(), asyncio.Event(), asyncio.Event()

    def end() -> None:
        stop.set()
        moved.set()

    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, end)
    shown = _Shown(Preview({}, "/", wishes.language or "zh"))
    port = sockets[0].getsockname()[1]
    server = HTTPServer(_application(shown, wishes, port))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(watch_top(wishes.folder, changed, stop, moved))
            group.create_task(watch_folders(wishes.folder, changed, stop, moved))
            await _build(shown, wishes, changed, tell)
            server.add_sockets(sockets)
            tell(_ready(wishes, shown.preview, port))
            rebuilding = group.create_task(_keep_building(shown, wishes, changed, tell))
            await stop.wait()
            rebuilding.cancel()
    except* WatchError as watching:
        raise ServeError(_cannot_watch(watching.exceptions[0])) from None
    finally:
        server.stop()
        await server.close_all_connections()


def _cannot_watch(error: BaseException) -> Text:
    return Text(
        f"无法监视文件的改动：{error}。可能是系统的监视数量到了上限（fs.inotify.max_user_watches）",
        f"cannot watch the files: {error}; "
        "the system's limit of watches may be reached (fs.inotify.max_user_watches)",
    )


async def _build(
    shown: _Shown, wishes: Wishes, changed: asyncio.Event, tell: Callable[[str], None]
) -> None:
    """Wait for a change, however many come at once, and make the preview new."""
    await changed.wait()
    changed.clear()
    shown.preview = await asyncio.to_thread(
        renewed, shown.preview, wishes.folder, wishes.today(), wishes.jobs, wishes.language
    )
    tell(shown.preview.report)


async def _keep_building(
    shown: _Shown, wishes: Wishes, changed: asyncio.Event, tell: Callable[[str], None]
) -> None:
    while True:
        await _build(shown, wishes, changed, tell)
        LiveReloadHandler.reload_waiters("*")


def _ready(wishes: Wishes, preview: Preview, port: int) -> str:
    host = wishes.host or LOOPBACK[0]
    host = f"[{host}]" if ":" in host else host
    url = f"http://{host}:{port}{quote(preview.prefix)}"
    return Text(f"预览 {url} （按 Ctrl-C 结束）", f"preview {url} (end with Ctrl-C)").say(
        preview.language
    )


@contextmanager
def _listening(host: str | None, port: int) -> Iterator[list[socket.socket]]:
    """Sockets on one port: `port`, or the next free one after it."""
    sockets = _bound_near(host, port)
    try:
        yield sockets
    finally:
        for one in sockets:
            one.close()


def _bound_near(host: str | None, port: int) -> list[socket.socket]:
    last = min(port + _PORTS_TRIED, 65536)
    for candidate in repeat(0, _PORTS_TRIED) if port == 0 else range(port, last):
        try:
            return _bound(host, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise ServeError(
                    Text(
                        f"无法在 {host or LOOPBACK[0]} 的端口 {candidate} 上预览：{error.strerror}",
                        f"cannot listen on {host or LOOPBACK[0]}, port {candidate}: {error.strerror}",
                    )
                ) from None
    raise ServeError(
        Text(
            f"端口 {port} 到 {last - 1} 都被占用，用 --port 另选一个",
            f"ports {port} to {last - 1} are all taken; choose another with --port",
        )
    )


def _bound(host: str | None, port: int) -> list[socket.socket]:
    sockets: list[socket.socket] = []
    for one in (host,) if host else LOOPBACK:
        try:
            bound = _bound_to(one, port)
        except OSError as error:
            if sockets and error.errno in _NO_IPV6:
                continue
            for earlier in sockets:
                earlier.close()
            raise
        sockets.append(bound)
        # The second address gets the port that was found for the first.
        port = bound.getsockname()[1]
    return sockets


def _bound_to(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.create_server((host, port), family=family, backlog=128)
    bound.setblocking(False)
    return bound


def _application(shown: _Shown, wishes: Wishes, port: int) -> Application:
    # livereload's handlers ask a watcher what changed; ours never looks at anything.
    LiveReloadHandler.watcher = Watcher()
    LiveReloadHandler.live_css = False
    application = Application(log_function=lambda _handler: None)
    # Drafts are shown here: a page of another site must not reach them through a name of its own
    # that leads to this machine, so only our own names are answered.
    application.add_handlers(
        ".*" if wishes.host else _LOOPBACK_NAMES,
        [
            (r"/livereload", _Socket),
            (r"/livereload\.js", LiveReloadJSHandler),
            (r"/.*", _Pages, {"shown": shown, "folder": wishes.folder, "port": port}),
        ],
    )
    return application


class _Socket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's connection, for pages of this preview alone."""

    def check_origin(self, origin: str) -> bool:
        # livereload accepts any.
        return bool(WebSocketHandler.check_origin(self, origin))

    def on_message(self, message: str | bytes) -> None:
        try:
            super().on_message(message)
        except (ValueError, TypeError, AttributeError):
            self.close(1003)


class _Pages(RequestHandler):
    """Every other address: the site as the web host would answer, from memory."""

    def initialize(self, shown: _Shown, folder: Path, port: int) -> None:
        self.shown = shown
        self.folder = folder
        self.port = port

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def compute_etag(self) -> str | None:
        return None

    async def get(self) -> None:
        # One state for the whole answer, though a build may end meanwhile.
        preview = self.shown.preview
        found = answer(preview, unquote(self.request.path))
        self.set_status(found.status)
        self.set_header("Content-Type", found.media_type)
        if found.location:
            self.set_header("Location", found.location)
            return
        script = reload_script(self.request.host_name, self.port)
        if found.page is None:
            self.write(panel(preview, script))
            return
        content = await self._content(found)
        self.write(decorated(content, preview, script) if found.media_type == HTML else content)

    async def _content(self, found: Answer) -> bytes:
        page = found.page
        if page is None or not page.copy_of:
            return page.content if page else b""
        try:
            return await asyncio.to_thread((self.folder / page.copy_of).read_bytes)
        except OSError:
            # Deleted a moment ago; the next build will say so.
            self.set_status(404)
            return b""

    head = get
