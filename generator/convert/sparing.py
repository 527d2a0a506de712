"""Python-Markdown, sparingly (省着用): each stage runs only on text that holds what the stage looks for.

Nearly all text of official documents is plain paragraphs, yet every stage goes through all of it. What
comes out is equal to what the library gives by itself; a test compares both on documents and random text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import IMAGE_LINK_RE, LINK_RE
from markdown.preprocessors import HtmlBlockPreprocessor
from markdown.treeprocessors import PrettifyTreeprocessor
from markdown.util import BLOCK_LEVEL_ELEMENTS, Registry

from generator.convert.inline import SimpleImage, SimpleLink, SparingInline
from generator.regex import regex

# Without one of its signs the stage of this name changes nothing; a stage not named here always runs.
_SIGNS = {
    "normalize_whitespace": ("\x02", "\x03", "\r", "\t", "\n "),
    "fenced_code_block": ("```", "~~~"),
    "html_block": ("<", "&"),
    "footnote": ("[^",),
    "footnote-duplicate": ("[^",),
    "attr_list": ("{",),
    "unescape": ("\\",),
}
_ALWAYS = ("",)
_BLOCK_LEVEL = frozenset(BLOCK_LEVEL_ELEMENTS)
_Stage = TypeVar("_Stage")


class SparingMarkdown(Markdown):
    """The library's converter in two halves: the tree, and the HTML of a tree."""

    def __init__(self, extensions: Sequence[Extension | str]) -> None:
        """As the library's, with the sparing stages in the place of those they are quicker than."""
        super().__init__(extensions=[*extensions, _SparingExtension()])
        # Looked through for each block anew, which a registry prepares itself for anew.
        self.parser.blockprocessors = list(self.parser.blockprocessors)  # type: ignore[assignment]
        self._whitespace = self.preprocessors["normalize_whitespace"]
        self._before = _with_signs(self.preprocessors)
        self._after = _with_signs(self.treeprocessors)

    def convert(self, source: str) -> str:
        """What the library's own makes of `source`, in which positions are marked."""
        return self.html(self.tree(source))

    def tree(self, source: str) -> Element:
        """The finished tree of `source`: the library's preprocessors, block parser and tree processors."""
        if not source.strip():
            return Element(self.doc_tag)
        lines = source.split("\n")
        for before, signs in self._before:
            if _holds(source, signs):
                lines = before.run(lines)
            elif before is self._whitespace:
                # All that it does of text without a sign of its own.
                lines += ("", "")
        self.parser.parseDocument(lines)
        root = self.parser.root
        for after, signs in self._after:
            if _holds(source, signs):
                changed = after.run(root)
                root = root if changed is None else changed
        return root

    def html(self, tree: Element) -> str:
        """The HTML of a finished tree, without the element around it all."""
        written = self.serializer(tree)
        around = f"<{self.doc_tag}>"
        html = written[written.index(around) + len(around) : written.rindex(f"</{self.doc_tag}>")]
        html = html.strip()
        for stage in self.postprocessors:
            html = stage.run(html)
        return html.strip()

    def is_block_level(self, tag: object) -> bool:
        """As in the library, which looks through a list of all."""
        return tag in _BLOCK_LEVEL or super().is_block_level(tag)


def _holds(source: str, signs: tuple[str, ...]) -> bool:
    for sign in signs:  # noqa: SIM110 - twelve times a document, and twice as quick as any()
        if sign in source:
            return True
    return False


def _with_signs(stages: Registry[_Stage]) -> list[tuple[_Stage, tuple[str, ...]]]:
    known = {stages.get_index_for_name(name): name for name in _SIGNS if name in stages}
    return [
        (stage, _SIGNS[known[rank]] if rank in known else _ALWAYS)
        for rank, stage in enumerate(stages)
    ]


class _SparingExtension(Extension):
    """Puts the sparing stages in the place of the library's; the last of the extensions."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register each under the library's own name and rank; plain paragraphs above all blocks."""
        md.preprocessors.register(_HtmlBlocks(md), "html_block", 20)
        md.parser.blockprocessors.register(_PlainParagraphs(md.parser), "plain paragraphs", 110)
        table = _Table(md.parser, {"use_align_attribute": False})
        md.parser.blockprocessors.register(table, "table", 75)
        md.inlinePatterns.register(SimpleLink(LINK_RE, md), "link", 160)
        md.inlinePatterns.register(SimpleImage(IMAGE_LINK_RE, md), "image_link", 150)
        md.treeprocessors.register(SparingInline(md), "inline", 20)
        md.treeprocessors.register(_Prettify(md), "prettify", 10)


# A < that may begin more than a tag within a line; an & that would be written otherwise.
_BLOCK_HTML = regex(
    r"<(?!(?:br ?/?|/?(?:b|i|u|s|sub|sup|em|strong|small|span|mark|del|ins))>|[ \d一-龥])|&#"
)


class _HtmlBlocks(HtmlBlockPreprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return super().run(lines) if _BLOCK_HTML.search("\n".join(lines)) else lines


# No line begins with a sign of a block, or of the second line of a heading or table: not even with one that
# also begins a number, bold text or a link, but for those themselves.
_FIRST = r"(?:[^ \n\d#*+\-_=>:\[|]|\d+[^\d.\n]|\*\*?[^ *\n]|\[(?:\[|[^\[\]^\n][^\[\]\n]*\](?!:)))"
_PLAIN = regex(rf"{_FIRST}.*(?:\n{_FIRST}.*)*")


class _PlainParagraphs(BlockProcessor):
    """Blocks that no other processor would take become paragraphs at once, as many as there are in a row."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self._paragraph = ParagraphProcessor(parser)

    def test(self, parent: Element, block: str) -> bool:
        return _PLAIN.fullmatch(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        if self.parser.state.isstate("list"):
            self._paragraph.run(parent, blocks)
            return
        is_plain = True
        while is_plain:
            text = blocks.pop(0).lstrip()
            if text:
                SubElement(parent, "p").text = text
            is_plain = bool(blocks) and _PLAIN.fullmatch(blocks[0]) is not None


class _Table(TableProcessor):
    def _split_row(self, row: str) -> list[str]:
        if "\\" in row or "`" in row:
            return list(super()._split_row(row))  # type: ignore[misc]  # unknown to the stubs
        # Each | is a border or parts two cells: none is escaped, none is code.
        return (row.removeprefix("|").removesuffix("|") if self.border else row).split("|")


class _Prettify(PrettifyTreeprocessor):
    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802 - the library's name
        """As in the library, but an element without children is not gone into."""
        if elem.tag in _BLOCK_LEVEL and elem.tag not in ("code", "pre"):
            if len(elem) and not (elem.text or "").strip() and elem[0].tag in _BLOCK_LEVEL:
                elem.text = "\n"
            for child in elem:
                if child.tag not in _BLOCK_LEVEL:
                    continue
                if len(child):
                    self._prettifyETree(child)
                elif not (child.tail or "").strip():
                    child.tail = "\n"
        if not (elem.tail or "").strip():
            elem.tail = "\n"
