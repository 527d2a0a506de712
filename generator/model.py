"""The nouns (名词): what is known of a site after each stage, frozen and never filled in later.

Paths are POSIX strings below the site folder (`content/a/b.md`) or, where a name says so, below the
content folder; a `url` is below the output folder (`a/b.html`); an `href` is as written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from generator.contents import Contents
from generator.domain.contradictions import Contradiction
from generator.domain.duplicates import Sketch, sketch
from generator.domain.kinds import Disclosure, Kind, Status
from generator.domain.own_words import NO_WORDS, Words
from generator.finding import Finding, Place, Text
from generator.regex import regex

if TYPE_CHECKING:
    # Their many types take a fifth of a second to make, and `gongkai links` needs none of them.
    from generator.config import Column, Config
    from generator.schema import FrontMatter

T = TypeVar("T")
LEAST_TEXT = 60
"""Signs of a text of which a second one is told (`duplicate-document`)."""
Position = tuple[int, int]
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong in text that should be YAML, at a line and column from 1, with what to do about it."""

    line: int
    column: int
    problem: Text
    hint: Text


@dataclass(slots=True)
class Tree:
    """YAML read as text: text, lists and maps, the positions of keys and values, and what was wrong.

    `broken` holds the top-level keys whose value could not be read: they are there, but unknown.
    """

    fields: dict[str, object] = field(default_factory=dict)
    keys: dict[KeyPath, Position] = field(default_factory=dict)
    values: dict[KeyPath, Position] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Source:
    """A Markdown file as read (原稿): fields as text, where each stands, and the body.

    `fields` holds only text, lists and maps, under English keys; `keys` and `values` give line and
    column of each key and of each value. `body_line` is the line of the file on which the body
    begins. `readable` is False where the front matter could not be taken apart at all.
    """

    path: str
    fields: Mapping[str, object]
    keys: Mapping[KeyPath, Position]
    values: Mapping[KeyPath, Position]
    body: str
    body_line: int
    readable: bool = True

    def place(self, *key: str | int) -> Place:
        """Where the value of `key` stands; its nearest parent, else the first line, if it is absent."""
        for length in range(len(key), 0, -1):
            position = self.values.get(key[:length]) or self.keys.get(key[:length])
            if position:
                return Place(self.path, *position)
        return Place(self.path, 1, 1)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is not Markdown (附件、图片): copied as it is.

    `path` is below the site folder, `url` below the output folder; `head` holds its first bytes.
    """

    path: str
    url: str
    size: int
    head: bytes = b""


class Withheld(StrEnum):
    """Why a document is not built (不予生成的原因)."""

    DRAFT = "draft"
    FUTURE = "future"
    NOT_PUBLIC = "not-public"


@dataclass(frozen=True, slots=True)
class Document:
    """A source whose front matter has been read (文件), with what its folder says of it.

    `column` is the id of its column (`statutory/policy`), empty where it has none.
    """

    source: Source
    meta: FrontMatter
    kind: Kind
    column: str
    also_in: tuple[str, ...]
    url: str
    withheld: Withheld | None

    @property
    def path(self) -> str:
        """The path below the site folder."""
        return self.source.path

    @property
    def title(self) -> str:
        """The title; the file's name where it has none."""
        return self.meta.title or self.path.rsplit("/", 1)[-1].removesuffix(".md")

    @property
    def is_withdrawn(self) -> bool:
        """Whether only a notice answers at its address (撤下)."""
        return self.meta.withdrawn is not None

    @property
    def columns(self) -> tuple[str, ...]:
        """The column of the original, then those that list it too."""
        return tuple(dict.fromkeys(c for c in (self.column, *self.also_in) if c))

    @property
    def newest_first(self) -> tuple[int, str, str]:
        """The sort key of lists: newest publication first, then path."""
        published = self.meta.published
        if published is None:
            return (0, "", self.path)
        return (-published.day.toordinal(), _descending(published.clock), self.path)


def _descending(clock: str) -> str:
    # A later time sorts earlier; a document without a time comes after those with one.
    return "".join(chr(0x7F - ord(sign)) for sign in clock) or "\x7f"


