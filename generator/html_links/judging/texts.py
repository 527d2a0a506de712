"""Texts of links (链接文字): what of each may speak of its target, worked out once however often it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.domain.assertions import Assertions, Organs, assertions, folded, is_generic
from generator.html_links.judging import organs
from generator.regex import regex

# A text that holds none of these signs, and ends in none, asserts nothing that could be contradicted.
_SIGNS = frozenset("《〔[【〇○年月季半第解图读")
_LAST_SIGNS = frozenset(
    "报告点南表知见定函复法则例程准公案划计度章预局委会办室厅部院府道镇乡处心单录况》】]〕)）"
)
# What a list puts before a title, and a page before that of its neighbour.
_BEFORE = regex(
    r"^(?:[\[【(（〔][^\[\]【】()（）〔〕]{1,8}[\]】)）〕]|(?:上|下|前|后)一?[篇条页则]|相关(?:文件|链接|阅读|政策)|原文(?:链接)?"
    r"|点击(?:查看|阅读|下载)?|查看|阅读|下载|详见|参见|[·•>»◆■●\-\s])+[:：]?\s*"
)
_LEAST_TEXT = 3
_LEAST_NAME = 8
_INTERPRETS = regex(
    r"解读|图解|一图|读懂|看懂|速览|速读|问答|答问|答记者问|访谈|动漫|海报|明白|新闻发布会|说明"
)
_ABOUT_OTHERS = regex(r"要点|年度?报告?|年报|指南|分解|清单|目录")
_IS_POLICY = regex(
    r"(?:的(?:通知|意见|决定|公告|通告|批复|函)|办法|规定|细则|条例|规程|准则|规划|方案|措施)(?:\([^()]{1,12}\))?$"
)


class Spoken(NamedTuple):
    """What a text may say: its words without idle ones, those folded, and those without any signs."""

    words: str
    plain: str
    bare: str
    may_name_organ: bool


class Texts:
    """The texts of the links and the titles of the pages of one folder."""

    def __init__(self, dictionary: Organs) -> None:
        self._dictionary = dictionary
        self._spoken: dict[str, Spoken | None] = {}
        self._said: dict[str, Assertions] = {}
        self._naming: dict[str, bool] = {}

    def spoken(self, text: str) -> Spoken | None:
        """What `text` may say; None where it asserts nothing."""
        try:
            return self._spoken[text]
        except KeyError:
            found = self._spoken[text] = _read(text)
            return found

    def said(self, words: str) -> Assertions:
        """What `words` assert."""
        found = self._said.get(words)
        if found is None:
            found = self._said[words] = assertions(words, self._dictionary)
        return found

    def names_one(self, text: str) -> bool:
        """Whether `text` names one document, organ or issue, so that it can have only one target."""
        found = self._naming.get(text)
        if found is None:
            spoken = self.spoken(text)
            found = self._naming[text] = spoken is not None and self._names_one(spoken)
        return found

    def _names_one(self, spoken: Spoken) -> bool:
        said = self.said(spoken.words)
        if said.names_one_document or organs.is_organ(spoken.plain):
            return True
        speaks = is_policy(spoken.plain) or bool(said.years or said.periods)
        return len(spoken.plain) >= _LEAST_NAME and speaks


def _read(text: str) -> Spoken | None:
    words = text.strip()
    if len(words) < _LEAST_TEXT or (words[-1] not in _LAST_SIGNS and _SIGNS.isdisjoint(words)):
        return None
    words = " ".join(words.split())
    words = _BEFORE.sub("", words) or words
    if is_generic(words):
        return None
    plain = folded(words)
    return Spoken(words, plain, bare(plain), organs.may_name_one(plain))


def bare(plain: str) -> str:
    """A folded text without any signs."""
    return re.sub(r"[\W_]", "", plain)


def interprets(plain: str) -> bool:
    """Whether a folded text may be that of an interpretation."""
    return _INTERPRETS.search(plain) is not None


def is_policy(plain: str) -> bool:
    """Whether a folded text can only be the title of a policy itself."""
    outside = re.sub(r"《[^《》]*》", "#", plain)
    return (
        _IS_POLICY.search(plain.strip("《》")) is not None
        and _INTERPRETS.search(plain) is None
        and _ABOUT_OTHERS.search(outside) is None
    )
