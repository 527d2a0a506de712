"""`gongkai publish` and `gongkai register`: what the public gets to see."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from generator.build import SiteError, fails, save, searchable
from generator.cli.sites import examined, report, site_folder
from generator.cli.words import NO_RULES, Trouble, common_options, fail_on_option, options
from generator.finding import Language, Severity, Text
from generator.publish import Published, PublishError, target_named
from generator.publish import publish as bring
from generator.register import RegisterError, add, unregistered


@click.command()
@click.argument("target", required=False)
@options(common_options, fail_on_option)
@click.option("--dry-run", is_flag=True, help="只列出会有什么变化，什么也不改")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="发布先前 build 生成的这个文件夹；默认：检查并重新生成",
)
def publish(
    target: str | None,
    folder: Path | None,
    today: date | None,
    lang: Language | None,
    jobs: int,
    fail_on: str,
    dry_run: bool,
    out: Path | None,
) -> None:
    """检查、生成并发布到 site.yaml 里写明的文件夹或主机；有问题时什么也不发布。"""
    site = site_folder(folder)
    outcome = examined(site, today, jobs, NO_RULES, NO_RULES)
    language = lang or outcome.site.config.language
    try:
        place = target_named(outcome.site.config.publish, target)
        if out is not None:
            published = bring(Path.cwd() / out, place, site, dry_run=dry_run)
        else:
            report(outcome, outcome.findings, "text", lang, site)
            if fails(outcome.findings, Severity(fail_on)):
                raise SystemExit(1)
            with TemporaryDirectory(prefix="gongkai-") as temporary:
                built = Path(temporary) / "public"
                save(searchable(outcome).pages, site, built)
                published = bring(built, place, site, dry_run=dry_run)
    except PublishError as error:
        raise Trouble(error.sentence) from None
    except SiteError as error:
        raise Trouble(*error.sentences) from None
    click.echo(_published_lines(published, place.to, dry_run).say(language))
    new = len(unregistered(outcome.site))
    if new:
        click.echo(
            Text(
                f"有 {new} 个文件还没有登入 register.tsv：运行 gongkai register，然后提交",
                f"{new} documents are not in register.tsv yet: run gongkai register and commit it",
            ).say(language)
        )


def _published_lines(published: Published, to: str, dry_run: bool) -> Text:
    """What changed for the public, file by file in a dry run, and one sentence."""
    if not published.is_change:
        return Text(f"{to} 没有变化", f"nothing changes at {to}")
    counts = (len(published.added), len(published.changed), len(published.removed))
    zh = "新增 {} 个文件，改动 {} 个，移除 {} 个".format(*counts)
    en = "{} files added, {} changed, {} removed".format(*counts)
    if not dry_run:
        return Text(
            f"已发布到 {to}（{published.name}）：{zh}",
            f"published to {to} ({published.name}): {en}",
        )
    rows = [
        *(f"+ {url}\n" for url in published.added),
        *(f"~ {url}\n" for url in published.changed),
        *(f"- {url}\n" for url in published.removed),
    ]
    listed = "".join(rows)
    return Text(
        f"{listed}将发布到 {to}：{zh}。没有作任何改动",
        f"{listed}would publish to {to}: {en}; nothing was changed",
    )


@click.command()
@options(common_options, fail_on_option)
def register(
    folder: Path | None, today: date | None, lang: Language | None, jobs: int, fail_on: str
) -> None:
    """把公布的网址和索引号登入 register.tsv，此后消失或变动都会报告；只增不减。"""
    site = site_folder(folder)
    outcome = examined(site, today, jobs, NO_RULES, NO_RULES)
    if fails(outcome.findings, Severity(fail_on)):
        report(outcome, outcome.findings, "text", lang, site)
        raise SystemExit(1)
    try:
        added = add(outcome.site, site)
    except RegisterError as error:
        raise Trouble(error.sentence) from None
    language = lang or outcome.site.config.language
    sentence = Text(f"register.tsv 新增 {added} 行", f"register.tsv: {added} lines added")
    click.echo(sentence.say(language))
