"""Markdown that becomes something else than it looks like (排版陷阱)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.traps import Kind, traps
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules import typed
from generator.rules.loaders import from_elsewhere

RULE = Rule(
    "markup-trap",
    Severity.WARNING,
    Text("“{text}”在网页上会走样", "“{text}” will look different on the page"),
    Text("写法见 gongkai rules markup-trap", "see gongkai rules markup-trap"),
)
# What happens to the words, and what to do.
_SENTENCES: dict[Kind, tuple[Text, Text]] = {
    Kind.LIST: (
        Text(
            "列表紧接在段落下面，会连成一段：“{shown}”",
            "a list straight after a paragraph becomes part of it: “{shown}”",
        ),
        Text("在列表前面空一行", "put an empty line before the list"),
    ),
    Kind.NESTING: (
        Text(
            "下一级列表的缩进不足四格，会与上一级并列：“{shown}”",
            "indented by fewer than four spaces, this item stands beside the one above: “{shown}”",
        ),
        Text("下一级列表缩进四个空格", "indent a list inside a list by four spaces"),
    ),
    Kind.AFTER_LIST: (
        Text(
            "文字紧接在列表下面，会并入最后一项：“{shown}”",
            "text straight after a list joins its last item: “{shown}”",
        ),
        Text("在列表后面空一行", "put an empty line after the list"),
    ),
    Kind.TABLE: (
        Text(
            "表格紧接在段落下面，会连成一段：“{shown}”",
            "a table straight after a paragraph becomes part of it: “{shown}”",
        ),
        Text("在表格前面空一行", "put an empty line before the table"),
    ),
    Kind.ROW: (
        Text(
            "文字紧接在表格下面，会变成表格的一行：“{shown}”",
            "text straight after a table becomes a row of it: “{shown}”",
        ),
        Text("在表格后面空一行", "put an empty line after the table"),
    ),
    Kind.DELIMITER: (
        Text(
            "表格的第二行不是与表头格数相同的分隔行，不会显示为表格：“{shown}”",
            "the second row is no delimiter row as wide as the head, so this is no table: “{shown}”",
        ),
        Text(
            "在表头下面写分隔行，每格写 ---，格数与表头相同，竖线和减号用半角",
            "below the head write --- for each of its cells, with plain bars and hyphens",
        ),
    ),
    Kind.CELLS: (
        Text(
            "这一行的格数比表头多，多出的内容不会显示：“{shown}”",
            "this row has more cells than the head; the rest is lost: “{shown}”",
        ),
        Text(
            "合并或删去多出的格；文字里的竖线写成 \\|",
            "join or remove the extra cells; write a bar inside the text as \\|",
        ),
    ),
    Kind.NUMBERS: (
        Text(
            "“{shown}”这样的写法不是列表，相邻的几行可能连成一段",
            "“{shown}” is no list; the lines may run together",
        ),
        Text(
            "各行之间空一行，或者改为列表：“1. ”或“- ”开头",
            "put empty lines between them, or begin each with “1. ” or “- ”",
        ),
    ),
    Kind.INDENT: (
        Text(
            "段首有四个以上空格或制表符，会变成代码块（共{times}处）：“{shown}”",
            "indented by four spaces or a tab, this becomes a block of code ({times} times): “{shown}”",
        ),
        Text(
            "删去段首的空格，缩进由样式决定", "remove the indentation; the style sheet sees to it"
        ),
    ),
    Kind.WIDE_INDENT: (
        Text(
            "段首有全角空格，缩进会多出两格，相邻的行会连成一段（共{times}处）：“{shown}”",
            "wide spaces indent this twice, and adjacent lines run together ({times} times): “{shown}”",
        ),
        Text(
            "删去段首的全角空格，段落之间空一行，缩进由样式决定",
            "remove them and put an empty line between paragraphs; the style sheet indents",
        ),
    ),
    Kind.HEADING: (
        Text(
            "标题的 # 后面没有半角空格：“{shown}”",
            "no space follows the # of a heading: “{shown}”",
        ),
        Text("改为“{suggestion}”", "write “{suggestion}”"),
    ),
    Kind.SETEXT: (
        Text(
            "段落下面紧接“{shown}”，整段会变成标题",
            "“{shown}” straight below a paragraph makes a heading of it",
        ),
        Text("在它前面空一行", "put an empty line before it"),
    ),
    Kind.LINK: (
        Text(
            "链接的括号不对，不会成为链接：“{shown}”",
            "with these brackets it is no link: “{shown}”",
        ),
        Text("改为“{suggestion}”", "write “{suggestion}”"),
    ),
    Kind.BOLD: (
        Text(
            "加粗的 ** 没有配对，星号会原样显示：“{shown}”",
            "the ** has no partner and is shown as it is: “{shown}”",
        ),
        Text(
            "在加粗的文字两端各写 **，紧贴文字",
            "write ** at both ends of the bold words, without spaces inside",
        ),
    ),
    Kind.HTML: (
        Text(
            "HTML 的 {shown} 会被删去，网页上看不到",
            "HTML {shown} is removed and will not be on the page",
        ),
        Text(
            "删去它；文字用 Markdown 书写，视频等作为附件或链接",
            "remove it; write text in Markdown, attach or link the rest",
        ),
    ),
}
_LONGEST = 40


def find(site: Site) -> Iterator[Finding]:
    """Every trap in the bodies that are published."""
    for entry, text in typed.documents(site):
        shown = entry.body.text if "**" in text else ""
        # What comes from another host has a finding that says more: third-party-asset.
        told = {loader.offset for loader in from_elsewhere(site, text)}
        for trap in traps(text, shown):
            if trap.kind is Kind.HTML and trap.offset in told:
                continue
            message, hint = _SENTENCES[trap.kind]
            yield RULE.at(
                typed.place(entry.document.source, trap.offset),
                message=message,
                hint=hint,
                text=trap.text,
                shown=trap.text if len(trap.text) <= _LONGEST else trap.text[: _LONGEST - 1] + "…",
                suggestion=trap.suggestion,
                times=trap.times,
            )
