"""Escaping: the page shows the signs of the text, whatever they mean in Markdown and in YAML."""

from __future__ import annotations

import pytest
import yaml

from generator.importer import front_matter
from generator.importer.blocks import Heading, Paragraph, Table
from generator.importer.markup import markdown
from generator.importer.tasks import Task
from tests.importer.reading import page, signs

TRAPS = [
    "1. 推进公开",
    "1. 3D打印",
    "1) open",
    "2.",
    "* 星号",
    "- 横线",
    "+86",
    "> 大于",
    "# 井号",
    "---",
    "===",
    "***",
    "~~~",
    ": 定义",
    "**粗** _斜_ `码`",
    "[链接](x.md) ![图](y.png) [[引用]] [^1]",
    "[^1]: 脚注",
    "[x]: https://example.gov.cn",
    "*[HTML]: 缩写",
    "<script>alert(1)</script> <b> <https://example.gov.cn>",
    "<!-- 注释 -->",
    "a < b && c &amp; &lt; &copy; &#60;",
    "反斜杠 \\ \\* \\\\",
    "结尾 {: #id .c}",
    "竖线 | 表 |",
    "| a | b |",
    "[TOC]",
    "```",
    "jjyx_sheitc_sh",
    "x^2^ H~2~O",
]


@pytest.mark.parametrize("text", TRAPS)
def test_a_page_shows_the_signs_of_paragraphs_headings_and_tables(text: str) -> None:
    below = Paragraph(2, "下文。")
    assert page(markdown([Paragraph(1, text), below])) == signs(f"{text}下文。")
    assert page(markdown([below, Paragraph(1, text)])) == signs(f"下文。{text}")
    assert page(markdown([Heading(1, text), below])) == signs(f"{text}下文。")
    table = Table(1, (("甲", text), (text, "乙")))
    assert page(markdown([table, below])) == signs(f"甲{text}{text}乙下文。")


def test_plain_prose_stays_as_it_is() -> None:
    text = "（一）推进公开。落实“五公开”(2018-2020年)，不低于4%；jjyx.sheitc.sh.gov.cn，A&B，C+D。"
    assert markdown([Paragraph(1, text)]) == f"{text}\n"


def test_what_the_escapes_look_like() -> None:
    assert markdown(
        [
            Paragraph(1, "1. 推进公开"),
            Paragraph(2, "1. 3D打印"),
            Paragraph(3, "附件：1.甲\n2.乙"),
            Heading(4, "任务表"),
            Table(5, (("序号", "任务"), ("1", "甲|乙"))),
        ]
    ) == (
        "1.推进公开\n\n1\\. 3D打印\n\n附件：1.甲  \n2.乙\n\n## 任务表\n\n"
        "| 序号 | 任务 |\n| --- | --- |\n| 1 | 甲\\|乙 |\n"
    )


def test_nothing_gives_nothing() -> None:
    assert markdown([]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "2018年上海市政务公开工作要点",
        "关于印发《要点》的通知",
        "要点: 一",
        "要点 #1",
        "# 注释",
        "- 一",
        "? 问",
        "@甲",
        "00701445",
        "2024-05-16",
        "12:30",
        "1e3",
        "0x10",
        "yes",
        "Null",
        "~",
        "'引' \"号\"",
        "反\\斜杠",
        "[a, b]",
        "{a: b}",
        "甲,乙",
        "末尾 ",
        "全角　空格",
        "行\u2028分\u0085隔",
        "私\ue000用\U000f0000",
        "表情😀",
        "---",
        "|",
        "*",
        "&a",
        "!b",
        "%c",
    ],
)
def test_every_reader_of_yaml_reads_the_text(text: str) -> None:
    task = Task(text, text, (text, "甲"), (text,), text)
    written = front_matter.write(
        {"title": text, "issuer": (text, text), "source": (text,)}, [task], {}, []
    )
    assert yaml.safe_load(written.removeprefix("---\n").removesuffix("---\n")) == {
        "title": text,
        "issuer": [text, text],
        "source": text,
        "tasks": [
            {
                key: value
                for key, value in {
                    "task": text,
                    "detail": text,
                    "lead": [text, "甲"],
                    "support": [text],
                    "due": text,
                }.items()
                if value
            }
        ],
    }


def test_ordinary_words_need_no_quotes() -> None:
    assert front_matter.scalar("2020年市经信委，做好公开") == "2020年市经信委，做好公开"
    assert front_matter.scalar("综合政务\\政务公开") == "综合政务\\政务公开"
    assert front_matter.scalar("1、预决算公开") == "1、预决算公开"


def test_the_order_of_fields_remarks_and_comments() -> None:
    assert front_matter.write(
        {"signed": "2024-05-10", "title": "甲", "year": "2024"},
        [],
        {"title": "暂用文件名"},
        ["公开属性: 主动公开"],
    ) == (
        "---\ntitle: 甲  # 暂用文件名\nyear: 2024\nsigned: 2024-05-10\n# 公开属性: 主动公开\n---\n"
    )
