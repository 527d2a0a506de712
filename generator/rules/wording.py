"""A word is written wrongly (用词错误)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.domain.own_words import Words
from generator.domain.wordlist import WrongWord
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Document, KeyPath, Site
from generator.regex import regex
from generator.rules import judged, typed

RULE = Rule(
    "wording",
    Severity.WARNING,
    Text("“{text}”是错误的写法，应为“{suggestion}”", "“{text}” should be “{suggestion}”"),
    Text(
        "改为“{suggestion}”；引用原文的，用引号标明",
        "write “{suggestion}”; put a quotation in quotes",
    ),
)
# Addresses and references name files and titles as they are.
# Each way begins with a sign of its own, so that the search looks at these signs only.
_ADDRESS = regex(r"\((?<=\]\()[^()\n]*\)|\[\[[^\[\]\n]*\]\]|<[a-z/][^<>\n]*>|https?://[^\s<>]+")


def find(site: Site) -> Iterator[Finding]:
    """Wrong words in bodies, and in what front matter shows on pages."""
    words = site.whole.once(_words)
    for entry in judged.documents(site):
        shown = dict(_shown(entry.document))
        # Read as one, since seldom anything is wrong in any of them.
        if any(words.wrong_words("\n".join(shown.values()))):
            for path, value in shown.items():
                for word in words.wrong_words(value):
                    yield _at(entry.document.source.place(*path), word)
    for entry, text in typed.documents(site):
        plain = _ADDRESS.sub(lambda found: "\ufffc" * len(found[0]), text)
        for word in words.wrong_words(plain):
            yield _at(typed.place(entry.document.source, word.offset), word)


def _words(site: Site) -> Words:
    """The lists of the site, with the names of organs among those that are right as they are."""
    organ = site.config.organ
    names = [organ.name, organ.short_name or ""]
    for other in site.config.organs:
        names += [other.name, *other.short_names]
    return replace(site.words, names=(*site.words.names, *filter(None, names)))


def _at(place: Place, word: WrongWord) -> Finding:
    found = RULE.at(place, text=word.wrong, suggestion=word.right)
    return replace(found, severity=Severity.ERROR) if word.is_grave else found


def _shown(document: Document) -> Iterator[tuple[KeyPath, str]]:
    meta = document.meta
    yield ("title",), meta.title or ""
    yield ("summary",), meta.summary or ""
    for index, file in enumerate(meta.attachments):
        yield ("attachments", index, "title"), file.title or ""
    for index, task in enumerate(meta.tasks):
        yield ("tasks", index, "task"), task.task
        yield ("tasks", index, "detail"), task.detail or ""
    for index, question in enumerate(meta.questions):
        yield ("questions", index, "question"), question.question
        yield ("questions", index, "answer"), question.answer or ""