class LinkSyntax(StrEnum):
    """How a link is written."""

    LINK = "link"  # [text](href), <https://…>
    IMAGE = "image"  # ![alt](src)
    REFERENCE = "reference"  # [[reference]]
    NUMBER = "number"  # a bare document number in the text
    HTML = "html"  # <a href>, <img src> and others written as HTML


# A document has a dozen links and headings, which a build makes anew from the spill three to five times: as
# tuples these take a quarter of the time that frozen classes take, whose fields are set one by one.
class WrittenLink(NamedTuple):
    """A link as written (链接): its text, its href, and where it stands in the file.

    `before` and `after` are the words around it in the same sentence, at most 60 characters each.
    """

    syntax: LinkSyntax
    href: str
    text: str
    line: int
    column: int
    element: str = "a"
    before: str = ""
    after: str = ""

    def place(self, path: str) -> Place:
        """Where the link stands in the file at `path`."""
        return Place(path, self.line, self.column)


class Heading(NamedTuple):
    """An entry of the outline (本文目录): HTML level 2–6, text, id, and the line of the file (0: unknown)."""

    level: int
    text: str
    id: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something Markdown made of the body that a reader will stumble over; the rule's name tells what."""

    rule: str
    line: int
    column: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """What Markdown made of a body (正文).

    `pieces` is the sanitised HTML cut where a link's address (or, for a `[[reference]]` without words
    of its own, its text) has to be filled in; `slots` says for each cut which link and which of the
    two: `len(pieces) == len(slots) + 1`.
    """

    pieces: tuple[str, ...]
    slots: tuple[tuple[int, bool], ...]
    links: tuple[WrittenLink, ...]
    outline: tuple[Heading, ...]
    anchors: frozenset[str]
    text: str
    flaws: tuple[Flaw, ...] = ()

    @property
    def announces_tasks(self) -> bool:
        """Whether a heading announces a table of tasks (任务分解表)."""
        return announces_tasks(self.outline)


def announces_tasks(outline: Iterable[Heading]) -> bool:
    """Whether one of these headings announces a table of tasks."""
    return any(_TASK_HEADING.search(heading.text) for heading in outline)


_TASK_HEADING = regex(r"分解|分工|任务(?:清单|一览)?表|任务清单")


class Verdict(StrEnum):
    """What became of a link: the closed list of outcomes."""

    DOCUMENT = "document"
    PAGE = "page"
    FILE = "file"
    EXTERNAL = "external"
    ADDRESS = "address"  # mailto:, tel:
    SAME_PAGE = "same-page"
    NO_PAGE = "broken-page"
    NO_FILE = "broken-file"
    NO_ANCHOR = "broken-anchor"
    NO_REFERENCE = "broken-reference"
    EMPTY = "empty-link"
    MALFORMED = "malformed-url"
    WRONG_CASE = "wrong-case"
    WITHHELD = "unpublished-target"

    @property
    def is_good(self) -> bool:
        """Whether the link leads somewhere."""
        return self in _GOOD


_GOOD = frozenset(
    {
        Verdict.DOCUMENT,
        Verdict.PAGE,
        Verdict.FILE,
        Verdict.EXTERNAL,
        Verdict.ADDRESS,
        Verdict.SAME_PAGE,
    }
)


