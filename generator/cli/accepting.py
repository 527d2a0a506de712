"""`--baseline`: findings that are accepted for the time being (基线)."""

from __future__ import annotations

from pathlib import Path

import click

from generator import baseline as baselines
from generator.baseline import BaselineError
from generator.cli.words import Trouble, options
from generator.finding import Finding, Text

_BASELINE = (
    click.option(
        "--baseline",
        type=click.Path(path_type=Path, dir_okay=False),
        help="接受这个文件里列出的问题；文件不存在时用现有的问题建立",
    ),
    click.option("--shrink", is_flag=True, help="从基线里删去已经改正的问题"),
)


baseline_options = options(*_BASELINE)


def against(
    file: Path | None, findings: tuple[Finding, ...], *, shrink: bool
) -> tuple[tuple[Finding, ...], bool]:
    """The findings that a baseline does not accept, and whether it holds some that are mended.

    A baseline that does not exist is made of today's findings. One that does may only shrink.
    """
    if file is None:
        return findings, False
    try:
        if not file.exists():
            file.write_text(baselines.write(findings), encoding="utf-8")
            click.echo(f"基线 {file}：接受了 {len(findings)} 个问题 (accepted)", err=True)
            return (), False
        accepted = baselines.read(file.read_text(encoding="utf-8"))
        compared = baselines.compare(findings, accepted)
        if compared.mended and shrink:
            left = baselines.without(accepted, compared.mended)
            file.write_text(left, encoding="utf-8")
    except BaselineError as error:
        raise Trouble(error.sentence) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(
            Text(f"无法读写基线 {file}：{error}", f"cannot use the baseline {file}: {error}")
        ) from None
    for rule, path, *_ in compared.mended:
        click.echo(f"基线里的问题已经改正 (mended): {rule} {path}", err=True)
    if compared.mended and not shrink:
        click.echo(
            f"从基线 {file} 里删去改正了的 {len(compared.mended)} 条：加 --shrink 重新运行 "
            "(remove them: run again with --shrink)",
            err=True,
        )
    return compared.new, bool(compared.mended) and not shrink
