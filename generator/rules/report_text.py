"""A number in the prose of an annual report is not that of its tables (正文与表格不符)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain import report_claims
from generator.domain.report_claims import Claim, Fact
from generator.domain.report_numbers import OUTCOMES, PENDING, ROW_LABELS, Numbers, add
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Site
from generator.rules import annual, typed

RULE = Rule(
    "report-text",
    Severity.WARNING,
    Text(
        "正文写“{text}”，{table}是{number}件",
        "the text says “{text}”, but {key} is {number}",
    ),
    Text(
        "核对正文和表格，改正写错的一处；只说其中一部分的，写明是哪一部分",
        "check the text and the table; where only a part is meant, say which",
    ),
)
_SUITS = ("direct_suit", "after_review")
_ROWS: dict[Fact, tuple[str, ...]] = {
    Fact.REVIEW: ("review",),
    Fact.SUIT: _SUITS,
    Fact.BOTH: ("review", *_SUITS),
}
_NAMES = {Fact.REVIEW: "行政复议", Fact.SUIT: "行政诉讼", Fact.BOTH: "行政复议和行政诉讼"}


def find(site: Site) -> Iterator[Finding]:
    """Numbers of the whole year in parts 一, 三 and 四 that the tables contradict."""
    is_government = site.config.organ.level == "government"
    last = {pair.this.path: pair.last for pair in annual.pairs(site)}
    for entry, year in annual.reports(site):
        numbers = annual.of(entry)
        earlier = annual.of(last[entry.path]) if entry.path in last else None
        parts = annual.parts(entry)
        for number in (1, 3, 4):
            part = parts.get(number)
            if part is None:
                continue
            for claim in report_claims.claims(
                part.prose, number, year, is_government=is_government
            ):
                right = _right(claim, numbers, earlier)
                if right and claim.value not in right:
                    yield _finding(entry, claim, part.start, right[0])


def _right(claim: Claim, numbers: Numbers, earlier: Numbers | None) -> list[int]:
    """The numbers that the tables allow for a claim, the plainest first; none where a cell is missing."""
    if claim.fact in _ROWS:
        return _cases(claim, numbers, earlier)
    totals = numbers.total(claim.fact)
    if claim.fact is Fact.NEW and claim.with_carried:
        totals += [new + taken for new in totals for taken in numbers.total("carried_in")]
    return totals


def _cases(claim: Claim, numbers: Numbers, earlier: Numbers | None) -> list[int]:
    """The same for reviews and suits, which are counted as concluded, as handled, or as begun."""
    keys = _ROWS[claim.fact]
    rows = [numbers.table4[key] for key in keys]
    if claim.is_concluded:
        sums = [add(cell for row in rows for cell in row[:PENDING])]
    else:
        sums = [add(row[OUTCOMES] for row in rows), add(c for row in rows for c in row[:OUTCOMES])]
        # What was pending last year is in the total, but did not begin this year.
        pending = add(earlier.table4[key][PENDING] for key in keys) if earlier else None
        sums += [add((sums[0], -pending))] if pending else []
    return [number for number in sums if number is not None]


def _finding(entry: Entry, claim: Claim, start: int, number: int) -> Finding:
    if claim.fact in _ROWS:
        what = "审结数（结果维持、结果纠正、其他结果之和）" if claim.is_concluded else "总计"
        table = f"表四{_NAMES[claim.fact]}的{what}"
    else:
        table = f"表三“{ROW_LABELS[claim.fact]}”一行的总计"
    source = entry.document.source
    return RULE.at(
        typed.place(source, start + claim.start),
        text=claim.words,
        table=table,
        key=claim.fact.value,
        number=number,
    )
