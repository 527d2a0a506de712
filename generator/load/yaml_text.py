"""YAML read as text: every scalar stays the text that was written, with line and column.

YAML 1.1 reads `00701445` as octal, `12:30` as 750 and `on:` as true. Here the schema decides what a
value is, so nothing is guessed. Events are used rather than nodes: they carry the positions, and an
alias can be refused before it expands.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator

import yaml

from generator.finding import Text
from generator.load import complaints
from generator.model import KeyPath, Position, Tree, Trouble
from generator.regex import regex

Rename = Callable[[KeyPath, str], str]
DEEPEST = 12
_SHORT = 24
_NOTHING = frozenset({"", "~", "null"})


class _Refused(Exception):
    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble


def as_written(path: KeyPath, key: str) -> str:
    """A `Rename` that leaves every key as it is."""
    return key


def read(text: str, first_line: int = 1, rename: Rename = as_written) -> Tree:
    """Read a YAML map whose first line is `first_line` of its file; `rename` gives keys their English form.

    A syntax error does not hide the rest: the text is then read again, one top-level entry at a time.
    """
    tree = Tree()
    trouble = _read_into(tree, text, first_line, rename)
    if trouble is None:
        return tree
    tree = Tree()
    chunks = list(_entries(text)) or [(0, text)]
    for offset, chunk in chunks:
        wrong = _read_into(tree, chunk, first_line + offset, rename)
        if wrong is not None:
            tree.troubles.append(wrong)
            for key in _keys_of(chunk):
                _break(tree, rename((), key), (first_line + offset, 1))
    if not tree.troubles:
        # What is wrong stands before the first entry, or between two that are sound by themselves.
        tree.troubles.append(trouble)
    return tree


def _break(tree: Tree, key: str, position: Position) -> None:
    """Forget what was read of `key` before its mistake: half a value is worse than none."""
    tree.broken.add(key)
    tree.fields.pop(key, None)
    for positions in (tree.keys, tree.values):
        for path in [path for path in positions if path[:1] == (key,)]:
            del positions[path]
    tree.keys[key,] = position


_ENTRY = regex(r"""^["']?([^\s#"':：\-][^"':：\n]*?)["']?\s*[:：]""")


def _keys_of(chunk: str) -> list[str]:
    match = _ENTRY.match(chunk)
    return [match[1]] if match else []


def _entries(text: str) -> Iterator[tuple[int, str]]:
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if _ENTRY.match(line)]
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(lines)
        yield start, "\n".join(lines[start:end])


def _read_into(tree: Tree, text: str, first_line: int, rename: Rename) -> Trouble | None:
    full_width = complaints.full_width_colon(text, first_line)
    if full_width:
        return full_width
    reader = _Reader(tree, first_line, rename)
    try:
        # To YAML these signs end a line; to editors, and so to positions, they do not.
        text = re.sub("[\x85\u2028\u2029]", " ", text)
        # As yaml.parse does, which asks twice for each event.
        events = iter(yaml.CSafeLoader(text).get_event, None)
        reader.document(events)
    except yaml.MarkedYAMLError as error:
        return complaints.syntax(error, text, first_line)
    except yaml.reader.ReaderError:
        return complaints.control_character(text, first_line)
    except _Refused as refused:
        return refused.trouble
    return None


class _Reader:
    """Builds a `Tree` from the events of one YAML document."""

    def __init__(self, tree: Tree, first_line: int, rename: Rename) -> None:
        self.tree = tree
        self.first_line = first_line
        self.rename = rename

    def document(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            if isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
                continue
            if isinstance(event, yaml.StreamEndEvent | yaml.DocumentEndEvent):
                if getattr(event, "explicit", False):
                    raise self._refuse(event, *complaints.ENDED)
                return
            if isinstance(event, yaml.ScalarEvent) and not event.value:
                return
            if not isinstance(event, yaml.MappingStartEvent):
                raise self._refuse(
                    event,
                    Text("这里应当是“键: 值”的形式", "“key: value” is expected here"),
                    Text("每行写一项，冒号用半角并空一格", "one entry a line, colon then a space"),
                )
            self._entries(events, (), self.tree.fields)

    def _entries(
        self, events: Iterator[yaml.Event], path: KeyPath, into: dict[str, object]
    ) -> None:
        if len(path) >= DEEPEST:
            raise _Refused(Trouble(*self.tree.values[path], *complaints.TOO_DEEP))
        keys = self.tree.keys
        for event in events:
            if type(event) is yaml.MappingEndEvent:
                return
            if type(event) is not yaml.ScalarEvent:
                raise self._refuse(event, *complaints.NOT_A_KEY)
            key = self.rename(path, event.value.strip())
            inside = (*path, key)
            if key in into or inside in keys:
                self._trouble(
                    event,
                    Text(f"“{event.value}”写了两次", f"“{event.value}” stands here twice"),
                    Text("保留一个，删去另一个", "keep one of the two"),
                )
                self._value(next(events), events, ("", *inside))
                continue
            keys[inside] = self._position(event)
            value = self._value(next(events), events, inside)
            if value is not None:
                into[key] = value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath) -> object:
        self.tree.values[path] = self._position(event)
        if type(event) is yaml.ScalarEvent:
            if event.anchor or event.tag:
                raise self._refuse(event, *(complaints.ALIAS if event.anchor else complaints.TAG))
            text: str = event.value
            # Names, topics and other short values are the same in many documents.
            value = sys.intern(text) if len(text) <= _SHORT else text
            if not value.isprintable() and complaints.CONTROL.search(value):
                raise self._refuse(event, *complaints.INVISIBLE)
            return None if value in _NOTHING and not event.style else value
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refuse(event, *complaints.ALIAS)
        if getattr(event, "tag", None):
            raise self._refuse(event, *complaints.TAG)
        if isinstance(event, yaml.MappingStartEvent):
            into: dict[str, object] = {}
            self._entries(events, path, into)
            return into
        return self._items(events, path)

    def _items(self, events: Iterator[yaml.Event], path: KeyPath) -> list[object]:
        if len(path) >= DEEPEST:
            raise _Refused(Trouble(*self.tree.values[path], *complaints.TOO_DEEP))
        items: list[object] = []
        for event in events:
            if type(event) is yaml.SequenceEndEvent:
                return items
            value = self._value(event, events, (*path, len(items)))
            items.append("" if value is None else value)
        return items

    def _position(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        # Every event of the parser has a mark; the stubs allow for events made by hand.
        return (self.first_line + mark.line, mark.column + 1) if mark else (self.first_line, 1)

    def _trouble(self, event: yaml.Event, problem: Text, hint: Text) -> None:
        self.tree.troubles.append(Trouble(*self._position(event), problem, hint))

    def _refuse(self, event: yaml.Event, problem: Text, hint: Text) -> _Refused:
        return _Refused(Trouble(*self._position(event), problem, hint))