class Link(NamedTuple):
    """A link as resolved: where it leads, or why it leads nowhere.

    `url` is below the output folder (or the whole address of an external link), without `fragment`.
    `document` is the path of the document it leads to, if it leads to one, built or not. `reason`
    fills the message of the rule; `suggestion` is the href that would be right, where it is certain.
    """

    written: WrittenLink
    verdict: Verdict
    url: str = ""
    fragment: str = ""
    document: str = ""
    reason: str = ""
    suggestion: str | None = None
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def is_to_place(self) -> bool:
        """Whether it leads to a place on a page that is made by itself."""
        return self.verdict is Verdict.PAGE and bool(self.fragment)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in front matter as resolved: the key it stands under, its words, and its target.

    `document` is the path of the target; empty where it is an address outside or leads nowhere.
    """

    key: KeyPath
    words: str
    verdict: Verdict
    document: str = ""
    url: str = ""
    reason: str = ""
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment (附件) as resolved: its title, its size in bytes (0 where missing) and its `url`."""

    title: str
    file: str
    url: str
    size: int
    verdict: Verdict
    key: KeyPath
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with all that linking found out: the unit that pages are made of.

    The tuples of paths name other documents that are built; the backward ones are computed.
    """

    document: Document
    body: Body
    links: tuple[Link, ...]
    references: tuple[Reference, ...]
    attachments: tuple[Attachment, ...]
    status: Status
    interprets: tuple[str, ...] = ()
    interpreted_by: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    basis_of: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The path of the document below the site folder."""
        return self.document.path

    @property
    def url(self) -> str:
        """The address of the document below the output folder."""
        return self.document.url

    @property
    def column(self) -> str:
        """The id of the column of the document; empty where it has none."""
        return self.document.column

    @property
    def unlinked(self) -> Body:
        """Its body, of which only headings and anchors are asked, as they are before links are resolved."""
        return self.body

    @property
    def link_count(self) -> int:
        """How many links its body has."""
        return len(self.links)

    @property
    def to_places(self) -> tuple[Link, ...]:
        """The links of its body to a place on a page that is made by itself."""
        return tuple(one for one in self.links if one.is_to_place)

    @property
    def announces_tasks(self) -> bool:
        """Whether a heading of its body announces a table of tasks."""
        return self.body.announces_tasks

    @property
    def face(self) -> str:
        """What others see of the body (面貌), as a digest: its headings, its anchors, the files that it uses."""
        seen = (
            [(one.level, one.text, one.id) for one in self.body.outline],
            sorted(self.body.anchors),
            sorted({one.url for one in self.links if one.verdict is Verdict.FILE}),
        )
        return blake2b(repr(seen).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Download:
    """A file made of a document or of a column (下载文件): its owner's path or id, its address, what it is."""

    owner: str
    url: str
    label: str
    content: bytes


@dataclass(frozen=True)
class Site:
    """Everything known after linking and before anything is written (站点).

    `entries` are all documents, built or not, by path; `built` are those that appear, newest first
    (withdrawn ones among them); `addresses` maps each output address to those that claim it.
    `words` are the site's own word lists; `contents` tells what stands inside the files to publish, by path.
    `focus` names the documents that rules look at, by path; None is all of them.
    """

    config: Config
    today: date
    entries: Mapping[str, Entry]
    built: tuple[Entry, ...]
    assets: tuple[Asset, ...]
    all_assets: Mapping[str, Asset]
    addresses: Mapping[str, tuple[Place, ...]]
    register: tuple[tuple[str, str], ...] = ()
    words: Words = NO_WORDS
    unreadable: tuple[str, ...] = ()
    downloads: tuple[Download, ...] = ()
    contents: Mapping[str, Contents] = field(default_factory=dict)
    focus: frozenset[str] | None = None

    def once(self, reckon: Callable[[Site], T]) -> T:
        """What `reckon` makes of this site, reckoned when it is first asked for: several rules share it."""
        if reckon not in self._reckoned:
            self._reckoned[reckon] = reckon(self)
        found: T = self._reckoned[reckon]
        return found

    @cached_property
    def _reckoned(self) -> dict[object, Any]:
        return {}

    def near(self, paths: Iterable[str]) -> Site:
        """This site with the focus on the documents at `paths`, or for none of them on what is no document's."""
        part = replace(self, focus=frozenset(paths))
        part.__dict__["_whole"] = self.whole
        return part

    @property
    def whole(self) -> Site:
        """The site that this one is a part of: what is reckoned of it serves all its parts."""
        whole: Site = self.__dict__.get("_whole", self)
        return whole

    @cached_property
    def in_focus(self) -> tuple[Entry, ...]:
        """The documents that rules are to look at: those of `focus`, all where there is none, by path."""
        if self.focus is None:
            return tuple(self.entries.values())
        return tuple(self.entries[path] for path in sorted(self.focus) if path in self.entries)

    @cached_property
    def waiving(self) -> tuple[Entry, ...]:
        """The documents that waive a rule for themselves."""
        return tuple(entry for entry in self.entries.values() if entry.document.meta.waive)

    @cached_property
    def issuers(self) -> tuple[str, ...]:
        """Every organ that front matter names as an issuer, sorted."""
        named = {name for entry in self.entries.values() for name in entry.document.meta.issuer}
        return tuple(sorted(named))

    @cached_property
    def sketches(self) -> Mapping[str, Sketch]:
        """What stands for the text of each document, where it has more than a line or two, by path."""
        return {
            path: sketch(text)
            for path, entry in self.entries.items()
            # Two lines may well be the same: 本局没有行政事业性收费项目。
            if len(text := entry.body.text) >= LEAST_TEXT
        }

    @cached_property
    def listed(self) -> tuple[Entry, ...]:
        """The documents that lists, feeds and the catalogue show: built and not withdrawn, newest first."""
        return tuple(entry for entry in self.built if not entry.document.is_withdrawn)

    @cached_property
    def by_column(self) -> Mapping[str, tuple[Entry, ...]]:
        """The listed documents of each column itself, newest first, those listed `also_in` it included."""
        lists: dict[str, list[Entry]] = {column.id: [] for column in self.config.all_columns}
        for entry in self.listed:
            for column in entry.document.columns:
                lists[column].append(entry)
        return {column: tuple(entries) for column, entries in lists.items()}

    def in_column(self, column: Column) -> tuple[Entry, ...]:
        """The listed documents of a column and of all columns below it, newest first, each once."""
        if not column.children:
            return self.by_column[column.id]
        found = {
            entry.path: entry for part in column.all_below for entry in self.by_column[part.id]
        }
        return tuple(sorted(found.values(), key=lambda entry: entry.document.newest_first))

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Entry, ...]]:
        """The listed documents of each topic, newest first; a topic's own introduction is not among them."""
        lists: dict[str, list[Entry]] = {topic: [] for topic in self.config.topics}
        for entry in self.listed:
            if entry.document.kind is not Kind.TOPIC:
                for topic in entry.document.meta.topics:
                    if topic in lists:
                        lists[topic].append(entry)
        return {topic: tuple(entries) for topic, entries in lists.items()}

    @cached_property
    def downloads_of(self) -> Mapping[str, tuple[Download, ...]]:
        """The files made of each document, by its path, and of each column, by its id."""
        found: dict[str, list[Download]] = {}
        for download in self.downloads:
            found.setdefault(download.owner, []).append(download)
        return {owner: tuple(files) for owner, files in found.items()}

    def own_page(self, folder: str) -> Entry | None:
        """The built document `content/<folder>/index.md`, the folder's own page, if there is one."""
        name = f"content/{folder}/index.md" if folder else "content/index.md"
        entry = self.entries.get(name)
        return entry if entry and entry.document.withheld is None else None


@dataclass(frozen=True, slots=True)
class Templates:
    """The look of a site (模板): the built-in one with the site's own laid over it, file by file.

    `texts` holds Jinja2 sources by name (`document.html`), `own` the names that come from the site's
    own folder, `static` the bytes of the files below `templates/static/`, by their `url`.
    """

    texts: Mapping[str, str]
    own: frozenset[str]
    static: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the finished site, in memory (页面): its address and its bytes, or the file to copy."""

    url: str
    content: bytes
    copy_of: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a build came to: the site, its findings (waived ones left out) and its pages."""

    site: Site
    findings: tuple[Finding, ...]
    pages: Sequence[Page]


__all__ = [
    "Asset",
    "Attachment",
    "Body",
    "Disclosure",
    "Document",
    "Entry",
    "Flaw",
    "Heading",
    "KeyPath",
    "Link",
    "LinkSyntax",
    "Outcome",
    "Page",
    "Place",
    "Position",
    "Reference",
    "Site",
    "Source",
    "Status",
    "Tree",
    "Trouble",
    "Verdict",
    "Withheld",
    "WrittenLink",
]
