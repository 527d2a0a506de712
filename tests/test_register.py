"""The register of published addresses and index numbers."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.build import examine
from generator.model import Outcome
from generator.register import RegisterError, add, unregistered
from generator.rules import address_gone
from tests.sites import GOOD_SITE, TODAY, write_site
from tests.test_publish import gongkai

FEES = "content/statutory/notice/2026/fees.md"
REGISTERED = """\
annual-report/2024.html\t000014349/2025-00011
annual-report/2025.html\t000014349/2026-00011
guide/index.html\t000014349/2026-00001
institution/release-review.html\t000014349/2025-00002
statutory/consultation/2026/data-sharing.html\t000014349/2026-00006
statutory/event/2026/open-day.html\t000014349/2026-00008
statutory/faq/2026/data-sharing.html\t000014349/2026-00007
statutory/interpretation/2023/data-sharing.html\t000014349/2023-00004
statutory/interpretation/2026/data-sharing.html\t000014349/2026-00004
statutory/notice/2026/departments.html\t000014349/2026-00009
statutory/notice/2026/fees.html\t000014349/2026-00010
statutory/policy/2023/data-sharing.html\t000014349/2023-00003
statutory/policy/2026/data-sharing.html\t000014349/2026-00003
statutory/work-points/2026.html\t000014349/2026-00005
topics/open-data/index.html\t
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", GOOD_SITE)


def examined(site: Path) -> Outcome:
    return examine(site, TODAY)


def test_every_listed_document_is_entered_once(site: Path) -> None:
    assert gongkai(site, "register") == (0, "register.tsv 新增 15 行\n", "")
    assert (site / "register.tsv").read_text(encoding="utf-8") == REGISTERED
    outcome = examined(site)
    assert unregistered(outcome.site) == ()
    assert outcome.findings == ()
    assert gongkai(site, "register", "--lang", "en") == (0, "register.tsv: 0 lines added\n", "")
    assert (site / "register.tsv").read_text(encoding="utf-8") == REGISTERED


def test_lines_are_never_removed(site: Path) -> None:
    add(examined(site).site, site)
    (site / FEES).rename(site / FEES.replace("fees", "charges"))
    assert add(examined(site).site, site) == 1
    lines = (site / "register.tsv").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(
        [*REGISTERED.splitlines(), "statutory/notice/2026/charges.html\t000014349/2026-00010"]
    )


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.gov.cn", *words],
        cwd=folder,
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
    )
    return done.stdout


@pytest.mark.skipif(
    shutil.which("git") is None and "CI" not in os.environ, reason="git is not installed"
)
def test_two_branches_that_register_merge_without_a_conflict(site: Path) -> None:
    (site / ".gitattributes").write_text("*.docx binary", encoding="utf-8")
    add(examined(site).site, site)
    assert (site / ".gitattributes").read_text(encoding="utf-8") == (
        "*.docx binary\nregister.tsv merge=union\n"
    )
    _git(site, "init", "--quiet", "--initial-branch=main")
    _git(site, "add", "--all")
    _git(site, "commit", "--quiet", "--message=first")
    text = (site / FEES).read_text(encoding="utf-8")
    for branch, number in (("a", "00021"), ("b", "00022")):
        _git(site, "checkout", "--quiet", "-b", branch, "main")
        new = site / FEES.replace("fees", f"fees-{branch}")
        new.write_text(text.replace("00010", number).replace("情况", branch), encoding="utf-8")
        assert add(examined(site).site, site) == 1
        _git(site, "add", "--all")
        _git(site, "commit", "--quiet", f"--message={branch}")
    _git(site, "merge", "--quiet", "--message=merge", "a")
    kept = (site / "register.tsv").read_text(encoding="utf-8").splitlines()
    assert sorted(kept) == sorted(
        [
            *REGISTERED.splitlines(),
            "statutory/notice/2026/fees-a.html\t000014349/2026-00021",
            "statutory/notice/2026/fees-b.html\t000014349/2026-00022",
        ]
    )
    outcome = examined(site)
    assert unregistered(outcome.site) == ()
    assert {finding.rule for finding in outcome.findings} <= {"duplicate-document"}


def test_a_number_never_returns(site: Path) -> None:
    add(examined(site).site, site)
    text = (site / FEES).read_text(encoding="utf-8")
    (site / FEES).unlink()
    said = gongkai(site, "new", "notice", "--title", "新的通知", "--today", TODAY.isoformat())
    assert said[0] == 0
    new = (site / said[1].strip()).read_text(encoding="utf-8")
    assert "索引号: 000014349/2026-00012" in new
    (site / FEES.replace("fees", "charges")).write_text(text, encoding="utf-8")
    found = examined(site).findings
    assert {finding.rule for finding in found} >= {"address-gone", "index-number-changed"}


def test_what_drafts_and_future_documents_will_have_is_not_entered(site: Path) -> None:
    text = (site / FEES).read_text(encoding="utf-8")
    (site / FEES).write_text(text.replace("法定事项: 8", "草稿: 是"), encoding="utf-8")
    assert "statutory/notice/2026/fees.html" not in dict(unregistered(examined(site).site))


def test_register_remembers_what_is_gone(site: Path) -> None:
    add(examined(site).site, site)
    (site / FEES).unlink()
    found = address_gone.find(examined(site).site)
    assert [(f.rule, f.place.path, f.place.line, f.target) for f in found] == [
        ("address-gone", "register.tsv", 11, "statutory/notice/2026/fees.html")
    ]


def test_site_with_errors_is_not_entered(site: Path) -> None:
    text = (site / FEES).read_text(encoding="utf-8")
    (site / FEES).write_text(text.replace("标题:", "标 题:"), encoding="utf-8")
    code, out, err = gongkai(site, "register")
    assert (code, err) == (1, "")
    assert f"{FEES}:2:1: 错误 front-matter" in out
    assert not (site / "register.tsv").exists()


def test_register_with_a_conflict_is_left_alone(site: Path) -> None:
    conflict = "<<<<<<< HEAD\na.html\t1\n=======\nb.html\t2\n>>>>>>> other\n"
    outcome = examined(site)
    (site / "register.tsv").write_text(conflict, encoding="utf-8")
    with pytest.raises(RegisterError) as refused:
        add(outcome.site, site)
    assert refused.value.sentence.zh == (
        "register.tsv 里有没有解决的 git 合并冲突。保留两边的行，删去冲突标记，再运行一次"
    )
    assert (site / "register.tsv").read_text(encoding="utf-8") == conflict


def test_register_that_cannot_be_written(site: Path) -> None:
    outcome = examined(site)
    (site / "register.tsv").mkdir()
    with pytest.raises(RegisterError) as refused:
        add(outcome.site, site)
    assert refused.value.sentence.zh == f"无法写入 {site}/register.tsv：Is a directory"
