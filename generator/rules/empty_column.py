"""A column without a single document (空白栏目; 国办秘函〔2019〕19号)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.config import FOUR_COLUMNS
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Site

RULE = Rule(
    "empty-column",
    Severity.ERROR,
    Text("“{title}”栏目（{target}）是空的", "the column “{title}” ({target}) is empty"),
    Text(
        "在 content/{target}/ 里放入文件；用不着的栏目，从 site.yaml 里删去",
        "put documents into content/{target}/, or remove the column from site.yaml",
    ),
)
# None of the four may be left out.
_OF_FOUR = Text("在 content/{target}/ 里放入文件", "put documents into content/{target}/")


def find(site: Site) -> Iterator[Finding]:
    """Columns in which, and below which, no document is listed."""
    unknown = _columns_of_unknown(site)
    for column in site.config.all_columns:
        # One that is left out of the settings has a rule of its own.
        is_missing = column.id.split("/")[0] in site.config.missing_columns
        below = {part.id for part in column.all_below}
        if not is_missing and not below & unknown and not site.in_column(column):
            yield RULE.at(
                Place("site.yaml", 1, 1),
                hint=_OF_FOUR if column.id in FOUR_COLUMNS else None,
                target=column.id,
                title=column.title,
            )


def _columns_of_unknown(site: Site) -> frozenset[str]:
    """The columns of documents whose disclosure is unknown: that is the mistake, not the column."""
    return frozenset(
        column
        for entry in site.entries.values()
        if entry.document.meta.disclosure is None
        for column in entry.document.columns
    )
