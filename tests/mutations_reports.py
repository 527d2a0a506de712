"""Seeded mistakes in annual reports (年报改动): for each rule, edits that must raise this rule and no other."""

from __future__ import annotations

from tests.edits import Edit, Files, all_of, put, remove, replace
from tests.sites import REPORT_2024

REPORT = "content/annual-report/2025.md"
LAST = "content/annual-report/2024.md"
_SETTINGS = "site.yaml"
_PUBLIC = "公开属性: 主动公开"
_NEW = "new:          [9, 3, 0, 0, 0, 0, 12]"
_TAKEN = "carried_in:   [1, 0, 0, 0, 0, 0, 1]"
_OPEN = "open:         [10, 3, 0, 0, 0, 0, 13]"
_DONE = "result_total: [10, 3, 0, 0, 0, 0, 13]"
_REVIEW = "review:       [1, 0, 0, 0, 1]"
_OVERVIEW = "围绕审查制度建设"
_REQUESTS = "收到的申请按期办结，全部予以公开。"
_CASES = "办结行政复议1件，结果为维持。"
_PERIOD = "本报告统计期限为2025年1月1日至12月31日。"
_STOCK = "现行有效的行政规范性文件1件。"
_PROBLEMS = "栏目巡查靠人工，发现错链不及时。今后改用工具每日检查，当日改正。"


def _row(key: str, *cells: int) -> tuple[str, str]:
    """The row `key` of table 3, all zeros in the good site, and what it is to be."""
    zeros = f"    {key + ':':<13} [0, 0, 0, 0, 0, 0, 0]"
    return zeros, f"    {key}: [{', '.join(map(str, cells))}]"


def _edit(*changes: tuple[str, str]) -> Edit:
    """The report on 2025 with each old text replaced by the new one."""
    return all_of(*(replace(REPORT, old, new) for old, new in changes))


def older_report(year: int) -> str:
    """The report on 2024 as one on an earlier `year`."""
    return REPORT_2024.replace("2025", str(year + 1)).replace("2024", str(year))


def _older(year: int) -> Edit:
    return put(f"content/annual-report/{year}.md", older_report(year))


# Without its report on 2025 the column is stale, too.
_LONG_AGE = replace(
    _SETTINGS,
    "topics:",
    "columns:\n  guide: {}\n  institution: {}\n  statutory: {}\n"
    "  annual-report: {max_age_days: 1000}\ntopics:",
)
_PART_6 = "六、其他需要报告的事项\n\n2025年工作要点的任务按期完成。本年度未产生信息处理费。\n"

_FORM: dict[str, tuple[Edit, ...]] = {
    "report-sections": (
        _edit((_PART_6, "")),
        _edit(("五、存在的主要问题及改进情况", "五、存在的主要问题和改进情况")),
        _edit(("一、总体情况", "一、概述")),
        _edit(("四、政府信息公开行政复议", "四、因政府信息公开工作被申请行政复议")),
        _edit(("二、主动公开政府信息情况", "## 二、主动公开信息情况")),
        _edit((_CASES, f"{_CASES}\n\n### 情况说明\n\n没有。"), ("六、其他需要", "六、其它需要")),
        _edit(
            (f"二、主动公开政府信息情况\n\n{_STOCK}", "二、占位"),
            (
                f"三、收到和处理政府信息公开申请情况\n\n{_REQUESTS}",
                f"三、主动公开政府信息情况\n\n{_STOCK}",
            ),
            ("二、占位", f"二、收到和处理政府信息公开申请情况\n\n{_REQUESTS}"),
        ),
    ),
    "report-period": (
        _edit(("[2025-01-01, 2025-12-31]", "[2024-01-01, 2024-12-31]")),
        _edit(("[2025-01-01, 2025-12-31]", "[2025-01-01, 2025-12-30]")),
        _edit((_PERIOD, "本报告统计期限为2024年1月1日至2024年12月31日。")),
        _edit((_PERIOD, "本报告所列数据的统计期限自2025年1月1日起至11月30日止。")),
        _edit((_PERIOD, "报告期为二〇二四年一月一日至十二月三十一日。")),
        _edit((_PERIOD, "现将2024年1月1日—12月31日政府信息公开工作情况报告如下。")),
    ),
    "report-old-form": (
        _edit((_STOCK, "| 信息内容 | 本年新制作数量 |\n| --- | --- |\n| 规章 | 0 |")),
        _edit(
            (
                _STOCK,
                "| 信息内容 | 采购项目数量 | 采购总金额 |\n| --- | --- | --- |\n| 政府集中采购 | 0 | 0 |",
            )
        ),
        _edit((_STOCK, "| 第二十条第（九）项 | |\n| --- | --- |\n| 政府集中采购 | 0 |")),
        _edit((_STOCK, "<table><tr><th>信息内容</th><th>对外公开总数量</th></tr></table>")),
        _edit((_STOCK, "信息内容 本年新制作数量 本年新公开数量 对外公开总数量\n规章 0 0 0")),
    ),
}


