"""Neighbours of a document, asked for one by one, are those that all have together."""

from __future__ import annotations

from pathlib import Path

from generator.build import examine
from generator.pages.frame import Frame
from generator.pages.relations import beside, neighbours
from tests.edits import Files
from tests.sites import GOOD_SITE, NOTICE, TODAY, write_site

_NOTICE = "content/statutory/notice/2026/{}.md"


def _more() -> Files:
    """The good site with notices of one day, one that was withdrawn, and one that is a draft."""
    texts = {
        name: NOTICE.replace("旧址: [old/jgsz.html]\n", "")
        .replace("000014349/2026-00009", f"000014349/2026-0008{number}")
        .replace("内设机构", f"{name}号内设机构")
        for number, name in enumerate("abcde")
    }
    texts["b"] = texts["b"].replace("\n---\n", "\nwithdrawn: {on: 2026-10-01}\n---\n", 1)
    texts["d"] = texts["d"].replace("\n---\n", "\ndraft: true\n---\n", 1)
    return {**GOOD_SITE, **{_NOTICE.format(name): text for name, text in texts.items()}}


def test_of_one_document_they_are_those_of_all(tmp_path: Path) -> None:
    site = examine(write_site(tmp_path, _more()), TODAY).site
    own = frozenset(entry.path for entry in Frame(site).own_pages.values())
    of_all = neighbours(site, own)
    alone = {path: beside(site, own, entry) for path, entry in site.entries.items()}
    assert alone == {path: of_all.get(path, (None, None)) for path in site.entries}
    newer, older = alone[_NOTICE.format("a")]
    # b is withdrawn.
    assert _NOTICE.format("c") in {one.path for one in (newer, older) if one}
