"""Link (关联): documents and bodies → the `Site`, with every link, reference and relation resolved."""

from __future__ import annotations

import posixpath
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from generator import address, facets, lighter
from generator.config import Config
from generator.domain import document_number
from generator.domain.deadlines import last_day
from generator.domain.kinds import Kind, Status
from generator.domain.own_words import NO_WORDS, Words
from generator.link import relations
from generator.link.claims import Claims
from generator.link.evidence import Evidence
from generator.link.lookup import Lookup
from generator.link.relations import Relations
from generator.link.resolve import Resolver
from generator.model import (
    Asset,
    Attachment,
    Body,
    Document,
    Entry,
    KeyPath,
    Link,
    LinkSyntax,
    Reference,
    Site,
    Source,
    Verdict,
    WrittenLink,
)
from generator.regex import regex


def link(
    config: Config,
    today: date,
    documents: Sequence[Document],
    bodies: Mapping[str, Body],
    assets: Sequence[Asset],
    static: Iterable[str],
    register: tuple[tuple[str, str], ...] = (),
    words: Words = NO_WORDS,
    *,
    light: bool = False,
) -> Site:
    """The site that these documents and files make; `static` are the addresses of the look's files.

    `light` keeps the links of its documents out of memory.
    """
    by_path = {document.path: document for document in documents}
    built = sorted((d for d in documents if d.withheld is None), key=lambda d: d.newest_first)
    by_asset = {asset.url: asset for asset in assets}
    pages = _pages(config, built, static)
    claimed = _claims(config, built, pages)
    _claim_twins(built, assets, claimed)
    resolver = Resolver(config, Lookup(by_path, bodies, by_asset, claimed))
    found = {path: relations.references(document, resolver) for path, document in by_path.items()}
    related = relations.relate(by_path, found)
    issuers = {name for document in documents for name in document.meta.issuer}
    evidence = Evidence(
        config,
        by_path,
        lambda path: bodies[path].announces_tasks,
        related,
        by_asset,
        issuers,
    )
    entries = {}
    used = _Used(by_asset, by_path)
    for document in sorted(documents, key=lambda document: document.path):
        entry = _entry(
            document, bodies[document.path], resolver, evidence, found, related, by_path, today
        )
        used.add(entry)
        entries[document.path] = lighter.entry(entry) if light else entry
    for column, held in _members(d for d in built if not d.is_withdrawn).items():
        asked = (entries[d.path].status for d in held if d.kind in address.KINDS_WITH_STATUS)
        for url in facets.later_status_urls(column, asked, config.page_size):
            claimed.claim(url, "site.yaml")
    kept = used.published(assets)
    for asset in kept:
        claimed.claim(asset.url, asset.path)
    claimed.sort()
    return Site(
        config,
        today,
        entries,
        tuple(entries[document.path] for document in built),
        kept,
        {asset.path: asset for asset in assets},
        claimed,
        register,
        words,
    )


def resolver(site: Site) -> Resolver:
    """What resolves links in `site` as it stands, for documents that are written again."""
    return Resolver(
        site.config,
        Lookup(
            _Documents(site.entries),
            _Bodies(site.entries),
            _Files(site.all_assets),
            site.addresses,
            site.__dict__.get("said"),
        ),
    )


def evidence(site: Site) -> Evidence:
    """What judges the texts of links in `site` as it stands, for documents that are written again."""
    entries = site.entries
    related = Relations(_Told(entries, _FORWARD), _Told(entries, _BACKWARD))
    return Evidence(
        site.config,
        _Documents(entries),
        lambda path: entries[path].announces_tasks,
        related,
        _Files(site.all_assets),
        site.issuers,
        site.__dict__.get("titles"),
    )


class _Documents(Mapping[str, Document]):
    """The documents of a site, few of which are asked for."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries

    def __getitem__(self, path: str) -> Document:
        return self._entries[path].document

    def __contains__(self, path: object) -> bool:
        return path in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


class _Files(Mapping[str, Asset]):
    """The files of a site by address."""

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        self._assets = assets

    def __getitem__(self, url: str) -> Asset:
        return self._assets[f"content/{url}"]

    def __contains__(self, url: object) -> bool:
        return f"content/{url}" in self._assets

    def __iter__(self) -> Iterator[str]:
        return (path.removeprefix("content/") for path in self._assets)

    def __len__(self) -> int:
        return len(self._assets)


class _Bodies(Mapping[str, Body]):
    """The bodies of linked documents."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries

    def __getitem__(self, path: str) -> Body:
        return self._entries[path].unlinked

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


