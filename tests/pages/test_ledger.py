"""The task ledger: by unit, by date, what last year left undone; the workbook and the calendar."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from generator.domain.task_state import TaskState, state, units
from tests.built import all_words, build, good, grid, links, words
from tests.edits import Edit, all_of, put, replace
from tests.sites import TODAY, WORK_POINTS

_PLAN = "content/statutory/work-points/2026.md"
_LAST_PLAN = "content/statutory/work-points/2025.md"
_PAGE = "statutory/work-points/2026-task-ledger.html"
_XLSX = "statutory/work-points/2026-task-ledger.xlsx"
_ICS = "statutory/work-points/2026-task-ledger.ics"

# 2025 as 2026, its second task still open.
LAST_YEAR = put(
    _LAST_PLAN,
    WORK_POINTS.replace(", 落实情况: 海数政规〔2026〕2号", "").replace("2026", "2025"),
)


def _task(line: str) -> Edit:
    return replace(_PLAN, "---\n\n2026年政务公开", f"  - {{{line}}}\n---\n\n2026年政务公开")


def test_tasks_by_unit_and_by_date() -> None:
    built = build(
        _task("任务: 更新指南, 牵头单位: 办公室、数据资源科, 时限: 第二季度, 状态: 已完成"),
        _task("任务: 回应咨询, 时限: 全年"),
    )
    page = built.page(_PAGE)
    assert words(page.css_first("h1")) == "任务台账"
    assert links(page, ".lead a") == [("海川市数据与政务公开局2026年政务公开工作要点", "2026.html")]
    assert "共4项任务：已完成2项，进行中2项。" in words(page.css_first("header.column-head"))
    assert grid(page, "#by-unit tr") == [
        ["序号", "时限", "任务", "配合单位", "进展"],
        [*["数据资源科（2项）"] * 3, *["已完成2项"] * 2],
        ["3", "第二季度", "更新指南", "", "已完成"],
        ["1", "2026-09-30", "出台公共数据共享管理办法", "办公室", "2026-09-24完成"],
        [*["办公室（2项）"] * 3, *["已完成1项，进行中1项"] * 2],
        ["3", "第二季度", "更新指南", "", "已完成"],
        ["2", "2026-12-20", "举办政府开放日", "数据资源科", "进行中"],
        [*["未写明牵头单位（1项）"] * 3, *["进行中1项"] * 2],
        ["4", "全年", "回应咨询", "", "进行中"],
    ]
    assert grid(page, "#by-due tr") == [
        ["序号", "时限", "任务", "牵头单位", "配合单位", "进展"],
        ["3", "第二季度", "更新指南", "办公室、数据资源科", "", "已完成"],
        ["1", "2026-09-30", "出台公共数据共享管理办法", "数据资源科", "办公室", "2026-09-24完成"],
        ["2", "2026-12-20", "举办政府开放日", "办公室", "数据资源科", "进行中"],
        ["4", "全年", "回应咨询", "", "", "进行中"],
    ]
    assert page.css("#left-over, script:not([src])") == []


def test_what_last_year_left_undone_stands_on_this_years_pages() -> None:
    built = build(LAST_YEAR)
    for url in (_PAGE, "statutory/work-points/2026.html"):
        page = built.page(url)
        assert grid(page, "#left-over tr") == [
            ["序号", "时限", "任务", "牵头单位", "进展"],
            ["2", "2025-12-20", "举办政府开放日", "办公室", "未完成，已过时限"],
        ]
        assert links(page, "#left-over a") == [
            ("海川市数据与政务公开局2025年政务公开工作要点", "2025.html")
        ]
    assert built.page("statutory/work-points/2025-task-ledger.html").css("#left-over") == []


def test_done_or_dropped_tasks_of_last_year_are_not_left_over() -> None:
    for said in ("状态: 已完成, 完成日期: 2026-01-15", "状态: 调整到2026年"):
        page = build(all_of(LAST_YEAR, replace(_LAST_PLAN, "状态: 进行中", said))).page(_PAGE)
        assert page.css("#left-over") == []


def test_the_workbook_holds_what_the_pages_show_and_no_formula() -> None:
    built = build(LAST_YEAR, _task('任务: "=1+1", 牵头单位: "@甲科", 时限: 全年'))
    book = load_workbook(io.BytesIO(built.content(_XLSX)))
    assert book.sheetnames == ["任务分解表", "按单位", "按时限", "上年未完成"]
    assert [[cell.value or "" for cell in row] for row in book["按时限"].iter_rows()] == [
        ["时限", "任务", "牵头单位", "配合单位", "进展"],
        ["2026-09-30", "出台公共数据共享管理办法", "数据资源科", "办公室", "2026-09-24完成"],
        ["2026-12-20", "举办政府开放日", "办公室", "数据资源科", "进行中"],
        ["全年", "=1+1", "@甲科", "", "进行中"],
    ]
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert book.properties.modified is not None
    assert book.properties.modified.date() == date(2026, 5, 11)


def test_the_workbook_depends_on_nothing_but_the_tasks() -> None:
    content = build().content(_XLSX)
    assert content == good().content(_XLSX)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def _unfolded(content: bytes) -> list[str]:
    return content.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def test_the_calendar_has_the_days_that_are_certain() -> None:
    built = build(
        _task(
            "任务: 更新指南；答复意见, 要求: '甲, 乙\\丙', 牵头单位: 办公室, 时限: 第二季度, 状态: 取消"
        ),
        _task("任务: 回应咨询, 时限: 全年"),
    )
    content = built.content(_ICS)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    lines = _unfolded(content)
    uids = [line for line in lines if line.startswith("UID:")]
    assert lines[:6] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//海川市数据与政务公开局//政府信息公开 gongkai//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:海川市数据与政务公开局2026年政务公开工作要点",
    ]
    assert lines[-12:] == [
        "BEGIN:VEVENT",
        uids[-1],
        "DTSTAMP:20260510T160000Z",
        "DTSTART;VALUE=DATE:20260630",
        "DTEND;VALUE=DATE:20260701",
        "SUMMARY:更新指南；答复意见",
        "DESCRIPTION:要求：甲\\, 乙\\\\丙\\n牵头单位：办公室\\n时限：第二季度\\n进展：取消",
        "URL:https://www.example.gov.cn/zwgk/statutory/work-points/2026-task-ledger.html",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    assert len(set(uids)) == lines.count("BEGIN:VEVENT") == 3
    kept = [line for line in _unfolded(good().content(_ICS)) if line.startswith("UID:")]
    assert kept == uids[:2]


def test_without_a_certain_day_there_is_no_calendar() -> None:
    built = build(
        replace(_PLAN, "时限: 2026-09-30", "时限: 全年"),
        replace(_PLAN, "时限: 2026-12-20", "时限: 持续推进"),
    )
    assert _ICS not in built.urls
    assert [words for words, _ in links(built.page(_PAGE), "header.column-head a")] == [
        "海川市数据与政务公开局2026年政务公开工作要点",
        "按单位",
        "按时限",
        "CSV 表格",
        "XLSX 表格",
    ]


def test_the_document_leads_to_its_ledger() -> None:
    page = good().page("statutory/work-points/2026.html")
    assert all_words(page, "#tasks p") == [
        "按单位、按时限查看任务台账 下载：CSV 表格 XLSX 表格 时限日历（ICS）"
    ]


@pytest.mark.parametrize(
    ("status", "done", "due", "expected"),
    [
        ("", None, None, TaskState.OPEN),
        ("进行中", None, TODAY, TaskState.OPEN),
        ("进行中", None, date(2026, 11, 19), TaskState.OVERDUE),
        ("进行中", TODAY, date(2026, 11, 19), TaskState.DONE),
        ("已完成", None, date(2026, 11, 19), TaskState.DONE),
        ("未完成", None, date(2026, 11, 19), TaskState.OVERDUE),
        ("延期", None, date(2026, 11, 19), TaskState.DROPPED),
    ],
)
def test_how_a_task_stands(
    status: str, done: date | None, due: date | None, expected: TaskState
) -> None:
    assert state(status, done, due, TODAY) is expected


def test_units_written_in_one_name_are_several() -> None:
    assert units(("办公室（政务公开、信访）、数据科", "数据科，综合科")) == (
        "办公室（政务公开、信访）",
        "数据科",
        "综合科",
    )
