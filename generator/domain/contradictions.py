"""Contradictions (矛盾): what a link's text asserts against the facts of its target.

Error only where both sides speak of the same thing and their sets do not meet; where one is silent,
nothing is said. Likeness of titles never makes an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from generator.domain.assertions import (
    TASK_TABLE,
    WITH_OTHERS,
    Assertions,
    Period,
    contradicting_units,
    folded,
    is_generic,
    kinds_mentioned,
    numbers_meet,
)
from generator.domain.distinctions import forms, is_another_act, part
from generator.domain.document_number import DocumentNumber, occurrences
from generator.domain.folding import arabic_years
from generator.domain.kinds import KIND_NAMES, Kind
from generator.domain.numerals import NUMERAL
from generator.domain.organs import organs_meet
from generator.regex import regex


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a target; an empty set means that it does not say.

    `titles` are its title and every name it is known by; `is_list` marks an index or home page;
    `noun` is what messages call it (年度报告).
    """

    years: frozenset[int] = frozenset()
    periods: frozenset[Period] = frozenset()
    numbers: frozenset[DocumentNumber] = frozenset()
    organs: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()
    is_list: bool = False
    noun: str = "文件"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A rule that a link breaks, with what its text says and what the target is, in words."""

    rule: str
    said: str
    found: str


def judge(text: str, said: Assertions, facts: Facts) -> tuple[Contradiction, ...]:
    """Every contradiction between the text of a link, which asserts `said`, and its target's facts."""
    if facts.is_list:
        return tuple(_level(text, said, facts))
    found = [
        *_number(said, facts),
        *_year(said, facts),
        *_period(said, facts),
        *_issuer(said, facts),
        *_kind(text, said, facts),
    ]
    return tuple(found or _title(text, said, facts))


def _number(said: Assertions, facts: Facts) -> Iterator[Contradiction]:
    if said.numbers and facts.numbers and not numbers_meet(said.numbers, facts.numbers):
        known = sorted(facts.numbers, key=str)
        words = (
            # 按照海府办发: only as much of it is the agency as the target's own code shows.
            DocumentNumber(_agency(number, known), number.year, number.serial)
            for number in said.numbers
        )
        yield Contradiction("wrong-number", _join(map(_written, words)), _join(known))
        return
    ours, theirs = contradicting_units(_serials(said.periods), _serials(facts.periods))
    if ours and not said.numbers:
        yield Contradiction("wrong-number", _periods(ours), _periods(theirs))


def _agency(number: DocumentNumber, known: Iterable[DocumentNumber]) -> str:
    codes = (other.agency for other in known if number.agency.endswith(other.agency))
    return next(codes, number.agency)


def _written(number: DocumentNumber) -> str:
    return str(number) if number.agency else f"〔{number.year}〕{number.serial}号"


def _serials(periods: frozenset[Period]) -> frozenset[Period]:
    # 第12号 of an order or an announcement is its number.
    return frozenset(period for period in periods if period.unit == "serial")


def _year(said: Assertions, facts: Facts) -> Iterator[Contradiction]:
    if said.years and facts.years and not said.years & facts.years:
        yield Contradiction("wrong-year", _years(said.years), _of(_years(facts.years), facts))


def _period(said: Assertions, facts: Facts) -> Iterator[Contradiction]:
    ours, theirs = contradicting_units(
        said.periods - _serials(said.periods), facts.periods - _serials(facts.periods)
    )
    if not ours:
        return
    in_common = {period.value for period in ours} & {period.value for period in theirs}
    years = {p.year for p in theirs if p.year and p.value in in_common}
    if in_common and years:
        # The same month of another year.
        mine = {p.year for p in ours if p.year}
        yield Contradiction("wrong-year", _years(mine), _of(_years(years), facts))
    else:
        yield Contradiction("wrong-period", _periods(ours), _of(_periods(theirs), facts))


def _issuer(said: Assertions, facts: Facts) -> Iterator[Contradiction]:
    if said.organs and facts.organs and not organs_meet(said.organs, facts.organs):
        if said.with_others and any(map(WITH_OTHERS.search, facts.titles)):
            return
        yield Contradiction("wrong-issuer", _join(said.organs), _of(_join(facts.organs), facts))


