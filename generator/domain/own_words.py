"""The words of a site's own lists (词表): wrong → right with two levels, and names in which nothing is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import add
from typing import NamedTuple

from generator.domain.wordlist import WrongWord, is_quoted
from generator.domain.wordlist import wrong_words as wrong_anywhere

SHORTEST = 2
_Span = tuple[int, int]


class Term(NamedTuple):
    """A wrong word and its right form; a grave one (严重) is an error wherever it stands."""

    wrong: str
    right: str
    is_grave: bool = False


@dataclass(frozen=True)
class Words:
    """All lists of a site as one: terms, each wrong form once, and names (专名) that are right as they are."""

    terms: tuple[Term, ...] = ()
    names: tuple[str, ...] = ()

    @cached_property
    def _right(self) -> frozenset[str]:
        # 登陆 → 登陆艇: where the right form stands, the wrong one in it is none.
        longer = {term.right for term in self.terms if term.wrong in term.right}
        return frozenset(name for name in (*self.names, *longer) if len(name) >= SHORTEST)

    @cached_property
    def _by_wrong(self) -> Mapping[str, Term]:
        return {term.wrong: term for term in self.terms}

    @cached_property
    def _by_start(self) -> Mapping[str, tuple[str, ...]]:
        """Every word by its first two signs, the longest first."""
        found: dict[str, set[str]] = defaultdict(set)
        for word in (*self._right, *self._by_wrong):
            found[word[:SHORTEST]].add(word)
        return {
            start: tuple(sorted(words, key=lambda w: (-len(w), w)))
            for start, words in found.items()
        }

    def wrong_words(self, text: str) -> Iterator[WrongWord]:
        """The wrong words of `text`, by these lists and by our own, outside quotations and names, in order.

        One pass, however many words there are: only those whose first two signs stand in the text
        are looked at.
        """
        anywhere = list(wrong_anywhere(text))
        if not self.terms and not anywhere:
            return
        own = self._found(text)
        named = _Cover(span for span, word in own if word in self._right)
        wrong = list(_apart((span, word) for span, word in own if word in self._by_wrong))
        taken = _Cover((*named.spans, *(span for span, _ in wrong)))
        found = [
            WrongWord(span[0], word, *self._by_wrong[word][1:])
            for span, word in wrong
            if not named.meets(span) and not is_quoted(text, span[0])
        ]
        found += [
            word
            for word in anywhere
            if not taken.meets((word.offset, word.offset + len(word.wrong)))
        ]
        yield from sorted(found)

    def _found(self, text: str) -> list[tuple[_Span, str]]:
        """The words of the lists in `text` with where each begins and ends: the longest of each sort at a place."""
        found = []
        for start in self._by_start.keys() & set(map(add, text, text[1:])):
            words = self._by_start[start]
            sorts = [
                [word for word in words if word in sort] for sort in (self._right, self._by_wrong)
            ]
            offset = text.find(start)
            while offset >= 0:
                for sort in sorts:
                    word = next((word for word in sort if text.startswith(word, offset)), "")
                    if word:
                        found.append(((offset, offset + len(word)), word))
                offset = text.find(start, offset + 1)
        return sorted(found, key=lambda one: (one[0][0], -one[0][1]))


NO_WORDS = Words()


def _apart(found: Iterable[tuple[_Span, str]]) -> Iterator[tuple[_Span, str]]:
    """Those of `found` that do not begin inside one before them."""
    done = 0
    for span, word in found:
        if span[0] >= done:
            done = span[1]
            yield span, word


class _Cover:
    """Parts of a text, and whether another part meets one of them; asked in time that does not grow with them."""

    def __init__(self, spans: Iterable[_Span]) -> None:
        self.spans = tuple(spans)
        self._signs = {sign for start, end in self.spans for sign in range(start, end)}

    def meets(self, span: _Span) -> bool:
        return not self._signs.isdisjoint(range(*span))
