"""The state of the preview (预览) and its answers: pure functions from a site and an address to what is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator import address
from generator.finding import Finding, Language, Severity, Text
from generator.lines import source_lines
from generator.model import Page
from generator.serve.media import HTML, media_type
from generator.serve.stand import Stand

# A preview that was kept is shown before anything that builds a site is loaded.
if TYPE_CHECKING:
    from generator.amend import Desk
    from generator.build import Known

OWN = "/__gongkai/"
"""Below this stand the preview's own pages; nothing of it is ever in a build."""
MOST_SHOWN = 500


class Board(Enum):
    """The preview's own pages and files, by what follows `OWN`."""

    FINDINGS = "findings"
    CHANGES = "changes"
    MARKS = "marks.css"
    STYLE = "panel.css"
    SCRIPT = "panel.js"


@dataclass(frozen=True, slots=True)
class Unseen:
    """Why readers do not see a document yet: a word for lists, a sentence for its page."""

    word: Text
    sentence: Text


@dataclass(frozen=True, slots=True)
class Shown:
    """A document of the preview: its address, its title, and why readers do not see it, if so."""

    url: str
    title: str
    unseen: Unseen | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """The files that were written, came or went since the last build, and what amendments look up."""

    paths: frozenset[str]
    desk: Desk | None


@dataclass(frozen=True)
class Preview:
    """What the browser is shown.

    `pages`, by address, are those of the newest state, or of the one before where that could not be
    built (`is_old`); `kept` are single addresses whose document cannot be read now and is shown as it
    was. `findings` and `sentences` (why there is no site at all) are those of the newest state, with
    the `lines` they speak of; `report` says the same for a terminal. `documents` are by path. `prefix`
    is the path of `base_url`, unquoted. `known` is what the next one may start from; `is_amended` says that
    this one did; `stand` is all that it was made of, where it was made of everything.
    """

    pages: Mapping[str, Page]
    prefix: str
    language: Language
    folder: Path = Path()
    documents: Mapping[str, Shown] = field(default_factory=dict)
    is_old: bool = False
    kept: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    lines: Mapping[tuple[str, int], str] = field(default_factory=dict)
    sentences: tuple[Text, ...] = ()
    report: str = ""
    known: Known | None = None
    is_amended: bool = False
    stand: Stand | None = None

    @property
    def is_good(self) -> bool:
        """Whether the newest state could be published."""
        return not self.sentences and not any(f.severity is Severity.ERROR for f in self.findings)

    @cached_property
    def path_at(self) -> Mapping[str, str]:
        """The path of the document at each address."""
        return {shown.url: path for path, shown in self.documents.items()}

    @cached_property
    def unseen(self) -> Mapping[str, Unseen]:
        """The addresses that readers do not see yet."""
        return {shown.url: shown.unseen for shown in self.documents.values() if shown.unseen}

    @cached_property
    def by_severity(self) -> tuple[Finding, ...]:
        """The findings, the gravest first."""
        return gravest_first(self.findings)

    def findings_of(self, url: str) -> tuple[Finding, ...]:
        """The findings in the document at `url`, the gravest first."""
        path = self.path_at.get(url)
        return tuple(one for one in self.by_severity if one.place.path == path) if path else ()


class Overlaid(Mapping[str, Page]):
    """Pages that lie over others of the same addresses; those below are not asked for before somebody asks."""

    def __init__(self, pages: Mapping[str, Page], below: Mapping[str, Page]) -> None:
        self._pages, self._below = pages, below

    def __getitem__(self, url: str) -> Page:
        return self._pages[url] if url in self._pages else self._below[url]

    def __contains__(self, url: object) -> bool:
        return url in self._pages or url in self._below

    def __iter__(self) -> Iterator[str]:
        yield from self._below
        yield from (url for url in self._pages if url not in self._below)

    def __len__(self) -> int:
        return len(self._below) + sum(url not in self._below for url in self._pages)


def gravest_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings by severity, then by place."""
    return tuple(sorted(findings, key=lambda one: (-one.severity.weight, one.order)))


def source_lines_of(folder: Path, findings: Sequence[Finding]) -> dict[tuple[str, int], str]:
    """The lines that the gravest findings speak of, by path and number."""
    read = source_lines(folder)
    return {
        (one.place.path, one.place.line): read(one.place.path, one.place.line).strip()[:200]
        for one in gravest_first(findings)[:MOST_SHOWN]
        if one.place.line
    }


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent for an address: a page, one of the preview's own boards, or a redirection.

    With neither page nor board it is the board of findings that is sent, since there is no site.
    """

    status: int
    page: Page | None = None
    media_type: str = HTML
    location: str = ""
    board: Board | None = None


def answer(preview: Preview, path: str) -> Answer:
    """What the web host would answer at `path` (unquoted, from the root), or a board of the preview."""
    if path.startswith(OWN):
        return _own(preview, path.removeprefix(OWN))
    if not preview.pages:
        return Answer(503, board=Board.FINDINGS)
    if path == "/" != preview.prefix or path + "/" == preview.prefix:
        return _moved(preview.prefix)
    if not path.startswith(preview.prefix):
        return _missing(preview)
    url = path.removeprefix(preview.prefix)
    if url == "" or url.endswith("/"):
        url += address.HOME
    page = preview.pages.get(url)
    if page:
        return Answer(200, page, media_type(url))
    if url in preview.pages:
        # It was kept, and is lost: the build that makes it again has begun.
        return Answer(503, board=Board.FINDINGS)
    if f"{url}/{address.HOME}" in preview.pages:
        return _moved(path + "/")
    return _missing(preview)


def _own(preview: Preview, name: str) -> Answer:
    if name == "":
        return _moved(OWN + Board.FINDINGS.value)
    try:
        board = Board(name)
    except ValueError:
        return _missing(preview)
    return Answer(200, media_type=media_type(name) if "." in name else HTML, board=board)


def _moved(path: str) -> Answer:
    return Answer(302, Page("", b""), location=address.escape(path))


def _missing(preview: Preview) -> Answer:
    return Answer(404, preview.pages.get(address.NOT_FOUND, Page("", b"404 Not Found")))
