"""Fix (改正): suggestions that are certain, written into the Markdown; no other byte of a file changes."""

from __future__ import annotations

import html
import os
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from urllib.parse import quote

from generator.domain import masks
from generator.domain.folding import folded
from generator.finding import Finding, Text
from generator.model import Entry, Site
from generator.regex import regex
from generator.rules import (
    bank_card,
    broken_reference,
    document_number_format,
    home_address,
    legacy_host,
    malformed_url,
    personal_id,
    personal_phone,
    redirector_url,
    wrong_case,
)

ADDRESSES = frozenset(
    rule.name
    for rule in (malformed_url.RULE, wrong_case.RULE, legacy_host.RULE, redirector_url.RULE)
)
MASKED = frozenset(
    rule.name for rule in (personal_id.RULE, bank_card.RULE, personal_phone.RULE, home_address.RULE)
)
_NUMBER, _REFERENCE = document_number_format.RULE.name, broken_reference.RULE.name
_LINE = regex("[^\r\n]*(?:\r\n|\r|\n|$)")
_SIGNS = regex(r"[\W_]")
_NOT_PLAIN = frozenset(":#,[]{}'\"&*!|>%@`\\")
# How far behind the beginning of a link its address may stand.
_LONGEST_LINK = 4000


class FixError(Exception):
    """A file could not be written; `sentence` says which and why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file with certain suggestions applied: its path below the site, its text before and after."""

    path: str
    before: str
    after: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    """`old` at `start` becomes `new`; for the sake of `finding`."""

    start: int
    old: str
    new: str
    finding: Finding


def fixes(folder: Path, site: Site, findings: Iterable[Finding]) -> tuple[Fixed, ...]:
    """The files below `folder` with every finding mended whose right form is beyond doubt."""
    certain = _certain_references(site)
    by_path: dict[str, list[tuple[Finding, str, str]]] = defaultdict(list)
    for finding in findings:
        entry = site.entries.get(finding.place.path)
        change = _change(finding, certain)
        if entry and change and not _is_contact(finding, entry):
            by_path[finding.place.path].append((finding, *change))
    found = (_fixed(folder, path, changes) for path, changes in sorted(by_path.items()))
    return tuple(one for one in found if one is not None)


def _is_contact(finding: Finding, entry: Entry) -> bool:
    """Whether the number is there to be called: if it is a person's own, an editor knows."""
    return finding.rule in MASKED and finding.place == entry.document.source.place("contact")


def _change(finding: Finding, certain: Callable[[str], str]) -> tuple[str, str] | None:
    """What stands in the file and what is to stand there; None where it is not certain."""
    if finding.rule in ADDRESSES and finding.target and finding.suggestion:
        return finding.target, finding.suggestion
    if finding.rule in MASKED | {_NUMBER} and finding.text and finding.suggestion:
        return finding.text, finding.suggestion
    if finding.rule == _REFERENCE and finding.target:
        right = certain(finding.target)
        return (finding.target, right) if right and right != finding.target else None
    return None


def _certain_references(site: Site) -> Callable[[str], str]:
    """For a reference that leads nowhere: the one of a document that differs from it only by signs."""
    known: dict[str, set[str]] = defaultdict(set)
    for entry in site.entries.values():
        if entry.document.withheld is None:
            for name in _names(entry.document.title, entry.document.meta.index_number):
                known[_plain(name)].add(name)
            path = entry.path.removeprefix("content/")
            known[_plain(path.removesuffix(".md"))].add(path)

    def certain(words: str) -> str:
        name, mark, fragment = words.partition("#")
        bare = name.strip().removesuffix(".md").removesuffix(".html")
        found = known.get(_plain(bare), set())
        return f"{next(iter(found))}{mark}{fragment}" if len(found) == 1 else ""

    return certain


def _names(title: str, index_number: str | None) -> Iterable[str]:
    yield f"《{title}》"
    if index_number:
        yield index_number
    for inner in re.findall(r"关于印发(?:《(.+)》|(.+))的通知$", title):
        yield f"《{''.join(inner)}》"


def _plain(words: str) -> str:
    """Letters and digits alone: quotes, brackets, dashes, spaces, width and case make no other name."""
    return _SIGNS.sub("", folded(words)).lower()


def _fixed(folder: Path, path: str, changes: Sequence[tuple[Finding, str, str]]) -> Fixed | None:
    try:
        before = (folder / path).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    starts = _line_starts(before)
    edits: list[_Edit] = []
    for finding, old, new in changes:
        edit = _edit(before, starts, finding, old, new)
        if edit and not any(_overlap(edit, other) for other in edits):
            edits.append(edit)
    if not edits:
        return None
    after = before
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        after = after[: edit.start] + edit.new + after[edit.start + len(edit.old) :]
    return Fixed(path, before, after, tuple(edit.finding for edit in edits))


