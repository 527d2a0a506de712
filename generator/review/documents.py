"""A document before and after (文件的改动): its place, fields, words, links and review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from generator.finding import Finding
from generator.model import Entry, Link, Site
from generator.pages.body import filled
from generator.review.blocks import Block, blocks
from generator.review.fields import field_changes
from generator.review.nouns import (
    DocumentChange,
    FieldChange,
    LinkChange,
    Sort,
    Standing,
    Telling,
)
from generator.review.passages import tell, whole
from generator.review.places import placement, standing
from generator.schema import Review, chinese_name

_SAYS_NOTHING_NEW = frozenset({"review", "waive", "withdrawn", "aliases"})
_DISCLOSURE = chinese_name("disclosure")


@dataclass(frozen=True)
class Side:
    """A document in the site of its time."""

    site: Site
    entry: Entry

    @property
    def standing(self) -> Standing:
        """Whether readers see it."""
        return standing(self.entry)

    @property
    def is_secret(self) -> bool:
        """Whether nothing of it may be told."""
        return self.standing is Standing.NOT_PUBLIC

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its text as readers meet it."""
        return blocks(filled(self.site, self.entry, self.entry.url))


def document_change(
    old: Side | None, new: Side | None, findings: tuple[Finding, ...]
) -> DocumentChange:
    """What happened between `old` and `new`, of which one may be missing."""
    named = new if new and not (new.is_secret and old) else old or new
    if named is None:
        raise ValueError("a change of nothing")
    is_secret = all(side.is_secret for side in (old, new) if side)
    told = None if is_secret or (new and new.is_secret) else new
    shown = None if old and old.is_secret else old
    return DocumentChange(
        sort=_sort(old, new),
        path=(new or named).entry.path,
        old_path=old.entry.path if old else "",
        title="" if is_secret else named.entry.document.title,
        before=placement(old.site, old.entry) if old else None,
        after=placement(new.site, new.entry) if new else None,
        fields=_fields(shown, told) if told else _leaving(old, new),
        text=_text(shown, told) if told else (),
        links=tuple(_links(shown, told)) if told else (),
        missing_review=tuple(_missing_review(told)) if told else (),
        review_is_old=_review_is_old(shown, told),
        is_secret=is_secret,
        findings=findings,
    )


def _sort(old: Side | None, new: Side | None) -> Sort:
    if old is None:
        return Sort.ADDED
    if new is None:
        return Sort.REMOVED
    if old.standing is Standing.PUBLIC and new.standing is not Standing.PUBLIC:
        return Sort.WITHDRAWN
    return Sort.CHANGED if old.entry.path == new.entry.path else Sort.MOVED


def _fields(old: Side | None, new: Side) -> tuple[FieldChange, ...]:
    return field_changes(old.entry.document.source if old else None, new.entry.document.source)


def _leaving(old: Side | None, new: Side | None) -> tuple[FieldChange, ...]:
    """Of a document that is no longer public, only that it is so."""
    if old is None or new is None or old.is_secret:
        return ()
    changes = field_changes(old.entry.document.source, new.entry.document.source)
    return tuple(change for change in changes if change.name == _DISCLOSURE)


def _text(old: Side | None, new: Side) -> Telling:
    if new.standing is Standing.WITHDRAWN:
        return ()
    # What becomes public now was never read before, whatever its draft said.
    if old is None or (new.standing.is_seen and not old.standing.is_seen):
        return whole(new.blocks)
    return tell(old.blocks, new.blocks)


def _links(old: Side | None, new: Side) -> Iterator[LinkChange]:
    """Links that came, went or lead elsewhere; one that keeps its words is told as one change."""
    before, after = Counter(_destinations(old)), Counter(_destinations(new))
    gone, came = list((before - after).elements()), list((after - before).elements())
    for text, there in came:
        same = next((one for one in gone if one[0] == text), None)
        if same is not None:
            gone.remove(same)
        yield LinkChange(text, same[1] if same else "", there)
    for text, there in gone:
        yield LinkChange(text, there, "")


def _destinations(side: Side | None) -> Iterator[tuple[str, str]]:
    if side is not None and side.standing is not Standing.WITHDRAWN:
        for link in side.entry.links:
            yield link.written.text or link.written.href, _destination(side.site, link)


def _destination(site: Site, link: Link) -> str:
    """Where a link leads: the title of a document that readers see, and its address."""
    if not link.verdict.is_good:
        return link.written.href
    url = link.url + (f"#{link.fragment}" if link.fragment else "")
    target = site.entries.get(link.document)
    if target is None or target.document.withheld is not None:
        return url
    return f"《{target.document.title}》 {url}"


def _missing_review(side: Side) -> Iterator[str]:
    if side.standing is Standing.WITHDRAWN:
        return
    review = side.entry.document.meta.review
    for field in Review.model_fields:
        if review is None or not getattr(review, field):
            yield chinese_name(field, ("review",))


def _review_is_old(old: Side | None, new: Side | None) -> bool:
    """Whether what was reviewed is no longer what will be read."""
    if old is None or new is None or new.standing in (Standing.DRAFT, Standing.WITHDRAWN):
        return False
    before, after = old.entry.document, new.entry.document
    if after.meta.review is None or before.meta.review != after.meta.review:
        return False
    fields = {*before.source.fields, *after.source.fields} - _SAYS_NOTHING_NEW
    return before.source.body != after.source.body or any(
        before.source.fields.get(key) != after.source.fields.get(key) for key in fields
    )
