"""A heading skips a level (标题跳级): the outline, and those who move by it, lose the thread."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Heading, Site
from generator.rules.judged import documents

RULE = Rule(
    "heading-order",
    Severity.WARNING,
    Text(
        "标题“{text}”是第{level}级，这里最多只能是第{allowed}级",
        "the heading “{text}” is of level {level}; here the deepest level is {allowed}",
    ),
    Text(
        "行首改为 {signs}，一级一级往下写",
        "begin the line with {signs}: go down one level at a time",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Headings more than one level below the one before; the first stands right under the title."""
    for entry in documents(site):
        if entry.document.is_withdrawn:
            continue
        above = 1
        for heading in entry.body.outline:
            level = max(2, heading.level)
            if level > above + 1:
                yield _finding(entry.path, heading, above + 1)
            above = level


def _finding(path: str, heading: Heading, allowed: int) -> Finding:
    return RULE.at(
        Place(path, heading.line or None, 1 if heading.line else None),
        text=heading.text,
        level=heading.level,
        allowed=allowed,
        signs="#" * allowed,
    )
