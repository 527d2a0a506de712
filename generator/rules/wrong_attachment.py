"""A link's text names one attachment, its file is another (错链：附件)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from generator.domain.file_labels import bare_name, serials
from generator.domain.promises import promised
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Link, Site, Verdict
from generator.regex import regex
from generator.rules.evidence import at, contradicted
from generator.rules.judged import documents

RULE = Rule(
    "wrong-attachment",
    Severity.ERROR,
    Text(
        "链接文字写的是“{said}”，文件是“{found}”",
        "the text says “{said}”, the file is “{found}”",
    ),
    Text(
        "打开文件核对，改正链接的文字或文件{instead}",
        "open the file to see, and correct the text or the file{instead_en}",
    ),
)

_BLANK = r"[ \u3000]*"
_NUMBER_BEFORE = regex(
    rf"(附{_BLANK}[件表录图]{_BLANK}(?:[一二三四五六七八九十]{{1,3}}|[\d０-９]{{1,2}}))"
    rf"{_BLANK}[:：.．、]?{_BLANK}[《“]?$"
)


def find(site: Site) -> Iterator[Finding]:
    """Links to files whose label contradicts the text, and files that bear two numbers of 附件."""
    yield from contradicted(RULE, site)
    for entry in documents(site):
        shown = [link for link in entry.links if _is_file(link)]
        if shown and not entry.document.is_withdrawn:
            yield from _numbered_twice(entry, shown)
            yield from _swapped(entry, shown)


def _is_file(link: Link) -> bool:
    return link.verdict is Verdict.FILE and link.written.element == "a" and not link.contradictions


def _numbered_twice(entry: Entry, shown: list[Link]) -> Iterator[Finding]:
    """One file as 附件1 and as 附件2."""
    first: dict[tuple[str, str], tuple[frozenset[int], Link]] = {}
    for link in shown:
        for sort, numbers in serials(_called(link)).items():
            before, other = first.setdefault((link.url, sort), (numbers, link))
            if before.isdisjoint(numbers):
                yield at(RULE, entry, link, said=_called(link), found=_called(other))


def _called(link: Link) -> str:
    """The text of a link, after the number that stands directly before it: 附件2：[申请表]."""
    text = link.written.text
    number = None if serials(text) else _NUMBER_BEFORE.search(link.written.before)
    return f"{number[1]}：{text}" if number else text


def _swapped(entry: Entry, shown: list[Link]) -> Iterator[Finding]:
    """附件1 on the file that the front matter calls what the text promises as 附件2."""
    titles = {file.url: file.title for file in entry.attachments if file.title != file.file}
    bare = [link for link in shown if link.url in titles and _number_alone(link.written.text)]
    if not bare:
        return
    names = _promised_names(entry)
    for link in bare:
        number = _number_alone(link.written.text)
        title = bare_name(titles[link.url])
        others = [other for other, name in names.items() if name == title]
        if number in names and others and number not in others:
            right = [url for url, name in titles.items() if bare_name(name) == names[number]]
            suggestion = _beside(link, right[0]) if len(right) == 1 else None
            yield at(RULE, entry, link, suggestion, said=link.written.text, found=titles[link.url])


def _number_alone(text: str) -> int:
    """The number of a text that is 附件2 and nothing more; 0 for any other."""
    numbers = serials(text).get("件", frozenset())
    return next(iter(numbers)) if len(numbers) == 1 and not bare_name(text) else 0


def _promised_names(entry: Entry) -> Mapping[int, str]:
    found: dict[int, str] = defaultdict(str)
    for number, promise in promised(entry.document.source.body).by_number.items():
        name = bare_name(promise.name)
        if name:
            found[number] = name
    return found


def _beside(link: Link, url: str) -> str | None:
    """The address of `url`, if it lies in the folder of the file that is linked."""
    here, there = link.url.rpartition("/"), url.rpartition("/")
    if here[0] != there[0]:
        return None
    return (
        link.written.href.rpartition("/")[0] + ("/" if "/" in link.written.href else "") + there[2]
    )
