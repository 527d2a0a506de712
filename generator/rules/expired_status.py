"""A document is said to be in force, or still to come, and is not (有效性过时)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.domain.kinds import Status
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Document, Entry, Site
from generator.rules import judged

RULE = Rule(
    "expired-status",
    Severity.ERROR,
    Text("有效性写的是“{text}”，但{reason}", "status says “{text}”, but {reason_en}"),
    Text(
        "改为“{suggestion}”，或者删去“有效性”，由日期和文件关系推算",
        "write “{suggestion}”, or remove status: it follows from dates and references",
    ),
)
_LIVE = frozenset({Status.VALID, Status.AMENDED, Status.PENDING})


def find(site: Site) -> Iterator[Finding]:
    """Declared states that the document's own dates or a later document contradict."""
    for entry in judged.documents(site):
        declared = entry.document.meta.status
        if declared not in _LIVE:
            continue
        contradiction = _contradiction(entry, site)
        if contradiction:
            status, reason, target = contradiction
            yield RULE.at(
                entry.document.source.place("status"),
                target=target,
                text=str(declared),
                suggestion=str(status),
                reason=reason.zh,
                reason_en=reason.en,
            )


def _contradiction(entry: Entry, site: Site) -> tuple[Status, Text, str | None] | None:
    """The state that is true, why, and the document that brought it about."""
    meta, today = entry.document.meta, site.today
    for path in entry.superseded_by:
        later = site.entries[path].document
        if _begins(later) <= today:
            said = Text(f"已被“{later.title}”废止", f"{path} has superseded it")
            return Status.REPEALED, said, path
    if meta.expires and meta.expires < today:
        day = meta.expires.isoformat()
        return Status.EXPIRED, Text(f"失效日期（{day}）已过", f"it expired on {day}"), None
    if meta.status is Status.PENDING and meta.effective and meta.effective <= today:
        day = meta.effective.isoformat()
        return Status.VALID, Text(f"{day}已经施行", f"it has been in force since {day}"), None
    return None


def _begins(document: Document) -> date:
    published = document.meta.published
    return document.meta.effective or (published.day if published else date.max)
