"""The memo (备忘, cache): what pure functions gave before, by the hash of everything they read.

It is never more than that: any of it may be missing, and a build without it gives the same bytes. One
SQLite file below the site; nothing in it is ever executed (no pickle), and each value is kept with a check
sum over its kind, its key and itself, packed. A file that is truncated, foreign or of another edition is a
miss; two builds may use it at once, and a kill loses what was not yet written and nothing else.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

FILE = ".gongkai/cache/memo.sqlite"
"""Where the memo of a site lies, below the site folder."""

_TABLE = (
    "CREATE TABLE memo (kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,"
    " PRIMARY KEY (kind, key)) WITHOUT ROWID"
)
_CHECK = 16  # bytes of the check sum before each value
_BATCH = 4 * 1024 * 1024  # bytes that wait in memory before they are written
_LARGEST = 512 * 1024 * 1024  # bytes of one value when unpacked
# A kind keeps what this build asked for; older values are dropped when there are more of them than this.
_SPARE = 200
# A damaged file may hold text that is none, even in the words of an error.
_DAMAGED = (sqlite3.Error, ValueError)


def key(*parts: str | bytes) -> str:
    """The key of a function's arguments: no two lists of parts share one."""
    digest = hashlib.blake2b(digest_size=20)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(b"%d:" % len(raw))
        digest.update(raw)
    return digest.hexdigest()


def portions(items: Iterable[T], most: int) -> Iterator[list[T]]:
    """All of `items` in their order, `most` at a time."""
    rest = iter(items)
    while portion := list(islice(rest, most)):
        yield portion


class Memo:
    """What was given before, by kind and key; `path` None remembers within this process alone.

    `patience` is how many seconds another build may take to finish writing. With `writes` False the file
    is only read, and none is made.
    """

    def __init__(
        self, path: Path | None = None, *, patience: float = 5.0, writes: bool = True
    ) -> None:
        self._path = path
        self._database: sqlite3.Connection | None = None
        self._waiting: dict[tuple[str, str], bytes] = {}
        self._size = 0
        self._asked: dict[str, set[str]] = {}
        self._objects: dict[tuple[str, str], object] = {}
        self._drops = True
        if path is not None:
            self._database = _opened(path, patience) if writes else _opened_to_read(path)
        self.writes = writes

    def get(self, kind: str, key: str) -> bytes | None:
        """The value, or None where it is not known or no longer whole."""
        self._asked.setdefault(kind, set()).add(key)
        packed = self._waiting.get((kind, key)) or self._stored(kind, key)
        if packed is None:
            return None
        if packed[:_CHECK] != _check(kind, key, packed[_CHECK:]):
            return None
        unpacker = zlib.decompressobj()
        with suppress(zlib.error):
            value = unpacker.decompress(packed[_CHECK:], _LARGEST)
            if unpacker.eof:
                return value
        return None

    def put(self, kind: str, key: str, value: bytes, *, at_hand: bool = False) -> None:
        """Remember `value`; it is written to the file now or at the end.

        What nearly every run asks for is kept `at_hand`: as it is, since unpacking takes longer than reading.
        """
        self._asked.setdefault(kind, set()).add(key)
        if self._path is not None and (self._database is None or not self.writes):
            return
        small = zlib.compress(value, 0 if at_hand else 1)
        self._wait(kind, key, _check(kind, key, small) + small)

    def put_parts(
        self, kind: str, key: str, mark: str, parts: Iterable[bytes], *, at_hand: bool = False
    ) -> None:
        """Remember what is too large to be put together; `mark`, without line breaks, stands for all of it."""
        head = f"{mark}\n".encode()
        count = 0
        for count, part in enumerate(parts, 1):
            self.put(kind, _part(key, count), head + part, at_hand=at_hand)
        self.put(kind, key, head + b"%d" % count, at_hand=at_hand)

    def parts(self, kind: str, key: str, mark: str) -> Iterator[bytes]:
        """What was put in parts under this mark; LookupError where any of it is missing, or of another mark."""
        for number in range(1, int(self._marked(kind, key, mark)) + 1):
            yield self._marked(kind, _part(key, number), mark)

    def _marked(self, kind: str, key: str, mark: str) -> bytes:
        found, _, value = (self.get(kind, key) or b"").partition(b"\n")
        if found != mark.encode():
            raise LookupError(key)
        return value

    def _wait(self, kind: str, key: str, packed: bytes) -> None:
        self._waiting[kind, key] = packed
        self._size += len(packed)
        if self._database is not None and self._size > _BATCH:
            self._write()

    def remember(self, kind: str, key: str, make: Callable[[], bytes]) -> bytes:
        """The value of `key`; made, and remembered, where it is not known."""
        known = self.get(kind, key)
        if known is None:
            known = make()
            self.put(kind, key, known)
        return known

    def want(self, kind: str, keys: Iterable[str]) -> None:
        """Say that these are of use, though nobody asks for their values."""
        self._asked.setdefault(kind, set()).update(keys)

    def spare(self) -> None:
        """Drop nothing at the end: not all that is of use was asked for."""
        self._drops = False

    def shelf(self, kind: str) -> MutableMapping[str, str]:
        """The values of one kind as a mapping of texts."""
        return _Shelf(self, kind)

    @contextmanager
    def over(self, path: Path) -> Iterator[None]:
        """While it lasts, a memo without a file takes what it does not know from the one at `path`, as it is there.

        A file belongs to the thread that opened it, a memo without one to nobody.
        """
        if self._path is None:
            self._database = _opened_to_read(path)
        try:
            yield
        finally:
            if self._path is None and self._database is not None:
                with suppress(sqlite3.Error):
                    self._database.close()
                self._database = None

    def take(self, other: Memo) -> None:
        """Have what `other`, a memo without a file, has made; from then on it finds that here, if at all (`over`)."""
        made, other._waiting = other._waiting, {}
        for (kind, name), packed in made.items():
            self._asked.setdefault(kind, set()).add(name)
            self._wait(kind, name, packed)

    @property
    def has_file(self) -> bool:
        """Whether what is remembered outlives this process."""
        return self._path is not None

    def held(self, kind: str, key: str) -> object:
        """What `keep` was given in this process, or None; previews build many times."""
        return self._objects.get((kind, key))

    def keep(self, kind: str, key: str, value: object) -> None:
        """Hold `value` itself until this process ends; only a memo without a file does."""
        if self._path is None:
            self._objects[kind, key] = value

    def save(self) -> None:
        """Write what waits, drop what this build had no use for, and let go of the file."""
        self._write()
        if self._database is None:
            return
        if self.writes and self._drops:
            with suppress(*_DAMAGED), self._database:
                for kind, asked in self._asked.items():
                    _drop_unused(self._database, kind, asked)
        with suppress(sqlite3.Error):
            self._database.close()
        self._database = None

    def _stored(self, kind: str, key: str) -> bytes | None:
        if self._database is None:
            return None
        try:
            row = self._database.execute(
                "SELECT value FROM memo WHERE kind = ? AND key = ?", (kind, key)
            ).fetchone()
        except _DAMAGED as error:
            self._give_up(error)
            return None
        return row[0] if row and isinstance(row[0], bytes) else None

    def _write(self) -> None:
        if self._database is None or self._path is None or not self._waiting or not self.writes:
            return
        rows = [(kind, key, value) for (kind, key), value in self._waiting.items()]
        try:
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO memo VALUES (?, ?, ?)", rows)
        except _DAMAGED as error:
            self._give_up(error)
        self._waiting.clear()
        self._size = 0

    def _give_up(self, error: Exception) -> None:
        """Go on without the file; a damaged one is removed, so that the next build has a sound one."""
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None
        is_damaged = not isinstance(error, sqlite3.OperationalError)
        if self._path is not None and is_damaged and self.writes:
            _remove(self._path)


