"""Properties (性质): what holds of every text, every order of files and every site."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import examine
from generator.convert import convert
from generator.load.source import read
from generator.model import Outcome
from tests.sites import GOOD_SITE, TODAY, write_site

# What Markdown, YAML, HTML and official documents are made of, so that random texts mean something.
_PIECES = (
    "甲 乙 公开 a b 1 12 2024 。 ， ； ： 、 “ ” 《 》 〔 〕 （ ） 【 】 \u3000 \u200b 😀 e\u0301 𠮷"
    ' * ** _ ` ``` ~~~ [ ] ( ) [[ ]] | ! ![ ]( < > </ /> <div> </div> <p> <a&#32;href=" <!-- --> <script>'
    " <style> <table> <td> <img> <title> <textarea> <svg> & &#x &#xFDD0; &#64977; &amp; 一、 （一） 1. 1、 （1）"
    " 第一章 第一条 海府办发〔2024〕16号 # ## - - --- === |-| | {:  } {:&#32;#x} [^1] [^1]: : \" ' \\ \\[ [TOC] 附件："
    " http://a.b <http://a.b> title: 标题： 标题: 发布日期: 审核: draft: - & * ! % @ ? {} [] ~ null"
).split(" ")
_SPACES = (
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "    ",
    "\ufeff",
    "\x00",
    "\x02",
    "\x85",
    "\u2028",
    "\ufdd0",
    "\ufdd5",
)
_piece = st.sampled_from([piece.replace("&#32;", " ") for piece in _PIECES] + list(_SPACES) * 3)
_written = st.lists(_piece, max_size=60).map("".join)
_any_text = st.text(st.characters(codec="utf-8"), max_size=200)
texts = st.one_of(_written, _any_text)
_QUICK = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@_QUICK
@given(texts, st.integers(1, 1000))
def test_the_converter_takes_any_text(text: str, first_line: int) -> None:
    body = convert(text, first_line)
    assert len(body.pieces) == len(body.slots) + 1
    lines = text.split("\n")
    for link in body.links:
        row = link.line - first_line
        assert 0 <= row < len(lines)
        assert 1 <= link.column <= len(lines[row]) + 1
    assert {heading.id for heading in body.outline} <= body.anchors
    whole = "".join(body.pieces) + body.text + "".join(link.href + link.text for link in body.links)
    assert not re.search("[\ufdd0-\ufdef\x00-\x08]", whole)
    assert not re.search(
        "<(?:script|style|iframe|svg|object|title|textarea)\\b", "".join(body.pieces)
    )


@_QUICK
@given(texts, texts)
def test_the_converter_remembers_nothing(first: str, second: str) -> None:
    before = convert(first)
    convert(second)
    assert convert(first) == before


@_QUICK
@given(
    st.one_of(st.binary(max_size=300), texts.map(lambda text: f"---\n{text}\n---\n{text}".encode()))
)
def test_the_loader_takes_any_bytes(raw: bytes) -> None:
    source, findings = read("content/x.md", raw)
    lines = re.split("\r\n|\r|\n", raw.decode("utf-8", "replace"))
    for finding in findings:
        place = finding.place
        assert place.line is not None
        assert 1 <= place.line <= len(lines) + 1
        assert finding.message.zh
        assert finding.message.en
    assert source.readable or findings


def _examined(files: Mapping[str, str | bytes]) -> Outcome:
    with TemporaryDirectory() as folder:
        return examine(write_site(Path(folder), files), TODAY)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(texts, texts)
def test_a_site_takes_any_document(head: str, body: str) -> None:
    """Whatever an editor writes, it ends in findings and pages, and the other documents are as they were."""
    path = "content/statutory/notice/2026/any.md"
    outcome = _examined({**GOOD_SITE, path: f"---\n{head}\n---\n{body}"})
    others = {finding for finding in outcome.findings if finding.place.path in GOOD_SITE}
    assert {finding.rule for finding in others} <= {
        "path-collision",
        "duplicate-document",
        "duplicate-document-number",
        "duplicate-index-number",
        "stale-column",
        "empty-column",
    }
    assert "broken-template" not in {finding.rule for finding in outcome.findings}


@settings(deadline=None, max_examples=6)
@given(st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(order: random.Random) -> None:
    files = list(GOOD_SITE.items())
    order.shuffle(files)
    assert _examined(dict(files)).pages == _examined(GOOD_SITE).pages


def _linked() -> list[str]:
    """The documents of the good site that another one links or refers to."""
    site = _examined(GOOD_SITE).site
    return sorted(
        {
            target
            for entry in site.entries.values()
            for target in (
                *(link.document for link in entry.links),
                *(reference.document for reference in entry.references),
            )
            if target and target != entry.path
        }
    )


def test_deleting_any_linked_document_breaks_a_link() -> None:
    linked = _linked()
    assert len(linked) >= 3
    for path in linked:
        files = {name: content for name, content in GOOD_SITE.items() if name != path}
        rules = {finding.rule for finding in _examined(files).findings}
        assert rules & {"broken-page", "broken-reference"}, path
