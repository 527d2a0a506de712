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
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from io import FileIO
from pathlib import Path
from stat import S_ISREG

from generator.memo import Memo, key, portions

_SETTLED = 2_000_000_000  # nanoseconds
_KIND, _ANSWERS = "digests", "answers"
# Of a few files there is a row of its own, so that an edit does not write down all others again.
_MORE = "since"
_FEW = 1000
_AT_ONCE = 4096  # files
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
        self.rest()
        self._is_settled = True
        # They may change again within the same tick of the clock.
        self._fresh: dict[str, str] = {}
        self._now = time.time_ns()

    def rest(self) -> None:
        """Let go of all that the memo knows as well."""
        self._seen: dict[str, str] = {}
        self._new: dict[str, str] = {}
        self._table = _Table(self._memo, self._key)
        vars(self).pop("_since", None)

    @cached_property
    def _since(self) -> dict[str, str]:
        """The digests of a few files that were written down after those of all."""
        return _taken_apart(self._memo.get(f"{_KIND} {_MORE}", self._key))

    def _known(self, stamp: str) -> str | None:
        """The digest of an earlier run for the file with this stamp."""
        return self._since.get(stamp) or self._table.get(stamp)

    @property
    def knows_any(self) -> bool:
        """Whether an earlier run has left the digest of any file."""
        return bool(self._table or self._since)

    def told(self, lines: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Of each line of `stamps` the name, the digest of its file or why there is none, and where a link leads."""
        # The line of a regular file is its stamp, so most are known without a look at their parts.
        held = self._table.all() | self._since
        known = list(map(held.get, lines))
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
        digest = self._known(stamp)
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
        stamp = stamp_of(name, status, self._moves)
        return self._known(stamp) or self.at(stamp)

    def known(self, name: str, status: os.stat_result) -> str | None:
        """The digest of `name` if it is known to be as it was, else None; nothing is read."""
        return self._known(stamp_of(name, status, self._moves))

    def once(self, question: str, mark: str, answer: Callable[[], str]) -> str:
        """What `answer` comes to, which asks for digests of files whose stamps have this mark and reads nothing else.

        It is not called where it is known of files with these stamps.
        """
        asked = key(question, mark)
        known = self._memo.get(_ANSWERS, asked)
        if known is not None:
            return known.decode()
        said = answer()
        if self._is_settled:
            self._memo.put(_ANSWERS, asked, said.encode())
        return said

    def learn(self, question: str, mark: str, answer: str) -> None:
        """Take down the answer about the files whose stamps have this mark."""
        self._memo.put(_ANSWERS, key(question, mark), answer.encode())

    def save(self) -> None:
        """Let the memo know; only of files that were asked for."""
        since = self._since | self._new
        if len(since) > _FEW or len(self._seen) + _FEW < len(self._table):
            self.keep(sorted(self._seen.items()))
        elif self._new:
            self._memo.put(f"{_KIND} {_MORE}", self._key, _put_together(since.items()))
        self.rest()

    def keep(self, digests: Iterable[tuple[str, str]]) -> None:
        """Let the memo know the digests of these stamps, which are in their order, and no others."""
        self._table.keep(digests)
        self._memo.put(f"{_KIND} {_MORE}", self._key, b"")
        self.rest()


class _Table:
    """The digests that were written down together, by stamp: a few thousand at a time are read and written."""

    def __init__(self, memo: Memo, name: str) -> None:
        self._memo, self._key = memo, name
        # Most ask in the order of the names.
        self._part = lru_cache(2)(self._read)

    @cached_property
    def _head(self) -> list[str]:
        """How many there are, and the first stamp of each part."""
        raw = self._memo.get(_KIND, self._key) or b""
        head = raw.decode("utf-8", "surrogatepass").split(_END)
        return head if head[0].isdecimal() else ["0"]

    def _read(self, number: int) -> dict[str, str]:
        return _taken_apart(self._memo.get(_KIND, _part_key(self._key, number)))

    def __len__(self) -> int:
        return int(self._head[0])

    def get(self, stamp: str) -> str | None:
        number = bisect_right(self._head, stamp, lo=1) - 1
        return self._part(number).get(stamp) if number else None

    def all(self) -> dict[str, str]:
        parts = map(self._read, range(1, len(self._head)))
        return {stamp: digest for part in parts for stamp, digest in part.items()}

    def keep(self, digests: Iterable[tuple[str, str]]) -> None:
        count, firsts = 0, []
        for number, part in enumerate(portions(digests, _AT_ONCE), 1):
            self._memo.put(_KIND, _part_key(self._key, number), _put_together(part), at_hand=True)
            firsts.append(part[0][0])
            count += len(part)
        head = _END.join((f"{count}", *firsts))
        self._memo.put(_KIND, self._key, head.encode("utf-8", "surrogatepass"))


def _part_key(name: str, number: int) -> str:
    return f"{number} {name}"


class Sums(Mapping[str, str]):
    """SHA-256 by name: in forty bytes each and the name, a third of what texts in a dictionary take."""

    def __init__(self, digests: Iterable[tuple[str, str]] = ()) -> None:
        """`digests` are in the order of their names, and so is what is added."""
        self._names: list[str] = []
        self._raw = bytearray()
        for name, digest in digests:
            self._add(name, digest)

    def _add(self, name: str, digest: str) -> None:
        if self._names and name <= self._names[-1]:
            raise ValueError(f"{name} is not in its order")
        self._names.append(name)
        self._raw += bytes.fromhex(digest)

    def _at(self, index: int) -> str:
        return self._raw[index * HEX // 2 : (index + 1) * HEX // 2].hex()

    def __getitem__(self, name: str) -> str:
        index = bisect_left(self._names, name)
        if index == len(self._names) or self._names[index] != name:
            raise KeyError(name)
        return self._at(index)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _put_together(digests: Iterable[tuple[str, str]]) -> bytes:
    entries = _END.join(f"{digest}{stamp}" for stamp, digest in digests)
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


def mark_of(lines: Iterable[str]) -> str:
    """One text that stands for all these lines of `stamps`."""
    digest = hashlib.blake2b(digest_size=20)
    # To hash tens of thousands of names one by one takes a tenth of a second.
    for part in portions(lines, _AT_ONCE):
        digest.update(f"{_END.join(part)}{_END}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def stamps(
    folder: Path, inside: str = "", *, hidden: bool = False, moves: bool = False
) -> Iterator[str]:
    """A line of text for every name below `folder` / `inside`, sorted: its path below `folder` and its stamp.

    Folders, which end in a slash and have no stamp, are entered, links to folders are not. Names that
    begin with a dot are left out; with `hidden` they are not, and links are none of the regular files.
    With `moves` the files are moved and linked about by us, which changes one of their dates.
    """
    # A stack of the lines that are still to come: those of a folder stand behind its own.
    waiting = _listed(folder, f"{inside}/" if inside else "", hidden, moves)
    while waiting:
        line = waiting.pop()
        yield line
        if line.endswith("/") and _PART not in line:
            waiting += _listed(folder, line, hidden, moves)


def _listed(folder: Path, above: str, hidden: bool, moves: bool) -> list[str]:
    """The lines of what lies in the folder `above` itself, the last first."""
    lines: list[str] = []
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
                else:
                    lines.append(_line(entry, name, not hidden, moves))
    except OSError:
        # The folder, or a file in it, was gone before it could be asked for.
        lines.append(f"{above}{_PART}{_NO_FILE}")
    lines.sort(reverse=True)
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
    return stamp(name, status.st_size, status.st_mtime_ns, changed, status.st_ino)


def stamp(name: str, size: int, modified: int, changed: int, inode: int) -> str:
    """The stamp of a file of which this is known."""
    return f"{name}{_PART}{size} {modified} {changed} {inode}"
