"""The metadata table of a document (要素表), in full or with the few main fields, and its attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.domain.statutory import STATUTORY_ITEMS
from generator.model import Attachment, Entry, Site
from generator.pages.frame import Way, day, issuers_of
from generator.pages.rows import Label, validity


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the metadata table; a wide one takes a line of its own."""

    name: str
    value: str
    wide: bool = False
    status: Label | None = None


@dataclass(frozen=True, slots=True)
class FileLink:
    """An attachment to download (附件): its title, its address, what it is and how large."""

    title: str
    href: str
    type: str
    size: str


_SIMPLE = frozenset({"发文机关", "发文字号", "成文日期", "发布日期", "有效性"})
_FILE_TYPES: dict[str, str] = {
    "doc": "Word 文档",
    "docx": "Word 文档",
    "wps": "WPS 文档",
    "xls": "Excel 表格",
    "xlsx": "Excel 表格",
    "et": "WPS 表格",
    "csv": "CSV 表格",
    "pdf": "PDF 文档",
    "ofd": "OFD 版式文件",
    "ppt": "演示文稿",
    "pptx": "演示文稿",
    "txt": "纯文本",
    "zip": "压缩包",
    "rar": "压缩包",
    "7z": "压缩包",
    "jpg": "图片",
    "jpeg": "图片",
    "png": "图片",
    "svg": "图片",
    "mp3": "音频",
    "mp4": "视频",
}


def fields(site: Site, entry: Entry, skin: Literal["full", "simple"]) -> tuple[Field, ...]:
    """The metadata of a document in the customary order, without the fields that have no value."""
    meta = entry.document.meta
    status = validity(entry)
    disclosure = meta.disclosure.value if meta.disclosure else ""
    item = STATUTORY_ITEMS.get(meta.statutory_item or 0, "")
    found = (
        Field("索引号", meta.index_number or ""),
        Field("主题分类", meta.subject or ""),
        Field("发文机关", "、".join(issuers_of(site, entry))),
        Field("成文日期", day(meta.signed)),
        Field("标题", entry.document.title, wide=True),
        Field("发文字号", meta.document_number or ""),
        Field("发布日期", day(meta.published.day) if meta.published else ""),
        Field("有效性", status.word if status else "", status=status),
        Field("施行日期", day(meta.effective)),
        Field("失效日期", day(meta.expires)),
        Field("公开属性", disclosure),
        Field("文种", entry.document.kind.zh),
        Field("法定事项", item, wide=True),
        Field("关键词", "、".join(meta.keywords), wide=True),
    )
    return _paired(
        [field for field in found if field.value and (skin == "full" or field.name in _SIMPLE)]
    )


def _paired(found: Sequence[Field]) -> tuple[Field, ...]:
    """The fields two to a line; one that is left alone on its line takes the whole of it."""
    paired: list[Field] = []
    is_left = True
    for field, following in zip(found, [*found[1:], None], strict=True):
        alone = is_left and (following is None or following.wide)
        is_wide = field.wide or alone
        paired.append(field if field.wide == is_wide else replace(field, wide=is_wide))
        is_left = is_wide or not is_left
    return tuple(paired)


def files(attachments: tuple[Attachment, ...], way: Way) -> tuple[FileLink, ...]:
    """The attachments that are there, in the order of the front matter."""
    return tuple(
        FileLink(
            attachment.title,
            way(attachment.url),
            file_type(attachment.url),
            file_size(attachment.size),
        )
        for attachment in attachments
        if attachment.verdict.is_good
    )


def downloads(site: Site, owner: str, way: Way) -> tuple[FileLink, ...]:
    """The files made of a document or a column: what each is, and how large."""
    return tuple(
        FileLink(file.label, way(file.url), file_type(file.url), file_size(len(file.content)))
        for file in site.downloads_of.get(owner, ())
    )


def file_type(name: str) -> str:
    """What a file is by its suffix, for readers: `Word 文档`; the suffix itself where it is unknown."""
    suffix = name.rpartition(".")[2].lower() if "." in name.rpartition("/")[2] else ""
    return _FILE_TYPES.get(suffix, suffix.upper() or "文件")


def file_size(size: int) -> str:
    """A size for readers, in KB (rounded up) or MB."""
    if size < 1024 * 1024:
        return f"{max(1, -(-size // 1024))} KB"
    return f"{size / (1024 * 1024):.1f} MB"
