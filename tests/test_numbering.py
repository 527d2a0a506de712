"""Official numbering: marks, headings that run in, and the ids of headings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.domain.numbering import (
    Mark,
    Rank,
    anchor,
    editor_anchor,
    heading_end,
    heading_text,
    mark,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一编 总则", Mark(Rank.PART, 1, "第一编")),
        ("第二章　附则", Mark(Rank.CHAPTER, 2, "第二章")),
        ("第3节 监督", Mark(Rank.SECTION, 3, "第3节")),
        ("第一百零三条\xa0本办法", Mark(Rank.ARTICLE, 103, "第一百零三条")),
        ("一、总体要求", Mark(Rank.FIRST, 1, "一、")),
        ("二十三、其他", Mark(Rank.FIRST, 23, "二十三、")),
        ("（十一）公开", Mark(Rank.SECOND, 11, "（十一）")),
        ("(三)公开", Mark(Rank.SECOND, 3, "(三)")),
        ("（一）、公开", Mark(Rank.SECOND, 1, "（一）、")),
        ("1.公开", Mark(Rank.THIRD, 1, "1.")),
        ("12、公开", Mark(Rank.THIRD, 12, "12、")),
        ("３．公开", Mark(Rank.THIRD, 3, "３．")),
        ("（1）公开", Mark(Rank.FOURTH, 1, "（1）")),
        ("(２)公开", Mark(Rank.FOURTH, 2, "(２)")),
        ("", None),
        ("公开一、二", None),
        ("第一条规定", None),
        ("一、二、三产业融合发展", None),
        ("1.5亿元", None),
        ("2024.5", None),
        ("2024年", None),
        ("（2024）", None),
        ("0.公开", None),
        ("零、公开", None),
        ("一是公开", None),
    ],
)
def test_marks(text: str, expected: Mark | None) -> None:
    assert mark(text) == expected


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("一、总体要求", "一、总体要求"),
        ("（一）及时发布。正文在此。", "（一）及时发布。"),
        ("1.及时发布。正文。", "1.及时发布。"),
        ("第一章 总则", "第一章 总则"),
        # The brackets of a title or a quotation hold their own stops.
        ("（一）坚持“应公开。尽公开”原则。正文。", "（一）坚持“应公开。尽公开”原则。"),
        ("（一）落实《规定。》要求。正文。", "（一）落实《规定。》要求。"),
        ("（一）坚持“没有合上。正文。", "（一）坚持“没有合上。"),
        ("（一）每日9:30公布。正文。", "（一）每日9:30公布。"),
        # Numbered sentences have no heading.
        ("1.及时发布政策文件。", ""),
        ("第一条 本办法适用于本市。", ""),
        ("1.发布文件；", ""),
        ("一、下列事项：", ""),
        ("（一）重点：一是发布。二是解读。", ""),
        ("(一)重点:一是发布。二是解读。", ""),
        ("（一）发布文件；做好解读。正文。", ""),
        ("（一）是否公开？公开。", ""),
        (f"1.{'及时发布' * 11}。正文。", ""),
        (f"1.{'及时发布' * 11}", ""),
        ("一、", ""),
    ],
)
def test_headings(text: str, heading: str) -> None:
    found = mark(text)
    assert found is not None
    assert text[: heading_end(text, found)] == heading


@settings(deadline=None)
@given(st.text(alphabet="一二（）()《》“”。！？：；、1.第章条 公开", max_size=60))
def test_a_heading_ends_within_its_paragraph(text: str) -> None:
    found = mark(text)
    if found:
        assert text.startswith(found.label)
        assert 0 <= heading_end(text, found) <= len(text)


def test_ids() -> None:
    assert heading_text("（一）及时发布。") == "（一）及时发布"
    assert anchor("一、总体要求") == "一、总体要求"
    assert anchor("第一章 总则") == "第一章-总则"
    assert anchor("公" * 100) == "公" * 80
    assert editor_anchor("（一）Open Data。") == "一open-data"
