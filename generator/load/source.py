"""Bytes of a Markdown file → `Source`: front matter taken apart with positions, nothing lost silently."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from frontmatter.default_handlers import YAMLHandler

from generator.finding import Finding, Place, Text
from generator.load import yaml_text
from generator.model import Source
from generator.regex import regex
from generator.rules.front_matter import RULE
from generator.schema import english_key

# The same few keys stand in all documents.
_english_key = lru_cache(maxsize=4096)(english_key)
LARGEST_FRONT_MATTER = 256 * 1024
# The library's own pattern swallows the empty lines behind ---, and with them the count of lines.
_BOUNDARY = regex(r"^-{3,}[^\S\n]*$", re.MULTILINE)
_HANDLER = YAMLHandler(_BOUNDARY)
# What people type, or Word makes, in place of ---.
_DASHES = regex(r"[-—–―－─一ー]{2,}\s*")
_DASHES_LINE = regex(r"^[-—–―－─一ー]{2,}[ \t]*$", re.MULTILINE)
_PROSE = regex(r"\n[^\S\n]*\n(?=[^\s#\-\]}])(?![^\n]{1,40}?[:：])")


def read(path: str, raw: bytes) -> tuple[Source, list[Finding]]:
    """The source at `path` (below the site folder) and what is wrong with how it is written."""
    findings: list[Finding] = []
    text = _decoded(path, raw, findings)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = _split(path, text, findings)
    if parts is None:
        return Source(path, {}, {}, {}, text, 1, readable=False), findings
    tree = yaml_text.read(parts.front, parts.line, _english_key)
    if tree.troubles and parts.is_closed and _PROSE.search(parts.front):
        # The --- that was found is a rule in the text; the front matter ends above it.
        parts = _unclosed(path, text, parts.start, findings)
        tree = yaml_text.read(parts.front, parts.line, _english_key)
    findings.extend(
        _finding(Place(path, trouble.line, trouble.column), trouble.problem, trouble.hint)
        for trouble in tree.troubles
    )
    source = Source(path, tree.fields, tree.keys, tree.values, parts.body, parts.body_line)
    return source, findings


def _finding(place: Place, problem: Text, hint: Text) -> Finding:
    return RULE.at(place, problem=problem.zh, problem_en=problem.en, next=hint.zh, next_en=hint.en)


def _decoded(path: str, raw: bytes, findings: list[Finding]) -> str:
    wide = _wide(raw)
    if wide:
        findings.append(_finding(Place(path, 1, 1), *_not_utf8("UTF-16")))
        return raw.decode(wide, "replace").lstrip("\ufeff")
    try:
        return raw.decode("utf-8-sig").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace").lstrip("\ufeff")
        line = len(re.findall("\r\n|\r|\n", before)) + 1
        column = len(re.split("\r\n|\r|\n", before)[-1]) + 1
    name, text = _guess(raw)
    findings.append(_finding(Place(path, line, column), *_not_utf8(name)))
    return text


def _wide(raw: bytes) -> str:
    """The UTF-16 that the bytes seem to be in; empty for none. Its ASCII signs have a zero byte each."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    zeros = (raw[0:4:2], raw[1:4:2])
    return {b"\0\0": "utf-16-be"}.get(zeros[0], "") or {b"\0\0": "utf-16-le"}.get(zeros[1], "")


def _guess(raw: bytes) -> tuple[str, str]:
    """The encoding that the bytes seem to be in, and their text; so the rest can still be checked."""
    damaged = raw.decode("utf-8", "replace").lstrip("\ufeff")
    # A few wrong bytes among sound Chinese are a damaged UTF-8 file; GBK read as UTF-8 has hardly any.
    if len(re.findall("[一-龥]", damaged)) > 4 * damaged.count("\ufffd"):
        return "", damaged
    try:
        return "GBK/GB18030", raw.decode("gb18030")
    except UnicodeDecodeError:
        return "", damaged


class _Parts(NamedTuple):
    """A text cut at its front matter, which begins on `line`; its opening --- stands at `start`."""

    front: str
    line: int
    body: str
    body_line: int
    start: int
    is_closed: bool = True


def _split(path: str, text: str, findings: list[Finding]) -> _Parts | None:
    """The text cut at its front matter; None where there is none, or none that may be read."""
    start = len(text) - len(text.lstrip())
    line = text.count("\n", 0, start) + 1
    if _HANDLER.detect(text[start:]):
        try:
            front, body = _HANDLER.split(text[start:])
        except ValueError:
            return _unclosed(path, text, start, findings)
        if len(front) > LARGEST_FRONT_MATTER:
            findings.append(_finding(Place(path, line, 1), *_TOO_LONG))
            return None
        body_line = text.count("\n", 0, len(text) - len(body)) + 1
        return _Parts(front.removeprefix("\n"), line + 1, body, body_line, start)
    first = text[start:].split("\n", 1)[0]
    if first and _DASHES.fullmatch(first):
        findings.append(_finding(Place(path, line, 1), *_WRONG_DASHES))
    elif not first:
        findings.append(_finding(Place(path, 1, 1), *_EMPTY))
    else:
        findings.append(_finding(Place(path, line, 1), *_NO_FRONT_MATTER))
    return None


def _unclosed(path: str, text: str, start: int, findings: list[Finding]) -> _Parts:
    """The front matter whose closing --- is missing: to a line of other dashes, or to the first empty line."""
    line = text.count("\n", 0, start) + 1
    rest = text[start:].partition("\n")[2]
    front, _, body = rest.partition("\n\n")
    wrong = _DASHES_LINE.search(front)
    if wrong:
        front, body = rest[: wrong.start()], rest[wrong.end() :].removeprefix("\n")
    body_line = text.count("\n", 0, len(text) - len(body)) + 1
    ends = line + 1 + front.count("\n")
    findings.append(
        _finding(Place(path, ends, 1), *_WRONG_END)
        if wrong
        else _finding(Place(path, line, 1), *_NO_END)
    )
    return _Parts(front[:LARGEST_FRONT_MATTER], line + 1, body, body_line, start, is_closed=False)


def _not_utf8(name: str) -> tuple[Text, Text]:
    hint = Text("在编辑器里另存为 UTF-8 编码", "save the file as UTF-8")
    if name:
        return Text(f"文件不是 UTF-8 编码（{name}）", f"the file is not UTF-8 ({name})"), hint
    damaged = "文件里有 UTF-8 读不出的字节", "the file holds bytes that are not UTF-8"
    return Text(*damaged), hint


_NO_END = (
    Text("文件头没有结束的“---”", "the closing “---” of the front matter is missing"),
    Text(
        "在文件头最后一项的下一行单独写“---”", "put “---” on a line of its own after the last entry"
    ),
)
_WRONG_END = (
    Text(
        "文件头的结束行不是三个半角减号", "the line that ends the front matter is not three hyphens"
    ),
    Text("改为半角的“---”", "type “---” with plain hyphens"),
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
