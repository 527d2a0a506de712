"""Builds that are killed (中断): run as a program, it forks one build after the other and kills each at its moment.

python -m tests.forked SITE OUT SEED TIMES: prints one line of JSON a kill, how many files the build had put
in place when it died. The parent does nothing but wait, so each child begins with everything loaded.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time

from generator.cli import run
from tests.sites import TODAY


def _build(site: str, out: str) -> int:
    """Build in a child of its own; gives its process id."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            run(["build", "--site", site, "--out", out, "--today", TODAY.isoformat()])
        finally:
            os._exit(0)
    return child


def _seconds(site: str, out: str) -> float:
    began = time.monotonic()
    os.waitpid(_build(site, out), 0)
    return time.monotonic() - began


def main(site: str, out: str, seed: str, times: str) -> None:
    """Kill `times` builds, each at a random moment of the time that a whole one takes."""
    rng = random.Random(int(seed))
    whole = _seconds(site, out)
    source = f"{site}/content/statutory/notice/2026/fees.md"
    with open(source, encoding="utf-8") as file:  # noqa: PTH123
        text = file.read()
    for number in range(int(times)):
        # Each build has something to do: a body that was not seen before.
        with open(source, "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(f"{text}\n第{number}次。\n")
        child = _build(site, out)
        alive = os.pidfd_open(child)
        ended = select.select([alive], [], [], rng.uniform(0, 1.1 * whole))[0]
        os.close(alive)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        sys.stdout.write(json.dumps({"ended": bool(ended)}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
