"""The papers as one HTML page that needs nothing else, for the screen and for A4 paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from generator.audit.inspection import Audit
from generator.audit.paper import Heading, Paper, Paragraph
from generator.audit.score import number

_KINDS_OF_CELLS = {"结果": "state", "状态": "state", "发现日期": "date", "办结日期": "date"}


@dataclass(frozen=True)
class Figure:
    """A figure at the head of the page: what it is, its value, and what to add."""

    name: str
    value: str
    note: str
    tone: str = ""


def html(audit: Audit, papers: Sequence[Paper]) -> bytes:
    """The page: the figures, then each paper."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(
        (files("generator.audit.forms") / "audit.html").read_text(encoding="utf-8")
    )
    return template.render(
        title=f"{audit.site.config.organ.name}{audit.quarter.zh}政府信息公开专栏自查",
        organ=audit.site.config.organ.name,
        figures=_figures(audit),
        papers=papers,
        kind=_kind,
        lines=_lines,
        kinds_of_cells=_KINDS_OF_CELLS,
    ).encode()


def _figures(audit: Audit) -> tuple[Figure, ...]:
    sheet, left = audit.sheet, sum(row.closed is None for row in audit.ledger)
    tone = "good" if sheet.is_passed else "bad"
    return (
        Figure("自查结论", "合格" if sheet.is_passed else "不合格", sheet.verdict, tone),
        Figure("扣分表", number(sheet.base), f"满分{number(sheet.full)}分", tone),
        Figure("加分", number(sheet.bonus), f"合计{number(sheet.total)}分"),
        Figure("待办问题", str(left), f"台账共{len(audit.ledger)}处", "bad" if left else "good"),
    )


def _kind(block: object) -> str:
    """Which part of the template shows a block."""
    if isinstance(block, Heading):
        return "heading"
    if isinstance(block, Paragraph):
        return "signed" if block.signed else "paragraph"
    return "table"


@dataclass(frozen=True)
class Line:
    """A line of a cell, with the address it links to."""

    text: Markup
    href: str = ""


def _lines(cell: str) -> list[Line]:
    """The lines of a cell; an address below a title becomes the title's link. Paths may break at a slash."""
    first, *rest = cell.split("\n")
    href = rest[0] if rest and rest[0].startswith(("https://", "http://")) else ""
    shown = (first, *rest[1:]) if href else (first, *rest)
    texts = [Markup("/<wbr>").join(map(escape, line.split("/"))) for line in shown]
    return [Line(texts[0], href), *map(Line, texts[1:])]
