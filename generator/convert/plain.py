"""Plain trees (素净的树): those that hold nothing of HTML but what the converter made are read as they are.

Most bodies hold no HTML of the author's: written out, sanitised and read again, their tree would come back
unchanged. `read` proves that of a tree, element by element, and reads it on the way; of any other tree, and in
any doubt, it gives None, and the tree goes the long way. A test holds both ways against each other.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from generator.convert import clean, positions
from generator.convert.positions import Positions
from generator.convert.reader import ADDRESSES, Reader
from generator.model import Body

_INLINE = frozenset({"strong", "em", "a", "code", "img", "br", "span"})
_FLOW = frozenset(
    {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "div", "hr"}
)
# What may stand in what, so that a parser of HTML neither closes, moves nor adds an element.
_CONTENT: dict[str, frozenset[str]] = {
    **dict.fromkeys(("p", "h2", "h3", "h4", "h5", "h6", "td", "th"), _INLINE),
    **dict.fromkeys(("strong", "em", "span"), _INLINE),
    "a": _INLINE - {"a"},
    "code": frozenset(),
    "blockquote": _FLOW,
    "div": _FLOW,
    "li": _FLOW | _INLINE,
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "table": frozenset({"thead", "tbody"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
}
# In these a parser would move text elsewhere.
_WITHOUT_TEXT = frozenset({"ul", "ol", "table", "thead", "tbody", "tr"})
_VOID = frozenset({"img", "br", "hr"})
_OF_TEXT = _CONTENT.keys() - _WITHOUT_TEXT
_BETWEEN = (None, "", "\n")
# What HTML does not write as it is read, and the library's placeholders.
_NOT_ITSELF = re.compile("[&<>\xa0\r\x02\x03]")
_NOT_ITSELF_IN_VALUES = re.compile('[&<>"\xa0\r\x02\x03]')
_ALIGNED = frozenset(f"text-align: {side};" for side in ("left", "center", "right"))


class _NotPlainError(Exception):
    """The tree has to go the long way."""


def read(tree: Element, where: Positions, tables: list[int]) -> Body | None:
    """The body that `tree` holds, equal to what its sanitised HTML would give; None if that is not sure."""
    if _NOT_ITSELF.search("".join(tree.itertext())) or tree.text not in _BETWEEN or tree.attrib:
        return None
    reader = Reader(where, tables[::-1])
    behind = None
    try:
        for block in tree:
            if behind:
                reader.text(behind)
            _read(block, _FLOW, reader)
            behind = block.tail
    except (_NotPlainError, RecursionError):
        return None
    return reader.body() if behind in _BETWEEN else None


def _read(element: Element, allowed: frozenset[str], reader: Reader) -> None:
    tag = element.tag
    text, attributes = element.text, element.attrib
    if tag not in allowed:
        raise _NotPlainError
    if tag == "a" and (reader.open_link is not None or "href" not in attributes):
        # A parser ends the link around a link; of one without an address nothing here would tell.
        raise _NotPlainError
    if text and not attributes and not len(element) and tag in _OF_TEXT:
        reader.element(tag, text)
        return
    reader.start(tag, _attributes(tag, element) if attributes else ())
    if tag in _VOID:
        if text or len(element):
            raise _NotPlainError
        return
    if text:
        if text != "\n" and tag in _WITHOUT_TEXT:
            raise _NotPlainError
        reader.text(text)
    content = _CONTENT[tag]
    for child in element:
        _read(child, content, reader)
        text = child.tail
        if text:
            if text != "\n" and tag in _WITHOUT_TEXT:
                raise _NotPlainError
            reader.text(text)
    reader.end(tag)


def _attributes(tag: str, element: Element) -> list[tuple[str, str]]:
    """The attributes in the order in which they are written out, if the sanitiser would leave each alone."""
    known = clean.ATTRIBUTES.get(tag, ())
    everywhere = clean.ATTRIBUTES["*"]
    attributes = sorted(element.items())
    for name, value in attributes:
        if (
            (name not in known and name not in everywhere)
            # The author's, without a value.
            or value is None
            or _NOT_ITSELF_IN_VALUES.search(value)
            # An address without its position may have a scheme, which the sanitiser judges.
            or (name in ADDRESSES and not positions.MARKER.match(value))
            or (name == "style" and value not in _ALIGNED)
        ):
            raise _NotPlainError
    return attributes
