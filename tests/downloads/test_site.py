"""Downloads in the output (下载文件): made, linked, counted, and only of what the public may read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import examine
from generator.model import Outcome
from tests.downloads.papers import needs_fonts
from tests.sites import GOOD_SITE, TODAY, write_site

SETTINGS = str(GOOD_SITE["site.yaml"])
POLICY = "statutory/policy/2026/data-sharing"
NOTICE = "content/statutory/notice/2026/fees.md"


def build(folder: Path, asked: str, **files: str | bytes) -> Outcome:
    settings = {"site.yaml": f"{SETTINGS}{asked}\n"} if asked else {}
    return examine(write_site(folder, {**GOOD_SITE, **settings, **files}), TODAY)


def made(outcome: Outcome) -> list[str]:
    return sorted(page.url for page in outcome.pages if page.url.endswith((".pdf", ".docx")))


def content(outcome: Outcome, url: str) -> str:
    return next(page.content for page in outcome.pages if page.url == url).decode()


def test_none_unless_asked_for(tmp_path: Path) -> None:
    assert made(build(tmp_path, "")) == []


@needs_fonts
def test_every_policy_and_report_and_a_book(tmp_path: Path) -> None:
    outcome = build(tmp_path, "downloads: {books: [institution]}")
    stems = [
        "annual-report/2024",
        "annual-report/2025",
        "statutory/policy/2023/data-sharing",
        POLICY,
    ]
    wanted = [f"{stem}{end}" for stem in stems for end in (".docx", ".pdf")]
    assert made(outcome) == sorted([*wanted, "institution/book.pdf"])
    assert outcome.findings == ()
    page = content(outcome, f"{POLICY}.html")
    assert '<a href="data-sharing.pdf" download>PDF</a>' in page
    assert '<a href="data-sharing.docx" download>Word</a>' in page
    assert '<a href="book.pdf" download>政府信息公开制度汇编</a>' in content(
        outcome, "institution/index.html"
    )


@needs_fonts
def test_two_builds_are_equal_with_any_number_of_processes(tmp_path: Path) -> None:
    files = {**GOOD_SITE, "site.yaml": f"{SETTINGS}downloads: {{kinds: [政策文件, notice, faq]}}\n"}
    site = write_site(tmp_path, files)
    one, two = (examine(site, TODAY, jobs=jobs) for jobs in (1, 2))
    assert len(made(one)) == 10
    assert one.pages == two.pages


@needs_fonts
@pytest.mark.parametrize(
    "edit",
    [
        ("公开属性: 主动公开", "公开属性: 依申请公开"),
        ("公开属性: 主动公开", "公开属性: 主动公开\n草稿: 是"),
        ("发布日期: 2026-04-02", "发布日期: 2027-04-02"),
        ("公开属性: 主动公开", "公开属性: 主动公开\n撤下: {日期: 2026-05-01, 原因: 内容有误}"),
    ],
)
def test_only_of_what_the_public_may_read(tmp_path: Path, edit: tuple[str, str]) -> None:
    text = str(GOOD_SITE[NOTICE])
    assert edit[0] in text
    outcome = build(tmp_path, "downloads: {kinds: [notice]}", **{NOTICE: text.replace(*edit)})
    stem = "statutory/notice/2026/departments"
    assert made(outcome) == [f"{stem}.docx", f"{stem}.pdf"]


@needs_fonts
def test_a_file_of_the_editors_own_stays(tmp_path: Path) -> None:
    own = "content/statutory/notice/2026/fees.pdf"
    outcome = build(tmp_path, "downloads: {kinds: [notice]}", **{own: b"%PDF-1.4\n%%EOF\n"})
    page = next(page for page in outcome.pages if page.url == own.removeprefix("content/"))
    assert (page.copy_of, page.content) == (own, b"")
    assert "fees.pdf" not in content(outcome, "statutory/notice/2026/fees.html")


@needs_fonts
def test_a_missing_sign_is_found_once_and_the_file_is_there(tmp_path: Path) -> None:
    text = str(GOOD_SITE[NOTICE]) + "\n办公地点在𪚥家巷。\n"
    outcome = build(tmp_path, "downloads: {kinds: [notice]}", **{NOTICE: text})
    assert [(f.rule, f.place.path) for f in outcome.findings] == [("missing-glyph", NOTICE)]
    assert "statutory/notice/2026/fees.pdf" in made(outcome)


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    site = write_site(tmp_path, {**GOOD_SITE, "site.yaml": f"{SETTINGS}downloads: {{}}\n"})
    program = (
        "import sys; sys.modules['typst'] = None;from generator.cli import run; run(sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "build", "--site", site, "--today", "2026-11-20"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.split("\n")[0] == (
        "gongkai: site.yaml 要生成下载文件（downloads），还需要 typst：pip install 'gongkai[downloads]'"
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("downloads: {kinds: [公文]}", "公文"),
        ("downloads: {font: x}", "font"),
        ("downloads: {fonts: {song: [x]}}", "song"),
    ],
)
def test_wrong_settings_are_said(tmp_path: Path, asked: str, said: str) -> None:
    from generator.build import SiteError  # noqa: PLC0415

    with pytest.raises(SiteError, match=said):
        build(tmp_path, asked)
