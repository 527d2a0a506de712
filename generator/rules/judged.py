"""What linking judged (判定): the documents that rules look at, and their links by verdict."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.domain.kinds import Kind
from generator.finding import Finding, Place, Rule, Text
from generator.model import Attachment, Document, Entry, Link, LinkSyntax, Reference, Site, Verdict

if TYPE_CHECKING:
    from generator.config import Config

# An attachment is a file: whichever way its address is wrong, the file is not there.
_FILE_VERDICTS = frozenset({Verdict.WRONG_CASE, Verdict.WITHHELD, Verdict.FILE})
_MEDIA = frozenset({"img", "video", "audio", "source", "track"})
_BAD = frozenset(verdict for verdict in Verdict if not verdict.is_good)
_PAGES = frozenset({Verdict.DOCUMENT, Verdict.PAGE, Verdict.SAME_PAGE})
# A reference may be an address of this site; one that leads nowhere is a broken reference all the same.
_NO_REFERENCE = frozenset({Verdict.NO_PAGE, Verdict.NO_FILE, Verdict.EMPTY})
PERHAPS = Text("是不是 {suggestion}？", "did you mean {suggestion}?")


class Judged(NamedTuple):
    """A link, a reference or an attachment with its place; `document` is the path of its target."""

    entry: Entry
    place: Place
    target: str
    text: str | None
    reason: str
    suggestion: str | None
    document: str
    url: str


def oldest_first(entries: Iterable[Entry]) -> list[Entry]:
    """By the minute of publication, those without one last; of one minute by path."""

    def age(entry: Entry) -> tuple[str, str]:
        published = entry.document.meta.published
        return (published.minute if published else "9999", entry.path)

    return sorted(entries, key=age)


def documents(site: Site) -> tuple[Entry, ...]:
    """The documents that rules look at: those built, and those whose disclosure is unknown.

    A document without `disclosure` is not built and has its finding; what else is wrong with it is
    said in the same run.
    Only those of the site's `focus`, where it has one.
    """
    return site.once(_documents)


def _documents(site: Site) -> tuple[Entry, ...]:
    return tuple(
        entry
        for entry in site.in_focus
        if entry.document.source.readable and _is_meant_for_the_public(entry.document, site)
    )


def _is_meant_for_the_public(document: Document, site: Site) -> bool:
    meta = document.meta
    if document.withheld is None or meta.disclosure is not None or meta.draft:
        return document.withheld is None
    return meta.published is None or meta.published.day <= site.today


def is_reprint(document: Document, config: Config) -> bool:
    """Whether another organ made and published it: that organ has the duty (国务院令第711号第十条)."""
    own = {config.organ.name, config.organ.short_name or ""}
    issuers, source = document.meta.issuer, document.meta.source
    if not issuers or own & set(issuers):
        return False
    return document.kind is Kind.INSTITUTION or (source is not None and source not in own)


def links(site: Site, verdict: Verdict) -> Iterator[Judged]:
    """Everything with this verdict: links in bodies, references and attachments in front matter.

    Of a withdrawn document only the references count: its body and files are not published.
    """
    if verdict.is_good:
        return (one for _, one in _judged(site, frozenset({verdict})))
    # Most rules ask for what is astray, and there is little of that.
    return iter(site.once(_astray).get(verdict, ()))


def _astray(site: Site) -> Mapping[Verdict, Sequence[Judged]]:
    found: dict[Verdict, list[Judged]] = {}
    for verdict, one in _judged(site, _BAD):
        found.setdefault(verdict, []).append(one)
    return found


def _judged(site: Site, wanted: Container[Verdict]) -> Iterator[tuple[Verdict, Judged]]:
    for entry in documents(site):
        for reference in entry.references:
            verdict = _reference_verdict(reference.verdict)
            if verdict in wanted:
                yield verdict, _reference(entry, reference)
        if entry.document.is_withdrawn:
            continue
        for attachment in entry.attachments:
            verdict = _file_verdict(attachment)
            if verdict in wanted:
                yield verdict, _attachment(entry, attachment)
        for link in entry.links:
            verdict = _link_verdict(link)
            if verdict in wanted:
                yield verdict, _link(entry, link)


def _file_verdict(attachment: Attachment) -> Verdict:
    return attachment.verdict if attachment.verdict in _FILE_VERDICTS else Verdict.NO_FILE


def _link_verdict(link: Link) -> Verdict:
    if link.written.syntax is LinkSyntax.REFERENCE:
        return _reference_verdict(link.verdict)
    # A page is no picture.
    is_shown = link.written.element in _MEDIA
    return Verdict.NO_FILE if is_shown and link.verdict in _PAGES else link.verdict


def _reference_verdict(verdict: Verdict) -> Verdict:
    return Verdict.NO_REFERENCE if verdict in _NO_REFERENCE else verdict


def _reference(entry: Entry, reference: Reference) -> Judged:
    place = entry.document.source.place(*reference.key)
    return Judged(
        entry,
        place,
        reference.words,
        None,
        reference.reason,
        reference.suggestion,
        reference.document,
        reference.url,
    )


def _attachment(entry: Entry, attachment: Attachment) -> Judged:
    place = entry.document.source.place(*attachment.key)
    title = attachment.title if attachment.title != attachment.file else None
    return Judged(
        entry, place, attachment.file, title, "", attachment.suggestion, "", attachment.url
    )


def _link(entry: Entry, link: Link) -> Judged:
    written = link.written
    return Judged(
        entry,
        Place(entry.path, written.line, written.column),
        written.href,
        written.text or None,
        link.reason,
        link.suggestion,
        link.document,
        link.url,
    )


def flaws(site: Site, rule: str) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Where Markdown made something of a body that `rule` forbids, with its words."""
    for entry in documents(site):
        if not entry.document.is_withdrawn:
            for flaw in entry.body.flaws:
                if flaw.rule == rule:
                    yield Place(entry.path, flaw.line, flaw.column), flaw.words


def target(site: Site, one: Judged) -> Document | None:
    """The document that `one` leads to, built or not."""
    path = one.document or f"content/{one.url.removesuffix('.html')}.md"
    entry = site.entries.get(path)
    return entry.document if entry else None


def broken(rule: Rule, one: Judged, hint: Text = PERHAPS) -> Finding:
    """`rule` broken by `one`; `{why}` is the reason in brackets, `hint` is for a suggestion."""
    return rule.at(
        one.place,
        hint=hint if one.suggestion else None,
        target=one.target,
        text=one.text,
        suggestion=one.suggestion,
        why=f"（{one.reason}）" if one.reason else "",
        reason=one.reason,
    )
