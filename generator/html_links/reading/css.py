"""Addresses in style sheets (样式表): `url()`, `@import` and `image-set()`, found by a small tokenizer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.regex import regex

_STRING = r"\"(?:\\.|[^\"\\\n])*+\"|'(?:\\.|[^'\\\n])*+'"
_TOKEN = regex(
    rf"""
    (?P<comment> /\* (?:[^*]|\*(?!/))*+ (?:\*/)? )
  | (?P<url> url\( \s*+ (?: (?P<quoted>{_STRING}) | (?P<bare>(?:\\.|[^"'()\\\s])*+) ) \s*+ \) )
  | (?P<string> {_STRING} )
  | (?P<at> @[\w-]++ )
  | (?P<set> (?:-webkit-)?image-set\( )
  | (?P<open> \( ) | (?P<close> \) )
  | (?P<end> [;{{}}] )
  | (?P<word> [\w-]++ )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# Most style sheets load nothing; to see that takes no tokens.
_LOADING = regex(r"url\(|image-set\(|@import", re.IGNORECASE)
_ESCAPE = regex(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)


def references(css: str) -> Iterator[str]:
    """Every address that `css` loads, in its order; `data:` and `#fragment` addresses too."""
    if not _LOADING.search(css):
        return
    rule = ""  # the at-rule whose prelude this is
    depth, set_depth = 0, 0  # of brackets; that at which an image-set() stands, 0 outside of one
    for token in _TOKEN.finditer(css):
        kind = token.lastgroup
        if kind == "at":
            rule = token["at"].lower()
        elif kind == "end":
            rule, depth, set_depth = "", 0, 0
        elif kind in ("open", "set"):
            depth += 1
            set_depth = set_depth or (depth if kind == "set" else 0)
        elif kind == "close":
            set_depth = 0 if depth == set_depth else set_depth
            depth = max(0, depth - 1)
        elif rule == "@namespace":
            # The name of a namespace looks like an address and is none.
            continue
        elif kind == "url":
            yield _unescaped((token["quoted"] or "")[1:-1] or token["bare"] or "")
        elif kind == "string" and (set_depth or rule == "@import"):
            yield _unescaped(token["string"][1:-1])
            rule = ""


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        code = int(escape[1], 16)
        return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"
    return "" if escape[2] == "\n" else escape[2]
