"""How far the work is (进度): a bar on a terminal, a line now and then elsewhere in CI, and where the time went."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

import click

from generator.finding import Language, Text
from generator.stages import Moment, Spent, Stages

_PATIENCE = 2.0  # seconds of work before anything is shown
_BETWEEN_LINES = 10.0  # seconds, where lines stay
_WIDTH = 24
_ERASE = "\r\x1b[2K"

timing_option = click.option("--timing", is_flag=True, help="最后列出各阶段用了多少时间")


@contextmanager
def watched(lang: Language | None, *, timing: bool) -> Iterator[Stages]:
    """Stages whose progress is shown on stderr; with `timing` their times are listed at the end."""
    language = lang or "zh"
    shown = _Shown(sys.stderr, language)
    stages = Stages(shown.tell if shown.wanted else None)
    try:
        yield stages
    finally:
        shown.clear()
        if timing:
            click.echo(table(stages.spent, language), err=True)


class _Shown:
    """What stands on the terminal now."""

    def __init__(self, stream: TextIO, language: Language) -> None:
        self._stream = stream
        self._language = language
        self._is_terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
        self.wanted = self._is_terminal or bool(os.environ.get("CI"))
        self._last = 0.0
        self._stands = False

    def tell(self, moment: Moment | None) -> None:
        """Show `moment`, if the work has lasted long enough; nothing, where a stage has ended."""
        if moment is None:
            self.clear()
        elif self._is_terminal:
            if moment.in_all >= _PATIENCE:
                self._stream.write(_ERASE + bar(moment, self._language))
                self._stream.flush()
                self._stands = True
        elif moment.in_all - self._last >= _BETWEEN_LINES:
            self._last = moment.in_all
            click.echo(line(moment, self._language), err=True)

    def clear(self) -> None:
        """Leave the terminal as it was."""
        if self._stands:
            self._stream.write(_ERASE)
            self._stream.flush()
            self._stands = False


def bar(moment: Moment, language: Language) -> str:
    """`转换正文 [########----------------] 3200/10000 还需 12 秒`."""
    if not moment.total:
        return f"{moment.name.say(language)} …"
    full = _WIDTH * moment.done // moment.total
    return (
        f"{moment.name.say(language)} [{'#' * full}{'-' * (_WIDTH - full)}] "
        f"{moment.done}/{moment.total}{_left(moment, ' ').say(language)}"
    )


def line(moment: Moment, language: Language) -> str:
    """`转换正文：3200/10000，还需 12 秒`."""
    if not moment.total:
        return f"{moment.name.say(language)} …"
    colon = "：" if language == "zh" else ": "
    comma = "，" if language == "zh" else ", "
    left = _left(moment, comma).say(language)
    return f"{moment.name.say(language)}{colon}{moment.done}/{moment.total}{left}"


def _left(moment: Moment, before: str) -> Text:
    if moment.left is None:
        return Text("", "")
    seconds = max(1, round(moment.left))
    return Text(f"{before}还需 {seconds} 秒", f"{before}{seconds} s left")


def table(spent: Sequence[Spent], language: Language) -> str:
    """The stages with their seconds, in their order, and the sum; CPU is that of this process."""
    head = Text("用时（秒）  CPU    全程  阶段", "seconds:    CPU    wall  stage").say(language)
    rows = [*spent, _sum(spent)]
    lines = (f"{one.cpu:>15.2f} {one.wall:>7.2f}  {one.name.say(language)}" for one in rows)
    return "\n".join((head, *lines))


def _sum(spent: Sequence[Spent]) -> Spent:
    return Spent(
        Text("合计", "in all"), sum(one.wall for one in spent), sum(one.cpu for one in spent)
    )
