"""An extension of Python-Markdown: official numbering (层次序数)."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from generator.convert import positions
from generator.convert.inline import text_of
from generator.convert.positions import BEGIN, END
from generator.domain import numbering
from generator.domain.numbering import Mark, Rank
from generator.regex import regex

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WITH_BLOCKS = frozenset({"blockquote", "ul", "ol", "dl", "div"})
# What a numbered paragraph or a list of attachments begins with; most paragraphs begin with neither.
_FIRST = numbering.SIGNS | {BEGIN, "附"}


class NumberingExtension(Extension):
    """Paragraphs that begin with 一、（一）1.（1）, 第一章 or 第一条 become headings, articles, numbered text."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register the two halves: lines apart before blocks are read, levels given after."""
        # Below html_block (20): what is inside raw HTML is left alone.
        md.preprocessors.register(_Separate(md), "numbered lines", 15)
        # Above toc (5), so that [TOC] finds the headings; below inline (20).
        md.treeprocessors.register(_Levels(md), "numbered levels", 8)


class _Separate(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return positions.separate(lines)


class _Levels(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        stack: list[tuple[int, int]] = []
        taken: dict[str, int] = {}
        among_attachments = False
        for index, element in enumerate(list(root)):
            if element.tag in _HEADINGS:
                among_attachments = False
                _written_heading(element, stack, taken)
            elif element.tag == "p":
                whole = text_of(element)
                if not among_attachments and whole.lstrip()[:1] not in _FIRST:
                    continue
                among_attachments = _lists_attachments(whole, among_attachments)
                if among_attachments:
                    continue
                changed = _numbered(element, whole, stack, taken)
                if changed is not None:
                    root[index] = changed
        _sign(root)
        for block in root:
            for element in block.iter() if block.tag in _WITH_BLOCKS else ():
                # Headings inside quotations and lists.
                if element.tag in _HEADINGS and "id" not in element.attrib:
                    _written_heading(element, [], taken)


_DATELINE = regex(
    r"(?:\d{4}|[一二][〇○零一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
)


def _sign(root: ElementTree.Element) -> None:
    """The 署名 and the 成文日期 below it, which official documents set to the right."""
    blocks = list(root)
    for before, block in zip([None, *blocks], blocks, strict=False):
        if block.tag != "p" or len(block):
            continue
        text = (block.text or "").rstrip()
        if not text.endswith("日") or not _DATELINE.fullmatch(text.lstrip()):
            continue
        block.set("class", "dateline")
        name = (before.text or "").strip() if before is not None and before.tag == "p" else ""
        if before is not None and 0 < len(name) <= 40 and not re.search("[。；：！？，]", name):
            before.set("class", "signature")


_ATTACHMENTS = regex(r"附\s*件\s*[：:]")


def _lists_attachments(whole: str, already: bool) -> bool:
    """Whether a paragraph belongs to the list “附件：1.…” / “2.…” at the end of a document."""
    if not already and "附" not in whole:
        return False
    text = positions.unmark(whole).strip()
    if _ATTACHMENTS.match(text):
        return True
    found = numbering.mark(text) if already else None
    return found is not None and found.rank is Rank.THIRD


def _written_heading(
    element: ElementTree.Element, stack: list[tuple[int, int]], taken: dict[str, int]
) -> None:
    """A heading written with #: keeps its level (never above 2: the title is the page's h1)."""
    offset, text = positions.take(text_of(element))
    level = max(2, int(element.tag[1]))
    element.tag = f"h{level}"
    found = numbering.mark(text)
    while stack and stack[-1][1] >= level:
        stack.pop()
    stack.append((found.rank if found else 0, level))
    written = positions.unmark(element.get("id", ""))
    if written:
        taken[written] = taken.get(written, 0) + 1
    else:
        element.set("id", _unique(numbering.anchor(text, _bare), taken))
    if offset is not None:
        element.set("id", f"{BEGIN}{offset}{END}{element.get('id')}")


def _numbered(
    paragraph: ElementTree.Element,
    whole: str,
    stack: list[tuple[int, int]],
    taken: dict[str, int],
) -> ElementTree.Element | None:
    """What a paragraph of the words `whole` becomes if it is numbered; None if it is not."""
    offset, text = positions.take(whole.lstrip("\n\u3000 "))
    found = numbering.mark(text)
    if found is None:
        return None
    if found.rank is Rank.ARTICLE:
        return _article(paragraph, found, offset, taken)
    bold = _bold_heading(paragraph, found)
    end = len(bold) if bold else numbering.heading_end(text, found)
    if end == 0:
        return _sentence(paragraph, found)
    heading = positions.unmark(text[:end])
    level = _level(found.rank, stack)
    id_ = _unique(numbering.anchor(heading, _bare), taken)
    spot = f"{BEGIN}{offset}{END}" if offset is not None else ""
    split = _split(paragraph, _marked_end(whole, end))
    if split is None:
        return _sentence(paragraph, found)
    first, rest = split
    if spot and (first.text or "").startswith(BEGIN):
        # The id has it; where the text is without, nobody has to look for more.
        first.text = positions.take(first.text or "")[1]
    first.tag = f"h{level}"
    first.set("id", spot + id_)
    if rest is None:
        return first
    block = ElementTree.Element("div", {"class": "run-in"})
    block.extend((first, rest))
    return block


def _marked_end(whole: str, end: int) -> int:
    """Where in the words of a paragraph, indented and with their positions, its first `end` signs end."""
    start = len(whole) - len(whole.lstrip("\n\u3000 "))
    end += start
    for marker in positions.MARKER.finditer(whole, start):
        if marker.start() >= end:
            break
        end += len(marker[0])
    return end


def _bold_heading(paragraph: ElementTree.Element, found: Mark) -> str:
    """The words of a heading that the author set in bold: `**（一）及时发布。**正文……`."""
    if not len(paragraph) or paragraph[0].tag not in ("strong", "b"):
        return ""
    if positions.unmark(paragraph.text or "").strip():
        return ""
    words = positions.unmark("".join(paragraph[0].itertext()))
    is_short = len(words) <= numbering.LONGEST_HEADING + len(found.label)
    return (
        words
        if is_short and words.startswith(found.label) and len(words) > len(found.label)
        else ""
    )


def _sentence(paragraph: ElementTree.Element, found: Mark) -> ElementTree.Element:
    paragraph.set("class", f"numbered rank-{int(found.rank)}")
    return paragraph


def _article(
    paragraph: ElementTree.Element, found: Mark, offset: int | None, taken: dict[str, int]
) -> ElementTree.Element:
    """第三条 with its label set apart and addressable as `#第三条`."""
    text = (paragraph.text or "").lstrip("\n\u3000 ")
    _, text = positions.take(text)
    spot = f"{BEGIN}{offset}{END}" if offset is not None else ""
    paragraph.set("class", "article")
    paragraph.set("id", spot + _unique(found.label, taken))
    if text.startswith(found.label):
        label = ElementTree.Element("span", {"class": "label"})
        label.text = found.label
        label.tail = "\u3000" + text[len(found.label) :].lstrip("\u3000 ")
        paragraph.text = ""
        paragraph.insert(0, label)
    return paragraph


def _level(rank: Rank, stack: list[tuple[int, int]]) -> int:
    """The HTML level of a heading of `rank`: one below the heading it stands under, 2 at the top."""
    while stack and stack[-1][0] >= rank:
        stack.pop()
    level = min(6, stack[-1][1] + 1) if stack else 2
    stack.append((int(rank), level))
    return level


# The library's placeholders, such as for <!-- a comment --> in a heading, and the signs of positions.
_PLACEHOLDERS = regex("\x02[^\x02\x03]*\x03?|[\ufdd0-\ufdef]")


def _bare(text: str) -> str:
    return _PLACEHOLDERS.sub("", text)


def _unique(id_: str, taken: dict[str, int]) -> str:
    id_ = id_.strip("-") or "section"
    taken[id_] = taken.get(id_, 0) + 1
    return id_ if taken[id_] == 1 else f"{id_}-{taken[id_]}"


def _split(
    paragraph: ElementTree.Element, end: int
) -> tuple[ElementTree.Element, ElementTree.Element | None] | None:
    """The paragraph cut behind `end` characters of its text; None when the cut falls inside an element."""
    first, rest = ElementTree.Element("h2"), ElementTree.Element("p")
    text = paragraph.text or ""
    if end <= len(text):
        first.text, rest.text = text[:end], text[end:]
        rest.extend(list(paragraph))
        return first, (rest if rest.text.strip() or len(rest) else None)
    first.text = text
    left = end - len(text)
    children = list(paragraph)
    for index, child in enumerate(children):
        tail = child.tail or ""
        inner = len("".join(child.itertext()))
        if left < inner:
            return None
        left -= inner
        first.append(child)
        if left <= len(tail):
            child.tail, rest.text = tail[:left], tail[left:]
            rest.extend(children[index + 1 :])
            return first, (rest if (rest.text or "").strip() or len(rest) else None)
        left -= len(tail)
    return first, None
