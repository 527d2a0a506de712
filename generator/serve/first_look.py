"""First look (先看): the page of a document that was edited, before all else is built again.

Whoever writes sees the words, and the title, as soon as they are saved, however large the site is; lists,
findings and what others say of the document come with the build that follows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from generator import amend, link, remembered, render, validate
from generator.amend import Desk
from generator.convert import convert
from generator.load import LARGEST_DOCUMENT, read_templates, source
from generator.model import Entry, Page, Site, Source, Templates
from generator.pages.frame import Frame
from generator.pages.relations import beside


@dataclass(frozen=True)
class Ready:
    """A built site with what the next look will need of it."""

    folder: Path
    site: Site
    templates: Templates
    desk: Desk


def ready(folder: Path, site: Site) -> Ready:
    """Made while nobody waits."""
    return Ready(folder, site, read_templates(folder, []), amend.desk(site))


def first_look(ready: Ready, path: str) -> Page | None:
    """The page of the document at `path` as it is written now; None where it has none, or has it elsewhere."""
    entry = ready.site.entries.get(path)
    if entry is None or path in ready.desk.own_pages or not _is_shown(entry):
        return None
    file = ready.folder / path
    try:
        if file.is_symlink() or file.stat().st_size > LARGEST_DOCUMENT:
            return None
        now, _ = source.read(path, file.read_bytes())
    except OSError:
        return None
    if not now.readable:
        return None
    body = convert(now.body, now.body_line)
    again = link.rewritten(entry, now, body, ready.desk.resolver)
    if not _has_front_of(ready.site, entry, now):
        found = _with_front_of(ready.site, again, now)
        if found is None:
            return None
        again = found
    site = replace(
        ready.site,
        entries={**ready.site.entries, path: again},
        built=tuple(again if one.path == path else one for one in ready.site.built),
    )
    return render.one(
        Frame(site), ready.templates, again, *beside(site, ready.desk.own_pages, again)
    )


def _has_front_of(site: Site, entry: Entry, now: Source) -> bool:
    if remembered.is_remembered(entry):
        # Its file is read when it is asked for, and says what it says now.
        return remembered.has_front_of(site, now)
    return now.fields == entry.document.source.fields


def _with_front_of(site: Site, entry: Entry, now: Source) -> Entry | None:
    """`entry` with the front matter that it has now; None where another page, or none, would come of it."""
    (document,), _ = validate.documents([now], site.config, site.today, drafts=True)
    again = replace(entry, document=document)
    return again if _is_shown(again) and document.kind is entry.document.kind else None


def _is_shown(entry: Entry) -> bool:
    return entry.document.withheld is None and not entry.document.is_withdrawn
