"""Names of organs in a text (机关名称): from a dictionary, never guessed from how a name looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from generator.domain.folding import folded
from generator.regex import regex

# A name asserts whose text it is only where a clause begins with it: 市财政局2024年预算, 《2024年梅陇镇要点》.
_CLAUSES = regex(r"[《》〈〉“”\"'():;,。!?|·/#]|-{2}|[—–―]{1,2}")
_LEAD = regex(
    r"(?:附[件表录][一二三四五六七八九十\d]*|(?:19|20)\d\d(?:年?[-~至](?:19|20)\d\d)?(?:年度?|(?=[一-龥]))|[\d.、]+"
    r"|\d{1,2}月份?|第?[一二三四]季度|[上下]半年|关于|印发|公布|发布|调整|修订|修改|转载|来源|由)*"
)
_JOINT = regex(r"[、,和及与]|会同|联合|")
# 市民政局、市残联: of an organ that the dictionary lacks nothing is known, so nothing of the two together.
_UNKNOWN_TOO = regex(r"(?:(?<=、)|(?<=会同))(?=[一-龥])")
# 镇执法队、镇便民中心 and what each is to do are of several organs, and from whom is not said.
_OF_SEVERAL = regex(r"$|(?:的)?(?:职责|职能|分工|边界)")
_TOWNSHIP = regex(r"(?<=道|镇|乡)(?:办事处|人民政府|政府|办(?!公))")
# A longer name: 市财政局国库处 is not 市财政局, 市政府办公厅 not 市政府.
_LONGER = regex(
    r"(?!关于|印发|转发|发布|公布|对)(?:办公[厅室]|党组|党委|工会|团委|信访局|[一-龥]{1,8}?(?:处|科|室|所|(?<!网)站|队|中心|分局|协会|公司|集团|学[校院]|医院)"
    r"(?=关于|印发|的|$|\d))"
)
# 市政府投资项目 is a project of 政府投资 in a city; 市政府工作报告 comes from its office as often as not.
_NO_GOVERNMENT = regex(
    r"信息|采购|投资|购买|债[务券]|性|服务|质量|部门|系统|督查|参事|领导|机关|所属|各|工作报告|常务|全体|办公|专题会|党组"
    r"|新闻|第[\d一二三四五六七八九十百]+[次届]"
)
_NO_ISSUER = regex(
    r"党组|新闻|第[\d一二三四五六七八九十百]+[次届]|督查|参事|领导|机关|所属|各|工作报告|常务|全体|办公|专题会"
)


# 临溪区人社局的[年报], 市财政局印发的[办法]; of 会同市财政局 and 报市财政局 it is not the text.
_WHOSE = (
    r"(?<![经报向送给对为和与及同合、])({names})(?:(?:印发|发布|公布|制定|出台|编制)的|的)[《“\"]?$"
)


class Organs:
    """The dictionary of organs: every name and short name → the full name it stands for."""

    def __init__(self, names: Mapping[str, Iterable[str]], place: str = "") -> None:
        """`place` is the organ's own (海川市): 市财政局 and 海川市财政局 are then one organ."""
        self._full: dict[str, str] = {}
        for full, others in names.items():
            for name in filter(None, (full, *others)):
                self._full.setdefault(folded(name), full)
        for full in names if place else ():
            name = folded(full)
            if name.startswith(place) and len(name) > len(place) + 1:
                self._full.setdefault(name[len(place) - 1 :], full)
            elif name.startswith(place[-1]):
                self._full.setdefault(place[:-1] + name, full)
        longest_first = sorted(self._full, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def named(self, text: str) -> frozenset[str]:
        """The organs (full names) with which a clause of `text` (folded) begins: whose text it claims to be."""
        return frozenset(name for clause in _CLAUSES.split(text) for name in self._begins(clause))

    def _begins(self, clause: str) -> set[str]:
        found: set[str] = set()
        lead = _LEAD.match(clause)
        start = lead.end() if lead else 0
        while match := self._pattern.match(clause, start):
            township = _TOWNSHIP.match(clause, match.end())
            end = township.end() if township else match.end()
            if _goes_on(match[0], clause, end, is_whole=township is not None):
                return found
            found.add(self._full[match[0]])
            joint = _JOINT.match(clause, end)
            start = joint.end() if joint else end
        is_theirs = not _UNKNOWN_TOO.match(clause, start)
        if len(found) > 1 and _OF_SEVERAL.match(clause, start):
            is_theirs = False
        return found if is_theirs else set()

    def before(self, words: str) -> str:
        """The organ whose text the words (folded) before a link say that it is; empty for a government.

        What a government issues bears the name of its office as often as not.
        """
        if "的" not in words[-2:]:
            return ""
        found = self._whose.search(words)
        return "" if found is None or found[1].endswith("政府") else found[1]

    @cached_property
    def _whose(self) -> re.Pattern[str]:
        return re.compile(_WHOSE.format(names=self._pattern.pattern))

    def mentioned(self, text: str) -> frozenset[str]:
        """The full names of all organs that stand anywhere in `text` (folded); of nested names the longest."""
        return frozenset(self._full[found] for found in self._pattern.findall(text))

    def with_parents(self, name: str) -> frozenset[str]:
        """The full name of `name`, and that of the organ of which it is an office: 市财政局国库处, 市财政局."""
        plain = folded(name)
        above = self._pattern.match(plain[:-1])
        is_part = above and not above[0].endswith("政府") and _LONGER.match(plain, above.end())
        parents = {self._full[above[0]]} if above and is_part else set()
        return frozenset({self.full(name), *parents})

    def full(self, name: str) -> str:
        """The full name of `name`; `name` itself when the dictionary does not hold it."""
        return self._full.get(folded(name), name)

    def without(self, text: str) -> str:
        """`text` (folded) with the names of organs taken out."""
        return self._pattern.sub("", text)


def _goes_on(name: str, clause: str, end: int, *, is_whole: bool) -> bool:
    if is_whole:
        return False
    if _LONGER.match(clause, end):
        return True
    if not name.endswith("政府"):
        return False
    after = _NO_ISSUER if name.endswith("人民政府") else _NO_GOVERNMENT
    return after.match(clause, end) is not None


def organs_of(
    own: tuple[str, str | None, str | None],
    registered: Iterable[tuple[str, Iterable[str]]],
    issuers: Iterable[str],
) -> Organs:
    """The dictionary of a site: its `own` organ (name, short name, superior), `registered` ones, all issuers."""
    name, short_name, superior = own
    names: dict[str, tuple[str, ...]] = {full: tuple(short) for full, short in registered}
    names[name] = (*names.get(name, ()), *filter(None, (short_name,)))
    for other in (superior, *issuers):
        if other:
            names.setdefault(other, ())
    # A short name given as an issuer stands for the full one.
    short = {folded(word) for full, words in names.items() for word in words if word != full}
    return Organs(
        {full: words for full, words in names.items() if folded(full) not in short}, _place(name)
    )


def _place(name: str) -> str:
    found = re.match(r"[一-龥]{2,5}?[省市州盟县区旗]", folded(name))
    return found[0] if found else ""


def organs_meet(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether any two may be the same organ, one name being a shorter form of the other."""
    others = [_plain(name) for name in other]
    return any(_same(_plain(a), b) for a in one for b in others)


def _plain(name: str) -> str:
    plain = re.sub(r"(街道|镇|乡)(?:办事处|人民政府|政府|办)$", r"\1", folded(name))
    plain = plain.replace("人民政府", "政府").replace("委员会", "委")
    return re.sub("[和与及、]", "", plain)


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if long.endswith(short):
        return len(short) >= 3 or short == long
    # 市自规局 is 市自然资源和规划局: its signs, in their order, with the same end.
    if len(short) < 4 or short[-1] != long[-1]:
        return False
    added = _added(short, long)
    # 云溪市临江区水务局 is another organ than 云溪市水务局, below it.
    return added is not None and not any(map(_PLACE_BELOW.fullmatch, added))


_PLACE_BELOW = regex("[一-龥]{2,4}[区县镇乡旗]")


def _added(short: str, long: str) -> list[str] | None:
    """What `long` has between the signs of `short`, in pieces; None where a sign is not there in order."""
    pieces, start = [], 0
    for sign in short:
        place = long.find(sign, start)
        if place < 0:
            return None
        pieces.append(long[start:place])
        start = place + 1
    return pieces
