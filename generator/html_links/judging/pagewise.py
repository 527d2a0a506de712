"""What is wrong with a page as a whole (整页): its character set, ids, canonical address and hidden links."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.finding import Severity, Text
from generator.html_links.addresses.folder import Folder, shown
from generator.html_links.addresses.origin import Origin
from generator.html_links.collect import Collected, Page
from generator.html_links.ledger import Occurrence
from generator.html_links.places import Spot
from generator.html_links.problems import problem
from generator.rules import (
    duplicate_id,
    foreign_canonical,
    hidden_link,
    path_collision,
    wrong_encoding,
)

_FAULTS: dict[str, Text] = {
    "undeclared": Text("不是 UTF-8，也没有声明字符集", "is not UTF-8 and declares no other set"),
    "broken": Text("的字节不合它声明的字符集", "holds bytes that its character set does not allow"),
    "misdeclared": Text("声明的字符集与内容不符", "declares another character set than it has"),
}
_GRAVE = frozenset({"undeclared", "broken"})
_ALIKE = Text(
    "“{target}”与另一个文件只差大小写，有的服务器分不清：{others}",
    "“{target}” differs from another file only by case: {others_en}",
)


def problems(folder: Folder, origin: Origin, collected: Collected) -> Iterator[Occurrence]:
    """What is wrong with each page, and with the names of files."""
    for page in collected.pages:
        if page.encoding:
            yield _encoding(page)
        for anchor in page.repeated:
            if anchor:
                found = problem(duplicate_id.RULE, anchor)
                yield Occurrence(page.path, found, Spot("", "id", anchor, 1), href=f"#{anchor}")
        for link in page.hidden:
            severity = None if link.is_sure else Severity.WARNING
            found = problem(hidden_link.RULE, link.href, severity=severity)
            spot = Spot("a", "href", link.href)
            yield Occurrence(page.path, found, spot, "a", link.text, link.href)
    yield from _canonicals(origin, collected)
    yield from _collisions(folder)


def _encoding(page: Page) -> Occurrence:
    fault = _FAULTS.get(page.encoding) or Text(
        f"不是 UTF-8，而是 {page.encoding}", f"is not UTF-8 but {page.encoding}"
    )
    found = problem(
        wrong_encoding.RULE,
        page.encoding,
        severity=None if page.encoding in _GRAVE else Severity.WARNING,
        problem=fault.zh,
        problem_en=fault.en,
    )
    return Occurrence(page.path, found, (1, 1))


def _canonicals(origin: Origin, collected: Collected) -> Iterator[Occurrence]:
    """Pages whose canonical address is on another host than they are published on."""
    if not origin.host:
        return
    elsewhere = {
        number
        for number, one in enumerate(collected.links)
        if one.element == "link" and one.text == "canonical" and _is_elsewhere(one.href, origin)
    }
    for page in collected.pages if elsewhere else ():
        for number in elsewhere.intersection(page.links):
            href = collected.links[number].href
            found = problem(foreign_canonical.RULE, _host(href), found=_host(href))
            yield Occurrence(page.path, found, page.links.index(number), "link")


def _is_elsewhere(href: str, origin: Origin) -> bool:
    # Nearly every page names its own address so.
    if origin.start and href.startswith(origin.start):
        return False
    return (
        bool(re.match(r"(?i)https?://", href))
        and origin.own(href.strip()) is None
        and bool(_host(href))
    )


def _host(href: str) -> str:
    try:
        return urlsplit(href.strip()).hostname or ""
    except ValueError:
        return ""


def _collisions(folder: Folder) -> Iterator[Occurrence]:
    """Files whose names differ only by case."""
    # Two that are in small letters already are not the same: nearly all are.
    changed = [small for path in folder.files if (small := path.casefold()) != path]
    if len(set(changed)) == len(changed) and folder.files.isdisjoint(changed):
        return
    by_case: dict[str, list[str]] = defaultdict(list)
    for path in folder.files:
        by_case[path.casefold()].append(path)
    for paths in by_case.values():
        for path in sorted(paths)[1:]:
            others = "、".join(shown(other) for other in sorted(paths) if other != path)
            found = problem(
                path_collision.RULE,
                path,
                message=_ALIKE,
                severity=Severity.WARNING,
                others=others,
                others_en=others,
            )
            yield Occurrence(path, found, (1, 1), href=path)
