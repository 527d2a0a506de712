"""The quarterly report: what it says of problems, of the quarter's work and of what falls due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from generator.audit.activity import falling_due
from generator.audit.paper import Heading, Paragraph
from generator.audit.quarter import Quarter, of_day, parse
from generator.audit.quarterly import quarterly_paper
from tests.audit.audits import audited
from tests.edits import Edit, append, put, replace
from tests.mutations import MUTATIONS
from tests.sites import CONSULTATION, NOTICE, TODAY

_SETTINGS = "site.yaml"
_NOTICE = "content/statutory/notice/2026/fees.md"
_POLICY = "content/statutory/policy/2026/data-sharing.md"


def _under(heading: str, *edits: Edit) -> list[str]:
    """The paragraphs and headings from `heading` to the next of its level or above."""
    blocks = quarterly_paper(audited(*edits)).blocks
    start = next(
        place for place, b in enumerate(blocks) if isinstance(b, Heading) and b.text == heading
    )
    first = blocks[start]
    assert isinstance(first, Heading)
    found = []
    for block in blocks[start + 1 :]:
        if isinstance(block, Heading) and block.level <= first.level:
            break
        if isinstance(block, Heading | Paragraph):
            found.append(block.text)
    return found


def test_quarters_are_read_as_people_write_them() -> None:
    third = Quarter(2026, 3)
    assert [parse(text) for text in ("2026Q3", "2026-q3", "2026年第3季度")] == [third] * 3
    assert [parse(text) for text in ("2026Q0", "2026Q5", "26Q3", "Q3", "", "0001Q1")] == [None] * 6
    assert (third.first, third.last) == (date(2026, 7, 1), date(2026, 9, 30))
    assert (third.next, Quarter(2026, 4).next) == (Quarter(2026, 4), Quarter(2027, 1))
    assert (str(third), third.zh) == ("2026Q3", "2026年第三季度")


def test_every_day_lies_in_its_quarter() -> None:
    for days in range(800):
        day = date(2026, 1, 1) + timedelta(days=days)
        assert of_day(day).holds(day)
        assert not of_day(day).next.holds(day)


def test_problems_are_told_by_kind_with_examples() -> None:
    said = _under(
        "二、主要问题",
        append(_NOTICE, "见[甲](a.md)、[乙](b.md)、[丙](c.md)、[丁](d.md)。"),
        MUTATIONS["footer-marks"][0],
    )
    where = _NOTICE
    assert said[:4] == [
        "（一）断链4处",
        f"链接的网页不存在：a.md（{where}:12:2）；链接的网页不存在：b.md（{where}:12:12）；"
        f"链接的网页不存在：c.md（{where}:12:22）等4处。",
        "（二）栏目1处",
        "缺少ICP备案编号（marks.icp）（site.yaml:1:1）。",
    ]
    assert said[4].startswith("下列各项程序不能判断，需人工核查：弄虚作假")


def test_a_good_site_has_nothing_to_mend() -> None:
    assert _under("二、主要问题")[0] == "检查没有发现需要整改的问题。"


def test_vetoes_are_named_in_the_result() -> None:
    (said,) = _under("（二）检查结果", MUTATIONS["secrecy-mark"][0])
    assert said == (
        "发现问题1处，其中错误1处、警告0处。有1项单项否决：泄露国家秘密。扣分表得98分，加分0分，"
        "合计98分，自查结论为不合格（单项否决）。"
    )


def test_switched_off_rules_and_waivers_are_owned_up_to() -> None:
    off = replace(_SETTINGS, "topics:", "rules: {wording: off, vague-link-text: info}\ntopics:")
    waived = replace(
        _NOTICE,
        "公开属性",
        "豁免: [{规则: broken-page, 理由: 月底补发, 批准人: 周望舒, 期限: 2026-12-31}]\n公开属性",
    )
    said, *_ = _under("（一）检查范围", off, waived, append(_NOTICE, "见[清单](list.md)。"))
    assert said.endswith("没有访问外部链接。关闭的规则1条（wording）。经批准的豁免1条。")


def test_units_share_what_is_to_be_mended() -> None:
    units = replace(_SETTINGS, "topics:", "audit: {units: {statutory/notice: 综合科}}\ntopics:")
    said = _under(
        "四、下一步",
        units,
        append(_NOTICE, "见[甲](a.md)、[乙](b.md)。"),
        MUTATIONS["footer-marks"][0],
    )
    assert said[0] == "1.改正台账所列的3处问题：综合科2处、市数政局1处，改正后重新检查、销号。"


def test_items_that_nobody_has_accounted_for_are_listed() -> None:
    (said,) = _under("（五）法定主动公开事项")
    assert said == (
        "15项中3项有内容、链接或者理由，第（三）、（四）、（五）、（六）、（七）、（九）、（十）、"
        "（十一）、（十二）、（十三）、（十四）、（十五）项尚未写明。"
    )


OPEN = CONSULTATION.replace("000014349/2026-00006", "000014349/2026-00016").replace(
    "2026-07-01", "2026-11-02"
)
DUE: dict[str, tuple[tuple[Edit, ...], str, tuple[str, ...]]] = {
    "columns": (
        (),
        "更新栏目",
        (
            "“政府信息公开指南”（2027年3月19日前）",
            "“政策文件”（2027年3月23日前）",
            "“政策解读”（2027年3月23日前）",
            "“政府信息公开工作年度报告”（2027年3月27日前）",
        ),
    ),
    "tasks": (
        (),
        "完成工作要点的任务",
        ("举办政府开放日（2026年12月20日前，办公室）",),
    ),
    "the report of a department": (
        (),
        "公布年度报告",
        ("2026年政府信息公开工作年度报告（2027年1月31日前）",),
    ),
    "the report of a government": (
        (replace(_SETTINGS, "code:", "level: government\n  code:"),),
        "公布年度报告",
        ("2026年政府信息公开工作年度报告（2027年3月31日前）",),
    ),
    "documents": (
        (replace(_POLICY, "失效日期: 2031-10-31", "失效日期: 2027-03-31"),),
        "对到期的文件作出处理",
        (
            "《海川市数据与政务公开局关于印发〈海川市公共数据共享管理办法〉的通知》（2027年3月31日失效）",
        ),
    ),
    "waivers": (
        (
            replace(
                _NOTICE,
                "公开属性",
                "豁免: [{规则: wording, 理由: 原文如此, 批准人: 周望舒, 期限: 2027-01-31}]\n公开属性",
            ),
        ),
        "处理到期的豁免",
        (f"{_NOTICE} 的 wording（2027年1月31日到期）",),
    ),
    "consultations": (
        (
            put(
                "content/statutory/consultation/2026/open.md",
                OPEN.replace("2026-08-05", "2026-12-10"),
            ),
        ),
        "截止意见征集，反馈采纳情况",
        (
            "《关于〈海川市公共数据共享管理办法（征求意见稿）〉公开征求意见的公告》（2026年12月10日截止）",
        ),
    ),
}


@pytest.mark.parametrize(("edits", "what", "each"), DUE.values(), ids=DUE)
def test_what_falls_due_is_foreseen(
    edits: tuple[Edit, ...], what: str, each: tuple[str, ...]
) -> None:
    site = audited(*edits).site
    assert dict(falling_due(site, Quarter(2027, 1).last))[what] == each


def test_what_is_not_public_is_in_no_paper() -> None:
    secret = NOTICE.replace("内设机构\n", "暗号牡丹\n").replace("2026-00009", "2026-00019")
    edits = (
        put(
            "content/statutory/notice/2026/hidden.md",
            secret.replace("公开属性: 主动公开", "公开属性: 不予公开").replace("旧址", "关键词"),
        ),
    )
    said = str(quarterly_paper(audited(*edits)).blocks)
    assert "暗号牡丹" not in said
    assert "hidden" not in said


def test_the_report_is_signed_on_the_day_of_the_audit() -> None:
    blocks = quarterly_paper(audited(today=TODAY)).blocks
    assert blocks[-2:] == (
        Paragraph("海川市数据与政务公开局", signed=True),
        Paragraph("2026年11月20日", signed=True),
    )
