"""The start of a command (启动): it loads what it needs and no more, and knows which program it is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from generator import edition
from tests.command import on
from tests.sites import GOOD_SITE, TODAY, write_site

ROOT = Path(__file__).parents[1]
_LOADED = """
import sys
from generator.cli import run
try:
    run(sys.argv[1:])
except SystemExit as end:
    assert end.code in (None, 0, 1), end.code
print(*sys.modules)
"""


def _loaded(*words: str | Path) -> set[str]:
    """The modules that are loaded when a command has ended."""
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_checking_links_loads_no_settings_and_few_rules(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<a href="b.html">乙</a>', encoding="utf-8")
    loaded = _loaded("links", tmp_path)
    assert not loaded & {"pydantic", "generator.config", "generator.external", "generator.load"}
    assert not loaded & {"multiprocessing", "http.client", "importlib.metadata"}
    assert "generator.rules.wrong_year" in loaded
    assert not {name for name in loaded if name.startswith("generator.rules.report_")}


@pytest.mark.parametrize("command", ["build", "check"])
def test_where_nothing_has_changed_no_stage_is_loaded(command: str, tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", GOOD_SITE)
    assert on(site, "build").code == 0
    loaded = _loaded(command, "--site", site, "--today", TODAY.isoformat())
    ours = {name for name in loaded if name.startswith("generator.")}
    assert not ours & {"generator.build", "generator.model", "generator.config", "generator.load"}
    assert not {name for name in ours if name.startswith("generator.rules.")}
    assert not loaded & {"pydantic", "jinja2", "markdown", "rapidfuzz", "importlib.metadata"}


def _edition_of(program: Path) -> str:
    """What the program in this folder takes itself for."""
    spec = spec_from_file_location("another", program / "generator" / "edition.py")
    assert spec is not None
    assert spec.loader is not None
    another = module_from_spec(spec)
    spec.loader.exec_module(another)
    said = another.edition()
    assert isinstance(said, str)
    return said


def test_the_edition_is_that_of_every_file_of_the_program(tmp_path: Path) -> None:
    package, look = tmp_path / "generator", tmp_path / "templates"
    for path in (package / "rules" / "soft_404.py", look / "static" / "style.css"):
        path.parent.mkdir(parents=True)
        path.write_text("one")
    shutil.copy(Path(edition.__file__), package)
    first = _edition_of(tmp_path)
    (package / "__pycache__").mkdir(exist_ok=True)
    (package / "__pycache__" / "model.cpython-311.pyc.123").write_text("compiled")
    assert _edition_of(tmp_path) == first
    seen = {first}
    for path in (package / "rules" / "soft_404.py", look / "static" / "style.css", look / "new"):
        path.write_text("two")
        seen.add(_edition_of(tmp_path))
    (look / "new").rename(look / "newer")
    seen.add(_edition_of(tmp_path))
    assert len(seen) == 5
