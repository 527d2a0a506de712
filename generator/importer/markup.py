"""Blocks → Markdown whose page shows the very characters of the text, whatever they mean in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from generator.importer.blocks import Block, Heading, Table
from generator.regex import regex

# Python-Markdown lets a backslash take the meaning from these; not from < and &, hence entities.
_INLINE = regex(r"[\\`*_\[{|]")
_ENTITY = regex(r"&(?=(?:#[0-9]+|#[xX][0-9a-fA-F]+|[0-9A-Za-z]+);)")
_LEADING = regex(r"[-+>]")
_LEADING_ENTITY = {":": "&#58;", "~": "&#126;", "=": "&#61;"}
_LIST = regex(r"([0-9]+)([.)])(\s+|$)")
_CHINESE = regex(r"[一-龥《“]")


def markdown(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown, an empty line between them and a newline at the end."""
    return "".join(f"{_block(block)}\n\n" for block in blocks).removesuffix("\n")


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Heading):
        return f"## {inline(block.text)}"
    # Two spaces at the end of a line make it a line of its own.
    return "  \n".join(paragraph(line) for line in block.text.split("\n"))


def inline(text: str) -> str:
    """`text` so that no sign inside it is markup."""
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    return _INLINE.sub(lambda sign: "\\" + sign[0], text).replace("#", r"\#")


def paragraph(text: str) -> str:
    """`text` so that no sign inside it is markup, and its beginning opens no list, quote or rule."""
    number = _LIST.match(text)
    if number and _CHINESE.match(text, number.end()) and number[2] == ".":
        # “1. 推进……” is a paragraph with an official number: without the space Markdown sees no list.
        return f"{number[1]}.{inline(text[number.end() :])}"
    if number:
        return f"{number[1]}\\{number[2]}{number[3]}{inline(text[number.end() :])}"
    if text[:1] in _LEADING_ENTITY:
        return _LEADING_ENTITY[text[0]] + inline(text[1:])
    escaped = inline(text)
    return "\\" + escaped if _LEADING.match(escaped) else escaped


def _table(table: Table) -> str:
    head, *rows = (f"| {' | '.join(inline(cell) for cell in row)} |" for row in table.rows)
    rule = f"|{'|'.join(' --- ' for _ in table.rows[0])}|"
    return "\n".join([head, rule, *rows])
