"""Measure the second look at finished pages: reading them again, and judging the links recorded on them.

    python -m bench.finished --documents 1000

Judging is timed with every page taken apart already, as a cache by content would have it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from bench.corpus import TODAY, make
from generator import finished, load
from generator.build import examine
from generator.html_links.reading.pages import Extract, extract


class Memo:
    """`extract`, remembered by content."""

    def __init__(self) -> None:
        self.known: dict[bytes, Extract] = {}

    def read(self, content: bytes, own_hosts: frozenset[str]) -> Extract:
        """What `content` holds."""
        if content not in self.known:
            self.known[content] = extract(content, own_hosts)
        return self.known[content]

    @property
    def links(self) -> int:
        """How many links all pages have together."""
        return sum(len(page.links) for page in self.known.values())


def run(documents: int) -> None:
    """Make a site, build it in memory, look at its pages twice."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "site"
        make(folder, documents)
        outcome, loaded = examine(folder, TODAY), load.read_site(folder)
        memo, times = Memo(), []
        for _ in range(3):
            began = time.process_time()
            found = finished.find(
                outcome.site, outcome.pages, loaded.templates, loaded.settings, folder, memo.read
            )
            times.append(time.process_time() - began)
    judged = min(times[1:])
    print("| documents | pages | links | first look, CPU s | judging alone | for 320,000 links |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(
        f"| {documents} | {len(memo.known)} | {memo.links} | {times[0]:.2f} | {judged:.2f} "
        f"| {judged * 320_000 / memo.links:.2f} |"
    )
    assert not found  # noqa: S101 - a corpus with mistakes would measure something else


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    run(parser.parse_args().documents)


if __name__ == "__main__":
    main()
