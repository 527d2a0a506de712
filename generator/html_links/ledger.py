"""The ledger (台账): every problem with its places, brought to findings; what comes of a template is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator import address
from generator.finding import Finding, Place, Text
from generator.html_links.addresses.folder import Folder, shown
from generator.html_links.places import Source, Spot
from generator.html_links.problems import Problem

# A link with the same text and target on so many pages, or on such a part of all, is the template's.
_TEMPLATE_PAGES = 20
_TEMPLATE_PART = 0.5
_MOST_NAMED = 3
_MOST_SOURCES = 64


@dataclass(slots=True)
class Occurrence:
    """A problem on one file: where it stands first, and how often.

    `where` is the position among the links of a page, or what to look for in the file, or a line and column.
    `href` is None where the page itself has to be asked for it.
    """

    path: str
    problem: Problem
    where: int | Spot | tuple[int, int]
    element: str = ""
    text: str = ""
    href: str | None = None
    times: int = 1


class Ledger:
    """Everything found so far; `findings` closes it."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        # A problem is one on its page whatever the words are; of two texts the first is told.
        self._by_page: dict[tuple[str, str, str, str], Occurrence] = {}
        self._sources: dict[str, Source] = {}

    def add(self, one: Occurrence) -> None:
        """Note a problem; the same one further down on a page is only counted."""
        said = dict(one.problem.values).get("said", "")
        key = (one.path, one.problem.rule.name, one.problem.about, said)
        known = self._by_page.get(key)
        if known is None:
            self._by_page[key] = one
        else:
            known.times += one.times

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Everything noted so far, by page in the order of its files."""
        return tuple(self._by_page.values())

    def findings(self, pages: int) -> Iterator[Finding]:
        """One finding for each problem of a page, or of a template that makes many of `pages`."""
        groups: dict[tuple[str, str, str, str], list[Occurrence]] = defaultdict(list)
        for one in self._by_page.values():
            groups[one.problem.rule.name, one.problem.about, one.text, one.element].append(one)
        for group in groups.values():
            group.sort(key=lambda one: one.path)
            if len(group) > 1 and self._is_of_template(group, pages):
                yield self._finding(group[0], group)
            else:
                yield from (self._finding(one, [one]) for one in group)

    def source(self, path: str) -> Source:
        """The text of the file at `path`."""
        found = self._sources.get(path)
        if found is None:
            if len(self._sources) >= _MOST_SOURCES:
                self._sources.clear()
            found = self._sources[path] = Source(self._folder.read(path))
        return found

    def _is_of_template(self, group: Sequence[Occurrence], pages: int) -> bool:
        count = len(group)
        if count >= _TEMPLATE_PAGES or count >= pages * _TEMPLATE_PART:
            return True
        return all(
            not isinstance(one.where, tuple) or isinstance(one.where, Spot) for one in group
        ) and all(self.source(one.path).is_in_frame(self._spot(one)) for one in group)

    def _spot(self, one: Occurrence) -> Spot:
        if isinstance(one.where, Spot):
            return one.where
        if isinstance(one.where, int):
            return self.source(one.path).spot(one.where)
        return Spot("", "", "")

    def _finding(self, one: Occurrence, group: Sequence[Occurrence]) -> Finding:
        spot = self._spot(one)
        if isinstance(one.where, tuple) and not isinstance(one.where, Spot):
            line, column = one.where
        else:
            line, column = self.source(one.path).place(spot)
        href = spot.value if isinstance(one.where, int) else one.href
        problem = one.problem
        suggestion = suggested(problem, one.path, href or "")
        values = {
            "instead": f"，应为 {suggestion}" if suggestion else "",
            "instead_en": f"; {suggestion} would fit" if suggestion else "",
            **dict(problem.values),
        }
        finding = problem.rule.at(
            Place(shown(one.path), line, column),
            message=problem.message,
            hint=problem.hint,
            target=shown(href) if href is not None else None,
            text=" ".join(one.text.split()) or None,
            suggestion=shown(suggestion) if suggestion is not None else None,
            **values,
        )
        message = _counted(finding.message, group)
        return replace(finding, severity=problem.gravity, message=message)


def suggested(problem: Problem, source: str, href: str) -> str | None:
    """The address that would be right in place of `href` on the page at `source`, where it is known."""
    if problem.page is not None and problem.page != source:
        return address.href(source, problem.page)
    if problem.anchor is not None:
        return f"{href.strip().partition('#')[0]}#{problem.anchor}"
    return problem.suggestion


def _counted(message: Text, group: Sequence[Occurrence]) -> Text:
    if len(group) == 1:
        times = group[0].times
        if times == 1:
            return message
        return Text(
            f"{message.zh}（本页 {times} 处）", f"{message.en} ({times} times on this page)"
        )
    return counted(message, [shown(one.path) for one in group])


def counted(message: Text, pages: Sequence[str]) -> Text:
    """The message of what stands on `pages`, with the number of those behind the first."""
    count = len(pages)
    if count <= 1:
        return message
    paths = pages[1 : 1 + _MOST_NAMED]
    more = count - 1 - len(paths)
    return Text(
        f"{message.zh}（共 {count} 个网页，另见 {'、'.join(paths)}{' 等' if more else ''}）",
        f"{message.en} (on {count} pages, also {', '.join(paths)}{' and others' if more else ''})",
    )
