"""Folding (归一): the form in which texts are compared; the author's text is never changed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]")
_DIGITS = str.maketrans("〇○零oO一二三四五六七八九", "00000123456789")
# Digit by digit only: 二十 is a number of its own.
_CHINESE_YEAR = re.compile(
    r"(?<![一二三四五六七八九十百千])(?:一九|二[〇○零oO0])[〇○零oO0一二三四五六七八九]{2}"
    r"(?=[年版\-—–―~至到、,和及与/)\]】〕])"
)


def folded(text: str) -> str:
    """`text` after NFKC, without white space and invisible signs."""
    return _short(text) if len(text) < _SHORT else _folded(text)


def _folded(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


# Titles, names and headings are compared again and again.
_SHORT = 120
_short = lru_cache(maxsize=8192)(_folded)


def arabic_years(plain: str) -> str:
    """A folded text with 二〇二四年 written as 2024年."""
    return _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), plain)
