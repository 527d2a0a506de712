"""The body of a document as its author typed it (正文原文): what a reader will see of it, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.finding import Place
from generator.model import Entry, Site, Source
from generator.regex import regex
from generator.rules import judged

_FENCE = regex(r"^[ \t]*(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_SPAN = regex(r"(?<!`)(`+)(?!`)[^\n]*?[^`\n](?<!\\)\1(?!`)")


class Line(NamedTuple):
    """A line of a body: the offset of its first character, and its text."""

    start: int
    text: str


def documents(site: Site) -> Iterable[tuple[Entry, str]]:
    """The documents whose body is published, each with the text of it that is not code."""
    # A dozen rules ask for the same few; the texts of all documents would fill the memory.
    return site.once(_of_few) if site.focus else _documents(site)


def _of_few(site: Site) -> Iterable[tuple[Entry, str]]:
    return tuple(_documents(site))


def _documents(site: Site) -> Iterator[tuple[Entry, str]]:
    for entry in judged.documents(site):
        if not entry.document.is_withdrawn:
            yield entry, without_code(entry.document.source.body)


def without_code(body: str) -> str:
    """`body` with fences and comments turned to spaces, code in a line to U+FFFC: every offset stays."""
    # A single sign is looked for in no time.
    if "`" in body or ("~" in body and "~~~" in body):
        body = _SPAN.sub(lambda span: "\ufffc" * len(span[0]), _without_fences(body))
    return _without_comments(body) if "<" in body and "<!--" in body else body


def lines(text: str) -> Iterator[Line]:
    """The lines of a body, blank ones among them."""
    start = 0
    for line in text.split("\n"):
        yield Line(start, line)
        start += len(line) + 1


def place(source: Source, offset: int) -> Place:
    """Where the character at `offset` of the body stands in the file."""
    body = source.body
    line = source.body_line + body.count("\n", 0, offset)
    return Place(source.path, line, offset - body.rfind("\n", 0, offset))


def _without_fences(body: str) -> str:
    parts: list[str] = []
    done, opened = 0, None
    for fence in _FENCE.finditer(body):
        if opened is None:
            opened = fence
        elif fence[1].startswith(opened[1]) and not fence[2].strip():
            parts += [body[done : opened.start()], _spaces(body[opened.start() : fence.end()])]
            done, opened = fence.end(), None
    parts.append(body[done:])
    return "".join(parts)


def _without_comments(body: str) -> str:
    parts: list[str] = []
    done = 0
    while (start := body.find("<!--", done)) >= 0 and (end := body.find("-->", start)) >= 0:
        comment = body[start : end + 3]
        begins_line = not body[body.rfind("\n", 0, start) + 1 : start].strip()
        goes_on = bool(body[end + 3 :].partition("\n")[0].strip())
        # Words after a comment begin no line: spaces before them would look like an indentation.
        blank = _filled(comment) if begins_line and goes_on else _spaces(comment)
        parts += [body[done:start], blank]
        done = end + 3
    return "".join([*parts, body[done:]])


def _spaces(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _filled(text: str) -> str:
    return re.sub(r"[^\n]", "\ufffc", text)
