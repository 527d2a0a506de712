"""The list of hot questions: marked, asked often, and the policies that draw the most."""

from __future__ import annotations

from tests.built import all_words, build, good, links, words
from tests.edits import Edit, replace
from tests.sites import GOOD_SITE

_FAQ = "content/statutory/faq/2026/data-sharing.md"
_PAGE = "hot-questions.html"


def _questions(*lines: str) -> Edit:
    """The list of questions with these instead of its one."""
    text = GOOD_SITE[_FAQ]
    assert isinstance(text, str)
    start, end = text.index("  - {问"), text.index("---\n\n公共")
    return replace(_FAQ, text[start:end], "".join(f"  - {{{line}}}\n" for line in lines))


def test_marked_questions_and_those_asked_often_come_first() -> None:
    built = build(
        _questions(
            "问: 甲？, 答: 一。, 提问次数: 2",
            "问: 乙？, 答: 二。, 提问次数: 3, 政策: 海数政规〔2026〕2号",
            "问: 丙？, 答: 三。, 热点: 是, 答复日期: 2026-09-25",
            "问: 丁？, 答: 四。, 提问次数: 12",
            "问: 戊？, 热点: 是",
        )
    )
    page = built.page(_PAGE)
    assert all_words(page, ".question h2") == ["丁？", "乙？", "丙？"]
    assert all_words(page, ".question-facts") == [
        "提问12次 出处：公共数据共享政策问答",
        "提问3次 政策依据：海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知"
        " 出处：公共数据共享政策问答",
        "出处：公共数据共享政策问答 答复：2026-09-25",
    ]
    assert links(page, ".question-facts a")[0] == (
        "公共数据共享政策问答",
        "statutory/faq/2026/data-sharing.html#q4",
    )
    assert all_words(page, "#policies li") == [
        "海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知 海数政规〔2026〕2号 提问3次"
    ]
    assert [href for _, href in links(page, "#policies a")] == [
        "statutory/policy/2026/data-sharing.html"
    ]


def test_three_questions_on_one_policy_make_it_one_that_people_ask_about() -> None:
    about = "政策: 海数政规〔2026〕2号, 提问日期: 2026-09-2"
    page = build(
        _questions(
            *(f"问: 甲{day}？, 答: 一。, {about}{day}, 答复日期: 2026-09-28" for day in "345")
        )
    ).page(_PAGE)
    assert page.css(".question") == []
    assert [said.partition("通知 ")[2] for said in all_words(page, "#policies li")] == [
        "海数政规〔2026〕2号 提问3次，最近一次2026-09-25"
    ]


def test_the_page_stays_where_nothing_is_hot_and_question_lists_lead_to_it() -> None:
    assert words(good().page(_PAGE).css_first(".empty")) == "目前没有反复询问的问题。"
    page = good().page("statutory/faq/2026/data-sharing.html")
    assert links(page, ".faq .more a") == [("热点问题清单", "../../../hot-questions.html")]
    column = good().page("statutory/faq/index.html")
    assert links(column, ".column-head .more a") == [("热点问题清单", "../../hot-questions.html")]
    assert good().page("statutory/index.html").css(".column-head .more a") == []


def test_how_often_is_often_is_set_in_the_settings() -> None:
    often = replace("site.yaml", "topics:", "participation: {hot_times: 2}\ntopics:")
    page = build(often, _questions("问: 甲？, 答: 一。, 提问次数: 2")).page(_PAGE)
    assert all_words(page, ".question h2") == ["甲？"]
