"""`gongkai audit`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from generator import audit as audits
from generator.audit import Audit, LedgerState, Quarter, ScoreState
from generator.cli.network import network
from generator.cli.sites import examined, site_folder
from generator.cli.usage import Misuse
from generator.cli.words import (
    LINKS_CACHE,
    NO_RULES,
    Trouble,
    cache_option,
    common_options,
    external_option,
    fail_on_option,
)
from generator.finding import Language, Severity, Text, fails
from generator.lines import source_lines

FOLDER = "audit"
# What `build` and `publish` make; the ledger must never lie in it.
_BUILT = "manifest.json"


class QuarterWord(click.ParamType[Quarter]):
    """A quarter as `2026Q3`."""

    name = "QUARTER"

    def convert(self, value: Any, param: Any, ctx: Any) -> Quarter:
        """The quarter; click calls it with a text or with a default."""
        if isinstance(value, Quarter):
            return value
        found = audits.quarter.parse(str(value))
        if found is None:
            raise Misuse(
                Text(f"“{value}”不是季度，写成 2026Q3", f"“{value}” is not a quarter; write 2026Q3")
            )
        return found


@click.command(
    epilog="退出码：0 自查合格，没有达到 --fail-on 的问题；1 有这样的问题，或者自查不合格；2 命令无法执行。"
)
@common_options
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=f"写到哪个文件夹；默认：站点文件夹里的 {FOLDER}/季度，如 {FOLDER}/2026Q3",
)
@click.option("--quarter", type=QuarterWord(), help="报告哪个季度，如 2026Q3；默认：今天所在的季度")
@click.option(
    "--since",
    metavar="AUDIT",
    type=click.Path(path_type=Path),
    help=f"与以前的一次自查对比：它的输出文件夹，或者其中的 {audits.RECORD}",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help=f"在终端上显示摘要，或者显示 {audits.RECORD} 的全文",
)
@click.option(
    "--print-weights", "prints", is_flag=True, help="只打印内置的指标和分值，供另写分值文件时参考"
)
@fail_on_option
@external_option
@cache_option
def audit(
    folder: Path | None,
    today: date | None,
    lang: Language | None,
    jobs: int,
    out: Path | None,
    quarter: Quarter | None,
    since: Path | None,
    form: str,
    prints: bool,
    fail_on: str,
    asks: bool,
    cache_file: Path | None,
) -> None:
    """自查：评分表、季度自查报告和整改台账，写成 HTML、Markdown、Word、Excel 和 JSON。

    评分参照国办秘函〔2019〕19号：单项否决、扣分、加分，每项写明依据；分值可以在 site.yaml 里写
    audit: {weights: 文件} 调整。用 --since 与上一次对比：哪些改正了，哪些还在，哪些是新的。
    """
    if prints:
        click.echo(audits.shipped_weights(), nl=False)
        return
    site = site_folder(folder)
    day = today or date.today()
    chosen = quarter or audits.quarter.of_day(day)
    if chosen.first > day:
        raise Trouble(
            Text(f"{chosen.zh}还没有开始", f"the quarter {chosen} has not begun on {day}")
        )
    target = Path.cwd() / out if out else site / FOLDER / str(chosen)
    if (target / _BUILT).exists():
        raise Trouble(
            Text(
                f"{target} 是生成的网站，自查的文件不能放在里面；用 --out 另写一个文件夹",
                f"{target} is a built site, where an audit must not lie; name another with --out",
            )
        )
    earlier = _earlier(since, day) if since else None
    more: dict[str, Any] = {}
    if asks:
        more["network"] = network(cache_file or site / LINKS_CACHE, today, form, lang, None)
    outcome = examined(site, day, jobs, NO_RULES, NO_RULES, **more)
    try:
        weights = audits.read_weights(site, outcome.site.config.audit.weights)
    except audits.WeightsError as error:
        raise Trouble(*error.sentences) from None
    done = audits.inspect(
        outcome.site,
        outcome.findings,
        weights,
        chosen,
        source_lines(site),
        online=asks,
        earlier=earlier,
    )
    files = audits.files_of(done)
    _save(files, target)
    language = lang or outcome.site.config.language
    click.echo(audits.record(done).rstrip("\n") if form == "json" else _summary(done, language))
    if form == "text":
        click.echo(Text(f"写在 {target}", f"written to {target}").say(language))
    if "audit.docx" not in files:
        click.echo(f"gongkai: {audits.NO_EXTRA.say(language)}", err=True)
    if fails(outcome.findings, Severity(fail_on)) or not done.sheet.is_passed:
        raise SystemExit(1)


def _earlier(since: Path, day: date) -> audits.Earlier:
    try:
        earlier = audits.read_earlier(since)
    except audits.RecordError as error:
        raise Trouble(error.sentence) from None
    if earlier.day > day:
        raise Trouble(
            Text(
                f"{since} 是 {earlier.day} 的自查，晚于今天（{day}），不能作为上一次",
                f"{since} is an audit of {earlier.day}, later than today ({day})",
            )
        )
    return earlier


def _save(files: dict[str, bytes], target: Path) -> None:
    try:
        audits.save(files, target)
    except OSError as error:
        raise Trouble(
            Text(f"无法写入 {target}：{error.strerror}", f"cannot write {target}: {error.strerror}")
        ) from None


def _summary(done: Audit, language: Language) -> str:
    """The sheet in a few lines for a terminal."""
    sheet, number = done.sheet, audits.number
    verdict = Text(sheet.verdict, _VERDICTS[sheet.is_vetoed, sheet.is_passed])
    lines = [
        Text(
            f"{done.quarter.zh}自查：{verdict.zh}；扣分表 {number(sheet.base)} 分，"
            f"加分 {number(sheet.bonus)} 分，合计 {number(sheet.total)} 分",
            f"{done.quarter}: {verdict.en}; {number(sheet.base)} of {number(sheet.full)} points, "
            f"bonus {number(sheet.bonus)}, together {number(sheet.total)}",
        )
    ]
    lines += [
        Text(f"  否决 {one.title}：{one.said}", f"  veto {one.id}: {len(one.evidence)} places")
        for one in sheet.vetoes
        if one.state is ScoreState.VETOED
    ]
    lines += [
        Text(
            f"  -{number(one.points)} {one.title}：{one.said}",
            f"  -{number(one.points)} {one.id}: {len(one.evidence)} places",
        )
        for one in sheet.deductions
        if one.points
    ]
    states = [(state, len(done.rows_in(state))) for state in LedgerState]
    if done.ledger:
        lines.append(
            Text(
                "台账：" + "，".join(f"{s.value} {count} 处" for s, count in states if count),
                "ledger: " + ", ".join(f"{s.name.lower()} {count}" for s, count in states if count),
            )
        )
    return "\n".join(line.say(language) for line in lines)


_VERDICTS = {
    (True, False): "failed by veto",
    (False, False): "failed",
    (False, True): "passed",
}
