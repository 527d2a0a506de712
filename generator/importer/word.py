"""Word files (.docx) → the lines of a plain text (Word 导入): paragraphs with the numbers that Word counts, tables.

A row of a table is a line with tabs between its cells, as it is copied out of Word. What was deleted under
tracked changes is not text; comments are not either. Notes stand at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from generator.attachments.package import Package, Unreadable, attribute, local
from generator.contents import Obstacle
from generator.domain.numerals import to_chinese
from generator.finding import Text
from generator.importer.encoding import NotText

_NO_TEXT = frozenset(
    "Fallback rPr pPr tblPr trPr tcPr sectPr instrText delText del moveFrom".split()
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEVELS = 9
_WHY = {
    Obstacle.ENCRYPTED: Text("加了密码", "it is locked with a password"),
    Obstacle.BOMB: Text("解压后过大", "it grows beyond all bounds"),
    Obstacle.TOO_LARGE: Text("太大", "it is too large"),
}
_DAMAGED = Text("文件已损坏或不是 Word 文档", "it is damaged or no Word document")


def read(content: bytes) -> str:
    """The text of a Word file; raises `NotText` for one that cannot be read."""
    try:
        package = Package(content)
        root = _document(package)
        numbering = _Numbering(package.tree("word/numbering.xml"), package.tree("word/styles.xml"))
        body = next((part for part in root if local(part) == "body"), root)
        lines = list(_blocks(body, numbering))
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            notes = package.tree(name)
            lines += _blocks(notes, numbering) if notes is not None else ()
    except Unreadable as error:
        why = _WHY.get(error.obstacle, _DAMAGED)
        raise NotText(
            Text(f"这个 Word 文件读不了：{why.zh}", f"this Word file cannot be read: {why.en}")
        ) from None
    return "".join(lines)


def _document(package: Package) -> Element:
    root = package.tree("word/document.xml")
    if root is None:
        raise Unreadable(Obstacle.DAMAGED)
    return root


def _blocks(parent: Element, numbering: _Numbering) -> Iterator[str]:
    """Paragraphs, each with an empty line behind it, and tables, at whatever depth controls put them."""
    for child in parent:
        name = local(child)
        if name == "p":
            text = (numbering.label(child) + _text(child)).strip("\n")
            yield "".join(f"{line}\n\n" for line in text.split("\n") if line.strip())
        elif name == "tbl":
            yield from _rows(child)
            yield "\n"
        elif name not in _NO_TEXT:
            yield from _blocks(child, numbering)


def _rows(table: Element) -> Iterator[str]:
    for row in table.iter():
        if local(row) == "tr":
            cells = [_cell(cell) for cell in row if local(cell) in ("tc", "sdt")]
            yield "\t".join(cells) + "\n"


def _cell(cell: Element) -> str:
    """The words of a cell on one line; those of a table inside it too."""
    parts = (_text(part) for part in cell.iter() if local(part) == "p")
    return " ".join(" ".join(parts).split())


def _text(element: Element) -> str:
    found: list[str] = []
    for child in element:
        name = local(child)
        if name == "t":
            found.append(child.text or "")
        elif name in _SIGNS:
            found.append(_SIGNS[name])
        elif name not in _NO_TEXT and name != "tbl":
            found.append(_text(child))
    return "".join(found)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "chineseCounting": to_chinese,
    "chineseCountingThousand": to_chinese,
    "japaneseCounting": to_chinese,
    "taiwaneseCountingThousand": to_chinese,
    "upperLetter": lambda n: chr(ord("A") + (n - 1) % 26),
    "lowerLetter": lambda n: chr(ord("a") + (n - 1) % 26),
    "decimalEnclosedCircle": lambda n: chr(ord("①") + n - 1) if n <= 20 else f"({n})",
    "decimalEnclosedCircleChinese": lambda n: chr(ord("①") + n - 1) if n <= 20 else f"({n})",
    "bullet": lambda _: "",
    "none": lambda _: "",
}


class _Numbering:
    """The numbers that Word counts by itself (自动编号): they stand in no paragraph's text."""

    def __init__(self, root: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int]] = {}
        for element in root if root is not None else ():
            identifier = attribute(element, "abstractNumId")
            if local(element) == "abstractNum":
                self._levels[identifier] = dict(map(_level, _named(element, "lvl")))
            elif local(element) == "num":
                for target in _named(element, "abstractNumId"):
                    self._lists[attribute(element, "numId")] = attribute(target, "val")
        for style in styles if styles is not None else ():
            found = _place(style) if local(style) == "style" else None
            if found is not None:
                self._styles[attribute(style, "styleId")] = found

    def label(self, paragraph: Element) -> str:
        """What Word shows before the words of `paragraph`; empty for a plain one."""
        found = _place(paragraph) or self._styles.get(_style(paragraph))
        if found is None:
            return ""
        number, depth = found
        levels = self._levels.get(self._lists.get(number, ""), {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(self._lists[number], [0] * _LEVELS)
        for level in range(depth):
            counts[level] = counts[level] or levels.get(level, ("", "", 1))[2]
        _, _, start = levels[depth]
        counts[depth] = counts[depth] + 1 if counts[depth] else start
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        text = levels[depth][1]
        for level in range(depth + 1):
            form = levels.get(level, ("decimal", "", 1))[0]
            shown = _FORMS.get(form, str)(counts[level])
            text = text.replace(f"%{level + 1}", shown)
        return "" if levels[depth][0] == "bullet" else text


def _named(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if local(child) == name)


def _value(element: Element, name: str) -> str:
    return next((attribute(child, "val") for child in _named(element, name)), "")


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _level(element: Element) -> tuple[int, tuple[str, str, int]]:
    depth = min(_whole(attribute(element, "ilvl"), 0), _LEVELS - 1)
    start = _whole(_value(element, "start"), 1)
    return depth, (_value(element, "numFmt") or "decimal", _value(element, "lvlText"), start)


def _place(element: Element) -> tuple[str, int] | None:
    """The list and the level that a paragraph or a style names; None for none."""
    for properties in _named(element, "pPr"):
        for numbers in _named(properties, "numPr"):
            number = _value(numbers, "numId")
            depth = min(_whole(_value(numbers, "ilvl"), 0), _LEVELS - 1)
            return (number, depth) if number and number != "0" else None
    return None


def _style(paragraph: Element) -> str:
    return next((_value(p, "pStyle") for p in _named(paragraph, "pPr")), "")
