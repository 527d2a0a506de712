"""A body's HTML → the blocks of a paper (正文 → 版面): what the converter made is the only source of structure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.downloads.paper import (
    Annex,
    Block,
    Cell,
    Heading,
    Paragraph,
    Picture,
    Role,
    Row,
    Run,
    Runs,
    Table,
)
from generator.regex import regex

_SPACE = regex(r"[ \t\r\n]+")
_NOT_PRINTED = frozenset({"script", "style", "template"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BOLD = frozenset({"strong", "b", "th", "dt"})
_ITALIC = frozenset({"em", "i", "cite"})
_SMALL = frozenset({"sup", "sub", "small"})
_ROLES = {
    "signature": Role.SIGNATURE,
    "dateline": Role.DATELINE,
    "article": Role.ARTICLE,
}
_INLINE = frozenset(
    """
    a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var
    """.split()
)


def blocks(html: str, address: str, pictures: Mapping[str, str]) -> tuple[Block, ...]:
    """The blocks of `html`, the body of the page at the whole address `address`.

    `pictures` maps the whole address of each picture to its path below the site.
    """
    root = LexborHTMLParser(f"<body>{html}</body>").body
    if root is None:
        return ()
    found = list(_Reader(address, pictures).blocks(root, Role.TEXT, 0))
    return tuple(_addressees(_levels(found)))


class _Reader:
    def __init__(self, address: str, pictures: Mapping[str, str]) -> None:
        self._address = address
        self._pictures = pictures

    def blocks(self, parent: LexborNode, role: Role, depth: int) -> Iterator[Block]:
        """The blocks inside `parent`; words that stand in it without a paragraph become one."""
        loose: list[Run] = []
        for node in parent.iter(include_text=True):
            tag = node.tag or ""
            if tag == "-text" or (tag in _INLINE and node.css_first("img,table") is None):
                loose += self._runs(node, Run(""))
                continue
            yield from _paragraph(loose, role, depth)
            loose = []
            yield from self._block(node, tag, role, depth)
        yield from _paragraph(loose, role, depth)

    def _block(self, node: LexborNode, tag: str, role: Role, depth: int) -> Iterator[Block]:
        classes = (node.attributes.get("class") or "").split()
        if tag in _NOT_PRINTED or tag.startswith(("-", "_")):
            return
        if tag in _HEADINGS:
            yield Heading(_HEADINGS.index(tag) + 1, _words(self._inside(node)))
        elif "run-in" in classes:
            yield from self._run_in(node, role, depth)
        elif tag == "p":
            yield from self._paragraph(node, classes, role, depth)
        elif tag == "table":
            yield self._table(node)
        elif tag in ("ul", "ol"):
            yield from self._list(node, tag, depth + 1)
        elif tag == "img":
            yield from self._picture(node)
        elif tag == "pre":
            text = node.text(deep=True).strip("\n")
            yield from (Paragraph((Run(line),), Role.CODE) for line in text.split("\n"))
        elif tag == "hr":
            return
        else:
            inner = Role.QUOTE if tag == "blockquote" else role
            inner = Role.NOTE if "footnote" in classes else inner
            yield from self.blocks(node, inner, depth)

    def _paragraph(
        self, node: LexborNode, classes: list[str], role: Role, depth: int
    ) -> Iterator[Block]:
        own = next((_ROLES[name] for name in classes if name in _ROLES), role)
        label = node.css_first("span.label") if own is Role.ARTICLE else None
        words = label.text(deep=True).strip() if label is not None else ""
        runs = _trimmed(self._inside(node, skip=label))
        if runs or words:
            yield Paragraph(runs, own, words, depth)
        for image in node.css("img"):
            yield from self._picture(image)

    def _run_in(self, node: LexborNode, role: Role, depth: int) -> Iterator[Block]:
        """A heading and the paragraph that begins on its line."""
        heading: Heading | None = None
        for block in self.blocks(node, role, depth):
            if heading is None and isinstance(block, Heading):
                heading = block
            elif heading is not None and isinstance(block, Paragraph):
                yield replace(heading, runs=block.runs)
                heading = None
            else:
                yield block
        if heading is not None:
            yield heading

    def _list(self, node: LexborNode, tag: str, depth: int) -> Iterator[Block]:
        start = node.attributes.get("start") or "1"
        number = int(start) if start.isdigit() and len(start) < 6 else 1
        note = any("footnote" in (up.attributes.get("class") or "") for up in _above(node))
        for item in node.iter():
            if item.tag != "li":
                continue
            label = f"{number}." if tag == "ol" else "•"
            number += 1
            role = Role.NOTE if note else Role.LIST
            for block in self.blocks(item, role, depth):
                if label and isinstance(block, Paragraph) and block.depth == depth:
                    yield replace(block, label=label)
                    label = ""
                else:
                    yield block

    def _picture(self, node: LexborNode) -> Iterator[Block]:
        alt = (node.attributes.get("alt") or "").strip()
        src = urljoin(self._address, node.attributes.get("src") or "")
        path = self._pictures.get(src.partition("#")[0])
        if path:
            yield Picture(path, alt or "图")
        elif alt:
            yield Paragraph((Run(f"（图：{alt}）"),), Role.CAPTION)

    def _table(self, node: LexborNode) -> Table:
        caption = node.css_first("caption")
        head: list[Row] = []
        body: list[Row] = []
        for row in node.css("tr"):
            cells = tuple(self._cell(cell) for cell in row.iter() if cell.tag in ("td", "th"))
            in_head = row.parent is not None and row.parent.tag == "thead"
            if cells:
                (head if in_head and not body else body).append(cells)
        words = _words(self._inside(caption)) if caption is not None else ""
        return Table(words, tuple(head), tuple(body))

    def _cell(self, node: LexborNode) -> Cell:
        attributes = node.attributes
        return Cell(
            _words(self._inside(node)),
            _count(attributes.get("colspan")),
            _count(attributes.get("rowspan")),
            node.tag == "th",
            attributes.get("data-align") == "right",
        )

    def _inside(self, node: LexborNode, skip: LexborNode | None = None) -> list[Run]:
        found: list[Run] = []
        for child in node.iter(include_text=True):
            if skip is not None and child.mem_id == skip.mem_id:
                continue
            found += self._runs(child, Run(""))
        return found

    def _runs(self, node: LexborNode, look: Run) -> Iterator[Run]:
        tag = node.tag or ""
        if tag == "-text":
            text = _SPACE.sub(" ", node.text(deep=False) or "")
            if text:
                yield replace(look, text=text)
            return
        if tag == "br":
            yield replace(look, text="\n")
            return
        classes = (node.attributes.get("class") or "").split()
        if tag in _NOT_PRINTED or tag == "img" or "footnote-backref" in classes:
            return
        look = replace(
            look,
            bold=look.bold or tag in _BOLD,
            italic=look.italic or tag in _ITALIC,
            small=look.small or tag in _SMALL,
            href=self._href(node) if tag == "a" else look.href,
        )
        for child in node.iter(include_text=True):
            yield from self._runs(child, look)

    def _href(self, node: LexborNode) -> str:
        """The whole address of a link; none for a place on the page itself, which paper does not have."""
        href = node.attributes.get("href") or ""
        if href.startswith("#"):
            return ""
        try:
            whole = urljoin(self._address, href)
            return whole if urlsplit(whole).scheme in ("http", "https", "mailto") else ""
        except ValueError:
            return ""


def _above(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _count(value: str | None) -> int:
    return min(int(value), 100) if value and value.isascii() and value.isdigit() else 1


def _paragraph(loose: list[Run], role: Role, depth: int) -> Iterator[Paragraph]:
    runs = _trimmed(loose)
    if runs:
        yield Paragraph(runs, role, "", depth)


def _trimmed(runs: list[Run]) -> Runs:
    """The runs without space at the ends, equal neighbours joined."""
    joined: list[Run] = []
    for run in runs:
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    while joined and not joined[0].text.strip():
        joined.pop(0)
    while joined and not joined[-1].text.strip():
        joined.pop()
    if joined:
        joined[0] = replace(joined[0], text=joined[0].text.lstrip(" \n\u3000"))
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip(" \n\u3000"))
    return tuple(joined)


def _words(runs: list[Run]) -> str:
    return "".join(run.text for run in runs).strip(" \n\u3000")


_DOCUMENT = regex(
    r"[《》]|(?:办法|规定|规程|细则|方案|意见|计划|制度|规则|要点|指引|标准)(?:（.{1,6}）)?$"
)


def _levels(found: list[Block]) -> Iterator[Block]:
    """Levels without gaps from 1; a heading after the dateline begins the document that is issued."""
    tops = [block.level for block in found if isinstance(block, Heading)]
    top = min(tops, default=1)
    signed = False
    has_annex = False
    last = 0
    for block in found:
        if isinstance(block, Paragraph) and block.role is Role.DATELINE:
            signed = True
        if not isinstance(block, Heading):
            yield block
            continue
        if signed and block.level == top and not block.runs and _DOCUMENT.search(block.text):
            has_annex, last = True, 0
            yield Annex((block.text,))
            continue
        level = block.level - top + (0 if has_annex and block.level > top else 1)
        last = min(max(level, 1), last + 1)
        yield replace(block, level=last)


def _addressees(found: Iterator[Block]) -> Iterator[Block]:
    """The first paragraph, where it only names those addressed (主送机关) and ends in a colon."""
    first = True
    for block in found:
        if first and isinstance(block, Paragraph) and block.role is Role.TEXT:
            text = "".join(run.text for run in block.runs)
            if text.endswith(("：", ":")) and "。" not in text:
                yield replace(block, role=Role.ADDRESSEES)
                first = False
                continue
        first = False
        yield block
