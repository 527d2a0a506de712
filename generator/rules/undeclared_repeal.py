"""A text repeals or amends a document that stands on the site as it was (文中废止、修改而没有登记).

国办秘函〔2019〕19号 and the regulations on rules ask that validity is marked (规章修改、废止后，应当及时公布).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.domain import document_number, repeals
from generator.domain.folding import folded
from generator.domain.kinds import Kind, Status
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, LinkSyntax, Site
from generator.regex import regex
from generator.rules import pairs, typed

RULE = Rule(
    "undeclared-repeal",
    Severity.WARNING,
    Text(
        "文中{deed}“{text}”，文件头的“{key}”没有写它，它仍然显示为“{status}”",
        "the text {deed_en} {target}, {name} does not name it, and it is still shown as it was",
    ),
    Text(
        "在“{key}”里写上 {suggestion}，有效性会随之改变",
        "name {suggestion} under {name}; its state follows",
    ),
)
_DEEDS: dict[repeals.Deed, tuple[str, str, str, str]] = {
    "repeal": ("废止了", "repeals", "废止", "supersedes"),
    "amend": ("修改了", "amends", "修改", "amends"),
}
_KINDS = frozenset({Kind.POLICY, Kind.INSTITUTION})
_ENDED = frozenset({Status.REPEALED, Status.EXPIRED})
_LINK = regex(r"(?<!\[)\[([^\[\]\n]*)\]\([^()\n]*\)")


@dataclass(frozen=True)
class _Known:
    """The documents of the site that can be repealed, by the names that a text gives them."""

    paths: Mapping[str, Entry]
    titles: Mapping[str, tuple[Entry, ...]]
    numbers: Mapping[str, tuple[Entry, ...]]


def find(site: Site) -> Iterator[Finding]:
    """What policies and institutions repeal or amend in words and not in front matter."""
    for entry, body in typed.documents(site):
        if entry.document.kind not in _KINDS:
            continue
        text = _LINK.sub(lambda link: link[1], body)
        told: set[str] = set()
        for sentence in repeals.said(text):
            # Few documents repeal anything in words; only for those all others are gone through.
            known = site.whole.once(_known)
            for names in sentence.names:
                target = _target(names, entry, known)
                if target is None or target.path in told or _agrees(sentence.deed, entry, target):
                    continue
                told.add(target.path)
                yield _finding(sentence.deed, names[0], entry, target, text)


def _known(site: Site) -> _Known:
    paths: dict[str, Entry] = {}
    titles: dict[str, list[Entry]] = defaultdict(list)
    numbers: dict[str, list[Entry]] = defaultdict(list)
    own = folded(site.config.organ.name)
    for entry in site.listed:
        document = entry.document
        if document.kind in _KINDS:
            paths[entry.path] = entry
            names = {_plain(name) for name in pairs.names(document)}
            for name in sorted(names | {name.removeprefix(own) for name in names}):
                titles[name].append(entry)
            if document.meta.document_number:
                numbers[document_number.key(document.meta.document_number)].append(entry)
    return _Known(
        paths,
        {title: tuple(entries) for title, entries in titles.items()},
        {number: tuple(entries) for number, entries in numbers.items()},
    )


def _plain(name: str) -> str:
    """A name for comparison: the marks of titles inside titles are written in two ways."""
    return folded(name).translate(str.maketrans("〈〉", "《》"))


def _target(names: tuple[repeals.Named, ...], entry: Entry, known: _Known) -> Entry | None:
    """The one document that is meant; None where that is not certain, or where it is the text's own."""
    for named in sorted(names, key=lambda one: one.kind == "title"):
        found = [one for one in _candidates(named, entry, known) if _is_older(one, entry)]
        if len(found) == 1:
            return found[0]
        if named.kind == "number":
            # A number that is not on the site: then the title with it is of another document too.
            return None
    return None


def _is_older(target: Entry, entry: Entry) -> bool:
    """Whether `target` stood before `entry`: a later version of the same name is not meant."""
    before, now = target.document.meta.published, entry.document.meta.published
    return target.path != entry.path and (before is None or now is None or before.day <= now.day)


def _candidates(named: repeals.Named, entry: Entry, known: _Known) -> tuple[Entry, ...]:
    if named.kind == "title":
        return known.titles.get(_plain(named.name), ())
    if named.kind == "reference":
        return tuple(
            known.paths[link.document]
            for link in entry.links
            if link.written.syntax is LinkSyntax.REFERENCE
            and link.written.href == named.name
            and link.document in known.paths
        )[:1]
    number = document_number.parse(named.name)
    for candidate in document_number.suffixes(number) if number else ():
        found = known.numbers.get(str(candidate))
        if found:
            return found
    return ()


def _agrees(deed: repeals.Deed, entry: Entry, target: Entry) -> bool:
    if target.status in _ENDED or target.path in entry.supersedes:
        return True
    return deed == "amend" and (target.path in entry.amends or target.status is Status.AMENDED)


def _finding(
    deed: repeals.Deed, named: repeals.Named, entry: Entry, target: Entry, text: str
) -> Finding:
    done, done_en, key, name = _DEEDS[deed]
    line = text.count("\n", 0, named.offset)
    source = entry.document.source
    start = sum(len(one) + 1 for one in source.body.split("\n")[:line])
    # Links before the name have lost their addresses in `text`, so it is looked up again.
    column = max(source.body.find(named.name, start), start)
    number = target.document.meta.document_number
    return RULE.at(
        typed.place(source, column),
        target=target.path,
        text=named.name,
        suggestion=number or target.path.removeprefix("content/"),
        deed=done,
        deed_en=done_en,
        key=key,
        name=name,
        status=target.status.value,
    )
