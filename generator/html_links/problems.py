"""Problems (毛病): what is wrong with a link, before it is known where and how often it stands."""

from __future__ import annotations

from dataclasses import dataclass

from generator.finding import Rule, Severity, Text


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that a link breaks; equal problems of several pages may have one cause.

    `about` is what the link leads to, worked out, so that `../a.html` and `../../a.html` can be the same;
    `values` fill the sentences. What is None is as the rule has it. The repaired address is `suggestion`,
    or the way to the file `page`, or that of the link with the fragment `anchor`.
    """

    rule: Rule
    about: str
    message: Text | None = None
    hint: Text | None = None
    suggestion: str | None = None
    severity: Severity | None = None
    values: tuple[tuple[str, str], ...] = ()
    page: str | None = None
    anchor: str | None = None

    @property
    def gravity(self) -> Severity:
        """The severity of this problem."""
        return self.severity or self.rule.severity


def problem(
    rule: Rule,
    about: str,
    *,
    message: Text | None = None,
    hint: Text | None = None,
    suggestion: str | None = None,
    severity: Severity | None = None,
    page: str | None = None,
    anchor: str | None = None,
    **values: str,
) -> Problem:
    """`rule` broken."""
    filled = tuple(sorted(values.items()))
    return Problem(rule, about, message, hint, suggestion, severity, filled, page, anchor)
