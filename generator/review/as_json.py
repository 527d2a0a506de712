"""A review for programs (机读审阅): one JSON object, UTF-8, keys in this order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from generator import __version__
from generator.finding import Finding, Language, Severity
from generator.report import count, record
from generator.review.nouns import (
    DocumentChange,
    FieldChange,
    Gap,
    Passage,
    Placement,
    Review,
    Run,
    Sort,
    Telling,
)


def as_json(review: Review, language: Language) -> str:
    """The whole review; words that a reader sees are in `language`."""

    def records(findings: Sequence[Finding]) -> list[dict[str, object]]:
        return [record(finding, language) for finding in findings]

    whole = {
        "tool": "gongkai",
        "version": __version__,
        "since": review.since,
        "commit": review.commit,
        "summary": {
            **{sort.value: review.count(sort) for sort in Sort},
            "new_findings": _counts(review.new),
            "mended_findings": _counts(review.mended),
            "broken_elsewhere": len(review.broken_elsewhere),
            "vanished": len(review.vanished),
        },
        "documents": [_document(change, language) for change in review.documents],
        "settings": _fields(review.settings),
        "files": [{"path": one.path, "change": one.mark.value} for one in review.files],
        "statuses": [
            {"path": one.path, "title": one.title, "before": one.before, "after": one.after}
            for one in review.statuses
        ],
        "findings": {"new": records(review.new), "mended": records(review.mended)},
        "broken_elsewhere": records(review.broken_elsewhere),
        "vanished": [{"url": one.url, "now": one.now or None} for one in review.vanished],
        "notes": [note.say(language) for note in review.notes],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _counts(findings: Sequence[Finding]) -> Mapping[str, int]:
    return {
        severity.value: count(findings, severity)
        for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
    }


def _document(change: DocumentChange, language: Language) -> Mapping[str, object]:
    return {
        "change": change.sort.value,
        "path": change.path,
        "old_path": change.old_path or None,
        "title": change.title or None,
        "before": _place(change.before),
        "after": _place(change.after),
        "fields": _fields(change.fields),
        "text": _telling(change.text),
        "links": [
            {"text": one.text, "before": one.before or None, "after": one.after or None}
            for one in change.links
        ],
        "missing_review": list(change.missing_review),
        "review_is_old": change.review_is_old,
        "findings": [record(finding, language) for finding in change.findings],
    }


def _place(place: Placement | None) -> Mapping[str, object] | None:
    if place is None:
        return None
    return {
        "url": place.url,
        "standing": place.standing.value,
        "kind": place.kind,
        "column": place.column or None,
        "also_in": list(place.also_in),
        "topics": list(place.topics),
        "feeds": list(place.feeds),
        "published": place.published or None,
    }


def _fields(changes: Iterable[FieldChange]) -> list[Mapping[str, object]]:
    return [
        {"name": one.name, "before": one.before or None, "after": one.after or None}
        for one in changes
    ]


def _telling(text: Telling) -> list[Mapping[str, object]]:
    return [{"unchanged": one.passages} if isinstance(one, Gap) else _passage(one) for one in text]


def _passage(passage: Passage) -> Mapping[str, object]:
    if not passage.rows:
        return {"change": passage.mark.value, "sort": passage.sort, "words": _runs(passage.runs)}
    return {
        "change": passage.mark.value,
        "sort": passage.sort,
        "rows": [
            {
                "change": row.mark.value,
                "cells": [
                    {"change": cell.mark.value, "words": _runs(cell.runs)} for cell in row.cells
                ],
            }
            for row in passage.rows
        ],
        "rows_unchanged": passage.left_out,
    }


def _runs(runs: Iterable[Run]) -> list[list[str]]:
    """Pairs of a mark and words: joined without those removed they are the new text."""
    return [[run.mark.value, run.text] for run in runs]
