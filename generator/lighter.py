"""Lighter nouns (轻量): those whose large parts lie in the spill; in all else they are the same.

Of a hundred thousand documents only what many pages and rules ask for at once stays in memory: front matter,
addresses, relations. Texts, links, outlines and positions are read back when they are asked for; the last few
are at hand, since whoever looks at a document asks for them several times.
"""

from __future__ import annotations

import marshal
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from typing import Any, overload

from generator.contents import Contents, Passage, Sort, Trace
from generator.finding import Text
from generator.model import (
    Asset,
    Body,
    Entry,
    Heading,
    Link,
    LinkSyntax,
    Page,
    Source,
    Verdict,
    WrittenLink,
    announces_tasks,
)
from generator.spill import Kept, Places, spill

_WORTHWHILE = 64  # bytes
_AT_HAND = 64


def page(made: Page) -> Page:
    """`made`, its bytes in the spill where that is worth while."""
    return _Page(**_parts(made)) if len(made.content) >= _WORTHWHILE else made


def pages(made: Sequence[Page], addresses: Iterable[str]) -> Pages:
    """`made`, which stand in the order of their addresses; `addresses` are texts of some of these that stay anyway."""
    own = {url: url for url in addresses}
    return Pages(made, own)


def source(made: Source) -> Source:
    """`made`, its body, its fields and their positions in the spill."""
    return _Source(**_parts(made))


def asset(made: Asset) -> Asset:
    """`made`, its first bytes in the spill where that is worth while."""
    return _Asset(**_parts(made)) if len(made.head) >= _WORTHWHILE else made


def contents(made: Contents) -> Contents:
    """`made`, its texts and traces in the spill; even short ones are many objects."""
    return _Contents(**_parts(made)) if made.passages or made.traces else made


def body(made: Body) -> Body:
    """`made`, all but its flaws in the spill."""
    return made if isinstance(made, _Body) else _Body(**_parts(made))


def entry(made: Entry) -> Entry:
    """`made`, its links in the spill; those that a finding will be made of stay as they are."""
    if any(link.contradictions for link in made.links):
        return made
    return _Entry(**_parts(made))


def _parts(made: Any) -> dict[str, Any]:
    return {name: getattr(made, name) for name in _names(made.__class__)}


@cache
def _names(noun: type) -> tuple[str, ...]:
    return tuple(part.name for part in fields(noun))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@lru_cache(_AT_HAND)
def _text(kept: Kept, which: int, of: int) -> str:
    return spill().read(kept, which, of).decode("utf-8", "surrogatepass")


def _keep_plain(value: Any) -> Kept:
    """Keep a value of plain types; what reads it gives the same one again and again: nobody may change it."""
    return spill().put(marshal.dumps(value))


@lru_cache(_AT_HAND)
def _plain(kept: Kept, which: int = 0, of: int = 1) -> Any:
    # Only this very process has written there.
    return marshal.loads(spill().read(kept, which, of))  # noqa: S302


class _Lighter:
    """What is made of the fields of a noun: those named in `_put_away` are kept, the others set."""

    __slots__ = ()

    def _set(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)


class _Page(_Lighter, Page):
    __slots__ = ("kept",)
    kept: Kept

    def __init__(self, *, content: bytes, **more: Any) -> None:
        self._set({**more, "kept": spill().put(content)})

    @classmethod
    def of(cls, url: str, kept: Kept) -> _Page:
        """The page at `url` whose bytes lie in the spill already."""
        made = object.__new__(cls)
        made._set({"url": url, "copy_of": "", "kept": kept})
        return made

    @property
    def content(self) -> bytes:
        return spill().read(self.kept)


class Pages(Sequence[Page]):
    """Many pages, made anew when they are asked for: as objects they take as much as all else of a document."""

    def __init__(self, made: Sequence[Page], own: Mapping[str, str]) -> None:
        self._urls = [own.get(page.url, page.url) for page in made]
        self._kept = Places()
        # The files to copy and the small pages; None for those in the spill.
        self._rest: list[bytes | str | None] = []
        for page in made:
            if isinstance(page, _Page):
                self._kept.append(page.kept)
                self._rest.append(None)
            else:
                self._kept.append(0)
                self._rest.append(page.copy_of or page.content)

    @overload
    def __getitem__(self, index: int) -> Page: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Page, ...]: ...
    def __getitem__(self, index: int | slice) -> Page | tuple[Page, ...]:
        if isinstance(index, slice):
            return tuple(self[one] for one in range(*index.indices(len(self))))
        index = index if index >= 0 else len(self) + index
        url, rest = self._urls[index], self._rest[index]
        if rest is None:
            return _Page.of(url, self._kept[index])
        return Page(url, b"", rest) if isinstance(rest, str) else Page(url, rest)

    def __len__(self) -> int:
        return len(self._urls)

    def find(self, url: str) -> Page | None:
        """The page at an address; None where there is none."""
        index = bisect_left(self._urls, url)
        is_there = index < len(self._urls) and self._urls[index] == url
        return self[index] if is_there else None


