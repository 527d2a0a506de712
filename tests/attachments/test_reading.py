"""What stands inside office files, PDFs and pictures, corner by corner, with its place."""

from __future__ import annotations

import io
import random

import docx as python_docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.attachments import LARGEST_FILE, READABLE, read
from generator.attachments.package import MOST_ENTRIES
from generator.contents import MOST_TEXT, Contents, Obstacle, from_json
from tests.attachments import made

NUMBER = "110101199003077715"


def _lines(contents: Contents) -> list[tuple[str, str]]:
    """Every stretch of text with its place, blank ones left out."""
    found = []
    for passage in contents.passages:
        ends = [at for at, _, _ in passage.marks[1:]] + [len(passage.text)]
        for (start, zh, _), end in zip(passage.marks, ends, strict=True):
            found.append((zh, passage.text[start:end].strip()))
    return found


def _traces(contents: Contents) -> list[tuple[str, str, str]]:
    return [(trace.sort.value, trace.words, trace.where.zh) for trace in contents.traces]


def test_word() -> None:
    contents = read(
        made.docx(
            made.paragraph("名单"),
            made.paragraph("甲", made.hidden("藏"), "乙"),
            made.paragraph(made.inserted("加"), made.deleted("删"), "尾"),
            made.table(("姓名", "号码"), ("张三", NUMBER)),
            author="许晴川",
            editor="xuqc",
            company="某公司",
            header="页眉字",
            footnote="脚注字",
            comment=("周望舒", "批注字"),
            parts={"word/media/image1.jpeg": made.jpeg("何清越")},
        ),
        ".docx",
    )
    assert _lines(contents) == [
        ("批注第1段", "批注字"),
        ("第1段", "名单"),
        ("第2段", "甲"),
        ("第2段（隐藏文字）", "藏"),
        ("第2段", "乙"),
        ("第3段", "加尾"),
        ("第3段（修订中删除的文字）", "删"),
        ("表1第1行", "| 姓名 | 号码 |"),
        ("表1第2行", f"| 张三 | {NUMBER} |"),
        ("第4段", "批注在此"),
        ("脚注第1段", "脚注字"),
        ("页眉第1段", "页眉字"),
        ("属性“作者”", "许晴川"),
        ("属性“上次修改者”", "xuqc"),
        ("属性“单位”", "某公司"),
        ("属性“KSOProductBuildVer”", "KSOProductBuildVer：2052-12.1.0"),
    ]
    assert _traces(contents) == [
        ("comment", "周望舒", "正文"),
        ("change", "许晴川", "正文"),
        ("author", "许晴川", "属性“作者”"),
        ("editor", "xuqc", "属性“上次修改者”"),
        ("company", "某公司", "属性“单位”"),
        ("property", "KSOProductBuildVer：2052-12.1.0", "属性“KSOProductBuildVer”"),
        ("author", "何清越", "第1张图片的拍摄信息"),
        ("location", "", "第1张图片的拍摄信息"),
    ]


def test_what_python_docx_writes() -> None:
    document = python_docx.Document()
    document.add_heading("名单", 1)
    document.add_paragraph("第一段")
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "张三", NUMBER
    document.sections[0].footer.paragraphs[0].text = "页脚字"
    stream = io.BytesIO()
    document.save(stream)
    found = _lines(read(stream.getvalue(), ".docx"))
    assert found[:4] == [
        ("第1段", "名单"),
        ("第2段", "第一段"),
        ("表1第1行", f"| 张三 | {NUMBER} |"),
        ("页脚第1段", "页脚字"),
    ]


def test_workbook() -> None:
    contents = read(
        made.xlsx(
            (
                "名单",
                [["发放名单"], ["姓名", "电话", "备注"], ["张三", 13812345678, "甲"], ["李四"]],
            ),
            ("底稿", [[NUMBER, 1.3812345678e20]]),
            hidden_sheet="底稿",
            hidden_row=3,
            hidden_column="C",
            note=("B2", "许晴川", "看这里"),
        ),
        ".xlsx",
    )
    assert _lines(contents) == [
        ("工作表“名单”第1行", "发放名单"),
        ("工作表“名单”第2行", "| 姓名 | 电话"),
        ("工作表“名单”第2行C列（隐藏）", "| 备注"),
        ("工作表“名单”第2行", "|"),
        ("工作表“名单”第3行（隐藏）", "| 张三 | 13812345678"),
        ("工作表“名单”第3行C列（隐藏）", "| 甲"),
        ("工作表“名单”第3行（隐藏）", "|"),
        ("工作表“名单”第4行", "| 李四 |"),
        ("隐藏的工作表“底稿”第1行", f"| {NUMBER} | 138123456780000000000 |"),
        ("工作表“名单”B2的批注", "看这里"),
        ("属性“作者”", "openpyxl"),
    ]
    assert ("comment", "许晴川", "工作表“名单”的批注") in _traces(contents)


