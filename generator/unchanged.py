"""Nothing has changed (原样): what a build or a check came to is known when all that it reads is as it was.

The key covers every file that a build reads, its settings, the day, this program and its libraries. What is
remembered is only the answer: the findings, the counts, and the seal of the output.
"""

from __future__ import annotations

import json
import os
import shutil
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.digests import HEX, Digests, Sums, hash_of, mark_of, stamp_of, stamps
from generator.edition import edition
from generator.finding import Finding, Language, Place, Severity, Text
from generator.memo import Memo, key
from generator.regex import regex
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
_PACKAGE = regex(r"[A-Za-z_]\w*")
_LONGEST_NAME = 200
_OUTPUT, _FINDINGS = "output", "findings"
_CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run came to: its findings, the counts, the language of the site, and notes for stderr."""

    findings: tuple[Finding, ...]
    totals: Totals
    language: Language
    notes: tuple[Text, ...] = ()


class _Held(NamedTuple):
    """What a site holds: its documents by path, all else as one key, and both together as another."""

    documents: Mapping[str, str]
    around: str
    contents: str


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
        self._folder = folder
        self._run = f"{wishes!r} {edition()}"
        self._singles, lines = self._read()
        self._lines: Sequence[str] = list(lines)
        self._mark = mark_of(self._lines)
        self.key = key(self._run, *self._singles, self._contents)

    def _read(self) -> tuple[list[str], Iterator[str]]:
        singles, folders = _read_beside(self._folder)
        return singles, (line for one in folders for line in stamps(self._folder, one))

    def rest(self) -> None:
        """Let go of what is as large as a third of the site that is built meanwhile."""
        held = self._held
        # What the memo holds may be no digests at all.
        with suppress(ValueError):
            held = held._replace(documents=Sums(held.documents.items()))
        vars(self)["_held"] = held
        self.digests.rest()
        self._lines = ()

    def is_still(self, read: Collection[str] | None = None) -> bool:
        """Whether all is as it was, as far as the file system tells; a file may be new and the same.

        With `read` that is asked only of what a run read that read no other documents and files of the content.
        """
        if read is None:
            singles, lines = self._read()
            is_so = (singles, mark_of(lines)) == (self._singles, self._mark)
            return is_so and self.digests.is_still()
        singles, folders = _read_beside(self._folder)
        beside = [line for one in folders if one != _CONTENT for line in stamps(self._folder, one)]
        held = [line for line in self._lines if not line.startswith(f"{_CONTENT}/")]
        return (
            (singles, beside) == (self._singles, held)
            and all(map(self._is_as_it_was, read))
            and self.digests.is_still()
        )

    def _is_as_it_was(self, name: str) -> bool:
        place = bisect_left(self._lines, f"{name}\0")
        before = self._lines[place] if place < len(self._lines) else ""
        try:
            return stamp_of(name, (self._folder / name).lstat(), moves=False) == before
        except OSError:
            return False

    @property
    def documents(self) -> Mapping[str, str]:
        """The digests of the documents by path; without those that cannot be read."""
        return self._held.documents

    @property
    def around(self) -> str:
        """The key of all that a run reads but the contents of documents, whose names it covers."""
        return self._held.around

    @property
    def _contents(self) -> str:
        """One digest of the names and contents of all these files of the site."""

        def looked() -> str:
            digest = self._held.contents
            self.digests.save()
            return digest

        return self.digests.once("contents", self._mark, looked)

    @cached_property
    def _held(self) -> _Held:
        documents: dict[str, str] = {}
        others: list[tuple[str, str, str]] = []
        for one in self.digests.told(self._lines):
            name, digest, target = one
            is_text = name.endswith(".md") and name.startswith(f"{_CONTENT}/")
            if is_text and len(digest) == HEX and not target:
                documents[name] = digest
            else:
                others.append(one)
        # In one piece: to hash tens of thousands of names one by one takes a tenth of a second.
        rest = json.dumps([list(documents), others])
        around = key(self._run, *self._singles, rest)
        return _Held(documents, around, key(rest, json.dumps(list(documents.values()))))

    def findings(self) -> Answer | None:
        """What was found, if it is known."""
        raw = self._memo.get(_FINDINGS, self.key)
        with suppress(ValueError, KeyError, TypeError):
            return _answer(json.loads(raw)) if raw is not None else None
        return None

    def keep_findings(self, answer: Answer) -> None:
        """Remember what was found."""
        self._memo.put(_FINDINGS, self.key, _written(answer))

    def output(self) -> str | None:
        """The seal of the output, if it is known."""
        return self.output_of(self.key)

    def output_of(self, state: str) -> str | None:
        """The seal of the output of another state, by its key, if it is known."""
        raw = self._memo.get(_OUTPUT, state)
        return raw.decode() if raw is not None else None

    def keep_output(self, seal: str) -> None:
        """Remember the seal of the output."""
        self._memo.put(_OUTPUT, self.key, seal.encode())


def _read_beside(folder: Path) -> tuple[list[str], list[str]]:
    """What a build reads beside its folders, by name and digest, or depends on; and those folders.

    The built-in templates belong to the edition of the program. Whatever `site.yaml` names may be a file
    or a folder that is read: word lists, fonts, and what later versions will read.
    """
    found: list[str] = []
    for name in ("site.yaml", "register.tsv", "wordlist.yaml"):
        found += _single(folder / name)
    settings = _settings(folder / "site.yaml")
    folders = [_CONTENT, "templates"]
    for name in sorted(set(_texts(settings))):
        inside = _inside(name)
        if inside is None:
            continue
        if _PACKAGE.fullmatch(name):
            found += _package(name)
        if (folder / inside).is_file():
            found += _single(folder / inside)
        elif inside not in folders and (folder / inside).is_dir():
            folders.append(inside)
    if isinstance(settings, dict) and "downloads" in settings:
        for place in map(Path, map(os.path.expanduser, _FONTS)):
            found += (f"{place}/{line}" for line in stamps(place, moves=True))
    for program in ("pagefind_extended", "pagefind"):
        path = shutil.which(program)
        found.append(f"{path} {_stamp(Path(path).stat())}" if path else "")
    return found, folders


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


def _inside(name: str) -> str | None:
    """The path below the site that a setting may mean; None where it means none."""
    if not name or len(name) > _LONGEST_NAME or "\0" in name or name.startswith("/"):
        return None
    inside = os.path.normpath(name)
    return None if inside in (".", "..") or inside.startswith("../") else inside


def _package(name: str) -> Iterator[str]:
    with suppress(ImportError, ValueError):
        spec = find_spec(name)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            yield from _single(Path(place) / "wordlist.yaml")


def _single(path: Path) -> Iterator[str]:
    yield str(path)
    try:
        yield hash_of(path) if path.is_file() else ""
    except OSError as error:
        yield f"{error.errno}"


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"


def as_json(findings: Iterable[Finding]) -> list[object]:
    """Findings as plain values."""
    return [
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
        for one in findings
    ]


def from_json(written: Iterable[Any]) -> tuple[Finding, ...]:
    """The findings that `as_json` wrote; anything else raises ValueError, KeyError or TypeError."""
    return tuple(
        Finding(rule, Severity(severity), Place(*place), Text(*message), Text(*hint), *more)
        for rule, severity, place, message, hint, *more in written
    )


def _written(answer: Answer) -> bytes:
    notes = [[note.zh, note.en] for note in answer.notes]
    return json.dumps(
        [as_json(answer.findings), list(answer.totals), answer.language, notes]
    ).encode()


def _answer(raw: object) -> Answer:
    """The answer that was written; anything else raises ValueError, KeyError or TypeError."""
    if not isinstance(raw, list):
        raise TypeError("not an answer")
    findings, totals, language, notes = raw
    return Answer(
        from_json(findings),
        Totals(*totals),
        language,
        tuple(Text(*note) for note in notes),
    )
