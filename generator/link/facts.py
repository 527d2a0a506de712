"""Facts (事实): what each target of a link is, from front matter, its title, its address or its host."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from typing import TypeVar
from urllib.parse import urlsplit

from generator import address
from generator.config import Config
from generator.domain import document_number
from generator.domain.assertions import (
    TASK_TABLE,
    Assertions,
    Organs,
    Period,
    assertions,
    folded,
    kinds_mentioned,
    numbers_mentioned,
    periods,
    years,
)
from generator.domain.contradictions import Facts
from generator.domain.document_number import DocumentNumber
from generator.domain.folding import arabic_years
from generator.domain.kinds import Kind
from generator.link.relations import Relations
from generator.model import Document
from generator.regex import regex

T = TypeVar("T")

_HOME_PATHS = frozenset({"", "/", "/index.html", "/index.htm", "/index.shtml", "/default.html"})
# On the portal of a government stand answers and notices of all its organs, often without saying whose.
_OF_ANY_ORGAN = (Kind.NOTICE, Kind.FAQ, Kind.EVENT, Kind.CONSULTATION, Kind.INTERPRETATION)
_NOUNS = {
    Kind.ANNUAL_REPORT: "年度报告",
    Kind.WORK_POINTS: "工作要点",
    Kind.INTERPRETATION: "政策解读",
    Kind.GUIDE: "指南",
}
_OFFICE = regex(r"^(.+人民政府)办公[厅室]$")
_LISTS = {
    address.HOME: "政府信息公开",
    address.CATALOG: "政府信息公开目录",
    address.SITE_MAP: "网站地图",
    address.TOPICS: "专题",
}
_PART_OF_COLUMN = regex(r"/(?:page|year|status)$")


class FactBook:
    """The facts of every target of one site, each worked out once."""

    def __init__(
        self,
        config: Config,
        documents: Mapping[str, Document],
        relations: Relations,
        has_table: Callable[[str], bool],
        organs: Organs,
    ) -> None:
        """`has_table` says of a document's path whether a heading of it announces a table of tasks."""
        self._config = config
        self._documents = documents
        self._relations = relations
        self._has_table = has_table
        self._organs = organs
        self._hosts = {host.lower(): organ.name for organ in config.organs for host in organ.hosts}
        self._known: dict[str, Facts] = {}
        self._is_portal = config.organ.level == "government"

    @cached_property
    def _shown(self) -> Sequence[Document]:
        return [one for one in self._documents.values() if one.withheld is None]

    @cached_property
    def _moved(self) -> Mapping[str, str]:
        return {address.alias_url(a): d.path for d in self._shown for a in d.meta.aliases}

    @cached_property
    def _tables(self) -> Mapping[str, str]:
        return {address.tasks_url(d.url): d.path for d in self._shown if d.meta.tasks}

    @cached_property
    def _held(self) -> Mapping[str, set[str]]:
        held: dict[str, set[str]] = {}
        for document in self._shown:
            for column in document.columns:
                held.setdefault(column, set()).add(str(document.kind))
        return held

    def document(self, path: str) -> Facts:
        """What is known of the document at `path`."""
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = _shared(self._read(self._documents[path]))
        return found

    def interpreted(self, path: str) -> frozenset[DocumentNumber]:
        """The numbers of the policies that the document at `path` interprets, and of those that they amend."""
        objects = self._objects(path)
        amended = (self._relations.forward.get(("amends", other), ()) for other in objects)
        return frozenset(
            number
            for other in (*objects, *chain.from_iterable(amended))
            for number in self.document(other).numbers
        )

    def policies_of(self, path: str) -> frozenset[str]:
        """The policies that the document at `path` interprets."""
        return frozenset(self._objects(path))

    def readings_of(self, path: str) -> frozenset[str]:
        """The documents that interpret the one at `path`."""
        return frozenset(self._relations.backward.get(("interprets", path), ()))

    def relatives(self, path: str) -> frozenset[str]:
        """The documents that the one at `path` interprets, replaces or amends, and those that do so to it."""
        both = (self._relations.forward, self._relations.backward)
        names = ("interprets", "supersedes", "amends")
        return frozenset(
            other for side in both for name in names for other in side.get((name, path), ())
        )

    def page(self, url: str) -> Facts | None:
        """What is known of a page that is no document: an old address, a task table, a list."""
        if url in self._moved:
            return self.document(self._moved[url])
        if url in self._tables:
            return replace(self.document(self._tables[url]), kinds=frozenset({TASK_TABLE}))
        if url in _LISTS:
            own = self._config.organ
            names = (_LISTS[url], own.name, *filter(None, (own.short_name,)))
            return Facts(titles=names, is_list=True)
        folder = posixpath.dirname(url)
        topic = self._config.topics.get(folder.removeprefix("topics/"))
        if topic and url.endswith("/index.html"):
            return Facts(titles=(topic.title,), is_list=True)
        return self._column(_PART_OF_COLUMN.sub("", folder), url) if url.endswith(".html") else None

    def _column(self, id_: str, url: str) -> Facts | None:
        column = self._config.column_by_id.get(id_)
        if column is None:
            return None
        kinds = {str(kind) for below in column.all_below for kind in below.kinds}
        for below in column.all_below:
            kinds |= self._held.get(below.id, set())
        year = re.search(r"/year/(\d{4})\.html$", url)
        return Facts(
            years=frozenset({int(year[1])}) if year else frozenset(),
            # Notices may be anything.
            kinds=frozenset() if str(Kind.NOTICE) in kinds else frozenset(kinds),
            titles=(column.title,),
            is_list=True,
            noun="列表",
        )

    def outside(self, url: str) -> Facts | None:
        """What is known of an address on another host: whose it is, and whether it is its home page."""
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
        except ValueError:
            return None
        organ = self._hosts.get(host)
        if not host:
            return None
        if parts.path in _HOME_PATHS and not parts.query and not parts.fragment:
            organs = frozenset({organ}) if organ else frozenset[str]()
            return Facts(organs=organs, titles=(organ or host,), is_list=True, noun="网站")
        # On the portal of a government stand the pages of all its organs.
        if organ is None or organ.endswith("政府"):
            return None
        return Facts(organs=frozenset({organ}), noun="网站")

    def _read(self, document: Document) -> Facts:
        title = document.title
        own = assertions(title, self._organs)
        numbers = numbers_of(document)
        amending = self._relations.backward.get(("amends", document.path), ())
        objects = self._objects(document.path)
        dated = self._dated(document, own)
        facts = Facts(
            years=dated | {year for path in amending for year in self.document(path).years},
            periods=_periods(document, own),
            numbers=numbers,
            organs=self._whose(document),
            kinds=_kinds(document, own, has_table=self._has_table(document.path)),
            titles=(title, *own.titles),
            is_list=self.is_list(document),
            noun=_NOUNS.get(document.kind, "文件"),
        )
        for path in objects:
            policy = self.document(path)
            facts = replace(
                facts,
                years=facts.years if own.years else facts.years | policy.years,
                organs=facts.organs | policy.organs,
                titles=(*facts.titles, *policy.titles),
            )
        return facts

    def _objects(self, path: str) -> tuple[str, ...]:
        """The policies that the document interprets, not those that interpret in turn."""
        found = self._relations.forward.get(("interprets", path), ())
        return tuple(p for p in found if self._documents[p].kind is not Kind.INTERPRETATION)

    def _whose(self, document: Document) -> frozenset[str]:
        meta = document.meta
        names: Sequence[str] = meta.issuer or (self._config.organ.name,)
        if not meta.issuer and self._is_portal and document.kind in _OF_ANY_ORGAN:
            names = ()
        issuers = frozenset(one for name in names for one in self._organs.with_parents(name))
        if document.kind is Kind.POLICY:
            # What the office of a government issues is spoken of as the government's.
            issuers |= {name for one in issuers for name in _OFFICE.findall(one)}
        words = folded(f"{document.title} {meta.source or ''}")
        return issuers | self._organs.mentioned(words)

    def is_list(self, document: Document) -> bool:
        """Whether the document is the page of a list: of a topic or of a column."""
        if document.kind is Kind.TOPIC:
            return True
        column = document.url.removesuffix("/index.html")
        return column in self._config.column_by_id and document.kind is not Kind.GUIDE

    def _dated(self, document: Document, own: Assertions) -> frozenset[int]:
        """The years of a document: of its series, else of its title, else of its number and its dates."""
        meta = document.meta
        if meta.year is not None:
            return own.years | {meta.year}
        of_period = years(arabic_years(folded(meta.period or "")))
        if of_period:
            return own.years | of_period
        months = frozenset(period.year for period in own.periods if period.year)
        if own.years or months:
            return own.years or months
        numbered = document_number.parse(meta.document_number or "")
        days = [day for day in (meta.signed, meta.effective) if day]
        if meta.published:
            days.append(meta.published.day)
        found = {day.year for day in days} | ({numbered.year} if numbered else set())
        return frozenset(found) | {
            year for day in days for year in _nearby(day, numbered is not None)
        }


