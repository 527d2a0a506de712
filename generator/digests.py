"""Digests (摘要) of many files: the SHA-256 of each, read again only where the file system tells of a change.

A date proves nothing after a checkout, so contents are what counts; but a file whose size, dates and inode
are those of an earlier reading is that file. One changed a moment ago may change again within the same
tick of the clock: it is not trusted until it is older.

All that the file system tells of a file is one line of text, its stamp (戳记). What has to be asked of tens
of thousands of files is so asked once of all their stamps together.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from io import FileIO
from pathlib import Path
from stat import S_ISREG

from generator.memo import Memo, key

_SETTLED = 2_000_000_000  # nanoseconds
_KIND, _ANSWERS = "files", "answers"
# Of a few files there is a row of its own, so that an edit does not write down all others again.
_MORE = "since"
_FEW = 1000
HEX = 64
"""Letters of a digest."""
_BLOCK = 1 << 16  # bytes of a file that are read at once
# No name holds the first, so no stamp holds the second.
_PART, _END = "\0", "\0\0"
_NO_FILE = "-"


class Digests:
    """The digests of the files of one folder, as `memo` knows them and as they are."""

    def __init__(self, folder: Path, memo: Memo, name: str, *, moves: bool = False) -> None:
        """`name` is that of the folder in the memo; `moves` is as with `stamps`."""
        self._folder = folder
        self._memo = memo
        self._moves = moves
        self._key = name
        self._seen: dict[str, str] = {}
        self._new: dict[str, str] = {}
        self._is_settled = True
        # They may change again within the same tick of the clock.
        self._fresh: dict[str, str] = {}
        self._now = time.time_ns()

    @cached_property
    def _known(self) -> dict[str, str]:
        """The digests of earlier runs by the stamps of their files."""
        first, since = self._rows
        return first | since if since else first

    @cached_property
    def _rows(self) -> tuple[dict[str, str], dict[str, str]]:
        """Those that were written down together, and those of a few files since."""
        rows = (self._memo.get(kind, self._key) for kind in (_KIND, f"{_KIND} {_MORE}"))
        first, since = map(_taken_apart, rows)
        return first, since

    @property
    def knows_any(self) -> bool:
        """Whether an earlier run has left the digest of any file."""
        return bool(self._known)

    def told(self, lines: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Of each line of `stamps` the name, the digest of its file or why there is none, and where a link leads."""
        # The line of a regular file is its stamp, so most are known without a look at their parts.
        known = list(map(self._known.get, lines))
        self._seen.update((line, one) for line, one in zip(lines, known, strict=True) if one)
        for line, digest in zip(lines, known, strict=True):
            if digest is not None:
                yield line.partition(_PART)[0], digest, ""
                continue
            name, stamp, target = told(line)
            try:
                yield name, self.at(stamp) if stamp else "", target
            except OSError as error:
                yield name, f"{error.errno}", target

    def at(self, stamp: str) -> str:
        """The digest of the file that this is the stamp of; raises OSError."""
        digest = self._known.get(stamp)
        if digest is not None:
            self._seen[stamp] = digest
            return digest
        name, marks = stamp.split(_PART)
        _, modified, changed, _ = marks.split(" ")
        is_settled = self._now - max(int(modified), int(changed)) > _SETTLED
        try:
            digest = hash_of(f"{self._folder}/{name}")
        except OSError:
            self._is_settled = False
            raise
        if is_settled:
            self._seen[stamp] = self._new[stamp] = digest
        else:
            self._is_settled = False
            self._fresh[name] = digest
        return digest

    def is_still(self) -> bool:
        """Whether files that were changed a moment before they were read are as they were then."""
        try:
            return all(hash_of(self._folder / name) == one for name, one in self._fresh.items())
        except OSError:
            return False

    def of(self, name: str) -> str:
        """The digest of the regular file `name`, a path below the folder; raises OSError."""
        # Tens of thousands are asked for; to make a Path of each takes longer than to ask.
        status = os.stat(f"{self._folder}/{name}")  # noqa: PTH116
        return self.at(stamp_of(name, status, self._moves))

    def known(self, name: str, status: os.stat_result) -> str | None:
        """The digest of `name` if it is known to be as it was, else None; nothing is read."""
        return self._known.get(stamp_of(name, status, self._moves))

    def note(self, name: str, status: os.stat_result, digest: str) -> None:
        """Take down the digest of a file that was just written by us."""
        stamp = stamp_of(name, status, self._moves)
        self._seen[stamp] = self._new[stamp] = digest

    def once(self, question: str, lines: Sequence[str], answer: Callable[[], str]) -> str:
        """What `answer` comes to, which asks for digests of the files of `lines` and reads nothing else.

        It is not called where it is known of files with these stamps.
        """
        asked = key(question, _END.join(lines))
        known = self._memo.get(_ANSWERS, asked)
        if known is not None:
            return known.decode()
        said = answer()
        if self._is_settled:
            self._memo.put(_ANSWERS, asked, said.encode())
        return said

    def learn(self, question: str, folders: Iterable[str], answer: str) -> None:
        """Take down the answer about all files seen, which lie in `folders`."""
        lines = sorted((*self._seen, *folders))
        self._memo.put(_ANSWERS, key(question, _END.join(lines)), answer.encode())

    def save(self) -> None:
        """Let the memo know; only of files that were asked for."""
        first, since = self._rows
        since = since | self._new
        if len(since) > _FEW or len(self._seen) + _FEW < len(first):
            first, since = self._seen, {}
            self._memo.put(_KIND, self._key, _put_together(first), at_hand=True)
        if since != self._rows[1]:
            self._memo.put(f"{_KIND} {_MORE}", self._key, _put_together(since))