class _Asset(_Lighter, Asset):
    __slots__ = ("_head",)

    def __init__(self, *, head: bytes, **more: Any) -> None:
        self._set({**more, "_head": spill().put(head)})

    @property
    def head(self) -> bytes:
        return spill().read(self._head)  # type: ignore[attr-defined]


class _Source(_Lighter, Source):
    __slots__ = ("_kept",)

    def __init__(self, *, fields: Any, keys: Any, values: Any, body: str, **more: Any) -> None:
        front = marshal.dumps((fields, keys, values))
        self._set({**more, "_kept": spill().put(front, _encoded(body))})

    @property
    def fields(self) -> Any:
        return self._front[0]

    @property
    def keys(self) -> Any:
        return self._front[1]

    @property
    def values(self) -> Any:
        return self._front[2]

    @property
    def _front(self) -> Any:
        return _plain(self._kept, 0, 2)  # type: ignore[attr-defined]

    @property
    def body(self) -> str:
        return _text(self._kept, 1, 2)  # type: ignore[attr-defined]


class _Contents(_Lighter, Contents):
    # Most files have no traces.
    __slots__ = ("_passages", "_traces")

    def __init__(
        self, *, passages: tuple[Passage, ...], traces: tuple[Trace, ...], **more: Any
    ) -> None:
        read = [(one.text, one.marks) for one in passages]
        left = [(one.sort.value, one.words, one.where.zh, one.where.en) for one in traces]
        kept = _keep_plain(left) if left else None
        self._set({**more, "_passages": _keep_plain(read), "_traces": kept})

    @property
    def passages(self) -> tuple[Passage, ...]:
        found = _plain(self._passages)  # type: ignore[attr-defined]
        return tuple(Passage(*one) for one in found)

    @property
    def traces(self) -> tuple[Trace, ...]:
        if self._traces is None:  # type: ignore[attr-defined]
            return ()
        found = _plain(self._traces)  # type: ignore[attr-defined]
        return tuple(Trace(Sort(sort), words, Text(zh, en)) for sort, words, zh, en in found)


class _Body(_Lighter, Body):
    # Asked of every document when links to it are judged.
    __slots__ = ("_kept", "announces_tasks")

    def __init__(
        self,
        *,
        pieces: tuple[str, ...],
        slots: tuple[tuple[int, bool], ...],
        links: tuple[WrittenLink, ...],
        outline: tuple[Heading, ...],
        anchors: frozenset[str],
        text: str,
        **more: Any,
    ) -> None:
        headings = [tuple(one) for one in outline]
        kept = spill().put(
            marshal.dumps((pieces, slots)),
            marshal.dumps([_packed_words(one) for one in links]),
            marshal.dumps((headings, anchors)),
            _encoded(text),
        )
        self._set({**more, "_kept": kept, "announces_tasks": announces_tasks(outline)})

    @property
    def pieces(self) -> tuple[str, ...]:
        return self._part(0)[0]  # type: ignore[no-any-return]

    @property
    def slots(self) -> tuple[tuple[int, bool], ...]:
        return self._part(0)[1]  # type: ignore[no-any-return]

    @property
    def links(self) -> tuple[WrittenLink, ...]:
        found = self._part(1)
        return tuple([WrittenLink(_SYNTAX[syntax], *more) for syntax, *more in found])

    @property
    def outline(self) -> tuple[Heading, ...]:
        return tuple([Heading._make(one) for one in self._part(2)[0]])

    @property
    def anchors(self) -> frozenset[str]:
        return self._part(2)[1]  # type: ignore[no-any-return]

    @property
    def text(self) -> str:
        return _text(self._kept, 3, 4)  # type: ignore[attr-defined]

    def _part(self, which: int) -> Any:
        return _plain(self._kept, which, 4)  # type: ignore[attr-defined]


class _Entry(_Lighter, Entry):
    # What is asked of every document is at hand: few have links to places, and a number is small.
    __slots__ = ("_links", "link_count", "to_places")

    def __init__(self, *, links: tuple[Link, ...], **more: Any) -> None:
        self._set(
            {
                **more,
                "_links": _keep_plain([_packed(one) for one in links]),
                "link_count": len(links),
                "to_places": tuple([one for one in links if one.is_to_place]),
            }
        )

    @property
    def links(self) -> tuple[Link, ...]:
        return _unpacked(self._links)  # type: ignore[attr-defined]


_SYNTAX = {one.value: one for one in LinkSyntax}
_VERDICT = {one.value: one for one in Verdict}
_Words = tuple[str, str, str, int, int, str, str, str]
_Led = tuple[str, str, str, str, str, str | None]


def _packed_words(one: WrittenLink) -> _Words:
    return (one.syntax.value, *one[1:])


def _packed(one: Link) -> tuple[_Words, _Led]:
    return _packed_words(one.written), (one.verdict.value, *one[2:-1])


@lru_cache(_AT_HAND)
def _unpacked(kept: Kept) -> tuple[Link, ...]:
    return tuple(
        [
            Link(WrittenLink(_SYNTAX[syntax], *words), _VERDICT[verdict], *led)
            for (syntax, *words), (verdict, *led) in _plain(kept)
        ]
    )
