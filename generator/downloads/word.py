"""Paper → Word (extra `downloads`): styles after GB/T 9704-2012, the same bytes for the same paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.archive import settled
from generator.downloads.paper import (
    Annex,
    Block,
    Cell,
    Heading,
    Paper,
    Paragraph,
    Picture,
    Role,
    Runs,
    Table,
)

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph as WordParagraph

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
# What Word knows these faces by; where they are missing it takes others of the kind.
_BODY, _TITLE, _BLACK, _KAI = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
_SIZE = 16  # 3号
_PITCH = 225 / 22 / 25.4 * 72  # points: 22 lines in 225 mm
_WIDTH = 156 / 25.4 * 72  # points
_LARGEST_MARK = 40
_LEVELS = {1: _BLACK, 2: _KAI, 3: _BODY, 4: _BODY, 5: _BODY}
_DEEPEST = max(_LEVELS)


def paper_docx(paper: Paper, site: Path) -> bytes:
    """The Word file of one document; `site` is the folder that its pictures lie below."""
    import docx  # noqa: PLC0415

    word = docx.Document()
    _page(word)
    _styles(word)
    _head(word, paper)
    for line in paper.lines:
        word.add_paragraph(line, "Title")
    if paper.note:
        word.add_paragraph(paper.note, "题注")
    for block in paper.blocks:
        _add(word, block, site)
    _imprint(word, paper)
    _properties(word, paper)
    written = io.BytesIO()
    word.save(written)
    return settled(written.getvalue(), paper.dated or _LONG_AGO.date())


def _page(word: Word) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    _grid(section)
    word.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        _page_number(paragraph)


def _grid(section: Section) -> None:
    """22 lines of 28 characters: Word sets both closer than the face would have them."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(round(_PITCH * 20)))
    grid.set(qn("w:charSpace"), str(round((_WIDTH / 28 - _SIZE) * 4096)))
    section._sectPr.append(grid)


def _page_number(paragraph: WordParagraph) -> None:
    """“— 1 —” in 4号, the number as a field."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    for text in ("— ", None, " —"):
        run = paragraph.add_run(text)
        run.font.size = Pt(14)
        if text is None:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            paragraph._p.replace(run._r, field)
            field.append(run._r)


def _styles(word: Word) -> None:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    normal = word.styles["Normal"]
    _face(normal, _BODY, _SIZE)
    normal.paragraph_format.line_spacing = Pt(_PITCH)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.first_line_indent = Pt(2 * _SIZE)
    title = word.styles["Title"]
    _face(title, _TITLE, 22)
    title.paragraph_format.alignment = SIDE.CENTER
    title.paragraph_format.first_line_indent = Pt(0)
    title.paragraph_format.line_spacing = Pt(32)
    for border in title.element.findall(".//{*}pBdr"):
        border.getparent().remove(border)
    for level, face in _LEVELS.items():
        style = word.styles[f"Heading {level}"]
        _face(style, face, _SIZE)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.first_line_indent = Pt(2 * _SIZE)
    for name, face, size, side, indent in (
        ("发文机关标志", _TITLE, 40, SIDE.CENTER, 0),
        ("发文字号", _BODY, _SIZE, SIDE.CENTER, 0),
        ("题注", _KAI, _SIZE, SIDE.CENTER, 0),
        ("主送机关", _BODY, _SIZE, SIDE.LEFT, 0),
        ("署名", _BODY, _SIZE, SIDE.RIGHT, 0),
        ("表题", _BLACK, 14, SIDE.CENTER, 0),
        ("表文", _BODY, 10, SIDE.LEFT, 0),
        ("列表", _BODY, _SIZE, SIDE.LEFT, 0),
        ("引文", _KAI, _SIZE, SIDE.LEFT, 2),
        ("附注", _BODY, 12, SIDE.LEFT, 0),
        ("版记", _BODY, 14, SIDE.LEFT, 0),
    ):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _face(style, face, size)
        style.paragraph_format.alignment = side
        style.paragraph_format.first_line_indent = Pt(indent * size)
    word.styles["发文机关标志"].font.color.rgb = RGBColor(0xC0, 0, 0)
    cells = word.styles["表文"].paragraph_format
    cells.line_spacing = 1.0
    cells.space_before = cells.space_after = Pt(1)
    for name in ("发文机关标志", "版记"):
        word.styles[name].paragraph_format.line_spacing = 1.2


def _face(style: ParagraphStyle, name: str, size: float) -> None:
    """A face for Chinese and for Latin signs, black, upright and not bold."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    style.font.name = name
    style.font.size = Pt(size)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{kind}"), None)
    faces.set(qn("w:eastAsia"), name)


