"""Lines → paragraphs: broken lines joined, glued headings parted, nothing else touched."""

from __future__ import annotations

import pytest

from generator.importer.blocks import Heading, Paragraph
from generator.importer.joining import join
from generator.importer.lines import split
from generator.importer.structure import blocks, missing_attachments


def texts(text: str) -> list[str]:
    found = blocks(join(split(text)[0]))
    return [block.text if isinstance(block, Paragraph | Heading) else "表" for block in found]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        # A line that ends with a comma, or an open bracket, goes on, even over the gap of a page.
        ("坚持公开为常态，\n不公开为例外。", ["坚持公开为常态，不公开为例外。"]),
        ("坚持公开为常态、\n\n不公开为例外。", ["坚持公开为常态、不公开为例外。"]),
        ("印发《\n数据办法》。", ["印发《数据办法》。"]),
        # No paragraph begins with a closing sign.
        ("坚持公开为常态\n，不公开为例外。", ["坚持公开为常态，不公开为例外。"]),
        # A number begins a new one whatever stood before it.
        ("坚持公开，\n二、工作任务", ["坚持公开，", "二、工作任务"]),
        ("open data\nportal,\nand more", ["open data", "portal,and more"]),
        # Short lines are lines.
        ("甲乙丙\n丁戊己\n庚辛壬", ["甲乙丙", "丁戊己", "庚辛壬"]),
        ("一、总体要求\n推进公开。", ["一、总体要求", "推进公开。"]),
    ],
)
def test_signs_at_the_break(text: str, paragraphs: list[str]) -> None:
    assert texts(text) == paragraphs


def test_latin_words_keep_their_space() -> None:
    wide = "the quick brown fox jumps over the lazy dog and runs"
    assert texts(f"{wide}\n{wide}\n{wide}\nend.") == [f"{wide} {wide} {wide} end."]


def test_lines_as_wide_as_the_page_go_on() -> None:
    text = (
        "推进政务公开工作是建设法治政府的重要内容也是服务群众\n"
        "的重要举措要坚持以人民为中心不断拓展公开的广度和深度\n"
        "提高公开的质量。\n"
        "一、加强组织领导\n"
        "各单位要高度重视政务公开工作把这项工作列入重要议事日\n"
        "程抓好落实。\n"
    )
    assert texts(text) == [
        "推进政务公开工作是建设法治政府的重要内容也是服务群众"
        "的重要举措要坚持以人民为中心不断拓展公开的广度和深度提高公开的质量。",
        "一、加强组织领导",
        "各单位要高度重视政务公开工作把这项工作列入重要议事日程抓好落实。",
    ]


def test_an_indent_begins_a_paragraph_and_a_line_without_one_goes_on() -> None:
    text = (
        "各区人民政府：\n"
        "　　现将工作要点印发给你们，请认真组织实施，并把落实\n"
        "情况按时报送市政府办公室。\n"
        "　　特此通知。\n"
        "　　附件：公开事项和时限，以及责任单位的任务分解表\n"
        "海川市人民政府\n"
        "2024年5月6日\n"
    )
    assert texts(text) == [
        "各区人民政府：",
        "现将工作要点印发给你们，请认真组织实施，并把落实情况按时报送市政府办公室。",
        "特此通知。",
        "附件：公开事项和时限，以及责任单位的任务分解表",
        "海川市人民政府",
        "2024年5月6日",
    ]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (
            "一、总体要求（一）指导思想。坚持改革。（二）工作目标。见效。二、任务",
            ["一、总体要求", "（一）指导思想。坚持改革。", "（二）工作目标。见效。", "二、任务"],
        ),
        # The count may run on across 一、 and 二、.
        (
            "一、甲\n（一）乙。丙。（二）丁。戊。\n二、己\n（三）庚。辛。（四）壬。癸。",
            [
                "一、甲",
                "（一）乙。丙。",
                "（二）丁。戊。",
                "二、己",
                "（三）庚。辛。",
                "（四）壬。癸。",
            ],
        ),
        # A number that does not continue the count is part of the sentence.
        ("做好工作。（三）另见附件。", ["做好工作。（三）另见附件。"]),
        ("做好工作。（一）另见附件。", ["做好工作。（一）另见附件。"]),
        # 1.2.3. inside a paragraph are the author's own way of writing.
        ("要求：1.公开。2.解读。3.回应。", ["要求：1.公开。2.解读。3.回应。"]),
    ],
)
def test_glued_headings(text: str, paragraphs: list[str]) -> None:
    assert texts(text) == paragraphs


def test_glued_chapters_and_articles_get_their_space() -> None:
    assert texts(
        "第一章总则\n第一条为了规范工作。\n第二条本办法适用于本市。\n第一条规定的除外。"
    ) == [
        "第一章　总则",
        "第一条　为了规范工作。",
        "第二条　本办法适用于本市。",
        "第一条规定的除外。",
    ]
    assert texts("第三条另有规定。") == ["第三条另有规定。"]


def test_a_list_of_attachments_is_one_paragraph() -> None:
    assert texts("附件：1.任务分解表\n2.责任清单\n3.时间表。") == [
        "附件：1.任务分解表\n2.责任清单",
        "3.时间表。",
    ]
    assert texts("附件：\n1.任务分解表\n2.责任清单") == ["附件：\n1.任务分解表\n2.责任清单"]


def test_attachments_that_the_text_does_not_hold() -> None:
    text = "附件：1.任务分解表\n2.责任清单\n甲局\n2024年5月6日\n附件1\n任务分解表\n推进公开。"
    found = blocks(join(split(text)[0]))
    assert missing_attachments(found) == {"责任清单": 1}
    assert Heading(6, "任务分解表") in found


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("特此通知\n甲局\n2024年5月6日\n海川市工作要点\n推进公开。", ["海川市工作要点"]),
        ("海川市工作要点\n推进公开。", ["海川市工作要点"]),
        ("推进公开。\n海川市工作要点\n推进公开。", []),
        ("2024年5月6日\n特此通知\n推进公开。", []),
        ("推进公开。\n任务分解表\n序号内容\n1甲事\n2乙事", ["任务分解表"]),
        ("推进公开。\n2024年5月6日\n工作要点", []),
    ],
)
def test_headings_without_a_number(text: str, headings: list[str]) -> None:
    found = blocks(join(split(text)[0]))
    assert [block.text for block in found if isinstance(block, Heading)] == headings
