"""The ledger: what each problem says of itself, and what becomes of it from one audit to the next."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.audit import Audit, Earlier, RecordError, read_earlier, record
from generator.audit.ledger import Row, State
from generator.finding import Severity
from tests.audit.audits import audited, points
from tests.edits import Edit, all_of, append, replace
from tests.sites import TODAY

_SETTINGS = "site.yaml"
_NOTICE = "content/statutory/notice/2026/fees.md"
_DEPARTMENTS = "content/statutory/notice/2026/departments.md"
_BEFORE = TODAY - timedelta(days=30)
_BROKEN = append(_NOTICE, "见[收费清单](list.md)。")


def _said(rows: tuple[Row, ...]) -> list[tuple[str, str, str]]:
    return [(row.state.value, row.rule, row.text) for row in rows]


def _recorded(done: Audit, folder: Path) -> Earlier:
    """The audit as a later one reads it."""
    (folder / "audit.json").write_text(record(done), encoding="utf-8")
    return read_earlier(folder)


def test_a_row_says_where_what_and_who() -> None:
    units = replace(
        _SETTINGS,
        "topics:",
        "audit: {units: {statutory: 办公室, statutory/notice: 数据资源科}}\ntopics:",
    )
    (row,) = audited(units, _BROKEN).ledger
    assert (row.page, row.url, row.where) == (
        "海川市数据与政务公开局行政事业性收费情况说明",
        "https://www.example.gov.cn/zwgk/statutory/notice/2026/fees.html",
        f"{_NOTICE}:12:2",
    )
    assert (row.kind, row.text, row.problem) == ("断链", "收费清单", "链接的网页不存在：list.md")
    assert (row.unit, row.state, row.found, row.closed) == ("数据资源科", State.NEW, TODAY, None)
    assert row.advice.startswith("核对地址")


@pytest.mark.parametrize(
    ("units", "unit"),
    [
        ("{statutory: 办公室}", "办公室"),
        ("{annual-report: 办公室}", "市数政局"),
        ("{statutory/notice: 数据资源科}", "数据资源科"),
    ],
)
def test_the_unit_is_that_of_the_nearest_column(units: str, unit: str) -> None:
    named = replace(_SETTINGS, "topics:", f"audit: {{units: {units}}}\ntopics:")
    (row,) = audited(named, _BROKEN).ledger
    assert row.unit == unit


def test_an_empty_column_is_the_business_of_its_unit() -> None:
    named = replace(_SETTINGS, "topics:", "audit: {units: {statutory/faq: 综合科}}\ntopics:")
    (row,) = audited(named, replace(_FAQ, "公开属性", "草稿: 是\n公开属性")).ledger
    assert (row.rule, row.page, row.url, row.unit) == (
        "empty-column",
        "全站（站点设置）",
        "",
        "综合科",
    )


_FAQ = "content/statutory/faq/2026/data-sharing.md"


def test_personal_data_never_stand_in_it() -> None:
    numbers = append(_NOTICE, "联系人13812345678，公民身份号码110101199003074258。")
    done = audited(numbers)
    assert [(row.rule, row.text) for row in done.ledger] == [
        ("personal-phone", "138****5678"),
        ("personal-id", "110101********4258"),
    ]
    assert not any(number in record(done) for number in ("13812345678", "110101199003074258"))


def test_what_stays_what_is_new_and_what_was_mended(tmp_path: Path) -> None:
    other = append(_DEPARTMENTS, "见[名单](names.md)。")
    first = audited(_BROKEN, other, today=_BEFORE)
    assert _said(first.ledger) == [
        ("待整改", "broken-page", "名单"),
        ("待整改", "broken-page", "收费清单"),
    ]
    # Lines above it do not make an old problem a new one.
    moved = replace(_NOTICE, "本局没有", "说明如下。\n\n本局没有")
    new = append(_DEPARTMENTS, "![机构图](chart.png)")
    second = audited(moved, _BROKEN, new, earlier=_recorded(first, tmp_path))
    assert [
        (*said, row.found, row.closed)
        for said, row in zip(_said(second.ledger), second.ledger, strict=True)
    ] == [
        ("待整改", "broken-file", "机构图", TODAY, None),
        ("已整改", "broken-page", "名单", _BEFORE, TODAY),
        ("整改中", "broken-page", "收费清单", _BEFORE, None),
    ]
    third = audited(earlier=_recorded(second, tmp_path), today=TODAY + timedelta(days=1))
    assert [(row.state.value, row.text, row.closed) for row in third.ledger] == [
        ("已整改", "机构图", TODAY + timedelta(days=1)),
        ("已整改", "名单", TODAY),
        ("已整改", "收费清单", TODAY + timedelta(days=1)),
    ]


def test_of_two_equal_problems_one_may_be_mended(tmp_path: Path) -> None:
    twice = append(_NOTICE, "见[收费清单](list.md)，还有[收费清单](list.md)。")
    first = audited(twice, today=_BEFORE)
    second = audited(_BROKEN, earlier=_recorded(first, tmp_path))
    assert [row.state.value for row in second.ledger] == ["整改中", "已整改"]


def test_days_that_pass_do_not_make_a_problem_new(tmp_path: Path) -> None:
    late = replace(
        _SETTINGS,
        "topics:",
        "columns:\n  guide: {max_age_days: 100}\n  institution: {}\n  statutory: {}\n"
        "  annual-report: {}\ntopics:",
    )
    first = audited(late, today=_BEFORE)
    second = audited(late, earlier=_recorded(first, tmp_path))
    assert [row.rule for row in first.ledger] == ["guide-stale"]
    assert [(row.state.value, row.found) for row in second.ledger] == [("整改中", _BEFORE)]


@pytest.mark.parametrize(
    ("edit", "state"),
    [
        (replace(_SETTINGS, "topics:", "rules: {broken-page: off}\ntopics:"), "未复查"),
        (replace(_SETTINGS, "topics:", "rules: {broken-page: info}\ntopics:"), "未复查"),
        (
            replace(
                _NOTICE,
                "公开属性",
                "豁免: [{规则: broken-page, 理由: 月底补发, 批准人: 周望舒, 期限: 2026-12-31}]\n公开属性",
            ),
            "已豁免",
        ),
        (
            replace(
                _SETTINGS,
                "topics:",
                f"waivers: [{{rule: broken-page, path: {_NOTICE}, target: list.md, reason: 月底补发,"
                " by: 周望舒, until: 2026-12-31}]\ntopics:",
            ),
            "已豁免",
        ),
    ],
    ids=["switched off", "only told", "waived in the document", "waived in site.yaml"],
)
def test_what_nobody_looks_at_is_not_called_mended(edit: Edit, state: str, tmp_path: Path) -> None:
    first = audited(_BROKEN, today=_BEFORE)
    second = audited(all_of(_BROKEN, edit), earlier=_recorded(first, tmp_path))
    assert [row.state.value for row in second.ledger] == [state]


def test_what_is_off_is_looked_at_again_when_it_is_on(tmp_path: Path) -> None:
    first = audited(_BROKEN, today=_BEFORE)
    off = replace(_SETTINGS, "topics:", "rules: {broken-page: off}\ntopics:")
    second = audited(_BROKEN, off, earlier=_recorded(first, tmp_path))
    third = audited(_BROKEN, earlier=_recorded(second, tmp_path))
    assert [(row.state.value, row.found) for row in third.ledger] == [("整改中", _BEFORE)]


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    done = audited(_BROKEN)
    earlier = _recorded(done, tmp_path)
    assert earlier == Earlier(TODAY, done.sheet.base, done.sheet.bonus, "合格", done.ledger)
    assert read_earlier(tmp_path / "audit.json") == earlier


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"form": 2}, "不是 gongkai audit 写出的"),
        ({"day": "昨天"}, "不是 gongkai audit 写出的"),
        ({"ledger": [{}]}, "不是 gongkai audit 写出的"),
        ({"ledger": [[]] * 3}, "不是 gongkai audit 写出的"),
    ],
)
def test_another_file_is_refused(change: dict[str, object], said: str, tmp_path: Path) -> None:
    whole = json.loads(record(audited()))
    (tmp_path / "audit.json").write_text(json.dumps({**whole, **change}), encoding="utf-8")
    with pytest.raises(RecordError) as error:
        read_earlier(tmp_path)
    assert said in error.value.sentence.zh


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_make_the_reader_raise_anything_else(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "record.json"
    file.write_bytes(content)
    with pytest.raises(RecordError):
        read_earlier(file)


def test_a_folder_without_a_record_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as error:
        read_earlier(tmp_path)
    assert error.value.sentence.zh.startswith(f"没有找到上一次自查的记录 {tmp_path / 'audit.json'}")


def test_findings_that_only_inform_are_not_in_it() -> None:
    info = replace(_SETTINGS, "topics:", "rules: {broken-page: info}\ntopics:")
    done = audited(info, _BROKEN)
    assert (done.ledger, points(done.sheet)[0]) == ((), "100")
    assert dict(done.counts) == {Severity.ERROR: 0, Severity.WARNING: 0, Severity.INFO: 1}


def test_dates_are_of_the_audit_not_of_the_clock() -> None:
    (row,) = audited(_BROKEN, today=date(2026, 11, 12)).ledger
    assert row.found == date(2026, 11, 12)
