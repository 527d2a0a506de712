"""Bodies as Markdown (Markdown 副本): from the sanitised HTML that the public sees, never from the source.

What an editor wrote for colleagues in a comment is no part of it, and every link is a full address.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from generator.pages.markup import CELLS, Body, alternative, first_number, taken_apart
from generator.pages.tables import Cell, Table
from generator.regex import regex

Resolve = Callable[[str], str]

_HREF = regex(r'\bhref="([^"]*)"')
_SRC = regex(r'\bsrc="([^"]*)"')
_MARKS = regex(r"([\\`*_\[\]<>])")
# What would begin a heading, a list or a quotation at the start of a line.
_OPENING = regex(r"^(\d{0,9})(#{1,6}|[-=]+|[+>.)])(?=\s|$)")
_SOFT = regex(r"\n(?<![ -~]\n)(?![ -~])")
_BREAK = "\ue000"
_INLINE: dict[str, str] = {
    "strong": "**",
    "b": "**",
    "em": "*",
    "i": "*",
    "code": "`",
    "del": "~~",
    "s": "~~",
}
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
# What stands before a block of words outside all lists and quotations.
_ALONE = {"p": "", **_HEADINGS}
# Blocks that only end what stands before them: nothing is to be known of them but that.
_PLAIN = CELLS | frozenset(
    "p div section dl dt dd figure figcaption details summary caption thead tbody tfoot".split()
)
_BLOCKS = _PLAIN | frozenset("ul ol li blockquote h1 h2 h3 h4 h5 h6 hr table tr".split())


def escaped(text: str) -> str:
    """Plain text that Markdown leaves as it is."""
    return _opened(_marked(text))


def _marked(text: str) -> str:
    # Most texts have no mark, and looking for one is cheaper than replacing none.
    return _MARKS.sub(r"\\\1", text) if _MARKS.search(text) else text


def _opened(line: str) -> str:
    return _OPENING.sub(r"\1\\\2", line) if _OPENING.match(line) else line


def markdown(markup: str, resolve: Resolve) -> str:
    """A sanitised body as Markdown; `resolve` makes a full address of one that stands in it."""
    return markdown_of(taken_apart(markup), resolve)


def markdown_of(body: Body, resolve: Resolve) -> str:
    """The same of a body that is taken apart."""
    writer = _Writer(resolve)
    if body.first:
        writer.text(body.first)
    for block, words, slash, name, attributes, text in body.parts:
        if block:
            writer.block(block, words)
        elif slash:
            writer.close(name)
        else:
            writer.open(name, attributes)
        # Most of what stands between two blocks is a line break.
        if text and (text != "\n" or writer.words):
            writer.text(text)
    writer.flush()
    return "\n\n".join(writer.blocks)


@dataclass
class _Writer:
    """The blocks made so far, and where the reading is: in which lists, quotations, links and cells."""

    resolve: Resolve
    blocks: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)  # the next number; 0 for lists without numbers
    targets: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    marker: str = ""
    prefix: str = ""
    quotes: int = 0
    depth: int = 0  # of tables
    verbatim: bool = False

    def text(self, raw: str) -> None:
        """Text between two tags, still with its entities."""
        plain = html.unescape(raw) if "&" in raw else raw
        if self.verbatim:
            self.words.append(plain)
        elif self.words or not plain.isspace():
            self.words.append(_marked(plain))

    def block(self, name: str, words: str) -> None:
        """A whole block of words with nothing to be marked in them."""
        if name in _ALONE and not (self.lists or self.quotes or self.depth or self.verbatim):
            if self.words or self.prefix:
                self.flush()
            line = " ".join(words.split())
            if line:
                self.blocks.append(_ALONE[name] + _opened(line))
        elif name in CELLS and self.rows and not self.words:
            self.rows[-1].append(" ".join(words.split()).replace("|", "\\|"))
        else:
            self.open(name, "")
            if words:
                self.text(words)
            self.close(name)

    def open(self, name: str, rest: str) -> None:
        """A tag that opens."""
        if name in _BLOCKS and (self.words or self.prefix):
            self.flush()
        if name in _PLAIN:
            return
        if name in _INLINE and not self.verbatim:
            self.words.append(_INLINE[name])
        elif name == "a":
            href = _HREF.search(rest)
            target = self.resolve(html.unescape(href[1])) if href else ""
            self.targets.append(target)
            self.words.append("[" if target else "")
        elif name == "img":
            source = _SRC.search(rest)
            words = _marked(html.unescape(alternative(rest)))
            place = self.resolve(html.unescape(source[1])) if source else ""
            self.words.append(f"![{words}](<{place}>)")
        elif name == "br":
            self.words.append(_BREAK)
        elif name == "hr":
            self.blocks.append("---")
        elif name == "pre":
            self.flush()
            self.verbatim = True
        elif name == "blockquote":
            self.quotes += 1
        elif name in {"ul", "ol", "li"}:
            self._list(name, rest)
        elif name in {"table", "tr"}:
            self._row(name)
        elif name in _HEADINGS:
            self.prefix = _HEADINGS[name]

    def close(self, name: str) -> None:
        """A tag that closes."""
        if name in _PLAIN and not (self.rows and name in CELLS):
            self.flush()
        elif name in _INLINE and not self.verbatim:
            self.words.append(_INLINE[name])
        elif name == "a" and self.targets:
            target = self.targets.pop()
            self.words.append(f"](<{target}>)" if target else "")
        elif name in CELLS:
            self.rows[-1].append(self._taken().replace("|", "\\|"))
        elif name == "table" and self.depth:
            self.depth -= 1
            if not self.depth:
                self.blocks += [table for table in (grid(self.rows),) if table]
                self.rows = []
        elif name == "pre":
            self.verbatim = False
            self.blocks.append("```\n" + "".join(self.words).strip("\n") + "\n```")
            self.words.clear()
        elif name in _BLOCKS and not self.depth:
            self.flush()
            if name in {"ul", "ol"} and self.lists:
                self.lists.pop()
            elif name == "blockquote":
                self.quotes = max(0, self.quotes - 1)

    def _list(self, name: str, rest: str) -> None:
        if name != "li":
            self.lists.append(first_number(name, rest))
            return
        number = self.lists[-1] if self.lists else 0
        if self.lists and number:
            self.lists[-1] += 1
        self.marker = f"{number}. " if number else "- "

    def _row(self, name: str) -> None:
        if name == "table":
            self.depth += 1
        elif name == "tr" and self.depth == 1:
            self.rows.append([])

    def _taken(self) -> str:
        text = self.words[0] if len(self.words) == 1 else "".join(self.words)
        self.words.clear()
        text = text.strip()
        if "\n" in text:
            text = _SOFT.sub("", text)
        return " ".join(text.replace(_BREAK, " ").split()) if self.depth else text

    def flush(self) -> None:
        """End the block that is being read."""
        if self.depth:
            return
        prefix, self.prefix = self.prefix, ""
        text = self._taken() if self.words else ""
        if not text:
            return
        lines = [_opened(" ".join(line.split())) for line in text.split(_BREAK)]
        first = rest = ""
        if self.lists:
            indent = "    " * (len(self.lists) - 1)
            first, rest = indent + (self.marker or "    "), indent + "    "
            self.marker = ""
        quote = "> " * self.quotes
        shown = f"  \n{quote}{rest}".join(lines)
        self.blocks.append(f"{quote}{first}{prefix}{shown}")


def grid(rows: Sequence[Sequence[str]]) -> str:
    """A table of cells, the first row its head; short rows are filled up."""
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    full = [[*row, *[""] * (width - len(row))] for row in rows if row]
    lines = ["| " + " | ".join(row) + " |" for row in full]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def table(shown: Table) -> str:
    """A table made from front matter as Markdown, its caption above it."""
    rows = [[escaped(cell).replace("|", "\\|") for cell in row] for row in cells(shown)]
    return f"**{escaped(shown.caption)}**\n\n{grid(rows)}"


def cells(shown: Table) -> list[list[str]]:
    """The words of a table row by row; what spans several rows is written in each of them.

    What spans several columns is written once, but for the headings of columns.
    """
    laid: list[list[str | None]] = []
    rows = [row for part in (shown.head, *shown.groups) for row in part]
    for number, row in enumerate(rows):
        for cell in row:
            _place(laid, number, cell, is_head=number < len(shown.head) and cell.scope == "col")
    return [[cell or "" for cell in row] for row in laid]


def _place(laid: list[list[str | None]], number: int, cell: Cell, *, is_head: bool) -> None:
    while len(laid) < number + cell.rows:
        laid.append([])
    first = laid[number]
    column = first.index(None) if None in first else len(first)
    words = " ".join(cell.text.split())
    said = [words if place == 0 or is_head else "" for place in range(cell.columns)]
    for row in laid[number : number + cell.rows]:
        row.extend([None] * (column + cell.columns - len(row)))
        row[column : column + cell.columns] = said
