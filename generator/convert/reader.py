"""The reader (抽取): takes links, outline, anchors and text out of HTML, tag by tag, while it is cut to pieces.

Whether the tags come from sanitised HTML (`clean`) or straight from the converter's tree (`plain`) makes no
difference here. No address is left in the HTML: each becomes a slot that the resolved link fills.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.convert import positions
from generator.convert.positions import NUMBER, REFERENCE, TITLE, Positions
from generator.model import Body, Flaw, Heading, LinkSyntax, WrittenLink
from generator.regex import regex

ADDRESSES = frozenset({"href", "src", "poster", "cite", "data"})
_BLOCKS = frozenset(
    """
    p div h1 h2 h3 h4 h5 h6 li tr td th dt dd blockquote pre table ul ol dl section article
    figure figcaption caption summary details hr br
    """.split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Tags that say more than where a text begins and ends.
OF_NOTE = _HEADINGS | {"table", "pre", "img", "th", "a"}
# Signs of the converter's own, in positions or that broken markup lets through.
_LEFT = regex("[\x02\x03\ufdd0-\ufdef]")
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
# The line break first, looked around afterwards: the search then jumps from break to break.
_SOFT_BREAK = regex(f"\n(?<=[{_CJK}]\n)(?=[{_CJK}])")
_SENTENCE_END = regex(r"[。！？；;!?\n]")


@dataclass(slots=True)
class _Found:
    """A link on its way; `start` and `end` are where its words stand among those of the reader."""

    syntax: LinkSyntax
    href: str
    text: str
    line: int
    column: int
    element: str
    start: int = 0
    end: int | None = None

    def written(self, words: list[str]) -> WrittenLink:
        """The link, with the words around it in its sentence if it has words of its own."""
        before = after = ""
        if self.end is not None:
            before = "".join(words[max(0, self.start - 12) : self.start])[-60:]
            before = _SENTENCE_END.split(before)[-1]
            after = "".join(words[self.end : self.end + 12])[:60]
            after = _SENTENCE_END.split(after, maxsplit=1)[0]
        return WrittenLink(
            self.syntax, self.href, self.text, self.line, self.column, self.element, before, after
        )


@dataclass(slots=True)
class Reader:
    """Is told of each tag and each text in turn; `tables` are the offsets of the tables in the source."""

    where: Positions
    tables: list[int]
    pieces: list[str] = field(default_factory=list)
    slots: list[tuple[int, bool]] = field(default_factory=list)
    links: list[_Found] = field(default_factory=list)
    outline: list[Heading] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    flaws: list[Flaw] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    open_link: int | None = None
    heading: tuple[int, str, int, int] | None = None
    table_start: int | None = None
    table_has_header: bool = False
    table_count: int = 0
    last: int = 0
    verbatim: int = 0

    def body(self) -> Body:
        """All that was found."""
        lines = map(str.strip, "".join(self.words).split("\n"))
        return Body(
            (*self.pieces, "".join(self.current)),
            tuple(self.slots),
            tuple([link.written(self.words) for link in self.links]),
            tuple(self.outline),
            frozenset(self.anchors),
            "\n".join(filter(None, lines)),
            tuple(self.flaws),
        )

    def text(self, raw: str) -> None:
        """A text between two tags, as HTML writes it."""
        raw = positions.unmark(raw)
        if "\n" in raw and not self.verbatim and raw != "\n":
            raw = _SOFT_BREAK.sub("", raw)
        if _LEFT.search(raw):
            if TITLE in raw and self.open_link is not None:
                before, _, raw = raw.partition(TITLE)
                self.current.append(before)
                self._slot(self.open_link, True)
            raw = _LEFT.sub("", raw)
        self.current.append(raw)
        self.words.append(html.unescape(raw) if "&" in raw else raw)

    def start(self, name: str, attributes: Iterable[tuple[str, str]]) -> None:
        """A start tag; the values of its attributes as HTML writes them."""
        if name in _BLOCKS:
            self.words.append("\n")
        if not attributes and name not in OF_NOTE:
            # Most tags are like this.
            self.current.append(f"<{name}>")
            return
        if name == "table":
            self._table()
        elif name == "pre":
            self.verbatim += 1
        self.current.append(f"<{name}")
        found = dict(attributes)
        for attribute, value in attributes:
            if attribute in ADDRESSES:
                self._address(name, attribute, value, found)
            elif attribute == "style":
                # Only text-align is left of it; a strict policy for content refuses styles in attributes.
                self.current.append(f' data-align="{value.partition(":")[2].strip(" ;")}"')
            elif attribute == "id" or (attribute == "name" and name == "a"):
                self._anchor(name, attribute, value)
            else:
                self.current.append(f' {attribute}="{positions.unmark(value)}"')
        if name == "img":
            self._picture(found)
        if name in _HEADINGS and "id" not in found:
            self.heading = (int(name[1]), "", len(self.words), self.last)
        if name == "th" and "scope" not in found:
            self.current.append(' scope="col"')
        self.current.append(">")

    def end(self, name: str) -> None:
        """An end tag."""
        if name in OF_NOTE:
            self._end_of_note(name)
        else:
            self.current.append(f"</{name}>")
        if name in _BLOCKS:
            self.words.append("\n")

    def plain_text(self, text: str) -> None:
        """A text that HTML writes as it is read, without signs of the converter's own; a line break, or without any."""
        self.current.append(text)
        self.words.append(text)

    def element(self, name: str, text: str) -> None:
        """An element without attributes, not of note, that holds nothing but such a text."""
        self.current.append(f"<{name}>{text}</{name}>")
        self.words.append(f"\n{text}\n" if name in _BLOCKS else text)

    def title(self, name: str, id_: str, text: str) -> None:
        """A heading that has an id and holds nothing but such a text."""
        self.current.append(f"<{name}")
        self._anchor(name, "id", id_)
        self.current.append(f">{text}</{name}>")
        self.words.append(f"\n{text}\n")
        self._end_of_heading()

    def _slot(self, link: int, is_text: bool) -> None:
        self.pieces.append("".join(self.current))
        self.current.clear()
        self.slots.append((link, is_text))

    def _anchor(self, name: str, attribute: str, value: str) -> None:
        offset, id_ = positions.take(html.unescape(value))
        if _LEFT.search(id_):
            id_ = _LEFT.sub("", id_)
        if attribute == "id" and id_ in self.ids:
            line, column = self.where.at(offset if offset is not None else self.last)
            self.flaws.append(Flaw("duplicate-id", line, column, (id_,)))
        if attribute == "id":
            self.ids.add(id_)
        self.anchors.add(id_)
        self.current.append(f' {attribute}="{html.escape(id_)}"')
        if name in _HEADINGS:
            self.last = offset if offset is not None else self.last
            self.heading = (int(name[1]), id_, len(self.words), self.last)

    def _address(self, name: str, attribute: str, value: str, found: dict[str, str]) -> None:
        offset, href = positions.take(html.unescape(value))
        if offset is None and href.startswith(("#fn:", "#fnref")):
            # Footnotes link to each other by themselves.
            self.current.append(f' {attribute}="{value}"')
            return
        if offset is None:
            offset = self.last
        self.last = offset
        syntax = LinkSyntax.IMAGE if name == "img" else LinkSyntax.LINK
        if href.startswith(REFERENCE):
            syntax, href = LinkSyntax.REFERENCE, href[1:]
        elif href.startswith(NUMBER):
            syntax, href = LinkSyntax.NUMBER, href[1:]
        else:
            href = self.where.as_written(offset, href)
        if _LEFT.search(href):
            href = _LEFT.sub("", href)
        line, column = self.where.at(offset)
        text = positions.unmark(html.unescape(found["alt"])) if "alt" in found else ""
        self.links.append(_Found(syntax, href, text, line, column, name))
        self.current.append(f' {attribute}="')
        self._slot(len(self.links) - 1, False)
        self.current.append('"')
        if name == "a":
            self.open_link = len(self.links) - 1
            self.links[-1].start = len(self.words)

    def _picture(self, found: dict[str, str]) -> None:
        alt = positions.unmark(found.get("alt", "")).strip()
        if not alt:
            line, column = self.where.at(self.last)
            source = self.links[-1].href if self.links else ""
            self.flaws.append(Flaw("missing-alt", line, column, (source,)))
        if "alt" not in found:
            self.current.append(' alt=""')
        if alt and self.open_link is not None:
            self.words.append(html.unescape(alt))

    def _table(self) -> None:
        self.table_start = self.tables.pop() if self.tables else self.last
        self.table_has_header = False
        self.table_count += 1
        self.current.append(
            f'<div class="table-wrap" tabindex="0" role="region" aria-label="表格{self.table_count}">'
        )

    def _end_of_note(self, name: str) -> None:
        if name == "a" and self.open_link is not None:
            link = self.links[self.open_link]
            link.end = len(self.words)
            link.text = "".join(self.words[link.start :]).strip()
            self.open_link = None
        elif name == "th" and self.words and "".join(self.words[-3:]).strip():
            self.table_has_header = True
        elif name == "pre":
            self.verbatim = max(0, self.verbatim - 1)
        elif name in _HEADINGS:
            self._end_of_heading()
        self.current.append(f"</{name}>")
        if name == "table":
            self._end_of_table()

    def _end_of_heading(self) -> None:
        if self.heading is None:
            return
        level, id_, start, offset = self.heading
        text = " ".join("".join(self.words[start:]).split())
        if id_ and text:
            line = self.where.at(offset)[0]
            self.outline.append(Heading(level, text.rstrip("。"), id_, line))
        self.heading = None

    def _end_of_table(self) -> None:
        self.current.append("</div>")
        if not self.table_has_header and self.table_start is not None:
            line, column = self.where.at(self.table_start)
            self.flaws.append(Flaw("table-header", line, column))
        self.table_start = None
