"""The character set of an HTML file (编码): its bytes as UTF-8, and what is wrong with them."""

from __future__ import annotations

import codecs
import re

from generator.regex import regex

_DECLARED = regex(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# The standard reads these names as the larger set.
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "iso-8859-1": "cp1252"}
_LOOKED_AT = 1024


def decoded(content: bytes) -> tuple[bytes, str]:
    """`content` as UTF-8, and its fault: empty, `undeclared`, `misdeclared`, `broken` or a charset's name."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").encode("utf-8", "replace"), "utf-16"
    found = _DECLARED.search(content, 0, _LOOKED_AT)
    declared = found[1].decode("ascii", "replace").lower() if found else ""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _from_other(content, declared)
    is_other = declared not in ("", "utf-8", "utf8") and not content.isascii()
    return content, "misdeclared" if is_other else ""


def _from_other(content: bytes, declared: str) -> tuple[bytes, str]:
    charset = _LARGER.get(declared, declared)
    if charset not in ("", "utf-8", "utf8"):
        try:
            return content.decode(charset).encode("utf-8", "replace"), declared
        except (LookupError, UnicodeError, ValueError):
            return content, "broken"
    try:
        return content.decode("gb18030").encode("utf-8"), "undeclared"
    except UnicodeDecodeError:
        return content, "broken"


def as_text(content: bytes) -> str:
    """`content` as the text whose lines and columns an editor shows."""
    return decoded(content)[0].decode("utf-8", "replace").removeprefix("\ufeff")
