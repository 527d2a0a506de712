"""A file that cannot be what it is called: empty, or an error page under another name (坏附件)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace

from generator.contents import Obstacle
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Asset, Site, Verdict
from generator.regex import regex
from generator.rules.judged import documents

RULE = Rule(
    "bad-attachment",
    Severity.ERROR,
    Text("附件 {name} {problem}", "the file {name} {problem_en}"),
    Text("用办公软件打开核对，重新上传", "open it to see, and upload it again"),
)
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF",),
    ".docx": (_ZIP,),
    ".xlsx": (_ZIP,),
    ".pptx": (_ZIP,),
    ".ofd": (_ZIP,),
    ".zip": (_ZIP,),
    ".doc": (_OLE, b"{\\rtf", _ZIP, b"<?xml"),
    ".xls": (_OLE, _ZIP, b"\x09\x08", b"<?xml"),
    ".ppt": (_OLE, _ZIP),
    ".wps": (_OLE, _ZIP),
    ".et": (_OLE, _ZIP),
    ".rar": (b"Rar!",),
    ".7z": (b"7z\xbc\xaf\x27\x1c",),
    ".png": (b"\x89PNG",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF8",),
    ".webp": (b"RIFF",),
}
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
_ZIPPED = {b"word/": ".docx", b"xl/": ".xlsx", b"ppt/": ".pptx"}
_TEXTS = frozenset({".csv", ".txt"})
# Whether it is grave: what nobody can open, or what no program should unpack.
_OBSTACLES: dict[Obstacle, tuple[Text, bool]] = {
    Obstacle.DAMAGED: (Text("已经损坏，打不开", "is damaged and cannot be opened"), True),
    Obstacle.ENCRYPTED: (Text("加了密码，打不开", "is locked by a password"), True),
    Obstacle.BOMB: (
        Text("解压后大得不合常理（可能是压缩炸弹）", "grows beyond reason when unpacked"),
        True,
    ),
    Obstacle.UNKNOWN: (
        Text("里面的内容程序读不了，要由人核对", "holds what no program here can read"),
        False,
    ),
    Obstacle.TOO_LARGE: (
        Text("太大，里面的内容没有查完，要由人核对", "is too large to be checked to its end"),
        False,
    ),
    Obstacle.TOO_SLOW: (
        Text("太复杂，里面的内容没有查完，要由人核对", "is too intricate to be checked to its end"),
        False,
    ),
}
# Nothing fits behind a good mark in so few bytes: a placeholder, as its size on the page tells.
_PLACEHOLDER = 128
_PAGE = regex(rb"<!doctype html|<html[\s>]|<head[\s>]|<meta[\s>]|<body[\s>]", re.IGNORECASE)


def find(site: Site) -> Iterator[Finding]:
    """Files that published documents attach or link to, judged once where first they are named."""
    seen: set[str] = set()
    files = site.all_assets
    if site.focus is None:
        # Few are bad: looked at first, they spare a reading of all links.
        files = {path: asset for path, asset in files.items() if _problem(site, asset)}
    for place, target, url in _named(site) if files else ():
        asset = files.get(f"content/{url}")
        if asset is None or asset.path in seen:
            continue
        seen.add(asset.path)
        problem = _problem(site, asset)
        if problem:
            words, is_grave = problem
            finding = RULE.at(
                place,
                target=target,
                name=posixpath.basename(asset.url),
                problem=words.zh,
                problem_en=words.en,
            )
            yield finding if is_grave else replace(finding, severity=Severity.WARNING)


def _problem(site: Site, asset: Asset) -> tuple[Text, bool] | None:
    """What contradicts the name of a file, else why nobody, or no program, can read it to its end."""
    held = site.contents.get(asset.path)
    obstacle = held.obstacle if held and asset.size >= _PLACEHOLDER else None
    # A locked file lies in a container of another sort, which is not what is wrong with it.
    if obstacle is Obstacle.ENCRYPTED:
        return _OBSTACLES[obstacle]
    found = what_is_wrong(asset.url, asset.size, asset.head)
    return found or (_OBSTACLES[obstacle] if obstacle else None)


def _named(site: Site) -> Iterator[tuple[Place, str, str]]:
    """Every file that a published document names: where, in what words, and its url."""
    for entry in documents(site):
        if entry.document.is_withdrawn:
            continue
        for attachment in entry.attachments:
            if attachment.verdict is Verdict.FILE:
                place = entry.document.source.place(*attachment.key)
                yield place, attachment.file, attachment.url
        for link in entry.links:
            if link.verdict is Verdict.FILE:
                yield link.written.place(entry.path), link.written.href, link.url


def what_is_wrong(name: str, size: int, head: bytes) -> tuple[Text, bool] | None:
    """What contradicts the name of a file, from its size and first bytes, and whether it is grave."""
    suffix = posixpath.splitext(name)[1].lower()
    if size == 0:
        return Text("是空的（0 字节）", "is empty (0 bytes)"), True
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix in _TEXTS and _PAGE.match(start):
        return _other(suffix, start), True
    magic = _MAGIC.get(suffix)
    if magic is None:
        return None
    # A PDF may have some bytes before its mark.
    if not head.startswith(magic) and not (suffix == ".pdf" and b"%PDF" in head[:1024]):
        is_other_picture = suffix in _PICTURES and _is_picture(head)
        return _other(suffix, start), not is_other_picture
    is_zip = head.startswith(_ZIP)
    real = next((ending for part, ending in _ZIPPED.items() if part in head), "") if is_zip else ""
    if real and suffix not in (real, ".zip"):
        # An old name on a new file still opens, with a question; so it is only a warning.
        return Text(f"其实是 {real} 文件", f"is really a {real} file"), real[:-1] != suffix
    if is_zip and suffix in (".doc", ".xls", ".ppt"):
        return Text(f"其实是 {suffix}x 文件", f"is really a {suffix}x file"), False
    return None


def _is_picture(head: bytes) -> bool:
    return any(head.startswith(_MAGIC[suffix]) for suffix in _PICTURES)


def _other(suffix: str, start: bytes) -> Text:
    kind = _described(start)
    return Text(f"的内容不是 {suffix}，{kind.zh}", f"holds no {suffix}: {kind.en}")


def _described(start: bytes) -> Text:
    if _PAGE.search(start[:1024]):
        return Text(
            "而是一个网页（可能是登录页或错误页）",
            "it is a web page, perhaps a login or error page",
        )
    if start.startswith(_ZIP):
        return Text("而是新格式的办公文件或压缩包", "it is a new office file or an archive")
    if start.startswith(_OLE):
        return Text("而是旧格式的办公文件", "it is an old office file")
    if start.startswith(b"%PDF"):
        return Text("而是 PDF", "it is a PDF")
    if _is_picture(start):
        return Text("而是另一种图片", "it is another sort of picture")
    return Text("认不出是什么文件", "it is of an unknown type")
