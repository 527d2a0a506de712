"""What to cut out of a Word text so that every change is accepted and no comment is left (接受修订)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.cleaning.cutting import Cut, Node

_UNWRAPPED = frozenset({"ins", "moveTo"})
_REMOVED = frozenset(
    """del moveFrom rPrChange pPrChange tblPrChange tblPrExChange trPrChange tcPrChange sectPrChange
    tblGridChange numberingChange cellIns cellDel cellMerge moveFromRangeStart moveFromRangeEnd
    moveToRangeStart moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd
    customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart
    customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd
    commentRangeStart commentRangeEnd commentReference""".split()
)
_SETTINGS = frozenset({"trackRevisions", "rsids", "attachedTemplate", "docVars"})
_DELETED = frozenset({"del", "moveFrom"})
# What a paragraph may hold and still be empty once its deleted words are gone.
_NOTHING = frozenset({"pPr", "bookmarkStart", "bookmarkEnd", "proofErr"}) | _REMOVED


def accepted(node: Node) -> Iterator[Cut]:
    """The cuts that accept the tracked changes and take out comments below `node`."""
    rows = [child for child in node.children if child.name == "tr"]
    if rows and all(_is_deleted_row(row) for row in rows):
        yield node.removal()
        return
    for index, child in enumerate(node.children):
        is_last = index == len(node.children) - 1
        is_gone = child.name in _REMOVED or _is_deleted_row(child)
        if is_gone or (not is_last and _is_deleted_paragraph(child)):
            yield child.removal()
        else:
            if child.name in _UNWRAPPED:
                yield from child.unwrapping()
            yield from accepted(child)


def _is_deleted_row(node: Node) -> bool:
    marks = node.child("trPr") if node.name == "tr" else None
    return marks is not None and any(one.name == "del" for one in marks.children)


def _is_deleted_paragraph(node: Node) -> bool:
    """Whether the mark at its end was deleted, and all its words with it."""
    marks = node.child("pPr") if node.name == "p" else None
    run = marks.child("rPr") if marks else None
    is_joined = run is not None and any(one.name in _DELETED for one in run.children)
    has_section = marks is not None and marks.child("sectPr") is not None
    is_empty = all(one.name in _NOTHING for one in node.children)
    return is_joined and is_empty and not has_section


def settled(node: Node) -> Iterator[Cut]:
    """The cuts that end tracking and take out the marks of editing sessions and the template's path."""
    return (one.removal() for one in node if one.name in _SETTINGS)
