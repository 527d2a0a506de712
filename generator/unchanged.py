"""Nothing has changed (原样): what a build or a check came to is known when all that it reads is as it was.

The key covers every file that a build reads, its settings, the day, this program and its libraries. What is
remembered is only the answer: the findings, the counts, and the digest of each file of the output.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import yaml

from generator.digests import Digests, files_below, hash_of
from generator.finding import Finding, Language, Place, Severity, Text
from generator.memo import Memo, edition, key
from generator.report import Totals

_FONTS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
_PACKAGE = re.compile(r"[A-Za-z_]\w*")
_LONGEST_NAME = 200
_OUTPUT, _FINDINGS = "output", "findings"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run came to: its findings, the counts, the language of the site, and notes for stderr."""

    findings: tuple[Finding, ...]
    totals: Totals
    language: Language
    notes: tuple[Text, ...] = ()


class State:
    """All that a run of one site on one day reads, as one key; asks and tells the memo under it."""

    def __init__(
        self,
        folder: Path,
        today: date,
        memo: Memo,
        *,
        select: frozenset[str] = frozenset(),
        ignore: frozenset[str] = frozenset(),
        drafts: bool = False,
        base_url: str | None = None,
    ) -> None:
        self.digests = Digests(folder, memo, "site")
        self._memo = memo
        wishes = (
            today.isoformat(),
            sorted(select),
            sorted(ignore),
            drafts,
            base_url,
        )
        parts = (repr(wishes), edition(), *_parts(folder, self.digests))
        self.key = key(*parts)

    def findings(self) -> Answer | None:
        """What was found, if it is known."""
        raw = self._memo.get(_FINDINGS, self.key)
        with suppress(ValueError, KeyError, TypeError):
            return _answer(json.loads(raw)) if raw is not None else None
        return None

    def keep_findings(self, answer: Answer) -> None:
        """Remember what was found."""
        self._memo.put(_FINDINGS, self.key, _written(answer))

    def output(self) -> Mapping[str, str] | None:
        """The SHA-256 of each file of the output by its address, if it is known."""
        raw = self._memo.get(_OUTPUT, self.key)
        with suppress(ValueError):
            return dict(json.loads(raw)) if raw is not None else None
        return None

    def keep_output(self, manifest: Mapping[str, str]) -> None:
        """Remember the digests of the output."""
        self._memo.put(_OUTPUT, self.key, json.dumps(manifest).encode())


def _parts(folder: Path, digests: Digests) -> Iterator[str]:
    """Every file that a build reads, by name and digest, and what else of this machine it depends on.

    The built-in templates belong to the edition of the program. Whatever `site.yaml` names may be a file
    or a folder that is read: word lists, fonts, and what later versions will read.
    """
    for name in ("site.yaml", "register.tsv", "wordlist.yaml"):
        yield from _single(folder / name)
    settings = _settings(folder / "site.yaml")
    for name in sorted(set(_texts(settings))):
        yield from _named(folder, name, digests)
    yield from _tree(folder, "content", digests)
    yield from _tree(folder, "templates", digests)
    if isinstance(settings, dict) and "downloads" in settings:
        for place in map(Path, map(os.path.expanduser, _FONTS)):
            for name, status, _ in files_below(place):
                yield f"{place}/{name} {_stamp(status)}"
    for program in ("pagefind_extended", "pagefind"):
        found = shutil.which(program)
        yield f"{found} {_stamp(Path(found).stat())}" if found else ""


def _settings(path: Path) -> object:
    """`site.yaml` as plain data; None where it cannot be read, and then nothing is built."""
    try:
        return yaml.load(path.read_text(encoding="utf-8-sig"), yaml.CBaseLoader)  # noqa: S506
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return None


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, dict):
        for one in (*value, *value.values()):
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _named(folder: Path, name: str, digests: Digests) -> Iterator[str]:
    """The file or folder below the site that a setting may mean, or the word list of a package."""
    if not name or len(name) > _LONGEST_NAME or "\0" in name or name.startswith("/"):
        return
    inside = os.path.normpath(name)
    path = folder / inside
    if _PACKAGE.fullmatch(name):
        yield from _package(name)
    if inside in (".", "..") or inside.startswith("../"):
        return
    if path.is_file():
        yield from _single(path)
    elif path.is_dir() and inside not in ("content", "templates"):
        yield from _tree(folder, inside, digests)


def _package(name: str) -> Iterator[str]:
    with suppress(ImportError, ValueError):
        spec = find_spec(name)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            yield from _single(Path(place) / "wordlist.yaml")


def _tree(folder: Path, inside: str, digests: Digests) -> Iterator[str]:
    for name, status, is_link in files_below(folder, inside):
        yield name
        if is_link:
            # What a link leads to counts, and where it leads.
            yield os.path.realpath(folder / name)
        if status is None:
            # A folder, a pipe, a dead link.
            continue
        try:
            yield digests.of(name, status)
        except OSError as error:
            yield f"{error.errno}"


def _single(path: Path) -> Iterator[str]:
    yield str(path)
    try:
        yield hash_of(path) if path.is_file() else ""
    except OSError as error:
        yield f"{error.errno}"


def _stamp(status: os.stat_result | None) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}" if status else ""


def _written(answer: Answer) -> bytes:
    findings = [
        [
            one.rule,
            one.severity.value,
            [one.place.path, one.place.line, one.place.column],
            [one.message.zh, one.message.en],
            [one.hint.zh, one.hint.en],
            one.target,
            one.text,
            one.suggestion,
        ]
        for one in answer.findings
    ]
    notes = [[note.zh, note.en] for note in answer.notes]
    return json.dumps([findings, list(answer.totals), answer.language, notes]).encode()


def _answer(raw: object) -> Answer:
    """The answer that was written; anything else raises ValueError, KeyError or TypeError."""
    if not isinstance(raw, list):
        raise TypeError("not an answer")
    findings, totals, language, notes = raw
    return Answer(
        tuple(
            Finding(rule, Severity(severity), Place(*place), Text(*message), Text(*hint), *more)
            for rule, severity, place, message, hint, *more in findings
        ),
        Totals(*totals),
        language,
        tuple(Text(*note) for note in notes),
    )
