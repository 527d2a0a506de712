"""Fetch (抓取): one address → what the network answered, to HEAD and, where that is not enough, to GET."""

from __future__ import annotations

import aiohttp

from generator.external.asking.network import Network, Purse, Turns
from generator.external.asking.request import HTML, Client
from generator.external.asking.walk import Walk
from generator.external.observation import Failure, Observation, Page

# A server that does not understand HEAD may never answer it; the rest is for GET.
_SHARE_OF_HEAD = 0.35
# GET would fail in the same way.
_FINAL_FAILURES = frozenset({Failure.DNS, Failure.REFUSED, Failure.UNREACHABLE, Failure.TLS})


class Fetcher:
    """Asks for addresses, politely, each with a cookie jar of its own."""

    def __init__(self, turns: Turns, network: Network, connections: aiohttp.TCPConnector) -> None:
        self._client = Client(turns, network, connections)

    async def observe(self, url: str, purse: Purse, *, by_head: bool = True) -> Observation:
        """What `url`, in the form of requests, answers."""
        if by_head:
            async with self._client.session() as session:
                keep = purse.left * (1 - _SHARE_OF_HEAD)
                seen = await Walk(self._client, session, purse, "HEAD", keep).go(url)
                if not _needs_body(seen):
                    return seen
                if seen.is_answered:
                    # The way is known; only its end has to be read.
                    return await Walk(self._client, session, purse, "GET").go(seen.final, seen)
        async with self._client.session() as session:
            return await Walk(self._client, session, purse, "GET").go(url)

    async def page(self, url: str, purse: Purse) -> Page | None:
        """The page at `url` if all is well there, for comparing others with it."""
        seen = await self.observe(url, purse, by_head=False)
        return seen.page if seen.status == 200 and seen.failure is None else None


def _needs_body(seen: Observation) -> bool:
    """Whether HEAD is not enough: it was refused, or a page has to be looked at."""
    if seen.failure is not None:
        return seen.failure not in _FINAL_FAILURES
    return seen.status != 429 and (not seen.is_answered or seen.content_type in ("", *HTML))


def connector(network: Network) -> aiohttp.TCPConnector:
    """Connections as the network wants them, each for one request; needs a running loop."""
    resolver = network.resolver() if network.resolver else None
    return aiohttp.TCPConnector(limit=0, force_close=True, resolver=resolver, ttl_dns_cache=300)
