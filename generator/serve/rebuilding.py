"""Rebuilding (重建): changes come, the page that was edited is shown at once, and the whole site soon after.

Changes that come together are one. Both run off the loop that answers requests. The first preview is the one that
was kept, where there is one; and one that was made of everything is kept while nobody waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.finding import Language
from generator.memo import Memo
from generator.model import Page, Site
from generator.serve.kept import Begun, Made, begun
from generator.serve.preview import OWN, Changed, Overlaid, Preview, answer

# What builds a site takes longer to load than a preview that was kept takes to be shown: it is loaded after that.
if TYPE_CHECKING:
    from generator.serve.first_look import Ready
    from generator.serve.resumed import Resumed

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
        self._begun: Begun | None = None
        self._resumed: Resumed | None = None
        self._made: Made | None = None
        self._written: set[str] = set()
        self._ended = False
        self._looked: dict[str, Page] = {}
        self._to_look: set[str] = set()
        self._to_build: set[str] = set()
        self._is_more_than_text = True
        self._look, self._build = asyncio.Event(), asyncio.Event()
        self._prepared = asyncio.Event()

    def notice(self, files: Iterable[Path]) -> None:
        """Take down that these files changed; that nobody knows which, where there are none."""
        paths = {file.relative_to(self._folder).as_posix() for file in files}
        self._to_look |= paths
        # Nobody knows which: that is more than an amendment takes.
        self._to_build |= paths or {""}
        self._is_more_than_text |= not paths or not all(path.endswith(".md") for path in paths)
        self._look.set()
        self._build.set()

    async def look(self) -> Renewal:
        """Wait for an edit and show its page, where that is all."""
        await self._look.wait()
        # What the first edit needs may still be loading: a build of everything takes longer.
        await self._prepared.wait()
        self._look.clear()
        paths, self._to_look = self._to_look, set()
        if self._ready is not None and 0 < len(paths) <= _MOST_LOOKS:
            for path in sorted(paths):
                page = await asyncio.to_thread(_looked_at, self._ready, path)
                if page is None:
                    self._looked.pop(path, None)
                else:
                    self._looked[path] = page
        # A build that ended meanwhile has shown it, and told so.
        before = self.preview
        if self._looked:
            self._show(before)
        return Renewal(before, self.preview, everything=False)

    async def build(self) -> Renewal:
        """Wait for a change and build the whole site."""
        await self._build.wait()
        self._build.clear()
        is_more_than_text, self._is_more_than_text = self._is_more_than_text, False
        paths, self._to_build = frozenset(self._to_build), set()
        self._looked = {}
        made = await self._begin() if self.serial == 0 else await self._resume(paths)
        if made is None:
            made = await self._renew(paths)
        before = self.preview
        # What was edited since the build began is newer than what it read.
        self._show(made)
        is_other = is_more_than_text or _around(before) != _around(made)
        return Renewal(before, self.preview, everything=is_other)

    async def _begin(self) -> Preview | None:
        """The preview that was kept, with what was edited since."""
        loop = asyncio.get_running_loop()

        def lost() -> None:
            # Pages are asked for in any thread.
            loop.call_soon_threadsafe(self.notice, ())

        first = await asyncio.to_thread(_begun, self._folder, self._today(), self._language, lost)
        if first is None:
            return None
        self._begun, self._resumed, preview = first
        return preview

    async def _resume(self, paths: frozenset[str]) -> Preview | None:
        """The preview that was kept, with all that was edited since; None where there is more to it."""
        if self._begun is None or self._resumed is None:
            return None
        self._begun = replace(self._begun, changed=self._begun.changed | paths)
        edited = self._begun.changed
        return await asyncio.to_thread(
            _amended, self._resumed, edited, self._today(), self._language
        )

    async def _renew(self, paths: frozenset[str]) -> Preview:
        """The preview made of everything, or of the one before where that was."""
        desk = self._ready.desk if self._ready else None
        changed = Changed(paths, desk) if paths else None
        self._begun = self._resumed = None
        preview = await asyncio.to_thread(
            _renewed,
            self.preview,
            self._folder,
            self._today(),
            self._jobs,
            self._language,
            self._memo,
            changed,
        )
        if not preview.is_amended:
            self._made = Made(preview.stand, preview, self._written) if preview.stand else None
        return preview

    async def prepare(self) -> None:
        """Make ready for the next look; whoever waits for a page has it by now."""
        known = self.preview.known
        if self._begun is not None:
            self._resumed = self._resumed or await asyncio.to_thread(_resumed, self._begun)
            self._ready = self._resumed.ready if self._resumed else None
        elif known is None or self.preview.is_old:
            self._ready = None
        elif self._ready is not None and self.preview.is_amended:
            self._ready = replace(self._ready, site=known.site)
        else:
            self._ready = await asyncio.to_thread(_made_ready, self._folder, known.site)
        self._prepared.set()

    async def keep(self) -> None:
        """Write down what was made of everything, until a change comes; what is left has time until after that."""
        if self._made is not None and await asyncio.to_thread(
            _kept, self._made, self._is_idle, self._memo
        ):
            self._made = None

    def end(self) -> None:
        """Begin nothing more."""
        self._ended = True

    def _is_idle(self) -> bool:
        return not self._build.is_set() and not self._ended

    def _show(self, preview: Preview) -> None:
        pages = {page.url: page for page in self._looked.values() if page.url in preview.pages}
        shown = replace(preview, pages=Overlaid(pages, preview.pages)) if pages else preview
        self.serial += shown is not self.preview
        self.preview = shown


def _begun(
    folder: Path, today: date, language: Language | None, lost: Callable[[], None]
) -> tuple[Begun, Resumed | None, Preview] | None:
    try:
        first = begun(folder, today, language, lost)
        if first is None or not first.changed:
            return (first, None, first.preview) if first else None
        from generator.serve.resumed import amended, resumed  # noqa: PLC0415

        start = resumed(first)
        preview = amended(start, first.changed, today, language) if start else None
    # Whatever it is, everything is built.
    except Exception:
        return None
    return (first, start, preview) if preview else None


def _resumed(first: Begun) -> Resumed | None:
    from generator.serve.resumed import resumed  # noqa: PLC0415

    try:
        return resumed(first)
    # Without it the next edit waits for a build of everything, no more.
    except Exception:
        return None


def _amended(
    start: Resumed, paths: Iterable[str], today: date, language: Language | None
) -> Preview | None:
    from generator.serve.resumed import amended  # noqa: PLC0415

    try:
        return amended(start, paths, today, language)
    # Whatever it is, everything is built.
    except Exception:
        return None


def _renewed(
    before: Preview,
    folder: Path,
    today: date,
    jobs: int,
    language: Language | None,
    memo: Memo,
    changed: Changed | None,
) -> Preview:
    from generator.serve.making import renewed  # noqa: PLC0415

    return renewed(before, folder, today, jobs, language, memo, changed)


def _kept(made: Made, is_wanted: Callable[[], bool], learnt: Memo) -> bool:
    from generator.serve.keeping import keep  # noqa: PLC0415

    try:
        return keep(made, is_wanted, learnt)
    # Without it the next preview begins with a build of everything, no more.
    except Exception:
        return True


def _made_ready(folder: Path, site: Site) -> Ready | None:
    from generator.serve.first_look import ready  # noqa: PLC0415

    try:
        return ready(folder, site)
    # Without it every page waits for its build, no more.
    except Exception:
        return None


def _looked_at(ready: Ready, path: str) -> Page | None:
    from generator.serve.first_look import first_look  # noqa: PLC0415

    try:
        return first_look(ready, path)
    # Whatever it is, the build that follows will say it.
    except Exception:
        return None


def _around(preview: Preview) -> tuple[object, ...]:
    """What every page shows of the state of the whole; titles stand on the boards alone, and in the pages."""
    return (
        preview.prefix,
        preview.language,
        preview.path_at,
        preview.unseen,
        preview.is_old,
        preview.kept,
        preview.findings,
        preview.lines,
        preview.sentences,
    )
