"""What a text asserts (文字所指): years, periods, numbers, organs, kind, titles; the evidence of wrong links.

A link is judged by contradiction, never by likeness: only where its text and its target both speak of
the same thing, and their sets do not meet, is it wrong. So everything here is careful to say nothing
rather than to guess. All comparison is after NFKC; the author's text is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from generator.domain import document_number
from generator.domain.document_number import DocumentNumber
from generator.domain.folding import arabic_years, folded
from generator.domain.kinds import Kind
from generator.domain.numerals import NUMERAL
from generator.domain.organs import Organs, organs_of
from generator.domain.periods import Period, contradicting_units, periods, years
from generator.regex import regex

TASK_TABLE = "task-table"


@dataclass(frozen=True, slots=True)
class Assertions:
    """Everything a text asserts; what it does not speak of is empty."""

    years: frozenset[int] = frozenset()
    periods: frozenset[Period] = frozenset()
    numbers: frozenset[DocumentNumber] = frozenset()
    organs: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()
    files: frozenset[str] = frozenset()
    with_others: bool = False

    @property
    def names_one_document(self) -> bool:
        """Whether the text can only mean one document: a number, a 《title》, or a kind with its year."""
        if self.numbers or self.titles:
            return len(self.numbers) <= 1 and len(self.titles) <= 1
        return bool(self.kinds) and len(self.years) <= 1 and bool(self.years or self.periods)


_TITLE = regex(r"《((?:[^《》]|《[^《》]*》)+)》")
_FILE_TYPE = regex(
    r"(?i)(?<![a-z])(pdf|docx?|word|xlsx?|excel|pptx?|wps|et|ofd|zip|rar|csv)(?![a-z])"
)
_LETTER = regex("[A-Za-z]")
# 市商务局等9部门: who the others are stands nowhere.
WITH_OTHERS = regex(rf"等[{NUMERAL}\d]{{1,3}}[个家]?(?:部门|单位)")
_BRACKET = regex(r"[\[〔(【《〈<{]")
_NUMBER_SPAN = regex(
    r"[一-龥]{0,20}[\[〔(【《〈<{]\d{4}年?[\]〕)】》〉>}]第?(\d{1,5})(?:[-—~至、]\d{1,5})*号"
)
NO_AGENCY = regex(r"(?<![一-龥])[\[〔(【《〈<{](\d{4})年?[\]〕)】》〉>}]第?(\d{1,5})号")
# 土地出让公告2024-05号
_DATED_SERIAL = regex(r"(?<![\d-])((?:19|20)\d{2})-(\d{1,4})号")
# A number that the text only builds on: 根据国办发〔2019〕14号制定的实施方案.
CITED = regex(r"根据|按照|依据|依照|贯彻|落实|转发|执行|修改|修订|废止|对照|遵照|参照|关于")
LEADING_UP = r"根据|按照|依据|依照|遵照|参照|执行|(?<!意)见"
# 海建发〔2025〕88号的补充通知 is another document than that number.
_BUILT_ON = regex(
    r"(?:文件?|通知)?(?:的?(?:补充|延期|延长|贯彻|落实|配套|实施(?=意见|细则|方案|办法))|(?:的|文件?)(?:修订|修改|废止|转发))"
)
# 市医保局〔2025〕2号文 names whose number it is; no agency code ends so.
_ORGAN_FOR_CODE = regex(r"[一-龥](?:[局厅]|委员会|政府|中心)$")
_SERIALS_AFTER = regex(r"(?:[、,和及]第?\d{1,5}号)+")
_NUMBER_IS_ALL = regex(r"[)》〉]*(?:文件?|通知|公告|规定|要求|精神|原文|全文)?[)》〉]*$")
_VERSION = (
    r"(?:文字|图文|网页|电子|打印|扫描|盖章|完整|简|pc|手机|word|pdf|excel|ofd|wps|docx?|xlsx?)"
    r"(?:版|格式|文档|文件|表格)?"
)
_ACTION = r"(?:点击|请|在线|直接|立即|我要|扫码|单击|戳|可)"
_GENERIC = regex(
    rf"{_ACTION}*(?:查看|下载|阅读|浏览|打开|进入|访问|了解|获取|链接|点此|点击|此处|这里|详情|详见|观看|收听|预览"
    r"|更多|全文|原文|正文|原件|文本|附[件表录图](?:[一二三四五六七八九十]+|\d*)|[表图](?:\d+|[一二三四五六七八九十]+)"
    r"|相关(?:文件|链接|政策|解读|阅读)|政策(?:原文|文件|解读)|文件|返回|上一[篇页]|下一[篇页]|首页|历年|往年"
    rf"|{_VERSION}|here|more|download|link|click|view|read|file|attachment\d*)"
    rf"(?:附件\d*|全文|原文|详情|更多|下载|查看|浏览|链接|内容|文件|文档|版本|格式|地址|here|more|{_VERSION})*",
    re.IGNORECASE,
)


_LONGEST_GENERIC = 24


@lru_cache(1 << 16)
def is_generic(text: str) -> bool:
    """Whether `text` says only what to do with the link (点击查看, 附件1, 下载, 原文): it names nothing."""
    if len(text) > _LONGEST_GENERIC:
        return False
    bare = re.sub(r"[\W_]", "", folded(text))
    return not bare or bare.isdecimal() or _GENERIC.fullmatch(bare) is not None


def assertions(text: str, organs: Organs) -> Assertions:
    """What `text` asserts."""
    plain = arabic_years(folded(text))
    if is_generic(text):
        return Assertions(kinds=kinds(plain, organs), files=_file_types(plain))
    # The year and serial of a document number are no year or issue of their own.
    rest = _without_numbers(plain, "#")
    return Assertions(
        years(rest),
        periods(rest),
        numbers(plain),
        # 市人社局（原市劳动保障局） may be either: what stands under the old name is its own.
        frozenset() if "(原" in plain else organs.named(plain),
        kinds(plain, organs),
        tuple(_TITLE.findall(plain)),
        _file_types(plain),
        "等" in plain and WITH_OTHERS.search(plain) is not None,
    )


def numbers(plain: str) -> frozenset[DocumentNumber]:
    """The document numbers by which a folded text names something; without agency (〔2024〕16号) too."""
    found: list[DocumentNumber] = []
    for start, end, number in document_number.occurrences(plain):
        if CITED.search(plain[start:end]) and not _NUMBER_IS_ALL.match(plain, end):
            continue
        if _BUILT_ON.match(plain, end):
            continue
        # 海府办发〔2024〕16号、17号 are two of one agency and year.
        more = _SERIALS_AFTER.match(plain, end)
        serials = (number.serial, *map(int, re.findall(r"\d+", more[0] if more else "")))
        agency = _agency(number.agency)
        found += [DocumentNumber(agency, number.year, serial) for serial in serials]
    return frozenset(found) | _without_agency(plain)


def _without_agency(plain: str) -> frozenset[DocumentNumber]:
    if "号" not in plain:
        return frozenset()
    found = [*_DATED_SERIAL.finditer(plain)] if "-" in plain else []
    if _BRACKET.search(plain):
        found += NO_AGENCY.finditer(plain)
    return frozenset(DocumentNumber("", int(match[1]), int(match[2])) for match in found)


def numbers_mentioned(text: str) -> frozenset[DocumentNumber]:
    """Every document number in a title, those it only builds on among them."""
    plain = folded(text)
    found = (number for _, _, number in document_number.occurrences(plain))
    return frozenset(found) | _without_agency(plain)


def _without_numbers(plain: str, sign: str) -> str:
    """A folded text with `sign` for each document number."""
    has_number = "号" in plain and _BRACKET.search(plain)
    return _NUMBER_SPAN.sub(sign, plain) if has_number else plain


def _agency(words: str) -> str:
    """The agency code without the words that lead up to it; empty where an organ's name stands for it."""
    code = re.split(LEADING_UP, words)[-1] or words
    return "" if _ORGAN_FOR_CODE.search(code) else code


