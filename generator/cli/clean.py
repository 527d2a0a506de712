"""`gongkai clean`: a copy of a file without what tells of its makers."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from generator.attachments import LARGEST_FILE, read
from generator.cleaning import CleaningError
from generator.cleaning import clean as cleaned
from generator.cli.usage import Wrong
from generator.cli.words import Trouble, lang_option
from generator.contents import CLEANABLE, Contents, Sort
from generator.finding import Language, Text
from generator.rules.embedded_metadata import WHAT

_MOST_PLACES = 5


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), help="写到哪个文件；几个文件时是哪个文件夹")
@click.option("--in-place", is_flag=True, help="直接换掉原来的文件（先备份）")
@lang_option
def clean(
    files: tuple[Path, ...], to: Path | None, *, in_place: bool, lang: Language | None
) -> None:
    """清理附件：删去作者、批注、修订记录、拍摄地点等，正文不变。

    支持 docx、xlsx、pptx、pdf、jpg、png。默认写到旁边的“原名.cleaned.docx”，不动原来的文件。
    隐藏的行、列、工作表和文字只列出来，由人决定去留。
    """
    if to is not None and in_place:
        raise Wrong(Text("--to 和 --in-place 只能用一个", "--to excludes --in-place"))
    failed = False
    for file in files:
        target = file if in_place else _target(file, to, alone=len(files) == 1)
        try:
            _clean(file, target, lang or "zh", overwrite=in_place)
        except Trouble as trouble:
            trouble.show()
            failed = True
    if failed:
        raise SystemExit(2)


def _target(file: Path, to: Path | None, *, alone: bool) -> Path:
    if to is None:
        return file.with_name(f"{file.stem}.cleaned{file.suffix}")
    return to if alone and not to.is_dir() else to / file.name


def _clean(file: Path, target: Path, language: Language, *, overwrite: bool) -> None:
    content = _content(file)
    try:
        result = cleaned(content, file.suffix)
    except CleaningError as error:
        said = error.sentence
        raise Trouble(Text(f"{file} {said.zh}", f"{file}: {said.en}")) from None
    before, after = read(content, file.suffix), read(result, file.suffix)
    _write(target, result, file, overwrite=overwrite)
    removed = Counter(trace.sort for trace in before.traces)
    removed.subtract(trace.sort for trace in after.traces)
    click.echo(_report(target, [sort for sort in Sort if removed[sort] > 0]).say(language))
    for notice in _notices(after):
        click.echo(f"    {notice.say(language)}", err=True)


def _content(file: Path) -> bytes:
    if file.suffix.lower() not in CLEANABLE:
        known = "、".join(sorted(suffix[1:] for suffix in CLEANABLE))
        raise Trouble(
            Text(f"{file} 不是能清理的文件（{known}）", f"{file} is not a file that can be cleaned")
        )
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise Trouble(Text(f"{file} 太大，没有清理", f"{file} is too large to be cleaned"))
        return file.read_bytes()
    except OSError as error:
        raise Trouble(
            Text(f"无法读取 {file}：{error.strerror}", f"cannot read {file}: {error.strerror}")
        ) from None


def _write(target: Path, content: bytes, original: Path, *, overwrite: bool) -> None:
    """Write `target`, whole or not at all; only what was said to be replaced is."""
    if not overwrite and target.exists():
        raise Trouble(
            Text(
                f"{target} 已经存在，没有覆盖。先移走它，或用 --to 另写一处",
                f"{target} exists already; move it, or write elsewhere with --to",
            )
        )
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            shutil.copymode(original, name)
            Path(name).replace(target.resolve())
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise Trouble(
            Text(f"无法写入 {target}：{error.strerror}", f"cannot write {target}: {error.strerror}")
        ) from None


def _report(target: Path, sorts: Iterable[Sort]) -> Text:
    gone = [WHAT[sort] for sort in sorts]
    if not gone:
        return Text(f"{target}：没有要删去的", f"{target}: nothing had to be removed")
    zh, en = "、".join(one.zh for one in gone), ", ".join(one.en for one in gone)
    return Text(f"{target}：已删去{zh}", f"{target}: removed {en}")


def _notices(after: Contents) -> Iterable[Text]:
    """What is hidden in the copy, and what could not be taken out of it."""
    hidden: dict[str, str] = {}
    for passage in after.passages:
        for _, zh, en in passage.marks:
            if zh.startswith("隐藏"):
                called_zh, called_en = zh.partition("第")[0], en.partition(" row ")[0]
                hidden.setdefault(called_zh, called_en)
            elif "隐藏" in zh or zh.endswith("的备注"):
                hidden.setdefault(zh, en)
    for zh, en in list(hidden.items())[:_MOST_PLACES]:
        yield Text(f"请核对：{zh}", f"to be looked at: {en}")
    more = len(hidden) - _MOST_PLACES
    if more > 0:
        yield Text(f"隐藏的内容还有{more}处", f"{more} more hidden places")
    for sort in dict.fromkeys(trace.sort for trace in after.traces):
        if sort in (Sort.FOLDER, Sort.LOCATION, Sort.FILE, Sort.COMMENT, Sort.CHANGE):
            yield Text(f"没能删去{WHAT[sort].zh}", f"could not remove {WHAT[sort].en}")
