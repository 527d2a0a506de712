"""Tables made from front matter: annual reports, tasks, consultations, questions."""

from __future__ import annotations

from datetime import date

import pytest
from markupsafe import Markup

from generator.model import (
    Heading,
)
from generator.pages.rows import state
from generator.pages.tables import place, report_tables
from generator.schema import Consultation, Feedback, Report
from tests.built import (
    all_words,
    build,
    good,
    grid,
    links,
    words,
)
from tests.edits import replace

CONSULTATION = "content/statutory/consultation/2026/data-sharing.md"
REPORT_PAGE = "annual-report/2025.html"


def test_the_tables_of_an_annual_report_stand_at_the_end_of_their_parts() -> None:
    page = good().page(REPORT_PAGE)
    order = [words(node)[:12] for node in page.css(".doc-text h2, .doc-text caption")]
    assert order == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "主动公开政府信息情况（统",
        "三、收到和处理政府信息公",
        "收到和处理政府信息公开申",
        "四、政府信息公开行政复议",
        "政府信息公开行政复议、行",
        "五、存在的主要问题及改进",
        "六、其他需要报告的事项",
    ]
    assert words(page.css_first(".form-table-2 caption")) == (
        "主动公开政府信息情况（统计期间：2025-01-01 至 2025-12-31）"
    )


def test_table_three_is_a_full_grid_with_its_groups() -> None:
    page = good().page(REPORT_PAGE)
    rows = page.css(".form-table-3 tbody tr")
    cells = grid(good().page(REPORT_PAGE), ".form-table-3 tr")
    assert (len(rows), {len(row) for row in cells}) == (25, {10})
    assert cells[3] == ["一、本年新收政府信息公开申请数量"] * 3 + [
        "9",
        "3",
        "0",
        "0",
        "0",
        "0",
        "12",
    ]
    assert cells[7][:3] == ["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"]
    assert cells[14][:3] == ["三、本年度办理结果", "（三）不予公开", "8.属于行政查询事项"]
    assert cells[26][:3] == ["三、本年度办理结果", "（七）总计", "（七）总计"]
    assert cells[27][:4] == ["四、结转下年度继续办理"] * 3 + ["0"]
    assert cells[2][3:] == [
        "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计",
    ]  # fmt: skip


def test_tables_two_and_four_are_full_grids() -> None:
    two = grid(good().page(REPORT_PAGE), ".form-table-2 tr")
    assert two == [
        ["第二十条第（一）项"] * 4,
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "0"],
        ["行政规范性文件", "0", "0", "1"],
        ["第二十条第（五）项"] * 4,
        ["信息内容", *["本年处理决定数量"] * 3],
        ["行政许可", "0", "0", "0"],
        ["第二十条第（六）项"] * 4,
        ["信息内容", *["本年处理决定数量"] * 3],
        ["行政处罚", "0", "0", "0"],
        ["行政强制", "0", "0", "0"],
        ["第二十条第（八）项"] * 4,
        ["信息内容", *["本年收费金额（单位：万元）"] * 3],
        ["行政事业性收费", "0", "0", "0"],
    ]
    four = grid(good().page(REPORT_PAGE), ".form-table-4 tr")
    names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert four == [
        ["行政复议"] * 5 + ["行政诉讼"] * 10,
        ["行政复议"] * 5 + ["未经复议直接起诉"] * 5 + ["复议后起诉"] * 5,
        names * 3,
        ["1", "0", "0", "0", "1"] + ["0"] * 10,
    ]


def test_tables_without_a_heading_of_their_own_come_last() -> None:
    report = Report.model_validate({"table2": {"permits": "3"}, "table3": {"new": ["1"]}})
    tables = report_tables(report)
    html = Markup(
        '<h2 id="二、甲">二、甲</h2><p>a</p><div class="run-in"><h2 id="b">五、乙</h2></div>'
    )
    outline = (Heading(2, "二、甲", "二、甲"), Heading(2, "五、乙", "b"))
    assert place(html, outline, tables) == (
        Markup('<h2 id="二、甲">二、甲</h2><p>a</p>'),
        tables[2],
        Markup('<div class="run-in"><h2 id="b">五、乙</h2></div>'),
        tables[3],
    )


def test_the_tasks_of_work_points_as_a_table_and_as_a_file() -> None:
    page = good().page("statutory/work-points/2026.html")
    assert grid(page, "#tasks tr") == [
        ["序号", "任务", "具体要求", "牵头单位", "配合单位", "时限", "进展", "完成日期", "落实情况"],
        [
            "1", "出台公共数据共享管理办法", "明确目录和期限", "数据资源科", "办公室", "2026-09-30",
            "已完成", "2026-09-24",
            "海数政规〔2026〕2号",
        ],
        ["2", "举办政府开放日", "邀请群众参加", "办公室", "数据资源科", "2026-12-20", "进行中", "", ""],
    ]  # fmt: skip
    assert [href for _, href in links(page, "#tasks a")] == [
        "../policy/2026/data-sharing.html",
        "2026-task-ledger.html",
        "2026-tasks.csv",
        "2026-task-ledger.xlsx",
        "2026-task-ledger.ics",
    ]


@pytest.mark.parametrize(
    ("opens", "closes", "feedback", "word"),
    [
        (date(2026, 11, 21), date(2026, 12, 31), (), "未开始"),
        (date(2026, 11, 20), date(2026, 12, 31), (), "征集中"),
        (date(2026, 10, 1), date(2026, 11, 20), (), "征集中"),
        (date(2026, 10, 1), None, (), "征集中"),
        (None, date(2026, 11, 19), (), "已截止"),
        (date(2026, 10, 1), date(2026, 11, 19), (Feedback(opinion="甲"),), "已反馈"),
    ],
)
def test_the_state_of_a_consultation(
    opens: date | None, closes: date | None, feedback: tuple[Feedback, ...], word: str
) -> None:
    consultation = Consultation(opens=opens, closes=closes, feedback=feedback)
    assert state(consultation, date(2026, 11, 20)).word == word


def test_a_consultation_shows_its_state_and_what_became_of_the_opinions() -> None:
    url = "statutory/consultation/2026/data-sharing.html"
    page = good().page(url)
    assert words(page.css_first(".banner")) == "已反馈 征集期限：2026-07-01 至 2026-08-05"
    assert grid(page, "#feedback tr") == [
        ["序号", "反馈人", "意见内容", "是否采纳", "理由"],
        ["1", "王先生", "答复期限再短一些", "采纳", "已改为5个工作日"],
    ]
    listed = good().page("statutory/consultation/index.html")
    assert all_words(listed, ".row-facts") == ["海川市数据与政务公开局 已反馈"]


def test_a_short_consultation_says_why() -> None:
    built = build(
        replace(CONSULTATION, "2026-08-05\n", "2026-07-10\n  不足三十日的理由: 情况紧急\n")
    )
    page = built.page("statutory/consultation/2026/data-sharing.html")
    assert words(page.css_first(".banner")) == (
        "已反馈 征集期限：2026-07-01 至 2026-07-10 征集时间不足三十日的理由：情况紧急"
    )


def test_questions_are_headings_and_lead_to_their_policy() -> None:
    page = good().page("statutory/faq/2026/data-sharing.html")
    assert all_words(page, ".question") == [
        "申请共享数据要等多久？ 5个工作日内答复。 政策依据："
        "海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知"
        " 提问：2026-09-24 答复：2026-09-25"
    ]
    assert links(page, ".question a") == [
        (
            "海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知",
            "../../policy/2026/data-sharing.html",
        )
    ]
