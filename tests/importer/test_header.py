"""The top of a text: title, number, and the lines in which a page names its source."""

from __future__ import annotations

import pytest

from generator.importer import header, labels
from generator.importer.lines import split

PROSE = "为了规范工作，制定本办法。"


def read(text: str) -> tuple[dict[str, str], list[str]]:
    found = header.read(split(text)[0])
    return dict(found.fields), [line.text for line in found.rest if line.text]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (
            "来源:市经信委发布日期:2020-04-21",
            {"source": "市经信委", "published": "2020-04-21"},
        ),
        (
            "来源：浦锦街道办事处\xa0\xa0发布时间：2024年5月6日 9:05",
            {"source": "浦锦街道办事处", "published": "2024-05-06 09:05"},
        ),
        (
            "索 引 号：000014349/2017-00110 | 主题分类：综合政务/政务公开",
            {"index_number": "000014349/2017-00110", "subject": "综合政务\\政务公开"},
        ),
        ("【发文字号】", None),
        (
            "发文字号：海府办发[2024]16号 成文日期：2024/3/5",
            {"document_number": "海府办发[2024]16号", "signed": "2024-03-05"},
        ),
        ("信息来源：市数政局 浏览次数：12 字号：大 中 小", {"source": "市数政局"}),
        ("有效性：有效", {"status": "有效"}),
        ("来源：", {}),
        ("发布日期：近日", None),
        ("有效性：待定", None),
        ("主题分类：天文", None),
        ("本市工作来源：群众", None),
        ("时间：2024年5月6日", None),
        ("来源：甲 来源：乙", None),
    ],
)
def test_pairs_of_labels_and_values(line: str, values: dict[str, str] | None) -> None:
    assert labels.pairs(line) == values


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("海川市数据管理办法", "海川市数据管理办法"),
        (
            "海川市人民政府办公室\n关于印发工作要点的通知",
            "海川市人民政府办公室关于印发工作要点的通知",
        ),
        ("关于印发《海川市\n数据管理办法》的通知", "关于印发《海川市数据管理办法》的通知"),
        ("海川市人民政府\n海川市数据管理办法（试行）", "海川市数据管理办法（试行）"),
        ("我市举办政府开放日活动\n记者 张三", "我市举办政府开放日活动"),
        ("海川市数据管理办法\n海川市 数据管理办法", "海川市数据管理办法"),
    ],
)
def test_titles(top: str, title: str) -> None:
    fields, rest = read(f"{top}\n{PROSE}")
    assert fields == {"title": title}
    assert rest[-1] == PROSE


def test_the_banner_above_a_title_stays_in_the_text() -> None:
    assert read(f"海川市人民政府\n海川市数据管理办法\n{PROSE}")[1] == ["海川市人民政府", PROSE]


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        f"一、总则\n{PROSE}",
        f"第一章总则\n{PROSE}",
        f"各区人民政府：\n{PROSE}",
        f"2024年5月6日\n{PROSE}",
        f"序号内容\n{PROSE}",
        f"记者：张三\n{PROSE}",
        "只有一行",
        "",
    ],
)
def test_no_title_is_invented(text: str) -> None:
    fields, rest = read(text)
    assert fields == {}
    assert rest == [line for line in text.split("\n") if line]


def test_a_title_may_be_all_there_is() -> None:
    assert read("关于放假的通知") == ({"title": "关于放假的通知"}, [])


def test_the_number_is_lifted_once_as_it_is_written() -> None:
    text = f"海府办发（2024）16号\n海川市数据管理办法\n海府办发〔2024〕16号\n海府办发〔2024〕17号\n{PROSE}"
    assert read(text) == (
        {"document_number": "海府办发（2024）16号", "title": "海川市数据管理办法"},
        ["海府办发〔2024〕17号", PROSE],
    )


def test_a_value_that_contradicts_an_earlier_one_stays_in_the_text() -> None:
    text = f"海府办发〔2024〕16号\n发文字号：海府办发〔2024〕17号\n{PROSE}"
    assert read(text) == (
        {"document_number": "海府办发〔2024〕16号"},
        ["发文字号：海府办发〔2024〕17号", PROSE],
    )


def test_a_title_given_by_a_label_and_said_again_on_two_lines() -> None:
    text = f"标题：甲局关于印发规定的通知\n甲局\n关于印发规定的通知\n{PROSE}"
    assert read(text) == ({"title": "甲局关于印发规定的通知"}, [PROSE])


def test_some_pages_name_their_source_below_the_text() -> None:
    assert read(f"海川市数据管理办法\n{PROSE}\n来源：市数政局 发布时间：2024-05-06") == (
        {"title": "海川市数据管理办法", "source": "市数政局", "published": "2024-05-06"},
        [PROSE],
    )


def test_a_line_below_the_first_sentence_is_text() -> None:
    text = f"海川市数据管理办法\n{PROSE}\n来源：市数政局\n海府办发〔2024〕16号"
    assert read(text) == (
        {"title": "海川市数据管理办法"},
        [PROSE, "来源：市数政局", "海府办发〔2024〕16号"],
    )