def test_folders_of_a_workbook_are_traces() -> None:
    book = openpyxl.Workbook()
    stream = io.BytesIO()
    book.save(stream)
    content = made.with_part(
        stream.getvalue(),
        "xl/workbook.xml",
        lambda part: part.replace(
            b"<sheets>", rb'<absPath xmlns="urn:x" url="D:\xuqc\draft\"/><sheets>'
        ),
    )
    assert ("folder", "D:\\xuqc\\draft\\", "工作簿所在的文件夹") in _traces(read(content, ".xlsx"))


def test_presentation() -> None:
    contents = read(
        made.pptx("一", "二", notes="备注字", hidden_slide=2, comment=("许晴川", "再核")), ".pptx"
    )
    assert _lines(contents) == [
        ("第1张幻灯片", "一"),
        ("第1张幻灯片的备注", "备注字"),
        ("第1张幻灯片的批注", "再核"),
        ("第2张幻灯片（隐藏）", "二"),
        ("属性“ICV”", "ICV：0A1B"),
    ]
    assert _traces(contents)[0] == ("comment", "许晴川", "批注")


def test_pdf() -> None:
    contents = read(
        made.pdf(
            "one",
            f"No {NUMBER}",
            author="Xu",
            remark=("Zhou", "check"),
            embedded={"list.csv": f"张三,{NUMBER}".encode()},
        ),
        ".pdf",
    )
    assert _lines(contents) == [
        ("属性“Producer”", "pypdf"),
        ("属性“标题”", "Places"),
        ("属性“作者”", "Xu"),
        ("内含文件“list.csv”第1行", f"| 张三 | {NUMBER} |"),
        ("第1页的批注", "check"),
        ("第1页", "one"),
        ("第2页", f"No {NUMBER}"),
    ]
    assert _traces(contents) == [
        ("author", "Xu", "属性“作者”"),
        ("file", "list.csv", "PDF 的附件"),
        ("comment", "Zhou", "第1页的批注"),
    ]


def test_photographs_in_a_pdf() -> None:
    contents = read(made.pdf("one", photo=made.jpeg("许晴川")), ".pdf")
    assert _traces(contents) == [
        ("author", "许晴川", "第1页的图片"),
        ("location", "", "第1页的图片"),
    ]


def test_ofd() -> None:
    contents = read(
        made.zipped(
            {
                "OFD.xml": '<o:OFD xmlns:o="http://www.ofdspec.org/2016"><o:DocBody><o:DocInfo>'
                "<o:Author>许晴川</o:Author></o:DocInfo></o:DocBody></o:OFD>",
                "Doc_0/Pages/Page_1/Content.xml": '<o:Page xmlns:o="http://www.ofdspec.org/2016">'
                "<o:TextObject><o:TextCode>机密★10年</o:TextCode></o:TextObject></o:Page>",
            }
        ),
        ".ofd",
    )
    assert _lines(contents) == [("第2页", "机密★10年")]
    assert _traces(contents) == [("author", "许晴川", "属性“作者”")]


def test_plain_files() -> None:
    assert _lines(read('姓名,电话\n张三,"1\n2"\n'.encode(), ".csv")) == [
        ("第1行", "| 姓名 | 电话 |"),
        ("第3行", "| 张三 | 1 2 |"),
    ]
    assert _lines(read("姓名\t电话\n".encode("utf-16"), ".tsv")) == [("第1行", "| 姓名 | 电话 |")]
    assert _lines(read("甲\n\n乙".encode("gb18030"), ".txt")) == [("第1行", "甲"), ("第3行", "乙")]


def test_files_that_are_text_themselves() -> None:
    page = (
        f"<html><head><title>名单</title></head>\n<body><p>张三</p><p>{NUMBER}</p>&lt;甲&gt;</body>"
    )
    assert _lines(read(page.encode(), ".html")) == [
        ("第1行", "名单"),
        ("第2行", f"张三\n{NUMBER}\n<甲>"),
    ]
    drawing = f"<svg><!-- 草稿 --><text>{NUMBER}</text></svg>"
    assert _lines(read(drawing.encode(), ".svg")) == [("第1行", f"草稿   {NUMBER}")]
    rich = rb"{\rtf1\ansi\ansicpg936 \'d5\'c5\'c8\'fd \u38376?\b " + NUMBER.encode() + rb"\par 2}"
    for suffix in (".rtf", ".doc"):
        assert _lines(read(rich, suffix)) == [("第1行", f"张三 门{NUMBER}\n2")]
    assert _lines(read(f'{{"号码": "{NUMBER}"}}'.encode(), ".json")) == [
        ("第1行", f'{{"号码": "{NUMBER}"}}')
    ]


