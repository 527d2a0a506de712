"""Causes (成因): the line of a template, or of data, from which something on a finished page comes."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.finding import Place
from generator.finished.output import Output
from generator.html_links.places import Source, Spot
from generator.model import Entry, KeyPath, Site, Templates, Tree
from generator.regex import regex

FOLDER = "templates/"
_STATIC = "static/"
# Jinja2: {{ value }}, {% statement %}, {# comment #}; a bracket may stand in a text inside.
_JINJA = regex(r"\{(?P<kind>[{%])(?:\"[^\"]*\"|'[^']*'|[^\"'])*?[}%]\}|\{#.*?#\}", re.DOTALL)
# They stand in the place of what Jinja2 fills in, of equal length, so that offsets stay.
_VALUE, _STATEMENT = "\ue000", "\ue001"
_TAG = regex(r"<([a-zA-Z][^\s/>]*+)((?:\"[^\"]*+\"|'[^']*+'|[^'\">])*+)>")
_ATTRIBUTE = regex(r"([^\s\"'<>/=]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]++))")
_PIECES = regex(f"({_VALUE}+|{_STATEMENT}+)")


@dataclass(frozen=True, slots=True)
class Cause:
    """Where something comes from; `is_known` where its words themselves stand there.

    `way` is the template that takes them from data; `is_file` where the file itself is copied.
    """

    place: Place
    is_known: bool = True
    way: Place | None = None
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class _Attribute:
    """An attribute in a template: what it may come out as, and how much of that is written there."""

    place: Place
    element: str
    name: str
    literals: tuple[str, ...]
    pattern: re.Pattern[str]
    is_own: bool

    def likeness(self, value: str) -> int:
        """How many letters of `value` stand in the template itself; -1 where it cannot come from here."""
        if self.pattern.fullmatch(value) is None:
            return -1
        if self.literals == (value,):
            return len(value) + 1
        return sum(sign.isalnum() for part in self.literals if part in value for sign in part)


class Causes:
    """Where the links, ids and styles of the finished pages come from."""

    def __init__(self, site: Site, templates: Templates, settings: Tree, output: Output) -> None:
        self._site = site
        self._templates = templates
        self._settings = settings
        self._output = output
        self._entries: Mapping[str, Entry] = {entry.url: entry for entry in site.built}
        self._sources: dict[str, Source] = {}
        self._known: dict[tuple[str, str, str], tuple[int, Place | None]] = {}

    def of_file(self, url: str, spot: Spot) -> Cause | None:
        """The cause of what stands in a file that is copied or belongs to the look; None for pages made."""
        path = self._output.source_of(url)
        if not path and url in self._templates.static:
            path = FOLDER + url
        if not path:
            return None
        source = self._sources.get(url)
        if source is None:
            source = self._sources[url] = Source(self._output.read(url))
        return Cause(Place(path, *source.place(spot)), is_file=True)

    def of(self, url: str, element: str, attribute: str, value: str) -> Cause:
        """The cause of an attribute with this value on the page at `url`."""
        key = (element, attribute, value)
        if key not in self._known:
            self._known[key] = self._of_template(*key)
        likeness, way = self._known[key]
        if likeness > 0 and way:
            return Cause(way)
        written = self._in_text(value) or self._in_data(url, value)
        if written:
            return Cause(written, way=way)
        if way:
            return Cause(way, is_known=False)
        entry = self._entries.get(url)
        return Cause(Place(entry.path if entry else "site.yaml", 1, 1), is_known=False)

    def _of_template(self, element: str, attribute: str, value: str) -> tuple[int, Place | None]:
        """The attribute in a template that is most like this one, and how much of it stands there."""
        fitting = [
            (one.likeness(value), one.place)
            for one in self._attributes
            if one.name == attribute and one.element == element
        ]
        # Of several the first: those of the site's own come before the others.
        likeness, place = max(fitting, key=lambda one: one[0], default=(-1, None))
        return (likeness, place) if likeness >= 0 else (-1, None)

    def of_id(self, url: str, value: str) -> Cause:
        """The cause of an id: a heading of the document, else the template."""
        entry = self._entries.get(url)
        if entry and value in entry.body.anchors:
            line = next((one.line for one in entry.body.outline if one.id == value), 0)
            return Cause(Place(entry.path, line or entry.document.source.body_line, 1))
        fitting = [
            (one.is_own, one.likeness(value), one.place)
            for one in self._attributes
            if one.name == "id" and one.likeness(value) > 0
        ]
        if not fitting:
            return self.of(url, "", "id", value)
        best = max(one[:2] for one in fitting)
        # The later of two is the one to change.
        return Cause([place for *likeness, place in fitting if tuple(likeness) == best][-1])

    @cached_property
    def _attributes(self) -> tuple[_Attribute, ...]:
        """Every attribute of the templates, those of the site's own first."""
        names = sorted(self._templates.texts, key=lambda one: (one not in self._templates.own, one))
        return tuple(
            found
            for name in names
            for found in _attributes(
                name, self._templates.texts[name], is_own=name in self._templates.own
            )
        )

    def _in_text(self, value: str) -> Place | None:
        """Where `value` stands in a template outside of attributes, in a style or a script."""
        if len(value) < _LEAST:
            return None
        names = sorted(self._templates.texts, key=lambda one: (one not in self._templates.own, one))
        for name in names:
            text = self._templates.texts[name]
            found = next(
                (at for form in (value, html.escape(value)) if (at := text.find(form)) >= 0), -1
            )
            if found >= 0:
                return _place(FOLDER + name, text, found)
        return None

    def _in_data(self, url: str, value: str) -> Place | None:
        """Where `value` stands in the front matter of the page's document, or in `site.yaml`."""
        if len(value) < _LEAST:
            return None
        entry = self._entries.get(url)
        if entry:
            source = entry.document.source
            key = _holding(source.fields, value)
            if key is not None:
                return source.place(*key)
        key = _holding(self._settings.fields, value)
        if key is None:
            return None
        return Place("site.yaml", *_position(self._settings, key))


