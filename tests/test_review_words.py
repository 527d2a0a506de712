"""Differences as a reader wants them: words, passages, tables, fields; whatever is compared, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Source
from generator.review.blocks import Block, blocks
from generator.review.fields import field_changes
from generator.review.nouns import Gap, Mark, Passage, Row, Run, Telling
from generator.review.passages import tell
from generator.review.words import compare

PARTS = ("公开", "数据", "办法。", "，", "5", "12.5%", "\n", "Word", " ", "〔2025〕", "！”", "甲")
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PARTS), max_size=40).map("".join))


def shown(runs: Iterable[Run]) -> str:
    signs = {Mark.SAME: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}
    return "".join(signs[run.mark].format(run.text) for run in runs)


def side(runs: Iterable[Run], absent: Mark) -> str:
    return "".join(run.text for run in runs if run.mark is not absent)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("一样。", "一样。", "一样。"),
        ("", "新的。", "{+新的。+}"),
        ("旧的。", "", "[-旧的。-]"),
        ("共2025件。", "共2026件。", "共[-2025-]{+2026+}件。"),
        ("收费12.50元。", "收费8元。", "收费[-12.50-]{+8+}元。"),
        ("甲句。乙句。丙句。", "甲句。丙句。", "甲句。[-乙句。-]丙句。"),
        (
            "申请应当在5个工作日内办结，不同意的说明理由。",
            "申请应当在5个工作日内办结，不同意的书面说明理由。",
            "申请应当在5个工作日内办结，不同意的{+书面+}说明理由。",
        ),
        # Two signs that happen to be the same are no help between words that are not.
        ("由市政府办公室负责。", "由县教育局科室负责。", "由[-市政府办公-]{+县教育局科+}室负责。"),
        ("今天天气很好。", "会议定于周一。", "[-今天天气很好。-]{+会议定于周一。+}"),
        ("附件 Word 版", "附件 PDF 版", "附件 [-Word-]{+PDF+} 版"),
    ],
)
def test_words(before: str, after: str, expected: str) -> None:
    assert shown(compare(before, after)) == expected


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_both_texts_can_be_read_from_the_difference(before: str, after: str) -> None:
    runs = compare(before, after)
    assert side(runs, Mark.ADDED) == before
    assert side(runs, Mark.REMOVED) == after
    assert all(run.text for run in runs)
    assert all(one.mark is not other.mark for one, other in pairwise(runs))


def test_long_texts_without_anything_in_common_end_soon() -> None:
    before, after = "甲乙丙丁" * 20_000, "戊己庚辛" * 20_000
    assert [run.mark for run in compare(before, after)] == [Mark.REMOVED, Mark.ADDED]


def paragraphs(*texts: str) -> list[Block]:
    return [Block("paragraph", text) for text in texts]


def outline(text: Telling) -> list[str]:
    return [
        f"…{one.passages}" if isinstance(one, Gap) else f"{one.mark.value} {shown(one.runs)}"
        for one in text
    ]


def test_passages_far_from_a_change_are_counted() -> None:
    before = paragraphs(*(f"第{number}段的文字在这里。" for number in range(9)))
    after = [*before[:4], Block("paragraph", "第4段的文字都在这里。"), *before[5:]]
    assert outline(tell(before, after)) == [
        "…3",
        "same 第3段的文字在这里。",
        "changed 第4段的文字{+都+}在这里。",
        "same 第5段的文字在这里。",
        "…3",
    ]
    assert tell(before, before) == ()


def test_a_passage_that_came_is_not_taken_for_a_rewritten_one() -> None:
    before = paragraphs("为了规范收费，制定本办法。", "本办法自公布之日起施行。")
    after = paragraphs(
        "为了规范收费行为，制定本办法。", "县级部门参照执行。", "本办法自五月一日起施行。"
    )
    assert outline(tell(before, after)) == [
        "changed 为了规范收费{+行为+}，制定本办法。",
        "added {+县级部门参照执行。+}",
        "changed 本办法自[-公布之-]{+五月一+}日起施行。",
    ]


def table(*rows: str) -> Block:
    cells = tuple(tuple(row.split("|")) for row in rows)
    return Block("table", "\n".join("\t".join(row) for row in cells), cells)


def grid(text: Telling) -> tuple[list[str], int]:
    passage = text[0]
    assert isinstance(passage, Passage)
    return [_row(row) for row in passage.rows], passage.left_out


def _row(row: Row) -> str:
    return f"{row.mark.value}: " + "|".join(shown(cell.runs) for cell in row.cells)


def test_a_table_is_told_by_cells_with_its_head() -> None:
    before = table("事项|期限|单位", "甲项|5日|办公室", "乙项|7日|数据科", "丙项|9日|法规科")
    after = table("事项|期限|单位", "甲项|5日|办公室", "乙项|6日|数据科", "丁项|8日|人事科")
    assert grid(tell([before], [after])) == (
        [
            "same: 事项|期限|单位",
            "changed: 乙项|[-7-]{+6+}日|数据科",
            "changed: [-丙-]{+丁+}项|[-9-]{+8+}日|[-法规-]{+人事+}科",
        ],
        1,
    )


def test_a_column_that_came_moves_no_other_cell() -> None:
    before = table("事项|单位", "甲项|办公室", "乙项|数据科")
    after = table("事项|期限|单位", "甲项|5日|办公室", "乙项|7日|数据科")
    assert grid(tell([before], [after])) == (
        [
            "changed: 事项|{+期限+}|单位",
            "changed: 甲项|{+5日+}|办公室",
            "changed: 乙项|{+7日+}|数据科",
        ],
        0,
    )


def test_blocks_as_a_reader_meets_them() -> None:
    markup = (
        "<h2 id='a'>一、<em>总则</em></h2><p>甲 <a href='x'>乙</a><br>丙<img src='a.png' alt='图'></p>"
        "<ul><li>子<ul><li>丑</li></ul>寅</li></ul><blockquote><p>卯</p></blockquote>"
        "<div>辰<table><caption>巳</caption><tr><th>午</th></tr><tr><td>未<br>申</td></tr></table></div>"
        "<p> </p>酉"
    )
    assert [(one.sort, one.text) for one in blocks(markup)] == [
        ("heading", "一、总则"),
        ("paragraph", "甲 乙 丙［图片：图］"),
        ("item", "子"),
        ("item", "丑"),
        ("item", "寅"),
        ("quotation", "卯"),
        ("paragraph", "辰"),
        ("paragraph", "巳"),
        ("table", "午\n未 申"),
        ("paragraph", "酉"),
    ]


def test_elements_very_deep_in_each_other_are_read() -> None:
    assert [one.text for one in blocks("<div><i>" * 5000 + "甲")] == ["甲"]


def source(**fields: object) -> Source:
    return Source("content/a.md", fields, {}, {}, "", 1)


def changes(before: Source | None, after: Source | None) -> list[tuple[str, str, str]]:
    return [(one.name, one.before, one.after) for one in field_changes(before, after)]


def test_fields_have_their_chinese_names_down_to_the_cell() -> None:
    before = source(
        title="旧",
        topics=["a", "b"],
        review={"drafter": "甲", "reviewer": "乙"},
        tasks=[{"task": "一", "due": "5月"}, {"task": "二"}, {"task": "三"}],
        report={"table3": {"new": ["1", "0"]}, "table2": {"rules": {"made": "0"}}},
        unknown="x",
    )
    after = source(
        title="新",
        topics=["a", "c"],
        review={"drafter": "甲", "reviewer": "丙"},
        tasks=[{"task": "一", "due": "6月"}, {"task": "三"}, {"task": "四", "lead": ["丁", "戊"]}],
        report={"table3": {"new": ["2", "0"]}, "table2": {"rules": {"made": "1"}}},
    )
    assert changes(before, after) == [
        ("标题", "旧", "新"),
        ("专题", "a、b", "a、c"),
        ("审核 · 审稿人", "乙", "丙"),
        ("任务 · 第1项 · 时限", "5月", "6月"),
        ("任务 · 第2项", "任务：二", ""),
        ("任务 · 第3项", "", "任务：四；牵头单位：丁、戊"),
        ("年报数据 · 表三 · 一、本年新收政府信息公开申请数量", "1、0", "2、0"),
        ("年报数据 · 表二 · 规章 · 本年制发件数", "0", "1"),
        ("unknown", "x", ""),
    ]


def test_fields_that_change_their_shape() -> None:
    assert changes(source(topics="a"), source(topics=["a", "b"])) == [("专题", "a", "a、b")]
    assert changes(source(review="甲"), source(review={"drafter": "甲"})) == [
        ("审核", "甲", "拟稿人：甲")
    ]
    assert changes(None, source(review={"drafter": "甲"})) == [("审核 · 拟稿人", "", "甲")]
