"""A link that no reader can see: the mark of an intruder (暗链)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.regex import regex
from generator.rules import typed

RULE = Rule(
    "hidden-link",
    Severity.ERROR,
    Text("有看不见的链接（暗链）：{target}", "there is a link that no one can see: {target}"),
    Text(
        "删去这段 HTML，并查明是谁放进去的",
        "remove this HTML, and find out who put it there",
    ),
)
_NOTHING = r"\s*:\s*0*\.?0*(?:px|em|rem|pt|%)?\s*(?:!important\s*)?(?:;|$)"
_SPECK = r"\s*:\s*[01](?:px)?\s*(?:!important\s*)?(?:;|$)"
_HIDDEN = regex(
    r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    rf"|font-size{_NOTHING}|opacity{_NOTHING}|(?:max-)?(?:width|height){_SPECK}"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top|right|bottom|margin(?:-\w+)?)\s*:\s*-\d{3,}"
    r"|clip\s*:\s*rect\(\s*[01]|clip-path\s*:\s*inset\(\s*(?:50|100)%|transform\s*:\s*scale\(\s*0\s*\)"
    r"|filter\s*:\s*(?:alpha\(\s*opacity\s*=\s*0|opacity\(\s*0))",
    re.IGNORECASE,
)
_COLOUR = regex(r"(?<![\w-])color\s*:\s*([^;]+)", re.IGNORECASE)
_BACKGROUND = regex(
    r"(?<![\w-])background(?:-color)?\s*:\s*([^;]+)|\bbgcolor\s*=\s*[\"']?([#\w]+)", re.IGNORECASE
)
_CLEAR = regex(r"transparent|rgba\([^)]*,\s*0(?:\.0*)?\s*\)|#[0-9a-f]{6}00", re.IGNORECASE)
_TAG = regex(
    r"<(?P<end>/)?(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
    # Links may be written in Markdown inside hidden HTML.
    r"|(?<!!)\]\(\s*<?(?P<href>[^\s()<>]+)|<(?P<auto>https?://[^<>\s]+)>"
)
_STYLE = regex(r"(?<![\w-])style\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_ATTRIBUTE = regex(
    r"(?<![\w-])hidden(?![\w-])|(?<![\w-])(?:width|height)\s*=\s*[\"']?[01](?:px)?(?=[\"'\s>])",
    re.IGNORECASE,
)
_HREF = regex(r"(?<![\w-])href\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_SOURCE = regex(r"(?<![\w-])src\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_WIDTH = regex(r"(?<![\w-])width\s*[:=]\s*[\"']?[01](?:px)?[\"']?", re.IGNORECASE)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_LOADERS = frozenset({"iframe", "frame", "object", "embed"})


def find(site: Site) -> Iterator[Finding]:
    """Links in the raw HTML of bodies that stand in, or are, something that styles make invisible."""
    for entry, text in typed.documents(site):
        if "<" not in text:
            continue
        for offset, href in hidden_links(text):
            yield RULE.at(typed.place(entry.document.source, offset), target=href)


class _Open(NamedTuple):
    """An element that is open: its name, whether it hides what is in it, and its background."""

    name: str
    hides: bool
    background: str


def hidden_links(text: str) -> Iterator[tuple[int, str]]:
    """Offset and address of each link in the HTML of `text` that is hidden by itself or from above."""
    stack: list[_Open] = []
    for tag in _TAG.finditer(text):
        is_hidden = any(above.hides for above in stack)
        if tag["name"] is None:
            if is_hidden:
                yield tag.start(), tag["href"] or tag["auto"]
            continue
        name = tag["name"].lower()
        if tag["end"]:
            _close(stack, name)
            continue
        one = _opened(name, f"{tag['attributes']} ", stack)
        address = (_HREF if name == "a" else _SOURCE).search(tag["attributes"])
        if address and (name == "a" or name in _LOADERS):
            href = address[1].strip("\"'")
            if one.hides or is_hidden or (name == "a" and _has_hidden_words(text, tag, stack)):
                yield tag.start(), href
        if name not in _VOID and not tag["attributes"].rstrip().endswith("/"):
            stack.append(one)


def _close(stack: list[_Open], name: str) -> None:
    # A closing tag without its opening one closes nothing.
    if any(one.name == name for one in stack):
        while stack.pop().name != name:
            pass


def _opened(name: str, attributes: str, stack: list[_Open]) -> _Open:
    """The element whose tag stands here; white words are invisible unless something dark is behind them."""
    found = _STYLE.search(attributes)
    style = found[1].strip("\"'") if found else ""
    if name in ("td", "th", "col"):
        # A cell of width 1 is as wide as what is in it.
        style, attributes = _WIDTH.sub("", style), _WIDTH.sub("", attributes)
    own = _BACKGROUND.search(f"{style};{_STYLE.sub('', attributes)}")
    behind = next((one.background for one in reversed(stack) if one.background), "")
    background = _colour((own[1] or own[2]).split()[0]) if own else ""
    colour = _COLOUR.search(style)
    words = _colour(colour[1]) if colour else ""
    hides = (
        bool(_HIDDEN.search(style))
        or bool(_ATTRIBUTE.search(_STYLE.sub("", attributes)))
        or bool(_CLEAR.fullmatch(words))
        or (bool(words) and words == (background or behind or "#fff"))
        or (
            name == "marquee"
            and bool(re.search(r"(?:width|height)\s*=\s*[\"']?[0-5]\b", attributes))
        )
    )
    return _Open(name, hides, background)


_NAMES = {"white": "#fff", "black": "#000", "red": "#f00", "blue": "#00f", "green": "#008000"}


def _colour(words: str) -> str:
    """A colour in one spelling: #ffffff and white are #fff."""
    plain = re.sub(r"\s*!important|[\s\"']", "", words).lower()
    channels = re.fullmatch(r"rgba?\((\d+),(\d+),(\d+)(?:,1(?:\.0*)?)?\)", plain)
    if channels:
        plain = "#" + "".join(f"{min(255, int(one)):02x}" for one in channels.groups())
    if re.fullmatch(r"#(?:([0-9a-f])\1)([0-9a-f])\2([0-9a-f])\3", plain):
        plain = "#" + plain[1::2]
    return _NAMES.get(plain, plain)


def _has_hidden_words(text: str, tag: re.Match[str], stack: list[_Open]) -> bool:
    """Whether the whole content of a link stands in one hidden element."""
    end = re.compile(r"</a\s*>", re.IGNORECASE).search(text, tag.end())
    inner = text[tag.end() : end.start()].strip() if end else ""
    child = _TAG.match(inner)
    if child is None or child["name"] is None or child["end"] or child["name"].lower() == "img":
        return False
    name = child["name"].lower()
    is_all = re.search(rf"</{name}\s*>$", inner, re.IGNORECASE) is not None
    return is_all and _opened(name, f"{child['attributes']} ", stack).hides
