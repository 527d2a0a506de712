"""A document of the site → its paper: which layout, the red head, the note below the title, the imprint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin

from generator.domain.kinds import Kind
from generator.domain.title_breaks import title_parts
from generator.downloads.paper import Block, Cell, Form, Paper, Paragraph, Picture, Role, Table
from generator.downloads.reading import blocks
from generator.model import Entry, Site
from generator.pages import tables as official
from generator.pages.body import filled
from generator.pages.frame import TextLink
from generator.regex import regex

_RASTER = (".png", ".jpg", ".jpeg", ".gif")
LARGEST_PICTURE = 10_000_000  # bytes


def paper(site: Site, entry: Entry) -> Paper:
    """The paper of a document that is built; the same site gives the same paper."""
    meta = entry.document.meta
    form = _form(entry)
    found = _blocks(site, entry)
    return Paper(
        form=form,
        title=entry.document.title,
        lines=title_lines(entry.document.title, meta.issuer or (site.config.organ.name,)),
        blocks=found,
        mark=tuple(meta.issuer) or (site.config.organ.name,) if form is Form.OFFICIAL else (),
        number=meta.document_number or "" if form is Form.OFFICIAL else "",
        note=_note(entry) if form is Form.RULES else "",
        author="、".join(meta.issuer) or site.config.organ.name,
        subject=meta.summary or "",
        dated=meta.signed or (meta.published.day if meta.published else None),
        imprint=_imprint(site, entry) if form is not Form.PLAIN else (),
        pictures=tuple(dict.fromkeys(b.path for b in found if isinstance(b, Picture))),
    )


def _form(entry: Entry) -> Form:
    if entry.document.kind is not Kind.POLICY:
        return Form.PLAIN
    return Form.RULES if entry.document.meta.normative == "规章" else Form.OFFICIAL


def _blocks(site: Site, entry: Entry) -> tuple[Block, ...]:
    """The body, with the official tables of a report or the task table where the page has them."""
    meta = entry.document.meta
    address = urljoin(site.config.base_url, entry.url)
    pictures = {
        urljoin(site.config.base_url, asset.url): asset.path
        for asset in site.assets
        if asset.url.lower().endswith(_RASTER) and asset.size <= LARGEST_PICTURE
    }
    body = filled(site, entry, entry.url)
    parts: Sequence[official.Part | official.Table] = (body,)
    if meta.report is not None:
        parts = official.place(body, entry.body.outline, official.report_tables(meta.report))
    found: list[Block] = []
    for part in parts:
        if isinstance(part, official.Table):
            found.append(_table(part))
        else:
            found += blocks(str(part), address, pictures)
    if meta.tasks and entry.document.kind is Kind.WORK_POINTS:
        links = [TextLink(task.link or "", "") for task in meta.tasks]
        found.append(_table(official.tasks_table(meta.tasks, links)))
    return tuple(_signatures(found, meta.issuer))


def _signatures(found: Sequence[Block], issuers: Sequence[str]) -> Iterator[Block]:
    """The names of all that sign together stand as signatures, not only the last (联合行文)."""
    for number, block in enumerate(found):
        following = found[number + 1 : number + 1 + len(issuers)]
        signs = any(isinstance(b, Paragraph) and b.role is Role.SIGNATURE for b in following)
        if signs and isinstance(block, Paragraph) and _plain(block) in issuers:
            yield replace(block, role=Role.SIGNATURE)
        else:
            yield block


def _plain(block: Paragraph) -> str:
    return "".join(run.text for run in block.runs)


_LONGEST_LINE = 20  # characters of 2号 in 156 mm
_ISSUED = regex(r"(.*》)(的[^》]{2,4})")


def title_lines(title: str, organs: Sequence[str]) -> tuple[str, ...]:
    """Where a title breaks (回行), since GB/T 9704-2012 7.3.1 wants no word torn.

    After the organs; and before “的通知”, where the rest is too long by that.
    """
    if len(title) <= _LONGEST_LINE:
        return (title,)
    *lines, rest = (part.rstrip(" 、　") for part in title_parts(title, organs))
    issued = _ISSUED.fullmatch(rest)
    if issued and len(issued[1]) <= _LONGEST_LINE < len(rest):
        return (*lines, issued[1], issued[2])
    return (*lines, rest)


def _table(table: official.Table) -> Table:
    return Table(
        table.caption,
        tuple(tuple(_cell(cell, table.numeric) for cell in row) for row in table.head),
        tuple(
            tuple(_cell(cell, table.numeric) for cell in row)
            for group in table.groups
            for row in group
        ),
    )


def _cell(cell: official.Cell, numeric: bool) -> Cell:
    return Cell(cell.text, cell.columns, cell.rows, bool(cell.scope), numeric and not cell.scope)


def chinese_day(day: date) -> str:
    """A date as official documents write it: no leading zeros (GB/T 9704-2012)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _note(entry: Entry) -> str:
    """The note of rules (题注): when and under which number made public, when in force (国办公开办函〔2021〕33号)."""
    meta = entry.document.meta
    said = []
    if meta.signed:
        number = f"以{meta.document_number}" if meta.document_number else ""
        said.append(f"{chinese_day(meta.signed)}{number}公布")
    if meta.effective:
        said.append(f"自{chinese_day(meta.effective)}起施行")
    return f"（{'　'.join(said)}）" if said else ""


def _imprint(site: Site, entry: Entry) -> tuple[tuple[str, str], ...]:
    """The 版记: what identifies the document, and who made it public when; nothing that is not known."""
    meta = entry.document.meta
    rows = []
    if meta.index_number:
        rows.append((f"索引号：{meta.index_number}", "公开属性：主动公开"))
    if meta.published:
        publisher = meta.source or site.config.organ.name
        rows.append((publisher, f"{chinese_day(meta.published.day)}发布"))
    return tuple(rows)
