"""`gongkai links`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from generator import html_links
from generator.cli.sites import show
from generator.cli.words import (
    Trouble,
    external_option,
    fail_on_option,
    format_option,
    ignore_option,
    jobs_option,
    lang_option,
    options,
    select_option,
    today_option,
)
from generator.finding import Finding, Language, Selection, Severity, Text, fails
from generator.regex import regex
from generator.report import Totals
from generator.rules import ONLINE
from generator.written import MANIFEST

_SITEMAP = regex(r"^Sitemap: (https?://\S+/)sitemap\.xml$", re.MULTILINE)
_LONGEST_ROBOTS = 1 << 16


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@options(lang_option, jobs_option, format_option, fail_on_option, select_option, ignore_option)
@click.option("--base-url", help="文件夹发布后的网址；给出后，指向本站的绝对地址也按文件核对")
@external_option
@click.option(
    "--cache",
    "cache_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="外部链接的结果存在哪个文件，下次接着用；默认：不保存",
)
@today_option
def links(
    target: Path,
    lang: Language | None,
    jobs: int,
    form: str,
    fail_on: str,
    select: frozenset[str],
    ignore: frozenset[str],
    base_url: str | None,
    asks: bool,
    cache_file: Path | None,
    today: date | None,
) -> None:
    """检查任何一个 HTML 文件夹里的链接：断链，以及文字与目标不符的错链。

    不需要 site.yaml；除非给出 --external，不联网。
    """
    if asks:
        # Where no other host is asked, nothing of this has to be loaded.
        from generator.cli.network import require_extra  # noqa: PLC0415

        require_extra()
    if not target.is_dir():
        problem = (
            ("不是文件夹", "is no folder") if target.exists() else ("不存在", "does not exist")
        )
        raise Trouble(Text(f"{target} {problem[0]}", f"{target} {problem[1]}"))
    base_url = base_url or _published_at(target)
    try:
        origin = html_links.origin_of(base_url) if base_url else html_links.Origin()
    except html_links.OriginError:
        raise Trouble(
            Text(
                f"--base-url 应是 https:// 开头的网址：{base_url}",
                f"--base-url must be an address that begins with https://: {base_url}",
            )
        ) from None
    selection = Selection(select, ignore)
    checked = html_links.check(target, origin, jobs, selection.holds)
    if not checked.pages:
        nothing = Text(f"{target} 里没有 HTML 文件", f"there is no HTML file in {target}")
        click.echo(f"gongkai: {nothing.say(lang or 'zh')}", err=True)
    findings = checked.findings
    if asks and any(selection.holds(rule) for rule in ONLINE):
        answers = _answered(checked.external, cache_file, today, form, lang or "zh")
        held = [one for one in answers if selection.holds(one.rule)]
        findings = tuple(sorted((*findings, *held), key=lambda finding: finding.order))
    show(findings, Totals(checked.pages, checked.links), form, lang or "zh", target)
    if fails(findings, Severity(fail_on)):
        raise SystemExit(1)


def _published_at(target: Path) -> str | None:
    """Where an output of this program says that it is published: its 404 page links from the root of the host."""
    try:
        with (target / "robots.txt").open(encoding="utf-8") as robots:
            said = _SITEMAP.search(robots.read(_LONGEST_ROBOTS))
    except (OSError, UnicodeDecodeError):
        return None
    return said[1] if said and (target / MANIFEST).is_file() else None


def _answered(
    links: Sequence[html_links.External],
    cache_file: Path | None,
    today: date | None,
    form: str,
    language: Language,
) -> Iterator[Finding]:
    """What other hosts answer to, that is wrong."""
    from generator.cli.network import answered, asking, progress_line  # noqa: PLC0415 - as above
    from generator.config import External  # noqa: PLC0415
    from generator.external import NOBODY  # noqa: PLC0415

    progress = progress_line(form, language)
    return answered(links, asking(External(), NOBODY, cache_file, today, progress))
