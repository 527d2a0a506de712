"""`check --fix` on personal numbers: masked in the Markdown, and shown masked on the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.command import on
from tests.edits import all_of, append, replace
from tests.sites import GOOD_SITE, write_site

NOTICE = "content/statutory/notice/2026/fees.md"
CONSULTATION = "content/statutory/consultation/2026/data-sharing.md"
ID, CARD, PHONE = "110101199003077715", "6222021234567890128", "13812345678"
MASK_ID, MASK_CARD, MASK_PHONE = "110101********7715", "6222***********0128", "138****5678"


def _escaped(mask: str) -> str:
    return mask.replace("*", "\\*")


# What an editor wrote, what stands there afterwards, and what the page shows.
WRITTEN: tuple[tuple[str, str, str], ...] = (
    (f"王先生，{PHONE}。", f"王先生，{MASK_PHONE}。", f"王先生，{MASK_PHONE}。"),
    ("电话138 1234 5678。", f"电话{MASK_PHONE}。", f"电话{MASK_PHONE}。"),
    ("号码110101-19900307-7715。", f"号码{MASK_ID}。", f"号码{MASK_ID}。"),
    (
        "张某，家住海川市望潮区滨江路12号3栋501室。",
        "张某，家住海川市望潮区滨江路。",
        "张某，家住海川市望潮区滨江路。",
    ),
    # Two masks with words between them would be bold.
    (
        f"{PHONE}和13912345678。",
        f"{_escaped(MASK_PHONE)}和{_escaped('139****5678')}。",
        f"{MASK_PHONE}和139****5678。",
    ),
    (
        f"{PHONE}\n和{CARD}。",
        f"{_escaped(MASK_PHONE)}\n和{_escaped(MASK_CARD)}。",
        f"{MASK_PHONE}\n和{MASK_CARD}。",
    ),
    (f"**注意**{ID}。", f"**注意**{_escaped(MASK_ID)}。", f"注意{MASK_ID}。"),
    (
        f"<table><tr><th>电话</th></tr><tr><td>{PHONE}</td></tr><tr><td>{PHONE}</td></tr></table>",
        f"<table><tr><th>电话</th></tr><tr><td>{MASK_PHONE}</td></tr>"
        f"<tr><td>{MASK_PHONE}</td></tr></table>",
        f"电话{MASK_PHONE}{MASK_PHONE}",
    ),
)


def _shown(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


@pytest.mark.parametrize(("written", "mended", "shown"), WRITTEN)
def test_number_is_masked(tmp_path: Path, written: str, mended: str, shown: str) -> None:
    site = write_site(tmp_path / "site", append(NOTICE, written)(GOOD_SITE))
    said = on(site, "check", "--fix", "--fail-on", "warning")
    assert (site / NOTICE).read_text() == str(append(NOTICE, mended)(GOOD_SITE)[NOTICE])
    assert said.code == 0, said.out
    assert on(site, "build", "--out", tmp_path / "out").code == 0
    page = (tmp_path / "out/statutory/notice/2026/fees.html").read_text()
    assert shown.replace("\n", "") in _shown(page).replace("\n", "")


def test_front_matter_is_masked(tmp_path: Path) -> None:
    edit = replace(CONSULTATION, "反馈人: 王先生", f"反馈人: 王某{PHONE}")
    site = write_site(tmp_path, edit(GOOD_SITE))
    assert on(site, "check", "--fix", "--fail-on", "warning").code == 0
    text = str(GOOD_SITE[CONSULTATION]).replace("反馈人: 王先生", f"反馈人: 王某{MASK_PHONE}")
    assert (site / CONSULTATION).read_text() == text


@pytest.mark.parametrize(
    "edit",
    [
        append(NOTICE, f"请[致电](tel:{PHONE})联系。"),
        append(NOTICE, f'请<a href="tel:{PHONE}">致电</a>联系。'),
        replace(CONSULTATION, "咨询方式: 数据资源科，", f"咨询方式: 张某{PHONE}，"),
    ],
)
def test_what_an_editor_must_decide_is_left(tmp_path: Path, edit: object) -> None:
    files = all_of(edit)(GOOD_SITE)  # type: ignore[arg-type]
    site = write_site(tmp_path, files)
    said = on(site, "check", "--fix", "--fail-on", "warning")
    assert (said.code, said.err) == (1, "改正了 0 处，0 个文件\n")
    for path in (NOTICE, CONSULTATION):
        assert (site / path).read_text() == files[path]
