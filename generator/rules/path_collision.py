"""Two files claim one address (地址冲突): one of them would vanish, or vanish on some hosts."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Site

RULE = Rule(
    "path-collision",
    Severity.ERROR,
    Text("地址 {target} 同时属于：{others}", "the address {target} is also that of {others_en}"),
    Text("重新命名其中一个文件，或删去重复的旧址", "rename one of the files, or remove the alias"),
)
_ALIKE = Text(
    "地址 {target} 与另一个文件的地址只差大小写或编码形式，有的服务器分不清：{others}",
    "the address {target} differs from that of {others_en} only by case or encoding form",
)
_TWICE = Text(
    "旧址 {target} 写了两次，或者就是本文件现在的地址",
    "the alias {target} is written twice or is the present address of this document",
)
_FOLDER = Text(
    "地址 {target} 不能既是文件又是文件夹，在它下面的有：{others}",
    "the address {target} cannot be a file and a folder: {others_en} stands below it",
)
_GENERATED = {"site.yaml": Text("自动生成的网页", "a page that is made by itself")}


class _Claim(NamedTuple):
    url: str
    place: Place


def find(site: Site) -> Iterator[Finding]:
    """Every document, alias and file whose address another one claims too."""
    if not _may_collide(site.addresses):
        return
    claims: dict[str, list[_Claim]] = defaultdict(list)
    for url, places in site.addresses.items():
        claims[_folded(url)].extend(_Claim(url, place) for place in places)
    for rivals in claims.values():
        if len(rivals) > 1:
            yield from _collisions(rivals)
    for folded, below in claims.items():
        end = folded.find("/")
        while end >= 0:
            if folded[:end] in claims:
                yield from _collisions_with_folder(claims[folded[:end]], below)
            end = folded.find("/", end + 1)


def _may_collide(addresses: Mapping[str, tuple[Place, ...]]) -> bool:
    """Whether any two addresses are alike, or one has several claims or is a folder of others: rare, and soon told."""
    known: set[str] = set()
    folders: set[str] = set()
    for url, places in addresses.items():
        folded = _folded(url)
        if folded in known or len(places) > 1:
            return True
        # Most are folded already: of these no second text is held.
        known.add(url if folded == url else folded)
        folder = folded.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return not known.isdisjoint(folders)


def _folded(url: str) -> str:
    return unicodedata.normalize("NFC", url).casefold()


def _collisions(rivals: Sequence[_Claim]) -> Iterator[Finding]:
    if len({claim.place.path for claim in rivals}) == 1:
        for claim in rivals[1:]:
            yield RULE.at(claim.place, message=_TWICE, target=claim.url)
        return
    for claim in rivals:
        others = [rival for rival in rivals if rival.place.path != claim.place.path]
        is_same = any(other.url == claim.url for other in others)
        yield from _at(claim, others, None if is_same else _ALIKE)


def _collisions_with_folder(files: Sequence[_Claim], below: Sequence[_Claim]) -> Iterator[Finding]:
    for claim in files:
        yield from _at(claim, below, _FOLDER)


def _at(claim: _Claim, others: Sequence[_Claim], message: Text | None) -> Iterator[Finding]:
    # A page that the site makes by itself has no file to mend.
    if claim.place.path != "site.yaml":
        paths = dict.fromkeys(other.place.path for other in others)
        yield RULE.at(
            claim.place,
            message=message,
            target=claim.url,
            others="、".join(_GENERATED.get(path, Text(path, path)).zh for path in paths),
            others_en=", ".join(_GENERATED.get(path, Text(path, path)).en for path in paths),
        )
