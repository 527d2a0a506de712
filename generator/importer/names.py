"""Telling lines apart by their words: names of organs, titles of documents, the text itself."""

from __future__ import annotations

from generator.domain.numbering import mark
from generator.domain.numerals import NUMERAL
from generator.regex import regex

_LAST_WORDS = """
    通知 通告 通报 公告 公示 公报 要点 报告 年报 解读 指南 办法 规定 意见 决定 决议 方案 制度 函 批复 细则 条例
    问答 目录 清单 计划 规划 纪要 说明 章程 预案 规程 标准 规范 令 启事 简介 职责 名单 情况 预算 决算 一览表
    分解表 任务表 措施
""".split()
_TITLE_END = regex(rf"(?:{'|'.join(_LAST_WORDS)})[》”]?(?:\s*[（(][^（）()]{{1,20}}[）)])?$")
_ORGAN = regex(
    r"[一-龥、\s]{1,40}"
    r"(?:人民政府|政府|办公厅|办公室|委员会|委|局|厅|部|院|署|办事处|管委会|中心|集团|公司)"
)


def ends_as_title(text: str) -> bool:
    """Whether the last word of `text` is the name of a kind of document: 通知, 工作要点, 任务分解表."""
    return _TITLE_END.search(text[-60:]) is not None


def is_organ(text: str) -> bool:
    """Whether `text` is nothing but the name of an organ, or of several."""
    return len(text) <= 60 and _ORGAN.fullmatch(text) is not None


# Glued to its text as well: 第一章总则, 第一条为了…….
_ARTICLE = regex(rf"第[{NUMERAL}]{{1,5}}[编章节条]")


def is_prose(text: str) -> bool:
    """Whether the text itself begins at the latest with this line: a sentence, a salutation, a number."""
    is_numbered = mark(text) is not None or _ARTICLE.match(text) is not None
    return is_numbered or text.endswith(tuple("。；;！!？?：:")) or len(text) > 120
