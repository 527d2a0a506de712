"""Texts that are nearly the same (近似文本), found among many without comparing each with each.

A text is cut into clauses; the few clauses with the smallest checksums stand for it. Texts that share one
of them are compared, each with few others of its length, so that the time grows with the number of texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from zlib import crc32

from rapidfuzz import fuzz

from generator.domain.folding import folded

_CUTS = re.compile(r"[。、!?;:,|]+")
_SHORTEST_CLAUSE = 5
_SKETCH = 8
# Texts that share a clause are laid out by length; each is compared with this many after it.
_NEIGHBOURS = 6
ALIKE = 0.9


def alike(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of keys whose texts are the same, or alike to nine tenths; of equal texts each with the first."""
    equal: dict[str, list[str]] = defaultdict(list)
    for key, text in texts.items():
        equal[folded(text)].append(key)
    for first, *others in equal.values():
        yield from ((first, other) for other in others)
    distinct = {keys[0]: plain for plain, keys in equal.items()}
    clauses = {key: _clauses(plain) for key, plain in distinct.items()}
    for one, other in sorted(_candidates(distinct, clauses)):
        if _share(clauses[one], clauses[other]) >= ALIKE / 2 and fuzz.ratio(
            distinct[one], distinct[other], score_cutoff=ALIKE * 100
        ):
            yield one, other


def _clauses(plain: str) -> frozenset[int]:
    found = (clause for clause in _CUTS.split(plain) if len(clause) >= _SHORTEST_CLAUSE)
    return frozenset(crc32(clause.encode()) for clause in found)


def _candidates(
    distinct: Mapping[str, str], clauses: Mapping[str, frozenset[int]]
) -> set[tuple[str, str]]:
    buckets: dict[int, list[str]] = defaultdict(list)
    for key, own in clauses.items():
        for clause in sorted(own)[:_SKETCH]:
            buckets[clause].append(key)
    found: set[tuple[str, str]] = set()
    for keys in buckets.values():
        by_length = sorted(keys, key=lambda key: (len(distinct[key]), key))
        for step in range(1, min(_NEIGHBOURS, len(by_length) - 1) + 1):
            found.update(zip(by_length, by_length[step:], strict=False))
    return {pair for pair in found if _similar_lengths(*(len(distinct[key]) for key in pair))}


def _similar_lengths(one: int, other: int) -> bool:
    return min(one, other) >= 0.8 * max(one, other)


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / max(1, len(one | other))
