"""What commands say to people (用法): help that fits a terminal, what is wrong with the words, what was done."""

from __future__ import annotations

import io
from contextlib import redirect_stderr
from pathlib import Path

import click
import pytest

from generator.cli.usage import folded, said
from generator.lines import cells
from tests.command import gongkai, on
from tests.repositories import repository
from tests.sites import GOOD_SITE, TODAY, write_site

NOTICE = "content/statutory/notice/2026/fees.md"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine the progress would be said, too."""
    monkeypatch.setenv("TERM", "dumb")


def _spoil(site: Path) -> None:
    with (site / NOTICE).open("a", encoding="utf-8") as stream:
        stream.write("\n见[收费系统](none.md)。\n")


def _told(site: Path, *words: str | Path) -> tuple[int, str]:
    """How a command ends, and what whoever sits at a terminal reads on stderr."""
    terminal = Terminal()
    full = [*words, "--site", str(site), "--today", TODAY.isoformat()]
    with redirect_stderr(terminal):
        code = _code(*full)
    return code, terminal.getvalue()


def _code(*words: str | Path) -> int:
    from generator.cli import run  # noqa: PLC0415

    try:
        run([str(word) for word in words])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    return 0


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (
            ["buidl"],
            "没有 buidl 这个命令，是不是 build？用 gongkai --help 查看用法",
            "there is no command buidl; did you mean build? See gongkai --help",
        ),
        (
            ["报告"],
            "没有 报告 这个命令。用 gongkai --help 查看用法",
            "there is no command 报告. See gongkai --help",
        ),
        (
            ["check", "--dry-run"],
            "--dry-run 要与 --fix 同用。用 gongkai check --help 查看用法",
            "--dry-run goes with --fix. See gongkai check --help",
        ),
        (
            ["build", "--today", "2026-02-30"],
            "--today 不能这样写：“2026-02-30”不是日期，写成 2026-11-20。用 gongkai build --help 查看用法",
            "Invalid value for '--today': “2026-02-30” is not a date; write 2026-11-20. "
            "See gongkai build --help",
        ),
        (
            ["check", "--select", "brokn-page"],
            "--select 不能这样写：没有“brokn-page”这条规则，是不是“broken-page”？"
            "用 gongkai check --help 查看用法",
            "Invalid value for '--select': there is no rule “brokn-page”; did you mean “broken-page”? "
            "See gongkai check --help",
        ),
    ],
)
def test_words_that_are_wrong_are_told_in_both_languages(
    words: list[str], zh: str, en: str
) -> None:
    ended = gongkai(*words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"gongkai: 用法不对：{zh}\n         usage: {en}\n"


@pytest.mark.parametrize(
    ("words", "zh"),
    [
        (["build", "--fomat", "json"], "没有 --fomat 这个选项，是不是 --format"),
        (
            ["build", "--format", "xml"],
            "--format 不能这样写：可写 text、json、github、sarif、junit",
        ),
        (["build", "--jobs", "0"], "--jobs 不能这样写：要写 1 到 64 的整数"),
        (["build", "--jobs"], "Option '--jobs' requires an argument"),
        (["review"], "缺少 --since"),
        (["new"], "缺少 KIND"),
        (["new", "政策"], "KIND 不能这样写：没有“政策”这个文种，可写 政策文件、政策解读、"),
    ],
)
def test_the_mistakes_that_the_parser_finds_are_told_in_chinese_too(
    words: list[str], zh: str
) -> None:
    ended = gongkai(*words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"gongkai: 用法不对：{zh}")


def test_a_value_that_belongs_to_no_option_is_told_too() -> None:
    assert said(click.BadParameter("no")).zh == "不能这样写：no"


@pytest.mark.parametrize("command", ["build", "serve", "audit", "import", "new", "clean", "links"])
def test_help_goes_into_a_terminal_of_80_columns(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ended = gongkai(command, "--help")
    assert ended.code == 0
    assert max(map(cells, ended.out.splitlines())) <= 80
    assert max(map(cells, gongkai("--help").out.splitlines())) <= 80


def test_lines_are_folded_where_they_may_be() -> None:
    assert folded("先读取、校验（一次）再写出 gongkai.html 文件", 18) == [
        "先读取、校验（一",
        "次）再写出",
        "gongkai.html 文件",
    ]
    assert folded("一二三，四", 6) == ["一二", "三，四"]
    assert folded("averyveryverylongword", 6) == ["averyveryverylongword"]
    assert folded("", 6) == [""]


def test_a_build_says_where_the_pages_are_and_when_none_were_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path / "site", GOOD_SITE)
    monkeypatch.chdir(site)
    assert _told(site, "build") == (0, "网页在 public，用浏览器打开 public/index.html 查看\n")
    out = tmp_path / "out"
    told = f"the pages are in {out}; open {out}/index.html in a browser\n"
    assert _told(site, "build", "--out", out, "--lang", "en") == (0, told)
    _spoil(site)
    assert _told(site, "build") == (1, "没有写出网页，public 保持原样\n")
    # Programs are told by the exit code alone.
    assert on(site, "build").err == ""


def test_a_review_says_where_it_is(tmp_path: Path) -> None:
    site = repository(write_site(tmp_path / "site", GOOD_SITE))
    _spoil(site)
    out = tmp_path / "review.html"
    told = f"审阅写到 {out}：新出现 1 个错误、0 个警告，改正之前不能发布\n"
    assert _told(site, "review", "--since", "main", "--out", out) == (1, told)
    assert on(site, "review", "--since", "main", "--out", out).err == ""
