"""Words by which a wrong page is known (词表): read once from `words.txt`, compared without case, width and signs."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from generator.regex import regex

_SIGNS = regex(r"[\W_]+")


class Found(NamedTuple):
    """The phrases of a section that a text holds, the weightiest and longest first, and their weight in all."""

    phrases: tuple[str, ...]
    weight: int


def plain(text: str) -> str:
    """`text` without case, width, spaces and signs."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(1)
def _sections() -> dict[str, dict[str, int]]:
    """Section → phrase → weight (1 where none is given)."""
    sections: dict[str, dict[str, int]] = {}
    current: dict[str, int] = {}
    text = (files("generator.external") / "words.txt").read_text(encoding="utf-8")
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), {})
        elif not line.startswith("#"):
            weight, _, phrase = line.rpartition(" ")
            current[plain(phrase)] = int(weight or 1)
    return sections


@lru_cache(16)
def _longest_first(section: str) -> tuple[str, ...]:
    return tuple(sorted(_sections()[section], key=lambda phrase: (-len(phrase), phrase)))


def find(section: str, text: str) -> Found:
    """The distinct phrases of `section` in `text`; one that is part of another does not count."""
    words = plain(text)
    held: list[str] = []
    for phrase in _longest_first(section):
        if phrase in words and not any(phrase in longer for longer in held):
            held.append(phrase)
    weights = _sections()[section]
    held.sort(key=lambda phrase: -weights[phrase])
    return Found(tuple(held), sum(weights[phrase] for phrase in held))


def without(sections: tuple[str, ...], text: str) -> str:
    """What is left of the plain `text` when every phrase of `sections` is taken out, one after the other."""
    left = plain(text)
    for section in sections:
        for phrase in _longest_first(section):
            left = left.replace(phrase, "")
    return left
