"""Marks of secrecy in a text (涉密标志、内部标志): the marks themselves, not talk about secrecy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.regex import regex

_GAP = r"[ \t\u3000\xa0*_\\]{0,8}"
_LEVEL = r"(?:绝[ \u3000]?密|机[ \u3000]?密|秘[ \u3000]?密)"
_TERM = r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[ ]?(?:个月|年|月|天)|长期|启用前|解密前)"
# A line of its own, whatever Markdown stands around it.
_BEGIN = r"(?:^|(?<=\n))[ \t\u3000>*_#【\[（(]{0,12}"
_END = r"(?=[ \t\u3000*_】\]）)。！!]{0,12}(?:\n|$))"
_ACTION = (
    r"(?:请|应)?(?:注意保[存管密]|妥善保[存管]|严格保密|不得|严禁|请勿|切勿|禁止|不准|勿)"
    r"(?:外传|外泄|外借|扩散|传播|转发|复制|复印|翻印|泄露|公开|上网|对外公开|对外提供)?"
)
_INTERNAL = r"(?:内部(?:资料|文件|材料|刊物|使用|传阅|参考|掌握))"
_CLOSED = r"(?:不予以?公开|不公开|不宜公开|依申请公开|免予公开)"
# Compiled when a text first may hold a mark, which few do.
_MARKS = "|".join(
    (
        # GB/T 9704: the level, ★ and the term; 国家秘密★★ is how a textbook grades its chapters.
        rf"(?<!国家)(?<!商业)(?<!工作){_LEVEL}{_GAP}级?{_GAP}[★☆⭐](?![ ]?[★☆⭐]){_GAP}{_TERM}?",
        rf"密[ \u3000]*级(?:和保密期限)?{_GAP}[：:|]{_GAP}{_LEVEL}级?(?!{_GAP}[、，,/或和及|]{_GAP}{_LEVEL})"
        rf"(?:{_GAP}[★☆]?{_GAP}{_TERM})?",
        rf"{_BEGIN}(?P<level>{_LEVEL}{_GAP}{_TERM}){_END}",
        # The whole of a short field may be a keyword; a line among others is a mark.
        rf"\A\s{{0,8}}(?P<first>{_LEVEL})(?=[ \t\u3000*_]{{0,8}}\n\s{{0,8}}\S)",
        rf"[此本该](?:件|文|文件|资料|材料|通知)(?:为|是|属于?|系)(?P<said>(?:国家秘密|{_LEVEL})级?)",
        rf"(?<=\n)[ \t\u3000>*_【]{{0,12}}(?P<bare>{_LEVEL}){_END}",
        rf"(?:{_BEGIN}|(?<=[【（(\[“。；！|])[ ]?|[此本该](?:件|文|文件|资料|材料|通知)?"
        rf"(?:仅?为|是|属于?|系))(?P<internal>{_INTERNAL}"
        rf"[ \t\u3000,，、:：;；!！*—－-]{{0,4}}{_ACTION})(?=[。！!，,；;）)】\]”|*\s]|$)",
        rf"(?<=[【（(\[])(?P<stamp>仅?供?{_INTERNAL})(?=[】）)\]])",
        rf"{_BEGIN}(?P<line>仅?供?{_INTERNAL}){_END}",
        rf"[（(【\[]{_GAP}[此本该](?:件|文|文件|公文){{1,2}}(?:内容)?(?:为|属于?)?{_CLOSED}(?:发布)?{_GAP}[）)】\]]",
        rf"{_BEGIN}(?P<tail>[此本该](?:件|文|文件|公文)(?:为|属于?)?{_CLOSED}){_END}",
        rf"[（(【]{_CLOSED}[）)】](?=[ \t*]{{0,8}}(?:\n|$))",
        rf"{_BEGIN}(?P<field>公开(?:属性|选项|方式|类别|形式){_GAP}[：:]{_GAP}{_CLOSED}){_END}",
    )
)
# Everything that a mark holds one of: most texts are read once, and not by the pattern above. Each way
# begins with a sign of its own, so that the search looks at these signs only.
_HINTS = regex(
    "★|☆|⭐|密[ \u3000]*级|内部(?:资料|文件|材料|刊物|使用|传阅|参考|掌握)"
    "|不予以?公开|不公开|不宜公开|依申请公开|免予公开|绝[ \u3000]?密|机[ \u3000]?密|秘[ \u3000]?密"
)


class Mark(NamedTuple):
    """A mark of secrecy: where it begins and its words."""

    offset: int
    text: str


def may_hold_mark(text: str) -> bool:
    """Whether a text has a word that every mark has; most have none."""
    return _HINTS.search(text) is not None


def marks(text: str) -> Iterator[Mark]:
    """The marks in `text`, in their order."""
    if not may_hold_mark(text):
        return
    for found in re.finditer(_MARKS, text):
        group = found.lastgroup or 0
        words = found[group].rstrip(" \t\u3000*_\\")
        yield Mark(found.start(group), words)