def _shared(facts: Facts) -> Facts:
    """`facts` whose sets are one with the equal ones of other documents: years, organs and kinds are few."""
    return replace(
        facts,
        years=_one(facts.years),
        periods=_one(facts.periods),
        numbers=_one(facts.numbers),
        organs=_one(facts.organs),
        kinds=_one(facts.kinds),
    )


@lru_cache(1024)
def _one(found: T) -> T:
    return found


def numbers_of(document: Document) -> frozenset[DocumentNumber]:
    """The numbers that a document bears and that its title names."""
    number = document.meta.document_number
    return numbers_mentioned(document.title) | numbers_mentioned(number or "")


def _nearby(day: date, is_numbered: bool) -> set[int]:
    """The years that a text of this day may be about besides its own: plans of the next, reports of the last."""
    if day.month >= 11:
        return {day.year + 1}
    return {day.year - 1} if day.month <= 4 and not is_numbered else set()


def _periods(document: Document, own: Assertions) -> frozenset[Period]:
    meta = document.meta
    number = arabic_years(folded(meta.document_number or ""))
    is_order = document_number.parse(meta.document_number or "") is None
    found = own.periods | periods(arabic_years(folded(meta.period or "")))
    if is_order:
        found |= periods(number)
    years = frozenset({meta.year}) if meta.year else own.years
    if len(years) != 1:
        return found
    (year,) = years
    return frozenset(
        replace(period, year=period.year or year) if period.unit == "month" else period
        for period in found
    )


def _kinds(document: Document, own: Assertions, *, has_table: bool) -> frozenset[str]:
    kind = document.kind
    kinds = own.kinds or kinds_mentioned(document.title)
    if document.meta.tasks or has_table:
        kinds |= {TASK_TABLE}
    # A notice may be anything; only its own title can tell.
    return kinds if kind is Kind.NOTICE else kinds | {str(kind)}
