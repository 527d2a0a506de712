"""What is known (已知) of finished pages from one build of a preview to the next."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from generator.finished.read import Seen
from generator.html_links import Known as KnownLinks


class Known:
    """Each page as it was read, and its links as they were judged; two builds may not use it at once (`held`)."""

    def __init__(self) -> None:
        self.held = Lock()
        self.links = KnownLinks()
        self._pages: Mapping[str, Seen] = {}
        self.read_so: tuple[object, ...] = ()

    def pages(self, circumstances: tuple[object, ...]) -> Mapping[str, Seen]:
        """The pages that were read in the same circumstances: what is sound depends on the files that are there."""
        if circumstances != self.read_so:
            self.read_so, self._pages = circumstances, {}
        return self._pages

    def keep(self, pages: Mapping[str, Seen]) -> None:
        """Hold the pages of a build in place of those before."""
        self._pages = pages
