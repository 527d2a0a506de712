"""What a text says that it repeals or amends (废止、修改): “《…》同时废止”, “决定废止《…》”, “对《…》作如下修改”.

Only sentences that do it count, not those that tell of it (已经废止) or think of it (拟废止).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from generator.regex import regex

Deed = Literal["repeal", "amend"]
_TITLE = r"《(?:[^《》\n]|《[^《》\n]*》)+》"
_NUMBER = r"[一-龥]{1,20}[〔\[［(（【﹝]\s*\d{4}\s*[〕\]］)）】﹞]\s*第?\s*\d{1,5}\s*号"
_REFERENCE = r"\[\[[^\[\]\n]+\]\]"
_YEAR = r"[〔\[（(【][^（）()\n]{4,8}[〕\])）】]"
# 《甲办法》（海政发〔2021〕1号）
_NAME = (
    rf"(?:{_TITLE}|{_REFERENCE}|{_NUMBER})"
    rf"(?:[（(][^（）()\n]{{0,40}}(?:{_YEAR}[^（）()\n]{{0,10}})?[）)])?"
)
_NAMES = rf"(?P<names>{_NAME}(?:(?:、|，|和|与|及|以及)?{_NAME}){{0,60}})"
_BETWEEN = r"(?P<between>[^。；;！？《》\[\]\n]{0,30}?)"
# Compiled when a text first speaks of such a deed, which few do.
_FORMS: tuple[tuple[Deed, str], ...] = (
    ("repeal", rf"{_NAMES}{_BETWEEN}(?:废止|停止执行|停止施行|失效)(?=[。；;，,）)\n]|$)"),
    (
        "repeal",
        rf"(?P<between>[^。；;！？《》\[\]\n]{{0,8}})(?:废止|停止执行|宣布失效)(?:了|原|原有的)?{_NAMES}(?!的)",
    ),
    (
        "amend",
        rf"(?P<between>(?:对|将))原?{_NAMES}[^。；;！？《》\[\]\n]{{0,12}}?(?:作|作出|进行|予以|加以)(?:如下|以下|部分|相应)?(?:修改|修订|修正)",
    ),
    ("amend", rf"(?P<between>)将原?{_NAMES}[^。；;！？《》\[\]\n]{{0,30}}?修改为"),
    ("amend", rf"(?P<between>决定)修改{_NAMES}(?!的)"),
)
# What only tells of it, or thinks of it; and what speaks of a part of the document.
_NOT_THE_DEED = regex(
    r"[不未没否拟若如已曾被前后时]|可以|可能|应当|需要|建议|计划|准备|研究|或者?|第.{1,8}[条款项章]|部分|适时|届时|另有|的规定|继续|有效期"
)
_ALLOWED = regex(
    r"同时|随之|届时起|(?:自|从)[^，。]{0,24}(?:之日|日|时)起|印发之日|施行后|实施后|施行前|已有|原有"
)
_DEED = regex(r"废止|停止[执施]行|失效|修改|修订|修正")
# 下列文件自本决定施行之日起废止： and then one a line.
_LIST_FOLLOWS = regex(
    r"(?:下列|以下)(?![^。；\n]{0,40}[不未拟])[^。；\n]{0,40}(?:废止|失效|停止执行)[^。；\n]{0,12}[：:]\s*$"
)
_ITEM = (
    r"\s*(?:[-*+]\s|\d{1,3}[.．、]|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、)"
    rf"|\s*{_NAME}\s*[；;。，,]?\s*$"
)
_LONGEST = 20_000
_ONE = rf"{_TITLE}|{_REFERENCE}|{_NUMBER}"


class Named(NamedTuple):
    """A document named in a sentence: where the name begins, the name without signs, and how it is named."""

    offset: int
    name: str
    kind: Literal["title", "reference", "number"]


class Said(NamedTuple):
    """What a sentence does to the documents that it names: each as (title or reference, number behind it)."""

    deed: Deed
    names: tuple[tuple[Named, ...], ...]


def said(text: str) -> Iterator[Said]:
    """Every sentence of `text` (links as their words alone) that repeals or amends documents by name."""
    if not _DEED.search(text):
        return
    listed = False
    start = 0
    for line in text.split("\n"):
        if listed and line.strip():
            names = tuple(_names(line, start)) if re.match(_ITEM, line) else ()
            listed = bool(names)
            if names:
                yield Said("repeal", names)
        if len(line) <= _LONGEST and _DEED.search(line):
            yield from _said(line, start)
            listed = listed or _LIST_FOLLOWS.search(line) is not None
        start += len(line) + 1


def _said(line: str, start: int) -> Iterator[Said]:
    taken: set[int] = set()
    for deed, form in _FORMS:
        for found in re.finditer(form, line, re.MULTILINE):
            between = _ALLOWED.sub("", found["between"])
            first = found.start("names")
            if first not in taken and not _NOT_THE_DEED.search(between):
                taken.add(first)
                yield Said(deed, tuple(_names(found["names"], start + first)))


def _names(text: str, start: int) -> Iterator[tuple[Named, ...]]:
    """The documents of a list of names; a number in brackets belongs to the name before it."""
    group: list[Named] = []
    done = 0
    for one in re.finditer(_ONE, text):
        between = text[done : one.start()]
        belongs = between.endswith(("（", "(")) and one[0][0] not in "《["
        if group and not belongs:
            yield tuple(group)
            group = []
        group.append(_named(one[0], start + one.start()))
        done = one.end()
    if group:
        yield tuple(group)


def _named(word: str, offset: int) -> Named:
    if word.startswith("《"):
        return Named(offset, word[1:-1], "title")
    if word.startswith("[["):
        return Named(offset, word[2:-2].partition("|")[0], "reference")
    return Named(offset, word, "number")
