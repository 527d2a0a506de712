"""Conflicts (矛盾): two links of one page that cannot both be right."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from generator.domain.assertions import folded
from generator.html_links.addresses.folder import PAGE_SUFFIXES, shown
from generator.html_links.judging.attachments import contradicts
from generator.html_links.judging.evidence import Evidence
from generator.html_links.problems import Problem, problem
from generator.rules import conflicting_links

_UNLIKE, _ALIKE = 50, 80


class Named(NamedTuple):
    """A link whose text names one thing: its number, and the file it leads to."""

    number: int
    text: str
    path: str
    is_wrong: bool  # it has an error of its own


def conflicts(named: Sequence[Named], evidence: Evidence) -> Iterator[tuple[int, Problem]]:
    """The numbers of links that contradict one above them, with what is wrong."""
    pairs = {(one.text, one.path) for one in named}
    if len(pairs) > len({text for text, _ in pairs}):
        yield from _one_text(named, evidence)
    if len(pairs) > len({path for _, path in pairs}):
        yield from _one_target(named, evidence)


def _one_text(named: Sequence[Named], evidence: Evidence) -> Iterator[tuple[int, Problem]]:
    """One text that leads to two places."""
    first: dict[str, Named] = {}
    for one in named:
        before = first.setdefault(folded(one.text), one)
        if before.path == one.path or one.is_wrong or before.is_wrong:
            continue
        if _suffix(before.path) != _suffix(one.path):
            continue  # the same document in two formats
        likeness = {rival: evidence.likeness(one.text, rival.path) for rival in (before, one)}
        wrong, right = sorted(likeness, key=likeness.__getitem__)
        is_page = one.path.lower().endswith(PAGE_SUFFIXES)
        if is_page and (likeness[wrong] > _UNLIKE or likeness[right] < _ALIKE):
            continue  # one document published twice, or nothing to tell them by
        yield (
            wrong.number,
            _conflict(
                wrong,
                f"文字同为“{_short(one.text)}”的链接指向不同的地方，另一个指向 {shown(right.path)}",
                f"links with the text “{_short(one.text)}” lead to different places, the other one to "
                f"{shown(right.path)}",
            ),
        )


def _one_target(named: Sequence[Named], evidence: Evidence) -> Iterator[tuple[int, Problem]]:
    """Two texts that cannot mean the same and lead to one place."""
    by_path: dict[str, list[Named]] = defaultdict(list)
    for one in named:
        before = by_path[one.path]
        other = next((other for other in before if _differ(one, other, evidence)), None)
        before.append(one)
        if other is None or one.is_wrong or other.is_wrong:
            continue
        yield (
            one.number,
            _conflict(
                one,
                f"“{_short(one.text)}”与“{_short(other.text)}”说的不是一回事，却指向同一个地方",
                f"“{_short(one.text)}” and “{_short(other.text)}” name different things and lead to one place",
            ),
        )


def _differ(one: Named, other: Named, evidence: Evidence) -> bool:
    if contradicts(evidence.texts.said(one.text), evidence.texts.said(other.text)):
        return True
    if evidence.texts.said(one.text).numbers or evidence.texts.said(other.text).numbers:
        return False  # a document's number beside its title is the same document
    a, b = folded(one.text), folded(other.text)
    if fuzz.partial_ratio(a, b) >= _UNLIKE or min(len(a), len(b)) < 8:
        return False
    least = min(evidence.likeness(text, one.path) for text in (one.text, other.text))
    return least <= _UNLIKE or not one.path.lower().endswith(PAGE_SUFFIXES)


def _conflict(one: Named, zh: str, en: str) -> Problem:
    return problem(conflicting_links.RULE, f"{one.path}\0{one.text}", problem=zh, problem_en=en)


def _suffix(path: str) -> str:
    return posixpath.splitext(path)[1].lower()


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else words[:39] + "…"
