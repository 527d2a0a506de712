"""`gongkai links`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from generator import external, html_links
from generator.check import Selection
from generator.cli.network import asking, external_option, progress_line, require_extra
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
    today_option,
)
from generator.config import External
from generator.finding import Finding, Language, Severity, Text, fails
from generator.report import Totals
from generator.rules import ONLINE
from generator.written import MANIFEST

_SITEMAP = re.compile(r"^Sitemap: (https?://\S+/)sitemap\.xml$", re.MULTILINE)
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
        progress = progress_line(form, lang or "zh")
        ask = asking(External(), external.NOBODY, cache_file, today, progress)
        held = [one for one in answered(checked.external, ask) if selection.holds(one.rule)]
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


def answered(
    links: Sequence[html_links.External],
    ask: Callable[[Sequence[external.Address]], Sequence[external.Checked]],
) -> Iterator[Finding]:
    """What is wrong with the addresses outside, each once, where it stands first."""
    answers = ask([external.Address(one.url, one.text) for one in links])
    for one, answer in zip(links, answers, strict=True):
        finding = answer.finding(one.place)
        if finding is not None:
            yield replace(finding, message=html_links.counted(finding.message, one.paths))
