"""Report (报告): findings as text, JSON, GitHub annotations, SARIF 2.1.0 and JUnit; pure functions to text."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from generator import __version__
from generator.finding import Finding, Language, Severity, Text
from generator.lines import cells
from generator.regex import regex
from generator.rules import BY_NAME, title

if TYPE_CHECKING:
    from generator.model import Site

SEVERITY_NAMES = {
    Severity.ERROR: {"zh": "错误", "en": "error"},
    Severity.WARNING: {"zh": "警告", "en": "warning"},
    Severity.INFO: {"zh": "提示", "en": "info"},
}


def count(findings: Sequence[Finding], severity: Severity) -> int:
    """How many findings have this severity."""
    return sum(finding.severity is severity for finding in findings)


class Totals(NamedTuple):
    """How many documents (or pages) and links were looked at."""

    documents: int
    links: int


def totals(site: Site) -> Totals:
    """What was looked at in a site; references and attachments are links too."""
    entries = site.entries.values()
    links = sum(e.link_count + len(e.references) + len(e.attachments) for e in entries)
    return Totals(len(site.entries), links)


def text_lines(finding: Finding, language: Language) -> str:
    """One finding as a line `path:line:column: severity rule：message`, and its hint below it."""
    place = finding.place
    where = ":".join(str(part) for part in (_plain(place.path), place.line, place.column) if part)
    severity = SEVERITY_NAMES[finding.severity][language]
    colon = "：" if language == "zh" else ": "
    lines = [f"{where}: {severity} {finding.rule}{colon}{_plain(finding.message.say(language))}"]
    hint = _plain(finding.hint.say(language))
    if hint:
        lines.append(f"    {hint}")
    return "\n".join(lines)


# Signs that would steer a terminal, break a line of the report or turn its direction, or that XML forbids.
_STEERING = regex(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def _plain(words: str) -> str:
    """`words`, which may hold what stands in a foreign file, as they can be shown anywhere."""
    return _STEERING.sub("\ufffd", words)


def excerpt(line: str, column: int) -> str:
    """A source line with a caret below `column` (from 1); a long line is cut around it.

    Before the caret a wide character is matched by a wide space, so that it stands where it should
    in a terminal that gives Chinese characters two cells.
    """
    before = line[: column - 1]
    start = len(before) - _reach(before[::-1], _BEFORE)
    end = start + _reach(line[start:], _SHOWN)
    shown = _plain(line[start:end].rstrip().replace("\t", " "))
    lead = before[start:]
    blank = "".join("\u3000" if cells(sign) > 1 else " " for sign in lead)
    cut = "…" if start else ""
    return f"    | {cut}{shown}\n    | {' ' if cut else ''}{blank}^"


# In columns: with what stands before it, the excerpt goes into a terminal of 80.
_BEFORE, _SHOWN = 32, 70


def _reach(line: str, width: int) -> int:
    """How many signs of `line` fit into `width` columns."""
    for number, taken in enumerate(accumulate(map(cells, line))):
        if taken > width:
            return number
    return len(line)


def summary_line(findings: Sequence[Finding], looked_at: Totals, language: Language) -> str:
    """The last line of a text report: what was looked at and what was found."""
    documents, links = looked_at
    errors, warnings, infos = (
        count(findings, severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
    )
    if language == "en":
        return (
            f"{documents} documents, {links} links: "
            f"{errors} errors, {warnings} warnings, {infos} infos"
        )
    return (
        f"检查了 {documents} 个文件、{links} 个链接："
        f"{errors} 个错误，{warnings} 个警告，{infos} 个提示"
    )


# The same mistake in so many files was copied there: one cause, one finding.
_MANY = 20
_MOST_NAMED = 3


def together(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The same with a link that stands in very many files as one finding, that tells how many."""
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for one in findings:
        groups[one.rule, one.severity, one.target, one.text, one.message].append(one)
    large = [group for group in groups.values() if len({one.place.path for one in group}) >= _MANY]
    if not large:
        return tuple(findings)
    joined: dict[Finding, Finding | None] = {}
    for group in large:
        if group[0].target and BY_NAME[group[0].rule].group in ("断链", "错链"):
            joined |= {**dict.fromkeys(group), group[0]: _counted(group)}
    kept = (joined.get(one, one) for one in findings)
    return tuple(one for one in kept if one is not None)


def _counted(group: Sequence[Finding]) -> Finding:
    first = group[0]
    paths = list(dict.fromkeys(one.place.path for one in group))
    named, more = paths[1 : 1 + _MOST_NAMED], len(paths) > 1 + _MOST_NAMED
    message = Text(
        f"{first.message.zh}（共 {len(paths)} 个文件，另见 {'、'.join(named)}{' 等' if more else ''}）",
        f"{first.message.en} (in {len(paths)} files, also {', '.join(named)}"
        f"{' and others' if more else ''})",
    )
    return replace(first, message=message)


