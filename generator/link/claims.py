"""Claims (地址的归属): which files claim each address of the output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.finding import Place


class Claims(Mapping[str, tuple[Place, ...]]):
    """The places that claim each address.

    Nearly every address has one claimant, and stands on the first line of its file: of such a claim only the
    path is kept, and its place is made when it is asked for. A site has five addresses for each document.
    """

    def __init__(self, whole: Iterable[tuple[str, str]] = ()) -> None:
        """`whole` are addresses with the file that claims each as a whole, and alone."""
        self._paths: dict[str, str] = dict(whole)
        # The claims of those that have several, or whose one stands elsewhere in its file.
        self._others: dict[str, tuple[Place, ...]] = {}

    def add(self, url: str, place: Place) -> None:
        """Note that what stands at `place` claims `url`."""
        if url in self._paths or (place.line, place.column) != (1, 1):
            self._others[url] = (*self.get(url, ()), place)
        self._paths.setdefault(url, place.path)

    def claim(self, url: str, path: str) -> None:
        """Note that the file at `path` as a whole claims `url`."""
        if url in self._paths:
            self.add(url, Place(path, 1, 1))
        else:
            self._paths[url] = path

    def sort(self) -> None:
        """Put the addresses in their order."""
        self._paths = {url: self._paths[url] for url in sorted(self._paths)}

    def __getitem__(self, url: str) -> tuple[Place, ...]:
        path = self._paths[url]
        # Empty for nearly all sites.
        several = self._others.get(url) if self._others else None
        return several or (Place(path, 1, 1),)

    def __contains__(self, url: object) -> bool:
        return url in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
