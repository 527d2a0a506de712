"""Plain trees (素净的树): those that hold little of HTML but what the converter made are read as they are.

Most bodies hold no HTML of the author's, or a few tags within lines: written out, sanitised and read again, their
tree would come back unchanged. `read` proves that of a tree, element by element, and reads it on the way. A block of
the author's is sanitised by itself, where that leaves nothing open that would reach further. Any other tree goes the
long way as a whole: `read` gives None, as in any doubt. A test holds both ways against each other.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER
from markdown.util import BLOCK_LEVEL_ELEMENTS

from generator.convert import clean
from generator.convert.positions import BEGIN, Positions
from generator.convert.reader import ADDRESSES, OF_NOTE, Reader
from generator.model import Body
from generator.regex import regex

_INLINE = frozenset({"strong", "em", "a", "code", "img", "br", "span", "sup"})
_FLOW = frozenset(
    {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "div", "hr", "pre"}
)
# What may stand in what, so that a parser of HTML neither closes, moves nor adds an element.
_CONTENT: dict[str, frozenset[str]] = {
    **dict.fromkeys(("p", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt"), _INLINE),
    **dict.fromkeys(("strong", "em", "span", "sup"), _INLINE),
    "a": _INLINE - {"a"},
    "code": frozenset(),
    "pre": frozenset({"code"}),
    "blockquote": _FLOW,
    "div": _FLOW,
    "li": _FLOW | _INLINE,
    "dd": _FLOW | _INLINE,
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "dl": frozenset({"dt", "dd"}),
    "table": frozenset({"thead", "tbody"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
}
# In these a parser would move text elsewhere, or leave a line break out.
_WITHOUT_TEXT = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "tr", "pre"})
_VOID = frozenset({"img", "br", "hr"})
_HEADINGS, _ID = frozenset({"h2", "h3", "h4", "h5", "h6"}), {"id"}
# Those of which nothing is to be noted but their text.
_OF_TEXT = _CONTENT.keys() - _WITHOUT_TEXT - OF_NOTE
_BETWEEN = (None, "", "\n")
# What is written otherwise in HTML, and signs of the library's or our own.
_NOT_ITSELF = regex("[&<>\xa0\r\n\x02\x03\ufdd0-\ufdef]")
_NOT_ITSELF_IN_VALUES = regex('[&<>"\xa0\r\x02\x03]')
# The library leaves an & alone that seems to name a character; of these a parser makes what was written.
_NAMED = regex("&(?!(?:amp|lt|gt);)(?=(#|[a-zA-Z0-9]+;)?)")
_WRITTEN = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;"}
_ALIGNED = frozenset(f"text-align: {side};" for side in ("left", "center", "right"))
# Where the library has put HTML of the author's aside, and the tags that may stand open around anything in a line.
_ASIDE = regex("\x02wzxhzdk:([0-9]+)\x03")
_BREAK = regex("<br ?/?>")
_TAG = regex("<(/?)(b|i|u|s|sub|sup|em|strong|small|span|mark|del|ins)>")
_COMMENT = regex("<!--(?!-?>)(?:(?!--!?>).)*-->", re.DOTALL)


_BLOCK = regex("<([a-z][a-z0-9]*)[ >].*>", re.DOTALL)
_BLOCKS = clean.TAGS & frozenset(BLOCK_LEVEL_ELEMENTS)
_NAMES = regex(r"<(/?[a-zA-Z][^\s/>]*|[!?])")
# Put behind a block, it comes out as it is if nothing stands open there. No author's text holds its sign.
_BEHIND = "\n<p>\ufdd6</p>"


class _NotPlainError(Exception):
    """The tree has to go the long way."""


def read(
    tree: Element, where: Positions, tables: list[int], aside: Sequence[object] = ()
) -> Body | None:
    """The body that `tree` holds, equal to what its sanitised HTML would give; None if that is not sure.

    `aside` is the HTML of the author's that the library has put aside.
    """
    if tree.text not in _BETWEEN or tree.attrib:
        return None
    reader = Reader(where, tables[::-1])
    walk = _Walk(reader, aside)
    behind = None
    try:
        for block in tree:
            if behind:
                walk.text(behind, [])
            if _is_aside(block):
                behind = walk.block(block) + (block.tail or "")
            else:
                walk.element(block, _FLOW)
                behind = block.tail
    except (_NotPlainError, RecursionError):
        return None
    return reader.body() if not behind or not behind.strip("\n") else None


def _is_aside(block: Element) -> bool:
    """Whether the library has put all that stood here aside, and will take the paragraph away around it."""
    text = block.text or ""
    # Nearly all begin otherwise.
    if text[:1] != "\x02" or block.tag != "p" or block.attrib:
        return False
    return _ASIDE.fullmatch(text) is not None


class _Walk:
    """The way through a tree, of which `reader` is told."""

    def __init__(self, reader: Reader, aside: Sequence[object]) -> None:
        self.reader = reader
        self.aside = aside

    def block(self, paragraph: Element) -> str:
        """A paragraph that is nothing but HTML put aside: only the HTML stays. Gives the line breaks behind it."""
        found = _ASIDE.fullmatch(paragraph.text or "")
        whole = self._put_aside(found[1] if found else "")
        raw = whole.rstrip("\n")
        block = _BLOCK.fullmatch(raw)
        is_whole = block is not None and block[1] in _BLOCKS and not len(paragraph)
        if not is_whole or "\x02" in raw:
            raise _NotPlainError
        if any(name[1].strip("/").lower() not in clean.TAGS for name in _NAMES.finditer(raw)):
            # What leaves no trace may stand open all the same.
            raise _NotPlainError
        markup = clean.sanitise(raw + _BEHIND)
        if not markup.endswith(">" + _BEHIND) or not markup.startswith("<"):
            raise _NotPlainError
        clean.tell(self.reader, markup.removesuffix(_BEHIND))
        return whole[len(raw) :]

    def element(self, element: Element, allowed: frozenset[str]) -> None:
        tag, text, attributes = element.tag, element.text, element.attrib
        if tag not in allowed:
            raise _NotPlainError
        reader = self.reader
        if text and not len(element) and not _NOT_ITSELF.search(text):
            if not attributes and tag in _OF_TEXT:
                reader.element(tag, text)
                return
            if tag in _HEADINGS and attributes.keys() == _ID:
                reader.title(tag, _attributes(tag, attributes)[0][1], text)
                return
        elif tag == "p" and text and _ASIDE.fullmatch(text):
            # The library takes the paragraph away from what may stand by itself.
            raise _NotPlainError
        if tag == "a" and (reader.open_link is not None or "href" not in attributes):
            # A parser ends the link around a link; of one without an address nothing here would tell.
            raise _NotPlainError
        reader.start(tag, _attributes(tag, attributes) if attributes else ())
        if tag in _VOID:
            if text or len(element):
                raise _NotPlainError
            return
        if tag in _WITHOUT_TEXT and not _is_spaced(element):
            raise _NotPlainError
        self._content(element, _CONTENT[tag])
        reader.end(tag)

    def _content(self, element: Element, content: frozenset[str]) -> None:
        opened: list[str] = []
        if element.text:
            self.text(element.text, opened)
        for child in element:
            if opened and child.tag not in _INLINE:
                raise _NotPlainError
            self.element(child, content)
            if child.tail:
                self.text(child.tail, opened)
        if opened:
            raise _NotPlainError

    def text(self, text: str, opened: list[str]) -> None:
        """A text of the tree; `opened` are the author's tags that stand open before it, and behind it."""
        if text == "\n" or not _NOT_ITSELF.search(text):
            self.reader.plain_text(text)
            return
        raw = _written(text)
        if "\x02" not in raw:
            self.reader.text(raw)
            return
        raw = raw.replace(FN_BACKLINK_TEXT, "↩").replace(NBSP_PLACEHOLDER, "&nbsp;")
        raw = _ASIDE.sub(self._character, raw)
        parts = _ASIDE.split(raw)
        for index, part in enumerate(parts):
            if index % 2:
                self._tag(self._put_aside(part), opened)
            elif "\x02" in part:
                raise _NotPlainError
            elif part:
                self.reader.text(part)

    def _put_aside(self, number: str) -> str:
        found = self.aside[int(number)] if int(number) < len(self.aside) else None
        if not isinstance(found, str):
            raise _NotPlainError
        return found

    def _character(self, found: re.Match[str]) -> str:
        """A character that the author wrote by its name, as HTML writes it; a comment is none."""
        raw = self._put_aside(found[1])
        if raw.startswith("<"):
            return "" if _COMMENT.fullmatch(raw) else found[0]
        sign = html.unescape(raw)
        if len(sign) != 1 or not ("\x20" <= sign < "\x7f" or "\xa0" <= sign < "\ud800"):
            raise _NotPlainError
        return _WRITTEN.get(sign, sign)

    def _tag(self, raw: str, opened: list[str]) -> None:
        tag = _TAG.fullmatch(raw)
        if _BREAK.fullmatch(raw):
            self.reader.start("br", ())
        elif tag is None:
            raise _NotPlainError
        elif not tag[1]:
            opened.append(tag[2])
            self.reader.start(tag[2], ())
        elif opened and opened.pop() == tag[2]:
            self.reader.end(tag[2])
        else:
            raise _NotPlainError


