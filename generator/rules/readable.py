"""Every text that may reach the public (可见文字): front matter, bodies and attachments, with its places."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from generator import contents
from generator.domain import names
from generator.domain.personal import may_hold_address, may_hold_number
from generator.domain.secrecy import may_hold_mark
from generator.finding import Finding, Place, Rule, Text
from generator.model import KeyPath, Site, Source
from generator.regex import regex
from generator.rules import judged, typed

# Waivers are not published; numbers and addresses of documents have rules of their own.
_NOT_READ = frozenset({"waive", "aliases", "index_number", "document_number", "disclosure"})

# An address names things by numbers of its own; one for the telephone is the number itself.
# Each way begins with a sign of its own, so that the search looks at these signs only.
_ADDRESS = regex(
    r"\((?<=\]\()(?!tel:)[^()\n]*\)|https?://[^\s<>）)]+|href=\"(?!tel:)[^\"\n]*\"|src=\"(?!tel:)[^\"\n]*\""
)
# A list of names has thousands of numbers; whoever has seen these will look at the file.
_MOST_IN_ONE_FILE = 20
_NOTHING = Text("", "")
Hint = Callable[[str], bool]
"""Whether a text may hold something: quick, and true of whatever text holds a part that may."""
_HINTS: tuple[Hint, ...] = (may_hold_number, may_hold_address, may_hold_mark)


class Hit(Protocol):
    """Something found in a text: where it begins and its words."""

    @property
    def offset(self) -> int: ...  # noqa: D102

    @property
    def text(self) -> str: ...  # noqa: D102


class Found(Hit, Protocol):
    """Something found in a text that may be published when it is masked."""

    @property
    def masked(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a document: a field, or the body without code."""

    source: Source
    text: str
    key: KeyPath = ()

    @property
    def without_addresses(self) -> str:
        """The text with addresses turned to U+FFFC: every offset stays."""
        return _without_addresses(self.text)

    @property
    def path(self) -> str:
        """The file below the site folder."""
        return self.source.path

    def place(self, offset: int) -> Place:
        """Where the character at `offset` stands; for a field, where the field does."""
        return self.source.place(*self.key) if self.key else typed.place(self.source, offset)

    def inside(self, _: int) -> Text:
        """Nothing: the place says it all."""
        return _NOTHING


@dataclass(frozen=True, slots=True)
class Inside:
    """A text inside a file that is published as it is (附件)."""

    path: str
    passage: contents.Passage

    @property
    def text(self) -> str:
        """The text as the file holds it."""
        return self.passage.text

    @property
    def without_addresses(self) -> str:
        """The text with addresses turned to U+FFFC: every offset stays."""
        return _without_addresses(self.text)

    def place(self, _: int) -> Place:
        """The file: it has no lines of its own."""
        return Place(self.path, 1)

    def inside(self, offset: int) -> Text:
        """Where in the file the character at `offset` stands."""
        return self.passage.where(offset)


@dataclass(frozen=True, slots=True)
class _Suspects:
    """What is worth reading for one hint: documents for their fields, others for their bodies, files."""

    fields: list[Source] = field(default_factory=list)
    bodies: list[Source] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def _suspects(site: Site) -> Mapping[Hint, _Suspects]:
    """Every text is read once for all hints, and most never again."""
    found = {hint: _Suspects() for hint in _HINTS}
    for entry in judged.documents(site):
        source = entry.document.source
        fields = source.fields
        texts = "\n".join(_strings(fields[key] for key in fields if key not in _NOT_READ))
        for hint in _HINTS:
            if hint(texts):
                found[hint].fields.append(source)
    for entry, body in typed.documents(site):
        for hint in _HINTS:
            if hint(body):
                found[hint].bodies.append(entry.document.source)
    # Files are no one document's.
    for asset in () if site.focus else site.assets:
        held = site.contents.get(asset.path, contents.NOTHING)
        texts = "\n".join((asset.path, *(passage.text for passage in held.passages)))
        for hint in _HINTS:
            if hint(texts):
                found[hint].files.append(asset.path)
    return found


