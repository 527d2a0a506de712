"""Plain text → a Markdown file with front matter, nothing of the text lost (纯文本导入)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.domain.kinds import Kind
from generator.finding import Finding
from generator.importer import front_matter, header, nature, notes, signature, structure
from generator.importer.blocks import Block
from generator.importer.joining import join
from generator.importer.lines import Line, one_space, split
from generator.importer.markup import markdown
from generator.importer.residue import sift
from generator.importer.tasks import tasks
from generator.schema import TYPES

LONGEST_NAME = 120
Fields = dict[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Removed:
    """Signs of the source that the body does not hold, and the line on which they begin."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A text as a Markdown file (导入结果).

    `lifted` are the lines that became front matter, `removed` those of the page around the text and
    those that said the title once more; every other sign of the source stands in the body, in its order.
    """

    markdown: str
    title: str
    kind: Kind
    year: int | None
    notes: tuple[Finding, ...]
    removed: tuple[Removed, ...]
    lifted: tuple[Removed, ...]


def import_text(text: str, name: str, today: date | None = None) -> Imported:
    """Make a document of the plain text that was read from the file `name`.

    `notes` are findings about what the text does not say. A date after `today` is never taken for
    the day of signature.
    """
    lines, invisible = split(text)
    kept, residue = sift(lines)
    top = header.read(join(kept))
    blocks = structure.blocks(top.rest)
    stem = _stem(name)
    said = top.fields.get("title", "")
    kind = nature.kind_of(said, stem, blocks)
    year = nature.year_of(said, stem, blocks)
    fields = _fields(top, blocks, kind, year, today)
    absent = notes.absent(fields, kind)
    front = front_matter.write(
        # A document has a title; the remark says that this one is not the author's.
        fields if said else {**fields, "title": stem},
        tasks(blocks) if kind is Kind.WORK_POINTS else (),
        {} if said else {"title": "原文没有标题，暂用文件名"},
        notes.comments(absent),
    )
    body = markdown(blocks)
    return Imported(
        markdown=f"{front}\n{body}" if body else front,
        title=said or stem,
        kind=kind,
        year=year,
        notes=tuple(_notes(name, absent, kind, blocks)),
        removed=_in_order((*invisible, *residue, *top.dropped)),
        lifted=_in_order(top.lifted),
    )


def _fields(
    top: header.Header, blocks: Sequence[Block], kind: Kind, year: int | None, today: date | None
) -> Fields:
    """The front matter that the text itself gives; the page's own labels come before the signature."""
    signed = signature.read(blocks, today)
    organ = nature.organ_of(top.fields.get("title", ""))
    issuers = signed.issuers or ((organ,) if organ else ())
    found: Fields = {"kind": kind.value}
    if issuers:
        found["issuer"] = issuers
    if signed.signed:
        found["signed"] = signed.signed.isoformat()
    if year and "year" in TYPES[kind].required:
        found["year"] = str(year)
    keywords = re.split(r"[\s、,，;；]+", top.fields.get("keywords", ""))
    return {**found, **top.fields, **({"keywords": tuple(keywords)} if any(keywords) else {})}


def _notes(
    name: str, absent: Iterable[str], kind: Kind, blocks: Sequence[Block]
) -> Iterator[Finding]:
    if not blocks:
        yield notes.of_body(name)
    yield from notes.of_fields(name, absent, kind)
    yield from notes.of_attachments(name, structure.missing_attachments(blocks))


def _in_order(lines: Iterable[Line]) -> tuple[Removed, ...]:
    found = [Removed(line.number, line.text) for line in lines]
    return tuple(sorted(found, key=lambda removed: removed.line))


def _stem(name: str) -> str:
    """The file's name without folders and suffix, as one line that can be a title."""
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    lines, _ = split(re.sub(r"(?<=.)\.[0-9A-Za-z]{1,8}$", "", last))
    return one_space(" ".join(line.text for line in lines))[:LONGEST_NAME].strip() or "未命名"
