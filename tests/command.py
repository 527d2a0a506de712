"""The command line in a test (命令行): `gongkai` run in this process or as one of its own, and what it said."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.cli import run
from tests.sites import TODAY


@dataclass(frozen=True)
class Said:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The report of `--format json`."""
        return json.loads(self.out)

    @property
    def places(self) -> list[str]:
        """The findings of `--format json` as `path:line:column rule`."""
        return [place(finding) for finding in self.json["findings"]]


def place(finding: Mapping[str, Any]) -> str:
    """A finding of the JSON report as `path:line:column rule`."""
    where = (finding["path"], finding["line"], finding["column"])
    return f"{':'.join(str(part) for part in where if part)} {finding['rule']}"


def gongkai(*words: str | Path) -> Said:
    """`gongkai` with these words, in this process."""
    out, err = _stream(), _stream()
    code = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            run([str(word) for word in words])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Said(code, _written(out), _written(err))


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


def on(site: Path, command: str, *words: str | Path) -> Said:
    """`gongkai COMMAND --site SITE --today TODAY` with more words."""
    return gongkai(command, "--site", site, "--today", TODAY.isoformat(), *words)


def program(
    *words: str | Path, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Said:
    """`python -m generator` as a process of its own, in `folder`."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **(environment or {})},
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
