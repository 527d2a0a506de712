"""Attachments that a text promises (附件说明): 附件：1.…, （见附件2）, and those that stand in the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.domain.numerals import NUMERAL, to_int
from generator.regex import regex

_NUMBER = rf"[ \u3000]*([{NUMERAL}０-９]{{1,3}})[ \u3000]*"
_HEAD = r"[ \t\u3000>#*-]*"
# 附件1.…, 附件 2：…, 附件3 …, and 附件4 alone on its line.
_NUMBERED = regex(
    rf"({_HEAD})附[ \u3000]*件[*]*{_NUMBER}(?:[*]*[：:．.]|、(?!附件)|(?<=[ \u3000])|(?=[*]*$))[ \u3000*]*(.*)$"
)
# 附件：…, 附：…, and 附件 alone on its line.
_PLAIN = regex(
    rf"({_HEAD})(?:附[ \u3000]*件|附(?=[*]*[：:]))(?:[ \u3000*]*([：:])|(?=[ \u3000*]*$))[ \u3000*]*(.*)$"
)
# In 意见附件 nobody is told to see an attachment.
_IN_PROSE = regex(
    rf"(?<![意未不没])见附件(?:{_NUMBER})?|[（(][ \u3000]*附件(?:{_NUMBER})?[ \u3000]*[）)]"
)
_ITEM = regex(r"(?<![\d.．])(\d{1,2})[.．、](?!\d)[ \u3000]*|^[-*+•] +")
_TARGET = regex(r"(?<=\])\([^()\n]*\)")
_NOT_PROMISED = regex(r"[（(]?(?:略|无|另发|另行.{1,4}|不(?:予)?公开.{0,6}|依申请公开)[）)]?。?")
_LONGEST_NAME = 60
# More attachments than any document has; beyond it the text is no document.
_MOST = 99


class Promise(NamedTuple):
    """An attachment that the text promises: its number, the name it is given, where, and in what words."""

    number: int
    name: str
    start: int
    words: str


@dataclass
class Promised:
    """The first promise of each number, and the numbers of those whose text stands below in the body."""

    by_number: dict[int, Promise] = field(default_factory=dict)
    inline: set[int] = field(default_factory=set)


class _Line(NamedTuple):
    start: int
    text: str


def promised(text: str) -> Promised:
    """What `text`, the body of a document in Markdown, promises to be attached."""
    found = Promised()
    # Addresses of links hold digits and dots of their own.
    lines = list(_lines(_TARGET.sub(lambda target: " " * len(target[0]), text)))
    for index, line in enumerate(lines):
        if "附" not in line.text:
            continue
        if len(found.by_number) > _MOST:
            break
        said = _said(lines, index, found.by_number)
        if said is None:
            for promise in _mentioned(line):
                found.by_number.setdefault(promise.number, promise)
            continue
        for promise in said:
            # Below one of a list stands the next one, not its text.
            if len(said) == 1 and _stands_below(lines, index, promise, found.by_number):
                found.inline.add(promise.number)
            elif not _NOT_PROMISED.fullmatch(promise.name):
                _add(found.by_number, promise)
    return found


def _add(known: dict[int, Promise], promise: Promise) -> None:
    # The list of attachments says more than a mention in a sentence.
    if promise.number not in known or not known[promise.number].name:
        known[promise.number] = promise


def plain(name: str) -> str:
    """A name without mark-up, brackets and spaces, for comparison."""
    return re.sub(r"[\s*#《》“”\[\]_]|\(.*?\)$", "", name)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield _Line(start, line.rstrip())
        start += len(line) + 1


def _mentioned(line: _Line) -> Iterator[Promise]:
    for mention in _IN_PROSE.finditer(line.text):
        number = to_int(mention[1] or mention[2] or "1") or 1
        yield Promise(number, "", line.start + mention.start(), mention[0].strip("（()） \u3000"))


def _said(lines: Sequence[_Line], index: int, known: Mapping[int, Promise]) -> list[Promise] | None:
    """The attachments of a line that begins with 附件, and of the list below it; None for other lines."""
    line = lines[index]
    numbered = _NUMBERED.match(line.text)
    if numbered:
        start = line.start + len(numbered[1])
        return [Promise(to_int(numbered[2]) or 1, numbered[3], start, _short(line.text))]
    found = _PLAIN.match(line.text)
    if found is None:
        return None
    first = _ITEM.match(found[3])
    if first or (not found[3] and found[2] and _is_item(_next(lines, index))):
        return list(_listed(lines, index, found))
    number = _number_of(found[3], known)
    return [Promise(number, found[3], line.start + len(found[1]), _short(line.text))]


def _listed(lines: Sequence[_Line], index: int, found: re.Match[str]) -> Iterator[Promise]:
    """附件：1.… 2.…, on one line or on several."""
    pieces = [(lines[index].start + found.start(3), found[3])] if found[3] else []
    for line in lines[index + 1 :]:
        text = line.text.strip(" \t\u3000")
        if not _is_item(text):
            break
        pieces.append((line.start + line.text.index(text), text))
    count = 0
    for start, text in pieces:
        items = list(_ITEM.finditer(text))
        ends = [item.start() for item in items[1:]] + [len(text)]
        for item, end in zip(items, ends, strict=True):
            count = int(item[1]) if item[1] else count + 1
            name = text[item.end() : end].strip()
            yield Promise(count, name, start + item.start(), _short(f"附件{count}.{name}"))


def _is_item(text: str) -> bool:
    return _ITEM.match(text) is not None and len(text) <= _LONGEST_NAME


def _number_of(name: str, known: Mapping[int, Promise]) -> int:
    """The number of an attachment that is given none: that of the same name, else the next."""
    for number, promise in known.items():
        if not name or not promise.name or plain(promise.name) == plain(name):
            return number
    return len(known) + 1


def _stands_below(
    lines: Sequence[_Line], index: int, promise: Promise, known: Mapping[int, Promise]
) -> bool:
    """Whether the line is the heading of an attachment whose text follows in the body."""
    line, following = lines[index], _next(lines, index)
    if not following or _NUMBERED.match(following) or _PLAIN.match(following):
        return False
    if following.startswith(("|", "<table", "![")):
        return True
    is_heading = line.text.lstrip(" >").startswith("#")
    comes_again = promise.number in known and line.start > known[promise.number].start
    return not promise.name or is_heading or (comes_again and promise.start >= line.start)


def _next(lines: Sequence[_Line], index: int) -> str:
    return lines[index + 1].text.strip() if index + 1 < len(lines) else ""


def _short(text: str) -> str:
    words = re.sub(r"[*#>\[\]]", "", text).strip(" \t\u3000-")
    return words if len(words) <= 30 else words[:29] + "…"
