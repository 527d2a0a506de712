"""Lighter nouns say the same as those they were made of, and a build with them is the same build."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from generator import lighter
from generator.build import examine
from generator.contents import Contents, Obstacle, Passage, Sort, Trace
from generator.domain.contradictions import Contradiction
from generator.finding import Text
from generator.load import source
from generator.model import (
    Asset,
    Body,
    Entry,
    Flaw,
    Heading,
    Link,
    LinkSyntax,
    Outcome,
    Page,
    Source,
    Verdict,
    WrittenLink,
)
from generator.schema import Policy
from generator.spill import spill
from generator.validate.fields import compact
from tests.sites import GOOD_SITE, TODAY, write_site
from tests.test_all_mistakes import SITE

ODD = "字\ud800\0\n"
WRITTEN = WrittenLink(LinkSyntax.REFERENCE, "a#甲", ODD, 7, 3, "a", "见", "。")
LINK = Link(WRITTEN, Verdict.NO_ANCHOR, "a.html", "甲", "content/a.md", "没有", "b")
BODY = Body(
    ("<p>\ud800", "\0</p>"),
    ((0, True),),
    (WRITTEN,),
    (Heading(2, "一、甲", "甲", 4),),
    frozenset({"甲", "乙"}),
    ODD,
    (Flaw("missing-alt", 1, 2, ("x",)),),
)
CONTENTS = Contents(
    (Passage(ODD * 300, ((0, "第1页", "page 1"), (5, "第2页", "page 2"))),),
    (Trace(Sort.AUTHOR, "甲", Text("作者", "author")),),
    Obstacle.DAMAGED,
)


def _source() -> Source:
    text = "---\n标题: 甲\n专题: [a, b]\n附件: [{文件: a.txt}]\n---\n\n正文\n"
    found, findings = source.read("content/a.md", text.encode())
    assert findings == []
    return found


def _values(noun: Any) -> dict[str, Any]:
    return {part.name: getattr(noun, part.name) for part in fields(noun)}


@pytest.mark.parametrize(
    ("made", "lighten"),
    [
        pytest.param(Page("a.html", b"\xff\0" * 600), lighter.page, id="page"),
        pytest.param(Asset("content/a", "a", 9000, b"\0" * 4096), lighter.asset, id="asset"),
        pytest.param(_source(), lighter.source, id="source"),
        pytest.param(CONTENTS, lighter.contents, id="contents"),
        pytest.param(BODY, lighter.body, id="body"),
    ],
)
def test_a_lighter_noun_says_the_same(made: Any, lighten: Callable[[Any], Any]) -> None:
    kept = lighten(made)
    assert type(kept) is not type(made)
    assert isinstance(kept, type(made))
    assert _values(kept) == _values(made)
    assert _values(replace(kept)) == _values(made)


def test_small_parts_stay_where_they_are() -> None:
    page, asset = Page("a.html", b"a"), Asset("content/a", "a", 1, b"a")
    contents = Contents(obstacle=Obstacle.ENCRYPTED)
    assert lighter.page(page) is page
    assert lighter.asset(asset) is asset
    assert lighter.contents(contents) is contents


def test_the_places_of_a_lighter_source_are_its_own() -> None:
    made = _source()
    kept = lighter.source(made)
    for key in (("title",), ("topics", 1), ("attachments", 0, "file"), ("absent",)):
        assert kept.place(*key) == made.place(*key)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("good"), GOOD_SITE)


@pytest.fixture(scope="module")
def entry(good: Path) -> Entry:
    return replace(examine(good, TODAY).site.built[0], body=BODY)


def test_an_entry_keeps_its_links(entry: Entry) -> None:
    to_place = LINK._replace(verdict=Verdict.PAGE)
    made = replace(entry, links=(LINK, to_place, LINK._replace(suggestion=None)))
    kept = lighter.entry(made)
    assert type(kept) is not Entry
    for one in (kept, made):
        assert (one.link_count, one.to_places) == (3, (to_place,))
    assert _values(kept) == _values(made)
    assert _values(replace(kept, links=(LINK,))) == _values(replace(made, links=(LINK,)))


def test_links_that_contradict_stay_as_they_are(entry: Entry) -> None:
    wrong = LINK._replace(contradictions=(Contradiction("wrong-year", "2023", "2024"),))
    made = replace(entry, links=(LINK, wrong))
    assert lighter.entry(made) is made


def _said(outcome: Outcome) -> tuple[Any, ...]:
    entries = {
        path: (one.body.text, one.links, one.document.source.body, dict(one.document.source.keys))
        for path, one in outcome.site.entries.items()
    }
    pages = {page.url: (page.content, page.copy_of) for page in outcome.pages}
    contents = {path: _values(one) for path, one in outcome.site.contents.items()}
    return outcome.findings, entries, pages, contents


def test_a_light_build_is_the_same_build(tmp_path: Path) -> None:
    site = write_site(tmp_path, SITE(GOOD_SITE))
    plain, light = examine(site, TODAY), examine(site, TODAY, light=True)
    assert len(plain.findings) > 20
    assert _said(light) == _said(plain)


_FULL = """\
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (4, 4))
from generator.spill import Spill
spill = Spill()
texts = [b"abc", b"d" * 300_000, b"", b"e" * 300_000, b"f"]
kept = [spill.put(raw) for raw in texts]
print([spill.read(one) for one in kept] == texts)
"""


def _told(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {name: _told(getattr(value, name)) for name in type(value).model_fields}
    return [_told(one) for one in value] if isinstance(value, tuple) else value


def test_compact_front_matter_says_the_same() -> None:
    said = {
        "title": "甲",
        "published": "2024-05-16 10:30",
        "attachments": ["a.pdf", {"file": "b.pdf", "title": "乙"}],
        "review": {"drafter": "丙"},
        "draft": "否",
        "consultation": {"feedback": [{"opinion": "丁"}]},
        "report": {"table3": {"一": ["1", "2"]}},
    }
    made, again, other = (
        Policy.model_validate(one) for one in (said, said, {**said, "title": "戊"})
    )
    small = compact(made)
    assert _told(small) == _told(made)
    assert small.model_fields_set == made.model_fields_set
    assert small == compact(again) != compact(other)
    assert small.review is not None
    assert (small.review.drafter, small.review.on) == ("丙", None)


@pytest.mark.parametrize(
    "texts", [(b"",), (b"one",), (b"one", b"", b"three"), (b"", b"2" * 70_000)]
)
def test_texts_kept_together_are_read_one_by_one(texts: tuple[bytes, ...]) -> None:
    spill().put(b"before")
    kept = spill().put(*texts)
    spill().put(b"after")
    assert tuple(spill().read(kept, which, len(texts)) for which in range(len(texts))) == texts


def test_what_has_no_room_in_the_spill_stays_in_memory() -> None:
    done = subprocess.run([sys.executable, "-c", _FULL], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_texts_are_read_before_and_after_they_are_written() -> None:
    own = spill()
    texts = [b"%d" % number * (number % 400) for number in range(2000)]
    kept = []
    for text in texts:
        kept.append(own.put(text, b"", text[:3]))
        assert own.read(kept[-1], 0, 3) == text
    assert sum(map(len, texts)) > 1_000_000
    read = [tuple(own.read(one, which, 3) for which in range(3)) for one in kept]
    assert read == [(text, b"", text[:3]) for text in texts]
