"""Annual reports: no cell can be wrong unseen, and what is right is not reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace as changed
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.build import examine
from generator.domain.annual_report import COUNT_ROWS, STOCK_COLUMNS, STOCK_ROWS, TABLE3, TABLE4
from generator.domain.report_numbers import RESULTS, ROW_LABELS
from generator.model import Site
from generator.rules import BY_NAME, TABLE, page
from tests.edits import Edit, all_of, put, remove, replace
from tests.mutations_reports import LAST, REPORT, older_report
from tests.sites import GOOD_SITE, REPORT_2024, TODAY, write_site

Cell = tuple[str | int, ...]
Report = Mapping[str, Any]
RULES = [row for row in TABLE if row.group == "年度报告" and row.find]
RESULT_KEYS = [key for keys in RESULTS.values() for key in keys]
APPLICANTS, OUTCOMES = 6, 4

# The cells that no sum holds: any number of decisions and of fees may be right.
UNCONSTRAINED: frozenset[Cell] = frozenset(
    {("table2", "permits"), ("table2", "penalties"), ("table2", "coercions"), ("table2", "fees")}
)
CELLS: list[Cell] = [
    *(("table2", row, column) for row in STOCK_ROWS for column in STOCK_COLUMNS),
    *(("table2", row) for row in COUNT_ROWS),
    *(("table3", row.key, column) for row in TABLE3 for column in range(APPLICANTS + 1)),
    *(("table4", row, column) for row in TABLE4 for column in range(OUTCOMES + 1)),
]

counts = st.integers(0, 400)
rows = st.lists(counts, min_size=APPLICANTS, max_size=APPLICANTS)


@cache
def _good_site() -> Site:
    # What the prose says of reviews would hold for one number only.
    edit = replace(REPORT, "办结行政复议1件，结果为维持。", "情况见上表。")
    with TemporaryDirectory() as folder:
        return examine(write_site(Path(folder), edit(GOOD_SITE)), TODAY).site


def _with(site: Site, path: str, report: Report) -> Site:
    """The site with other tables in the front matter of the report at `path`."""
    entry = site.entries[path]
    fields = {**entry.document.source.fields, "report": report}
    document = changed(entry.document, source=changed(entry.document.source, fields=fields))
    return changed(site, entries={**site.entries, path: changed(entry, document=document)})


def _report(site: Site, path: str) -> dict[str, Any]:
    report = site.entries[path].document.source.fields["report"]
    assert isinstance(report, dict)
    return report


def _found(site: Site) -> list[str]:
    """What the rules say of the report on 2025."""
    return [
        f"{finding.rule}: {finding.message.zh}"
        for row in RULES
        for finding in (row.find(site) if row.find else ())
        if finding.place.path == REPORT
    ]


def _put(tables: Any, cell: Cell, value: str) -> Any:
    """`tables` with `value` in one cell; nothing is changed in place."""
    if not cell:
        return value
    if isinstance(tables, list):
        index = int(cell[0])
        return [*tables[:index], _put(tables[index], cell[1:], value), *tables[index + 1 :]]
    return {**tables, cell[0]: _put(tables[cell[0]], cell[1:], value)}


def _at(tables: Any, cell: Cell) -> str:
    for step in cell:
        tables = tables[step]
    return str(tables)


def _texts(cells: list[int]) -> list[str]:
    return [str(cell) for cell in (*cells, sum(cells))]


class Numbers(NamedTuple):
    """Correct tables 3 and 4, as rows of cells without their totals."""

    table3: dict[str, list[int]]
    table4: dict[str, list[int]]


@st.composite
def correct_numbers(draw: st.DrawFn) -> Numbers:
    results = {key: draw(rows) for key in draw(st.sets(st.sampled_from(RESULT_KEYS)))}
    done = [sum(column) for column in zip([0] * APPLICANTS, *results.values(), strict=True)]
    carried_out, spare = draw(rows), draw(rows)
    # No more is taken over than was dealt with or left.
    taken = [min(s, d + c) for s, d, c in zip(spare, done, carried_out, strict=True)]
    new = [d + c - t for d, c, t in zip(done, carried_out, taken, strict=True)]
    others = {key: results.get(key, [0] * APPLICANTS) for key in RESULT_KEYS}
    table3 = {"new": new, "carried_in": taken, **others, "result_total": done}
    table4 = {key: draw(rows)[:OUTCOMES] for key in TABLE4}
    return Numbers(table3 | {"carried_out": carried_out}, table4)


def _site(numbers: Numbers) -> Site:
    """The good site with these numbers in the report on 2025, and what it took over in that on 2024."""
    site = _good_site()
    this, last = _report(site, REPORT), _report(site, LAST)
    before = {"carried_out": _texts(numbers.table3["carried_in"])}
    site = _with(site, LAST, {**last, "table3": before, "table4": {}})
    tables = {
        "table3": {key: _texts(cells) for key, cells in numbers.table3.items()},
        "table4": {key: _texts(cells) for key, cells in numbers.table4.items()},
    }
    return _with(site, REPORT, this | tables)


def test_every_cell_of_the_form_is_tried() -> None:
    assert len(CELLS) == 6 + 4 + 25 * 7 + 15
    assert set(CELLS) >= UNCONSTRAINED


@settings(deadline=None)
@given(correct_numbers())
def test_a_correct_report_is_not_reported(numbers: Numbers) -> None:
    assert _found(_site(numbers)) == []


@settings(deadline=None)
@given(correct_numbers(), st.sampled_from(CELLS), st.integers(-50, 10**9))
def test_no_single_cell_can_be_wrong_unseen(numbers: Numbers, cell: Cell, value: int) -> None:
    site = _site(numbers)
    report = _report(site, REPORT)
    assume(_at(report, cell) != str(value))
    found = _found(_with(site, REPORT, _put(report, cell, str(value))))
    assert bool(found) == (cell not in UNCONSTRAINED or value < 0)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: ".".join(map(str, cell)))
def test_each_cell_off_by_one_is_seen(cell: Cell) -> None:
    site = _good_site()
    report = _report(site, REPORT)
    number = float(_at(report, cell))
    found = _found(_with(site, REPORT, _put(report, cell, f"{number + 1:.0f}")))
    assert bool(found) == (cell not in UNCONSTRAINED)


def test_documentation_names_the_cells_that_no_sum_holds() -> None:
    explained = page("report-cells").partition("\n## ")[0]
    assert all(COUNT_ROWS[str(cell[1])] in explained for cell in UNCONSTRAINED)


def test_labels_have_no_notes() -> None:
    assert ROW_LABELS["open"] == "（一）予以公开"
    assert ROW_LABELS["partial"] == "（二）部分公开"
    assert ROW_LABELS["after_review"] == "行政诉讼·复议后起诉"


NEW = "new:          [9, 3, 0, 0, 0, 0, 12]"
OPEN = "open:         [10, 3, 0, 0, 0, 0, 13]"
REQUESTS = "收到的申请按期办结，全部予以公开。"
CASES = "办结行政复议1件，结果为维持。"
PERIOD = "本报告统计期限为2025年1月1日至12月31日。"
STOCK = "现行有效的行政规范性文件1件。"
POLICY = "content/statutory/policy/2026/data-sharing.md"
OLD_POLICY = "content/statutory/policy/2023/data-sharing.md"
PUBLIC = "公开属性: 主动公开"
GATHERED = "content/annual-report/finance/2022.md"
OTHER_ORGAN = (
    REPORT_2024.replace("海川市数据与政务公开局", "海川市财政局")
    .replace("2025", "2023")
    .replace("2024", "2022")
    .replace("000014349/2023-00011", "000014349/2023-00099")
    .replace(PUBLIC, f"发文机关: 海川市财政局\n{PUBLIC}")
    .replace("发布日期: 2023-01-21", "发布日期: 2023-03-21")
)


def _said(old: str, new: str) -> Edit:
    return replace(REPORT, old, new)


def _headings(*marks: str) -> Edit:
    """The headings of the report on 2025 with what stands before and after each."""
    before, after = marks
    names = ("一、总体情况", "二、主动公开政府信息情况", "六、其他需要报告的事项")
    return all_of(*(_said(name, f"{before}{name}{after}") for name in names))


# What is right, though it looks like what the rules report.
RIGHT: dict[str, Edit] = {
    "headings in Markdown": _headings("## ", ""),
    "headings in bold": _headings("**", "**"),
    "headings that run in": _said("一、总体情况\n\n本报告", "一、总体情况。本报告"),
    "headings with spaces": _said("一、总体情况", "一、 总体情况"),
    "headings below the parts": _said(
        "五、存在的主要问题及改进情况",
        "五、存在的主要问题及改进情况\n\n（一）存在的主要问题\n\n解读不够。\n\n（二）改进情况\n",
    ),
    "a seventh heading": _said(
        "本年度未产生信息处理费。", "本年度未产生信息处理费。\n\n七、附件说明\n\n没有。"
    ),
    "official names of rows": all_of(
        _said("    new: ", "    一、本年新收政府信息公开申请数量: "),
        _said("    open: ", "    （一）予以公开: "),
    ),
    "a cell that is no number is in no sum": all_of(
        _said(OPEN, "open: [十, 3, 0, 0, 0, 0, 13]"), _said(NEW, "new: ['', 3, 0, 0, 0, 0, 12]")
    ),
    "numbers of a part of the year": _said(
        REQUESTS, "7月收到申请3件，网上收到申请2件；其中办结3件。上年收到申请9件。"
    ),
    "numbers as the tables say": _said(
        REQUESTS, "收到申请13件（含上年结转1件），办结13件，结转下年度0件。"
    ),
    "numbers in a table of the body": _said(
        REQUESTS, "| 项目 | 收到申请21件 |\n| --- | --- |\n| 办结 | 办结20件 |"
    ),
    "reviews begun this year": all_of(
        replace(LAST, "review:       [1, 0, 0, 0, 1]", "review: [1, 0, 0, 1, 2]"),
        replace(LAST, CASES, "发生行政复议2件，1件尚未审结。"),
        _said("review:       [1, 0, 0, 0, 1]", "review: [3, 0, 0, 0, 3]"),
        _said(CASES, "本年度新发生行政复议2件，连同上年的1件，结果均为维持。"),
    ),
    "period of the work": _said(PERIOD, f"{PERIOD}4月1日至6月30日开展专栏整改。"),
    "old item of the regulation in prose": _said(
        STOCK, f"{STOCK}《条例》第二十条第（九）项的政府集中采购信息见采购平台。"
    ),
    "old form while it was in force": all_of(
        put(
            "content/annual-report/2020.md",
            older_report(2020)
            .replace(STOCK, "| 信息内容 | 本年新制作数量 |\n| --- | --- |\n| 规章 | 0 |")
            .replace("五、存在的主要问题及改进情况", "五、问题"),
        ),
        replace("site.yaml", "topics:", "rules: {report-gap: off}\ntopics:"),
    ),
    "on the last day": all_of(
        _said("成文日期: 2026-01-19", "成文日期: 2026-01-30"),
        _said("发布日期: 2026-01-21", "发布日期: 2026-01-31 23:59"),
    ),
    "government in March": all_of(
        replace("site.yaml", "  superior:", "  level: government\n  superior:"),
        _said("成文日期: 2026-01-19", "成文日期: 2026-03-30"),
        _said("发布日期: 2026-01-21", "发布日期: 2026-03-31"),
    ),
    "reports of another organ": put(GATHERED, OTHER_ORGAN),
    "first report with a stock that is not on the site": all_of(
        remove(OLD_POLICY),
        remove("content/statutory/interpretation/2023/data-sharing.md"),
        replace(POLICY, "废止: 海数政规〔2023〕1号\n", ""),
        replace(POLICY, "[[海数政规〔2023〕1号]]", "原办法"),
        _said("现行有效件数: 1", "现行有效件数: 40"),
        replace(LAST, "现行有效件数: 1", "现行有效件数: 40"),
    ),
    "made in December, published in January": all_of(
        replace(POLICY, "成文日期: 2026-09-23", "成文日期: 2025-12-30"),
        replace(POLICY, "发布日期: 2026-09-24 09:00", "发布日期: 2026-01-05"),
    ),
    "short parts alike every year": all_of(
        _said("栏目巡查靠人工，发现错链不及时。今后改用工具每日检查，当日改正。", "巡查不及时。"),
        replace(
            LAST, "解读形式单一，多为文字。下一年增加图解，请起草科室参与答疑。", "巡查不及时。"
        ),
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_not_reported(name: str, tmp_path: Path) -> None:
    findings = examine(write_site(tmp_path, RIGHT[name](GOOD_SITE)), TODAY).findings
    assert [
        f"{finding.rule}: {finding.message.zh}"
        for finding in findings
        if BY_NAME[finding.rule].group == "年度报告" and finding.rule != "report-cells"
    ] == []
