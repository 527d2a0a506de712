"""Sockets (端口): on loopback unless told otherwise, IPv4 and IPv6, on the first port that is free."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat

from generator.finding import Text

LOOPBACK = ("127.0.0.1", "::1")
_PORTS_TRIED = 50
_NO_IPV6 = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


class SocketError(Exception):
    """No address can be listened on; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


def is_loopback(host: str | None) -> bool:
    """Whether nobody but this machine reaches `host`; None stands for loopback itself."""
    if host is None or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def listening(host: str | None, port: int) -> Iterator[list[socket.socket]]:
    """Sockets on one port: `port`, or the next free one after it; raises `SocketError`."""
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
                raise SocketError(
                    Text(
                        f"无法在 {host or LOOPBACK[0]} 的端口 {candidate} 上预览：{error.strerror}",
                        f"cannot listen on {host or LOOPBACK[0]}, port {candidate}: {error.strerror}",
                    )
                ) from None
    raise SocketError(
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
