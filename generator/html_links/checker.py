"""The whole check (检查): a folder of HTML → what is wrong with its links, and the addresses outside."""

from __future__ import annotations

import gc
import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.domain.assertions import is_generic
from generator.finding import Finding, Place, Severity
from generator.html_links.addresses import anchors
from generator.html_links.addresses.folder import PAGE_SUFFIXES, Folder, shown
from generator.html_links.addresses.origin import Origin
from generator.html_links.addresses.resolve import Outcome, Resolved, Resolver, Scope
from generator.html_links.collect import Link, Page, collect
from generator.html_links.judging import attachments, pagewise
from generator.html_links.judging.conflicts import Named, conflicts
from generator.html_links.judging.evidence import RULES, Evidence
from generator.html_links.judging.verdicts import placeholder, verdict
from generator.html_links.ledger import Ledger, Occurrence
from generator.html_links.places import Spot
from generator.html_links.problems import Problem, problem
from generator.html_links.reading import css, feeds
from generator.html_links.reading.encoding import as_text
from generator.rules import broken_anchor, malformed_url

_WITH_PLACES = frozenset({"a", "area", "use", "iframe", "frame", "form", "meta"})


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


class _Judged(NamedTuple):
    """A distinct link: the file it leads to, its problems, and the address outside."""

    path: str = ""
    problems: tuple[Problem, ...] = ()
    external: str = ""


_FINE = _Judged()
_NO_REFRESH = "（定时跳转的写法不对）"


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
    was_enabled = gc.isenabled()
    # Everything read is kept to the end: looking for garbage in it again and again finds none.
    gc.disable()
    try:
        return _Check(folder, origin, jobs).run(counts)
    finally:
        if was_enabled:
            gc.enable()


