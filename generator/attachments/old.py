"""Office files of 1997 to 2003 (.doc, .xls, .ppt, .wps), as far as their bytes lie open (旧格式).

The container is not taken apart: its streams mostly lie in one piece, so that text and properties can
be found where they are. What is found is there; what is not found may be there all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.contents import Passage, Script, Sort, Trace
from generator.finding import Text
from generator.regex import regex

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHORTEST = 4
# Chinese, digits and what stands between them, in the two bytes that these programs give a character.
_WIDE = regex(
    rb"(?:[\x20-\x7e\t\r]\x00|[\x00-\xff][\x4e-\x9f]|[\x00-\x1f]\x30|[\x00-\xff]\xff|[\x00-\xff][\x25\x26]){4,}"
)
_NARROW = regex(rb"[\x20-\x7e]{11,400}")
_PLACE = Text("内容（旧格式，位置不详）", "text (old format, place unknown)")
# The two sets of properties by their identifiers, and what each property tells.
_SUMMARY = b"\xe0\x85\x9f\xf2\xf9\x4f\x68\x10\xab\x91\x08\x00\x2b\x27\xb3\xd9"
_MORE = b"\x02\xd5\xcd\xd5\x9c\x2e\x1b\x10\x93\x97\x08\x00\x2b\x2c\xf9\xae"
_PROPERTIES: dict[tuple[bytes, int], tuple[Text, Sort | None]] = {
    (_SUMMARY, 2): (Text("标题", "title"), None),
    (_SUMMARY, 3): (Text("主题", "subject"), None),
    (_SUMMARY, 4): (Text("作者", "author"), Sort.AUTHOR),
    (_SUMMARY, 5): (Text("关键词", "keywords"), None),
    (_SUMMARY, 6): (Text("备注", "comments"), None),
    (_SUMMARY, 8): (Text("上次修改者", "last modified by"), Sort.EDITOR),
    (_MORE, 14): (Text("管理者", "manager"), Sort.MANAGER),
    (_MORE, 15): (Text("单位", "company"), Sort.COMPANY),
}
_BEFORE_IDENTIFIER = 28
_NARROW_TEXT, _WIDE_TEXT, _SHORT = 0x1E, 0x1F, 0x02
_CODE_PAGE = 1
_MOST_PROPERTIES = 200


def read(content: bytes) -> Iterator[Passage | Trace]:
    """The runs of characters in the file, and its properties."""
    script = Script()
    for run in _WIDE.finditer(content):
        # Characters of two bytes begin at even places.
        start = run.start() + run.start() % 2
        end = run.end() - (run.end() - start) % 2
        words = content[start:end].decode("utf-16-le", "replace")
        for line in words.split("\r"):
            if len(line.strip()) >= _SHORTEST:
                script.line(line, _PLACE)
    for run in _NARROW.finditer(content):
        script.line(run[0].decode("ascii"), _PLACE)
    yield from script.passage()
    for identifier in (_SUMMARY, _MORE):
        yield from _properties(content, identifier)


def _properties(content: bytes, identifier: bytes) -> Iterator[Passage | Trace]:
    at = content.find(identifier)
    if at < _BEFORE_IDENTIFIER:
        return
    start = at - _BEFORE_IDENTIFIER + _integer(content, at + 16)
    places = dict(_places(content, start))
    page = places.get(_CODE_PAGE, 0)
    is_utf8 = (
        page and _integer(content, page, 2) == _SHORT and _integer(content, page + 4, 2) == 65001
    )
    coding = "utf-8" if is_utf8 else "gb18030"
    script = Script()
    for number, place in sorted(places.items()):
        known = _PROPERTIES.get((identifier, number))
        words = _words(content, place, coding) if known else ""
        if known and words:
            called, sort = known
            where = Text(f"属性“{called.zh}”", f"property “{called.en}”")
            script.line(words, where)
            if sort:
                yield Trace(sort, words, where)
    yield from script.passage()


def _places(content: bytes, start: int) -> Iterator[tuple[int, int]]:
    """The number of each property and where in the file it stands."""
    for index in range(min(_integer(content, start + 4), _MOST_PROPERTIES)):
        row = start + 8 + 8 * index
        yield _integer(content, row), start + _integer(content, row + 4)


def _words(content: bytes, place: int, coding: str) -> str:
    kind, size = _integer(content, place), _integer(content, place + 4)
    if kind == _NARROW_TEXT:
        raw = content[place + 8 : place + 8 + min(size, 1024)]
        return raw.decode(coding, "replace").split("\0")[0].strip()
    if kind == _WIDE_TEXT:
        raw = content[place + 8 : place + 8 + 2 * min(size, 1024)]
        return raw.decode("utf-16-le", "replace").split("\0")[0].strip()
    return ""


def _integer(content: bytes, place: int, size: int = 4) -> int:
    return int.from_bytes(content[place : place + size], "little")
