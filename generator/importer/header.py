"""The top of a text (文件头部): title, document number, and the lines in which a page names its source.

What is lifted goes into front matter; whatever else stands above the first sentence stays in the body.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from generator.domain import document_number
from generator.importer import dates
from generator.importer.labels import pairs
from generator.importer.lines import Line, one_space, visible
from generator.importer.names import ends_as_title, is_organ, is_prose
from generator.regex import regex

LONGEST_TITLE = 120
LONGEST_TOP = 12
LONGEST_BOTTOM = 3


@dataclass(frozen=True, slots=True)
class Header:
    """What the top of a text says: front-matter values by key, the lines they came from, and the rest.

    `dropped` are lines that say the title or the number once more, and labels without a value.
    """

    fields: Mapping[str, str]
    lifted: tuple[Line, ...]
    dropped: tuple[Line, ...]
    rest: tuple[Line, ...]


@dataclass(slots=True)
class _Top:
    """The lines above the first sentence while they are read."""

    fields: dict[str, str] = field(default_factory=dict)
    lifted: list[Line] = field(default_factory=list)
    dropped: list[Line] = field(default_factory=list)
    candidates: list[Line] = field(default_factory=list)

    def agrees_with(self, values: Mapping[str, str]) -> bool:
        """Whether no value contradicts one that was read before: that one would be lost."""
        return all(self.fields.get(key, value) == value for key, value in values.items())


def read(lines: Sequence[Line]) -> Header:
    """Take the top of `lines` (residue already gone) apart."""
    top = _Top()
    for line in visible(lines)[:LONGEST_TOP]:
        described = pairs(line.text)
        number = document_number.parse(line.text)
        if described is not None and top.agrees_with(described):
            top.fields |= described
            (top.lifted if described else top.dropped).append(line)
        elif number and "document_number" not in top.fields:
            top.fields["document_number"] = line.text
            top.lifted.append(line)
        elif number and document_number.key(top.fields["document_number"]) == str(number):
            top.dropped.append(line)
        elif is_prose(line.text) or _is_table(line.text):
            break
        elif dates.day(line.text) is None:
            top.candidates.append(line)
    if len(visible(lines)) > 1 or any(ends_as_title(line.text) for line in top.candidates):
        _take_title(top)
    _take_bottom(top, lines)
    gone = {id(line) for line in (*top.lifted, *top.dropped)}
    rest = tuple(line for line in lines if id(line) not in gone)
    return Header(top.fields, tuple(top.lifted), tuple(top.dropped), rest)


def _take_bottom(top: _Top, lines: Sequence[Line]) -> None:
    """Lift 来源：… 发布时间：… from the end of the text, where some pages put it."""
    for line in visible(lines)[-LONGEST_BOTTOM:]:
        described = pairs(line.text) if all(line is not other for other in top.lifted) else None
        if described and "published" in described and top.agrees_with(described):
            top.fields |= described
            top.lifted.append(line)


def _is_table(text: str) -> bool:
    return "\t" in text or text.startswith("序号")


_COLON = regex("[:：]")


def _take_title(top: _Top) -> None:
    if "title" not in top.fields:
        chosen = _chosen(top.candidates)
        if not chosen:
            return
        top.fields["title"] = one_space("".join(line.text for line in chosen))
        top.lifted.extend(chosen)
    title = _folded(top.fields["title"])
    lifted = {id(line) for line in top.lifted}
    left = [line for line in top.candidates if id(line) not in lifted]
    for line, after in zip_longest(left, left[1:]):
        if _folded(line.text) == title:
            top.dropped.append(line)
        elif after and _folded(line.text + after.text) == title:
            top.dropped.extend((line, after))


def _chosen(candidates: Sequence[Line]) -> list[Line]:
    """The line, or the lines, that are the title: the first that ends as titles do, else the first."""
    possible = [line for line in candidates if 2 <= len(line.text) <= LONGEST_TITLE]
    for place, line in enumerate(possible):
        if ends_as_title(line.text):
            before = possible[place - 1 : place] if place else []
            return [*(part for part in before if _goes_on(part.text, line.text)), line]
    others = (line for line in possible if not (is_organ(line.text) or _COLON.search(line.text)))
    return list(islice(others, 1))


def _goes_on(first: str, second: str) -> bool:
    """Whether a title was broken between these two lines."""
    if first.count("《") > first.count("》"):
        return True
    if is_organ(first):
        return second.startswith("关于")
    return "关于" in first and "关于" not in second


def _folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
