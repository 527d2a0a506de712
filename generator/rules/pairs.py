"""Policies and their interpretations (政策与解读): which policies need one, and the pairs there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from generator.domain.folding import folded
from generator.domain.kinds import Kind, Status
from generator.domain.nature import not_normative
from generator.model import Document, Entry, Site
from generator.regex import regex
from generator.rules import judged

Interpreted = Mapping[str, list[Entry]]
_ENDED = frozenset({Status.REPEALED, Status.EXPIRED})
# These end documents, and ask nothing of anybody.
_ENDING = regex(r"关于(?:废止|宣布[^。]*失效|公布[^。]*清理结果)")


def policies(site: Site) -> Iterator[Entry]:
    """The policies whose interpretation is the organ's duty: published, in force, and its own."""
    for entry in site.listed:
        document = entry.document
        if document.source.readable and _is_policy(document, site) and _needs_one(entry, site):
            yield entry


def _is_policy(document: Document, site: Site) -> bool:
    """Whether kind and column agree that it is one; where they do not, `misfiled-kind` says so."""
    column = site.config.column_by_id.get(document.column)
    kinds = column.kinds if column else ()
    return document.kind is Kind.POLICY and (not kinds or Kind.POLICY in kinds)


def _needs_one(entry: Entry, site: Site) -> bool:
    document, wanted = entry.document, site.config.interpretation
    published = document.meta.published
    if entry.status in _ENDED or judged.is_reprint(document, site.config):
        return False
    if wanted.since and published and published.day < wanted.since:
        return False
    if wanted.required == "normative" or document.meta.normative:
        return bool(document.meta.normative) and wanted.required != "none"
    is_inward = not_normative(document.title) or _ENDING.search(document.title)
    return wanted.required == "all" and not is_inward


def interpretations(site: Site) -> Iterator[Entry]:
    """The documents of kind 政策解读 that the public sees, or would see but for a missing field."""
    for entry in judged.documents(site):
        if entry.document.kind is Kind.INTERPRETATION and not entry.document.is_withdrawn:
            yield entry


def targets(entry: Entry, site: Site) -> list[Entry]:
    """What an interpretation interprets, as far as it stands on the site."""
    paths = [
        one.document for one in entry.references if one.key[0] == "interprets" and one.document
    ]
    return [site.entries[path] for path in dict.fromkeys(paths) if path != entry.path]


def by_policy(site: Site) -> Interpreted:
    """The documents that interpret each document, of whatever kind they are."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in judged.documents(site):
        if not entry.document.is_withdrawn:
            for target in targets(entry, site):
                found[target.path].append(entry)
    return found


def strayed_titles(site: Site) -> str:
    """The titles, folded, of interpretations whose reference is broken or wrong: that is said of them."""
    strayed = []
    for entry in interpretations(site):
        title = folded(entry.document.title)
        meant = [name for target in targets(entry, site) for name in names(target.document)]
        if not any(name in title for name in meant):
            strayed.append(title)
    return "\n".join(strayed)


_INNER = regex(r"[《〈]((?:[^《》〈〉]|[《〈][^《》〈〉]*[》〉])+)[》〉]")


def names(document: Document) -> tuple[str, ...]:
    """The folded names of a document: its title, also without the organ, and those that stand in 《》 in it."""
    title = folded(document.title)
    about = title.find("关于")
    return (title, *((title[about:],) if about > 0 else ()), *_INNER.findall(title))
