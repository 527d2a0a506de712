"""Personal data in a text (个人信息): what names or reaches one person, and how it looks when masked.

Numbers are read as people write them: full-width, with spaces or hyphens. Every pattern is bounded,
so that a text is read in time proportional to its length.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from stdnum import luhn
from stdnum.cn import ric

from generator.regex import regex


class Found(NamedTuple):
    """Personal data: where it begins, its words, and what may be published instead."""

    offset: int
    text: str
    masked: str


class _Group(NamedTuple):
    start: int
    end: int
    digits: str


class _Number(NamedTuple):
    """Neighbouring groups of digits, and the groups on both sides of them in the same run."""

    groups: tuple[_Group, ...]
    before: _Group | None
    after: _Group | None

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    @property
    def digits(self) -> str:
        return "".join(group.digits for group in self.groups).upper()

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(group.digits) for group in self.groups)


# One character for one: every offset stays.
_NARROW = str.maketrans("０１２３４５６７８９Ｘｘ＋－＿", "0123456789Xx+-_")
_WIDE = regex("[０-９Ｘｘ＋－＿]+")
_SEPARATOR = r"[ \u3000\xa0·‐–—-]"
# Eleven digits near each other, wide ones and wide hyphens among them: without these there is no number.
_HAS_NUMBER = regex(r"[0-9０-９](?:[ \u3000\xa0·‐–—\-－]?[0-9０-９]){10}")
_RUN = regex(rf"(?<![0-9A-Za-z_])\d+(?:{_SEPARATOR}\d+)*[Xx]?(?![0-9A-Za-z_])", re.ASCII)
_GROUP = regex(r"\d+[Xx]?", re.ASCII)
_FIRST_BIRTH = date(1900, 1, 1)
# GB/T 2260: the provinces, Taiwan, Hong Kong, Macao; 83 and 91 stand on residence permits.
_PROVINCES = frozenset(
    """11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54
    61 62 63 64 65 71 81 82 83 91""".split()
)
_CARD = regex(r"62|4|5[1-5]|3[47]|35|60|9558|9559")
_CARD_WORDS = regex(r"银行卡|卡\s?号|[账帐]\s?[号户]|开户|收款|打款|汇款|储蓄卡|信用卡|借记卡")
# A number that these words name is that of a thing or of a unit.
_CODE_WORDS = regex(
    r"(?:代码|编号|编码|索引号|文号|受理号|案号|流水号|订单号|单号|证书号|许可证号|注册号|批号|序列号|合同号"
    r"|备案号|条形码|公告号|专利号|标识码)(?:为|是)?[\s：:|（(]{0,6}$"
)
_CODE_COLUMN = regex(_CODE_WORDS.pattern.partition("(?:为|是)")[0])
_AMOUNT = regex(r"\.\d|[ ]?(?:元|万|亿|千|美元|人民币|吨|公斤|平方|立方|%|％|人次|件)")
_MOBILE = regex(r"1[3-9]\d{9}")
_MOBILE_SHAPES = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3)})
_GLUED_COUNTRY = regex(r"(?:\+|(?<!\d)00)86(?=1[3-9]\d{9}(?!\d))", re.ASCII)
_COUNTRY = frozenset({"86", "0086"})
_CONTEXT = 60
_MOST_TITLES = 5


def _narrow(text: str) -> str:
    """`text` with wide digits and signs made narrow, one for one."""
    return _WIDE.sub(lambda sign: sign[0].translate(_NARROW), text)


def may_hold_number(text: str) -> bool:
    """Whether a text has digits enough for one of the numbers that are looked for here; most have not."""
    return _HAS_NUMBER.search(text) is not None


def identity_numbers(text: str, today: date) -> Iterator[Found]:
    """Numbers of resident identity cards (GB 11643): region, a day of birth that was, check digit."""
    if not may_hold_number(text):
        return
    folded = _narrow(text)
    for number in _numbers(folded, 18, 18, 18):
        digits = number.digits
        if is_identity_number(digits, today) and not _is_code(folded, number.start):
            yield _found(text, number, f"{digits[:6]}{'*' * 8}{digits[14:]}")


def is_identity_number(digits: str, today: date) -> bool:
    """Whether 18 characters are the number of an identity card of someone born by `today`."""
    if len(digits) != 18 or digits[:2] not in _PROVINCES or not digits[:17].isdigit():
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return _FIRST_BIRTH <= born <= today and digits[17] == ric.calc_check_digit(digits)


def bank_cards(text: str, today: date) -> Iterator[Found]:
    """Numbers of bank cards: a known prefix and Luhn; prefix 62 alone where no word speaks of banks."""
    if not may_hold_number(text):
        return
    folded = _narrow(text)
    done = 0
    # Of two that begin together the longer comes first.
    for number in sorted(_numbers(folded, 16, 19, 5), key=lambda one: (one.start, -one.end)):
        if number.start < done or not _is_card(number, folded, today):
            continue
        done = number.end
        digits = number.digits
        yield _found(text, number, f"{digits[:4]}{'*' * (len(digits) - 8)}{digits[-4:]}")


def mobile_numbers(text: str, own: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Mobile telephone numbers that are not among `own`, which holds digits only."""
    if not may_hold_number(text):
        return
    folded = _narrow(text)
    folded = _GLUED_COUNTRY.sub(lambda found: " " * len(found[0]), folded)
    for number in _numbers(folded, 11, 11, 3):
        digits = number.digits
        if _MOBILE.fullmatch(digits) and digits not in own and _is_telephone(number, folded):
            yield _found(text, number, f"{digits[:3]}****{digits[7:]}")


