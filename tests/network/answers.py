"""Answers of servers (答复), good and strange: the building blocks of behaviours."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Mapping
from socket import SO_LINGER, SOL_SOCKET, socket

from tests.network.bed import Behaviour, Request

ARTICLE = (
    "各县区人民政府，市有关部门：为进一步做好公共数据共享工作，现将有关事项通知如下。"
    "一、明确目录，公共数据以共享为原则、不共享为例外。二、限时答复，收到申请之后五个工作日内办结。"
    "三、加强监督，每季度通报一次办理情况，年终纳入考核。四、本通知自印发之日起施行，有效期五年。"
) * 3
TITLE = "关于做好公共数据共享工作的通知"
FRAME = "网站首页 机构职能 政务公开 互动交流 在线服务 专题专栏 无障碍浏览 长者模式 " * 12
FOR_EVER = 1_000_000.0


def html(
    title: str = TITLE, body: str = f"<h1>{TITLE}</h1><p>{ARTICLE}</p>", head: str = ""
) -> str:
    """An HTML page."""
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )


def answer(
    body: str | bytes = html(),
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    **headers: str,
) -> bytes:
    """A whole answer; `Retry_After="5"` is the header Retry-After."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def head_of(whole: bytes) -> bytes:
    """An answer without its body."""
    return whole.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


def says(whole: bytes) -> Behaviour:
    """The same answer to every request; to HEAD without its body."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head_of(whole) if request.method == "HEAD" else whole)

    return behave


def page(title: str = TITLE, body: str | None = None, head: str = "", **headers: str) -> Behaviour:
    """A page that all is well with."""
    shown = html(title, head=head) if body is None else html(title, body, head)
    return says(answer(shown, **headers))


def status(line: str, **headers: str) -> Behaviour:
    """An answer of this status, with a short page."""
    return says(answer(html(line, f"<h1>{line}</h1>"), line, **headers))


def moved(location: str | bytes, line: str = "302 Found", **headers: str) -> Behaviour:
    """An answer that sends on to `location`, in whatever bytes."""
    octets = location.encode() if isinstance(location, str) else location
    whole = answer("", line, **headers)
    return says(whole.replace(b"\r\n", b"\r\nLocation: " + octets + b"\r\n", 1))


def by_path(paths: Mapping[str, Behaviour], otherwise: Behaviour | None = None) -> Behaviour:
    """Each path has its behaviour; the others are not found."""
    missing = otherwise or status("404 Not Found")

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await paths.get(request.path, missing)(request, writer)

    return behave


def by_method(head: Behaviour, get: Behaviour) -> Behaviour:
    """HEAD and GET differ."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await (head if request.method == "HEAD" else get)(request, writer)

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One after the other, the last for ever."""
    waiting = list(behaviours)

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        next_one = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        await next_one(request, writer)

    return behave


def after(seconds: float, then: Behaviour) -> Behaviour:
    """The same, later."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        await then(request, writer)

    return behave


def dripping(whole: bytes, every: float = 3.0) -> Behaviour:
    """A byte now and then; the head at once."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        head = head_of(whole)
        writer.write(head)
        for byte in whole[len(head) :]:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(every)

    return behave


def endless(first: bytes, again: bytes, every: float = 0.0) -> Behaviour:
    """`again` for as long as anybody listens; to HEAD only what comes first."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while request.method == "GET":
            writer.write(again)
            await writer.drain()
            await asyncio.sleep(every)

    return behave


async def silent(request: Request, writer: asyncio.StreamWriter) -> None:
    """Never a word."""
    await asyncio.sleep(FOR_EVER)


async def closing(request: Request, writer: asyncio.StreamWriter) -> None:
    """Closes without a word."""


async def resetting(request: Request, writer: asyncio.StreamWriter) -> None:
    """Breaks the connection off (RST)."""
    connection = writer.get_extra_info("socket")
    own = socket(fileno=connection.fileno())
    own.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    own.detach()
    writer.transport.abort()