def judge_part(text: str, fragment: str) -> tuple[Contradiction, ...]:
    """The contradiction between a text that names one part of a page (第六条) and the anchor of another."""
    said, found = part(text), part(fragment)
    # The number before a name may be that of the list in which the link stands.
    is_name = said is not None and len(said.rest) > 1 and said.rest in folded(fragment)
    if said and found and not is_name and said.unit == found.unit and said.number != found.number:
        return (Contradiction("wrong-title", text, fragment),)
    return ()


def judge_kind(said: Assertions, facts: Facts) -> tuple[Contradiction, ...]:
    """The contradiction between the kind that a text asserts and a target of no kind; () if it asserts none."""
    if not said.kinds:
        return ()
    return (Contradiction("wrong-kind", _kinds(said.kinds), f"“{facts.titles[0]}”"),)


# 关于……的通知 is a document itself, never a reading of one.
_ISSUED = regex(r"的(?:通知|意见|决定|公告|通告|批复|函)$")


def is_issued(text: str) -> bool:
    """Whether a text names a document by what it is: 关于…的通知."""
    return _ISSUED.search(re.sub(r"《[^《》]*》", "", folded(text))) is not None


# 《…》（全文）, where the name stands beside the link.
_ORIGINAL = regex(r"》(?:[(][^()]*?[号,、:])?[(\[]?(?:政策|文件)?(?:[全原]文|原件)$")


def _kind(text: str, said: Assertions, facts: Facts) -> Iterator[Contradiction]:
    if said.kinds and facts.kinds and not said.kinds & facts.kinds:
        yield Contradiction("wrong-kind", _kinds(said.kinds), _kinds(facts.kinds))
    elif said.kinds == facts.kinds == {str(Kind.INTERPRETATION)}:
        one = forms(text)
        other = forms(facts.titles[0]) if one else one
        if other and not one & other:
            yield Contradiction("wrong-kind", _join(one), _join(other))
    elif not said.kinds and facts.kinds == {str(Kind.INTERPRETATION)}:
        # Who names a document number means the document that bears it.
        if said.numbers and not facts.numbers:
            yield Contradiction(
                "wrong-kind", _join(map(_written, said.numbers)), _kinds(facts.kinds)
            )
        elif _ORIGINAL.search(folded(text)) or is_issued(text):
            yield Contradiction("wrong-kind", f"“{text}”", _kinds(facts.kinds))


_PLURAL = regex(
    r"历年|历次|往年|更多|全部|所有|列表|目录|汇编|栏目|专栏|专题|首页|主页|网站|官网|门户|平台|系统|数据库|文件库|等(?:文件|政策|\d)"
)


def _level(text: str, said: Assertions, facts: Facts) -> Iterator[Contradiction]:
    """A list or home page where the text names one document, another list, or another organ."""
    plain = folded(text)
    own = {folded(title) for title in facts.titles}
    if plain.strip("《》") in own or any(folded(title) in own for title in said.titles):
        return
    if said.names_one_document and not _PLURAL.search(plain):
        # “2024年” on a page of the year 2024 is that page; a list says so in its own title.
        if not (said.years and said.years == facts.years and not (said.titles or said.numbers)):
            yield Contradiction("wrong-level", text, facts.titles[0] if facts.titles else "")
        return
    yield from _year(said, facts)
    yield from _issuer(said, facts)
    yield from _kind(text, said, facts)


_DOCUMENT_NOUN = regex(
    r"(?:办法|规定|细则|条例|规程|规则|准则|标准|通知|通告|公告|公报|公示|意见|决定|方案|规划|计划|制度|章程|报告|年报|要点|指南|预案|批复"
    r"|清单|目录|名单|情况|通报|总结|简报|月报|季报|预算|决算|职责|事项|解读|问答)$"
)
# Words of a sentence, not of a title; 意见 is no 见.
_COLLOQUIAL = regex(
    r"(?<!意)见(?!证|义)|(?<!申)请(?!示)|有关|相关|这[份个件项]|[该此]|上述|前述|以上|如下|下列|具体|查看|下载|阅读|我们|新的|最新|配套"
    r"|(?:发布|印发|公布|出台|施行|通过|联合)(?:的|通知)|同名|本(?:局|委|机关|办法|规定|通知|方案|意见)|其他|其它|上级|国家|省里|市里|[，。；！？]"
)
LEAST_COMMON = 0.33
_SHORTEST_TITLE, _SHORTEST_TEXT = 6, 8


