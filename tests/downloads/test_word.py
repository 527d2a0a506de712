"""Word files read back (Word): styles, tables, properties, the same bytes."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document

from generator.downloads.paper import Form, Heading, Paper, Paragraph, Picture, Role, Run
from generator.downloads.word import paper_docx
from tests.downloads.papers import paper_of
from tests.sites import GOOD_SITE

POLICY = "statutory/policy/2026/data-sharing.md"
NOWHERE = Path("/nonexistent")


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def test_a_policy_has_its_parts_in_named_styles() -> None:
    paper = paper_of(POLICY)
    word = opened(paper_docx(paper, NOWHERE))
    styles = {p.text: p.style.name for p in word.paragraphs if p.style is not None}
    assert styles[f"{paper.mark[0]}文件"] == "发文机关标志"
    assert styles[paper.number] == "发文字号"
    assert styles[paper.lines[0]] == "Title"
    for block in paper.blocks:
        if isinstance(block, Heading) and not block.runs:
            assert styles[block.text] == f"Heading {block.level}"
    section = word.sections[0]
    assert [round(side.mm) for side in (section.top_margin, section.left_margin) if side] == [
        37,
        28,
    ]


def test_a_report_keeps_every_number_in_its_cell() -> None:
    word = opened(paper_docx(paper_of("annual-report/2025.md"), NOWHERE))
    rows = [[cell.text for cell in row.cells] for row in word.tables[1].rows]
    assert [len(row) for row in rows] == [10] * len(rows)
    new = next(row for row in rows if row[0].startswith("一、"))
    assert new[0] == new[1] == new[2]
    assert new[3:] == [cell for cell in new[3:] if cell.isdigit()]
    assert len(word.tables) == 3


def test_nothing_says_when_or_by_whom_it_was_made() -> None:
    paper = paper_of(POLICY)
    content = paper_docx(paper, NOWHERE)
    assert content == paper_docx(paper, NOWHERE)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = opened(content).core_properties
    assert (about.title, about.author, about.last_modified_by) == (paper.title, paper.author, "")
    assert about.created is not None
    assert about.created.date() == paper.dated


def test_looks_lists_links_and_pictures(tmp_path: Path) -> None:
    picture = tmp_path / "p.png"
    picture.write_bytes(base64.b64decode(_PNG))
    (tmp_path / "bad.png").write_bytes(b"no picture")
    paper = Paper(
        Form.PLAIN,
        "题",
        ("题",),
        (
            Paragraph(
                (Run("甲"), Run("乙", bold=True), Run("丙\x07", href="https://a.example.gov.cn/"))
            ),
            Paragraph((Run("丁"),), Role.LIST, "1.", 2),
            Picture("p.png", "图一"),
            Picture("bad.png", "图二"),
            Picture("gone.png", "图三"),
        ),
    )
    word = opened(paper_docx(paper, tmp_path))
    assert [p.text for p in word.paragraphs] == ["题", "甲乙丙", "1. 丁", "", "（图：图二）"]
    assert [run.bold for run in word.paragraphs[1].runs] == [None, True]
    assert [link.address for link in word.paragraphs[1].hyperlinks] == ["https://a.example.gov.cn/"]
    assert len(word.inline_shapes) == 1


_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
assert GOOD_SITE
