"""Two documents of one kind bear the same document number (发文字号重复)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.domain import document_number
from generator.domain.kinds import Kind
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Site
from generator.rules.judged import oldest_first

RULE = Rule(
    "duplicate-document-number",
    Severity.WARNING,
    Text(
        "发文字号“{text}”已经用在 {target}（“{title}”）",
        "the document number “{text}” is already that of {target}",
    ),
    Text(
        "核对两份文件的字号；同一份文件只发布一次，其他栏目用“同时列入”",
        "check both numbers; publish one document once and list it elsewhere with also_in",
    ),
)
# They may bear the number of the policy they are about, and a policy may have several.
_BORROWERS = frozenset({Kind.INTERPRETATION, Kind.FAQ, Kind.CONSULTATION, Kind.EVENT, Kind.TOPIC})


def find(site: Site) -> Iterator[Finding]:
    """The older document keeps the number; each newer one is reported."""
    owners: dict[tuple[Kind, str], list[Entry]] = defaultdict(list)
    for entry in oldest_first(site.listed):
        number = entry.document.meta.document_number
        if number and entry.document.kind not in _BORROWERS:
            owners[entry.document.kind, document_number.key(number)].append(entry)
    for first, *others in owners.values():
        for entry in others:
            yield RULE.at(
                entry.document.source.place("document_number"),
                target=first.path,
                text=entry.document.meta.document_number,
                title=first.document.title,
            )
