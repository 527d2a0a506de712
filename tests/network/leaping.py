"""An event loop with a clock of its own (虚拟时钟): it never waits, it leaps to the next thing to do."""

from __future__ import annotations

import asyncio
import fcntl
import selectors
import struct
from collections.abc import Callable, Coroutine
from typing import Any

# What was sent over loopback and is not in anybody's queue any more arrives sooner than this.
_GRACE = 0.004
_PATIENCE = 100  # graces, while something is on its way
_STUCK = 10.0
_NOT_ARRIVED = 0x5411  # SIOCOUTQ: bytes sent that the other side does not have yet


class _Selector(selectors.DefaultSelector):
    def __init__(self, leap: Callable[[float], None]) -> None:
        super().__init__()
        self._leap = leap

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(0)
        if events or timeout == 0:
            return events
        if timeout is None:
            events = super().select(_STUCK)
            assert events, "nothing is left to wait for"
            return events
        for _ in range(_PATIENCE):
            events = super().select(min(timeout, _GRACE))
            if events:
                return events
            if not self._is_under_way():
                break
        self._leap(timeout)
        return events

    def _is_under_way(self) -> bool:
        """Whether a socket has sent what has not arrived; a machine with much to do takes its time."""
        return any(_unarrived(key.fd) for key in self.get_map().values())


def _unarrived(descriptor: int) -> int:
    try:
        answer = fcntl.ioctl(descriptor, _NOT_ARRIVED, struct.pack("i", 0))
    except OSError:
        return 0
    return int(struct.unpack("i", answer)[0])


class LeapingLoop(asyncio.SelectorEventLoop):
    """Sockets are real, time is not: it stands still until there is nothing to read or write.

    Then the clock leaps to the next timer, so that a busy machine changes nothing.
    """

    def __init__(self) -> None:
        self._now = 0.0
        super().__init__(_Selector(self._leap))

    def time(self) -> float:
        return self._now

    def _leap(self, seconds: float) -> None:
        self._now += seconds

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` to its end, as `asyncio.run` does, and stay open."""
        self.run_until_complete(work)
