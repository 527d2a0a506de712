"""The term of a document is longer than it may be, or not the one its text gives (有效期不对)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.domain import terms
from generator.domain.kinds import Kind, Status
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Document, Entry, Site
from generator.rules import judged, typed

RULE = Rule(
    "wrong-term",
    Severity.WARNING,
    Text(
        "失效日期是{expires}，超过了{sort}的最长有效期{years}年（至{limit}）",
        "it expires on {expires}, beyond the longest term of {years} years (until {limit})",
    ),
    Text(
        "核对失效日期；本地规定不同的，改 site.yaml 的 terms",
        "check expires; where your rules differ, set terms in site.yaml",
    ),
)
_DIFFERS = Text(
    "文中写“{text}”，即到{day}为止，文件头的“失效日期”是{expires}",
    "the text says “{text}”, until {day}, but expires is {expires}",
)
_CORRECT = Text("核对后改正正文或失效日期", "correct the text or expires")
_UNSAID = Text(
    "文中写“{text}”，{day}已经届满，文件头没有“失效日期”，仍然显示为“{status}”",
    "the text says “{text}”, which ended on {day}; there is no expires, and it is shown as in force",
)
_ADD = Text("写上 失效日期: {suggestion}", "add expires: {suggestion}")
_SORTS: dict[terms.Sort, str] = {
    "normative": "行政规范性文件",
    "trial": "暂行、试行文件",
    "announcement": "通告",
}
_ENDED = frozenset({Status.REPEALED, Status.EXPIRED})
_DAY = timedelta(1)


def find(site: Site) -> Iterator[Finding]:
    """Normative documents beyond their limit, and policies whose text and dates give two terms."""
    for entry in judged.documents(site):
        document = entry.document
        if document.kind is not Kind.POLICY or document.is_withdrawn:
            continue
        begins = document.meta.effective
        if begins and document.meta.signed and begins < document.meta.signed:
            continue  # while the days are out of order (`date-order`), no term can be counted
        differing = list(_against_text(entry, site))
        yield from differing
        # Where the text gives another day, it is not yet known which of the two is meant.
        if document.meta.normative is True and not differing:
            yield from _too_long(document, site)


def _begins(document: Document) -> date | None:
    meta = document.meta
    return meta.effective or meta.signed or (meta.published.day if meta.published else None)


def _too_long(document: Document, site: Site) -> Iterator[Finding]:
    expires, begins = document.meta.expires, _begins(document)
    sort = terms.sort_of(document.title)
    years = getattr(site.config.terms, sort)
    if expires is None or begins is None or expires <= terms.years_after(begins, years):
        return
    yield RULE.at(
        document.source.place("expires"),
        expires=expires.isoformat(),
        sort=_SORTS[sort],
        years=years,
        limit=(terms.years_after(begins, years) - _DAY).isoformat(),
    )


def _against_text(entry: Entry, site: Site) -> Iterator[Finding]:
    """The first sentence whose last day is another than that of the front matter, or is long past."""
    document = entry.document
    expires = document.meta.expires
    body = typed.without_code(document.source.body)
    for one in terms.said(body):
        day = terms.last_day(one, _begins(document))
        if day is None:
            continue
        place = typed.place(document.source, one.offset)
        words = {"text": one.words, "day": day.isoformat()}
        # 五年 may end on the day before or on the same day.
        if expires and abs(expires - day) > _DAY:
            yield RULE.at(
                place, message=_DIFFERS, hint=_CORRECT, expires=expires.isoformat(), **words
            )
        elif expires is None and day < site.today and entry.status not in _ENDED:
            yield RULE.at(
                place,
                message=_UNSAID,
                hint=_ADD,
                suggestion=day.isoformat(),
                status=entry.status.value,
                **words,
            )
        return
