"""YAML read as text: every scalar stays the text that was written, with line and column.

YAML 1.1 reads `00701445` as octal, `12:30` as 750 and `on:` as true. Here the schema decides what a
value is, so nothing is guessed. Events are used rather than nodes: they carry the positions, and an
alias can be refused before it expands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import yaml

from generator.finding import Text
from generator.model import KeyPath, Position, Tree, Trouble

Rename = Callable[[KeyPath, str], str]
DEEPEST = 12


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
    chunks = list(_entries(text))
    if len(chunks) < 2:
        tree.troubles.append(trouble)
        tree.broken |= {rename((), key) for key in _keys_of(text)}
        return tree
    for offset, chunk in chunks:
        wrong = _read_into(tree, chunk, first_line + offset, rename)
        if wrong is not None:
            tree.troubles.append(wrong)
            tree.broken |= {rename((), key) for key in _keys_of(chunk)}
    return tree


_ENTRY = re.compile(r"""^["']?([^\s#"':：\-][^"':：]*?)["']?\s*[:：]""")


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
    full_width = _full_width_colon(text, first_line)
    if full_width:
        return full_width
    reader = _Reader(tree, first_line, rename)
    try:
        events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        reader.document(events)
    except yaml.MarkedYAMLError as error:
        return _syntax(error, first_line)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
        return Trouble(
            first_line + line,
            1,
            Text("文件头里有不可见的控制字符", "the front matter holds a control character"),
            Text("删去这一行里看不见的字符后重新输入", "retype the line without it"),
        )
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
            raise _Refused(Trouble(self.first_line, 1, *_TOO_DEEP))
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse(event, *_NOT_A_KEY)
            key = self.rename(path, event.value.strip())
            inside = (*path, key)
            if key in into or inside in self.tree.keys:
                self._trouble(
                    event,
                    Text(f"“{event.value}”写了两次", f"“{event.value}” stands here twice"),
                    Text("保留一个，删去另一个", "keep one of the two"),
                )
                self._value(next(events), events, ("", *inside))
                continue
            self.tree.keys[inside] = self._position(event)
            value = self._value(next(events), events, inside)
            if value is not None:
                into[key] = value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath) -> object:
        self.tree.values[path] = self._position(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refuse(event, *_ALIAS)
        if isinstance(event, yaml.ScalarEvent):
            is_plain = not event.style
            return None if is_plain and event.value in ("", "~", "null") else event.value
        if isinstance(event, yaml.MappingStartEvent):
            into: dict[str, object] = {}
            self._entries(events, path, into)
            return into
        return self._items(events, path)

    def _items(self, events: Iterator[yaml.Event], path: KeyPath) -> list[object]:
        if len(path) >= DEEPEST:
            raise _Refused(Trouble(self.first_line, 1, *_TOO_DEEP))
        items: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
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


_TOO_DEEP = (
    Text("这一项嵌套得太深", "this entry is nested too deeply"),
    Text("检查括号和缩进", "check brackets and indentation"),
)
_NOT_A_KEY = (
    Text("键必须是文字", "a key must be plain text"),
    Text("检查冒号前面的内容", "check what stands before the colon"),
)
_ALIAS = (
    Text(
        "不支持 YAML 的锚点和别名（& 和 *）", "YAML anchors and aliases (& and *) are not supported"
    ),
    Text("把内容直接写出来，或用引号括起来", "write the value out, or put it in quotes"),
)
_FULL_WIDTH = re.compile(r"^(\s*(?:- )?)([\w一-龥]{1,12})：")


def _full_width_colon(text: str, first_line: int) -> Trouble | None:
    """A line such as `标题：…`, which YAML would read as one long word."""
    for number, line in enumerate(text.split("\n")):
        match = _FULL_WIDTH.match(line)
        # Inside a value of several lines the sign is ordinary text.
        if match and not match[1].strip() and not match[1]:
            column = len(match[1]) + len(match[2]) + 1
            return Trouble(
                first_line + number,
                column,
                Text(
                    f"“{match[2]}”后面是全角冒号", f"“{match[2]}” is followed by a full-width colon"
                ),
                Text(
                    f"改为半角冒号加一个空格：“{match[2]}: …”",
                    f"use a half-width colon and a space: “{match[2]}: …”",
                ),
            )
    return None


_SYNTAX: tuple[tuple[str, Text, Text], ...] = (
    (
        "mapping values are not allowed",
        Text("值里面又出现了“: ”", "the value holds another “: ”"),
        Text('用引号把整个值括起来，例如 标题: "甲: 乙"', "put the whole value in quotes"),
    ),
    (
        "found unexpected end of stream",
        Text("引号没有配对", "a quotation mark is never closed"),
        Text("在值的末尾补上同样的引号", "close the value with the same mark"),
    ),
    (
        "found character '\\t'",
        Text("缩进里有制表符（Tab）", "a tab is used for indentation"),
        Text("改用空格缩进", "indent with spaces"),
    ),
    (
        "could not find expected ':'",
        Text("这一行没有“: ”", "this line has no “: ”"),
        Text("写成“键: 值”，冒号用半角并空一格", "write “key: value”"),
    ),
    (
        "found unknown escape character",
        Text("双引号里有反斜杠", "a backslash stands inside double quotes"),
        Text("不加引号，或改用单引号", "use no quotes, or single ones"),
    ),
    (
        "found character that cannot start any token",
        Text("值以特殊符号开头", "the value begins with a special sign"),
        Text("用引号把值括起来", "put the value in quotes"),
    ),
)

_UNREADABLE = (
    Text("写法不对，无法读取", "this cannot be read as YAML"),
    Text("检查引号、括号、冒号和缩进", "check quotes, brackets, colons and indentation"),
)


def _syntax(error: yaml.MarkedYAMLError, first_line: int) -> Trouble:
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    opened = error.context_mark
    problem, hint = _UNREADABLE
    for words, known, next_step in _SYNTAX:
        if words in said:
            problem, hint = known, next_step
            if "end of stream" in words and opened is not None:
                mark = opened
            break
    line = first_line + (mark.line if mark else 0)
    return Trouble(line, (mark.column if mark else 0) + 1, problem, hint)
