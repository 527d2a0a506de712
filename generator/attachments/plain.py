"""Files that are text themselves (.csv, .txt, .html, .svg, .rtf and their like)."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator

from generator.contents import Passage, Script
from generator.finding import Text
from generator.regex import regex

_TAG = regex(r"<!--|-->|<[!?/a-zA-Z][^<>]*>")
_BREAK = regex(r"(?i)<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?table|/text|/title)\b[^<>]*>")
_RTF_BYTE = regex(rb"\\'([0-9a-fA-F]{2})")
_RTF_CHARACTER = regex(r"\\u(-?\d{1,6})\??")
_RTF_BREAK = regex(r"\\(?:par|line|row|cell|tab)\b ?")
_RTF_WORD = regex(r"\\[a-z]{1,32}-?\d{0,10} ?|\\[^a-z]|[{}]")


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or GB 18030; what is none of them with gaps."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def text(content: bytes) -> Iterator[Passage]:
    """A text file, line by line."""
    return _lines(decoded(content))


def markup(content: bytes) -> Iterator[Passage]:
    """HTML, SVG or XML without its tags; each line keeps its number."""
    whole = _BREAK.sub("\v", decoded(content).replace("\v", " "))
    return _lines(html.unescape(_TAG.sub(" ", whole)))


def rich(content: bytes) -> Iterator[Passage]:
    """RTF without its controls."""
    raw = _RTF_BYTE.sub(lambda found: bytes([int(found[1], 16)]), content)
    words = _RTF_CHARACTER.sub(lambda found: chr(int(found[1]) % 0x10000), decoded(raw))
    return _lines(_RTF_WORD.sub("", _RTF_BREAK.sub("\v", words)))


def _lines(words: str) -> Iterator[Passage]:
    """The lines of a text; what a vertical tab parts stands on one line of the file."""
    script = Script()
    for number, line in enumerate(re.split("\r\n|\r|\n", words), 1):
        where = Text(f"第{number}行", f"line {number}")
        for part in line.split("\v"):
            if part.strip():
                script.line(part, where)
    yield from script.passage()


def table(content: bytes) -> Iterator[Passage]:
    """A file of values with commas or tabs between them: each row as a row of a table."""
    whole = decoded(content).replace("\0", "")
    first = whole.split("\n", 1)[0]
    tab = "\t" if first.count("\t") > first.count(",") else ","
    rows = csv.reader(io.StringIO(whole, newline=""), delimiter=tab)
    script = Script()
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                cells = (" ".join(cell.split()).replace("|", "｜") for cell in row)
                line = "".join(f"| {cell} " for cell in cells)
                script.line(f"{line}|", Text(f"第{rows.line_num}行", f"line {rows.line_num}"))
    except csv.Error:
        # A cell as long as a book: the whole is read as text.
        yield from text(content)
        return
    yield from script.passage()
