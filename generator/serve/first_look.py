"""First look (先看): the page of a document whose words were edited, before all else is built again.

Nothing but its own page follows from the body of a document at once; lists, findings and other pages
come with the build that follows. So whoever writes sees the words as soon as they are saved, however
large the site is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator import link, render
from generator.convert import convert
from generator.link.resolve import Resolver
from generator.load import LARGEST_DOCUMENT, read_templates, source
from generator.model import Entry, Page, Site, Templates
from generator.pages.frame import Frame
from generator.pages.relations import neighbours


@dataclass(frozen=True)
class Ready:
    """A built site with what the next look will need of it."""

    folder: Path
    site: Site
    templates: Templates
    resolver: Resolver
    own_pages: frozenset[str]
    around: Mapping[str, tuple[Entry | None, Entry | None]]


def ready(folder: Path, site: Site) -> Ready:
    """Made while nobody waits."""
    own_pages = frozenset(entry.path for entry in Frame(site).own_pages.values())
    return Ready(
        folder,
        site,
        read_templates(folder, []),
        link.resolver(site),
        own_pages,
        neighbours(site, own_pages),
    )


def first_look(ready: Ready, path: str) -> Page | None:
    """The page of the document at `path` as it is written now; None where more than its body changed."""
    entry = ready.site.entries.get(path)
    if entry is None or path in ready.own_pages or not _is_shown(entry):
        return None
    file = ready.folder / path
    try:
        if file.is_symlink() or file.stat().st_size > LARGEST_DOCUMENT:
            return None
        now, _ = source.read(path, file.read_bytes())
    except OSError:
        return None
    if not now.readable or now.fields != entry.document.source.fields:
        return None
    body = convert(now.body, now.body_line)
    again = link.rewritten(entry, now, body, ready.resolver)
    site = replace(
        ready.site,
        entries={**ready.site.entries, path: again},
        built=tuple(again if one.path == path else one for one in ready.site.built),
    )
    return render.one(site, ready.templates, again, *ready.around.get(path, (None, None)))


def _is_shown(entry: Entry) -> bool:
    return entry.document.withheld is None and not entry.document.is_withdrawn
