"""What a text is (文种), for which year, and who issued it, as far as its own words say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.domain.kinds import Kind
from generator.importer.blocks import Block, Paragraph
from generator.regex import regex

# The first that matches decides: a notice of work points is work points, an opinion asked for is no policy.
_TITLE_WORDS: tuple[tuple[str, Kind], ...] = (
    ("解读", Kind.INTERPRETATION),
    ("征求.{0,60}意见|意见征集|公开征集|征集.{0,30}意见", Kind.CONSULTATION),
    ("年度报告|信息公开年报", Kind.ANNUAL_REPORT),
    ("要点", Kind.WORK_POINTS),
    ("问答", Kind.FAQ),
    ("开放日|开放月|开放活动", Kind.EVENT),
    ("信息公开指南|公开指南", Kind.GUIDE),
    ("信息公开.{0,20}制度", Kind.INSTITUTION),
    ("指南", Kind.GUIDE),
    ("办法|规定|通知|意见|细则|条例|决定|方案|规划", Kind.POLICY),
)
# How the text speaks of itself, for one that has no title.
_SELF = regex(r"本(?:年度)?(?:工作)?要点|制定[^。；;]{0,40}工作要点。")
_YEAR = regex(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])年?度?")
_FIRST_WORDS = 16
_ORGAN_OF_TITLE = regex(
    r"^(?:[0-9]{4}年(?:度)?)?(?P<organ>[一-龥]{2,36}?(?:人民政府(?:办公厅|办公室)?|委员会(?:办公室)?|管委会|"
    r"办公厅|办公室|街道办事处|办事处|局|厅))(?=关于|[0-9]{4}年|政务公开|政府信息公开|信息公开|年度)"
)


def kind_of(title: str, name: str, blocks: Sequence[Block]) -> Kind:
    """The kind that the title names; else the text itself; else an id in the file's name; else a notice."""
    by_title = _by_title(title)
    if by_title:
        return by_title
    if any(_SELF.search(block.text) for block in blocks if isinstance(block, Paragraph)):
        return Kind.WORK_POINTS
    ids = sorted(Kind, key=len, reverse=True)
    by_id = next((kind for kind in ids if re.search(rf"\b{kind}\b", name.replace("_", "-"))), None)
    return by_id or _by_title(name) or Kind.NOTICE


def year_of(title: str, name: str, blocks: Sequence[Block]) -> int | None:
    """The year in the title; else the one with which the text begins; else the one in the file's name."""
    beginning = next((block.text for block in blocks if isinstance(block, Paragraph)), "")
    for words in (title, beginning[:_FIRST_WORDS], name):
        match = _YEAR.search(words)
        if match:
            return int(match[1])
    return None


def organ_of(title: str) -> str:
    """The organ with whose name the title begins, as titles of official documents do; empty for none."""
    match = _ORGAN_OF_TITLE.match(title)
    return match["organ"] if match else ""


def _by_title(title: str) -> Kind | None:
    return next((kind for words, kind in _TITLE_WORDS if re.search(words, title)), None)
