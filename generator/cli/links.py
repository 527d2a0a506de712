"""`gongkai links`."""

from __future__ import annotations

from pathlib import Path

import click

from generator import html_links
from generator.build import fails
from generator.check import Selection
from generator.cli.sites import show
from generator.cli.words import (
    Trouble,
    fail_on_option,
    format_option,
    ignore_option,
    jobs_option,
    lang_option,
    options,
    select_option,
)
from generator.finding import Language, Severity, Text
from generator.report import Totals


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@options(lang_option, jobs_option, format_option, fail_on_option, select_option, ignore_option)
@click.option("--base-url", help="文件夹发布后的网址；给出后，指向本站的绝对地址也按文件核对")
def links(
    target: Path,
    lang: Language | None,
    jobs: int,
    form: str,
    fail_on: str,
    select: frozenset[str],
    ignore: frozenset[str],
    base_url: str | None,
) -> None:
    """检查任何一个 HTML 文件夹里的链接：断链，以及文字与目标不符的错链。不需要 site.yaml，不联网。"""
    if not target.is_dir():
        problem = (
            ("不是文件夹", "is no folder") if target.exists() else ("不存在", "does not exist")
        )
        raise Trouble(Text(f"{target} {problem[0]}", f"{target} {problem[1]}"))
    try:
        origin = html_links.origin_of(base_url) if base_url else html_links.Origin()
    except html_links.OriginError:
        raise Trouble(
            Text(
                f"--base-url 应是 https:// 开头的网址：{base_url}",
                f"--base-url must be an address that begins with https://: {base_url}",
            )
        ) from None
    checked = html_links.check(target, origin, jobs, Selection(select, ignore).holds)
    if not checked.pages:
        nothing = Text(f"{target} 里没有 HTML 文件", f"there is no HTML file in {target}")
        click.echo(f"gongkai: {nothing.say(lang or 'zh')}", err=True)
    show(checked.findings, Totals(checked.pages, checked.links), form, lang or "zh", target)
    if fails(checked.findings, Severity(fail_on)):
        raise SystemExit(1)
