"""Organs in titles (机关名): whether two names may mean one organ, and where two titles differ only by it."""

from __future__ import annotations

from typing import NamedTuple

from generator.regex import regex

_ENDINGS = (
    "局 委 委员会 办 办公室 办公厅 厅 部 院 会 府 街道 街道办事处 镇 乡 处 中心 公司 队 站 所 馆"
)
ORGAN = regex(rf"[一-龥]{{1,24}}(?:{'|'.join(_ENDINGS.split())})")
_PLACE = regex(r"^(?:[一-龥]{2,7}(?:省|市|自治区|自治州|地区|盟|区|县|旗)|[省市区县州本我])+")
_LEAST_COMMON = 6
_SIGN = regex(r"[局委厅府镇乡院队站]|街道|中心|办(?![法理事])")


class Difference(NamedTuple):
    """Two titles that are alike but for the organ: that of the text and that of the target."""

    said: str
    found: str


def is_organ(name: str) -> bool:
    """Whether `name` is written like the name of an organ."""
    return len(name) >= 2 and ORGAN.fullmatch(name) is not None


def may_name_one(plain: str) -> bool:
    """Whether a folded text can hold the name of an organ at all."""
    return _SIGN.search(plain) is not None


def may_be_same(one: str, other: str) -> bool:
    """Whether two names may mean one organ: the shorter is made of signs of the longer, in their order."""
    short, long = sorted((one, other), key=len)
    bare, whole = _PLACE.sub("", short) or short, _PLACE.sub("", long) or long
    return _is_within(bare, long) or _is_within(bare, whole) or bare == whole


def _is_within(short: str, long: str) -> bool:
    signs = iter(long)
    return all(sign in signs for sign in short)


def difference(text: str, title: str) -> Difference | None:
    """The organs by which `text` and `title` (folded) differ, if they differ by nothing else."""
    is_alike = text[-3:] == title[-3:] or text[:_LEAST_COMMON] == title[:_LEAST_COMMON]
    if not is_alike or not may_name_one(text) or not may_name_one(title):
        return None
    before = _common(text, title)
    rest, other = text[before:], title[before:]
    after = _common(rest[::-1], other[::-1])
    if before + after < _LEAST_COMMON:
        return None
    # What both names begin or end with belongs to them: 市财政局 and 市教育局 share 市 and 局.
    for left in range(before, max(-1, before - 8), -1):
        for right in range(after, max(-1, after - 6), -1):
            said, found = text[left : len(text) - right], title[left : len(title) - right]
            if is_organ(said) and is_organ(found) and not _is_cut(text, left):
                if left + right < _LEAST_COMMON or may_be_same(said, found):
                    return None
                return Difference(said, found)
    return None


def _common(one: str, other: str) -> int:
    """How many signs two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _is_cut(text: str, left: int) -> bool:
    """Whether a name that begins at `left` would begin in the middle of a word of place."""
    return left > 0 and text[left - 1] in "省市区县州本"
