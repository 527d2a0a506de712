"""Contents (附件内容): what stands inside a file that is not Markdown, with its places, in plain types.

Readers make it, rules judge it; it survives JSON, so that it can be remembered by the hash of the file.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from generator.finding import Text

MOST_TEXT = 5_000_000
"""How many characters of one file are read: more than anyone publishes in one."""


class Sort(StrEnum):
    """What a trace tells of whoever made the file (痕迹的种类)."""

    AUTHOR = "author"
    EDITOR = "editor"
    MANAGER = "manager"
    COMPANY = "company"
    PROPERTY = "property"
    COMMENT = "comment"
    CHANGE = "change"
    LOCATION = "location"
    FOLDER = "folder"
    FILE = "file"


class Obstacle(StrEnum):
    """Why a file could not be read, or not to its end."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    BOMB = "bomb"
    UNKNOWN = "unknown"
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"


@dataclass(frozen=True, slots=True)
class Trace:
    """Something the file tells besides its text: its sort, the words, and where it stands."""

    sort: Sort
    words: str
    where: Text


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text inside a file; `marks` are offsets from which on a place counts, in their order."""

    text: str
    marks: tuple[tuple[int, str, str], ...]

    def where(self, offset: int) -> Text:
        """The place of the character at `offset`."""
        index = bisect_right(self.marks, offset, key=lambda mark: mark[0]) - 1
        _, zh, en = self.marks[max(index, 0)]
        return Text(zh, en)


@dataclass(frozen=True, slots=True)
class Contents:
    """All that was read of a file; with an obstacle, what was read until it stood in the way."""

    passages: tuple[Passage, ...] = ()
    traces: tuple[Trace, ...] = ()
    obstacle: Obstacle | None = None

    def to_json(self) -> str:
        """The contents as JSON, to be read again by `from_json`."""
        return json.dumps(
            {
                "passages": [[one.text, one.marks] for one in self.passages],
                "traces": [
                    [one.sort, one.words, one.where.zh, one.where.en] for one in self.traces
                ],
                "obstacle": self.obstacle,
            },
            ensure_ascii=False,
        )


NOTHING = Contents()
CLEANABLE = frozenset(
    """.docx .docm .dotx .xlsx .xlsm .xltx .pptx .pptm .ppsx .pdf .jpg .jpeg .png""".split()
)
"""The endings of files whose traces a program can take out, in lower case."""


def from_json(text: str) -> Contents:
    """What `to_json` wrote; ValueError, KeyError or TypeError for anything else."""
    held = json.loads(text)
    return Contents(
        tuple(
            Passage(str(words), tuple((int(at), str(zh), str(en)) for at, zh, en in marks))
            for words, marks in held["passages"]
        ),
        tuple(
            Trace(Sort(sort), str(words), Text(str(zh), str(en)))
            for sort, words, zh, en in held["traces"]
        ),
        Obstacle(held["obstacle"]) if held["obstacle"] else None,
    )


@dataclass(slots=True)
class Script:
    """A passage in the making (抄录): lines of text, each with its place."""

    _parts: list[str] = field(default_factory=list)
    _marks: list[tuple[int, str, str]] = field(default_factory=list)
    _length: int = 0

    def write(self, text: str, where: Text) -> None:
        """Add `text`, which stands at `where`."""
        if not text:
            return
        if not self._marks or self._marks[-1][1:] != (where.zh, where.en):
            self._marks.append((self._length, where.zh, where.en))
        self._parts.append(text)
        self._length += len(text)

    def end_line(self) -> None:
        """Begin a new line, unless nothing stands here yet."""
        if self._parts:
            self._parts.append("\n")
            self._length += 1

    def line(self, text: str, where: Text) -> None:
        """A line of its own."""
        self.write(text, where)
        self.end_line()

    @property
    def length(self) -> int:
        """How many characters stand here."""
        return self._length

    def passage(self) -> tuple[Passage, ...]:
        """The one passage this has become; none where nothing was written."""
        if not self._marks:
            return ()
        return (Passage("".join(self._parts), tuple(self._marks)),)
