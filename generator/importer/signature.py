"""The end of a document (落款): the organs that sign it, and the day on which they do (成文日期)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.importer import dates
from generator.importer.blocks import Block, Paragraph
from generator.importer.names import is_organ
from generator.regex import regex

MOST_ORGANS = 8
_ORGAN_AND_DAY = regex(rf"(?P<organ>\S.*?)\s*(?P<day>{dates.DATE})")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as written and in the order written, and when; empty and None where unknown."""

    issuers: tuple[str, ...] = ()
    signed: date | None = None


def read(blocks: Sequence[Block], today: date | None) -> Signature:
    """The first day that stands below the name of an organ; else the last that stands alone.

    The lines stay in the text. A day after `today` is a time limit, not a signature.
    """
    alone: date | None = None
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        organs, day = _day_and_organ(block.text)
        if day is None or (today and day > today):
            continue
        organs = organs or _organs_above(blocks[max(0, index - MOST_ORGANS) : index])
        if organs:
            return Signature(organs, day)
        alone = day
    return Signature((), alone)


def is_date(block: Block) -> bool:
    """Whether the block is a line that holds a date and nothing more, or an organ's name with it."""
    return isinstance(block, Paragraph) and _day_and_organ(block.text)[1] is not None


def _day_and_organ(text: str) -> tuple[tuple[str, ...], date | None]:
    if len(text) > 120:
        return (), None
    bare = text.strip().removeprefix("（").removeprefix("(").removesuffix("）").removesuffix(")")
    day = dates.day(bare)
    if day:
        return (), day
    together = _ORGAN_AND_DAY.fullmatch(text)
    if together and is_organ(together["organ"]):
        return tuple(together["organ"].split()), dates.day(together["day"])
    return (), None


def _organs_above(blocks: Sequence[Block]) -> tuple[str, ...]:
    organs: list[str] = []
    for block in reversed(blocks):
        if not isinstance(block, Paragraph) or not is_organ(block.text):
            break
        organs[:0] = block.text.split()
    return tuple(organs)
