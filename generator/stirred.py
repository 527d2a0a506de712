"""What stirs (牵动): the documents that a change reaches, the pages and findings that are made anew for them.

A page shows its own document and those that it names; a rule reads these and no others, but for those rules that
are said to (`tests/test_amend.py` reads along). All else is what it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from generator import amend, check, link, render
from generator.address import twin_urls
from generator.build import Known
from generator.domain.kinds import Kind
from generator.finding import Finding
from generator.load.changes import Changes
from generator.model import Entry, Page, Site, Templates
from generator.pages.frame import Frame
from generator.pages.relations import neighbours
from generator.rules import LOOKING_INSIDE, TABLE, broken_anchor


def stirred(before: Site, site: Site) -> frozenset[str]:
    """The documents that are new, gone or other than before, or whose twins or downloads are."""
    old, new = before.entries, site.entries
    claims, now = before.addresses, site.addresses
    moved = {
        path
        for path in old.keys() | new.keys()
        if path not in old or path not in new or old[path] != new[path]
    }
    for entry in site.built:
        twins = twin_urls(entry.url)
        if any(claims.get(url) != now.get(url) for url in twins):
            moved.add(entry.path)
    owners = before.downloads_of.keys() | site.downloads_of.keys()
    # What the files say is in their pages; a page of a document names and weighs them.
    moved |= {
        owner
        for owner in owners & new.keys()
        if before.downloads_of.get(owner) != site.downloads_of.get(owner)
    }
    return frozenset(moved)


def partners(entry: Entry) -> Iterable[str]:
    """The documents that a document names, links to or has to do with."""
    yield from (one.document for one in entry.links)
    yield from (one.document for one in entry.references)
    for name in link.RELATIONS:
        yield from getattr(entry, name)


# Their pages gather from others without naming them: earlier reports, what last year left undone.
_GATHERING = frozenset({Kind.ANNUAL_REPORT, Kind.WORK_POINTS})


def pages_of(
    before: Known, site: Site, look: Templates, moved: Collection[str]
) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """All pages of the site: made anew but for those of documents that have nothing to do with what moved."""
    own_pages = frozenset(entry.path for entry in Frame(site).own_pages.values())
    old_own = frozenset(entry.path for entry in Frame(before.site).own_pages.values())
    near, was_near = neighbours(site, own_pages), neighbours(before.site, old_own)
    anew = frozenset(
        entry.path
        for entry in site.built
        if entry.path in moved
        or entry.document.kind in _GATHERING
        or any(path in moved for path in partners(entry))
        or _is_moved(was_near.get(entry.path), near.get(entry.path), moved)
    )
    made, broken = render.render(site, look, wanted=anew)
    pages = {
        url: before.by_url[url]
        for entry in site.built
        if entry.path not in anew
        for url in (entry.url, *twin_urls(entry.url))
        if url in before.by_url
    }
    pages |= {page.url: page for page in made}
    return tuple(page for _, page in sorted(pages.items())), broken


def _is_moved(
    before: tuple[Entry | None, Entry | None] | None,
    now: tuple[Entry | None, Entry | None] | None,
    moved: Collection[str],
) -> bool:
    """Whether the neighbours of a document are others, or say something else."""
    old = [entry and entry.path for entry in before or ()]
    new = [entry and entry.path for entry in now or ()]
    return old != new or any(path in moved for path in new if path)


# These ask for what all documents say of themselves, whichever they look at.
OF_NAMES: frozenset[str] = frozenset({"not-for-disclosure", "repealed-target", "undeclared-repeal"})


def judged(before: Known, site: Site, moved: frozenset[str], changes: Changes) -> list[Finding]:
    """What the rules say anew, and of what they said before what they do not speak of now."""
    entries = site.entries.values()
    # The names of organs are sought in every text.
    has_new_names = site.issuers != before.site.issuers
    concerned = moved.union(
        entry.path
        for entry in entries
        if has_new_names or any(path in moved for path in partners(entry))
    )
    whole = amend.OF_FRONT_MATTER | amend.OF_REPORTS | amend.OF_ALL | OF_NAMES
    whole |= {broken_anchor.RULE.name}
    files = {one.path for one in site.assets}
    was_published = {one.path for one in before.site.assets}
    if files != was_published or not files.isdisjoint(changes):
        whole |= LOOKING_INSIDE
    rest = frozenset(row.name for row in TABLE if row.find and row.name not in whole)
    kept = (
        one
        for one in before.found
        if one.rule in rest
        and one.place.path not in concerned
        and (one.place.path in site.entries or one.place.path not in before.site.entries)
    )
    selection = before.selection
    near = site.near(concerned)
    return [
        *kept,
        *(
            one
            for one in check.look(near, amend.only(rest, selection))
            if one.place.path in concerned
        ),
        *check.look(site, amend.only(whole, selection)),
    ]