def _line_starts(text: str) -> list[int]:
    """The offset of each line's first character, as the loader counts lines: behind the byte order mark."""
    starts = [match.start() for match in _LINE.finditer(text)]
    starts[0] = len(text) - len(text.lstrip("\ufeff"))
    return starts


def _overlap(one: _Edit, other: _Edit) -> bool:
    return one.start < other.start + len(other.old) and other.start < one.start + len(one.old)


def _edit(text: str, starts: Sequence[int], finding: Finding, old: str, new: str) -> _Edit | None:
    """Where exactly `old` stands; None where it cannot be found at the place of the finding."""
    line, column = finding.place.line or 1, finding.place.column or 1
    if line > len(starts):
        return None
    start = starts[line - 1] + column - 1
    if finding.rule in MASKED:
        return _masked(text, start, finding, old, new)
    if finding.rule == _NUMBER or _is_value(text, start):
        return _in_value(text, start, finding, old, new)
    if finding.rule == _REFERENCE or text.startswith("[[", start):
        return _in_brackets(text, start, finding, old, new)
    return _in_link(text, start, finding, old, new)


def _masked(text: str, start: int, finding: Finding, old: str, new: str) -> _Edit | None:
    if _is_value(text, start):
        end = _LINE.match(text, start)
        # A mask begins with a digit: wherever it stands, YAML takes it as it is.
        found = text.find(old, start, end.end() if end else start)
        return _Edit(found, old, new, finding) if found >= 0 else None
    if not text.startswith(old, start):
        return None
    written = masks.in_markdown(text, start, old, new)
    return _Edit(start, old, written, finding) if written else None


def _is_value(text: str, start: int) -> bool:
    """Whether the place is a value of the front matter, where no link begins."""
    front = re.match(
        r"\ufeff*\s*---[^\S\r\n]*(?:\r\n|\r|\n)(.*?)(?:\r\n|\r|\n)---", text, re.DOTALL
    )
    return front is not None and start < front.end()


def _in_value(text: str, start: int, finding: Finding, old: str, new: str) -> _Edit | None:
    end = _LINE.match(text, start)
    found = text.find(old, start, end.end() if end else start)
    if found < 0:
        return None
    # These would end a scalar, or make something else of it.
    if (set(new) - set(old)) & _NOT_PLAIN:
        return None
    return _Edit(found, old, new, finding)


def _in_brackets(text: str, start: int, finding: Finding, old: str, new: str) -> _Edit | None:
    found = re.compile(r"\[\[\s*" + f"({re.escape(old)})" + r"\s*(?=\||\]\])").match(text, start)
    is_plain = not re.search(r"[\[\]|\n]", new)
    return _Edit(found.start(1), old, new, finding) if found and is_plain else None


def _in_link(text: str, start: int, finding: Finding, old: str, new: str) -> _Edit | None:
    """In `](old)`, `[…]: old`, `<old>` or an attribute; the text of a link is never touched."""
    for spelling in dict.fromkeys((old, html.escape(old), html.escape(old, quote=False))):
        pattern = re.compile(
            r"(?:\]\(\s*<?|\]:[ \t]*<?|<|\b(?:href|src|poster|cite|data)\s*=\s*[\"']?)"
            rf"({re.escape(spelling)})(?=[\s)>\"'])"
        )
        found = pattern.search(text, start, start + _LONGEST_LINK)
        if found:
            is_html = "=" in found[0][: found.start(1) - found.start()]
            written = html.escape(new) if is_html else new
            is_closed = found[0][: found.start(1) - found.start()].endswith("<")
            if not is_html and not is_closed:
                written = _for_markdown(new)
            return _Edit(found.start(1), spelling, written, finding)
    return None


def _for_markdown(address: str) -> str:
    """`address` so that it does not end at a space or a bracket of its own."""
    balanced = address.count("(") == address.count(")")
    signs = r"[\s<>]" if balanced else r"[\s<>()]"
    return re.sub(signs, lambda sign: quote(sign[0]), address)


def diff(fixed: Iterable[Fixed]) -> str:
    """The changes as one unified diff; empty where there are none."""
    parts: list[str] = []
    for one in fixed:
        lines = unified_diff(
            _LINE.findall(one.before)[:-1],
            _LINE.findall(one.after)[:-1],
            f"a/{one.path}",
            f"b/{one.path}",
        )
        for line in lines:
            whole = (
                line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
            )
            parts.append(whole)
    return "".join(parts)


def write(folder: Path, fixed: Iterable[Fixed]) -> None:
    """Write the mended files, each whole or not at all; raises `FixError`."""
    for one in fixed:
        path = (folder / one.path).resolve()
        try:
            _replace(path, one.after.encode("utf-8"))
        except OSError as error:
            raise FixError(
                Text(f"无法写入 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}")
            ) from None


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        shutil.copymode(path, name)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
