"""Collecting (汇集): every page read once, its links kept as numbers into one table of distinct links.

Most links are well written and lead to files that are there. Those are known by their file here already,
so that the same link is one and the same in every folder, and is judged once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple

from generator.html_links.addresses.folder import Folder, read_file
from generator.html_links.addresses.origin import Origin
from generator.html_links.addresses.resolve import Resolver, Scope
from generator.html_links.addresses.spelling import SCHEME
from generator.html_links.reading.pages import Extract, Hidden, extract


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
_ODD = frozenset("%?\\")


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML file as collected; `links` are numbers in `Collected.links`, in the order of the file."""

    path: str
    links: Sequence[int]
    anchors: tuple[str, ...]
    repeated: tuple[str, ...]
    maps: tuple[str, ...]
    title: str
    headings: tuple[str, ...]
    meta: Mapping[str, str]
    hidden: tuple[Hidden, ...]
    encoding: str


@dataclass(frozen=True)
class Collected:
    """All pages of a folder, and the distinct links on them."""

    pages: tuple[Page, ...]
    links: tuple[Link, ...]


def collect(folder: Folder, resolver: Resolver, extracts: Iterable[Extract]) -> Collected:
    """The pages of `folder`, of which `extracts` come in the order of `folder.pages`."""
    numbers: dict[Link, int] = {Link("", "", ""): NOTHING}
    strings: dict[str, str] = {}
    shared = strings.setdefault
    pages: list[Page] = []
    for path, read in zip(folder.pages, extracts, strict=True):
        pages.append(
            Page(
                path,
                _numbered(path, read, resolver, numbers),
                tuple([shared(anchor, anchor) for anchor in read.anchors]),
                read.repeated,
                read.maps,
                read.title,
                tuple([shared(heading, heading) for heading in read.headings]),
                read.meta,
                read.hidden,
                read.encoding,
            )
        )
    return Collected(tuple(pages), tuple(numbers))


def _numbered(path: str, read: Extract, resolver: Resolver, numbers: dict[Link, int]) -> array[int]:
    """The numbers of the links of one page; `numbers` grows by those that are new."""
    own = Scope.at(path)
    scope = resolver.scope(path, read.base)
    # A <base> makes the short ways below wrong ones.
    is_plain = scope == own
    roots = resolver.roots(scope.folder) if is_plain else {}
    files, anchors, known = resolver.files, frozenset(read.anchors), numbers.get
    found = array("L")
    for element, attribute, href, text, hook in read.links:
        address, _, fragment = href.partition("#")
        key: tuple[str, str, str, str, str, Scope | None]
        if attribute == "usemap":
            # A picture names a map of its own page, whatever the base.
            key = (element, attribute, href, text, hook, own)
        elif address:
            above = address.rfind("../") + 3 if address[:3] == "../" else address[:1] == "/"
            root = roots.get(address[:above])
            target = root + address[above:] if root is not None else ""
            # A colon may be that of a scheme, or of a text fragment.
            if target in files and ":" not in href and _ODD.isdisjoint(target):
                key = (element, attribute, f"{target}#{fragment}", text, hook, None)
            else:
                key = (element, attribute, href, text, hook, _scope_of(href, scope))
        elif is_plain and fragment in anchors:
            found.append(NOTHING)
            continue
        else:
            key = (element, attribute, href, text, hook, scope)
        number = known(key)  # type: ignore[call-overload]
        if number is None:
            number = numbers[Link(*key)] = len(numbers)
        found.append(number)
    return found


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
    with ProcessPoolExecutor(jobs, mp_context=get_context("forkserver")) as pool:
        return list(pool.map(read, paths, chunksize=size))


def _extract_file(root: str, own_hosts: frozenset[str], path: str) -> Extract:
    return extract(read_file(f"{root}/{path}"), own_hosts)
