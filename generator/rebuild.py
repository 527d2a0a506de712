"""Rebuilding (重做) from what is known of a site: what follows from its changed documents, and nothing else.

Where only words of bodies changed, that is little (`amended`). Where files came, went or say something else of
themselves, the site is linked anew, and pages and findings are kept of those that have nothing to do with
them; where the look changed, links and findings are (`rebuilt`). The outcome is that of a build
from nothing either way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from generator import amend, attachments, build, check, finished, link, load, render, validate
from generator.amend import Desk, only
from generator.build import Known
from generator.contents import Contents
from generator.convert import TOO_DEEP, convert
from generator.domain.duplicates import Sketch, sketch
from generator.load.changes import Changes, read_again, with_changes
from generator.memo import Memo
from generator.model import LEAST_TEXT, Body, Document, Page, Site, Source, Templates
from generator.rules import LOOKING_INSIDE, broken_anchor, broken_template
from generator.stirred import judged, pages_of, stirred


def amended(before: Known, desk: Desk, paths: Iterable[str]) -> Known | None:
    """What is known when the files at `paths` were written again; None where more than words of bodies changed."""
    if before.loaded.links:
        return None
    written: dict[str, tuple[Source, Body]] = {}
    told = {one.place.path for one in before.found if one.rule in build.OF_READING}
    for path in paths:
        entry = before.site.entries.get(path)
        source = load.again(before.folder, path)
        if entry is None or source is None or path in told:
            return None
        old = entry.document.source
        if source.fields != old.fields or source.body_line != old.body_line:
            return None
        if source.keys != old.keys or source.values != old.values:
            return None
        written[path] = source, convert(source.body, source.body_line)
    if any(flaw.rule == TOO_DEEP for _, body in written.values() for flaw in body.flaws):
        return None
    made = amend.amend(
        before.site,
        before.found,
        before.loaded.templates,
        desk,
        written,
        lambda url: before.by_url[url].content if url in before.by_url else b"",
        before.selection,
    )
    if made is None:
        return None
    new = {page.url: page for page in made.pages}
    pages = tuple(new.get(page.url, page) for page in before.pages)
    strange = finished.find(
        made.site,
        pages,
        before.loaded.templates,
        before.loaded.settings,
        before.folder,
        before.looked,
    )
    return replace(
        before,
        loaded=with_changes(before.loaded, {path: source for path, (source, _) in written.items()}),
        bodies={**before.bodies, **{path: body for path, (_, body) in written.items()}},
        site=made.site,
        found=made.found,
        strange=tuple(strange),
        pages=pages,
    )


def rebuilt(
    before: Known, paths: Iterable[str], memo: Memo | None = None, jobs: int = 1
) -> Known | None:
    """What is known when files at `paths` were written, came or went: of the content, or of the look.

    None where anything else has changed, or was wrong before. Raises `SiteError` where a program for downloads
    is missing.
    """
    paths = tuple(paths)
    if paths and all(path.startswith(_LOOK) for path in paths):
        return _restyled(before)
    changes = (
        None
        if before.online or before.loaded.links
        else read_again(before.folder, before.loaded, paths)
    )
    if changes is None or _is_disputed(before.site):
        return None
    loaded = with_changes(before.loaded, changes)
    old = before.site
    documents, wrong = validate.documents(loaded.sources, old.config, old.today, before.drafts)
    documents = tuple(_as_before(old, document) for document in documents)
    bodies = _bodies(before.bodies, loaded.sources, changes)
    deep = build.too_deep(documents, bodies)
    site = link.link(
        old.config,
        old.today,
        documents,
        bodies,
        loaded.assets,
        tuple(loaded.templates.static),
        old.register,
        old.words,
    )
    if _is_disputed(site):
        return None
    memo = memo or Memo()
    site = replace(site, contents=_contents(before, site, changes, memo))
    files, unfit = build.downloads_of(site, before.folder, jobs, memo)
    site = replace(site, downloads=files)
    # A frozen site keeps what it has worked out beside its fields; this is worth carrying over.
    site.__dict__["sketches"] = _sketches(before, site, bodies)
    moved = stirred(old, site)
    pages, broken = pages_of(before, site, loaded.templates, moved)
    if broken:
        return None
    strange = finished.find(
        site, pages, loaded.templates, loaded.settings, before.folder, before.looked
    )
    return replace(
        before,
        loaded=loaded,
        bodies=bodies,
        site=site,
        found=(
            *loaded.findings,
            *wrong,
            *deep,
            *unfit,
            *build.dead_anchors(site, pages),
            *judged(before, site, moved, changes),
        ),
        strange=tuple(strange),
        pages=pages,
    )


_LOOK = "templates/"


def _restyled(before: Known) -> Known | None:
    """What is known when the look is another: links, and what rules say of documents, are as they were."""
    around, _ = build.around(before.folder)
    old, new = before.loaded.templates, around.templates
    is_sound = not before.loaded.findings and not around.findings
    if not is_sound or old.static.keys() != new.static.keys() or before.online:
        return None
    loaded = replace(before.loaded, templates=new)
    site = before.site
    if (old.texts, old.own) == (new.texts, new.own):
        pages = tuple(
            Page(page.url, new.static[page.url]) if _is_static(page, old) else page
            for page in before.pages
        )
    else:
        pages, broken = render.render(site, new)
        if broken or any(one.rule == broken_template.RULE.name for one in before.found):
            return None
    strange = finished.find(site, pages, new, loaded.settings, before.folder, before.looked)
    of_pages = broken_anchor.RULE.name
    kept = (one for one in before.found if one.rule != of_pages)
    anchors = check.look(site, only(frozenset({of_pages}), before.selection))
    found = (*kept, *anchors, *build.dead_anchors(site, pages))
    return replace(before, loaded=loaded, found=found, strange=tuple(strange), pages=pages)


def _is_static(page: Page, look: Templates) -> bool:
    """Whether a page is a file of the look as it was; a file of the editor's at its address goes first."""
    return page.content is look.static.get(page.url) and not page.copy_of


