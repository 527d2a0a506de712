"""Document numbers, and the numerals they and numberings hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.domain.document_number import (
    DocumentNumber,
    is_standard,
    key,
    occurrences,
    parse,
    suffixes,
)
from generator.domain.numerals import to_chinese, to_int

NUMBER = DocumentNumber("海府办发", 2024, 16)


@pytest.mark.parametrize(
    "text",
    [
        "海府办发〔2024〕16号",
        "海府办发[2024]16号",
        "海府办发【2024】16 号",
        "海府办发（2024）第16号",
        "海府办发 ﹝２０２４﹞ 016号",
        "海府办发〈2024年〉16号",
    ],
)
def test_every_way_of_writing_is_the_same_number(text: str) -> None:
    assert parse(text) == NUMBER
    assert key(text) == "海府办发〔2024〕16号" == str(NUMBER)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("海府办发〔2024〕16号", True),
        ("国办公开办函〔2019〕61号", True),
        ("海府办发[2024]16号", False),
        ("海府办发〔2024〕016号", False),
        ("海府办发〔2024〕第16号", False),
        ("海府办发〔２０２４〕16号", False),
        ("海府办发〔2024〕1６号", False),
        ("〔2024〕16号", False),
    ],
)
def test_the_standard_form(text: str, good: bool) -> None:
    assert is_standard(text) is good


@pytest.mark.parametrize(
    "text", ["", "海府令第17号", "海府办发〔24〕16号", "见海府办发〔2024〕16号。"]
)
def test_what_is_no_number(text: str) -> None:
    assert parse(text) is None


def test_what_is_no_number_is_compared_after_nfkc() -> None:
    assert key(" 海府令 第１７号") == "海府令第17号"


def test_numbers_in_running_text() -> None:
    text = "按照《意见》（中办发〔2016〕8号）和沪委办发〔2017〕14号要求"
    assert [(text[start:end], number) for start, end, number in occurrences(text)] == [
        ("中办发〔2016〕8号", DocumentNumber("中办发", 2016, 8)),
        ("和沪委办发〔2017〕14号", DocumentNumber("和沪委办发", 2017, 14)),
    ]


def test_words_before_the_agency_code() -> None:
    assert [str(number) for number in suffixes(DocumentNumber("和中办发", 2016, 8))] == [
        "和中办发〔2016〕8号",
        "中办发〔2016〕8号",
        "办发〔2016〕8号",
        "发〔2016〕8号",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("一百零三", 103),
        ("二〇二四", 2024),
        ("二○二四", 2024),
        ("两百", 200),
        ("一千二百", 1200),
        ("", None),
        ("第一", None),
        ("1二", None),
        ("一.五", None),
        ("1" * 5000, None),
        ("一" * 5000, None),
    ],
)
def test_numerals(text: str, value: int | None) -> None:
    assert to_int(text) == value


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=99))
def test_chinese_numerals_read_back(value: int) -> None:
    assert to_int(to_chinese(value)) == value


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_may_be_asked(text: str) -> None:
    assert to_int(text) == to_int(text)
    assert key(text) == key(text)
    assert list(occurrences(text)) == list(occurrences(text))
