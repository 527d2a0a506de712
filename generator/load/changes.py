"""Changes (改动) of the content of a site that was read before: the files as they are now, and where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from generator.load import MARKDOWN, Loaded, again, asset, is_left_out, is_listed, is_there
from generator.model import Asset, Source

Changes = Mapping[str, Source | Asset | None]
"""Files that were written, by path; None for each that is gone."""


def read_again(folder: Path, loaded: Loaded, paths: Collection[str]) -> Changes | None:
    """The files at `paths`, and below those that are folders, as they are now.

    None where anything else is there than a build would publish, or one of them is not of the content.
    """
    if not all(path.startswith("content/") for path in paths):
        return None
    told = {one.place.path for one in loaded.findings}
    held = _by_path(loaded).keys()
    found: dict[str, Source | Asset | None] = {}
    for path in _files(folder, held, paths):
        if is_left_out(path):
            continue
        if path in told:
            return None
        now = again(folder, path) if path.endswith(MARKDOWN) else _asset(folder, path)
        if now is None and is_there(folder, path):
            return None
        if now is None and path not in held:
            # It came and went.
            continue
        if now is not None and path not in held and not is_listed(folder, path):
            return None
        found[path] = now
    return found


def _files(folder: Path, held: Collection[str], paths: Iterable[str]) -> Iterable[str]:
    """Each of `paths` that is no folder, and of each folder all files that are, or were, below it."""
    found: dict[str, None] = {}
    for path in paths:
        below = folder / path
        if path in held or (is_there(folder, path) and not below.is_dir()):
            found[path] = None
            continue
        inside = (one for one in below.rglob("*") if not one.is_dir())
        found |= dict.fromkeys(one.relative_to(folder).as_posix() for one in inside)
        found |= dict.fromkeys(one for one in held if one.startswith(f"{path}/"))
    return found


def _asset(folder: Path, path: str) -> Asset | None:
    file = folder / path
    try:
        return None if file.is_symlink() or not file.is_file() else asset(path, file)
    except OSError:
        return None


def _by_path(loaded: Loaded) -> dict[str, Source | Asset | None]:
    found: dict[str, Source | Asset | None] = {one.path: one for one in loaded.sources}
    found |= {one.path: one for one in loaded.assets}
    return found


def with_changes(loaded: Loaded, changes: Changes) -> Loaded:
    """What was read, with these files in place of those of before; in the order in which files are read."""
    files = _by_path(loaded)
    before = len(files)
    files |= changes
    # What was only written again stands where it stood.
    paths = files if len(files) == before else sorted(files, key=lambda path: path.split("/"))
    kept = [files[path] for path in paths]
    return replace(
        loaded,
        sources=tuple(one for one in kept if isinstance(one, Source)),
        assets=tuple(one for one in kept if isinstance(one, Asset)),
    )
