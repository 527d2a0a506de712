"""What texts say of the life of documents: what they repeal and amend, and how long they are in force."""

from __future__ import annotations

from datetime import date

import pytest

from generator.domain import repeals, terms

_A, _B = ("甲办法",), ("乙办法",)
SAID: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "自2026年11月1日起施行，[[海政〔2023〕1号]]同时废止。": [("repeal", ("海政〔2023〕1号",))],
    "《甲办法》（海政〔2021〕1号）同时废止。": [("repeal", ("甲办法", "海政〔2021〕1号"))],
    "《甲办法》、《乙办法》自本办法施行之日起废止。": [("repeal", _A), ("repeal", _B)],
    "决定废止《甲办法》《乙办法》等2件文件。": [("repeal", _A), ("repeal", _B)],
    "经研究，决定对《甲办法》予以废止。": [("repeal", _A)],
    "下列文件自即日起废止：\n\n1.《甲办法》\n2.《乙办法》\n\n《丙办法》继续有效。": [
        ("repeal", _A),
        ("repeal", _B),
    ],
    "决定对《甲办法》作如下修改：": [("amend", _A)],
    "将《甲办法》第三条修改为：“……”": [("amend", _A)],
    "现决定修改《甲办法》。": [("amend", _A)],
    "《关于印发〈甲办法〉的通知》同时废止。": [("repeal", ("关于印发〈甲办法〉的通知",))],
    "《甲办法》继续执行，《乙办法》同时废止。": [("repeal", _B)],
    "原《甲办法》已经废止。": [],
    "拟废止《甲办法》。": [],
    "《甲办法》不予废止。": [],
    "关于废止《甲办法》的决定": [],
    "《甲办法》第三条同时废止。": [],
    "修改或者废止《甲办法》": [],
    "《甲办法》有效期届满自行失效。": [],
    "下列文件不予废止：\n\n1.《甲办法》": [],
    "合同废止后，按照《甲办法》处理。": [],
}
BEGINS = date(2026, 5, 1)
TERMS: dict[str, date | None] = {
    "本办法自2026年5月1日起施行，有效期五年。": date(2031, 4, 30),
    "本办法自2026年5月1日起施行，有效期为2年。": date(2028, 4, 30),
    "本办法自2026年5月1日起施行，有效期至2028年6月30日。": date(2028, 6, 30),
    "本通知自印发之日起施行，试行期一年。": date(2027, 4, 30),
    "本办法自2026年5月1日起施行，有效期至2028年2月30日。": None,
    "许可证有效期三年，期满前换发。": None,
    "本办法所称有效期，是指证书的有效期三年。": None,
    "《甲办法》有效期三年，本办法施行后按新规定执行": None,
    "有效期三年": None,
}


@pytest.mark.parametrize("text", SAID)
def test_what_a_text_repeals_and_amends(text: str) -> None:
    found = [
        (one.deed, tuple(named.name for named in names))
        for one in repeals.said(text)
        for names in one.names
    ]
    assert found == SAID[text]


def test_names_stand_where_they_are_said_to_stand() -> None:
    text = (
        "第一条 略。\n\n下列文件废止：\n\n1.《甲办法》\n\n《乙办法》（海政〔2021〕1号）同时废止。"
    )
    names = [one for said in repeals.said(text) for group in said.names for one in group]
    starts = {"title": 1, "reference": 2, "number": 0}
    assert [text[one.offset + starts[one.kind] :].startswith(one.name) for one in names] == [
        True
    ] * 3


@pytest.mark.parametrize("text", TERMS)
def test_the_last_day_that_a_text_gives(text: str) -> None:
    days = [terms.last_day(one, BEGINS) for one in terms.said(text)]
    assert (days[0] if days else None) == TERMS[text]


def test_limits_go_by_the_title() -> None:
    assert [terms.sort_of(title) for title in ("甲办法", "甲办法（试行）", "关于禁放的通告")] == [
        "normative",
        "trial",
        "announcement",
    ]
    assert terms.years_after(date(2024, 2, 29), 5) == date(2029, 2, 28)
