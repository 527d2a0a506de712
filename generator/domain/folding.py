"""Folding (归一): the form in which texts are compared; the author's text is never changed."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from generator.regex import regex

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_WIDE = tuple(zip("，：；！？（）", ",:;!?()", strict=True))
_DIGITS = str.maketrans("〇○零oO一二三四五六七八九", "00000123456789")
# Digit by digit only: 二十 is a number of its own.
_CHINESE_YEAR = regex(
    r"(?<![一二三四五六七八九十百千])(?:一九|二[〇○零oO0])[〇○零oO0一二三四五六七八九]{2}"
    r"(?=[年版\-—–―~至到、,和及与/)\]】〕])"
)


def folded(text: str) -> str:
    """`text` after NFKC, without white space and invisible signs."""
    return _short(text) if len(text) < _SHORT else _folded(text)


def _folded(text: str) -> str:
    return visible("".join(nfkc(text).split()))


def visible(text: str) -> str:
    """`text` without the signs that take no room."""
    for sign in _INVISIBLE:
        if sign in text:
            text = text.replace(sign, "")
    return text


def nfkc(text: str) -> str:
    """`text` after NFKC, at a tenth of the cost for Chinese prose.

    Its wide punctuation is what keeps the library from seeing at a glance that a text is normal; NFKC makes the
    same of a sign and of what it makes of that sign.
    """
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text)


# Titles, names and headings are compared again and again.
_SHORT = 120
_short = lru_cache(maxsize=8192)(_folded)


def arabic_years(plain: str) -> str:
    """A folded text with 二〇二四年 written as 2024年."""
    if "二" not in plain and "一九" not in plain:
        return plain
    return _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), plain)
