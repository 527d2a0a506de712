"""The settings of a site (`site.yaml`), typed: every key but `organ.name` and `base_url` has a default."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from generator.domain.kinds import Kind, kind_of
from generator.finding import Severity
from generator.regex import regex
from generator.schema import Day, Flag, Texts, TextValue, WholeNumber

FOUR_COLUMNS: dict[str, str] = {
    "guide": "政府信息公开指南",
    "institution": "政府信息公开制度",
    "statutory": "法定主动公开内容",
    "annual-report": "政府信息公开工作年度报告",
}
_FOUR_KINDS = {
    "guide": Kind.GUIDE,
    "institution": Kind.INSTITUTION,
    "annual-report": Kind.ANNUAL_REPORT,
}
_FOUR_AGES = {"guide": 366, "institution": 1100, "statutory": 180, "annual-report": 430}
_ID = regex(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


def _error(code: str, **values: object) -> PydanticCustomError:
    return PydanticCustomError(code, "{code}", {"code": code, **values})


def _kinds(value: object) -> object:
    names = (value,) if isinstance(value, str) else value
    if not isinstance(names, list | tuple):
        raise _error("text")
    found = []
    for name in names:
        kind = kind_of(name) if isinstance(name, str) else None
        if kind is None:
            raise _error("kind", word=str(name))
        found.append(kind)
    return tuple(found)


def _base_url(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise _error("base_url")
    return text if text.endswith("/") else text + "/"


def _web_address(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _error("web_address")
    return text


WebAddress = Annotated[str, BeforeValidator(_web_address)]


def _seconds(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}(?:\.\d{1,3})?", value.strip()):
        return float(value)
    raise _error("seconds")


Seconds = Annotated[float, BeforeValidator(_seconds)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Organ(_Part):
    """The organ whose column this is (机关)."""

    name: TextValue
    short_name: TextValue | None = None
    level: Literal["government", "department", "township"] = "department"
    code: TextValue | None = None
    address: TextValue | None = None
    hours: TextValue | None = None
    phone: TextValue | None = None
    fax: TextValue | None = None
    email: TextValue | None = None
    superior: TextValue | None = None


class Marks(_Part):
    """The marks that a government page carries at its foot (页脚标识).

    `find_errors` is the address of 我为政府网站找错, `certificate` that of the 党政机关网站标识.
    """

    site_id: TextValue | None = None
    icp: TextValue | None = None
    police: TextValue | None = None
    find_errors: WebAddress | None = None
    certificate: WebAddress | None = None
    emblem: Flag = False


class ColumnSettings(_Part):
    """A column as `site.yaml` writes it."""

    title: TextValue | None = None
    kinds: Annotated[tuple[Kind, ...], BeforeValidator(_kinds)] | None = None
    max_age_days: WholeNumber | None = None
    summary: TextValue | None = None
    children: dict[str, ColumnSettings] | None = None


class Topic(_Part):
    """A topic (专题): documents of several columns gathered by reference."""

    title: TextValue
    summary: TextValue | None = None
    begins: Day | None = None
    ends: Day | None = None
    archived: Flag = False


class NamedOrgan(_Part):
    """An organ whose names links may assert, and the hosts that are its own."""

    name: TextValue
    short_names: Texts = ()
    hosts: Texts = ()


class SiteWaiver(_Part):
    """A finding of the whole site that is accepted (豁免); `path` and `target` narrow it."""

    rule: TextValue
    path: TextValue | None = None
    target: TextValue | None = None
    reason: TextValue
    by: TextValue
    until: Day


class YearDays(_Part):
    """Holidays and working weekends of one year, for years the calendar library does not know."""

    holidays: tuple[Day, ...] = ()
    workdays: tuple[Day, ...] = ()


class InterpretationPolicy(_Part):
    """Which policies need an interpretation, and how soon (政策解读的要求).

    `since` leaves out policies published before that day; `drafts` asks for a note on drafts under
    consultation too (起草说明).
    """

    required: Literal["all", "normative", "none"] = "all"
    since: Day | None = None
    max_workdays: WholeNumber = 3
    drafts: Flag = False


class Terms(_Part):
    """How long a normative document may be in force, in years (规范性文件的有效期).

    The defaults are those of Shanghai (上海市人民政府令第26号、第17号); `trial` is for 暂行 and 试行,
    `announcement` for 通告.
    """

    normative: WholeNumber = 5
    trial: WholeNumber = 2
    announcement: WholeNumber = 1


class Participation(_Part):
    """How long opinions are taken, and how soon opinions and questions are answered (互动回应的期限).

    Thirty days are those of 国务院令第713号第十五条 and 优化营商环境条例第六十二条. A question asked
    `hot_times` times, and a policy that draws as many questions, is on the list of hot ones (热点问题).
    """

    consultation_days: WholeNumber = 30
    feedback_days: WholeNumber = 30
    answer_workdays: WholeNumber = 5
    hot_times: Annotated[WholeNumber, Field(ge=1)] = 3


class StatutoryItem(_Part):
    """Where an item of article 20 is published (法定主动公开事项), or why the organ has none of it.

    `at` names columns, documents below `content/`, or web addresses of other platforms.
    """

    at: Texts = ()
    reason: TextValue | None = None


class AuditSettings(_Part):
    """The self-inspection (自查): a file of weights of the organ's own, and who answers for a column.

    `units` gives the responsible unit by column; it holds for the columns below too.
    """

    weights: TextValue | None = None
    units: dict[str, TextValue] = {}


class Search(_Part):
    """Search in full texts (全文检索): where Pagefind is installed, in any case, or not at all."""

    full_text: Literal["auto", "on", "off"] = "auto"


class PublishTarget(_Part):
    """Where the finished site goes: a folder, or a host and folder reached by rsync over ssh (发布)."""

    to: TextValue
    port: WholeNumber | None = None
    identity: TextValue | None = None
    known_hosts: TextValue | None = None
    keep: WholeNumber = 3


_Kinds = Annotated[tuple[Kind, ...], BeforeValidator(_kinds)]


class Downloads(_Part):
    """Which documents become PDF and Word files (下载文件), and with which fonts; absent: none.

    `books` names columns whose documents in force also become one book. `fonts` puts families of the
    organ's own before the usual ones of a role: title 标题, black 黑体, kai 楷体, body 仿宋.
    """

    kinds: _Kinds = (Kind.POLICY, Kind.ANNUAL_REPORT)
    books: Texts = ()
    fonts: dict[Literal["title", "black", "kai", "body"], Texts] = {}
    font_folders: Texts = ()


class External(_Part):
    """How links to other hosts are checked (外部链接检查); times in seconds.

    Hosts of `allow` are trusted without asking; those of `block` are never asked. `deadline` is for
    one address, `run_deadline` for all; a failure counts when a run `confirm_after` it fails again.
    """

    allow: Texts = ()
    block: Texts = ()
    delay: Seconds = 1.0
    deadline: Annotated[Seconds, Field(ge=1)] = 20.0
    run_deadline: Annotated[Seconds, Field(ge=1)] = 600.0
    concurrency: Annotated[WholeNumber, Field(ge=1, le=2)] = 2
    confirm_after: Seconds = 3600.0


class Column(BaseModel):
    """A column (栏目) in its place in the tree; `id` is its path and its folder (`statutory/policy`)."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    kinds: tuple[Kind, ...]
    max_age_days: int
    summary: str = ""
    children: tuple[Column, ...] = ()

    @cached_property
    def all_below(self) -> tuple[Column, ...]:
        """This column and all below it, in their order."""
        return (self, *(below for child in self.children for below in child.all_below))


