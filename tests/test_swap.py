"""The output is put in place whole (整体替换): errors, full disks, kills and rivals leave no half of it."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import files_below, gongkai, on, program
from tests.documents import NOTICES, notice
from tests.edits import append, put
from tests.sites import GOOD_SITE, TODAY, write_site

REPOSITORY = Path(__file__).parents[1]
LIMIT = 60.0  # seconds; no step of a test takes longer


def _site(folder: Path) -> Path:
    return write_site(folder / "site", GOOD_SITE)


def _built(folder: Path) -> tuple[Path, dict[str, bytes]]:
    """A site, built to `public` beside it, and what is there."""
    site = _site(folder)
    assert on(site, "build", "--out", folder / "public").code == 0
    return site, files_below(folder / "public")


def _left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _words(site: Path, out: Path) -> list[str]:
    return ["build", "--site", str(site), "--today", TODAY.isoformat(), "--out", str(out)]


# Whoever runs the tests in the background may have told them to ignore an interrupt.
_PROGRAM = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from generator.cli import run; run(sys.argv[1:])"
)


def _start(site: Path, out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *_words(site, out)],
        cwd=REPOSITORY,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def test_a_finding_leaves_the_old_output(tmp_path: Path) -> None:
    site, old = _built(tmp_path)
    fees = f"{NOTICES}/fees.md"
    write_site(site, append(fees, "见[甲](none.md)。")(GOOD_SITE))
    assert on(site, "build", "--out", tmp_path / "public").code == 1
    assert files_below(tmp_path / "public") == old
    assert _left(tmp_path) == ["public", "site"]


def test_a_file_too_large_for_the_disk_leaves_the_old_output(tmp_path: Path) -> None:
    site, old = _built(tmp_path)
    write_site(site, put(f"{NOTICES}/large.bin", b"0" * 500_000)(GOOD_SITE))
    process = _start(site, tmp_path / "public")
    # Stands for a quota: a write fails in the middle of a file.
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (300_000, 300_000))
    error = process.communicate(timeout=LIMIT)[1].decode()
    assert process.returncode == 2
    assert "File too large" in error
    assert f"{tmp_path / 'public'} 保持原样" in error
    assert "Traceback" not in error
    assert files_below(tmp_path / "public") == old
    assert _left(tmp_path) == ["public", "site"]


def _can_mount() -> bool:
    words = [
        "unshare",
        "--user",
        "--map-root-user",
        "--mount",
        "mount",
        "-t",
        "tmpfs",
        "none",
        "/mnt",
    ]
    return (
        bool(shutil.which("unshare"))
        and subprocess.run(words, capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not _can_mount(), reason="this system lets no user mount a small disk")
def test_a_full_disk_leaves_the_old_output(tmp_path: Path) -> None:
    site, disk = _site(tmp_path), tmp_path / "disk"
    disk.mkdir()
    words = [*_words(site, disk / "public"), "--no-cache"]
    build = " ".join([sys.executable, "-m", "generator", *words])
    script = f"""
        mount -t tmpfs -o size=4m none {disk} || exit 90
        {build} >/dev/null || exit 91
        cp -r {disk}/public {tmp_path}/before
        head -c 3500000 /dev/zero > {disk}/ballast 2>/dev/null
        {build} >/dev/null 2> {tmp_path}/error
        echo $? > {tmp_path}/code
        cp -r {disk}/public {tmp_path}/after
        ls -A {disk} > {tmp_path}/left
        rm {disk}/ballast
        {build} >/dev/null || exit 92
        ls -A {disk} >> {tmp_path}/left
    """
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
        timeout=LIMIT,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert (tmp_path / "code").read_text() == "2\n"
    assert (tmp_path / "error").read_text().splitlines() == [
        f"gongkai: 磁盘空间不足，{disk / 'public'} 保持原样。清理磁盘后重新运行",
        f"         the disk is full; {disk / 'public'} is as it was. Free some space and run again",
    ]
    assert files_below(tmp_path / "after") == files_below(tmp_path / "before")
    assert (tmp_path / "left").read_text().split() == ["ballast", "public", "public"]


def _until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until `condition` holds or the process has ended."""
    deadline = time.monotonic() + LIMIT
    while not condition() and process.poll() is None:
        assert time.monotonic() < deadline


def _staged(folder: Path, process: subprocess.Popen[bytes]) -> int:
    """How many files a running build has written beside the output."""
    staging = folder / f".public.gongkai-{process.pid}-0"
    return sum(len(files) for _, _, files in os.walk(staging))


def test_a_kill_at_any_moment_leaves_one_whole_output(tmp_path: Path) -> None:
    site, first = _built(tmp_path)
    out = tmp_path / "public"
    write_site(site, {f"{NOTICES}/new.md": notice(51)})
    second = _output_of(site, tmp_path / "other")
    (site / NOTICES / "new.md").unlink()
    chance = random.Random(20261120)
    # From the first file to the last of 89, then the swap and the removal of the old output.
    moments = [1, 2, 40, 88, *chance.sample(range(3, 88), 5), SWAPPED, SWAPPED, SWAPPED]
    killed = 0
    for number, moment in enumerate(moments):
        new = site / NOTICES / "new.md"
        if number % 2:
            new.unlink()
        else:
            write_site(site, {f"{NOTICES}/new.md": notice(51)})
        killed += _kill(_start(site, out), tmp_path, moment)
        assert files_below(out) in (first, second)
    assert killed > 5
    (site / NOTICES / "new.md").unlink(missing_ok=True)
    assert on(site, "build", "--out", out).code == 0
    assert files_below(out) == first
    assert _left(tmp_path) == ["other", "public", "site"]


