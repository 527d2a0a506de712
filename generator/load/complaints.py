"""Complaints (报错): what is wrong with text that should be YAML, said so that an editor can mend it."""

from __future__ import annotations

import yaml

from generator.finding import Text
from generator.model import Trouble
from generator.regex import regex

TOO_DEEP = (
    Text("这一项嵌套得太深", "this entry is nested too deeply"),
    Text("检查括号和缩进", "check brackets and indentation"),
)
NOT_A_KEY = (
    Text("键必须是文字", "a key must be plain text"),
    Text("检查冒号前面的内容", "check what stands before the colon"),
)
ALIAS = (
    Text(
        "不支持 YAML 的锚点和别名（& 和 *）", "YAML anchors and aliases (& and *) are not supported"
    ),
    Text("把内容直接写出来，或用引号括起来", "write the value out, or put it in quotes"),
)
TAG = (
    Text(
        "值以感叹号开头，YAML 把它当作标签", "the value begins with !, which YAML takes for a tag"
    ),
    Text("用引号把整个值括起来", "put the whole value in quotes"),
)
ENDED = (
    Text("“...”使它后面的内容读不到", "“...” hides what stands below it"),
    Text("删去这一行", "remove the line"),
)
_FULL_WIDTH = regex(r"(\w{1,12})：")


def full_width_colon(text: str, first_line: int) -> Trouble | None:
    """A line such as `标题：…`, which YAML would read as one long word."""
    for number, line in enumerate(text.split("\n")):
        match = _FULL_WIDTH.match(line)
        # Indented, inside a value of several lines, the sign is ordinary text.
        if match:
            key = match[1]
            return Trouble(
                first_line + number,
                len(key) + 1,
                Text(f"“{key}”后面是全角冒号", f"“{key}” is followed by a full-width colon"),
                Text(
                    f"改为半角冒号加一个空格：“{key}: …”",
                    f"use a half-width colon and a space: “{key}: …”",
                ),
            )
    return None


_SYNTAX: tuple[tuple[str, Text, Text], ...] = (
    (
        "mapping values are not allowed",
        Text("值里面又出现了“: ”", "the value holds another “: ”"),
        Text('用引号把整个值括起来，例如 标题: "甲: 乙"', "put the whole value in quotes"),
    ),
    (
        "found unexpected end of stream",
        Text("引号没有配对", "a quotation mark is never closed"),
        Text("在值的末尾补上同样的引号", "close the value with the same mark"),
    ),
    (
        "while parsing a flow sequence",
        Text("方括号没有配对，或里面的写法不对", "a [ is never closed, or its contents are wrong"),
        Text("补上“]”；各项之间用半角逗号", "close it with ]; put commas between the items"),
    ),
    (
        "while parsing a flow mapping",
        Text("花括号没有配对，或里面的写法不对", "a { is never closed, or its contents are wrong"),
        Text("补上“}”；各项之间用半角逗号", "close it with }; put commas between the entries"),
    ),
    (
        "could not find expected ':'",
        Text("这一行没有“: ”", "this line has no “: ”"),
        Text("写成“键: 值”，冒号用半角并空一格", "write “key: value”"),
    ),
    (
        "while parsing a quoted scalar",
        Text("双引号里有反斜杠", "a backslash stands inside double quotes"),
        Text("不加引号，或改用单引号", "use no quotes, or single ones"),
    ),
    ("a tag", *TAG),
    (
        "found character that cannot start any token",
        Text("值以特殊符号开头", "the value begins with a special sign"),
        Text("用引号把值括起来", "put the value in quotes"),
    ),
)

_UNREADABLE = (
    Text("写法不对，无法读取", "this cannot be read as YAML"),
    Text("检查引号、括号、冒号和缩进", "check quotes, brackets, colons and indentation"),
)


_TAB = (
    Text("缩进里有制表符（Tab）", "a tab is used for indentation"),
    Text("改用空格缩进", "indent with spaces"),
)
_UNREADABLE = (
    Text("写法不对，无法读取", "this cannot be read as YAML"),
    Text("检查引号、括号、冒号和缩进", "check quotes, brackets, colons and indentation"),
)


def syntax(error: yaml.MarkedYAMLError, text: str, first_line: int) -> Trouble:
    """What libyaml complains of, at the place an editor must go to: where a bracket or quote was opened."""
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    sentences = _UNREADABLE
    for words, problem, hint in _SYNTAX:
        if words in said:
            sentences = problem, hint
            if "flow" in words or "end of stream" in words:
                mark = error.context_mark or mark
            break
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    if "cannot start any token" in said and lines[line][column : column + 1] == "\t":
        sentences = _TAB
    return Trouble(first_line + line, column + 1, *sentences)


INVISIBLE = (
    Text("这里有看不见的控制字符", "a control character stands here"),
    Text("删去这一行里看不见的字符后重新输入", "retype the line without it"),
)
CONTROL = regex("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def control_character(text: str, first_line: int) -> Trouble:
    """The first sign in `text` that YAML cannot hold."""
    found = CONTROL.search(text)
    offset = found.start() if found else 0
    return Trouble(
        first_line + text.count("\n", 0, offset),
        offset - text.rfind("\n", 0, offset),
        *INVISIBLE,
    )
