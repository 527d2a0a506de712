"""The rectification ledger (整改台账): each problem with its page, advice, unit and state, against an earlier one."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from generator import address
from generator.finding import Finding, Severity
from generator.model import Document, Site
from generator.rules import BY_NAME, ONLINE

SourceLine = Callable[[str, int], str]
_LONGEST = 80
_GATE = "公开审查"
# The mark itself harms nobody; the text around it may.
_SHOWN_OF_THE_GATE = frozenset({"secrecy-mark", "unreviewed", "not-for-disclosure"})


class State(StrEnum):
    """How far a problem has come (整改状态)."""

    NEW = "待整改"
    OPEN = "整改中"
    MENDED = "已整改"
    WAIVED = "已豁免"
    UNSEEN = "未复查"


OPEN_STATES = frozenset({State.NEW, State.OPEN, State.UNSEEN})


@dataclass(frozen=True)
class Row:
    """A problem in the ledger; `found` and `closed` are the days of the audits that said so.

    `key` knows it again in a later audit, wherever its line has moved to.
    """

    key: str
    rule: str
    kind: str
    severity: Severity
    path: str
    line: int | None
    column: int | None
    page: str
    url: str
    target: str | None
    text: str
    problem: str
    advice: str
    unit: str
    state: State
    found: date
    closed: date | None = None

    @property
    def where(self) -> str:
        """The place in the source, `path:line:column`."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


@dataclass(frozen=True)
class Earlier:
    """What an earlier audit said: its day, its points and its ledger."""

    day: date
    base: Decimal
    bonus: Decimal
    verdict: str
    rows: tuple[Row, ...]


def rows(site: Site, findings: Sequence[Finding], source_line: SourceLine) -> tuple[Row, ...]:
    """The problems of today, all of them new; what is only information is left out."""
    return tuple(
        _row(site, finding, source_line)
        for finding in findings
        if finding.severity.weight >= Severity.WARNING.weight
    )


def _row(site: Site, finding: Finding, source_line: SourceLine) -> Row:
    place = finding.place
    known = BY_NAME.get(finding.rule)
    kind = known.group if known else "其他"
    entry = site.entries.get(place.path)
    asset = site.all_assets.get(place.path)
    url = asset.url if asset else ""
    if entry and entry.document.withheld is None:
        url = entry.url
    text = _original(finding, kind, source_line)
    return Row(
        key=_key(finding, text),
        rule=finding.rule,
        kind=kind,
        severity=finding.severity,
        path=place.path,
        line=place.line,
        column=place.column,
        page=entry.document.title if entry else _page(place.path),
        url=address.absolute(site.config.base_url, url) if url else "",
        target=finding.target,
        text=text,
        problem=finding.message.zh,
        advice=_advice(finding),
        unit=_unit(site, entry.document if entry else None, finding),
        state=State.NEW,
        found=site.today,
    )


def _page(path: str) -> str:
    if path == "site.yaml":
        return "全站（站点设置）"
    return "全站（网页模板）" if path.startswith("templates/") else path.rsplit("/", 1)[-1]


def _original(finding: Finding, kind: str, source_line: SourceLine) -> str:
    """The words in question. Ledgers are passed on: of personal data only the masked form is given."""
    if kind == _GATE and finding.rule not in _SHOWN_OF_THE_GATE:
        return finding.suggestion or "（涉及个人信息，此处不录）"
    if finding.text or finding.target:
        return _short(finding.text or finding.target or "")
    place = finding.place
    if place.line and place.path != "site.yaml" and kind != _GATE:
        return _short(source_line(place.path, place.line))
    return ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _advice(finding: Finding) -> str:
    said = finding.hint.zh
    if finding.suggestion and finding.suggestion not in said:
        said = f"{said}（改为：{finding.suggestion}）" if said else f"改为：{finding.suggestion}"
    return said


def _unit(site: Site, document: Document | None, finding: Finding) -> str:
    """Who answers for it: the unit of the nearest column, else the organ itself."""
    units, organ = site.config.audit.units, site.config.organ
    column = document.column if document else ""
    if not column and finding.target in site.config.column_by_id:
        column = finding.target or ""
    while column:
        if column in units:
            return units[column]
        column = column.rpartition("/")[0]
    return organ.short_name or organ.name


def _key(finding: Finding, text: str) -> str:
    """Rule, file and words, not the line; numbers in a message, such as days past, may change."""
    words = text if finding.text or finding.target else re.sub(r"\d+", "0", finding.message.zh)
    parts = (finding.rule, finding.place.path, finding.target or "", words)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def followed(
    site: Site, today: Sequence[Row], earlier: Iterable[Row], *, online: bool
) -> tuple[Row, ...]:
    """The ledger of today with what an earlier one held: what stays, what was mended since, what is new."""
    held: dict[str, list[Row]] = defaultdict(list)
    closed = []
    for row in earlier:
        if row.state in OPEN_STATES:
            held[row.key].append(row)
        else:
            closed.append(row)
    followed_rows = []
    for row in today:
        known = held[row.key].pop(0) if held[row.key] else None
        followed_rows.append(replace(row, state=State.OPEN, found=known.found) if known else row)
    gone = [_gone(site, row, online=online) for left in held.values() for row in left]
    whole = (*followed_rows, *gone, *closed)
    return tuple(
        sorted(whole, key=lambda row: (row.path, row.line or 0, row.column or 0, row.rule))
    )


def _gone(site: Site, row: Row, *, online: bool) -> Row:
    """A problem that is no longer reported: mended, unless nobody looked or it was waived."""
    is_off = site.config.rules.get(row.rule) in (Severity.OFF, Severity.INFO)
    if is_off or row.rule not in BY_NAME or (row.rule in ONLINE and not online):
        return replace(row, state=State.UNSEEN)
    state = State.WAIVED if _is_waived(site, row) else State.MENDED
    return replace(row, state=state, closed=site.today)


def _is_waived(site: Site, row: Row) -> bool:
    entry = site.entries.get(row.path)
    own = entry.document.meta.waive if entry else ()
    return any(w.rule == row.rule and w.until >= site.today for w in own) or any(
        w.rule == row.rule
        and w.until >= site.today
        and w.path in (None, row.path)
        and w.target in (None, row.target)
        for w in site.config.waivers
    )
