"""`srcset` (响应式图片): the addresses of its candidates, by the algorithm of the HTML standard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.regex import regex

_GAP = regex(r"[ \t\n\f\r,]*+")
_URL = regex(r"[^ \t\n\f\r]*+")


def candidates(srcset: str) -> Iterator[str]:
    """The addresses in `srcset`; commas inside an address or inside brackets do not divide."""
    position = 0
    while True:
        position = _end(_GAP, srcset, position)
        if position >= len(srcset):
            return
        end = _end(_URL, srcset, position)
        url, position = srcset[position:end], end
        if url.endswith(","):
            yield url.rstrip(",")
        else:
            yield url
            position = _after_descriptors(srcset, position)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _after_descriptors(text: str, start: int) -> int:
    """Behind the comma that ends the descriptors which begin at `start`."""
    depth = 0
    for position in range(start, len(text)):
        sign = text[position]
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth = max(0, depth - 1)
        elif sign == "," and depth == 0:
            return position + 1
    return len(text)
