"""Revisions (修订): the last build of a site is remembered, and since then only words of bodies were written again.

What is remembered is the site (`remembered`) and what was found in it. A revision reads, judges and makes what
follows from the changed documents; it says and makes the same as a build from nothing, or nothing at all.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator import amend, build, finished, load, remembered, report, validate
from generator.amend import Desk
from generator.check import settle
from generator.convert import TOO_DEEP, convert, stored
from generator.finding import EVERYTHING, Finding, Selection
from generator.html_links.addresses.folder import PAGE_SUFFIXES
from generator.memo import Memo, portions
from generator.model import Body, Page, Site, Source
from generator.report import Totals
from generator.unchanged import State, as_json, from_json

# Of more documents a build of everything is not much slower.
MOST = 100
_KIND = "last"
_SITE, _SKETCHES, _DIGESTS, _FOUND = "site", "sketches", "digests", "found"
_AT_ONCE = 1000  # documents


@dataclass(frozen=True)
class Revised:
    """What a revision comes to: what is said of the site, and the pages that are other than before.

    `before` is the key of the state whose output has all other pages, `base` that of the last build of everything;
    `since` tells of the bodies that were revised since then, `changed` are those that are other than in that
    output, and `read` is what was read of the content, by path.
    """

    site: Site
    findings: tuple[Finding, ...]
    totals: Totals
    pages: tuple[Page, ...]
    before: str
    base: str
    found: tuple[Finding, ...]
    since: Mapping[str, Again]
    changed: Sequence[str]
    read: frozenset[str]


class Again(NamedTuple):
    """What is remembered of a body that was revised: the digest of its file, its sketch if it has one, its links."""

    digest: str
    sketch: str
    links: int


def keep(memo: Memo, state: State, known: build.Known) -> None:
    """Remember what was built, where revisions may start from it."""
    if known.strange or known.online or not is_simple(known):
        return
    rows = {
        _SITE: remembered.packed(known.site),
        _SKETCHES: remembered.packed_sketches(known.site),
        _DIGESTS: map(_json, map(dict, portions(state.documents.items(), _AT_ONCE))),
    }
    for name, parts in rows.items():
        memo.put_parts(_KIND, name, state.key, parts, at_hand=True)
    _keep_found(memo, state, state.key, (), state.key, {}, known.found, report.totals(known.site))


def is_simple(known: build.Known) -> bool:
    """Whether all HTML of the site is made by templates of the built-in look: what stands around bodies is known."""
    return (
        known.site.config.downloads is None
        and not any(name.endswith(PAGE_SUFFIXES) for name in known.loaded.templates.own)
        and not any(page.copy_of.lower().endswith(PAGE_SUFFIXES) for page in known.pages)
    )


def keep_again(memo: Memo, state: State, revised: Revised, *, is_written: bool) -> None:
    """Remember what was revised; a check does not write, and the next build has these pages still to make."""
    before, changed = (state.key, ()) if is_written else (revised.before, revised.changed)
    parts = (revised.base, revised.since, revised.found, revised.totals)
    _keep_found(memo, state, before, changed, *parts)


def _keep_found(
    memo: Memo,
    state: State,
    before: str,
    changed: Sequence[str],
    base: str,
    since: Mapping[str, Again],
    found: Iterable[Finding],
    totals: Totals,
) -> None:
    parts = _json([before, changed, base, since, as_json(found), totals])
    # There is room for one site.
    memo.put_parts(_KIND, _FOUND, state.around, [parts])


def _json(value: object) -> bytes:
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")


def revise(
    folder: Path,
    today: date,
    memo: Memo,
    state: State,
    selection: Selection,
    base_url: str | None,
) -> Revised | None:
    """What the site comes to now; None where it has to be built from nothing. Raises `SiteError`."""
    # What is taken out of the memo is tens of thousands of small objects; none is garbage until it is of no use.
    gc.disable()
    made = None
    try:
        with suppress(ValueError, TypeError, KeyError, LookupError):
            made = _revised(folder, today, memo, state, selection, base_url)
    finally:
        if made is not None:
            gc.freeze()
        gc.enable()
    return made


def _revised(
    folder: Path,
    today: date,
    memo: Memo,
    state: State,
    selection: Selection,
    base_url: str | None,
) -> Revised | None:
    raw = b"".join(memo.parts(_KIND, _FOUND, state.around))
    parts = json.loads(raw.decode("utf-8", "surrogatepass"))
    before, waiting, base, revised, told, totals = parts
    since = {path: Again(*one) for path, one in revised.items()}
    digests: dict[str, str] = {}
    for part in memo.parts(_KIND, _DIGESTS, base):
        digests |= json.loads(part.decode("utf-8", "surrogatepass"))
    digests |= {path: one.digest for path, one in since.items()}
    now = state.documents
    changed = sorted({*waiting, *(path for path, one in now.items() if digests[path] != one)})
    if not 0 < len(changed) <= MOST or len(digests) != len(now):
        return None
    around, config = build.around(folder, base_url)
    held = remembered.Around(folder, config, today, around.register, around.words, memo)
    newer = {path: one.sketch for path, one in since.items()}
    packed, sketches = (memo.parts(_KIND, name, base) for name in (_SITE, _SKETCHES))
    site = remembered.recalled(packed, sketches, held, newer)
    found = from_json(told)
    desk = amend.desk(site)
    made = follow(folder, site, found, around, desk, changed, memo, _unknown, selection)
    if made is None:
        return None
    again = {
        path: Again(
            now[path], sketch.hex() if (sketch := made.site.sketches.get(path)) else "", links
        )
        for path, links in made.links.items()
    }
    more = sum(
        one.links - (since[path].links if path in since else remembered.links_of(site, path))
        for path, one in again.items()
    )
    return Revised(
        made.site,
        made.findings,
        Totals(totals[0], totals[1] + more),
        made.pages,
        before,
        base,
        made.found,
        {**since, **again},
        changed,
        frozenset(held.read.union(changed)),
    )


@dataclass(frozen=True)
class Followed:
    """What follows from bodies that were written again: what is said of the site, and the pages made anew.

    `found` is what was found before settings and waivers, `links` how many links each of these bodies has.
    """

    site: Site
    found: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    pages: tuple[Page, ...]
    links: Mapping[str, int]


def follow(
    folder: Path,
    site: Site,
    found: Collection[Finding],
    around: load.Loaded,
    desk: Desk,
    paths: Iterable[str],
    memo: Memo,
    content: Callable[[str], bytes],
    selection: Selection = EVERYTHING,
) -> Followed | None:
    """What follows in a remembered `site` from the documents at `paths`, written again; None where more does.

    The other arguments are as with `amend.amend`; `around` is what the site stands in.
    """
    again = _written(folder, site, found, paths, memo)
    if again is None:
        return None
    made = amend.amend(site, found, around.templates, desk, again, content, selection)
    if made is None or _is_strange(made, around, folder):
        return None
    waivers = validate.waiver_places(around.settings, site.config)
    return Followed(
        made.site,
        made.found,
        settle(made.site, made.found, selection, waivers),
        made.pages,
        {path: len(made.site.entries[path].links) for path in again},
    )


def _unknown(url: str) -> bytes:
    """The bytes of a page that is not made anew: whoever needs them has to build everything."""
    raise LookupError(url)


def _written(
    folder: Path, site: Site, found: Collection[Finding], paths: Iterable[str], memo: Memo
) -> Mapping[str, tuple[Source, Body]] | None:
    """The changed documents, read and converted; None where more than their words changed."""
    told = {one.place.path for one in found if one.rule in build.OF_READING}
    again: dict[str, tuple[Source, Body]] = {}
    for path in paths:
        source = load.again(folder, path)
        if source is None or path in told or not remembered.has_front_of(site, source):
            return None
        key = stored.key_of(source)
        body = stored.recalled(memo, key)
        if body is None:
            body = convert(source.body, source.body_line)
            stored.remember(memo, key, body)
        if any(flaw.rule == TOO_DEEP for flaw in body.flaws):
            return None
        again[path] = source, body
    return again


def _is_strange(made: amend.Amended, around: load.Loaded, folder: Path) -> bool:
    """Whether the new pages show anything that no rule speaks of.

    What stands around the bodies is as it was, and nothing was wrong with it.
    """
    shown = {page.url for page in made.pages}
    near = replace(made.site, built=tuple(one for one in made.site.built if one.url in shown))
    return bool(finished.find(near, made.pages, around.templates, around.settings, folder))