def _put_together(digests: Mapping[str, str]) -> bytes:
    entries = _END.join(f"{digest}{stamp}" for stamp, digest in digests.items())
    return entries.encode("utf-8", "surrogatepass")


def _taken_apart(raw: bytes | None) -> dict[str, str]:
    entries = raw.decode("utf-8", "surrogatepass").split(_END) if raw else ()
    return {entry[HEX:]: entry[:HEX] for entry in entries}


def hash_of(path: Path | str) -> str:
    """The SHA-256 of the file at `path`; raises OSError."""
    digest = hashlib.sha256()
    # Most files are small: `hashlib.file_digest` would take longer to make room for large ones.
    with FileIO(path) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def stamps(
    folder: Path, inside: str = "", *, hidden: bool = False, moves: bool = False
) -> list[str]:
    """A line of text for every name below `folder` / `inside`, sorted: its path below `folder` and its stamp.

    Folders, which end in a slash and have no stamp, are entered, links to folders are not. Names that
    begin with a dot are left out; with `hidden` they are not, and links are none of the regular files.
    With `moves` the files are moved and linked about by us, which changes one of their dates.
    """
    lines: list[str] = []
    pending = [f"{inside}/" if inside else ""]
    while pending:
        above = pending.pop()
        try:
            with os.scandir(folder / above) as listing:
                for entry in listing:
                    name = f"{above}{entry.name}"
                    if not hidden and entry.name.startswith("."):
                        continue
                    if entry.is_file(follow_symlinks=False):
                        lines.append(stamp_of(name, entry.stat(follow_symlinks=False), moves))
                    elif entry.is_dir(follow_symlinks=False):
                        lines.append(f"{name}/")
                        pending.append(f"{name}/")
                    else:
                        lines.append(_line(entry, name, not hidden, moves))
        except OSError:
            # The folder, or a file in it, was gone before it could be asked for.
            lines.append(f"{above}{_PART}{_NO_FILE}")
    lines.sort()
    return lines


def _line(entry: os.DirEntry[str], name: str, follows: bool, moves: bool) -> str:
    """The line of what is neither a regular file nor a folder, but may be a link to one."""
    try:
        status = entry.stat(follow_symlinks=follows)
    except OSError:
        status = None
    is_file = status is not None and S_ISREG(status.st_mode)
    line = stamp_of(name, status, moves) if status and is_file else f"{name}{_PART}{_NO_FILE}"
    # What a link leads to counts, and where it leads.
    return f"{line}{_PART}{os.path.realpath(entry.path)}" if entry.is_symlink() else line


def told(line: str) -> tuple[str, str, str]:
    """A line of `stamps`: the name, the stamp of a regular file, and where a link leads; else empty."""
    name, *more = line.split(_PART)
    marks, target = (*more, "", "")[:2]
    return name, f"{name}{_PART}{marks}" if marks not in ("", _NO_FILE) else "", target


def stamp_of(name: str, status: os.stat_result, moves: bool) -> str:
    """The stamp of a file, its name first."""
    changed = 0 if moves else status.st_ctime_ns
    return f"{name}{_PART}{status.st_size} {status.st_mtime_ns} {changed} {status.st_ino}"
