"""Sanitised HTML (净化): nh3 first, then one pass that takes out links, outline, anchors and text.

After nh3 the HTML is canonical: lower-case tags, every attribute in double quotes. So one pattern reads
it exactly. No address is left in the HTML: each becomes a slot that the resolved link fills.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace

import nh3

from generator.convert import positions
from generator.convert.positions import NUMBER, REFERENCE, TITLE, Positions
from generator.model import Body, Flaw, Heading, LinkSyntax, WrittenLink

_TAGS = nh3.ALLOWED_TAGS | {"video", "audio", "source", "track"}
_ATTRIBUTES: dict[str, set[str]] = {
    tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()
} | {
    "*": {"class", "id", "lang", "title", "style", "role", "aria-label"},
    "video": {"src", "poster", "controls", "width", "height", "preload"},
    "audio": {"src", "controls", "preload"},
    "source": {"src", "type"},
    "track": {"src", "kind", "srclang", "label"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "details": {"open"},
    "td": {"align", "colspan", "rowspan", "headers", "scope"},
    "th": {"align", "colspan", "rowspan", "headers", "scope", "abbr"},
}
_ATTRIBUTES["a"] = {"href", "hreflang", "download", "target", "name"}
_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-zA-Z-]+="[^"]*")*)\s*/?>|[^<]+|<')
_ATTRIBUTE = re.compile(r' ([a-zA-Z-]+)="([^"]*)"')
_ADDRESSES = frozenset({"href", "src", "poster", "cite", "data"})
_BLOCKS = frozenset(
    """
    p div h1 h2 h3 h4 h5 h6 li tr td th dt dd blockquote pre table ul ol dl section article
    figure figcaption caption summary details hr br
    """.split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Tags that say more than where a text begins and ends.
_OF_NOTE = _HEADINGS | {"table", "pre", "img", "th", "a"}
# The title of the page is its only h1; a heading written with # has its level already.
_LOWERED = {"h1": "h2"}
# Signs of the converter's own that broken markup lets through.
_LEFT = re.compile("[\x02\x03\ufdd0-\ufdef]")
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
_SOFT_BREAK = re.compile(f"(?<=[{_CJK}])\n(?=[{_CJK}])")


# What follows such a tag is read as text up to its end, which may never come.
_SWALLOWING = re.compile(
    r"<(/?)(?:title|textarea|plaintext|xmp|iframe|noembed|noframes|noscript)\b", re.IGNORECASE
)

_DROPPED = tuple(
    (re.compile(rf"<{tag}\b", re.IGNORECASE), re.compile(rf"</{tag}\b", re.IGNORECASE))
    for tag in ("script", "style")
)


def sanitise(markup: str) -> str:
    """`markup` without anything that could run, load or restyle; addresses are judged later, as links."""
    markup = _SWALLOWING.sub(r"<\1span", markup)
    for opening, closing in _DROPPED:
        # The sanitiser drops these with their content; one that is never closed would take all below it.
        if opening.search(markup) and len(opening.findall(markup)) > len(closing.findall(markup)):
            markup = opening.sub("<span", markup)
    return nh3.clean(
        markup,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
        filter_style_properties={"text-align"},
    )


@dataclass(slots=True)
class _Reader:
    """Gathers what one pass over the tokens finds."""

    where: Positions
    pieces: list[str] = field(default_factory=list)
    slots: list[tuple[int, bool]] = field(default_factory=list)
    links: list[WrittenLink] = field(default_factory=list)
    outline: list[Heading] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    flaws: list[Flaw] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    current: list[str] = field(default_factory=list)
    open_link: tuple[int, int] | None = None
    heading: tuple[int, str, int, int] | None = None
    table_start: int | None = None
    table_has_header: bool = False
    table_count: int = 0
    tables: list[int] = field(default_factory=list)
    last: int = 0
    verbatim: int = 0


def read(markup: str, where: Positions, tables: list[int]) -> Body:
    """The body that canonical `markup` holds; `tables` are the offsets of its tables in the source."""
    reader = _Reader(where, tables=list(reversed(tables)))
    for token in _TOKEN.finditer(markup):
        name = token[2]
        if name is None:
            _text(reader, token[0])
        elif token[1]:
            _end(reader, _LOWERED.get(name, name))
        else:
            _start(reader, _LOWERED.get(name, name), token[3])
    reader.pieces.append("".join(reader.current))
    lines = (line.strip() for line in "".join(reader.words).split("\n"))
    text = "\n".join(line for line in lines if line)
    return Body(
        tuple(reader.pieces),
        tuple(reader.slots),
        _in_context(reader),
        tuple(reader.outline),
        frozenset(reader.anchors),
        text,
        tuple(reader.flaws),
    )


def _text(reader: _Reader, raw: str) -> None:
    raw = positions.unmark(raw)
    if not reader.verbatim and "\n" in raw:
        raw = _SOFT_BREAK.sub("", raw)
    if TITLE in raw and reader.open_link:
        before, _, raw = raw.partition(TITLE)
        reader.current.append(before)
        _slot(reader, reader.open_link[0], True)
    raw = _LEFT.sub("", raw)
    reader.current.append(raw)
    reader.words.append(html.unescape(raw))


def _slot(reader: _Reader, link: int, is_text: bool) -> None:
    reader.pieces.append("".join(reader.current))
    reader.current.clear()
    reader.slots.append((link, is_text))


def _start(reader: _Reader, name: str, attributes: str) -> None:
    if name in _BLOCKS:
        reader.words.append("\n")
    if not attributes and name not in _OF_NOTE:
        # Most tags are like this.
        reader.current.append(f"<{name}>")
        return
    if name == "table":
        _table(reader)
    elif name == "pre":
        reader.verbatim += 1
    reader.current.append(f"<{name}")
    found: dict[str, str] = {}
    for attribute, value in _ATTRIBUTE.findall(attributes):
        found[attribute] = value
        if attribute in _ADDRESSES:
            _address(reader, name, attribute, value, attributes)
        elif attribute == "style":
            # Only text-align is left of it; a strict policy for content refuses styles in attributes.
            reader.current.append(f' data-align="{value.partition(":")[2].strip(" ;")}"')
        elif attribute == "id" or (attribute == "name" and name == "a"):
            _anchor(reader, name, attribute, value)
        else:
            reader.current.append(f' {attribute}="{positions.unmark(value)}"')
    if name == "img":
        _picture(reader, found)
    if name in _HEADINGS and "id" not in found:
        reader.heading = (int(name[1]), "", len(reader.words), reader.last)
    if name == "th":
        reader.current.append("" if "scope" in found else ' scope="col"')
    reader.current.append(">")


def _anchor(reader: _Reader, name: str, attribute: str, value: str) -> None:
    offset, id_ = positions.take(html.unescape(value))
    id_ = _LEFT.sub("", id_)
    if attribute == "id" and id_ in reader.ids:
        line, column = reader.where.at(offset if offset is not None else reader.last)
        reader.flaws.append(Flaw("duplicate-id", line, column, (id_,)))
    if attribute == "id":
        reader.ids.add(id_)
    reader.anchors.add(id_)
    reader.current.append(f' {attribute}="{html.escape(id_)}"')
    if name in _HEADINGS:
        reader.last = offset if offset is not None else reader.last
        reader.heading = (int(name[1]), id_, len(reader.words), reader.last)


def _address(reader: _Reader, name: str, attribute: str, value: str, attributes: str) -> None:
    offset, href = positions.take(html.unescape(value))
    if offset is None and href.startswith(("#fn:", "#fnref")):
        # Footnotes link to each other by themselves.
        reader.current.append(f' {attribute}="{value}"')
        return
    if offset is None:
        offset = reader.last
    reader.last = offset
    syntax = LinkSyntax.IMAGE if name == "img" else LinkSyntax.LINK
    if href.startswith(REFERENCE):
        syntax, href = LinkSyntax.REFERENCE, href[1:]
    elif href.startswith(NUMBER):
        syntax, href = LinkSyntax.NUMBER, href[1:]
    else:
        href = reader.where.as_written(offset, href)
    href = _LEFT.sub("", href)
    line, column = reader.where.at(offset)
    alt = re.search(r' alt="([^"]*)"', attributes)
    text = positions.unmark(html.unescape(alt[1])) if alt else ""
    reader.links.append(WrittenLink(syntax, href, text, line, column, name))
    reader.current.append(f' {attribute}="')
    _slot(reader, len(reader.links) - 1, False)
    reader.current.append('"')
    if name == "a":
        reader.open_link = (len(reader.links) - 1, len(reader.words))


def _picture(reader: _Reader, found: dict[str, str]) -> None:
    alt = positions.unmark(found.get("alt", "")).strip()
    if not alt:
        line, column = reader.where.at(reader.last)
        source = reader.links[-1].href if reader.links else ""
        reader.flaws.append(Flaw("missing-alt", line, column, (source,)))
    if "alt" not in found:
        reader.current.append(' alt=""')
    if alt and reader.open_link:
        reader.words.append(html.unescape(alt))


def _table(reader: _Reader) -> None:
    reader.table_start = reader.tables.pop() if reader.tables else reader.last
    reader.table_has_header = False
    reader.table_count += 1
    reader.current.append(
        f'<div class="table-wrap" tabindex="0" role="region" aria-label="表格{reader.table_count}">'
    )


def _end(reader: _Reader, name: str) -> None:
    if name not in _OF_NOTE:
        reader.current.append(f"</{name}>")
        if name in _BLOCKS:
            reader.words.append("\n")
        return
    if name == "th" and reader.words and "".join(reader.words[-3:]).strip():
        reader.table_has_header = True
    if name == "pre":
        reader.verbatim = max(0, reader.verbatim - 1)
    if name == "a" and reader.open_link:
        index, start = reader.open_link
        text = "".join(reader.words[start:]).strip()
        reader.links[index] = replace(reader.links[index], text=text)
        reader.spans[index] = (start, len(reader.words))
        reader.open_link = None
    if reader.heading and name in _HEADINGS:
        level, id_, start, offset = reader.heading
        text = " ".join("".join(reader.words[start:]).split())
        line = reader.where.at(offset)[0]
        if id_ and text:
            reader.outline.append(Heading(level, text.rstrip("。"), id_, line))
        reader.heading = None
    reader.current.append(f"</{name}>")
    if name == "table":
        reader.current.append("</div>")
        if not reader.table_has_header and reader.table_start is not None:
            line, column = reader.where.at(reader.table_start)
            reader.flaws.append(Flaw("table-header", line, column))
        reader.table_start = None
    if name in _BLOCKS:
        reader.words.append("\n")


_SENTENCE_END = re.compile(r"[。！？；;!?\n]")


def _in_context(reader: _Reader) -> tuple[WrittenLink, ...]:
    """The links, each with the words around it in its sentence."""
    links = list(reader.links)
    for index, (start, end) in reader.spans.items():
        before = "".join(reader.words[max(0, start - 12) : start])[-60:]
        after = "".join(reader.words[end : end + 12])[:60]
        links[index] = replace(
            links[index],
            before=_SENTENCE_END.split(before)[-1],
            after=_SENTENCE_END.split(after, maxsplit=1)[0],
        )
    return tuple(links)
