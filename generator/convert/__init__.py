"""Convert (转换): a Markdown body → HTML, outline, anchors, links as written, plain text.

A pure function of the body alone: what links lead to is not known here, so a cache may keep it.
"""

from __future__ import annotations

import re
from functools import cache

from markdown import Markdown

from generator.convert import clean, positions
from generator.convert.extensions import NumberingExtension, ReferenceExtension
from generator.model import Body

_DELIMITER = re.compile(
    r"^[ >]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$|<table", re.MULTILINE
)


def convert(body: str, first_line: int = 1) -> Body:
    """The body of a document whose first character stands on `first_line` of its file; never raises."""
    text = positions.clean(body)
    where = positions.Positions(text, first_line)
    markdown = _markdown("[TOC]" in text)
    markdown.reset()
    markup = clean.sanitise(markdown.convert(positions.mark(text)))
    return clean.read(markup, where, _tables(text))


def _tables(text: str) -> list[int]:
    """The offsets of the tables in the source: the line above a delimiter row, or a table tag."""
    found: list[int] = []
    for match in _DELIMITER.finditer(text):
        if match[0].startswith("<"):
            found.append(match.start())
        elif "|" in match[0] and match.start() > 0:
            found.append(text.rfind("\n", 0, match.start() - 1) + 1)
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
            *contents,
            NumberingExtension(),
            ReferenceExtension(),
        ],
        extension_configs={"footnotes": {"BACKLINK_TITLE": "回到正文第 {} 处注释"}},
        lazy_ol=False,  # type: ignore[call-arg]  # 3. stays 3.; the stubs do not know it
    )
