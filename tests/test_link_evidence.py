"""Links in sentences, lists and tables of a small world, and the rules that each of them breaks."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.build import examine
from generator.finding import Finding
from generator.rules import BY_NAME
from tests import titles
from tests.sites import TODAY, write_site

OLD = """\
---
title: 海川市公共数据共享暂行办法
document_number: 海数政规〔2020〕1号
status: 废止
signed: 2020-05-01
published: 2020-05-02
expires: 2024-06-30
disclosure: 主动公开
---

正文。
"""
HEAD = "---\ntitle: 说明\npublished: 2025-12-30\ndisclosure: 主动公开\n---\n\n"

# Every row was judged by a person: what stands in a document, and the rules of links that it breaks.
CASES: tuple[tuple[str, str], ...] = (
    ("[2023年政府信息公开工作年度报告](../../annual-report/2024.md)", "wrong-year"),
    ("2023年政府信息公开工作年度报告：[点击查看](../../annual-report/2024.md)", "wrong-year"),
    ("- 2023年政府信息公开工作年度报告（[PDF](../../annual-report/2024.md)）", "wrong-year"),
    (
        "| 名称 | 链接 |\n| --- | --- |\n| 2023年政府信息公开工作年度报告 | [查看](../../annual-report/2024.md) |",
        "wrong-year",
    ),
    (
        "| 名称 | 文号 | 链接 |\n"
        "| --- | --- | --- |\n"
        "| 公共数据共享管理办法 | 海数政规〔2024〕5号 | [查看](../policy/2024/sharing.md) |",
        "wrong-number",
    ),
    (
        "根据《海川市公共数据共享管理办法》（[海数政规〔2024〕3号](../policy/2024/sharing.md)）的规定。",
        "wrong-number",
    ),
    (
        "根据[《海川市公共数据共享管理办法》](../policy/2024/sharing.md)（海数政规〔2024〕12号）的规定。",
        "wrong-number",
    ),
    (
        "根据[《海川市公共数据共享管理办法》](../policy/2024/sharing.md)（海数政规[2024]2号）的规定。",
        "",
    ),
    (
        "根据《[海川市公共数据共享管理办法](../policy/2024/sharing.md)》（海数政规〔2024〕12号）的规定。",
        "wrong-number",
    ),
    (
        "按照海数政规〔2024〕12号[《海川市公共数据共享管理办法》](../policy/2024/sharing.md)的规定。",
        "wrong-number",
    ),
    (
        "《海川市公共数据共享管理办法》（海数政规〔2024〕2号）[原文](../policy/2024/opening.md)",
        "wrong-number",
    ),
    (
        "《海川市公共数据共享管理办法》：[全文](../policy/2024/opening.md)、[解读](../interpretation/2024/r-sharing.md)",
        "",
    ),
    ("《海川市公共数据共享管理办法》[解读](../policy/2024/sharing.md)", "wrong-kind"),
    ("[政策解读](../policy/2024/sharing.md)", "wrong-kind"),
    ("[《海川市公共数据共享管理办法》政策解读](../policy/2024/sharing.md)", "wrong-kind"),
    ("[《海川市公共数据共享管理办法》](../interpretation/2024/r-sharing.md)", ""),
    (
        "[关于印发《海川市公共数据共享管理办法》的通知](../interpretation/2024/r-sharing.md)",
        "wrong-kind",
    ),
    (
        "解读：[关于印发《海川市公共数据共享管理办法》的通知](../interpretation/2024/r-sharing.md)",
        "",
    ),
    ("[海数政规〔2024〕2号](../interpretation/2024/r-sharing.md)", "wrong-kind"),
    ("[2025年工作要点](../../annual-report/2024.md)", "wrong-kind wrong-year"),
    ("[任务分解表](../work-points/wp-2025.md)", "wrong-kind"),
    ("[2025年任务分解表](../work-points/wp-2025.md#任务分解表)", "broken-anchor"),
    ("[《海川市公共数据共享管理办法》](../policy/index.md)", "broken-page"),
    ("[《海川市公共数据共享管理办法》](../../statutory/policy/)", "wrong-level"),
    ("[海川市公共数据共享管理办法](../../statutory/policy/)", "wrong-level"),
    ("[历年政府信息公开工作年度报告](../../annual-report/)", ""),
    ("[2020—2024年政府信息公开工作年度报告](../../annual-report/)", ""),
    ("[2024年政府信息公开工作年度报告](../../annual-report/)", "wrong-level"),
    ("[2024年政府信息公开工作年度报告](/old/2024.html)", ""),
    ("[2023年政府信息公开工作年度报告](/old/2024.html)", "wrong-year"),
    ("[政府信息公开指南](../../annual-report/)", "wrong-kind"),
    ("[政策文件](../../statutory/policy/)", ""),
    ("[政策解读](../../statutory/policy/)", "wrong-kind"),
    ("[《优化营商环境条例》](https://www.gov.cn/)", "wrong-level"),
    ("[国务院](https://www.gov.cn/)", ""),
    ("[原《海川市公共数据共享暂行办法》](../policy/2020/old.md)", ""),
    ("原[《海川市公共数据共享暂行办法》](../policy/2020/old.md)同时停止执行。", ""),
    ("[《海川市公共数据共享暂行办法》](../policy/2020/old.md)", "repealed-target"),
    ("已经废止的[《海川市公共数据共享暂行办法》](../policy/2020/old.md)", ""),
    ("依据[[海数政规〔2020〕1号]]办理。", "repealed-target"),
    ("[2024年3月发布的2023年度报告](../../annual-report/2023.md)", ""),
    ("[2024年公布的《2023年年度报告》](../../annual-report/2023.md)", ""),
    ("[第二季度公共数据开放情况](q3.md)", "broken-page"),
    ("[2024年二季度公共数据开放情况](../notice/2025/q3.md)", "wrong-period"),
    ("[2024年上半年公共数据开放情况](../notice/2025/q3.md)", "wrong-period"),
    ("[2024年1—3月公共数据开放情况](../notice/2025/q3.md)", "wrong-period"),
    ("[7月份热线办理情况](../notice/2025/may.md)", "wrong-period"),
    ("[第四批公共数据开放清单](../notice/2025/batch.md)", "wrong-period"),
    ("[简报第8期](../notice/2025/brief.md)", "wrong-period"),
    ("[简报总第52期](../notice/2025/brief.md)", ""),
    ("[第5号公告](../notice/2025/notice.md)", "wrong-number"),
    ("[海川市人民政府令第13号](../policy/2024/decree.md)", "wrong-number"),
    ("[市财政局2024年度部门决算](../notice/2025/accounts.md)", "wrong-issuer"),
    (
        "[市政府办公室关于印发《海川市公共数据共享管理办法》的通知](../policy/2024/sharing.md)",
        "wrong-issuer",
    ),
    ("[市财政局、市数政局联合通知](../policy/2024/sharing.md)", ""),
    ("[市财政局](https://czj.example.gov.cn/)", ""),
    ("[附件1](../policy/2024/sharing.md)", ""),
    ("[点击查看](../policy/2024/sharing.md)", ""),
    ("[海川市公共数据授权运营管理暂行办法](../policy/2024/sharing.md)", "wrong-title"),
    ("[关于做好公共租赁住房工作的具体规定](../policy/2024/sharing.md)", ""),
    ("[李明同志任职的通知](../policy/2024/sharing.md)", "wrong-title"),
    (
        "（以下简称《共享办法实施》）海川 [《李明同志任职情况》](../policy/2024/sharing.md)",
        "wrong-title",
    ),
    (
        "《海川市公共数据授权运营管理暂行办法》（以下简称《运营暂行办法》）。按照[《运营暂行办法》](../policy/2024/trial.md)办理。",
        "",
    ),
    ("[2023年](../../annual-report/2023.md)、[2024年](../../annual-report/2023.md)", "wrong-year"),
    ("[市数政局](../notice/2025/duties.md)", ""),
    ("[2024年政务公开工作要点](../policy/2024/points.md)", "wrong-year"),
    ("[2018年政务公开工作要点](../policy/2024/points.md)", ""),
    ("[2018年海川市政务公开工作要点](../policy/2024/points.md)", ""),
    ("[海府办发〔2018〕61号](../policy/2024/points.md)", "wrong-number"),
    ("[《海川市公共数据目录管理规定（2023年修订）》](../policy/2024/catalog.md)", "wrong-year"),
    ("[《海川市公共数据目录管理规定》](../policy/2024/catalog.md)（2022年修订）", "wrong-year"),
    ("[《海川市数据流通交易管理办法（征求意见稿）》](../consultation/2025/draft.md)", ""),
    ("[海川市数据流通交易管理办法（征求意见稿）](../policy/2024/sharing.md)", "wrong-kind"),
    ("[办事指南](../../guide/index.md)", ""),
    ("[年报](../../guide/index.md)", "wrong-kind"),
    ("[申请表](../../guide/index.md)", ""),
    ("[公开指南](../../annual-report/2024.md)", "wrong-kind"),
    ("[下半年工作安排](../work-points/wp-2025.md)", ""),
    (
        "我局[2023年度政府信息公开工作年度报告](../../annual-report/2023.md)已于2024年1月31日前向社会公布。",
        "",
    ),
    ("2024年1月，我局编制了[上一年度的年度报告](../../annual-report/2023.md)。", ""),
    ("[2024年报告](../../annual-report/2023.md)", "wrong-year"),
    ("[24年年报](../../annual-report/2023.md)", ""),
    ("[2023—2024年政府信息公开工作年度报告](../../annual-report/2023.md)", ""),
    ("[我市2024年三季度公共数据开放情况](../notice/2025/q3.md)", ""),
    ("[2024年7—9月公共数据开放情况](../notice/2025/q3.md)", ""),
    ("[2024年9月底公共数据开放情况](../notice/2025/q3.md)", ""),
    ("[2024年前三季度公共数据开放情况](../notice/2025/q3.md)", ""),
    ("[2025年半年政务公开工作情况](../notice/2025/half.md)", ""),
    ("[2025年1—6月政务公开工作情况](../notice/2025/half.md)", ""),
    ("[2025年一季度政务公开工作情况](../notice/2025/half.md)", "wrong-period"),
    ("[2024年上半年政务公开工作情况](../notice/2025/half.md)", "wrong-year"),
    ("[2025年度部门预算](../notice/2025/budget.md)", ""),
    ("[2025年部门预算](../notice/2025/accounts.md)", "wrong-year"),
    ("[2024年决算](../notice/2025/accounts.md)", ""),
    ("[2023年决算](../notice/2025/accounts.md)", "wrong-year"),
    ("[第3批清单](../notice/2025/batch.md)", ""),
    ("[第二、三批开放清单](../notice/2025/batch.md)", ""),
    (
        "[第7期简报](../notice/2025/brief.md)、[第52期](../notice/2025/brief.md)",
        "conflicting-links",
    ),
    ("[2024年第7期简报](../notice/2025/brief.md)", "wrong-year"),
    ("[海数政发〔2024〕12号、海数政发〔2024〕13号](../policy/2024/review.md)", ""),
    (
        "根据[海数政发〔2024〕12号](../policy/2024/review.md)和[海数政发〔2024〕4号](../policy/2024/review.md)，",
        "wrong-number",
    ),
    ("[海数政发（2024）12号](../policy/2024/review.md)", ""),
    ("[海数政发2024年12号](../policy/2024/review.md)", ""),
    ("[海数政规〔2024〕12号](../policy/2024/review.md)", "wrong-number"),
    (
        "[《关于建立公文公开属性定期审查机制的通知》（海数政发〔2024〕12号）](../policy/2024/review.md)",
        "",
    ),
    (
        "[关于建立公文公开属性定期审查机制的通知（海数政发〔2024〕21号）](../policy/2024/review.md)",
        "wrong-number",
    ),
    ("[市政府《关于印发“十四五”数字政府发展规划的通知》](../policy/2024/plan.md)", ""),
    ("[“十三五”数字政府发展规划](../policy/2024/plan.md)", "wrong-period"),
    ("[海川市数字政府发展规划（2021—2025年）](../policy/2024/plan.md)", ""),
    ("[市财政局、市人社局关于做好稳岗补贴发放工作的通知](../policy/2024/joint.md)", ""),
    ("[市人社局关于做好稳岗补贴发放工作的通知](../policy/2024/joint.md)", ""),
    ("[市市场监管局关于做好稳岗补贴发放工作的通知](../policy/2024/joint.md)", "wrong-issuer"),
    ("[市市场监管局沙盒监管试点实施细则](../policy/2024/sandbox.md)", ""),
    ("[市住建委沙盒监管试点实施细则](../policy/2024/sandbox.md)", "wrong-issuer"),
    ("[市财政局关于规范政府采购意向公开的意见](../policy/2024/relay.md)", ""),
    ("[市政府办公室转发的意向公开意见](../policy/2024/relay.md)", ""),
    ("[公共租赁住房实施细则](../policy/2024/rent.md)", ""),
    ("[《海川市公共租赁住房申请审核实施细则》解读](../interpretation/2024/r-rent.md)", ""),
    ("[专家解读](../interpretation/2024/r-rent.md)", ""),
    ("[专家解读](../policy/2024/rent.md)", "wrong-kind"),
    (
        "《海川市公共租赁住房申请审核实施细则》[文字解读](../interpretation/2024/r-rent.md)、[图解](../interpretation/2024/r-sharing.md)",
        "wrong-title",
    ),
    ("[数据流通交易管理办法公开征求意见](../consultation/2025/draft.md)", ""),
    ("[数据流通交易管理办法意见采纳情况](../consultation/2025/adopted.md)", ""),
    ("[公共数据授权运营常见问题](../faq/2025/faq.md)", ""),
    ("[授权运营政策问答](../policy/2024/trial.md)", "wrong-kind"),
    ("[2024年授权运营办法](../policy/2024/trial.md)", "wrong-year"),
    ("[2022年授权运营暂行办法](../policy/2024/trial.md)", ""),
    ("[海川市行政规范性文件管理规定（海川市人民政府令第12号）](../policy/2024/decree.md)", ""),
    ("[市政府令第12号](../policy/2024/decree.md)", ""),
    ("[市政府令第21号](../policy/2024/decree.md)", "wrong-number"),
    ("[新版公开指南](../../guide/index.md)", ""),
    ("[政府信息公开指南（2024年修订）](../../guide/index.md)", "wrong-year"),
    ("[招聘公告](../notice/2025/recruit.md)", ""),
    ("[2024年招聘公告](../notice/2025/recruit.md)", "wrong-year"),
    ("[2025年公开招聘公告](../notice/2025/recruit.md)（2025年3月11日）", ""),
    ("[开放日活动](../event/2025/open-day.md)", ""),
    ("[“数据开放看得见”政府开放日](../event/2025/open-day.md)", ""),
    ("[2024年“数据开放看得见”政府开放日](../event/2025/open-day.md)", "wrong-year"),
    ("[《海川市公共数据共享管理办法》](../policy/2024/sharing.md)第三条", ""),
    ("[第三条](../policy/2024/sharing.md)", ""),
    ("[详见附件](../policy/2024/sharing.md)", ""),
    ("[该办法](../policy/2024/sharing.md)", ""),
    ("[海川市公共数据共享管理办法实施细则](../policy/2024/sharing.md)", ""),
    (
        "| 序号 | 文件 | 文号 |\n"
        "| --- | --- | --- |\n"
        "| 1 | [海川市公共数据共享管理办法](../policy/2024/sharing.md) | 海数政规〔2024〕5号 |",
        "wrong-number",
    ),
    ("| 年份 | 报告 |\n| --- | --- |\n| 2024年 | [年度报告](../../annual-report/2023.md) |", ""),
    (
        "- [2024年工作要点](../work-points/wp-2024.md)\n"
        "- [2025年工作要点](../work-points/wp-2025.md)\n"
        "- [2023年年报](../../annual-report/2023.md)\n"
        "- [2024年年报](../../annual-report/2024.md)",
        "",
    ),
    (
        "- [2024年工作要点](../work-points/wp-2025.md)\n- [2025年工作要点](../work-points/wp-2025.md)",
        "wrong-year",
    ),
    (
        "《2024年海川市数据与政务公开局政务公开工作要点》全文如下，[点击下载](../work-points/wp-2025.md)。",
        "wrong-year",
    ),
    ("[政府信息公开工作年度报告](../../annual-report/2024.md)", ""),
    ("[本局权责清单](../notice/2025/duties.md)", ""),
    ("[市政府](../policy/2024/plan.md)", ""),
    ("[市财政局](../policy/2024/joint.md)", ""),
    ("[市住建委](../policy/2024/joint.md)", "wrong-issuer"),
    ("[海川市人民政府办公室](../policy/2024/plan.md)", "wrong-issuer"),
    ("[市政府工作报告](../policy/2024/plan.md)", ""),
    ("[市政府常务会议审议通过的规划](../policy/2024/plan.md)", ""),
    ("[法定主动公开内容](../../statutory/)", ""),
    ("[优化营商环境](../../topics/open-data/)", ""),
    ("[公共数据开放](../../topics/open-data/)", ""),
    ("[《海川市公共数据开放管理办法（试行）》](../../topics/open-data/)", "wrong-level"),
    ("[更多年度报告](../../annual-report/)", ""),
    ("[2025年政策文件](../policy/year/2024.html)", "wrong-year"),
    ("[关于印发《海川市公共数据共享管理办法》的通知](/)", "wrong-level"),
    ("[首页](/)", ""),
    ("[市财政局2025年预算](/)", ""),
    ("[海川市数据与政务公开局](/)", ""),
    ("[搜索](/search.html)", ""),
    ("[政府信息公开目录](/catalog.html)", ""),
    ("[2024年政府信息公开目录](/catalog.html)", ""),
    ("[《政府信息公开申请表》](/apply.html)", ""),
    (
        "[《海川市公共数据共享管理办法》](../policy/2024/sharing.md)（海数政规〔2024〕2号、海数政规〔2024〕5号）",
        "",
    ),
    (
        "[《海川市公共数据共享管理办法》](../policy/2024/sharing.md)（根据海数政规〔2020〕1号修订）",
        "",
    ),
    ("[海川市公共数据共享管理办法](/statutory/policy/2024/opening.html)", "wrong-title"),
    ("[[海数政规〔2024〕2号|《海川市公共数据开放管理办法（试行）》]]", "wrong-title"),
    ("[[statutory/policy/2024/sharing.md|海数政规〔2024〕5号]]", "wrong-number"),
    ("[[annual-report/2024.md]]", ""),
    ("2023年年度报告见[[annual-report/2024.md]]。", ""),
    ('<a href="../../annual-report/2024.html">2023年政府信息公开年报</a>', "wrong-year"),
    ("![2023年年度报告](../../annual-report/2024.md)", "broken-file"),
    ("[2023年年报][r]\n\n[r]: ../../annual-report/2024.md", "wrong-year"),
    ("[2023年年报](https://www.example.gov.cn/zwgk/annual-report/2024.html)", "wrong-year"),
    ("[2023年年报](https://other.example.gov.cn/2024.html)", ""),
    (
        "按照[《海川市公共数据共享管理办法》](../interpretation/2024/r-sharing.md)执行。",
        "wrong-title",
    ),
    (
        "政策原文：[《海川市公共数据共享管理办法》](../interpretation/2024/r-sharing.md)",
        "wrong-kind",
    ),
    ("政策解读：[《海川市公共数据共享管理办法》](../policy/2024/sharing.md)", "wrong-kind"),
    (
        "政策解读：[《海川市公共数据共享管理办法》](../policy/2024/sharing.md)（[解读](../interpretation/2024/r-sharing.md)）",
        "",
    ),
    (
        "## 政策解读\n\n- [关于印发《海川市公共数据共享管理办法》的通知](../interpretation/2024/r-sharing.md)",
        "",
    ),
    ("《海川市公共数据共享管理办法》（[全文](../interpretation/2024/r-sharing.md)）", "wrong-kind"),
    (
        "《海川市公共数据共享管理办法》（以下简称[《办法》](../policy/2024/rent.md)）。",
        "wrong-title",
    ),
    ("《海川市公共数据共享管理办法》（以下简称[《办法》](../policy/2024/sharing.md)）。", ""),
    ("《[海川市公共数据](../policy/2024/rent.md)共享管理办法》", "wrong-title"),
    ("《[海川市公共数据](../policy/2024/sharing.md)共享管理办法》", ""),
    ("[《办法》](../policy/2024/rent.md)", "wrong-title"),
    ("[《实施细则》](../policy/2024/rent.md)", ""),
)

SUGGESTIONS: tuple[tuple[str, str], ...] = (
    ("[2023年年报](../../annual-report/2024.md)", "../../annual-report/2023.md"),
    ("[2023年年报](../../annual-report/2024.html)", "../../annual-report/2023.html"),
    ("[2023年年报](/annual-report/2024.md)", "/annual-report/2023.md"),
    ("[海数政规〔2024〕5号](../policy/2024/sharing.md)", "../policy/2024/opening.md"),
    ("[[statutory/policy/2024/sharing.md|海数政规〔2024〕5号]]", "海数政规〔2024〕5号"),
    (
        "《海川市公共数据共享管理办法》[解读](../policy/2024/sharing.md)",
        "../interpretation/2024/r-sharing.md",
    ),
    (
        "[关于印发《海川市公共数据共享管理办法》的通知](../interpretation/2024/r-sharing.md)",
        "../policy/2024/sharing.md",
    ),
    ("[海川市公共数据共享管理办法](../../statutory/policy/)", "../policy/2024/sharing.md"),
    ("[政策解读](../../statutory/policy/)", "../interpretation/index.html"),
    ("[《海川市公共数据共享暂行办法》](../policy/2020/old.md)", "../policy/2024/sharing.md"),
)


def _site() -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {f"content/{one.path}": one.text for one in titles.TITLES}
    newer = "content/statutory/policy/2024/sharing.md"
    report = "content/annual-report/2024.md"
    public = "disclosure: 主动公开"
    for path, line in (
        (newer, "supersedes: 海数政规〔2020〕1号"),
        (report, "aliases: [old/2024.html]"),
    ):
        files[path] = str(files[path]).replace(public, f"{line}\n{public}")
    files["content/statutory/policy/2020/old.md"] = OLD
    files["site.yaml"] = f"{titles.SETTINGS}topics: {{open-data: {{title: 公共数据开放}}}}\n"
    return files


def _path(number: int) -> str:
    return f"content/statutory/notice/n{number:03}.md"


@cache
def _found() -> dict[str, list[Finding]]:
    """The findings about links in each text, of one site that holds them all."""
    texts = list(dict.fromkeys(text for text, _ in (*CASES, *SUGGESTIONS)))
    pages = {_path(number): f"{HEAD}{text}\n" for number, text in enumerate(texts)}
    with TemporaryDirectory() as folder:
        findings = examine(write_site(Path(folder), {**_site(), **pages}), TODAY).findings
    found: dict[str, list[Finding]] = {text: [] for text in texts}
    for finding in findings:
        is_about_links = BY_NAME[finding.rule].group in ("错链", "断链")
        if finding.place.path in pages and is_about_links:
            found[texts[int(finding.place.path[-6:-3])]].append(finding)
    return found


@pytest.mark.parametrize(("text", "rules"), CASES, ids=[text for text, _ in CASES])
def test_text_and_target(text: str, rules: str) -> None:
    found = _found()[text]
    said = [f"{finding.rule}: {finding.message.zh}" for finding in found]
    assert " ".join(sorted({finding.rule for finding in found})) == rules, said


@pytest.mark.parametrize(("text", "suggestion"), SUGGESTIONS)
def test_suggestion_is_what_was_meant(text: str, suggestion: str) -> None:
    assert [finding.suggestion for finding in _found()[text]] == [suggestion]
