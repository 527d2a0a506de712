"""The program (程序): its group of commands, and every way for it to end.

0 nothing at or above the limit · 1 findings at or above it · 2 the command could not be carried out.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from generator import __version__
from generator.cli.usage import Formatter, Wrong, said
from generator.cli.words import Trouble, taking_common
from generator.finding import Text

_OBJECTS = 50_000


class _Context(click.Context):
    formatter_class = Formatter


class Commands(click.Group):
    """The group of commands, each loaded when it is called: the work of one does not wait for all."""

    context_class = _Context

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        self.places: dict[str, str] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the alphabet."""
        return sorted(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, from the module that holds it."""
        place = self.places.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        found = getattr(import_module(f"generator.cli.{module}"), name)
        if not isinstance(found, click.Command):
            return None
        found.context_class = _Context
        return taking_common(found)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names."""
        if args[0] not in self.places and not args[0].startswith("-"):
            # Only whoever mistypes waits for it.
            from difflib import get_close_matches  # noqa: PLC0415

            near = get_close_matches(args[0], sorted(self.places), 1)
            raise Wrong(
                Text(
                    f"没有 {args[0]} 这个命令{f'，是不是 {near[0]}？' if near else ''}",
                    f"there is no command {args[0]}{f'; did you mean {near[0]}?' if near else ''}",
                )
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="gongkai")
def main() -> None:
    """gongkai（公开）：生成并检查政府信息公开专栏。"""


def _end(sentence: str, stop: str) -> str:
    """The stop after a sentence, unless a question has ended it."""
    return {"？": "", "?": " "}.get(sentence[-1:], stop)


def _speak_utf8() -> None:
    """Reports in files and pipes are UTF-8 whatever the system's encoding; terminals keep their own."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def run(arguments: Sequence[str] | None = None) -> None:
    """The program: every way to fail ends in one sentence and an exit code, never a traceback."""
    # Whatever else is installed has no say in how settings and front matter are read, nor time to ask for it.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Nearly all that is made here is used to the end: to look for garbage in it every 700 objects finds none.
    gc.set_threshold(_OBJECTS)
    # Nor at the end, where Python would look through everything once more before the process goes.
    atexit.register(gc.freeze)
    _speak_utf8()
    try:
        main.main(args=arguments, prog_name="gongkai", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError:
        Trouble(
            Text(
                "没有写命令。用 gongkai --help 查看有哪些命令",
                "no command was given. gongkai --help lists them",
            )
        ).show()
        sys.exit(2)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "gongkai"
        wrong = said(error)
        Trouble(
            Text(
                f"用法不对：{wrong.zh}{_end(wrong.zh, '。')}用 {command} --help 查看用法",
                f"usage: {wrong.en}{_end(wrong.en, '. ')}See {command} --help",
            )
        ).show()
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("gongkai: 已中断 (interrupted)", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of a pipe has gone; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)
    except Exception as error:
        if os.environ.get("GONGKAI_DEBUG"):
            raise
        Trouble(
            Text(
                f"程序自身出错：{type(error).__name__}：{error}。设 GONGKAI_DEBUG=1 重新运行可得到详情",
                f"an error of the program itself: {type(error).__name__}: {error}. "
                "Run again with GONGKAI_DEBUG=1 for details",
            )
        ).show()
        sys.exit(2)
