"""How long an edit takes to be shown in the preview: from the save to the page that a browser then loads.

`python -m bench.preview --documents 1000` starts `gongkai serve` on a seeded site, saves a document
again and again with other words, waits for the reload that livereload sends, and fetches the page.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from tempfile import TemporaryDirectory

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.corpus import TODAY, make

ROOT = Path(__file__).resolve().parents[1]


def measure(site: Path, edits: int) -> tuple[float, list[float]]:
    """Seconds until the preview is ready, and from each save to the new page."""
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
            started = time.perf_counter() - began
            # Whatever is told later must be read, or the preview would wait for it.
            threading.Thread(target=deque, args=(told, 0), daemon=True).start()
            port = int(re.findall(r":(\d+)/", ready)[0])
            return started, asyncio.run(_edits(site, port, edits))
        finally:
            running.kill()


async def _edits(site: Path, port: int, edits: int) -> list[float]:
    files = sorted((site / "content").rglob("*.md"))
    document = files[len(files) // 2]
    text = document.read_text(encoding="utf-8")
    url = f"/zwgk/{document.relative_to(site / 'content').with_suffix('.html').as_posix()}"
    taken = []
    for number in range(edits):
        connection = await _connected(port, url)
        sign = f"改动后的字{chr(0x4E00 + number)}"
        began = time.perf_counter()
        document.write_text(f"{text}\n\n{sign}。\n", encoding="utf-8")
        page = ""
        while sign not in page:
            await connection.read_message()
            answer = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}{url}")
            page = answer.body.decode()
        taken.append(time.perf_counter() - began)
        connection.close()
    return taken


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
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        make(site, arguments.documents)
        started, taken = measure(site, arguments.edits)
    print("| documents | ready s | first edit s | edit to page, median s | worst s |")
    print("| --- | --- | --- | --- | --- |")
    print(
        f"| {arguments.documents} | {started:.1f} | {taken[0]:.2f} "
        f"| {statistics.median(taken):.2f} | {max(taken):.2f} |"
    )


if __name__ == "__main__":
    main()
