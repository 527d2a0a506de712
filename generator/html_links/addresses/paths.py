"""Paths (路径): percent-decoding and normalising, as browsers do them."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes


class Place(NamedTuple):
    """A path as written, decoded and normalised below the folder; `climbed` above the root, or outside of it."""

    raw: str
    path: str
    climbed: bool
    is_outside: bool


def decoded(raw: str) -> str:
    """`raw` percent-decoded; bytes that are no UTF-8 become the lone surrogates of such file names."""
    if "%" not in raw:
        return raw
    return unquote_to_bytes(raw.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogateescape")


def normalised(path: str) -> tuple[list[str], bool]:
    """The segments of `path` without `.`, `..` and empty ones, and whether it climbed above the root."""
    parts: list[str] = []
    climbed = False
    for part in path.split("/"):
        if part == "..":
            if parts:
                parts.pop()
            else:
                climbed = True
        elif part not in ("", "."):
            parts.append(part)
    return parts, climbed


def joined(base: str, href: str) -> str:
    """`href` on a page whose base is an address outside; only its host matters here."""
    origin = re.match(r"(?i)https?://[^/?#]*", base)
    if href.startswith("/") and origin:
        return origin[0] + href
    return base.rpartition("/")[0] + "/" + href