class _Shelf(MutableMapping[str, str]):
    """One kind of a memo as a mapping; asked for what it does not know, it raises KeyError."""

    def __init__(self, memo: Memo, kind: str) -> None:
        self._memo, self._kind = memo, kind

    def __getitem__(self, key: str) -> str:
        value = self._memo.get(self._kind, key)
        if value is None:
            raise KeyError(key)
        return value.decode()

    def __setitem__(self, key: str, value: str) -> None:
        self._memo.put(self._kind, key, value.encode())

    def __delitem__(self, key: str) -> None:
        raise TypeError("a memo forgets by itself")

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a memo cannot be listed")

    def __len__(self) -> int:
        raise TypeError("a memo cannot be counted")


def _part(key: str, number: int) -> str:
    return f"{key} {number}"


def _check(kind: str, key: str, value: bytes) -> bytes:
    digest = hashlib.blake2b(f"{kind}\0{key}\0".encode(), digest_size=_CHECK)
    digest.update(value)
    return digest.digest()


def _opened(path: Path, patience: float) -> sqlite3.Connection | None:
    """The database at `path`, made anew where it is not ours or not whole; None where there can be none."""
    for _ in range(2):
        try:
            _make_room(path)
            connection = sqlite3.connect(path, timeout=patience)
        except (OSError, sqlite3.Error):
            return None
        try:
            _prepare(connection)
        except sqlite3.OperationalError:
            # Another build is writing for longer than we wait, or the disk refuses.
            connection.close()
            return None
        except _DAMAGED:
            connection.close()
            _remove(path)
        else:
            return connection
    return None


def _opened_to_read(path: Path) -> sqlite3.Connection | None:
    """The database at `path` as it is; None where there is none, or none of ours."""
    if _leads_elsewhere(path) or not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except _DAMAGED:
        return None
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        found = [row[0] for row in connection.execute("SELECT sql FROM sqlite_master")]
    except _DAMAGED:
        found = []
    if found == [_TABLE]:
        return connection
    connection.close()
    return None


def _leads_elsewhere(path: Path) -> bool:
    # The folder comes with the site: none of it may lead out of there.
    return any(one.is_symlink() for one in (path.parent.parent, path.parent, path))


def _make_room(path: Path) -> None:
    if _leads_elsewhere(path):
        raise OSError("a link leads elsewhere")
    path.parent.mkdir(parents=True, exist_ok=True)
    ignored = path.parent / ".gitignore"
    if not ignored.exists():
        ignored.write_text("*\n", encoding="ascii")


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the table, or see that the one there is ours; raises `sqlite3.Error`."""
    # The file may come from anywhere: its schema must not be able to do anything.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    # After a power cut the check sums tell; a kill loses nothing.
    connection.execute("PRAGMA synchronous = OFF")
    # Of a file that is made now: most values fit one page, and the largest are read in few steps.
    connection.execute("PRAGMA page_size = 32768")
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        found = [row[0] for row in connection.execute("SELECT sql FROM sqlite_master")]
        if not found:
            connection.execute(_TABLE)
        elif found != [_TABLE]:
            raise sqlite3.DatabaseError("this is another program's file")


def _remove(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-journal")):
        with suppress(OSError):
            name.unlink()


def _drop_unused(database: sqlite3.Connection, kind: str, asked: set[str]) -> None:
    rows = database.execute("SELECT key FROM memo WHERE kind = ?", (kind,)).fetchall()
    unused = [(kind, key) for (key,) in rows if key not in asked]
    if len(unused) > len(asked) + _SPARE:
        database.executemany("DELETE FROM memo WHERE kind = ? AND key = ?", unused)