def _as_before(site: Site, document: Document) -> Document:
    """The document of before where nothing of it has changed: comparing it again costs nothing then."""
    entry = site.entries.get(document.path)
    return entry.document if entry is not None and entry.document == document else document


def _bodies(
    before: Mapping[str, Body], sources: Iterable[Source], changed: Collection[str]
) -> Mapping[str, Body]:
    return {
        one.path: convert(one.body, one.body_line) if one.path in changed else before[one.path]
        for one in sources
    }


def _is_disputed(site: Site) -> bool:
    """Whether two files claim one address: which of them has it is not for this to say."""
    return any(len(places) > 1 for places in site.addresses.values())


def _contents(before: Known, site: Site, changes: Changes, memo: Memo) -> Mapping[str, Contents]:
    """What stands inside the files to publish; those that were published before are read again where they changed."""
    if not any(before.selection.holds(name) for name in LOOKING_INSIDE):
        return {}
    published = {asset.path for asset in before.site.assets}
    new = [one for one in site.assets if one.path in changes or one.path not in published]
    read = attachments.read_all(before.folder, new, memo.shelf("attachments")) if new else {}
    known = {**before.site.contents, **read}
    anew = {one.path for one in new}
    return {
        one.path: known[one.path]
        for one in site.assets
        if one.path in (read if one.path in anew else known)
    }


def _sketches(before: Known, site: Site, bodies: Mapping[str, Body]) -> Mapping[str, Sketch]:
    """What stands for the text of each document, reckoned for those whose body is another."""
    held = before.site.sketches
    texts = ((path, entry.body.text) for path, entry in site.entries.items())
    return {
        path: held[path]
        if path in held and bodies[path] is before.bodies.get(path)
        else sketch(text)
        for path, text in texts
        if len(text) >= LEAST_TEXT
    }
