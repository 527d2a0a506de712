"""The lines in which pages describe a document: labels and values, often glued (来源:…发布日期:…)."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.domain import document_number
from generator.domain.kinds import Status
from generator.domain.subjects import is_subject
from generator.importer import dates
from generator.importer.lines import one_space
from generator.regex import regex

Reader = Callable[[str], str | None]


def _subject(text: str) -> str | None:
    folded = re.sub(r"[/、>\\]+", r"\\", text, count=1)
    return next((form for form in (text, folded) if is_subject(form)), None)


def _number(text: str) -> str | None:
    return text if document_number.parse(text) else None


def _moment_day(text: str) -> str | None:
    found = dates.moment(text)
    return found[:10] if found else None


def _status(text: str) -> str | None:
    return text if text in set(Status) else None


def _words(text: str) -> str | None:
    return text if len(text) <= 80 else None


def _nothing(text: str) -> str | None:
    return "" if len(text) <= 30 else None


# The labels of the lines in which pages describe a document: key, how its value is read, its names.
LABELS: tuple[tuple[str, Reader, tuple[str, ...]], ...] = (
    ("title", _words, ("标题", "信息名称", "文件名称", "公文名称", "名称")),
    ("document_number", _number, ("发文字号", "文件编号", "文号")),
    ("index_number", _words, ("信息索引号", "索引号", "索取号")),
    (
        "issuer",
        _words,
        (
            "发文机关",
            "发文机构",
            "发文单位",
            "制发机关",
            "发布机构",
            "发布单位",
            "发布机关",
            "公开主体",
        ),
    ),
    ("source", _words, ("信息来源", "稿件来源", "文章来源", "来源", "稿源")),
    (
        "published",
        dates.moment,
        ("发布时间", "发布日期", "公开时间", "公开日期", "上网时间", "上网日期"),
    ),
    (
        "signed",
        _moment_day,
        ("成文日期", "成文时间", "生成日期", "生成时间", "发文日期", "印发日期"),
    ),
    ("effective", _moment_day, ("施行日期", "实施日期", "生效日期")),
    ("expires", _moment_day, ("失效日期", "废止日期")),
    ("status", _status, ("有效性",)),
    ("subject", _subject, ("主题分类",)),
    ("keywords", _words, ("关键词", "主题词")),
    (
        "",
        _nothing,
        (
            "浏览次数",
            "浏览量",
            "阅读次数",
            "阅读量",
            "点击次数",
            "点击数",
            "点击量",
            "访问量",
            "字号",
            "字体",
        ),
    ),
)
_READERS: dict[str, tuple[str, Reader]] = {
    name: (key, reader) for key, reader, names in LABELS for name in names
}
_LABEL = regex(
    "("
    + "|".join(r"\s*".join(name) for name in sorted(_READERS, key=len, reverse=True))
    + r")\s*[:：]"
)
_AROUND = " \t\xa0\u3000|｜/[]【】"


def pairs(text: str) -> dict[str, str] | None:
    """The values of a line that consists of labels and values, even glued; None if it does not.

    `来源:市经信委发布日期:2020-04-21` gives `source` and `published`. A value that cannot be what its label says
    makes the line ordinary text, so that nothing is lost.
    """
    if len(text) > 300:
        return None
    found = list(_LABEL.finditer(text))
    if not found or text[: found[0].start()].strip(_AROUND):
        return None
    values: dict[str, str] = {}
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        key, reader = _READERS[re.sub(r"\s", "", match[1])]
        written = one_space(text[match.end() : end].strip(_AROUND))
        value = reader(written) if written else ""
        if value is None or key in values:
            return None
        if key and value:
            values[key] = value
    return values
