"""Word files (.docx): body, tables, headers, notes, comments, tracked changes and hidden text."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.attachments.package import Package, attribute, local
from generator.contents import Passage, Script, Sort, Trace
from generator.finding import Text

# Parts without any text of the document.
_NO_TEXT = frozenset(
    """styles.xml stylesWithEffects.xml fontTable.xml settings.xml webSettings.xml numbering.xml
    commentsExtended.xml commentsIds.xml commentsExtensible.xml people.xml""".split()
)
_ROOMS = {
    "document": Text("正文", "body"),
    "hdr": Text("页眉", "header"),
    "ftr": Text("页脚", "footer"),
    "footnotes": Text("脚注", "footnote"),
    "endnotes": Text("尾注", "endnote"),
    "comments": Text("批注", "comment"),
    "glossaryDocument": Text("文档部件", "glossary"),
}
_INSERTED = frozenset({"ins", "moveTo"})
_DELETED = frozenset({"del", "moveFrom"})
_CHANGES = _INSERTED | _DELETED | {"rPrChange", "pPrChange", "tblPrChange", "sectPrChange"}
# The older half of an alternative says the same again.
_SKIPPED = frozenset({"Fallback", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "instrText"})
_SPACES = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": " "}


def read(package: Package) -> Iterator[Passage | Trace]:
    """Every text of a Word file and who commented on it or changed it."""
    for name in package.matching(r"word/(?:glossary/)?[^/]+\.xml"):
        if name.rpartition("/")[2] in _NO_TEXT:
            continue
        root = package.tree(name)
        room = _ROOMS.get(local(root)) if root is not None else None
        if root is not None and room is not None:
            script = _Reader(room)
            script.blocks(root)
            yield from script.passage()
            yield from _traces(root, room)


def _traces(root: Element, room: Text) -> Iterator[Trace]:
    seen: set[tuple[Sort, str]] = set()
    for element in root.iter():
        name = local(element)
        sort = Sort.COMMENT if name == "comment" else Sort.CHANGE if name in _CHANGES else None
        if sort is not None:
            author = attribute(element, "author")
            if (sort, author) not in seen:
                seen.add((sort, author))
                yield Trace(sort, author, _ROOMS["document"] if sort is Sort.COMMENT else room)


class _Reader:
    """The text of one part, line by line; a row of a table is a line between vertical bars."""

    def __init__(self, room: Text) -> None:
        self._room = room
        self._script = Script()
        self._paragraphs = 0
        self._tables = 0

    def passage(self) -> tuple[Passage, ...]:
        """What has been read."""
        return self._script.passage()

    def blocks(self, parent: Element) -> None:
        """The paragraphs and tables below `parent`, at whatever depth content controls put them."""
        for child in parent:
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name not in _SKIPPED:
                self.blocks(child)

    def _place(self, words: Text) -> Text:
        if self._room is _ROOMS["document"]:
            return words
        return Text(f"{self._room.zh}{words.zh}", f"{self._room.en} {words.en}")

    def _paragraph(self, paragraph: Element) -> None:
        kept, removed = _runs(paragraph)
        if kept or removed:
            self._paragraphs += 1
            number = self._paragraphs
            self._line(kept, removed, Text(f"第{number}段", f"paragraph {number}"))
        for box in _boxes(paragraph):
            self.blocks(box)

    def _line(
        self, kept: list[tuple[str, bool]], removed: list[tuple[str, bool]], words: Text
    ) -> None:
        place = self._place(words)
        hidden = Text(f"{place.zh}（隐藏文字）", f"{place.en} (hidden text)")
        for text, is_hidden in kept:
            self._script.write(text, hidden if is_hidden else place)
        if kept:
            self._script.end_line()
        if removed:
            deleted = Text(f"{place.zh}（修订中删除的文字）", f"{place.en} (deleted text)")
            self._script.line("".join(text for text, _ in removed), deleted)

    def _table(self, table: Element) -> None:
        self._tables += 1
        number = self._tables
        self._script.end_line()
        for count, row in enumerate(_rows(table), 1):
            kept: list[tuple[str, bool]] = [("|", False)]
            removed: list[tuple[str, bool]] = []
            for cell in row:
                if local(cell) in ("tc", "sdt"):
                    inside, gone = _cell(cell)
                    kept += [(" ", False), *inside, (" |", False)]
                    removed += gone
            words = Text(f"表{number}第{count}行", f"table {number} row {count}")
            self._line(kept, removed, words)
        self._script.end_line()


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if local(child) == "tr":
            yield child
        elif local(child) in ("sdt", "sdtContent", "customXml", "ins", "del"):
            yield from _rows(child)


def _cell(cell: Element) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """The text of a cell on one line: kept and deleted."""
    kept: list[tuple[str, bool]] = []
    removed: list[tuple[str, bool]] = []
    for paragraph in cell.iter():
        if local(paragraph) == "p":
            stays, goes = _runs(paragraph)
            if kept and stays:
                kept.append((" ", False))
            kept += [(text.replace("|", "｜"), is_hidden) for text, is_hidden in stays]
            removed += goes
    return kept, removed


def _runs(paragraph: Element) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """The words of a paragraph, each with whether it is hidden; those that a change deleted apart."""
    kept: list[tuple[str, bool]] = []
    removed: list[tuple[str, bool]] = []

    def walk(parent: Element, *, is_hidden: bool, is_deleted: bool) -> None:
        for child in parent:
            name = local(child)
            if name in _SKIPPED or name == "txbxContent":
                continue
            if name in ("t", "delText", *_SPACES):
                text = _SPACES.get(name) or child.text or ""
                (removed if is_deleted or name == "delText" else kept).append((text, is_hidden))
            else:
                walk(
                    child,
                    is_hidden=is_hidden or (name == "r" and _is_hidden(child)),
                    is_deleted=is_deleted or name in _DELETED,
                )

    walk(paragraph, is_hidden=False, is_deleted=False)
    return _joined(kept), _joined(removed)


def _joined(runs: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The runs without line ends of their own; none where all of them are blank."""
    if not any(text.strip() for text, _ in runs):
        return []
    return [(text.replace("\n", " "), is_hidden) for text, is_hidden in runs]


def _is_hidden(run: Element) -> bool:
    for properties in run:
        if local(properties) == "rPr":
            for one in properties:
                if local(one) in ("vanish", "webHidden", "specVanish"):
                    return attribute(one, "val") not in ("0", "false", "off")
    return False


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes of a paragraph."""
    for child in paragraph:
        if local(child) == "txbxContent":
            yield child
        elif local(child) not in _SKIPPED:
            yield from _boxes(child)
