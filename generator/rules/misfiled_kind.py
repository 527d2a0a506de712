"""A document stands in a column that is not for its kind, or not where it says (内容混杂)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.config import Column
from generator.domain.kinds import Kind
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Document, Site
from generator.rules.judged import documents

RULE = Rule(
    "misfiled-kind",
    Severity.ERROR,
    Text(
        "“{kind}”放在了“{column}”栏目，这一栏目只收{kinds}",
        "a {kind_en} stands in column “{column}”, which is for {kinds_en}",
    ),
    Text("移到正确的栏目，或改正文种", "move it to its column, or correct its kind"),
)


def find(site: Site) -> Iterator[Finding]:
    """Documents of a kind that their column is not for.

    Where the column written and the folder disagree, validation has said so.
    """
    for entry in documents(site):
        document = entry.document
        column = site.config.column_by_id.get(document.column)
        if column is None or not column.kinds or document.kind in column.kinds:
            continue
        folder = document.path.removeprefix("content/").rpartition("/")[0]
        by_folder = site.config.column_of_folder(folder)
        # A column's own page introduces it, whatever its kind.
        is_own_page = document.path == f"content/{column.id}/index.md"
        if not is_own_page and (by_folder is None or by_folder.id == column.id):
            yield _finding(document, column)


def _finding(document: Document, column: Column) -> Finding:
    kinds: tuple[Kind, ...] = column.kinds
    return RULE.at(
        document.source.place("kind"),
        kind=document.kind.zh,
        column=column.title,
        kinds="、".join(kind.zh for kind in kinds),
        kind_en=document.kind,
        kinds_en=", ".join(kinds),
    )
