"""Paper → PDF by Typst (extra `downloads`): tagged, PDF/UA-1, the same bytes for the same paper.

What a document says reaches Typst as JSON, never as its code, and Typst reads no file but the pictures it is given.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from generator.downloads.paper import Block, Book, Paper, Picture, Table
from generator.regex import regex

if TYPE_CHECKING:
    import typst

STANDARD: Final = "ua-1"
MISSING = "〓"  # what printers set where a type is missing
_LACKS = regex(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
_MOST_LACKING = 50


class Made(NamedTuple):
    """A PDF, and the signs that no font of this machine has."""

    content: bytes
    lacking: tuple[str, ...]


class PdfError(Exception):
    """Typst cannot lay a document out; the text is its own."""


Fonts = Mapping[str, Sequence[str]]


@cache
def _machine_fonts(folders: tuple[str, ...]) -> typst.Fonts:
    import typst  # noqa: PLC0415

    return typst.Fonts(include_embedded_fonts=False, font_paths=[Path(one) for one in folders])


@cache
def _families(folders: tuple[str, ...]) -> frozenset[str]:
    return frozenset(family.lower() for family in _machine_fonts(folders).families())


def present(chain: Fonts, folders: tuple[str, ...]) -> dict[str, list[str]]:
    """Of each chain of families the ones that this machine or the site's folders have."""
    here = _families(folders)
    return {role: [name for name in names if name.lower() in here] for role, names in chain.items()}


@cache
def template() -> bytes:
    """The layout: one Typst source for documents and books."""
    return (files(__package__) / "official.typ").read_bytes()


def paper_pdf(paper: Paper, fonts: Fonts, folders: tuple[str, ...], site: Path) -> Made:
    """The PDF of one document; `site` is the folder that its pictures lie below."""
    return _made(
        Book(paper.title, paper.lines, paper.author, (paper,)), fonts, folders, site, contents=False
    )


def book_pdf(book: Book, fonts: Fonts, folders: tuple[str, ...], site: Path) -> Made:
    """The PDF of several documents with a title page, contents and bookmarks."""
    return _made(book, fonts, folders, site, contents=True)


def _made(
    book: Book, fonts: Fonts, folders: tuple[str, ...], site: Path, *, contents: bool
) -> Made:
    import typst  # noqa: PLC0415

    lacking: list[str] = []
    with TemporaryDirectory(prefix="gongkai-") as folder:
        root = Path(folder)
        names = _pictures(book, site, root)
        said = json.dumps(_data(book, names, contents=contents), ensure_ascii=False, sort_keys=True)
        compiler = typst.Compiler(root=root, font_paths=_machine_fonts(folders))
        while True:
            try:
                content = compiler.compile(
                    template(),
                    format="pdf",
                    sys_inputs={"book": said, "fonts": json.dumps(dict(fonts))},
                    pdf_standards=[STANDARD],
                    timestamp=0,
                )
            except typst.TypstError as error:
                found = _LACKS.search(error.message)
                if found is None or len(lacking) >= _MOST_LACKING:
                    raise PdfError(error.message) from None
                sign = found[1]
                if sign in lacking or not (shown := _without(said, sign)):
                    raise PdfError(error.message) from None
                lacking.append(sign)
                said = shown
            else:
                assert isinstance(content, bytes)  # noqa: S101 - one PDF, not the pages of a picture
                return Made(content, tuple(lacking))


def _without(said: str, sign: str) -> str:
    """The data with a mark in place of each `sign`; empty where it does not occur."""
    written = json.dumps(sign, ensure_ascii=False)[1:-1]
    return said.replace(written, MISSING) if written in said else ""


def _pictures(book: Book, site: Path, root: Path) -> dict[str, str]:
    """The pictures of the papers, copied below `root`, and their names there; a missing one has none."""
    names: dict[str, str] = {}
    for paper in book.papers:
        for path in paper.pictures:
            source = site / path
            if path not in names and source.is_file() and not source.is_symlink():
                name = f"{len(names)}{source.suffix.lower()}"
                shutil.copyfile(source, root / name)
                names[path] = name
    return names


def _data(book: Book, pictures: Mapping[str, str], *, contents: bool) -> dict[str, object]:
    first = book.papers[0]
    dated = None if contents else first.dated
    return {
        "title": book.title,
        "lines": book.lines,
        "author": book.author,
        "subject": "" if contents else first.subject,
        "dated": None if dated is None else [dated.year, dated.month, dated.day],
        "contents": contents,
        "papers": [_paper_data(paper, pictures) for paper in book.papers],
    }


def _paper_data(paper: Paper, pictures: Mapping[str, str]) -> dict[str, object]:
    shown = [b for b in paper.blocks if not isinstance(b, Picture) or b.path in pictures]
    return {
        "lines": paper.lines,
        "mark": paper.mark,
        "number": paper.number,
        "note": paper.note,
        "imprint": paper.imprint,
        "blocks": [_block_data(block, pictures) for block in shown],
    }


def _block_data(block: Block, pictures: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {"kind": type(block).__name__.lower(), **asdict(block)}
    if isinstance(block, Table):
        found["weights"] = block.weights
    if isinstance(block, Picture):
        found["file"] = pictures[block.path]
    return found
