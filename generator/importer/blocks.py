"""What a body consists of (正文的组成): paragraphs, headings without a number, tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (段落) and the line it begins on; a line feed inside it stays a line’s end."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that no official number shows to be one: the title inside a 印发通知, a table's name."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table (表格) and the line it begins on; the first row is its head, all rows are equally long."""

    line: int
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Heading | Table
