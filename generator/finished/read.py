"""Reading finished pages (读成品): each taken apart, without what its document itself wrote on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.finished.output import Output
from generator.finished.recorded import Record, record
from generator.finished.skim import Skimmer
from generator.html_links.reading.pages import Extract, extract
from generator.model import Entry


class Seen(NamedTuple):
    """A finished page as it was read: its bytes, its document, and what is left of it beside its `record`."""

    content: bytes
    entry: Entry | None
    record: Record
    rest: Extract
    gone: frozenset[str]


class Reader:
    """Reads the pages of one output.

    `entries` are the documents by the address of their page. Pages that were `seen` before and are the same
    are not taken apart again; None where nobody will ask for that. Nor are those that a `skimmer` finds sound,
    if there is one.
    """

    def __init__(
        self,
        output: Output,
        entries: Mapping[str, Entry],
        own_hosts: frozenset[str],
        before: Mapping[str, Seen] | None,
        *,
        with_facts: bool,
        skimmer: Skimmer | None = None,
    ) -> None:
        self.seen: dict[str, Seen] = {}
        # Documents with addresses that their pages do not have.
        self.missing: list[tuple[Entry, frozenset[str]]] = []
        self._output = output
        self._entries = entries
        self._own_hosts = own_hosts
        self._before = before
        self._with_facts = with_facts
        self._skimmer = skimmer

    def read(self, url: str) -> Extract:
        """What stands on a page beside what its document wrote."""
        page = self._page(url)
        if self._before is not None:
            self.seen[url] = page
        if page.gone and page.entry is not None:
            self.missing.append((page.entry, page.gone))
        return page.rest

    def again(self, url: str) -> Extract:
        """The same once more: few pages have something wrong with them, so not all are kept."""
        page = self.seen.get(url) or self._page(url)
        return page.rest

    def _page(self, url: str) -> Seen:
        content, entry = self._output.read(url), self._entries.get(url)
        before = self._before.get(url) if self._before else None
        is_same = before is not None and before.content == content
        if before and is_same and (before.entry is entry or before.record == record(entry)):
            # The bytes and the document of before are let go of.
            return before._replace(content=content, entry=entry)
        recorded = record(entry)
        skimmed = self._skimmer.page(url, content, recorded) if self._skimmer else None
        if skimmed is not None:
            return Seen(content, entry, recorded, skimmed, frozenset())
        whole = extract(content, self._own_hosts, with_facts=self._with_facts)
        return Seen(content, entry, recorded, *recorded.compared(whole))
