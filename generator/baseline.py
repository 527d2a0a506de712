"""Baseline (基线): today's findings accepted, so that only new ones fail; it may shrink, never grow.

An accepted finding is known by rule, path, target and text, not by its line: edits above it do not
disturb it. The file has one entry a line, sorted, so that it merges cleanly in git.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.finding import Finding, Text

Entry = tuple[str, str, str, str]


class BaselineError(Exception):
    """The file is no baseline; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


@dataclass(frozen=True)
class Compared:
    """Findings against a baseline: those that are new, how many were accepted, and what was mended."""

    new: tuple[Finding, ...]
    accepted: int
    mended: tuple[Entry, ...]


def entry(finding: Finding) -> Entry:
    """What a finding is known by."""
    message = "" if finding.target or finding.text else finding.message.zh
    return finding.rule, finding.place.path, finding.target or "", finding.text or message


def write(findings: Iterable[Finding]) -> str:
    """The text of a baseline that accepts `findings`."""
    return _text(map(entry, findings))


def without(accepted: Iterable[Entry], mended: Iterable[Entry]) -> str:
    """The text of the baseline `accepted` after what was `mended` is taken out."""
    return _text((Counter(accepted) - Counter(mended)).elements())


def _text(entries: Iterable[Entry]) -> str:
    lines = (json.dumps(one, ensure_ascii=False) for one in sorted(entries))
    return "".join(f"{line}\n" for line in lines)


def read(text: str) -> tuple[Entry, ...]:
    """The entries of a baseline; raises `BaselineError` with the line that is none."""
    found: list[Entry] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            rule, path, target, words = json.loads(line)
        except (ValueError, TypeError):
            raise BaselineError(
                Text(
                    f"基线文件第 {number} 行读不懂；可以删去这个文件重新生成",
                    f"line {number} of the baseline cannot be read; delete the file to make it anew",
                )
            ) from None
        found.append((str(rule), str(path), str(target), str(words)))
    return tuple(found)


def compare(findings: Sequence[Finding], accepted: Iterable[Entry]) -> Compared:
    """`findings` against a baseline; an entry accepts as many findings as it has lines."""
    left = Counter(accepted)
    new: list[Finding] = []
    for finding in findings:
        known = entry(finding)
        if left[known] > 0:
            left[known] -= 1
        else:
            new.append(finding)
    mended = tuple(sorted((+left).elements()))
    return Compared(tuple(new), len(findings) - len(new), mended)