def test_old_office_files_are_searched() -> None:
    contents = read(made.old(f"姓名张三号码{NUMBER}\r第二段落文字", "许晴川", "某公司"), ".doc")
    found = dict(_lines(contents))
    assert f"姓名张三号码{NUMBER}\n第二段落文字" in found["内容（旧格式，位置不详）"]
    assert found["属性“标题”"] == "名单"
    assert _traces(contents) == [
        ("author", "许晴川", "属性“作者”"),
        ("company", "某公司", "属性“单位”"),
    ]


def test_copies_that_a_workbook_keeps() -> None:
    cells = f"<x><r><s v='张三'/><s v='{NUMBER}'/></r></x>"
    links = made.folder_link("file:///C:/Users/xuqc/名单.xlsx")
    content = made.with_parts(
        made.xlsx(("表", [["甲"]])),
        {
            "xl/pivotCache/pivotCacheRecords1.xml": cells,
            "xl/charts/chart1.xml": "<c><v>李四</v></c>",
            "xl/externalLinks/externalLink1.xml": "<e><v>王五</v></e>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": links,
            "customXml/item1.xml": "<f><name>赵六</name></f>",
        },
    )
    contents = read(content, ".xlsx")
    found = _lines(contents)
    assert ("数据透视表的缓存", f"张三\n{NUMBER}") in found
    assert ("图表的数据", "李四") in found
    assert ("外部链接的缓存", "王五") in found
    assert ("自定义 XML", "赵六") in found
    assert ("folder", "file:///C:/Users/xuqc/名单.xlsx", "外部链接") in _traces(contents)


def test_the_template_of_a_document_is_a_folder() -> None:
    target = "file:///C:\\Users\\xuqc\\Normal.dotm"
    parts = {"word/_rels/settings.xml.rels": made.folder_link(target)}
    contents = read(made.docx(made.paragraph("甲"), parts=parts), ".docx")
    assert ("folder", target, "外部链接") in _traces(contents)


def test_archives_are_looked_into() -> None:
    inner = made.zipped({"深/名单.xlsx": made.xlsx(("表", [[NUMBER]]))})
    contents = read(made.zipped({"a.zip": inner, "b.txt": b"words", "c.exe": b"MZ"}), ".zip")
    assert _lines(contents)[0] == (
        "内含文件“a.zip”内含文件“深/名单.xlsx”工作表“表”第1行",
        NUMBER,
    )
    deeper = made.zipped({"a.zip": made.zipped({"b.zip": inner})})
    assert read(deeper, ".zip").obstacle is Obstacle.TOO_LARGE


def test_pictures() -> None:
    assert _traces(read(made.jpeg("许晴川"), ".jpg")) == [
        ("author", "许晴川", "拍摄信息"),
        ("location", "", "拍摄信息"),
    ]
    assert _traces(read(made.jpeg("", located=False), ".jpg")) == []
    assert _traces(read(made.png("Xu"), ".png")) == [
        ("location", "", "拍摄信息"),
        ("author", "Xu", "拍摄信息"),
    ]


