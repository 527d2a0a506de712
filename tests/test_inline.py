"""The sparing converter (省着用的转换器) gives what the library's own gives, sign for sign."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from markdown import Markdown

from generator.convert import _markdown, extensions, positions
from tests.markup import documents, phrases
from tests.sites import GOOD_SITE
from tests.test_properties import texts

_CONTENT = Path(__file__).parents[1] / "content"


@cache
def _library(with_contents: bool) -> Markdown:
    """The library as it is, with our two extensions of it and nothing else of ours."""
    return Markdown(extensions=extensions(with_contents))


def _both(text: str, with_contents: bool = False) -> tuple[str, str]:
    marked = positions.mark(positions.clean(text))
    ours = _markdown(with_contents).reset().convert(marked)
    return ours, _library(with_contents).reset().convert(marked)


@settings(deadline=None, max_examples=500)
@given(texts)
def test_any_text_comes_out_as_from_the_library(text: str) -> None:
    ours, theirs = _both(text)
    assert ours == theirs


@settings(deadline=None, max_examples=500)
@given(documents)
def test_any_document_comes_out_as_from_the_library(text: str) -> None:
    ours, theirs = _both(text)
    assert ours == theirs


@settings(deadline=None, max_examples=1000)
@given(phrases)
def test_any_mark_up_within_lines_comes_out_as_from_the_library(text: str) -> None:
    ours, theirs = _both(text)
    assert ours == theirs


@settings(deadline=None, max_examples=50)
@given(documents)
def test_any_document_with_its_contents_comes_out_as_from_the_library(text: str) -> None:
    ours, theirs = _both(f"[TOC]\n\n{text}", with_contents=True)
    assert ours == theirs


@pytest.mark.parametrize("folder", sorted(path.name for path in _CONTENT.iterdir()))
def test_the_demonstration_site_comes_out_as_from_the_library(folder: str) -> None:
    read = [path.read_text("utf-8") for path in sorted((_CONTENT / folder).rglob("*.md"))]
    assert [text for text in read if len(set(_both(text))) > 1] == []


@pytest.mark.parametrize("path", sorted(path for path in GOOD_SITE if path.endswith(".md")))
def test_mark_up_in_every_document_comes_out_as_from_the_library(path: str) -> None:
    text = GOOD_SITE[path]
    assert isinstance(text, str)
    for sign in (
        "*",
        "**",
        "_",
        "`",
        "[a](b)",
        "![a](b)",
        "[^1]",
        "<b>",
        "&amp;",
        "\\*",
        "  \n",
        "[[a]]",
    ):
        marked = text.replace("，", f"，{sign}").replace("。", f"{sign}。")
        ours, theirs = _both(marked)
        assert ours == theirs


def test_the_patterns_are_all_known() -> None:
    """A pattern that is added without its sign is tried on every text again."""
    markdown = _markdown(False)
    markdown.reset().convert("甲")
    inline = markdown.treeprocessors["inline"]
    assert (type(inline).__name__, getattr(inline, "_all_known", None)) == ("SparingInline", True)
