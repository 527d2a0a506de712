"""What stands beside a link (链接前后的文字): the name, number or year that its text means with it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.domain import document_number
from generator.domain.assertions import (
    CITED,
    LEADING_UP,
    NO_AGENCY,
    TAIL,
    is_generic,
    numbers,
)
from generator.domain.folding import folded
from generator.domain.kinds import Kind
from generator.regex import regex

_GROUP = r"[(〔\[【](?:[^()]|\([^()]*\))*[)〕\]】]"
_NUMBER_BEFORE = regex(r"[一-龥]{2,12}[〔\[(【]\d{4}年?[\]〕)】]第?\d{1,5}号(?=[:(]*$)")
# 转发国办发〔2019〕14号 is about that number, and does not bear it.
_ABOUT = regex(r"转发|修[改订]|废止|贯彻|落实|关于|印发|对")
_CODE = r"[一-龥]{0,15}[〔\[(【]\d{4}年?[\]〕)】]第?\d{1,5}号"
_TITLE = r"《(?:[^《》]|《[^《》]*》)+》"
# 《…》（…）： or 《…》 (in a list), and then the link; of （海数政规〔2024〕2号，全文） it is the last word.
_TITLE_BEFORE = regex(rf"{_TITLE}(?:\({_CODE}(?=[,;、:])|{_GROUP})?(?P<tail>[^《》]{{0,12}})$")
_CODES = rf"{_CODE}(?:[、,;和及](?:{_CODE}|第?\d{{1,5}}号))*"
_NUMBER_AFTER = regex(rf"》?(?:[(〔\[【]({_CODES})|({_CODE}))")
_EDITION_AFTER = regex(r"》?([(〔\[【](?:19|20)\d\d年?(?:修订|修正|版)(?:版|本)?[)〕\]】])")
# 上一篇 leads away from what is named before it.
_ELSEWHERE = regex(r"^[\W_]*(?:[上下]一|返回|首页|历年|往年|更多|相关(?!解读))")
_TITLE_ENDS = regex(r"[^《》]{0,50}》")
_NAME_BEFORE = regex(r"[^,。;:!?|]{4,50}")
_NAME_END = regex(
    r"(?:办法|规定|细则|条例|规程|规则|准则|标准|通知|通告|公告|公报|意见|决定|方案|规划|计划|制度|章程|报告|年报|要点|指南|预案"
    r"|批复|清单|目录|名单|公示|通报|预告|手册|须知|分析|月报|季报|快报|简报|预算|决算|一览表|分解表|统计表|情况)$"
)
# A name says nothing of itself; but 意见, 申请, 许可 and 应急 are no verbs.
_SAYING = regex(
    r"(?<!申)请(?!示)|(?<!意)见(?!证|义)|(?<!许)可(?!行|持续)|应(?!急|对|用|届)|[详已将了按]|根据|具体|有关|相关"
)


def completed(text: str, before: str, after: str) -> tuple[str, str]:
    """A text that is only a part of one 《title》, made whole; and what stands after the title."""
    start = before.rfind("《")
    whole = before[start:] + text if start > before.rfind("》") else text
    if whole.count("《") <= whole.count("》"):
        return text, after
    end = _TITLE_ENDS.match(after)
    return (whole + end[0], after[end.end() :]) if end else (text, after)


def is_name(text: str) -> bool:
    """Whether a text ends as the names of documents do: 办法, 年报; 要求 and 做法 name none."""
    return _NAME_END.search(TAIL.sub("", folded(text).strip("《》"))) is not None


def with_neighbours(text: str, before: str, after: str) -> str:
    """The text of a link with the 《title》 or the number that stands directly beside it in its sentence.

    A text that only says what to do (点击查看), or which kind it is (解读), takes the name before it.
    """
    plain = folded(text)
    is_kind = _kind_alone(text)
    if _ELSEWHERE.search(plain):
        return text
    if is_kind or is_generic(text):
        name = _name_before(folded(before))
        if is_kind and name and "《" not in name and not numbers(name):
            # In a list or a table the name of what is read goes without its brackets.
            name = f"《{name}》"
        return f"{name}{plain}" if name and "附" not in text else text
    if document_number.occurrences(text) or ("号" in plain and NO_AGENCY.search(plain)):
        title = None if "《" in text else _TITLE_BEFORE.search(folded(before))
        return title[0] + text if title and not title["tail"].strip("(:,、") else text
    behind = folded(after)
    number = _NUMBER_AFTER.match(behind)
    if number and not CITED.match(number[1] or number[2]):
        return f"{text}({number[1] or number[2]})"
    edition = _EDITION_AFTER.match(behind)
    year = _YEAR_BEFORE.search(folded(before)) if _SERIES_ALONE.fullmatch(plain) else None
    # Most words before a link hold no number, and need not even be folded.
    number_before = _number_before(folded(before)) if "号" in before else ""
    lead = year[0] if year else number_before
    return f"{lead}{text}{edition[1] if edition else ''}"


# 2022年[年报], 我局2022年、2023年的[政务公开工作要点]
_YEAR_BEFORE = regex(r"(?<!\d)(?:(?:19|20)\d\d年?度?[、,和及与至~—-])*(?:19|20)\d\d年度?的?$")
_SERIES_ALONE = regex(
    r"(?:政府)?(?:信息公开)?(?:工作)?(?:年度报告|年报)|(?:政务公开)?(?:工作)?要点"
)


def names_a_series(text: str) -> bool:
    """Whether a text names only a series of which there is one every year: 年报, 政务公开工作要点."""
    return _SERIES_ALONE.fullmatch(folded(text)) is not None


def _number_before(ahead: str) -> str:
    """The document number that the words before a link end in, with which its 《title》 is introduced."""
    found = _NUMBER_BEFORE.search(ahead)
    return re.split(LEADING_UP, found[0])[-1] if found and not _ABOUT.search(found[0]) else ""


_KIND_ALONE = regex(
    r"(?:政策|文件|文字|图文|视频|专家|媒体|部门)?(?:解读|图解)(?:材料|稿|文章)?|一图[读看]懂"
)


_CITING = regex(
    r"(?:根据|按照|依据|依照|遵照|参照|执行|落实|贯彻|(?:印发|出台|制定|发布|公布|修订)了?)[《“\"]?$"
)


def is_cited(before: str) -> bool:
    """Whether the words before a link say that something is done by what it names: 按照[…]执行."""
    return _CITING.search(folded(before[-8:])) is not None


_LABEL = regex(r"(?:^|[,;、|()\[\]])(?:(?:政策|文件)?(原文)|(?:政策|相关|文件)?(解读))[:]\[?《?$")


def kind_before(before: str) -> Kind | None:
    """The kind that a label directly before a link gives it: 政策解读：[…], 原文：[…]."""
    if not before.endswith((":", "：", "《", "[")):
        return None
    found = _LABEL.search(folded(before))
    if found is None:
        return None
    return Kind.POLICY if found[1] else Kind.INTERPRETATION


# 《…》的解读请点[这里]
_READING_BEFORE = regex(rf"的?({_KIND_ALONE.pattern})(?:请|可|详|点击?|参阅)*见?")


def _kind_alone(text: str) -> bool:
    plain = folded(text)
    if "读" not in plain and "图" not in plain:
        return False
    return _KIND_ALONE.fullmatch(re.sub(r"[\W_]", "", plain)) is not None


def with_row(text: str, cells: Iterable[str]) -> str:
    """The text of a link that stands alone in its cell, with the document numbers that fill other cells."""
    if numbers(folded(text)):
        return text
    found = [folded(cell) for cell in cells if document_number.parse(cell)]
    return f"{text}({'、'.join(found)})" if found else text


def _name_before(ahead: str) -> str:
    """The name that the words before a link end in: a 《title》, or all of them when they are one name."""
    title = _TITLE_BEFORE.search(ahead)
    if title:
        tail = re.sub(r"[\W_]", "", title["tail"])
        if _kind_alone(tail) and not title["tail"].endswith(("、", "和")):
            return title[0]
        reading = _READING_BEFORE.fullmatch(tail)
        if reading:
            return title[0].removesuffix(title["tail"]) + reading[1]
        is_over = not tail or _is_idle(tail) or _kind_alone(tail)
        return title[0].removesuffix(title["tail"]) if is_over else ""
    number = _number_before(ahead)
    if number:
        return number
    bare = ahead.strip("-*·•、:([〔—>»→|.").strip()
    bare = re.sub(r"^\d{1,2}[.、]", "", bare)
    is_name = _NAME_BEFORE.fullmatch(bare) and _NAME_END.search(TAIL.sub("", bare))
    return bare if is_name and not _SAYING.search(bare) else ""


_LEADS_OVER = regex(r"的|(?:全文|内容|文件|原文)?(?:如下|附后)?|(?:请|可|详|点击)*见?")


def _is_idle(words: str) -> bool:
    """Whether the words between a title and its link only lead over to the link."""
    return is_generic(words) or _LEADS_OVER.fullmatch(words) is not None
