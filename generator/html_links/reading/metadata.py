"""The metadata table of a page (元数据表): 索引号, 发文字号, 发文机关 and the like, however it is laid out."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

from generator.domain.assertions import folded
from generator.html_links.reading.encoding import decoded
from generator.regex import regex

# What the labels are called on the sites of different organs → one name each.
_LABELS: dict[str, str] = {
    label: name
    for name, labels in {
        "number": "发文字号 文号 发文文号 文件编号 发布文号",
        "issuer": "发文机关 发文单位 制发机关 制定机关 发文机构 制文机关 颁布机关",
        "publisher": "发布机构 发布单位 公开主体 发布机关 公开责任部门 责任部门",
        "source": "来源 信息来源 稿源 文章来源",
        "index": "索引号 索取号 信息索引号",
        "signed": "成文日期 成文时间 发文日期 生成日期 生成时间 印发日期",
        "published": "发布日期 发布时间 公开日期 公开时间 信息公开日期",
        "status": "有效性 时效性 效力状态 是否有效",
        "title": "标题 名称 信息名称 文件名称 公文名称",
        "subject": "主题分类 信息分类 主题词 体裁分类 主题",
    }.items()
    for label in labels.split()
}
_AT_START = regex(rf"({'|'.join(sorted(_LABELS, key=lambda x: (-len(x), x)))})[:：](.*)")
_LONGEST_VALUE = 120
_LONGEST_PAGE = 20_000  # lines looked at


def metadata(content: bytes) -> Mapping[str, str]:
    """What the table of a page says: the names above → their values; of several the first."""
    parser = LexborHTMLParser(decoded(content)[0])
    body = parser.body
    if body is None:
        return {}
    lines = [folded(line) for line in body.text(separator="\n").split("\n")[:_LONGEST_PAGE]]
    return _read([line for line in lines if line])


def _read(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for position, line in enumerate(lines):
        if len(line) > _LONGEST_VALUE:
            continue
        name = _LABELS.get(line.rstrip(":："), "")
        value = ""
        if name:
            value = lines[position + 1].lstrip(":：") if position + 1 < len(lines) else ""
            is_label = value.rstrip(":：") in _LABELS or _AT_START.match(value)
            value = "" if is_label else value
        else:
            start = _AT_START.match(line)
            if start:
                name, value = _LABELS[start[1]], start[2]
        if name and value and len(value) <= _LONGEST_VALUE:
            found.setdefault(name, value)
    return found
