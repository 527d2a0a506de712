"""A baseline accepts today's findings and only shrinks."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.baseline import BaselineError, compare, read, without, write
from generator.finding import Finding, Place, Rule, Severity, Text
from tests.command import gongkai
from tests.edits import append
from tests.sites import GOOD_SITE, write_site

RULE = Rule("broken-page", Severity.ERROR, Text("没有{target}", "no {target}"))


def _finding(path: str, line: int, target: str) -> Finding:
    return RULE.at(Place(path, line, 1), target=target)


def test_an_accepted_finding_is_known_without_its_line() -> None:
    accepted = read(write([_finding("a.md", 3, "x.md"), _finding("a.md", 9, "x.md")]))
    found = compare([_finding("a.md", 5, "x.md"), _finding("b.md", 1, "x.md")], accepted)
    assert [finding.place.path for finding in found.new] == ["b.md"]
    assert found.accepted == 1
    assert found.mended == (("broken-page", "a.md", "x.md", ""),)


def test_what_is_mended_is_taken_out_once_for_each_time() -> None:
    accepted = read(write([_finding("a.md", 3, "x.md"), _finding("a.md", 9, "x.md")]))
    left = without(accepted, [("broken-page", "a.md", "x.md", "")])
    assert left == '["broken-page", "a.md", "x.md", ""]\n'


@pytest.mark.parametrize("text", ["x\n", "[1]\n", '{"a": 1}\n', "[[[[\n"])
def test_a_file_that_is_no_baseline_is_said_so(text: str) -> None:
    with pytest.raises(BaselineError, match="line 1 of the baseline cannot be read"):
        read(text)


def test_the_command_accepts_shrinks_and_reports_what_is_new(tmp_path: Path) -> None:
    policy = next(path for path in GOOD_SITE if path.startswith("content/statutory/policy/"))
    write_site(tmp_path, append(policy, "\n[甲文件](no-such.md)\n")(GOOD_SITE))
    file = tmp_path / "baseline.txt"
    words = ("check", "--site", tmp_path, "--today", "2026-11-20", "--baseline", file)

    made = gongkai(*words)
    assert made.code == 0
    assert file.read_text(encoding="utf-8") == (
        f'["broken-page", "{policy}", "no-such.md", "甲文件"]\n'
    )
    assert gongkai(*words).code == 0

    write_site(
        tmp_path, append(policy, "\n[甲文件](no-such.md)\n\n[乙文件](nor-this.md)\n")(GOOD_SITE)
    )
    new = gongkai(*words)
    assert new.code == 1
    assert "nor-this.md" in new.out
    assert "no-such.md" not in new.out

    write_site(tmp_path, GOOD_SITE)
    stale = gongkai(*words)
    assert stale.code == 1
    assert f"基线里的问题已经改正 (mended): broken-page {policy}" in stale.err
    assert gongkai(*words, "--shrink").code == 0
    assert file.read_text(encoding="utf-8") == ""
