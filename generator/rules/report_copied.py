"""A part of an annual report is last year's with other numbers (照抄上年报告)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from generator.domain.folding import folded
from generator.domain.numerals import NUMERAL
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Site
from generator.regex import regex
from generator.rules import annual
from generator.rules.annual import Part

RULE = Rule(
    "report-copied",
    Severity.WARNING,
    Text(
        "“{part}”与{last}年的报告几乎相同：除数字外相似度{percent}%",
        "“{part}” is nearly that of the report on {last}: {percent} % alike without the numbers",
    ),
    Text(
        "按本年的实际情况重写；上年的报告是 {target}",
        "write what happened this year; last year's report is {target}",
    ),
)
# Of a hundred signs, so many in their order; reports written anew stay below 60.
_COPIED = 80
# The numbers and the standing phrases of the parts 二, 三, 四 and 六 are alike every year.
_SHORTEST = {1: 20, 5: 20}
_SHORTEST_OTHERS = 100
_LONGEST = 6000
_NUMBER = regex(rf"[{NUMERAL}]+(?:[.,][0-9]+)*[%‰]?")
# Where and for which period the report can be had is said in the same words every year.
_STANDING = regex(r"统计期|期限|报告期|电子版|下载|查阅|\d日至")


def find(site: Site) -> Iterator[Finding]:
    """The parts of each report whose prose is that of the year before, numbers aside."""
    for pair in annual.pairs(site):
        before = annual.parts(pair.last)
        for number, part in annual.parts(pair.this).items():
            earlier = before.get(number)
            likeness = _likeness(number, part, earlier) if earlier else 0
            if likeness >= _COPIED:
                yield RULE.at(
                    Place(pair.this.path, part.heading.line, 1),
                    target=pair.last.path,
                    part=part.heading.text,
                    last=pair.year - 1,
                    percent=int(likeness),
                )


def _likeness(number: int, part: Part, earlier: Part) -> float:
    text, other = _masked(part), _masked(earlier)
    if min(len(text), len(other)) < _SHORTEST.get(number, _SHORTEST_OTHERS):
        return 0
    return fuzz.ratio(text[:_LONGEST], other[:_LONGEST], score_cutoff=_COPIED)


def _masked(part: Part) -> str:
    """The prose of a part below its heading, without numbers and standing sentences."""
    plain = folded(part.prose).lstrip("#*").removeprefix(folded(part.heading.text))
    sentences = re.split("(?<=[。;])", plain)
    return _NUMBER.sub("", "".join(s for s in sentences if not _STANDING.search(s)))
