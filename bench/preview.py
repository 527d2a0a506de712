"""How long the preview takes to be ready, and an edit to be shown: from the save to the page that a browser then loads.

`python -m bench.preview --documents 1000` starts `gongkai serve` on a seeded site, saves a document
again and again with other words, waits for the reload that livereload sends, and fetches the page. Then, with
the document as it was, it does so again with a preview that begins with what the first one kept. `--titles` changes
the title as well, which stands in lists too: the last column says when the catalogue, and so the whole site, has it.
`--site` takes a copy of a site that was made before.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.corpus import TODAY, make

ROOT = Path(__file__).resolve().parents[1]


KEPT = 300  # seconds that keeping a preview may take
_PAUSE = 0.05


@dataclass(frozen=True)
class Measured:
    """Seconds until the preview is ready, CPU seconds until then, and seconds from each save to the new page.

    `lists` are the seconds until the catalogue has the new title, where titles are changed.
    """

    ready: float
    cpu: float
    edits: list[float]
    lists: list[float]


def measure(site: Path, edits: int, *, titles: bool = False) -> Measured:
    """One preview: it is started, edited and killed."""
    words = [
        sys.executable,
        "-m",
        "generator",
        "serve",
        "--port",
        "0",
        "--today",
        TODAY.isoformat(),
    ]
    began = time.perf_counter()
    with subprocess.Popen(
        words, cwd=site, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    ) as running:
        try:
            told = running.stdout or ()
            ready = next(line for line in told if " http://" in line)
            started, cpu = time.perf_counter() - began, _cpu(running.pid)
            # Whatever is told later must be read, or the preview would wait for it.
            threading.Thread(target=deque, args=(told, 0), daemon=True).start()
            port = int(re.findall(r":(\d+)/", ready)[0])
            _wait_until_kept(site)
            return Measured(started, cpu, *asyncio.run(_edits(site, port, edits, titles)))
        finally:
            running.kill()


def _cpu(process: int) -> float:
    """The CPU seconds of a process so far, as Linux tells them; its name may hold anything but a bracket."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _wait_until_kept(site: Path) -> None:
    """A preview is kept when nobody waits for anything, and the first edit is then no other than the rest."""
    file = site / ".gongkai/cache/memo.sqlite"
    deadline = time.monotonic() + KEPT
    with closing(sqlite3.connect(file, timeout=KEPT)) as memo:
        asked = "SELECT 1 FROM memo WHERE kind = 'preview' AND key = 'index'"
        while memo.execute(asked).fetchone() is None:
            if time.monotonic() > deadline:
                raise TimeoutError("the preview was not kept")
            time.sleep(0.1)


async def _edits(
    site: Path, port: int, edits: int, titles: bool
) -> tuple[list[float], list[float]]:
    files = sorted((site / "content").rglob("*.md"))
    document = files[len(files) // 2]
    text = document.read_text(encoding="utf-8")
    url = f"/zwgk/{document.relative_to(site / 'content').with_suffix('.html').as_posix()}"
    taken, listed = [], []
    for number in range(edits):
        connection = await _connected(port, url)
        sign = f"改动后的字{chr(0x4E00 + number)}"
        began = time.perf_counter()
        written = text.replace("title: ", f"title: {sign}", 1) if titles else text
        document.write_text(f"{written}\n\n{sign}。\n", encoding="utf-8")
        page = ""
        while sign not in page:
            await connection.read_message()
            answer = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}{url}")
            page = answer.body.decode()
        taken.append(time.perf_counter() - began)
        while titles and sign not in await _catalog(port):
            await asyncio.sleep(_PAUSE)
        listed += [time.perf_counter() - began] if titles else []
        connection.close()
    document.write_text(text, encoding="utf-8")
    return taken, listed


async def _catalog(port: int) -> str:
    answer = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/zwgk/catalog.json")
    return answer.body.decode()


async def _connected(port: int, url: str) -> WebSocketClientConnection:
    """A connection as livereload's script makes it, waiting for a reload of `url`."""
    connection = await websocket_connect(f"ws://127.0.0.1:{port}/livereload")
    hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
    shown = {"command": "info", "url": f"http://127.0.0.1:{port}{url}"}
    for message in (hello, shown, hello):
        await connection.write_message(json.dumps(message))
    for _ in range(2):
        await connection.read_message()
    return connection


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--edits", type=int, default=10)
    parser.add_argument("--site", type=Path, help="a site that was made before; it is copied")
    parser.add_argument("--titles", action="store_true", help="change the title too")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        if arguments.site:
            shutil.copytree(arguments.site, site, ignore=shutil.ignore_patterns(".gongkai"))
        else:
            make(site, arguments.documents)
        documents = sum(1 for _ in (site / "content").rglob("*.md"))
        print(
            "| documents | begins with | ready s | ready CPU s | first edit s | edit to page, median s "
            "| worst s | in the catalogue, median s |"
        )
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        for start in ("nothing", "what was kept"):
            one = measure(site, arguments.edits, titles=arguments.titles)
            print(
                f"| {documents} | {start} | {one.ready:.2f} | {one.cpu:.2f} | {one.edits[0]:.2f} "
                f"| {statistics.median(one.edits):.2f} | {max(one.edits):.2f} "
                f"| {statistics.median(one.lists) if one.lists else 0:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
