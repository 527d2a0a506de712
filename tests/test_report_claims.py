"""What the prose of an annual report says in numbers, and which numbers are no claim on the whole year."""

from __future__ import annotations

import pytest

from generator.domain.report_claims import claims, periods

YEAR = 2025

# A part of the report, its prose, and what it claims.
CLAIMS: dict[str, tuple[int, str, list[tuple[str, int]]]] = {
    "usual": (
        1,
        "（四）依申请公开。全年收到政府信息公开申请42件，比上年增加6件；上年结转2件；"
        "办结42件，结转下年度2件。",
        [("new", 42), ("carried_in", 2), ("result_total", 42), ("carried_out", 2)],
    ),
    "other order": (
        3,
        "本年新收到13件政府信息公开申请，连同上年度结转的申请一件，共办结申请12件，"
        "其余2件因征求第三方意见结转2026年度办理。",
        [("new", 13), ("carried_in", 1), ("result_total", 12), ("carried_out", 2)],
    ),
    "form's own words": (
        3,
        "本年新收政府信息公开申请数量为42件，上年结转政府信息公开申请2件，办结44件，结转0件。",
        [("new", 42), ("carried_in", 2), ("result_total", 44), ("carried_out", 0)],
    ),
    "Chinese numerals": (
        3,
        "共受理公民、法人和其他组织提出的政府信息公开申请一百零三件，办结了一百件。",
        [("new", 103), ("result_total", 100)],
    ),
    "signs of all widths, bold, spaces": (
        3,
        "收到政府信息公开申请 **１,２３４** 件，办结 １２３４ 件",
        [("new", 1234), ("result_total", 1234)],
    ),
    "whole year in words": (
        3,
        "2025年1月1日至2025年12月31日，收到申请42件，2025年办结40件。",
        [("new", 42), ("result_total", 40)],
    ),
    "none at all": (3, "本年度没有收到政府信息公开申请。", [("new", 0)]),
    "reviews": (
        4,
        "本年度发生行政复议3件，维持2件，纠正1件；行政诉讼案件1件，系未经复议直接起诉。",
        [("review", 3), ("suit", 1)],
    ),
    "reviews counted together": (4, "行政复议、行政诉讼案件共4件。", [("both", 4)]),
    "reviews side by side": (4, "发生2件行政复议和1件行政诉讼。", [("review", 2), ("suit", 1)]),
    "no reviews": (
        4,
        "没有发生因政府信息公开引起的行政复议和行政诉讼。",
        [("review", 0), ("suit", 0)],
    ),
    "a review and no suit": (
        4,
        "行政复议1件，未发生行政诉讼案件。",
        [("review", 1), ("suit", 0)],
    ),
    "reviews in the overview": (
        1,
        "全年没有因政府信息公开被提起行政诉讼，因政府信息公开被申请行政复议2件。",
        [("suit", 0), ("review", 2)],
    ),
    "a channel": (3, "通过网站收到申请20件，信函收到申请5件，当面收到申请17件。", []),
    "a part after 其中": (3, "收到申请42件，其中办结40件，收到企业申请3件。", [("new", 42)]),
    "some applicants": (3, "收到自然人申请20件，企业收到申请1件。", []),
    "a month": (3, "7月，收到申请3件；上半年收到申请9件；第三季度办结8件。", []),
    "another year": (3, "上年收到申请36件，2024年办结36件，2023年，收到申请31件。", []),
    "several years": (3, "近三年收到申请109件，制度施行以来办结200件。", []),
    "more than last year": (3, "比上年多收到申请6件，较去年增加收到申请6件。", []),
    "about": (3, "收到申请近50件，办结40余件，结转下年度约2件。", []),
    "a rate": (3, "办结率100%，按期办结，平均11.3个工作日。", []),
    "elsewhere": (3, "全市共收到申请900件，各县区办结880件。", []),
    "other business": (
        1,
        "依申请公开有序开展。承办的建议提案办结9件，信访事项办结3件，答复咨询办结5件。",
        [],
    ),
    "other applications": (1, "平台收到数据开放申请42件，收到申请5件，办结5件。", []),
    "other reviews": (1, "全年审理行政复议案件300件，办理行政诉讼12件。", []),
    "outcome of a review": (4, "被行政复议纠正的1件；没有发生行政复议被纠正的情形。", []),
    "path of a suit": (4, "系未经复议直接起诉的行政诉讼。另有尚未审结的行政复议。", []),
    "reviews of last year": (4, "上年发生行政复议2件，2024年行政诉讼1件。", []),
    "received and accepted": (3, "收到申请42件，受理申请40件。", [("new", 42)]),
}

PERIODS: dict[str, tuple[str, list[str]]] = {
    "usual": (
        "本报告统计期限为2025年1月1日至2025年12月31日。",
        ["2025年1月1日至2025年12月31日"],
    ),
    "one year for both": ("统计期间：2025年1月1日—12月31日", ["2025年1月1日—12月31日"]),
    "told": (
        "以下数据自2025年1月1日起统计，至12月31日止。",
        ["2025年1月1日起统计，至12月31日"],
    ),
    "Chinese numerals": (
        "报告期为二〇二五年一月一日至十二月三十一日。",
        ["二〇二五年一月一日至十二月三十一日"],
    ),
    "ISO dates": ("统计时间为2025-01-01至2025-12-31。", ["2025-01-01至2025-12-31"]),
    "of the work": ("2025年3月1日至5月31日开展专项整治。", []),
    "according to statistics": ("据统计，2025年1月1日至6月30日平台访问900次。", []),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_claims_of_the_whole_year(name: str) -> None:
    part, prose, expected = CLAIMS[name]
    found = claims(prose, part, YEAR, is_government=False)
    assert [(str(claim.fact), claim.value) for claim in found] == expected


def test_a_claim_knows_its_words_and_their_place() -> None:
    prose = "甲。\n全年收到申请 **44** 件（含上年结转2件），审结行政复议1件。"
    found = list(claims(prose, 3, YEAR, is_government=False))
    assert [(claim.words, claim.with_carried) for claim in found] == [
        ("收到申请 44 件", True),
        ("上年结转2件", False),
    ]
    assert prose[found[0].start :].startswith("收到申请")
    (review,) = claims(prose, 4, YEAR, is_government=False)
    assert review.is_concluded


def test_a_government_speaks_for_the_whole_city() -> None:
    (claim,) = claims("全市共收到申请900件。", 3, YEAR, is_government=True)
    assert claim.value == 900


@pytest.mark.parametrize("name", PERIODS)
def test_periods_that_a_report_covers(name: str) -> None:
    prose, expected = PERIODS[name]
    found = list(periods(prose, YEAR))
    assert [period.words for period in found] == expected
    assert all((p.begins, p.ends) == ((2025, 1, 1), (2025, 12, 31)) for p in found)
