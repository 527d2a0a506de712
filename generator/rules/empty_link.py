"""A link that leads nowhere by intention or has nothing to click on (空链接)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Entry, Link, LinkSyntax, Site, Verdict
from generator.rules.judged import broken, documents, links

RULE = Rule(
    "empty-link",
    Severity.ERROR,
    Text("“{text}”是空链接：{target}", "“{text}” is an empty link: {target}"),
    Text(
        "写上真实的地址；没有地址的，去掉链接、只留文字",
        "give it a real address, or keep the words without a link",
    ),
)
_NO_ADDRESS = Text("“{text}”是空链接，没有写地址", "“{text}” is a link without an address")
_NO_WORDS = Text(
    "链接没有文字，读者看不到也点不到：{target}",
    "the link has no words, so nobody can see or follow it: {target}",
)
_ADD_WORDS = Text(
    "在方括号里写上目标文件的名称，或删去链接",
    "put the target's name in the brackets, or remove the link",
)


def find(site: Site) -> Iterator[Finding]:
    """Links without address (empty, `#`, `javascript:`), and links without words."""
    for one in links(site, Verdict.EMPTY):
        finding = broken(RULE, one)
        if not one.target.strip():
            finding = RULE.at(one.place, message=_NO_ADDRESS, target="", text=one.text)
        yield finding
    for entry in documents(site):
        if entry.document.is_withdrawn:
            continue
        for link, following in zip_longest(entry.links, entry.links[1:]):
            if _is_wordless(link, following):
                written = link.written
                yield RULE.at(
                    _place(entry, link), message=_NO_WORDS, hint=_ADD_WORDS, target=written.href
                )


def _is_wordless(link: Link, following: Link | None) -> bool:
    written = link.written
    if written.text or written.syntax is not LinkSyntax.LINK or written.element != "a":
        return False
    if link.verdict is Verdict.EMPTY:
        return False
    # A picture inside the link has its own rule when it says nothing.
    picture = following.written if following else None
    return picture is None or picture.element != "img" or picture.line != written.line


def _place(entry: Entry, link: Link) -> Place:
    return Place(entry.path, link.written.line, link.written.column)
