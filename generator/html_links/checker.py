"""The whole check (检查): a folder of HTML → what is wrong with its links, and the addresses outside."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.domain.assertions import is_generic
from generator.finding import Finding, Place, Severity
from generator.html_links.addresses.folder import Folder, shown
from generator.html_links.addresses.origin import Origin
from generator.html_links.addresses.resolve import Outcome, Resolver, Scope
from generator.html_links.collect import Link, Page, collect, extracts
from generator.html_links.judging import attachments, pagewise
from generator.html_links.judging.conflicts import Named, conflicts
from generator.html_links.judging.evidence import RULES, Evidence
from generator.html_links.judging.links import Judge, Judged
from generator.html_links.judging.verdicts import verdict
from generator.html_links.known import Known
from generator.html_links.ledger import Ledger, Occurrence
from generator.html_links.places import Spot
from generator.html_links.problems import Problem
from generator.html_links.reading import lists
from generator.html_links.reading.pages import Extract


@dataclass(frozen=True, slots=True)
class External:
    """An address outside of the folder, the words of the first link to it, and every file that links to it.

    Nothing has been fetched.
    """

    url: str
    text: str
    place: Place
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """What came of a check: findings in their order, how much was looked at, and what is left to fetch."""

    findings: tuple[Finding, ...]
    pages: int
    links: int
    external: tuple[External, ...]


def check(
    root: Path,
    origin: Origin,
    jobs: int = 1,
    counts: Callable[[str], bool] = lambda rule: True,
) -> Checked:
    """Every link in the HTML, the style sheets and the lists below `root`, published at `origin`.

    `counts` says of a rule's name whether its findings are wanted.
    """
    folder = Folder(root)
    with _no_collection():
        run = _Check(folder, origin, extracts(folder, origin, jobs))
        run.look()
        return run.closed(counts)


def occurrences(
    folder: Folder,
    origin: Origin,
    read: Callable[[str], Extract],
    *,
    with_words: bool = True,
    known: Known | None = None,
    resolver: Resolver | None = None,
) -> tuple[Occurrence, ...]:
    """What is wrong in `folder`, of whose pages `read` says what they hold, before places are looked for.

    Unless `with_words`, the texts of links are taken as right. `known` is of checks before, `resolver` that of
    the folder, if there is one.
    """
    with _no_collection():
        extracts = map(read, folder.pages)
        run = _Check(
            folder, origin, extracts, with_words=with_words, known=known, resolver=resolver
        )
        run.look()
        return run.occurrences


@contextmanager
def _no_collection() -> Iterator[None]:
    """Everything read is kept to the end: looking for garbage in it again and again finds none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Check:
    """One run: what is known of the pages, and what has been found."""

    def __init__(
        self,
        folder: Folder,
        origin: Origin,
        read: Iterable[Extract],
        *,
        with_words: bool = True,
        known: Known | None = None,
        resolver: Resolver | None = None,
    ) -> None:
        self._folder = folder
        self._origin = origin
        self._resolver = resolver or Resolver(folder, origin)
        self._known = known
        if known is None:
            self._collected = collect(folder, self._resolver, read, with_words=with_words)
        else:
            self._collected = known.collected(
                folder, origin, self._resolver, read, with_words=with_words
            )
        self._links = self._collected.links
        self._pages = {page.path: page for page in self._collected.pages}
        self._ledger = Ledger(folder)
        self._external: dict[str, list[tuple[str, int | Spot]]] = defaultdict(list)
        # file → text of the link → where it stands so
        self._labels: dict[str, dict[str, list[tuple[str, int]]]] = {}
        self._evidence = Evidence(folder, self._collected) if with_words else None
        self._judge = Judge(folder, origin, self._resolver, self._pages, self._evidence)
        self._count = sum(len(page.links) for page in self._collected.pages)

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """What has been found."""
        return self._ledger.occurrences

    def look(self) -> None:
        """Find everything, in the order of the files."""
        self._check_pages()
        self._check_files()
        self._check_others()
        for occurrence in pagewise.problems(self._folder, self._origin, self._collected):
            self._ledger.add(occurrence)

    def closed(self, counts: Callable[[str], bool]) -> Checked:
        """What came of it, with every place worked out."""
        found = self._ledger.findings(len(self._collected.pages))
        findings = {one for one in found if counts(one.rule) and one.severity is not Severity.OFF}
        return Checked(
            tuple(sorted(findings, key=lambda finding: finding.order)),
            len(self._collected.pages),
            self._count,
            tuple(self._externals()),
        )

    def _check_pages(self) -> None:
        if self._known is None:
            judged = [self._judge.judged(link) for link in self._links]
        else:
            judged = self._known.judged(self._links, self._judge)
        # Pictures and the like may lead to the same files; they have no words.
        self._labels = {one.path: {} for one in judged if one.is_file}
        noted = {
            number
            for number, one in enumerate(judged)
            if one.problems or one.external or one.path in self._labels
        }
        paths = [
            # Places of one page are different things, whatever they are called.
            one.path if link.element in ("a", "area") and not link.href.partition("#")[2] else ""
            for one, link in zip(judged, self._links, strict=True)
        ]
        for page in self._collected.pages:
            # In the order of the page, so that of like problems the first is told.
            for number in sorted(noted.intersection(page.links), key=page.links.index):
                self._note(page, number, judged[number])
            if self._evidence is not None:
                self._check_pairs(page, paths, judged, self._evidence)

    def _note(self, page: Page, number: int, judged: Judged) -> None:
        """What a link means for one page on which it stands."""
        position = page.links.index(number)
        for found in judged.problems:
            # What a page is called does not bind its links to itself.
            if found.about != page.path or found.rule.name not in RULES:
                self._add(page, position, found)
        if judged.external:
            self._external[judged.external].append((page.path, position))
        if judged.path in self._labels:
            text = self._links[number].text
            self._labels[judged.path].setdefault(text, []).append((page.path, position))

    def _check_pairs(
        self, page: Page, paths: Sequence[str], judged: Sequence[Judged], evidence: Evidence
    ) -> None:
        """Links of one page with one text and two targets, or with one target and two texts."""
        links = self._links
        targets = {number for number in page.links if paths[number]}
        texts, ways = ({links[n].text for n in targets}, {paths[n] for n in targets})
        if len(texts) == len(targets) == len(ways):
            return
        by_text = {links[number].text: number for number in targets}
        by_path = {paths[number]: number for number in targets}
        suspects = {n for n in targets if by_text[links[n].text] != n or by_path[paths[n]] != n}
        suspects |= {by_text[links[n].text] for n in suspects}
        suspects |= {by_path[paths[n]] for n in suspects}
        naming = [n for n in suspects if evidence.texts.names_one(links[n].text)]
        if len(naming) < 2:
            return
        in_order = sorted(naming, key=page.links.index)
        named = [Named(n, links[n].text, paths[n], _is_wrong(judged[n].problems)) for n in in_order]
        for number, found in conflicts(named, evidence):
            self._add(page, page.links.index(number), found)

    def _add(self, page: Page, position: int, found: Problem) -> None:
        number = page.links[position]
        link = self._links[number]
        times = sum(other == number for other in page.links)
        where = self._where(page, position)
        href = link.href if isinstance(where, Spot) else None
        self._ledger.add(
            Occurrence(page.path, found, where, link.element, link.text, href, times=times)
        )

    def _where(self, page: Page, position: int) -> int | Spot:
        """What to look for in the file; only the position where the address is not known as written."""
        link = self._links[page.links[position]]
        if link.scope is None:
            return position
        same = link[:3]
        before = sum(self._links[number][:3] == same for number in page.links[:position])
        return Spot(*same, before)

    def _check_files(self) -> None:
        """The files that links lead to: what is in them, and what they are called."""
        for path, by_text in sorted(self._labels.items()):
            bad = attachments.bad(self._folder, path)
            labels = [text for text in by_text if not is_generic(text)]
            for text, places in by_text.items():
                others = [label for label in labels if label != text]
                wrong = attachments.mislabelled(text, path, others)
                for page, position in places:
                    for found in filter(None, (bad, wrong)):
                        self._add(self._pages[page], position, found)

    def _check_others(self) -> None:
        """Style sheets, sitemaps, feeds and robots.txt."""
        read: Callable[[str, bytes], Iterable[lists.Address]] = lists.addresses
        if self._known is not None:
            read = self._known.listed
        head = self._folder.head
        for path in sorted(path for path in self._folder.readable if lists.is_list(path, head)):
            for one in read(path, self._folder.read(path)):
                self._check_listed(path, Link(*one[:3]), one.place)

    def _check_listed(self, path: str, link: Link, place: tuple[int, int] | None) -> None:
        self._count += 1
        if link.href.startswith("#"):
            return
        resolved = self._resolver.resolve(link.href, Scope.at(path))
        found = verdict(link, resolved)
        spot = Spot(link.element, link.attribute, link.href)
        if resolved.outcome is Outcome.EXTERNAL:
            external = self._judge.outside(resolved, found)
            if external:
                self._external[external].append((path, spot))
        if found is not None:
            where = place or spot
            self._ledger.add(Occurrence(path, found, where, link.element, "", link.href))

    def _externals(self) -> Iterator[External]:
        for url, places in sorted(self._external.items()):
            path, where = places[0]
            source = self._ledger.source(path)
            text = ""
            if isinstance(where, int):
                page = self._pages[path]
                text = " ".join(self._links[page.links[where]].text.split())
                where = self._where(page, where)
            if isinstance(where, int):
                where = source.spot(where)
            place = Place(shown(path), *source.place(where))
            yield External(
                url, text, place, tuple(dict.fromkeys(shown(path) for path, _ in places))
            )


def _is_wrong(problems: Sequence[Problem]) -> bool:
    return any(problem.gravity is Severity.ERROR for problem in problems)
