"""`gongkai check`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.accepting import against, baseline_options
from generator.cli.known import Wishes, answer_of, run
from generator.cli.progress import timing_option, watched
from generator.cli.sites import examined, show, site_folder
from generator.cli.usage import Wrong
from generator.cli.words import (
    LINKS_CACHE,
    Trouble,
    cache_option,
    external_option,
    finding_options,
)
from generator.finding import Finding, Language, Severity, Text, fails

if TYPE_CHECKING:
    from generator.model import Outcome


def _of(findings: Sequence[Finding], changed: frozenset[str] | None) -> tuple[Finding, ...]:
    """The findings, of the `changed` files alone where that is asked for."""
    return tuple(f for f in findings if changed is None or f.place.path in changed)


def _mended(
    site: Path,
    outcome: Outcome,
    findings: Sequence[Finding],
    lang: Language | None,
    *,
    dry_run: bool,
) -> bool:
    """Write what is certain into the Markdown, or show it; whether any file has changed."""
    # Here and below: where nothing has changed, nothing of this has to be loaded.
    from generator.fix import FixError, diff, fixes, write  # noqa: PLC0415

    language = lang or outcome.site.config.language
    fixed = fixes(site, outcome.site, findings)
    places, files = sum(len(one.findings) for one in fixed), len(fixed)
    if dry_run:
        click.echo(diff(fixed), nl=False)
        rest = len(findings) - places
        said = Text(
            f"可以改正 {places} 处，{files} 个文件；没有改动文件"
            + (f"；另有 {rest} 个问题要由人改正，用 gongkai check 查看" if rest else ""),
            f"{places} places in {files} files can be mended; nothing was written"
            + (f"; {rest} more are for people to mend: see gongkai check" if rest else ""),
        )
    else:
        try:
            write(site, fixed)
        except FixError as error:
            raise Trouble(error.sentence) from None
        said = Text(
            f"改正了 {places} 处，{files} 个文件", f"mended {places} places in {files} files"
        )
    click.echo(said.say(language), err=True)
    return bool(fixed) and not dry_run


@click.command()
@finding_options
@click.option("--since", metavar="REV", help="只报告这个 git 版本以来改动的文件")
@click.option("--fix", "mend", is_flag=True, help="把有把握的改正直接写进 Markdown 文件")
@click.option("--dry-run", is_flag=True, help="与 --fix 同用：只显示会改什么，什么也不写")
@external_option
@cache_option
@baseline_options
@timing_option
def check(
    folder: Path | None,
    today: date | None,
    lang: Language | None,
    jobs: int,
    form: str,
    fail_on: str,
    select: frozenset[str],
    ignore: frozenset[str],
    since: str | None,
    mend: bool,
    dry_run: bool,
    asks: bool,
    cache_file: Path | None,
    baseline: Path | None,
    shrink: bool,
    timing: bool,
) -> None:
    """检查整个专栏；除了 --fix 的改正，什么也不写。"""
    if dry_run and not mend:
        raise Wrong(Text("--dry-run 要与 --fix 同用", "--dry-run goes with --fix"))
    site = site_folder(folder)
    changed = None if since is None else _changed(site, since)
    more: dict[str, Any] = {}
    if asks:
        from generator.cli.network import network  # noqa: PLC0415

        # Waivers in site.yaml are judged when it changed; for that every link has to be asked.
        only = None if changed is None or "site.yaml" in changed else changed
        more["network"] = network(cache_file or site / LINKS_CACHE, today, form, lang, only)
    with watched(lang, timing=timing) as stages:
        if asks or mend:
            outcome = examined(site, today, jobs, select, ignore, stages=stages, **more)
            found = _of(outcome.findings, changed)
            if mend and _mended(site, outcome, found, lang, dry_run=dry_run):
                outcome = examined(site, today, jobs, select, ignore, stages=stages, **more)
            answer = answer_of(outcome, site)
        else:
            wishes = Wishes(site, today or date.today(), jobs, select, ignore)
            with run(wishes, stages, cache=True, writes=False) as this:
                answer = this.answer()
    findings, is_stale = against(baseline, _of(answer.findings, changed), shrink=shrink)
    if not dry_run:
        show(findings, answer.totals, form, lang or answer.language, site)
    if is_stale or fails(findings, Severity(fail_on)):
        raise SystemExit(1)


def _changed(site: Path, since: str) -> frozenset[str]:
    from generator.revision import RevisionError, changed_since  # noqa: PLC0415

    try:
        return changed_since(site, since)
    except RevisionError as error:
        raise Trouble(error.sentence) from None
