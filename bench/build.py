"""Measure cold builds of a generated site: CPU seconds of the whole process, wall seconds, peak memory.

python -m bench.build --documents 1000 --runs 5
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import TODAY, make


@dataclass(frozen=True)
class Run:
    """One measured process: seconds of CPU and of the clock, peak memory in MB."""

    cpu: float
    wall: float
    memory: float


def measure(command: list[str]) -> Run:
    """Run `command` to its end; raises RuntimeError when it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        said = process.stderr.read().decode() if process.stderr else ""
        raise RuntimeError(f"{command} ended with {process.returncode}: {said}")
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def main() -> None:
    """Make the site, build it several times, print medians as a line of a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        site, out = Path(temporary) / "site", Path(temporary) / "out"
        make(site, options.documents)
        command = [sys.executable, "-m", "generator", "build", "--site", str(site)]
        command += ["--out", str(out), "--today", TODAY.isoformat(), "--no-cache"]
        runs = [measure(command) for _ in range(options.runs)]
        files = len(json.loads((out / "manifest.json").read_text(encoding="utf-8")))
    cpu, wall, memory = (
        statistics.median(getattr(run, name) for run in runs) for name in ("cpu", "wall", "memory")
    )
    print("| documents | files out | CPU s | wall s | peak MB |")
    print("| --- | --- | --- | --- | --- |")
    print(f"| {options.documents} | {files} | {cpu:.2f} | {wall:.2f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
