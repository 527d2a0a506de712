"""Schedule (调度): many addresses, each asked for once, in turn, again where that helps, and never too long."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urljoin

from generator.config import External
from generator.external.addresses import host_of, is_home, registrable
from generator.external.asking.fetch import Fetcher, connector
from generator.external.asking.network import Network, Purse, Turns
from generator.external.observation import Failure, Observation, Page
from generator.external.page import likeness

Heard = Callable[[str, Observation], None]
AT_ONCE = 32
ATTEMPTS = 3
# Who asks for more patience than this is asked again by the next run.
LONGEST_PAUSE = 30.0
# So many hosts without one answer say more about this machine than about them.
_ENOUGH_HOSTS = 5
_UNREACHED = frozenset({Failure.DNS, Failure.UNREACHABLE})


async def observe_all(
    urls: Sequence[str], settings: External, network: Network, heard: Heard
) -> None:
    """Ask for each of `urls` (in the form of requests) and tell `heard` what it answers, once each."""
    loop = asyncio.get_running_loop()
    # As many names may be looked up at a time as there are requests.
    loop.set_default_executor(ThreadPoolExecutor(AT_ONCE, thread_name_prefix="gongkai-dns"))
    turns = Turns(settings.concurrency, settings.delay, AT_ONCE, network)
    ends = loop.time() + settings.run_deadline
    connections = connector(network)
    async with connections:
        run = _Run(Fetcher(turns, network, connections), turns, settings, network, ends)

        async def one(url: str) -> None:
            heard(url, await run.visit(url))

        await asyncio.gather(*map(one, urls))


class _Run:
    """One run: its purse and its end, and what each host answers to a random address."""

    def __init__(
        self,
        fetcher: Fetcher,
        turns: Turns,
        settings: External,
        network: Network,
        ends: float,
    ) -> None:
        self._fetcher = fetcher
        self._turns = turns
        self._settings = settings
        self._network = network
        self._ends = ends
        self._random_pages: dict[str, Page | None] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def visit(self, url: str) -> Observation:
        """What `url` answers, when its turn comes before the run is over."""
        try:
            async with asyncio.timeout_at(self._ends):
                return await self._compared(url, await self._patiently(url))
        except TimeoutError:
            return Observation(url, failure=Failure.NO_TIME)
        except Exception:
            # The strangest server must not end the whole run.
            return Observation(url, failure=Failure.STRANGE)

    async def _patiently(self, url: str) -> Observation:
        """Ask, and ask again after a pause where the answer may be another one then."""
        purse = Purse(self._settings.deadline)
        seen = await self._fetcher.observe(url, purse)
        for attempt in range(1, ATTEMPTS):
            pause = self._pause(seen, attempt)
            if pause is None or purse.left <= 0:
                break
            self._turns.shut(host_of(seen.final), pause)
            again = await self._fetcher.observe(url, purse, by_head=False)
            # Having run out of time says less than what was seen before.
            if again.failure is Failure.TIMEOUT:
                break
            seen = again
        return seen

    def _pause(self, seen: Observation, attempt: int) -> float | None:
        """The seconds to wait before asking again; None where that is of no use."""
        if not (seen.may_pass or seen.status == 429):
            return None
        if seen.retry_after is not None:
            return seen.retry_after if seen.retry_after <= LONGEST_PAUSE else None
        # Partly by chance, so that hosts behind one gateway are not asked all at once.
        doubled: float = self._settings.delay * 2 ** (attempt - 1)
        return min(doubled * (0.5 + self._network.chance()), LONGEST_PAUSE)

    async def _compared(self, url: str, seen: Observation) -> Observation:
        """`seen`, with its likeness to what the host answers to an address that cannot exist."""
        if seen.status != 200 or seen.page is None or is_home(url) or is_home(seen.final):
            return seen
        if registrable(host_of(seen.final)) != registrable(host_of(url)):
            return seen
        other = await self._random_page(seen.final)
        return replace(seen, likeness=likeness(seen.page, other))

    async def _random_page(self, url: str) -> Page | None:
        """What the host of `url` shows at a random address beside it; asked for once."""
        host = host_of(url)
        async with self._locks[host]:
            if host not in self._random_pages:
                name = f"gongkai-{int(self._network.chance() * 16**10):010x}.html"
                purse = Purse(self._settings.deadline)
                self._random_pages[host] = None
                page = await self._fetcher.page(urljoin(url, name), purse)
                self._random_pages[host] = page
        return self._random_pages[host]


def or_offline(seen: Mapping[str, Observation]) -> dict[str, Observation]:
    """`seen`, or, where nobody at all could be reached, the one reason for that."""
    hosts = {host_of(url) for url in seen}
    nobody = all(one.failure in _UNREACHED for one in seen.values())
    if not nobody or len(hosts) < _ENOUGH_HOSTS:
        return dict(seen)
    return {url: replace(one, failure=Failure.OFFLINE) for url, one in seen.items()}
