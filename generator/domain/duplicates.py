"""Texts that are nearly the same (近似文本), found among many without comparing each with each.

A text is cut into clauses; the few clauses with the smallest checksums stand for it. Texts that share one
of them are compared, each with few others of its length, so that the time grows with the number of texts.
Of each text only the checksums are kept: ten thousand texts would fill the memory.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from rapidfuzz import fuzz

from generator.domain.folding import folded

_CUTS = "。、!?;:,"
_SHORTEST_CLAUSE = 5
_DIGEST = 16  # bytes
_SKETCH = 8
# Texts that share a clause are laid out by length; each is compared with this many after it.
_NEIGHBOURS = 6
ALIKE = 0.9


class Sketch(NamedTuple):
    """What stands for a text: its length, a digest that equal texts share, the checksums of its clauses, sorted."""

    length: int
    digest: bytes
    clauses: array[int]


def sketch(text: str) -> Sketch:
    """What tells a text from others that are nearly the same, in half a kilobyte."""
    plain = folded(text)
    digest = blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()
    return Sketch(len(plain), digest, _clauses(plain))


def alike(sketches: Mapping[str, Sketch], texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of keys whose texts are the same, or alike to nine tenths; of equal texts each with the first.

    `texts` is asked only for those that are much like others.
    """
    equal: dict[bytes, list[str]] = defaultdict(list)
    for key, own in sketches.items():
        equal[own.digest].append(key)
    for first, *others in equal.values():
        yield from ((first, other) for other in others)
    distinct = {keys[0]: sketches[keys[0]] for keys in equal.values()}
    for one, other in sorted(_candidates(distinct)):
        if _share(distinct[one], distinct[other]) >= ALIKE / 2 and fuzz.ratio(
            folded(texts[one]), folded(texts[other]), score_cutoff=ALIKE * 100
        ):
            yield one, other


def stirred(
    before: Mapping[str, Sketch],
    after: Mapping[str, Sketch],
    changed: Collection[str],
    texts: Mapping[str, str],
) -> tuple[frozenset[str], bool]:
    """The keys that stand in one row with a changed text, and whether any two of them are alike now.

    Where none are, and none of them was in a pair before, `alike` gives the same of both.
    """
    held = [one for key in changed for side in (before, after) if (one := side.get(key))]
    digests = {one.digest for one in held}
    clauses = {clause for one in held for clause in one.clauses[:_SKETCH]}
    near = {
        key: one
        for key, one in after.items()
        if one.digest in digests or not clauses.isdisjoint(one.clauses[:_SKETCH])
    }
    is_equal = len({one.digest for one in near.values()}) < len(near)
    return frozenset(near), is_equal or any(alike(near, texts))


def packed(sketches: Iterable[Sketch]) -> bytes:
    """Sketches in one piece, for `unpacked` of this machine to take apart."""
    held = tuple(sketches)
    sizes = array("I", (number for one in held for number in (one.length, len(one.clauses))))
    parts = (one.digest + one.clauses.tobytes() for one in held)
    return sizes.tobytes() + b"".join(parts)


def unpacked(raw: bytes, count: int) -> tuple[Sketch, ...]:
    """So many sketches from what `packed` gave; ValueError where it is not all there."""
    sizes = array("I")
    start = 2 * count * sizes.itemsize
    sizes.frombytes(raw[:start])
    found = []
    for length, clauses in zip(sizes[::2], sizes[1::2], strict=True):
        held = array("I")
        middle = start + _DIGEST
        end = middle + clauses * held.itemsize
        held.frombytes(raw[middle:end])
        found.append(Sketch(length, raw[start:middle], held))
        start = end
    if len(found) != count or start != len(raw):
        raise ValueError("not as many sketches as there should be")
    return tuple(found)


def _clauses(plain: str) -> array[int]:
    # Made one sign, the cuts are found without a pattern, in a third of the time.
    for cut in _CUTS:
        plain = plain.replace(cut, "|")
    clauses = "|".join(one for one in plain.split("|") if len(one) >= _SHORTEST_CLAUSE)
    found = set(map(crc32, clauses.encode("utf-8", "surrogatepass").split(b"|")))
    return array("I", sorted(found)) if clauses else array("I")


def _candidates(sketches: Mapping[str, Sketch]) -> set[tuple[str, str]]:
    buckets: dict[int, list[str]] = defaultdict(list)
    for key, sketch in sketches.items():
        for clause in sketch.clauses[:_SKETCH]:
            buckets[clause].append(key)
    found: set[tuple[str, str]] = set()
    for keys in buckets.values():
        if len(keys) == 1:
            continue
        by_length = sorted(keys, key=lambda key: (sketches[key].length, key))
        for step in range(1, min(_NEIGHBOURS, len(by_length) - 1) + 1):
            found.update(zip(by_length, by_length[step:], strict=False))
    return {pair for pair in found if _similar_lengths(*(sketches[key].length for key in pair))}


def _similar_lengths(one: int, other: int) -> bool:
    return min(one, other) >= 0.8 * max(one, other)


def _share(one: Sketch, other: Sketch) -> float:
    both = len(frozenset(one.clauses).intersection(other.clauses))
    return both / max(1, len(one.clauses) + len(other.clauses) - both)
