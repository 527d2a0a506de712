"""A document is published without a complete review by a second person (未审查先公开; 国务院令第711号第十七条)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Document, Site
from generator.regex import regex
from generator.rules import judged
from generator.schema import Review

RULE = Rule(
    "unreviewed",
    Severity.ERROR,
    Text("审核不完整，缺少{names}", "the review is incomplete: {keys} missing"),
    Text(
        "按实际审核情况补齐；没有审核的，先审核再发布",
        "fill in what took place; review first and publish then",
    ),
)
_NONE = Text("没有审核记录（审核）", "there is no record of a review")
_ALONE = Text(
    "拟稿人和审稿人都是“{text}”，等于没有审核", "“{text}” reviewed a draft of their own alone"
)
_ALONE_HINT = Text(
    "由另外一个人审稿，写上审稿人的姓名", "have another person review it and write their name"
)
_LATE = Text(
    "审核日期（{text}）晚于发布日期（{published}），等于先公开后审查",
    "reviewed on {text}, after publication on {published}",
)
_LATE_HINT = Text("核对两个日期；先审查、后公开", "check both dates: review comes first")
_FIELDS = {
    "drafter": "拟稿人",
    "reviewer": "审稿人",
    "publisher": "发布人",
    "secrecy": "保密审查人",
    "on": "审核日期",
}
_NOBODY = regex(r"[-—/?？\s]*|无|暂无|待定|待补|待审|空")
_BETWEEN = regex(r"[、，,；;/]|和")


def find(site: Site) -> Iterator[Finding]:
    """No review at all, one with gaps, by the drafter alone, or later than publication."""
    for entry in judged.documents(site):
        source, review = entry.document.source, entry.document.meta.review
        # A value that cannot be read has a finding of its own.
        if ("review",) not in source.keys or source.fields.get("review", review) in ("", {}, []):
            yield RULE.at(source.place("review"), message=_NONE)
        elif review is not None:
            yield from _findings(entry.document, review)


def _findings(document: Document, review: Review) -> Iterator[Finding]:
    source, published = document.source, document.meta.published
    missing = [key for key in _FIELDS if _is_missing(document, review, key)]
    if missing:
        names = "、".join(_FIELDS[key] for key in missing)
        yield RULE.at(source.place("review"), names=names, keys=", ".join(missing))
    if "reviewer" not in missing and _names(review.reviewer) <= _names(review.drafter):
        yield RULE.at(
            source.place("review", "reviewer"),
            message=_ALONE,
            hint=_ALONE_HINT,
            text=review.reviewer,
        )
    if review.on and published and review.on > published.day:
        yield RULE.at(
            source.place("review", "on"),
            message=_LATE,
            hint=_LATE_HINT,
            text=review.on.isoformat(),
            published=published.day.isoformat(),
        )


def _is_missing(document: Document, review: Review, key: str) -> bool:
    if key == "on":
        # A date that cannot be read has a finding of its own.
        written = document.source.fields.get("review")
        return review.on is None and not (isinstance(written, dict) and written.get("on"))
    return _NOBODY.fullmatch(getattr(review, key) or "") is not None


def _names(people: str | None) -> frozenset[str]:
    parts = _BETWEEN.split(re.sub(r"\s", "", people or ""))
    return frozenset(part for part in parts if part)
