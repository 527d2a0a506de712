"""Masks in Markdown (遮盖): `138****5678` so written that its asterisks stay asterisks.

Two masks in one paragraph would otherwise become bold text between them.
"""

from __future__ import annotations

import re

from generator.regex import regex

_BLANK = regex(r"\n[^\S\n]*\n|\r\n?[^\S\r\n]*\r")
# What may become a mark-up of its own with the asterisks: others, or a number that will be masked too.
_OTHERS = regex(r"\*|\d(?:[ -]?\d){10}", re.ASCII)
# In an address of a link a mask would lead nowhere.
_IN_ADDRESS = regex(r"(?:\]\([^()\s]*|tel:[+\d-]*|[\"']tel:[^\"']*)$")


def in_markdown(text: str, start: int, number: str, mask: str) -> str | None:
    """What to write for `number`, which stands at `start`; None where a mask would break a link."""
    if _IN_ADDRESS.search(text[max(0, start - 60) : start]):
        return None
    before = [found.end() for found in _BLANK.finditer(text, 0, start)]
    after = _BLANK.search(text, start)
    begins, ends = before[-1] if before else 0, after.start() if after else len(text)
    block = text[begins:ends]
    if block.lstrip().startswith("<"):
        return mask  # there Markdown is not read, and a backslash would show
    others = f"{text[begins:start]}\n{text[start + len(number) : ends]}"
    return mask.replace("*", "\\*") if _OTHERS.search(others) else mask
