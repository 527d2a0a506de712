"""Lighter nouns (轻量): pages and bodies whose large texts lie in the spill; in all else they are the same."""

from __future__ import annotations

from generator.model import Body, Flaw, Heading, Page, WrittenLink
from generator.spill import spill

_WORTHWHILE = 2048  # bytes


def page(made: Page) -> Page:
    """`made`, its bytes in the spill where that is worth while."""
    return made if len(made.content) < _WORTHWHILE else _Page(made.url, made.content, made.copy_of)


def body(made: Body) -> Body:
    """`made`, its HTML and its text in the spill where that is worth while."""
    if type(made) is not Body or len(made.text) < _WORTHWHILE // 3:
        return made
    if any(_CUT in piece for piece in made.pieces):
        return made
    return _Body(
        made.pieces, made.slots, made.links, made.outline, made.anchors, made.text, made.flaws
    )


class _Page(Page):
    __slots__ = ("_kept",)

    def __init__(self, url: str, content: bytes, copy_of: str = "") -> None:
        keep = object.__setattr__
        keep(self, "url", url)
        keep(self, "copy_of", copy_of)
        keep(self, "_kept", spill().put(content))

    @property
    def content(self) -> bytes:
        return self._kept.raw()  # type: ignore[attr-defined, no-any-return]


_CUT = "\0"


class _Body(Body):
    __slots__ = ("_html", "_plain")

    def __init__(
        self,
        pieces: tuple[str, ...],
        slots: tuple[tuple[int, bool], ...],
        links: tuple[WrittenLink, ...],
        outline: tuple[Heading, ...],
        anchors: frozenset[str],
        text: str,
        flaws: tuple[Flaw, ...] = (),
    ) -> None:
        keep = object.__setattr__
        keep(self, "slots", slots)
        keep(self, "links", links)
        keep(self, "outline", outline)
        keep(self, "anchors", anchors)
        keep(self, "flaws", flaws)
        keep(self, "_html", spill().put(_CUT.join(pieces).encode("utf-8", "surrogatepass")))
        keep(self, "_plain", spill().put(text.encode("utf-8", "surrogatepass")))

    @property
    def pieces(self) -> tuple[str, ...]:
        raw: bytes = self._html.raw()  # type: ignore[attr-defined]
        return tuple(raw.decode("utf-8", "surrogatepass").split(_CUT))

    @property
    def text(self) -> str:
        raw: bytes = self._plain.raw()  # type: ignore[attr-defined]
        return raw.decode("utf-8", "surrogatepass")
