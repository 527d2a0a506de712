"""Bytes of a text file → text, whatever of the usual encodings it was saved in (编码)."""

from __future__ import annotations

import codecs

from generator.finding import Text
from generator.regex import regex

_OTHER_FILES: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("PDF 文件", "a PDF file")),
    (b"PK\x03\x04", Text("压缩包", "an archive")),
    (b"\xd0\xcf\x11\xe0", Text("旧版 Word 文档", "an old Word document")),
    (b"{\\rtf", Text("RTF 文档", "an RTF document")),
    (b"\x89PNG", Text("图片", "a picture")),
    (b"\xff\xd8\xff", Text("图片", "a picture")),
    (b"GIF8", Text("图片", "a picture")),
)
_OTHER_FILE = Text(
    "这是{what}，不能导入：请另存为 Word 文档（.docx）或纯文本（.txt）再导入",
    "{what} cannot be imported: save it as .docx or as plain text (.txt) and import that",
)
_UNREADABLE = Text(
    "读不出文字：文件既不是 UTF-8，也不是 UTF-16 或 GB18030 编码的纯文本",
    "no text can be read: the file is not plain text in UTF-8, UTF-16 or GB18030",
)
# Signs that no text holds; bytes that are not text decode to them sooner or later.
_BINARY = regex(r"[\x00-\x06\x0e-\x1a\x7f\ufffe\uffff]")
_PRIVATE = regex(r"[\ue000-\uf8ff]")


_CHINESE = frozenset({"gb2312", "gbk", "gb18030"})
_OTHERS = frozenset({"big5", "utf-16", "utf-16le", "utf-16be"})
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class NotText(ValueError):
    """The bytes are no text; `sentence` says in both languages what they seem to be."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.zh)
        self.sentence = sentence


def decode(raw: bytes, declared: str = "") -> str:
    """The text of `raw` in UTF-8 (with or without BOM), UTF-16 with BOM or GB18030, lines ended by LF.

    `declared` is an encoding that the file itself names; it is tried where the usual ones do not fit.
    Raises NotText, a ValueError whose message is one sentence for the editor.
    """
    for magic, what in _OTHER_FILES:
        if raw.startswith(magic):
            raise NotText(
                Text(_OTHER_FILE.zh.format(what=what.zh), _OTHER_FILE.en.format(what=what.en))
            )
    if declared in _CHINESE and not raw.startswith(_MARKS):
        text = _as(raw, "gb18030")
    elif declared in _OTHERS:
        text = _as(raw, declared)
    else:
        text = _decoded(raw)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _as(raw, "utf-16")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _as(raw, "gb18030")
        # GB18030 gives a meaning to almost any two bytes: to noise, mostly that of private characters.
        if 50 * len(_PRIVATE.findall(text)) > len(text):
            raise NotText(_UNREADABLE) from None
    # A stray control character is a slip of the scraper; many of them are another kind of file.
    if 50 * len(_BINARY.findall(text)) > len(text):
        raise NotText(_UNREADABLE)
    return text


def _as(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise NotText(_UNREADABLE) from None
