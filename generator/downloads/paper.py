"""The paper (版面): a document as the parts of an official document, before any form of file.

What PDF, Word and the compiled book share. Only text, never mark-up of a form: the forms decide how it looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look inside a paragraph; `href` is a whole address or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    small: bool = False
    href: str = ""


Runs = tuple[Run, ...]


class Role(StrEnum):
    """What a paragraph is in an official document (公文要素)."""

    TEXT = "text"
    ADDRESSEES = "addressees"  # 主送机关
    ARTICLE = "article"  # 第一条
    LIST = "list"
    QUOTE = "quote"
    NOTE = "note"  # 附注、脚注
    CODE = "code"
    CAPTION = "caption"
    SIGNATURE = "signature"  # 署名
    DATELINE = "dateline"  # 成文日期


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `label` (第一条, a list's mark) stands before its words, `depth` counts lists around it."""

    runs: Runs
    role: Role = Role.TEXT
    label: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: level 1 is 一、, 2 （一）; a run-in one is followed by `runs` on its line."""

    level: int
    text: str
    runs: Runs = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """Here the document begins that this one issues (印发的文件): its title by lines, on a page of its own."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its words, how many columns and rows it spans, whether it heads others."""

    text: str
    columns: int = 1
    rows: int = 1
    head: bool = False
    right: bool = False


Row = tuple[Cell, ...]
# Characters: a column narrower than the one or wider than the other is hard to read.
_NARROWEST, _WIDEST = 3.5, 16.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `head` is repeated at the top of each page that it runs over."""

    caption: str
    head: tuple[Row, ...]
    body: tuple[Row, ...]

    @property
    def weights(self) -> tuple[float, ...]:
        """How wide each column wants to be, from the longest words of its own; one number a column."""
        widest: dict[int, float] = {}
        taken: dict[int, set[int]] = {}
        for number, row in enumerate((*self.head, *self.body)):
            column = 0
            for cell in row:
                while column in taken.get(number, ()):
                    column += 1
                share = min(len(cell.text) / cell.columns, _WIDEST)
                for part in range(column, column + cell.columns):
                    narrow = widest.get(part, _NARROWEST)
                    widest[part] = max(narrow, share if cell.columns == 1 else 0)
                    for below in range(1, cell.rows):
                        taken.setdefault(number + below, set()).add(part)
                column += cell.columns
        return tuple(widest.get(part, _NARROWEST) for part in range(max(widest, default=0) + 1))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the text: the path of its file below the site, and its words for who cannot see it."""

    path: str
    alt: str


Block = Paragraph | Heading | Annex | Table | Picture


class Form(StrEnum):
    """Which layout a document takes."""

    OFFICIAL = "official"  # 红头文件
    RULES = "rules"  # 题注—正文, 国办公开办函〔2021〕33号
    PLAIN = "plain"  # 年度报告 and all others: title and text


@dataclass(frozen=True, slots=True)
class Paper:
    """A document ready to be laid out after GB/T 9704-2012.

    `lines` is the title as it breaks, `mark` the names of the red head (发文机关标志), `note` the line
    below the title of rules (题注), `imprint` the lines of the 版记, each a left and a right part.
    """

    form: Form
    title: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    mark: tuple[str, ...] = ()
    number: str = ""
    note: str = ""
    author: str = ""
    subject: str = ""
    dated: date | None = None
    imprint: tuple[tuple[str, str], ...] = ()
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """Several papers under one title with contents (汇编); `lines` is the title as it breaks."""

    title: str
    lines: tuple[str, ...]
    author: str
    papers: tuple[Paper, ...]
