"""Lighthouse on the demonstration site: landing, list, policy and report page, as a phone and as a desk.

python -m bench.lighthouse --tool FOLDER   # FOLDER: where `npm install lighthouse` was run
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

REPOSITORY = Path(__file__).parents[1]
PAGES = (
    "index.html",
    "statutory/policy/index.html",
    "statutory/policy/2024/data-catalog.html",
    "annual-report/2024.html",
)
GROUPS = ("performance", "accessibility", "best-practices", "seo")
SHAPES = {"phone": (), "desk": ("--preset=desktop",)}
_BROWSER = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _scores(tool: Path, address: str, shape: str, work: Path) -> list[int]:
    """The score of each group, 0 to 100."""
    told = work / "told.json"
    flags = f"--chrome-flags={_BROWSER} --user-data-dir={work / 'profile'}"
    words: list[str | Path] = [
        tool / "node_modules/.bin/lighthouse",
        address,
        *SHAPES[shape],
        "--quiet",
        "--output=json",
        f"--output-path={told}",
        flags,
    ]
    subprocess.run(
        words,
        check=True,
        timeout=300,
        env={
            "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "CHROME_PATH": _chromium(),
        },
    )
    groups = json.loads(told.read_text())["categories"]
    return [round(groups[name]["score"] * 100) for name in GROUPS]


def _chromium() -> str:
    path = shutil.which("chromium")
    if path is None:
        sys.exit("chromium is missing: apt-get install chromium")
    return path


def main() -> None:
    """Print one line a page and shape."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", type=Path, required=True)
    tool: Path = parser.parse_args().tool
    with TemporaryDirectory() as temporary:
        work = Path(temporary)
        program: list[str | Path] = [
            sys.executable,
            "-m",
            "generator",
            "build",
            "--site",
            REPOSITORY,
        ]
        subprocess.run([*program, "--today", "2026-11-20", "--out", work / "out"], check=True)
        print(f"| page | as | {' | '.join(GROUPS)} |\n| --- | --- |{' --- |' * len(GROUPS)}")
        with _served(work / "out") as root:
            for page in PAGES:
                for shape in SHAPES:
                    scores = map(str, _scores(tool, root + page, shape, work))
                    print(f"| {page} | {shape} | {' | '.join(scores)} |", flush=True)


if __name__ == "__main__":
    main()
