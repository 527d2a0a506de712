"""A release (发布版本): one finished output under a name made from its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator.finding import Text
from generator.regex import regex
from generator.written import MANIFEST

RELEASES = "releases"
CURRENT = "current"
NAME = regex(r"[0-9a-f]{16}")
_BLOCK = 1 << 20


class PublishError(Exception):
    """Nothing was published; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


@dataclass(frozen=True, slots=True)
class Release:
    """A finished output: where it is, its manifest (address → SHA-256), and the name it gets."""

    folder: Path
    manifest: Mapping[str, str]
    name: str


@dataclass(frozen=True, slots=True)
class Present:
    """What the public sees now: the release's name, empty where it is none of ours, and its manifest."""

    name: str = ""
    manifest: Mapping[str, str] | None = None


class Place(Protocol):
    """Where releases go (发布地点)."""

    def present(self) -> Present:
        """What is published now; changes nothing."""

    def put(self, release: Release) -> None:
        """Bring `release` over whole, then make it the present one in one step."""


def release_of(folder: Path) -> Release:
    """The output in `folder`, held against its manifest; raises `PublishError` where they differ."""
    try:
        written = (folder / MANIFEST).read_bytes()
    except OSError:
        written = b""
    manifest = manifest_from(written)
    if manifest is None:
        raise PublishError(
            Text(
                f"{folder} 里没有完好的 {MANIFEST}，不是本程序生成的输出",
                f"{folder} holds no sound {MANIFEST}; it is no output of this program",
            )
        )
    wrong = differences(folder, manifest)
    if wrong:
        shown = "、".join(wrong[:3])
        raise PublishError(
            Text(
                f"{folder} 与它的 {MANIFEST} 不符（{len(wrong)} 个文件：{shown}）。重新生成一次",
                f"{folder} differs from its {MANIFEST} ({len(wrong)} files: {shown}); build it again",
            )
        )
    return Release(folder, manifest, hashlib.sha256(written).hexdigest()[:16])


def manifest_from(written: bytes) -> Mapping[str, str] | None:
    """The manifest as read, or None where it is none."""
    try:
        manifest = json.loads(written)
    except ValueError:
        return None
    if not isinstance(manifest, dict):
        return None
    sound = all(_is_inside(url) and isinstance(hash_, str) for url, hash_ in manifest.items())
    return manifest if sound else None


def _is_inside(url: str) -> bool:
    return all(step not in ("", ".", "..") for step in url.split("/"))


def differences(folder: Path, manifest: Mapping[str, str]) -> list[str]:
    """The files of `folder` that are missing, changed, or not in `manifest`, sorted."""
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    files = {url for url, path in there.items() if path.is_symlink() or not path.is_dir()}
    wrong = (files ^ manifest.keys()) - {MANIFEST}
    wrong |= {url for url in files & manifest.keys() if _sha256(there[url]) != manifest[url]}
    return sorted(wrong)


def _sha256(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        return ""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
