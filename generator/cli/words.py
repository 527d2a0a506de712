"""Words that several commands share (共用的选项): options, their types, and the sentence of a command that fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.cli.usage import Misuse
from generator.finding import Text
from generator.report import FORMS

Command = TypeVar("Command", bound=Callable[..., Any])


class Trouble(click.ClickException):
    """The command could not be carried out: sentences for stderr, exit code 2."""

    exit_code = 2

    def __init__(self, *sentences: Text) -> None:
        self.sentences = sentences
        super().__init__("\n".join(f"{s.zh}\n{s.en}" for s in sentences))

    def show(self, file: Any = None) -> None:
        """Both languages, since the settings that choose one may be what is wrong."""
        for sentence in self.sentences:
            click.echo(f"gongkai: {sentence.zh}", err=True)
            click.echo(f"         {sentence.en}", err=True)


class Day(click.ParamType[date]):
    """A date as ISO text (日期)."""

    name = "DATE"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """The day; click calls it with a text or with a default."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise Misuse(
                Text(
                    f"“{value}”不是日期，写成 2026-11-20",
                    f"“{value}” is not a date; write 2026-11-20",
                )
            ) from None


class RuleNames(click.ParamType[frozenset[str]]):
    """Names of rules with commas between them."""

    name = "RULE,…"

    def convert(self, value: Any, param: Any, ctx: Any) -> frozenset[str]:
        """The names; an unknown one is refused with the nearest that exists."""
        if isinstance(value, frozenset):
            return value
        # The rules take half a second to load, and most commands name none.
        from rapidfuzz import fuzz, process  # noqa: PLC0415

        from generator.rules import NAMES  # noqa: PLC0415

        names = frozenset(filter(None, (word.strip() for word in str(value).split(","))))
        for name in sorted(names - NAMES):
            near = process.extractOne(name, sorted(NAMES), scorer=fuzz.ratio, score_cutoff=60)
            raise Misuse(
                Text(
                    f"没有“{name}”这条规则{f'，是不是“{near[0]}”？' if near else ''}",
                    f"there is no rule “{name}”{f'; did you mean “{near[0]}”?' if near else ''}",
                )
            )
        return names


NO_RULES: frozenset[str] = frozenset()


def _together(_ctx: Any, _param: Any, given: tuple[frozenset[str], ...]) -> frozenset[str]:
    return NO_RULES.union(*given)


site_option = click.option(
    "--site",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="站点文件夹；默认：最近的含 site.yaml 的上级文件夹",
)


today_option = click.option("--today", type=Day(), help="把这一天当作今天；默认：系统日期")


lang_option = click.option("--lang", type=click.Choice(["zh", "en"]), help="报告的语言")


jobs_option = click.option("--jobs", type=click.IntRange(1, 64), default=1, help="同时运行的进程数")


format_option = click.option(
    "--format", "form", type=click.Choice(list(FORMS)), default="text", help="报告的格式"
)


fail_on_option = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    help="达到哪一级就算不通过",
)


select_option = click.option(
    "--select", type=RuleNames(), multiple=True, callback=_together, help="只检查这些规则"
)


ignore_option = click.option(
    "--ignore", type=RuleNames(), multiple=True, callback=_together, help="不检查这些规则"
)


external_option = click.option(
    "--external",
    "asks",
    is_flag=True,
    help="也检查外部链接：要联网，需要 pip install 'gongkai[links]'",
)


LINKS_CACHE = ".gongkai/links.json"
"""Where the answers of other hosts are kept, below the site folder."""


cache_option = click.option(
    "--cache",
    "cache_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"外部链接的结果存在哪个文件；默认：站点文件夹里的 {LINKS_CACHE}",
)


def options(*chosen: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """One decorator for several options, in the order in which `--help` lists them."""

    def apply(command: Command) -> Command:
        for option in reversed(chosen):
            command = option(command)
        return command

    return apply


common_options = options(site_option, today_option, lang_option, jobs_option)


def taking_common(command: click.Command) -> click.Command:
    """`command`, which also takes the common options that mean nothing to it, so that scripts give all of them."""
    taken = {name for parameter in command.params for name in parameter.opts}
    command.params += [
        click.Option([name], type=kind, hidden=True, expose_value=False)
        for name, kind in _COMMON.items()
        if name not in taken
    ]
    return command


_COMMON: dict[str, click.ParamType[Any]] = {
    "--site": click.Path(path_type=Path, file_okay=False),
    "--today": Day(),
    "--lang": click.Choice(["zh", "en"]),
    "--fail-on": click.Choice(["error", "warning"]),
    "--jobs": click.IntRange(1, 64),
}


finding_options = options(
    common_options, format_option, fail_on_option, select_option, ignore_option
)
