"""What stands around every page (页面框架): navigation, breadcrumbs and meta tags."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from generator import address
from generator.config import Column, Config
from generator.domain.kinds import Kind
from generator.model import Entry, Site
from generator.pages.linked import linked

SITE_TITLE = "政府信息公开"
Meta = tuple[tuple[str, str], ...]
Way = Callable[[str], str]
T = TypeVar("T")

# The closed vocabulary of ColumnType (国办发〔2017〕47号, annex 网页设计规范).
_COLUMN_TYPES: tuple[str, ...] = (
    "概况信息",
    "机构职能",
    "负责人信息",
    "工作动态",
    "政策文件",
    "信息公开指南",
    "信息公开目录",
    "信息公开年报",
    "依申请公开",
    "数据发布",
    "数据开放",
    "政策解读",
    "回应关切",
    "办事服务",
    "咨询投诉",
    "征集调查",
    "在线访谈",
)
_TYPE_OF_KIND: dict[Kind, str] = {
    Kind.POLICY: "政策文件",
    Kind.INTERPRETATION: "政策解读",
    Kind.ANNUAL_REPORT: "信息公开年报",
    Kind.WORK_POINTS: "政策文件",
    Kind.GUIDE: "信息公开指南",
    Kind.INSTITUTION: "政策文件",
    Kind.CONSULTATION: "征集调查",
    Kind.FAQ: "回应关切",
    Kind.EVENT: "工作动态",
}
CATALOG_TYPE = "信息公开目录"


@dataclass(frozen=True, slots=True)
class View:
    """A page before its template is filled: its address, the template's name, the values it may name."""

    url: str
    template: str
    values: Mapping[str, object]