def _without_tables(files: Files) -> Files:
    """The good site with a report on 2025 that has no tables."""
    text = files[REPORT]
    assert isinstance(text, str)
    head, _, rest = text.partition("年报数据:\n")
    body = rest.partition("---\n")[2]
    return {**files, REPORT: f"{head}---\n{body}"}


_CELLS: dict[str, tuple[Edit, ...]] = {
    "report-cells": (
        _without_tables,
        _edit((_row("deny3", 0, 0, 0, 0, 0, 0, 0)[0] + "\n", "")),
        _edit(_row("deny3", 0, 0, 0, 0, 0, 0)),
        _edit(_row("deny3", 0, -1, 0, 0, 0, 0, 0)),
        _edit((_row("deny3")[0], "    deny3: [0, '', 0, 0, 0, 0, 0]")),
        _edit((_row("deny3")[0], "    deny3: [0, 0.5, 0, 0, 0, 0, 0]")),
        _edit((_row("deny3")[0], f"    不认识的行: [0]\n{_row('deny3')[0]}")),
        _edit(("行政许可: 0", "行政许可: 若干")),
        _edit(("    行政强制: 0\n", "")),
        _edit(("行政事业性收费: 0", "行政事业性收费: -1")),
        _edit(("本年废止件数: 0, 现行有效件数: 1", "现行有效件数: 1")),
        _edit(("    after_review: [0, 0, 0, 0, 0]\n", "")),
        _edit(("direct_suit:  [0, 0, 0, 0, 0]", "direct_suit:  [0, 0, 0, 0]")),
    ),
}

_SUMS: dict[str, tuple[Edit, ...]] = {
    "report-balance": (
        _edit((_NEW, "new: [10, 3, 0, 0, 0, 0, 13]")),
        # The totals agree, the columns do not.
        _edit((_NEW, "new: [8, 4, 0, 0, 0, 0, 12]")),
        _edit(("carried_out:  [0, 0, 0, 0, 0, 0, 0]", "carried_out: [0, 0, 1, 0, 0, 0, 1]")),
    ),
    "report-result-sum": (
        _edit(_row("deny4", 0, 1, 0, 0, 0, 0, 1)),
        _edit((_OPEN, "open: [9, 3, 0, 0, 0, 0, 12]")),
        _edit((_OPEN, "open: [9, 4, 0, 0, 0, 0, 13]")),
        _edit(_row("other3", 0, 0, 0, 0, 0, 2, 2)),
    ),
    "report-row-sum": (
        _edit((_OPEN, "open: [10, 3, 0, 0, 0, 0, 12]"), _row("partial", 0, 0, 0, 0, 0, 0, 1)),
        _edit(_row("skip1", 1, 0, 0, 0, 0, 0, 0), (_OPEN, "open: [9, 3, 0, 0, 0, 0, 13]")),
    ),
    "report-group-sum": (
        _edit((_REVIEW, "review: [1, 0, 0, 1, 1]")),
        _edit(("direct_suit:  [0, 0, 0, 0, 0]", "direct_suit:  [0, 1, 0, 0, 0]")),
        _edit(("after_review: [0, 0, 0, 0, 0]", "after_review: [0, 0, 0, 0, 2]")),
    ),
}

