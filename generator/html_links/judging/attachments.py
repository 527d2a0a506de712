"""Attachments (附件): what links to files say against the files' names, first bytes and other labels."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from generator.domain.assertions import (
    Assertions,
    Organs,
    assertions,
    contradicting_units,
    folded,
    is_generic,
    numbers_meet,
)
from generator.finding import Severity, Text
from generator.html_links.addresses.folder import Folder, shown
from generator.html_links.problems import Problem, problem
from generator.regex import regex
from generator.rules import bad_attachment, wrong_attachment

_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".svg", ".ico"})
# Empty ones do no harm.
_MAY_BE_EMPTY = frozenset({".css", ".js", ".json", ".map", ".txt", ".xml"})
_HTML = regex(rb"<!doctype\s+html|<html|<head[\s>]|<body[\s>]", re.IGNORECASE)
_KNOWN = (
    b"%PDF",
    b"PK",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
)
# Office programs have long saved tables and letters as mark-up under these names.
_MARKUP_ALLOWED = frozenset({".xls", ".doc", ".et", ".wps"})
_OFFICE_MARKUP = regex(
    rb"urn:schemas-microsoft-com|<\?mso-application|MIME-Version:", re.IGNORECASE
)

_FAMILIES: dict[str, str] = {
    word: family
    for family, words in {
        "pdf": "pdf",
        "word": "doc docx word wps rtf",
        "excel": "xls xlsx excel et csv",
        "ppt": "ppt pptx dps powerpoint",
        "ofd": "ofd",
        "archive": "zip rar 7z",
    }.items()
    for word in words.split()
}
_FORMAT = "pdf|docx?|word|wps|xlsx?|excel|et|csv|pptx?|ofd|zip|rar|7z"
# A format is asserted as a suffix, in brackets, at the end, or after 下载; not in the middle of a title.
_SAID_FORMAT = regex(
    rf"\.({_FORMAT})(?![a-z0-9])|[(\[【<]({_FORMAT})(?:版本?|格式|文件|文档|表格?|下载|[,、\d])*[^()\[\]]{{0,10}}[)\]】>]"
    rf"|(?<![a-z])({_FORMAT})(?:版本?|格式|文件|文档|表格?|附件)?(?:下载)?$|^(?:点击)?(?:下载|查看)?({_FORMAT})(?:版本?|格式|文档)?下载",
    re.IGNORECASE,
)
_SERIAL = regex(r"附[件表录]([1-9]\d?|[一二三四五六七八九十])(?!\d)")
_BARE_YEAR = regex(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NO_ORGANS = Organs({})
_MILD = Severity.WARNING


def bad(folder: Folder, path: str) -> Problem | None:
    """The file at `path` cannot be what its name says: empty, or something else inside."""
    suffix = posixpath.splitext(path)[1].lower()
    size = folder.size(path)
    if size is None or (size == 0 and suffix in _MAY_BE_EMPTY):
        return None
    head = folder.head(path) if size else b""
    if suffix in _IMAGES and size:
        # Browsers look at the bytes of a picture, not at its name; a web page is none.
        if suffix == ".svg" or not _HTML.search(head[:1024]):
            return None
        words = Text("的内容是网页，不是图片", "is a web page, no picture")
        return _bad(path, words, None)
    found = bad_attachment.what_is_wrong(posixpath.basename(path), size, head)
    if found is None:
        return None
    words, is_grave = found
    is_known = size == 0 or bool(_HTML.search(head[:1024])) or head.startswith(_KNOWN)
    is_office = suffix in _MARKUP_ALLOWED and bool(_OFFICE_MARKUP.search(head))
    return _bad(path, words, None if is_grave and is_known and not is_office else _MILD)


def _bad(path: str, words: Text, severity: Severity | None) -> Problem:
    return problem(
        bad_attachment.RULE,
        path,
        severity=severity,
        name=shown(posixpath.basename(path)),
        problem=words.zh,
        problem_en=words.en,
    )


def mislabelled(text: str, path: str, others: Iterable[str]) -> Problem | None:
    """The text of a link contradicts the name of its file, its format, or what `others` call it."""
    name = posixpath.basename(path)
    stem, suffix = posixpath.splitext(name)
    plain = folded(text)
    if _is_other_format(plain, suffix):
        return _wrong(path, text, name)
    if is_generic(text):
        return None
    said, known = assertions(text, _NO_ORGANS), assertions(stem, _NO_ORGANS)
    if contradicts(said, known):
        return _wrong(path, text, name)
    one, other = _SERIAL.search(plain), _SERIAL.search(folded(stem))
    if one and other and one[1] != other[1]:
        return _wrong(path, text, name, _MILD)
    agreeing = [label for label in others if not contradicts(said, assertions(label, _NO_ORGANS))]
    against = [label for label in others if contradicts(said, assertions(label, _NO_ORGANS))]
    years = {int(year) for year in _BARE_YEAR.findall(stem)}
    if years and said.years and not years & said.years:
        # A bare year in a name may be that of the upload; another link that means it settles the matter.
        settled = [label for label in against if years & assertions(label, _NO_ORGANS).years]
        return _wrong(path, text, settled[0] if settled else name, None if settled else _MILD)
    if len(against) > 1 and len(against) > 2 * len(agreeing):
        return _wrong(path, text, against[0])
    return None


def _wrong(path: str, said: str, found: str, severity: Severity | None = None) -> Problem:
    return problem(wrong_attachment.RULE, path, severity=severity, said=said, found=shown(found))


def contradicts(one: Assertions, other: Assertions) -> bool:
    """Whether two texts speak of one thing and do not agree: years, numbers or periods."""
    years = one.years and other.years and not one.years & other.years
    numbers = one.numbers and other.numbers and not numbers_meet(one.numbers, other.numbers)
    return bool(years or numbers or contradicting_units(one.periods, other.periods)[0])


def _is_other_format(plain: str, suffix: str) -> bool:
    kind = _FAMILIES.get(suffix.lstrip(".").lower(), "")
    if not kind:
        return False
    said = {
        _FAMILIES[word.lower()] for match in _SAID_FORMAT.findall(plain) for word in match if word
    }
    # An archive may hold whatever the text says.
    return bool(said) and kind not in said and kind != "archive"
