"""Revisions: where words of bodies alone have changed, a build makes what follows from them and no more."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import known
from generator.cli.known import Wishes, run
from generator.finding import Finding, Severity
from generator.link import evidence
from generator.memo import FILE, Memo
from generator.model import Entry, Site
from generator.remembered import Around, packed, packed_sketches, recalled
from generator.schema import TYPES
from generator.stages import Stages
from tests.command import Said, files_below, on
from tests.documents import NOTICES
from tests.edits import replace
from tests.sites import GOOD_SITE, TODAY, write_site

# The index for full-text search is another program's work and changes with every word.
PLAIN = replace("site.yaml", "organ:", 'search: {full_text: "off"}\norgan:')(GOOD_SITE)
POLICY = next(path for path in sorted(PLAIN) if "/policy/" in path and path.endswith(".md"))
SENTENCE = "\n\n本文件由市数据局负责解释。\n"


def _built(site: Path, *, writes: bool = True) -> tuple[list[str], tuple[Finding, ...]]:
    """The stages of a build that writes unless there are errors, or of a check, and what it found."""
    stages = Stages()
    wishes = Wishes(site, TODAY, 1, frozenset(), frozenset())
    with run(wishes, stages, cache=True) as this:
        findings = this.answer().findings
        if writes and not any(one.severity is Severity.ERROR for one in findings):
            this.write(site.parent / "public")
    return [spent.name.en for spent in stages.spent], findings


def _clean(site: Path) -> tuple[Said, dict[str, bytes]]:
    with TemporaryDirectory() as folder:
        said = on(site, "build", "--no-cache", "--out", Path(folder) / "public")
        return said, files_below(Path(folder) / "public")


def _inodes(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_ino
        for path in folder.rglob("*")
        if path.is_file()
    }


def _write(site: Path, path: str, more: str) -> None:
    with (site / path).open("a", encoding="utf-8") as file:
        file.write(more)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = write_site(tmp_path / "site", PLAIN)
    assert "convert" in _built(folder)[0]
    return folder


def test_one_sentence_makes_one_page_with_its_twins(site: Path) -> None:
    out = site.parent / "public"
    before = _inodes(out)
    _write(site, POLICY, SENTENCE)
    stages, findings = _built(site)
    assert (stages, findings) == (["compare", "revise", "write", "compare"], ())
    stem = POLICY.removeprefix("content/").removesuffix(".md")
    changed = {name for name, inode in _inodes(out).items() if before[name] != inode}
    assert changed == {f"{stem}.html", f"{stem}.md", f"{stem}.txt", "manifest.json"}
    assert files_below(out) == _clean(site)[1]
    # What was revised is known like anything else, and may be revised again.
    assert _built(site)[0] == ["compare"]
    _write(site, POLICY, SENTENCE)
    assert "revise" in _built(site)[0]
    assert files_below(out) == _clean(site)[1]


def test_what_is_said_and_remembered_is_as_after_a_build_from_nothing(site: Path) -> None:
    written = (site / POLICY).read_text(encoding="utf-8")
    linked = f"{written}\n\n见[公开指南](/guide/index.md)和[公开指南](/guide/index.md)。\n"
    for text in (linked, written + SENTENCE, linked):
        (site / POLICY).write_text(text, encoding="utf-8")
        said, clean = on(site, "build", "--out", f"{site.parent / 'public'}"), _clean(site)[0]
        assert (said.code, said.out) == (clean.code, clean.out)
    # The bodies that nobody asked for are still known.
    with closing(sqlite3.connect(site / FILE)) as memo:
        bodies = memo.execute("SELECT count(*) FROM memo WHERE kind = 'bodies'").fetchone()[0]
    assert bodies > sum(path.endswith(".md") for path in PLAIN)


def test_a_mistake_is_found_and_mended(site: Path) -> None:
    out = site.parent / "public"
    written, before = (site / POLICY).read_text(encoding="utf-8"), files_below(out)
    _write(site, POLICY, "\n\n见[没有的文件](none.md)。\n")
    stages, findings = _built(site)
    assert stages == ["compare", "revise", "compare"]
    assert [(one.rule, one.place.path) for one in findings] == [("broken-page", POLICY)]
    assert files_below(out) == before
    (site / POLICY).write_text(written + SENTENCE, encoding="utf-8")
    stages, findings = _built(site)
    assert ("revise" in stages, findings) == (True, ())
    assert files_below(out) == _clean(site)[1]


def test_what_was_before_is_a_revision_too(site: Path) -> None:
    """An edit is taken back: what is found is known, the output is that of the edit."""
    before = files_below(site.parent / "public")
    kept = (site / POLICY).read_bytes()
    _write(site, POLICY, SENTENCE)
    _built(site)
    edited = files_below(site.parent / "public")
    for raw, expected in ((kept, before), (kept + SENTENCE.encode(), edited), (kept, before)):
        (site / POLICY).write_bytes(raw)
        assert _built(site)[0] == ["compare", "revise", "write", "compare"]
        assert files_below(site.parent / "public") == expected


def test_a_build_after_checks_makes_the_pages_that_these_did_not(site: Path) -> None:
    for path in [path for path in _PATHS if "/policy/" in path][:2]:
        _write(site, path, SENTENCE)
        assert _built(site, writes=False)[0] == ["compare", "revise", "compare"]
    assert _built(site)[0] == ["compare", "revise", "write", "compare"]
    assert files_below(site.parent / "public") == _clean(site)[1]
    assert _built(site)[0] == ["compare"]


@pytest.mark.parametrize(
    "more",
    [
        "\n\n十、新的一节\n\n内容。\n",
        "\n\n[表](/statutory/new.xlsx)\n",
        "\n\n[见](/index.html#none)\n",
    ],
    ids=["a heading", "a file that is not there", "a place on a page that is made"],
)
def test_whatever_goes_further_is_a_build_from_nothing(site: Path, more: str) -> None:
    _write(site, POLICY, more)
    stages, findings = _built(site)
    assert "convert" in stages or findings
    assert findings == known(site, TODAY).outcome.findings
    (site / POLICY).write_text(str(PLAIN[POLICY]) + SENTENCE, encoding="utf-8")
    _built(site)
    assert files_below(site.parent / "public") == _clean(site)[1]


def test_an_output_that_is_not_whole_is_made_anew(site: Path) -> None:
    out = site.parent / "public"
    (out / "index.html").unlink()
    _write(site, POLICY, SENTENCE)
    assert "render" in _built(site)[0]
    assert files_below(out) == _clean(site)[1]


_ROWS = [
    f"{name}{part}" for name in ("site", "sketches", "digests", "found") for part in ("", " 1")
]


@pytest.mark.parametrize("row", _ROWS)
@pytest.mark.parametrize("value", [None, b"", b"\0" * 40], ids=["gone", "empty", "foreign"])
def test_what_is_remembered_may_be_lost(site: Path, row: str, value: bytes | None) -> None:
    with closing(sqlite3.connect(site / FILE)) as memo, memo:
        assert memo.execute(
            "SELECT count(*) FROM memo WHERE kind = 'last' AND key = ?", (row,)
        ).fetchone() == (1,)
        if value is None:
            memo.execute("DELETE FROM memo WHERE kind = 'last' AND key = ?", (row,))
        else:
            memo.execute("UPDATE memo SET value = ? WHERE kind = 'last' AND key = ?", (value, row))
    _write(site, POLICY, SENTENCE)
    assert "convert" in _built(site)[0]
    assert files_below(site.parent / "public") == _clean(site)[1]


@pytest.mark.parametrize("row", _ROWS)
def test_rows_of_two_builds_are_never_taken_together(site: Path, row: str) -> None:
    """Two builds at once may write theirs in turn: one of the same site with another number left one row here."""
    kept = (site / FILE).read_bytes()
    other = str(PLAIN[POLICY]).replace("/2023-00003\n", "/2023-00033\n", 1)
    assert other != PLAIN[POLICY]
    (site / POLICY).write_text(other, encoding="utf-8")
    _built(site)
    with closing(sqlite3.connect(site / FILE)) as memo:
        held = memo.execute("SELECT * FROM memo WHERE kind = 'last' AND key = ?", (row,)).fetchone()
    (site / FILE).write_bytes(kept)
    with closing(sqlite3.connect(site / FILE)) as memo, memo:
        memo.execute("REPLACE INTO memo VALUES (?, ?, ?)", held)
    (site / POLICY).write_text(str(PLAIN[POLICY]), encoding="utf-8")
    _write(site, POLICY, SENTENCE)
    stages, _ = _built(site)
    # How many parts what was found has is the same; what it is tells of which site.
    assert stages[:3] == ["compare", "revise", "write" if row == "found" else "load"]
    assert files_below(site.parent / "public") == _clean(site)[1]


def test_templates_of_the_site_are_always_filled(tmp_path: Path) -> None:
    files = {**PLAIN, "templates/_note.html": "<p>{{ site_title }}</p>\n"}
    site = write_site(tmp_path / "site", files)
    _built(site)
    _write(site, POLICY, SENTENCE)
    assert "convert" in _built(site)[0]


_FIELDS = [name for name in Entry.__dataclass_fields__ if name not in ("document", "body")]


def test_a_remembered_site_is_the_site(tmp_path: Path) -> None:
    waive = "\nwaive: [{rule: wording, reason: 试, by: 林知秋, until: 2027-01-01}]\n---\n"
    text = str(PLAIN[POLICY]).replace("\n---\n", waive, 1)
    folder = write_site(tmp_path / "site", {**PLAIN, POLICY: text})
    site = known(folder, TODAY).site
    around = Around(folder, site.config, TODAY, site.register, site.words, Memo())
    again = recalled(packed(site), packed_sketches(site), around)
    assert [one.path for one in again.waiving] == [one.path for one in site.waiving] == [POLICY]
    titles = evidence(site).titles
    assert {name: [*paths] for name, paths in evidence(again).titles.items()} == titles
    assert [one.path for one in again.assets[:2]] == [one.path for one in site.assets[:2]]
    assert [_told(again, path) for path in again.entries] == [
        _told(site, path) for path in site.entries
    ]
    assert [entry.path for entry in again.built] == [entry.path for entry in site.built]
    parts = [(one.path, one.url, one.size, one.head) for one in site.assets]
    assert [(one.path, one.url, one.size, one.head) for one in again.assets] == parts
    for name in ("addresses", "issuers", "sketches", "unreadable", "register"):
        assert getattr(again, name) == getattr(site, name), name
    assert {path: again.contents[path] for path in site.contents} == site.contents


def _told(site: Site, path: str) -> list[object]:
    entry = site.entries[path]
    document, source = entry.document, entry.document.source
    return [
        *(getattr(entry, name) for name in (*_FIELDS, "path", "url", "face", "announces_tasks")),
        *(getattr(entry.body, name) for name in type(entry.body).__dataclass_fields__),
        *(getattr(document, name) for name in ("kind", "column", "also_in", "url", "withheld")),
        *(getattr(document, name) for name in ("path", "title", "newest_first", "is_withdrawn")),
        *(getattr(source, name) for name in ("fields", "keys", "values", "body", "body_line")),
        {name: getattr(document.meta, name) for name in _names(site, path)},
    ]


def _names(site: Site, path: str) -> list[str]:
    return list(TYPES[site.entries[path].document.kind].model_fields)


_PIECES = (
    SENTENCE,
    "\n\n见[公开指南](/guide/index.md)、海数政规〔2023〕1号和[没有的](none.md)。\n",
    "\n\n身份证号11010519491231002X。\n",
    "\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | [查看](#top) |\n",
    '\n\n<div id="main">另一处</div>\n',
    "\n\n![](picture.png)\n",
)
_PATHS = [path for path in sorted(PLAIN) if path.endswith(".md")]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from(_PATHS), st.sampled_from(_PIECES)), min_size=1, max_size=3
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_revisions_are_builds_from_nothing(steps: list[list[tuple[str, str]]]) -> None:
    with TemporaryDirectory() as name:
        folder = write_site(Path(name) / "site", PLAIN)
        _built(folder)
        for step in steps:
            for path, more in step:
                _write(folder, path, more)
            _, findings = _built(folder)
            assert findings == known(folder, TODAY).outcome.findings
        for path in _PATHS:
            (folder / path).write_text(str(PLAIN[path]) + SENTENCE, encoding="utf-8")
        assert _built(folder)[1] == known(folder, TODAY).outcome.findings
        assert files_below(Path(name) / "public") == _clean(folder)[1]


@pytest.mark.parametrize(
    "path",
    [
        "content/../../x.md",
        "other/x.md",
        "/etc/x.md",
        "content/..",
        "content/a\n/x.md",
        "content/a\0.md",
    ],
)
def test_a_memo_that_leads_out_of_the_site_is_none(tmp_path: Path, path: str) -> None:
    folder = write_site(tmp_path / "site", PLAIN)
    site = known(folder, TODAY).site
    around = Around(folder, site.config, TODAY, site.register, site.words, Memo())
    good, bad = json.dumps(POLICY).encode(), json.dumps(path).encode()
    parts = [part.replace(good, bad) for part in packed(site)]
    with pytest.raises(ValueError, match="leads out"):
        recalled(parts, packed_sketches(site), around)


def test_two_texts_that_become_alike_one_after_the_other_are_found(site: Path) -> None:
    first, second = [path for path in sorted(PLAIN) if path.startswith(NOTICES)][:2]
    same = "".join(f"\n\n第{number}项工作由市数据局会同有关部门办理。" for number in range(60))
    _write(site, first, same)
    assert "convert" not in _built(site)[0]
    _write(site, second, same)
    stages, findings = _built(site)
    assert "convert" not in stages
    assert findings == known(site, TODAY).outcome.findings
    assert [one.rule for one in findings] == ["duplicate-document"]
