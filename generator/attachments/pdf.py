"""PDF files: pages, annotations, form fields, embedded files and what is said about the file itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError
from pypdf.generic import IndirectObject

from generator.attachments import picture
from generator.attachments.package import Unreadable, local, parsed
from generator.contents import MOST_TEXT, Obstacle, Passage, Script, Sort, Trace
from generator.finding import Text
from generator.regex import regex

# What it thinks of a file is said by a finding, never by a line on the terminal.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

MOST_PAGES = 3_000
_MOST_ANNOTATIONS = 5_000
_MOST_PICTURES = 200
_INFORMATION = {
    "/Author": (Text("作者", "author"), Sort.AUTHOR),
    "/Title": (Text("标题", "title"), None),
    "/Subject": (Text("主题", "subject"), None),
    "/Keywords": (Text("关键词", "keywords"), None),
    "/Company": (Text("单位", "company"), Sort.COMPANY),
    "/Manager": (Text("管理者", "manager"), Sort.MANAGER),
}
# What a reader writes on a page; links, fields and pop-ups are no remarks.
REMARKS = frozenset(
    """/Text /FreeText /Highlight /Underline /StrikeOut /Squiggly /Stamp /Caret /Ink /Line /Square
    /Circle /Polygon /PolyLine /FileAttachment""".split()
)
_SPACED = regex(r"(?<=\S)\s(?=\S)")


class Held(NamedTuple):
    """A file that travels inside a PDF: its name and its bytes."""

    name: str
    content: bytes


def read(content: bytes) -> Iterator[Passage | Trace | Held]:
    """Everything a PDF says; raises `Unreadable`, after what could be read."""
    try:
        yield from _read(content)
    except FileNotDecryptedError:
        raise Unreadable(Obstacle.ENCRYPTED) from None
    except DependencyError:
        # Locked against printing, as anyone may open it; a cipher that is not at hand hides its text.
        raise Unreadable(Obstacle.UNKNOWN) from None
    except Unreadable:
        raise
    except Exception:
        # One that ends as it should was not cut short: other programs may well open it.
        is_whole = b"%%EOF" in content[-1024:]
        raise Unreadable(Obstacle.UNKNOWN if is_whole else Obstacle.DAMAGED) from None


def _read(content: bytes) -> Iterator[Passage | Trace | Held]:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(Obstacle.ENCRYPTED)
    if not len(reader.pages):
        raise Unreadable(Obstacle.DAMAGED)
    yield from _information(reader)
    yield from _embedded(reader)
    script = Script()
    pictures: set[int] = set()
    for number, page in enumerate(reader.pages, 1):
        if number > MOST_PAGES or script.length > MOST_TEXT:
            yield from script.passage()
            raise Unreadable(Obstacle.TOO_LARGE)
        place = Text(f"第{number}页", f"page {number}")
        for line in page.extract_text().splitlines():
            if line.strip():
                script.line(_closed_up(line), place)
        yield from _annotations(page, number)
        yield from _pictures(page, place, pictures)
    yield from script.passage()


def _closed_up(line: str) -> str:
    """A line whose characters were set one by one, without the single spaces between them."""
    words = line.split()
    is_spaced = len(words) > 5 and sum(len(word) == 1 for word in words) > 0.8 * len(words)
    return _SPACED.sub("", line.strip()) if is_spaced else line


def _information(reader: PdfReader) -> Iterator[Passage | Trace]:
    script = Script()
    authors: dict[str, Text] = {}
    for key, value in (reader.metadata or {}).items():
        words = str(value).strip()
        called, sort = _INFORMATION.get(key, (Text(key[1:], key[1:]), None))
        where = Text(f"属性“{called.zh}”", f"property “{called.en}”")
        if words:
            script.line(words, where)
        if words and sort is Sort.AUTHOR:
            authors[words] = where
        elif words and sort:
            yield Trace(sort, words, where)
    for words in _xmp_authors(reader):
        authors.setdefault(words, Text("属性“作者”（XMP）", "property “author” (XMP)"))
    yield from script.passage()
    yield from (Trace(Sort.AUTHOR, words, where) for words, where in authors.items())


def _xmp_authors(reader: PdfReader) -> Iterator[str]:
    stream = _of(reader.trailer["/Root"], "/Metadata")
    if stream is None:
        return
    try:
        root = parsed(stream.get_data().strip(b"\0 \r\n\t"))
    except Unreadable:
        return
    for element in root.iter():
        if local(element) == "creator":
            for one in element.iter():
                if one.text and one.text.strip():
                    yield one.text.strip()


def _of(holder: Any, key: str) -> Any:
    """The value of `key`, indirect or not; None where it is absent or no dictionary holds it."""
    held = holder.get_object() if isinstance(holder, IndirectObject) else holder
    if not isinstance(held, dict):
        return None
    found = held.get(key)
    return found.get_object() if isinstance(found, IndirectObject) else found


def _listed(value: Any) -> list[Any]:
    held = value.get_object() if isinstance(value, IndirectObject) else value
    return list(held) if isinstance(held, list) else []


def _embedded(reader: PdfReader) -> Iterator[Trace | Held]:
    """The files that travel inside."""
    files = _of(_of(reader.trailer["/Root"], "/Names"), "/EmbeddedFiles")
    waiting, seen = [files], 0
    while waiting and seen < _MOST_ANNOTATIONS:
        node, seen = waiting.pop(), seen + 1
        names = _listed(_of(node, "/Names"))
        for name, file in zip(names[::2], names[1::2], strict=False):
            yield Trace(Sort.FILE, str(name), Text("PDF 的附件", "embedded file"))
            stream = _of(_of(file, "/EF"), "/F")
            if stream is not None:
                yield Held(str(name), stream.get_data())
        waiting += _listed(_of(node, "/Kids"))


def _annotations(page: Any, number: int) -> Iterator[Passage | Trace]:
    remarks, fields = Script(), Script()
    authors: dict[str, None] = {}
    where = Text(f"第{number}页的批注", f"annotation on page {number}")
    for one in _listed(_of(page, "/Annots"))[:_MOST_ANNOTATIONS]:
        sort = str(_of(one, "/Subtype"))
        if sort in REMARKS:
            authors[str(_of(one, "/T") or "")] = None
            remarks.line(str(_of(one, "/Contents") or ""), where)
        elif sort == "/Widget":
            value = _of(one, "/V") or _of(_of(one, "/Parent"), "/V")
            words = str(value) if isinstance(value, str) and not value.startswith("/") else ""
            fields.line(words, Text(f"第{number}页的表单", f"form on page {number}"))
    yield from remarks.passage()
    yield from fields.passage()
    yield from (Trace(Sort.COMMENT, author, where) for author in authors)


def _pictures(page: Any, place: Text, seen: set[int]) -> Iterator[Trace]:
    """What the photographs of a page tell; each is looked at once, however many pages show it."""
    drawn = _of(_of(page, "/Resources"), "/XObject")
    for name in list(drawn or ()) if isinstance(drawn, dict) else ():
        image = _of(drawn, name)
        filters = _of(image, "/Filter")
        if id(image) in seen or len(seen) >= _MOST_PICTURES or "DCTDecode" not in str(filters):
            continue
        seen.add(id(image))
        raw = getattr(image, "_data", b"")
        for trace in picture.traces(raw[: picture.ENOUGH]):
            yield Trace(
                trace.sort, trace.words, Text(f"{place.zh}的图片", f"picture on {place.en}")
            )
