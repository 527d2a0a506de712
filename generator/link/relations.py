"""Relations (文件关系): what documents say of each other in front matter, read in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.domain.kinds import Status
from generator.link.resolve import Resolver
from generator.model import (
    Document,
    KeyPath,
    Link,
    LinkSyntax,
    Reference,
    WrittenLink,
)

# Fields of front matter that hold references, and the names their backward direction has.
FIELDS = ("interprets", "based_on", "supersedes", "amends", "related")


@dataclass(frozen=True)
class Relations:
    """Forward and backward relations between built documents: (field, path) → paths."""

    forward: Mapping[tuple[str, str], tuple[str, ...]]
    backward: Mapping[tuple[str, str], tuple[str, ...]]


def references(document: Document, resolver: Resolver) -> tuple[Reference, ...]:
    """Every reference in the front matter of `document`, resolved."""
    return tuple(
        _reference(document, key, words, resolver) for key, words in _written(document) if words
    )


def _written(document: Document) -> Iterable[tuple[KeyPath, str | None]]:
    meta = document.meta
    for name in FIELDS:
        value = getattr(meta, name)
        # Most name nothing, and their fields need not be read.
        single = bool(value) and isinstance(document.source.fields.get(name), str)
        for index, words in enumerate(value):
            yield ((name,) if single else (name, index)), words
    for index, question in enumerate(meta.questions):
        yield ("questions", index, "policy"), question.policy
    for index, task in enumerate(meta.tasks):
        yield ("tasks", index, "link"), task.link
    if meta.withdrawn:
        yield ("withdrawn", "replaced_by"), meta.withdrawn.replaced_by


def _reference(document: Document, key: KeyPath, words: str, resolver: Resolver) -> Reference:
    place = document.source.place(*key)
    written = WrittenLink(
        LinkSyntax.REFERENCE, words, words, place.line or 1, place.column or 1, "front-matter"
    )
    link = resolver.reference(written, document)
    return Reference(
        key, words, link.verdict, link.document, link.url, link.reason, link.suggestion
    )


def relate(
    documents: Mapping[str, Document], found: Mapping[str, tuple[Reference, ...]]
) -> Relations:
    """Both directions of every relation between documents that are built."""
    forward: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    backward: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for path in sorted(found):
        if documents[path].withheld is not None:
            continue
        for reference in found[path]:
            name, target = str(reference.key[0]), reference.document
            if not target or target == path or documents[target].withheld is not None:
                continue
            forward[name, path][target] = None
            backward[name, target][path] = None
    return Relations(
        {key: tuple(paths) for key, paths in forward.items()},
        {key: tuple(paths) for key, paths in backward.items()},
    )


def status(
    document: Document, documents: Mapping[str, Document], relations: Relations, today: date
) -> Status:
    """The validity: as declared, else from what repeals or amends the document and from its dates."""
    meta = document.meta
    if meta.status is not None:
        return meta.status
    if _in_force(relations.backward.get(("supersedes", document.path), ()), documents, today):
        return Status.REPEALED
    if meta.expires is not None and meta.expires < today:
        return Status.EXPIRED
    if meta.effective is not None and meta.effective > today:
        return Status.PENDING
    if _in_force(relations.backward.get(("amends", document.path), ()), documents, today):
        return Status.AMENDED
    return Status.VALID


def _in_force(paths: Iterable[str], documents: Mapping[str, Document], today: date) -> bool:
    return any(_begins(documents[path]) <= today for path in paths)


def _begins(document: Document) -> date:
    """The day from which a document works: its effective date, else that of its publication."""
    meta = document.meta
    published = meta.published.day if meta.published else date.max
    return meta.effective or published


def unlinked_numbers(links: tuple[Link, ...]) -> frozenset[int]:
    """The indexes of bare document numbers that name no document of the site."""
    return frozenset(
        index
        for index, link in enumerate(links)
        if link.written.syntax is LinkSyntax.NUMBER and not link.verdict.is_good
    )
