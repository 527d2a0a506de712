"""Progress and timing (进度、用时): what is shown, where, and that it leaves the terminal as it was."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from generator.build import examine
from generator.cli.progress import _Shown, bar, line, table
from generator.finding import Text
from generator.stages import Moment, Spent, Stages
from tests.command import on
from tests.sites import GOOD_SITE, TODAY, write_site

NAME = Text("转换正文", "convert")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def _moment(done: int, total: int = 10_000, seconds: float = 6.0) -> Moment:
    return Moment(NAME, done, total, seconds, seconds)


def test_a_bar_tells_counts_and_the_time_left() -> None:
    assert bar(_moment(3000), "zh") == "转换正文 [#######-----------------] 3000/10000 还需 14 秒"
    assert bar(_moment(10_000), "en") == f"convert [{'#' * 24}] 10000/10000 1 s left"
    assert bar(_moment(0), "zh") == f"转换正文 [{'-' * 24}] 0/10000"
    assert bar(_moment(5, 0), "zh") == "转换正文 …"


def test_a_line_tells_the_same() -> None:
    assert line(_moment(3000), "zh") == "转换正文：3000/10000，还需 14 秒"
    assert line(_moment(3000), "en") == "convert: 3000/10000, 14 s left"
    assert line(_moment(1, 0), "en") == "convert …"


def test_the_table_adds_up() -> None:
    spent = [Spent(NAME, 1.5, 1.25), Spent(Text("写出", "write"), 0.5, 0.25)]
    assert table(spent, "en").splitlines() == [
        "seconds:    CPU    wall  stage",
        "           1.25    1.50  convert",
        "           0.25    0.50  write",
        "           1.50    2.00  in all",
    ]
    assert table(spent, "zh").splitlines()[-1] == "           1.50    2.00  合计"


def test_a_terminal_shows_a_bar_after_two_seconds_and_is_left_clean() -> None:
    terminal = Terminal()
    shown = _Shown(terminal, "zh")
    shown.tell(_moment(1, seconds=1.9))
    assert terminal.getvalue() == ""
    shown.tell(_moment(3000))
    shown.tell(None)
    shown.tell(None)
    assert terminal.getvalue() == f"\r\x1b[2K{bar(_moment(3000), 'zh')}\r\x1b[2K"


def test_ci_gets_a_line_every_ten_seconds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "true")
    shown = _Shown(io.StringIO(), "zh")
    for seconds in (3.0, 9.0, 11.0, 15.0, 22.0):
        shown.tell(_moment(100 * int(seconds), seconds=seconds))
    assert shown.wanted
    assert [said.split("，")[0] for said in capsys.readouterr().err.splitlines()] == [
        "转换正文：1100/10000",
        "转换正文：2200/10000",
    ]


def test_elsewhere_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert not _Shown(io.StringIO(), "zh").wanted


def test_stages_tell_of_every_step_and_of_their_end() -> None:
    told: list[tuple[int, int] | None] = []
    stages = Stages(
        lambda moment: told.append((moment.done, moment.total) if moment else None), pause=0
    )
    with stages.stage(NAME, 32):
        for _ in range(33):
            stages.step()
    assert told == [(0, 32), (16, 32), (32, 32), None]
    assert [one.name for one in stages.spent] == [NAME]


def test_a_stage_that_fails_is_ended_too() -> None:
    told: list[Moment | None] = []
    stages = Stages(told.append, pause=0)
    with pytest.raises(ValueError, match="甲"), stages.stage(NAME):
        raise ValueError("甲")
    assert told[-1] is None


@pytest.mark.parametrize("command", ["build", "check"])
def test_timing_lists_the_stages(command: str, tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", GOOD_SITE)
    said = on(site, command, "--timing", "--lang", "en")
    rows = [re.sub(r"[\d. ]+", " ", row).strip() for row in said.err.splitlines()]
    assert (said.code, rows[0], rows[-1]) == (0, "seconds: CPU wall stage", "in all")
    assert {"load", "convert", "render", "check"} <= set(rows)


def test_a_bar_is_no_wider_than_a_terminal() -> None:
    assert len(bar(_moment(9999), "en")) < 80


def test_a_document_is_a_step_whatever_else_is_made_of_it(tmp_path: Path) -> None:
    told: list[Moment | None] = []

    class Counted(Stages):
        def step(self) -> None:
            super().step()
            self._say()

    site = write_site(tmp_path / "site", GOOD_SITE)
    examine(site, TODAY, stages=Counted(told.append, pause=0))
    last = {moment.name.en: moment for moment in told if moment and moment.total}
    assert {name: (moment.done, moment.total) for name, moment in last.items()} == {
        "convert": (15, 15),
        "render": (15, 15),
    }
