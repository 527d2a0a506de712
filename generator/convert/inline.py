"""Inline mark-up (行内标记) sooner: a pattern is tried only on text that holds a sign it cannot do without.

Nearly all text of official documents holds no mark-up at all, yet Python-Markdown tries eighteen patterns on
each piece of it. The output is equal, sign for sign; a test compares both on the corpus and on random text.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import ImageInlineProcessor, LinkInlineProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from generator.convert import usual
from generator.convert.usual import SIGN
from generator.regex import regex

# The pattern of this name matches nothing without one of these two signs, whatever it does with a match.
_SIGNS: dict[str, tuple[str, str]] = {
    "backtick": ("`", "`"),
    "reference in brackets": ("[[", "[["),
    "escape": ("\\", "\\"),
    "footnote": ("[^", "[^"),
    "reference": ("[", "["),
    "link": ("[", "["),
    "image_link": ("![", "!["),
    "image_reference": ("![", "!["),
    "short_reference": ("[", "["),
    "short_image_ref": ("![", "!["),
    "autolink": ("<", "<"),
    "automail": ("<", "<"),
    "linebreak": ("  \n", "  \n"),
    "html": ("<", "<"),
    "entity": ("&", "&"),
    "masked number": ("**", "**"),
    "em_strong": ("*", "_"),
    "document number": ("号", "号"),
}
# These look their label up among the definitions of the document, of which most have none.
_BY_LABEL = frozenset({"reference", "image_reference", "short_reference", "short_image_ref"})
_APPLY = "_InlineProcessor__applyPattern"
_Patterns = tuple[tuple[Any, str, str], ...]


class SparingInline(InlineProcessor):
    """The library's inline stage, but for the loop over the patterns and for blocks without any sign."""

    _with_labels: _Patterns = ()
    _without_labels: _Patterns = ()
    _all_known = False

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """As in the library; the patterns are looked up once, since none is registered later."""
        if not self._with_labels:
            self._look_up()
        self._patterns = self._with_labels if self.md.references else self._without_labels
        if ancestors or not self._all_known or any(block.tail for block in tree):
            return super().run(tree, ancestors)
        left = [block for block in tree if SIGN.search(text_of(block)) and not self._is_read(block)]
        if left:
            # They go under a root of their own, in their order: the library changes them in place.
            some = Element(tree.tag)
            some.extend(left)
            super().run(some)
        return tree

    def _is_read(self, block: Element) -> bool:
        """Whether nothing of `block` is left to the library; its usual texts are read here."""
        is_read = True
        for element in list(block.iter()) if len(block) else (block,):
            text = element.text
            if text and not isinstance(text, AtomicString) and SIGN.search(text):
                found = usual.read(text, self.md)
                if found is None:
                    is_read = False
                else:
                    usual.fill(element, found)
            if element is not block and element.tail and SIGN.search(element.tail):
                is_read = False
        return is_read

    def _look_up(self) -> None:
        table = self.inlinePatterns
        names = {table.get_index_for_name(name): name for name in _SIGNS if name in table}
        # A pattern that is not known here is always tried: the empty text is in every text.
        known = [(one, names.get(number, "")) for number, one in enumerate(table)]
        self._all_known = len(names) == len(known)
        self._with_labels = tuple((one, *_SIGNS.get(name, ("", ""))) for one, name in known)
        self._without_labels = tuple(
            (one, *_SIGNS.get(name, ("", ""))) for one, name in known if name not in _BY_LABEL
        )

    def _InlineProcessor__handleInline(  # noqa: N802 - the library's private method
        self, data: str, start_with: int = 0
    ) -> str:
        if isinstance(data, AtomicString) or (self._all_known and not SIGN.search(data)):
            return data
        index, start, count = start_with, 0, len(self._patterns)
        while index < count:
            pattern, sign, or_sign = self._patterns[index]
            matched = False
            if sign in data or or_sign in data:
                apply = getattr(self, _APPLY)
                data, matched, start = apply(pattern, data, index, start)
            if not matched:
                index, start = index + 1, 0
        return data


# An address without quotes, brackets and spaces, and without anything found in it before.
_ADDRESS = regex(r"\(\s*([^\s()'\"<\x02]*)\)")


class _Simple(LinkInlineProcessor):
    """Most links are `[words](address)`: the library looks at both sign by sign."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        """As in the library: what stands between the brackets, where it ends, and whether it does."""
        end = data.find("]", index)
        if end < 0 or data.find("[", index, end) >= 0:
            return super().getText(data, index)
        return data[index:end], end + 1, True

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        """As in the library: address, title, where they end, and whether they do."""
        simple = _ADDRESS.match(data, index)
        return (simple[1], None, simple.end(), True) if simple else super().getLink(data, index)


class SimpleLink(_Simple):
    """A link of the library's."""


class SimpleImage(_Simple, ImageInlineProcessor):
    """An image of the library's."""


def text_of(block: Element) -> str:
    """All text within `block`."""
    return "".join(block.itertext()) if len(block) else block.text or ""
