"""A preview that was kept is the preview that a build of everything gives, whatever happened in between."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.memo import FILE, Memo
from generator.serve.keeping import keep
from generator.serve.kept import Made
from generator.serve.making import renewed
from generator.serve.preview import Preview, answer
from generator.serve.rebuilding import Rebuilding
from tests.command import on
from tests.served import DEADLINE, FEES, FEES_PAGE, edit, serving
from tests.sites import GOOD_SITE, NOTICE, TODAY, write_site

FEES_URL = FEES_PAGE.removeprefix("/zwgk/")
INSTITUTION = "content/institution/release-review.md"
SENTENCE = "\n\n另有说明的除外，见[没有的文件](none.md)。\n"
FILES = {
    **GOOD_SITE,
    "content/statutory/notice/2026/draft.md": NOTICE.replace("旧址: [old/jgsz.html]", "草稿: 是")
    .replace("000014349/2026-00009", "000014349/2026-00090")
    .replace("内设机构", "草拟中的内设机构"),
    "content/statutory/notice/2026/later.md": NOTICE.replace("旧址: [old/jgsz.html]\n", "")
    .replace("000014349/2026-00009", "000014349/2026-00091")
    .replace("发布日期: 2026-04-02", "发布日期: 2026-12-01")
    .replace("审核日期: 2026-04-01", "审核日期: 2026-11-19")
    .replace("内设机构", "十二月的内设机构"),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", FILES)


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Do `work` in a thread of its own: the browser tests leave a loop running in theirs."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


async def _started(site: Path) -> Rebuilding:
    rebuilding = Rebuilding(site, lambda: TODAY, 1, None)
    rebuilding.notice(())
    assert (await rebuilding.build()).everything
    await rebuilding.prepare()
    await rebuilding.keep()
    return rebuilding


async def _edited(rebuilding: Rebuilding, *files: Path) -> Preview:
    rebuilding.notice(files)
    await rebuilding.look()
    await rebuilding.build()
    await rebuilding.prepare()
    return rebuilding.preview


def _shown(preview: Preview) -> list[object]:
    return [
        {url: preview.pages[url] for url in sorted(preview.pages)},
        preview.prefix,
        preview.language,
        preview.documents,
        preview.is_old,
        preview.kept,
        preview.findings,
        preview.lines,
        preview.sentences,
        preview.report,
    ]


def _cold(site: Path) -> list[object]:
    return _shown(renewed(Preview({}, "/", "zh", site), site, TODAY, 1, None))


def _is_resumed(preview: Preview) -> bool:
    return preview.known is None and bool(preview.pages)


def _write(file: Path, more: str) -> Path:
    with file.open("a", encoding="utf-8") as stream:
        stream.write(more)
    return file


def _own_template(site: Path) -> None:
    (site / "templates").mkdir(exist_ok=True)
    (site / "templates/404.html").write_text("<!doctype html><title>无</title>", encoding="utf-8")


def test_it_begins_where_the_last_one_ended(site: Path) -> None:
    _write(site / INSTITUTION, SENTENCE)

    async def again() -> None:
        first = await _started(site)
        assert not _is_resumed(first.preview)
        second = await _started(site)
        assert _is_resumed(second.preview)
        assert _shown(second.preview) == _shown(first.preview) == _cold(site)
        assert [one.rule for one in second.preview.findings] == ["broken-page"]
        words = {
            shown.unseen.word.zh for shown in second.preview.documents.values() if shown.unseen
        }
        assert words == {"草稿", "2026-12-01 发布"}

    _run(again())


def test_another_day_or_language_is_another_preview(site: Path) -> None:
    async def again() -> None:
        await _started(site)
        tomorrow = Rebuilding(site, lambda: TODAY + timedelta(days=1), 1, None)
        tomorrow.notice(())
        await tomorrow.build()
        assert not _is_resumed(tomorrow.preview)
        english = Rebuilding(site, lambda: TODAY, 1, "en")
        english.notice(())
        await english.build()
        assert _is_resumed(english.preview)
        cold = renewed(Preview({}, "/", "en", site), site, TODAY, 1, "en")
        assert _shown(english.preview) == _shown(cold)

    _run(again())


@pytest.mark.parametrize(
    ("change", "is_resumed"),
    [
        (lambda site: _write(site / FEES, SENTENCE), True),
        (lambda site: [_write(site / path, SENTENCE) for path in (FEES, INSTITUTION)], True),
        (lambda site: edit(site / FEES, "标题: ", "标题: 关于"), False),
        (lambda site: edit(site / FEES, "标题: ", "标 题: "), False),
        (lambda site: _write(site / FEES, "\n\n## 新的一节\n\n内容。\n"), False),
        (lambda site: (site / FEES).unlink(), False),
        (lambda site: (site / FEES).rename(site / FEES.replace("fees", "charges")), False),
        (lambda site: _write(site / "content/statutory/event/2026/open-day.png", "x"), False),
        (lambda site: _write(site / "site.yaml", "skin: simple\n"), False),
        (_own_template, False),
    ],
    ids="body bodies title unreadable heading removed moved attachment settings template".split(),
)
def test_edits_while_no_preview_ran(
    site: Path, change: Callable[[Path], object], is_resumed: bool
) -> None:
    async def again() -> None:
        await _started(site)
        change(site)
        preview = (await _started(site)).preview
        assert (_is_resumed(preview), _shown(preview)) == (is_resumed, _cold(site))

    _run(again())


def test_edits_of_a_preview_that_was_kept(site: Path) -> None:
    fees, institution = site / FEES, site / INSTITUTION
    before = fees.read_text(encoding="utf-8")

    async def edited() -> None:
        await _started(site)
        rebuilding = await _started(site)
        # The same document twice, another one, and the first as it was.
        for file in (fees, fees, institution):
            preview = await _edited(rebuilding, _write(file, SENTENCE))
            assert (_is_resumed(preview), _shown(preview)) == (True, _cold(site))
        fees.write_text(before, encoding="utf-8")
        preview = await _edited(rebuilding, fees)
        assert (_is_resumed(preview), _shown(preview)) == (True, _cold(site))
        # What goes further is built from nothing, and amended as ever after.
        edit(fees, "标题: ", "标题: 关于")
        for more in ("", SENTENCE):
            preview = await _edited(rebuilding, _write(fees, more))
            assert (_is_resumed(preview), _shown(preview)) == (False, _cold(site))
        assert preview.is_amended

    _run(edited())


def test_an_edit_is_seen_before_it_is_judged(site: Path) -> None:
    async def edited() -> None:
        await _started(site)
        rebuilding = await _started(site)
        edit(site / FEES, "没有行政事业性收费项目", "不收任何费用")
        rebuilding.notice([site / FEES])
        look = await rebuilding.look()
        assert "不收任何费用" in rebuilding.preview.pages[FEES_URL].content.decode()
        assert (look.concerns(FEES_PAGE), look.concerns("/zwgk/")) == (True, False)
        assert not (await rebuilding.build()).concerns(FEES_PAGE)
        assert _is_resumed(rebuilding.preview)

    _run(edited())


def test_a_document_that_cannot_be_read_keeps_its_page(site: Path) -> None:
    async def edited() -> None:
        await _started(site)
        rebuilding = await _started(site)
        page = rebuilding.preview.pages[FEES_URL]
        (site / FEES).write_text("--\n没有文件头\n", encoding="utf-8")
        preview = await _edited(rebuilding, site / FEES)
        assert (preview.kept, preview.pages[FEES_URL]) == (frozenset({FEES_URL}), page)
        # Such a page is not kept for the next preview, which knows nothing of before.
        assert (await _started(site)).preview.kept == frozenset()

    _run(edited())


def test_a_site_of_its_own_look_is_kept_and_built_from_nothing_after_an_edit(site: Path) -> None:
    _own_template(site)

    async def edited() -> None:
        await _started(site)
        rebuilding = await _started(site)
        assert (_is_resumed(rebuilding.preview), _shown(rebuilding.preview)) == (True, _cold(site))
        preview = await _edited(rebuilding, _write(site / FEES, SENTENCE))
        assert (_is_resumed(preview), _shown(preview)) == (False, _cold(site))

    _run(edited())


@pytest.mark.parametrize("row", ["index", "base", "site", "sketches"])
@pytest.mark.parametrize("value", [None, b"", b"\0" * 40], ids=["gone", "empty", "foreign"])
def test_what_was_kept_may_be_lost(site: Path, row: str, value: bytes | None) -> None:
    async def again() -> None:
        await _started(site)
        _damage(site, "preview", row, value)
        rebuilding = await _started(site)
        assert _is_resumed(rebuilding.preview) == (row != "index")
        assert _shown(rebuilding.preview) == _cold(site)
        preview = await _edited(rebuilding, _write(site / FEES, SENTENCE))
        assert _shown(preview) == _cold(site)

    _run(again())


def _damage(site: Path, kind: str, row: str, value: bytes | None) -> None:
    with closing(sqlite3.connect(site / FILE)) as memo, memo:
        where = "WHERE kind = ? AND key LIKE ?"
        assert memo.execute(f"SELECT count(*) > 0 FROM memo {where}", (kind, row)).fetchone()[0]  # noqa: S608
        if value is None:
            memo.execute(f"DELETE FROM memo {where}", (kind, row))  # noqa: S608
        else:
            memo.execute(f"UPDATE memo SET value = ? {where}", (value, kind, row))  # noqa: S608


@pytest.mark.parametrize("value", [None, b"\0" * 40], ids=["gone", "foreign"])
def test_a_page_that_is_lost_is_built_with_all_others(site: Path, value: bytes | None) -> None:
    async def again() -> None:
        await _started(site)
        _damage(site, "preview pages", "%", value)
        rebuilding = await _started(site)
        assert _is_resumed(rebuilding.preview)
        assert answer(rebuilding.preview, FEES_PAGE).status == 503
        assert answer(rebuilding.preview, "/zwgk/none.html").status == 404
        async with asyncio.timeout(DEADLINE):
            assert (await rebuilding.build()).everything
        assert (_is_resumed(rebuilding.preview), _shown(rebuilding.preview)) == (False, _cold(site))
        await rebuilding.keep()
        again = (await _started(site)).preview
        assert (_is_resumed(again), _shown(again)) == (True, _cold(site))

    _run(again())


def test_an_edit_that_needs_a_page_that_is_lost_is_a_build_of_everything(site: Path) -> None:
    async def again() -> None:
        await _started(site)
        _damage(site, "preview pages", "%", None)
        rebuilding = await _started(site)
        preview = await _edited(
            rebuilding, _write(site / FEES, "\n\n见[首页](/index.html#columns)。\n")
        )
        assert (_is_resumed(preview), _shown(preview)) == (False, _cold(site))

    _run(again())


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"\0" * 4000, b"\xff" * 5000])
def test_the_file_may_be_anything(site: Path, content: bytes) -> None:
    async def again() -> None:
        await _started(site)
        (site / FILE).write_bytes(content)
        assert _shown((await _started(site)).preview) == _cold(site)
        second = (await _started(site)).preview
        assert (_is_resumed(second), _shown(second)) == (True, _cold(site))

    _run(again())


def test_without_a_place_to_keep_it_every_preview_is_built(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / ".gongkai").symlink_to(tmp_path / "elsewhere")

    async def again() -> None:
        for _ in range(2):
            preview = (await _started(site)).preview
            assert (_is_resumed(preview), _shown(preview)) == (False, _cold(site))
        assert list((tmp_path / "elsewhere").iterdir()) == []

    _run(again())


def test_writing_down_ends_when_a_change_comes_and_goes_on_after_it(site: Path) -> None:
    preview = renewed(Preview({}, "/", "zh", site), site, TODAY, 1, None)
    assert preview.stand is not None
    made = Made(preview.stand, preview)
    left = iter([True] * 20)
    assert not keep(made, lambda: next(left, False), Memo())
    assert 0 < len(made.written) <= 20
    cold = _cold(site)

    async def again() -> None:
        rebuilding = Rebuilding(site, lambda: TODAY, 1, None)
        rebuilding.notice(())
        await rebuilding.build()
        # A part of a preview is none.
        assert not _is_resumed(rebuilding.preview)
        rebuilding.end()
        await rebuilding.keep()
        assert keep(made, lambda: True, Memo())
        second = (await _started(site)).preview
        assert (_is_resumed(second), _shown(second)) == (True, cold)

    _run(again())


def test_what_changed_during_a_build_is_not_taken_for_what_was_built(site: Path) -> None:
    async def changed() -> None:
        rebuilding = Rebuilding(site, lambda: TODAY, 1, None)
        rebuilding.notice(())
        building = asyncio.create_task(rebuilding.build())
        await asyncio.sleep(0)
        edit(site / FEES, "标题: ", "标题: 关于")
        await building
        await rebuilding.keep()
        assert _shown((await _started(site)).preview) == _cold(site)

    _run(changed())


def test_two_previews_and_a_build_leave_each_other_what_they_keep(site: Path) -> None:
    async def together() -> None:
        one, other = await _started(site), await _started(site)
        assert _is_resumed(other.preview)
        edit(site / FEES, "标题: ", "标题: 关于")
        for rebuilding in (one, other):
            await _edited(rebuilding, site / FEES)
        await asyncio.gather(one.keep(), other.keep())
        for _ in range(2):
            assert on(site, "build", "--out", str(site.parent / "public")).code in (0, 1)
        third = (await _started(site)).preview
        assert (_is_resumed(third), _shown(third)) == (True, _cold(site))

    _run(together())


_EDITS: dict[str, Callable[[Path], object]] = {
    "words": lambda file: _write(file, SENTENCE),
    "number": lambda file: _write(
        file, "\n\n身份证号11010519491231002X，另见海数政规〔2023〕1号。\n"
    ),
    "heading": lambda file: _write(file, "\n\n## 又一节\n\n见[首页](/index.html)。\n"),
    "title": lambda file: edit(file, "标题: ", "标题: 关于"),
}
_DOCUMENTS = sorted(path for path in FILES if path.endswith(".md"))


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(
                st.tuples(st.sampled_from(_DOCUMENTS), st.sampled_from(sorted(_EDITS))), max_size=3
            ),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_edits_and_restarts(steps: list[tuple[list[tuple[str, str]], bool]]) -> None:
    """Each step is edits that come together, and whether the preview runs meanwhile or is started after them."""

    async def edited(site: Path) -> None:
        rebuilding = await _started(site)
        for edits, is_running in steps:
            for path, name in edits:
                _EDITS[name](site / path)
            if is_running and edits:
                preview = await _edited(rebuilding, *(site / path for path, _ in edits))
                await rebuilding.keep()
            else:
                rebuilding = await _started(site)
                preview = rebuilding.preview
            assert _shown(preview) == _cold(site)

    with TemporaryDirectory() as folder:
        _run(edited(write_site(Path(folder) / "site", FILES)))


def _is_kept(site: Path) -> bool:
    with closing(sqlite3.connect(site / FILE, timeout=DEADLINE)) as memo:
        row = memo.execute("SELECT 1 FROM memo WHERE kind = 'preview' AND key = 'index'")
        return row.fetchone() is not None


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.05)


def test_the_command_begins_with_what_was_kept_after_a_kill(site: Path) -> None:
    paths = [
        FEES_PAGE,
        "/zwgk/",
        "/zwgk/static/style.css",
        "/zwgk/none.html",
        "/__gongkai/findings",
    ]
    paths.append("/zwgk/statutory/notice/2026/draft.html")

    def replies(port: int, get: Callable[[str], Any]) -> list[tuple[int, bytes]]:
        own = re.compile(rb"port=\d+|:%d\b" % port)
        return [(reply.status, own.sub(b"", reply.body)) for reply in map(get, paths)]

    with serving(site) as served:
        before = replies(served.port, served.get)
        _wait_until(lambda: _is_kept(site))
        told = served.told[:-1]
    with serving(site) as served:
        assert replies(served.port, served.get) == before
        assert served.told[:-1] == told
        edit(site / FEES, "没有行政事业性收费项目", "不收任何费用")
        _wait_until(lambda: "不收任何费用" in served.get(FEES_PAGE).text)
        edit(site / FEES, "标题: ", "标题: 关于")
        _wait_until(lambda: "关于" in served.get("/zwgk/statutory/notice/").text)
        assert served.interrupt() == (0, "")