def test_an_interrupted_build_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    site, old = _built(tmp_path)
    # So large that no machine has copied it before the signal comes; it takes up no room itself.
    (site / NOTICES / "large.bin").touch()
    os.truncate(site / NOTICES / "large.bin", 400_000_000)
    process = _start(site, tmp_path / "public")
    _until(lambda: _staged(tmp_path, process) > 0, process)
    process.send_signal(signal.SIGINT)
    error = process.communicate(timeout=LIMIT)[1].decode()
    # On a slow machine the progress stands above.
    said = error.strip().splitlines()[-1:]
    assert (process.returncode, said) == (2, ["gongkai: 已中断 (interrupted)"])
    assert files_below(tmp_path / "public") == old
    assert _left(tmp_path) == ["public", "site"]


SWAPPED = 0


def _kill(process: subprocess.Popen[bytes], folder: Path, moment: int) -> bool:
    """Kill a build when it has written `moment` files, or as soon as the new output is in place.

    False where it had ended before.
    """
    before = (folder / "public").stat().st_ino

    def has_come() -> bool:
        if moment == SWAPPED:
            return (folder / "public").stat().st_ino != before
        return _staged(folder, process) >= moment

    _until(has_come, process)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=LIMIT)
    return process.returncode == -signal.SIGKILL


def _output_of(site: Path, out: Path) -> dict[str, bytes]:
    assert on(site, "build", "--out", out).code == 0
    return files_below(out)


def test_an_interrupted_swap_of_two_steps_is_undone(tmp_path: Path) -> None:
    """Where two folders cannot be exchanged at once, a kill may fall between the two renames."""
    site, old = _built(tmp_path)
    (tmp_path / "public").rename(tmp_path / ".public.gongkai-1-0-old")
    (tmp_path / ".public.gongkai-1-0").mkdir()
    assert on(site, "build", "--out", tmp_path / "public").code == 0
    assert files_below(tmp_path / "public") == old
    assert _left(tmp_path) == ["public", "site"]


def test_builds_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    site, old = _built(tmp_path)
    runs = [_start(site, tmp_path / "public") for _ in range(3)]
    ended = [(run.communicate(timeout=LIMIT)[1], run.returncode) for run in runs]
    assert ended == [(b"", 0)] * 3
    assert files_below(tmp_path / "public") == old
    assert _left(tmp_path) == ["public", "site"]


@pytest.mark.parametrize(
    ("out", "sentence"),
    [
        ("site", "那里放着站点的原稿"),
        ("site/content", "那里放着站点的原稿"),
        ("site/content/guide/public", "那里放着站点的原稿"),
        ("site/templates", "那里放着站点的原稿"),
        (".", "那里放着站点的原稿"),
        ("work", "里有别的文件，不是本程序的输出，没有覆盖"),
        ("application", "里有别的文件，不是本程序的输出，没有覆盖"),
        ("file", "里有别的文件，不是本程序的输出，没有覆盖"),
        ("link", "里有别的文件，不是本程序的输出，没有覆盖"),
        ("file/public", "无法写入"),
    ],
)
def test_what_is_no_output_is_never_replaced(out: str, sentence: str, tmp_path: Path) -> None:
    site = _site(tmp_path)
    files: dict[str, str | bytes] = {
        "work/thesis.txt": "甲",
        # Web applications have a file of this name too.
        "application/manifest.json": '{"name": "甲", "icons": []}',
        "application/index.html": "乙",
        "file": "丙",
    }
    write_site(tmp_path, files)
    (tmp_path / "link").symlink_to("work")
    before = files_below(tmp_path)
    said = on(site, "build", "--no-cache", "--out", tmp_path / out)
    assert said.code == 2
    assert sentence in said.err
    assert files_below(tmp_path) == before


def test_an_empty_folder_and_strange_names_are_fine(tmp_path: Path) -> None:
    site, old = _built(tmp_path)
    (tmp_path / "empty").mkdir()
    for name in ("empty", "公开[1]*", "a b/c", "new/deeper"):
        for _ in range(2):
            assert on(site, "build", "--out", tmp_path / name).code == 0
        assert files_below(tmp_path / name) == old
    assert _left(tmp_path) == ["a b", "empty", "new", "public", "site", "公开[1]*"]


def test_the_output_may_lie_in_the_site_and_is_no_source(tmp_path: Path) -> None:
    site, old = _built(tmp_path)
    for _ in range(2):
        assert on(site, "build").code == 0
        assert files_below(site / "public") == old
    assert (
        gongkai("build", "--site", site, "--today", TODAY.isoformat(), "--out", site / "x/y").code
        == 0
    )
    said = program("build", "--today", TODAY.isoformat(), "--out", "../z", folder=site / "content")
    assert (said.code, files_below(site / "z")) == (0, old)
