"""The word lists of a site: two levels, names, quotations, further lists, and what a bad list leaves standing."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import examine
from generator.domain.own_words import Term, Words
from generator.domain.wordlist import WrongWord
from generator.finding import Finding, Severity
from generator.load.words import read
from generator.model import Tree
from tests.command import on
from tests.edits import Files, append, put, replace
from tests.sites import GOOD_SITE, TODAY, write_site

_NOTICE = "content/statutory/notice/2026/fees.md"
LISTS = Words(
    (
        Term("一网统办", "一网通办"),
        Term("建康", "健康", is_grave=True),
        Term("登陆", "登陆艇"),
        Term("信访件", "信访事项"),
        Term("信访件办", "信访事项办"),
        Term("帐户", "账户", is_grave=True),
    ),
    ("建康路", "一网统办示范街"),
)
FOUND = {
    "推进一网统办": [WrongWord(2, "一网统办", "一网通办")],
    "建康码和建康码": [WrongWord(0, "建康", "健康", True), WrongWord(4, "建康", "健康", True)],
    "信访件办理": [WrongWord(0, "信访件办", "信访事项办")],
    "登陆艇靠岸": [],
    "建康路在一网统办示范街": [],
    "引用“一网统办”和《建康办法》": [],
    "开立帐户，转帐": [WrongWord(2, "帐户", "账户", True), WrongWord(5, "转帐", "转账")],
    "": [],
    "一": [],
}


@pytest.mark.parametrize("text", FOUND)
def test_words_of_the_lists(text: str) -> None:
    assert list(LISTS.wrong_words(text)) == FOUND[text]


def test_a_name_frees_a_word_of_our_own_list() -> None:
    assert list(Words().wrong_words("老帐户弄")) == [WrongWord(1, "帐户", "账户")]
    assert list(Words(names=("老帐户弄",)).wrong_words("老帐户弄")) == []


def test_ten_thousand_words_are_found_each_where_it_stands() -> None:
    terms = tuple(Term(f"{chr(0x4E00 + number)}乙{number}丙", "对") for number in range(10_000))
    some = [term.wrong for term in terms[::100]]
    text = "，".join(some)
    assert list(Words(terms).wrong_words(text)) == [
        WrongWord(text.index(word), word, "对") for word in some
    ]
    # The first two signs of each, and nothing more.
    assert list(Words(terms).wrong_words("，".join(word[:2] for word in some))) == []


def test_words_inside_each_other_take_bounded_time() -> None:
    words = Words(tuple(Term("甲" * length, "乙") for length in range(2, 50)))
    assert len(list(words.wrong_words("甲" * 4900))) == 100


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=60))
def test_no_list_and_no_text_is_too_odd(content: bytes, text: str) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "wordlist.yaml").write_bytes(content)
        findings: list[Finding] = []
        words = read(Path(folder), Tree(), findings)
    assert {finding.rule for finding in findings} <= {"bad-wordlist"}
    assert all(text[one.offset :].startswith(one.wrong) for one in words.wrong_words(text))


def _findings(folder: Path, files: Files) -> list[tuple[str, Severity, int | None, str | None]]:
    found = examine(write_site(folder, files), TODAY).findings
    return [(one.place.path, one.severity, one.place.line, one.target or one.text) for one in found]


def test_two_levels_and_a_further_list(tmp_path: Path) -> None:
    files = append(_NOTICE, "推进一网统办，出示建康码。")(GOOD_SITE)
    files = put("wordlist.yaml", "一网统办: 一网通办\n")(files)
    files = put("words/health.yaml", "严重: {建康码: 健康码}\n")(files)
    files = replace("site.yaml", "topics:", "wordlist: words/health.yaml\ntopics:")(files)
    assert _findings(tmp_path, files) == [
        (_NOTICE, Severity.WARNING, 12, "一网统办"),
        (_NOTICE, Severity.ERROR, 12, "建康码"),
    ]


def test_a_list_from_a_package_is_read_and_the_package_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "packages" / "gongkai_words_of_a_test"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('the package was run')\n")
    (package / "wordlist.yaml").write_text("建康码: 健康码\n短: 长\n", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "packages"), *sys.path])
    files = append(_NOTICE, "出示建康码。")(GOOD_SITE)
    files = replace("site.yaml", "topics:", f"wordlist: [{package.name}]\ntopics:")(files)
    found = examine(write_site(tmp_path / "site", files), TODAY).findings
    assert [(one.rule, one.place.path, one.target or one.text) for one in found] == [
        ("wording", _NOTICE, "建康码"),
        ("bad-wordlist", "site.yaml", f"{package.name}:2"),
    ]
    assert package.name not in sys.modules


NO_LISTS = {
    "没有.yaml": "没有这个文件",
    "../outside.yaml": "不在站点文件夹里",
    "/etc/hostname": "不在站点文件夹里",
    "link.yaml": "不在站点文件夹里",
    "gongkai_no_such_package": "没有安装这个包",
}


@pytest.mark.parametrize("entry", NO_LISTS)
def test_a_list_that_is_not_there(tmp_path: Path, entry: str) -> None:
    files = replace("site.yaml", "topics:", f"wordlist:\n  - {entry}\ntopics:")(GOOD_SITE)
    site = write_site(tmp_path / "site", files)
    (tmp_path / "outside.yaml").write_text("甲甲: 乙乙\n", encoding="utf-8")
    (site / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    found = examine(site, TODAY).findings
    assert [(one.rule, one.place.path, one.place.line) for one in found] == [
        ("bad-wordlist", "site.yaml", 14)
    ]
    assert NO_LISTS[entry] in found[0].message.zh


BAD_LISTS: dict[bytes, int] = {
    "甲甲: 乙乙\n".encode("gb18030"): 1,
    "甲甲: 乙乙\n丙丙：丁丁\n".encode(): 2,
    "- 甲甲\n- 乙乙\n".encode(): 1,
    "一般:\n  甲甲: [乙, 丙]\n".encode(): 2,
    "专名:\n  - 甲甲\n  - 乙\n".encode(): 3,
    "一般: 甲甲\n".encode(): 1,
    "甲甲: &a 乙乙\n".encode(): 1,
}


@pytest.mark.parametrize("content", BAD_LISTS)
def test_a_bad_list_is_one_finding_with_its_line(tmp_path: Path, content: bytes) -> None:
    site = write_site(tmp_path, put("wordlist.yaml", content)(GOOD_SITE))
    said = on(site, "check", "--format", "json", "--today", TODAY.isoformat())
    assert [(one["rule"], one["path"], one["line"]) for one in said.json["findings"]] == [
        ("bad-wordlist", "wordlist.yaml", BAD_LISTS[content])
    ]
    assert (said.code, said.err) == (1, "")