# Shorter words stand everywhere.
_LEAST = 4


def _holding(data: object, value: str, path: KeyPath = ()) -> KeyPath | None:
    """The path of keys to the first text in `data` that holds `value`."""
    if isinstance(data, str):
        return path if value in data else None
    if isinstance(data, Mapping):
        inner: Iterator[tuple[str | int, object]] = iter(data.items())
    elif isinstance(data, list):
        inner = iter(enumerate(data))
    else:
        return None
    found = (_holding(one, value, (*path, key)) for key, one in inner)
    return next((key for key in found if key is not None), None)


def _position(tree: Tree, key: KeyPath) -> tuple[int, int]:
    for length in range(len(key), 0, -1):
        found = tree.values.get(key[:length]) or tree.keys.get(key[:length])
        if found:
            return found
    return 1, 1


def _attributes(name: str, text: str, *, is_own: bool) -> Iterator[_Attribute]:
    plain = _JINJA.sub(_placeholder, text)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for tag in _TAG.finditer(plain):
        line = bisect_right(starts, tag.start())
        place = Place(FOLDER + name, line, tag.start() - starts[line - 1] + 1)
        for attribute in _ATTRIBUTE.finditer(tag[2]):
            written = attribute[2] or attribute[3] or attribute[4] or ""
            label = attribute[1].strip(_VALUE + _STATEMENT).lower()
            yield _Attribute(place, tag[1].lower(), label, *_pattern(written), is_own)


def _placeholder(found: re.Match[str]) -> str:
    sign = {"{": _VALUE, "%": _STATEMENT, None: " "}[found["kind"]]
    return sign * len(found[0])


def _pattern(written: str) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """What is literal in an attribute, and a pattern of all that it may come out as.

    What stands between statements may be left out.
    """
    if not _PIECES.search(written):
        return (html.unescape(written),), re.compile(re.escape(html.unescape(written)))
    pieces = _PIECES.split(written)
    has_choice = any(piece.startswith(_STATEMENT) for piece in pieces)
    literals, parts = [], []
    for piece in pieces:
        if piece.startswith(_VALUE):
            parts.append(".*")
        elif piece.startswith(_STATEMENT) or not piece:
            continue
        else:
            literal = html.unescape(piece)
            literals.append(literal)
            parts.append(f"(?:{re.escape(literal)})?" if has_choice else re.escape(literal))
    return tuple(literals), re.compile("".join(parts), re.DOTALL)


def _place(path: str, text: str, offset: int) -> Place:
    before = text[:offset]
    return Place(path, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)
