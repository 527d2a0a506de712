"""`gongkai new`: what a new document holds before anybody has filled it in."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import examine
from generator.domain.kinds import Kind
from generator.model import Site
from generator.report import text_lines
from generator.skeleton import new_document
from tests.command import gongkai
from tests.edits import Edit, all_of, remove, replace
from tests.sites import GOOD_SITE, TODAY, write_site

LAST = "content/annual-report/2025.md"
WORK_POINTS = "content/statutory/work-points/2026.md"
POLICY = "content/statutory/policy/2026/data-sharing.md"
CARRIED_OUT = replace(
    LAST, "carried_out:  [0, 0, 0, 0, 0, 0, 0]", "carried_out: [3, 0, 1, 0, 0, 0, 4]"
)
NOT_FOUND = "（上年报告不在本站或者没有填，请照填）"
ZEROS = "[0, 0, 0, 0, 0, 0, 0]"

# What the site is like, and a line that the report on 2026 then holds.
LINES: dict[str, tuple[Edit, str]] = {
    "carried over by last year's report": (
        CARRIED_OUT,
        "    carried_in: [3, 0, 1, 0, 0, 0, 4]    # 二、上年结转政府信息公开申请数量（照2025年报告的结转数）",
    ),
    "no report of last year": (
        remove(LAST),
        f"    carried_in: {ZEROS}    # 二、上年结转政府信息公开申请数量{NOT_FOUND}",
    ),
    "last year's cell is no number": (
        replace(LAST, "carried_out:  [0, 0,", "carried_out:  [无, 0,"),
        f"    carried_in: {ZEROS}    # 二、上年结转政府信息公开申请数量{NOT_FOUND}",
    ),
    "stock of the library": (
        CARRIED_OUT,
        "    行政规范性文件: {本年制发件数: 1, 本年废止件数: 1, 现行有效件数: 1}"
        "    # 上年现行有效1件；本站本年成文：海数政规〔2026〕2号；"
        "本站本年废止或者失效：海数政规〔2023〕1号",
    ),
    "stock on top of last year's": (
        replace(LAST, "现行有效件数: 1", "现行有效件数: 40"),
        "    行政规范性文件: {本年制发件数: 1, 本年废止件数: 1, 现行有效件数: 40}"
        "    # 上年现行有效40件；本站本年成文：海数政规〔2026〕2号；"
        "本站本年废止或者失效：海数政规〔2023〕1号",
    ),
    "stock without last year's": (
        remove(LAST),
        "    行政规范性文件: {本年制发件数: 1, 本年废止件数: 1, 现行有效件数: 1}"
        "    # 上年报告不在本站；本站本年成文：海数政规〔2026〕2号；"
        "本站本年废止或者失效：海数政规〔2023〕1号",
    ),
    "made in one year, published in the next": (
        replace(POLICY, "成文日期: 2026-09-23", "成文日期: 2025-12-30"),
        "    行政规范性文件: {本年制发件数: 0, 本年废止件数: 0, 现行有效件数: 1}"
        "    # 上年现行有效1件；跨年待核：海数政规〔2026〕2号、海数政规〔2023〕1号",
    ),
    "nothing made": (
        CARRIED_OUT,
        "    规章: {本年制发件数: 0, 本年废止件数: 0, 现行有效件数: 0}    # 上年现行有效0件",
    ),
    "related work points": (CARRIED_OUT, "相关: [statutory/work-points/2026.md]"),
    "work points with a task to do": (
        CARRIED_OUT,
        "（一）工作要点落实情况。[[statutory/work-points/2026.md|2026年政务公开工作要点]]"
        "确定的2项任务，已完成1项，尚未完成1项：举办政府开放日。（写明原因和下一步安排。）",
    ),
    "work points all done": (
        replace(WORK_POINTS, "状态: 进行中", "状态: 已完成, 完成日期: 2026-11-02"),
        "（一）工作要点落实情况。[[statutory/work-points/2026.md|2026年政务公开工作要点]]"
        "确定的2项任务，已完成2项。",
    ),
    "no work points": (
        remove(WORK_POINTS),
        "（一）工作要点落实情况。（写明2026年工作要点各项任务的完成情况。）",
    ),
    "fees": (
        CARRIED_OUT,
        "（二）信息处理费情况。（写明本年度收取的金额；没有收取的，写“未收取”。）",
    ),
    "period": (CARRIED_OUT, "本报告统计期限为2026年1月1日至12月31日。"),
}


def _site(folder: Path, edit: Edit) -> Site:
    return examine(write_site(folder, edit(GOOD_SITE)), TODAY, drafts=True).site


@pytest.mark.parametrize("name", LINES)
def test_annual_report_is_prepared(name: str, tmp_path: Path) -> None:
    edit, line = LINES[name]
    draft = new_document(_site(tmp_path, edit), Kind.ANNUAL_REPORT, "", 2026, None)
    assert draft.path == "content/annual-report/2026.md"
    assert [found for found in draft.text.split("\n") if found == line] == [line]


def test_prepared_report_only_wants_what_nobody_can_prepare(tmp_path: Path) -> None:
    site = _site(tmp_path, all_of(CARRIED_OUT, replace(LAST, "[9, 3, 0,", "[12, 3, 1,")))
    draft = new_document(site, Kind.ANNUAL_REPORT, "", 2026, None)
    review = "审核: {拟稿人: 林知秋, 审稿人: 周望舒, 发布人: 何清越, 保密审查人: 沈怀安, 审核日期: 2026-11-19}"
    head, _, rest = draft.text.partition("公开属性:")
    text = f"{head}公开属性: 主动公开\n{review}\n---\n{rest.partition('---')[2].lstrip()}"
    write_site(tmp_path, {draft.path: text})
    findings = [f for f in examine(tmp_path, TODAY).findings if f.place.path == draft.path]
    assert [text_lines(finding, "zh").split("：", 1)[1].split("\n")[0] for finding in findings] == [
        "自然人：一 0 + 二 3 = 3，（七）0 + 四 0 = 0",
        "科研机构：一 0 + 二 1 = 1，（七）0 + 四 0 = 0",
        "总计：一 0 + 二 4 = 4，（七）0 + 四 0 = 0",
    ]


def test_command_writes_the_report_and_names_it(tmp_path: Path) -> None:
    write_site(tmp_path, CARRIED_OUT(GOOD_SITE))
    options = ("--site", tmp_path, "--today", TODAY.isoformat())
    said = gongkai("new", "annual-report", "--year", "2026", *options)
    assert (said.code, said.out) == (0, "content/annual-report/2026.md\n")
    written = (tmp_path / "content/annual-report/2026.md").read_text(encoding="utf-8")
    assert "    carried_in: [3, 0, 1, 0, 0, 0, 4]" in written


SEVERAL = """\
organ: {{name: 青禾县气象局, code: "000014349"}}
base_url: https://qx.example.gov.cn/
columns:
  guide: {{}}
  institution: {{}}
  statutory:
    children:
      weather: {{title: 天气实况, kinds: [notice]}}
      {last}: {{title: 其他, kinds: [notice, event]}}
  annual-report: {{}}
"""


@pytest.mark.parametrize(("last", "column"), [("notice", "notice"), ("more", "weather")])
def test_a_new_document_goes_to_the_column_named_after_its_kind(
    last: str, column: str, tmp_path: Path
) -> None:
    site = write_site(tmp_path, {"site.yaml": SEVERAL.format(last=last)})
    options = ("--site", site, "--today", TODAY.isoformat())
    said = gongkai("new", "notice", *options)
    assert (said.code, said.out) == (0, f"content/statutory/{column}/2026/00001.md\n")
    (site / "甲.txt").write_text("甲局情况说明\n\n甲。\n", encoding="utf-8")
    said = gongkai("import", site / "甲.txt", *options)
    assert said.out.splitlines()[0] == f"{site}/content/statutory/{column}/甲.md"
    # The only column that takes it, whatever its name.
    said = gongkai("new", "event", *options)
    assert said.out == f"content/statutory/{last}/2026/00002.md\n"
