"""The first look at an edited document is the page that the build will make, and nobody waits for more."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest

from generator.build import examine
from generator.serve.first_look import first_look, ready
from generator.serve.rebuilding import Rebuilding
from tests.served import FEES, FEES_PAGE, edit
from tests.sites import GOOD_SITE, TODAY, write_site

FEES_URL = FEES_PAGE.removeprefix("/zwgk/")
ADDED = """

## 新的一节

见[审查制度](../../../institution/release-review.md)、[[海数政规〔2026〕2号]]和海数政规〔2023〕1号，
以及[没有的文件](none.md)。

| 项目 | 金额 |
| --- | --- |
| 工本费 | 0元 |
"""
Result = TypeVar("Result")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", GOOD_SITE)


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    """What `work` gives, in a thread of its own: the browser tests leave a loop running in theirs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_it_is_the_page_that_the_build_makes(site: Path) -> None:
    made = ready(site, examine(site, TODAY, drafts=True).site)
    documents = [path for path in GOOD_SITE if path.endswith(".md")]
    for path in documents:
        with (site / path).open("a", encoding="utf-8") as file:
            file.write(ADDED)
    looks = {path: first_look(made, path) for path in documents}
    built = {page.url: page for page in examine(site, TODAY, drafts=True).pages}
    seen = {path: page for path, page in looks.items() if page is not None}
    assert [page for page in seen.values() if page != built[page.url]] == []
    # The other two stand on the page of their column and of their topic.
    assert set(documents) - set(seen) == {
        "content/guide/index.md",
        "content/topics/open-data/index.md",
    }


def test_its_title_is_seen_at_once(site: Path) -> None:
    made = ready(site, examine(site, TODAY, drafts=True).site)
    text = (site / FEES).read_text(encoding="utf-8").replace("标题: ", "标题: 新的")
    (site / FEES).write_text(text, encoding="utf-8")
    page = first_look(made, FEES)
    assert page is not None
    built = {page.url: page for page in examine(site, TODAY, drafts=True).pages}
    assert page == built[page.url]


def test_what_is_no_page_of_its_own_waits_for_the_build(site: Path, tmp_path: Path) -> None:
    made = ready(site, examine(site, TODAY, drafts=True).site)
    text = (site / FEES).read_text(encoding="utf-8")
    closed = text.replace("公开属性: 主动公开", "公开属性: 不予公开")
    for changed in (closed, text.replace("---", "--", 1), "\0"):
        assert changed != text
        (site / FEES).write_text(changed, encoding="utf-8")
        assert first_look(made, FEES) is None
    (site / FEES).rename(tmp_path / "fees.md")
    assert first_look(made, FEES) is None
    (site / FEES).symlink_to(tmp_path / "fees.md")
    assert first_look(made, FEES) is None
    assert first_look(made, "content/none.md") is None


async def _started(site: Path) -> Rebuilding:
    rebuilding = Rebuilding(site, lambda: TODAY, 1, None)
    rebuilding.notice(())
    assert (await rebuilding.build()).everything
    await rebuilding.prepare()
    assert not (await rebuilding.look()).concerns(FEES_PAGE)
    return rebuilding


def test_an_edit_is_shown_before_the_build_and_loads_the_page_once(site: Path) -> None:
    async def edited() -> None:
        rebuilding = await _started(site)
        edit(site / FEES, "没有行政事业性收费项目", "不收任何费用")
        rebuilding.notice([site / FEES])
        look = await rebuilding.look()
        assert "不收任何费用" in rebuilding.preview.pages[FEES_URL].content.decode()
        assert (look.concerns(FEES_PAGE), look.concerns("/zwgk/")) == (True, False)
        assert not (await rebuilding.build()).concerns(FEES_PAGE)
        # Saved without a change: nothing to look at.
        rebuilding.notice([site / FEES])
        assert not (await rebuilding.look()).concerns(FEES_PAGE)
        assert not (await rebuilding.build()).concerns(FEES_PAGE)

    _run(edited())


def test_a_build_does_not_bring_back_what_was_edited_since_it_began(site: Path) -> None:
    async def edited() -> None:
        rebuilding = await _started(site)
        rebuilding.notice([site / FEES])
        building = asyncio.create_task(rebuilding.build())
        await asyncio.sleep(0)
        edit(site / FEES, "没有行政事业性收费项目", "不收任何费用")
        rebuilding.notice([site / FEES])
        await rebuilding.look()
        await building
        assert "不收任何费用" in rebuilding.preview.pages[FEES_URL].content.decode()

    _run(edited())


def test_findings_titles_and_attachments_are_new_to_see(site: Path) -> None:
    async def edited() -> None:
        rebuilding = await _started(site)
        edit(site / FEES, "本局没有", "见[收费清单](none.md)。本局没有")
        rebuilding.notice([site / FEES])
        assert (await rebuilding.build()).concerns("/zwgk/apply.html")
        edit(site / FEES, "标题: ", "标题: 关于")
        rebuilding.notice([site / FEES])
        built = await rebuilding.build()
        assert [
            built.concerns(path)
            for path in ("/zwgk/statutory/notice/", "/__gongkai/changes", "/zwgk/apply.html")
        ] == [True, True, False]
        # Its page has the same words: only whoever noticed knows that the file is another.
        rebuilding.notice([site / "content/statutory/event/2026/open-day.png"])
        assert (await rebuilding.build()).concerns("/zwgk/statutory/event/2026/open-day.html")

    _run(edited())


def test_a_branch_that_was_switched_is_not_looked_at_page_by_page(site: Path) -> None:
    async def switched() -> None:
        rebuilding = await _started(site)
        paths = [path for path in GOOD_SITE if path.endswith(".md")]
        for path in paths:
            (site / path).write_text(
                f"{(site / path).read_text(encoding='utf-8')}\n", encoding="utf-8"
            )
        edit(site / FEES, "没有行政事业性收费项目", "不收任何费用")
        rebuilding.notice(site / path for path in paths)
        assert not (await rebuilding.look()).concerns(FEES_PAGE)
        assert (await rebuilding.build()).concerns(FEES_PAGE)
        assert "不收任何费用" in rebuilding.preview.pages[FEES_URL].content.decode()

    _run(switched())
