"""Digests (摘要) of many files: the SHA-256 of each, read again only where the file system tells of a change.

A date proves nothing after a checkout, so contents are what counts; but a file whose size, dates and inode
are those of an earlier reading is that file. One changed a moment ago may change again within the same
tick of the clock: it is not trusted until it is older.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from generator.memo import Memo

_SETTLED = 2_000_000_000  # nanoseconds
_KIND = "files"

Mark = list[int]


class Digests:
    """The digests of the files of one folder, as `memo` knows them and as they are."""

    def __init__(self, folder: Path, memo: Memo, name: str, *, moves: bool = False) -> None:
        """`name` is that of the folder in the memo.

        `moves`: the files are moved and linked about by us, which changes one of their dates.
        """
        self._folder = folder
        self._memo = memo
        self._moves = moves
        self._key = name
        self._known: dict[str, list[object]] = _read(memo.get(_KIND, self._key))
        self._seen: dict[str, list[object]] = {}
        self._is_changed = False
        self._now = time.time_ns()

    def of(self, name: str, status: os.stat_result | None = None) -> str:
        """The digest of the regular file `name`, a path below the folder; raises OSError."""
        mark = self._mark(status or (self._folder / name).stat())
        known = self._known.get(name)
        if known is not None and known[:-1] == mark:
            self._seen[name] = known
            return str(known[-1])
        digest = hash_of(self._folder / name)
        self._is_changed = True
        if self._now - max(mark[1], mark[2]) > _SETTLED:
            self._seen[name] = [*mark, digest]
        return digest

    def known(self, name: str, status: os.stat_result) -> str | None:
        """The digest of `name` if it is known to be as it was, else None; nothing is read."""
        known = self._known.get(name)
        return str(known[-1]) if known is not None and known[:-1] == self._mark(status) else None

    def note(self, name: str, status: os.stat_result, digest: str) -> None:
        """Take down the digest of a file that was just written by us."""
        self._is_changed = True
        self._seen[name] = [*self._mark(status), digest]

    def save(self) -> None:
        """Let the memo know; only of files that were asked for."""
        if self._is_changed or len(self._seen) != len(self._known):
            self._memo.put(_KIND, self._key, json.dumps(self._seen).encode())

    def _mark(self, status: os.stat_result) -> Mark:
        changed = 0 if self._moves else status.st_ctime_ns
        return [status.st_size, status.st_mtime_ns, changed, status.st_ino]


def hash_of(path: Path) -> str:
    """The SHA-256 of the file at `path`; raises OSError."""
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(raw: bytes | None) -> dict[str, list[object]]:
    with suppress(ValueError):
        found = json.loads(raw or b"{}")
        if isinstance(found, dict):
            return {
                name: mark
                for name, mark in found.items()
                if isinstance(mark, list) and len(mark) == 5
            }
    return {}


def files_below(
    folder: Path, inside: str = "", *, hidden: bool = False
) -> Iterator[tuple[str, os.stat_result | None, bool]]:
    """Every name below `folder` / `inside`, its status, and whether it is a link.

    The status is None for one that is no regular file.

    Folders, which end in a slash, are entered, links to folders are not. Names that begin with a dot are
    left out; with `hidden` they are not, and links are none of the regular files. The order is that of names.
    """
    try:
        with os.scandir(folder / inside) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        yield inside, None, False
        return
    for entry in entries:
        if entry.name.startswith(".") and not hidden:
            continue
        name = f"{inside}/{entry.name}" if inside else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield f"{name}/", None, False
            yield from files_below(folder, name, hidden=hidden)
            continue
        try:
            status = entry.stat(follow_symlinks=not hidden)
        except OSError:
            yield name, None, entry.is_symlink()
            continue
        yield name, status if S_ISREG(status.st_mode) else None, entry.is_symlink()
