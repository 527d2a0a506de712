"""Counts of official numberings (序号是否连续): 一、三、 without 二、, a number used twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.domain import numbering
from generator.domain.numbering import Mark, Rank
from generator.domain.numerals import NUMERAL, to_chinese
from generator.regex import regex

# A greater leap is another count, or no count at all.
LONGEST_LEAP = 10
_SHORT_LINE = 40
_SIGNS: dict[Rank, tuple[str, str]] = {
    Rank.PART: ("第", "编"),
    Rank.CHAPTER: ("第", "章"),
    Rank.SECTION: ("第", "节"),
    Rank.ARTICLE: ("第", "条"),
    Rank.FIRST: ("", "、"),
    Rank.SECOND: ("（", "）"),
    Rank.THIRD: ("", "."),
    Rank.FOURTH: ("（", "）"),
}
_ARABIC = frozenset({Rank.THIRD, Rank.FOURTH})
_LEAD = regex(r"[ \t\u3000]*(?:#{1,6}[ \t]*)?")
_LEADING = " \t\u3000#"
_LIST_ITEM = regex(r"[1-9]\d?\. +|[-+*] +")
_NO_TEXT = ("|", "<", ">", "[^")
_STOPS = tuple("。；;！？!?：:，,")
_NUMERAL = regex(f"[{NUMERAL}]")


class Break(NamedTuple):
    """A number that does not continue its count: what is missing before it; nothing for one used twice."""

    offset: int
    label: str
    missing: tuple[str, ...]


@dataclass(slots=True)
class _Count:
    """A level while it is counted; `since` is how many lines without a number stood before its last one."""

    rank: Rank
    last: int
    end: int
    first_line: str
    since: int
    seen: set[int]

    def went_on(self, value: int, end: int, since: int) -> None:
        if value in self.seen:
            # Counted on from here, so that one mistake is not reported as many.
            self.last, self.seen = value, {other for other in self.seen if other <= value}
        self.last, self.end, self.since = max(self.last, value), end, since
        self.seen.add(value)


def breaks(text: str, with_articles: bool = True) -> Iterator[Break]:
    """Where the numbers at the beginnings of lines of `text` do not count on.

    Markdown's own lists are not judged: they number themselves. `with_articles` is False for texts
    that show some articles only.
    """
    counter = _Counter(text)
    start = 0
    for line in text.split("\n"):
        # Every other line is an empty one, and rows of tables are never looked at.
        if line and line[0] != "|":
            bare = _LEAD.sub("", line, count=1) if line[0] in _LEADING else line
            words = bare.replace("**", "").strip()
            is_heading = "#" in line and line.lstrip().startswith("#")
            found = _mark(words, is_heading) if words[:1] in numbering.SIGNS else None
            if found is None:
                counter.pass_by(words, is_heading)
            elif with_articles or found.rank is not Rank.ARTICLE:
                wrong = counter.judge(found, words, start + line.index(words[:1]))
                if wrong:
                    yield wrong
        start += len(line) + 1


def label(rank: Rank, value: int) -> str:
    """The number `value` of a level as official documents write it: `（二）`, `第十条`."""
    before, after = _SIGNS[rank]
    digits = str(value) if rank in _ARABIC or value > 99 else to_chinese(value)
    return f"{before}{digits}{after}"


def _mark(words: str, is_heading: bool) -> Mark | None:
    found = numbering.mark(words)
    if found is None:
        return None
    rest = words[len(found.label) :]
    # 一、二季度 and 5、6月份 are prose.
    if found.label.endswith("、") and _NUMERAL.match(rest):
        return None
    if found.rank is Rank.THIRD and not is_heading and _LIST_ITEM.match(words):
        runs_in = 0 < numbering.heading_end(words, found) < len(words)
        return found if runs_in else None
    return found


@dataclass
class _Counter:
    """The counts of a text: those that are open, outermost first, and the last one of each level.

    A count that goes on through the document is taken up again below the next heading: articles
    always, （三） below 二、 where the text counts so.
    """

    text: str
    open: list[_Count] = field(default_factory=list)
    latest: dict[Rank, _Count] = field(default_factory=dict)
    going_on: set[Rank] = field(default_factory=lambda: {Rank.CHAPTER, Rank.ARTICLE})
    # How many lines without a number there were, and which of them was the last title, the last lead-in.
    passed: int = 0
    title: int = 0
    lead_in: int = 0

    def pass_by(self, words: str, is_heading: bool) -> None:
        """Note what an unnumbered line is to the counts."""
        if not (words and self.latest) or words.startswith(_NO_TEXT) or _LIST_ITEM.match(words):
            return
        self.passed += 1
        if is_heading or (len(words) <= _SHORT_LINE and not words.endswith(_STOPS)):
            self.title = self.passed
        if words.endswith(("：", ":")):
            self.lead_in = self.passed

    def judge(self, found: Mark, words: str, offset: int) -> Break | None:
        """What is wrong with the number `found` at `offset`, if anything is."""
        self._close_below(found.rank)
        end = offset + len(found.label)
        count = self._taken_up(found)
        is_below_another = count not in self.open and found.rank > Rank.ARTICLE
        wrong = None
        if count and not (
            found.value == 1 and (is_below_another or self._may_restart(count, words))
        ):
            if found.value - count.last > LONGEST_LEAP:
                return None
            if found.value in count.seen:
                wrong = Break(offset, found.label, ())
            else:
                wrong = self._gap(count.end, offset, found, count.last)
            count.went_on(found.value, end, self.passed)
        else:
            if found.value > LONGEST_LEAP:
                return None
            if found.rank > Rank.ARTICLE:
                above = self.open[-1].end if self.open else 0
                wrong = self._gap(above, offset, found, 0)
            count = _Count(found.rank, found.value, end, words, self.passed, {found.value})
        if not self.open or self.open[-1].rank is not found.rank:
            self.open.append(count)
        self.open[-1] = self.latest[found.rank] = count
        return wrong

    def _may_restart(self, count: _Count, line: str) -> bool:
        """Whether a 1 is the beginning of another count: below a title, or behind a lead-in."""
        if count.rank <= Rank.SECTION or self.title > count.since or line == count.first_line:
            return True
        if count.rank is Rank.ARTICLE:
            return False
        has_prose = self.passed > count.since
        return self.lead_in > count.since or (
            count.rank > Rank.FIRST and count.last > 1 and has_prose
        )

    def _close_below(self, rank: Rank) -> None:
        for index, count in enumerate(self.open, 1):
            if count.rank is rank:
                del self.open[index:]
                return
        if rank <= Rank.FIRST:
            # 一、 and what is above it never stand below the other levels.
            self.open = [count for count in self.open if count.rank < rank]

    def _taken_up(self, found: Mark) -> _Count | None:
        if self.open and self.open[-1].rank is found.rank:
            return self.open[-1]
        latest = self.latest.get(found.rank)
        if latest and found.value > 1 and found.value == latest.last + 1:
            self.going_on.add(found.rank)
        return latest if found.rank in self.going_on else None

    def _gap(self, start: int, end: int, found: Mark, last: int) -> Break | None:
        """The numbers between `last` and the one `found`, unless they stand inside a paragraph."""
        if found.value == last + 1:
            return None
        missing = tuple(
            label(found.rank, value)
            for value in range(last + 1, found.value)
            if not _stands(self.text, start, end, found.rank, value)
        )
        return Break(end, found.label, missing) if missing else None


def _stands(text: str, start: int, end: int, rank: Rank, value: int) -> bool:
    digits = (
        str(value)
        if rank in _ARABIC
        else f"(?:{label(rank, value).strip('第编章节条、（）')}|{value})"
    )
    if rank <= Rank.ARTICLE:
        pattern = rf"^[\s#*]*第{digits}{_SIGNS[rank][1]}"
    elif rank in (Rank.SECOND, Rank.FOURTH):
        pattern = rf"[（(]{digits}[）)]"
    else:
        pattern = rf"(?<![\d.{NUMERAL}]){digits}[.．、]"
    return re.compile(pattern, re.MULTILINE).search(text, start, end) is not None
