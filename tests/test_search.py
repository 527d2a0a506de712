"""Search: text character by character, the own index, and the full-text index that Pagefind makes."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

import pytest

from generator import address, full_text
from generator.build import examine, searchable
from generator.domain.search_text import BLOCK, SPACE, bucket, filter_word, folded, spaced
from generator.model import Outcome
from generator.pages import search
from generator.pages.frame import Frame
from generator.pages.plain import lines
from tests.built import build, demonstration, good
from tests.command import files_below, on
from tests.documents import NOTICES, notice
from tests.edits import append, put, replace
from tests.sites import GOOD_SITE, SETTINGS, TODAY, write_site

POLICY = "content/statutory/policy/2026/data-sharing.md"
FEES = "content/statutory/notice/2026/fees.md"
HIDDEN = "观澜阁内部测算"


@pytest.fixture
def pagefind() -> Path:
    """Pagefind; without it the test is skipped, except where CI promises it."""
    found = full_text.program()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no Pagefind: requirements.lock brings it")
        pytest.skip("Pagefind is not installed: pip install 'gongkai[search]'")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开条例", "公 开 条 例"),
        ("《办法》第3条。", "《 办 法》 第 3 条。"),
        ("open data", f"o p e n{SPACE} d a t a"),
        ("共 5 件", "共 5 件"),
        ("第\n二", "第 二"),
        ("ＡＢ①", "A B 1"),
        ("——", "——"),
        ("", ""),
        (f"甲{SPACE}乙", "甲 乙"),
    ],
)
def test_a_text_as_spaced(text: str, expected: str) -> None:
    assert spaced(text) == expected


def test_blocks_are_never_one_phrase() -> None:
    assert spaced("甲乙", "丙丁") == f"甲 乙{BLOCK} 丙 丁"


@pytest.mark.parametrize(
    "text",
    ["海数政规[2023]1号", "海数政规（2023）1号", "海数政规【２０２３】 1号", "海数政规<2023>1号"],
)
def test_numbers_in_any_bracket_are_folded_alike(text: str) -> None:
    assert folded(text) == "海数政规〔2023〕1号"


def test_a_filter_word_is_like_no_character_and_the_same_for_the_script() -> None:
    words = {filter_word("year", str(year)) for year in range(1990, 2090)}
    assert len(words) == 100
    assert filter_word("year", "2024") in words
    assert {len(word) for word in words} == {8}
    assert bucket("year=2024", 1 << 32) == 3781633184


def test_the_lines_of_a_body() -> None:
    markup = (
        '<h2 id="a">一、目标</h2><p>第一句<em>强调</em>\n接着，见<a href="x.html" title="a>b">办法</a>。</p>'
        '<ol start="3">\n<li>甲</li>\n<li>乙<ul><li>丙</li></ul></li>\n</ol>'
        "<table><tr><th>名</th> <td>值 &lt;1&gt;</td></tr></table><p>a<br>b</p>"
        '<p><img alt="示意图" src="a.png"></p>'
    )
    assert lines(markup) == [
        "一、目标",
        "第一句强调接着，见办法。",
        "3. 甲",
        "4. 乙",
        "- 丙",
        "名\t值 <1>",
        "a",
        "b",
        "示意图",
    ]


def _json(outcome: Outcome, url: str) -> Any:
    return json.loads(next(page.content for page in outcome.pages if page.url == url))


def test_a_row_of_the_own_index() -> None:
    built = build(
        replace(POLICY, "海数政规〔2026〕2号", "海数政规[2026]02号"), append(FEES, "## 甲\n\n乙")
    )
    rows = _json(built.outcome, "search/part-1.json")
    assert [row["url"] for row in rows] == [entry.url for entry in built.outcome.site.listed]
    assert next(row for row in rows if row["url"].startswith("statutory/policy/2026")) == {
        "url": "statutory/policy/2026/data-sharing.html",
        "title": "海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知",
        "number": "海数政规〔2026〕2号",
        "index_number": "000014349/2026-00003",
        "column": "政策文件",
        "published": "2026-09-24",
        "status": "有效",
        "in": {
            "column": ["statutory", "statutory/policy"],
            "year": ["2026"],
            "kind": ["政策文件"],
            "status": ["有效"],
            "issuer": ["海川市数据与政务公开局"],
            "topic": ["open-data"],
        },
        "summary": "规定公共数据共享的目录、申请、使用和监督。",
        "headings": "海川市公共数据共享管理办法",
    }
    assert next(row for row in rows if row["url"] == "statutory/notice/2026/fees.html") == {
        "url": "statutory/notice/2026/fees.html",
        "title": "海川市数据与政务公开局行政事业性收费情况说明",
        "index_number": "000014349/2026-00010",
        "column": "其他主动公开",
        "published": "2026-04-02",
        "in": {
            "column": ["statutory", "statutory/notice"],
            "year": ["2026"],
            "kind": ["其他公开信息"],
            "issuer": ["海川市数据与政务公开局"],
        },
        "headings": "甲",
    }


def test_what_is_looked_through_is_bounded() -> None:
    built = build(replace(FEES, "法定事项: 8\n", f"法定事项: 8\n内容概述: {'长' * 5000}\n"))
    rows = _json(built.outcome, "search/part-1.json")
    assert max(len(row.get("summary", "")) for row in rows) == 400


def test_a_small_site_has_one_file_and_needs_no_keys() -> None:
    assert _json(good().outcome, "search.json") == {
        "documents": len(good().outcome.site.listed),
        "size": 250,
        "full_text": None,
        "parts": ["search/part-1.json"],
        "keys": [],
    }


def test_a_large_site_has_parts_and_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    site = demonstration().outcome.site
    monkeypatch.setattr(address, "SEARCH_PART", 50)
    made = {page.url: json.loads(page.content) for page in search.pages(Frame(site))}
    said = made["search.json"]
    assert said["parts"] == [f"search/part-{number}.json" for number in (1, 2, 3)]
    assert said["keys"] == [f"search/keys-{number}.json" for number in (1, 2, 3)]
    rows = [row for part in said["parts"] for row in made[part]]
    assert [row["url"] for row in rows] == [entry.url for entry in site.listed]
    for key in ("海数政规〔2023〕1号", "〔2023〕1号", "mb0x00012/2023-00002"):
        found = made[said["keys"][bucket(key, 3)]][key]
        assert "statutory/policy/2023/data-open.html" in [row["url"] for row in found]
        assert all(row["in"]["year"] == ["2023"] for row in found)


def test_the_form_offers_what_divides_the_documents() -> None:
    page = demonstration().page("search.html")
    offered = {
        select.attributes["name"]: [option.attributes["value"] for option in select.css("option")]
        for select in page.css("#search-filters select")
    }
    assert list(offered) == ["column", "year", "kind", "status", "issuer", "topic", "sort"]
    assert offered["year"] == ["", "2026", "2025", "2024", "2023", "2022", "2021"]
    assert offered["status"][:2] == ["", "有效"]
    assert offered["topic"] == ["", "business", "open-data", "ageing", "standardization"]
    assert [label.attributes["for"] for label in page.css("#search-filters label")] == [
        f"by-{name}" for name in offered
    ]


@pytest.mark.usefixtures("pagefind")
def test_the_full_text_index_is_in_the_output_and_the_same_twice(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", GOOD_SITE)
    first, second = tmp_path / "first", tmp_path / "second"
    assert on(site, "build", "--out", first).code == 0
    assert on(site, "build", "--out", second).code == 0
    files = files_below(first)
    assert files == files_below(second)
    assert json.loads(files["search.json"])["full_text"] == "search/pagefind/pagefind.js"
    manifest = json.loads(files["manifest.json"])
    below = {url for url in files if url.startswith("search/pagefind/")}
    assert "search/pagefind/pagefind.js" in below
    assert below <= set(manifest)
    listed = len(json.loads(files["catalog.json"]))
    assert sum(url.startswith("search/pagefind/fragment/") for url in below) == listed


def _indexed(outcome: Outcome) -> str:
    """Every text that is given to Pagefind, as it reads without the spaces."""
    return "\n".join(search.full_texts(Frame(outcome.site)))


def test_only_what_is_disclosed_is_indexed() -> None:
    built = build(
        put(
            f"{NOTICES}/a.md", notice(71, body=f"{HIDDEN}甲。").replace("主动公开\n", "不予公开\n")
        ),
        put(f"{NOTICES}/b.md", notice(72, "草稿: 是", body=f"{HIDDEN}乙。")),
        put(f"{NOTICES}/c.md", notice(73, "发布日期: 2027-01-01", body=f"{HIDDEN}丙。")),
        put(
            f"{NOTICES}/d.md",
            notice(74, "撤下: {日期: 2026-10-01, 原因: 内容有误}", body=f"{HIDDEN}丁。"),
        ),
        append(FEES, f"<!-- {HIDDEN}戊 -->\n\n{HIDDEN}己。"),
    )
    texts = _indexed(built.outcome)
    assert spaced(f"{HIDDEN}己。") in texts
    assert [sign for sign in "甲乙丙丁戊" if spaced(f"{HIDDEN}{sign}") in texts] == []


def test_all_that_a_page_says_is_indexed() -> None:
    texts = _indexed(good().outcome)
    for phrase in (
        "第三条 共享申请应当在5个工作日内办结，不同意共享的，应当说明理由。",
        "申请共享数据要等多久？",  # a question
        "5个工作日内答复。",  # its answer
        "邀请群众参加",  # a task
        "答复期限再短一些",  # feedback
        "公共数据共享目录",  # the title of an attachment
        "海数政规〔2026〕2号",
        "000014349/2026-00003",
    ):
        assert spaced(phrase) in texts, phrase


def _site(folder: Path, full: str) -> Path:
    settings = f"{SETTINGS}search: {{full_text: {full}}}\n"
    return write_site(folder / "site", {**GOOD_SITE, "site.yaml": settings})


def test_it_can_be_switched_off(tmp_path: Path) -> None:
    outcome = examine(_site(tmp_path, "off"), TODAY)
    assert searchable(outcome) is outcome


def test_a_wrong_switch_is_one_sentence(tmp_path: Path) -> None:
    said = on(_site(tmp_path, "maybe"), "build")
    assert (said.code, said.out) == (2, "")
    assert "site.yaml:17:10: “full_text”不能是“maybe”，写下列之一：auto、on、off" in said.err


def _without_pagefind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_text, "_PACKAGES", ())
    monkeypatch.setattr(full_text, "_NAMES", ("no-such-program-anywhere",))


def test_without_pagefind_the_own_index_is_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_pagefind(monkeypatch)
    outcome = examine(_site(tmp_path, "auto"), TODAY)
    assert searchable(outcome) is outcome


@pytest.mark.usefixtures("pagefind")
def test_the_same_texts_are_indexed_once(tmp_path: Path) -> None:
    site = good().outcome.site
    asked: list[str] = []
    known: dict[str, bytes] = {}

    def remember(key: str, make: Callable[[], bytes]) -> bytes:
        asked.append(key)
        return known.setdefault(key, known.get(key) or make())

    first = full_text.pages(site, remember)
    assert full_text.pages(site, remember) == first == full_text.pages(site)
    assert len(known) == 1
    other = build(append(FEES, "又一段。")).outcome.site
    assert full_text.pages(other, remember) != first
    assert len(set(asked)) == 2


@pytest.mark.usefixtures("pagefind")
def test_a_very_large_site_has_to_ask_for_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_text, "MOST_BY_ITSELF", 3)
    assert full_text.pages(examine(_site(tmp_path / "auto", "auto"), TODAY).site) == ()
    assert full_text.pages(examine(_site(tmp_path / "on", "on"), TODAY).site)


def test_pagefind_that_is_wanted_and_absent_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_pagefind(monkeypatch)
    site = _site(tmp_path, "on")
    said = on(site, "build", "--out", tmp_path / "out")
    assert said.code == 2
    assert "Traceback" not in said.err
    assert "没有安装全文检索程序 Pagefind。运行 pip install 'gongkai[search]'" in said.err
    assert not (tmp_path / "out").exists()


def _program(folder: Path, script: str) -> Path:
    file = folder / "pagefind"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo out of memory >&2; exit 3", "out of memory"),
        ("exit 0", "exit code 0"),
        ("kill -9 $$", "exit code -9"),
        ("exec sleep 60", "not done in 1 seconds"),
    ],
)
def test_a_failing_pagefind_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    monkeypatch.setattr(full_text, "_PATIENCE", 1)
    monkeypatch.setattr(full_text, "_PATIENCE_EACH", 0)
    with pytest.raises(full_text.FullTextError) as caught:
        full_text.made(("<!doctype html>",), _program(tmp_path, script))
    assert f"({reason})" in caught.value.sentence.en
    assert "full_text: off" in caught.value.sentence.zh


def test_the_old_output_stays_when_pagefind_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, out = _site(tmp_path, "auto"), tmp_path / "out"
    _without_pagefind(monkeypatch)
    assert on(site, "build", "--out", out).code == 0
    before = files_below(out)
    monkeypatch.setattr(full_text, "_NAMES", (str(_program(tmp_path, "exit 7")),))
    said = on(site, "build", "--no-cache", "--out", out)
    assert said.code == 2
    assert "全文检索索引没有做成（exit code 7）" in said.err
    assert files_below(out) == before


def test_a_site_without_documents_has_no_full_text_index() -> None:
    empty = changed(good().outcome.site, built=())
    assert full_text.pages(empty) == ()
