"""Personal data that is found, and numbers and places that are not personal."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from generator.domain.personal import (
    Found,
    bank_cards,
    home_addresses,
    identity_numbers,
    mobile_numbers,
)
from generator.domain.secrecy import marks

TODAY = date(2026, 11, 20)
SOURCES = Path(__file__).parents[2] / "shared" / "sources"

IDENTITY = {
    "身份证号110101199003077715。": "110101********7715",
    "身份证号：110101199003070011": "110101********0011",
    "11010119900307002X": "110101********002X",
    "11010119900307002x": "110101********002X",
    "110101 19900307 7715": "110101********7715",
    "110101-19900307-7715": "110101********7715",
    "110101 1990 0307 7715": "110101********7715",
    "1101 0119 9003 0777 15": "110101********7715",
    "１１０１０１１９９００３０７７７１５": "110101********7715",
    "序号 1 110101199003077715": "110101********7715",
    "2026 110101 19900307 7715": "110101********7715",
    "| 张三 | 110101199003077715 | 女 |": "110101********7715",
    "张三(320507198512310022)": "320507********0022",
}
NO_IDENTITY = [
    "110101199003077716",  # the check digit
    "110101199013077715",  # no such month
    "430102200002301234",  # no such day
    "010101199003077715",  # no such province
    "110101********7715",
    "110101199003077715000",
    "A110101199003077715",
    "统一社会信用代码：110101199003077715",
    "索引号000014349/2026-00001",
    "海公网安备 00000000000012号",
    "2026-11-20 09:00 至 2026-11-21 17:00",
]
CARDS = {
    "6222021234567890128": "6222***********0128",
    "卡号：6222021234567894": "6222********7894",
    "6222 0212 3456 7894": "6222********7894",
    "6222 0212 3456 7890 128": "6222***********0128",
    "6222-0212-3456-7894": "6222********7894",
    "622202 1234567890128": "6222***********0128",
    "账号4111111111111111": "4111********1111",
    "开户行：海川银行，卡号 9558 8012 3456 7890 128": "9558***********0128",
    "| 姓名 | 银行卡号 |\n| --- | --- |\n| 张三 | 4111111111111111 |": "4111********1111",
    "补贴发放至6217000012345670。": "6217********5670",
    "６２２２０２１２３４５６７８９４": "6222********7894",
}
NO_CARDS = [
    "6222021234567890127",  # Luhn
    "4111111111111111",  # no word of banking
    "62220212345678940000000",
    "X6222021234567894",
    "6222********7894",
    "项目代码：6222021234567894",
    "统一社会信用代码 6222021234567894",
    "卡号：1234567890123452",  # no bank has this prefix
    "62220212.34567894",
    "| 6222 | 0212 | 3456 | 7894 |",
    "退费\n\n| 项目编号 | 金额 |\n| 6222021234567894 | 3 |",
    "110101199003077715",
]
PHONES = {
    "电话13812345678": "138****5678",
    "手机：138-1234-5678": "138****5678",
    "138 1234 5678": "138****5678",
    "+8613812345678": "138****5678",
    "+86 13812345678": "138****5678",
    "+86-138-1234-5678": "138****5678",
    "(0086)19912345678": "199****5678",
    "１３８１２３４５６７８": "138****5678",
    "| 张三 | 13812345678 |": "138****5678",
    "| 编号 | 电话 |\n| 1 | 13812345678 |": "138****5678",
    "13812345678@163.com": "138****5678",
    "王先生，13812345678，海川市": "138****5678",
    "[电话](tel:13812345678)": "138****5678",
    "联系电话：13812345678 0000-00001234": "138****5678",
}
NO_PHONES = [
    "+861381234567890",
    "138****5678",
    "0000-00001234",
    "010-62345678",
    "12345",
    "400-138-1234",
    "12812345678",
    "1381234567",
    "138123456789",
    "A13812345678",
    "总投资13812345678元",
    "总投资13812345678.50元",
    "第13812345678号",
    "受理号：13812345678",
    "2401-13812345678-01",
    "0.13812345678",
    "| 名称 | 受理号 |\n| --- | --- |\n| 甲 | 13812345678 |",
    "13912345678",  # the organ's own
]
HOMES = {
    "住址：望潮区滨江路12号": "望潮区滨江路",
    "家庭住址：海川市望潮区滨江路12号3栋2单元501室": "海川市望潮区滨江路",
    "张三，家住望潮区滨江路12号。": "望潮区滨江路",
    "现住海川市青禾街3巷5号": "海川市青禾街",
    "户籍地址为海川市李家村三组12号": "海川市李家村",
    "身份证住址：李家村12号": "李家村",
    "原告住海川市滨江小区3栋501": "海川市滨江小区",
    "家住滨江小区3-2-501，": "滨江小区",
    "张三 海川市望潮区滨江路12号3栋2单元501室": "海川市望潮区滨江路",
    "滨江路１２号５０１室": "滨江路",
    "收件：海川市滨江路88弄5号302室": "海川市滨江路",
    "| 姓名 | 住址 |\n| --- | --- |\n| 张三 | 滨江路12号 |": "滨江路",
    "家住望潮区滨江街道新民社区和平路66号院5号楼3单元402": "望潮区滨江街道新民社区",
    "处罚决定：王某，幸福家园8幢1单元1203室，罚款由市城管局收缴": "幸福家园",
    "被处罚人王某，住海川市青禾村5组18号。": "海川市青禾村",
}
NO_HOMES = [
    "公开查阅点：滨江路8号档案馆201室",
    "可供分配房源：幸福小区3栋101室至3栋120室",
    "会议地点：滨江路12号3号楼205室",
    "住址：望潮区滨江路",
    "住址：望潮镇李家村",
    "办公地址：海川市滨江路12号3号楼501室",
    "海川市望潮区公开路1号501室",  # the organ's own
    "地址：海川市滨江路12号政务服务中心2楼3号窗口",
    "滨江路12号6层办公室",
    "滨江路12号",
    "海川某某有限公司，滨江路12号501室",
    "住所：海川市滨江路12号",
    "改造滨江小区12号楼120户",
    "李家村3组120户",
    "青禾街道3号楼加装电梯",
    "海数政规〔2026〕2号",
    "住宅小区12栋竣工",
    "联系人：办公室，邮编000000，滨江路12号501室",
]


def _check(found: Iterator[Found], text: str, masked: str | None) -> None:
    # Every offset counts in the text itself.
    heard = list(found)
    assert [one.masked for one in heard] == ([masked] if masked else [])
    assert all(text[one.offset :].startswith(one.text) for one in heard)


@pytest.mark.parametrize("text", [*IDENTITY, *NO_IDENTITY])
def test_identity_number(text: str) -> None:
    _check(identity_numbers(text, TODAY), text, IDENTITY.get(text))


def test_nobody_is_born_tomorrow() -> None:
    text = "110101199003077715"
    assert list(identity_numbers(text, date(1990, 3, 6))) == []
    assert len(list(identity_numbers(text, date(1990, 3, 7)))) == 1


@pytest.mark.parametrize("text", [*CARDS, *NO_CARDS])
def test_bank_card(text: str) -> None:
    _check(bank_cards(text, TODAY), text, CARDS.get(text))


@pytest.mark.parametrize("text", [*PHONES, *NO_PHONES])
def test_mobile_number(text: str) -> None:
    _check(mobile_numbers(text, frozenset({"13912345678"})), text, PHONES.get(text))


@pytest.mark.parametrize("text", [*HOMES, *NO_HOMES])
def test_home_address(text: str) -> None:
    own = "海川市望潮区公开路1号"
    _check(home_addresses(text, own), text, HOMES.get(text))


def test_two_people_in_a_line() -> None:
    text = "张三13812345678、李四13912345678，卡号6222021234567894、6217000012345670"
    assert [one.offset for one in mobile_numbers(text)] == [2, 16]
    assert [one.masked for one in bank_cards(text, TODAY)] == [
        "6222********7894",
        "6217********5670",
    ]


def test_masked_is_not_found_again() -> None:
    masked = [one for table in (IDENTITY, CARDS, PHONES, HOMES) for one in table.values() if one]
    for text in masked:
        assert list(identity_numbers(text, TODAY)) == []
        assert list(bank_cards(f"卡号{text}", TODAY)) == []
        assert list(mobile_numbers(text)) == []
        assert list(home_addresses(f"住址：{text}")) == []


def test_random_numbers_are_hardly_ever_identity_numbers() -> None:
    """Of the first 1,000,000 of the same row 19 are taken for identity numbers; fewer than 100 may be."""
    chance = random.Random(20261120)
    numbers = "\n".join(f"{chance.randrange(10**18):018}" for _ in range(100_000))
    assert len(list(identity_numbers(numbers, TODAY))) < 10


@pytest.mark.parametrize(
    "name", ["gzw-2024", "pujin-2024", "shanghai-2018", "sheitc-2020", "suqian-2021"]
)
def test_real_documents_hold_nothing_personal(name: str) -> None:
    file = SOURCES / f"{name}-work-points.txt"
    if not file.is_file():
        pytest.skip("the real documents are not beside this repository")
    text = file.read_text(encoding="utf-8")
    assert list(identity_numbers(text, TODAY)) == []
    assert list(bank_cards(text, TODAY)) == []
    assert list(mobile_numbers(text)) == []
    assert list(home_addresses(text)) == []
    assert list(marks(text)) == []
