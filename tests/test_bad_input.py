"""The fifteen everyday mistakes (日常错误): each alone, and all in one run of one site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.command import Said, files_below, on
from tests.documents import NOTICES, notice
from tests.edits import Files
from tests.sites import GOOD_SITE, write_site

OUT = "statutory/notice/2026"
LINKED = notice(
    60, body="办理流程见[窗口说明](window.md)和[收费说明](fees.md)，咨询电话见[指南](/guide/)。"
)


@dataclass(frozen=True)
class Mistake:
    """What an editor did to a good site, and what must come of it.

    `before` is there already when the mistake is made; `files` are changed by it (None: deleted).
    `report` is `path:line:column rule` and the words at fault, which the message quotes; empty for
    what is no mistake. `gone` names addresses that must be there before and not afterwards, `kept`
    those that must be the same.
    """

    files: Mapping[str, str | bytes | None]
    report: tuple[tuple[str, str], ...] = ()
    before: Mapping[str, str | bytes] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


MISTAKES: dict[str, Mistake] = {
    "broken reference in our own form": Mistake(
        {f"{NOTICES}/n01.md": notice(51, body="依据[[海数政规〔2025〕9号]]办理。")},
        (
            (
                f"{NOTICES}/n01.md:9:3 broken-reference",
                "海数政规〔2025〕9号",
            ),
        ),
    ),
    "broken plain address": Mistake(
        {f"{NOTICES}/n02.md": notice(52, body="第一段。\n\n机构见[内设机构](department.md)。")},
        ((f"{NOTICES}/n02.md:11:4 broken-page", "department.md"),),
    ),
    "broken anchor": Mistake(
        {
            f"{NOTICES}/n03.md": notice(
                53, body="见[办法](../../policy/2026/data-sharing.md#第三十条)。"
            )
        },
        (
            (
                f"{NOTICES}/n03.md:9:2 broken-anchor",
                "第三十条",
            ),
        ),
    ),
    "missing attachment": Mistake(
        {f"{NOTICES}/n04.md": notice(54, "附件:\n  - {文件: form.xlsx, 名称: 申请表}")},
        (
            (
                f"{NOTICES}/n04.md:8:10 broken-file",
                "form.xlsx",
            ),
        ),
    ),
    "open quote in the front matter": Mistake(
        {f"{NOTICES}/n05.md": notice(55, '标题: "办事提示')},
        ((f"{NOTICES}/n05.md:2:5 front-matter", "引号没有配对"),),
    ),
    "title: a: b": Mistake(
        {f"{NOTICES}/n06.md": notice(56, without="标题").replace("---\n", "---\ntitle: a: b\n", 1)},
        ((f"{NOTICES}/n06.md:2:9 front-matter", "值里面又出现了“: ”"),),
    ),
    "two documents with one address": Mistake(
        {
            f"{NOTICES}/n07.md": notice(57),
            f"{NOTICES}/n07-again.md": notice(58, f"旧址: [{OUT}/n07.html]"),
        },
        (
            (
                f"{NOTICES}/n07-again.md:7:6 path-collision",
                f"{NOTICES}/n07.md",
            ),
            (
                f"{NOTICES}/n07.md:1:1 path-collision",
                f"{NOTICES}/n07-again.md",
            ),
        ),
    ),
    "source deleted": Mistake(
        {f"{NOTICES}/window.md": None},
        ((f"{NOTICES}/n08.md:9:6 broken-page", "window.md"),),
        before={f"{NOTICES}/n08.md": LINKED, f"{NOTICES}/window.md": notice(59)},
    ),
    "source deleted that nothing links to": Mistake(
        {f"{NOTICES}/n09.md": None},
        before={f"{NOTICES}/n09.md": notice(61)},
        gone=(f"{OUT}/n09.html",),
    ),
    "draft": Mistake(
        {f"{NOTICES}/n10.md": notice(62, "草稿: 是")},
        before={f"{NOTICES}/n10.md": notice(62)},
        gone=(f"{OUT}/n10.html",),
    ),
    "date in the future": Mistake(
        {f"{NOTICES}/n11.md": notice(63, "发布日期: 2026-11-21")},
        before={f"{NOTICES}/n11.md": notice(63)},
        gone=(f"{OUT}/n11.html",),
    ),
    "GBK bytes": Mistake(
        {f"{NOTICES}/n12.md": notice(64).encode("gbk")},
        (
            (
                f"{NOTICES}/n12.md:2:1 front-matter",
                "文件不是 UTF-8 编码（GBK/GB18030）",
            ),
        ),
    ),
    "BOM with CRLF": Mistake(
        {f"{NOTICES}/n13.md": notice(65).replace("\n", "\r\n").encode("utf-8-sig")},
        before={f"{NOTICES}/n13.md": notice(65)},
        kept=(f"{OUT}/n13.html",),
    ),
    "missing required field": Mistake(
        {f"{NOTICES}/n14.md": notice(66, without="审核")},
        (
            (f"{NOTICES}/n14.md:1:1 missing-field", "审核"),
            (f"{NOTICES}/n14.md:1:1 unreviewed", "没有审核记录"),
        ),
    ),
    "missing date": Mistake(
        {f"{NOTICES}/n15.md": notice(67, without="发布日期")},
        ((f"{NOTICES}/n15.md:1:1 missing-field", "发布日期"),),
    ),
    "unknown name in a template": Mistake(
        {"templates/search.html": "<title>检索</title>\n<p>{{ organs.name }}</p>\n"},
        (
            (
                "templates/search.html:2 broken-template",
                "organs",
            ),
        ),
    ),
}


def _judged(said: Said, mistakes: Iterable[Mistake]) -> list[str]:
    """The places found; each message must quote the words at fault."""
    words = dict(report for mistake in mistakes for report in mistake.report)
    for where, finding in zip(said.places, said.json["findings"], strict=True):
        assert words.get(where, "") in finding["message"], finding
    return said.places


def _changed(files: Files, changes: Mapping[str, str | bytes | None]) -> Files:
    changed = {path: content for path, content in files.items() if path not in changes}
    return changed | {path: content for path, content in changes.items() if content is not None}


def _site_before_and_after(folder: Path, *mistakes: Mistake) -> tuple[dict[str, bytes], Said]:
    """The output of the site before the mistakes, and what the build says after them."""
    before = dict(GOOD_SITE)
    for mistake in mistakes:
        before |= mistake.before
    site = write_site(folder / "site", before)
    assert on(site, "build", "--out", folder / "public").code == 0
    old = files_below(folder / "public")
    after: Files = before
    for mistake in mistakes:
        after = _changed(after, mistake.files)
    for path in before.keys() - after.keys():
        (site / path).unlink()
    write_site(site, after)
    return old, on(site, "build", "--out", folder / "public", "--format", "json")


def _is_page(url: str) -> bool:
    """Whether a file is more than a twin of a page, a part of the catalogue or of the search index."""
    return not url.startswith(("catalog/", "search/")) and not url.endswith((".md", ".txt"))


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_alone(name: str, tmp_path: Path) -> None:
    mistake = MISTAKES[name]
    old, said = _site_before_and_after(tmp_path, mistake)
    new = files_below(tmp_path / "public")
    expected = [where for where, _ in mistake.report]
    assert (said.code, _judged(said, [mistake]), said.err) == (int(bool(expected)), expected, "")
    if mistake.report:
        assert new == old
    else:
        assert {url for url in set(old) - set(new) if _is_page(url)} == set(mistake.gone)
        assert [old[url] == new[url] for url in mistake.kept] == [True] * len(mistake.kept)
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["public", "site"]


def test_all_mistakes_in_one_run(tmp_path: Path) -> None:
    old, said = _site_before_and_after(tmp_path, *MISTAKES.values())
    expected = [where for mistake in MISTAKES.values() for where, _ in mistake.report]
    found = _judged(said, MISTAKES.values())
    assert (said.code, sorted(found), said.err) == (1, sorted(expected), "")
    assert files_below(tmp_path / "public") == old


def test_all_mistakes_in_english(tmp_path: Path) -> None:
    """No Chinese but what is quoted from the site."""
    after: Files = dict(GOOD_SITE)
    for mistake in MISTAKES.values():
        after = _changed({**after, **mistake.before}, mistake.files)
    said = on(write_site(tmp_path, after), "check", "--format", "json", "--lang", "en")
    for finding in said.json["findings"]:
        assert not re.search("[一-龥]", _unquoted(finding)), finding


def _unquoted(finding: Mapping[str, Any]) -> str:
    words = f"{finding['message']}\n{finding['hint']}"
    for quoted in filter(None, (finding["target"], finding["text"], finding["suggestion"])):
        words = words.replace(quoted, "")
    return re.sub("“[^”]*”", "", words)


def test_a_column_without_documents_still_has_its_page(tmp_path: Path) -> None:
    empty = {path: text for path, text in GOOD_SITE.items() if "/faq/" not in path}
    site = write_site(tmp_path / "site", empty)
    said = on(site, "build", "--ignore", "empty-column", "--out", tmp_path / "public")
    assert said.code == 0
    page = (tmp_path / "public/statutory/faq/index.html").read_text()
    assert "政策问答" in page
    assert (tmp_path / "public/statutory/faq/feed.xml").is_file()