def _head(word: Word, paper: Paper) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    if not paper.mark:
        return
    widest = max(len(name) for name in paper.mark) + len("文件")
    for number, name in enumerate(paper.mark, 1):
        last = number == len(paper.mark)
        paragraph = word.add_paragraph(style="发文机关标志")
        run = paragraph.add_run(name + ("文件" if last else ""))
        run.font.size = Pt(min(_LARGEST_MARK, int(_WIDTH / widest)))
        if number == 1:
            paragraph.paragraph_format.space_before = Pt(60)
    number_line = word.add_paragraph(paper.number, "发文字号")
    number_line.paragraph_format.space_before = Pt(_PITCH)
    _ruled(number_line, "C00000")
    word.add_paragraph("", "发文字号")


def _ruled(paragraph: WordParagraph, colour: str, side: str = "bottom") -> None:
    """A rule along the foot or the head of a paragraph (分隔线)."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    borders = paragraph._p.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        paragraph._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    rule = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "6"), ("color", colour)):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)


def _add(word: Word, block: Block, site: Path) -> None:
    match block:
        case Annex():
            first = word.add_paragraph(block.lines[0], "Title")
            first.paragraph_format.page_break_before = True
            for line in block.lines[1:]:
                word.add_paragraph(line, "Title")
        case Heading():
            paragraph = word.add_paragraph(block.text, f"Heading {min(block.level, _DEEPEST)}")
            if block.runs:
                # A whole paragraph that wants the next one on its page leaves half pages empty.
                paragraph.paragraph_format.keep_with_next = False
                paragraph.paragraph_format.keep_together = False
                _runs(paragraph, block.runs, _BODY)
        case Table():
            _table(word, block)
        case Picture():
            _picture(word, block, site)
        case Paragraph():
            _paragraph(word, block)


_STYLES = {
    Role.ADDRESSEES: "主送机关",
    Role.LIST: "列表",
    Role.QUOTE: "引文",
    Role.NOTE: "附注",
    Role.CODE: "附注",
    Role.CAPTION: "表题",
    Role.SIGNATURE: "署名",
    Role.DATELINE: "署名",
}


def _paragraph(word: Word, block: Paragraph) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = word.add_paragraph(style=_STYLES.get(block.role, "Normal"))
    if block.role is Role.ARTICLE:
        _runs_face(paragraph.add_run(block.label), _BLACK)
        paragraph.add_run("　")
    elif block.label:
        paragraph.add_run(f"{block.label} ")
    _runs(paragraph, block.runs, None)
    if block.role is Role.LIST:
        paragraph.paragraph_format.left_indent = Pt(2 * _SIZE * min(block.depth, 6))
    if block.role in (Role.SIGNATURE, Role.DATELINE):
        far = 4 if block.role is Role.DATELINE else 2
        paragraph.paragraph_format.right_indent = Pt(far * _SIZE)


def _runs_face(run: object, face: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415

    run.font.name = face  # type: ignore[attr-defined]
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)  # type: ignore[attr-defined]


def _runs(paragraph: WordParagraph, runs: Runs, face: str | None) -> None:
    for part in runs:
        run = paragraph.add_run(_printable(part.text))
        run.bold = part.bold or None
        run.italic = part.italic or None
        run.font.superscript = part.small or None
        if face:
            _runs_face(run, face)
        if part.href:
            _link(paragraph, run, part.href)


def _link(paragraph: WordParagraph, run: object, href: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    relation = paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    paragraph._p.replace(run._r, link)  # type: ignore[attr-defined]
    link.append(run._r)  # type: ignore[attr-defined]


def _printable(text: str) -> str:
    """XML has no place for control characters."""
    return "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 0x20)


def _table(word: Word, block: Table) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.shared import Emu, Mm  # noqa: PLC0415

    if block.caption:
        caption = word.add_paragraph(_printable(block.caption), "表题")
        caption.paragraph_format.keep_with_next = True
    weights = block.weights
    table = word.add_table(0, len(weights), style="Table Grid")
    table.autofit = False
    _narrow_margins(table)
    widths = [int(Mm(156) * weight / sum(weights)) for weight in weights]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
    for place in _places(block):
        row = OxmlElement("w:tr")
        if place.is_head:
            row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for column_number, span, merge, cell in place.cells:
            row.append(_cell(word, cell, span, merge, sum(widths[column_number:][:span])))
        table._tbl.append(row)


def _narrow_margins(table: WordTable) -> None:
    """Half a millimetre beside the words of a cell: the official table has ten columns."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "30")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


