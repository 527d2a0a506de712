"""`gongkai new` and `gongkai import`: what writes a document of the site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from stat import S_ISREG
from typing import Any

import click

from generator.build import SiteError, settings
from generator.cli.sites import examined, site_folder
from generator.cli.usage import Misuse
from generator.cli.words import Trouble, lang_option, options, site_option, today_option
from generator.domain.kinds import Kind, kind_of
from generator.finding import Language, Text
from generator.importer import NotText, import_text, read
from generator.report import text_lines
from generator.skeleton import SkeletonError, new_document


class _Kind(click.ParamType[Kind]):
    name = "KIND"

    def convert(self, value: Any, param: Any, ctx: Any) -> Kind:
        kind = value if isinstance(value, Kind) else kind_of(str(value))
        if kind is None:
            raise Misuse(
                Text(
                    f"没有“{value}”这个文种，可写 {'、'.join(kind.zh for kind in Kind)}",
                    f"there is no kind “{value}”; write {', '.join(kind.value for kind in Kind)}",
                )
            )
        return kind


@click.command()
@click.argument("kind", type=_Kind())
@options(site_option, today_option)
@click.option("--title", default="", help="标题；不写则留空待填")
@click.option("--to", type=click.Path(path_type=Path), help="写到哪个文件；默认：文种的栏目和年份")
@click.option("--year", type=click.IntRange(1949, 2200), help="年度（年度报告、工作要点）")
def new(
    kind: Kind,
    folder: Path | None,
    today: date | None,
    title: str,
    to: Path | None,
    year: int | None,
) -> None:
    """按文种新建一个文件，索引号自动取下一个。"""
    site = site_folder(folder)
    day = today or date.today()
    outcome = examined(site, day, 1, frozenset({"front-matter"}), frozenset(), drafts=True)
    try:
        draft = new_document(outcome.site, kind, title, year, str(to) if to else None)
    except SkeletonError as error:
        raise Trouble(error.sentence) from None
    path = site / draft.path if to is None else Path.cwd() / to
    _write_new(path, draft.text)
    click.echo(path.relative_to(site) if path.is_relative_to(site) else path)


def _write_new(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Trouble(
            Text(f"{path} 已经存在，没有覆盖", f"{path} exists already; nothing was overwritten")
        ) from None
    except OSError as error:
        raise Trouble(
            Text(f"无法写入 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}")
        ) from None


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@options(site_option, today_option, lang_option)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    help="写到哪个文件夹；默认：站点里文种所属的栏目，不在站点里时是当前文件夹",
)
def import_(
    files: tuple[Path, ...],
    folder: Path | None,
    today: date | None,
    lang: Language | None,
    to: Path | None,
) -> None:
    """把 Word（.docx）、网页（.html）或纯文本变成带文件头的 Markdown。"""
    language: Language = lang or "zh"
    place = _import_place(folder, to)
    failed = False
    for file in files:
        failed |= not _import_one(file, place, today or date.today(), language)
    if failed:
        raise SystemExit(2)


def _import_place(folder: Path | None, to: Path | None) -> Callable[[Kind], Path]:
    """Where a document of a kind is put: `--to`, else its column in the site, else here."""
    if to is not None:
        return lambda kind: to
    try:
        site = site_folder(folder)
    except Trouble:
        return lambda kind: Path.cwd()
    try:
        config = settings(site)
    except SiteError as error:
        raise Trouble(*error.sentences) from None

    def column(kind: Kind) -> Path:
        found = config.column_for(kind)
        return site / "content" / (found.id if found else "")

    return column


_LARGEST = 50_000_000  # bytes


def _text_of(file: Path) -> str:
    """The text of a file that is a file and not beyond all bounds; raises `NotText` or `OSError`."""
    status = file.stat()
    if not S_ISREG(status.st_mode):
        raise NotText(Text("不是文件", "it is no file"))
    if status.st_size > _LARGEST:
        raise NotText(Text("文件超过 50 MB", "it is larger than 50 MB"))
    return read(file.read_bytes(), file.name)


def _import_one(file: Path, place: Callable[[Kind], Path], today: date, language: Language) -> bool:
    try:
        imported = import_text(_text_of(file), file.name, today)
        target = place(imported.kind) / f"{file.stem}.md"
        _write_new(target, imported.markdown)
    except OSError as error:
        Trouble(
            Text(f"无法读取 {file}：{error.strerror}", f"cannot read {file}: {error.strerror}")
        ).show()
        return False
    except NotText as error:
        said = error.sentence
        Trouble(Text(f"{file}：{said.zh}", f"{file}: {said.en}")).show()
        return False
    except Trouble as trouble:
        trouble.show()
        return False
    click.echo(str(target))
    for note in imported.notes:
        click.echo(text_lines(note, language), err=True)
    return True
