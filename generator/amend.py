"""Amendments (改正文): where only words of bodies changed, what follows from them is made again, and all else is kept.

What follows from the words of one document is its own page with its twins, what the rules say of it and of those
that are held against it, and nothing else: lists, feeds and other pages show front matter and headings. Whatever
goes further is not taken for an amendment, and the site is built anew. The outcome is the same either way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape

from generator import link, render
from generator.check import look
from generator.domain.duplicates import Sketch, sketch, stirred
from generator.domain.kinds import Kind
from generator.finding import EVERYTHING, Finding, Place, Selection
from generator.link.evidence import Evidence
from generator.link.resolve import Resolver
from generator.model import LEAST_TEXT, Body, Entry, Page, Site, Source, Templates
from generator.pages import twins
from generator.pages.frame import Frame
from generator.pages.relations import beside
from generator.rules import NAMES, TABLE, broken_anchor
from generator.rules.duplicate_document import Texts

# These say nothing of a body, or no more than of its headings, which an amendment leaves as they are.
OF_FRONT_MATTER: frozenset[str] = frozenset(
    "address-gone date-order document-number-format duplicate-document-number duplicate-index-number "
    "embedded-metadata empty-column expired-status footer-marks guide-stale index-number-changed "
    "index-number-format late-answer late-interpretation late-publication late-work-points metadata-mismatch "
    "misfiled-kind misfiled-normative missing-interpretation missing-subcolumn path-collision report-balance "
    "report-carry-over report-gap report-group-sum report-overdue report-result-sum report-row-sum "
    "report-stock stale-column task-incomplete task-overdue uncovered-item unreviewed "
    "wrong-interpretation".split()
)
# These hold the annual reports of a site against each other, and against its work points.
OF_REPORTS: frozenset[str] = frozenset({"report-copied", "unreported-work-points"})
# This one holds every text against every other.
OF_ALL: frozenset[str] = frozenset({"duplicate-document"})
# All others look at one document at a time, and so are asked for a few of them alone.
_OF_OTHERS = OF_FRONT_MATTER | OF_REPORTS | OF_ALL


@dataclass(frozen=True)
class Desk:
    """What is looked up again and again as long as no front matter changes; made once for many amendments."""

    resolver: Resolver
    evidence: Evidence
    own_pages: frozenset[str]


@dataclass(frozen=True)
class Amended:
    """What an amendment comes to: the site, what the stages and rules found in it, the pages made anew."""

    site: Site
    found: tuple[Finding, ...]
    pages: tuple[Page, ...]


def desk(site: Site) -> Desk:
    """What amendments of `site` look up."""
    own_pages = frozenset(entry.path for entry in Frame(site).own_pages.values())
    return Desk(site.once(link.resolver), site.once(link.evidence), own_pages)


def amend(
    site: Site,
    found: Collection[Finding],
    templates: Templates,
    desk: Desk,
    written: Mapping[str, tuple[Source, Body]],
    content: Callable[[str], bytes],
    selection: Selection = EVERYTHING,
) -> Amended | None:
    """`site` with other bodies under the same front matter; None where more follows than is made here.

    `found` is what stages and rules found in it before, `content` gives the bytes of its page at an address.
    """
    if site.config.downloads is not None or any(f.rule == "broken-template" for f in found):
        return None
    again: dict[str, Entry] = {}
    for path, (source, body) in written.items():
        entry = site.entries[path]
        new = link.rewritten(entry, source, body, desk.resolver, desk.evidence)
        if path in desk.own_pages or entry.face != new.face:
            return None
        again[path] = new
    amended = replace(
        site,
        entries={**site.entries, **again},
        built=tuple(again.get(entry.path, entry) for entry in site.built),
    )
    # A frozen site keeps what it has worked out beside its fields; this is worth carrying over.
    amended.__dict__["issuers"] = site.issuers
    amended.__dict__["waiving"] = tuple(again.get(entry.path, entry) for entry in site.waiving)
    if "listed" in site.__dict__:
        amended.__dict__["listed"] = tuple(again.get(entry.path, entry) for entry in site.listed)
    amended.__dict__["sketches"] = _sketches(site, again)
    pages = _pages(amended, templates, desk, again.values())
    if pages is None:
        return None
    shown = {page.url: page.content for page in pages}

    def now(url: str) -> bytes:
        return shown[url] if url in shown else content(url)

    judged = _judged(site, amended, found, again.values(), selection)
    dead = (one for entry in again.values() for one in dead_anchors(entry, now))
    return Amended(amended, (*judged, *dead), pages)


def _sketches(site: Site, again: Mapping[str, Entry]) -> Mapping[str, Sketch]:
    texts = {path: entry.body.text for path, entry in again.items()}
    new = {path: sketch(text) for path, text in texts.items() if len(text) >= LEAST_TEXT}
    if again.keys() & site.sketches.keys() == new.keys():
        # Each keeps its place.
        return {**site.sketches, **new}
    # In the order of paths, as the site would have them.
    kept = {path: one for path, one in site.sketches.items() if path not in again}
    return dict(sorted((kept | new).items()))


def _pages(
    site: Site, templates: Templates, desk: Desk, again: Iterable[Entry]
) -> tuple[Page, ...] | None:
    """The page of each of these documents, with its twins; None where a template fails."""
    made: list[Page] = []
    frame = Frame(site)
    for entry in again:
        if entry.document.withheld is not None or entry.document.is_withdrawn:
            continue
        page = render.one(frame, templates, entry, *beside(site, desk.own_pages, entry))
        if page is None:
            return None
        made += (page, *twins.of(site, entry))
    return tuple(made)


def _judged(
    before: Site,
    site: Site,
    found: Collection[Finding],
    again: Collection[Entry],
    selection: Selection,
) -> list[Finding]:
    """What is found now: what the rules say anew, and of what was found what they do not speak of."""
    paths = frozenset(entry.path for entry in again)
    concerned = paths | {
        path for entry in again for path in (*entry.interpreted_by, *_interpreting(site, entry))
    }
    anew = frozenset(row.name for row in TABLE if row.name not in _OF_OTHERS and row.find)
    whole = frozenset[str]() if _has_no_new_twin(before, site, found, paths) else OF_ALL
    if any(entry.document.kind is Kind.ANNUAL_REPORT for entry in again):
        whole |= OF_REPORTS
    kept = [
        one
        for one in found
        if one.rule not in whole and not (one.rule in anew and one.place.path in concerned)
    ]
    near = site.near(concerned)
    return [
        *kept,
        *(one for one in look(near, only(anew, selection)) if one.place.path in concerned),
        *look(site, only(whole, selection)),
    ]


def _has_no_new_twin(
    before: Site, site: Site, found: Iterable[Finding], paths: Collection[str]
) -> bool:
    """Whether no text is nearly that of another which was not so before, or no longer is.

    The rule itself lays all texts of a site in rows; here only the rows are looked at in which something moved.
    """
    near, is_alike = stirred(before.sketches, site.sketches, paths, Texts(site.entries))
    stirring = near.union(paths)
    return not is_alike and not any(
        one.rule in OF_ALL and (one.place.path in stirring or one.target in stirring)
        for one in found
    )


def _interpreting(site: Site, entry: Entry) -> Iterable[str]:
    """The documents that are not built and say that they interpret this one; rules may look at them too."""
    return (
        other.path
        for other in site.entries.values()
        if other.document.withheld is not None
        and other.document.kind is Kind.INTERPRETATION
        and any(one.document == entry.path for one in other.references)
    )


def only(rules: frozenset[str], selection: Selection) -> Selection:
    """Those of `rules` that are selected."""
    wanted = frozenset(name for name in rules if selection.holds(name))
    return Selection(ignore=NAMES - wanted)


def dead_anchors(entry: Entry, content: Callable[[str], bytes]) -> Iterable[Finding]:
    """Links of a document to a place on a page that is made by itself, where the page has no such place.

    What places such a page has is known only when its template is filled.
    """
    if entry.document.withheld is not None or entry.document.is_withdrawn:
        return
    for found in entry.to_places:
        if not found.url.endswith(".html") or found.fragment.lower() == "top":
            continue
        if f' id="{escape(found.fragment)}"'.encode() not in content(found.url):
            yield broken_anchor.RULE.at(
                Place(entry.path, found.written.line, found.written.column),
                target=found.written.href,
                text=found.written.text or None,
                reason=found.fragment,
            )