class _Told(Mapping[tuple[str, str], tuple[str, ...]]):
    """One direction of the relations, as the linked documents themselves tell of it."""

    def __init__(self, entries: Mapping[str, Entry], names: Mapping[str, str]) -> None:
        self._entries, self._names = entries, names

    def __getitem__(self, key: tuple[str, str]) -> tuple[str, ...]:
        found: tuple[str, ...] = getattr(self._entries[key[1]], self._names[key[0]])
        return found

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((name, path) for path in self._entries for name in self._names)

    def __len__(self) -> int:
        return len(self._entries) * len(self._names)


_FORWARD = {name: name for name in ("interprets", "supersedes", "amends", "based_on")}
_BACKWARD = {
    "interprets": "interpreted_by",
    "supersedes": "superseded_by",
    "amends": "amended_by",
    "based_on": "basis_of",
}


def rewritten(
    entry: Entry, source: Source, body: Body, resolver: Resolver, evidence: Evidence | None = None
) -> Entry:
    """`entry` with another body under the same front matter, its links resolved; judged with `evidence`."""
    before = entry.document
    document = Document(
        source,
        before.meta,
        before.kind,
        before.column,
        before.also_in,
        before.url,
        before.withheld,
    )
    links = tuple(resolver.link(one, document) for one in body.links)
    if evidence is not None:
        links = evidence.judged(links, document)
    body, links = _without_idle_numbers(body, links)
    return Entry(
        document,
        body,
        links,
        entry.references,
        entry.attachments,
        entry.status,
        **{name: getattr(entry, name) for name in RELATIONS},
    )


# What a document has to do with others, in both directions.
RELATIONS = (
    "interprets",
    "interpreted_by",
    "supersedes",
    "superseded_by",
    "amends",
    "amended_by",
    "based_on",
    "basis_of",
    "related",
    "questions",
)


def _entry(
    document: Document,
    body: Body,
    resolver: Resolver,
    evidence: Evidence,
    references: Mapping[str, tuple[Reference, ...]],
    related: Relations,
    documents: Mapping[str, Document],
    today: date,
) -> Entry:
    path = document.path
    links = evidence.judged((resolver.link(one, document) for one in body.links), document)
    body, links = _without_idle_numbers(body, links)

    def forward(name: str) -> tuple[str, ...]:
        return related.forward.get((name, path), ())

    def backward(name: str) -> tuple[str, ...]:
        found = related.backward.get((name, path), ())
        return tuple(sorted(found, key=lambda other: documents[other].newest_first))

    return Entry(
        document,
        body,
        links,
        references[path],
        tuple(_attachments(document, resolver)),
        relations.status(document, documents, related, today),
        interprets=forward("interprets"),
        interpreted_by=backward("interprets"),
        supersedes=forward("supersedes"),
        superseded_by=backward("supersedes"),
        amends=forward("amends"),
        amended_by=backward("amends"),
        based_on=forward("based_on"),
        basis_of=backward("based_on"),
        related=tuple(dict.fromkeys((*forward("related"), *backward("related")))),
        questions=backward("questions"),
    )


def references(document: Document, resolver: Resolver) -> tuple[Reference, ...]:
    """The references in the front matter of a document, resolved."""
    return relations.references(document, resolver)


def attachments(document: Document, resolver: Resolver) -> tuple[Attachment, ...]:
    """The attachments that a document declares, resolved."""
    return tuple(_attachments(document, resolver))


@cache
def _file_key(index: int) -> KeyPath:
    # Attachments keep theirs: all first ones have the same.
    return ("attachments", index, "file")