def _file_types(plain: str) -> frozenset[str]:
    if not _LETTER.search(plain):
        return frozenset()
    return frozenset(found.lower() for found in _FILE_TYPE.findall(plain))


TAIL = regex(
    r"(?:[(〔\[【][^()〔〕\[\]【】]{0,12}[)〕\]】]|全文|原文|正文|链接|下载|查看|之[一二三四五六七八九十]+|[.。,:;、>»—-]+|pdf|docx?|xlsx?)+$",
    re.IGNORECASE,
)
_READING = r"(?:解读|图解|图读|图说|一图[读看]懂|一图速览)"
_ENDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (Kind.INTERPRETATION, regex(rf"{_READING}(?:材料|文稿|文章|稿|视频|长图|版)?$")),
    (TASK_TABLE, regex(r"(?:分解|分工)(?:一览)?表$|任务(?:清单|一览表|表)$")),
    (Kind.ANNUAL_REPORT, regex(r"(?:政府)?信息公开(?:工作)?(?:年度报告|年报)$")),
    (Kind.WORK_POINTS, regex(r"(?:政务|政府信息|信息)公开工作要点(?:的通知)?$")),
    (Kind.GUIDE, regex(r"(?:政府)?信息公开(?:工作)?指南$")),
    (Kind.FAQ, regex(r"(?:政策|热点|常见|有关|相关)问答$|^问答$")),
    (
        Kind.CONSULTATION,
        regex(r"征求#?意见(?:的(?:公告|通知|通告|启事|函))?$|意见征集(?:公告|启事)?$|征求意见稿$"),
    ),
)
# Every word for a kind has one of these signs.
_KIND_SIGN = regex("[读图表单报点南答见]")
_DRAFT = regex(r"[(〔\[【](?:公开)?征求意见稿[)〕\]】]$")
# Short forms name the kind only where nothing else is said.
_WHOLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (Kind.ANNUAL_REPORT, regex(r"(?:年度报告|年报|政府信息公开工作报告)")),
    (Kind.WORK_POINTS, regex(r"(?:工作)?要点")),
    (Kind.GUIDE, regex(r"(?:公开)?指南")),
)
_BESIDE_KIND = regex(
    r"(?:19|20)\d\d(?:[-~至—](?:19|20)\d\d)?(?:年度(?!报告)|年(?!报|度报告)|(?=年报|年度报告))"
    r"|[上本]一?(?:(?=年报|年度报告)|年度?)"
    r"|[本我](?:局|委|厅|办|市|区|县|镇|街道|机关|单位)|关于|的|新版|最新|#|附[件表]\d*|[\d.、:-]"
)
_BEGINS = regex(r"(?:一图[读看]懂|图解|图说)[:、]?(?=#|[一-龥]{4})|解读[:、]?#$")


