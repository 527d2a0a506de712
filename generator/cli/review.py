"""`gongkai review`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.build import SiteError, fails
from generator.cli.sites import site_folder, tell
from generator.cli.words import Trouble, common_options, fail_on_option
from generator.finding import Language, Severity, Text
from generator.review import review as reviewed
from generator.review.forms import FORMS, SUFFIXES
from generator.review.labels import verdict
from generator.revision import RevisionError


@click.command()
@common_options
@click.option(
    "--since", metavar="REV", required=True, help="与哪个 git 版本相比：分支、标签或提交，例如 main"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMS)),
    help="审阅的格式；默认：按 --out 的后缀，没有 --out 时是 text",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写到这个文件（.html、.md、.json、.txt）；默认：显示在终端",
)
@fail_on_option
def review(
    folder: Path | None,
    today: date | None,
    lang: Language | None,
    jobs: int,
    since: str,
    form: str | None,
    out: Path | None,
    fail_on: str,
) -> None:
    """审阅改动：哪些文件新增、修改、移动、撤下，出现在哪个栏目，改了哪些字，新出现哪些问题。"""
    site = site_folder(folder)
    try:
        found = reviewed(site, since, today or date.today(), jobs)
    except SiteError as error:
        raise Trouble(*error.sentences) from None
    except RevisionError as error:
        raise Trouble(error.sentence) from None
    chosen = form or (SUFFIXES.get(out.suffix.lower(), "text") if out else "text")
    language = lang or found.language
    said = FORMS[chosen](found, language)
    if out is None:
        click.echo(said)
    else:
        _write(out, said)
        wrote = Text(f"审阅写到 {out}：", f"the review is in {out}: ")
        tell(Text(wrote.zh + verdict(found).zh, wrote.en + verdict(found).en), language)
    if fails(found.new, Severity(fail_on)):
        raise SystemExit(1)


def _write(out: Path, said: str) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(f"{said.rstrip()}\n", encoding="utf-8", errors="replace")
    except OSError as error:
        raise Trouble(
            Text(
                f"无法写入 {out}：{error.strerror}",
                f"cannot write {out}: {error.strerror}",
            )
        ) from None
