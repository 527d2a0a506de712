"""Collecting (汇集): every page read once, its links kept as numbers into one table of distinct links.

Most links are well written and lead to files that are there. Those are known by their file here already,
so that the same link is one and the same in every folder, and is judged once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from generator.html_links.addresses.folder import PAGE_SUFFIXES, Folder, read_file
from generator.html_links.addresses.origin import Origin
from generator.html_links.addresses.resolve import Resolver, Scope
from generator.html_links.addresses.spelling import SCHEME
from generator.html_links.reading.elements import Raw
from generator.html_links.reading.pages import Extract, Hidden, extract
from generator.processes import pool


class Link(NamedTuple):
    """A distinct link: its element and attribute, its address, the words a reader sees.

    Without a `scope` the address is `path#fragment` of a file that is there; with one it is as written.
    `hook` says whether a script may answer the click instead (`Extract.links`).
    """

    element: str
    attribute: str
    href: str
    text: str = ""
    hook: str = ""
    scope: Scope | None = None


# The number of every link to a place on its own page that is there: nothing can be wrong with it.
NOTHING = 0
_ANYWHERE = Scope("", "")
_NO_META: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML file as collected; `links` are numbers in `Collected.links`, in the order of the file.

    `ids` are its anchors in one text, which no sign parts that HTML knows: few are ever asked for.
    """

    path: str
    links: Sequence[int]
    ids: str
    repeated: tuple[str, ...]
    maps: tuple[str, ...]
    title: str
    headings: tuple[str, ...]
    meta: Mapping[str, str]
    hidden: tuple[Hidden, ...]
    encoding: str

    @property
    def anchors(self) -> tuple[str, ...]:
        """The places on the page that a link may name."""
        return tuple(self.ids.split("\0")) if self.ids else ()


@dataclass(frozen=True)
class Collected:
    """All pages of a folder, and the distinct links on them."""

    pages: tuple[Page, ...]
    links: tuple[Link, ...]


def collect(
    folder: Folder, resolver: Resolver, extracts: Iterable[Extract], *, with_words: bool = True
) -> Collected:
    """The pages of `folder`, of which `extracts` come in the order of `folder.pages`.

    Unless `with_words`, nothing can be wrong with a link to a page that is there.
    """
    numbers: dict[Link, int] = {}
    collector = Collector(resolver, numbers, with_words=with_words)
    pages = [collector.page(path, read) for path, read in zip(folder.pages, extracts, strict=True)]
    return Collected(tuple(pages), tuple(numbers))


class Collector:
    """Takes down page after page; those of one folder should come one after the other.

    `numbers` are those of links known before, and grow by those that are new.
    """

    def __init__(
        self, resolver: Resolver, numbers: dict[Link, int], *, with_words: bool = True
    ) -> None:
        self._resolver = resolver
        self._with_words = with_words
        self._numbers = numbers
        self._numbers.setdefault(Link("", "", ""), NOTHING)
        self._plain = resolver.plain
        self._strings: dict[str, str] = {}
        self._folder = ""
        # The navigation is the same on all pages of a folder: link as read → number.
        self._beside: dict[Raw, int] = {}

    def page(self, path: str, read: Extract) -> Page:
        """The page at `path`, from which `read` was taken."""
        shared = self._strings.setdefault
        ids = "\0".join(read.anchors)
        return Page(
            path,
            self._numbered(path, read),
            shared(ids, ids),
            read.repeated,
            read.maps,
            read.title,
            tuple([shared(heading, heading) for heading in read.headings]),
            read.meta or _NO_META,
            read.hidden,
            read.encoding,
        )

    def _numbered(self, path: str, read: Extract) -> array[int]:
        """The numbers of the links of one page."""
        own = Scope.at(path)
        scope = self._resolver.scope(path, read.base)
        anchors = frozenset(read.anchors)
        if scope != own:
            # A <base> makes every short way a wrong one.
            return array("I", [self._with_base(raw, own, scope) for raw in read.links])
        if own.folder != self._folder:
            self._folder, self._beside = own.folder, {}
        found = array("I")
        known, roots = self._beside.get, self._resolver.roots(own.folder)
        for raw in read.links:
            number = known(raw)
            if number is None:
                href = raw[2]
                is_here = href[:1] == "#" and len(href) > 1 and href[1:] in anchors
                is_fine = is_here and raw[1] != "usemap"
                number = NOTHING if is_fine else self._without_base(raw, own, roots)
            found.append(number)
        return found

    def _with_base(self, raw: Raw, own: Scope, scope: Scope) -> int:
        element, attribute, href, text, hook = raw
        if attribute == "usemap":
            # A picture names a map of its own page, whatever the base.
            scope = own
        elif href.partition("#")[0]:
            scope = _scope_of(href, scope)
        return self._number((element, attribute, href, text, hook, scope))

    def _without_base(self, raw: Raw, own: Scope, roots: Mapping[str, str]) -> int:
        element, attribute, href, text, hook = raw
        address, _, fragment = href.partition("#")
        if not self._with_words and self._is_fine(raw, own):
            # Pages name themselves in full; what they share with others is written in short.
            if ":" not in href:
                self._beside[raw] = NOTHING
            return NOTHING
        if attribute == "usemap" or not address:
            return self._number((element, attribute, href, text, hook, own))
        above = address.rfind("../") + 3 if address[:3] == "../" else address[:1] == "/"
        root = roots.get(address[:above])
        target = root + address[above:] if root is not None else ""
        # A colon may be that of a scheme, or of a text fragment.
        if target in self._plain and ":" not in href:
            number = self._number((element, attribute, f"{target}#{fragment}", text, hook, None))
            self._beside[raw] = number
            return number
        scope = _scope_of(href, own)
        number = self._number((element, attribute, href, text, hook, scope))
        if not scope.document:
            self._beside[raw] = number
        return number

    def _is_fine(self, raw: Raw, own: Scope) -> bool:
        """Whether a link, whose words are right, leads to a page or to a file that is loaded, and that is there."""
        element, attribute, href, _, _ = raw
        if "#" in href or attribute in ("usemap", "refresh"):
            return False
        path = self._resolver.plain_file(href, own.folder)
        return bool(path) and (element not in ("a", "area") or path.lower().endswith(PAGE_SUFFIXES))

    def _number(self, key: tuple[str, str, str, str, str, Scope | None]) -> int:
        # Most are known; for these no Link is made.
        number: int | None = self._numbers.get(key)  # type: ignore[call-overload]
        if number is None:
            number = self._numbers[Link(*key)] = len(self._numbers)
        return number


def _scope_of(href: str, scope: Scope) -> Scope:
    """As much of the page's scope as `href` depends on, so that equal links stay one."""
    bare = href.lstrip()
    if not bare or bare[0] in "#?":
        return scope
    if bare.startswith("//") or SCHEME.match(bare):
        return _ANYWHERE
    return scope._replace(document="")


def extracts(folder: Folder, origin: Origin, jobs: int) -> Iterable[Extract]:
    """Every page of `folder` as read from the disk; several processes find the same as one."""
    paths = folder.pages
    if jobs <= 1 or len(paths) < 4 * jobs:
        return (extract(folder.read(path), origin.hosts) for path in paths)
    size = max(1, len(paths) // (8 * jobs))
    read = partial(_extract_file, str(folder.root), origin.hosts)
    with pool(jobs) as workers:
        return list(workers.map(read, paths, chunksize=size))


def _extract_file(root: str, own_hosts: frozenset[str], path: str) -> Extract:
    return extract(read_file(f"{root}/{path}"), own_hosts)
