"""A folder as the place of publication (发布到文件夹): `releases/<name>` and the link `current`."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.finding import Text
from generator.publish.release import (
    CURRENT,
    NAME,
    RELEASES,
    Present,
    PublishError,
    Release,
    differences,
    manifest_from,
)
from generator.written import MANIFEST

_UNFINISHED = ".partial"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine; the newest `keep` releases stay in it."""

    path: Path
    keep: int

    def present(self) -> Present:
        """What `current` leads to."""
        current = self.path / CURRENT
        if current.exists() and not current.is_symlink():
            raise PublishError(
                Text(
                    f"{current} 应当是符号链接，现在是别的东西。先移走它",
                    f"{current} should be a symbolic link and is something else; move it away first",
                )
            )
        try:
            name = current.readlink().name
            manifest = manifest_from((current / MANIFEST).read_bytes())
        except OSError:
            return Present()
        return Present(name if NAME.fullmatch(name) else "", manifest)

    def put(self, release: Release) -> None:
        """Copy, rename, switch; a run that is killed leaves at most what the next one sweeps away."""
        releases = self.path / RELEASES
        try:
            releases.mkdir(parents=True, exist_ok=True)
            with _locked(releases):
                self._sweep()
                self._bring(release, releases / release.name)
                self._switch(release.name)
                self._prune(releases, release.name)
        except OSError as error:
            raise PublishError(_os_sentence(error, self.path)) from error

    def _bring(self, release: Release, to: Path) -> None:
        if to.is_dir():
            if not differences(to, release.manifest):
                return
            _remove(to)
        partial = to.with_name(f".{to.name}{_UNFINISHED}")
        try:
            for url in (*release.manifest, MANIFEST):
                copy = partial / url
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(release.folder / url, copy)
            _open_to_web_server(partial)
            partial.rename(to)
        finally:
            shutil.rmtree(partial, ignore_errors=True)

    def _switch(self, name: str) -> None:
        os.utime(self.path / RELEASES / name)
        link = self.path / f".{CURRENT}{_UNFINISHED}"
        link.symlink_to(f"{RELEASES}/{name}")
        link.replace(self.path / CURRENT)

    def _sweep(self) -> None:
        """Remove what killed runs left."""
        beside = (p for p in self.path.iterdir() if p.name.startswith(f".{CURRENT}"))
        for left in (*beside, *(self.path / RELEASES).iterdir()):
            if left.name.startswith(".") and left.name.endswith(_UNFINISHED):
                _remove(left)

    def _prune(self, releases: Path, name: str) -> None:
        """Remove all but the newest; the dates of the folders are those of their publication."""
        others = [p for p in releases.iterdir() if NAME.fullmatch(p.name) and p.name != name]
        others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for old in others[max(0, self.keep - 1) :]:
            _remove(old)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise PublishError(
            Text(
                f"另一次发布正在写 {folder}，等它结束再运行",
                f"another run is publishing to {folder}; run again when it has ended",
            )
        ) from None
    finally:
        os.close(lock)


def _remove(path: Path) -> None:
    """Remove a link, or a folder: under a name that is swept, so that no half of it passes for a whole."""
    if path.is_symlink():
        path.unlink()
        return
    doomed = path
    if not path.name.endswith(_UNFINISHED):
        doomed = path.with_name(f".{path.name}-old{_UNFINISHED}")
        path.rename(doomed)
    shutil.rmtree(doomed)


def _open_to_web_server(folder: Path) -> None:
    """What is published is for all to read, whatever the umask of the one who publishes."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _os_sentence(error: OSError, folder: Path) -> Text:
    if error.errno == errno.ENOSPC:
        return Text(
            f"磁盘空间不足，{folder} 仍是原来公布的内容。清理磁盘后重新运行",
            f"the disk is full; {folder} shows what it showed before. Free some space and run again",
        )
    return Text(
        f"无法写入 {error.filename or folder}：{error.strerror}。公布的内容没有改变",
        f"cannot write {error.filename or folder}: {error.strerror}; what is published is unchanged",
    )
