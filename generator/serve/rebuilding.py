"""Rebuilding (重建): changes come, the page that was edited is shown at once, and the whole site soon after.

Changes that come together are one. Both run off the loop that answers requests.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.finding import Language
from generator.memo import Memo
from generator.model import Page, Site
from generator.serve.first_look import Ready, first_look, ready
from generator.serve.preview import OWN, Preview, answer, renewed

_MOST_LOOKS = 3  # documents edited at once; more is a branch that was switched, and all is new


@dataclass(frozen=True, slots=True)
class Renewal:
    """A preview that took the place of another; `everything` says that what stands around pages changed."""

    before: Preview
    after: Preview
    everything: bool

    def concerns(self, path: str) -> bool:
        """Whether a browser that shows `path` (unquoted, from the root) would see anything new."""
        if self.everything or path.startswith(OWN):
            return True
        return answer(self.before, path) != answer(self.after, path)


class Rebuilding:
    """The newest preview of a site, and what makes it new.

    The one object that changes while the preview runs: always on the loop, always as a whole.
    """

    def __init__(
        self, folder: Path, today: Callable[[], date], jobs: int, language: Language | None
    ) -> None:
        self.preview = Preview({}, "/", language or "zh", folder)
        self.serial = 0
        self._folder, self._today, self._jobs, self._language = folder, today, jobs, language
        self._memo = Memo()
        self._ready: Ready | None = None
        self._looked: dict[str, Page] = {}
        self._to_look: set[str] = set()
        self._is_more_than_text = True
        self._look, self._build = asyncio.Event(), asyncio.Event()

    def notice(self, files: Iterable[Path]) -> None:
        """Take down that these files changed; that nobody knows which, where there are none."""
        paths = {file.relative_to(self._folder).as_posix() for file in files}
        self._to_look |= paths
        self._is_more_than_text |= not paths or not all(path.endswith(".md") for path in paths)
        self._look.set()
        self._build.set()

    async def look(self) -> Renewal:
        """Wait for an edit and show its page, where that is all."""
        await self._look.wait()
        self._look.clear()
        paths, self._to_look = self._to_look, set()
        before = self.preview
        if self._ready is not None and 0 < len(paths) <= _MOST_LOOKS:
            for path in sorted(paths):
                page = await asyncio.to_thread(_looked_at, self._ready, path)
                if page is None:
                    self._looked.pop(path, None)
                else:
                    self._looked[path] = page
            self._show(self.preview)
        return Renewal(before, self.preview, everything=False)

    async def build(self) -> Renewal:
        """Wait for a change and build the whole site."""
        await self._build.wait()
        self._build.clear()
        is_more_than_text, self._is_more_than_text = self._is_more_than_text, False
        self._looked = {}
        made = await asyncio.to_thread(
            renewed,
            self.preview,
            self._folder,
            self._today(),
            self._jobs,
            self._language,
            self._memo,
        )
        before = self.preview
        # What was edited since the build began is newer than what it read.
        self._show(made)
        is_other = is_more_than_text or _around(before) != _around(made)
        return Renewal(before, self.preview, everything=is_other)

    async def prepare(self) -> None:
        """Make ready for the next look; whoever waits for a page has it by now."""
        site = self.preview.site
        if site is None or self.preview.is_old:
            self._ready = None
        else:
            self._ready = await asyncio.to_thread(_made_ready, self._folder, site)

    def _show(self, preview: Preview) -> None:
        pages = {page.url: page for page in self._looked.values() if page.url in preview.pages}
        shown = replace(preview, pages={**preview.pages, **pages}) if pages else preview
        self.serial += shown is not self.preview
        self.preview = shown


def _made_ready(folder: Path, site: Site) -> Ready | None:
    try:
        return ready(folder, site)
    # Without it every page waits for its build, no more.
    except Exception:
        return None


def _looked_at(ready: Ready, path: str) -> Page | None:
    try:
        return first_look(ready, path)
    # Whatever it is, the build that follows will say it.
    except Exception:
        return None


def _around(preview: Preview) -> tuple[object, ...]:
    """What every page shows of the state of the whole."""
    return (
        preview.prefix,
        preview.language,
        preview.documents,
        preview.is_old,
        preview.kept,
        preview.findings,
        preview.lines,
        preview.sentences,
    )
