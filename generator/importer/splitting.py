"""Lines → paragraphs, second half: headings that were glued to the text before them stand alone again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.domain.numbering import Mark, Rank, mark
from generator.domain.numerals import NUMERAL
from generator.importer.blocks import Paragraph
from generator.importer.lines import Line, one_space, visible
from generator.regex import regex

LONGEST_PARENT = 45
_CHINESE = NUMERAL.removeprefix("0-9")
_FIRST_OR_SECOND = rf"(?:[{_CHINESE}]{{1,3}}、|[（(][{_CHINESE}]{{1,3}}[）)])"
# Behind a sentence, or (一、总体要求（一）……) straight behind a heading of the level above.
_BEHIND_SENTENCE = regex(rf"(?<=[。！？]) *(?={_FIRST_OR_SECOND})")
_BEHIND_HEADING = regex(rf"[^。；：，;:,]{{2,{LONGEST_PARENT}}}?(?=[（(]一[）)])")
_GLUED_PART = regex(rf"(第[{NUMERAL}]{{1,4}}[编章节])(?=[^\s的规至、，。（(]{{1,20}}$)")
_GLUED_ARTICLE = regex(rf"(第[{NUMERAL}]{{1,5}}条)(?=[^\s的规至、，。（(])")

Seen = frozenset[tuple[Rank, int]]


@dataclass(slots=True)
class _Count:
    """The last number of each level: below its heading, and in the whole text (（一）…（十三） across 一、二、)."""

    here: dict[Rank, int] = field(default_factory=dict)
    overall: dict[Rank, int] = field(default_factory=dict)

    def add(self, found: Mark | None) -> None:
        if found is None:
            return
        self.here = {rank: value for rank, value in self.here.items() if rank <= found.rank}
        self.here[found.rank] = self.overall[found.rank] = found.value

    def continues_with(self, found: Mark, seen: Seen) -> bool:
        """Whether `found` is the next of its level; the first of a level needs a second one somewhere."""
        last = {self.here.get(found.rank, 0), self.overall.get(found.rank, 0)}
        return found.value - 1 in last and (found.value > 1 or (found.rank, 2) in seen)


def paragraphs(lines: Sequence[Line], seen: Seen) -> list[Paragraph]:
    """The paragraphs of `lines`; `seen` holds the numbers that the whole text has (from `numbers`)."""
    found: list[Paragraph] = []
    count = _Count()
    for line in visible(lines):
        texts = _cut(_spaced(one_space(line.text), seen), count, seen)
        found.extend(Paragraph(line.number, text) for text in texts)
    return found


def numbers(lines: Sequence[Line]) -> Seen:
    """The official numbers at which a paragraph of the text begins, or may begin once it is cut."""
    found: set[tuple[Rank, int]] = set()
    for line in lines:
        starts = [0, *(match.end() for match in _BEHIND_SENTENCE.finditer(line.text))]
        marks = (mark(line.text[start : start + 16]) for start in starts)
        found.update((each.rank, each.value) for each in marks if each)
        article = _GLUED_ARTICLE.match(line.text)
        each = mark(f"{article[1]} ") if article else None
        if each:
            found.add((each.rank, each.value))
    return frozenset(found)


def _cut(text: str, count: _Count, seen: Seen) -> list[str]:
    """`text` cut before each number that continues the count."""
    starts = [0]
    count.add(mark(text[:16]))
    for place in _places(text):
        found = mark(text[place : place + 16])
        if found and count.continues_with(found, seen):
            starts.append(place)
            count.add(found)
    ends = [*starts[1:], len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _places(text: str) -> list[int]:
    first = mark(text[:16])
    places = [match.end() for match in _BEHIND_SENTENCE.finditer(text)]
    if first and first.rank is Rank.FIRST:
        heading = _BEHIND_HEADING.match(text, len(first.label))
        if heading:
            places.insert(0, heading.end())
    return places


def _spaced(text: str, seen: Seen) -> str:
    """`text` with the space between 第一章 or 第一条 and what follows, where the text was glued."""
    part = _GLUED_PART.match(text)
    if part:
        return f"{part[1]}\u3000{text[part.end() :]}"
    article = _GLUED_ARTICLE.match(text)
    if article and (Rank.ARTICLE, 2) in seen and (Rank.ARTICLE, 1) in seen:
        return f"{article[1]}\u3000{text[article.end() :]}"
    return text
