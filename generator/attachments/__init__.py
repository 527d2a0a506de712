"""Attachments (附件): the files to publish → what stands inside them. Nothing is executed, nothing unpacked.

`read` is a pure function of a file's bytes and ending; `read_all` remembers what it gave.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from generator.attachments import child
from generator.attachments.reading import AT_ONCE, LARGEST_FILE, READABLE, read, runs_away
from generator.contents import NOTHING, Contents, Obstacle, from_json

if TYPE_CHECKING:
    # The child process reads files and needs no more than their bytes; it starts in half the time.
    from generator.model import Asset

__all__ = ["EDITION", "LARGEST_FILE", "READABLE", "read", "read_all"]

EDITION = "1"
"""Which edition of the readers made a `Contents`: what an earlier one gave is not remembered."""


def read_all(
    folder: Path,
    assets: Iterable[Asset],
    memory: MutableMapping[str, str] | None = None,
    keep: Callable[[Contents], Contents] = lambda made: made,
) -> Mapping[str, Contents]:
    """The contents of `assets`, files of the site in `folder`, by path; those with nothing inside are absent.

    `memory` holds what of office files and PDFs was read before as JSON, by the hash of edition, ending
    and bytes. `keep` may put each away in a lighter form.
    """
    memory = {} if memory is None else memory
    found: dict[str, Contents] = {}
    waiting: dict[str, list[tuple[str, str]]] = {}
    for asset in assets:
        suffix = posixpath.splitext(asset.path)[1].lower()
        if suffix not in READABLE or not asset.size:
            continue
        if asset.size > LARGEST_FILE:
            found[asset.path] = Contents(obstacle=Obstacle.TOO_LARGE)
            continue
        head = asset.head
        content = head if asset.size == len(head) else _bytes(folder / asset.path)
        if suffix in AT_ONCE:
            found[asset.path] = keep(read(content, suffix))
            continue
        key = hashlib.sha256(f"{EDITION}{suffix}\0".encode() + content).hexdigest()
        known = _remembered(memory, key)
        if known is not None:
            found[asset.path] = keep(known)
        elif runs_away(content, suffix):
            waiting.setdefault(key, []).append((asset.path, suffix))
        else:
            made = read(content, suffix)
            memory[key] = made.to_json()
            found[asset.path] = keep(made)
    files = ((held[0][1], _bytes(folder / held[0][0])) for held in waiting.values())
    for key, contents in zip(waiting, child.contents(files), strict=True):
        found.update((path, keep(contents)) for path, _ in waiting[key])
        if contents.obstacle is not Obstacle.TOO_SLOW:
            memory[key] = contents.to_json()
    return {path: found[path] for path in sorted(found) if found[path] != NOTHING}


def _remembered(memory: Mapping[str, str], key: str) -> Contents | None:
    with suppress(KeyError, ValueError, TypeError):
        return from_json(memory[key])
    return None


def _bytes(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""
