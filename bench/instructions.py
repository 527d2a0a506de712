"""How many CPU instructions (指令数) a document costs, by stage: a number that a busy machine does not change.

python -m bench.instructions [--renew]

One Python under `valgrind --tool=callgrind` builds three sites: one so that everything is loaded and compiled,
one of few documents and one of more. The difference of the last two is what the additional documents cost.
valgrind only says how much a process has counted when it ends, so the process forks at the end of each stage a
child that ends at once. `--renew` writes the numbers to bench/instructions.json, which tests/test_hot_path.py
holds the code to.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.corpus import TODAY, make
from generator.build import examine, save
from generator.finding import Text
from generator.regex import Uncompiled
from generator.stages import Stages

ROOT = Path(__file__).resolve().parents[1]
KNOWN = ROOT / "bench" / "instructions.json"
# Documents of the site that loads and compiles everything, of the small one and of the large one. No two
# have a text in common, so that nothing remembered of one makes the next cheaper.
_FIRST, _FEW, _MANY = 4, 4, 20
_BEGUN = "begun"
_SUMMARY = re.compile(rb"^summary: (\d+)$", re.MULTILINE)


class _Snapshots(Stages):
    """At the end of each stage, a child that ends there: what it had counted by then is left in a file."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: dict[str, int] = {}

    @contextmanager
    def stage(self, name: Text, total: int = 0) -> Iterator[None]:
        with super().stage(name, total):
            yield
        self.take(name.en)

    def take(self, name: str) -> None:
        """One more snapshot, named after what has ended."""
        child = os.fork()
        if not child:
            os._exit(0)
        os.waitpid(child, 0)
        self.taken[name] = child


def _build(site: Path, out: Path) -> Mapping[str, int]:
    """A cold build; the processes that know the count, by the stage at whose end they were forked."""
    snapshots = _Snapshots()
    snapshots.take(_BEGUN)
    outcome = examine(site, TODAY, stages=snapshots, light=True)
    with snapshots.stage(Text("写出", "write")):
        save(outcome.pages, site, out)
    if outcome.findings:
        raise ValueError(f"{site} has findings")
    return snapshots.taken


def _count(folder: Path) -> None:
    """In the process that is counted: build all three, and tell of the snapshots of the last two."""
    # When the collector runs depends on all that went before; its work is not a document's.
    gc.disable()
    _build(folder / "first", folder / "first-out")
    for one in gc.get_objects():
        if isinstance(one, Uncompiled):
            one.compile()
    told = [_build(folder / name, folder / f"{name}-out") for name in ("few", "many")]
    print(json.dumps(told))


def measure() -> dict[str, float]:
    """Millions of instructions a document by stage; raises CalledProcessError where valgrind fails."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for seed, (name, documents) in enumerate(
            (("first", _FIRST), ("few", _FEW), ("many", _MANY)), 1
        ):
            make(folder / name, documents, seed, range(2026, 2027))
        done = subprocess.run(
            ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={folder}/%p.count",
             sys.executable, "-m", "bench.instructions", "--count", str(folder)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": "0"},
            stdout=subprocess.PIPE,
            check=True,
        )  # fmt: skip
        few, many = (_spent(folder, taken) for taken in json.loads(done.stdout))
    return {name: (many[name] - few[name]) / (_MANY - _FEW) / 1e6 for name in many}


def _spent(folder: Path, taken: Mapping[str, int]) -> dict[str, int]:
    """The instructions between each snapshot and the one before."""
    counts = {name: _counted(folder / f"{process}.count") for name, process in taken.items()}
    names = list(counts)
    return {name: counts[name] - counts[before] for before, name in pairwise(names)}


def _counted(file: Path) -> int:
    found = _SUMMARY.search(file.read_bytes())
    if found is None:
        raise ValueError(f"{file} holds no count")
    return int(found[1])


def known() -> dict[str, float]:
    """What was measured last with this version of Python; empty where nothing was."""
    return _kept().get(_version(), {})


def _kept() -> dict[str, dict[str, float]]:
    kept: dict[str, dict[str, float]] = json.loads(KNOWN.read_text(encoding="utf-8"))
    return kept


def _version() -> str:
    # Another Python does the same with other instructions.
    return ".".join(platform.python_version_tuple()[:2])


def _renew(measured: Mapping[str, float]) -> None:
    kept = _kept()
    kept[_version()] = {name: round(millions, 2) + 0.0 for name, millions in measured.items()}
    KNOWN.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def table(measured: Mapping[str, float], before: Mapping[str, float]) -> str:
    """What each stage costs a document, beside what it cost when the numbers were last renewed."""
    rows = [*measured.items(), ("whole", sum(measured.values()))]
    old = {**before, "whole": sum(before.values())}
    lines = ["| stage | million instructions a document | known |", "| --- | --- | --- |"]
    lines += [f"| {name} | {millions:z.2f} | {old.get(name, 0):.2f} |" for name, millions in rows]
    return "\n".join(lines)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--renew", action="store_true", help="keep the numbers as the known ones")
    parser.add_argument("--count", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.count:
        _count(options.count)
        return
    measured = measure()
    print(table(measured, known()))
    if options.renew:
        _renew(measured)


if __name__ == "__main__":
    main()
