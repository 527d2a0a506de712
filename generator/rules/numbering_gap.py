"""The numbers of paragraphs do not count on: one is missing, or used twice (序号不连续)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.counting import breaks
from generator.domain.kinds import Kind
from generator.domain.numbering import Rank, mark
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Document, Site
from generator.regex import regex
from generator.rules import typed

RULE = Rule(
    "numbering-gap",
    Severity.WARNING,
    Text("“{text}”前面缺少{missing}", "“{text}” comes without {missing} before it"),
    Text(
        "核对有没有漏掉一段；没有漏掉的，改正序号",
        "see whether a paragraph was lost; if not, correct the number",
    ),
)
_TWICE = Text("序号“{text}”用了两次", "the number “{text}” is used twice")
_TWICE_HINT = Text("改正后面的序号", "correct the numbers from here on")
# Texts that show some articles only.
_EXCERPT = regex("修改|修正|修订对照|摘编|摘录|节选|摘要")


def find(site: Site) -> Iterator[Finding]:
    """Every number that does not follow the one before it, by the official levels 一、（一）1.（1）."""
    for entry, text in typed.documents(site):
        for found in breaks(text, with_articles=not _shows_some_articles(entry.document)):
            if _is_section_of_report(entry.document, found.label):
                continue
            shown = "".join(f"“{label}”" for label in found.missing[:3])
            yield RULE.at(
                typed.place(entry.document.source, found.offset),
                message=None if found.missing else _TWICE,
                hint=None if found.missing else _TWICE_HINT,
                text=found.label.strip(),
                missing=shown + ("等" if len(found.missing) > 3 else ""),
            )


def _is_section_of_report(document: Document, label: str) -> bool:
    """Whether the number is that of one of a report's six parts, which `report-sections` counts."""
    found = mark(label.lstrip())
    return document.kind is Kind.ANNUAL_REPORT and found is not None and found.rank is Rank.FIRST


def _shows_some_articles(document: Document) -> bool:
    return bool(document.meta.amends) or _EXCERPT.search(document.title) is not None
