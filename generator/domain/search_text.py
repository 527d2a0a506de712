"""Text for search (检索文本): the form in which texts and queries are compared, and single characters.

Chinese has no spaces, and two programs seldom cut it into the same words. Pagefind cuts by one word
list when it indexes and by the browser's when it is asked, so that phrases are missed. With a space
before every character there is nothing left to cut: a phrase of any length is a row of neighbours.
`static/search.js` does the same with what the reader types. (Pairs of characters would do too; they
take Pagefind three times the memory.)
"""

from __future__ import annotations

import unicodedata

from generator.regex import regex

# A space between words that stay apart, and the end of a block: signs that no text has.
SPACE, BLOCK = "\ue000", "\ue001"
_OWN_SIGNS = regex(f"[{SPACE}{BLOCK}]")
_INVISIBLE = regex(r"[\s\u200b-\u200f\u2060\ufeff]")
_BRACKETS = str.maketrans("[【〔﹝{(<〈《]】〕﹞})>〉》", "〔" * 9 + "〕" * 9)
# Only words of Latin letters and digits are kept apart by the space between them.
_LOOSE_SPACE = regex(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")
_SPACES = regex(r"\s+")
_BEFORE_MARKS = regex(r" (?=[\W_])")
_LARGEST = 1 << 32
_MARK = "㐀"


def folded(text: str) -> str:
    """The form in which titles, numbers and queries are compared: one width, one bracket, no space."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return _INVISIBLE.sub("", plain).translate(_BRACKETS)


def spaced(*blocks: str) -> str:
    """Blocks of text with a space before every letter, digit and character; marks follow without one.

    The text can be read back by taking the spaces out.
    """
    text = BLOCK.join(_OWN_SIGNS.sub("", block) for block in blocks)
    text = _SPACES.sub(SPACE, _LOOSE_SPACE.sub("", text))
    return _BEFORE_MARKS.sub("", " ".join(text.translate(_narrow(text))))


def _narrow(text: str) -> dict[int, str]:
    """Letters and digits of other widths with the one character that each stands for."""
    found = {}
    for sign in set(text):
        if not sign.isascii() and sign.isalnum():
            plain = unicodedata.normalize("NFKC", sign)
            if plain != sign and len(plain) == 1:
                found[ord(sign)] = plain
    return found


def filter_word(name: str, value: str) -> str:
    """The word that stands at the end of every text for which `value` holds: no character is like it.

    Pagefind has filters of its own, but its version 1.5 writes them in another order each time.
    """
    number = bucket(f"{name}={value}", _LARGEST)
    return _MARK + "".join(chr(ord("a") + number // 26**place % 26) for place in range(7))


def bucket(key: str, buckets: int) -> int:
    """Which of so many files holds `key`; the script reckons the same."""
    total = 0
    for sign in key:
        total = (total * 31 + ord(sign)) % _LARGEST
    return total % buckets
