"""A copy of the demonstration site with forty planted violations is reported with exactly those forty."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.command import on
from tests.violations import PLANTED

REPOSITORY = Path(__file__).parents[1]


def test_there_are_forty_of_forty_rules_in_forty_files() -> None:
    assert len({one.rule for one in PLANTED}) == len({one.path for one in PLANTED}) == 40


def test_a_copy_with_forty_violations_is_reported_with_exactly_those(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    shutil.copytree(REPOSITORY / "content", site / "content")
    shutil.copy(REPOSITORY / "site.yaml", site)
    for one in PLANTED:
        file = site / one.path
        file.write_text(one.edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    said = on(site, "check", "--format", "json")
    found = [(one["rule"], one["path"], one["line"]) for one in said.json["findings"]]
    assert sorted(found) == sorted((one.rule, one.path, one.line(site)) for one in PLANTED)
    # On a slow machine the progress is told besides.
    assert (said.code, "Traceback" in said.err) == (1, False)
