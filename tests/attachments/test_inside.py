"""Files of a site looked into: what the rules say of them, what is waived, and what is never opened."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.attachments import child, read_all
from generator.attachments.reading import read
from generator.build import examine
from generator.contents import Contents, Obstacle
from generator.finding import Finding, Selection
from generator.model import Asset
from generator.report import text_lines
from tests.attachments import made
from tests.command import files_below, on
from tests.edits import Edit, Files, all_of, put, replace
from tests.sites import GOOD_SITE, TODAY, write_site

NOTICE = "content/statutory/notice/2026/fees.md"
FILE = "content/statutory/notice/2026/fees"
PUBLIC = "公开属性: 主动公开"
ID, CARD, PHONE = "110101199003077715", "6222021234567890128", "13812345678"


def _attach(name: str, *more: str) -> Edit:
    lines = "\n".join((f"附件: [{{文件: {name}, 名称: 收费目录}}]", *more, PUBLIC))
    return replace(NOTICE, PUBLIC, lines)


def _findings(folder: Path, files: Files) -> tuple[Finding, ...]:
    return examine(write_site(folder, files), TODAY).findings


def _said(folder: Path, *edits: Edit, language: str = "zh") -> list[str]:
    found = _findings(folder, all_of(*edits)(GOOD_SITE))
    return [text_lines(one, "zh" if language == "zh" else "en").split("\n")[0] for one in found]


def test_every_rule_says_where_in_the_file(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["退费名单"],
        ["姓名", "证件", "卡号", "电话", "住址"],
        ["张小满", ID, CARD, int(PHONE), "李家村三组12号"],
        ["密级：机密"],
    ]
    book = made.xlsx(("名单", rows), hidden_row=3, author="许晴川")
    assert _said(tmp_path, put(f"{FILE}.xlsx", book)) == [
        f"{FILE}.xlsx:1: 错误 bank-card：有银行卡号：6222***********0128"
        "，在工作表“名单”第3行（隐藏），旁边有姓名“张**”",
        f"{FILE}.xlsx:1: 警告 embedded-metadata：附件里留有作者的名字“许晴川”（属性“作者”）",
        f"{FILE}.xlsx:1: 警告 home-address：有写到门牌的住址：李家村…"
        "，在工作表“名单”第3行（隐藏），旁边有姓名“张**”",
        f"{FILE}.xlsx:1: 错误 personal-id：有公民身份号码：110101********7715"
        "，在工作表“名单”第3行（隐藏），旁边有姓名“张**”",
        f"{FILE}.xlsx:1: 警告 personal-phone：有手机号码：138****5678"
        "，在工作表“名单”第3行（隐藏），旁边有姓名“张**”",
        f"{FILE}.xlsx:1: 错误 secrecy-mark：带有涉密、内部或者不公开的标志“密级：机密”"
        "，在工作表“名单”第4行",
    ]


def test_english_says_the_same(tmp_path: Path) -> None:
    document = made.docx(made.paragraph("名单", made.deleted(f"张小满{ID}")), author="Xu")
    assert _said(tmp_path, put(f"{FILE}.docx", document), language="en") == [
        f"{FILE}.docx:1: warning embedded-metadata: the file holds the name of its author"
        " “Xu” (property “author”)",
        f"{FILE}.docx:1: warning embedded-metadata: the file holds tracked changes by “许晴川” (body)",
        f"{FILE}.docx:1: error personal-id: the number of an identity card: 110101********7715"
        ", in paragraph 1 (deleted text), beside the name “张**”",
    ]


def test_the_whole_number_stands_in_text_alone(tmp_path: Path) -> None:
    (finding,) = _findings(tmp_path, put(f"{FILE}.csv", f"号码\n{ID}\n")(GOOD_SITE))
    assert (finding.place.path, finding.place.line, finding.place.column) == (
        f"{FILE}.csv",
        1,
        None,
    )
    assert (finding.text, finding.suggestion) == (ID, "110101********7715")
    assert ID not in finding.message.zh + finding.message.en + finding.hint.zh


def test_a_list_of_names_is_not_thousands_of_findings(tmp_path: Path) -> None:
    rows = "".join(f"甲{number},138{number:08}\n" for number in range(300))
    said = _said(tmp_path, put(f"{FILE}.csv", f"姓名,电话\n{rows}"))
    assert len(said) == 20
    assert [one for one in said if "还有" in one] == [
        f"{FILE}.csv:1: 警告 personal-phone：有手机号码：138****0019，在第21行；这个附件里还有280处"
    ]


NOT_PERSONAL: dict[str, bytes] = {
    "office telephone": made.docx(made.paragraph("联系电话：0000-00001234，热线12345")),
    "organisation codes": made.xlsx(
        ("名单", [["名称", "统一社会信用代码"], ["海川市某中心", "12110101199003077715"]])
    ),
    "office address": made.docx(made.paragraph("办公地址：海川市望潮区公开路1号3楼301室")),
    "the organ as author": made.docx(
        made.paragraph("目录"),
        author="海川市数据与政务公开局",
        editor="市数政局",
        company="海川市人民政府",
    ),
    "another organ": made.docx(author="海川市财政局", company="财政局办公室"),
    "programs": made.docx(author="python-docx", editor="Microsoft Office User", company="微软中国"),
    "notes that tell how to fill in a form": made.xlsx(
        ("表", [["金额"]]), note=("A1", "海川市数据与政务公开局", "单位：元")
    ),
    "masked": made.docx(made.paragraph("张小满，138****5678，110101********7715")),
    "talk about secrets": made.docx(made.paragraph("国家秘密分为绝密、机密、秘密三级。")),
}


@pytest.mark.parametrize("name", NOT_PERSONAL)
def test_what_is_not_personal(tmp_path: Path, name: str) -> None:
    suffix = "xlsx" if b"xl/workbook.xml" in NOT_PERSONAL[name] else "docx"
    assert _said(tmp_path, put(f"{FILE}.{suffix}", NOT_PERSONAL[name])) == []


def _padded(content: bytes) -> bytes:
    return content + bytes(200)


BAD: dict[str, tuple[str, bytes, str]] = {
    "cut short": ("docx", made.docx(made.paragraph("甲"))[:900], "已经损坏，打不开"),
    "locked PDF": ("pdf", made.pdf("one", password="s"), "加了密码，打不开"),  # noqa: S106
    "locked docx": (
        "docx",
        _padded(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        "加了密码，打不开",
    ),
    "bomb": (
        "xlsx",
        made.zipped({"[Content_Types].xml": "", "xl/workbook.xml": b" " * 40_000_000}),
        "解压后大得不合常理（可能是压缩炸弹）",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_nobody_can_open_is_a_bad_attachment(tmp_path: Path, name: str) -> None:
    suffix, content, problem = BAD[name]
    said = _said(tmp_path, _attach(f"fees.{suffix}"), put(f"{FILE}.{suffix}", content))
    assert said == [f"{NOTICE}:6:11: 错误 bad-attachment：附件 fees.{suffix} {problem}"]


def test_a_good_file_is_read_beside_a_bad_one(tmp_path: Path) -> None:
    files = all_of(
        put(f"{FILE}.pdf", made.pdf("one")[:300]),
        put(f"{FILE}-b.pdf", made.pdf(f"No {ID}")),
    )(GOOD_SITE)
    assert [finding.place.path for finding in _findings(tmp_path, files)] == [f"{FILE}-b.pdf"]


WAIVER = "豁免: [{规则: personal-id, 理由: 公开的样例, 批准人: 周望舒, 期限: 2027-01-01}]"


def test_a_published_sample_is_waived_by_its_document(tmp_path: Path) -> None:
    sample = put(f"{FILE}.csv", f"号码\n{ID}\n")
    assert _said(tmp_path / "a", sample, _attach("fees.csv", WAIVER)) == []
    expired = WAIVER.replace("2027-01-01", "2026-11-19")
    assert [
        one.split(" ")[2].split("：")[0]
        for one in _said(tmp_path / "b", sample, _attach("fees.csv", expired))
    ] == ["personal-id", "expired-waiver"]


def test_a_published_sample_is_waived_in_the_settings(tmp_path: Path) -> None:
    waiver = (
        f"waivers: [{{rule: personal-id, path: {FILE}.csv, reason: 样例, by: 周望舒, "
        "until: 2027-01-01}]\ntopics:"
    )
    edit = replace("site.yaml", "topics:", waiver)
    assert _said(tmp_path, put(f"{FILE}.csv", f"号码\n{ID}\n"), edit) == []


HELD_BACK = ("公开属性: 依申请公开", "公开属性: 不予公开", f"草稿: 是\n{PUBLIC}")


@pytest.mark.parametrize("line", HELD_BACK)
def test_files_of_documents_held_back_leave_no_trace(tmp_path: Path, line: str) -> None:
    """Neither in the output, whatever the compression, nor in the report."""
    mark = "麒麟碑"
    document = made.docx(made.paragraph(f"{mark}{ID}"), author=mark)
    secret = GOOD_SITE[NOTICE]
    assert isinstance(secret, str)
    text = secret.replace(PUBLIC, f"附件: [qilinbei.docx, 名单.zip]\n{line}")
    files = {
        **GOOD_SITE,
        "content/statutory/notice/2026/standards.md": text.replace("2026-00010", "2026-00012")
        .replace("收费情况说明", f"{mark}名单")
        .replace("没有行政事业性收费项目", f"{mark}"),
        "content/statutory/notice/2026/qilinbei.docx": document,
        "content/statutory/notice/2026/名单.zip": made.zipped({"qilinbei.csv": f"{mark},{ID}"}),
    }
    site = write_site(tmp_path / "site", files)
    said = on(site, "build", "--out", tmp_path / "out", "--format", "json", "--strict")
    assert said.code == 0, said.out
    for hidden in (mark, "qilinbei", ID, "名单.zip"):
        assert hidden not in said.out + said.err
    for url, content in files_below(tmp_path / "out").items():
        held = content
        if url.endswith((".docx", ".xlsx", ".pptx", ".zip")):
            passages = read(content, Path(url).suffix).passages
            held += "".join(passage.text for passage in passages).encode()
        for hidden in (mark, "qilinbei", ID, "名单.zip"):
            assert hidden.encode() not in url.encode() + held, url


def test_nothing_is_opened_that_no_rule_asks_for(tmp_path: Path) -> None:
    """A pipe would hold whoever opens it for ever."""
    site = write_site(tmp_path, put(f"{FILE}.csv", "甲\n")(GOOD_SITE))
    outcome = examine(site, TODAY, selection=Selection(frozenset({"front-matter"})))
    assert outcome.site.contents == {}
    outcome = examine(site, TODAY, selection=Selection(frozenset({"personal-id"})))
    assert list(outcome.site.contents) == [
        f"{FILE}.csv",
        "content/statutory/policy/2026/data-sharing-catalog.csv",
    ]


def _assets(folder: Path) -> list[Asset]:
    return [
        Asset(path.relative_to(folder).as_posix(), path.name, path.stat().st_size)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def test_what_was_read_is_remembered_by_its_bytes(tmp_path: Path) -> None:
    document, pages = made.docx(made.paragraph("甲")), made.pdf("one")
    write_site(
        tmp_path,
        {"a.csv": "甲,乙\n", "a.docx": document, "b.pdf": pages, "c.pdf": pages, "d.exe": b"MZ"},
    )
    memory: dict[str, str] = {}
    first = read_all(tmp_path, _assets(tmp_path), memory)
    assert sorted(first) == ["a.csv", "a.docx", "b.pdf", "c.pdf"]
    assert first["b.pdf"] == first["c.pdf"] == read(pages, ".pdf")
    assert len(memory) == 2
    assert read_all(tmp_path, _assets(tmp_path), memory) == first
    # What is remembered is not read again; what cannot be understood is.
    other = Contents(obstacle=Obstacle.TOO_LARGE)
    told = read_all(tmp_path, _assets(tmp_path), dict.fromkeys(memory, other.to_json()))
    assert told == {**dict.fromkeys(first, other), "a.csv": first["a.csv"]}
    for nonsense in ("", "[]", "{}", '{"passages": 3, "traces": [], "obstacle": null}'):
        broken = dict.fromkeys(memory, nonsense)
        assert read_all(tmp_path, _assets(tmp_path), broken) == first
        assert broken == memory


def _endless() -> bytes:
    """A PDF of a few kilobytes whose one page takes a library hours."""
    good = made.pdf("one")
    steps = b"BT /F1 12 Tf " + b"(a) Tj 1 0 0 1 9 9 cm " * 2_000_000 + b"ET"
    packed = zlib.compress(steps, 9)
    start = good.index(b"BT /F1")
    head, tail = good[:start], good[good.index(b"endstream", start) :]
    at = head.rindex(b"/Length")
    length = b"/Length %d /Filter /FlateDecode" % len(packed)
    rest = head[at:].split(b"\n", 1)[1] if b"\n" in head[at:] else b">>\nstream\n"
    return head[:at] + length + b"\n" + rest + packed + b"\n" + tail


def test_a_reader_that_runs_away_is_ended(tmp_path: Path) -> None:
    before = _children()
    found = list(
        child.contents(
            [(".pdf", made.pdf("one")), (".pdf", _endless()), (".pdf", made.pdf("two"))], seconds=1
        )
    )
    assert found == [
        read(made.pdf("one"), ".pdf"),
        Contents(obstacle=Obstacle.TOO_SLOW),
        read(made.pdf("two"), ".pdf"),
    ]
    assert _children() == before


def _children() -> list[int]:
    """The readers that this process has started and that are still there."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            words = (status.parent / "cmdline").read_bytes()
            if b"attachments.child" in words and f"PPid:\t{os.getpid()}\n" in status.read_text():
                found.append(int(status.parent.name))
        except OSError:
            continue  # it has ended meanwhile
    return sorted(found)


def _few() -> Iterator[tuple[str, bytes]]:
    yield ".pdf", made.pdf("one")
    yield ".pdf", made.pdf("two")


def test_who_stops_listening_leaves_no_process_behind() -> None:
    before = _children()
    answers = child.contents(_few())
    assert next(answers) == read(made.pdf("one"), ".pdf")
    answers.close()
    assert _children() == before
