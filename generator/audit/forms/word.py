"""The papers as a Word file, laid out as reports are: title, headings in 黑体 and 楷体, text in 仿宋."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from generator.archive import settled
from generator.audit.paper import Block, Heading, Paper, Paragraph, Table, Tone
from generator.finding import Text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_TITLE, _BLACK, _ITALIC, _BODY = "方正小标宋简体", "黑体", "楷体", "仿宋"
_COLOURS: dict[Tone, str] = {"good": "17663A", "bad": "A61B1B", "open": "7A4D00", "quiet": "566072"}
_STATES = ("结果", "状态")
# Word takes minutes to lay out more; the workbook has all.
_ROWS = 500
NO_EXTRA = Text(
    "没有写 audit.docx：先安装 pip install 'gongkai[downloads]'",
    "audit.docx was not written: first pip install 'gongkai[downloads]'",
)


def word(papers: Sequence[Paper], organ: str, day: date) -> bytes | None:
    """The file, as saved on `day` by `organ`; None where python-docx is not installed."""
    try:
        from docx import Document  # noqa: PLC0415
    except ImportError:
        return None
    document = Document()
    _styles(document)
    for place, paper in enumerate(papers):
        _section(document, paper, is_first=place == 0)
        _text(document, paper.title, font=_TITLE, size=20, align="center", indent=False)
        for block in paper.blocks:
            _block(document, paper, block)
    properties = document.core_properties
    properties.author = properties.last_modified_by = organ
    properties.title, properties.comments = papers[0].title, ""
    properties.created = properties.modified = datetime(day.year, day.month, day.day)
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue(), day)


def _styles(document: WordDocument) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(16)
    _east_asian(style.element.get_or_add_rPr(), _BODY)
    style.paragraph_format.space_after = Pt(0)


def _section(document: WordDocument, paper: Paper, *, is_first: bool) -> None:
    """A section of A4 for each paper, with the margins of official documents (GB/T 9704—2012)."""
    from docx.enum.section import WD_ORIENT, WD_SECTION  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    section = document.sections[0] if is_first else document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    short, long = Mm(210), Mm(297)
    section.page_width, section.page_height = (long, short) if paper.landscape else (short, long)
    margins = (20, 18, 18, 18) if paper.landscape else (37, 26, 35, 28)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(
        Mm, margins
    )
    if is_first:
        _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    paragraph.alignment = 1
    for part in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if part == "PAGE" else part)
        run.font.size = Pt(12)
        if part == "PAGE":
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            number = OxmlElement("w:r")
            shown = OxmlElement("w:t")
            shown.text = "1"
            number.append(shown)
            field.append(number)
            paragraph._p.append(field)  # noqa: SLF001


def _block(document: WordDocument, paper: Paper, block: Block) -> None:
    size = 12 if paper.landscape else 16
    if isinstance(block, Heading):
        font = _BLACK if block.level == 1 else _ITALIC
        _text(document, block.text, font=font, size=size, level=block.level)
    elif isinstance(block, Paragraph):
        align = "right" if block.signed else "left"
        _text(document, block.text, size=size, align=align, indent=not block.signed)
    else:
        _table(document, paper, block)


def _text(
    document: WordDocument,
    text: str,
    *,
    font: str = _BODY,
    size: int,
    align: str = "left",
    indent: bool = True,
    level: int = 0,
) -> None:
    from docx.enum.text import WD_LINE_SPACING  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.alignment = {"left": None, "center": 1, "right": 2}[align]
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(28 if size == 16 else size * 1.6)
    if align == "center":
        form.space_after = Pt(size)
    if indent:
        form.first_line_indent = Pt(2 * size)
    if level:
        form.keep_with_next = True
        _outline_level(paragraph, level)
    _run(paragraph, text, font, size)


def _run(paragraph: Any, text: str, font: str, size: float, colour: str = "") -> None:
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    run = paragraph.add_run(text)
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    _east_asian(run._r.get_or_add_rPr(), font)  # noqa: SLF001
    if colour:
        run.font.bold, run.font.color.rgb = True, RGBColor.from_string(colour)


def _east_asian(properties: Any, font: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415

    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _outline_level(paragraph: Any, level: int) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level - 1))
    paragraph._p.get_or_add_pPr().append(outline)  # noqa: SLF001


def _table(document: WordDocument, paper: Paper, table: Table) -> None:
    from docx.shared import Mm, Pt  # noqa: PLC0415

    caption = document.add_paragraph()
    caption.paragraph_format.space_before = Pt(10)
    caption.paragraph_format.keep_with_next = True
    _run(caption, table.caption, _BLACK, 12)
    width = 261 if paper.landscape else 156
    size = 9 if paper.landscape else 12
    shown = table.rows[:_ROWS]
    laid = document.add_table(rows=1 + len(shown), cols=len(table.head), style="Table Grid")
    laid.autofit = False
    widths = [Mm(width * share / sum(table.widths)) for share in table.widths]
    for column, share in zip(laid.columns, widths, strict=True):
        column.width = share
    for place, row in enumerate((table.head, *shown)):
        for column, text in enumerate(row):
            # `row_cells` walks the whole table for each cell; the element is at hand.
            cell: Any = laid._tbl.tr_lst[place].tc_lst[column]  # noqa: SLF001
            cell.width = widths[column]
            is_state = place > 0 and table.head[column] in _STATES
            tone = _COLOURS.get(table.tone(place - 1), "") if is_state else ""
            _fill(document, cell, text, size, is_head=place == 0, colour=tone)
    _repeat_head(laid._tbl.tr_lst[0])  # noqa: SLF001
    # Word wants a paragraph after a table, and at the end of a section.
    left = len(table.rows) - _ROWS
    _text(document, f"其余{left}行见 audit.xlsx。" if left > 0 else "", size=12)


def _fill(
    document: WordDocument, cell: Any, text: str, size: int, *, is_head: bool, colour: str
) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.text.paragraph import Paragraph as WordParagraph  # noqa: PLC0415

    first = cell.p_lst[0]
    for place, line in enumerate(text.split("\n")):
        element = first if place == 0 else cell.add_p()
        _run(WordParagraph(element, document), line, _BLACK if is_head else _BODY, size, colour)
    if is_head:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", "E8EDF5")):
            shade.set(qn(f"w:{key}"), value)
        cell.get_or_add_tcPr().append(shade)


def _repeat_head(row: Any) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415

    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
