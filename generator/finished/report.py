"""What is told (报告): problems of finished pages brought to one finding for each cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.domain.kinds import Kind
from generator.finding import Finding, Place, Severity, Text
from generator.finished.causes import Cause, Causes
from generator.finished.recorded import places
from generator.html_links.ledger import Occurrence, suggested
from generator.html_links.places import Spot
from generator.html_links.reading.pages import Extract
from generator.model import Entry
from generator.rules import (
    conflicting_links,
    duplicate_id,
    lost_link,
    path_collision,
    third_party_asset,
    wrong_attachment,
    wrong_issuer,
    wrong_kind,
    wrong_level,
    wrong_number,
    wrong_period,
    wrong_title,
    wrong_year,
)

# What the words of a link assert; words that this program put there are the titles themselves.
_OF_WORDS = frozenset(
    rule.name
    for rule in (
        conflicting_links.RULE,
        wrong_attachment.RULE,
        wrong_issuer.RULE,
        wrong_kind.RULE,
        wrong_level.RULE,
        wrong_number.RULE,
        wrong_period.RULE,
        wrong_title.RULE,
        wrong_year.RULE,
    )
)
# Said by a rule of its own, of the files themselves.
_SAID_ELSEWHERE = frozenset({path_collision.RULE.name})
_MOST_NAMED = 3
# Of so many documents no editor has made the same mistake.
_MANY = 3


@dataclass(frozen=True, slots=True)
class _Seen:
    """A problem on one page: the address as written there, and whence it comes."""

    one: Occurrence
    href: str
    cause: Cause


def told(
    found: Iterable[Occurrence], causes: Causes, read: Callable[[str], Extract]
) -> Iterator[Finding]:
    """One finding for each rule that a line of a template or of data breaks, with the number of pages."""
    by_cause: dict[tuple[str, Place], list[_Seen]] = defaultdict(list)
    pages: dict[str, Extract] = {}
    for one in sorted(found, key=lambda one: one.path):
        if one.problem.rule.name in _SAID_ELSEWHERE:
            continue
        if one.path not in pages:
            # Pages come one after the other; what the last one held is no longer needed.
            pages = {one.path: read(one.path)} if isinstance(one.where, int) else {}
        seen = _seen(one, causes, pages.get(one.path))
        if seen.cause.is_known or one.problem.rule.name not in _OF_WORDS:
            by_cause[one.problem.rule.name, seen.cause.place].append(seen)
    for (_, place), group in _by_way(by_cause).items():
        yield _finding(place, group)


def _by_way(
    by_cause: Mapping[tuple[str, Place], list[_Seen]],
) -> Mapping[tuple[str, Place], list[_Seen]]:
    """The same with the template to blame where it makes the same mistake of the data of many documents."""
    files: dict[tuple[str, Place], set[str]] = defaultdict(set)
    for (rule, place), group in by_cause.items():
        for seen in group:
            if seen.cause.way:
                files[rule, seen.cause.way].add(place.path)
    found: dict[tuple[str, Place], list[_Seen]] = defaultdict(list)
    for (rule, place), group in by_cause.items():
        for seen in group:
            way = seen.cause.way
            is_general = way is not None and len(files[rule, way]) >= _MANY
            found[rule, way if way and is_general else place].append(seen)
    return found


def _seen(one: Occurrence, causes: Causes, page: Extract | None) -> _Seen:
    if isinstance(one.where, int) and page is not None:
        element, attribute, href, _, _ = page.links[one.where]
        before = sum(link[:3] == (element, attribute, href) for link in page.links[: one.where])
        spot = Spot(element, attribute, href, before)
    elif isinstance(one.where, Spot):
        spot, href = one.where, one.where.value
    else:
        spot, href = Spot(one.element, "", one.href or ""), one.href or ""
    cause = causes.of_file(one.path, spot)
    if cause is None and one.problem.rule.name == duplicate_id.RULE.name:
        cause = causes.of_id(one.path, spot.value)
    return _Seen(one, href, cause or causes.of(one.path, *spot[:3]))


def _finding(place: Place, group: Sequence[_Seen]) -> Finding:
    first = group[0]
    one, problem = first.one, first.one.problem
    pages = list(dict.fromkeys(seen.one.path for seen in group))
    repaired = {suggested(seen.one.problem, seen.one.path, seen.href) for seen in group}
    right = repaired.pop() if len(repaired) == 1 else None
    instead = {
        "instead": f"，应为 {right}" if right else "",
        "instead_en": f"; {right} would fit" if right else "",
    }
    finding = problem.rule.at(
        place,
        message=problem.message,
        hint=problem.hint if right or "{suggestion}" not in _words(problem.hint) else None,
        target=f"#{first.href}" if problem.rule is duplicate_id.RULE else first.href,
        text=" ".join(one.text.split()) or None,
        suggestion=right,
        **{**instead, **dict(problem.values)},
    )
    is_there = first.cause.is_file and len(pages) == 1
    message = finding.message if is_there else _counted(finding.message, pages)
    return replace(finding, message=message, severity=_severity(one))


def _severity(one: Occurrence) -> Severity:
    # On a site of one's own it is not only worth knowing.
    is_ours = one.problem.rule is third_party_asset.RULE
    return one.problem.rule.severity if is_ours else one.problem.gravity


def _words(text: Text | None) -> str:
    return text.zh if text else ""


def _counted(message: Text, pages: Sequence[str]) -> Text:
    """The message with the pages on which it can be seen, the first few by name."""
    named = pages[:_MOST_NAMED]
    if len(pages) == 1:
        return Text(f"{message.zh}（见网页 {named[0]}）", f"{message.en} (on the page {named[0]})")
    more = len(pages) > len(named)
    return Text(
        f"{message.zh}（共 {len(pages)} 个网页：{'、'.join(named)}{' 等' if more else ''}）",
        f"{message.en} (on {len(pages)} pages: {', '.join(named)}{' and others' if more else ''})",
    )


def lost(missing: Iterable[tuple[Entry, frozenset[str]]]) -> Iterator[Finding]:
    """One finding for each kind of document whose pages leave out links, or files, of their documents."""
    groups: dict[tuple[Kind, bool], list[tuple[Place, str]]] = defaultdict(list)
    for entry, hrefs in missing:
        for is_file, there in enumerate(places(entry)):
            gone = [(there[href], href) for href in hrefs if href in there]
            groups[entry.document.kind, bool(is_file)].extend(gone)
    for found in groups.values():
        if found:
            yield _lost(sorted(found, key=lambda one: (one[0].path, one[0].line or 0, one[1])))


def _lost(found: Sequence[tuple[Place, str]]) -> Finding:
    place, href = found[0]
    documents = list(dict.fromkeys(place.path for place, _ in found))
    count = Text("", "")
    if len(found) > 1:
        count = Text(
            f"（共 {len(documents)} 个文件的 {len(found)} 个链接）",
            f" ({len(found)} links of {len(documents)} documents)",
        )
    return lost_link.RULE.at(place, target=href, count=count.zh, count_en=count.en)
