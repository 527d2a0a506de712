"""Texts that are nearly the same (近似文本), found among many without comparing each with each.

A text is cut into clauses; the few clauses with the smallest checksums stand for it. Texts that share one
of them are compared, each with few others of its length, so that the time grows with the number of texts.
Of each text only these checksums are kept: a hundred thousand texts would fill the memory.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from zlib import crc32

from rapidfuzz import fuzz

from generator.domain.folding import folded

_CUTS = "。、!?;:,"
_SHORTEST_CLAUSE = 5
_LENGTH, _DIGEST = 4, 16  # bytes
_HEAD = _LENGTH + _DIGEST
_SKETCH = 8
# Texts that share a clause are laid out by length; each is compared with this many after it.
_NEIGHBOURS = 6
_PARTS = 16
_AT_HAND = 256
ALIKE = 0.9


class Sketch(bytes):
    """What stands for a text: its length, a digest that equal texts share, the smallest checksums of its clauses.

    Of a hundred thousand documents each has one, so it is the bytes that are kept, and nothing besides.
    """

    __slots__ = ()

    @classmethod
    def of(cls, length: int, digest: bytes, clauses: array[int]) -> Sketch:
        """The sketch of these."""
        return cls(length.to_bytes(_LENGTH, "big") + digest + clauses.tobytes())

    @property
    def length(self) -> int:
        """How many signs the text has."""
        return int.from_bytes(self[:_LENGTH], "big")

    @property
    def digest(self) -> bytes:
        """What only equal texts share."""
        return self[_LENGTH:_HEAD]

    @property
    def clauses(self) -> array[int]:
        """The smallest checksums of its clauses, sorted."""
        return array("I", self[_HEAD:])


def sketch(text: str) -> Sketch:
    """What tells a text from others that are nearly the same, in fifty bytes."""
    plain = folded(text)
    digest = blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()
    return Sketch.of(len(plain), digest, array("I", sorted(_clauses(plain))[:_SKETCH]))


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
    equal.clear()

    @lru_cache(_AT_HAND)
    def clauses(key: str) -> frozenset[int]:
        return _clauses(folded(texts[key]))

    for one, other in sorted(_candidates(distinct)):
        if _share(clauses(one), clauses(other)) >= ALIKE / 2 and fuzz.ratio(
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
    clauses = {clause for one in held for clause in one.clauses}
    near = {
        key: one
        for key, one in after.items()
        if one.digest in digests or not clauses.isdisjoint(one.clauses)
    }
    is_equal = len({one.digest for one in near.values()}) < len(near)
    return frozenset(near), is_equal or any(alike(near, texts))


def packed(sketches: Iterable[Sketch]) -> bytes:
    """Sketches in one piece, for `unpacked` of this machine to take apart."""
    held = tuple(sketches)
    return array("I", map(len, held)).tobytes() + b"".join(held)


def unpacked(raw: bytes, count: int) -> tuple[Sketch, ...]:
    """So many sketches from what `packed` gave; ValueError where it is not all there."""
    sizes = array("I")
    start = count * sizes.itemsize
    sizes.frombytes(raw[:start])
    found = []
    for size in sizes:
        found.append(Sketch(raw[start : start + size]))
        start += size
    wrong = any(size < _HEAD or (size - _HEAD) % sizes.itemsize for size in sizes)
    if wrong or len(found) != count or start != len(raw):
        raise ValueError("not as many sketches as there should be")
    return tuple(found)


def _clauses(plain: str) -> frozenset[int]:
    """The checksums of the clauses of a folded text."""
    # Made one sign, the cuts are found without a pattern, in a third of the time.
    for cut in _CUTS:
        plain = plain.replace(cut, "|")
    clauses = "|".join([one for one in plain.split("|") if len(one) >= _SHORTEST_CLAUSE])
    if not clauses:
        return frozenset()
    return frozenset(map(crc32, clauses.encode("utf-8", "surrogatepass").split(b"|")))


def _candidates(sketches: Mapping[str, Sketch]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for keys in _sharing(sketches):
        by_length = sorted(keys, key=lambda key: (sketches[key].length, key))
        for step in range(1, min(_NEIGHBOURS, len(by_length) - 1) + 1):
            found.update(zip(by_length, by_length[step:], strict=False))
    return {pair for pair in found if _similar_lengths(*(sketches[key].length for key in pair))}


def _sharing(sketches: Mapping[str, Sketch]) -> Iterator[list[str]]:
    """The keys of the texts that have a clause in common, for each clause that several have."""
    # A clause with the number of its text is one number, and those of one clause lie together when they are
    # sorted; a dictionary of lists takes many times as much. In parts, so that few are numbers at once.
    parts = [array("Q") for _ in range(_PARTS)]
    for number, sketch in enumerate(sketches.values()):
        for clause in sketch.clauses:
            parts[clause % _PARTS].append(clause << 32 | number)
    keys = tuple(sketches)
    for part in parts:
        for _, same in groupby(sorted(part), key=lambda both: both >> 32):
            sharing = [keys[both & 0xFFFFFFFF] for both in same]
            if len(sharing) > 1:
                yield sharing


def _similar_lengths(one: int, other: int) -> bool:
    return min(one, other) >= 0.8 * max(one, other)


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    both = len(one & other)
    return both / max(1, len(one) + len(other) - both)
