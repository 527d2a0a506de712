"""Import of any text: it never fails, loses nothing, and gives front matter that reads back."""

from __future__ import annotations

import time
from collections import Counter

import frontmatter
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from generator.importer import NotText, decode, import_text
from tests.importer.reading import body, page, signs, without

_SIGNS = [
    *"一二三四五六（）()、。，；：:,.;*_#[]{}<>|\\`+-=~!&^\"'《》“” \t\u3000\n\n\n",
    *"1234562年月日附件通知要点第条章abc",
]
_PIECES = [
    *_SIGNS,
    "&amp;",
    "[[x]]",
    "[^1]:",
    "序号\n",
    "序号任务\n1",
    "\n2",
    "来源:",
    "发布日期：",
    "  ",
    "    ",
    "\n---\n",
    "{: #a}",
    "<div>",
    "<!--",
    "```",
    "1. ",
    "（一）",
    "一、",
    "\n字号:\n",
    "\n分享:\n",
    "海川市数据局",
    "牵头）",
    "2024年5月1日",
    "海办发〔2024〕1号\n",
    "关于印发要点的通知\n",
    "相关稿件:\n",
]
# Everything but what cannot be seen, whose removal has a test of its own.
_VISIBLE = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"]), max_size=120
)
TEXTS = st.one_of(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join), _VISIBLE)


@settings(deadline=None)
@given(TEXTS)
def test_the_page_shows_every_sign_in_its_order(text: str) -> None:
    found = import_text(text, "x.txt")
    assert page(body(found)) == without(text, (*found.removed, *found.lifted))


@settings(deadline=None)
@given(st.text(), st.text(max_size=30))
def test_any_text_and_any_name(text: str, name: str) -> None:
    found = import_text(text, name)
    found.markdown.encode()
    post = frontmatter.loads(found.markdown)
    assert post["title"] == found.title
    assert post["kind"] == found.kind.value
    assert frontmatter.loads(frontmatter.dumps(post)).metadata == post.metadata
    expected = Counter(signs(text))
    expected.subtract(signs("".join(line.text for line in (*found.removed, *found.lifted))))
    assert {sign: count for sign, count in expected.items() if count} == Counter(page(body(found)))


@settings(deadline=None)
@given(TEXTS)
def test_importing_twice_gives_the_same(text: str) -> None:
    assert import_text(text, "x.txt") == import_text(text, "x.txt")


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_sentence(raw: bytes) -> None:
    try:
        text = decode(raw)
    except NotText as error:
        event("refused")
        sentence = error.sentence
    else:
        sentence = import_text(text, "x.txt").notes[-1].message
    assert sentence.zh
    assert sentence.en


def test_invisible_characters_are_removed_and_told() -> None:
    found = import_text("关于放\u200b假的通知\n放\x07假。\ufeff\n", "x.txt")
    assert found.title == "关于放假的通知"
    assert body(found) == "放假。"
    assert [(line.line, line.text) for line in found.removed] == [(1, "\u200b"), (2, "\x07\ufeff")]


def test_codes_of_spaces_become_spaces() -> None:
    found = import_text("&nbsp;&nbsp;放假&amp;nbsp;三天。\n放假。", "x.txt")
    assert body(found) == "放假 三天。\n\n放假。"
    assert [(line.line, line.text) for line in found.removed] == [(1, "&nbsp;&nbsp;&amp;nbsp;")]


@pytest.mark.parametrize("text", ["", "\n\n", " \u3000\n", "\ufeff"])
def test_an_empty_text_still_is_a_document(text: str) -> None:
    found = import_text(text, "dir/2024-work-points.txt")
    assert found.title == "2024-work-points"
    assert found.notes[0].message.zh == "原文没有正文"
    assert body(found) == ""


def test_keywords_are_a_list() -> None:
    found = import_text("主题词：政务公开 要点；解读\n关于放假的通知\n放假。", "x.txt")
    assert frontmatter.loads(found.markdown)["keywords"] == ["政务公开", "要点", "解读"]


def test_one_line_is_the_body() -> None:
    found = import_text("推进公开", "甲.txt")
    assert (found.title, body(found)) == ("甲", "推进公开")


@pytest.mark.parametrize("name", ["", "/", "..", "a/b/", "\x00.txt", ".txt"])
def test_any_name_gives_a_title(name: str) -> None:
    assert import_text("推进公开。", name).title


@pytest.mark.parametrize(
    "text",
    [
        "推进政务公开工作，" * 120_000,
        "推进政务公开工作推进政务公开工作推进政务公开工作\n" * 40_000,
        "2024年5月1日\n" * 100_000,
        "一、推进。（一）" * 120_000,
        "序号内容\n" + "".join(f"{number}推进\n" for number in range(1, 60_000)),
        "序号\n" * 200_000,
        "任务\t单位\n" * 60_000,
        "甲事  乙局甲事乙局甲事乙局甲事乙局\n" * 60_000,
        "（" * 1_000_000,
        " " * 1_000_000 + "甲",
    ],
    ids=[
        "sentence",
        "wrapped",
        "dates",
        "marks",
        "glued",
        "stacked",
        "tabs",
        "spaces",
        "brackets",
        "blank",
    ],
)
def test_time_grows_with_the_text_and_no_faster(text: str) -> None:
    start = time.process_time()
    import_text(text, "x.txt")
    # A quadratic step would take minutes.
    assert time.process_time() - start < 20
