"""What a text is, for which year, and who issued and signed it."""

from __future__ import annotations

from datetime import date

import pytest

from generator.domain.kinds import Kind
from generator.importer import dates, nature, signature
from generator.importer.blocks import Block, Paragraph


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于印发《2024年政务公开工作要点》的通知", Kind.WORK_POINTS),
        ("《海川市数据管理办法》解读", Kind.INTERPRETATION),
        ("《2024年政务公开工作要点》政策解读", Kind.INTERPRETATION),
        ("2023年政府信息公开工作年度报告", Kind.ANNUAL_REPORT),
        ("海川市数据局政府信息公开指南", Kind.GUIDE),
        ("海川市数据局政府信息公开审查制度", Kind.INSTITUTION),
        ("关于公开征求《数据管理办法》意见的公告", Kind.CONSULTATION),
        ("海川市数据管理办法政策问答", Kind.FAQ),
        ("政府开放日活动预告", Kind.EVENT),
        ("海川市数据管理办法（试行）", Kind.POLICY),
        ("关于放假的通知", Kind.POLICY),
        ("行政许可结果公示", Kind.NOTICE),
        ("", Kind.NOTICE),
    ],
)
def test_kind_by_title(title: str, kind: Kind) -> None:
    assert nature.kind_of(title, "x", []) is kind


def test_kind_without_a_title() -> None:
    own: list[Block] = [Paragraph(1, "制定本工作要点。")]
    assert nature.kind_of("", "x", own) is Kind.WORK_POINTS
    assert nature.kind_of("", "2023-annual-report", []) is Kind.ANNUAL_REPORT
    assert nature.kind_of("", "2024年工作要点", []) is Kind.WORK_POINTS


def test_year_by_title_then_text_then_name() -> None:
    blocks: list[Block] = [Paragraph(1, "2021年是开局之年，到2035年建成。")]
    assert nature.year_of("2024年工作要点", "2020", blocks) == 2024
    assert nature.year_of("工作要点", "2020", blocks) == 2021
    assert nature.year_of("工作要点", "x-2020-y", [Paragraph(1, "推进公开。")]) == 2020
    assert nature.year_of("工作要点", "x", []) is None


@pytest.mark.parametrize(
    ("title", "organ"),
    [
        ("上海市人民政府办公厅关于印发要点的通知", "上海市人民政府办公厅"),
        ("2020年上海市经济和信息化委员会政务公开工作要点", "上海市经济和信息化委员会"),
        ("海川市数据局2023年政府信息公开工作年度报告", "海川市数据局"),
        ("2018年上海市政务公开工作要点", ""),
        ("关于印发要点的通知", ""),
    ],
)
def test_the_organ_in_a_title(title: str, organ: str) -> None:
    assert nature.organ_of(title) == organ


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["甲。", "海川市数据局", "2024年5月6日"],
            signature.Signature(("海川市数据局",), date(2024, 5, 6)),
        ),
        (
            ["海川市财政局 海川市数据局", "二〇二四年五月十六日", "2025年1月1日"],
            signature.Signature(("海川市财政局", "海川市数据局"), date(2024, 5, 16)),
        ),
        (
            ["海川市财政局", "海川市数据局", "2024年5月6日"],
            signature.Signature(("海川市财政局", "海川市数据局"), date(2024, 5, 6)),
        ),
        (["海川市数据局 2024年5月6日"], signature.Signature(("海川市数据局",), date(2024, 5, 6))),
        (["2024年5月1日", "甲。", "（2024年5月6日）"], signature.Signature((), date(2024, 5, 6))),
        (["2024年5月6日前完成。"], signature.Signature()),
        (["海川市数据局", "2024年2月30日"], signature.Signature()),
        (["海川市数据局", "2026年5月6日"], signature.Signature()),
    ],
)
def test_signatures(lines: list[str], expected: signature.Signature) -> None:
    blocks = [Paragraph(number, line) for number, line in enumerate(lines, start=1)]
    assert signature.read(blocks, date(2025, 6, 1)) == expected


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-16", "2024-05-16"),
        ("2024年5月16日 9:05", "2024-05-16 09:05"),
        ("2024/5/16 23:59:59", "2024-05-16 23:59"),
        ("2024.5.16", "2024-05-16"),
        ("2024-05-16 25:00", "2024-05-16"),
        ("二〇二四年十月二十日", "2024-10-20"),
        ("2024-13-01", None),
        ("近日", None),
        ("", None),
    ],
)
def test_moments(text: str, moment: str | None) -> None:
    assert dates.moment(text) == moment
