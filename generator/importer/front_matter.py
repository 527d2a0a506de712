"""Front matter as text (文件头): values quoted where YAML would take them for something else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from generator.importer.tasks import Task
from generator.regex import regex

# Plain where no reader of YAML can see anything but text; in quotes otherwise.
_PLAIN = regex(r"(?:[一-龥《“（〔A-Za-z]|[0-9]+[一-龥、])[^:#]*(?<!\s)")
# What ends an entry of a list in brackets.
_BRACKETS = regex(r"[\[\]{},]")
_DATES = frozenset(["signed", "published", "effective", "expires"])
_WORDS_OF_YAML = frozenset(["y", "n", "yes", "no", "true", "false", "on", "off", "null", "none"])
ORDER = (
    "title",
    "kind",
    "year",
    "document_number",
    "index_number",
    "issuer",
    "signed",
    "published",
    "effective",
    "expires",
    "status",
    "source",
    "subject",
    "keywords",
)


def scalar(text: str) -> str:
    """`text` as a YAML scalar that every reader of YAML reads as this text."""
    is_word = text.isprintable() and _PLAIN.fullmatch(text) is not None
    return text if is_word and text.lower() not in _WORDS_OF_YAML else _quoted(text)


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in quoted)


def _escaped(sign: str) -> str:
    code = ord(sign)
    return f"\\U{code:08X}" if code > 0xFFFF else f"\\u{code:04X}"


def write(
    fields: Mapping[str, str | tuple[str, ...]],
    tasks: Iterable[Task],
    remarks: Mapping[str, str],
    missing: Iterable[str],
) -> str:
    """The front matter between its `---` lines.

    `remarks` stand as comments behind the field that they are about, `missing` as comments at the end.
    """
    lines = [
        f"{key}: {_value(key, fields[key])}" + (f"  # {remarks[key]}" if key in remarks else "")
        for key in ORDER
        if key in fields
    ]
    lines.extend(f"# {comment}" for comment in missing)
    rows = [line for task in tasks for line in _task(task)]
    return "\n".join(["---", *lines, *(["tasks:", *rows] if rows else []), "---", ""])


def _value(key: str, value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return scalar(value[0]) if len(value) == 1 else _list(value)
    return value if key == "year" or key in _DATES else scalar(value)


def _list(values: Iterable[str]) -> str:
    entries = (_quoted(value) if _BRACKETS.search(value) else scalar(value) for value in values)
    return f"[{', '.join(entries)}]"


def _task(task: Task) -> list[str]:
    lines = [f"  - task: {scalar(task.task)}"]
    if task.detail:
        lines.append(f"    detail: {scalar(task.detail)}")
    if task.lead:
        lines.append(f"    lead: {_list(task.lead)}")
    if task.support:
        lines.append(f"    support: {_list(task.support)}")
    if task.due:
        lines.append(f"    due: {scalar(task.due)}")
    return lines
