"""`gongkai build`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.cli.known import Wishes, run
from generator.cli.progress import timing_option, watched
from generator.cli.sites import show, shown_path, site_folder, tell
from generator.cli.words import finding_options
from generator.finding import Language, Severity, Text, fails


@click.command()
@finding_options
@click.option(
    "--out", type=click.Path(path_type=Path), help="输出文件夹；默认：站点文件夹里的 public"
)
@click.option("--base-url", help="发布的网址，代替 site.yaml 里的 base_url")
@click.option("--drafts", is_flag=True, help="草稿和未到发布日期的文件也生成（只供预览）")
@click.option(
    "--no-cache", "cache", is_flag=True, flag_value=False, default=True, help="每次都从头生成"
)
@timing_option
@click.option("--strict", is_flag=True, help="有警告也算不通过，等于 --fail-on warning")
def build(
    folder: Path | None,
    today: date | None,
    lang: Language | None,
    jobs: int,
    form: str,
    fail_on: str,
    select: frozenset[str],
    ignore: frozenset[str],
    out: Path | None,
    base_url: str | None,
    drafts: bool,
    cache: bool,
    timing: bool,
    strict: bool,
) -> None:
    """检查并生成整个专栏；有问题达到界限时什么也不写，原来的输出保持原样。"""
    site = site_folder(folder)
    wishes = Wishes(site, today or date.today(), jobs, select, ignore, drafts, base_url)
    with watched(lang, timing=timing) as stages, run(wishes, stages, cache=cache) as this:
        answer = this.answer()
        language = lang or answer.language
        show(answer.findings, answer.totals, form, language, site)
        for note in answer.notes:
            click.echo(note.say(language), err=True)
        target = Path.cwd() / out if out else site / "public"
        named = shown_path(target)
        if fails(answer.findings, Severity.WARNING if strict else Severity(fail_on)):
            tell(
                Text(
                    f"没有写出网页，{named} 保持原样",
                    f"no pages were written; {named} is as it was",
                ),
                language,
            )
            raise SystemExit(1)
        this.write(target)
    # After the progress has gone, and only when it is whole.
    tell(
        Text(
            f"网页在 {named}，用浏览器打开 {named}/index.html 查看",
            f"the pages are in {named}; open {named}/index.html in a browser",
        ),
        language,
    )