def _numbers(folded: str, least: int, most: int, parts: int) -> Iterator[_Number]:
    """At most `parts` neighbouring groups of digits, `least` to `most` digits together."""
    for run in _RUN.finditer(folded):
        if run.end() - run.start() < least:
            continue
        start = run.start()
        groups = [
            _Group(start + one.start(), start + one.end(), one[0])
            for one in _GROUP.finditer(run[0])
        ]
        for first in range(len(groups)):
            total, last = 0, first
            end = min(len(groups), first + parts)
            while last < end and total + len(groups[last].digits) <= most:
                total += len(groups[last].digits)
                last += 1
                if total >= least:
                    yield _Number(
                        tuple(groups[first:last]),
                        groups[first - 1] if first else None,
                        groups[last] if last < len(groups) else None,
                    )


def _found(text: str, number: _Number, masked: str) -> Found:
    return Found(number.start, text[number.start : number.end], masked)


def _is_card(number: _Number, folded: str, today: date) -> bool:
    digits = number.digits
    *heads, tail = number.shape
    is_one = not heads or (set(heads) == {4} and tail <= 4) or heads in ([6], [4, 4, 4, 4])
    if not is_one or not _CARD.match(digits) or not luhn.is_valid(digits):
        return False
    if is_identity_number(digits, today) or _is_code(folded, number.start):
        return False
    return digits.startswith("62") or bool(_CARD_WORDS.search(_words_for(folded, number.start)))


def _is_telephone(number: _Number, folded: str) -> bool:
    before, after = number.before, number.after
    if number.shape not in _MOBILE_SHAPES:
        return False
    if before and before.digits not in _COUNTRY and not _stands_apart(number, before, folded):
        return False
    if after and not _stands_apart(number, after, folded):
        return False
    # 第…号 and 0.138… are no telephones, nor is an amount.
    if folded[: number.start].endswith(("第", "字", "〕", "￥", "¥", "$", "0.")):
        return False
    return not _AMOUNT.match(folded, number.end) and not _is_code(folded, number.start)


def _stands_apart(number: _Number, other: _Group, folded: str) -> bool:
    """Whether a neighbour belongs to something else: another telephone, or a word after a space."""
    if len(other.digits) == 11:
        return True
    between = folded[min(number.end, other.end) : max(number.start, other.start)]
    return len(number.groups) == 1 and between.isspace()


def _is_code(folded: str, offset: int) -> bool:
    """Whether the words before the number, or those above its column, name a thing or a unit."""
    start = folded.rfind("\n", 0, offset) + 1
    if _CODE_WORDS.search(folded[max(start, offset - 24) : offset]):
        return True
    if not folded[start:offset].lstrip().startswith("|"):
        return False
    column = folded.count("|", start, offset)
    above = _header(folded, start).split("|", column + 1)
    return column < len(above) and _CODE_COLUMN.search(above[column]) is not None


def _words_for(folded: str, offset: int) -> str:
    """The words that may say what stands at `offset`: those before it, and its table's header."""
    start = folded.rfind("\n", 0, offset) + 1
    before = folded[max(start, offset - _CONTEXT) : offset]
    if not folded[start:offset].lstrip().startswith("|"):
        return before
    return f"{_header(folded, start)} {before}"


def _header(folded: str, row: int) -> str:
    """The first line that is as wide as the row at the offset `row`, in its table: titles of sheets are not."""
    starts = _blocks(folded)
    start = starts[bisect_right(starts, row) - 1]
    width = _line_at(folded, row).count("|")
    for _ in range(_MOST_TITLES):
        line = _line_at(folded, start)
        if start >= row or line.count("|") >= width:
            return line
        start += len(line) + 1
    return ""


def _line_at(folded: str, start: int) -> str:
    end = folded.find("\n", start)
    return folded[start : end if end >= 0 else len(folded)]


@lru_cache(maxsize=2)
def _blocks(folded: str) -> tuple[int, ...]:
    """Where the text and each block behind a blank line begins: a list of names asks for it at every row."""
    return (0, *(found.end() for found in re.finditer(r"\n\n", folded)))


