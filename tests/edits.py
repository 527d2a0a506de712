"""Edits of a site held as a dict (改动): each gives a new dict and fails if it changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Files = Mapping[str, str | bytes]
Edit = Callable[[Files], Files]


def put(path: str, content: str | bytes) -> Edit:
    """The site with the file `path` added or replaced."""

    def edit(files: Files) -> Files:
        assert files.get(path) != content, f"{path} holds this already"
        return {**files, path: content}

    return edit


def remove(path: str) -> Edit:
    """The site without the file `path`."""

    def edit(files: Files) -> Files:
        assert path in files, f"there is no {path}"
        return {name: content for name, content in files.items() if name != path}

    return edit


def replace(path: str, old: str, new: str) -> Edit:
    """The site with the first `old` in the file `path` replaced by `new`."""

    def edit(files: Files) -> Files:
        text = files[path]
        assert isinstance(text, str)
        assert old in text, f"{path} does not hold {old!r}"
        return {**files, path: text.replace(old, new, 1)}

    return edit


def append(path: str, text: str) -> Edit:
    """The site with a paragraph `text` at the end of the file `path`."""

    def edit(files: Files) -> Files:
        before = files[path]
        assert isinstance(before, str)
        return {**files, path: f"{before.rstrip()}\n\n{text}\n"}

    return edit


def all_of(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(files: Files) -> Files:
        for one in edits:
            files = one(files)
        return files

    return edit
