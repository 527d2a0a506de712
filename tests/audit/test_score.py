"""The score sheet: full marks for good sites, exactly the right points for each planted mistake."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator import audit
from generator.audit.measures import MEASURES
from generator.audit.weights import REST, Weights, read
from generator.finding import Severity
from generator.rules import TABLE
from tests.audit.audits import audited, lost, points, vetoed
from tests.built import REPOSITORY, demonstration
from tests.edits import Edit, all_of, append, put, replace
from tests.mutations import MUTATIONS
from tests.sites import CONSULTATION, EVENT, FEES, TODAY

_SETTINGS = "site.yaml"
_NOTICE = "content/statutory/notice/2026/fees.md"
_HOME = (
    FEES.replace("行政事业性收费情况说明", "政府信息公开专栏说明")
    .replace("2026-00010", "2026-00020")
    .replace("没有行政事业性收费项目", "按[目录](list.md)公开政府信息")
)
_FAQ = "content/statutory/faq/2026/data-sharing.md"


@pytest.fixture(scope="module")
def shipped() -> Weights:
    return read(REPOSITORY, None)


def _column(name: str, days: int) -> Edit:
    """The site in which a column must be renewed within so many days."""
    return replace(
        _SETTINGS,
        "topics:",
        "columns:\n  guide: {}\n  institution: {}\n  statutory:\n    children:\n"
        + "".join(
            f"      {child}: {{{f'max_age_days: {days}' if child == name else ''}}}\n"
            for child in "policy interpretation work-points consultation faq event notice".split()
        )
        + "  annual-report: {}\ntopics:",
    )


def test_the_demonstration_site_has_full_marks_and_the_whole_bonus() -> None:
    outcome = demonstration().outcome
    done = audit.inspect(
        outcome.site,
        outcome.findings,
        audit.read_weights(REPOSITORY, None),
        audit.quarter.of_day(TODAY),
        lambda path, line: "",
    )
    assert (lost(done.sheet), vetoed(done.sheet), done.ledger) == ({}, [], ())
    assert points(done.sheet) == ("100", "30", "合格")


def test_a_site_of_the_contract_alone_has_full_marks() -> None:
    sheet = audited().sheet
    assert (lost(sheet), vetoed(sheet), points(sheet)) == ({}, [], ("100", "21", "合格"))
    assert {one.id: int(one.points) for one in sheet.bonuses} == {
        "same-day": 6,
        "items-covered": 0,
        "feedback": 5,
        "answers": 4,
        "tasks": 3,
        "open-day": 3,
        "catalog": 0,
    }


PLANTED: dict[str, tuple[Edit, dict[str, str], list[str]]] = {
    "a broken link": (append(_NOTICE, "见[清单](list.md)。"), {"broken-links": "0.1"}, []),
    "three broken links": (
        append(_NOTICE, "见[甲](a.md)、[乙](b.md)、[丙](c.md)。"),
        {"broken-links": "0.3"},
        [],
    ),
    "a broken link on the home page": (put("content/index.md", _HOME), {"home-links": "1"}, []),
    "a wrong year": (MUTATIONS["wrong-year"][0], {"wrong-links": "0.1"}, []),
    "a hidden link": (MUTATIONS["hidden-link"][0], {"wrong-links": "0.1"}, ["attacked"]),
    "an empty column": (MUTATIONS["empty-column"][0], {"empty-column": "2"}, []),
    "policies not renewed": (_column("policy", 20), {"stale-policy": "5"}, []),
    "interpretations not renewed": (
        _column("interpretation", 20),
        {"stale-interpretation": "4"},
        [],
    ),
    "events not renewed": (_column("event", 20), {"stale-other": "2"}, []),
    "a guide without a fax number": (MUTATIONS["guide-fields"][0], {"guide": "1"}, []),
    "an item of article 20 without anything": (
        MUTATIONS["uncovered-item"][0],
        {"items": "1"},
        [],
    ),
    "no ICP number": (MUTATIONS["footer-marks"][0], {"marks": "1"}, []),
    "a column that is not there": (MUTATIONS["missing-subcolumn"][0], {"missing-column": "5"}, []),
    "a document in the wrong column": (
        MUTATIONS["misfiled-kind"][0],
        {"mixed-content": "1"},
        [],
    ),
    "a date out of order": (MUTATIONS["date-order"][0], {"documents": "0.5"}, []),
    "a policy without interpretation": (
        MUTATIONS["missing-interpretation"][0],
        {"interpretation": "1"},
        [],
    ),
    "a report that does not add up": (
        MUTATIONS["report-row-sum"][0],
        {"annual-report": "2"},
        [],
    ),
    "an overdue task": (MUTATIONS["task-overdue"][0], {"work-points": "0.5"}, []),
    "an identity number": (MUTATIONS["personal-id"][0], {"review": "2"}, []),
    "a secret": (MUTATIONS["secrecy-mark"][0], {"review": "2"}, ["secrets"]),
    "a picture without words": (MUTATIONS["missing-alt"][0], {"accessibility": "0.2"}, []),
    "a waiver that covers nothing": (MUTATIONS["unused-waiver"][0], {"waivers": "0.2"}, []),
}


@pytest.mark.parametrize(("edit", "lines", "vetoes"), PLANTED.values(), ids=PLANTED)
def test_a_planted_mistake_costs_exactly_its_points(
    edit: Edit, lines: dict[str, str], vetoes: list[str]
) -> None:
    sheet = audited(edit).sheet
    assert (lost(sheet), vetoed(sheet)) == (lines, vetoes)
    assert sheet.base == 100 - sum(map(Decimal, lines.values()))
    assert sheet.is_passed == (not vetoes)


def test_mistakes_add_up_and_each_is_counted_once() -> None:
    names = ("wrong-year", "footer-marks", "missing-alt", "personal-id")
    sheet = audited(*(MUTATIONS[name][0] for name in names)).sheet
    assert lost(sheet) == {
        "marks": "1",
        "wrong-links": "0.1",
        "review": "2",
        "accessibility": "0.2",
    }
    assert (audit.number(sheet.base), sheet.verdict) == ("96.7", "合格")


def test_a_line_costs_no_more_than_its_limit() -> None:
    links = " ".join(f"[第{n}份](no-{n}.md)" for n in range(120))
    sheet = audited(append(_NOTICE, links)).sheet
    assert lost(sheet) == {"broken-links": "10"}
    line = next(one for one in sheet.deductions if one.id == "broken-links")
    assert len(line.evidence) == 120
    assert line.evidence[0].where == f"{_NOTICE}:12:1"
    assert line.standard == "每处扣0.1分，最多扣10分"


def test_five_empty_columns_veto() -> None:
    empty = "".join(f"      empty-{n}: {{title: 空栏{n}}}\n" for n in range(5))
    edit = all_of(
        _column("policy", 180), replace(_SETTINGS, "      policy:", f"{empty}      policy:")
    )
    sheet = audited(edit).sheet
    assert vetoed(sheet) == ["empty"]
    assert lost(sheet) == {"empty-column": "10"}
    assert points(sheet) == ("90", "0", "不合格（单项否决）")


def test_four_empty_columns_do_not_veto() -> None:
    empty = "".join(f"      empty-{n}: {{title: 空栏{n}}}\n" for n in range(4))
    edit = all_of(
        _column("policy", 180), replace(_SETTINGS, "      policy:", f"{empty}      policy:")
    )
    sheet = audited(edit).sheet
    assert (vetoed(sheet), lost(sheet), sheet.verdict) == ([], {"empty-column": "8"}, "合格")


def test_a_question_left_for_three_months_vetoes() -> None:
    edit = replace(_FAQ, "答: 5个工作日内答复。, 政策", "政策")
    asked = replace(_FAQ, "提问日期: 2026-09-24, 答复日期: 2026-09-25", "提问日期: 2026-08-03")
    sheet = audited(edit, asked).sheet
    assert vetoed(sheet) == ["unanswered"]
    veto = next(one for one in sheet.vetoes if one.id == "unanswered")
    assert [(one.where, one.words) for one in veto.evidence] == [
        (f"{_FAQ}:8:5", "2026年8月3日提出的问题没有答复")
    ]


def test_below_sixty_points_a_site_fails_without_any_veto() -> None:
    broken = " ".join(f"[第{n}份](no-{n}.md)" for n in range(120))
    wrong = " ".join(f"[2025年年度报告](../../../annual-report/2024.md?{n})" for n in range(120))
    marks = replace(_SETTINGS, "marks:", "# marks:")
    copies = [
        put(f"content/statutory/notice/2026/copy-{n}.md", FEES.replace("2026-00010", f"2026-0{n}"))
        for n in range(1000, 1025)
    ]
    phones = "，".join(f"1381234{n}" for n in range(5600, 5640))
    edits = (
        append(_NOTICE, broken),
        append(_NOTICE, wrong),
        append(_NOTICE, phones),
        marks,
        *copies,
    )
    sheet = audited(*edits).sheet
    assert sheet.base < 60
    assert (vetoed(sheet), points(sheet)[1:]) == ([], ("0", "不合格（低于60分）"))


def test_what_other_hosts_say_is_unasked_until_they_are_asked() -> None:
    line = next(one for one in audited().sheet.deductions if one.id == "external-links")
    assert (line.state.value, line.said) == ("未检查", "没有访问外部链接，加 --external 检查")


def test_every_rule_has_a_line_of_its_own(shipped: Weights) -> None:
    lines = shipped.deductions.values()
    named = {name for line in lines for name in line.rules}
    groups = {group for line in lines for group in line.groups} - {REST}
    heavy = [row for row in TABLE if row.rule.severity.weight >= Severity.WARNING.weight]
    left = [
        row.rule.name for row in heavy if row.rule.name not in named and row.group not in groups
    ]
    # What is left is of the group 栏目, whose rules each have a line, and must be given one.
    assert left == []


def test_every_measure_is_used(shipped: Weights) -> None:
    tables = (shipped.vetoes, shipped.deductions, shipped.bonuses)
    used = {line.measure for table in tables for line in table.values() if line.measure}
    assert used == set(MEASURES)


def test_the_shipped_points_come_to_what_they_say(shipped: Weights) -> None:
    bonus = sum(line.points for line in shipped.bonuses.values())
    assert [shipped.full, shipped.passing, shipped.bonus_from] == [
        Decimal(n) for n in (100, 60, 80)
    ]
    assert bonus == shipped.bonus_limit == 30
    assert {line.source for line in shipped.bonuses.values()} == {"设定"}


BONUSES: dict[str, tuple[Edit, str, str]] = {
    "an interpretation a day late": (
        replace(
            "content/statutory/interpretation/2026/data-sharing.md",
            "发布日期: 2026-09-24 09:00",
            "发布日期: 2026-09-25",
        ),
        "same-day",
        "近一年发布、应当解读的政策文件1件，其中1件没有同日发布解读",
    ),
    "an opinion rejected without a reason": (
        put(
            "content/statutory/consultation/2026/data-sharing.md",
            CONSULTATION.replace("是否采纳: 采纳, 理由: 已改为5个工作日", "是否采纳: 不采纳"),
        ),
        "feedback",
        "近一年截止的意见征集1件，其中1件没有写明采纳情况和理由",
    ),
    "a task done late": (
        replace(
            "content/statutory/work-points/2026.md", "完成日期: 2026-09-24", "完成日期: 2026-10-08"
        ),
        "tasks",
        "当年到期的任务1件，其中1件没有按期完成",
    ),
    "the open day of the year before last": (
        put(
            "content/statutory/event/2026/open-day.md",
            EVENT.replace("2026-10-20", "2025-11-19").replace("2026-10-19", "2025-11-18"),
        ),
        "open-day",
        "近一年公布的开放活动0次",
    ),
}


@pytest.mark.parametrize(("edit", "line", "said"), BONUSES.values(), ids=BONUSES)
def test_a_bonus_is_lost_with_its_reason(edit: Edit, line: str, said: str) -> None:
    bonus = next(one for one in audited(edit).sheet.bonuses if one.id == line)
    assert (bonus.state.value, bonus.said) == ("不加分", said)
