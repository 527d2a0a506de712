"""Official numbers that do not count on, and those that do."""

from __future__ import annotations

import pytest

from generator.domain.counting import breaks

BAD: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "一、甲\n\n文。\n\n三、乙\n\n文。": [("三、", ("二、",))],
    "一、甲\n二、乙\n四、丙": [("四、", ("三、",))],
    "一、甲\n\n（一）子。\n\n（三）丑。": [("（三）", ("（二）",))],
    "1.甲\n\n3.乙": [("3.", ("2.",))],
    "1、甲\n2、乙\n4、丙": [("4、", ("3.",))],
    "（1）甲\n\n（3）乙": [("（3）", ("（2）",))],
    "第一条 甲。\n\n第三条 乙。": [("第三条", ("第二条",))],
    "第一章 总则\n\n第一条 甲。\n\n第二章 附则\n\n第三条 乙。": [("第三条", ("第二条",))],
    "第一章 甲\n\n第三章 乙": [("第三章", ("第二章",))],
    "一、甲\n\n二、乙\n\n二、丙\n\n三、丁": [("二、", ())],
    "一、甲\n\n一、乙": [("一、", ())],
    "（一）甲\n\n（二）乙\n\n（一）丙\n\n（二）丁": [("（一）", ())],
    "二、乙\n\n三、丙": [("二、", ("一、",))],
    "## 一、甲\n\n## 三、乙": [("三、", ("二、",))],
    "**一、甲**\n\n**三、乙**": [("三、", ("二、",))],
    "　　一、甲\n\n　　三、乙": [("三、", ("二、",))],
    "1. 甲要。正文正文。\n\n3. 乙要。正文正文。": [("3.", ("2.",))],
    "一、甲\n\n1.子\n\n2.丑\n\n二、乙\n\n2.寅": [("2.", ("1.",))],
    "一、甲\n\n三、乙\n\n二、丙\n\n四、丁": [("三、", ("二、",))],
}
GOOD = [
    "一、甲\n\n（一）子。\n\n（二）丑。\n\n二、乙\n\n（一）寅。",
    "第一章 总则\n\n第一条 甲。\n\n第二章 附则\n\n第二条 乙。",
    "第一编 甲\n\n第一章 子\n\n第一条 丑\n\n第二编 乙\n\n第一章 寅\n\n第二条 卯",
    "第一条 甲：\n\n（一）子；\n\n（二）丑。\n\n第二条 乙：\n\n（一）寅；",
    # Counted on under the next heading.
    "一、甲\n\n（一）子\n\n（二）丑\n\n二、乙\n\n（三）寅\n\n三、丙\n\n（四）卯",
    # Markdown's own list.
    "1. 甲\n2. 乙\n5. 丙",
    "1. 及时公开。正文一。\n2. 明确时限，做好工作。\n3. 强化监督。正文。",
    # Prose.
    "一是甲；二是乙。\n\n三是丙。",
    "一、二季度，全市。\n\n5、6月份。\n\n3.5万户。",
    "一、甲\n\n1.2024年完成。\n\n2.2025年完成。\n\n3.其他。",
    # The missing number stands inside a paragraph.
    "一、甲 二、乙\n\n三、丙",
    "一、总体要求（一）指导思想。正文。\n\n（二）原则。",
    # Another count begins.
    "主要有：\n\n1.甲\n\n2.乙\n\n下一步：\n\n1.丙\n\n2.丁",
    "一、甲\n\n二、乙\n\n附件\n\n实施方案\n\n一、丙\n\n二、丁",
    "第一条 甲。\n\n第二条 乙。\n\n## 另一办法\n\n第一条 丙。",
    # A table of contents.
    "目录\n\n一、甲\n\n二、乙\n\n一、甲\n\n文。\n\n二、乙",
    "目录\n第一章 甲\n第二章 乙\n第一章 甲\n第一条 子\n第二章 乙\n第二条 丑",
    # Levels the other way round.
    "1.甲\n\n（一）子\n\n（二）丑\n\n2.乙\n\n（一）寅",
    "| 一、甲 | 1 |\n| --- | --- |\n| 三、乙 | 2 |",
]


@pytest.mark.parametrize("text", BAD)
def test_breaks(text: str) -> None:
    found = list(breaks(text))
    assert [(each.label.strip(), each.missing) for each in found] == BAD[text]
    assert all(text[each.offset :].startswith(each.label) for each in found)


@pytest.mark.parametrize("text", GOOD)
def test_counts_on(text: str) -> None:
    assert list(breaks(text)) == []


def test_excerpts_show_some_articles() -> None:
    assert list(breaks("第三条 甲。\n\n第七条 乙。", with_articles=False)) == []
