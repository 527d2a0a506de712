"""The self-inspection (自查): score sheet, quarterly report and rectification ledger of a site.

`inspect` is pure; `files_of` puts an audit into its forms, `save` writes them, `read_weights` and
`read_earlier` read what an audit needs beside the site.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.audit import quarter
from generator.audit.forms.excel import excel
from generator.audit.forms.html import html
from generator.audit.forms.markdown import markdown
from generator.audit.forms.word import NO_EXTRA, word
from generator.audit.inspection import Audit, inspect
from generator.audit.ledger import Earlier
from generator.audit.ledger import State as LedgerState
from generator.audit.quarter import Quarter
from generator.audit.quarterly import quarterly_paper
from generator.audit.record import NAME as RECORD
from generator.audit.record import RecordError
from generator.audit.record import read as read_earlier
from generator.audit.record import text as record
from generator.audit.score import State as ScoreState
from generator.audit.score import number
from generator.audit.sheets import ledger_paper, score_paper
from generator.audit.weights import WeightsError
from generator.audit.weights import read as read_weights
from generator.audit.weights import shipped as shipped_weights

__all__ = [
    "NO_EXTRA",
    "RECORD",
    "Audit",
    "Earlier",
    "LedgerState",
    "Quarter",
    "RecordError",
    "ScoreState",
    "WeightsError",
    "files_of",
    "inspect",
    "number",
    "quarter",
    "read_earlier",
    "read_weights",
    "record",
    "save",
    "shipped_weights",
]


def files_of(audit: Audit) -> dict[str, bytes]:
    """Every file of an audit by its name; `audit.docx` is absent where python-docx is not installed."""
    papers = (quarterly_paper(audit), score_paper(audit), ledger_paper(audit))
    organ, day = audit.site.config.organ.name, audit.site.today
    made = {
        "audit.html": html(audit, papers),
        "audit.md": markdown(papers),
        "audit.docx": word(papers, organ, day),
        "audit.xlsx": excel(papers, organ, day),
        RECORD: record(audit).encode(),
    }
    return {name: content for name, content in made.items() if content is not None}


def save(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files into `folder`, each whole or not at all; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        handle, staged = tempfile.mkstemp(prefix=f".{name}.gongkai-", dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(staged).chmod(0o644)
            Path(staged).replace(folder / name)
        except BaseException:
            Path(staged).unlink(missing_ok=True)
            raise