class _Check:
    """One run: what is known of the pages, and what has been found."""

    def __init__(self, folder: Folder, origin: Origin, jobs: int) -> None:
        self._folder = folder
        self._origin = origin
        self._resolver = Resolver(folder, origin)
        self._collected = collect(folder, origin, self._resolver, jobs)
        self._links = self._collected.links
        self._pages = {page.path: page for page in self._collected.pages}
        self._evidence = Evidence(folder, self._collected)
        self._ledger = Ledger(folder)
        self._external: dict[str, list[tuple[str, int | Spot]]] = defaultdict(list)
        # file → text of the link → where it stands so
        self._labels: dict[str, dict[str, list[tuple[str, int]]]] = {}
        self._anchors: dict[str, frozenset[str]] = {}
        self._count = sum(len(page.links) for page in self._collected.pages)

    def run(self, counts: Callable[[str], bool]) -> Checked:
        """Everything, in the order of the files."""
        self._check_pages()
        self._check_files()
        self._check_others()
        for occurrence in pagewise.problems(self._folder, self._origin, self._collected):
            self._ledger.add(occurrence)
        found = self._ledger.findings(len(self._collected.pages))
        findings = {one for one in found if counts(one.rule) and one.severity is not Severity.OFF}
        return Checked(
            tuple(sorted(findings, key=lambda finding: finding.order)),
            len(self._collected.pages),
            self._count,
            tuple(self._externals()),
        )

    def _check_pages(self) -> None:
        judged = [self._judged(link) for link in self._links]
        noted = {number for number, one in enumerate(judged) if one.problems or one.external}
        noted |= {number for number, one in enumerate(judged) if one.path in self._labels}
        paths = [
            one.path if link.element in ("a", "area") else ""
            for one, link in zip(judged, self._links, strict=True)
        ]
        for page in self._collected.pages:
            for number in sorted(noted.intersection(page.links)):
                self._note(page, number, judged[number])
            self._check_pairs(page, paths, judged)

    def _note(self, page: Page, number: int, judged: _Judged) -> None:
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

    def _check_pairs(self, page: Page, paths: Sequence[str], judged: Sequence[_Judged]) -> None:
        """Links of one page with one text and two targets, or with one target and two texts."""
        links = self._links
        targets = {number for number in page.links if paths[number]}
        by_text = {links[number].text: number for number in targets}
        by_path = {paths[number]: number for number in targets}
        if len(by_text) == len(targets) == len(by_path):
            return
        suspects = {n for n in targets if by_text[links[n].text] != n or by_path[paths[n]] != n}
        suspects |= {by_text[links[n].text] for n in suspects}
        suspects |= {by_path[paths[n]] for n in suspects}
        naming = [n for n in suspects if self._evidence.texts.names_one(links[n].text)]
        if len(naming) < 2:
            return
        in_order = sorted(naming, key=page.links.index)
        named = [Named(n, links[n].text, paths[n], _is_wrong(judged[n].problems)) for n in in_order]
        for number, found in conflicts(named, self._evidence):
            self._add(page, page.links.index(number), found)

    def _judged(self, link: Link) -> _Judged:
        """The verdict on a link, wherever it stands."""
        if link.scope is None:
            path, _, fragment = link.href.partition("#")
            return self._judged_file(link, path, fragment, ()) if path else _FINE
        if link.attribute == "usemap":
            return self._judged_map(link, link.scope)
        if link.attribute == "refresh" and link.text:
            return _Judged(problems=(problem(malformed_url.RULE, link.href, why=_NO_REFRESH),))
        if link.href.strip() == "#" and link.element in ("a", "area"):
            return _Judged(problems=tuple(filter(None, (placeholder(link),))))
        resolved = self._resolver.resolve(link.href, link.scope)
        found = verdict(link, resolved)
        problems = (found,) if found is not None else ()
        if resolved.outcome is Outcome.FILE:
            return self._judged_file(link, resolved.path, resolved.fragment, problems)
        if resolved.outcome is Outcome.EXTERNAL:
            return _Judged("", problems, self._outside(resolved, found))
        return _Judged("", problems) if problems else _FINE

    def _judged_file(
        self, link: Link, path: str, fragment: str, problems: tuple[Problem, ...]
    ) -> _Judged:
        """The verdict on a link to a file that is there."""
        if fragment:
            missing = self._anchor_problem(link, path, fragment)
            problems += (missing,) if missing else ()
        if link.element not in ("a", "area"):
            return _Judged(path, problems)
        if not path.lower().endswith(PAGE_SUFFIXES):
            self._labels.setdefault(path, {})
        elif not fragment:
            problems += self._evidence.judge(link.text, path)
        return _Judged(path, problems)

    def _judged_map(self, link: Link, scope: Scope) -> _Judged:
        """The verdict on the image map that a picture names."""
        name = link.href.strip().lstrip("#")
        maps = self._pages[scope.document].maps
        if not name or name in maps:
            return _FINE
        return _Judged(problems=(_no_anchor(name, scope.document, maps),))

    def _outside(self, resolved: Resolved, found: Problem | None) -> str:
        """The address to fetch; empty where it is known to be wrong, or nothing that can be fetched."""
        url = resolved.url
        if found is not None and found.gravity is Severity.ERROR:
            return ""
        if url.startswith("//"):
            return f"{self._origin.scheme or 'https'}:{url}"
        if url.startswith("/"):
            return f"{self._origin.scheme}://{self._origin.host}{url}"
        return url if url.lower().startswith(("http:", "https:")) else ""

    def _anchor_problem(self, link: Link, path: str, fragment: str) -> Problem | None:
        if link.element not in _WITH_PLACES or link.hook == "strong":
            return None
        known = self._anchors_of(path)
        if known is None or anchors.is_met(fragment, known):
            return None
        return _no_anchor(fragment, path, known)

    def _anchors_of(self, path: str) -> frozenset[str] | None:
        """The anchors of a page or a drawing; None for files that have none."""
        found = self._anchors.get(path)
        if found is None:
            page = self._pages.get(path)
            if page is not None:
                found = frozenset(page.anchors)
            elif path.lower().endswith(".svg"):
                found = anchors.of_drawing(self._folder.read(path))
            else:
                return None
            self._anchors[path] = found
        return found

    def _add(self, page: Page, position: int, found: Problem) -> None:
        number = page.links[position]
        link = self._links[number]
        times = sum(other == number for other in page.links)
        self._ledger.add(
            Occurrence(page.path, found, position, link.element, link.text, times=times)
        )

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
        for path in sorted(self._folder.files):
            suffix = posixpath.splitext(path)[1].lower()
            if suffix == ".css":
                text = as_text(self._folder.read(path))
                for href in dict.fromkeys(css.references(text)):
                    self._check_listed(path, Link("css", "css", href), None)
            elif suffix in (".xml", ".rss", ".atom") and feeds.is_feed(self._folder.head(path)):
                self._check_list(path, feeds.addresses(self._folder.read(path)))
            elif path == "robots.txt":
                self._check_list(path, feeds.sitemaps(as_text(self._folder.read(path))))

    def _check_list(self, path: str, listed: Sequence[feeds.Listed]) -> None:
        for one in listed:
            self._check_listed(path, Link(one.element, "xml", one.href), (one.line, one.column))

    def _check_listed(self, path: str, link: Link, place: tuple[int, int] | None) -> None:
        self._count += 1
        if link.href.startswith("#"):
            return
        resolved = self._resolver.resolve(link.href, Scope.at(path))
        found = verdict(link, resolved)
        spot = Spot(link.element, link.attribute, link.href)
        if resolved.outcome is Outcome.EXTERNAL:
            external = self._outside(resolved, found)
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
                text = " ".join(self._links[self._pages[path].links[where]].text.split())
                where = source.spot(where)
            place = Place(shown(path), *source.place(where))
            yield External(
                url, text, place, tuple(dict.fromkeys(shown(path) for path, _ in places))
            )


def _no_anchor(fragment: str, path: str, known: Iterable[str]) -> Problem:
    near = anchors.nearest(fragment, known)
    return problem(
        broken_anchor.RULE,
        f"{path}#{fragment}",
        hint=anchors.PERHAPS if near else anchors.CHECK,
        anchor=near,
        reason=anchors.words(fragment),
    )


def _is_wrong(problems: Sequence[Problem]) -> bool:
    return any(problem.gravity is Severity.ERROR for problem in problems)
