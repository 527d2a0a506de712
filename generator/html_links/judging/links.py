"""A distinct link (单个链接): its address and its words → the file it leads to and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.finding import Severity
from generator.html_links.addresses import anchors
from generator.html_links.addresses.folder import PAGE_SUFFIXES, Folder
from generator.html_links.addresses.origin import Origin
from generator.html_links.addresses.resolve import Outcome, Resolved, Resolver, Scope
from generator.html_links.collect import Link, Page
from generator.html_links.judging.evidence import Evidence
from generator.html_links.judging.verdicts import placeholder, verdict
from generator.html_links.problems import Problem, problem
from generator.rules import broken_anchor, malformed_url

_WITH_PLACES = frozenset({"a", "area", "use", "iframe", "frame", "form", "meta"})
_NO_REFRESH = "（定时跳转的写法不对）"


class Judged(NamedTuple):
    """A distinct link: the file it leads to, its problems, and the address outside.

    `is_file` where words lead to a file other than a page.
    """

    path: str = ""
    problems: tuple[Problem, ...] = ()
    external: str = ""
    is_file: bool = False


_FINE = Judged()


class Judge:
    """Judges the links of one folder, each once however often it stands.

    Without `evidence` the words of links are taken as right.
    """

    def __init__(
        self,
        folder: Folder,
        origin: Origin,
        resolver: Resolver,
        pages: Mapping[str, Page],
        evidence: Evidence | None,
    ) -> None:
        self._folder = folder
        self._origin = origin
        self._resolver = resolver
        self._pages = pages
        self._evidence = evidence
        self._anchors: dict[str, frozenset[str]] = {}

    def judged(self, link: Link) -> Judged:
        """The verdict on a link, wherever it stands."""
        if link.scope is None:
            path, _, fragment = link.href.partition("#")
            return self._judged_file(link, path, fragment, ()) if path else _FINE
        if link.attribute == "usemap":
            return self._judged_map(link, link.scope)
        if link.attribute == "refresh" and link.text:
            return Judged(problems=(problem(malformed_url.RULE, link.href, why=_NO_REFRESH),))
        if link.href.strip() == "#" and link.element in ("a", "area"):
            return Judged(problems=tuple(filter(None, (placeholder(link),))))
        resolved = self._resolver.resolve(link.href, link.scope)
        found = verdict(link, resolved)
        problems = (found,) if found is not None else ()
        if resolved.outcome is Outcome.FILE:
            return self._judged_file(link, resolved.path, resolved.fragment, problems)
        if resolved.outcome is Outcome.EXTERNAL:
            return Judged("", problems, self.outside(resolved, found))
        return Judged("", problems) if problems else _FINE

    def _judged_file(
        self, link: Link, path: str, fragment: str, problems: tuple[Problem, ...]
    ) -> Judged:
        """The verdict on a link to a file that is there."""
        if fragment:
            missing = self._anchor_problem(link, path, fragment)
            problems += (missing,) if missing else ()
        if link.element not in ("a", "area"):
            return Judged(path, problems)
        if not path.lower().endswith(PAGE_SUFFIXES):
            return Judged(path, problems, is_file=True)
        if not fragment and self._evidence is not None:
            problems += self._evidence.judge(link.text, path)
        return Judged(path, problems)

    def _judged_map(self, link: Link, scope: Scope) -> Judged:
        """The verdict on the image map that a picture names."""
        name = link.href.strip().lstrip("#")
        maps = self._pages[scope.document].maps
        if not name or name in maps:
            return _FINE
        return Judged(problems=(_no_anchor(name, scope.document, maps),))

    def outside(self, resolved: Resolved, found: Problem | None) -> str:
        """The address to fetch; empty where it is misspelt, or nothing that can be fetched.

        One that is wrong to link to, such as that of a machine in the building, is asked as in a site.
        """
        url = resolved.url
        if found and found.rule is malformed_url.RULE and found.gravity is Severity.ERROR:
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


def _no_anchor(fragment: str, path: str, known: Iterable[str]) -> Problem:
    near = anchors.nearest(fragment, known)
    return problem(
        broken_anchor.RULE,
        f"{path}#{fragment}",
        hint=anchors.PERHAPS if near else anchors.CHECK,
        anchor=near,
        reason=anchors.words(fragment),
    )
