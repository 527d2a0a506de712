"""Lines of a body → blocks: paragraphs, tables, the headings that have no number, the list of attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.domain.numbering import Rank, mark
from generator.importer import signature, splitting
from generator.importer.blocks import Block, Heading, Paragraph, Table
from generator.importer.lines import Line
from generator.importer.names import ends_as_title
from generator.importer.tables import table_at
from generator.regex import regex

LONGEST_HEADING = 60
_STOPS = regex(r"[。；;：:，,]")
_QUOTED = regex(r"《[^》]*》|（[^）]*）|\([^)]*\)")
_ATTACHMENT = regex(r"附件\s*(?:[0-9]{1,2}|[一二三四五六七八九十])?")
_ATTACHMENTS = regex(r"附件\s*[:：]\s*(?P<name>.*)")
_NUMBERED = regex(r"[0-9]{1,2}\s*[.．、]\s*")


def blocks(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a body whose broken lines are joined already."""
    seen = splitting.numbers(lines)
    found: list[Block] = []
    waiting: list[Line] = []
    index = 0
    while index < len(lines):
        table = table_at(lines, index)
        if table:
            found.extend(splitting.paragraphs(waiting, seen))
            waiting.clear()
            index = table[0]
            found.append(table[1])
        else:
            waiting.append(lines[index])
            index += 1
    found.extend(splitting.paragraphs(waiting, seen))
    return _with_headings(_with_attachments(found))


def _with_attachments(found: Sequence[Block]) -> list[Block]:
    """The list “附件：1.… 2.…” as one paragraph of several lines, so that 2. is no heading."""
    joined: list[Block] = []
    expected = 0
    for block in found:
        last = joined[-1] if joined else None
        is_entry = isinstance(block, Paragraph) and _is_entry(block.text, expected)
        if is_entry and isinstance(block, Paragraph) and isinstance(last, Paragraph):
            joined[-1] = Paragraph(last.line, f"{last.text}\n{block.text}")
            expected += 1
        else:
            joined.append(block)
            expected = _next_entry(block)
    return joined


def _next_entry(block: Block) -> int:
    """The number of the attachment that may follow in the next line; 0 where no list begins."""
    match = _ATTACHMENTS.fullmatch(block.text) if isinstance(block, Paragraph) else None
    if match is None:
        return 0
    if not match["name"]:
        return 1
    return 2 if _is_entry(match["name"], 1) else 0


def _is_entry(text: str, number: int) -> bool:
    found = mark(text)
    is_number = found is not None and found.rank is Rank.THIRD and found.value == number
    return is_number and len(text) <= 80 and "。" not in text


def missing_attachments(found: Sequence[Block]) -> dict[str, int]:
    """The attachments that the text names (附件：…) and does not hold itself, each with its line."""
    held = {_bare(block.text) for block in found if isinstance(block, Heading)}
    missing: dict[str, int] = {}
    for block in found:
        match = _ATTACHMENTS.match(block.text) if isinstance(block, Paragraph) else None
        if match and isinstance(block, Paragraph):
            entries = block.text[match.start("name") :].split("\n")
            names = (_NUMBERED.sub("", entry, count=1).strip() for entry in entries)
            missing.update((name, block.line) for name in names if name and _bare(name) not in held)
    return missing


def _bare(text: str) -> str:
    return re.sub(r"[\s《》]", "", text)


def _with_headings(found: Sequence[Block]) -> list[Block]:
    named: list[Block] = []
    for index, block in enumerate(found):
        before = found[index - 1] if index else None
        after = found[index + 1] if index + 1 < len(found) else None
        if isinstance(block, Paragraph) and after and _is_heading(block, before, after):
            named.append(Heading(block.line, block.text))
        else:
            named.append(block)
    return named


def _is_heading(block: Paragraph, before: Block | None, after: Block) -> bool:
    """Whether a paragraph is the title of a part: it ends as titles do, and stands where they do."""
    words = _QUOTED.sub("", block.text)
    if len(block.text) > LONGEST_HEADING or "\n" in block.text or _STOPS.search(words):
        return False
    if mark(block.text) or not ends_as_title(block.text) or block.text.startswith("特此"):
        return False
    begins_part = before is None or signature.is_date(before) or _is_attachment(before)
    return begins_part or isinstance(after, Table)


def _is_attachment(block: Block) -> bool:
    return isinstance(block, Paragraph) and _ATTACHMENT.fullmatch(block.text) is not None
