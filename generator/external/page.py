"""A page as fetched (所得网页): bytes and headers → title, text, anchors, and where it sends us on by itself."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from rapidfuzz.distance import Indel
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.external.observation import Page
from generator.regex import regex

SAMPLE = 4000
_HIDDEN_SAMPLE = 2000
_DEEPEST = 400  # elements inside each other; what lies deeper is not read
_DECLARED = regex(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# The standard reads these names as the larger set; latin-1 takes any bytes and so proves nothing.
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
_PROVES_NOTHING = frozenset(
    {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252"}
)
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_NO_TEXT = frozenset({"script", "style", "noscript", "template", "svg", "title", "head"})
_UNSEEN = regex(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?!\.?\d)|opacity\s*:\s*0(?!\.?\d)"
    r"|(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_REFRESH = regex(r"\s*(\d{0,4})(?:\.\d*)?\s*[;,]\s*url\s*=\s*[\"']?\s*([^\"'>\s]+)", re.IGNORECASE)
# A page that is shown for longer is meant to be read.
_AT_ONCE = 2
_SPACES = regex(r"\s+")


class Read(NamedTuple):
    """A page, the name of the set its bytes were in, and the address that it sends readers to at once."""

    page: Page
    charset: str
    refresh: str


def read(body: bytes, header_charset: str = "", *, whole: bool = True) -> Read:
    """What the HTML in `body` shows; never raises, whatever the bytes."""
    text, charset = decode(body, header_charset)
    # A lone surrogate or a NUL would end the parser's work.
    parser = LexborHTMLParser(text.replace("\0", "").encode("utf-8", "replace"))
    shown, hidden = _texts(parser)
    words = [_content(parser, name) for name in ("keywords", "description")]
    page = Page(
        title=_first(parser, "title"),
        heading=_first(parser, "h1"),
        text=shown[:SAMPLE],
        length=len(_SPACES.sub("", shown)),
        hidden=" ".join(filter(None, (*words, hidden)))[:_HIDDEN_SAMPLE],
        ids=_ids(parser) if whole else None,
        asks_password=parser.css_first('input[type="password" i]') is not None,
    )
    return Read(page, charset, _refresh(parser))


def decode(body: bytes, header_charset: str = "") -> tuple[str, str]:
    """`body` as text, and the set it was in: by its mark, the header, the page, else by trying."""
    for mark, charset in _MARKS.items():
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace"), charset
    found = _DECLARED.search(body, 0, 2048)
    declared = (header_charset, found[1].decode("ascii", "replace") if found else "")
    for name in (*declared, "utf-8", "gb18030"):
        charset = _LARGER.get(name.lower(), name.lower())
        if charset in _PROVES_NOTHING or not charset:
            continue
        try:
            # Not final: the bounded read may have cut the last character in two.
            return codecs.getincrementaldecoder(charset)("strict").decode(body), charset
        except (LookupError, UnicodeError, ValueError):
            continue
    return body.decode("utf-8", "replace"), "unknown"


def likeness(page: Page | None, other: Page | None) -> float:
    """How much two pages are one: 0 unless their titles are equal and almost all of their text is.

    The share alone would call every short article equal to its neighbour in the same frame, so only
    as much as an echoed address may differ.
    """
    if page is None or other is None or page.title != other.title or page.length < 20:
        return 0.0
    differing = Indel.distance(page.text, other.text, score_cutoff=160)
    if differing > 160 or abs(page.length - other.length) > 160:
        return 0.0
    return 1 - differing / max(1, len(page.text) + len(other.text))


def _texts(parser: LexborHTMLParser) -> tuple[str, str]:
    """The text that a reader sees, and what inline styles hide from him."""
    shown: list[str] = []
    hidden: list[str] = []
    waiting: list[tuple[LexborNode, bool, int]] = []
    if parser.body is not None:
        waiting.append((parser.body, False, 0))
    while waiting:
        node, is_hidden, depth = waiting.pop()
        if node.tag == "-text":
            (hidden if is_hidden else shown).append(node.text())
        elif node.tag not in _NO_TEXT and depth < _DEEPEST:
            is_hidden = is_hidden or _is_hidden(node)
            children = list(node.iter(include_text=True))
            waiting.extend((child, is_hidden, depth + 1) for child in reversed(children))
    return _joined(shown), _joined(hidden)


def _joined(texts: list[str]) -> str:
    return _SPACES.sub(" ", " ".join(texts)).strip()


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes:
        return True
    if node.tag == "marquee":
        sizes = (attributes.get("width") or "", attributes.get("height") or "")
        return any(size.strip() in ("0", "1", "2", "3", "4", "5") for size in sizes)
    return _UNSEEN.search(attributes.get("style") or "") is not None


def _first(parser: LexborHTMLParser, element: str) -> str:
    node = parser.css_first(element)
    return _SPACES.sub(" ", node.text()).strip()[:300] if node is not None else ""


def _content(parser: LexborHTMLParser, name: str) -> str:
    node = parser.css_first(f'meta[name="{name}" i]')
    return ((node.attributes.get("content") or "") if node is not None else "").strip()[:500]


def _ids(parser: LexborHTMLParser) -> tuple[str, ...]:
    ids = {node.attributes.get("id") or "" for node in parser.css("[id]")}
    names = {node.attributes.get("name") or "" for node in parser.css("a[name]")}
    return tuple(sorted((ids | names) - {""}))


def _refresh(parser: LexborHTMLParser) -> str:
    node = parser.css_first('meta[http-equiv="refresh" i]')
    found = _REFRESH.match((node.attributes.get("content") or "") if node is not None else "")
    return found[2] if found and int(found[1] or 0) <= _AT_ONCE else ""
