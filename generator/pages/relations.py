"""What a document has to do with others (关联): blocks of links, the validity banner, the neighbours."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from generator.domain.kinds import Status
from generator.model import Entry, KeyPath, Site, Verdict
from generator.pages.body import harmless
from generator.pages.frame import TextLink, Way, day
from generator.pages.rows import Label, is_shown, label, shown, validity
from generator.regex import regex


class Related(NamedTuple):
    """A document named on another's page: how it is related, where it is, its number, date and validity."""

    relation: str
    title: str
    href: str
    number: str = ""
    published: str = ""
    status: Label | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A block of related documents under one heading."""

    id: str
    title: str
    items: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class Banner:
    """The banner above a document that is not simply in force (有效性提示)."""

    status: Label
    sentence: str
    documents: tuple[Related, ...]


# Heading, then for each key of front matter or of the entry its word in the block (empty: none needed).
_BLOCKS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("interprets", "政策原文", (("interprets", ""),)),
    ("interpretations", "相关解读", (("interpreted_by", ""),)),
    ("questions", "政策问答", (("questions", ""),)),
    ("basis", "制定依据", (("based_on", ""),)),
    ("measures", "配套文件", (("basis_of", ""),)),
    (
        "changes",
        "修改、废止关系",
        (
            ("supersedes", "本文件废止"),
            ("superseded_by", "废止本文件的文件"),
            ("amends", "本文件修改"),
            ("amended_by", "修改本文件的文件"),
        ),
    ),
    ("related", "相关信息", (("related", ""),)),
)
# These two stand above the text: readers of one look for the other.
FIRST_BLOCKS = frozenset({"interprets", "interpretations"})


# A reference may be written as an editor writes a link in a body.
_MARKDOWN_LINK = regex(r"\[([^\]]+)\]\([^)]*\)")


def target(site: Site, entry: Entry, key: KeyPath, way: Way) -> TextLink | None:
    """Where the reference at `key` of the front matter leads, if anywhere; its note is the number."""
    for reference in entry.references:
        if reference.key != key or not reference.verdict.is_good:
            continue
        if reference.document:
            if not is_shown(site, reference.document):
                return None
            found = site.entries[reference.document]
            number = found.document.meta.document_number or ""
            return TextLink(found.document.title, way(found.url), note=number)
        outside = reference.verdict in (Verdict.EXTERNAL, Verdict.ADDRESS)
        markdown = _MARKDOWN_LINK.fullmatch(reference.words.strip())
        words = markdown[1] if markdown else reference.words
        return TextLink(words, harmless(reference.url) if outside else way(reference.url))
    return None


def blocks(site: Site, entry: Entry, way: Way) -> tuple[Block, ...]:
    """The blocks of related documents that have anything to show."""
    outside = [reference.key for reference in entry.references if not reference.document]
    made = []
    for id_, title, keys in _BLOCKS:
        items: list[Related] = []
        for key, word in keys:
            paths: tuple[str, ...] = getattr(entry, key)
            items += [_item(site, other, word, way) for other in shown(site, paths)]
            items += [
                Related(word, link.text, link.href)
                for place in outside
                if place[0] == key and (link := target(site, entry, place, way))
            ]
        if items:
            made.append(Block(id_, title, tuple(items)))
    return tuple(made)


def _item(site: Site, other: Entry, word: str, way: Way) -> Related:
    meta = other.document.meta
    return Related(
        relation=word,
        title=other.document.title,
        href=way(other.url),
        number=meta.document_number or "",
        published=day(meta.published.day) if meta.published else "",
        status=label(site, other),
    )


_SENTENCES: dict[Status, str] = {
    Status.REPEALED: "本文件已经废止，不再作为行政管理的依据。",
    Status.EXPIRED: "本文件已经失效，不再作为行政管理的依据。",
    Status.AMENDED: "本文件的部分内容已经修改，请与修改它的文件一并查阅。",
    Status.PENDING: "本文件尚未施行。",
}


def banner(site: Site, entry: Entry, way: Way) -> Banner | None:
    """The banner of a document that is repealed, expired, amended or not yet in force."""
    standing = validity(entry)
    if entry.status is Status.VALID or standing is None:
        return None
    meta = entry.document.meta
    sentence = _SENTENCES[entry.status]
    if entry.status is Status.EXPIRED and meta.expires:
        sentence = f"本文件已经失效（失效日期：{day(meta.expires)}），不再作为行政管理的依据。"
    if entry.status is Status.PENDING and meta.effective:
        sentence = f"本文件自 {day(meta.effective)} 起施行，目前尚未施行。"
    changes = (
        *(_change(site, path, "废止", way) for path in _by(entry.status, entry)),
        *(_change(site, path, "修改", way) for path in entry.amended_by),
    )
    return Banner(standing, sentence, tuple(change for change in changes if change))


def _by(status: Status, entry: Entry) -> Iterable[str]:
    return entry.superseded_by if status in (Status.REPEALED, Status.EXPIRED) else ()


def _change(site: Site, path: str, word: str, way: Way) -> Related | None:
    if not is_shown(site, path):
        return None
    other = site.entries[path]
    since = other.document.meta.effective or other.document.meta.signed
    when = f"自 {day(since)} 起" if since else ""
    return _item(site, other, f"{when}由以下文件{word}：", way)


def neighbours(
    site: Site, elsewhere: Collection[str]
) -> dict[str, tuple[Entry | None, Entry | None]]:
    """For each listed document the one published after it and the one before it, in its own column.

    The documents `elsewhere` stand on the page of their column and are no one's neighbours.
    """
    columns: dict[str, list[Entry]] = {}
    for entry in site.listed:
        if entry.document.column and entry.path not in elsewhere:
            columns.setdefault(entry.document.column, []).append(entry)
    return {
        entry.path: (newer, older)
        for entries in columns.values()
        for newer, entry, older in zip(
            [None, *entries], entries, [*entries[1:], None], strict=False
        )
    }


def beside(
    site: Site, elsewhere: Collection[str], entry: Entry
) -> tuple[Entry | None, Entry | None]:
    """The neighbours of one document, as `neighbours` has them of all."""
    column = entry.column
    row = [
        other
        for other in site.built
        if other.column == column and other.path not in elsewhere and not _is_withdrawn(other)
    ]
    paths = [other.path for other in row]
    if not column or entry.path not in paths:
        return None, None
    at = paths.index(entry.path)
    return row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None


def _is_withdrawn(entry: Entry) -> bool:
    return entry.document.is_withdrawn
