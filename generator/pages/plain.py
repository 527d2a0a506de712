"""Bodies without mark-up (纯文本): the blocks of a sanitised body as lines of text."""

from __future__ import annotations

import html
import re

_BLOCKS = (
    "p|h[1-6]|ul|ol|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|blockquote|pre|div|section|figure"
    "|figcaption|details|summary|hr|br"
)
# Values of attributes are quoted by the sanitiser, and may hold a `>`; its tags are in lower case.
_TAG = r'[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>'
_BREAK = "\ue000"  # a line break of the source
_CELL = re.compile(rf"</t[dh]>[\s{_BREAK}]*+<t[dh]\b{_TAG}")
_ITEM = re.compile(rf"<(/?)(ol|ul|li)\b({_TAG})")
_BLOCK = re.compile(rf"</?(?:{_BLOCKS}|li|t[dh])\b{_TAG}")
_PICTURE = re.compile(rf'<img\b(?:[^<>"]|"[^"]*")*?\balt="([^"]*)"{_TAG}')
_ANY = re.compile(rf"</?[a-zA-Z!]{_TAG}")
_START = re.compile(r'\bstart="(\d{1,6})"')
# A line that is broken in the source only is one line of Chinese. What is looked for stands first: with a
# look behind before it every character would be tried.
_SOFT = re.compile(rf"{_BREAK}(?<![ -~]{_BREAK})(?![ -~])")


def lines(markup: str) -> list[str]:
    """The text of each block; the cells of a row are parted by tabs, items begin with their number."""
    text = _numbered(_CELL.sub("\t", markup.replace("\n", _BREAK)))
    if "<img" in text:
        text = _PICTURE.sub(r"\1", text)
    text = html.unescape(_ANY.sub("", _BLOCK.sub("\n", text)))
    if _BREAK in text:
        text = _SOFT.sub("", text).replace(_BREAK, " ")
    return [line for line in map(_squeezed, filter(None, text.split("\n"))) if line]


def _squeezed(line: str) -> str:
    """One space for several, tabs kept, none at either end."""
    if "\t" not in line:
        return " ".join(line.split())
    return "\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip()


def _numbered(text: str) -> str:
    """`text` with the number or the dash that a browser would show before each item of a list."""
    if "<li" not in text:
        return text
    open_lists: list[int] = []  # the next number of each ordered list, 0 for the others

    def shown(tag: re.Match[str]) -> str:
        closing, name, rest = tag[1], tag[2].lower(), tag[3]
        if name == "li":
            if closing or not open_lists:
                return tag[0]
            number = open_lists[-1]
            open_lists[-1] += bool(number)
            return f"{tag[0]}{number}. " if number else f"{tag[0]}- "
        if closing:
            if open_lists:
                open_lists.pop()
        else:
            start = _START.search(rest)
            open_lists.append((int(start[1]) if start else 1) if name == "ol" else 0)
        return tag[0]

    return _ITEM.sub(shown, text)
