"""Memory of a build grows by little for each document (issue 6: ten thousand in 300 MB, a hundred thousand in 1 GB)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# Traced memory of two sizes of site: what stays of a document, and what is there at the worst moment.
_MEASURE = """\
import gc, sys, tracemalloc
from pathlib import Path
from bench.corpus import TODAY, make
from generator import memo
from generator.build import examine
from generator.cli import run

here, way = Path(sys.argv[1]), sys.argv[2]
sizes = (70, 170)
for size in sizes:
    make(here / str(size), size)
# As with more documents: what waits to be written to the cache is written now and again.
memo._BATCH = 50_000

def built(size):
    site = here / str(size)
    if way == "examine":
        return examine(site, TODAY, light=True, memo=memo.Memo())
    more = [f"--{way}"] if way == "no-cache" else []
    out = here / f"out {size} {len(found)}"
    return run(["build", "--site", f"{site}", "--out", f"{out}", "--today", f"{TODAY}", *more])

found = []
built(70)
tracemalloc.start()
for size in sizes:
    (here / f"{size}" / memo.FILE).unlink(missing_ok=True)
    tracemalloc.reset_peak()
    before, _ = tracemalloc.get_traced_memory()
    outcome = built(size)
    gc.collect()
    found.append([value - before for value in tracemalloc.get_traced_memory()])
    del outcome
    gc.collect()
print(*((large - small) // (sizes[1] - sizes[0]) for small, large in zip(*found)))
"""
_STAYS, _WORST = 6_400, 11_000


def _measured(folder: Path, way: str) -> tuple[int, int]:
    here = Path(__file__).parent.parent
    command = [sys.executable, "-c", _MEASURE, str(folder), way]
    done = subprocess.run(command, cwd=here, capture_output=True, text=True, check=True)
    stays, worst = done.stdout.split()[-2:]
    return int(stays), int(worst)


def test_a_document_takes_little_memory(tmp_path: Path) -> None:
    stays, worst = _measured(tmp_path, "examine")
    assert 1000 < stays < _STAYS
    assert stays < worst < _WORST


@pytest.mark.parametrize(("way", "most"), [("cache", 9_000), ("no-cache", _WORST)])
def test_writing_and_keeping_take_no_more_than_building(
    way: str, most: int, tmp_path: Path
) -> None:
    """All that is written and kept of a site is put together in parts."""
    _, worst = _measured(tmp_path, way)
    assert 1000 < worst < most
