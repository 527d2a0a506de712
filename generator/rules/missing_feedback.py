"""A consultation has closed, and what became of the opinions is not told (征求意见没有反馈).

优化营商环境条例第六十二条; 国务院令第713号第三十二条.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Site
from generator.regex import regex
from generator.rules import consultations
from generator.schema import Consultation

RULE = Rule(
    "missing-feedback",
    Severity.WARNING,
    Text(
        "征集已于{closes}截止，过了{days}天没有公布意见采纳情况",
        "it closed on {closes}, {days} days ago, and what became of the opinions is not told",
    ),
    Text(
        "在“征集”的“意见采纳情况”里逐条写明意见、是否采纳、理由；没有收到意见的，也写明",
        "give feedback under consultation: opinion, adopted, reason; say so where there was none",
    ),
)
_UNSAID = Text(
    "第{number}条意见没有写是否采纳", "opinion {number} does not say whether it was adopted"
)
_SAY = Text("写上“是否采纳”", "add adopted")
_NO_REASON = Text(
    "第{number}条意见“{text}”，没有写理由",
    "opinion {number} was not adopted (“{text}”), without a reason",
)
_GIVE = Text("写上不采纳的理由", "add reason: why it was not adopted")
_NOT_ADOPTED = regex(r"[未不否没]|部分|^no$|^false$", re.IGNORECASE)


def find(site: Site) -> Iterator[Finding]:
    """Consultations closed long enough without feedback, and opinions whose fate or its reason is not told."""
    patience = site.config.participation.feedback_days
    for entry, consultation in consultations.all_of(site):
        if consultation.feedback:
            yield from _incomplete(entry, consultation)
            continue
        closes = consultation.closes
        days = (site.today - closes).days if closes else 0
        if closes and days > patience and not consultations.tells_elsewhere(entry, site):
            place = entry.document.source.place("consultation", "closes")
            yield RULE.at(place, closes=closes.isoformat(), days=days)


def _incomplete(entry: Entry, consultation: Consultation) -> Iterator[Finding]:
    for index, opinion in enumerate(consultation.feedback):
        place = entry.document.source.place("consultation", "feedback", index)
        if not opinion.adopted:
            yield RULE.at(place, message=_UNSAID, hint=_SAY, number=index + 1)
        elif _NOT_ADOPTED.search(opinion.adopted) and not opinion.reason:
            yield RULE.at(
                place, message=_NO_REASON, hint=_GIVE, number=index + 1, text=opinion.adopted
            )