SourceLine = Callable[[str, int], str]


def text(
    findings: Sequence[Finding],
    looked_at: Totals,
    language: Language,
    source_line: SourceLine | None = None,
) -> str:
    """The report for a terminal; `source_line` gives a line of a file, to be shown with a caret."""
    parts: list[str] = []
    for finding in findings:
        place = finding.place
        line = source_line(place.path, place.line) if source_line and place.line else ""
        said = text_lines(finding, language)
        if line.strip() and place.column:
            head, *hint = said.split("\n", 1)
            said = "\n".join([head, excerpt(line, place.column), *hint])
        parts.append(said)
    return "\n".join([*parts, summary_line(findings, looked_at, language)])


def as_json(findings: Sequence[Finding], looked_at: Totals, language: Language) -> str:
    """The report of contract section 4: keys in its order, UTF-8."""
    whole = {
        "tool": "gongkai",
        "version": __version__,
        "summary": {
            "error": count(findings, Severity.ERROR),
            "warning": count(findings, Severity.WARNING),
            "info": count(findings, Severity.INFO),
            "documents": looked_at.documents,
            "links": looked_at.links,
        },
        "findings": [record(finding, language) for finding in findings],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def record(finding: Finding, language: Language) -> dict[str, object]:
    """A finding as JSON tells it."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "target": finding.target,
        "text": finding.text,
        "message": finding.message.say(language),
        "hint": finding.hint.say(language),
        "suggestion": finding.suggestion,
    }


_GITHUB_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def github(findings: Sequence[Finding], looked_at: Totals, language: Language) -> str:
    """Workflow commands that GitHub shows beside the lines of a change."""
    return "\n".join(
        f"::{_GITHUB_LEVELS[finding.severity]} "
        f"file={_github_property(finding.place.path)},line={finding.place.line or 1},"
        f"col={finding.place.column or 1},title={_github_property(finding.rule)}"
        f"::{_github_message(_said(finding, language))}"
        for finding in findings
    )


def _said(finding: Finding, language: Language) -> str:
    sentences = (_plain(finding.message.say(language)), _plain(finding.hint.say(language)))
    return "\n".join(filter(None, sentences))


def _github_message(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(words: str) -> str:
    return _github_message(words).replace(":", "%3A").replace(",", "%2C")


_SARIF_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}


def _short(rule: str) -> Text:
    """What a rule is about, in general: its message is made for one finding."""
    return Text(title(rule), rule.replace("-", " "))


def sarif(findings: Sequence[Finding], looked_at: Totals, language: Language) -> str:
    """SARIF 2.1.0, one run."""
    names = sorted({finding.rule for finding in findings})
    rules = [
        {
            "id": name,
            "shortDescription": {"text": _short(name).say(language)},
        }
        for name in names
    ]
    run = {
        "tool": {"driver": {"name": "gongkai", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, names, language) for finding in findings],
    }
    whole = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _sarif_result(finding: Finding, names: list[str], language: Language) -> dict[str, object]:
    place = finding.place
    region = {"startLine": place.line or 1, "startColumn": place.column or 1}
    return {
        "ruleId": finding.rule,
        "ruleIndex": names.index(finding.rule),
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": _said(finding, language)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(place.path)},
                    "region": region,
                }
            }
        ],
    }


def junit(findings: Sequence[Finding], looked_at: Totals, language: Language) -> str:
    """JUnit XML: one test case a finding, or one that passed when there is none."""
    failures = sum(finding.severity is Severity.ERROR for finding in findings)
    cases = [_junit_case(finding, language) for finding in findings]
    total = max(1, len(cases))
    head = f'<testsuite name="gongkai" tests="{total}" failures="{failures}" errors="0">'
    body = cases or ['  <testcase classname="gongkai" name="check"/>']
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *body, "</testsuite>"])


def _junit_case(finding: Finding, language: Language) -> str:
    # It loads the whole of HTTP, which no other form needs.
    from xml.sax.saxutils import escape, quoteattr  # noqa: PLC0415

    place = finding.place
    name = f"{finding.rule} {_plain(place.path)}:{place.line or 1}:{place.column or 1}"
    words = _said(finding, language)
    start = f"  <testcase classname={quoteattr(finding.rule)} name={quoteattr(name)}>"
    if finding.severity is Severity.ERROR:
        message = quoteattr(_plain(finding.message.say(language)))
        inner = f"    <failure message={message}>{escape(words)}</failure>"
    else:
        inner = f"    <system-out>{escape(words)}</system-out>"
    return "\n".join([start, inner, "  </testcase>"])


Form = Callable[[Sequence[Finding], Totals, Language], str]
FORMS: dict[str, Form] = {
    "text": text,
    "json": as_json,
    "github": github,
    "sarif": sarif,
    "junit": junit,
}
