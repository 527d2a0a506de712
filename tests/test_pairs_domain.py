"""Deadlines, natures of titles, and texts that are nearly the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from generator.domain.deadlines import last_day
from generator.domain.duplicates import alike, packed, sketch, unpacked
from generator.domain.interpretation import copied_share, elements, missing
from generator.domain.nature import not_normative


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-06-30", date(2024, 6, 30)),
        ("2024.6.30", date(2024, 6, 30)),
        ("2024-06", date(2024, 6, 30)),
        ("2024年2月底前", date(2024, 2, 29)),
        ("二〇二四年六月", date(2024, 6, 30)),
        ("6月底前", date(2026, 6, 30)),
        ("十月中旬", date(2026, 10, 20)),
        ("第二季度", date(2026, 6, 30)),
        ("二季度末", date(2026, 6, 30)),
        ("一季度、三季度", date(2026, 9, 30)),
        ("上半年", date(2026, 6, 30)),
        ("2027年5月至6月", date(2027, 6, 30)),
        ("年底前", date(2026, 12, 31)),
        ("全年", None),
        ("持续推进", None),
        ("每月5日前", None),
        ("收到后3个月内", None),
        ("2026年", None),
        ("2月29日", None),
        ("13月", None),
        ("", None),
    ],
)
def test_last_day(text: str, day: date | None) -> None:
    assert last_day(text, 2026) == day


@pytest.mark.parametrize(
    ("title", "nature"),
    [
        ("海川市数据局2024年工作要点", "工作要点"),
        ("关于印发《2024年政务公开工作要点》的通知", "工作要点"),
        ("局务会议纪要", "会议纪要"),
        ("海川市“十四五”数据发展规划", "规划计划"),
        ("关于公布2024年立法计划的通知", "规划计划"),
        ("关于陆明远等同志任免职的通知", "人事任免"),
        ("关于陆明远等同志任职的通知", "人事任免"),
        ("关于给予陆明远通报表扬的决定", "表彰奖惩"),
        ("关于成立政务公开领导小组的通知", "机构编制"),
        ("关于申请增加编制的请示", "请示报告"),
        ("公务接待管理制度", "内部管理制度"),
        ("海川市国土空间规划管理规定", ""),
        ("关于印发《海川市科学技术奖励办法》的通知", ""),
        ("海川市行政规范性文件公开征求意见工作规定", ""),
        ("海川市发展和改革委员会关于调整管道天然气价格的通知", ""),
        ("关于调整高新区管理委员会收费标准的通知", ""),
        ("海川市计划生育条例", ""),
    ],
)
def test_not_normative(title: str, nature: str) -> None:
    assert not_normative(title) == nature


def _alike(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    return alike({key: sketch(text) for key, text in texts.items()}, texts)


def test_sketches_come_back_from_one_piece() -> None:
    sketches = tuple(
        sketch(text) for text in ("", "一句话。", "甲乙丙丁戊，己庚辛壬癸；子丑寅卯辰。" * 3)
    )
    assert unpacked(packed(sketches), 3) == sketches
    for raw in (packed(sketches)[:-1], packed(sketches) + b"x", b""):
        with pytest.raises(ValueError, match=r"sketches|bytes"):
            unpacked(raw, 3)


def test_alike_finds_equal_and_nearly_equal_texts() -> None:
    text = "自五月一日起，服务大厅全天开放，凭证件进入。夜间遇到故障的，拨打门口公示的电话，值班人员三十分钟内到场。"
    texts = {
        "a": text,
        "b": text,
        "c": text.replace("三十分钟", "半个小时"),
        "d": "服务大厅全天开放，凭证件进入。其他事项另行通知，请留意门口的公告和本局网站。",
    }
    assert set(_alike(texts)) == {("a", "b"), ("a", "c")}


def test_alike_of_many_texts_from_one_template_ends_soon() -> None:
    texts = {
        str(n): f"本局受理第{n:06}号申请，经审查符合条件，现予公示，{n * 7919:012}。"
        for n in range(20_000)
    }
    assert len(list(_alike(texts))) < 7 * 8 * len(texts)


def test_copied_share() -> None:
    policy = "各单位应当在每季度末报送情况，逾期不报的予以通报。本办法自公布之日起施行。"
    assert copied_share(policy, policy) == pytest.approx(1, abs=0.1)
    assert copied_share("一个季度报一次，晚了要通报，各部门都要记住这个日子。", policy) == 0


def test_elements_of_headings_and_of_prose() -> None:
    headings = ["一、背景依据", "## 主要内容", "（三）适用范围"]
    assert elements(headings) == {"背景依据", "主要内容", "适用范围"}
    assert missing(elements(headings)) == ()
    assert missing(elements(["请认真学习。"])) == ("背景依据", "主要内容")
    prose = ["近年来，数据分散。", "《办法》明确了数据目录。", "本办法适用于各部门。"]
    assert missing(elements(prose)) == ()
