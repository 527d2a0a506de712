"""The papers as one Markdown file, for mail and merge requests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.audit.paper import Block, Heading, Paper, Paragraph, Table
from generator.regex import regex

_SIGNS = regex(r"([\\`*_\[\]<>|~])")
# At the start of a line these would make a heading, a list or a quotation.
_START = regex(r"^(\s*)(#+|[-+]|\d+[.)])(?=\s)", re.MULTILINE)


def markdown(papers: Sequence[Paper]) -> bytes:
    """Each paper with its title, one after the other."""
    return ("\n\n".join("\n\n".join(_paper(paper)) for paper in papers) + "\n").encode()


def _paper(paper: Paper) -> Iterator[str]:
    yield f"# {_escaped(paper.title)}"
    for block in paper.blocks:
        yield _block(block)


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {_escaped(block.text)}"
    if isinstance(block, Paragraph):
        return _START.sub(r"\1\\\2", _escaped(block.text))
    return _table(block)


def _table(table: Table) -> str:
    lines = [_line(table.head), _line(("---",) * len(table.head), plain=True)]
    lines += [_line(row) for row in table.rows]
    return f"**{_escaped(table.caption)}**\n\n" + "\n".join(lines)


def _line(cells: Sequence[str], *, plain: bool = False) -> str:
    shown = cells if plain else [_escaped(cell).replace("\n", "<br>") for cell in cells]
    return f"| {' | '.join(shown)} |"


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
