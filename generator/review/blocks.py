"""Blocks of a body (正文段落): headings, paragraphs, list items and tables as a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SORTS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "item",
    "dt": "item",
    "dd": "item",
    "pre": "code",
    "blockquote": "quotation",
    "table": "table",
}
_CONTAINERS = frozenset(
    (*_SORTS, "p", "div", "section", "article", "aside", "ul", "ol", "dl", "figure", "figcaption")
) | {"details", "summary", "hr", "header", "footer", "address", "center"}


_SAID = frozenset({"-text", "img", "br"})


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a text: its sort, its words, and for a table its rows."""

    sort: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(markup: str) -> tuple[Block, ...]:
    """The blocks of a body's HTML, in their order; empty ones are left out."""
    body = LexborHTMLParser(markup).body
    return tuple(_read(body)) if body is not None else ()


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a block on the stack of what is still to be read, and what its parent is."""

    outer: str


def _read(body: LexborNode) -> Iterator[Block]:
    # Not recursive: how deep elements lie in each other is the writer's choice.
    words: list[str] = []
    sort = "paragraph"
    waiting: list[LexborNode | _End] = _children(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, _End):
            yield from _block(sort, words)
            sort = node.outer
            continue
        tag = node.tag or ""
        if tag in _SAID:
            words.append(_said(node))
        elif tag == "table":
            yield from _block(sort, words)
            yield from _table(node)
        elif tag in _CONTAINERS:
            yield from _block(sort, words)
            waiting.append(_End(sort))
            sort = _SORTS.get(tag, sort)
            waiting.extend(_children(node))
        else:
            waiting.extend(_children(node))
    yield from _block(sort, words)


def _said(node: LexborNode) -> str:
    """What a text or an element without content says."""
    if node.tag == "img":
        return f"［图片：{(node.attributes.get('alt') or '').strip()}］"
    return " " if node.tag == "br" else node.text()


def _children(node: LexborNode) -> list[LexborNode | _End]:
    children: list[LexborNode | _End] = [*node.iter(include_text=True)]
    return children[::-1]


def _block(sort: str, words: list[str]) -> Iterator[Block]:
    text = _words("".join(words))
    words.clear()
    if text:
        yield Block(sort, text)


def _words(text: str) -> str:
    return " ".join(text.split())


def _all_words(node: LexborNode) -> str:
    inside = node.traverse(include_text=True)
    return _words("".join(_said(one) for one in inside if one.tag in _SAID))


def _table(table: LexborNode) -> Iterator[Block]:
    caption = table.css_first("caption")
    if caption is not None:
        yield Block("paragraph", _all_words(caption))
    rows = tuple(tuple(_all_words(cell) for cell in row.css("th, td")) for row in table.css("tr"))
    if rows:
        yield Block("table", "\n".join("\t".join(row) for row in rows), rows)
