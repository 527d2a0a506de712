"""The score sheet (评分表): vetoes, deductions and bonus after 国办秘函〔2019〕19号, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from generator.audit.evidence import Evidence, of_finding
from generator.audit.measures import MEASURES, Fact
from generator.audit.weights import REST, Line, Weights
from generator.finding import Finding
from generator.model import Site
from generator.rules import BY_NAME, ONLINE


class State(StrEnum):
    """What came of a line (检查结果)."""

    GOOD = "符合"
    VETOED = "否决"
    LOST = "扣分"
    GAINED = "加分"
    NOT_GAINED = "不加分"
    BY_HAND = "需人工核查"
    UNASKED = "未检查"


@dataclass(frozen=True)
class Result:
    """A line with what came of it; `points` are lost or gained, never below zero."""

    id: str
    title: str
    source: str
    standard: str
    state: State
    points: Decimal
    said: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The sheet as filled in. A vetoed site fails whatever its points; they are shown for reference."""

    vetoes: tuple[Result, ...]
    deductions: tuple[Result, ...]
    bonuses: tuple[Result, ...]
    full: Decimal
    base: Decimal
    bonus: Decimal
    passing: Decimal

    @property
    def total(self) -> Decimal:
        """What is left of the full marks, and the bonus."""
        return self.base + self.bonus

    @property
    def is_vetoed(self) -> bool:
        """Whether a veto (单项否决) applies."""
        return any(result.state is State.VETOED for result in self.vetoes)

    @property
    def is_passed(self) -> bool:
        """Whether the column passes."""
        return not self.is_vetoed and self.base >= self.passing

    @property
    def verdict(self) -> str:
        """The outcome as it is written on the sheet."""
        if self.is_vetoed:
            return "不合格（单项否决）"
        return "合格" if self.is_passed else f"不合格（低于{number(self.passing)}分）"


def number(points: Decimal) -> str:
    """Points without zeros that say nothing: 5, 0.1, 99.9."""
    return format(points.normalize(), "f")


def score(site: Site, findings: Sequence[Finding], weights: Weights, *, online: bool) -> Sheet:
    """The sheet of a site with these findings; `online` says whether other hosts were asked."""
    vetoes = tuple(
        _veto(site, id_, line, findings, online)
        for id_, line in weights.vetoes.items()
        if line.enabled
    )
    left = list(findings)
    deductions = []
    for id_, line in weights.deductions.items():
        if line.enabled:
            taken, others = list[Finding](), list[Finding]()
            for finding in left:
                (taken if _takes(line, finding, site) else others).append(finding)
            left = others
            deductions.append(_deduction(site, id_, line, taken, online))
    lost = sum((result.points for result in deductions), Decimal(0))
    base = max(Decimal(0), weights.full - lost)
    counts_bonus = base > weights.bonus_from
    bonuses = tuple(
        _bonus(site, id_, line, counts=counts_bonus)
        for id_, line in weights.bonuses.items()
        if line.enabled
    )
    gained = sum((result.points for result in bonuses), Decimal(0))
    is_vetoed = any(result.state is State.VETOED for result in vetoes)
    return Sheet(
        vetoes,
        tuple(deductions),
        bonuses,
        weights.full,
        base,
        Decimal(0) if is_vetoed else min(gained, weights.bonus_limit),
        weights.passing,
    )


def _takes(line: Line, finding: Finding, site: Site) -> bool:
    """Whether a finding belongs to a line."""
    row = BY_NAME.get(finding.rule)
    named = finding.rule in line.rules or REST in line.groups
    if not (named or (row is not None and row.group in line.groups)):
        return False
    if finding.severity.weight < line.severity.weight:
        return False
    if line.kinds:
        column = site.config.column_by_id.get(finding.target or "")
        if column is None or not set(column.kinds) & set(line.kinds):
            return False
    return line.places is None or (line.places == "home") == _is_home(finding.place.path)


def _is_home(path: str) -> bool:
    return path in ("content/index.md", "site.yaml") or path.startswith("templates/")


def _veto(site: Site, id_: str, line: Line, findings: Iterable[Finding], online: bool) -> Result:
    taken = [of_finding(finding) for finding in findings if _takes(line, finding, site)]
    fact = _fact(line, site)
    evidence = (*taken, *(fact.failing if fact and not line.by_hand else ()))
    standard = f"达到{line.at_least}处即否决" if line.at_least > 1 else "有一处即否决"
    if len(evidence) >= line.at_least:
        return _result(id_, line, standard, State.VETOED, _said(line, evidence, fact), evidence)
    return _quiet(id_, line, standard, evidence, fact, online)


def _deduction(site: Site, id_: str, line: Line, taken: Sequence[Finding], online: bool) -> Result:
    fact = _fact(line, site)
    failing = fact.failing if fact and not line.by_hand else ()
    evidence = (*map(of_finding, taken), *failing)
    upper = f"，最多扣{number(line.limit)}分" if line.limit is not None else ""
    standard = f"每处扣{number(line.points)}分{upper}" if line.points else "不扣分"
    lost = line.points * len(evidence)
    lost = min(lost, line.limit) if line.limit is not None else lost
    if lost:
        said = _said(line, evidence, fact)
        return _result(id_, line, standard, State.LOST, said, evidence, lost)
    return _quiet(id_, line, standard, evidence, fact, online)


def _bonus(site: Site, id_: str, line: Line, *, counts: bool) -> Result:
    fact = _fact(line, site)
    standard = f"加{number(line.points)}分"
    if fact is None:
        return _result(id_, line, standard, State.BY_HAND, line.by_hand or "")
    if fact.is_met and counts:
        return _result(id_, line, standard, State.GAINED, fact.said, (), line.points)
    said = fact.said if counts else f"{fact.said}；扣分后不高于加分的界限"
    return _result(id_, line, standard, State.NOT_GAINED, said, fact.failing)


def _fact(line: Line, site: Site) -> Fact | None:
    return MEASURES[line.measure](site) if line.measure else None


def _quiet(
    id_: str,
    line: Line,
    standard: str,
    evidence: tuple[Evidence, ...],
    fact: Fact | None,
    online: bool,
) -> Result:
    """A line that costs nothing: good, for a person to look at, or not looked at."""
    asks = set(line.rules) & ONLINE
    if line.rules and asks == set(line.rules) and not online:
        return _result(id_, line, standard, State.UNASKED, "没有访问外部链接，加 --external 检查")
    if line.by_hand and (fact is None or not fact.is_met):
        facts = (f"{fact.said}。" if fact else "") + line.by_hand
        held = (*evidence, *(fact.failing if fact else ()))
        return _result(id_, line, standard, State.BY_HAND, facts, held)
    partly = "（外部链接没有访问）" if asks and not online else ""
    said = _said(line, evidence, fact) + partly
    return _result(id_, line, standard, State.GOOD, said, evidence)


def _said(line: Line, evidence: Sequence[Evidence], fact: Fact | None) -> str:
    if fact and not (line.rules or line.groups):
        return fact.said
    return f"发现{len(evidence)}处" if evidence else "没有发现问题"


def _result(
    id_: str,
    line: Line,
    standard: str,
    state: State,
    said: str,
    evidence: tuple[Evidence, ...] = (),
    points: Decimal = Decimal(0),
) -> Result:
    return Result(id_, line.title, line.source, standard, state, points, said, evidence)
