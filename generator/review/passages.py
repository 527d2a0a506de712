"""Texts before and after (前后对照): which passages came, went and changed; tables cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from rapidfuzz import fuzz

from generator.review.blocks import Block
from generator.review.nouns import Cell, Gap, Mark, Passage, Row, Run, Telling
from generator.review.words import compare

Piece = TypeVar("Piece")
Pair = tuple[Piece | None, Piece | None]
Cells = tuple[str, ...]

_ALIKE = 40.0  # percent; below it a passage was not rewritten but replaced
_MOST_PAIRS = 10_000
_SHOWN_AROUND = 1


def tell(before: Sequence[Block], after: Sequence[Block]) -> Telling:
    """What changed between two texts, with a passage on either side of each change; empty for nothing."""
    passages = [_passage(*pair) for pair in _pairs(before, after, _block_likeness)]
    if all(passage.mark is Mark.SAME for passage in passages):
        return ()
    return tuple(_without_far(passages))


def whole(blocks: Sequence[Block]) -> Telling:
    """A text of which everything is told, since nobody has read it yet."""
    return tuple(_passage(None, block) for block in blocks)


def _without_far(passages: Sequence[Passage]) -> Iterator[Passage | Gap]:
    near = {
        around
        for number, passage in enumerate(passages)
        if passage.mark is not Mark.SAME
        for around in range(number - _SHOWN_AROUND, number + _SHOWN_AROUND + 1)
    }
    gap = 0
    for number, passage in enumerate(passages):
        if number not in near or (passage.rows and passage.mark is Mark.SAME):
            gap += 1
            continue
        if gap:
            yield Gap(gap)
            gap = 0
        yield passage
    if gap:
        yield Gap(gap)


def _pairs(
    before: Sequence[Piece], after: Sequence[Piece], likeness: Callable[[Piece, Piece], float]
) -> Iterator[Pair[Piece]]:
    """Each piece with the one that it became; a piece that came or went stands alone."""
    for name, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
        if name == "equal":
            yield from zip(before[i1:i2], after[j1:j2], strict=True)
        else:
            yield from _rewritten(before[i1:i2], after[j1:j2], likeness)


def _rewritten(
    before: Sequence[Piece], after: Sequence[Piece], likeness: Callable[[Piece, Piece], float]
) -> Iterator[Pair[Piece]]:
    """The pairing in order that keeps the most in common, for pieces of which none is the same."""
    if len(before) * len(after) > _MOST_PAIRS:
        yield from ((one, None) for one in before)
        yield from ((None, one) for one in after)
        return
    # best[i][j]: how much before[i:] and after[j:] can have in common.
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    like = [[likeness(one, other) for other in after] for one in before]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            paired = like[i][j] + best[i + 1][j + 1] if like[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    i = j = 0
    while i < len(before) and j < len(after):
        if like[i][j] >= _ALIKE and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            yield before[i], after[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield before[i], None
            i += 1
        else:
            yield None, after[j]
            j += 1
    yield from ((one, None) for one in before[i:])
    yield from ((None, one) for one in after[j:])


def _block_likeness(one: Block, other: Block) -> float:
    if (one.sort == "table") != (other.sort == "table"):
        return 0.0
    return fuzz.ratio(one.text[:2000], other.text[:2000])


def _passage(before: Block | None, after: Block | None) -> Passage:
    shown = after or before
    if shown is None:
        raise ValueError("a passage of nothing")
    mark = _mark(before, after)
    if shown.sort == "table":
        rows = tuple(_rows(before.rows if before else (), after.rows if after else ()))
        # The first row is the head: without it the cells of the others say nothing.
        told = (*rows[:1], *(row for row in rows[1:] if row.mark is not Mark.SAME))
        return Passage(mark, "table", rows=told, left_out=len(rows) - len(told))
    runs = compare(before.text if before else "", after.text if after else "")
    return Passage(mark, shown.sort, runs)


def _mark(before: object, after: object) -> Mark:
    if before is None:
        return Mark.ADDED
    if after is None:
        return Mark.REMOVED
    return Mark.SAME if before == after else Mark.CHANGED


def _rows(before: Sequence[Cells], after: Sequence[Cells]) -> Iterator[Row]:
    columns = _columns(before, after)
    for old, new in _pairs(before, after, _row_likeness):
        yield Row(_mark(old, new), tuple(_cells(old, new, columns)))


def _columns(before: Sequence[Cells], after: Sequence[Cells]) -> list[tuple[int, int]]:
    """Which column became which, by the heads; -1 where it came or went. Empty where they all stayed."""
    if not before or not after or before[0] == after[0] or len(before[0]) == len(after[0]):
        return []
    heads = _pairs(list(enumerate(before[0])), list(enumerate(after[0])), _head_likeness)
    return [(old[0] if old else -1, new[0] if new else -1) for old, new in heads]


def _head_likeness(one: tuple[int, str], other: tuple[int, str]) -> float:
    return fuzz.ratio(one[1], other[1])


def _row_likeness(one: Cells, other: Cells) -> float:
    if len(one) == len(other):
        same = sum(a == b for a, b in zip(one, other, strict=True))
        # A table of numbers: the label stayed, every number is another.
        if same:
            return 50.0 + 50.0 * same / len(one)
    return fuzz.ratio("\t".join(one)[:1000], "\t".join(other)[:1000])


def _cells(old: Cells | None, new: Cells | None, columns: list[tuple[int, int]]) -> Iterable[Cell]:
    count = max(len(old or ()), len(new or ()))
    for i, j in columns or [(number, number) for number in range(count)]:
        before = old[i] if old is not None and 0 <= i < len(old) else None
        after = new[j] if new is not None and 0 <= j < len(new) else None
        if before is None and after is None:
            # A column that went, in a row that came: nothing was ever there.
            yield Cell(Mark.SAME, (Run(Mark.SAME, ""),))
        else:
            yield Cell(_mark(before, after), compare(before or "", after or ""))
