"""Names of files (附件名称) against the texts of links to them: 附件2 on 附件1, 2024年 on a table of 2023."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.domain.assertions import (
    Assertions,
    Organs,
    assertions,
    contradicting_units,
    folded,
    is_generic,
    kinds_mentioned,
    numbers_meet,
)
from generator.domain.numerals import to_int
from generator.domain.organs import organs_meet
from generator.regex import regex

_SERIAL = regex(r"附(件|表|录|图)([一二三四五六七八九十]{1,3}|\d{1,2})(?!\d)")
_BEFORE_NAME = regex(r"^附[件表录图]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})?[:.、]*")
_TYPES = {
    "word": "doc",
    "docx": "doc",
    "wps": "doc",
    "rtf": "doc",
    "excel": "xls",
    "xlsx": "xls",
    "et": "xls",
    "pptx": "ppt",
}
_KNOWN_TYPES = frozenset({"pdf", "doc", "xls", "ppt", "ofd", "zip", "rar", "csv"})
_YEAR_IN_NAME = regex(r"(?<!\d)((?:19|20)\d{2})(?!\d|[-_.年]\d{1,2}(?!\d))")
_SHORTEST_END = 3  # 申请表
# What is said of a year is often filed under the next one, in which it was written.
_WRITTEN_LATER = regex(r"报告|年报|决算|总结|统计|情况|公报|年鉴")


@dataclass(frozen=True, slots=True)
class Label:
    """What a file is called: the title that a document declares, else its name; and what that asserts."""

    words: str
    name: str
    said: Assertions
    is_declared: bool


def label(title: str | None, url: str, organs: Organs) -> Label:
    """The label of the file at `url`, declared as `title` if it is declared at all."""
    name = posixpath.basename(url)
    is_declared = bool(title) and title != name
    words = title if title and is_declared else posixpath.splitext(name)[0]
    return Label(words, name, assertions(words, organs), is_declared)


def contradiction(text: str, said: Assertions, file: Label) -> str:
    """The name of the file that `text`, which asserts `said`, cannot mean; empty where it may."""
    if _other_type(said, file.name):
        return file.name
    return (file.words if file.is_declared else file.name) if _contradicts(text, said, file) else ""


def _contradicts(text: str, said: Assertions, file: Label) -> bool:
    one, other = serials(text), serials(file.words)
    return (
        any(one[sort].isdisjoint(other[sort]) for sort in one.keys() & other.keys())
        or _other_year(text, said, file)
        or bool(contradicting_units(said.periods, file.said.periods)[0])
        or _other_source(said, file.said)
        or _other_kind(said, file)
    )


def bare_name(words: str) -> str:
    """A name for comparison: folded, without 附件2：, brackets of titles and the file's ending."""
    plain = re.sub(r"[《》“”\"'\s]", "", _BEFORE_NAME.sub("", folded(words)))
    return re.sub(
        r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|csv)$", "", plain, flags=re.IGNORECASE
    )


def meant(text: str, of: Label, others: Sequence[Label]) -> Label | None:
    """The one other label that is `text`, or ends in it, where that of the linked file is something else."""
    name = bare_name(text)
    if is_generic(text) or not name or name == bare_name(of.words):
        return None
    declared = [other for other in others if other.is_declared]
    same = [other for other in declared if bare_name(other.words) == name]
    own = bare_name(of.words)
    is_other = is_another(text, of.words) or name[-2:] not in own
    if not same and len(name) >= _SHORTEST_END and is_other:
        same = [other for other in declared if bare_name(other.words).endswith(name)]
    return same[0] if len(same) == 1 else None


def is_another(text: str, title: str) -> bool:
    """Whether two names differ in what they say, not in how much: 劳务派遣 for 人力资源, not 申请表 for 补贴申请表."""
    one, other = bare_name(text), bare_name(title)
    start = len(posixpath.commonprefix([one, other]))
    one, other = one[start:], other[start:]
    end = len(posixpath.commonprefix([one[::-1], other[::-1]]))
    one, other = one[: len(one) - end], other[: len(other) - end]
    pairs = {one[at : at + 2] for at in range(len(one) - 1)}
    return min(len(one), len(other)) > 1 and not any(pair in other for pair in pairs)


def serials(text: str) -> Mapping[str, frozenset[int]]:
    """The numbers of 附件, 附表, 附录 and 附图 in a text: `附件1、附件2` is {件: {1, 2}}."""
    found: dict[str, set[int]] = {}
    for sort, number in _SERIAL.findall(folded(text)):
        found.setdefault(sort, set()).add(to_int(number) or 0)
    return {sort: frozenset(numbers) for sort, numbers in found.items()}


def _other_type(said: Assertions, name: str) -> bool:
    """Whether the text names a format that is not the file's; one that lists the file's as well does not."""
    asserted = {_TYPES.get(word, word) for word in said.files}
    suffix = posixpath.splitext(name)[1].lstrip(".").lower()
    own = _TYPES.get(suffix, suffix)
    return own in _KNOWN_TYPES and bool(asserted) and own not in asserted


def _other_year(text: str, said: Assertions, file: Label) -> bool:
    known = file.said.years or frozenset(p.year for p in file.said.periods if p.year)
    if known or file.is_declared or not said.years:
        return bool(said.years and known) and not said.years & known
    written = {int(year) for year in _YEAR_IN_NAME.findall(file.name)}
    if _WRITTEN_LATER.search(text):
        written |= {year - 1 for year in written}
    return bool(written) and not said.years & written


def _other_source(said: Assertions, own: Assertions) -> bool:
    numbers = said.numbers and own.numbers and not numbers_meet(said.numbers, own.numbers)
    organs = said.organs and own.organs and not organs_meet(said.organs, own.organs)
    return bool(numbers or organs)


def _other_kind(said: Assertions, file: Label) -> bool:
    known = file.said.kinds | kinds_mentioned(file.words)
    return bool(said.kinds and file.said.kinds) and not said.kinds & known
