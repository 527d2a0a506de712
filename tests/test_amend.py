"""Amendments: a site whose bodies were written again is what a build from nothing makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import amend, stirred
from generator.build import Known, known
from generator.finding import Finding
from generator.model import Document, Entry, Site, Source
from generator.rebuild import amended
from generator.rules import TABLE
from tests.edits import Edit, Files
from tests.mutations import MUTATIONS
from tests.sites import GOOD_SITE, TODAY, write_site

_DOCUMENTS = sorted(
    path for path, text in GOOD_SITE.items() if path.endswith(".md") and isinstance(text, str)
)
_POLICY = next(path for path in _DOCUMENTS if "/policy/" in path and "index" not in path)
# What editors write into a body, right and wrong.
_PIECES = (
    "本办法由市数据局负责解释。",
    "见[公开指南](/guide/index.md)和[没有的网页](/no/such.md)。",
    "见[文本副本](/statutory/policy/2026/data-sharing.txt)、[旧址](/old/jgsz.html)。",
    "见[目录](/catalog.html#none)、[附件](missing.pdf)。",
    "联系人：林知秋，身份证号11010519491231002X，手机13800138000。",
    "按照海府办发〔2024〕16号办理，《关于没有这个文件的通知》已经废止。",
    "| 甲 | 乙 |\n| --- | --- |\n| 1 | [查看](#top) |",
    '<script>alert(1)</script><div id="main">另一处</div>',
    "![](picture.png)\n\n点击[这里](https://www.example.com/a.html)",
    "您当前的位置：首页",
)


def _taken_apart(text: str) -> tuple[str, list[str]]:
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    return f"---\n{head}\n---\n", body.split("\n\n")


@st.composite
def _edits(draw: st.DrawFn) -> dict[str, str]:
    """One to three documents with paragraphs added, repeated, moved or left out."""
    changed = {}
    for path in draw(st.lists(st.sampled_from(_DOCUMENTS), min_size=1, max_size=3, unique=True)):
        head, paragraphs = _taken_apart(str(GOOD_SITE[path]))
        for _ in range(draw(st.integers(1, 3))):
            place = draw(st.integers(0, len(paragraphs)))
            deed = draw(st.sampled_from(("add", "add", "drop", "repeat")))
            if deed == "add":
                paragraphs.insert(place, draw(st.sampled_from(_PIECES)))
            elif deed == "drop" and place < len(paragraphs):
                del paragraphs[place]
            elif place < len(paragraphs):
                paragraphs.insert(0, paragraphs[place])
        changed[path] = head + "\n\n".join(paragraphs)
    return changed


def _pages(site: Known) -> dict[str, bytes]:
    return {page.url: page.content for page in site.outcome.pages}


_STARTS = (
    GOOD_SITE,
    # Findings that no rule makes again must stay.
    {**GOOD_SITE, _POLICY: str(GOOD_SITE[_POLICY]).replace("发布日期: ", "发布日期: 某日 ")},
    {
        **GOOD_SITE,
        "site.yaml": str(GOOD_SITE["site.yaml"])
        + "rules: {wording: error, personal-id: warning}\n"
        + "waivers: [{rule: personal-id, path: content/annual-report/2024.md, reason: 试, by: 林知秋,\n"
        + "  until: 2027-01-01}]\n",
    },
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(_STARTS), _edits(), _edits())
def test_an_amendment_is_a_build_from_nothing(
    start: Files, first: dict[str, str], second: dict[str, str]
) -> None:
    """Two edits one after the other, so that the second starts from what the first came to."""
    with TemporaryDirectory() as name:
        folder = write_site(Path(name), start)
        before = known(folder, TODAY)
        desk = amend.desk(before.site)
        for edit in (first, second):
            for path, text in edit.items():
                (folder / path).write_text(text, encoding="utf-8")
            fresh = known(folder, TODAY)
            made = amended(before, desk, edit)
            if made is None:
                before = fresh
                desk = amend.desk(before.site)
                continue
            assert made.outcome.findings == fresh.outcome.findings
            assert _pages(made) == _pages(fresh)
            assert made.site.entries == fresh.site.entries
            before = made


@pytest.mark.parametrize("path", [path for path in _DOCUMENTS if not path.endswith("index.md")])
def test_a_sentence_more_is_an_amendment(tmp_path: Path, path: str) -> None:
    folder = write_site(tmp_path, GOOD_SITE)
    before = known(folder, TODAY)
    with (folder / path).open("a", encoding="utf-8") as file:
        file.write("\n\n本文件由市数据局负责解释。\n")
    made = amended(before, amend.desk(before.site), [path])
    assert made is not None
    assert made.outcome.findings == known(folder, TODAY).outcome.findings
    changed = {url for url, raw in _pages(made).items() if raw != _pages(before)[url]}
    entry = before.site.entries[path]
    stem = entry.url.removesuffix(".html")
    shown = {f"{stem}.html", f"{stem}.md", f"{stem}.txt"} & set(_pages(made))
    assert changed == (shown if entry.document.withheld is None else set())


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("标题: ", "标题: 新的"),
        lambda text: text + "\n\n十、新的一节\n\n内容。\n",
        lambda text: "没有文件头\n" + text,
        lambda text: text + "\n\n[附件](/new.pdf)\n",
    ],
    ids=["title", "heading", "no front matter", "a file"],
)
def test_what_others_see_is_no_amendment(tmp_path: Path, edit: Any) -> None:
    folder = write_site(tmp_path, {**GOOD_SITE, "content/new.pdf": b"%PDF-1.4\n%%EOF\n"})
    before = known(folder, TODAY)
    text = (folder / _POLICY).read_text(encoding="utf-8")
    (folder / _POLICY).write_text(edit(text), encoding="utf-8")
    assert amended(before, amend.desk(before.site), [_POLICY]) is None


class _Read(set[str]):
    """The paths of the documents whose words were read, and of those of which anything was."""

    def __init__(self) -> None:
        super().__init__()
        self.at_all: set[str] = set()

    def clear(self) -> None:
        super().clear()
        self.at_all.clear()


def _watched(site: Site, read: _Read) -> Site:
    """`site`, whose bodies tell `read` when a rule looks at anything in them but headings and anchors."""

    class WatchedSource(Source):
        @property
        def body(self) -> str:
            read.add(self.path)
            return sources[self.path].body

    class WatchedEntry(Entry):
        def __getattribute__(self, name: str) -> Any:
            found = object.__getattribute__(self, name)
            if not name.startswith("_"):
                read.at_all.add(object.__getattribute__(self, "document").path)
            if name == "links" or (name == "body" and not is_headings[0]):
                read.add(object.__getattribute__(self, "document").path)
            return found

    is_headings = [False]
    sources = {path: entry.document.source for path, entry in site.entries.items()}

    def watched(entry: Entry) -> Entry:
        source = object.__new__(WatchedSource)
        for name in ("path", "fields", "keys", "values", "body_line", "readable"):
            object.__setattr__(source, name, getattr(entry.document.source, name))
        document: Document = replace(entry.document, source=source)
        parts = {one.name: getattr(entry, one.name) for one in fields(Entry)}
        return WatchedEntry(**{**parts, "document": document})

    entries = {path: watched(entry) for path, entry in site.entries.items()}
    return replace(site, entries=entries, built=tuple(entries[entry.path] for entry in site.built))


def _examined(files: Files) -> Site:
    with TemporaryDirectory() as name:
        return known(write_site(Path(name), files), TODAY).site


def _sites() -> Iterator[Any]:
    yield pytest.param(lambda files: files, id="good")
    for rule, edits in MUTATIONS.items():
        for number, edit in enumerate(edits, 1):
            yield pytest.param(edit, id=f"{rule}-{number}")


@pytest.mark.parametrize("edit", [*_sites()])
def test_rules_keep_to_what_amendments_take_them_for(edit: Edit) -> None:
    """Rules of single documents find in each alone what they find in all; the others read no words.

    And but for a few, they read nothing of documents that have nothing to do with it (`stirred`).
    """
    site = _examined(edit(GOOD_SITE))
    read = _Read()
    watched = _watched(site, read)
    for row in TABLE:
        if row.find is None:
            continue
        read.clear()
        whole = list(row.find(watched))
        if row.name in amend.OF_FRONT_MATTER - {"missing-interpretation"}:
            assert not read, row.name
        if row.name in amend.OF_FRONT_MATTER | amend.OF_REPORTS | amend.OF_ALL:
            continue
        alone: list[Finding] = []
        for path, entry in site.entries.items():
            read.clear()
            near = replace(watched, focus=frozenset({path}))
            # What the organs are called is compared before anything is kept.
            near.__dict__["issuers"] = site.issuers
            alone += [one for one in row.find(near) if one.place.path == path]
            interpreted = {one.document for one in entry.references if one.key[0] == "interprets"}
            assert read <= {path} | interpreted, (row.name, path)
            if row.name not in stirred.OF_NAMES:
                assert read.at_all <= {path, *stirred.partners(entry)}, (row.name, path)
        assert _sorted(alone) == _sorted(one for one in whole if one.place.path in site.entries)


def _sorted(findings: Any) -> list[str]:
    return sorted(map(repr, findings))


_TWIN = next(path for path in _DOCUMENTS if "/notice/" in path and "index" not in path)


@pytest.mark.parametrize("edit", ["copy", "nearly", "back"])
def test_a_text_that_becomes_anothers_is_found(tmp_path: Path, edit: str) -> None:
    """Nearly the same text in two documents, made and mended by an amendment."""
    long = "\n\n" + "".join(f"第{n}项材料由窗口受理，{n}日内办结并答复申请人。" for n in range(20))
    written = str(GOOD_SITE[_TWIN]).rpartition("---\n")[0] + "---" + long
    folder = write_site(tmp_path, {**GOOD_SITE, _TWIN: written})
    other = f"{_TWIN.rpartition('/')[0]}/another.md"
    title = written.split("标题: ")[1].partition("\n")[0]
    text = written.replace(title, "另一件事的说明").replace("索引号: ", "索引号: 9")
    texts = {"copy": text, "nearly": text.replace("20日内", "二十日内"), "back": text + long * 2}
    start = texts["copy"] if edit == "back" else texts["back"]
    (folder / other).write_text(start, encoding="utf-8")
    before = known(folder, TODAY)
    (folder / other).write_text(texts[edit], encoding="utf-8")
    made = amended(before, amend.desk(before.site), [other])
    fresh = known(folder, TODAY)
    assert made is not None
    assert made.outcome.findings == fresh.outcome.findings
    told = {one.rule for one in fresh.outcome.findings}
    assert ("duplicate-document" in told) is (edit != "back")
