"""Markdown traps, each judged together with what the converter makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.convert import convert
from generator.domain.blocks import Sort, blocks
from generator.domain.counting import breaks
from generator.domain.promises import promised
from generator.domain.traps import Kind, Trap, traps
from generator.rules.typed import without_code

TABLE = "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |"
TRAPS: dict[str, list[tuple[Kind, str]]] = {
    "甲：\n- 一\n- 二": [(Kind.LIST, "- 一")],
    "甲：\n1. 一\n2. 二": [(Kind.LIST, "1. 一")],
    "甲\n## 标题\n乙\n- 丙": [(Kind.LIST, "- 丙")],
    "- 甲\n  - 乙": [(Kind.NESTING, "- 乙")],
    "- 甲；\n- 乙。\n以上执行。": [(Kind.AFTER_LIST, "以上执行。")],
    f"下表：\n{TABLE}": [(Kind.TABLE, "| 甲 | 乙 |")],
    f"{TABLE}\n注：数据": [(Kind.ROW, "注：数据")],
    f"{TABLE}\n| 3 | 4 | 5 |": [(Kind.CELLS, "| 3 | 4 | 5 |")],
    "| 甲 | 乙 | 丙 |\n| --- | --- |\n| 1 | 2 | 3 |": [(Kind.DELIMITER, "| --- | --- |")],
    "| 甲 | 乙 |\n| —— | —— |\n| 1 | 2 |": [(Kind.DELIMITER, "| —— | —— |")],
    "| 甲 | 乙 |\n| 1 | 2 |": [(Kind.DELIMITER, "| 1 | 2 |")],
    "1、甲\n2、乙\n3、丙": [(Kind.NUMBERS, "1、甲")],
    "① 甲\n② 乙": [(Kind.NUMBERS, "① 甲")],
    "• 甲\n• 乙": [(Kind.NUMBERS, "• 甲")],
    "甲\n\n    乙\n\n\t丙": [(Kind.INDENT, "乙")],
    "　　甲。\n　　乙。": [(Kind.WIDE_INDENT, "甲。")],
    "##标题": [(Kind.HEADING, "##标题")],
    "正文。\n---": [(Kind.SETEXT, "---")],
    "见［甲］（a.md）。": [(Kind.LINK, "［甲］（a.md）")],
    "见[甲]（a.md）。": [(Kind.LINK, "[甲]（a.md）")],
    "见[甲] (a.md)。": [(Kind.LINK, "[甲] (a.md)")],
    "**重点：甲。": [(Kind.BOLD, "**重点：甲。")],
    "** 重点 ** 甲": [(Kind.BOLD, "** 重点 ** 甲")],
    "甲<script>a()</script>": [(Kind.HTML, "<script>")],
    '<iframe src="a"></iframe>': [(Kind.HTML, "<iframe>")],
    '<p onclick="a()">甲</p>': [(Kind.HTML, "onclick")],
}
NONE = [
    "甲：\n\n- 一\n- 二",
    "- 甲\n\n    续段\n\n    - 子项\n\n正文",
    "- 甲\n    - 乙",
    "一、总体要求\n- 一\n- 二",
    "## 标题\n- 一",
    "甲段：\n1. 及时公开。正文。\n2. 准确公开。正文。",
    f"{TABLE}\n\n注：数据",
    f"{TABLE}\n二、数据",
    f"一、甲\n{TABLE}",
    "| 甲 | 乙 |\n| --- | --- |\n| 子 \\| 丑 | [[海府发〔2024〕1号|寅]] |",
    "1、甲\n\n2、乙",
    "5、6月\n7、8月",
    "（一）甲。正文\n（二）乙。正文",
    "标题\n---",
    "[甲](a.md)（注）",
    "［2024］（沪发）",
    "坚持**“先审查、后公开”**原则",
    "申请人王**反映，情况属实。",
    "电话138****0000。",
    "138****1234和139****5678",
    "| 王** | 甲 |\n| --- | --- |\n| 李** | 乙 |",
    "```\n甲：\n- 一\n**\n    乙\n<script>\n```",
    "`**甲`和`<script>`",
    "甲[^1]\n\n[^1]: 注\n\n    续注",
    "甲\n: 释\n\n    续",
    "<table><tr><td>甲</td></tr></table>",
    '<p style="text-align:center">甲</p>',
    "***",
    "<!-- 编者注 --> 注释后面的字不是缩进。",
    "甲。\n\n<!-- 两行\n注释 -->   后面的字。",
    "正文 #话题",
]


def found(text: str) -> list[Trap]:
    return list(traps(without_code(text), convert(text).text))


@pytest.mark.parametrize("text", TRAPS)
def test_trap(text: str) -> None:
    assert [(trap.kind, trap.text) for trap in found(text)] == TRAPS[text]


@pytest.mark.parametrize("text", NONE)
def test_no_trap(text: str) -> None:
    assert found(text) == []


_PIECES = st.sampled_from(
    "一、 （一） 1. 2、 附件 附件： （见附件2） ： 。 \n \n\n 正文 |甲|乙| |-|-| - * ** ` ``` ~~~"
    " <!-- --> <div> </div> [ ] ( ) ［ （a.md） # --- &nbsp; \t 　　 138****0 [[ ]] 第一条".split(
        " "
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(_PIECES, st.sampled_from(tuple(TRAPS))), max_size=40).map("".join))
def test_blocks_left_out_are_paragraphs_of_one_line(text: str) -> None:
    every, several = list(blocks(text)), list(blocks(text, with_single=False))
    left_out = [block for block in every if block not in several]
    assert several == [block for block in every if block not in left_out]
    assert all(block.sort is Sort.PARAGRAPH and len(block.lines) == 1 for block in left_out)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_no_text_breaks_a_rule(text: str) -> None:
    bare = without_code(text)
    assert len(bare) == len(text)
    assert all(0 <= trap.offset <= len(text) for trap in traps(bare, text))
    assert all(0 <= each.offset <= len(text) for each in breaks(bare))
    assert all(0 <= each.start <= len(text) for each in promised(bare).by_number.values())
