"""Two documents bear the same index number, which is to be unique for ever (索引号重复)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.domain import index_number
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Site
from generator.rules.judged import oldest_first

RULE = Rule(
    "duplicate-index-number",
    Severity.ERROR,
    Text(
        "索引号“{text}”已经用在 {target}（“{title}”）",
        "the index number “{text}” is already that of {target}",
    ),
    Text(
        "换一个没有用过的索引号；索引号一经编定不再改变，也不重复使用",
        "take an index number that was never used; one is given once and for ever",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """The older document keeps the number, also when it was withdrawn; each newer one is reported."""
    owners: dict[str, list[Entry]] = defaultdict(list)
    for entry in oldest_first(site.built):
        if entry.document.meta.index_number:
            owners[index_number.key(entry.document.meta.index_number)].append(entry)
    for first, *others in owners.values():
        for entry in others:
            yield RULE.at(
                entry.document.source.place("index_number"),
                target=first.path,
                text=entry.document.meta.index_number,
                title=first.document.title,
            )
