"""Words of a web page stand in the text, left over from copying (网页残留)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.domain import residue
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.regex import regex
from generator.rules import typed

RULE = Rule(
    "scrape-residue",
    Severity.WARNING,
    Text("正文里留有网页的字样“{text}”", "the text holds “{text}”, left over from a web page"),
    Text("删去这一行", "remove this line"),
)
_SPACES = Text(
    "正文里留有网页的空格代码“{text}”，共{count}处",
    "the text holds “{text}”, the code of a space on web pages, {count} times",
)
_SPACES_HINT = Text("删去它，或者改为普通的空格", "remove it or type an ordinary space")
_ENTITY = regex(r"&(?:amp;)?(?:nbsp|ensp|emsp);?|&(?:amp;)?#(?:160|xa0);", re.IGNORECASE)


def find(site: Site) -> Iterator[Finding]:
    """Whole lines that no document has; codes of spaces once a document."""
    for entry, text in typed.documents(site):
        source = entry.document.source
        # A table may keep an empty cell open with one.
        entities = [
            found
            for found in (_ENTITY.finditer(text) if "&" in text else ())
            if not _in_table(text, found.start())
        ]
        if entities:
            yield RULE.at(
                typed.place(source, entities[0].start()),
                message=_SPACES,
                hint=_SPACES_HINT,
                text=entities[0][0],
                count=len(entities),
            )
        lines = text.split("\n")
        start = 0
        for line in lines if residue.may_hold_residue(lines) else ():
            if residue.is_residue(line):
                words = line.strip()
                yield RULE.at(typed.place(source, start + line.index(words)), text=words)
            start += len(line) + 1


def _in_table(text: str, offset: int) -> bool:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return "|" in text[start : end if end >= 0 else len(text)]
