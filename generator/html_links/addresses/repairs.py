"""Repairs (修复): why an address leads to no file, and the file that was meant, where that can be told."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple
from urllib.parse import unquote, unquote_to_bytes

from rapidfuzz import fuzz, process

from generator.finding import NOTHING, Text
from generator.html_links.addresses.folder import Folder, form, shown
from generator.regex import regex


class Kind(Enum):
    """What kind of mistake it is."""

    MISSING = auto()
    CASE = auto()
    SPELLING = auto()  # of the address itself: signs that do not belong to it


class Repair(NamedTuple):
    """Why a path leads nowhere, and the file that was meant.

    `takes_fragment` when what stands behind the # belongs to the file's name.
    """

    reason: Text = NOTHING
    path: str | None = None
    kind: Kind = Kind.MISSING
    takes_fragment: bool = False


_LIKE_ENOUGH = 85
_LONGEST_NAME = 255  # bytes; no file system takes longer names
_TRAILING = regex(r"[。，、；：！？）》”’〉】」\u3000,;]+$")
_UNSEEN = regex("[\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\u3000\ufeff]")
_MARKDOWN = (".md", ".markdown")


def repair(folder: Folder, raw: str, path: str, fragment: str | None, source: str) -> Repair:
    """What is wrong with `raw`, whose `path` below the folder is not there, on a page in `source`."""
    plain = path.rstrip("/")
    for found in _certain(folder, raw, plain, fragment, source):
        return found
    if any(len(part.encode("utf-8", "replace")) > _LONGEST_NAME for part in plain.split("/")):
        return Repair(Text("文件名太长，任何服务器都存不下", "the name is too long for any host"))
    if plain in folder.folders:
        reason = Text("文件夹里没有 index.html", "the folder has no index.html")
        return Repair(reason, _nearest(folder, plain))
    if path.endswith("/") and plain in folder.files:
        reason = Text("文件的地址末尾多了斜杠", "a slash too many behind a file")
        return Repair(reason, plain)
    return Repair(NOTHING, _nearest(folder, plain))


def _certain(
    folder: Folder, raw: str, path: str, fragment: str | None, source: str
) -> Iterator[Repair]:
    yield from _spelled(folder, path)
    yield from _encoded(folder, raw, path, source)
    tidy = _UNSEEN.sub("", _TRAILING.sub("", path)).strip()
    if tidy != path:
        if tidy in folder.files or (tidy in folder.folders and folder.index(tidy)):
            reason = Text(
                "里面有多余的标点或看不见的空格", "stray punctuation or unseen spaces in it"
            )
            yield Repair(reason, tidy, Kind.SPELLING)
        elif _UNSEEN.search(path):
            reason = Text("里面有看不见的空格或全角空格", "it holds invisible or full-width spaces")
            yield Repair(reason, _nearest(folder, tidy), Kind.SPELLING)
    if fragment is not None:
        whole = f"{path}#{unquote(fragment)}"
        if whole in folder.files:
            reason = Text("文件名里的 # 应写成 %23", "a # in a file's name must be written %23")
            yield Repair(reason, whole, takes_fragment=True)
    suffix = posixpath.splitext(path)[1].lower()
    if suffix in _MARKDOWN and path[: -len(suffix)] + ".html" in folder.files:
        reason = Text("应链到网页，不是 Markdown 源文件", "link to the page, not to its Markdown")
        yield Repair(reason, path[: -len(suffix)] + ".html")
    for ending in (".html", ".htm"):
        if path + ending in folder.files:
            yield Repair(Text("少了后缀", "its suffix is missing"), path + ending)


def _spelled(folder: Folder, path: str) -> Iterator[Repair]:
    """The file whose name differs only in case, or only in form."""
    alike = [found for found in folder.by_case.get(path.casefold(), ()) if found != path]
    if alike:
        yield Repair(
            Text(f"实际是 {shown(alike[0])}", f"it is {shown(alike[0])}"), alike[0], Kind.CASE
        )
        return
    alike = [found for found in folder.by_form.get(form(path), ()) if found != path]
    if len(alike) == 1:
        yield Repair(_difference(path, alike[0]), alike[0])


def _difference(path: str, found: str) -> Text:
    if _UNSEEN.sub("", path) == found:
        return Text("里面有看不见的空格", "it holds invisible spaces")
    for name in ("NFC", "NFKC"):
        one, other = (unicodedata.normalize(name, text) for text in (path, found))
        if one == other and not re.search("[\uff01-\uff5e]", path + found):
            return Text(
                "汉字或字母的编码形式不同（如 NFC/NFD）",
                "its characters are composed otherwise (NFC, NFD)",
            )
    return Text(
        f"全角半角或括号写法不同，文件名是“{shown(posixpath.basename(found))}”",
        f"other width or brackets; the file is “{shown(posixpath.basename(found))}”",
    )


def _encoded(folder: Folder, raw: str, path: str, source: str) -> Iterator[Repair]:
    """The file whose name was encoded twice, or in GBK."""
    if "%" not in raw:
        return
    base = posixpath.dirname(path) if not raw.startswith("/") else ""
    if re.search(r"%25[0-9A-Fa-f]{2}", raw):
        again = path
        for _ in range(3):
            again = unquote(again)
            if again in folder.files or again in folder.folders:
                break
        reason = Text("地址被编码了两次", "it is percent-encoded twice")
        is_there = again in folder.files or again in folder.folders
        yield Repair(reason, again if is_there else _nearest(folder, again))
    if not re.search("[\udc80-\udcff]", path):
        return
    try:
        words = unquote_to_bytes(raw.encode("utf-8", "surrogatepass")).decode("gb18030")
    except UnicodeDecodeError:
        yield Repair(Text("百分号编码不是 UTF-8", "its percent-encoding is not UTF-8"))
        return
    said = Text(
        f"地址是 GBK 编码（{words}），应为 UTF-8", f"it is encoded as GBK ({words}), not UTF-8"
    )
    joined = words.lstrip("/") if raw.startswith("/") else posixpath.join(source, words)
    there = posixpath.normpath(joined)
    for candidate in (there, posixpath.join(base, posixpath.basename(words))):
        if candidate in folder.files or candidate in folder.folders:
            yield Repair(said, candidate)
            return
    yield Repair(said, _nearest(folder, there))


def _nearest(folder: Folder, path: str) -> str | None:
    """The file of this name elsewhere, if it is the only one, or the one beside that is most like it."""
    name = posixpath.basename(path)
    same: Sequence[str] = folder.by_name.get(form(name), ())
    if len(same) == 1 and name:
        return same[0]
    if path in folder.files or not name:
        return None
    suffix = posixpath.splitext(name)[1]
    beside = [
        posixpath.basename(found)
        for found in folder.beside.get(posixpath.dirname(path), ())
        if posixpath.splitext(found)[1] == suffix
    ]
    near = process.extractOne(name, beside, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    return posixpath.join(posixpath.dirname(path), str(near[0])) if near else None
