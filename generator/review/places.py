"""Where a document appears (栏目确认): its column, the others that list it, its topics and feeds."""

from __future__ import annotations

from generator import address
from generator.model import Entry, Site, Withheld
from generator.pages.machine import MOST_ENTRIES
from generator.review.nouns import Placement, Standing

_STANDINGS = {
    Withheld.DRAFT: Standing.DRAFT,
    Withheld.FUTURE: Standing.FUTURE,
    Withheld.NOT_PUBLIC: Standing.NOT_PUBLIC,
}


def standing(entry: Entry) -> Standing:
    """Whether readers see `entry`."""
    withheld = entry.document.withheld
    if withheld is not None:
        return _STANDINGS[withheld]
    return Standing.WITHDRAWN if entry.document.is_withdrawn else Standing.PUBLIC


def column_name(site: Site, id_: str) -> str:
    """A column by its titles from the first level down; empty where there is none."""
    column = site.config.column_by_id.get(id_)
    return " › ".join(step.title for step in site.config.above(column)) if column else ""


def placement(site: Site, entry: Entry) -> Placement:
    """Where `entry` appears in `site`."""
    document = entry.document
    stands = standing(entry)
    is_listed = stands is not Standing.WITHDRAWN and stands is not Standing.NOT_PUBLIC
    return Placement(
        url=entry.url,
        standing=stands,
        kind=document.kind.zh,
        column=column_name(site, document.column),
        also_in=tuple(column_name(site, id_) for id_ in document.columns if id_ != document.column),
        topics=tuple(
            site.config.topics[topic].title
            for topic in document.meta.topics
            if topic in site.config.topics
        ),
        feeds=_feeds(site, entry) if is_listed else (),
        published=document.meta.published.iso if document.meta.published else "",
    )


def _feeds(site: Site, entry: Entry) -> tuple[str, ...]:
    """The feeds of the site, of every column above and of its topics that show `entry`.

    A document that readers do not see yet will be among the newest.
    """
    config, document = site.config, entry.document
    columns = {
        step.id: step
        for id_ in document.columns
        if id_ in config.column_by_id
        for step in config.above(config.column_by_id[id_])
    }
    lists = {
        "": site.listed,
        **{id_: site.in_column(column) for id_, column in columns.items()},
        **{
            f"topics/{id_}": site.by_topic[id_]
            for id_ in document.meta.topics
            if id_ in site.by_topic
        },
    }
    will_come = document.withheld is not None
    return tuple(
        address.feed_url(folder)
        for folder, entries in lists.items()
        if will_come or any(one.path == entry.path for one in entries[:MOST_ENTRIES])
    )
