"""PowerPoint files (.pptx): slides, hidden ones too, speaker notes and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.attachments.package import Package, local
from generator.contents import Passage, Script, Sort, Trace
from generator.finding import Text


def read(package: Package) -> Iterator[Passage | Trace]:
    """Every text of a presentation, slide by slide."""
    for number, part in enumerate(_order(package), 1):
        root = package.tree(part)
        if root is None:
            continue
        place = Text(f"第{number}张幻灯片", f"slide {number}")
        if root.get("show") in ("0", "false"):
            place = Text(f"{place.zh}（隐藏）", f"{place.en} (hidden)")
        yield from _text(root, place)
        for sort, target, is_outside in package.relations(part).values():
            beside = package.tree(target) if not is_outside and package.holds(target) else None
            if beside is None:
                continue
            if sort == "notesSlide":
                yield from _text(beside, Text(f"{place.zh}的备注", f"notes of {place.en}"))
            elif sort in ("comments", "comment"):
                yield from _comments(beside, Text(f"{place.zh}的批注", f"comments on {place.en}"))
    for name in package.matching(r"ppt/(?:commentAuthors|authors)\.xml"):
        root = package.tree(name)
        for author in root if root is not None else ():
            where = Text("批注", "comments")
            yield Trace(Sort.COMMENT, author.get("name", ""), where)


def _order(package: Package) -> list[str]:
    """The slides as they are shown; those that nobody shows come last."""
    main = next(package.matching(r"ppt/presentation\d*\.xml"), "")
    root = package.tree(main) if main else None
    parts = package.relations(main) if main else {}
    shown = [
        parts[key][1]
        for element in (root.iter() if root is not None else ())
        if local(element) == "sldId"
        for key in element.attrib.values()
        if key in parts
    ]
    return list(dict.fromkeys([*shown, *package.matching(r"ppt/slides/[^/]+\.xml")]))


def _text(root: Element, place: Text) -> Iterator[Passage]:
    script = Script()
    _blocks(root, place, script)
    yield from script.passage()


def _blocks(parent: Element, place: Text, script: Script) -> None:
    for child in parent:
        name = local(child)
        if name == "tbl":
            script.end_line()
            for row in (one for one in child if local(one) == "tr"):
                cells = (_words(cell) for cell in row if local(cell) == "tc")
                script.line("".join(f"| {cell} " for cell in cells) + "|", place)
            script.end_line()
        elif name == "p":
            words = _words(child)
            if words:
                script.line(words, place)
        elif name != "Fallback":
            _blocks(child, place, script)


def _words(element: Element) -> str:
    words = "".join(
        one.text or "" if local(one) == "t" else " "
        for one in element.iter()
        if local(one) in ("t", "br", "tab")
    )
    return re.sub(r"\s+", " ", words).strip()


def _comments(root: Element, place: Text) -> Iterator[Passage]:
    script = Script()
    for element in root.iter():
        # The older form holds its words in `text`, the newer in paragraphs.
        words = element.text or "" if local(element) == "text" else ""
        if local(element) == "p":
            words = _words(element)
        if words.strip():
            script.line(" ".join(words.split()), place)
    yield from script.passage()
