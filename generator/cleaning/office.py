"""Office files without the names, comments and changes of their makers (清理办公文件)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator

from generator.attachments.package import LARGEST_PART, Package
from generator.attachments.properties import ON_A_COMPUTER
from generator.cleaning import picture
from generator.cleaning.cutting import Cut, Node, NotXml, as_utf8, cut, parse
from generator.cleaning.word import accepted, settled
from generator.regex import regex

# Comments and their authors, revisions, properties that programs add, the picture of the first page.
_DROPPED = regex(
    r"word/(?:glossary/)?(?:comments\w*|people)\.xml|xl/(?:comments\w*\.xml|(?:comments|threadedComments|persons"
    r"|revisions)/.+)|ppt/(?:comments/.+|(?:commentAuthors|authors)\.xml)|docProps/(?:custom\.xml|thumbnail\.\w+)",
    re.IGNORECASE,
)
_WORD_TEXT = regex(
    r"word/(?:glossary/)?(?:document|header|footer|footnotes|endnotes)\d*\.xml", re.IGNORECASE
)
_CORE = frozenset({"creator", "lastModifiedBy"})
_APP = frozenset({"Company", "Manager", "Template", "HyperlinkBase", "TotalTime"})
_PICTURE = regex(r".+/media/[^/]+\.(?:jpe?g|png)", re.IGNORECASE)
_VML = regex(r"xl/.+\.vml", re.IGNORECASE)
_OBJECT_TYPE = regex(rb"ObjectType=[\"'](\w+)")

Clean = Callable[[bytes, str], bytes]


def cleaned(content: bytes, inner: Clean) -> bytes:
    """The package without traces; `inner` cleans the files inside it. Raises `Unreadable` and `NotXml`."""
    package = Package(content)
    dropped = {name for name in package.names if _DROPPED.fullmatch(name)}
    dropped |= {name for name in package.names if _is_only_notes(package, name)}
    dropped |= {_relations_of(name) for name in dropped}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as written:
        for entry in _entries(content):
            if entry.filename not in dropped:
                part = package.part(entry.filename)
                fresh = zipfile.ZipInfo(entry.filename, entry.date_time)
                fresh.compress_type = entry.compress_type
                fresh.external_attr = entry.external_attr
                written.writestr(fresh, _part(package, entry.filename, part, dropped, inner))
    return stream.getvalue()


def _entries(content: bytes) -> Iterable[zipfile.ZipInfo]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {entry.filename: entry for entry in package.infolist()}.values()


def _is_only_notes(package: Package, name: str) -> bool:
    """Whether a drawing of the old sort holds nothing but the boxes of notes."""
    if not _VML.fullmatch(name):
        return False
    kinds = set(_OBJECT_TYPE.findall(package.head(name, LARGEST_PART)))
    return kinds == {b"Note"}


def _without_notes(drawing: bytes) -> bytes:
    """A drawing that holds buttons too, without the boxes of notes."""
    try:
        return cut(drawing, (one.removal() for one in parse(drawing) if _is_note(one)))
    except NotXml:
        return drawing  # the oldest of these are HTML


def _is_note(one: Node) -> bool:
    """Whether this shape is the box of a note."""
    said = one.child("ClientData") if one.name == "shape" else None
    return said is not None and said.attributes.get("ObjectType") == "Note"


def _relations_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _part(package: Package, name: str, part: bytes, dropped: set[str], inner: Clean) -> bytes:
    if _PICTURE.fullmatch(name):
        return picture.cleaned(part)
    if "/embeddings/" in name:
        return inner(part, posixpath.splitext(name)[1])
    if _VML.fullmatch(name):
        return _without_notes(part)
    cuts = _cutter(package, name, dropped)
    if cuts is None or not part:
        return part
    part = as_utf8(part)
    return cut(part, cuts(parse(part)))


def _cutter(
    package: Package, name: str, dropped: set[str]
) -> Callable[[Node], Iterator[Cut]] | None:
    """What is to be cut out of the part `name`; None where nothing is."""
    if name == "docProps/core.xml":
        return lambda root: (one.emptying() for one in root if one.name in _CORE)
    if name == "docProps/app.xml":
        return lambda root: (one.removal() for one in root if one.name in _APP)
    if name == "[Content_Types].xml":
        return lambda root: _types(root, dropped)
    if name.endswith(".rels"):
        return lambda root: _relations(root, name, dropped)
    if _WORD_TEXT.fullmatch(name):
        return accepted
    if name == "word/settings.xml":
        return settled
    if re.fullmatch(r"xl/workbook\d*\.xml", name):
        return lambda root: (one.removal() for one in root if one.name == "absPath")
    if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
        gone = {
            key
            for key, (_, target, _) in package.relations(name).items()
            if target in dropped and _VML.fullmatch(target)
        }
        return (lambda root: _legacy(root, gone)) if gone else None
    return None


def _types(root: Node, dropped: set[str]) -> Iterator[Cut]:
    for one in root:
        if one.attributes.get("PartName", "").removeprefix("/") in dropped:
            yield one.removal()


def _relations(root: Node, name: str, dropped: set[str]) -> Iterator[Cut]:
    base = posixpath.dirname(posixpath.dirname(name))
    for one in root:
        target = one.attributes.get("Target", "")
        is_outside = one.attributes.get("TargetMode") == "External"
        whole = target[1:] if target.startswith("/") else posixpath.join(base, target)
        is_template = one.attributes.get("Type", "").endswith("/attachedTemplate")
        if (not is_outside and posixpath.normpath(whole) in dropped) or is_template:
            yield one.removal()
        elif is_outside and ON_A_COMPUTER.match(target):
            # The name of the file is needed to make sense of formulas; where it lay is not.
            yield from _renamed(one, re.split(r"[\\/]", target)[-1])


def _renamed(one: Node, target: str) -> Iterator[Cut]:
    """The element anew, with another target."""
    attributes = {**one.attributes, "Target": target}
    words = " ".join(f'{key}="{_escaped(value)}"' for key, value in attributes.items())
    yield Cut(one.start, one.end, f"<{one.name} {words}/>".encode())


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _legacy(root: Node, gone: set[str]) -> Iterator[Cut]:
    for one in root:
        if one.name == "legacyDrawing" and one.attributes.get("id") in gone:
            yield one.removal()
