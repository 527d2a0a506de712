"""Wrong words, and the same signs where they are right."""

from __future__ import annotations

import pytest

from generator.domain.wordlist import WrongWord, entries, wrong_words

WRONG = {
    "在帐户中": ("帐户", "账户"),
    "布署工作": ("布署", "部署"),
    "截止目前，全市": ("截止目前", "截至目前"),
    "截止2024年5月31日，全市累计": ("截止", "截至"),
    "既使困难也要": ("既使", "即使"),
    "必需坚持": ("必需", "必须"),
    "象春天一样": ("象", "像"),
    "完成了了任务": ("了了", "了"),
    "项目在在全市": ("在在", "在"),
    "建全制度": ("建全", "健全"),
    "甲，，乙": ("，，", "，"),
    "登陆系统": ("登陆", "登录"),
}
RIGHT = [
    "公布署名文章",
    "报名截止日期为5月31日",
    "报名截止2024年5月31日，共",
    "既使企业受益，又使群众满意",
    "目的的实现",
    "的的确确",
    "为了了解情况",
    "存在在线监测",
    "未必需坚持",
    "必需品",
    "对象不一样",
    "批复盖章",
    "蚊帐单价",
    "到帐篷里",
    "构建全体系",
    "按装修标准",
    "外汇同比增长",
    "登陆平台以东洋面",
    "“帐户”一词",
    "《帐户管理办法》",
    "……。。。",
]


@pytest.mark.parametrize("text", WRONG)
def test_wrong(text: str) -> None:
    wrong, right = WRONG[text]
    assert list(wrong_words(text)) == [WrongWord(text.index(wrong), wrong, right)]


@pytest.mark.parametrize("text", RIGHT)
def test_right(text: str) -> None:
    assert list(wrong_words(text)) == []


def test_table_is_sound() -> None:
    pairs = list(entries())
    assert len(pairs) > 200
    assert len({wrong for wrong, _ in pairs}) == len(pairs)
    assert [pair for pair in pairs if pair[0] == pair[1]] == []


def test_no_right_word_is_wrong() -> None:
    assert [right for _, right in entries() if list(wrong_words(right))] == []
