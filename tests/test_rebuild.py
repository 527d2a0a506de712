"""Rebuilding: a site of which files came, went or were written again is what a build from nothing makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import amend
from generator.build import Known, known
from generator.memo import Memo
from generator.rebuild import amended, rebuilt
from generator.serve.making import renewed
from generator.serve.preview import Changed, Preview
from tests.edits import Edit, Files
from tests.mutations import MUTATIONS
from tests.sites import GOOD_SITE, PICTURE, TODAY, write_site

_DOCUMENTS = sorted(path for path in GOOD_SITE if path.endswith(".md"))
_POLICY = "content/statutory/policy/2026/data-sharing.md"
_OLD_POLICY = "content/statutory/policy/2023/data-sharing.md"
_FEES = "content/statutory/notice/2026/fees.md"
_OPEN_DAY = "content/statutory/event/2026/open-day.md"


def _known(folder: Path) -> Known:
    return known(folder, TODAY, drafts=True, memo=Memo())


@pytest.fixture(scope="module")
def good() -> Iterator[Known]:
    with TemporaryDirectory() as name:
        yield _known(write_site(Path(name), GOOD_SITE))


def _differences(before: Files, after: Files) -> list[str]:
    return [path for path in {**before, **after} if before.get(path) != after.get(path)]


def _put(folder: Path, files: Files, paths: Iterable[str]) -> None:
    """The files at `paths` as they are in `files`, or gone."""
    for path in paths:
        content = files.get(path)
        if content is None:
            (folder / path).unlink()
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / path).write_bytes(raw)


def _is_the_same(made: Known, fresh: Known) -> None:
    assert made.outcome.findings == fresh.outcome.findings
    assert [page.url for page in made.pages] == [page.url for page in fresh.pages]
    assert made.pages == fresh.pages
    assert made.site.entries == fresh.site.entries
    assert made.site.contents == fresh.site.contents
    assert list(made.site.sketches) == list(fresh.site.sketches)
    assert (made.loaded, made.bodies) == (fresh.loaded, fresh.bodies)


def _begins_anew(before: Known, fresh: Known, paths: Iterable[str]) -> bool:
    """Whether what changed is not followed: files were or are amiss, or two are at one address."""
    told = before.loaded.findings
    is_amiss = told != fresh.loaded.findings or any(one.place.path in paths for one in told)
    claims = (*before.site.addresses.values(), *fresh.site.addresses.values())
    return is_amiss or any(len(places) > 1 for places in claims)


def _mutations() -> Iterator[Any]:
    """Each mistake that is made below the content folder alone: all else is a build from nothing."""
    for rule, edits in MUTATIONS.items():
        for number, edit in enumerate(edits, 1):
            changed = _differences(GOOD_SITE, edit(GOOD_SITE))
            if all(path.startswith("content/") for path in changed):
                yield pytest.param(edit, id=f"{rule}-{number}")


@pytest.mark.parametrize("edit", [*_mutations()])
def test_a_mistake_is_found_as_by_a_build_from_nothing(
    tmp_path: Path, good: Known, edit: Edit
) -> None:
    bad = edit(GOOD_SITE)
    folder, paths = write_site(tmp_path, bad), _differences(GOOD_SITE, bad)
    made, fresh = rebuilt(replace(good, folder=folder), paths), _known(folder)
    assert (made is None) is _begins_anew(good, fresh, paths)
    if made is not None:
        _is_the_same(made, fresh)


def _field(name: str, value: str) -> Callable[[str], str]:
    return lambda text: re.sub(rf"(?m)^{name}: .*$", f"{name}: {value}", text, count=1)


_WRITINGS: dict[str, Callable[[str], str]] = {
    "title": lambda text: text.replace("标题: ", "标题: 新的", 1),
    "another's title": _field("标题", "海川市公共数据共享管理办法"),
    "date": _field("发布日期", "2026-09-30"),
    "number": _field("发文字号", "海数政规〔2026〕9号"),
    "index number": _field("索引号", "000014349/2026-00777"),
    "validity": _field("失效日期", "2026-01-01"),
    "not for disclosure": _field("公开属性", "不予公开"),
    "draft": lambda text: text.replace("\n---\n", "\ndraft: true\n---\n", 1),
    "later": _field("发布日期", "2027-09-30"),
    "issuer": lambda text: text.replace("\n---\n", "\nissuer: [海川市新设局]\n---\n", 1),
    "alias": lambda text: text.replace("\n---\n", "\naliases: [old/new.html]\n---\n", 1),
    "repeals": lambda text: text.replace("\n---\n", f"\nsupersedes: [{_OLD_POLICY[8:]}]\n---\n", 1),
    "related": lambda text: text.replace("\n---\n", f"\nrelated: [{_FEES[8:]}]\n---\n", 1),
    "topic": lambda text: text.replace("\n---\n", "\ntopics: [open-data]\n---\n", 1),
    "withdrawn": lambda text: text.replace(
        "\n---\n", "\nwithdrawn: {on: 2026-10-01, reason: 有误}\n---\n", 1
    ),
    "heading": lambda text: f"{text}\n\n十、新的一节\n\n内容。\n",
    "link": lambda text: (
        f"{text}\n\n见[审查制度](/institution/release-review.md)、[[海数政规〔2026〕2号]]。\n"
    ),
    "number in words": lambda text: (
        f"{text}\n\n按照海数政规〔2026〕2号和海数政规〔2026〕9号办理。\n"
    ),
    "broken link": lambda text: (
        f"{text}\n\n见[没有的](none.md)、[附件](new.csv)、[图](/new.png)。\n"
    ),
    "personal": lambda text: f"{text}\n\n联系人：林知秋，手机13800138000。\n",
    "no front matter": lambda text: f"没有文件头\n{text}",
    "empty": lambda text: "",
}


@st.composite
def _changes(draw: st.DrawFn, files: Files) -> Files:
    """`files` with something written, added, moved, removed or put beside."""
    after = dict(files)
    held = sorted(path for path in files if path.endswith(".md"))
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(held))
        if path not in after:
            continue
        text = str(after[path])
        deed = draw(
            st.sampled_from((*_WRITINGS, "add", "copy", "move", "remove", "csv", "picture"))
        )
        if deed in _WRITINGS:
            after[path] = _WRITINGS[deed](text)
        elif deed == "remove":
            del after[path]
        elif deed == "move":
            after[path.removesuffix(".md").replace("/2026/", "/2025/") + "-moved.md"] = text
            del after[path]
        elif deed in ("add", "copy"):
            new = f"{path.removesuffix('.md')}-{draw(st.integers(1, 3))}.md"
            other = _field("标题", "海川市数据局关于另一件事的通知")(text)
            after[new] = text if deed == "copy" else _WRITINGS["index number"](other)
        elif deed == "csv":
            after[f"{path.rpartition('/')[0]}/new.csv"] = draw(
                st.sampled_from((b"a,b\r\n1,2\r\n", "姓名,手机\n林知秋,13800138000\n".encode()))
            )
        else:
            after[f"{path.rpartition('/')[0]}/new.png"] = PICTURE
    return after


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_edits_one_after_the_other_are_a_build_from_nothing(data: st.DataObject) -> None:
    """As a preview has it: words alone are amended, what goes further is rebuilt, and each starts from the last."""
    with TemporaryDirectory() as name:
        files: Files = GOOD_SITE
        folder = write_site(Path(name), files)
        before = _known(folder)
        for _ in range(3):
            after = data.draw(_changes(files))
            paths = _differences(files, after)
            _put(folder, after, paths)
            fresh = _known(folder)
            made = amended(before, amend.desk(before.site), paths) or rebuilt(before, paths)
            assert (made is None) is _begins_anew(before, fresh, paths)
            if made is not None:
                _is_the_same(made, fresh)
            files, before = after, made or fresh


def test_a_folder_that_comes_or_goes(tmp_path: Path, good: Known) -> None:
    folder = write_site(tmp_path / "site", GOOD_SITE)
    start = replace(good, folder=folder)
    (folder / "content/statutory/notice/2026").rename(folder / "content/statutory/notice/2024")
    names = ("2026", "2024")
    made = rebuilt(start, [f"content/statutory/notice/{name}" for name in names])
    assert made is not None
    _is_the_same(made, _known(folder))
    (folder / "content/statutory/notice/2024").rename(tmp_path / "elsewhere")
    gone = rebuilt(made, ["content/statutory/notice/2024"])
    assert gone is not None
    _is_the_same(gone, _known(folder))


def test_what_is_no_part_of_the_site_changes_nothing(tmp_path: Path, good: Known) -> None:
    folder = write_site(tmp_path, GOOD_SITE)
    beside = "content/statutory/notice/2026"
    for name in (".fees.md.swp", "fees.md~", "~$fees.docx", "Thumbs.db"):
        (folder / beside / name).write_bytes(b"\0")
    paths = [
        f"{beside}/{name}"
        for name in (".fees.md.swp", "fees.md~", "~$fees.docx", "Thumbs.db", "4913")
    ]
    made = rebuilt(replace(good, folder=folder), paths)
    assert made is not None
    _is_the_same(made, good)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("templates/static/style.css", "body {color: #111}\n"),
        ("templates/withdrawn.html", "<!doctype html>\n<title>撤下</title>\n"),
        ("templates/404.html", '<!doctype html>\n<a href="none.html">没有</a>\n'),
        ("templates/404.html", "{{ none.at.all }}"),
        ("templates/404.html", "{% if %}"),
        ("templates/static/new.css", "b {}\n"),
    ],
)
def test_another_look_is_a_build_from_nothing(
    tmp_path: Path, good: Known, path: str, text: str
) -> None:
    folder = write_site(tmp_path, GOOD_SITE)
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text(text, encoding="utf-8")
    fresh = _known(folder)
    made = rebuilt(replace(good, folder=folder), [path])
    if made is not None:
        _is_the_same(made, fresh)
    assert (made is None) is (path.endswith("new.css") or "{" in text[:3])
    (folder / path).unlink()
    back = rebuilt(fresh, [path])
    if back is not None:
        _is_the_same(back, good)
    assert (back is None) is (made is None)


@pytest.mark.parametrize(
    "path", ["", "site.yaml", "templates/document.html", "wordlist.yaml", "register.tsv"]
)
def test_what_stands_around_documents_is_a_build_from_nothing(
    tmp_path: Path, good: Known, path: str
) -> None:
    folder = write_site(tmp_path, GOOD_SITE)
    assert rebuilt(replace(good, folder=folder), [path, _FEES]) is None


@pytest.mark.parametrize("name", ["new.MD", "a\\b.md", "a\nb.csv", f"{'长' * 81}.csv"])
def test_a_file_that_cannot_be_published_is_a_build_from_nothing(
    tmp_path: Path, good: Known, name: str
) -> None:
    folder = write_site(tmp_path, GOOD_SITE)
    path = f"content/statutory/notice/2026/{name}"
    (folder / path).write_bytes(b"1")
    assert rebuilt(replace(good, folder=folder), [path]) is None


def test_links_to_other_files_are_a_build_from_nothing(tmp_path: Path, good: Known) -> None:
    """What is written into a file is written into those that are links to it."""
    folder = write_site(tmp_path, GOOD_SITE)
    link = folder / "content/statutory/notice/2026/same.md"
    link.symlink_to(folder / _FEES)
    path = link.relative_to(folder).as_posix()
    assert rebuilt(replace(good, folder=folder), [path]) is None
    before = _known(folder)
    assert before.loaded.links == (path,)
    with (folder / _FEES).open("a", encoding="utf-8") as file:
        file.write("\n\n另有规定的除外。\n")
    assert rebuilt(before, [_FEES]) is None
    assert amended(before, amend.desk(before.site), [_FEES]) is None
    link.unlink()
    assert _known(folder).loaded.links == ()


def test_two_files_at_one_address_are_a_build_from_nothing(tmp_path: Path, good: Known) -> None:
    folder = write_site(tmp_path, GOOD_SITE)
    path = f"{_FEES.removesuffix('.md')}.html"
    (folder / path).write_text("<!doctype html><title>同名</title>", encoding="utf-8")
    assert rebuilt(replace(good, folder=folder), [path]) is None
    before = _known(folder)
    assert rebuilt(before, [_OPEN_DAY]) is None
    assert "path-collision" in {one.rule for one in before.outcome.findings}


def test_only_what_has_to_do_with_a_change_is_made_anew(tmp_path: Path, good: Known) -> None:
    """The page objects of all other documents are those of before."""
    folder = write_site(tmp_path, GOOD_SITE)
    text = str(GOOD_SITE[_FEES]).replace("标题: ", "标题: 新的")
    (folder / _FEES).write_text(text, encoding="utf-8")
    made = rebuilt(replace(good, folder=folder), [_FEES])
    assert made is not None
    same = {page.url for page in made.pages if good.by_url.get(page.url) is page}
    policy = good.site.entries[_POLICY].url
    assert policy in same
    assert good.site.entries[_FEES].url not in same


def test_a_preview_of_what_changed_is_that_of_everything(tmp_path: Path) -> None:
    folder = write_site(tmp_path, GOOD_SITE)
    empty = Preview({}, "/", "zh", folder)
    before = renewed(empty, folder, TODAY, 1, None)
    text = str(GOOD_SITE[_FEES]).replace("标题: ", "标题: 新的") + "\n\n见[没有的](none.md)。\n"
    (folder / _FEES).write_text(text, encoding="utf-8")
    after = renewed(before, folder, TODAY, 1, None, changed=Changed(frozenset({_FEES}), None))
    fresh = renewed(empty, folder, TODAY, 1, None)
    assert replace(after, known=None) == replace(fresh, known=None)
    # Kept for the next preview like one that was made of everything.
    assert (after.is_amended, after.stand) == (False, fresh.stand)
    assert after.stand is not None
    policy = before.documents[_POLICY].url
    assert after.pages[policy] is before.pages[policy]
    assert [one.rule for one in after.findings] == ["broken-page"]
