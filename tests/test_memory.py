"""Memory of a light build grows by little for each document (issue 6: ten thousand in 300 MB)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# Traced memory of two sizes of site: what stays of a document, and what is there at the worst moment.
_MEASURE = """\
import gc, sys, tracemalloc
from pathlib import Path
from bench.corpus import TODAY, make
from generator.build import examine
from generator.memo import Memo

sizes = (70, 170)
for size in sizes:
    make(Path(sys.argv[1], str(size)), size)
examine(Path(sys.argv[1], "70"), TODAY, light=True, memo=Memo())
tracemalloc.start()
found = []
for size in sizes:
    tracemalloc.reset_peak()
    before, _ = tracemalloc.get_traced_memory()
    outcome = examine(Path(sys.argv[1], str(size)), TODAY, light=True, memo=Memo())
    gc.collect()
    found.append([value - before for value in tracemalloc.get_traced_memory()])
    del outcome
    gc.collect()
print(*((large - small) // (sizes[1] - sizes[0]) for small, large in zip(*found)))
"""
_STAYS, _WORST = 6_400, 11_000


def test_a_document_takes_little_memory(tmp_path: Path) -> None:
    here = Path(__file__).parent.parent
    command = [sys.executable, "-c", _MEASURE, str(tmp_path)]
    done = subprocess.run(command, cwd=here, capture_output=True, text=True, check=True)
    stays, worst = map(int, done.stdout.split())
    assert 1000 < stays < _STAYS
    assert stays < worst < _WORST
