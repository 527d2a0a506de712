"""Content types (内容类型): what the web host says of a file by its suffix, the same on every machine."""

from __future__ import annotations

from mimetypes import MimeTypes

HTML = "text/html; charset=utf-8"
# The tables of the machine are left out: every machine says the same.
_TYPES = MimeTypes(())
for _suffix, _type in {
    ".atom": "application/atom+xml",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".ofd": "application/ofd",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rar": "application/vnd.rar",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".wps": "application/vnd.ms-works",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}.items():
    _TYPES.add_type(_type, _suffix)
_WRITTEN = frozenset(
    {"application/json", "application/xml", "application/atom+xml", "image/svg+xml"}
)


def media_type(url: str) -> str:
    """The content type of a file by its suffix, with the encoding where it is text."""
    found, packing = _TYPES.guess_type(url.rpartition("/")[2])
    if not found or packing:
        return "application/octet-stream"
    is_text = found.startswith("text/") or found in _WRITTEN
    return f"{found}; charset=utf-8" if is_text else found
