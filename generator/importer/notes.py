"""What an imported text does not say: findings for the report, and comments in the front matter (待补事项)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.domain.kinds import Kind
from generator.finding import Finding, Place, Severity, Text
from generator.rules.missing_field import RULE
from generator.schema import TYPES, chinese_name

# What a document should say of itself, in the order in which an editor fills it in.
_BY_TEXT = (
    "title",
    "year",
    "document_number",
    "issuer",
    "signed",
    "published",
    "index_number",
    "interprets",
)
_EXPECTED = frozenset({"title", "document_number", "issuer", "signed", "published"})
_BY_PEOPLE = ("disclosure", "review")
_FORMS: dict[str, str] = {
    "year": "如 2024",
    "document_number": "如 海府办发〔2024〕16号，没有就删去此行",
    "issuer": "发文机关的全称，没有就用本机关",
    "signed": "如 2024-05-10",
    "published": "如 2024-05-16",
    "index_number": "如 000014349/2024-00001",
    "interprets": "所解读文件的发文字号或路径",
    "disclosure": "主动公开、依申请公开或不予公开，由拟稿人确定",
    "review": "{拟稿人: 姓名, 审稿人: 姓名, 发布人: 姓名, 保密审查人: 姓名, 审核日期: 2024-05-15}",
}
_NOT_SAID = Text("原文没有{name}（{key}）", "the text does not say its {key}")
_LEFT_TO_PEOPLE = Text(
    "“{name}”（{key}）要由人填写，导入不代为决定",
    "“{key}” is for people to decide, the import does not",
)
_TITLE_HINT = Text(
    "标题暂用文件名，请改成正式标题",
    "the file's name stands in for the title: put in the real one",
)
_NO_BODY = Text("原文没有正文", "the text has no body")
_NO_ATTACHMENT = Text(
    "正文提到附件“{name}”，原文里没有这个附件",
    "the text names the attachment “{name}”, which it does not hold",
)
_ATTACHMENT_HINT = Text(
    "把附件放在文件旁边，在文件头里写“附件: [{{文件: 文件名, 名称: {name}}}]”",
    "put the file beside the document and list it under “attachments”",
)


def absent(given: Iterable[str], kind: Kind) -> tuple[str, ...]:
    """The keys without a value that an editor will look for: required, or usual in documents."""
    has = frozenset(given)
    wanted = _EXPECTED.union(TYPES[kind].required)
    return tuple(key for key in (*_BY_TEXT, *_BY_PEOPLE) if key in wanted and key not in has)


def comments(keys: Iterable[str]) -> list[str]:
    """Lines for the front matter that need only their # taken away and their value put in."""
    return [f"{chinese_name(key)}: {_FORMS[key]}" for key in keys if key in _FORMS]


def of_fields(name: str, keys: Iterable[str], kind: Kind) -> Iterator[Finding]:
    """A finding for each absent key; what the kind may lack is worth knowing and no more (info)."""
    for key in keys:
        note = RULE.at(
            Place(name, 1),
            message=_LEFT_TO_PEOPLE if key in _BY_PEOPLE else _NOT_SAID,
            hint=_TITLE_HINT if key == "title" else None,
            name=chinese_name(key),
            key=key,
        )
        yield note if key in TYPES[kind].required else replace(note, severity=Severity.INFO)


def of_body(name: str) -> Finding:
    """The finding for a text without a body."""
    return RULE.at(Place(name, 1), message=_NO_BODY, name="正文", key="body")


def of_attachments(name: str, missing: Mapping[str, int]) -> Iterator[Finding]:
    """A warning for each attachment (its name and line) that the text promises and does not hold."""
    for title, line in missing.items():
        note = RULE.at(
            Place(name, line),
            message=_NO_ATTACHMENT,
            hint=_ATTACHMENT_HINT,
            text=title,
            name=title,
            key="attachments",
        )
        yield replace(note, severity=Severity.WARNING)
