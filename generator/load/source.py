"""Bytes of a Markdown file → `Source`: front matter taken apart with positions, nothing lost silently."""

from __future__ import annotations

import re

from frontmatter.default_handlers import YAMLHandler

from generator.finding import Finding, Place, Text
from generator.load import yaml_text
from generator.model import Source
from generator.rules.front_matter import RULE
from generator.schema import english_key

LARGEST_FRONT_MATTER = 256 * 1024
_HANDLER = YAMLHandler()
# What people type, or Word makes, in place of ---.
_DASHES = re.compile(r"[-—–―－─一ー]{2,}\s*")
_BOUNDARY = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)


def read(path: str, raw: bytes) -> tuple[Source, list[Finding]]:
    """The source at `path` (below the site folder) and what is wrong with how it is written."""
    findings: list[Finding] = []
    text = _decoded(path, raw, findings)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front, body, line = _split(path, text, findings)
    if front is None:
        return Source(path, {}, {}, {}, body, line, readable=False), findings
    tree = yaml_text.read(front, _first_line(text), english_key)
    findings.extend(
        _finding(Place(path, trouble.line, trouble.column), trouble.problem, trouble.hint)
        for trouble in tree.troubles
    )
    keys = tree.keys | {(key,): (1, 1) for key in tree.broken if (key,) not in tree.keys}
    return Source(path, tree.fields, keys, tree.values, body, line), findings


def _finding(place: Place, problem: Text, hint: Text) -> Finding:
    return RULE.at(place, problem=problem.zh, problem_en=problem.en, next=hint.zh, next_en=hint.en)


def _decoded(path: str, raw: bytes, findings: list[Finding]) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
    name, text = _guess(raw)
    findings.append(
        _finding(
            Place(path, line, column),
            Text(f"文件不是 UTF-8 编码（{name}）", f"the file is not UTF-8 ({name})"),
            Text("在编辑器里另存为 UTF-8 编码", "save the file as UTF-8"),
        )
    )
    return text


def _guess(raw: bytes) -> tuple[str, str]:
    """The encoding that the bytes seem to be in, and their text; so the rest can still be checked."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16", raw.decode("utf-16", "replace")
    try:
        return "GBK/GB18030", raw.decode("gb18030")
    except UnicodeDecodeError:
        return "?", raw.decode("utf-8", "replace")


def _first_line(text: str) -> int:
    """The line on which the front matter's first entry may stand."""
    opening = _BOUNDARY.search(text)
    return text.count("\n", 0, opening.end()) + 2 if opening else 1


def _split(path: str, text: str, findings: list[Finding]) -> tuple[str | None, str, int]:
    """Front matter, body, and the line on which the body begins; None for no front matter."""
    if _HANDLER.detect(text):
        try:
            front, body = _HANDLER.split(text)
        except ValueError:
            findings.append(_finding(Place(path, _first_line(text) - 1, 1), *_NO_END))
            return _unclosed(text)
        if len(front) <= LARGEST_FRONT_MATTER:
            # split() drops the newline before the body; the rest of `body` is untouched.
            front = front.removeprefix("\n")
            line = text.count("\n", 0, len(text) - len(body)) + 1
            return front, body, line
        findings.append(_finding(Place(path, 1, 1), *_TOO_LONG))
        return None, "", 1
    first = text.lstrip("\n \t").split("\n", 1)[0]
    if first and _DASHES.fullmatch(first) and not first.startswith("---"):
        findings.append(_finding(Place(path, 1, 1), *_WRONG_DASHES))
    elif not text.strip():
        findings.append(_finding(Place(path, 1, 1), *_EMPTY))
    else:
        findings.append(_finding(Place(path, 1, 1), *_NO_FRONT_MATTER))
    return None, text, 1


def _unclosed(text: str) -> tuple[str | None, str, int]:
    """The front matter that runs to the first empty line, when its closing --- is missing."""
    start = _BOUNDARY.search(text)
    rest = text[start.end() + 1 :] if start else text
    front, _, body = rest.partition("\n\n")
    line = text.count("\n", 0, len(text) - len(body)) + 1
    return front, body, line


_NO_END = (
    Text("文件头没有结束的“---”", "the closing “---” of the front matter is missing"),
    Text(
        "在文件头最后一项的下一行单独写“---”", "put “---” on a line of its own after the last entry"
    ),
)
_TOO_LONG = (
    Text("文件头太长", "the front matter is too long"),
    Text("检查结束的“---”的位置；正文写在它的下面", "check where the closing “---” stands"),
)
_WRONG_DASHES = (
    Text("第一行不是三个半角减号", "the first line is not three hyphens"),
    Text("改为半角的“---”", "type “---” with plain hyphens"),
)
_EMPTY = (
    Text("文件是空的", "the file is empty"),
    Text("写上文件头和正文，或删去这个文件", "write front matter and text, or delete the file"),
)
_NO_FRONT_MATTER = (
    Text("没有文件头", "there is no front matter"),
    Text(
        "在最前面写“---”，其后每行一项“键: 值”，再写“---”",
        "begin with “---”, then one “key: value” a line, then “---”",
    ),
)
