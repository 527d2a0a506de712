"""Bodies without mark-up (纯文本): the blocks of a sanitised body as lines of text."""

from __future__ import annotations

import html

from generator.pages.markup import CELLS, Body, alternative, first_number, taken_apart
from generator.regex import regex

_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 dl dt dd table caption thead tbody tfoot tr blockquote pre div section"
    " figure figcaption details summary hr br".split()
)
_LISTS = frozenset({"ul", "ol"})
# Where a line ends, a cell ends, a cell begins.
_END, _AFTER, _BEFORE = "\ue000", "\ue001", "\ue002"
_NEXT_CELL = regex(rf"{_AFTER}\s*+{_BEFORE}")
# A line that is broken in the source only is one line of Chinese. What is looked for stands first: with a
# look behind before it every character would be tried.
_SOFT = regex(r"\n(?<![ -~]\n)(?![ -~])")


def lines(markup: str) -> list[str]:
    """The text of each block; the cells of a row are parted by tabs, items begin with their number."""
    return lines_of(taken_apart(markup))


def lines_of(body: Body) -> list[str]:
    """The same of a body that is taken apart."""
    text = _said(body)
    if "&" in text:
        text = html.unescape(text)
    if _BEFORE in text or _AFTER in text:
        text = _NEXT_CELL.sub("\t", text).replace(_AFTER, _END).replace(_BEFORE, _END)
    if "\n" in text:
        text = _SOFT.sub("", text).replace("\n", " ")
    return [line for line in map(_squeezed, filter(None, text.split(_END))) if line]


def _said(body: Body) -> str:
    """All words, with a sign wherever a line or a cell begins or ends."""
    said = [body.first]
    open_lists: list[int] = []  # the next number of each ordered list, 0 for the others
    for block, words, slash, name, attributes, behind in body.parts:
        if block in CELLS:
            said += (_BEFORE, words, _AFTER)
        elif block:
            said += (_END, _numbered(open_lists) if block == "li" else "", words, _END)
        elif name in _BLOCKS:
            said.append(_END)
        elif name in CELLS:
            said.append(_AFTER if slash else _BEFORE)
        elif name == "li":
            said.append(_END if slash else _END + _numbered(open_lists))
        elif name in _LISTS:
            said.append(_END)
            if not slash:
                open_lists.append(first_number(name, attributes))
            elif open_lists:
                open_lists.pop()
        else:
            said.append(alternative(attributes) + behind if name == "img" else behind)
            continue
        # Most of what stands between two blocks is a line break, which is no word.
        if behind and behind != "\n":
            said.append(behind)
    return "".join(said)


def _numbered(open_lists: list[int]) -> str:
    """The number or the dash that a browser would show before the next item."""
    if not open_lists:
        return ""
    number = open_lists[-1]
    open_lists[-1] += bool(number)
    return f"{number}. " if number else "- "


def _squeezed(line: str) -> str:
    """One space for several, tabs kept, none at either end."""
    if "\t" not in line:
        return " ".join(line.split())
    return "\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip()
