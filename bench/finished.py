"""Measure the second look at finished pages: reading them again, and judging the links recorded on them.

    python -m bench.finished --documents 1000

A cold build looks once; a preview remembers (`finished.Known`) and looks again after every edit: at pages made
anew and equal byte for byte (judging alone), and with ten of them changed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.corpus import TODAY, make
from generator import finished, load
from generator.build import examine
from generator.finding import Finding
from generator.html_links.reading.pages import extract
from generator.model import Page

_RUNS = 5
_CHANGED = 10


def run(documents: int) -> None:
    """Make a site, build it in memory, look at its pages again and again."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "site"
        make(folder, documents)
        outcome, loaded = examine(folder, TODAY), load.read_site(folder)

        def look(
            pages: Sequence[Page], known: finished.Known | None
        ) -> tuple[list[Finding], float]:
            began = time.process_time()
            found = finished.find(
                outcome.site, pages, loaded.templates, loaded.settings, folder, known
            )
            return found, time.process_time() - began

        known = finished.Known()
        cold = min(look(outcome.pages, None)[1] for _ in range(_RUNS))
        found, _ = look(outcome.pages, known)
        alone = min(look(_anew(outcome.pages, 0, 0), known)[1] for _ in range(_RUNS))
        looks = [look(_anew(outcome.pages, _CHANGED, n), known) for n in range(1, _RUNS + 1)]
    shown = [page for page in outcome.pages if _is_page(page)]
    links = sum(len(extract(page.content).links) for page in shown)
    print("| documents | pages | links | cold, CPU s | nothing changed | ten pages changed |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(
        f"| {documents} | {len(shown)} | {links} | {cold:.2f} | {alone:.3f} "
        f"| {min(taken for _, taken in looks):.3f} |"
    )
    # A corpus with mistakes, or changes that go unseen, would measure something else.
    assert not found  # noqa: S101
    assert all(seen for seen, _ in looks)  # noqa: S101


def _is_page(page: Page) -> bool:
    return page.url.endswith(".html") and not page.copy_of


def _anew(pages: Sequence[Page], changed: int, number: int) -> list[Page]:
    """The same pages in bytes of their own, as a build makes them; so many with a link to nowhere."""
    made, left = [], changed
    for page in pages:
        content = bytes(bytearray(page.content))
        if left and _is_page(page):
            content += f'<a href="none-{number}-{left}.html">没有</a>'.encode()
            left -= 1
        made.append(replace(page, content=content))
    return made


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    run(parser.parse_args().documents)


if __name__ == "__main__":
    main()
