"""Charts of annual reports: what they count, how they are drawn, and the tables that tell them."""

from __future__ import annotations

import re
from itertools import pairwise

from generator.pages.charts import MOST_YEARS, OUTCOMES, charts, outcomes
from tests.built import all_words, build, good, grid, words
from tests.edits import replace

PAGE = "annual-report/2025.html"
REPORT = "content/annual-report/2025.md"


def figures(new: int, opened: int, carried: int = 0) -> dict[str, int]:
    zero = {key: 0 for keys in OUTCOMES.values() for key in keys}
    return {**zero, "new": new, "open": opened, "result_total": opened, "carried_out": carried}


def test_a_report_shows_its_years_up_to_its_own() -> None:
    page = good().page(PAGE)
    assert all_words(page, ".chart figcaption") == [
        "2024年至2025年申请的收到、办结和结转（件）",
        "2025年申请的办理结果（件）",
        "2024年至2025年申请的办理结果（件）",
    ]
    assert grid(page, "#chart-flows tr") == [
        ["年度", "新收申请", "当年办结", "结转下年"],
        ["2024年", "10", "9", "1"],
        ["2025年", "12", "13", "0"],
    ]
    assert grid(page, "#chart-outcomes tr") == [
        ["办理结果", "件数"],
        ["予以公开", "13"],
        ["部分公开", "0"],
        ["不予公开", "0"],
        ["无法提供", "0"],
        ["不予处理", "0"],
        ["其他处理", "0"],
    ]
    assert grid(page, "#chart-trends tr") == [
        ["年度", "公开（含部分公开）", "不予公开", "无法提供等"],
        ["2024年", "9", "0", "0"],
        ["2025年", "13", "0", "0"],
    ]
    first = good().page("annual-report/2024.html")
    assert all_words(first, ".chart figcaption") == ["2024年申请的办理结果（件）"]


def test_a_drawing_says_where_its_numbers_are() -> None:
    page = good().page(PAGE)
    for figure in page.css(".chart"):
        svg = figure.css_first("svg")
        assert svg is not None
        assert svg.attributes["role"] == "img"
        title = words(figure.css_first("figcaption"))
        assert svg.attributes["aria-label"] == f"图：{title}，数据见下表"
        assert words(figure.css_first("table caption")) == title
        assert figure.css("[style]") == []


def test_columns_are_as_high_as_their_numbers() -> None:
    flows, _, _ = charts({2024: figures(10, 20, 5), 2025: figures(0, 10)})
    heights = [
        [float(height) for height in re.findall(r"v-([\d.]+)h", shape.path)]
        for shape in flows.shapes
    ]
    whole = max(heights[1])
    assert heights == [[whole / 2, 0.0], [whole, whole / 2], [round(whole / 4, 1), 0.0]]


def test_numbers_at_the_ends_of_lines_never_cover_each_other() -> None:
    *_, trends = charts({2024: figures(1, 1), 2025: figures(1, 1)})
    heights = sorted(word.y for word in trends.words if word.text in ("0", "1"))
    assert all(after - before >= 12 for before, after in pairwise(heights))


def test_long_numbers_above_narrow_columns_are_left_to_the_table() -> None:
    years = {2020 + number: figures(123_456_789, 1) for number in range(MOST_YEARS)}
    flows = charts(years)[0]
    assert "123456789" not in [word.text for word in flows.words]
    assert flows.table.groups[0][0][1].text == "123456789"


def test_nothing_received_draws_nothing_and_divides_by_nothing() -> None:
    (only,) = charts({2025: figures(0, 0)})
    assert only.shapes[0].path.count("h0v18h-0z") == 6
    assert charts({}) == ()


def test_each_row_of_the_form_is_counted_once() -> None:
    keys = [key for group in OUTCOMES.values() for key in group]
    assert (len(keys), len(set(keys))) == (21, 21)
    assert sum(outcomes(dict.fromkeys(keys, 1)).values()) == 21


def test_a_report_with_a_wrong_number_has_no_chart_and_is_left_out_of_the_others() -> None:
    built = build(
        replace("content/annual-report/2024.md", "[8, 2, 0, 0, 0, 0, 10]", "[8, 2, 0, 0, 0, 0, 十]")
    )
    assert built.page("annual-report/2024.html").css(".chart") == []
    assert all_words(built.page(PAGE), ".chart figcaption") == ["2025年申请的办理结果（件）"]


def test_the_report_of_another_organ_stands_apart() -> None:
    built = build(
        replace("content/annual-report/2024.md", "公开属性:", "发文机关: 海川市档案局\n公开属性:")
    )
    assert len(built.page(PAGE).css(".chart")) == 1
