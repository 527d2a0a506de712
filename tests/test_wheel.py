"""The wheel: it carries templates and rule pages, and builds a site folder that is not this repository."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.sites import GOOD_SITE, write_site

ROOT = Path(__file__).resolve().parents[1]


def _run(*words: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_installed_wheel_builds_another_site(tmp_path: Path) -> None:
    dist, installed, site = tmp_path / "dist", tmp_path / "installed", tmp_path / "site"
    _run("-m", "build", "--wheel", "--no-isolation", "--outdir", dist, ROOT, cwd=tmp_path)
    wheel = next(dist.glob("*.whl"))
    pip = ("-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check")
    _run(*pip, "--target", installed, wheel, cwd=tmp_path)
    write_site(site, GOOD_SITE)

    def gongkai(*words: str) -> str:
        return _run("-P", "-m", "generator", *words, cwd=site, PYTHONPATH=str(installed))

    where = _run(
        "-P",
        "-c",
        "import generator; print(generator.__file__)",
        cwd=site,
        PYTHONPATH=str(installed),
    )
    assert Path(where.strip()).is_relative_to(installed)
    assert "0 个错误，0 个警告，0 个提示" in gongkai("build", "--today", "2026-11-20")
    assert (site / "public" / "index.html").is_file()
    assert (site / "public" / "static" / "style.css").is_file()
    assert gongkai("rules", "broken-page").startswith("# broken-page：")