class _Place(NamedTuple):
    """A row as Word wants it: for each cell its column, its span, its part in a vertical merge, its words."""

    is_head: bool
    cells: list[tuple[int, int, str, Cell]]


_EMPTY = Cell("")


def _places(block: Table) -> Iterator[_Place]:
    """The rows with every column filled: below a cell of several rows Word wants cells that continue it."""
    width = len(block.weights)
    open_below: dict[int, tuple[int, int]] = {}  # column → span and rows still to come
    for number, row in enumerate((*block.head, *block.body)):
        cells: list[tuple[int, int, str, Cell]] = []
        waiting = list(row)
        column = 0
        while column < width:
            if column in open_below:
                span, left = open_below.pop(column)
                if left > 1:
                    open_below[column] = (span, left - 1)
                cells.append((column, span, "continue", _EMPTY))
            else:
                cell = waiting.pop(0) if waiting else _EMPTY
                free = next((c for c in range(column + 1, width) if c in open_below), width)
                span = min(cell.columns, free - column)
                if cell.rows > 1:
                    open_below[column] = (span, cell.rows - 1)
                cells.append((column, span, "restart" if cell.rows > 1 else "", cell))
            column += span
        yield _Place(number < len(block.head), cells)


def _cell(word: Word, cell: Cell, span: int, merge: str, width: int) -> BaseOxmlElement:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Emu  # noqa: PLC0415
    from docx.text.paragraph import Paragraph as WordParagraph  # noqa: PLC0415

    element = OxmlElement("w:tc")
    element.width = Emu(width)
    if span > 1:
        element.grid_span = span
    if merge:
        element.vMerge = merge
    element.append(OxmlElement("w:p"))
    paragraph = WordParagraph(element.p_lst[0], word._body)
    paragraph.style = word.styles["表文"]
    run = paragraph.add_run(_printable(cell.text))
    if cell.head:
        _runs_face(run, _BLACK)
    if cell.head or cell.right:
        justified = OxmlElement("w:jc")
        justified.set(qn("w:val"), "center" if cell.head else "right")
        paragraph._p.get_or_add_pPr().append(justified)
    return element


def _picture(word: Word, block: Picture, site: Path) -> None:
    from docx.image.exceptions import UnrecognizedImageError  # noqa: PLC0415
    from docx.shared import Emu, Mm  # noqa: PLC0415

    file = site / block.path
    if not file.is_file() or file.is_symlink():
        return
    paragraph = word.add_paragraph(style="表题")
    try:
        shown = paragraph.add_run().add_picture(str(file))
    except (UnrecognizedImageError, OSError, ValueError, ZeroDivisionError):
        paragraph.add_run(f"（图：{_printable(block.alt)}）")
        return
    if shown.width > Mm(150):
        shown.height = Emu(int(shown.height * Mm(150) / shown.width))
        shown.width = Mm(150)
    shown._inline.docPr.set("descr", _printable(block.alt))


def _imprint(word: Word, paper: Paper) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    for number, (left, right) in enumerate(paper.imprint, 1):
        paragraph = word.add_paragraph(f"{left}\t{right}", "版记")
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
        if number == 1:
            paragraph.paragraph_format.space_before = Pt(2 * _PITCH)
        paragraph.paragraph_format.keep_with_next = number < len(paper.imprint)
        _ruled(paragraph, "000000", "top")
        if number == len(paper.imprint):
            _ruled(paragraph, "000000")


def _properties(word: Word, paper: Paper) -> None:
    """Only what the page says too: no name of a person, no time of making."""
    properties = word.core_properties
    properties.title, properties.author = paper.title, paper.author
    properties.subject = paper.subject[:200]
    properties.comments = properties.last_modified_by = properties.keywords = ""
    day = paper.dated
    dated = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _LONG_AGO
    properties.created = properties.modified = dated
    properties.revision = 1
    properties.language = "zh-CN"
