"""What the prose of an annual report says in numbers (正文里的数): 全年收到政府信息公开申请42件.

Only what clearly speaks of the whole year and the whole organ is a claim. 其中网上申请20件, 7月收到申请3件
or 全市收到申请900件 are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from generator.domain.numerals import to_int
from generator.regex import regex

Date = tuple[int, int, int]


class Fact(StrEnum):
    """What a number of the prose counts."""

    NEW = "new"
    CARRIED_IN = "carried_in"
    DONE = "result_total"
    CARRIED_OUT = "carried_out"
    REVIEW = "review"
    SUIT = "suit"
    BOTH = "both"


class Claim(NamedTuple):
    """A number said in the prose: what it counts, its words and their offset.

    `with_carried` says that what came over from last year is counted in (含上年结转), `is_concluded`
    that only what is concluded counts (审结).
    """

    fact: Fact
    value: int
    start: int
    words: str
    with_carried: bool = False
    is_concluded: bool = False


class Period(NamedTuple):
    """The period that a report says it covers, its words and their offset."""

    begins: Date
    ends: Date
    start: int
    words: str


def claims(prose: str, part: int, year: int, *, is_government: bool) -> Iterator[Claim]:
    """What `prose`, the text of part 1, 3 or 4 of the report on `year`, says in numbers; in their order."""
    text = _folded(prose)
    found: dict[tuple[int, Fact], Claim] = {}
    for line in re.finditer(r"[^\n]+", text):
        about_applications = part == 3 or (
            part == 1 and re.search("公开申请|依申请公开", line[0]) is not None
        )
        for sentence in re.finditer(r"[^。;!?]+", line[0]):
            start = line.start() + sentence.start()
            about_reviews = part == 4 or (part == 1 and "信息公开" in sentence[0])
            for fact, match in _matches(sentence[0], year, about_applications, about_reviews):
                if _is_partial(sentence[0], match.start(), fact, year, is_government):
                    continue
                claim = _claim(fact, sentence[0], match, start, prose)
                if claim is not None:
                    found.setdefault((claim.start, fact), claim)
    yield from (found[key] for key in sorted(found))


def _folded(text: str) -> str:
    """`text` after NFKC sign by sign, without stars of bold type, so that every offset stays."""
    signs = (unicodedata.normalize("NFKC", sign) for sign in text.replace("*", "\u200b"))
    return "".join(one if len(one) == 1 else sign for sign, one in zip(text, signs, strict=True))


# Between words there may be spaces and the signs of bold type.
_S = "[ \u3000\u200b]*"
_NUMBER = (
    rf"{_S}(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}}|[零〇一二两三四五六七八九十百千]{{1,9}}){_S}"
)
# Where a pattern begins with the number: at its first digit, or the first space before it.
_FIRST_NUMBER = rf"(?<![ \u3000\u200b\d,]){_NUMBER}"
_UNIT = r"(?:件|宗|起|条|份)(?!套)"
_FILL = rf"(?:{_S}(?:数量|总量|总数|总计|合计|共计|累计|共有|共|为|是|达到|达|有))*"
_COUNT = rf"{_FILL}{_NUMBER}{_UNIT}"
_FROM = r"(?:公民、?法人(?:和|或者|或|及|以及|、)其他组织|申请人|社会公众|公众|群众)?(?:提出|提交|递交)?(?:书面)?的?"
_APPLY = r"(?:(?:政府)?信息公开的?|依申请公开的?(?:政府)?(?:信息)?的?|公开)?申请(?:事项|件)?"
_ON_REQUEST = r"依申请公开(?:政府信息|信息|事项|件)?"
_RECEIVED = r"(?:新接收|接收|新收到|新收|收到|接到|受理)(?:到|了)?的?(?:各类)?"
_LAST = r"(?:上年度?|上一年度?|去年|往年|{last}年度?)"
_NEXT = r"(?:下年度?|下一年度?|次年度?|明年|来年|{next}年度?)"
_CONCLUDED = regex(r"(?:审结|办结|结案|审理完毕|作出决定|作出判决)[^,]{0,24}$")

_HAPPENED = r"(?:发生|产生|收到|接到|出现|引发|涉及)"
_NONE = rf"(?:(?:没有|无){_HAPPENED}?|(?:未曾|未){_HAPPENED})(?:过|任何)?"
_END = r"(?:的?(?:情况|情形|案件))?(?=[,;。)]|$)"

_APPLICATIONS: tuple[tuple[Fact, str], ...] = (
    (Fact.NEW, rf"{_RECEIVED}{_FROM}(?:{_APPLY}|{_ON_REQUEST}){_COUNT}"),
    (
        Fact.NEW,
        rf"{_RECEIVED}{_COUNT}{_FROM}(?:{_APPLY}|{_ON_REQUEST})(?![^,]{{0,3}}书)",
    ),
    (Fact.NEW, rf"新收{_COUNT}"),
    (
        Fact.CARRIED_IN,
        rf"{_LAST}度?(?:未办结)?结转(?:至|到)?(?:本年度?)?(?:继续)?(?:办理)?的?(?:{_APPLY})?{_COUNT}",
    ),
    (Fact.CARRIED_IN, rf"结转{_LAST}度?的?(?:{_APPLY})?{_COUNT}"),
    (Fact.DONE, rf"(?:办结|办理完毕|答复办结)(?:了|的)?(?:{_APPLY})?{_COUNT}"),
    (
        Fact.CARRIED_OUT,
        rf"结转(?:至|到|入)?{_NEXT}(?:继续)?(?:办理|处理|答复)?的?(?:{_APPLY})?{_COUNT}",
    ),
    (
        Fact.CARRIED_OUT,
        rf"{_FIRST_NUMBER}{_UNIT}(?:{_APPLY})?[^,;。0-9件]{{0,20}}结转(?:至|到|入)?{_NEXT}",
    ),
    (Fact.CARRIED_OUT, rf"(?<=,)(?:另有|尚有|还有|其余)?结转{_COUNT}"),
    (Fact.NEW, rf"(?:没有|未曾|未)(?:收到|接到|接收)(?:过|任何)?{_FROM}{_APPLY}{_END}"),
)
_CASES = r"(?:案件|申请|案)?"
_AND = r"(?:、|和|及|与|以及|或者|或)"
_REVIEWS: tuple[tuple[Fact, str], ...] = (
    (Fact.BOTH, rf"行政复议{_CASES}{_AND}(?:提起)?行政诉讼{_CASES}{_COUNT}"),
    (Fact.REVIEW, rf"(?<!经)行政复议{_CASES}{_COUNT}"),
    (Fact.REVIEW, rf"{_FIRST_NUMBER}{_UNIT}行政复议{_CASES}(?=[,;。、)和及与]|$)"),
    (Fact.SUIT, rf"行政诉讼{_CASES}{_COUNT}"),
    (Fact.SUIT, rf"{_FIRST_NUMBER}{_UNIT}行政诉讼{_CASES}(?=[,;。、)和及与]|$)"),
    (
        Fact.REVIEW,
        rf"{_NONE}[^,;。0-9]{{0,16}}?行政复议{_CASES}(?:{_AND}被?(?:提起)?行政诉讼{_CASES})?{_END}",
    ),
    (Fact.SUIT, rf"{_NONE}[^,;。0-9]{{0,24}}?行政诉讼{_CASES}{_END}"),
)
_UNLIKE_NONE = regex(r"纠正|败诉|撤销|逾期|确认|维持|驳回|责任|审结|上年|去年|无关|无法|理由")


def _matches(
    sentence: str, year: int, about_applications: bool, about_reviews: bool
) -> Iterator[tuple[Fact, re.Match[str]]]:
    """Everything in `sentence` that looks like a claim on what its surroundings speak of."""
    applications, reviews = _patterns(year)
    if about_applications:
        # Of 收到50件, 受理42件 the form counts what was received.
        is_received = re.search("收到|新收", sentence) is not None
        for fact, pattern in applications:
            for match in pattern.finditer(sentence):
                if not (is_received and match[0].startswith("受理")):
                    yield fact, match
    if about_reviews:
        # 行政复议、行政诉讼共3件 are not three suits.
        both: set[int] = set()
        for fact, pattern in reviews:
            for match in pattern.finditer(sentence):
                if match.end() not in both:
                    yield fact, match
                if fact is Fact.BOTH:
                    both.add(match.end())


_Patterns = tuple[tuple[Fact, re.Pattern[str]], ...]


@cache
def _patterns(year: int) -> tuple[_Patterns, _Patterns]:
    """The patterns of claims on applications, and of those on reviews and suits."""
    years = {"{last}": str(year - 1), "{next}": str(year + 1)}

    def compiled(table: tuple[tuple[Fact, str], ...]) -> _Patterns:
        return tuple(
            (fact, re.compile(re.sub(r"\{last\}|\{next\}", lambda name: years[name[0]], pattern)))
            for fact, pattern in table
        )

    return compiled(_APPLICATIONS), compiled(_REVIEWS)


def _claim(fact: Fact, sentence: str, match: re.Match[str], start: int, prose: str) -> Claim | None:
    number = match.groupdict().get("number")
    if number is None:
        if _UNLIKE_NONE.search(match[0]):
            return None
        value: int | None = 0
    else:
        value = to_int(number.replace(",", ""))
    if value is None:
        return None
    begin = match.start() + len(match[0]) - len(match[0].lstrip(" \u3000\u200b"))
    words = prose[start + begin : start + match.end()].replace("*", "").strip()
    tail = sentence[match.end() : match.end() + 16]
    return Claim(
        fact,
        value,
        start + begin,
        words,
        re.match(r"\(?,?(?:均?含|包括|包含|其中)[^,;]{0,6}(?:上年|上一年|去年|结转)", tail)
        is not None,
        _CONCLUDED.search(sentence[max(0, match.start() - _NEAR) : match.start()]) is not None,
    )


_EVERYBODY = regex(r"公民、?法人(?:和|或者|或|及|以及|、)其他组织")
_WHOLE_YEAR = regex(r"(?:\d{4}年)?1月1日[^,;]{0,4}?(?:\d{4}年)?12月31日")
_PART_OF = regex(
    r"网上|网络|网站|在线|线上|平台|系统|信函|邮寄|邮件|邮箱|信件|当面|现场|窗口|传真|自然人|企业|法人|科研|公益"
    r"|法律服务|个人|市民|关于|涉及|有关|季度|半年|月|同期|以来|截至|近[一二两三四五六七八九十\d几]|年来"
    r"|增加|减少|增长|下降|上升|多收|少收|未办结|超期|逾期|延期|部门|各级|各[县区镇乡街]|县区|区县|乡镇|街道|下属|局属"
    r"|建议|提案|信访|投诉|咨询|留言|工单|热线|问题|意见|任务|举报"
)
_ELSEWHERE = regex(r"全[市县区省州盟旗镇]|全系统")
_OTHER_YEAR = regex(r"上年|上一年|去年|前年|往年|历年|历史")
_SHORT_CLAUSE = 12
# No clause that a reader would follow is longer.
_NEAR = 200


def _is_partial(sentence: str, start: int, fact: Fact, year: int, is_government: bool) -> bool:
    """Whether the words before a claim narrow it: to a channel, a month, some applicants, another year."""
    before = _EVERYBODY.sub("", _WHOLE_YEAR.sub("", sentence[max(0, start - _NEAR) : start]))
    clauses = re.split(r"(?<!\d),|,(?!\d)|[:()]", before)
    # 7月,收到…: a short clause belongs to the next.
    near = clauses[-1]
    if (
        len(clauses) > 1
        and len(clauses[-2]) <= _SHORT_CLAUSE
        and not re.search(r"[\d一二两三四五六七八九十百]件", clauses[-2])
    ):
        near = clauses[-2] + near
    # 其中上年结转2件 is the whole of it.
    if _PART_OF.search(near) or (
        0 <= sentence.find("其中") < start and fact is not Fact.CARRIED_IN
    ):
        return True
    if not is_government and _ELSEWHERE.search(near):
        return True
    if fact is not Fact.CARRIED_IN and _OTHER_YEAR.search(near):
        return True
    return any(int(other) != year for other in re.findall(r"(?<!\d)((?:19|20)\d\d)年", near))


_ABOUT_PERIOD = regex(
    r"统计(?:期|时|周|区间|范围|口径)|起统计|报告期|报告时间|报告周期|所列数据|本(?:年度)?报告(?:所)?(?:反映|涵盖|覆盖|的期)"
    r"|情况(?:报告|公布|公告)如下|工作年度报告(?:公布|予以公布)"
)
_CHINESE = "[一二三四五六七八九十]"
_DAY = (
    r"(?:(?P<year{n}>\d{{4}}|[一二][零〇○一二三四五六七八九]{{3}})[年./-])?"
    rf"(?P<month{{n}}>\d{{{{1,2}}}}|{_CHINESE}{{{{1,2}}}})[月./-]"
    rf"(?P<day{{n}}>\d{{{{1,2}}}}|{_CHINESE}{{{{1,3}}}})日?"
)
_RANGE = regex(
    _DAY.format(n=1)
    + r"(?:起)?(?:开始)?(?:统计)?,?(?:至|到|-|—|–|~|―)+(?:本年|当年)?"
    + _DAY.format(n=2)
)


def periods(prose: str, year: int) -> Iterator[Period]:
    """The periods that the prose of the report on `year` says its numbers are counted in."""
    text = _folded(prose)
    for sentence in re.finditer(r"[^。;!?\n]+", text):
        if not _ABOUT_PERIOD.search(sentence[0]):
            continue
        found = _RANGE.search(sentence[0])
        begins = _date(found, 1, year) if found else None
        ends = _date(found, 2, begins[0]) if found and begins else None
        if found and begins and ends:
            start = sentence.start() + found.start()
            words = prose[start : sentence.start() + found.end()].replace("*", "")
            yield Period(begins, ends, start, words)


def _date(found: re.Match[str], number: int, year: int) -> Date | None:
    """A date of a range; without a year of its own it is in `year`. None for what is no date."""
    written = found[f"year{number}"]
    parts = (
        to_int(written) if written else year,
        *(to_int(found[f"{name}{number}"]) for name in ("month", "day")),
    )
    whole, month, day = parts
    if whole is None or month is None or day is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return whole, month, day
