"""What is known (已知) of a folder from one check to the next: of many pages few change while somebody writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.html_links.addresses.folder import Folder
from generator.html_links.addresses.origin import Origin
from generator.html_links.addresses.resolve import Resolver
from generator.html_links.collect import Collected, Collector, Link, Page
from generator.html_links.judging.links import Judge, Judged
from generator.html_links.reading import lists
from generator.html_links.reading.pages import Extract

# Links that no page has any more are forgotten when they are as many as the others.
_MOST_GROWTH = 2
_FINE = Judged()


class Known:
    """What was collected and judged of a folder before; a check with it finds what one without it finds.

    A verdict holds while the same files are there, at the same place, and while the page that the link
    leads to is the same; where words are judged, while all pages are called what they were called.
    """

    def __init__(self) -> None:
        self._circumstances: tuple[object, ...] = ()
        self._forget()

    def _forget(self) -> None:
        self._numbers: dict[Link, int] = {}
        self._live: frozenset[int] = frozenset()
        self._pages: dict[str, tuple[Extract, Page]] = {}
        self._judged: list[Judged | None] = []
        self._changed: frozenset[str] = frozenset()
        self._lists: dict[str, tuple[bytes, Sequence[lists.Address]]] = {}

    def collected(
        self,
        folder: Folder,
        origin: Origin,
        resolver: Resolver,
        extracts: Iterable[Extract],
        *,
        with_words: bool,
    ) -> Collected:
        """The pages of `folder`, of which `extracts` come in the order of `folder.pages`.

        Of a page whose extract is the very one of before nothing is done again.
        """
        circumstances = (folder.files, folder.folders, origin, with_words)
        is_grown = len(self._numbers) > _MOST_GROWTH * len(self._live)
        if circumstances != self._circumstances or is_grown:
            self._forget()
        self._circumstances = circumstances
        collector = Collector(resolver, self._numbers)
        before, pages = self._pages, dict[str, tuple[Extract, Page]]()
        # Pages may come and go where their addresses are promised all the same.
        changed = set(before).difference(folder.pages)
        for path, extract in zip(folder.pages, extracts, strict=True):
            known = before.get(path)
            if known is None or known[0] is not extract:
                known = extract, collector.page(path, extract)
                changed.add(path)
            pages[path] = known
        if with_words and any(_words(before.get(one)) != _words(pages.get(one)) for one in changed):
            self._judged = []
        self._pages = pages
        # Until links are judged again, also what changed when they could not be.
        self._changed |= changed
        self._live = frozenset[int]().union(*(page.links for _, page in pages.values()))
        return Collected(tuple(page for _, page in pages.values()), tuple(self._numbers))

    def judged(self, links: Iterable[Link], judge: Judge) -> list[Judged]:
        """The verdict on each of `links`; nothing is said of those that no page has any more."""
        before, live, changed = self._judged, self._live, self._changed
        self._judged = []
        for number, link in enumerate(links):
            known = before[number] if number < len(before) else None
            if number not in live:
                self._judged.append(None)
            elif known is not None and _still_holds(link, known, changed):
                self._judged.append(known)
            else:
                self._judged.append(judge.judged(link))
        self._changed = frozenset()
        return [one or _FINE for one in self._judged]

    def listed(self, path: str, content: bytes) -> Sequence[lists.Address]:
        """The addresses in a file that is no page."""
        known = self._lists.get(path)
        if known is None or known[0] != content:
            known = content, tuple(lists.addresses(path, content))
        self._lists[path] = known
        return known[1]


def _still_holds(link: Link, one: Judged, changed: frozenset[str]) -> bool:
    """Whether a verdict cannot have become another since the pages `changed`."""
    if one.path in changed or (link.scope is not None and link.scope.document in changed):
        return False
    # What ids a drawing has stands in its file, which is no page.
    return not one.path.lower().endswith(".svg")


def _words(known: tuple[Extract, Page] | None) -> tuple[object, ...]:
    """What a page is called, by which links to all others are judged too; nothing for one that is not there."""
    return (known[1].title, known[1].headings, known[1].meta) if known else ()
