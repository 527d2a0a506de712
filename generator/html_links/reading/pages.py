"""Pages (网页): one HTML file → what it links to and what it says of itself, in one pass over the tree."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from generator.html_links.addresses.anchors import repeated
from generator.html_links.reading import css
from generator.html_links.reading.elements import (
    ADDRESSES,
    Raw,
    clean,
    of_element,
    read_link,
    read_meta,
)
from generator.html_links.reading.encoding import decoded
from generator.html_links.reading.hidden import hiding, is_foreign


class Hidden(NamedTuple):
    """A link to another site that no reader sees; `is_sure` unless a script may show it."""

    href: str
    text: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Extract:
    """What one HTML file says: its links in their order, anchors, titles and official meta tags.

    Of each link the element and attribute (`css` for addresses in style sheets), the address as written, the words
    a reader sees, and whether a script may answer the click instead: `strong` (onclick, data-*), `weak` (a name
    that it could be found by) or neither (empty). There are too many of them to give each a type of its own.
    `repeated` are ids that stand more than once; `base` is the address of its `<base>`; `encoding` names
    what is wrong with its character set;
    `meta` holds the tags of the government web guideline by lower-case name.
    """

    links: list[Raw]
    base: str | None
    anchors: tuple[str, ...]
    repeated: tuple[str, ...]
    maps: tuple[str, ...]
    title: str
    headings: tuple[str, ...]
    meta: Mapping[str, str]
    hidden: tuple[Hidden, ...]
    encoding: str


_LONGEST_TEXT = 400
_MOST_HEADINGS = 3
# Most addresses begin so, and no script answers for them; that of a script itself begins with j.
_OF_PATHS = frozenset(string.ascii_letters + string.digits + "./") - {"j", "J"}
# One selector for all documents: making one costs more than using it.
_FIND = LexborHTMLParser("").selector.find


# Elements that lexbor does not know, `use` among them, get numbers far above, new in each document.
_LAST_TAG = 10_000


def _tag_ids() -> dict[int, str]:
    """The numbers by which lexbor knows the elements of interest; names would be made anew each time."""
    names = ("a", "base", "h1", "link", "map", "meta", "style", "title", *ADDRESSES)
    frames = LexborHTMLParser("<frameset><frame>").css("frame")
    others = LexborHTMLParser("".join(f"<svg><{n}></{n}></svg><{n}></{n}>" for n in names)).root
    nodes = [*frames, *(others.traverse() if others else ())]
    return {n.tag_id: n.tag or "" for n in nodes if n.tag in names and n.tag_id < _LAST_TAG}


_TAGS = _tag_ids()
_A = next(number for number, name in _TAGS.items() if name == "a")
_LINKING = {number: name for number, name in _TAGS.items() if name not in ("h1", "title")}


def extract(
    content: bytes, own_hosts: frozenset[str] = frozenset(), *, with_facts: bool = True
) -> Extract:
    """Everything that `content`, an HTML file, links to and says; never raises, whatever the bytes.

    Unless `with_facts`, its title, headings and meta tags are left out.
    """
    text, encoding = decoded(content)
    parser = LexborHTMLParser(text, options=LexborDocumentOptions.WO_EVENTS)
    reader = _Reader(own_hosts, with_facts)
    root = parser.root
    if root is not None:
        names, read_anchor, read = _TAGS if with_facts else _LINKING, reader.anchor, reader.element
        for node in root.traverse():
            number = node.tag_id
            if number == _A:
                read_anchor(node)
            elif number in names:
                read(names[number], node)
            elif number > _LAST_TAG and node.tag == "use":
                read("use", node)
        reader.attributed(_FIND(":is([id],[style],[background])", root))
    return Extract(
        reader.links,
        reader.base,
        (*reader.ids, *reader.names),
        tuple(repeated(reader.ids)) if len(set(reader.ids)) < len(reader.ids) else (),
        tuple(reader.maps),
        reader.title,
        tuple(reader.headings),
        reader.meta,
        tuple(reader.hidden),
        encoding,
    )


class _Reader:
    """What has been read of one page so far."""

    __slots__ = (
        "base",
        "headings",
        "hidden",
        "ids",
        "links",
        "maps",
        "meta",
        "names",
        "own_hosts",
        "title",
        "with_facts",
    )

    def __init__(self, own_hosts: frozenset[str], with_facts: bool) -> None:
        self.own_hosts = own_hosts
        self.with_facts = with_facts
        self.links: list[Raw] = []
        self.base: str | None = None
        self.ids: list[str] = []
        self.names: list[str] = []
        self.maps: list[str] = []
        self.title = ""
        self.headings: list[str] = []
        self.meta: dict[str, str] = {}
        self.hidden: list[Hidden] = []

    def anchor(self, node: LexborNode) -> None:
        """An `a`: its address and words, its name, and whether it is hidden."""
        attributes = node.attributes
        if "name" in attributes:
            self.names.append(attributes["name"] or "")
        href = attributes.get("href")
        if href is None:
            if "href" not in attributes:
                if attributes.get("xlink:href"):
                    self.links.append(("a", "xlink:href", attributes["xlink:href"] or "", "", ""))
                return
            href = ""
        text = node.text()
        if len(text) > _LONGEST_TEXT:
            text = text[:_LONGEST_TEXT]
        if "title" in attributes and text.rstrip().endswith(("…", "..")):
            # A list shortens long titles and gives them whole beside.
            text = attributes["title"] or text
        first = href[:1]
        hook = ""
        if first not in _OF_PATHS and (not first.isalnum() or first in "jJ"):
            text = text or _label(node)
            hook = _hook(attributes) if len(attributes) > 1 else ""
        self.links.append(("a", "href", href, text, hook))
        if (first in "hH" or href[:2] == "//") and is_foreign(href, self.own_hosts):
            how = hiding(node, text)
            if how:
                self.hidden.append(Hidden(href, clean(text), how == "surely"))

    def element(self, name: str, node: LexborNode) -> None:
        """Any other element that loads something or says what the page is."""
        if name == "meta":
            # There are more of these than of all others together.
            read_meta(node.attributes, self.meta, self.links, with_facts=self.with_facts)
        elif name == "link":
            read_link(node.attributes, self.links)
        elif name in ADDRESSES:
            self.links.extend(of_element(name, ADDRESSES[name], node))
        elif name == "title":
            # A picture in SVG has titles too; the page's stands first.
            self.title = self.title or clean(node.text())
        elif name == "h1":
            heading = clean(node.text())
            if heading and len(self.headings) < _MOST_HEADINGS:
                self.headings.append(heading)
        elif name == "style":
            self.links.extend(
                ("style", "css", href, "", "") for href in css.references(node.text())
            )
        elif name == "map":
            self.maps.append(node.attributes.get("name") or "")
        elif name == "base" and self.base is None and "href" in node.attributes:
            # The first base with an address counts, wherever it stands.
            self.base = node.attributes["href"] or ""

    def attributed(self, nodes: list[LexborNode]) -> None:
        """Elements with an id, a style attribute that may load something, or a background of old pages."""
        for node in nodes:
            attributes = node.attributes
            if "id" in attributes:
                self.ids.append(attributes["id"] or "")
                if len(attributes) == 1:
                    continue
            style = attributes.get("style") or ""
            if "url(" in style.lower():
                element = node.tag or ""
                self.links.extend((element, "css", href, "", "") for href in css.references(style))
            if attributes.get("background"):
                href = attributes["background"] or ""
                self.links.append((node.tag or "", "background", href, "", ""))


def _label(node: LexborNode) -> str:
    """The words of a link that has no text: those of its picture."""
    picture = next(iter(_FIND("img[alt]", node)), None)
    words = picture.attributes.get("alt") if picture else ""
    return words or node.attributes.get("title") or node.attributes.get("aria-label") or ""


def _hook(attributes: Mapping[str, str | None]) -> str:
    role = attributes.get("role") or ""
    if role in ("button", "tab", "menuitem") or any(
        name.startswith(("on", "data-", "@", ":", "v-", "ng-")) for name in attributes
    ):
        return "strong"
    return "weak" if "id" in attributes or "class" in attributes else ""