def kinds(plain: str, organs: Organs) -> frozenset[str]:
    """The kind that a folded text ends in (Chinese names things last); what stands in 《》 is no evidence."""
    if not _KIND_SIGN.search(plain):
        return frozenset()
    outside = organs.without(_without_numbers(_TITLE.sub("#", plain), ""))
    if _DRAFT.search(outside):
        return frozenset({str(Kind.CONSULTATION)})
    outside = TAIL.sub("", outside)
    bare = _BESIDE_KIND.sub("", outside)
    for kind, pattern in _ENDS:
        for words in (outside, bare):
            found = pattern.search(words)
            if found:
                return _with_first(words[: found.start()], str(kind))
    if _BEGINS.match(outside):
        return frozenset({str(Kind.INTERPRETATION)})
    for kind, pattern in _WHOLE:
        if pattern.fullmatch(bare):
            return frozenset({str(kind)})
    return frozenset()


# 《…》及解读, 工作要点和分解表: the link may lead to either.
_JOINED = regex(r"(?:以?及|[和与、])(?:其|有关|相关|配套)?(?:政策|文件|文字|工作|任务)?$")


def _with_first(ahead: str, kind: str) -> frozenset[str]:
    """`kind` with those that the words before it name and 及 or 和 joins to it: 《…》及解读 begins with a policy."""
    joint = _JOINED.search(ahead)
    if joint is None or not joint.start():
        return frozenset({kind})
    either = frozenset({kind, str(Kind.POLICY), str(Kind.INSTITUTION)})
    first = kinds_mentioned(ahead[: joint.start()])
    return first | {kind} if first else either


_MENTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (Kind.ANNUAL_REPORT, regex(r"年度报告|年报|信息公开工作报告")),
    (Kind.WORK_POINTS, regex(r"要点")),
    (Kind.GUIDE, regex(r"指南")),
    (Kind.INTERPRETATION, regex(rf"{_READING}|答记者问|发布会|问答")),
    (Kind.FAQ, regex(r"问答|答问")),
    (Kind.CONSULTATION, regex(r"征求意见|意见征集|征集意见|草案|意见稿")),
    (TASK_TABLE, regex(r"分解|分工|任务清单|任务表")),
)


def kinds_mentioned(title: str) -> frozenset[str]:
    """The kinds that a title may pass for: more than `kinds`, since a target is given every benefit."""
    plain = folded(title)
    return frozenset(str(kind) for kind, pattern in _MENTIONS if pattern.search(plain))


def numbers_meet(one: Iterable[DocumentNumber], other: Iterable[DocumentNumber]) -> bool:
    """Whether any two may be the same number; words before an agency code and its 字 do not count."""
    others = [(b.year, b.serial, b.agency.removesuffix("字")) for b in other]
    return any(
        (a.year, a.serial) == (year, serial) and (mine.endswith(agency) or agency.endswith(mine))
        for a in one
        for mine in (a.agency.removesuffix("字"),)
        for year, serial, agency in others
    )


__all__ = [
    "CITED",
    "LEADING_UP",
    "NO_AGENCY",
    "TAIL",
    "TASK_TABLE",
    "WITH_OTHERS",
    "Assertions",
    "Organs",
    "Period",
    "assertions",
    "contradicting_units",
    "folded",
    "is_generic",
    "kinds",
    "kinds_mentioned",
    "numbers",
    "numbers_meet",
    "numbers_mentioned",
    "organs_of",
    "periods",
    "years",
]
