"""The links of a site: where findings stand, which rule each answer breaks, waivers, and settings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.build import SiteError, examine
from generator.finding import Finding, Selection
from generator.model import Site
from generator.report import text_lines
from generator.rules import ONLINE
from tests.edits import Edit, all_of, append, put, replace
from tests.network.fetched import network
from tests.sites import GOOD_SITE, TODAY, write_site

_NOTICE = "content/statutory/notice/2026/fees.md"
_POLICY = "content/statutory/policy/2026/data-sharing.md"
_URL = "https://tjj.haichuan.example/nj/2024.html"
_LINK = append(_NOTICE, f"见[《海川统计年鉴》]({_URL})。")
_ANSWERS = {
    "broken-external": "{status: 404}",
    "unverified-external": "{status: 403}",
    "redirected-home": "{final: 'https://tjj.haichuan.example/', title: 海川市统计局, length: 900}",
    "redirected-domain": "{final: 'https://www.other.example/a.html', title: 年鉴, length: 900}",
    "soft-404": "{title: 页面不存在, text: 很抱歉}",
    "hijacked-site": "{title: 澳门新葡京娱乐城, text: 注册送彩金}",
}


def _findings(
    folder: Path, edit: Edit, answers: str | None = None, **more: object
) -> tuple[Finding, ...]:
    asked = None if answers is None else network(answers)
    site = write_site(folder, edit(GOOD_SITE))
    return examine(site, TODAY, network=asked, **more).findings  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", sorted(ONLINE))
def test_an_answer_breaks_exactly_its_rule(rule: str, tmp_path: Path) -> None:
    findings = _findings(tmp_path, _LINK, f"{_URL}: {_ANSWERS[rule]}")
    assert [(finding.rule, finding.target) for finding in findings] == [(rule, _URL)]


def test_without_a_network_nothing_is_said(tmp_path: Path) -> None:
    assert _findings(tmp_path, _LINK) == ()


def test_good_answers_break_nothing(tmp_path: Path) -> None:
    assert _findings(tmp_path, _LINK, "") == ()


def test_every_place_has_its_finding(tmp_path: Path) -> None:
    edit = all_of(
        append(_NOTICE, f"见[《海川统计年鉴》]({_URL})和[年鉴]({_URL})。"),
        append(_POLICY, f"见[[{_URL}|年鉴]]。"),
        replace(_NOTICE, "公开属性", f"相关: {_URL}\n公开属性"),
    )
    findings = _findings(tmp_path, edit, f"{_URL}: {{status: 404}}")
    assert [(f.place.path, f.place.column, f.text) for f in findings] == [
        (_NOTICE, 5, None),
        (_NOTICE, 2, "《海川统计年鉴》"),
        (_NOTICE, 56, "年鉴"),
        (_POLICY, 2, "年鉴"),
    ]


def test_the_report(tmp_path: Path) -> None:
    findings = _findings(tmp_path, _LINK, f"{_URL}: {{status: 410}}")
    line = (tmp_path / _NOTICE).read_text(encoding="utf-8").split("\n").index(
        f"见[《海川统计年鉴》]({_URL})。"
    ) + 1
    assert [text_lines(finding, "zh") for finding in findings] == [
        f"{_NOTICE}:{line}:2: 错误 broken-external：外部链接打不开（410，网页已经删除）：{_URL}\n"
        "    用浏览器打开核对；网页确已撤走的，改链到新的网址，或删去链接"
    ]


def test_asks_only_what_is_published_and_only_the_web(tmp_path: Path) -> None:
    asked: list[str] = []

    def ask(site: Site) -> Iterable[Finding]:
        answers = network("")
        found = list(answers(site))
        asked.extend(
            link.url
            for entry in site.entries.values()
            for link in entry.links
            if link.url.startswith("http")
        )
        return found

    edit = all_of(_LINK, append(_NOTICE, "[信箱](mailto:a@example.gov.cn)"))
    assert examine(write_site(tmp_path, edit(GOOD_SITE)), TODAY, network=ask).findings == ()
    assert asked == [_URL]


def test_nobody_is_asked_for_rules_that_do_not_count(tmp_path: Path) -> None:
    def never(site: Site) -> Iterable[Finding]:
        raise AssertionError("asked")

    selection = Selection(select=frozenset({"broken-page"}))
    folder = write_site(tmp_path, _LINK(GOOD_SITE))
    assert examine(folder, TODAY, network=never, selection=selection).findings == ()


def _waived(rule: str = "broken-external", more: str = "") -> Edit:
    waiver = f"{{rule: {rule}, reason: 对方正在修复, by: 周望舒, until: 2026-12-31{more}}}"
    return all_of(_LINK, append("site.yaml", f"waivers:\n  - {waiver}"))


def test_a_waiver_covers_an_answer(tmp_path: Path) -> None:
    edit = _waived(more=f", path: {_NOTICE}, target: '{_URL}'")
    assert _findings(tmp_path, edit, f"{_URL}: {{status: 404}}") == ()


def test_a_waiver_is_not_unused_while_nobody_was_asked(tmp_path: Path) -> None:
    assert _findings(tmp_path, _waived()) == ()


def test_a_waiver_is_unused_when_all_is_well(tmp_path: Path) -> None:
    assert [finding.rule for finding in _findings(tmp_path, _waived(), "")] == ["unused-waiver"]


def test_severity_is_a_setting(tmp_path: Path) -> None:
    edit = all_of(_LINK, append("site.yaml", "rules: {soft-404: error, broken-external: off}"))
    assert _findings(tmp_path / "a", edit, f"{_URL}: {{status: 404}}") == ()
    found = _findings(tmp_path / "b", edit, f"{_URL}: {_ANSWERS['soft-404']}")
    assert [(finding.rule, finding.severity) for finding in found] == [("soft-404", "error")]


def test_hosts_of_one_organ_may_send_on_to_each_other(tmp_path: Path) -> None:
    organ = "海川市统计局, hosts: [tjj.haichuan.example, www.other.example]"
    edit = all_of(_LINK, replace("site.yaml", "organs:\n", f"organs:\n  - {{name: {organ}}}\n"))
    assert _findings(tmp_path, edit, f"{_URL}: {_ANSWERS['redirected-domain']}") == ()


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("{delay: soon}", "“delay”应当是秒数：soon，写 1、0.5 这样的数"),
        ("{concurrency: 3}", "“concurrency”太大：3，写不大于 2 的数"),
        ("{deadline: 0}", "“deadline”太小：0"),
        ("{alow: [a.example]}", "未知的键“alow”，是不是“allow”？"),
    ],
)
def test_mistakes_in_settings(written: str, sentence: str, tmp_path: Path) -> None:
    site = put("site.yaml", f"{GOOD_SITE['site.yaml']!s}external: {written}\n")(GOOD_SITE)
    with pytest.raises(SiteError) as told:
        examine(write_site(tmp_path, site), TODAY)
    assert sentence in told.value.sentences[0].zh


def test_settings(tmp_path: Path) -> None:
    text = (
        "external: {allow: [a.example], block: [b.example], delay: 0.5, deadline: 5, "
        "run_deadline: 60, confirm_after: 7200}"
    )
    outcome = examine(write_site(tmp_path, append("site.yaml", text)(GOOD_SITE)), TODAY)
    assert outcome.site.config.external.model_dump() == {
        "allow": ("a.example",),
        "block": ("b.example",),
        "delay": 0.5,
        "deadline": 5.0,
        "run_deadline": 60.0,
        "concurrency": 2,
        "confirm_after": 7200.0,
    }
