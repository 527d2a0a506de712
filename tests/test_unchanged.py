"""Building again (再次生成): what has not changed is not made again, and no build is other than a clean one."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cli.known import Wishes, run
from generator.cli.words import Trouble
from generator.memo import FILE, Memo
from generator.stages import Stages
from generator.unchanged import State
from tests.command import Said, files_below, on, program
from tests.documents import NOTICES, notice
from tests.edits import Edit, append, put, remove, replace
from tests.sites import GOOD_SITE, TODAY, write_site

ROOT = Path(__file__).parents[1]
FEES, GUIDE = f"{NOTICES}/fees.md", "content/guide/index.md"
# The index for full-text search is another program's work and changes with every word.
PLAIN = replace("site.yaml", "organ:", 'search: {full_text: "off"}\norgan:')(GOOD_SITE)


def _built(site: Path, *words: str) -> Said:
    return on(site, "build", "--out", site.parent / "public", *words)


def _clean(site: Path, *words: str) -> tuple[Said, dict[str, bytes]]:
    """What a build without any memory says and makes."""
    with TemporaryDirectory() as folder:
        said = on(site, "build", "--no-cache", "--out", Path(folder) / "public", *words)
        return said, files_below(Path(folder) / "public")


def _inodes(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_ino
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_nothing_changed_and_nothing_is_written(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", PLAIN)
    first, before = _built(site), (tmp_path / "public").stat().st_ino
    inodes = _inodes(tmp_path / "public")
    assert _built(site) == first
    assert ((tmp_path / "public").stat().st_ino, _inodes(tmp_path / "public")) == (before, inodes)


def test_a_changed_body_rewrites_its_page_alone(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", PLAIN)
    assert _built(site).code == 0
    before = _inodes(tmp_path / "public")
    write_site(site, append(FEES, "收费标准每年公布一次。")(PLAIN))
    assert _built(site).code == 0
    after = _inodes(tmp_path / "public")
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    page = FEES.removeprefix("content/").removesuffix(".md")
    others = {name for name in after if name.startswith(f"{page}.")} - {f"{page}.html"}
    assert changed - others == {f"{page}.html", "manifest.json"}
    assert files_below(tmp_path / "public") == _clean(site)[1]


def test_findings_are_told_again(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", append(FEES, "见[甲](none.md)。")(PLAIN))
    first = _built(site)
    assert (first.code, _built(site)) == (1, first)
    assert on(site, "check").out == first.out
    assert _built(site, "--ignore", "broken-page").code == 0
    assert _built(site).code == 1


def test_another_day_is_another_answer(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", PLAIN)
    said = {}
    for day in ("2026-11-20", "2027-11-20", "2026-11-20"):
        said[day] = _built(site, "--today", day)
        assert said[day] == _clean(site, "--today", day)[0]
    assert said["2026-11-20"] != said["2027-11-20"]


def _deleted(out: Path) -> None:
    (out / "index.html").unlink()


def _altered(out: Path) -> None:
    status = (out / "index.html").stat()
    raw = (out / "index.html").read_bytes()
    (out / "index.html").write_bytes(raw[::-1])
    os.utime(out / "index.html", ns=(status.st_atime_ns, status.st_mtime_ns + 1))


def _swapped(out: Path) -> None:
    """Another file of the same size and date."""
    page, other = out / "index.html", out.parent / "other"
    shutil.copystat(page, Path(shutil.copy(page, other)))
    status = other.stat()
    other.write_bytes(other.read_bytes()[::-1])
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(page)


def _with_more(out: Path) -> None:
    (out / "more").mkdir()
    (out / "more" / ".hidden").write_text("x")


def _with_folder(out: Path) -> None:
    (out / "more").mkdir()


def _linked(out: Path) -> None:
    (out / "index.html").rename(out.parent / "index.html")
    (out / "index.html").symlink_to(out.parent / "index.html")


def _gone(out: Path) -> None:
    shutil.rmtree(out)


@pytest.mark.parametrize(
    "harm", [_deleted, _altered, _swapped, _with_more, _with_folder, _linked, _gone]
)
def test_an_output_that_was_touched_is_made_whole(
    harm: Callable[[Path], None], tmp_path: Path
) -> None:
    site = write_site(tmp_path / "site", PLAIN)
    _built(site)
    out = tmp_path / "public"
    whole = files_below(out)
    harm(out)
    assert _built(site).code == 0
    assert files_below(out) == whole
    assert not (out / "index.html").is_symlink()
    assert not (out / "more").exists()


def _cache_files(site: Path) -> list[Path]:
    return sorted(path for path in (site / FILE).parent.rglob("*") if path.is_file())


def test_any_file_of_the_cache_may_be_damaged(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", PLAIN)
    said = _built(site)
    whole = files_below(tmp_path / "public")
    rng = random.Random(1)
    kept = {path: path.read_bytes() for path in _cache_files(site)}
    assert len(kept) == 2
    for path, raw in kept.items():
        noise = bytes(rng.randrange(256) for _ in range(len(raw)))
        for damaged in (b"", raw[: len(raw) // 2], raw[:-1], noise, noise[:100] + raw[100:]):
            path.write_bytes(damaged)
            shutil.rmtree(tmp_path / "public")
            assert _built(site) == said
            assert files_below(tmp_path / "public") == whole
        path.write_bytes(raw)


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", PLAIN)
    (site / ".gongkai").write_text("a file where the folder should be")
    assert _built(site) == _built(site) == _clean(site)[0]
    assert (site / ".gongkai").read_text() == "a file where the folder should be"


# Run as a program: every file below the site that a clean build opens.
_OPENED = """
import os, sys
opened = set()
def note(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        opened.add(os.path.realpath(os.fsdecode(arguments[0])))
sys.addaudithook(note)
from generator.cli import run
site = os.path.realpath(sys.argv[1])
try:
    run(["build", "--no-cache", "--site", site, "--out", site + "-out", "--today", sys.argv[2]])
except SystemExit as end:
    assert not end.code
print("\\n".join(sorted(one[len(site) + 1 :] for one in opened if one.startswith(site + "/"))))
"""


def test_every_file_that_a_build_reads_is_in_its_key(tmp_path: Path) -> None:
    files = {
        **replace("site.yaml", "organ:", "wordlist: words/own.yaml\norgan:")(PLAIN),
        "wordlist.yaml": "{}\n",
        "words/own.yaml": "{}\n",
        "register.tsv": "# 网址\n",
        "templates/_topic_line.html": "<p>专题</p>\n",
        "notes.txt": "不读",
        f"{NOTICES}/a.txt": "附件",
    }
    site = write_site(tmp_path / "site", files)
    done = subprocess.run(
        [sys.executable, "-c", _OPENED, str(site), TODAY.isoformat()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    read = [name for name in done.stdout.splitlines() if (site / name).is_file()]
    assert set(files) - set(read) == {"notes.txt"}
    before = State(site, TODAY, Memo()).key
    assert State(site, TODAY, Memo()).key == before
    for name in read:
        raw = (site / name).read_bytes()
        (site / name).write_bytes(raw + b"\n")
        assert State(site, TODAY, Memo()).key != before, name
        (site / name).write_bytes(raw)
    (site / "notes.txt").write_text("还是不读")
    assert State(site, TODAY, Memo()).key == before


def test_a_site_that_changes_between_report_and_output_is_not_written(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", PLAIN)
    assert _built(site).code == 0
    shutil.rmtree(tmp_path / "public")
    wishes = Wishes(site, TODAY, 1, frozenset(), frozenset())
    with run(wishes, Stages(), cache=True) as this:
        assert this.answer().findings == ()
        write_site(site, append(FEES, "见[甲](none.md)。")(PLAIN))
        with pytest.raises(Trouble, match="the site was changed during the build"):
            this.write(tmp_path / "public")
    assert not (tmp_path / "public").exists()


def test_a_link_in_the_place_of_the_cache_is_not_followed(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", PLAIN)
    (tmp_path / "elsewhere").mkdir()
    (site / ".gongkai").symlink_to(tmp_path / "elsewhere")
    assert _built(site).code == 0
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_clean_build_keeps_nothing(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", PLAIN)
    assert _built(site, "--no-cache").code == 0
    assert not (site / ".gongkai").exists()


def test_two_builds_at_once(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", PLAIN)
    words = ["build", "--site", str(site), "--today", TODAY.isoformat()]
    outs = [tmp_path / "one", tmp_path / "two"]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda out: program(*words, "--out", str(out), folder=ROOT), outs))
    clean = _clean(site)[1]
    assert [said.code for said in done] == [0, 0]
    assert [files_below(out) for out in outs] == [clean, clean]
    # And both into one place.
    with ThreadPoolExecutor(2) as pool:
        write_site(site, {FEES: append(FEES, "甲。")(PLAIN)[FEES]})
        done = list(pool.map(lambda _: program(*words, "--out", str(outs[0]), folder=ROOT), "ab"))
    assert [said.code for said in done] == [0, 0]
    assert files_below(outs[0]) == _clean(site)[1]


def test_fifty_kills_and_then_a_clean_build(tmp_path: Path) -> None:
    small = replace("site.yaml", "organ:", _QUIET)(
        {name: PLAIN[name] for name in ("site.yaml", FEES)}
    )
    site = write_site(tmp_path / "site", small)
    words = [str(site), str(tmp_path / "public"), "7", "50"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.forked", *words],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=240,
    )
    kills = [json.loads(line)["ended"] for line in done.stdout.splitlines()]
    assert len(kills) == 50
    assert kills.count(False) > 10
    said = _built(site)
    clean, files = _clean(site)
    assert (said, files_below(tmp_path / "public")) == (clean, files)
    assert said.code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["public", "site"]


_QUIET = """rules: {missing-subcolumn: off, empty-column: off, stale-column: off, guide-fields: off, guide-stale: off,
  broken-page: off, broken-anchor: off, broken-file: off, broken-reference: off, report-gap: off,
  report-overdue: off, uncovered-item: off, missing-interpretation: off}
organ:"""

_TEMPLATE = "templates/_topic_line.html"
_EDITS: dict[str, Edit] = {
    "body": append(FEES, "收费标准每年公布一次。"),
    "heading": append(FEES, "## 一、说明\n\n没有其他收费。"),
    "broken link": append(FEES, "见[甲](none.md)。"),
    "link": append(FEES, "见[指南](../../../guide/index.md)。"),
    "title": replace(FEES, "收费情况说明", "收费项目说明"),
    "comment": replace(FEES, "---\n", "---\n# 说明\n"),
    "new": put(f"{NOTICES}/new.md", notice(51)),
    "draft": put(f"{NOTICES}/draft.md", notice(52).replace("---\n", "---\n草稿: 是\n", 1)),
    "no document": put(f"{NOTICES}/none.md", "# 没有文件头\n"),
    "gone": remove(FEES),
    "attachment": put(f"{NOTICES}/a.txt", "附件"),
    "other attachment": put(f"{NOTICES}/a.txt", "别的附件"),
    "wrong attachment": put(f"{NOTICES}/a.pdf", "这不是 PDF"),
    "organ": replace("site.yaml", "海川市数据与政务公开局", "海川市政务公开局"),
    "rule off": replace(
        "site.yaml", "organ:", "rules: {broken-page: warning, stale-column: off}\norgan:"
    ),
    "wrong setting": replace("site.yaml", "organ:", "colour: red\norgan:"),
    "template": put(_TEMPLATE, "<p>专题</p>\n"),
    "broken template": put(_TEMPLATE, "{% if %}\n"),
    "style": put("templates/static/style.css", "body { color: black }\n"),
    "word list": put("wordlist.yaml", "收费标准: 收费办法\n"),
    "register": put("register.tsv", "statutory/notice/2026/gone.html\t000014349/2026-00077\n"),
}


def _next(files: Mapping[str, str | bytes], name: str) -> Mapping[str, str | bytes]:
    """The site after an edit; the same site where the edit does not fit."""
    if name == "rename":
        return _renamed(files, FEES)
    if name == "undo":
        return PLAIN
    try:
        return _EDITS[name](files)
    except (AssertionError, KeyError):
        return files


def _renamed(files: Mapping[str, str | bytes], name: str) -> Mapping[str, str | bytes]:
    """The site with one document under another name."""
    if name not in files:
        return files
    new = name.replace(".md", "-moved.md")
    return {(new if path == name else path): content for path, content in files.items()}


def _replaced(site: Path, files: Mapping[str, str | bytes]) -> None:
    """The site folder with these files and no others, but for the cache."""
    for path in [*site.rglob("*")]:
        inside = path.relative_to(site).as_posix()
        if path.is_file() and inside not in files and not inside.startswith(".gongkai"):
            path.unlink()
    write_site(site, files)


_names = st.sampled_from([*_EDITS, "rename", "undo"])


@settings(
    deadline=None,
    max_examples=6,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(_names, min_size=3, max_size=5, unique=True), st.sampled_from(["", "--drafts"]))
def test_any_edits_give_what_a_clean_build_gives(names: list[str], more: str) -> None:
    words = (*more.split(), "--fail-on", "error")
    with TemporaryDirectory() as folder:
        site = write_site(Path(folder) / "site", PLAIN)
        _built(site, *words)
        files: Mapping[str, str | bytes] = PLAIN
        for name in names:
            files = _next(files, name)
            _replaced(site, files)
            clean, expected = _clean(site, *words)
            before = files_below(site.parent / "public")
            assert _built(site, *words) == clean, names
            # Where something is wrong the old output stays.
            now = files_below(site.parent / "public")
            assert now == (expected if clean.code == 0 else before), names


def test_a_run_that_read_a_few_files_is_asked_for_these_alone(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", PLAIN)

    def looked() -> State:
        return State(site, TODAY, Memo())

    state = looked()
    (site / "content" / "new.md").write_text("另一个文件", encoding="utf-8")
    assert state.is_still({FEES})
    assert not state.is_still({FEES, "content/none.md"})
    assert not state.is_still()
    state = looked()
    (site / GUIDE).write_text("另一个文件", encoding="utf-8")
    assert not state.is_still({GUIDE})
    state = looked()
    (site / "templates").mkdir()
    (site / "templates" / "_note.html").write_text("", encoding="utf-8")
    assert not state.is_still({FEES})
    state = looked()
    (site / "site.yaml").write_text(str(PLAIN["site.yaml"]) + "\n", encoding="utf-8")
    assert not state.is_still({FEES})
