"""The dates of a document contradict each other (日期先后颠倒)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Document, KeyPath, Site
from generator.rules import judged

RULE = Rule(
    "date-order",
    Severity.ERROR,
    Text(
        "{name}（{day}）早于{other}（{other_day}）",
        "{key} ({day}) is before {other_key} ({other_day})",
    ),
    Text("核对两个日期，改正写错的一个", "check both dates and correct the wrong one"),
)

# Later key, its name, its day; earlier key, its name, its day.
_Pair = tuple[KeyPath, str, date | None, str, str, date | None]


def find(site: Site) -> Iterator[Finding]:
    """Pairs of dates of which the second came first; of one date, only the first contradiction."""
    for entry in judged.documents(site):
        document = entry.document
        seen: set[KeyPath] = set()
        for path, name, day, other_key, other, other_day in _pairs(document):
            if day is not None and other_day is not None and day < other_day and path not in seen:
                seen.add(path)
                yield RULE.at(
                    document.source.place(*path),
                    name=name,
                    key=path[-1],
                    day=day.isoformat(),
                    other=other,
                    other_key=other_key,
                    other_day=other_day.isoformat(),
                )


def _pairs(document: Document) -> Iterator[_Pair]:
    meta = document.meta
    published = meta.published.day if meta.published else None
    yield ("published",), "发布日期", published, "signed", "成文日期", meta.signed
    yield ("effective",), "施行日期", meta.effective, "signed", "成文日期", meta.signed
    yield ("expires",), "失效日期", meta.expires, "effective", "施行日期", meta.effective
    yield ("expires",), "失效日期", meta.expires, "signed", "成文日期", meta.signed
    yield ("expires",), "失效日期", meta.expires, "published", "发布日期", published
    if meta.withdrawn:
        withdrawn = ("withdrawn", "on")
        yield withdrawn, "撤下日期", meta.withdrawn.on, "published", "发布日期", published
    if meta.consultation:
        opens, closes = meta.consultation.opens, meta.consultation.closes
        yield ("consultation", "closes"), "截止日期", closes, "opens", "开始日期", opens
    for index, question in enumerate(meta.questions):
        answered = ("questions", index, "answered")
        yield answered, "答复日期", question.answered, "asked", "提问日期", question.asked
    if meta.report and meta.report.period:
        first, last = meta.report.period
        yield ("report", "period"), "统计期间的末日", last, "first day", "首日", first
