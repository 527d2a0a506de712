"""The contents of one file by its bytes (读附件): a pure function that never raises."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from generator.attachments import ofd, old, picture, plain, properties, sheet, slides, word
from generator.attachments.package import LARGEST_PART, Package, Unreadable
from generator.contents import MOST_TEXT, Contents, Obstacle, Passage, Trace, from_json
from generator.finding import Text

LARGEST_FILE = 128 * 1024 * 1024
MOST_PLAIN = 3 * MOST_TEXT
_MOST_AT_ONCE = 4 * 1024 * 1024
_DEEPEST = 2
_LONGEST_MARK = 16
_MOST_INSIDE = 200
_PACKAGES = frozenset(
    """.docx .docm .dotx .xlsx .xlsm .xltx .pptx .pptm .ppsx .ofd .zip .doc .xls .ppt .wps .et
    .dps""".split()
)
_PLAIN = {
    ".csv": plain.table,
    ".tsv": plain.table,
    ".txt": plain.text,
    ".json": plain.text,
    ".html": plain.markup,
    ".htm": plain.markup,
    ".svg": plain.markup,
    ".xml": plain.markup,
    ".rtf": plain.rich,
}
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff"})
AT_ONCE = _PLAIN.keys() | _PICTURES
"""Those that are read sooner than what was read is found again."""
READABLE = _PACKAGES | _PLAIN.keys() | _PICTURES | {".pdf"}
"""The endings of files that can be read, in lower case."""


def read(content: bytes, suffix: str, depth: int = 0) -> Contents:
    """What stands in a file with this ending; of a file that cannot be read, why not."""
    passages: list[Passage] = []
    traces: dict[Trace, None] = {}
    obstacle = None
    try:
        for one in _bounded(_all(content, suffix.lower(), depth)):
            if isinstance(one, Trace):
                traces[one] = None
            else:
                passages.append(one)
    except Unreadable as reason:
        obstacle = reason.obstacle
    except MemoryError:
        obstacle = Obstacle.TOO_LARGE
    except Exception:
        # Whatever a library stumbles over in bytes that anyone may have made.
        obstacle = Obstacle.DAMAGED
    return _sound(Contents(tuple(passages), tuple(traces), obstacle))


def _sound(contents: Contents) -> Contents:
    """The contents without halves of characters, which a PDF may hold and no report can be written with."""
    text = contents.to_json()
    try:
        text.encode()
    except UnicodeEncodeError:
        return from_json(text.encode("utf-8", "replace").decode())
    return contents


def runs_away(content: bytes, suffix: str) -> bool:
    """Whether reading the file may take more time or memory than its size tells."""
    if suffix in (".pdf", ".zip"):
        return True
    try:
        return content.startswith(b"PK") and Package(content).xml_size > _MOST_AT_ONCE
    except Unreadable:
        return False


def _bounded(found: Iterator[Passage | Trace]) -> Iterator[Passage | Trace]:
    """What was found, until it is more than anyone publishes in one file."""
    left = MOST_TEXT
    for one in found:
        size = len(one.text) if isinstance(one, Passage) else len(one.words)
        if size > left:
            if isinstance(one, Passage):
                yield replace(one, text=one.text[:left])
            raise Unreadable(Obstacle.TOO_LARGE)
        left -= size
        yield one


def _all(content: bytes, suffix: str, depth: int) -> Iterator[Passage | Trace]:
    if len(content) > LARGEST_FILE:
        raise Unreadable(Obstacle.TOO_LARGE)
    if suffix not in _PLAIN and _is_blank(content):
        return
    if suffix in _PICTURES:
        yield from picture.traces(content[: picture.ENOUGH])
    elif suffix in _PLAIN:
        yield from _PLAIN[suffix](content[:MOST_PLAIN])
        if len(content) > MOST_PLAIN:
            raise Unreadable(Obstacle.TOO_LARGE)
    elif suffix == ".doc" and content.startswith(b"{\\rtf"):
        yield from plain.rich(content)
    elif content.startswith(old.MARK) and suffix in _PACKAGES:
        # A file with a password lies in a container of the old sort, whatever its ending.
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable(Obstacle.ENCRYPTED)
        yield from old.read(content)
    elif content.startswith(b"PK") and suffix in _PACKAGES:
        yield from _package(Package(content), depth)
    elif suffix == ".pdf" and b"%PDF" in content[:1024]:
        yield from _pdf(content, depth)


def _is_blank(content: bytes) -> bool:
    """Whether nothing but one sign over and over stands behind the mark: room kept for a file to come."""
    return len(set(content[_LONGEST_MARK : _LONGEST_MARK + 65_536])) <= 1


def _pdf(content: bytes, depth: int) -> Iterator[Passage | Trace]:
    # Its library takes as long to load as all the others; no other command waits for it.
    from generator.attachments import pdf  # noqa: PLC0415

    for one in pdf.read(content):
        if isinstance(one, pdf.Held):
            yield from _held(one.name, one.content, depth)
        else:
            yield one


def _package(package: Package, depth: int) -> Iterator[Passage | Trace]:
    """An office file by what lies in it, not by its name; any other zip is an archive."""
    names = set(package.names)
    readers = [
        reader.read
        for reader, folder in ((word, "word/"), (sheet, "xl/"), (slides, "ppt/"))
        if any(name.lower().startswith(folder) for name in names) and "[Content_Types].xml" in names
    ]
    if "OFD.xml" in names:
        readers.append(ofd.read)
    if readers:
        yield from chain.from_iterable(reader(package) for reader in readers)
        yield from properties.read(package)
        yield from _inside(package, r"(?:word|xl|ppt)/embeddings/[^/]+", depth)
    else:
        yield from _inside(package, r".+", depth)


def _inside(package: Package, pattern: str, depth: int) -> Iterator[Passage | Trace]:
    """The files in an archive or in an office file, which have their place in front of their own."""
    names = [
        name
        for name in package.matching(pattern)
        if posixpath.splitext(name)[1].lower() in READABLE
    ]
    if len(names) > _MOST_INSIDE:
        raise Unreadable(Obstacle.TOO_LARGE)
    for name in names:
        yield from _held(name, package.part(name, LARGEST_PART), depth)


def _held(name: str, content: bytes, depth: int) -> Iterator[Passage | Trace]:
    """What stands in a file inside another."""
    if depth >= _DEEPEST:
        raise Unreadable(Obstacle.TOO_LARGE)
    held = read(content, posixpath.splitext(name)[1], depth + 1)
    inside: list[Passage | Trace] = [*held.passages, *held.traces]
    yield from (_placed(one, name) for one in inside)
    if held.obstacle:
        raise Unreadable(held.obstacle)


def _placed(one: Passage | Trace, name: str) -> Passage | Trace:
    called = Text(f"内含文件“{name}”", f"file “{name}” inside, ")
    if isinstance(one, Trace):
        where = Text(f"{called.zh}{one.where.zh}", f"{called.en}{one.where.en}")
        return replace(one, where=where)
    marks = tuple((at, f"{called.zh}{zh}", f"{called.en}{en}") for at, zh, en in one.marks)
    return replace(one, marks=marks)
