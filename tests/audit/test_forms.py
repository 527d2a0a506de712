"""The forms: the three papers as HTML, Markdown, Word and Excel, equal bytes for equal input, safe for any text."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

import pytest
from docx import Document
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from generator.audit import Audit, files_of
from generator.audit.forms.excel import excel
from generator.audit.forms.html import html
from generator.audit.forms.markdown import markdown
from generator.audit.forms.word import word
from generator.audit.paper import Paper, Paragraph, table
from tests.audit.audits import audited
from tests.built import words
from tests.edits import append
from tests.sites import TODAY

_NOTICE = "content/statutory/notice/2026/fees.md"
_REPORT = "海川市数据与政务公开局关于2026年第四季度政府信息公开专栏自查情况的报告"
_SHEET = "海川市数据与政务公开局政府信息公开专栏自查评分表（2026年11月20日）"
_LEDGER = "海川市数据与政务公开局政府信息公开专栏问题整改台账（2026年11月20日）"
_PARTS = ["一、总体情况", "二、主要问题", "三、落实情况", "四、下一步"]


@cache
def _audit() -> Audit:
    return audited(append(_NOTICE, "见[=SUM(A1)|`清单`](list.md)、[甲<b>乙](no.md)。"))


@cache
def _files() -> dict[str, bytes]:
    return files_of(_audit())


def test_there_is_a_file_of_each_form() -> None:
    assert sorted(_files()) == [
        "audit.docx",
        "audit.html",
        "audit.json",
        "audit.md",
        "audit.xlsx",
    ]


def test_equal_audits_give_equal_bytes() -> None:
    assert files_of(_audit()) == _files()


@pytest.mark.parametrize("name", ["audit.docx", "audit.xlsx"])
def test_office_files_hold_no_time_of_saving(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(_files()[name])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"<dcterms:\w+[^>]*>([^<]*)<", core) == ["2026-11-20T00:00:00Z"] * 2
    assert "海川市数据与政务公开局" in core


def test_html_has_the_three_papers_and_nothing_from_elsewhere() -> None:
    page = LexborHTMLParser(_files()["audit.html"].decode())
    assert [words(title) for title in page.css("h2")] == [_REPORT, _SHEET, _LEDGER]
    assert [words(title) for title in page.css("#report h3")] == _PARTS
    assert [words(link) for link in page.css("nav a")] == ["自查报告", "评分表", "整改台账"]
    assert [words(value) for value in page.css(".figures .value")] == ["合格", "99.8", "21", "2"]
    assert page.css("script, img, link, style[src], iframe") == []
    assert {link.attributes["href"] for link in page.css("#ledger a")} == {
        "https://www.example.gov.cn/zwgk/statutory/notice/2026/fees.html"
    }
    heads = [words(head) for head in page.css("#ledger th[scope=col]")]
    cells = [words(cell) for cell in page.css("#ledger tbody tr")[0].css("td")]
    assert dict(zip(heads, cells, strict=True)) == {
        "序号": "1",
        "页面": "海川市数据与政务公开局行政事业性收费情况说明",
        "位置": f"{_NOTICE}:12:2",
        "原文": "=SUM(A1)|清单",
        "类别": "断链",
        "问题": "链接的网页不存在：list.md",
        "整改建议": _audit().ledger[0].advice,
        "责任单位": "市数政局",
        "状态": "待整改",
        "发现日期": "2026-11-20",
        "办结日期": "",
    }


def test_html_tables_can_be_read_and_scrolled_by_keyboard() -> None:
    page = LexborHTMLParser(_files()["audit.html"].decode())
    regions = page.css("[role=region]")
    assert len(regions) == len(page.css("table")) == 5
    assert all(region.attributes["tabindex"] == "0" for region in regions)
    captions = [words(caption) for caption in page.css("caption")]
    assert [region.attributes["aria-label"] for region in regions] == captions


def test_markdown_escapes_what_would_be_mark_up() -> None:
    text = _files()["audit.md"].decode()
    titles = re.findall(r"^#{1,2} (.*)", text, re.MULTILINE)
    assert titles == [_REPORT, *_PARTS, _SHEET, _LEDGER]
    (row,) = [line for line in text.splitlines() if line.startswith("| 1 | 海川")]
    assert r"| =SUM(A1)\|清单 |" in row
    assert len(re.findall(r"(?<!\\)\|", row)) == 12


def test_word_has_titles_parts_and_tables() -> None:
    document = Document(io.BytesIO(_files()["audit.docx"]))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert [text for text in paragraphs if text in (_REPORT, _SHEET, _LEDGER)] == [
        _REPORT,
        _SHEET,
        _LEDGER,
    ]
    assert [text for text in paragraphs if text in _PARTS] == _PARTS
    assert [len(found.rows) for found in document.tables] == [
        11,
        1 + len(_audit().sheet.vetoes),
        1 + len(_audit().sheet.deductions),
        1 + len(_audit().sheet.bonuses),
        1 + len(_audit().ledger),
    ]
    assert document.tables[-1].rows[1].cells[3].text == "=SUM(A1)|清单"
    sizes = [(round(s.page_width.mm), round(s.page_height.mm)) for s in document.sections]  # type: ignore[union-attr]
    assert sizes == [(210, 297), (297, 210), (297, 210)]


def test_excel_has_a_sheet_each_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(_files()["audit.xlsx"]))
    assert book.sheetnames == ["自查报告", "评分表", "整改台账"]
    ledger = book["整改台账"]
    assert ledger.cell(1, 1).value == _LEDGER
    assert ledger.auto_filter.ref == "A3:K5"
    assert ledger.freeze_panes == "A4"
    assert [cell.value for cell in ledger[4]][:4] == [
        1,
        "海川市数据与政务公开局行政事业性收费情况说明\n"
        "https://www.example.gov.cn/zwgk/statutory/notice/2026/fees.html",
        f"{_NOTICE}:12:2",
        "=SUM(A1)|清单",
    ]
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


STRANGE = (
    "=1+1\x07\x0b\u202e\ufffe<script>alert(1)</script>|`*_\n# 标题\n- 项\n\ud800" + "长" * 40000
)


@pytest.fixture(scope="module")
def strange() -> Paper:
    """A paper of the most awkward text."""
    rows = [(STRANGE, "+1"), ("@SUM(A1)", "-2")]
    return Paper("ledger", "台账", "题", (table("表", ("甲", "乙"), rows, (50, 50)),))


def test_no_text_breaks_a_form_or_becomes_code(strange: Paper) -> None:
    page = LexborHTMLParser(html(_audit(), [strange]).decode())
    assert page.css("script") == []
    document = Document(io.BytesIO(word([strange], "机关", TODAY) or b""))
    assert document.tables[0].rows[1].cells[0].text.startswith("=1+1<script>alert(1)</script>")
    book = load_workbook(io.BytesIO(excel([strange], "机关", TODAY)))
    cells = [cell.data_type for row in book["台账"].iter_rows() for cell in row if cell.value]
    assert set(cells) == {"s"}
    assert b"\n# " not in markdown([strange]).removeprefix(b"# ")


def test_long_ledgers_are_cut_in_word_alone() -> None:
    rows = [(str(number), "问题") for number in range(1, 603)]
    paper = Paper("ledger", "台账", "题", (table("表", ("甲", "乙"), rows, (50, 50)),))
    document = Document(io.BytesIO(word([paper], "机关", TODAY) or b""))
    assert len(document.tables[0].rows) == 501
    assert document.paragraphs[-1].text == "其余102行见 audit.xlsx。"
    sheet = load_workbook(io.BytesIO(excel([paper], "机关", TODAY)))["台账"]
    assert sheet.max_row == 604


def test_a_paragraph_that_looks_like_a_list_stays_a_paragraph() -> None:
    paper = Paper("report", "报告", "题", (Paragraph("1. 改正"), Paragraph("- 检查")))
    assert markdown([paper]).decode() == "# 题\n\n\\1. 改正\n\n\\- 检查\n"


def test_only_plain_numbers_are_numbers_in_excel() -> None:
    rows = [("7", "007"), ("0", "１２"), ("-3", "1234567890")]
    paper = Paper("ledger", "台账", "题", (table("表", ("甲", "乙"), rows, (50, 50)),))
    sheet = load_workbook(io.BytesIO(excel([paper], "机关", TODAY)))["台账"]
    values = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=3)]
    assert values == [(7, "007"), (0, "１２"), ("-3", "1234567890")]