def _attachments(document: Document, resolver: Resolver) -> Iterable[Attachment]:
    for index, field in enumerate(document.meta.attachments):
        key = _file_key(index)
        # A file name is no address: % and # in it are themselves. Where it stands is asked by rules alone, by `key`.
        href = address.escape(field.file.strip())
        written = WrittenLink(LinkSyntax.LINK, href, field.title or "", 1, 1, "file")
        found = resolver.link(written, document)
        verdict = found.verdict
        if verdict.is_good and verdict is not Verdict.FILE:
            verdict = Verdict.NO_FILE
        title = field.title or posixpath.basename(field.file)
        yield Attachment(
            title,
            field.file,
            found.url,
            resolver.size_of(found.url),
            verdict,
            key,
            found.suggestion,
        )


def _without_idle_numbers(body: Body, links: tuple[Link, ...]) -> tuple[Body, tuple[Link, ...]]:
    """Body and links without the bare document numbers that name nothing here; words before a number freed."""
    numbers = [i for i, found in enumerate(links) if found.written.syntax is LinkSyntax.NUMBER]
    if not numbers:
        return body, links
    idle = relations.unlinked_numbers(links)
    pieces, slots = list(body.pieces), list(body.slots)
    kept_pieces, kept_slots = [pieces[0]], []
    for slot, after_slot in zip(slots, pieces[1:], strict=True):
        index, is_text = slot
        piece = after_slot
        if links[index].written.syntax is LinkSyntax.NUMBER and not is_text:
            before = kept_pieces[-1].removesuffix(_NUMBER_TAG)
            words, _, after = piece.removeprefix('">').partition("</a>")
            if index in idle:
                kept_pieces[-1] = before + words + after
                continue
            start = _agency_start(words, links[index].reason)
            kept_pieces[-1] = before + words[:start] + _NUMBER_TAG
            piece = f'">{words[start:]}</a>{after}'
        kept_slots.append(slot)
        kept_pieces.append(piece)
    order = [i for i in range(len(links)) if i not in idle]
    renumbered = {old: new for new, old in enumerate(order)}
    return (
        replace(
            body,
            pieces=tuple(kept_pieces),
            slots=tuple((renumbered[index], is_text) for index, is_text in kept_slots),
            links=tuple(body.links[i] for i in order),
        ),
        tuple(links[i] for i in order),
    )


_NUMBER_TAG = '<a class="number" href="'


def _agency_start(words: str, number: str) -> int:
    """Where in `words` (“按照海府办发〔2024〕16号”) the number itself begins."""
    parsed = document_number.parse(number)
    found = words.rfind(parsed.agency) if parsed else 0
    return max(found, 0)


def _pages(config: Config, built: Sequence[Document], static: Iterable[str]) -> frozenset[str]:
    """The addresses of every page and file that is made, but for documents and their files."""
    listed = [document for document in built if not document.is_withdrawn]
    members = _members(listed)
    urls = set(address.ALWAYS) | {address.TOPICS} | set(static)
    for column in config.all_columns:
        held = members.get(column.id, [])
        own = sum(document.url == address.column_url(column.id) for document in held)
        has_status = any(document.kind in address.KINDS_WITH_STATUS for document in held)
        statuses = tuple(Status) if has_status else ()
        urls.update(address.column_urls(column, len(held) - own, config.page_size, statuses))
        urls.update(facets.column_urls(column, held, config))
    urls.update(facets.catalog_urls(listed, config.page_size))
    urls.update(address.search_parts(len(listed)), address.search_keys(len(listed)))
    for topic in config.topics:
        urls |= {address.topic_url(topic), address.feed_url(f"topics/{topic}")}
    if any(document.meta.questions for document in listed):
        urls.add(address.HOT_QUESTIONS)
    for document in listed:
        if document.kind is Kind.WORK_POINTS and document.meta.tasks:
            due = (last_day(task.due or "", document.meta.year) for task in document.meta.tasks)
            urls.update(address.task_urls(document.url, has_days=any(due)))
    return frozenset(urls)


def _members(listed: Iterable[Document]) -> dict[str, list[Document]]:
    """What each column holds, what lies below it included."""
    members: dict[str, list[Document]] = defaultdict(list)
    for document in listed:
        above = {
            "/".join(held.split("/")[:length])
            for held in document.columns
            for length in range(1, held.count("/") + 2)
        }
        for name in above:
            members[name].append(document)
    return members


