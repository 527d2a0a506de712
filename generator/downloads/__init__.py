"""Downloads (下载文件): each policy and report as PDF and Word, a column as one book, made of what the page says.

Only where `site.yaml` has `downloads`, and only of documents that the public may read. PDF and Word come from the
extra `downloads`; without Chinese fonts on the machine no PDF is made, which `notes` says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from generator.config import Column, Config, Downloads
from generator.domain.kinds import Status
from generator.downloads import pdf, word
from generator.downloads.official import paper, title_lines
from generator.downloads.paper import Book, Paper
from generator.finding import Finding, Place, Text
from generator.model import Download, Entry, Site
from generator.processes import pool
from generator.rules import missing_glyph

Memo = Callable[[str, Callable[[], bytes]], bytes]
_MODULES = ("docx", "typst")
BOOK = "book.pdf"
# What is missing on a machine without the face that the standard names; each list ends in what Debian has.
CHAINS: dict[str, tuple[str, ...]] = {
    "title": (
        "FZXiaoBiaoSong-B05S",
        "FZXiaoBiaoSong-B05",
        "方正小标宋简体",
        "STZhongsong",
        "Noto Serif CJK SC",
        "Source Han Serif SC",
        "Noto Serif SC",
        "Songti SC",
        "SimSun",
    ),
    "black": (
        "SimHei",
        "STHeiti",
        "Heiti SC",
        "Noto Sans CJK SC",
        "Source Han Sans SC",
        "Noto Sans SC",
        "WenQuanYi Zen Hei",
    ),
    "kai": (
        "KaiTi_GB2312",
        "KaiTi",
        "STKaiti",
        "Kaiti SC",
        "AR PL UKai CN",
        "LXGW WenKai",
        "Noto Serif CJK SC",
        "Source Han Serif SC",
        "Noto Serif SC",
    ),
    "body": (
        "FangSong_GB2312",
        "FangSong",
        "STFangsong",
        "Noto Serif CJK SC",
        "Source Han Serif SC",
        "Noto Serif SC",
        "Songti SC",
        "SimSun",
        "Noto Sans CJK SC",
    ),
}


class ExtraError(Exception):
    """The extra `downloads` is not installed; `sentence` says how to install it."""

    def __init__(self, module: str) -> None:
        self.sentence = Text(
            f"site.yaml 要生成下载文件（downloads），还需要 {module}：pip install 'gongkai[downloads]'",
            f"site.yaml asks for downloads, which need {module}: pip install 'gongkai[downloads]'",
        )
        super().__init__(self.sentence.en)


class Made(NamedTuple):
    """The files made of the documents of a site, and what was found in making them."""

    files: tuple[Download, ...]
    findings: tuple[Finding, ...]


class _Job(NamedTuple):
    """A file to make: for whom, at which address, of which papers."""

    owner: str
    url: str
    label: str
    papers: tuple[Paper, ...]
    title: str = ""


def plain_memo(_: str, make: Callable[[], bytes]) -> bytes:
    """Remember nothing."""
    return make()


def notes(config: Config, folder: Path) -> tuple[Text, ...]:
    """What the maker of the output should know of this machine: no fonts, no PDF."""
    settings = config.downloads
    if settings is None or _fonts(settings, folder) is not None:
        return ()
    return (
        Text(
            "本机没有中文字体，没有生成 PDF：安装 fonts-noto-cjk，或在 site.yaml 的 downloads.fonts 里写明字体",
            "no Chinese font on this machine, so no PDF was made: install fonts-noto-cjk, "
            "or name fonts in downloads.fonts of site.yaml",
        ),
    )


def make(site: Site, folder: Path, jobs: int = 1, memo: Memo = plain_memo) -> Made:
    """The downloads that `site.yaml` asks for, of the site in `folder`; raises `ExtraError`.

    `memo` may remember the bytes of a key, which covers all that they are made of.
    """
    settings = site.config.downloads
    if settings is None:
        return Made((), ())
    for module in _MODULES:
        if find_spec(module) is None:
            raise ExtraError(module)
    bench = _Bench(_fonts(settings, folder) or {}, _folders(settings, folder), folder)
    wanted = [
        job
        for job in _jobs(site, settings)
        if job.url not in site.addresses and (bench.fonts or not job.url.endswith(".pdf"))
    ]
    if jobs > 1 and len(wanted) > 2 * jobs:
        with pool(jobs) as workers:
            kept = list(workers.map(partial(_kept, bench), wanted, chunksize=4))
    else:
        kept = [memo(_key(bench, job), partial(_kept, bench, job)) for job in wanted]
    made = [_unpacked(one) for one in kept]
    return Made(
        tuple(
            Download(job.owner, job.url, job.label, content)
            for job, (content, _) in zip(wanted, made, strict=True)
            if content
        ),
        tuple(_findings(wanted, made)),
    )


class _Bench(NamedTuple):
    """What every file is made with: the families that are here, the site's font folders, its own folder."""

    fonts: dict[str, list[str]]
    font_folders: tuple[str, ...]
    folder: Path


