"""Convert (转换): a Markdown body → HTML, outline, anchors, links as written, plain text.

A pure function of the body alone: what links lead to is not known here, so a cache may keep it.
"""

from __future__ import annotations

from functools import cache
from html import escape
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from generator.convert import clean, plain, positions
from generator.convert.extensions import NumberingExtension
from generator.convert.references import ReferenceExtension
from generator.convert.sparing import SparingMarkdown
from generator.model import Body, Flaw

TOO_DEEP = "unsafe-file"
_DELIMITER = frozenset("|-: \t>")


def convert(body: str, first_line: int = 1) -> Body:
    """The body of a document whose first character stands on `first_line` of its file; never raises."""
    text = positions.clean(body)
    markdown = _markdown("[TOC]" in text)
    markdown.reset()
    try:
        tree = markdown.tree(positions.mark(text))
        return _read(markdown, tree, positions.Positions(text, first_line), _tables(text))
    except RecursionError:
        # What the converter was in the middle of stays in it.
        _markdown.cache_clear()
        return _unconverted(text, first_line)


def _read(
    markdown: SparingMarkdown, tree: Element, where: positions.Positions, tables: list[int]
) -> Body:
    """What a finished tree holds: read as it is, or else written out, sanitised and read again."""
    body = plain.read(tree, where, tables, markdown.htmlStash.rawHtmlBlocks)
    if body is not None:
        return body
    return clean.read(clean.sanitise(markdown.html(tree)), where, tables)


def _unconverted(text: str, line: int) -> Body:
    """A body whose lists or quotations lie too deep in each other: its text as it is, and a flaw."""
    pieces = (f"<pre>{escape(text)}</pre>",)
    flaw = Flaw(TOO_DEEP, line + text.count("\n", 0, len(text) - len(text.lstrip())), 1)
    return Body(pieces, (), (), (), frozenset(), text.strip(), (flaw,))


def _tables(text: str) -> list[int]:
    """The offsets of the tables in the source: the line above a delimiter row, or a table tag."""
    found: list[tuple[int, int]] = []
    bar = text.find("|")
    while bar >= 0:
        start, end = text.rfind("\n", 0, bar) + 1, text.find("\n", bar)
        line = text[start : end if end >= 0 else len(text)]
        if "-" in line and start and _DELIMITER.issuperset(line):
            found.append((start, text.rfind("\n", 0, start - 1) + 1))
        bar = text.find("|", end) if end >= 0 else -1
    tag = text.find("<table")
    while tag >= 0:
        found.append((tag, tag))
        tag = text.find("<table", tag + 1)
    return [offset for _, offset in sorted(found)]


@cache
def _markdown(with_contents: bool) -> SparingMarkdown:
    return SparingMarkdown(extensions(with_contents))


def extensions(with_contents: bool) -> list[Extension | str]:
    """The extensions of the library in use; [TOC] costs time, so it is for those alone who write it."""
    return [
        # By their classes: for a name the library would look through all that is installed.
        TableExtension(),
        FootnoteExtension(BACKLINK_TITLE="回到正文第 {} 处注释"),
        AttrListExtension(),
        DefListExtension(),
        FencedCodeExtension(),
        SaneListExtension(),  # a list that begins with 3. keeps its number
        *(["toc"] if with_contents else []),
        NumberingExtension(),
        ReferenceExtension(),
    ]
