"""Where titles break: after the organs that they begin with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.title_breaks import title_parts

BUREAU, MARKET = "海川市数据与政务公开局", "海川市市场监督管理局"


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        (f"{BUREAU}关于放假的通知", (BUREAU, "关于放假的通知")),
        (f"{BUREAU} {MARKET}关于放假的通知", (f"{BUREAU} ", MARKET, "关于放假的通知")),
        (f"{BUREAU}、{MARKET}关于放假的通知", (f"{BUREAU}、", MARKET, "关于放假的通知")),
        ("关于放假的通知", ("关于放假的通知",)),
        (f"{BUREAU}职责", (f"{BUREAU}职责",)),
        (BUREAU, (BUREAU,)),
        ("", ("",)),
    ],
)
def test_a_title_breaks_after_its_organs(title: str, parts: tuple[str, ...]) -> None:
    assert title_parts(title, (BUREAU, MARKET)) == parts


@given(st.text("海川局 、关于", max_size=30), st.lists(st.text("海川局", max_size=3), max_size=3))
def test_nothing_of_a_title_is_lost(title: str, organs: list[str]) -> None:
    assert "".join(title_parts(title, organs)) == title
