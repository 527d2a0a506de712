"""Pictures (图片): what Exif says of the place where, and the person by whom, a photograph was taken."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from generator.contents import Sort, Trace
from generator.finding import Text

# Exif stands in the first segment, of at most 64 KB, after at most a few others.
ENOUGH = 512 * 1024
_MOST_ENTRIES = 512
_AUTHORS = {0x013B: "作者", 0x9C9D: "作者", 0xA430: "相机主人"}
_EXIF_FOLDER, _GPS_FOLDER = 0x8769, 0x8825
_LATITUDE, _LONGITUDE = 2, 4
_TEXT, _BYTES, _RATIONAL = 2, 1, 5
_PLACE = Text("拍摄信息", "Exif")
_PNG = b"\x89PNG\r\n\x1a\n"


def traces(content: bytes) -> Iterator[Trace]:
    """Place and author of a JPEG, PNG or TIFF; nothing of any other file."""
    for block in _blocks(content):
        yield from _of_tiff(block)
    if content.startswith(_PNG):
        for kind, chunk in png_chunks(content):
            key, _, words = chunk.partition(b"\0")
            if kind == b"tEXt" and key == b"Author" and words.strip():
                yield Trace(Sort.AUTHOR, words.decode("utf-8", "replace").strip(), _PLACE)


def _blocks(content: bytes) -> Iterator[bytes]:
    if content.startswith((b"II*\0", b"MM\0*")):
        yield content
    elif content.startswith(_PNG):
        yield from (chunk for kind, chunk in png_chunks(content) if kind == b"eXIf")
    else:
        for marker, segment in jpeg_segments(content):
            if marker == 0xE1 and segment.startswith(b"Exif\0\0"):
                yield segment[6:]


def jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The marker and the bytes of each segment of a JPEG before its picture."""
    position = 2
    while content.startswith(b"\xff\xd8\xff") and position + 4 <= len(content):
        if content[position] != 0xFF or content[position + 1] in (0xDA, 0xD9):
            return
        marker = content[position + 1]
        size = int.from_bytes(content[position + 2 : position + 4], "big")
        yield marker, content[position + 4 : position + 2 + size]
        position += 2 + max(size, 2)


def png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind and the bytes of each chunk of a PNG."""
    position = 8
    while position + 8 <= len(content):
        size = int.from_bytes(content[position : position + 4], "big")
        yield content[position + 4 : position + 8], content[position + 8 : position + 8 + size]
        position += 12 + size


class _Entry(NamedTuple):
    tag: int
    kind: int
    amount: int
    value: bytes


def _of_tiff(block: bytes) -> Iterator[Trace]:
    order = "<" if block[:2] == b"II" else ">"
    first = _integer(block, 4, order)
    folders = [first] if first else []
    is_located = False
    for _ in range(3):
        if not folders:
            break
        for entry in _entries(block, folders.pop(0), order):
            if entry.tag == _EXIF_FOLDER:
                folders.append(_integer(entry.value, 0, order))
            elif entry.tag == _GPS_FOLDER:
                is_located = _is_located(block, _integer(entry.value, 0, order), order)
            elif entry.tag in _AUTHORS:
                words = _words(block, entry, order)
                if words:
                    yield Trace(Sort.AUTHOR, words, _PLACE)
    if is_located:
        yield Trace(Sort.LOCATION, "", _PLACE)


def _entries(block: bytes, offset: int, order: str) -> Iterator[_Entry]:
    count = min(_integer(block, offset, order, size=2), _MOST_ENTRIES)
    for number in range(count):
        raw = block[offset + 2 + 12 * number :][:12]
        if len(raw) == 12:
            tag, kind, amount = struct.unpack(f"{order}HHI", raw[:8])
            yield _Entry(tag, kind, amount, raw[8:])


def _is_located(block: bytes, offset: int, order: str) -> bool:
    """Whether latitude and longitude are there and not both nought, as cameras without a fix write."""
    degrees = [
        block[_integer(entry.value, 0, order) :][: 8 * min(entry.amount, 3)]
        for entry in _entries(block, offset, order)
        if entry.tag in (_LATITUDE, _LONGITUDE) and entry.kind == _RATIONAL
    ]
    return len(degrees) == 2 and any(_has_degrees(held, order) for held in degrees)


def _has_degrees(held: bytes, order: str) -> bool:
    return any(_integer(held, place, order) for place in range(0, len(held), 8))


def _words(block: bytes, entry: _Entry, order: str) -> str:
    if entry.kind not in (_TEXT, _BYTES):
        return ""
    start = _integer(entry.value, 0, order)
    raw = entry.value if entry.amount <= 4 else block[start : start + min(entry.amount, 1024)]
    # The tags that Windows adds hold UTF-16.
    coding = "utf-16-le" if entry.tag == 0x9C9D else "utf-8"
    return raw[: entry.amount].decode(coding, "replace").replace("\0", "").strip()


def _integer(raw: bytes, offset: int, order: str, size: int = 4) -> int:
    return int.from_bytes(raw[offset : offset + size], "little" if order == "<" else "big")
