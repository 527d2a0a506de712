"""Papers (文稿): what an audit says, as headings, paragraphs and tables, before it takes a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.regex import regex

Tone = Literal["", "good", "bad", "open", "quiet"]
# What XML cannot hold, and what would turn the direction of a line.
_UNPRINTABLE = regex("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """`text` without signs that no form can show."""
    return _UNPRINTABLE.sub("", text)


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 for 一、, level 2 for （一）."""

    level: Literal[1, 2]
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; one that is `signed` stands at the right, as names and dates under a report do."""

    text: str
    signed: bool = False


@dataclass(frozen=True)
class Table:
    """A table: `widths` are shares of its width, `tones` say row by row how the row is to be taken."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    tones: tuple[Tone, ...] = ()

    def tone(self, row: int) -> Tone:
        """How the row of this number is to be taken."""
        return self.tones[row] if row < len(self.tones) else ""


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Paper:
    """One of the three: its id, the name of its sheet, its title, and its blocks."""

    id: str
    name: str
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


def table(
    caption: str,
    head: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    widths: tuple[int, ...],
    tones: Sequence[Tone] = (),
) -> Table:
    """A table of clean cells."""
    cells = tuple(tuple(clean(cell) for cell in row) for row in rows)
    return Table(caption, head, cells, widths, tuple(tones))
