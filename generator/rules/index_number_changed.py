"""An index number was published and is now another, or stands on another document (索引号变动)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator import address
from generator.domain import index_number
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Site

RULE = Rule(
    "index-number-changed",
    Severity.ERROR,
    Text(
        "索引号由“{suggestion}”变成了“{text}”",
        "the index number was “{suggestion}” and is now “{text}”",
    ),
    Text(
        "索引号一经公布不再改变：改回“{suggestion}”",
        "an index number never changes: write “{suggestion}” again",
    ),
)
_GONE = Text(
    "公布过的索引号“{suggestion}”没有了", "the published index number “{suggestion}” is gone"
)
_TAKEN = Text(
    "索引号“{text}”属于原来的 {target}，现在用在了这份文件上",
    "the index number “{text}” is that of {target} and now stands on this document",
)
_MOVED = Text(
    "如果是同一份文件换了地址，在“旧址”里写上 {target}；否则换一个没有用过的索引号",
    "if it is the same document at a new address, add {target} to aliases; else take a new number",
)


def find(site: Site) -> Iterator[Finding]:
    """Documents against the register (登记簿): pairs of address and index number as published."""
    answering: dict[str, Entry] = {}
    bearers: dict[str, list[Entry]] = defaultdict(list)
    for entry in site.built:
        answering |= dict.fromkeys(map(address.alias_url, entry.document.meta.aliases), entry)
        if entry.document.meta.index_number:
            bearers[index_number.key(entry.document.meta.index_number)].append(entry)
    answering |= {entry.url: entry for entry in site.built}
    published = {url for url, number in site.register if number}
    for url, number in site.register:
        if not number:
            continue
        here = answering.get(url)
        if here and index_number.key(here.document.meta.index_number or "") != index_number.key(
            number
        ):
            yield _changed(here, number)
        for bearer in bearers.get(index_number.key(number), ()):
            # A document that was published itself is reported for having lost its own number.
            if bearer is not here and bearer.url not in published:
                yield _taken(bearer, url)


def _changed(entry: Entry, number: str) -> Finding:
    now = entry.document.meta.index_number
    place = entry.document.source.place("index_number")
    return RULE.at(place, message=None if now else _GONE, text=now, suggestion=number)


def _taken(entry: Entry, url: str) -> Finding:
    return RULE.at(
        entry.document.source.place("index_number"),
        message=_TAKEN,
        hint=_MOVED,
        target=url,
        text=entry.document.meta.index_number,
    )
