"""Two links of one page contradict each other (链接互相矛盾)."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.domain.assertions import (
    Assertions,
    Organs,
    assertions,
    contradicting_units,
    folded,
    is_generic,
    numbers_meet,
)
from generator.domain.contradictions import LEAST_COMMON, likeness
from generator.domain.kinds import Kind
from generator.domain.neighbours import kind_before, with_neighbours
from generator.domain.organs import organs_meet
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Link, LinkSyntax, Site, Verdict
from generator.regex import regex
from generator.rules import naming
from generator.rules.evidence import at
from generator.rules.judged import documents

RULE = Rule(
    "conflicting-links",
    Severity.WARNING,
    Text("{problem}", "{problem_en}"),
    Text("核对两处链接，改正其中一处", "look at both links and correct one of them"),
)
_JUDGED = (Verdict.DOCUMENT, Verdict.PAGE, Verdict.FILE, Verdict.EXTERNAL)
_LONG = 10  # characters of a text that is more than 2023年 or 第三季度
_FULL_NAME = 8  # 城镇节约用水管理办法; 实施细则 may be that of anything
_RULES = regex(r"(?<!有关)(?<!相关)(?:办法|规定|细则|条例|规程|规则)(?:[(（](?:试行|暂行)[)）])?$")
_OFFICE = regex(r"(?<=人民政府)办公[厅室]$")
_CLAUSE = regex(r"[，,。；;、|]")
_MOST = 100  # links of one target that are compared with each other


def find(site: Site) -> Iterator[Finding]:
    """On each page: one text with two targets, and two texts that contradict each other on one target."""
    organs = site.whole.once(naming.organs)
    for entry in documents(site):
        if entry.document.is_withdrawn or len(entry.links) < 2:
            continue
        named = [link for link in entry.links if _counts(link)]
        for links in _groups(named, lambda link: "".join(link.written.text.split())):
            if len({_place(link) for link in links}) > 1:
                yield from _one_text(entry, [_shown(link, organs) for link in links], organs)
        # A link that contradicts its target has a finding that says more.
        shown = [link for link in named if not link.contradictions]
        for links in _groups(shown, lambda link: f"{link.url}#{link.fragment}"):
            if len({link.written.text for link in links}) > 1:
                target = site.entries.get(links[0].document)
                its = assertions(target.document.title, organs) if target else Assertions()
                yield from _one_target(entry, [_shown(link, organs) for link in links[:_MOST]], its)


def _groups(links: list[Link], key: Callable[[Link], str]) -> Iterator[list[Link]]:
    """Those with the same key, in the order in which each key first comes; only groups of several."""
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        found[key(link)].append(link)
    return (group for group in found.values() if len(group) > 1)


@dataclass(frozen=True)
class _Shown:
    """A link that names something, its text with what stands beside it, and what that asserts."""

    link: Link
    text: str
    said: Assertions

    @property
    def line(self) -> int:
        return self.link.written.line


def _counts(link: Link) -> bool:
    # That a title is another one is a likeness judged; that one text has two targets is a fact.
    return (
        link.verdict in _JUDGED
        and link.written.element == "a"
        and link.written.syntax is not LinkSyntax.NUMBER
        and all(one.rule == "wrong-title" for one in link.contradictions)
        and not is_generic(link.written.text)
    )


def _shown(link: Link, organs: Organs) -> _Shown:
    written = link.written
    text = with_neighbours(written.text, written.before, written.after)
    return _Shown(link, text, assertions(text, organs))


def _one_text(entry: Entry, shown: list[_Shown], organs: Organs) -> Iterator[Finding]:
    # 原文：《…》；解读：《…》 are two things, and so are 本局年报 and 市财政局年报.
    first: dict[tuple[str, Kind | None, frozenset[str]], _Shown] = {}
    for one in shown:
        if not _names_something(one):
            continue
        before = one.link.written.before
        clause = folded(_CLAUSE.split(before)[-1])
        name = (folded(one.text), kind_before(before), organs.mentioned(clause))
        other = first.setdefault(name, one)
        if _place(one.link) != _place(other.link) and not _are_versions(one.link, other.link):
            written, earlier = one.link.written, other.link.written
            yield at(
                RULE,
                entry,
                one.link,
                problem=f"文字同为“{written.text}”的两个链接指向不同的地方"
                f"（第{earlier.line}行的指向 {earlier.href}）",
                problem_en=f"two links with the text “{written.text}” lead to different places "
                f"(that on line {earlier.line} to {earlier.href})",
            )


def _names_something(one: _Shown) -> bool:
    """Whether the text is a name that stands for one thing; 解读 and 办事指南 may stand for many."""
    said = one.said
    if len(one.text) >= _FULL_NAME and _RULES.search(one.text):
        return True
    is_dated = bool(said.kinds and (said.years or said.periods)) or len(one.text) >= _LONG
    return bool(said.numbers or said.titles or said.organs) or (
        is_dated and bool(said.years or said.periods)
    )


def _place(link: Link) -> str:
    """Where the link leads, but for what does not make another page of it."""
    return re.sub(r"^https?:(?=//)|/(?:index\.html?)?$", "", link.url)


def _are_versions(one: Link, other: Link) -> bool:
    """Whether both are one text in two formats: report.docx and report.pdf, or a page and its file."""
    if (one.verdict is Verdict.FILE) is not (other.verdict is Verdict.FILE):
        return True
    if one.verdict is not Verdict.FILE:
        return False
    (stem, suffix), (other_stem, other_suffix) = map(posixpath.splitext, (one.url, other.url))
    return suffix != other_suffix and posixpath.basename(stem) == posixpath.basename(other_stem)


def _one_target(entry: Entry, shown: list[_Shown], its: Assertions) -> Iterator[Finding]:
    for index, one in enumerate(shown):
        other = next((other for other in shown[:index] if _contradict(one, other, its)), None)
        if other:
            yield at(
                RULE,
                entry,
                one.link,
                problem=f"“{one.link.written.text}”与第{other.line}行的“{other.link.written.text}”"
                "指向同一个地方，两者说的不是一回事",
                problem_en=f"“{one.link.written.text}” and “{other.link.written.text}” on line "
                f"{other.line} lead to one place, though they name different things",
            )


def _contradict(one: _Shown, other: _Shown, its: Assertions) -> bool:
    """Whether two texts name different things, where the title of their target does not name both.

    2025年工作总结 and 2026年工作计划 are both in 2025年工作总结和2026年工作计划.
    """
    if folded(one.text) == folded(other.text) or one.link.verdict is Verdict.PAGE:
        return False
    a, b = one.said, other.said
    years = a.years and b.years and not a.years & b.years
    years = years and not (a.years & its.years and b.years & its.years)
    numbers = a.numbers and b.numbers and not numbers_meet(a.numbers, b.numbers)
    organs = a.organs and b.organs and not organs_meet(_governments(a), _governments(b))
    # Of the organs of a joint document any may be named first: 市商务局等9部门, 市发改委等9部门.
    organs = organs and not (a.with_others and b.with_others)
    periods = contradicting_units(a.periods, b.periods)[0]
    return bool(years or numbers or organs or periods) or _other_title(a, b)


def _governments(said: Assertions) -> frozenset[str]:
    """The organs that a text names; the office of a government stands for the government."""
    return frozenset(_OFFICE.sub("", name) for name in said.organs)


def _other_title(one: Assertions, other: Assertions) -> bool:
    if len(one.titles) != 1 or len(other.titles) != 1 or numbers_meet(one.numbers, other.numbers):
        return False
    (a,), (b,) = one.titles, other.titles
    return min(len(a), len(b)) >= 6 and likeness(folded(a), folded(b)) < LEAST_COMMON
