"""The site of a command (站点): found, examined, and its findings shown."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.words import Trouble
from generator.finding import Finding, Language, Selection, Text
from generator.lines import source_lines
from generator.report import FORMS, Totals, text, together, totals

if TYPE_CHECKING:
    from generator.build import Known
    from generator.model import Outcome


def site_folder(folder: Path | None) -> Path:
    """The folder named, or the nearest one upward with a `site.yaml`."""
    if folder is not None:
        return folder.absolute()
    here = Path.cwd()
    for candidate in (here, *here.parents):
        if (candidate / "site.yaml").is_file():
            return candidate
    raise Trouble(
        Text(
            "这里和上级文件夹都没有 site.yaml。进入站点文件夹，或用 --site 指明",
            "no site.yaml here or above; go to the site folder or name it with --site",
        )
    )


def examined(
    folder: Path,
    today: date | None,
    jobs: int,
    select: frozenset[str],
    ignore: frozenset[str],
    **more: Any,
) -> Outcome:
    """What `build.examine` gives; a site that cannot be examined is `Trouble`."""
    return known_site(folder, today, jobs, select, ignore, **more).outcome


def known_site(
    folder: Path,
    today: date | None,
    jobs: int,
    select: frozenset[str],
    ignore: frozenset[str],
    **more: Any,
) -> Known:
    """What `build.known` gives; a site that cannot be examined is `Trouble`."""
    # Where nothing has changed, nothing of this has to be loaded.
    from generator.build import SiteError, known  # noqa: PLC0415

    try:
        return known(
            folder,
            today or date.today(),
            selection=Selection(select, ignore),
            jobs=jobs,
            **more,
        )
    except SiteError as error:
        raise Trouble(*error.sentences) from None


def tell(sentence: Text, language: Language) -> None:
    """Say to whoever sits at a terminal what has been done; programs look at files and exit codes."""
    if sys.stderr.isatty():
        click.echo(sentence.say(language), err=True)


def shown_path(path: Path) -> str:
    """`path` as it is shortest from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def report(
    outcome: Outcome, findings: Sequence[Finding], form: str, lang: Language | None, site: Path
) -> None:
    """Print the findings of a site, in its own language unless another is asked for."""
    language = lang or outcome.site.config.language
    show(findings, totals(outcome.site), form, language, site)


def show(
    findings: Sequence[Finding], looked_at: Totals, form: str, language: Language, folder: Path
) -> None:
    """Print findings about files below `folder` in the form that was asked for."""
    findings = together(findings)
    if form == "text":
        said = text(findings, looked_at, language, source_lines(folder))
    else:
        said = FORMS[form](findings, looked_at, language)
    if said:
        click.echo(said)