def passages(site: Site, hint: Hint) -> Iterator[Passage | Inside]:
    """The texts that may hold what `hint` looks for, as far as they reach the public.

    Fields of the documents that are judged, the bodies of those that are published, their files.
    """
    suspects = site.once(_suspects)[hint]
    for source in suspects.fields:
        for key, value in source.fields.items():
            if key not in _NOT_READ:
                yield from _fields(source, value, (key,))
    for source in suspects.bodies:
        yield Passage(source, typed.without_code(source.body))
    for path in suspects.files:
        stem = posixpath.splitext(posixpath.basename(path))[0]
        yield Inside(path, contents.Passage(stem, ((0, "文件名", "file name"),)))
        held = site.contents.get(path, contents.NOTHING)
        yield from (Inside(path, passage) for passage in held.passages)


def personal(
    rule: Rule,
    site: Site,
    hint: Hint,
    search: Callable[[str], Iterable[Found]],
    *,
    with_addresses: bool = False,
) -> Iterator[Finding]:
    """`rule` broken by whatever personal `search` finds, with the name that stands beside it.

    `hint` is found in every text in which `search` finds something.
    """

    def found() -> Iterator[Finding]:
        for passage in passages(site, hint):
            text = passage.text if with_addresses else passage.without_addresses
            for one in search(text):
                name = names.beside(text, one.offset)
                remark = _remark(passage.inside(one.offset), names.masked(name))
                yield rule.at(
                    passage.place(one.offset),
                    text=one.text,
                    suggestion=one.masked,
                    remark=remark.zh,
                    remark_en=remark.en,
                )

    return bounded(found())


def marked(
    rule: Rule, site: Site, hint: Hint, search: Callable[[str], Iterable[Hit]]
) -> Iterator[Finding]:
    """`rule` broken by whatever marks `search` finds, in texts in which `hint` is found too."""

    def found() -> Iterator[Finding]:
        for passage in passages(site, hint):
            for one in search(passage.text):
                remark = _remark(passage.inside(one.offset), "")
                yield rule.at(
                    passage.place(one.offset),
                    text=one.text,
                    remark=remark.zh,
                    remark_en=remark.en,
                )

    return bounded(found())


def bounded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, of those inside one file only the first; the last of these says how many follow."""
    waiting: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.place.column is None:
            waiting.setdefault(finding.place.path, []).append(finding)
        else:
            yield finding
    for held in waiting.values():
        kept, more = held[:_MOST_IN_ONE_FILE], len(held) - _MOST_IN_ONE_FILE
        if more > 0:
            said = kept[-1].message
            also = Text(
                f"{said.zh}；这个附件里还有{more}处", f"{said.en}; {more} more in this file"
            )
            kept[-1] = replace(kept[-1], message=also)
        yield from kept


def _remark(inside: Text, name: str) -> Text:
    """Where inside a file something stands, and beside whose name: the end of a sentence."""
    zh, en = "", ""
    if inside.zh:
        zh, en = f"，在{inside.zh}", f", in {inside.en}"
    if name:
        zh, en = f"{zh}，旁边有姓名“{name}”", f"{en}, beside the name “{name}”"
    return Text(zh, en)


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub(lambda found: "\ufffc" * len(found[0]), text)


def _strings(fields: Iterable[object]) -> list[str]:
    """Every text in these fields, the maps and lists in them taken apart."""
    texts: list[str] = []
    left = list(fields)
    for value in left:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            left += value.values()
        elif isinstance(value, list | tuple):
            left += value
    return texts


def _fields(source: Source, value: object, key: KeyPath) -> Iterator[Passage]:
    if isinstance(value, str):
        yield Passage(source, value, key)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _fields(source, inner, (*key, name))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _fields(source, inner, (*key, index))
