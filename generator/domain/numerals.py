"""Chinese and Arabic numerals (数字) as they stand in numberings and dates."""

from __future__ import annotations

import unicodedata

from generator.regex import regex

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "0-9零〇○一二两三四五六七八九十百千"
# No numbering or date is longer; Python refuses to convert digits by the thousand.
_LONGEST = 18
_CHINESE = regex(r"[零〇○一二两三四五六七八九十百千]+")


def to_int(text: str) -> int | None:
    """The value of `12`, `１２`, `十二`, `二十`, `一百零三` or digit by digit `二〇二四`; else None."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if len(folded) > _LONGEST:
        return None
    if folded.isdecimal():
        return int(folded)
    if not _CHINESE.fullmatch(folded):
        return None
    if not any(sign in _UNITS for sign in folded):
        return int("".join(str(_DIGITS[sign]) for sign in folded))
    total, digit = 0, 0
    for sign in folded:
        if sign in _UNITS:
            # 十二 is 12: a unit without a digit before it counts once.
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def to_chinese(value: int) -> str:
    """`value` (1–99) as official numberings write it: 一, 十, 十二, 二十三."""
    tens, ones = divmod(value, 10)
    digits = "零一二三四五六七八九"
    if tens == 0:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
