"""Every rule: its place in the contract, its page run as a test, and its mutations."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator import html_links
from generator.build import examine
from generator.finding import Finding, Severity
from generator.report import text_lines
from generator.rules import BY_NAME, HTML_HOST, ONLINE, TABLE, page
from tests.edits import Edit, Files
from tests.mutations import MUTATIONS
from tests.network.fetched import network
from tests.rule_pages import Example, examples, title
from tests.sites import GOOD_SITE, TODAY, write_site

# Section 5 of the contract, word for word: names, severities, groups and their order.
CONTRACT = """
断链: broken-page E, broken-anchor E, broken-file E, broken-reference E, empty-link E,
 malformed-url E, wrong-case E, duplicate-id W, lost-link E,
 broken-external E, unverified-external I
错链: wrong-year E, wrong-period E, wrong-number E, wrong-issuer E, wrong-kind E, wrong-title W,
 wrong-level E, wrong-attachment E, bad-attachment E, internal-host E, bare-ip E,
 repealed-target W, unpublished-target E, legacy-host E, temporary-url E, redirector-url E,
 self-link W, conflicting-links W, hidden-link E, mixed-content W, third-party-asset E, foreign-canonical W,
 redirected-home W, redirected-domain W, soft-404 W, hijacked-site E
内容混杂: misfiled-kind E, misfiled-normative E, duplicate-document W, metadata-mismatch W
栏目: missing-subcolumn E, empty-column E, stale-column W, guide-fields E, guide-stale W,
 footer-marks E, uncovered-item W
文件: front-matter E, missing-field E, document-number-format W, duplicate-document-number W,
 index-number-format W, duplicate-index-number E, index-number-changed E, date-order E,
 late-publication W, expired-status E, wrong-term W, undeclared-repeal W, undeclared-attachment E, scrape-residue W,
 numbering-gap W, markup-trap W, wording W, bad-wordlist E, path-collision E, address-gone W, unsafe-file E,
 broken-template E, missing-glyph W, wrong-encoding E
政策解读: missing-interpretation W, late-interpretation W, wrong-interpretation E,
 thin-interpretation W, copied-interpretation W
年度报告: report-sections E, report-cells E, report-balance E, report-result-sum E,
 report-row-sum E, report-group-sum E, report-carry-over W, report-stock W, report-text W,
 report-period E, report-old-form E, report-overdue W, report-gap W, report-copied W
工作要点: task-incomplete W, task-overdue W, late-work-points W, unreported-work-points W
互动回应: short-consultation W, missing-feedback W, late-answer W
公开审查: not-for-disclosure E, unreviewed E, secrecy-mark E, personal-id E, bank-card E,
 personal-phone W, home-address W, embedded-metadata W
无障碍: missing-alt E, heading-order W, table-header W, vague-link-text W
豁免: expired-waiver E, unused-waiver W
"""
SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}
RULES = [row.rule.name for row in TABLE]
IN_HTML = frozenset(row.rule.name for row in TABLE if row.is_html)


def _promised() -> list[tuple[str, Severity, str]]:
    """Name, severity and group of every rule of the contract, in its order."""
    promised = []
    for line in re.sub(r"\n ", " ", CONTRACT).strip().split("\n"):
        group, _, rules = line.partition(": ")
        for rule in rules.split(", "):
            name, _, letter = rule.partition(" ")
            promised.append((name, SEVERITIES[letter], group))
    return promised


def _findings(files: Files, fetched: str | None = None) -> tuple[Finding, ...]:
    answers = None if fetched is None else network(fetched)
    with TemporaryDirectory() as folder:
        return examine(write_site(Path(folder), files), TODAY, network=answers).findings


def _findings_in_html(files: Files) -> tuple[Finding, ...]:
    with TemporaryDirectory() as folder:
        write_site(Path(folder), files)
        return html_links.check(Path(folder), html_links.origin_of(HTML_HOST)).findings


@cache
def _examples(rule: str) -> tuple[Example, ...]:
    try:
        return tuple(examples(page(rule)))
    except FileNotFoundError:
        # `test_page_explains_and_shows` says so; the other rules are still tested.
        return ()


def _all_examples() -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule}-{example.heading}")
        for rule in RULES
        for example in _examples(rule)
    ]


def _all_mutations() -> list[object]:
    return [
        pytest.param(rule, edit, id=f"{rule}-{number}")
        for rule, edits in MUTATIONS.items()
        for number, edit in enumerate(edits, 1)
    ]


def test_good_site_has_no_finding() -> None:
    assert [text_lines(finding, "zh") for finding in _findings(GOOD_SITE)] == []


def test_table_keeps_the_contract() -> None:
    known = set(RULES)
    assert [row.name for row in TABLE] == RULES
    assert [(row.rule.name, row.rule.severity, row.group) for row in TABLE] == [
        promise for promise in _promised() if promise[0] in known
    ]


def test_every_module_with_a_rule_is_in_the_table() -> None:
    folder = Path(__file__).parents[1] / "generator" / "rules"
    modules = {
        path.stem.replace("_", "-")
        for path in folder.glob("*.py")
        if re.search(r"^RULE = ", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    pages = {path.stem.replace("_", "-") for path in folder.glob("*.md")}
    assert modules == set(RULES)
    assert pages == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_rule_speaks_both_languages(rule: str) -> None:
    sentences = BY_NAME[rule].rule
    assert re.search("[一-龥]", sentences.message.zh) or "{" in sentences.message.zh
    assert not re.search("[一-龥]", sentences.message.en)
    assert bool(sentences.hint.zh) == bool(sentences.hint.en)


@pytest.mark.parametrize("rule", RULES)
def test_page_explains_and_shows(rule: str) -> None:
    assert re.fullmatch(rf"{rule}：.+", title(page(rule)))
    assert {example.is_good for example in _examples(rule)} == {True, False}


@pytest.mark.parametrize(("rule", "example"), _all_examples())
def test_page_is_true(rule: str, example: Example) -> None:
    if rule in IN_HTML:
        findings = _findings_in_html(example.files)
    else:
        findings = _findings({**GOOD_SITE, **example.files}, example.fetched)
    said = [text_lines(finding, "zh") for finding in findings if finding.rule == rule]
    assert "\n".join(said) == ("" if example.is_good else example.report)
    assert said or example.is_good


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in ONLINE])
def test_rule_has_a_mutation(rule: str) -> None:
    assert MUTATIONS.get(rule), f"write an edit that raises {rule} and nothing else"


@pytest.mark.parametrize(("rule", "edit"), _all_mutations())
def test_mutation_raises_exactly_its_rule(rule: str, edit: Edit) -> None:
    assert {finding.rule for finding in _findings(edit(GOOD_SITE))} == {rule}
