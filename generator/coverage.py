"""Coverage (事项覆盖): where each of the fifteen items of article 20 is published, or why it is not.

An item (国务院令第711号第二十条) is covered by documents that name it (`statutory_item`), by what `site.yaml`
says under `statutory_items` (columns, documents, addresses of other platforms), or by a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.config import Column
from generator.domain.statutory import STATUTORY_ITEMS
from generator.model import Entry, Site


@dataclass(frozen=True)
class Item:
    """An item of article 20 and all that answers for it; `lost` are places named that hold nothing."""

    number: int
    name: str
    documents: tuple[Entry, ...]
    columns: tuple[Column, ...]
    addresses: tuple[str, ...]
    lost: tuple[str, ...]
    reason: str

    @property
    def is_covered(self) -> bool:
        """Whether the public finds content, a link to it, or the reason why there is none."""
        return bool(self.documents or self.columns or self.addresses or self.reason)


def is_declared(site: Site) -> bool:
    """Whether the organ has begun to say in `site.yaml` where the items are."""
    return bool(site.config.statutory_items)


def items(site: Site) -> tuple[Item, ...]:
    """All fifteen, in the order of the law."""
    by_item: dict[int, list[Entry]] = {number: [] for number in STATUTORY_ITEMS}
    for entry in site.listed:
        if entry.document.meta.statutory_item:
            by_item[entry.document.meta.statutory_item].append(entry)
    return tuple(_item(site, number, by_item[number]) for number in STATUTORY_ITEMS)


def _item(site: Site, number: int, declaring: list[Entry]) -> Item:
    declared = site.config.statutory_items.get(number)
    columns: list[Column] = []
    addresses: list[str] = []
    lost: list[str] = []
    documents = list(declaring)
    for place in declared.at if declared else ():
        column, entry = site.config.column_named(place), _document(site, place)
        if _is_address(place):
            addresses.append(place)
        elif column and site.in_column(column):
            columns.append(column)
        elif entry:
            documents.append(entry)
        else:
            lost.append(place)
    return Item(
        number,
        STATUTORY_ITEMS[number],
        tuple({entry.path: entry for entry in documents}.values()),
        tuple(columns),
        tuple(addresses),
        tuple(lost),
        (declared.reason or "") if declared else "",
    )


def _is_address(place: str) -> bool:
    try:
        parts = urlsplit(place)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _document(site: Site, place: str) -> Entry | None:
    """The document at `place` if the public can read it."""
    path = f"content/{place.removeprefix('content/')}"
    entry = site.entries.get(path)
    is_there = entry and entry.document.withheld is None and not entry.document.is_withdrawn
    return entry if is_there else None
