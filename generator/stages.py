"""Stages (阶段) of a long piece of work: how far it is, and where the time went. Told, never asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from generator.finding import Text


@dataclass(frozen=True, slots=True)
class Spent:
    """What a stage took: seconds of the clock, and seconds of this process's CPU."""

    name: Text
    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Moment:
    """How far a stage is: `done` of `total` (0: not counted), seconds of the stage and of all so far."""

    name: Text
    done: int
    total: int
    in_stage: float
    in_all: float

    @property
    def left(self) -> float | None:
        """How many seconds the rest of the stage will take at this pace; None where nothing tells."""
        if not self.total or not self.done:
            return None
        return self.in_stage * max(0, self.total - self.done) / self.done


Tell = Callable[[Moment | None], None]
"""Told of a moment, and of nothing (None) when a stage has ended."""


class Stages:
    """Takes down what each stage takes, and tells `tell` of the progress, at most every `pause` seconds."""

    def __init__(self, tell: Tell | None = None, pause: float = 0.1) -> None:
        self.spent: list[Spent] = []
        self._tell = tell
        self._pause = pause
        self._began = self._told = time.monotonic()
        self._name, self._since, self._done, self._total = Text("", ""), self._began, 0, 0

    @contextmanager
    def stage(self, name: Text, total: int = 0) -> Iterator[None]:
        """A stage with `total` steps, where they can be counted beforehand."""
        self._name, self._since, self._done, self._total = name, time.monotonic(), 0, total
        cpu = time.process_time()
        self._say()
        try:
            yield
        finally:
            wall = time.monotonic() - self._since
            self.spent.append(Spent(name, wall, time.process_time() - cpu))
            if self._tell is not None:
                self._tell(None)

    def step(self) -> None:
        """One more step of the stage is done."""
        self._done += 1
        if self._tell is not None and not self._done % 16:
            self._say()

    def _say(self) -> None:
        now = time.monotonic()
        if self._tell is None or now - self._told < self._pause:
            return
        self._told = now
        total = max(self._total, self._done) if self._total else 0
        self._tell(Moment(self._name, self._done, total, now - self._since, now - self._began))


class _Untold(Stages):
    """For those who ask for nothing: nothing is kept."""

    @contextmanager
    def stage(self, name: Text, total: int = 0) -> Iterator[None]:
        yield

    def step(self) -> None:
        return


UNTOLD = _Untold()
