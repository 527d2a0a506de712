"""The inspection (自查): a site and its findings → the score sheet, the ledger, and what the report needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.audit import ledger, score
from generator.audit.ledger import Earlier, Row, SourceLine, State
from generator.audit.quarter import Quarter
from generator.audit.score import Sheet
from generator.audit.weights import Weights
from generator.finding import Finding, Severity
from generator.model import Site
from generator.report import Totals, count, totals


@dataclass(frozen=True)
class Audit:
    """Everything that an audit found out, before it is put into words."""

    site: Site
    quarter: Quarter
    online: bool
    totals: Totals
    counts: Mapping[Severity, int]
    sheet: Sheet
    ledger: tuple[Row, ...]
    earlier: Earlier | None

    def rows_in(self, *states: State) -> tuple[Row, ...]:
        """The rows of the ledger that are in one of these states."""
        return tuple(row for row in self.ledger if row.state in states)


def inspect(
    site: Site,
    findings: Sequence[Finding],
    weights: Weights,
    quarter: Quarter,
    source_line: SourceLine,
    *,
    online: bool = False,
    earlier: Earlier | None = None,
) -> Audit:
    """The audit of a site with these findings.

    `online` says whether other hosts were asked, `source_line` gives a line of a file for the ledger.
    """
    rows = ledger.rows(site, findings, source_line)
    if earlier:
        rows = ledger.followed(site, rows, earlier.rows, online=online)
    return Audit(
        site,
        quarter,
        online,
        totals(site),
        {
            severity: count(findings, severity)
            for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
        },
        score.score(site, findings, weights, online=online),
        rows,
        earlier,
    )
