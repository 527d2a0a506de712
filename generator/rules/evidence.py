"""Wrong links (错链) as linking judged them: one finding for each link whose text contradicts its target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.domain.contradictions import Contradiction
from generator.finding import Finding, Rule, Text
from generator.model import Entry, Link, Site
from generator.rules.judged import documents

CHANGE = Text("改为 {suggestion}", "change it to {suggestion}")


def links(site: Site) -> Sequence[tuple[Entry, Link]]:
    """Every link in the body of a document that is published."""
    return site.once(_links)


def _links(site: Site) -> Sequence[tuple[Entry, Link]]:
    return [
        (entry, link)
        for entry in documents(site)
        if not entry.document.is_withdrawn
        for link in entry.links
    ]


def _contradictions(site: Site) -> Mapping[str, Sequence[tuple[Entry, Link, Contradiction]]]:
    """The contradictions of all links by rule: eight rules ask for theirs, and there are few."""
    found: dict[str, list[tuple[Entry, Link, Contradiction]]] = {}
    for entry, link in links(site):
        for one in link.contradictions:
            found.setdefault(one.rule, []).append((entry, link, one))
    return found


def contradicted(rule: Rule, site: Site) -> Iterator[Finding]:
    """`rule` broken by each link that is wrong in its way, with the document that would fit if one does."""
    for entry, link, contradiction in site.once(_contradictions).get(rule.name, ()):
        yield at(
            rule,
            entry,
            link,
            # Where the anchor is broken too, the suggestion is about that.
            link.suggestion if link.verdict.is_good else None,
            said=contradiction.said,
            found=contradiction.found,
        )


def at(
    rule: Rule,
    entry: Entry,
    link: Link,
    suggestion: str | None = None,
    hint: Text = CHANGE,
    **values: str,
) -> Finding:
    """`rule` broken by `link`; where there is a suggestion, `hint` says it in place of the rule's own.

    Hints that end in `{instead}` are for links whose form is not ours to write.
    """
    return rule.at(
        link.written.place(entry.path),
        hint=hint if suggestion else None,
        target=link.written.href,
        text=link.written.text or None,
        suggestion=suggestion,
        **{"instead": "", "instead_en": "", **values},  # type: ignore[arg-type]
    )