def _title(text: str, said: Assertions, facts: Facts) -> Iterator[Contradiction]:
    """A 《title》, or a long text that ends like one, that shares almost nothing with the target's names."""
    plain = folded(text)
    if facts.titles and is_another_act(plain, said.titles, facts.titles):
        yield Contradiction("wrong-title", text, facts.titles[0])
        return
    names = [folded(title) for title in said.titles if len(title) >= _SHORTEST_TITLE]
    outside = re.sub(r"[(\[〔][^()\[\]〔〕]*[)\]〕]$", "", plain)
    is_name = _DOCUMENT_NOUN.search(outside) and not _COLLOQUIAL.search(plain)
    if not said.numbers and occurrences(plain):
        # 海建发〔2025〕88号的补充通知 names another document's number in place of its title.
        is_name = None
    if not said.titles and is_name and len(outside) >= _SHORTEST_TEXT and not is_generic(text):
        names = [outside]
    if not names or not facts.titles or numbers_meet(said.numbers, facts.numbers):
        return
    is_same_year = said.years and said.years & facts.years
    own = said.kinds | (kinds_mentioned(plain) if is_same_year else frozenset())
    if not said.titles and own & facts.kinds:
        # 2023年年报 has little in common with the title of that report, and means it.
        return
    known = [folded(title) for title in facts.titles]
    if max(likeness(name, title) for name in names for title in known) < LEAST_COMMON:
        yield Contradiction("wrong-title", text, facts.titles[0])


# What most titles share says nothing about which of them is meant.
_COMMON = regex(
    rf"^[一-龥、]{{3,40}}?{WITH_OTHERS.pattern}"
    r"|^[一-龥、]{3,20}?(?:局|委员会|委|政府|办公[室厅]|街道)(?=关于|转发|\d|《|[一-龥]{4})"
    r"|^[一-龥]{2,4}?[省市县区](?=[一-龥]{4})|关于|印发|发布|公布|做好|开展|进一步|加强|推进|规范|(?:的?(?:通知|公告|通告|意见|决定))$"
    r"|管理|实施|工作|暂行|试行|办法|规定|细则|方案|制度|情况|国家级?|[省市县区镇乡]级|(?:19|20)\d{2}(?:年度?|(?=[-~至—]))|\d{1,2}月(?:\d{1,2}日)?|[\W_]"
    rf"|第?[{NUMERAL}]{{1,4}}(?:批|期|号|届|次|轮|周|辑|季度)"
)


def likeness(name: str, title: str) -> float:
    """How much of `name` (folded) stands in `title`, 0 to 1, without the words that most titles share."""
    one, other = (_COMMON.sub("", arabic_years(words)) for words in (name, title))
    if len(one) < 2 or one in other:
        # 2021年的试行办法 has no word of its own that could contradict a title.
        return 1.0
    if min(len(one), len(other)) < 3:
        one, other = name, title
    if other in one:
        return 1.0
    pairs = {one[i : i + 2] for i in range(len(one) - 1)}
    others = {other[i : i + 2] for i in range(len(other) - 1)}
    by_pairs = len(pairs & others) / max(1, len(pairs))
    short, long = sorted((one, other), key=len)
    aligned = fuzz.partial_ratio(short, long) / 100 if len(short) >= _SHORTEST_TITLE else 0.0
    # 公租房 is 公共租赁住房: its signs, in their order.
    in_order = LCSseq.similarity(one, other) / len(one)
    return max(by_pairs, aligned - 0.3, in_order - 0.3)


def _of(words: str, facts: Facts) -> str:
    return f"{words}的{facts.noun}"


def _join(values: Iterable[object]) -> str:
    return "、".join(sorted(str(value) for value in values))


def _years(years: Iterable[int]) -> str:
    return "、".join(f"{year}年" for year in sorted(years))


def _periods(periods: Iterable[Period]) -> str:
    in_order = sorted(periods, key=lambda period: (period.unit, period.year or 0, period.value))
    return "、".join(period.words for period in in_order)


def _kinds(kinds: Iterable[str]) -> str:
    names = {TASK_TABLE: "分解表"} | {str(kind): KIND_NAMES[kind] for kind in Kind}
    return _join(names[kind] for kind in kinds)
