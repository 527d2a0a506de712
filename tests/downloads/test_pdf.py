"""PDFs read back (PDF): order, tags, bookmarks, fonts, margins, and nothing that is not text."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.downloads import pdf
from generator.downloads.paper import Book, Form, Heading, Paper, Paragraph, Role, Run
from tests.downloads.papers import (
    FONTS,
    needs_fonts,
    needs_pdftoppm,
    paper_of,
    read,
    words,
)

pytestmark = needs_fonts
POLICY = "statutory/policy/2026/data-sharing.md"
REPORT = "annual-report/2025.md"
NOWHERE = Path("/nonexistent")


def made(paper: Paper) -> bytes:
    content, lacking = pdf.paper_pdf(paper, FONTS, (), NOWHERE)
    assert lacking == ()
    return content


def plain(*texts: str, title: str = "标题") -> Paper:
    return Paper(Form.PLAIN, title, (title,), tuple(Paragraph((Run(text),)) for text in texts))


def test_a_policy_in_reading_order() -> None:
    paper = paper_of(POLICY)
    text = words(made(paper))
    number = paper.number.replace("〔", "〔")
    order = [
        f"{paper.mark[0]}文件",
        number,
        paper.lines[-1],
        *(b.text for b in paper.blocks if isinstance(b, Heading)),
        "公开属性：主动公开",
        "发布",
    ]
    places = [text.find(part.replace(" ", "")) for part in order]
    assert -1 not in [text.replace(" ", "").find(part.replace(" ", "")) for part in order], order
    assert places[0] < places[-2]


def test_it_is_tagged_titled_and_of_its_day() -> None:
    paper = paper_of(POLICY)
    document = read(made(paper))
    root: Any = document.root_object
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "zh-CN"
    assert "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    about = document.metadata
    assert about is not None
    assert (about.title, about.author) == (paper.title, paper.author)
    assert paper.dated is not None
    assert str(about["/CreationDate"]).startswith(f"D:{paper.dated:%Y%m%d}")


def test_headings_are_bookmarks_and_every_font_is_inside() -> None:
    paper = paper_of(REPORT)
    document = read(made(paper))

    def flat(outline: Any) -> list[str]:
        found: list[str] = []
        for one in outline:
            found += flat(one) if isinstance(one, list) else [one["/Title"]]
        return found

    headings = [block.text for block in paper.blocks if isinstance(block, Heading)]
    marks = [mark.replace("\u2002", "").replace(" ", "") for mark in flat(document.outline)]
    assert marks[1:] == [text.replace(" ", "") for text in headings]
    pages: list[Any] = list(document.pages)
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for page in pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


def test_the_same_paper_gives_the_same_bytes() -> None:
    paper = paper_of(REPORT)
    assert made(paper) == made(paper)


def test_a_report_has_its_three_tables() -> None:
    text = words(made(paper_of(REPORT))).replace(" ", "")
    for part in ("本年制发件数", "申请人情况", "法律服务机构", "未经复议直接起诉", "尚未审结"):
        assert part in text


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        '#import "@preview/x:1.0.0": *',
        "$ x^2 $ *a* _b_ `c` <d> @e = f // g /* h */ \\u{41} ~ -- '\"",
        "#set text(red)\n= 甲",
        '"]; #panic() ["',
    ],
)
def test_words_are_never_code(text: str) -> None:
    content = made(plain(text, title=f"题{text}"))
    shown = words(content).replace(" ", "")
    assert shown.count(text.replace(" ", "").replace("\n", "")) == 2


def test_a_sign_that_no_font_has() -> None:
    content, lacking = pdf.paper_pdf(plain("家住𪚥巷，姓𠀀。"), FONTS, (), NOWHERE)
    assert lacking == ("𪚥",) or set(lacking) == {"𪚥", "𠀀"}
    assert "家住〓巷" in words(content)


def test_what_typst_cannot_set_is_said() -> None:
    with pytest.raises(pdf.PdfError):
        pdf.paper_pdf(plain("甲"), {**FONTS, "body": []}, (), NOWHERE)


def test_rules_have_their_note_below_the_title() -> None:
    paper = replace(
        plain("正文。", title="甲规定"), form=Form.RULES, note="（2024年1月1日以甲令第1号公布）"
    )
    assert words(made(paper)).startswith("甲规定（2024年1月1日以甲令第1号公布）正文。")


def test_a_book_has_contents_with_pages_and_bookmarks() -> None:
    papers = (plain("正文一。", title="甲制度"), plain("正文二。", title="乙制度"))
    book = Book("甲局制度汇编", ("甲局", "制度汇编"), "甲局", papers)
    content, lacking = pdf.book_pdf(book, FONTS, (), NOWHERE)
    assert lacking == ()
    assert read(content).pages[0].extract_text().split("\n")[:2] == ["甲局", "制度汇编"]
    pages = [page.extract_text().replace("\n", "") for page in read(content).pages]
    assert pages[1].startswith("目")
    assert [part in pages[1] for part in ("甲制度", "乙制度")] == [True, True]
    assert [pages[2].startswith("甲制度"), pages[3].startswith("乙制度")] == [True, True]


@needs_pdftoppm
def test_margins_and_lines_of_the_standard(tmp_path: Path) -> None:
    """A4, 37 mm above and 28 mm left of the text, 22 lines of 28 characters (GB/T 9704-2012)."""
    file = tmp_path / "a.pdf"
    text = "政务公开工作应当依法有序推进" * 60
    file.write_bytes(made(Paper(Form.PLAIN, "题", ("题",), (Paragraph((Run(text),)),))))
    document = read(file.read_bytes())
    box = document.pages[1].mediabox
    assert [round(float(side) / 72 * 25.4) for side in (box.width, box.height)] == [210, 297]
    lines = document.pages[1].extract_text().split("\n")
    full = [line for line in lines if "公开" in line]
    assert len(document.pages) >= 2
    assert {len(line.strip()) for line in full[:-1]} == {28}
    subprocess.run(
        ["pdftoppm", "-r", "100", "-gray", "-f", "1", "-l", "1", file, tmp_path / "p"], check=True
    )
    picture = next(tmp_path.glob("p-*.pgm")).read_bytes()
    _, size, _, pixels = picture.split(b"\n", 3)
    width, height = map(int, size.split())
    rows = [pixels[y * width : (y + 1) * width] for y in range(height)]
    mm = 100 / 25.4
    body = rows[: int((297 - 33) * mm)]
    dark = [y for y, row in enumerate(body) if min(row) < 128]
    left = min(row.find(min(row)) for row in body if min(row) < 128)
    assert 36 <= dark[0] / mm <= 40
    assert 27 <= left / mm <= 30
    assert len(document.pages[0].extract_text().split("\n")) == 1 + 20 + 1


def test_a_long_document_has_twenty_two_lines_a_page() -> None:
    paper = Paper(
        Form.PLAIN, "题", ("题",), tuple(Paragraph((Run("甲。"),), Role.TEXT) for _ in range(60))
    )
    counts = [page.extract_text().count("甲。") for page in read(made(paper)).pages]
    assert counts[1] == 22
