"""The nouns of a review (审阅): what changed, in the shape in which it is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.finding import Finding, Language, Text


class Mark(StrEnum):
    """What happened to a piece of text, a cell, a row or a passage."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one mark: same, removed or added."""

    mark: Mark
    text: str


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, and what happened to it."""

    mark: Mark
    runs: Runs


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, cell by cell."""

    mark: Mark
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading, paragraph, list item or table of a text, and what happened to it.

    `rows` is empty for all but tables; `left_out` counts the rows that did not change and are not told.
    """

    mark: Mark
    sort: str
    runs: Runs = ()
    rows: tuple[Row, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Passages that did not change and are not told."""

    passages: int


Telling = tuple[Passage | Gap, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the front matter, by its Chinese name, before and after (empty where it was not there)."""

    name: str
    before: str
    after: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link of the body: its words, and where it led and leads (empty where there was none)."""

    text: str
    before: str
    after: str


class Standing(StrEnum):
    """Whether readers see a document (可见情况)."""

    PUBLIC = "public"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"
    FUTURE = "future"
    NOT_PUBLIC = "not-public"

    @property
    def is_seen(self) -> bool:
        """Whether anything of the document is on the site today."""
        return self in (Standing.PUBLIC, Standing.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a document appears (栏目确认): titles of columns from the first level down, topics, feeds.

    A draft or a document of the future has the feeds that it will stand in.
    """

    url: str
    standing: Standing
    kind: str
    column: str
    also_in: tuple[str, ...]
    topics: tuple[str, ...]
    feeds: tuple[str, ...]
    published: str


class Sort(StrEnum):
    """What happened to a document."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document before and after.

    `path` is where it stands now, or stood where it was removed; `old_path` where it stood before.
    `is_secret` says that neither version may be shown to the public: then nothing of its content is told.
    `missing_review` names the review fields that are absent; `review_is_old` says that the words
    changed while the review is the same as before.
    """

    sort: Sort
    path: str
    old_path: str
    title: str
    before: Placement | None
    after: Placement | None
    fields: tuple[FieldChange, ...] = ()
    text: Telling = ()
    links: tuple[LinkChange, ...] = ()
    missing_review: tuple[str, ...] = ()
    review_is_old: bool = False
    is_secret: bool = False
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Vanished:
    """An address that answered before and does not now; `now` is where the document has gone, if known."""

    url: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A document whose validity changed though it was not touched itself."""

    path: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """Another file of the site that changed: an attachment, a template, the settings."""

    path: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Review:
    """All that changed in a site since a revision.

    `new` and `mended` are findings of the newest and of the old state; `broken_elsewhere` are those of
    `new` in documents that were not changed.
    """

    organ: str
    language: Language
    since: str
    commit: str
    documents: tuple[DocumentChange, ...]
    settings: tuple[FieldChange, ...]
    files: tuple[FileChange, ...]
    statuses: tuple[StatusChange, ...]
    new: tuple[Finding, ...]
    mended: tuple[Finding, ...]
    broken_elsewhere: tuple[Finding, ...]
    vanished: tuple[Vanished, ...]
    notes: tuple[Text, ...]

    def count(self, sort: Sort) -> int:
        """How many documents this happened to."""
        return sum(change.sort is sort for change in self.documents)
