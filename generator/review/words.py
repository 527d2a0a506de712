"""Differences of words (文字差异): what was struck out and what was put in, as an editor would mark it.

Chinese has no spaces between words, so texts are compared by sentences, then clauses, then characters,
where a number or a Latin word counts as one; islands too small to help a reader are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from generator.regex import regex
from generator.review.nouns import Mark, Run, Runs

_SENTENCE = regex(r"[^。！？；!?;\n]*[。！？；!?;\n]+[”’）)》」』]*|[^。！？；!?;\n]+")
_CLAUSE = regex(r"[^，、：,:]*[，、：,:]+|[^，、：,:]+")
_SIGN = regex(r"[0-9０-９]+(?:[.．][0-9０-９]+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)
_LEVELS = (_SENTENCE, _CLAUSE, _SIGN)
_MOST_PAIRS = 250_000  # of pieces compared with each other; beyond it the whole was rewritten
_ALIKE = 30.0  # percent; below it two wordings have nothing to do with each other
_SMALLEST_ISLAND = 2


def compare(before: str, after: str) -> Runs:
    """The words of `before` and `after` in one row, each same, removed or added."""
    return tuple(_smooth(_joined(_compared(before, after, 0))))


def _compared(before: str, after: str, level: int) -> Iterator[Run]:
    if before == after or not before or not after:
        yield from _replaced(before, after)
        return
    if level == len(_LEVELS) or (level == len(_LEVELS) - 1 and fuzz.ratio(before, after) < _ALIKE):
        yield from _replaced(before, after)
        return
    old, new = _LEVELS[level].findall(before), _LEVELS[level].findall(after)
    for old_part, new_part in _aligned(old, new):
        yield from _compared("".join(old_part), "".join(new_part), level + 1)


def _aligned(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Stretches of both that belong together, what is the same apart from what is not."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield old[:start], new[:start]
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if len(middle_old) * len(middle_new) > _MOST_PAIRS:
        yield middle_old, middle_new
    else:
        matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        for _, i1, i2, j1, j2 in matcher.get_opcodes():
            yield middle_old[i1:i2], middle_new[j1:j2]
    yield old[len(old) - end :], new[len(new) - end :]


def _replaced(before: str, after: str) -> Iterator[Run]:
    if before == after:
        yield from _run(Mark.SAME, before)
        return
    yield from _run(Mark.REMOVED, before)
    yield from _run(Mark.ADDED, after)


def _run(mark: Mark, text: str) -> Iterator[Run]:
    if text:
        yield Run(mark, text)


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Between two stretches that are the same, all that was removed and then all that was added."""
    removed, added = "", ""
    same = ""
    for run in runs:
        if run.mark is Mark.SAME:
            if removed or added:
                yield from _run(Mark.SAME, same)
                yield from _replaced_apart(removed, added)
                same = removed = added = ""
            same += run.text
        elif run.mark is Mark.REMOVED:
            removed += run.text
        else:
            added += run.text
    yield from _run(Mark.SAME, same)
    yield from _replaced_apart(removed, added)


def _replaced_apart(removed: str, added: str) -> Iterator[Run]:
    yield from _run(Mark.REMOVED, removed)
    yield from _run(Mark.ADDED, added)


def _smooth(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs without islands: a sign or two that happen to be the same between two changes."""
    held = list(runs)
    melted: list[Run] = []
    for number, run in enumerate(held):
        is_inside = 0 < number < len(held) - 1
        if run.mark is Mark.SAME and is_inside and len(run.text.strip()) < _SMALLEST_ISLAND:
            melted += (Run(Mark.REMOVED, run.text), Run(Mark.ADDED, run.text))
        else:
            melted.append(run)
    return _joined(melted)
