"""One id stands twice on a page (id 重复): a link to it reaches only the first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Entry, Flaw, Site
from generator.rules.judged import documents

RULE = Rule(
    "duplicate-id",
    Severity.WARNING,
    Text(
        "id “{target}”在本页出现了不止一次", "the id “{target}” stands more than once on the page"
    ),
    Text("给后面的换一个 id", "give the later one an id of its own"),
)


def find(site: Site) -> Iterator[Finding]:
    """Ids of headings and of raw HTML in a body that stand there before."""
    for entry in documents(site):
        times = Counter[str]()
        for flaw in entry.body.flaws if not entry.document.is_withdrawn else ():
            if flaw.rule == RULE.name:
                times[flaw.words[0]] += 1
                yield RULE.at(_place(entry, flaw, times[flaw.words[0]]), target=f"#{flaw.words[0]}")


def _place(entry: Entry, flaw: Flaw, before: int) -> Place:
    """Where the id is written after so many others like it; Markdown keeps no place of raw HTML."""
    source = entry.document.source
    written = re.compile(
        rf"(?:\bid\s*=\s*[\"']?|\{{[^}}\n]*#){re.escape(flaw.words[0])}(?=[\"'\s>}}])",
        re.IGNORECASE,
    )
    found = list(written.finditer(source.body))
    if before >= len(found):
        return Place(entry.path, flaw.line, flaw.column)
    start = found[before].start()
    column = start - (source.body.rfind("\n", 0, start) + 1) + 1
    return Place(entry.path, source.body_line + source.body.count("\n", 0, start), column)
