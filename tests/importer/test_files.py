"""Word files and web pages → documents (Word、网页导入): every paragraph, the numbers Word counts, tables."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest

from generator.importer import NotText, import_text, read
from tests.command import gongkai, on
from tests.sites import GOOD_SITE, write_site

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TITLE = "海川市示例局关于印发《示例工作规则》的通知"
LINES = (
    TITLE,
    "海示发〔2025〕7号",
    "各科室：",
    "一、总体要求",
    "（一）及时发布。文件印发之日起五个工作日内公开。",
    "海川市示例局",
    "2025年3月5日",
)


def word(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def policy() -> docx.document.Document:
    document = docx.Document()
    for line in LINES[:-2]:
        document.add_paragraph(line)
    table = document.add_table(3, 3)
    rows = (("序号", "事项", "时限"), ("1", "清单\n公布", "3月底"), ("2", "目录更新", "6月底"))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    for line in LINES[-2:]:
        document.add_paragraph(line)
    return document


def test_a_word_file_becomes_a_document() -> None:
    imported = import_text(read(word(policy()), "a.docx"), "a.docx", date(2026, 11, 20))
    assert (imported.title, imported.kind.value) == (TITLE, "policy")
    for line in (*LINES[2:5], "| 1 | 清单 公布 | 3月底 |", "| 2 | 目录更新 | 6月底 |"):
        assert line in imported.markdown
    assert "海示发〔2025〕7号" in imported.markdown
    assert "2025-03-05" in imported.markdown


NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3"/></w:lvl>
</w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="7"/></w:num>
</w:numbering>"""


def numbered(*paragraphs: tuple[str, int]) -> bytes:
    """A Word file whose paragraphs get their numbers from Word itself."""
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        for text, level in paragraphs
    )
    return package(
        {
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/numbering.xml": NUMBERING,
        }
    )


def package(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_the_numbers_that_word_counts_are_text() -> None:
    content = numbered(("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1))
    assert read(content, "a.docx").split() == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "一.3丁",
        "二、戊",
        "（一）己",
    ]


def test_what_was_deleted_is_not_text_and_notes_are() -> None:
    body = (
        "<w:p><w:r><w:t>留下</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>加上</w:t></w:r></w:ins></w:p>"
    )
    content = package(
        {
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes {W}><w:footnote><w:p><w:r><w:t>脚注</w:t></w:r></w:p>"
            "</w:footnote></w:footnotes>",
        }
    )
    assert read(content, "a.docx") == "留下加上\n\n脚注\n\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rubbish", "这个 Word 文件读不了：文件已损坏或不是 Word 文档"),
        (package({"a.txt": "甲"}), "这个 Word 文件读不了：文件已损坏或不是 Word 文档"),
        (
            package({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "这个 Word 文件读不了：文件已损坏或不是 Word 文档",
        ),
        (word(docx.Document()), "文件里没有文字，没有导入"),
        (b"", "文件里没有文字，没有导入"),
        (b" \r\n\xef\xbb\xbf", "文件里没有文字，没有导入"),
        (b"<html><script>a()</script></html>", "文件里没有文字，没有导入"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, said: str) -> None:
    with pytest.raises(NotText) as error:
        read(content, "a.docx")
    assert error.value.sentence.zh == said
    assert error.value.sentence.en


PAGE = """<!DOCTYPE html><html><head><meta charset="gbk"><title>窗口标题</title></head><body>
<script>var a = '脚本';</script><div style="display: none">看不见</div>
<div class="title"><h1>{title}</h1></div>
<p>各科室：</p><p>一、<strong>总体</strong>要求<br>（一）及时&nbsp;发布。</p>
<table><tr><td><table><tr><th>序号</th><th>事项</th></tr><tr><td>1</td><td>清单<br>公布</td></tr></table></td></tr></table>
<ul><li>甲</li><li>乙<a href="b.html">丙</a></li></ul>
</body></html>"""


def test_a_web_page_in_gbk_becomes_a_document() -> None:
    content = PAGE.format(title=TITLE).encode("gbk")
    assert read(content, "a.html").split("\n") == [
        TITLE,
        "",
        "各科室：",
        "",
        "一、总体要求",
        "",
        "（一）及时\xa0发布。",
        "",
        "序号\t事项",
        "1\t清单 公布",
        "",
        "甲",
        "",
        "乙丙",
        "",
        "",
    ]
    imported = import_text(read(content, "a.html"), "a.html", date(2026, 11, 20))
    assert imported.title == TITLE


def test_the_command_imports_each_and_says_what_it_could_not(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", GOOD_SITE)
    (tmp_path / "通知.docx").write_bytes(word(policy()))
    (tmp_path / "网页.htm").write_bytes(PAGE.format(title=TITLE).encode("gbk"))
    (tmp_path / "空.txt").write_bytes(b"")
    files = [str(tmp_path / name) for name in ("通知.docx", "空.txt", "网页.htm")]
    said = gongkai("import", *files, "--site", str(site), "--today", "2026-11-20")
    assert said.code == 2
    assert f"{files[1]}：文件里没有文字，没有导入" in said.err
    assert len(said.out.split()) == 2
    for line in said.out.split():
        assert TITLE in Path(line).read_text()


def test_a_folder_or_a_pipe_is_no_file(tmp_path: Path) -> None:
    said = on(tmp_path, "import", str(tmp_path), "--to", str(tmp_path))
    assert (said.code, said.out) == (2, "")
    assert "不是文件" in said.err
