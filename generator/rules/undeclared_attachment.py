"""The text promises an attachment and none is there (附件缺失)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.domain.promises import Promise, Promised, plain, promised
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Site, Verdict
from generator.regex import regex
from generator.rules import typed

RULE = Rule(
    "undeclared-attachment",
    Severity.ERROR,
    Text(
        "正文写有“{text}”，但没有附上{missing}",
        "the text says “{text}”, but {missing_en} is not there",
    ),
    Text(
        "把附件放在这份文件旁边，在文件头“附件”里写上文件和名称，或者在正文里加上链接",
        "put the file beside the document and name it under attachments, or link it in the text",
    ),
)
_FILE = regex(
    r"\.(?:docx?|xlsx?|pptx?|pdf|ofd|wps|et|dps|rtf|csv|txt|xml|json|zip|rar|7z|jpe?g|png)(?:[?#]|$)",
    re.IGNORECASE,
)
# One file that stands for several: an archive, 附件1-3.
_WHOLE_SET = regex(r"\.(?:zip|rar|7z)$|附件\s*\d\s*[-—–~至]\s*\d", re.IGNORECASE)
_TASK_TABLE = regex("任务|分解|分工|清单|台账")


def find(site: Site) -> Iterator[Finding]:
    """One finding a document, at the first promise that is not kept."""
    for entry, text in typed.documents(site):
        if "附" not in text:
            continue
        promises = promised(text)
        missing = _missing(entry, text, promises)
        if missing:
            is_only = len(promises.by_number) == 1 and missing[0].number == 1
            numbers = [str(promise.number) for promise in missing]
            yield RULE.at(
                typed.place(entry.document.source, missing[0].start),
                text=missing[0].words,
                missing="附件" if is_only else f"附件{'、'.join(numbers)}",
                missing_en="the attachment" if is_only else f"attachment {', '.join(numbers)}",
            )


def _missing(entry: Entry, text: str, promises: Promised) -> list[Promise]:
    """The promises that nothing keeps: neither a file, nor the body, nor the task table."""
    names = _files(entry)
    if not promises.by_number or any(_WHOLE_SET.search(name) for name in names):
        return []
    link_lines = {link.written.line for link in entry.links}
    kept, left = 0, []
    for number, promise in sorted(promises.by_number.items()):
        line = typed.place(entry.document.source, promise.start).line
        if line in link_lines or any(_names(name, promise) for name in names):
            kept += 1
        elif number not in promises.inline and not _stands_in_text(entry, text, promise):
            left.append(promise)
    # Files that are called otherwise keep as many promises as there are files.
    spare = max(0, len(names) - kept)
    most = max(len(names) + len(promises.inline), kept)
    return [p for p in left[:spare] if p.number > most] + left[spare:]


def _files(entry: Entry) -> list[str]:
    """Titles and names of the files that are declared, or linked in the body."""
    declared = {
        file.file: f"{file.title or ''} {file.file}" for file in entry.document.meta.attachments
    }
    linked = {
        link.written.href: f"{link.written.text} {link.written.href}"
        for link in entry.links
        if link.written.element == "a"
        and (link.verdict is Verdict.FILE or _FILE.search(link.written.href))
    }
    return list((linked | declared).values())


def _names(name: str, promise: Promise) -> bool:
    """Whether a file is called what is promised, or bears its number."""
    words = plain(promise.name)
    is_named = len(words) > 1 and words in plain(name)
    return is_named or re.search(rf"附件\s*{promise.number}(?!\d)", name) is not None


def _stands_in_text(entry: Entry, text: str, promise: Promise) -> bool:
    """Whether the body below, or the task table made from front matter, is what is promised."""
    if entry.document.meta.tasks and _TASK_TABLE.search(promise.name or promise.words):
        return True
    words = plain(promise.name)
    below = text[promise.start :].partition("\n")[2]
    return len(words) > 3 and any(plain(line) == words for line in below.split("\n"))
