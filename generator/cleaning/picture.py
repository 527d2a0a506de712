"""Pictures without what the camera and the program wrote beside the picture (去除拍摄信息)."""

from __future__ import annotations

import struct
import zlib

from generator.attachments.picture import jpeg_segments, png_chunks

# JFIF, colour profile, Adobe's colour transform: without these the picture looks different.
_KEPT_APPS = frozenset({0xE0, 0xE2, 0xEE})
_COMMENT = 0xFE
_PNG_WORDS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_ORIENTATION = 0x0112
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
KNOWN = (_PNG, _JPEG)
"""How the pictures begin that can be cleaned."""


def cleaned(content: bytes) -> bytes:
    """A JPEG or PNG without Exif, XMP, IPTC and comments; its picture is not encoded anew."""
    if content.startswith(_PNG):
        return _png(content)
    return _jpeg(content) if content.startswith(_JPEG) else content


def _jpeg(content: bytes) -> bytes:
    kept = [content[:2]]
    place = 2
    for marker, segment in jpeg_segments(content):
        whole = content[place : place + 4 + len(segment)]
        place += len(whole)
        if marker == 0xE1 and segment.startswith(b"Exif\0\0"):
            kept.append(_upright(segment[6:]))
        elif not (0xE0 <= marker <= 0xEF or marker == _COMMENT) or marker in _KEPT_APPS:
            kept.append(whole)
    return b"".join([*kept, content[place:]])


def _upright(block: bytes) -> bytes:
    """An Exif segment that says only which way up the picture is; none where it is the usual."""
    order = "<" if block[:2] == b"II" else ">"
    try:
        (first,) = struct.unpack_from(f"{order}I", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, first)
        for number in range(min(count, 512)):
            tag, _, _, turned = struct.unpack_from(f"{order}HHIH", block, first + 2 + 12 * number)
            if tag == _ORIENTATION and 2 <= turned <= 8:
                row = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turned, 0)
                tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + row + bytes(4)
                return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff
    except struct.error:
        pass
    return b""


def _png(content: bytes) -> bytes:
    kept = [_PNG]
    for kind, chunk in png_chunks(content):
        if kind not in _PNG_WORDS:
            check = struct.pack(">I", zlib.crc32(kind + chunk))
            kept.append(struct.pack(">I", len(chunk)) + kind + chunk + check)
    return b"".join(kept)
