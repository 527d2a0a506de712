"""What earlier runs saw (缓存): one file of JSON lines, how long each answer holds, and since when it fails.

It may be deleted at any time. A line that cannot be read is a line that is not there; a file that is
not ours is put aside before ours takes its name.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from generator.external.observation import Failure, Observation
from generator.finding import Text

HOUR = 3600.0
SUCCESS_AGE = 7 * 24 * HOUR
FAILURE_AGE = 4 * HOUR
_FORGOTTEN = 90 * 24 * HOUR
_HEADER = '{"gongkai": "links", "version": 1}'
# What says more about this run than about the address.
_OF_THE_RUN = frozenset({Failure.NO_TIME, Failure.BLOCKED, Failure.OFFLINE})


class CacheError(Exception):
    """The cache cannot be written; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer, when it was seen, and since when the address fails (seconds since 1970)."""

    seen: Observation
    checked: float
    failing_since: float | None = None

    def is_confirmed(self, confirm_after: float) -> bool:
        """Whether runs at least `confirm_after` seconds apart met with a failure."""
        since = self.failing_since
        return since is not None and self.checked - since >= confirm_after

    def is_fresh(self, now: float, confirm_after: float, *, is_good: bool) -> bool:
        """Whether the answer still holds; one that wants confirming holds until it can be confirmed."""
        age = SUCCESS_AGE if is_good else FAILURE_AGE
        if self.seen.may_pass and not self.is_confirmed(confirm_after):
            age = min(age, confirm_after)
        return 0 <= now - self.checked < age


@lru_cache(1)
def _entries() -> TypeAdapter[Entry]:
    return TypeAdapter(Entry)


def after(seen: Observation, now: float, before: Entry | None) -> Entry:
    """The entry of an answer seen now, which may confirm the failure `before`."""
    if seen.is_answered:
        return Entry(seen, now)
    since = before.failing_since if before is not None and before.checked <= now else None
    if seen.may_pass and since is None:
        since = now
    return Entry(seen, now, since)


def is_kept(seen: Observation) -> bool:
    """Whether an answer is worth keeping: “too many requests” never is."""
    return seen.status != 429 and seen.failure not in _OF_THE_RUN


def read(path: Path | None) -> dict[str, Entry]:
    """The entries by address; empty where there is no file, or not one of ours."""
    if path is None:
        return {}
    try:
        header, *lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return {}
    if header != _HEADER:
        return {}
    entries: dict[str, Entry] = {}
    for line in lines:
        with suppress(ValueError, KeyError, TypeError, ValidationError, RecursionError):
            row = json.loads(line)
            entries[str(row["address"])] = _entries().validate_python(row["entry"])
    return entries


def write(path: Path | None, entries: Mapping[str, Entry], now: float) -> None:
    """Put the entries at `path` in one step, without those long forgotten; raises `CacheError`."""
    if path is None:
        return
    rows = [_HEADER]
    for address, entry in sorted(entries.items()):
        if now - entry.checked < _FORGOTTEN:
            row = {"address": address, "entry": _entries().dump_python(entry, mode="json")}
            rows.append(json.dumps(row, sort_keys=True))
    text = "\n".join(rows) + "\n"
    temporary = path.with_name(f".{path.name}.gongkai-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _put_aside(path)
        temporary.write_text(text, encoding="ascii")
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise CacheError(
            Text(
                f"无法写入链接缓存 {path}：{error.strerror}",
                f"cannot write the cache of links {path}: {error.strerror}",
            )
        ) from None


def _put_aside(path: Path) -> None:
    """A file under our name that is not ours may be somebody's work."""
    try:
        with path.open("rb") as file:
            is_ours = file.readline(200).strip() == _HEADER.encode()
    except FileNotFoundError:
        return
    if not is_ours:
        path.replace(path.with_name(path.name + ".old"))
