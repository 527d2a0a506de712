"""A reference names no document of the site, or more than one (引用断链)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site, Verdict
from generator.rules.judged import broken, links

RULE = Rule(
    "broken-reference",
    Severity.ERROR,
    Text(
        "引用“{target}”找不到对应的文件{why}",
        "the reference “{target}” names no single document",
    ),
    Text(
        "写本站文件的发文字号、索引号、路径，或者唯一的《标题》；本站没有的文件不用引用，直接写文字",
        "give a document number, an index number, a path or a unique 《title》 of this site; "
        "name other documents in plain words",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """`[[…]]` in bodies and references in front matter that cannot be resolved."""
    for one in links(site, Verdict.NO_REFERENCE):
        yield broken(RULE, one)
