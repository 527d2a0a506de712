"""`gongkai clean`: nothing of its makers is left, the text stays, other programs open the copy."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from generator.attachments import read
from generator.cleaning import CleaningError, clean
from generator.contents import CLEANABLE, Obstacle
from tests.attachments import made
from tests.command import files_below, gongkai

ROOT = Path(__file__).parents[2]
SHOWN = [
    path
    for path in sorted((ROOT / "content").rglob("*.*"))
    if path.suffix in (".docx", ".xlsx", ".pdf")
]
TRACKED = (
    made.paragraph("第一段", made.inserted("加上的"), made.deleted("删去的"), "尾")
    + made.paragraph(
        '<w:pPr><w:rPr><w:del w:id="9" w:author="许晴川"/></w:rPr></w:pPr>',
        made.deleted("整段删去"),
    )
    + made.paragraph(
        '<w:r><w:rPr><w:b/><w:rPrChange w:id="8" w:author="许晴川"><w:rPr/></w:rPrChange></w:rPr>'
        "<w:t>改过格式</w:t></w:r>"
    )
    + '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1"/></w:tblGrid>'
    f"<w:tr><w:tc><w:tcPr/>{made.paragraph('留下的行')}</w:tc></w:tr>"
    '<w:tr><w:trPr><w:del w:id="7" w:author="许晴川"/></w:trPr>'
    f"<w:tc><w:tcPr/>{made.paragraph(made.deleted('删去的行'))}</w:tc></w:tr></w:tbl>"
)


def _docx() -> bytes:
    return made.docx(
        TRACKED,
        made.paragraph("可见", made.hidden("隐藏的字")),
        author="许晴川",
        editor="xuqc",
        company="海川某某科技有限公司",
        header="页眉字",
        footnote="脚注字",
        comment=("周望舒", "再核"),
        parts={
            "word/media/image1.jpeg": made.jpeg("何清越"),
            "word/embeddings/sheet1.xlsx": made.xlsx(("表", [["甲"]]), author="林知秋"),
        },
    )


def _xlsx() -> bytes:
    rows: list[list[object]] = [["姓名", "数"], ["张某", 3]]
    content = made.xlsx(
        ("名单", rows),
        ("底稿", [["乙"]]),
        hidden_sheet="底稿",
        note=("B2", "许晴川", "再核"),
        author="许晴川",
    )
    return made.with_part(
        content,
        "xl/workbook.xml",
        lambda part: part.replace(b"<sheets>", rb'<absPath xmlns="urn:x" url="D:\xuqc\"/><sheets>'),
    )


def _pdf() -> bytes:
    return made.pdf(
        "one",
        "two",
        author="Xu",
        remark=("Zhou", "check"),
        embedded={"a.txt": b"x"},
        photo=made.jpeg("何清越"),
    )


MADE: dict[str, Callable[[], bytes]] = {
    ".docx": _docx,
    ".xlsx": _xlsx,
    ".pptx": lambda: made.pptx("一", "二", notes="备注字", hidden_slide=2, comment=("许", "再核")),
    ".pdf": _pdf,
    ".jpg": lambda: made.jpeg("何清越"),
    ".png": lambda: made.png("He"),
}
NAMES = (
    "许晴川",
    "xuqc",
    "周望舒",
    "何清越",
    "林知秋",
    "再核",
    "Xu",
    "Zhou",
    "check",
    "有限公司",
    "删去",
)


@pytest.mark.parametrize("suffix", MADE)
def test_nothing_of_the_makers_is_left(suffix: str) -> None:
    original = MADE[suffix]()
    assert read(original, suffix).traces
    copy = clean(original, suffix)
    assert read(copy, suffix).traces == ()
    assert read(copy, suffix).obstacle is None
    held = [copy]
    if zipfile.is_zipfile(io.BytesIO(copy)):
        with zipfile.ZipFile(io.BytesIO(copy)) as package:
            assert package.testzip() is None
            held = [package.read(name) for name in package.namelist()]
    for name in NAMES:
        assert not any(name.encode() in part for part in held), name
    # The same bytes every time, and clean is clean.
    assert clean(original, suffix) == copy
    assert clean(copy, suffix) == copy or suffix == ".pdf"


def test_word_opens_with_every_change_accepted() -> None:
    document = python_docx.Document(io.BytesIO(clean(_docx(), ".docx")))
    assert [one.text for one in document.paragraphs] == [
        "第一段加上的尾",
        "改过格式",
        "可见隐藏的字",
        "批注在此",
    ]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["留下的行"]]
    assert document.paragraphs[1].runs[0].bold
    assert document.sections[0].header.paragraphs[0].text == "页眉字"
    assert (document.core_properties.author, document.core_properties.last_modified_by) == ("", "")
    names = {part.partname for part in document.part.package.iter_parts()}
    assert not any("comments" in name or "custom" in name for name in names)


def test_whatever_is_not_cut_stays_byte_for_byte() -> None:
    """Prefixes that nobody seems to use, entities, comments, the order of attributes."""
    odd = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:w14="urn:w14" mc:Ignorable="w14"><!-- > --><w:body>{}'
        "<w:p w14:paraId='1>2'><w:r><w:t xml:space=\"preserve\"> a&amp;b&#x4E00; </w:t></w:r></w:p>"
        "<w:sectPr/></w:body></w:document>"
    )
    content = made.docx(parts={"word/document.xml": odd.format(made.paragraph(made.deleted("删")))})
    copy = clean(content, ".docx")
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        assert package.read("word/document.xml").decode() == odd.format("<w:p></w:p>")


def test_xml_in_utf_16_is_cleaned_too() -> None:
    declared = '<?xml version="1.0" encoding="UTF-16"?>'
    content = made.with_part(
        _docx(),
        "docProps/core.xml",
        lambda part: (declared + part.decode()).encode("utf-16"),
    )
    assert read(content, ".docx").traces
    assert read(clean(content, ".docx"), ".docx").traces == ()


def test_excel_opens_without_notes() -> None:
    book = openpyxl.load_workbook(io.BytesIO(clean(_xlsx(), ".xlsx")))
    sheet = book["名单"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["姓名", "数"],
        ["张某", 3],
    ]
    assert sheet["B2"].comment is None
    assert book["底稿"].sheet_state == "hidden"
    assert not book.properties.creator


def test_buttons_of_a_sheet_stay_when_its_notes_go() -> None:
    def button(drawing: bytes) -> bytes:
        shape = b'<v:shape id="b"><x:ClientData ObjectType="Button"/></v:shape></xml>'
        return drawing.replace(b"</xml>", shape)

    name = "xl/drawings/commentsDrawing1.vml"
    copy = clean(made.with_part(_xlsx(), name, button), ".xlsx")
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        drawing = package.read(name)
        assert (drawing.count(b"ObjectType"), b'ObjectType="Button"' in drawing) == (1, True)
        assert b"legacyDrawing" in package.read("xl/worksheets/sheet1.xml")
    assert openpyxl.load_workbook(io.BytesIO(copy))["名单"]["B2"].comment is None


def test_pdf_keeps_its_pages_and_its_title() -> None:
    reader = PdfReader(io.BytesIO(clean(_pdf(), ".pdf")))
    assert [page.extract_text() for page in reader.pages] == ["one", "two"]
    said = {key: str(value) for key, value in (reader.metadata or {}).items()}
    assert said == {"/Producer": "gongkai", "/Title": "Places"}
    assert list(reader.attachments) == []


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.name)
def test_the_attachments_of_the_demonstration(path: Path) -> None:
    """Made by other programs than these tests: the names of the organ go, the words stay."""
    original = path.read_bytes()
    copy = clean(original, path.suffix)
    assert read(copy, path.suffix).traces == ()
    properties = "属性"
    texts = [
        [
            one
            for one in read(content, path.suffix).passages
            if not one.marks[0][1].startswith(properties)
        ]
        for content in (original, copy)
    ]
    assert texts[0] == texts[1] != []
    assert clean(original, path.suffix) == copy
    if path.suffix == ".docx":
        python_docx.Document(io.BytesIO(copy))
    elif path.suffix == ".xlsx":
        openpyxl.load_workbook(io.BytesIO(copy))
    else:
        stream = PdfReader(io.BytesIO(copy)).root_object.get("/Metadata")
        said = stream.get_object().get_data() if stream else b""
        assert b"creator" not in said
        assert bool(stream) == (b"/Metadata" in original)


def test_a_sealed_pdf_is_left_alone() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made.pdf("one", author="Xu"))))
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/SigFlags"): NumberObject(3)}
    )
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(CleaningError, match="digital seal"):
        clean(stream.getvalue(), ".pdf")


def test_the_picture_itself_is_not_encoded_anew() -> None:
    original = made.jpeg("何清越")
    copy = clean(original, ".jpg")
    start = original.index(b"\xff\xdb")
    assert copy == original[:2] + original[start:]
    # Which way up it is must be told, or it would lie on its side.
    turned = made.turned(original, 6)
    assert made.orientation(turned) == made.orientation(clean(turned, ".jpg")) == 6
    assert read(clean(turned, ".jpg"), ".jpg").traces == ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for suffix, content in MADE.items():
        (tmp_path / f"a{suffix}").write_bytes(content())
    return tmp_path


def test_a_copy_beside_each_file(folder: Path) -> None:
    before = files_below(folder)
    said = gongkai("clean", *(folder / name for name in before))
    after = files_below(folder)
    assert said.code == 0
    assert {name: after[name] for name in before} == before
    assert sorted(after) == sorted([*before, *(f"a.cleaned{suffix}" for suffix in MADE)])
    assert said.out == (
        f"{folder}/a.cleaned.docx：已删去作者的名字、修改者的名字、单位的名称、自定义的属性、批注、修订记录、照片的拍摄地点\n"
        f"{folder}/a.cleaned.jpg：已删去作者的名字、照片的拍摄地点\n"
        f"{folder}/a.cleaned.pdf：已删去作者的名字、批注、照片的拍摄地点、夹带的文件\n"
        f"{folder}/a.cleaned.png：已删去作者的名字、照片的拍摄地点\n"
        f"{folder}/a.cleaned.pptx：已删去自定义的属性、批注\n"
        f"{folder}/a.cleaned.xlsx：已删去作者的名字、批注、制作者电脑上的文件夹\n"
    )
    assert said.err == (
        "    请核对：第3段（隐藏文字）\n"
        "    请核对：第1张幻灯片的备注\n"
        "    请核对：第2张幻灯片（隐藏）\n"
        "    请核对：隐藏的工作表“底稿”\n"
    )


def test_another_place_and_the_same(folder: Path) -> None:
    file = folder / "a.docx"
    original = file.read_bytes()
    said = gongkai("clean", file, "--to", folder / "b.docx", "--lang", "en")
    assert (said.code, said.err) == (0, "    to be looked at: paragraph 3 (hidden text)\n")
    assert said.out == (
        f"{folder}/b.docx: removed the name of its author, the name of who changed it last, "
        "the name of an organisation, a property of its own, comments, tracked changes, "
        "the place where a photograph was taken\n"
    )
    (folder / "out").mkdir()
    assert gongkai("clean", file, folder / "a.pdf", "--to", folder / "out").code == 0
    assert file.read_bytes() == original
    file.chmod(0o640)
    assert gongkai("clean", file, "--in-place").code == 0
    assert file.stat().st_mode & 0o777 == 0o640
    copies = [folder / "b.docx", folder / "out" / "a.docx", file]
    assert {copy.read_bytes() for copy in copies} == {clean(original, ".docx")}
    assert not list(folder.rglob(".*"))


def _refused(*words: str | Path) -> str:
    said = gongkai("clean", *words)
    assert said.code == 2
    assert "Traceback" not in said.err
    return said.err


def test_what_is_refused_is_said_and_changes_nothing(folder: Path) -> None:
    (folder / "b.docx").write_bytes(b"kept")
    (folder / "locked.pdf").write_bytes(made.pdf("one", password="s"))  # noqa: S106
    (folder / "broken.docx").write_bytes(_docx()[:700])
    (folder / "old.docx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    (folder / "a.txt").write_text("甲")
    before = files_below(folder)
    assert "b.docx 已经存在，没有覆盖" in _refused(folder / "a.docx", "--to", folder / "b.docx")
    assert "locked.pdf 加了密码，去掉密码后再清理" in _refused(folder / "locked.pdf")
    assert "broken.docx 已经损坏，打不开" in _refused(folder / "broken.docx", "--in-place")
    assert "old.docx 是旧格式，不能清理" in _refused(folder / "old.docx")
    assert "a.txt 不是能清理的文件" in _refused(folder / "a.txt")
    assert "无法读取" in _refused(folder / "none.docx")
    assert "无法写入" in _refused(folder / "a.docx", "--to", folder / "none" / "b.docx")
    assert "只能用一个" in _refused(folder / "a.docx", "--to", folder / "c.docx", "--in-place")
    assert files_below(folder) == before
    # One that cannot be cleaned does not hinder the others.
    assert "locked.pdf" in _refused(folder / "locked.pdf", folder / "a.png")
    assert sorted(set(files_below(folder)) - set(before)) == ["a.cleaned.png"]


def test_a_bomb_is_not_unpacked() -> None:
    bomb = made.docx(parts={"word/document.xml": b" " * 40_000_000})
    with pytest.raises(CleaningError, match="beyond reason"):
        clean(bomb, ".docx")


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_bytes_make_the_cleaner_raise_anything_else(data: st.DataObject) -> None:
    suffix = data.draw(st.sampled_from(sorted(MADE)))
    content = bytearray(_SEEDS[suffix])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=12))
        content = content or bytearray(b"P")
    try:
        copy = clean(bytes(content), data.draw(st.sampled_from([suffix, *sorted(CLEANABLE)])))
    except CleaningError:
        return
    assert read(copy, suffix).obstacle in (None, Obstacle.DAMAGED)


_SEEDS = {suffix: content() for suffix, content in MADE.items()}
