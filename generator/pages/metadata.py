"""The metadata table of a document (要素表), in full or with the few main fields, and its attachments."""

from __future__ import annotations

from typing import Literal, NamedTuple

from generator.domain.statutory import STATUTORY_ITEMS
from generator.model import Attachment, Entry, Site
from generator.pages.frame import Way, day, issuers_of
from generator.pages.rows import Label, validity


class Field(NamedTuple):
    """A field of the metadata table; a wide one takes a line of its own."""

    name: str
    value: str
    wide: bool = False
    status: Label | None = None


class FileLink(NamedTuple):
    """An attachment to download (附件): its title, its address, what it is and how large."""

    title: str
    href: str
    type: str
    size: str


_SIMPLE = frozenset({"发文机关", "发文字号", "成文日期", "发布日期", "有效性"})
_WIDE = frozenset({"标题", "法定事项", "关键词"})
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


def values(site: Site, entry: Entry) -> tuple[tuple[str, str], ...]:
    """The metadata of a document in the customary order, by name; empty where there is none."""
    meta = entry.document.meta
    status = validity(entry)
    return (
        ("索引号", meta.index_number or ""),
        ("主题分类", meta.subject or ""),
        ("发文机关", "、".join(issuers_of(site, entry))),
        ("成文日期", day(meta.signed)),
        ("标题", entry.document.title),
        ("发文字号", meta.document_number or ""),
        ("发布日期", day(meta.published.day) if meta.published else ""),
        ("有效性", status.word if status else ""),
        ("施行日期", day(meta.effective)),
        ("失效日期", day(meta.expires)),
        ("公开属性", meta.disclosure.value if meta.disclosure else ""),
        ("文种", entry.document.kind.zh),
        ("法定事项", STATUTORY_ITEMS.get(meta.statutory_item or 0, "")),
        ("关键词", "、".join(meta.keywords)),
    )


def fields(site: Site, entry: Entry, skin: Literal["full", "simple"]) -> tuple[Field, ...]:
    """The fields that have a value, two to a line; one that is left alone on its line takes the whole of it."""
    found = [
        (name, value)
        for name, value in values(site, entry)
        if value and (skin == "full" or name in _SIMPLE)
    ]
    status = validity(entry)
    made: list[Field] = []
    is_left = True
    for number, (name, value) in enumerate(found, 1):
        is_wide = name in _WIDE or (is_left and (number == len(found) or found[number][0] in _WIDE))
        made.append(Field(name, value, is_wide, status if name == "有效性" else None))
        is_left = is_wide or not is_left
    return tuple(made)


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
