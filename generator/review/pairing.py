"""Which document became which (新旧对应): by index number, by path, by the text itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz

from generator.model import Entry

Pair = tuple[Entry | None, Entry | None]
_ALIKE = 75.0  # percent of the text; below it one document was removed and another written
_COMPARED = 4_000  # characters: enough to know a document by
_MOST_PAIRS = 40_000


def pairs(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> tuple[Pair, ...]:
    """Every document that is not in both as it was: old and new, old alone, or new alone; by path."""
    old = {path: entry for path, entry in before.items() if not _same(entry, after.get(path))}
    new = {path: entry for path, entry in after.items() if not _same(entry, before.get(path))}
    found: list[Pair] = []
    for step in (_by_number, _by_path, _by_text):
        for one, other in list(step(old, new)):
            del old[one.path], new[other.path]
            found.append((one, other))
    found += [(entry, None) for entry in old.values()]
    found += [(None, entry) for entry in new.values()]
    return tuple(sorted(found, key=_order))


def _order(pair: Pair) -> tuple[str, bool]:
    one, other = pair
    return (other or one or _nothing()).path, other is None


def _nothing() -> Entry:
    raise ValueError("a pair of nothing")


def _same(one: Entry, other: Entry | None) -> bool:
    if other is None:
        return False
    mine, theirs = one.document.source, other.document.source
    return mine.fields == theirs.fields and mine.body == theirs.body


def _by_number(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> Iterator[tuple[Entry, Entry]]:
    """An index number is given once for ever; one that stands twice on a side says nothing."""
    mine, theirs = _numbers(old), _numbers(new)
    for number, entry in mine.items():
        if number in theirs:
            yield entry, theirs[number]


def _numbers(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    counts = Counter(entry.document.meta.index_number for entry in entries.values())
    return {
        number: entry
        for entry in entries.values()
        if (number := entry.document.meta.index_number) and counts[number] == 1
    }


def _by_path(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> Iterator[tuple[Entry, Entry]]:
    yield from ((entry, new[path]) for path, entry in old.items() if path in new)


def _by_text(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> Iterator[tuple[Entry, Entry]]:
    """The most alike first."""
    if len(old) * len(new) > _MOST_PAIRS:
        return
    likeness = sorted(
        (-fuzz.ratio(_text(one), _text(other), score_cutoff=_ALIKE), one.path, other.path)
        for one in old.values()
        for other in new.values()
    )
    left, right = dict(old), dict(new)
    for score, mine, theirs in likeness:
        if score and mine in left and theirs in right:
            yield left.pop(mine), right.pop(theirs)


def _text(entry: Entry) -> str:
    return f"{entry.document.title}\n{entry.body.text[:_COMPARED]}"
