"""Measure builds side by side (并排测量): ours and other generators', interleaved, on the same documents.

python -m bench.compare --documents 1000 --runs 3 --rivals FOLDER

For each: a cold build, a second with nothing changed, and one with one body changed; CPU seconds and peak
memory of the whole process with its children, medians, and ratios to Hugo. The machine is shared, so that a
single time says nothing; all of one table comes from one interleaved run.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.corpus import TODAY, make
from bench.rivals import Rival, rivals

ROOT = Path(__file__).parents[1]
STEPS = ("cold", "again", "one changed")
_SENTENCE = "本办法由市数据局负责解释，群众有意见的，可以向窗口提出，窗口应当在规定的时限里答复。"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process with its children took: CPU seconds and the peak memory of the largest, in MB."""

    cpu: float
    memory: float


@dataclass
class Contender:
    """A generator with its site: what to call, what to forget before a cold build, where its output is."""

    name: str
    command: list[str]
    folder: Path
    out: Path
    forget: tuple[Path, ...]
    source: Path
    costs: dict[str, list[Cost]] = field(default_factory=dict)

    def pages(self) -> int:
        """How many HTML pages the output has."""
        return sum(1 for _ in self.out.rglob("*.html"))


def measure(command: list[str], folder: Path) -> Cost:
    """Run `command` in `folder` to its end; raises RuntimeError when it fails."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        # A process of its own for each: the system's counts of children are only ever added to.
        os.close(reader)
        done = subprocess.run(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = usage.ru_utime + usage.ru_stime
        told = f"{done.returncode} {cpu} {usage.ru_maxrss / 1024} {done.stderr.decode()[-2000:]}"
        os.write(writer, told.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        code, seconds, size, *said = pipe.read().split(" ", 3)
    os.waitpid(child, 0)
    if code != "0":
        raise RuntimeError(f"{command} ended with {code}: {' '.join(said)}")
    return Cost(float(seconds), float(size))


def _ours(site: Path, out: Path, name: str, *words: str) -> Contender:
    command = [sys.executable, "-m", "generator", "build", "--site", str(site), "--out", str(out)]
    command += ["--today", TODAY.isoformat(), *words]
    source = _a_document(site / "content" / "statutory", site)
    return Contender(name, command, ROOT, out, (out, site / ".gongkai"), source)


def _a_document(root: Path, site: Path) -> Path:
    """The same document for all: the first interpretation there is, to which little else refers."""
    name = min((site / "content" / "statutory" / "notice").rglob("*.md"))
    return root / name.relative_to(site / "content" / "statutory")


def _theirs(rival: Rival, site: Path, folder: Path) -> Contender:
    rival.make(site, folder)
    out = folder / rival.out
    source = _a_document(folder / rival.source.partition("{")[0], site)
    forget = (out, *(folder / name for name in rival.state))
    return Contender(rival.name, rival.command(folder), folder, out, forget, source)


def _run(one: Contender, step: str, turn: int) -> None:
    if step == "cold":
        for path in one.forget:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(
                missing_ok=True
            )
    elif step == "one changed":
        with one.source.open("a", encoding="utf-8") as file:
            file.write(f"\n第{turn + 1}次：{_SENTENCE}\n")
    one.costs.setdefault(step, []).append(measure(one.command, one.folder))


def _has_run(one: Contender, step: str, turn: int) -> bool:
    """Run a step; a rival that fails is left out of the table, with its reason on stderr."""
    try:
        _run(one, step, turn)
    except RuntimeError as error:
        if one.folder == ROOT:
            raise
        print(f"{one.name} is left out: {error}", file=sys.stderr)
        return False
    return True


def _median(one: Contender, step: str, pick: Callable[[Cost], float]) -> float:
    return statistics.median(pick(cost) for cost in one.costs[step])


def table(contenders: list[Contender], documents: int) -> str:
    """The costs as a Markdown table; in brackets how many times Hugo's CPU."""
    hugo = next((one for one in contenders if one.name == "Hugo"), None)
    lines = [
        f"| {documents} documents | cold, CPU s | nothing changed | one body changed | peak MB | pages |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in contenders:
        cells = []
        for step in STEPS:
            cpu = _median(one, step, lambda cost: cost.cpu)
            ratio = f" ({cpu / _median(hugo, step, lambda cost: cost.cpu):.2f})" if hugo else ""
            cells.append(f"{cpu:.2f}{ratio}")
        memory = _median(one, "cold", lambda cost: cost.memory)
        lines.append(f"| {one.name} | {' | '.join(cells)} | {memory:.0f} | {one.pages()} |")
    return "\n".join(lines)


def main() -> None:
    """Make the sites, measure all builds in turn, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rivals", type=Path, default=ROOT / "bench" / "sites" / "rivals")
    parser.add_argument("--only", help="names with commas between them")
    options = parser.parse_args()
    wanted = options.only.split(",") if options.only else None
    with tempfile.TemporaryDirectory() as temporary:
        site = Path(temporary) / "gongkai"
        make(site, options.documents)
        contenders = [_ours(site, Path(temporary) / "out", "gongkai")]
        contenders += [
            _theirs(one, site, Path(temporary) / one.name)
            for one in rivals(options.rivals)
            if wanted is None or one.name in wanted
        ]
        for turn in range(options.runs):
            for step in STEPS:
                contenders = [one for one in contenders if _has_run(one, step, turn)]
        print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
        print(table(contenders, options.documents))


if __name__ == "__main__":
    main()
