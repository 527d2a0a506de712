"""Convert (转换): a Markdown body → HTML, outline, anchors, links as written, plain text.

A pure function of the body alone: what links lead to is not known here, so a cache may keep it.
"""

from __future__ import annotations

from functools import cache
from html import escape

from markdown import Markdown

from generator.convert import clean, positions
from generator.convert.extensions import NumberingExtension, ReferenceExtension
from generator.convert.inline import SparingExtension
from generator.model import Body, Flaw

TOO_DEEP = "unsafe-file"
_DELIMITER = frozenset("|-: \t>")


def convert(body: str, first_line: int = 1) -> Body:
    """The body of a document whose first character stands on `first_line` of its file; never raises."""
    text = positions.clean(body)
    where = positions.Positions(text, first_line)
    markdown = _markdown("[TOC]" in text)
    markdown.reset()
    try:
        markup = clean.sanitise(markdown.convert(positions.mark(text)))
    except RecursionError:
        # What the converter was in the middle of stays in it.
        _markdown.cache_clear()
        return _unconverted(text, first_line)
    return clean.read(markup, where, _tables(text))


def _unconverted(text: str, line: int) -> Body:
    """A body whose lists or quotations lie too deep in each other: its text as it is, and a flaw."""
    pieces = (f"<pre>{escape(text)}</pre>",)
    flaw = Flaw(TOO_DEEP, line + text.count("\n", 0, len(text) - len(text.lstrip())), 1)
    return Body(pieces, (), (), (), frozenset(), text.strip(), (flaw,))


def _tables(text: str) -> list[int]:
    """The offsets of the tables in the source: the line above a delimiter row, or a table tag."""
    found: list[int] = []
    before = start = 0
    for line in text.split("\n"):
        if "|" in line and "-" in line and start and _DELIMITER.issuperset(line):
            found.append(before)
        tag = line.find("<table")
        while tag >= 0:
            found.append(start + tag)
            tag = line.find("<table", tag + 1)
        before, start = start, start + len(line) + 1
    return found


@cache
def _markdown(with_contents: bool) -> Markdown:
    """The converter; [TOC] costs time, so it is loaded only for those who write it."""
    contents = ["toc"] if with_contents else []
    return Markdown(
        extensions=[
            "tables",
            "footnotes",
            "attr_list",
            "def_list",
            "fenced_code",
            "sane_lists",  # a list that begins with 3. keeps its number
            *contents,
            NumberingExtension(),
            ReferenceExtension(),
            SparingExtension(),
        ],
        extension_configs={"footnotes": {"BACKLINK_TITLE": "回到正文第 {} 处注释"}},
    )