_NAME = r"[\u4e00-\u9fa5]"
_COUNT = r"(?:\d{1,5}|[一二三四五六七八九十百零〇]{1,5}|[A-Za-z甲乙丙丁])(?:[-—之]\d{1,4}){0,3}"
_UNIT = r"(?:号楼|号院|号|支弄|弄|巷|栋|幢|座|单元|门|组|社|队|楼|层|室|户)"
_STREETS = (
    "大道 大街 路 街 巷 弄 胡同 新村 村 里 庄 屯 社区 小区 花园 家园 苑 公寓 新城 湾 府".split()
)
# The name before the word is looked for behind it: so the search looks at the words' first signs only.
_STREET = "|".join(f"{word}(?<={_NAME}{word})" for word in _STREETS)
# Compiled when a text first may hold an address: that takes as long as reading hundreds of texts that do not.
_DOOR = (
    rf"(?:{_STREET})(?<!街(?=道))(?P<door>(?:[ ]?{_NAME}{{0,8}}?{_COUNT}{_UNIT}){{1,6}}(?:\d{{1,4}}(?![\d年月日]))?"
    r"|\d{1,4}(?:-\d{1,4}){1,3}[号室户]?)"
)
_IS_DOOR = regex(r"[号栋幢座室户-]|单元")
# What every door has: a count before its unit, or two numbers with a hyphen.
_HAS_DOOR = regex(
    r"[\d一二三四五六七八九十百零〇A-Za-zＸｘ甲乙丙丁](?:[号支弄巷栋幢座门组社队楼层室户]|单元)|\d[-－]\d"
)
_HAS_STREET = regex(
    rf"(?:{'|'.join(_STREETS)})[ ]?{_NAME}{{0,8}}?[\d一二三四五六七八九十百零〇A-Za-zＸｘ甲乙丙丁]"
)
_HAS_FLOOR = regex(r"(?<!号)[楼层]")
_LAST_ROOM = regex(r"\d室$|[号栋幢座楼].*单元.*户$")
_AT_HOME = (
    r"(?:家庭住址|家庭地址|住址|家住|现住址?|居住地址?|居住[于在]|户籍地址?|户籍所在地|户口所在地|身份证地址"
    r"|常住地址|(?<!入)住(?![宅房院户所建址]))"
)
_PERSON = regex(rf"{_AT_HOME}[为是在于]?")
_PERSON_BEFORE = regex(rf"{_AT_HOME}[^。；;\n]{{0,6}}$")
_PERSON_COLUMN = regex(r"住址|家庭地址|居住地|户籍地|身份证地址")
# Beside a flat only these tell that nobody lives there; flats on sale or under repair are nobody's.
_WORKPLACE = regex(
    r"办公|单位|机关|公司|企业|经营|营业|注册|窗口|大厅|中心|服务站|居委会|村委会|物业|预售|房源|分配|竣工|改造|拍卖"
    r"|招租|出租|加装"
)
_OFFICE = regex(
    rf"{_WORKPLACE.pattern}|场所|住所|政务|服务|受理|接收|邮寄|寄送|邮编|邮政|传真|咨询|联系人|联系电话|联系地址"
    r"|通讯|通信|来访|报名|会议|地点|查阅|递交|提交|报送|局|委员会|法院|学校|医院|学院|银行|厂|店|馆|大厦|大楼|写字楼"
    r"|广场|园区|[管事理务络]处|[一-龥]科(?![一-龥])"
)
_FLAT = regex(r"小区|家园|花园|公寓|苑|新村|单元")
_NEAR = 12
_LONGEST_NAME = 30


def may_hold_address(text: str) -> bool:
    """Whether a text has what every address down to the door has: a street with a count, and a door."""
    return _HAS_DOOR.search(text) is not None and _HAS_STREET.search(text) is not None


def home_addresses(text: str, own: str = "") -> Iterator[Found]:
    """Addresses down to the door beside a word of living there, or down to a room; not that of `own`."""
    if not may_hold_address(text):
        return
    folded = _narrow(text)
    done = 0
    for door in re.finditer(_DOOR, folded):
        if not _IS_DOOR.search(door["door"]):
            continue
        start = _start_of_address(folded, max(done, door.start() - _LONGEST_NAME), door.start())
        done = door.end()
        address = folded[start : door.end()]
        if own and (own in address or address in own):
            continue
        if _is_home(folded, start, door):
            yield Found(start, text[start : door.end()], text[start : door.start("door")])


def _start_of_address(folded: str, least: int, end: int) -> int:
    start = end
    while start > least and re.match(r"[\u4e00-\u9fa5A-Za-z\d]", folded[start - 1]):
        start -= 1
    for word in _PERSON.finditer(folded, start, end):
        start = word.end()
    return start


def _is_home(folded: str, start: int, door: re.Match[str]) -> bool:
    line = folded.rfind("\n", 0, start) + 1
    if _PERSON_BEFORE.search(folded[max(line, start - 16) : start]):
        return True
    words = _words_for(folded, start)
    is_table = folded[line:start].lstrip().startswith("|")
    if is_table and _PERSON_COLUMN.search(words):
        return True
    if _HAS_FLOOR.search(door["door"]) or not _LAST_ROOM.search(door["door"]):
        return False
    address = folded[start : door.end()]
    after = folded[door.end() : door.end() + _CONTEXT].split("\n", 1)[0]
    if _FLAT.search(address):
        return not _WORKPLACE.search(f"{words[-_NEAR:]}{address}{after[:_NEAR]}")
    return not _OFFICE.search(f"{words}{address}{after}")