_LATER: dict[str, tuple[Edit, ...]] = {
    "report-carry-over": (
        _edit((_NEW, "new: [8, 3, 0, 0, 0, 0, 11]"), (_TAKEN, "carried_in: [2, 0, 0, 0, 0, 0, 2]")),
        # As many in all, of other applicants.
        _edit(
            (_NEW, "new: [10, 2, 0, 0, 0, 0, 12]"), (_TAKEN, "carried_in: [0, 1, 0, 0, 0, 0, 1]")
        ),
    ),
    "report-stock": (
        _edit(("现行有效件数: 1", "现行有效件数: 2")),
        _edit(("本年废止件数: 0, 现行有效件数: 1", "本年废止件数: 1, 现行有效件数: 0")),
        _edit(
            (
                "本年制发件数: 0, 本年废止件数: 0, 现行有效件数: 1",
                "本年制发件数: 1, 本年废止件数: 1, 现行有效件数: 1",
            ),
        ),
        _edit(("现行有效件数: 0", "现行有效件数: 3")),
        # The library holds a document more than the table.
        all_of(
            replace(LAST, "现行有效件数: 1", "现行有效件数: 0"),
            _edit(("现行有效件数: 1", "现行有效件数: 0")),
        ),
    ),
    "report-text": (
        _edit((_REQUESTS, "全年收到政府信息公开申请21件，全部按期答复。")),
        _edit((_REQUESTS, "本年新收政府信息公开申请**21**件。")),
        _edit((_REQUESTS, "全年共收到申请二十一件。")),
        _edit((_REQUESTS, "共收到公民、法人和其他组织提出的政府信息公开申请 21 件。")),
        _edit((_REQUESTS, "收到13件政府信息公开申请，均已答复。")),
        _edit((_REQUESTS, "本年度未收到政府信息公开申请。")),
        _edit((_REQUESTS, "全年新收12件，上年结转3件，办结13件。")),
        _edit((_REQUESTS, "全年收到申请12件，办结申请12件。")),
        _edit((_REQUESTS, "全年办结13件，结转下年度继续办理2件。")),
        _edit((_REQUESTS, "全年收到申请12件，另有1件结转2026年办理。")),
        _edit((_OVERVIEW, f"全年收到政府信息公开申请30件，办结13件。{_OVERVIEW}")),
        _edit((_CASES, "本年度发生行政复议2件，结果均为维持。")),
        _edit((_CASES, "本年度没有发生行政复议和行政诉讼。")),
        _edit((_CASES, "审结行政复议1件；行政诉讼案件1件。")),
        _edit((_CASES, "行政复议、行政诉讼共2件。")),
    ),
    "report-overdue": (
        all_of(
            _edit(("成文日期: 2026-01-19", "成文日期: 2026-02-02")),
            _edit(("发布日期: 2026-01-21", "发布日期: 2026-02-05")),
        ),
        all_of(_edit((_PUBLIC, f"草稿: 是\n{_PUBLIC}")), _LONG_AGE),
        all_of(remove(REPORT), _LONG_AGE),
        all_of(
            replace(_SETTINGS, "  superior:", "  level: government\n  superior:"),
            _edit(("成文日期: 2026-01-19", "成文日期: 2026-03-30")),
            _edit(("发布日期: 2026-01-21", "发布日期: 2026-04-01")),
        ),
    ),
    "report-gap": (
        _older(2022),
        _older(2020),
        all_of(remove(LAST), _older(2022)),
        all_of(_older(2022), replace(LAST, _PUBLIC, f"草稿: 是\n{_PUBLIC}")),
    ),
    "report-copied": (
        _edit((_PROBLEMS, "解读形式单一，多为文字。下一年增加图解，请起草科室参与答疑。")),
        _edit(
            (
                "围绕审查制度建设，逐件核对公文公开属性；开放日第一次请到社区工作者讲述用数据的体会。",
                "全年把公共数据共享试行情况向社会说明了六次，栏目改版后查找文件更加方便。",
            )
        ),
    ),
}

REPORTS: dict[str, tuple[Edit, ...]] = _FORM | _CELLS | _SUMS | _LATER
