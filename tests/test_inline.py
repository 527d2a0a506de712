"""The sparing inline stage (行内标记) gives what the library's own gives, sign for sign."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

from generator.convert import _markdown, positions
from tests.sites import GOOD_SITE
from tests.test_properties import texts

_CONTENT = Path(__file__).parents[1] / "content"


@cache
def _plain() -> Markdown:
    """Our converter with the library's own inline stage."""
    markdown = _markdown.__wrapped__(False)
    markdown.treeprocessors.register(InlineProcessor(markdown), "inline", 20)
    return markdown


def _both(text: str) -> tuple[str, str]:
    marked = positions.mark(positions.clean(text))
    return _markdown(False).reset().convert(marked), _plain().reset().convert(marked)


@settings(deadline=None, max_examples=300)
@given(texts)
def test_any_text_comes_out_as_from_the_library(text: str) -> None:
    ours, theirs = _both(text)
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
    assert (type(inline).__name__, getattr(inline, "_all_known", None)) == ("_Sparing", True)
