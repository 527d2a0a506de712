"""Folding: what it makes of Chinese prose in a hurry is what Unicode says."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from generator.domain.folding import arabic_years, folded, nfkc

# Signs that NFKC changes, composes or reorders, beside those that it leaves.
_SIGNS = (
    "，：；！？（）［］【】。、《》０９Ａｚ％＃～￥<=é㎡½Ⅳ⑴㈠ﬁ龥年一二〇2024"
    " 　\xa0\t\n\u200b\u2060\ufeff\u0301\u0338"
)


@given(st.text(st.sampled_from(_SIGNS) | st.characters(codec="utf-8"), max_size=60))
def test_nfkc_is_that_of_unicode(text: str) -> None:
    assert nfkc(text) == unicodedata.normalize("NFKC", text)


@given(st.text(st.sampled_from(_SIGNS), max_size=200))
def test_folded_texts_have_one_width_and_no_room(text: str) -> None:
    plain = unicodedata.normalize("NFKC", text)
    assert folded(text) == re.sub(r"[\s\u200b-\u200f\u2060\ufeff]", "", plain)


def test_years_become_arabic_and_other_numbers_stay() -> None:
    said = {
        "二〇二四年工作要点": "2024年工作要点",
        "一九九八年至二〇〇三年": "1998年至2003年",
        "二十四年来": "二十四年来",
        "第二批、第三批": "第二批、第三批",
        "2024年": "2024年",
    }
    assert {text: arabic_years(text) for text in said} == said
