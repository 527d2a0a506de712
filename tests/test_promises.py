"""Attachments that a text promises, and talk of attachments that promises none."""

from __future__ import annotations

import pytest

from generator.domain.promises import promised

PROMISES: dict[str, dict[int, str]] = {
    "附件：任务分解表": {1: "任务分解表"},
    "附件: 申请表": {1: "申请表"},
    "附：申请表": {1: "申请表"},
    "**附件**：申请表": {1: "申请表"},
    "附  件：1．申请表": {1: "申请表"},
    "附件：1.申请表 2.目录\n\n局": {1: "申请表", 2: "目录"},
    "附件：\n1.申请表\n\n2.目录\n\n海川市": {1: "申请表", 2: "目录"},
    "附件：\n\n- 申请表\n- 目录": {1: "申请表", 2: "目录"},
    "附件1.申请表\n附件2.目录": {1: "申请表", 2: "目录"},
    "附件1 申请表": {1: "申请表"},
    "附件一：申请表": {1: "申请表"},
    "附件1\n附件2": {1: "", 2: ""},
    "附件：1.[甲](1.docx) 2.[乙](2.docx)": {1: "[甲]", 2: "[乙]"},
    "请填写申请表（见附件）。": {1: ""},
    "具体要求见附件。": {1: ""},
    "详见附件2。": {2: ""},
    "填写申请表（附件1），并附清单（附件 2）。": {1: "", 2: ""},
    "要求见附件。\n\n附件：申请表": {1: "申请表"},
    "填表（见附件1）。\n\n附件：1.申请表\n　　　2.名单": {1: "申请表", 2: "名单"},
}
NONE = [
    "附件应当随正文公布。",
    "《方案》附件2所列项目",
    "请将意见附件发送至邮箱。",
    "附件：无",
    "附件（略）",
    "附件1、附件2由各单位填报。",
    "附件一并报送。",
    "附件下载",
    "附则",
]
INLINE = [
    "附件1\n\n申请表\n\n| 姓名 | 电话 |",
    "## 附件1 申请表\n\n内容",
    "附件：流程图\n\n![流程图](flow.png)",
]


@pytest.mark.parametrize("text", PROMISES)
def test_promised(text: str) -> None:
    found = promised(text).by_number
    assert {number: promise.name for number, promise in found.items()} == PROMISES[text]


@pytest.mark.parametrize("text", NONE)
def test_no_promise(text: str) -> None:
    found = promised(text)
    assert (found.by_number, found.inline) == ({}, set())


@pytest.mark.parametrize("text", INLINE)
def test_stands_in_the_text(text: str) -> None:
    found = promised(text)
    assert (found.by_number, found.inline) == ({}, {1})


def test_promised_first_and_given_below() -> None:
    found = promised("附件：归集清单\n\n局\n\n附件\n\n归集清单\n\n正文")
    assert set(found.by_number) == found.inline == {1}
