"""`gongkai audit`: files, exit codes, and a sentence for whatever cannot be done."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from generator.audit import read_weights
from tests.command import files_below, gongkai, on
from tests.edits import append
from tests.sites import GOOD_SITE, write_site

_NOTICE = "content/statutory/notice/2026/fees.md"
_NAMES = ["audit.docx", "audit.html", "audit.json", "audit.md", "audit.xlsx"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", GOOD_SITE)


def _spoil(site: Path) -> None:
    write_site(site, append(_NOTICE, "见[清单](list.md)。")(GOOD_SITE))


def test_a_good_site_is_audited_into_a_folder_of_its_quarter(site: Path) -> None:
    before = files_below(site)
    said = on(site, "audit")
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "2026年第四季度自查：合格；扣分表 100 分，加分 21 分，合计 121 分\n"
        f"写在 {site / 'audit' / '2026Q4'}\n"
    )
    after = files_below(site)
    assert sorted(set(after) - set(before)) == [f"audit/2026Q4/{name}" for name in _NAMES]
    assert on(site, "check").code == 0


def test_what_it_writes_never_gets_into_the_built_site(site: Path) -> None:
    assert on(site, "build", "--out", site / "before").code == 0
    assert on(site, "audit").code == 0
    assert on(site, "build", "--out", site / "after").code == 0
    assert files_below(site / "before") == files_below(site / "after")


def test_findings_at_the_limit_make_it_fail_and_everything_is_written(site: Path) -> None:
    _spoil(site)
    said = on(site, "audit", "--out", site / "out")
    assert said.code == 1
    assert "  -0.1 其他网页的链接（含图片、附件）打不开：发现1处\n台账：待整改 1 处\n" in said.out
    assert sorted(files_below(site / "out")) == _NAMES


def test_warnings_fail_when_told_to(site: Path) -> None:
    # A document that is waived for nothing is a warning.
    waive = "豁免: [{规则: wording, 理由: 原文如此, 批准人: 周望舒, 期限: 2026-12-31}]\n公开属性"
    notice = GOOD_SITE[_NOTICE]
    assert isinstance(notice, str)
    write_site(site, {_NOTICE: notice.replace("公开属性", waive, 1)})
    assert on(site, "audit").code == 0
    assert on(site, "audit", "--fail-on", "warning").code == 1


def test_a_veto_fails_even_without_an_error(site: Path) -> None:
    (site / "weights.yaml").write_text(
        "vetoes: {open: {title: 没有开放活动, measure: find-errors-entry}}\n", encoding="utf-8"
    )
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("audit: {weights: weights.yaml}\n")
    said = on(site, "audit")
    assert said.code == 1
    assert said.out.startswith(
        "2026年第四季度自查：不合格（单项否决）；扣分表 100 分，加分 0 分，合计 100 分\n"
        "  否决 没有开放活动：本专栏底部没有入口\n"
    )


def test_json_is_the_record_itself(site: Path) -> None:
    said = on(site, "audit", "--format", "json")
    assert said.out == (site / "audit/2026Q4/audit.json").read_text(encoding="utf-8")
    whole = said.json
    assert list(whole) == [
        "tool",
        "version",
        "form",
        "organ",
        "day",
        "quarter",
        "external",
        "summary",
        "score",
        "ledger",
    ]
    assert whole["summary"] == {
        "error": 0,
        "warning": 0,
        "info": 0,
        "documents": 15,
        "links": 12,
    }
    assert (whole["score"]["verdict"], whole["score"]["base"]) == ("合格", "100")


def test_english_is_spoken_on_demand(site: Path) -> None:
    _spoil(site)
    said = on(site, "audit", "--lang", "en", "--out", site / "out")
    assert said.out == (
        "2026Q4: passed; 99.9 of 100 points, bonus 21, together 120.9\n"
        "  -0.1 broken-links: 1 places\n"
        "ledger: new 1\n"
        f"written to {site / 'out'}\n"
    )


def test_since_says_what_was_mended(site: Path) -> None:
    _spoil(site)
    assert gongkai("audit", "--site", site, "--today", "2026-11-10").code == 1
    write_site(site, GOOD_SITE)
    said = on(site, "audit", "--since", site / "audit/2026Q4")
    assert said.code == 0
    assert "台账：已整改 1 处\n" in said.out
    text = (site / "audit/2026Q4/audit.md").read_text(encoding="utf-8")
    assert (
        "2026年11月10日自查（扣分表得99.9分）留下的问题1处，已整改1处，经批准豁免0处，未复查0处，"
        "仍在整改0处，整改率100%；这次新发现0处。"
    ) in text


def test_another_quarter_can_be_reported_on(site: Path) -> None:
    said = on(site, "audit", "--quarter", "2026Q3")
    assert said.code == 0
    text = (site / "audit/2026Q3/audit.md").read_text(encoding="utf-8")
    assert text.startswith(
        "# 海川市数据与政务公开局关于2026年第三季度政府信息公开专栏自查情况的报告\n"
    )
    assert "2026年7月1日至2026年9月30日，发布信息5件；现有信息15件。" in text
    assert "本季度开始意见征集1件，截止1件，其中已反馈采纳情况1件；收到提问1件，答复1件。" in text
    assert "2026年工作要点的任务2项，已完成1项，逾期0项；本季度到期1项，已完成1项。" in text


WRONG = {
    ("--quarter", "2026Q5"): "写成 2026Q3",
    ("--quarter", "2027Q1"): "2027年第一季度还没有开始",
    ("--since", "nowhere"): "没有找到上一次自查的记录",
    ("--since", "site/site.yaml"): "不是 gongkai audit 写出的",
}


@pytest.mark.parametrize(("words", "said"), WRONG.items(), ids=map(" ".join, WRONG))
def test_what_cannot_be_done_is_one_sentence(
    words: tuple[str, str], said: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.parent)
    done = on(site, "audit", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not (site / "audit").exists()


def test_a_later_audit_is_no_earlier_one(site: Path) -> None:
    assert on(site, "audit").code == 0
    said = gongkai(
        "audit", "--site", site, "--today", "2026-11-01", "--since", site / "audit/2026Q4"
    )
    assert said.code == 2
    assert "是 2026-11-20 的自查，晚于今天（2026-11-01）" in said.err


def test_a_built_site_is_never_written_into(site: Path) -> None:
    assert on(site, "build").code == 0
    before = files_below(site / "public")
    said = on(site, "audit", "--out", site / "public")
    assert (said.code, files_below(site / "public")) == (2, before)
    assert "是生成的网站，自查的文件不能放在里面" in said.err


def test_a_folder_that_cannot_be_written_is_named(site: Path) -> None:
    (site / "file").write_text("")
    said = on(site, "audit", "--out", site / "file" / "below")
    assert said.code == 2
    assert said.err.startswith(f"gongkai: 无法写入 {site / 'file' / 'below'}")


def test_without_python_docx_the_rest_is_written(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    said = on(site, "audit")
    assert (said.code, said.err) == (
        0,
        "gongkai: 没有写 audit.docx：先安装 pip install 'gongkai[downloads]'\n",
    )
    assert sorted(files_below(site / "audit/2026Q4")) == [
        name for name in _NAMES if name != "audit.docx"
    ]


def test_two_runs_write_equal_bytes(site: Path) -> None:
    _spoil(site)
    for out in ("one", "two"):
        assert on(site, "audit", "--out", site / out).code == 1
    assert files_below(site / "one") == files_below(site / "two")


def test_a_wrong_weight_stops_it_before_anything_is_written(site: Path) -> None:
    (site / "weights.yaml").write_text("pass: 很高\n", encoding="utf-8")
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("audit: {weights: weights.yaml}\n")
    said = on(site, "audit")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("gongkai: weights.yaml:1:1: “pass”应当是分数")
    assert not (site / "audit").exists()


def test_a_unit_of_no_column_is_refused(site: Path) -> None:
    with (site / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("audit: {units: {statutory/policies: 政策法规科}}\n")
    said = on(site, "audit")
    assert (said.code, said.out) == (2, "")
    number = (site / "site.yaml").read_text(encoding="utf-8").count("\n")
    assert said.err.startswith(
        f"gongkai: site.yaml:{number}:17: 没有代号为“statutory/policies”的栏目，是不是“"
    )


def test_the_record_is_json_of_fixed_form(site: Path) -> None:
    _spoil(site)
    on(site, "audit")
    (row,) = json.loads((site / "audit/2026Q4/audit.json").read_text(encoding="utf-8"))["ledger"]
    assert {**row, "key": "", "advice": ""} == {
        "key": "",
        "rule": "broken-page",
        "kind": "断链",
        "severity": "error",
        "path": _NOTICE,
        "line": 12,
        "column": 2,
        "page": "海川市数据与政务公开局行政事业性收费情况说明",
        "url": "https://www.example.gov.cn/zwgk/statutory/notice/2026/fees.html",
        "target": "list.md",
        "text": "清单",
        "problem": "链接的网页不存在：list.md",
        "advice": "",
        "unit": "市数政局",
        "state": "待整改",
        "found": "2026-11-20",
        "closed": None,
    }


def test_the_shipped_weights_are_printed_and_are_a_file_of_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = gongkai("audit", "--print-weights")
    assert said.code == 0
    (tmp_path / "weights.yaml").write_text(said.out, encoding="utf-8")
    assert read_weights(tmp_path, "weights.yaml") == read_weights(tmp_path, None)


def test_other_hosts_are_asked_on_demand(site: Path) -> None:
    said = on(site, "audit", "--external", "--format", "json")
    assert (said.code, said.json["external"]) == (0, True)
    lines = {line["id"]: line["state"] for line in said.json["score"]["deductions"]}
    assert lines["external-links"] == "符合"