class TextLink(NamedTuple):
    """A link in the navigation: its words, its address, and whether the page belongs there."""

    text: str
    href: str
    current: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A column in the side tree (栏目导航); `open` where the page lies in it or below it."""

    text: str
    href: str
    current: bool
    open: bool
    children: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """The addresses of what every site has once."""

    home: str
    catalog: str
    search: str
    apply: str
    site_map: str
    feed: str
    icon: str
    style: str
    overview_style: str
    reading_script: str
    search_script: str
    filter_script: str
    topics: str


_FIXED = Fixed(
    home=address.HOME,
    catalog=address.CATALOG,
    search=address.SEARCH,
    apply=address.APPLY,
    site_map=address.SITE_MAP,
    feed=address.feed_url(""),
    icon=address.ICON,
    style=address.STYLE,
    overview_style=address.OVERVIEW_STYLE,
    reading_script=address.READING_SCRIPT,
    search_script=address.SEARCH_SCRIPT,
    filter_script=address.FILTER_SCRIPT,
    topics=address.TOPICS,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is the same on all pages of one folder in one column: fixed addresses and the tree."""

    to: Fixed
    four: tuple[TextLink, ...]
    tree: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page says: its title, its full address, its meta tags, its feed.

    `base` is where its relative links begin, on the one page that answers at any depth.
    """

    title: str
    canonical: str
    meta: Meta
    feed: TextLink
    robots: str = ""
    base: str = ""


def day(moment: date | None) -> str:
    """A date as the public reads it, `2024-05-16`; empty where there is none."""
    return moment.isoformat() if moment else ""


def column_type(column: Column) -> str:
    """The ColumnType of `column`: the word its title contains, else the one its first kind has."""
    for word in _COLUMN_TYPES:
        if word in column.title:
            return word
    return _TYPE_OF_KIND.get(column.kinds[0], CATALOG_TYPE) if column.kinds else CATALOG_TYPE


def column_meta(name: str, description: str, keywords: Sequence[str], type_: str) -> Meta:
    """The meta tags that every column page has."""
    return (
        ("ColumnName", name),
        ("ColumnDescription", description),
        ("ColumnKeywords", ",".join(dict.fromkeys((name, SITE_TITLE, *keywords)))),
        ("ColumnType", type_),
    )


def _described(meta: Meta, title: str, organ: str) -> Meta:
    """The tags with a description for search engines: that of the column where the page has none."""
    tags = dict(meta)
    if "Description" in tags:
        return meta
    return (
        *meta,
        ("Description", tags.get("ColumnDescription") or f"{title}，{organ}{SITE_TITLE}"),
    )


def article_meta(site: Site, entry: Entry) -> Meta:
    """The meta tags that every content page has; those without a value are left out."""
    document, meta = entry.document, entry.document.meta
    tags = (
        ("ArticleTitle", document.title),
        ("PubDate", meta.published.minute if meta.published else ""),
        ("ContentSource", source_of(site, entry)),
        ("Keywords", ",".join(meta.keywords)),
        ("Author", " ".join(issuers_of(site, entry))),
        ("Description", meta.summary or ""),
        ("Url", address.absolute(site.config.base_url, entry.url)),
    )
    return tuple(tag for tag in tags if tag[1])


def issuers_of(site: Site, entry: Entry) -> tuple[str, ...]:
    """Who issued a document; the organ itself where it does not say."""
    return entry.document.meta.issuer or (site.config.organ.name,)


def source_of(site: Site, entry: Entry) -> str:
    """The source of a document (来源); the organ itself where it does not say."""
    return entry.document.meta.source or site.config.organ.name


class Frame:
    """The frame of all pages of one site; navigation is made once a folder and column.

    Ten thousand documents of one column share one tree, since their links are relative to the folder.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.config: Config = site.config
        folders = (
            "",
            *site.config.column_by_id,
            *(f"topics/{topic}" for topic in site.config.topics),
        )
        self.own_pages: dict[str, Entry] = {
            folder: entry for folder in folders if (entry := site.own_page(folder))
        }
        self._known: dict[tuple[str, str], Surroundings] = {}
        self._ways: dict[str, Way] = {}
        self._reckoned: dict[object, Any] = {}
        site_id = site.config.marks.site_id
        self._meta: Meta = (
            ("SiteName", site.config.organ.name),
            ("SiteDomain", site.config.host),
            *((("SiteIDCode", site_id),) if site_id else ()),
        )
        self._facts: dict[str, object] = {
            "organ": site.config.organ,
            "marks": site.config.marks,
            "skin": site.config.skin,
            "site_title": SITE_TITLE,
        }

    def once(self, reckon: Callable[[Site], T]) -> T:
        """What `reckon` makes of the site, reckoned when it is first asked for, and held while pages are made."""
        if reckon not in self._reckoned:
            self._reckoned[reckon] = reckon(self.site)
        found: T = self._reckoned[reckon]
        return found

    @cached_property
    def _on_page(self) -> Mapping[str, Entry]:
        return {entry.url: entry for entry in self.site.listed}

    def way(self, page: str) -> Way:
        """The function that turns a `url` into the address to write on `page`."""
        folder = page[: page.rfind("/") + 1]
        if folder not in self._ways:
            self._ways[folder] = address.way(page)
        return self._ways[folder]

    def surroundings(self, page: str, column: str = "") -> Surroundings:
        """The navigation of `page`, which stands in `column` (empty: in none)."""
        folder = page.rpartition("/")[0]
        known = self._known.get((folder, column))
        if known is None:
            way = self.way(page)
            known = Surroundings(
                Fixed(**{name: way(url) for name, url in asdict(_FIXED).items()}),
                tuple(
                    TextLink(
                        four.title,
                        way(address.column_url(four.id)),
                        column.split("/", maxsplit=1)[0] == four.id,
                    )
                    for four in self.config.columns
                ),
                self._branches(self.config.columns, column, way),
            )
            self._known[folder, column] = known
        return known

    def _branches(self, columns: Sequence[Column], current: str, way: Way) -> tuple[Branch, ...]:
        branches = []
        for column in columns:
            is_open = f"{current}/".startswith(f"{column.id}/")
            # The other three of the four stay folded; where none is current, all are shown.
            below = column.children if is_open or not current or "/" in column.id else ()
            branches.append(
                Branch(
                    text=column.title,
                    href=way(address.column_url(column.id)),
                    current=column.id == current,
                    open=is_open,
                    children=self._branches(below, current, way),
                )
            )
        return tuple(branches)

    def crumbs(self, page: str, *steps: tuple[str, str]) -> tuple[TextLink, ...]:
        """The breadcrumbs of `page`: the landing page, then `steps` (words and `url`), the last without link."""
        way = self.way(page)
        linked = [
            TextLink("首页", way(address.HOME)),
            *(TextLink(text, way(url)) for text, url in steps),
        ]
        return (*linked[:-1], TextLink(linked[-1].text, "", current=True))

    def column_steps(self, column: str) -> tuple[tuple[str, str], ...]:
        """The steps of the breadcrumbs down to `column`; none where the document has no column."""
        found = self.config.column_by_id.get(column)
        above = self.config.above(found) if found else ()
        return tuple((step.title, address.column_url(step.id)) for step in above)

    def view(
        self,
        url: str,
        template: str,
        values: Mapping[str, object],
        *,
        title: str,
        column: str = "",
        crumbs: tuple[TextLink, ...] = (),
        meta: Meta = (),
        feed: tuple[str, str] = ("", ""),
        robots: str = "",
        entry: Entry | None = None,
    ) -> View:
        """A page in its frame; `feed` is the words and the folder of the feed that belongs to it."""
        organ, way = self.config.organ, self.way(url)
        words, folder = feed
        head = Head(
            " - ".join(dict.fromkeys(part for part in (title, SITE_TITLE, organ.name) if part)),
            address.absolute(self.config.base_url, url),
            (*self._meta, *_described(meta, title or SITE_TITLE, organ.name)),
            TextLink(words or f"{organ.name}{SITE_TITLE}", way(address.feed_url(folder))),
            robots,
            # The page of missing addresses answers at any depth below the prefix.
            self.config.prefix if url == address.NOT_FOUND else "",
        )
        framed = {
            **self._facts,
            "head": head,
            "linked": linked(self.site, url, title, entry or self._on_page.get(url), way),
            "nav": self.surroundings(url, column),
            "crumbs": crumbs,
            **values,
        }
        return View(url, template, framed)
