"""The world that requests go out into (网络): what a test replaces to stay on loopback and in its own time."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies

if TYPE_CHECKING:
    import ssl

    from aiohttp.abc import AbstractResolver


@dataclass(frozen=True)
class Network:
    """How names are resolved, whom to trust, which proxies to use, where chance comes from, what runs it.

    All waiting goes through the event loop, so a loop with a clock of its own never really waits.
    """

    resolver: Callable[[], AbstractResolver] | None = None
    trust: Callable[[], ssl.SSLContext] | None = None
    proxies: Callable[[], Mapping[str, str]] = getproxies
    chance: Callable[[], float] = random.random
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    run: Callable[[Coroutine[Any, Any, None]], None] = asyncio.run


class Purse:
    """The seconds that one address may spend on the network; waiting for one's turn costs nothing."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    @asynccontextmanager
    async def spend(self, keep: float = 0.0) -> AsyncIterator[None]:
        """Run what is inside on this purse; TimeoutError when no more than `keep` is left in it."""
        clock = asyncio.get_running_loop().time
        begun = clock()
        try:
            async with asyncio.timeout(max(0.0, self.left - keep)):
                yield
        finally:
            self.left -= clock() - begun


@dataclass
class _Gate:
    """One host: who may be inside, who waits at the door, and when it opens next."""

    inside: asyncio.Semaphore
    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    opens: float = 0.0


class Turns:
    """Good manners (礼让): at most so many requests to one host at a time, and a pause between starts."""

    def __init__(self, per_host: int, delay: float, in_all: int, network: Network) -> None:
        self._per_host = per_host
        self._delay = delay
        self._all = asyncio.Semaphore(in_all)
        self._gates: dict[str, _Gate] = {}
        self._sleep = network.sleep

    @asynccontextmanager
    async def at(self, host: str) -> AsyncIterator[None]:
        """Wait for one's turn at `host`, and keep it until the request is over."""
        gate = self._gate(host)
        clock = asyncio.get_running_loop().time
        async with gate.inside:
            await gate.door.acquire()
            try:
                while (wait := gate.opens - clock()) > 0:
                    await self._sleep(wait)
                await self._all.acquire()
                gate.opens = max(gate.opens, clock() + self._delay)
            finally:
                gate.door.release()
            try:
                yield
            finally:
                self._all.release()

    def shut(self, host: str, seconds: float) -> None:
        """Nobody goes to `host` for so long: it said so."""
        gate = self._gate(host)
        gate.opens = max(gate.opens, asyncio.get_running_loop().time() + seconds)

    def _gate(self, host: str) -> _Gate:
        if host not in self._gates:
            self._gates[host] = _Gate(asyncio.Semaphore(self._per_host))
        return self._gates[host]
