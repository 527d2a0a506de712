"""One document is published twice (重复发布): the same title, or nearly the same text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.domain import document_number, duplicates
from generator.domain.assertions import contradicting_units, numbers_meet, periods, years
from generator.domain.folding import arabic_years, folded
from generator.domain.kinds import Kind, Status
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Document, Entry, Site

RULE = Rule(
    "duplicate-document",
    Severity.WARNING,
    Text(
        "与 {target}（“{title}”）{sameness}，像是重复发布",
        "{sameness_en} {target}: it looks published twice",
    ),
    Text(
        "同一份文件只发布一次：删去这一份，把旧网址写进原件的“旧址”；要在几个栏目列出的，在原件写“同时列入”",
        "publish one document once: remove this one, keep its address with aliases, and list the original"
        " elsewhere with also_in",
    ),
)
_TITLE = Text("标题相同", "it has the same title as")
_TEXT = Text("正文基本相同", "its text is nearly that of")
# A draft and what became of it, a text and what is said about it: their titles may be the same.
_OF_ITS_OWN = frozenset({Kind.CONSULTATION, Kind.FAQ, Kind.TOPIC, Kind.INTERPRETATION})
_BY_DATA = frozenset({Kind.CONSULTATION, Kind.FAQ, Kind.TOPIC})
_ENDED = frozenset({Status.REPEALED, Status.EXPIRED})


def find(site: Site) -> Iterator[Finding]:
    """The older document stays; each newer one that repeats it is reported once."""
    entries = {entry.path: entry for entry in sorted(site.listed, key=_age)}
    order = {path: number for number, path in enumerate(entries)}
    told: set[str] = set()
    for sameness, one, other in (*_by_title(entries), *_by_text(site, entries)):
        older, newer = sorted((one, other), key=order.__getitem__)
        if newer not in told:
            told.add(newer)
            yield RULE.at(
                entries[newer].document.source.place("title"),
                target=older,
                title=entries[older].document.title,
                sameness=sameness.zh,
                sameness_en=sameness.en,
            )


def _age(entry: Entry) -> tuple[str, bool, str]:
    """By publication; of one day, the policy is the original of a notice."""
    published = entry.document.meta.published
    is_policy = entry.document.kind is Kind.POLICY
    return (published.minute if published else "9999", not is_policy, entry.path)


def _by_title(entries: Mapping[str, Entry]) -> Iterator[tuple[Text, str, str]]:
    titled: dict[tuple[str, Kind | None, int | None], list[Entry]] = defaultdict(list)
    for entry in entries.values():
        document = entry.document
        kind = document.kind if document.kind in _OF_ITS_OWN else None
        titled[folded(document.title), kind, _year(document)].append(entry)
    for first, *others in titled.values():
        for entry in others:
            if not _are_two(first.document, entry.document):
                yield _TITLE, first.path, entry.path


def _year(document: Document) -> int | None:
    meta = document.meta
    if meta.year or meta.signed:
        return meta.year or (meta.signed.year if meta.signed else None)
    return meta.published.day.year if meta.published else None


def _are_two(one: Document, other: Document) -> bool:
    """Whether number or period say that these are two documents of a series."""
    a, b = one.meta, other.meta
    if a.document_number and b.document_number:
        return document_number.key(a.document_number) != document_number.key(b.document_number)
    if a.interprets and b.interprets and set(a.interprets) != set(b.interprets):
        return True
    return folded(a.period or "") != folded(b.period or "")


def _by_text(site: Site, entries: Mapping[str, Entry]) -> Iterator[tuple[Text, str, str]]:
    sketches = {
        path: sketch
        for path, entry in entries.items()
        if entry.document.kind not in _BY_DATA and (sketch := site.sketches.get(path))
    }
    for one, other in duplicates.alike(sketches, Texts(entries)):
        if not _may_be_alike(entries[one], entries[other]):
            yield _TEXT, one, other


@dataclass(frozen=True)
class Texts(Mapping[str, str]):
    """The texts of documents, read when they are asked for."""

    entries: Mapping[str, Entry]

    def __getitem__(self, path: str) -> str:
        return self.entries[path].body.text

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def _may_be_alike(one: Entry, other: Entry) -> bool:
    """Whether two documents are rightly alike: related, of a series, or with data or files of their own."""
    if _are_related(one, other) or (one.status in _ENDED) is not (other.status in _ENDED):
        return True
    a, b = one.document, other.document
    if folded(one.body.text) == folded(other.body.text) and not _names_differ(a, b):
        return _data(a) != _data(b)
    if Kind.ANNUAL_REPORT in (a.kind, b.kind) and a.meta.year != b.meta.year:
        return True
    files = [{file.url for file in entry.attachments} for entry in (one, other)]
    has_files_of_its_own = all(files) and not files[0] & files[1] and _names_differ(a, b)
    return _data(a) != _data(b) or has_files_of_its_own or _contradict(a, b)


def _data(document: Document) -> tuple[object, ...]:
    meta = document.meta
    return (meta.tasks, meta.questions, meta.report, meta.period)


def _are_related(one: Entry, other: Entry) -> bool:
    about = (*one.interprets, *one.supersedes, *one.amends, *one.interpreted_by)
    return other.path in (*about, *one.superseded_by, *one.amended_by)


def _names_differ(one: Document, other: Document) -> bool:
    return folded(one.title) != folded(other.title)


def _contradict(one: Document, other: Document) -> bool:
    """Whether the titles or numbers tell of different years, periods or documents."""
    a, b = (arabic_years(folded(document.title)) for document in (one, other))
    if years(a) and years(b) and not years(a) & years(b):
        return True
    numbers = [
        document_number.parse(document.meta.document_number or "") for document in (one, other)
    ]
    if all(numbers) and not numbers_meet(*([number] for number in numbers if number)):
        return True
    return bool(contradicting_units(periods(a), periods(b))[0])
