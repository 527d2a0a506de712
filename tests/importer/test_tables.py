"""Tables in plain text, and the tasks that tables and lead groups hold."""

from __future__ import annotations

import pytest

from generator.importer.blocks import Block, Heading, Paragraph, Table
from generator.importer.joining import join
from generator.importer.lines import split
from generator.importer.structure import blocks
from generator.importer.tasks import Task, group_units, tasks


def found(text: str) -> list[Block]:
    return blocks(join(split(text)[0]))


def rows(*lines: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split("|")) for line in lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Tabs.
        ("任务\t单位\n甲\t乙局\n丙\t丁局", [Table(1, rows("任务|单位", "甲|乙局", "丙|丁局"))]),
        ("任务\t单位\n\t乙局\n丙", [Table(1, rows("任务|单位", "|乙局")), Paragraph(3, "丙")]),
        ("\t任务\t单位\n\t甲\t乙局", [Table(1, rows("任务|单位", "甲|乙局"))]),
        ("甲\t乙\t丙\n丁\t戊", [Table(1, rows("甲|乙|丙", "丁|戊|"))]),
        ("只有一行\t不是表", [Paragraph(1, "只有一行 不是表")]),
        # Spaces.
        (
            "任务  单位\n甲事  乙局\n丙事　　丁局\n完。",
            [Table(1, rows("任务|单位", "甲事|乙局", "丙事|丁局")), Paragraph(4, "完。")],
        ),
        ("甲局  乙局\n2024年  5月", [Paragraph(1, "甲局 乙局"), Paragraph(2, "2024年 5月")]),
        # One cell a line.
        (
            "序号\n任务\n单位\n1\n甲事\n乙局\n\n2\n丙事\n丁局\n完。",
            [Table(1, rows("序号|任务|单位", "1|甲事|乙局", "2|丙事|丁局")), Paragraph(11, "完。")],
        ),
        # Glued rows; a row may be broken, and may begin with a year.
        (
            "序号公开内容\n1甲事\n乙事\n22024年丙事\n310个项目\n4丁事\n五、戊",
            [
                Table(1, rows("序号|公开内容", "1|甲事乙事", "2|2024年丙事")),
                Paragraph(5, "310个项目"),
                Paragraph(6, "4丁事"),
                Paragraph(7, "五、戊"),
            ],
        ),
        (
            "序号由系统生成。\n1甲事\n2乙事",
            [Paragraph(1, "序号由系统生成。"), Paragraph(2, "1甲事"), Paragraph(3, "2乙事")],
        ),
    ],
)
def test_tables(text: str, expected: list[Block]) -> None:
    assert found(text) == expected


def test_tasks_of_a_table_with_all_columns() -> None:
    text = (
        "序号\t工作任务\t具体要求\t牵头单位\t责任单位\t完成时限\n"
        "1\t公开预算\t逐项公开\t市财政局\t各区、各部门\t6月底前\n"
        "2\t\t细化到项\t市财政局\t\t\n"
    )
    assert tasks(found(text)) == (
        Task("公开预算", "逐项公开", ("市财政局",), ("各区", "各部门"), "6月底前"),
        Task("公开预算", "细化到项", ("市财政局",), (), ""),
    )


def test_a_table_without_tasks_gives_none() -> None:
    assert tasks(found("姓名\t电话\n甲\t0000")) == ()


@pytest.mark.parametrize(
    ("inside", "units"),
    [
        ("市A局、市B局牵头", (("市A局", "市B局"), (), "")),
        ("市A局牵头，市B局、市C局配合", (("市A局",), ("市B局", "市C局"), "")),
        (
            "市A局牵头负责，6月底前完成",
            (("市A局",), (), "6月底前完成"),
        ),
        (
            "牵头单位：市A局；配合单位：市B局、各区；2024年12月底前",
            (("市A局",), ("市B局", "各区"), "2024年12月底前"),
        ),
        ("责任单位：市A局、市B局", (("市A局", "市B局"), (), "")),
        ("市A局按职责分工负责", (("市A局",), (), "")),
        ("2018-2020年", None),
        ("以下称“五公开”", None),
        ("牵头", None),
    ],
)
def test_lead_groups(
    inside: str, units: tuple[tuple[str, ...], tuple[str, ...], str] | None
) -> None:
    assert group_units(inside) == units


def test_the_task_of_a_group_is_the_heading_it_belongs_to() -> None:
    text = (
        "一、重点\n（一）推进甲公开。做好乙。（市A局牵头）\n（二）推进丙公开\n做好丁。（市B局牵头）\n"
        "做好戊，抓好己。（市C局牵头）\n1.做好庚,细化辛。(市D局负责)\n（三）推进壬公开(市E局牵头)"
    )
    assert tasks(found(text)) == (
        Task("推进甲公开", lead=("市A局",)),
        Task("推进丙公开", lead=("市B局",)),
        Task("做好戊，抓好己", lead=("市C局",)),
        Task("做好庚,细化辛", lead=("市D局",)),
        Task("推进壬公开", lead=("市E局",)),
    )


def test_a_group_below_a_heading_without_a_number() -> None:
    given: list[Block] = [Heading(1, "任务分工"), Paragraph(2, "做好公开。（市A局牵头）")]
    assert tasks(given) == (Task("任务分工", lead=("市A局",)),)


@pytest.mark.parametrize(
    ("row", "task"),
    [
        ("产业结构调整:研究编制规划", Task("产业结构调整", "研究编制规划")),
        ("推进（一：二）公开；做好解读", Task("推进（一：二）公开", "做好解读")),
        ("每日9:30公布数据", Task("每日9:30公布数据")),
        ("推进公开。", Task("推进公开")),
        (
            f"推进公开,{'做好解读回应和监督保障工作' * 4}",
            Task("推进公开", "做好解读回应和监督保障工作" * 4),
        ),
    ],
)
def test_a_row_is_parted_into_task_and_detail(row: str, task: Task) -> None:
    assert tasks([Table(1, (("序号", "任务"), ("1", row)))]) == (task,)
