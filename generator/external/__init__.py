"""External links (外部链接检查): asks other hosts whether what we link to is still there and still itself.

Nothing here runs, and no socket is opened, unless `check_addresses` is called; aiohttp (extra `links`)
is imported only then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.config import External
from generator.external import cache
from generator.external.addresses import Address, Target, host_of, is_listed, target
from generator.external.cache import CacheError, Entry
from generator.external.judge import judge
from generator.external.judgement import NOBODY, Checked, Judgement, Known
from generator.external.observation import Failure, Observation
from generator.finding import Text

if TYPE_CHECKING:
    from generator.external.asking.network import Network

Progress = Callable[[int, int, str], None]


class ExtraError(Exception):
    """The optional packages for the network are not installed; `sentence` says how to get them."""

    def __init__(self, package: str) -> None:
        self.sentence = Text(
            f"检查外部链接需要 {package}，还没有安装：pip install 'gongkai[links]'",
            f"checking external links needs {package}: pip install 'gongkai[links]'",
        )
        super().__init__(self.sentence.en)


def silent(done: int, total: int, host: str) -> None:
    """Progress that nobody watches."""


def require_extra() -> None:
    """Raise `ExtraError` where the optional packages are missing, before any work is done."""
    try:
        import aiohttp  # noqa: F401, PLC0415 - nothing else may load it
    except ModuleNotFoundError as error:
        raise ExtraError(error.name or "aiohttp") from None


def check_addresses(
    addresses: Sequence[Address],
    settings: External,
    *,
    now: float,
    known: Known = NOBODY,
    cache_file: Path | None = None,
    progress: Progress = silent,
    network: Network | None = None,
) -> tuple[Checked, ...]:
    """What became of each of `addresses`, in their order; each distinct one is asked for once.

    `now` is in seconds since 1970 and decides how long the answers in `cache_file` hold. Addresses
    that are none of the web, and hosts on the allow list, are passed over. Raises `ExtraError`
    without aiohttp, and `CacheError` where the cache cannot be written.
    """
    require_extra()
    urls = _urls(addresses, settings)
    entries = cache.read(cache_file)
    due = [url for url in urls if not _holds(url, entries, settings, known, now)]
    seen: dict[str, Observation] = {}
    try:
        _observe(due, settings, network, progress, seen)
    finally:
        # What was learnt before an interruption need not be asked again.
        current = {url: cache.after(one, now, entries.get(url)) for url, one in seen.items()}
        kept = {url: entry for url, entry in current.items() if cache.is_kept(entry.seen)}
        if kept:
            cache.write(cache_file, entries | kept, now)
    entries |= current
    return tuple(_checked(address, entries, settings, known) for address in addresses)


def _urls(addresses: Sequence[Address], settings: External) -> list[str]:
    """What has to be known, in the form of requests: each once, in the order of first mention."""
    asked = (target(address.url) for address in addresses)
    return list(dict.fromkeys(one.url for one in asked if one and not _passed_over(one, settings)))


def _passed_over(asked: Target, settings: External) -> bool:
    return is_listed(asked.host, settings.allow) or is_listed(asked.host, settings.block)


def _holds(
    url: str, entries: Mapping[str, Entry], settings: External, known: Known, now: float
) -> bool:
    """Whether an earlier answer for `url` is still good enough."""
    entry = entries.get(url)
    if entry is None:
        return False
    is_good = judge(entry.seen, Address(url), known) is None
    return entry.is_fresh(now, settings.confirm_after, is_good=is_good)


def _observe(
    urls: Sequence[str],
    settings: External,
    network: Network | None,
    progress: Progress,
    seen: dict[str, Observation],
) -> None:
    """Ask for `urls` and put the answers into `seen` as they come."""
    if not urls:
        return
    # Only here, since every other command would wait for aiohttp to be loaded.
    from generator.external.asking.network import Network  # noqa: PLC0415
    from generator.external.asking.schedule import observe_all, or_offline  # noqa: PLC0415

    def heard(url: str, one: Observation) -> None:
        seen[url] = one
        progress(len(seen), len(urls), host_of(url))

    world = network or Network()
    world.run(observe_all(urls, settings, world, heard))
    seen.update(or_offline(seen))


def _checked(
    address: Address, entries: Mapping[str, Entry], settings: External, known: Known
) -> Checked:
    asked = target(address.url)
    if asked is None or is_listed(asked.host, settings.allow):
        return Checked(address, None)
    if is_listed(asked.host, settings.block):
        seen = Observation(asked.url, failure=Failure.BLOCKED)
        return Checked(address, judge(seen, address, known), seen)
    entry = entries[asked.url]
    confirmed = entry.is_confirmed(settings.confirm_after)
    return Checked(address, judge(entry.seen, address, known, confirmed=confirmed), entry.seen)


__all__ = [
    "NOBODY",
    "Address",
    "CacheError",
    "Checked",
    "External",
    "ExtraError",
    "Judgement",
    "Known",
    "Observation",
    "Progress",
    "check_addresses",
    "require_extra",
    "silent",
]