OBSTACLES: dict[str, tuple[bytes, str, Obstacle]] = {
    "cut short": (made.docx(made.paragraph("甲"))[:800], ".docx", Obstacle.DAMAGED),
    "no XML": (
        made.docx(parts={"word/document.xml": "<a><b></a>"}),
        ".docx",
        Obstacle.DAMAGED,
    ),
    "document type": (
        made.docx(parts={"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        ".docx",
        Obstacle.DAMAGED,
    ),
    "entities that multiply": (
        made.docx(
            parts={
                "word/document.xml": '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">'
                + "".join(f'<!ENTITY b{n} "{f"&b{n - 1 or str()};" * 10}">' for n in range(1, 12))
                + "]><a>&b11;</a>"
            }
        ),
        ".docx",
        Obstacle.DAMAGED,
    ),
    "half a PDF": (made.pdf("one", "two")[:500], ".pdf", Obstacle.DAMAGED),
    "no PDF": (b"%PDF-1.7\n" + b"01" * 500, ".pdf", Obstacle.DAMAGED),
    "PDF that ends as it should": (
        b"%PDF-1.7\n" + b"01" * 500 + b"%%EOF",
        ".pdf",
        Obstacle.UNKNOWN,
    ),
    "PDF with a password": (made.pdf("one", password="s"), ".pdf", Obstacle.ENCRYPTED),  # noqa: S106
    "PDF that may not be printed": (made.locked(), ".pdf", Obstacle.UNKNOWN),
    "office file with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        ".docx",
        Obstacle.ENCRYPTED,
    ),
    "grown part": (
        made.zipped({"[Content_Types].xml": "", "word/document.xml": b" " * 40_000_000}),
        ".docx",
        Obstacle.BOMB,
    ),
    "too many entries": (
        made.zipped({f"word/{n}.xml": "" for n in range(MOST_ENTRIES + 1)}),
        ".docx",
        Obstacle.BOMB,
    ),
    "too large": (b"\0" * (LARGEST_FILE + 1), ".txt", Obstacle.TOO_LARGE),
}


@pytest.mark.parametrize("name", OBSTACLES)
def test_what_stands_in_the_way(name: str) -> None:
    content, suffix, obstacle = OBSTACLES[name]
    assert read(content, suffix) == Contents(obstacle=obstacle)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx", ".zip"])
def test_room_kept_for_a_file_is_no_damage(suffix: str) -> None:
    mark = b"%PDF-1.7\n" if suffix == ".pdf" else b"PK\x03\x04"
    assert read(mark.ljust(90_000, b" "), suffix) == Contents()


def test_a_password_that_only_forbids_printing_is_none() -> None:
    assert ("第1页", "one") in _lines(read(made.pdf("one", password=""), ".pdf"))


SEEDS: dict[str, bytes] = {
    ".docx": made.docx(
        made.paragraph("甲", made.deleted("删")),
        made.table(("a", "b")),
        comment=("周", "注"),
        parts={"word/media/image1.jpeg": made.jpeg("何")},
    ),
    ".xlsx": made.xlsx(("表", [["甲", 1]]), hidden_row=1, note=("A1", "许", "注")),
    ".pptx": made.pptx("一", notes="备"),
    ".pdf": made.pdf("one", author="Xu", remark=("Zhou", "check"), embedded={"a.txt": b"x"}),
    ".zip": made.zipped({"a.csv": "甲,乙", "b.pdf": made.pdf("one")}),
    ".jpg": made.jpeg("何"),
    ".png": made.png("He"),
    ".csv": "甲,乙\n".encode(),
    ".doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "旧文件的文字".encode("utf-16-le"),
}


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_bytes_make_a_reader_raise(data: st.DataObject) -> None:
    suffix = data.draw(st.sampled_from(sorted(SEEDS)))
    content = bytearray(SEEDS[suffix])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=12))
        content = content or bytearray(b"P")
    contents = read(bytes(content), data.draw(st.sampled_from([suffix, *sorted(READABLE)])))
    assert from_json(contents.to_json()) == contents


def test_xml_changed_at_random_is_read_or_refused() -> None:
    """Inside the package, where the checksum of the zip does not stop the change."""
    chance = random.Random(20261120)
    document = made.docx(made.paragraph("甲"), made.table(("a", "b"), ("c", "d")))
    for _ in range(150):

        def change(part: bytes) -> bytes:
            at = chance.randrange(len(part))
            return part[:at] + chance.randbytes(chance.randrange(4)) + part[at + 3 :]

        contents = read(made.with_part(document, "word/document.xml", change), ".docx")
        assert contents.obstacle in (None, Obstacle.DAMAGED)


def test_text_without_end_is_read_within_bounds() -> None:
    row = "".join(f'<c t="inlineStr"><is><t>{"甲" * 40}</t></is></c>' for _ in range(20))
    sheet = f"<worksheet><sheetData>{f'<row>{row}</row>' * 6_500}</sheetData></worksheet>"
    content = made.with_part(
        made.xlsx(("表", [["甲"]])), "xl/worksheets/sheet1.xml", lambda _: sheet.encode()
    )
    contents = read(content, ".xlsx")
    assert contents.obstacle is Obstacle.TOO_LARGE
    # What was read until then is judged all the same.
    assert len(contents.passages[0].text) == MOST_TEXT


def test_cells_that_repeat_one_long_string_do_not_fill_the_memory() -> None:
    """2,000 bytes of references to a megabyte of text, and as many columns as there are numbers."""
    sheet = ("<worksheet><cols>{}</cols><sheetData><row>{}</row></sheetData></worksheet>").format(
        '<col min="1" max="999999999" hidden="1"/>' * 3_000,
        '<c t="s"><v>0</v></c>' * 50_000,
    )
    content = made.with_parts(
        made.xlsx(("表", [["甲"]])),
        {
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": f"<sst><si><t>{'甲' * 1_000_000}</t></si></sst>",
        },
    )
    contents = read(content, ".xlsx")
    assert sum(len(passage.text) for passage in contents.passages) <= MOST_TEXT


def test_halves_of_characters_are_no_text() -> None:
    contents = read(rb"{\rtf1 \u55357?A}", ".rtf")
    assert _lines(contents) == [("第1行", "?A")]
    assert contents.to_json().encode().decode() == contents.to_json()
