"""Resumed previews (接着预览): edits of a site whose preview was kept, without a build of everything before."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from generator import amend, build, remembered, report, revise
from generator.amend import Desk
from generator.finding import Finding, Language
from generator.load import Loaded
from generator.memo import Memo
from generator.model import Site
from generator.report import Totals
from generator.serve.first_look import Ready
from generator.serve.kept import Begun, rows
from generator.serve.preview import Overlaid, Preview, source_lines_of
from generator.unchanged import from_json


@dataclass(frozen=True)
class Resumed:
    """The site of a kept preview, remembered; every amendment starts from here, so none builds on another."""

    preview: Preview
    site: Site
    around: Loaded
    found: tuple[Finding, ...]
    totals: Totals
    desk: Desk
    is_simple: bool

    @property
    def ready(self) -> Ready:
        """What first looks need of it."""
        return Ready(self.preview.folder, self.site, self.around.templates, self.desk)


def resumed(begun: Begun) -> Resumed | None:
    """What amendments of a kept preview start from; None where that is not known any more."""
    folder = begun.preview.folder
    kept = rows(folder, begun.key)
    if kept is None:
        return None
    with suppress(ValueError, TypeError, KeyError, LookupError, build.SiteError):
        around, config = build.around(folder)
        # A memo with a file belongs to one thread, and bodies are asked for in several.
        held = remembered.Around(folder, config, begun.today, around.register, around.words, Memo())
        site = remembered.recalled(kept.site, kept.sketches, held)
        found = from_json(kept.found)
        desk = amend.desk(site)
        return Resumed(begun.preview, site, around, found, kept.totals, desk, kept.is_simple)
    return None


def amended(
    start: Resumed, paths: Iterable[str], today: date, language: Language | None
) -> Preview | None:
    """The preview with all documents at `paths` written again; None where everything has to be built."""
    # A page that was kept may be gone, and what was kept may be anything.
    with suppress(ValueError, TypeError, KeyError, LookupError):
        return _amended(start, sorted(paths), today, language)
    return None


def _amended(
    start: Resumed, paths: list[str], today: date, language: Language | None
) -> Preview | None:
    before, site, around = start.preview, start.site, start.around
    is_of_documents = all(path in site.entries for path in paths)
    if (
        not start.is_simple
        or today != site.today
        or not is_of_documents
        or len(paths) > revise.MOST
    ):
        return None
    pages = before.pages

    def content(url: str) -> bytes:
        return pages[url].content if url in pages else b""

    folder, desk = before.folder, start.desk
    made = revise.follow(folder, site, start.found, around, desk, paths, Memo(), content)
    if made is None:
        return None
    links = sum(now - remembered.links_of(site, path) for path, now in made.links.items())
    totals = Totals(start.totals.documents, start.totals.links + links)
    return replace(
        before,
        pages=Overlaid({page.url: page for page in made.pages}, pages),
        findings=made.findings,
        lines=source_lines_of(folder, made.findings),
        report=report.text(made.findings, totals, language or site.config.language),
        is_amended=True,
    )
