"""Web pages (.html) → the lines of a plain text (网页导入): what a reader would copy out of the page.

A row of a table is a line with tabs between its cells. Scripts, styles, forms and what the page hides are not text.
"""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.regex import regex

_NO_TEXT = frozenset(
    "script style template noscript head title iframe object select option button svg textarea".split()
)
_INLINE = frozenset(
    """
    a abbr b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub sup
    time tt u var
    """.split()
)
_SPACE = regex(r"[ \t\r\n\f]+")
_LOOKS = regex(rb"(?i)<(?:!doctype\s+html|html|body|head|div|p|table)\b")
_CHARSET = regex(rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-z0-9_-]{2,20})")
_DEEPEST = 200


def is_web_page(content: bytes, name: str) -> bool:
    """Whether a file is a web page, by its name or by how it begins."""
    return name.lower().endswith((".html", ".htm")) or bool(_LOOKS.match(content[:200].lstrip()))


def charset(content: bytes) -> str:
    """The encoding that a page says it has; empty where it says none."""
    found = _CHARSET.search(content[:4096])
    return found[1].decode().lower() if found else ""


def read(html: str) -> str:
    """The text of a page; the window's title is left out where the page shows one."""
    tree = LexborHTMLParser(html)
    root = tree.body
    return "" if root is None else "".join(_blocks(root, 0))


def _blocks(parent: LexborNode, depth: int) -> Iterator[str]:
    loose: list[str] = []
    for node in parent.iter(include_text=True):
        tag = node.tag or ""
        if tag == "-text":
            loose.append(_SPACE.sub(" ", node.text(deep=False) or ""))
        elif tag == "br":
            yield from _line(loose)
            loose = []
        elif _is_silent(node, tag):
            continue
        elif tag in _INLINE and not _holds_blocks(node):
            loose.append(_words(node, depth))
        else:
            yield from _line(loose)
            loose = []
            if tag == "table":
                yield from _rows(node, depth)
            elif depth < _DEEPEST:
                yield from _blocks(node, depth + 1)
    yield from _line(loose)


def _is_silent(node: LexborNode, tag: str) -> bool:
    return tag in _NO_TEXT or tag == "img" or tag.startswith(("-", "_")) or _is_hidden(node)


def _line(loose: list[str]) -> Iterator[str]:
    text = "".join(loose).strip(" ")
    if text.strip():
        yield f"{text}\n\n"


def _words(node: LexborNode, depth: int) -> str:
    """The words of an element in the line."""
    found: list[str] = []
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            found.append(_SPACE.sub(" ", child.text(deep=False) or ""))
        elif tag == "br":
            found.append(" ")
        elif tag not in _NO_TEXT and not _is_hidden(child) and depth < _DEEPEST:
            found.append(_words(child, depth + 1))
    return "".join(found)


def _holds_blocks(node: LexborNode) -> bool:
    return node.css_first("p,div,table,ul,ol,h1,h2,h3,h4,h5,h6,br") is not None


def _is_hidden(node: LexborNode) -> bool:
    style = (node.attributes.get("style") or "").replace(" ", "").lower()
    return "hidden" in node.attributes or "display:none" in style


def _rows(table: LexborNode, depth: int) -> Iterator[str]:
    """The rows; a table that only arranges the page is read as what it holds."""
    rows = [row for row in table.css("tr") if _own(row, table)]
    cells = [[cell for cell in row.iter() if cell.tag in ("td", "th")] for row in rows]
    holds_tables = any(inner.mem_id != table.mem_id for inner in table.css("table"))
    if max(map(len, cells), default=0) < 2 or holds_tables:
        for cell in (cell for row in cells for cell in row):
            yield from _blocks(cell, depth + 1) if depth < _DEEPEST else ()
        return
    for row in cells:
        yield "\t".join(" ".join(_words(cell, depth).split()) for cell in row) + "\n"
    yield "\n"


def _own(row: LexborNode, table: LexborNode) -> bool:
    parent = row.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return parent is not None and parent.mem_id == table.mem_id
