"""The bed (试验台): one server on loopback that answers for every invented host, in virtual time.

What a host answers is a behaviour: a coroutine that gets the request and a writer. A name that no
behaviour stands for cannot be resolved, so nothing can leave this machine.
"""

from __future__ import annotations

import asyncio
import random
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp.abc import AbstractResolver, ResolveResult

from generator.config import External
from generator.external import NOBODY, Address, Checked, Known, check_addresses
from generator.external.asking.network import Network
from tests.network.certificates import Certificates
from tests.network.leaping import LeapingLoop

NOW = 1_795_000_000.0


@dataclass(frozen=True)
class Request:
    """A request as it came: its head taken apart, and when, in the loop's time."""

    method: str
    path: str
    host: str
    headers: Mapping[str, str]
    at: float


Behaviour = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]
REFUSING = "refused"
IPV6 = "[::1]"


@dataclass
class Bed:
    """Hosts and what they answer; `requests` are all that came, `largest` how many were open at once."""

    hosts: Mapping[str, Behaviour]
    certificates: Certificates | None = None
    requests: list[Request] = field(default_factory=list)
    largest: int = 0
    _open: int = 0
    _ports: dict[int, int] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.loop = LeapingLoop()
        self._closed_port = socket.socket()
        self._closed_port.bind(("127.0.0.1", 0))
        self.loop.run_until_complete(self._start())

    async def _start(self) -> None:
        plain = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.servers = [plain]
        self._ports[80] = plain.sockets[0].getsockname()[1]
        if self.certificates is not None:
            context = self.certificates.server("good")
            context.sni_callback = self._choose
            secure = await asyncio.start_server(self.serve, "127.0.0.1", 0, ssl=context)
            self.servers.append(secure)
            self._ports[443] = secure.sockets[0].getsockname()[1]

    def _choose(self, connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        assert self.certificates is not None
        connection.context = self.certificates.server(name or "")

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request, as its host does."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._open += 1
        self.largest = max(self.largest, self._open)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            request = self._request(await reader.readuntil(b"\r\n\r\n"))
            self.requests.append(request)
            await self.hosts[request.host](request, writer)
            await writer.drain()
        self._open -= 1
        self._tasks.discard(task)
        with suppress(ConnectionError, ssl.SSLError):
            writer.close()

    def _request(self, head: bytes) -> Request:
        first, *lines = head.decode("latin-1").strip().split("\r\n")
        method, path, _ = first.split(" ")
        pairs = (line.split(": ", 1) for line in lines)
        headers = {name.lower(): value for name, value in pairs}
        host = headers["host"].rpartition(":")[0] if ":" in headers["host"] else headers["host"]
        return Request(method, path, host, headers, self.loop.time())

    def port_of(self, host: str, port: int) -> int | None:
        """Where a connection to a host and port really goes; None for a name that does not exist."""
        if host not in self.hosts:
            return None
        if host.startswith(REFUSING):
            port_there: int = self._closed_port.getsockname()[1]
            return port_there
        return self._ports.get(port, self._ports[80])

    @property
    def network(self) -> Network:
        """A world that consists of this bed."""
        return Network(
            resolver=lambda: _Resolver(self),
            trust=self.certificates.trusting if self.certificates else nobody,
            proxies=dict,
            chance=random.Random(7).random,
            run=self.loop.run,
        )

    def check(
        self,
        addresses: Sequence[Address],
        settings: External | None = None,
        *,
        known: Known = NOBODY,
        cache_file: Path | None = None,
        now: float = NOW,
    ) -> tuple[Checked, ...]:
        """`check_addresses` in this world."""
        return check_addresses(
            addresses,
            settings or External(),
            now=now,
            known=known,
            cache_file=cache_file,
            network=self.network,
        )

    def close(self) -> None:
        """End every conversation and the loop."""
        self.loop.run_until_complete(self._stop())
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()
        self._closed_port.close()

    async def _stop(self) -> None:
        for server in self.servers:
            server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        # Transports close in the next turns of the loop.
        for _ in range(5):
            await asyncio.sleep(0)


def nobody() -> ssl.SSLContext:
    """A client that trusts no certificate; those of the system would take a while to read."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@contextmanager
def bed(hosts: Mapping[str, Behaviour], certificates: Certificates | None = None) -> Iterator[Bed]:
    """A bed for the time of a test."""
    made = Bed(hosts, certificates)
    try:
        yield made
    finally:
        made.close()


class _Resolver(AbstractResolver):
    def __init__(self, made: Bed) -> None:
        self._bed = made

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        there = self._bed.port_of(host, port)
        if there is None:
            raise OSError(None, f"no such host: {host}")
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=there,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        pass
