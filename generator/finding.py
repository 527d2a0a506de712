"""Rules and findings: a rule is a promise by name, a finding is that promise broken at a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Language = Literal["zh", "en"]


class Severity(StrEnum):
    """How much a broken rule matters (级别); `OFF` exists only as a setting in `site.yaml`."""

    OFF = "off"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def weight(self) -> int:
        """Order of gravity, 0 for `OFF` to 3 for `ERROR`."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.en if language == "en" else self.zh

    def fill(self, **values: object) -> Text:
        """The sentence with its `{names}` filled in; values are put in as they are, never parsed."""
        return Text(self.zh.format(**values), self.en.format(**values))


NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: a path below the site folder, and line and column from 1."""

    path: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule broken at a place (问题)."""

    rule: str
    severity: Severity
    place: Place
    message: Text
    hint: Text = NOTHING
    target: str | None = None
    text: str | None = None
    suggestion: str | None = None

    @property
    def order(self) -> tuple[str, int, int, str, str, str]:
        """The key by which findings are sorted: path, line, column, rule; then target and message."""
        place = self.place
        return (
            place.path,
            place.line or 0,
            place.column or 0,
            self.rule,
            self.target or "",
            self.message.zh,
        )


def worst(findings: Iterable[Finding]) -> Severity:
    """The gravest severity among `findings`; `OFF` for none."""
    severities = (finding.severity for finding in findings)
    return max(severities, key=lambda severity: severity.weight, default=Severity.OFF)


def fails(findings: Iterable[Finding], limit: Severity) -> bool:
    """Whether any finding is at or above `limit`."""
    return worst(findings).weight >= limit.weight


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise by name (规则), with its default severity and its sentences as templates.

    The name says the mistake. `message` tells what is wrong with the value in it, `hint` what to do
    next; both are filled by `at`.
    """

    name: str
    severity: Severity
    message: Text
    hint: Text = NOTHING

    def at(
        self,
        place: Place,
        *,
        message: Text | None = None,
        hint: Text | None = None,
        target: str | None = None,
        text: str | None = None,
        suggestion: str | None = None,
        **values: object,
    ) -> Finding:
        """This rule broken at `place`; `values` fill the sentences of the rule or those given."""
        known = {"target": target or "", "text": text or "", "suggestion": suggestion or ""}
        filled = {**known, **values}
        return Finding(
            self.name,
            self.severity,
            place,
            (message or self.message).fill(**filled),
            (hint or self.hint).fill(**filled),
            target,
            text,
            suggestion,
        )


@dataclass(frozen=True)
class Selection:
    """Which rules count in this run: those selected (all when empty), without those ignored."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def holds(self, rule: str) -> bool:
        """Whether findings of `rule` count."""
        return rule not in self.ignore and (not self.select or rule in self.select)


EVERYTHING = Selection()