_DEFAULT_CHILDREN: dict[str, ColumnSettings] = {
    "policy": ColumnSettings(title="政策文件", kinds=(Kind.POLICY,), max_age_days=180),
    "interpretation": ColumnSettings(
        title="政策解读", kinds=(Kind.INTERPRETATION,), max_age_days=180
    ),
    "work-points": ColumnSettings(
        title="政务公开工作要点", kinds=(Kind.WORK_POINTS,), max_age_days=400
    ),
    "consultation": ColumnSettings(title="意见征集", kinds=(Kind.CONSULTATION,)),
    "faq": ColumnSettings(title="政策问答", kinds=(Kind.FAQ,)),
    "event": ColumnSettings(title="政府开放日", kinds=(Kind.EVENT,)),
    "notice": ColumnSettings(title="其他主动公开", kinds=(Kind.NOTICE,)),
}
DEFAULT_AGE_DAYS = 366


class Config(_Part):
    """`site.yaml` as a whole (站点设置)."""

    organ: Organ
    base_url: Annotated[str, BeforeValidator(_base_url)]
    language: Literal["zh", "en"] = "zh"
    marks: Marks = Marks()
    skin: Literal["full", "simple"] = "full"
    page_size: Annotated[WholeNumber, Field(ge=1, le=500)] = 20
    column_settings: dict[str, ColumnSettings] | None = Field(None, alias="columns")
    topics: dict[str, Topic] = {}
    organs: tuple[NamedOrgan, ...] = ()
    legacy_hosts: dict[str, TextValue] = {}
    rules: dict[str, Severity] = {}
    waivers: tuple[SiteWaiver, ...] = ()
    workdays: dict[WholeNumber, YearDays] = {}
    interpretation: InterpretationPolicy = InterpretationPolicy()
    wordlist: Texts = ()
    terms: Terms = Terms()
    participation: Participation = Participation()
    statutory_items: dict[Annotated[WholeNumber, Field(ge=1, le=15)], StatutoryItem] = {}
    audit: AuditSettings = AuditSettings()
    search: Search = Search()
    publish: dict[str, PublishTarget] = {}
    external: External = External()
    downloads: Downloads | None = None

    @model_validator(mode="after")
    def _four_columns(self) -> Self:
        for name in self.column_settings or {}:
            if name not in FOUR_COLUMNS:
                raise _error("first_level_column", name=name)
        for name in (*self.topics, *_names(self.column_settings or {})):
            if not _ID.fullmatch(name):
                raise _error("id", name=name)
        return self

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The four columns in the order of 国办公开办函〔2019〕61号, each with the organ's own below it."""
        written = self.column_settings
        return tuple(
            _column(
                name,
                (written or {}).get(name) or ColumnSettings(),
                ColumnSettings(
                    title=title,
                    kinds=(_FOUR_KINDS[name],) if name in _FOUR_KINDS else (),
                    max_age_days=_FOUR_AGES[name],
                    children=_DEFAULT_CHILDREN if name == "statutory" else {},
                ),
            )
            for name, title in FOUR_COLUMNS.items()
        )

    @cached_property
    def missing_columns(self) -> tuple[str, ...]:
        """Those of the four that `columns` leaves out though it names others."""
        if self.column_settings is None:
            return ()
        return tuple(name for name in FOUR_COLUMNS if name not in self.column_settings)

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """Every column, each before those below it."""
        return tuple(below for column in self.columns for below in column.all_below)

    @cached_property
    def column_by_id(self) -> Mapping[str, Column]:
        """Every column by its id."""
        return {column.id: column for column in self.all_columns}

    @cached_property
    def host(self) -> str:
        """The host of `base_url`, in lower case."""
        return (urlsplit(self.base_url).hostname or "").lower()

    @cached_property
    def prefix(self) -> str:
        """The path of `base_url`, with a slash at both ends."""
        return urlsplit(self.base_url).path or "/"

    def column_named(self, word: str) -> Column | None:
        """The column that `word` names, by id or by its title; None where no single one fits."""
        found = self.column_by_id.get(word.strip("/"))
        if found:
            return found
        titled = [column for column in self.all_columns if column.title == word]
        return titled[0] if len(titled) == 1 else None

    def column_for(self, kind: Kind) -> Column | None:
        """Where a new document of `kind` goes: the column named after it, or the first that takes it."""
        taking = [column for column in self.all_columns if kind in column.kinds]
        named = [column for column in taking if column.id.rpartition("/")[2] == kind.value]
        return next(iter(named or taking), None)

    def column_of_folder(self, folder: str) -> Column | None:
        """The column that `folder` (below `content/`) is, or the nearest one above it."""
        steps = folder.split("/")
        for length in range(len(steps), 0, -1):
            column = self.column_by_id.get("/".join(steps[:length]))
            if column:
                return column
        return None

    def above(self, column: Column) -> tuple[Column, ...]:
        """The columns from the first level down to `column` itself, for breadcrumbs."""
        steps = column.id.split("/")
        return tuple(
            self.column_by_id["/".join(steps[:length])] for length in range(1, len(steps) + 1)
        )

    def days_of(self, year: int) -> tuple[frozenset[date], frozenset[date]] | None:
        """Holidays and working weekends of `year` as `site.yaml` gives them, if it does."""
        days = self.workdays.get(year)
        return (frozenset(days.holidays), frozenset(days.workdays)) if days else None


def _names(columns: Mapping[str, ColumnSettings]) -> Iterator[str]:
    for name, column in columns.items():
        yield name
        yield from _names(column.children or {})


def _column(id_: str, written: ColumnSettings, default: ColumnSettings) -> Column:
    """The column `id_` as written, with what it leaves out taken from `default`."""
    kinds = written.kinds if written.kinds is not None else default.kinds or ()
    age = written.max_age_days or default.max_age_days or DEFAULT_AGE_DAYS
    children = written.children if written.children is not None else default.children or {}
    # What holds for policies is no measure for other columns of the organ's own.
    own_age = written.max_age_days if id_ == "statutory" else age
    inherited = ColumnSettings(kinds=kinds, max_age_days=own_age)
    return Column(
        id=id_,
        title=written.title or default.title or id_.rsplit("/", 1)[-1],
        kinds=kinds,
        max_age_days=age,
        summary=written.summary or "",
        children=tuple(
            _column(
                f"{id_}/{name}",
                child,
                _DEFAULT_CHILDREN.get(name, inherited) if id_ == "statutory" else inherited,
            )
            for name, child in children.items()
        ),
    )
