"""Finished pages (成品网页): the HTML of a build read again, and compared with what was meant.

Links of a document are judged where they are written, in its Markdown. What else stands on a page was
born in a template or in data, and is blamed on them, once, with the number of pages. A link of a
document that its page does not show is lost.

    pages → output (a folder in memory) → html_links.occurrences → causes → findings
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from generator.config import Config
from generator.finding import Finding
from generator.finished.causes import Causes
from generator.finished.output import Output
from generator.finished.recorded import Record, recorded
from generator.finished.report import lost, told
from generator.html_links import Origin, OriginError, occurrences, origin_of
from generator.html_links.addresses.folder import PAGE_SUFFIXES
from generator.html_links.reading.pages import Extract, extract
from generator.model import Page, Site, Templates, Tree

Read = Callable[[bytes, frozenset[str]], Extract]


def find(
    site: Site,
    pages: Sequence[Page],
    templates: Templates,
    settings: Tree,
    folder: Path,
    read: Read = extract,
) -> list[Finding]:
    """What is wrong in the finished `pages` of `site`, beside what its documents themselves say.

    `folder` is that of the site, from which files are copied. `read` takes a page apart; what it gives
    depends on its arguments alone, so that a cache may stand in its place.
    """
    origin = _origin(site.config)
    output = Output(pages, site.addresses, folder)
    records = recorded(site)
    missing: list[tuple[Record, frozenset[str]]] = []

    def read_page(url: str) -> Extract:
        whole = read(output.read(url), origin.hosts)
        record = records.get(url)
        if record is None:
            return whole
        gone = record.missing(whole)
        if gone:
            missing.append((record, gone))
        return record.rest_of(whole)

    # Without templates of the site's own, what links say was put there by this program.
    has_own = any(name.endswith(PAGE_SUFFIXES) for name in templates.own)
    has_copies = any(page.copy_of.lower().endswith(PAGE_SUFFIXES) for page in pages)
    found = occurrences(output, origin, read_page, with_words=has_own or has_copies)
    causes = Causes(site, templates, settings, output)
    # A page is taken apart again only where something is wrong with it.
    again = partial(_again, output, origin.hosts, records, read)
    return [*told(found, causes, again), *lost(missing)]


def _origin(config: Config) -> Origin:
    try:
        return origin_of(config.base_url)
    except OriginError:
        # What is wrong with it is said where the settings are read.
        return Origin()


def _again(
    output: Output,
    own_hosts: frozenset[str],
    records: dict[str, Record],
    read: Read,
    url: str,
) -> Extract:
    whole = read(output.read(url), own_hosts)
    record = records.get(url)
    return record.rest_of(whole) if record else whole
