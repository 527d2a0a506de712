"""Finished pages (成品网页): the HTML of a build read again, and compared with what was meant.

Links of a document are judged where they are written, in its Markdown. What else stands on a page was
born in a template or in data, and is blamed on them, once, with the number of pages. A link of a
document that its page does not show is lost.

    pages → output (a folder in memory) → skim, or read → html_links.occurrences → causes → findings

A preview keeps a `Known`: after an edit only what changed is read and judged again, and the same is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.config import Config
from generator.finding import Finding
from generator.finished.causes import Causes
from generator.finished.known import Known
from generator.finished.output import Output
from generator.finished.read import Reader
from generator.finished.recorded import recording
from generator.finished.report import lost, told
from generator.finished.skim import Skimmer
from generator.html_links import Origin, OriginError, occurrences, origin_of
from generator.html_links.addresses.folder import PAGE_SUFFIXES
from generator.html_links.addresses.resolve import Resolver
from generator.model import Page, Site, Templates, Tree

__all__ = ["Known", "find"]


def find(
    site: Site,
    pages: Sequence[Page],
    templates: Templates,
    settings: Tree,
    folder: Path,
    known: Known | None = None,
) -> list[Finding]:
    """What is wrong in the finished `pages` of `site`, beside what its documents themselves say.

    `folder` is that of the site, from which files are copied. With or without `known` the same is found.
    """
    if known is not None:
        with known.held:
            return _find(site, pages, templates, settings, folder, known)
    return _find(site, pages, templates, settings, folder, None)


def _find(
    site: Site,
    pages: Sequence[Page],
    templates: Templates,
    settings: Tree,
    folder: Path,
    known: Known | None,
) -> list[Finding]:
    origin = _origin(site.config)
    output = Output(pages, site.addresses, folder)
    # Without templates of the site's own, what links say was put there by this program.
    has_own = any(name.endswith(PAGE_SUFFIXES) for name in templates.own)
    has_copies = any(page.copy_of.lower().endswith(PAGE_SUFFIXES) for page in pages)
    with_words = has_own or has_copies
    resolver = Resolver(output, origin)
    circumstances = (origin, with_words, output.files)
    reader = Reader(
        output,
        recording(site),
        origin.hosts,
        known.pages(circumstances) if known is not None else None,
        with_facts=with_words,
        skimmer=None if with_words else Skimmer(output, resolver),
    )
    found = occurrences(
        output,
        origin,
        reader.read,
        with_words=with_words,
        known=known.links if known is not None else None,
        resolver=resolver,
    )
    missing = [*reader.missing]
    if known is not None:
        known.keep(reader.seen)
    causes = Causes(site, templates, settings, output)
    return [*told(found, causes, reader.again), *lost(missing)]


def _origin(config: Config) -> Origin:
    try:
        return origin_of(config.base_url)
    except OriginError:
        # What is wrong with it is said where the settings are read.
        return Origin()