def _fonts(settings: Downloads, folder: Path) -> dict[str, list[str]] | None:
    """The families of each role that this machine has; None where it lacks a face for the text."""
    own: dict[str, tuple[str, ...]] = dict(settings.fonts.items())
    chain = {role: (*own.get(role, ()), *names) for role, names in CHAINS.items()}
    found = pdf.present(chain, _folders(settings, folder))
    if not found["body"]:
        return None
    return {role: names or found["body"] for role, names in found.items()}


def _folders(settings: Downloads, folder: Path) -> tuple[str, ...]:
    """The site's own folders of fonts; one outside the site is not looked into."""
    root = folder.resolve()
    places = [(root / name).resolve() for name in settings.font_folders]
    return tuple(str(place) for place in places if place.is_relative_to(root) and place.is_dir())


def _jobs(site: Site, settings: Downloads) -> Iterator[_Job]:
    for entry in site.listed:
        if entry.document.kind in settings.kinds:
            papers = (paper(site, entry),)
            stem = entry.url.removesuffix(".html")
            yield _Job(entry.path, f"{stem}.pdf", "PDF", papers)
            yield _Job(entry.path, f"{stem}.docx", "Word", papers)
    for name in settings.books:
        column = site.config.column_by_id.get(name)
        entries = _in_book(site, column) if column else ()
        if column and entries:
            chapters = tuple(paper(site, entry) for entry in entries)
            title = f"{site.config.organ.name}{column.title}汇编"
            yield _Job(column.id, f"{column.id}/{BOOK}", f"{column.title}汇编", chapters, title)


def _in_book(site: Site, column: Column) -> tuple[Entry, ...]:
    """The documents of a column that are in force, oldest first, without the column's own page."""
    ended = (Status.REPEALED, Status.EXPIRED)
    return tuple(
        entry
        for entry in reversed(site.in_column(column))
        if entry.status not in ended and not entry.path.endswith("/index.md")
    )


def _key(bench: _Bench, job: _Job) -> str:
    """What a file is made of, as one hash: words, pictures, fonts, layout, and the makers' versions."""
    digest = hashlib.sha256(_made_with())
    for picture in (name for one in job.papers for name in one.pictures):
        file = bench.folder / picture
        digest.update(file.read_bytes() if file.is_file() else b"-")
    said = (job.url.rpartition(".")[2], job.title, sorted(bench.fonts.items()), bench.font_folders)
    papers = [asdict(one) for one in job.papers]
    digest.update(json.dumps([said, papers], default=str, ensure_ascii=False).encode())
    return digest.hexdigest()


@cache
def _made_with() -> bytes:
    digest = hashlib.sha256()
    for name in ("__init__.py", "official.py", "official.typ", "paper.py", "pdf.py", "word.py"):
        digest.update((files(__package__) / name).read_bytes())
    for package in ("typst", "python-docx", "lxml"):
        digest.update(version(package).encode())
    return digest.digest()


def _kept(bench: _Bench, job: _Job) -> bytes:
    """The bytes of a file, behind a line that says which signs no font has and what went wrong."""
    content, problem = b"", ""
    lacking: tuple[str, ...] = ()
    first = job.papers[0]
    if job.url.endswith(".docx"):
        content = word.paper_docx(first, bench.folder)
    else:
        try:
            if job.title:
                lines = title_lines(job.title, (first.author,))
                book = Book(job.title, lines, first.author, job.papers)
                content, lacking = pdf.book_pdf(book, bench.fonts, bench.font_folders, bench.folder)
            else:
                content, lacking = pdf.paper_pdf(
                    first, bench.fonts, bench.font_folders, bench.folder
                )
        except pdf.PdfError as error:
            problem = str(error)
    head = json.dumps({"lacking": lacking, "problem": problem})
    return head.encode() + b"\n" + content


class _Told(NamedTuple):
    lacking: tuple[str, ...]
    problem: str


def _unpacked(kept: bytes) -> tuple[bytes, _Told]:
    head, _, content = kept.partition(b"\n")
    said = json.loads(head)
    return content, _Told(tuple(said["lacking"]), said["problem"])


def _findings(wanted: Sequence[_Job], made: Sequence[tuple[bytes, _Told]]) -> Iterator[Finding]:
    for job, (_, told) in zip(wanted, made, strict=True):
        if job.title:
            continue  # each document of a book is read for itself where it stands
        if told.lacking:
            signs = "".join(told.lacking)
            yield missing_glyph.RULE.at(Place(job.owner, 1), signs=signs)
        if told.problem:
            yield missing_glyph.RULE.at(Place(job.owner, 1), signs=told.problem[:200])
