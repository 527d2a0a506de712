"""Distinctions (区别): what tells apart the titles that share their words: the act, the form, the part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.domain.folding import folded
from generator.domain.numerals import NUMERAL, to_int
from generator.regex import regex

# 关于修改《…》的决定 is not what issued it, nor 《实施细则》 the 办法 that it details.
_ACT = regex(
    r"关于((?:公布|发布|颁布|印发|下发|修[改订正]|废止|转发|停止执行|延长|[的、和并])+)[《〈]"
)
_ISSUING = regex("公布|发布|颁布|印发|下发")
_AMENDING = regex("修[改订正]")
_NORM = regex(r"(?:实施|管理|暂行|试行|工作)*(细则|办法|规定|条例|规则|规程|准则)")
_NORM_END = regex(r"(细则|办法|规定|条例|规则|规程|准则)(?:[(（][^()（）]*[)）])?(?:的通知)?》?$")


def is_another_act(plain: str, titles: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a text (folded) with these 《titles》 does something else to them than what bears these names.

    Or it is a word for another sort of rules.
    """
    own = [folded(name) for name in names]
    one, other = _ACT.search(plain), _ACT.search(own[0])
    if one and other:
        return _acts(one[1]).isdisjoint(_acts(other[1]))
    norm = _NORM.fullmatch(titles[0]) if plain == f"《{''.join(titles)}》" else None
    return (
        norm is not None
        and any(map(_NORM_END.search, own))
        and not any(norm[1] in title for title in own)
    )


def _acts(words: str) -> frozenset[str]:
    """What a title does, words for one act as one: 修订印发 is two."""
    plain = _AMENDING.sub("修", _ISSUING.sub("发", words))
    return frozenset(re.findall("发|修|废止|转发|停止执行|延长", plain))


# One policy has a reading in words and one in pictures.
_FORM = regex("(文字)|(图解|图说|图读|长图|一图)|(图文)|(视频|动漫|动画)")
_FORMS = (("文字解读",), ("图解",), ("文字解读", "图解"), ("视频解读",))
_TITLE = regex(r"《(?:[^《》]|《[^《》]*》)*》")


def forms(words: str) -> frozenset[str]:
    """The forms of a reading that stand outside 《》: 文字解读, 图解, 视频解读."""
    if not _FORM.search(words):
        return frozenset()
    found = _FORM.finditer(_TITLE.sub("", folded(words)))
    return frozenset(form for one in found for form in _FORMS[(one.lastindex or 1) - 1])


_PART = regex(
    rf"第([{NUMERAL}]{{1,5}})(条|章|节|款|部分)|^[“\"(]?([一二三四五六七八九十]{{1,3}})[、)]"
)


class Part(NamedTuple):
    """A numbered part of a document: unit (条, 章, 部分), number, and what stands behind it."""

    unit: str
    number: int | None
    rest: str


def part(words: str) -> Part | None:
    """The one part that `words` name: 第六条; 三、依申请公开 is 第三部分."""
    plain = re.sub(r"《[^《》]*》", "", folded(words))
    found = list(_PART.finditer(plain))
    if len(found) != 1:
        return None
    (one,) = found
    rest = plain[one.end() :].strip('”"-')
    return Part(one[2] or "部分", to_int(one[1] or one[3]), rest)
