"""An interpretation mostly repeats the text of its policy (解读照抄文件)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.interpretation import copied_share
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Site
from generator.rules import pairs, typed

RULE = Rule(
    "copied-interpretation",
    Severity.WARNING,
    Text(
        "解读正文有{percent}%与政策原文相同（{target}），不是解读",
        "{percent}% of the interpretation stand word for word in the policy ({target})",
    ),
    Text(
        "用自己的话说明为什么定、定了什么、怎么办；需要引用原文的，写成引用（行首加“>”）",
        "say in other words why, what and how; put what must be quoted into a quotation (>)",
    ),
)
LIMIT = 0.6
# Of a line or two, no share can be told.
_LEAST_TEXT = 40


def find(site: Site) -> Iterator[Finding]:
    """Interpretations of which more than `LIMIT` stands in one of the policies they interpret."""
    for entry in pairs.interpretations(site):
        found = copied(entry, site)
        if found:
            policy, share = found
            yield RULE.at(
                entry.document.source.place("title"),
                target=policy.path,
                percent=int(share * 100),
            )


def copied(entry: Entry, site: Site) -> tuple[Entry, float] | None:
    """The policy of which an interpretation is mostly a copy, and how much of it is."""
    own = _own_text(entry)
    for policy in pairs.targets(entry, site):
        share = copied_share(own, policy.body.text, _LEAST_TEXT)
        if share >= LIMIT:
            return policy, share
    return None


def _own_text(entry: Entry) -> str:
    """The body without its headings and quotations."""
    body = typed.without_code(entry.document.source.body)
    headings = {heading.line for heading in entry.body.outline}
    first = entry.document.source.body_line
    return "\n".join(
        line
        for number, line in enumerate(body.split("\n"), first)
        if not line.lstrip().startswith((">", "#")) and not (number in headings and len(line) < 30)
    )
