"""Lighter nouns (轻量): those whose large parts lie in the spill; in all else they are the same.

Of a hundred thousand documents only what many pages and rules ask for at once stays in memory: front matter,
addresses, relations. Texts, links, outlines and positions are read back when they are asked for; the last few
are at hand, since whoever looks at a document asks for them several times.
"""

from __future__ import annotations

import marshal
from dataclasses import fields
from functools import lru_cache
from typing import Any

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
)
from generator.spill import Kept, spill

_WORTHWHILE = 512  # bytes
_AT_HAND = 64


def page(made: Page) -> Page:
    """`made`, its bytes in the spill where that is worth while."""
    return _Page(**_parts(made)) if len(made.content) >= _WORTHWHILE else made


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
    return {part.name: getattr(made, part.name) for part in fields(made)}


def _keep(text: str) -> Kept:
    return spill().put(text.encode("utf-8", "surrogatepass"))


@lru_cache(_AT_HAND)
def _text(kept: Kept) -> str:
    return spill().read(kept).decode("utf-8", "surrogatepass")


def _keep_plain(value: Any) -> Kept:
    """Keep a value of plain types; what reads it gives the same one again and again: nobody may change it."""
    return spill().put(marshal.dumps(value))


@lru_cache(_AT_HAND)
def _plain(kept: Kept) -> Any:
    # Only this very process has written there.
    return marshal.loads(spill().read(kept))  # noqa: S302


class _Lighter:
    """What is made of the fields of a noun: those named in `_put_away` are kept, the others set."""

    __slots__ = ()

    def _set(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)


class _Page(_Lighter, Page):
    __slots__ = ("_content",)

    def __init__(self, *, content: bytes, **more: Any) -> None:
        self._set({**more, "_content": spill().put(content)})

    @property
    def content(self) -> bytes:
        return spill().read(self._content)  # type: ignore[attr-defined]


class _Asset(_Lighter, Asset):
    __slots__ = ("_head",)

    def __init__(self, *, head: bytes, **more: Any) -> None:
        self._set({**more, "_head": spill().put(head)})

    @property
    def head(self) -> bytes:
        return spill().read(self._head)  # type: ignore[attr-defined]


class _Source(_Lighter, Source):
    __slots__ = ("_body", "_front")

    def __init__(self, *, fields: Any, keys: Any, values: Any, body: str, **more: Any) -> None:
        front = _keep_plain((fields, keys, values))
        self._set({**more, "_front": front, "_body": _keep(body)})

    @property
    def fields(self) -> Any:
        return _plain(self._front)[0]  # type: ignore[attr-defined]

    @property
    def keys(self) -> Any:
        return _plain(self._front)[1]  # type: ignore[attr-defined]

    @property
    def values(self) -> Any:
        return _plain(self._front)[2]  # type: ignore[attr-defined]

    @property
    def body(self) -> str:
        return _text(self._body)  # type: ignore[attr-defined]


class _Contents(_Lighter, Contents):
    __slots__ = ("_read",)

    def __init__(
        self, *, passages: tuple[Passage, ...], traces: tuple[Trace, ...], **more: Any
    ) -> None:
        read = (
            [(one.text, one.marks) for one in passages],
            [(one.sort.value, one.words, one.where.zh, one.where.en) for one in traces],
        )
        self._set({**more, "_read": _keep_plain(read)})

    @property
    def passages(self) -> tuple[Passage, ...]:
        found = _plain(self._read)[0]  # type: ignore[attr-defined]
        return tuple(Passage(*one) for one in found)

    @property
    def traces(self) -> tuple[Trace, ...]:
        found = _plain(self._read)[1]  # type: ignore[attr-defined]
        return tuple(Trace(Sort(sort), words, Text(zh, en)) for sort, words, zh, en in found)


class _Body(_Lighter, Body):
    __slots__ = ("_html", "_marks", "_words", "_written")

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
        headings = [(one.level, one.text, one.id, one.line) for one in outline]
        self._set(
            {
                **more,
                "_html": _keep_plain((pieces, slots)),
                "_written": _keep_plain([_packed_words(one) for one in links]),
                "_marks": _keep_plain((headings, anchors)),
                "_words": _keep(text),
            }
        )

    @property
    def pieces(self) -> tuple[str, ...]:
        return _plain(self._html)[0]  # type: ignore[attr-defined, no-any-return]

    @property
    def slots(self) -> tuple[tuple[int, bool], ...]:
        return _plain(self._html)[1]  # type: ignore[attr-defined, no-any-return]

    @property
    def links(self) -> tuple[WrittenLink, ...]:
        found = _plain(self._written)  # type: ignore[attr-defined]
        return tuple(WrittenLink(_SYNTAX[syntax], *more) for syntax, *more in found)

    @property
    def outline(self) -> tuple[Heading, ...]:
        found = _plain(self._marks)[0]  # type: ignore[attr-defined]
        return tuple(Heading(*one) for one in found)

    @property
    def anchors(self) -> frozenset[str]:
        return _plain(self._marks)[1]  # type: ignore[attr-defined, no-any-return]

    @property
    def text(self) -> str:
        return _text(self._words)  # type: ignore[attr-defined]


class _Entry(_Lighter, Entry):
    __slots__ = ("_links",)

    def __init__(self, *, links: tuple[Link, ...], **more: Any) -> None:
        self._set({**more, "_links": _keep_plain([_packed(one) for one in links])})

    @property
    def links(self) -> tuple[Link, ...]:
        return _unpacked(self._links)  # type: ignore[attr-defined]


_SYNTAX = {one.value: one for one in LinkSyntax}
_VERDICT = {one.value: one for one in Verdict}
_Words = tuple[str, str, str, int, int, str, str, str]
_Led = tuple[str, str, str, str, str, str | None]


def _packed_words(one: WrittenLink) -> _Words:
    return (
        one.syntax.value,
        one.href,
        one.text,
        one.line,
        one.column,
        one.element,
        one.before,
        one.after,
    )


def _packed(one: Link) -> tuple[_Words, _Led]:
    led = (one.verdict.value, one.url, one.fragment, one.document, one.reason, one.suggestion)
    return _packed_words(one.written), led


@lru_cache(_AT_HAND)
def _unpacked(kept: Kept) -> tuple[Link, ...]:
    return tuple(
        Link(WrittenLink(_SYNTAX[syntax], *words), _VERDICT[verdict], *led)
        for (syntax, *words), (verdict, *led) in _plain(kept)
    )