def _is_spaced(element: Element) -> bool:
    """Whether nothing but line breaks stands between the children of `element`."""
    # A parser leaves out the first one of a <pre>.
    may_begin = _BETWEEN if element.tag != "pre" else (None, "")
    return element.text in may_begin and all(child.tail in _BETWEEN for child in element)


def _written(text: str) -> str:
    """A text as HTML writes it."""
    if "\r" in text:
        raise _NotPlainError
    if "&" in text:
        if any(found[1] for found in _NAMED.finditer(text)):
            raise _NotPlainError
        text = _NAMED.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")


def _attributes(tag: str, attributes: dict[str, str]) -> list[tuple[str, str]]:
    """The attributes in the order in which they are written out, if the sanitiser would leave each alone."""
    known = clean.ATTRIBUTES.get(tag, ())
    everywhere = clean.ATTRIBUTES["*"]
    kept: list[tuple[str, str]] = []
    for name, value in sorted(attributes.items()) if len(attributes) > 1 else attributes.items():
        if (
            (name not in known and name not in everywhere)
            # The author's, without a value.
            or value is None
            # An address without its position may have a scheme, which the sanitiser judges.
            or (name in ADDRESSES and value[:1] not in (BEGIN, "#"))
            or (name == "style" and value not in _ALIGNED)
        ):
            raise _NotPlainError
        if _NOT_ITSELF_IN_VALUES.search(value):
            value = _written(value).replace('"', "&quot;")  # noqa: PLW2901
            if "\x02" in value or "\x03" in value or "&lt;" in value or "&gt;" in value:
                raise _NotPlainError
        kept.append((name, value))
    return kept
