"""A PDF without author, remarks and embedded files (清理 PDF); its pages stay as they are."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from generator.attachments.pdf import REMARKS
from generator.cleaning import picture
from generator.cleaning.cutting import NotXml, cut, parse

_KEPT = frozenset({"/Title", "/Subject", "/Keywords", "/CreationDate", "/ModDate"})
_NAMES = frozenset({"creator", "Author", "Company", "Manager", "History", "DerivedFrom"})


class Signed(Exception):
    """The file bears a seal or signature that cleaning would break."""


def cleaned(content: bytes) -> bytes:
    """The PDF anew, without traces; raises `Signed` and whatever pypdf raises."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        reader.decrypt("")
    kept = {key: str(value) for key, value in (reader.metadata or {}).items() if key in _KEPT}
    writer = PdfWriter(clone_from=reader)
    root = writer.root_object
    if _is_signed(root):
        raise Signed
    writer.metadata = None
    writer.add_metadata({"/Producer": "gongkai", **kept})
    _without_names(root)
    for key in ("/AF", "/PieceInfo", "/Collection"):
        root.pop(key, None)
    names = _got(root.get("/Names"))
    if isinstance(names, DictionaryObject):
        names.pop("/EmbeddedFiles", None)
    for page in writer.pages:
        page.pop("/PieceInfo", None)
        _without_remarks(page)
        _without_places(page)
    writer.compress_identical_objects(remove_unreferenced=True)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _got(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _is_signed(root: DictionaryObject) -> bool:
    form = _got(root.get("/AcroForm"))
    return isinstance(form, DictionaryObject) and bool(int(_got(form.get("/SigFlags", 0))) & 1)


def _without_names(root: DictionaryObject) -> None:
    """XMP says what conforms to PDF/A; so only the names are cut out of it."""
    stream = _got(root.get("/Metadata"))
    if not isinstance(stream, StreamObject):
        return
    held = stream.get_data().strip(b"\0")
    try:
        stream.set_data(cut(held, (one.removal() for one in parse(held) if one.name in _NAMES)))
    except NotXml:
        root.pop("/Metadata")


def _without_remarks(page: Any) -> None:
    annotations = _got(page.get("/Annots"))
    if not isinstance(annotations, ArrayObject):
        return
    kept = [one for one in annotations if _sort(one) not in REMARKS | {"/Popup"}]
    if kept:
        page[NameObject("/Annots")] = ArrayObject(kept)
    else:
        page.pop("/Annots")


def _sort(annotation: Any) -> str:
    held = _got(annotation)
    return str(held.get("/Subtype")) if isinstance(held, DictionaryObject) else ""


def _without_places(page: Any) -> None:
    """Photographs without what the camera said of where they were taken."""
    resources = _got(page.get("/Resources"))
    drawn = _got(resources.get("/XObject")) if isinstance(resources, DictionaryObject) else None
    for one in list(drawn.values()) if isinstance(drawn, DictionaryObject) else ():
        image = _got(one)
        if isinstance(image, StreamObject) and str(_got(image.get("/Filter"))) == "/DCTDecode":
            image._data = picture.cleaned(image._data)  # noqa: SLF001 - set_data would encode it anew