def _claims(config: Config, built: Sequence[Document], pages: frozenset[str]) -> Claims:
    """Who claims which output address; a folder's own page is no rival of its column's or topic's."""
    own_pages = {address.HOME, *(address.column_url(column.id) for column in config.all_columns)}
    own_pages |= {address.topic_url(topic) for topic in config.topics}
    claimed = Claims()
    for document in built:
        claimed.claim(document.url, document.path)
        aliases = document.meta.aliases
        # Most have none, and their fields need not be read.
        single = bool(aliases) and isinstance(document.source.fields.get("aliases"), str)
        for index, alias in enumerate(aliases):
            key = ("aliases",) if single else ("aliases", index)
            claimed.add(address.alias_url(alias), document.source.place(*key))
    for url in pages:
        # Only the document itself is the folder's own page; an alias of that name is a rival.
        own = f"content/{url.removesuffix('.html')}.md" if url in own_pages else ""
        if not own or all(place.path != own for place in claimed.get(url, ())):
            claimed.claim(url, "site.yaml")
    return claimed


def _claim_twins(built: Iterable[Document], assets: Iterable[Asset], claimed: Claims) -> None:
    """Add the twins of documents; a twin is no one's rival and gives way to whatever else is alike."""
    taken = {_alike(url) for url in claimed} | {_alike(asset.url) for asset in assets}
    for document in built:
        for url in () if document.is_withdrawn else address.twin_urls(document.url):
            if _alike(url) not in taken:
                taken.add(_alike(url))
                claimed.claim(url, document.path)


def _alike(url: str) -> str:
    folded = unicodedata.normalize("NFC", url).casefold()
    # Most are so already: of these no second text is held.
    return url if folded == url else folded


class _Used:
    """Which files documents use, and so which to publish."""

    def __init__(self, files: Mapping[str, Asset], documents: Mapping[str, Document]) -> None:
        self._files = files
        self._documents = documents
        self._used: set[str] = set()
        self._held: set[str] = set()
        self._folders: dict[str, bool] = {}

    def add(self, entry: Entry) -> None:
        """Note what `entry` uses, and whether it is shown."""
        is_shown = _is_shown(entry.document)
        urls = {link.url for link in entry.links} | {file.url for file in entry.attachments}
        files = (self._files[url].url for url in urls if url in self._files)
        (self._used if is_shown else self._held).update(files)
        folder = posixpath.dirname(entry.path)
        self._folders[folder] = self._folders.get(folder, False) or is_shown

    def published(self, assets: Sequence[Asset]) -> tuple[Asset, ...]:
        """The files to publish: those that a shown document uses, and those that no withheld one holds.

        A withheld document holds the files that it uses, those that bear its name (`plan.md`,
        `plan-附件1.docx`, `plan/map.png`), and those of a folder, with what is below it, that has
        documents but none that is shown.
        """
        return tuple(
            asset
            for asset in assets
            if asset.url in self._used
            or (
                asset.url not in self._held
                and _is_free(asset.path, self._documents)
                and _is_open(asset.path, self._folders)
            )
        )


_NAME_ENDS = regex(r"[-_.\s（(【\[]|附件")


def _is_shown(document: Document) -> bool:
    return document.withheld is None and not document.is_withdrawn


def _is_free(path: str, documents: Mapping[str, Document]) -> bool:
    """Whether the document after which `path`, or else a folder above it, is named is shown."""
    while path not in ("", "content"):
        folder, name = posixpath.split(path)
        starts = {match.start() for match in _NAME_ENDS.finditer(name)} | {len(name)}
        for start in sorted(starts, reverse=True):
            document = documents.get(posixpath.join(folder, name[:start]) + ".md")
            if document is not None:
                return _is_shown(document)
        path = folder
    return True


def _is_open(path: str, folders: Mapping[str, bool]) -> bool:
    """Whether the nearest folder above `path` that has documents shows one."""
    folder = posixpath.dirname(path)
    while folder and folder not in folders:
        folder = posixpath.dirname(folder)
    return folders.get(folder, True)
