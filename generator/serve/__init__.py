"""Preview with live reload (预览): livereload is the transport, watchfiles the eyes, builds run off the loop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from tornado.httpserver import HTTPServer

from generator.finding import Language, Text
from generator.serve.editor import Editor
from generator.serve.handlers import Answering, application
from generator.serve.preview import Preview
from generator.serve.rebuilding import Rebuilding
from generator.serve.sockets import LOOPBACK, SocketError, is_loopback, listening
from generator.serve.watch import WatchError, watch_folders, watch_top


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
    editor: Editor


def serve(wishes: Wishes, tell: Callable[[str], None]) -> None:
    """Serve until interrupted; `tell` gets the report of each build, and the address once; raises `ServeError`."""
    try:
        with listening(wishes.host, wishes.port) as sockets:
            asyncio.run(_serve(wishes, sockets, tell))
    except SocketError as error:
        raise ServeError(error.sentence) from None


async def _serve(
    wishes: Wishes, sockets: Sequence[socket.socket], tell: Callable[[str], None]
) -> None:
    stop, moved = asyncio.Event(), asyncio.Event()

    def end() -> None:
        stop.set()
        moved.set()

    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, end)
    site = Rebuilding(wishes.folder, wishes.today, wishes.jobs, wishes.language)
    port = sockets[0].getsockname()[1]
    # Links that open an editor are of use on this machine alone, and tell its folders to others.
    editor = wishes.editor if is_loopback(wishes.host) else Editor()
    answering = Answering(
        lambda: site.preview, lambda: site.serial, wishes.folder, editor, wishes.host, port
    )
    server = HTTPServer(application(answering))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(watch_top(wishes.folder, site.notice, stop, moved))
            group.create_task(watch_folders(wishes.folder, site.notice, stop, moved))
            await site.build()
            tell(site.preview.report)
            server.add_sockets(sockets)
            if not is_loopback(wishes.host):
                tell(_EXPOSED.say(site.preview.language))
            tell(_ready(wishes, site.preview, port))
            working = [
                group.create_task(_keep_looking(site, answering)),
                group.create_task(_keep_building(site, answering, tell)),
            ]
            await stop.wait()
            for task in working:
                task.cancel()
    except* WatchError as watching:
        raise ServeError(_cannot_watch(watching.exceptions[0])) from None
    finally:
        site.end()
        server.stop()
        await server.close_all_connections()


async def _keep_looking(site: Rebuilding, answering: Answering) -> None:
    while True:
        answering.renew((await site.look()).concerns)


async def _keep_building(
    site: Rebuilding, answering: Answering, tell: Callable[[str], None]
) -> None:
    while True:
        await site.prepare()
        await site.keep()
        renewal = await site.build()
        tell(site.preview.report)
        answering.renew(renewal.concerns)


_EXPOSED = Text(
    "注意：同一网络里的人都能打开这个预览，看到草稿和未到发布日期的文件。"
    "只给自己看的，去掉 --host。",
    "Warning: everybody in this network can open the preview and see drafts and documents of the future. "
    "Leave out --host to keep it to yourself.",
)


def _cannot_watch(error: BaseException) -> Text:
    return Text(
        f"无法监视文件的改动：{error}。可能是系统的监视数量到了上限（fs.inotify.max_user_watches）",
        f"cannot watch the files: {error}; "
        "the system's limit of watches may be reached (fs.inotify.max_user_watches)",
    )


def _ready(wishes: Wishes, preview: Preview, port: int) -> str:
    host = wishes.host or LOOPBACK[0]
    host = f"[{host}]" if ":" in host else host
    url = f"http://{host}:{port}{quote(preview.prefix)}"
    return Text(f"预览 {url} （按 Ctrl-C 结束）", f"preview {url} (end with Ctrl-C)").say(
        preview.language
    )
