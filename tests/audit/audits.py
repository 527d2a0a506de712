"""Audits in a test (自查): of the good site with edits, on `TODAY`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import audit
from generator.audit import Audit, Earlier
from generator.audit.quarter import Quarter, of_day
from generator.audit.score import Sheet
from generator.build import examine
from generator.lines import source_lines
from tests.edits import Edit, all_of
from tests.sites import GOOD_SITE, TODAY, write_site


def audited(
    *edits: Edit,
    today: date = TODAY,
    quarter: Quarter | None = None,
    earlier: Earlier | None = None,
) -> Audit:
    """The audit of the good site with these edits."""
    with TemporaryDirectory() as folder:
        site = write_site(Path(folder), all_of(*edits)(GOOD_SITE))
        outcome = examine(site, today)
        weights = audit.read_weights(site, outcome.site.config.audit.weights)
        return audit.inspect(
            outcome.site,
            outcome.findings,
            weights,
            quarter or of_day(today),
            source_lines(site),
            earlier=earlier,
        )


def lost(sheet: Sheet) -> dict[str, str]:
    """The points that each line of the sheet costs, of the lines that cost any."""
    return {one.id: audit.number(one.points) for one in sheet.deductions if one.points}


def vetoed(sheet: Sheet) -> list[str]:
    """The lines that veto."""
    return [one.id for one in sheet.vetoes if one.state is audit.ScoreState.VETOED]


def points(sheet: Sheet) -> tuple[str, str, str]:
    """What is left of the full marks, the bonus, and the verdict."""
    return audit.number(sheet.base), audit.number(sheet.bonus), sheet.verdict
