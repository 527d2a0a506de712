"""Judgements (判定): which rule an address breaks, how gravely, and in which words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from generator.external.addresses import Address, host_of, is_listed
from generator.external.observation import Observation
from generator.finding import Finding, Place, Rule, Severity, Text


@dataclass(frozen=True, slots=True)
class Judgement:
    """A rule broken by what the network answered: its severity here, and the reason in both languages."""

    rule: Rule
    severity: Severity
    reason: Text = field(default_factory=lambda: Text("", ""))
    found: str = ""
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the settings say of hosts: those trusted, and those that one organ calls its own (together)."""

    trusted: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()

    def trusts(self, host: str) -> bool:
        """Whether the editors vouch for `host`."""
        return is_listed(host, self.trusted)

    def is_one_owner(self, host: str, other: str) -> bool:
        """Whether some organ calls both hosts its own."""
        return any(is_listed(host, own) and is_listed(other, own) for own in self.together)


NOBODY = Known()


@dataclass(frozen=True, slots=True)
class Case:
    """All that a judgement may look at; `confirmed` says that an earlier run failed in the same way."""

    address: Address
    seen: Observation
    known: Known
    confirmed: bool

    @property
    def host(self) -> str:
        """The host that the link names."""
        return host_of(self.address.url)

    @property
    def final_host(self) -> str:
        """The host where the way ended."""
        return host_of(self.seen.final)

    @property
    def is_redirected(self) -> bool:
        """Whether anything sent us on."""
        return bool(self.seen.hops)


@dataclass(frozen=True, slots=True)
class Checked:
    """An address and what it came to: None where there is nothing to report."""

    address: Address
    judgement: Judgement | None
    seen: Observation | None = None

    def finding(self, place: Place, href: str | None = None) -> Finding | None:
        """The judgement as a finding at `place`, for a link whose address is written `href`."""
        judged = self.judgement
        if judged is None:
            return None
        found = judged.rule.at(
            place,
            hint=judged.hint,
            target=href if href is not None else self.address.url,
            text=self.address.text or None,
            reason=judged.reason.zh,
            reason_en=judged.reason.en,
            found=judged.found,
        )
        return replace(found, severity=judged.severity)
