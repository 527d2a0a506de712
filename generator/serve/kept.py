"""Kept previews (留存的预览): what the browser was shown last time is what it is shown at once.

It lies in the memo of the site: pages one by one, under the digests of their bytes, and an index that says what
they were made of. Edits are not kept: those that came later are found by their files, like those that came while
no preview ran. Whatever is missing or damaged is made anew with all else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from generator import report
from generator.finding import Language, Text
from generator.memo import FILE, Memo
from generator.model import Page
from generator.serve.preview import Preview, Shown, Unseen, source_lines_of
from generator.serve.stand import Stand, stand_of
from generator.unchanged import State, from_json

KIND, PAGES = "preview", "preview pages"
INDEX, BASE, SITE, SKETCHES = "index", "base", "site", "sketches"


@dataclass(frozen=True)
class Made:
    """A preview that was made of everything, of what, and the digests of its pages that are written down."""

    stand: Stand
    preview: Preview
    written: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Begun:
    """A preview that was kept, and the documents whose words were written again since."""

    preview: Preview
    key: str
    today: date
    changed: frozenset[str]


@dataclass(frozen=True)
class Rows:
    """What amendments of a kept preview start from, as it was kept; without `is_simple` there are none."""

    site: Sequence[bytes]
    sketches: Sequence[bytes]
    found: list[Any]
    totals: report.Totals
    is_simple: bool


def begun(
    folder: Path, today: date, language: Language | None, lost: Callable[[], None]
) -> Begun | None:
    """The preview that was kept, if no more than words of bodies changed since; `lost` is told of missing pages."""
    memo = Memo(folder / FILE)
    memo.spare()
    try:
        key, index = _row(memo, INDEX)
        if not key:
            return None
        state = State(folder, today, memo, drafts=True)
        changed = frozenset[str]() if state.key == key else _changed(memo, key, stand_of(state))
        if changed is None:
            return None
        with suppress(ValueError, TypeError, KeyError, LookupError):
            return Begun(_preview(index, folder, language, lost), key, today, changed)
        return None
    finally:
        memo.save()


def rows(folder: Path, key: str) -> Rows | None:
    """What was kept beside the preview of that key."""
    memo = Memo(folder / FILE, writes=False)
    try:
        mark, base = _row(memo, BASE)
        if mark != key:
            return None
        with suppress(ValueError, TypeError, LookupError):
            _, _, told, totals, is_simple = json.loads(base.decode("utf-8", "surrogatepass"))
            site, sketches = (tuple(memo.parts(KIND, name, key)) for name in (SITE, SKETCHES))
            return Rows(site, sketches, told, report.Totals(*totals), is_simple)
        return None
    finally:
        memo.save()


def _row(memo: Memo, name: str) -> tuple[str, bytes]:
    """A row that was kept, with the key of its preview; both empty where there is none."""
    key, _, value = (memo.get(KIND, name) or b"").partition(b"\n")
    return key.decode("ascii", "replace"), value


def _changed(memo: Memo, key: str, now: Stand) -> frozenset[str] | None:
    """The documents that are other than in the preview of that key; None where more than a few, or all else, is."""
    mark, raw = _row(memo, BASE)
    if mark != key:
        return None
    with suppress(ValueError, TypeError, KeyError):
        around, before, *_ = json.loads(raw.decode("utf-8", "surrogatepass"))
        changed = frozenset(path for path, one in now.documents.items() if one != before[path])
        return changed if around == now.around else None
    return None


def _preview(
    index: bytes, folder: Path, language: Language | None, lost: Callable[[], None]
) -> Preview:
    """The preview that an index speaks of; anything else raises ValueError, KeyError or TypeError."""
    parts = json.loads(index.decode("utf-8", "surrogatepass"))
    prefix, own_language, digests, copies, told, findings, totals = parts
    documents = {}
    for path, url, title, *texts in told:
        unseen = Unseen(*(Text(*text) for text in texts)) if texts else None
        documents[path] = Shown(url, title, unseen)
    found, spoken = from_json(findings), language or own_language
    return Preview(
        KeptPages(folder, digests, copies, lost),
        prefix,
        spoken,
        folder,
        documents,
        findings=found,
        lines=source_lines_of(folder, found),
        report=report.text(found, report.Totals(*totals), spoken),
    )


class KeptPages(Mapping[str, Page]):
    """The pages that were kept, each read when it is asked for; `lost` is told of the first that is not there."""

    def __init__(
        self,
        folder: Path,
        digests: Mapping[str, str],
        copies: Mapping[str, str],
        lost: Callable[[], None],
    ) -> None:
        self._folder, self._lost = folder, lost
        self._digests, self._copies = digests, copies
        self._is_whole = True

    def __getitem__(self, url: str) -> Page:
        if url in self._copies:
            return Page(url, b"", copy_of=self._copies[url])
        digest = self._digests[url]
        # Opened for each page: it may be asked for in any thread, and the file made anew at any time.
        memo = Memo(self._folder / FILE, writes=False)
        content = memo.get(PAGES, digest)
        memo.save()
        if content is None:
            if self._is_whole:
                self._is_whole = False
                self._lost()
            raise KeyError(url)
        return Page(url, content)

    def __contains__(self, url: object) -> bool:
        return url in self._digests or url in self._copies

    def __iter__(self) -> Iterator[str]:
        yield from self._digests
        yield from self._copies

    def __len__(self) -> int:
        return len(self._digests) + len(self._copies)
