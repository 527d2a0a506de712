"""The title of an interpretation names another policy than the one it interprets (解读张冠李戴)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz

from generator.domain import assertions, document_number
from generator.domain.document_number import DocumentNumber
from generator.domain.folding import arabic_years, folded
from generator.domain.kinds import Kind
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Document, Entry, Site
from generator.regex import regex
from generator.rules import pairs

RULE = Rule(
    "wrong-interpretation",
    Severity.ERROR,
    Text(
        "标题解读的是“{text}”，“解读对象”却是“{title}”",
        "the title names “{text}”, but it interprets {target}",
    ),
    Text(
        "核对“解读对象”与标题，改正其中写错的一处{perhaps}",
        "correct the title or interprets{maybe}",
    ),
)
_TITLE = regex(r"(?P<before>.{0,6}?)《(?P<name>(?:[^《》]|《[^《》]*》)+)》")
# 落实《条例》 names what a policy is for, not the policy.
_CITING = regex(r"(?:贯彻|落实|根据|按照|依据|依照|结合|对标|对照|衔接|施行|学习)$")
_SIGNS = regex(r"[^\w]")
_GROUPS = regex(r"[(〔\[【][^()〔〕\[\]【】]*[)〕\]】]")
# One sign of twenty is a slip of the pen, which other rules tell.
_SLIP = 92

Names = Mapping[str, list[str]]


def find(site: Site) -> Iterator[Finding]:
    """Interpretations that name a policy, and interpret none of that name."""
    known = _known_names(site)
    for entry in pairs.interpretations(site):
        targets = [target.document for target in pairs.targets(entry, site)]
        said = _contradiction(entry, targets, known) if targets else None
        if said:
            rival = next(iter(known.get(_core(said), [])), None)
            yield RULE.at(
                entry.document.source.place("title"),
                target=targets[0].path,
                text=said,
                suggestion=rival,
                title=targets[0].title,
                perhaps=f"；标题所指可能是 {rival}" if rival else "",
                maybe=f"; the title may mean {rival}" if rival else "",
            )


def _contradiction(entry: Entry, targets: list[Document], known: Names) -> str | None:
    """The name or number in the title that none of `targets` has; None where one of them fits."""
    title = arabic_years(folded(entry.document.title))
    numbers = assertions.numbers(title)
    borne = {number for target in targets for number in _numbers(target)}
    if numbers and borne:
        if assertions.numbers_meet(numbers, borne):
            return None
        return "、".join(sorted(map(str, numbers)))
    names = [
        one["name"] for one in _TITLE.finditer(title) if not _CITING.search(one["before"])
    ] or _bare_name(title, known)
    if not names or any(_fits(name, target, known) for name in names for target in targets):
        return None
    return names[0]


def _numbers(document: Document) -> set[DocumentNumber]:
    number = document_number.parse(document.meta.document_number or "")
    return {number} if number else set()


def _bare_name(title: str, known: Names) -> list[str]:
    """The title without 《》 and without 解读, where that is exactly the name of a document of the site."""
    bare = re.sub(r"(?:的?(?:政策|文字|图文|专家|部门)?(?:解读|图解)|一图[读看]懂[::]?)", "", title)
    return [bare] if _core(bare) in known and bare != title else []


def _fits(name: str, target: Document, known: Names) -> bool:
    """Whether `name` may be a name of `target`: nothing contradicts it, and nothing else bears it."""
    core = _core(name)
    cores = [_core(own) for own in pairs.names(target)]
    if core in cores:
        return True
    if target.path not in known.get(core, [target.path]):
        return False
    own = arabic_years(folded(target.title))
    said, are = assertions.years(name), assertions.years(own)
    if said and are and not said & are:
        return False
    ours, _ = assertions.contradicting_units(assertions.periods(name), assertions.periods(own))
    if ours:
        return False
    return any(
        _within(core, other) or _within(other, core) or fuzz.ratio(core, other) >= _SLIP
        for other in cores
        if other
    )


def _within(short: str, long: str) -> bool:
    """Whether the signs of `short` stand in `long` in their order: 共享办法 in 公共数据共享管理办法."""
    signs = iter(long)
    return bool(short) and all(sign in signs for sign in short)


def _core(name: str) -> str:
    """A name without brackets, marks and （试行）."""
    plain = folded(name)
    return _SIGNS.sub("", _GROUPS.sub("", plain)) or plain


def _known_names(site: Site) -> Names:
    """The documents of each name, of those that may be interpreted."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in site.listed:
        if entry.document.kind in (Kind.POLICY, Kind.NOTICE, Kind.CONSULTATION, Kind.INSTITUTION):
            for core in {_core(name) for name in pairs.names(entry.document)}:
                found[core].append(entry.path)
    return found
