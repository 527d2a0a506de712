"""A repealed or expired document is linked as if it were in force (引用已废止、失效文件)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator import address
from generator.domain.folding import arabic_years, folded
from generator.domain.kinds import Status
from generator.domain.periods import years
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Link, LinkSyntax, Site, Verdict
from generator.regex import regex
from generator.rules.evidence import at, links

RULE = Rule(
    "repealed-target",
    Severity.WARNING,
    Text(
        "链接的文件《{title}》已{status}，文中没有说明",
        "the linked document “{title}” is no longer in force ({status}), and the text does not say so",
    ),
    Text(
        "改为现行的文件，或在同一句里写明它已{status}{instead}",
        "name the document in force, or say in the same sentence that it is not{instead_en}",
    ),
)
_REPLACE = Text(
    "改为现行的 {suggestion}，或在同一句里写明它已{status}",
    "name {suggestion}, which is in force, or say in the same sentence that it is not",
)
# 原《…》, 旧办法, 2019年修订前的, 已由……代替: the sentence says itself that it looks back.
_SAID = regex(
    r"废止|废除|失效|停止[执施]行|不再[执施]行|不再适用|不再有效|取代|代替|替代|替换|修订前|修改前|修正前|原有|原先|原来|此前|先前"
    r"|历史|历年|历次|沿革|旧|曾|(?<!以)上一?年|去年|往年|试行期|到期|届满|期满|过渡期|新旧|前身|(?:根据|依据|由)[^，。；]{0,40}修[订正改]"
    r"|(?:^|[，、。；：（(“]|[一-龥]{0,6}[对按将把由与和及同])原(?=[《“\[]|$)"
)
_TITLE = regex(r"《(?:[^《》]|《[^《》]*》)*》")
_SIGNS = regex(r"[\W_]")
# A decision that repeals lists what it repeals.
_ABOUT_REPEAL = regex(r"废止|失效|清理结果|修订对照|对照表")


def find(site: Site) -> Iterator[Finding]:
    """Links to documents no longer in force, but for those whose sentence says it or that are older."""
    for entry, link in links(site):
        target = site.entries.get(link.document) if link.verdict is Verdict.DOCUMENT else None
        if target is None or target.status not in (Status.REPEALED, Status.EXPIRED):
            continue
        if (
            _may_link(entry, target, site)
            or _is_said(link, target)
            or _names_its_year(link, target)
            or _stands_beside_newer(entry, link, target)
            or _is_older(entry, target, site)
        ):
            continue
        newer = _in_force(target, site)
        yield at(
            RULE,
            entry,
            link,
            _written_like(link, entry, newer) if newer and newer.path != entry.path else None,
            _REPLACE,
            title=target.document.title,
            status=target.status.value,
        )


def _may_link(entry: Entry, target: Entry, site: Site) -> bool:
    """Whether the source is about the target itself: replaces, amends, interprets it, or is related."""
    if entry.status in (Status.REPEALED, Status.EXPIRED):
        return True
    if _ABOUT_REPEAL.search(entry.document.title):
        return True
    about = {*entry.supersedes, *entry.amends, *entry.interprets, *entry.related}
    # A third version may speak of the first, and the interpretation of a version of the one before.
    for path in (*entry.supersedes, *entry.interprets):
        about.update(site.entries[path].supersedes)
    return target.path in about


def _is_said(link: Link, target: Entry) -> bool:
    """Whether the words of the sentence say that the target is no longer in force; those of titles do not."""
    written = link.written
    before, after = (_TITLE.sub("《》", words) for words in (written.before, written.after))
    text = _TITLE.sub("《》", written.text)
    # 历史建筑保护办法 speaks of no past.
    text = "《》" if _SIGNS.sub("", written.text) in _SIGNS.sub("", target.document.title) else text
    return bool(_SAID.search(before) or _SAID.search(f"{before}{text}{after}"))


def _names_its_year(link: Link, target: Entry) -> bool:
    """Whether the target was of one year, ended with it, and the sentence says which year that was."""
    expires = target.document.meta.expires
    if expires is None or target.superseded_by:
        return False
    written = link.written
    own, said = (
        years(arabic_years(folded(words)))
        for words in (target.document.title, f"{written.before}{written.text}{written.after}")
    )
    return bool(own & said) and expires.year <= max(own)


def _stands_beside_newer(entry: Entry, link: Link, target: Entry) -> bool:
    """Whether the same line or row links what replaced the target: 修改前 and 修改后 side by side."""
    if not target.superseded_by:
        return False
    line = link.written.line
    return any(
        other.document in target.superseded_by and other.written.line == line
        for other in entry.links
    )


def _is_older(entry: Entry, target: Entry, site: Site) -> bool:
    """Whether the source was published before the target ended; then it was right when written."""
    published = entry.document.meta.published
    ended = _ended(target, site)
    return published is not None and ended is not None and published.day < ended


def _ended(target: Entry, site: Site) -> date | None:
    """The first day on which the target was no longer in force, as far as it is known."""
    ends: list[date | None] = [target.document.meta.expires]
    for path in target.superseded_by:
        meta = site.entries[path].document.meta
        ends.append(meta.effective or (meta.published.day if meta.published else None))
    days = [day for day in ends if day is not None]
    return min(days) if days else None


def _in_force(target: Entry, site: Site) -> Entry | None:
    """The document that replaced the target, or that replaced its replacement, and is in force."""
    seen = {target.path}
    while target.superseded_by:
        target = site.entries[target.superseded_by[0]]
        if target.path in seen:
            return None
        seen.add(target.path)
    return (
        target if len(seen) > 1 and target.status not in (Status.REPEALED, Status.EXPIRED) else None
    )


def _written_like(link: Link, entry: Entry, newer: Entry) -> str:
    """The document in force in the way the link is written: by its number, or by its path."""
    number = newer.document.meta.document_number
    if link.written.syntax in (LinkSyntax.REFERENCE, LinkSyntax.NUMBER) and number:
        return number
    return address.relative(entry.path, newer.path)
