"""Which headings of an annual report are its six parts (年报的六个部分), whatever they are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from generator.domain import numbering
from generator.domain.annual_report import SECTIONS
from generator.domain.folding import folded
from generator.domain.numbering import Rank

# Below this, two names are not two spellings of one part.
_ALIKE = 60


class _Name(NamedTuple):
    """A heading taken apart: its number, whether it counts 一、二、三, and its name."""

    value: int
    is_top: bool
    is_numbered: bool
    name: str


def _name(heading: str) -> _Name:
    found = numbering.mark(heading.strip())
    if found is None:
        return _Name(0, False, False, folded(heading))
    name = folded(heading.strip()[len(found.label) :])
    return _Name(found.value, found.rank is Rank.FIRST, True, name)


_WANTED = tuple(_name(section) for section in SECTIONS)


def recognise(headings: Sequence[str]) -> dict[int, int]:
    """The part 0–5 → the index of its heading: by its name, a name much like it, or else its number.

    A heading is taken for one part only; a part of which there is no trace is left out.
    """
    names = [_name(heading) for heading in headings]
    found: dict[int, int] = {}
    for section, wanted in enumerate(_WANTED):
        same = [index for index, name in enumerate(names) if name.name == wanted.name]
        if same:
            found[section] = min(same, key=lambda index: _rank(names[index], section))
    free = [
        index
        for index, name in enumerate(names)
        if (name.is_top or not name.is_numbered) and index not in found.values()
    ]
    likeness = sorted(
        (-fuzz.ratio(_WANTED[section].name, names[index].name), section, index)
        for section in range(len(SECTIONS))
        if section not in found
        for index in free
    )
    for score, section, index in likeness:
        if -score >= _ALIKE and section not in found and index in free:
            found[section] = index
            free.remove(index)
    for index in list(free):
        section = names[index].value - 1
        if 0 <= section < len(SECTIONS) and section not in found and _fits(section, index, found):
            found[section] = index
    return found


def is_exact(section: int, heading: str) -> bool:
    """Whether `heading` is that of the part; spaces and widths of signs aside."""
    return folded(heading) == folded(SECTIONS[section])


def out_of_order(found: dict[int, int]) -> list[int]:
    """The parts that stand in the wrong place: the fewest that must move."""
    sections = [section for section, _ in sorted(found.items(), key=lambda item: item[1])]
    longest: list[list[int]] = []
    for section in sections:
        before = max((run for run in longest if run[-1] < section), key=len, default=[])
        longest.append([*before, section])
    kept = max(longest, key=len, default=[])
    return [section for section in sections if section not in kept]


def _rank(name: _Name, section: int) -> tuple[bool, bool]:
    """The heading with the right number first, then others that count 一、, then those without number."""
    is_right = name.is_top and name.value == section + 1
    return not is_right, name.is_numbered and not name.is_top


def _fits(section: int, index: int, found: dict[int, int]) -> bool:
    """Whether the heading stands between the parts before and after it."""
    return all((other < section) == (place < index) for other, place in found.items())
