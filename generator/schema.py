"""Front matter (文件头): which fields a document has, in English and Chinese, and their types.

One declaration is the schema, the validation, the JSON Schema and the table of Chinese keys. Every
value arrives as text. All fields may be absent here: what a kind requires is `REQUIRED`, so that a
missing field never hides the others.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from generator.domain.annual_report import row_key
from generator.domain.kinds import Disclosure, Kind, Status
from generator.domain.subjects import SUBJECTS, is_subject
from generator.regex import regex

_DATE = regex(r"(\d{4})-(\d{2})-(\d{2})")
_MOMENT = regex(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::\d{2})?")
_LOOSE_DATE = regex(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YES = frozenset({"true", "yes", "是", "y", "on"})
_NO = frozenset({"false", "no", "否", "n", "off", ""})


class Moment(NamedTuple):
    """A day, and the time of day as `10:30` where one was given (else empty)."""

    day: date
    clock: str = ""

    @property
    def iso(self) -> str:
        """`2024-05-16` or `2024-05-16T10:30`."""
        return f"{self.day.isoformat()}T{self.clock}" if self.clock else self.day.isoformat()

    @property
    def minute(self) -> str:
        """`2024-05-16 10:30`, midnight where no time was given: the form of the PubDate meta tag."""
        return f"{self.day.isoformat()} {self.clock or '00:00'}"


def _wrong(code: str, **values: object) -> PydanticCustomError:
    # The code is looked up in validate.SENTENCES; pydantic's own wording is never shown.
    return PydanticCustomError(code, "{code}", {"code": code, **values})


def parse_date(value: object) -> date:
    """The day that the text names, `2024-05-16`; anything else is a pydantic error `date`."""
    if isinstance(value, date):
        return value
    return _day(value.strip() if isinstance(value, str) else "")


@lru_cache(4096)
def _day(text: str) -> date:
    # Documents of one day share it.
    match = _DATE.fullmatch(text)
    if not match:
        loose = _LOOSE_DATE.fullmatch(text)
        repaired = f"{loose[1]}-{int(loose[2]):02}-{int(loose[3]):02}" if loose else ""
        raise _wrong("date", repaired=repaired)
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise _wrong("impossible_date") from None


def _moment(value: object) -> Moment:
    if isinstance(value, Moment):
        return value
    match = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        return Moment(parse_date(value))
    hour, minute = int(match[2][:2]), int(match[2][3:])
    if hour > 23 or minute > 59:
        raise _wrong("impossible_date")
    return Moment(parse_date(match[1]), match[2])


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    folded = value.strip().lower() if isinstance(value, str) else "?"
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise _wrong("flag")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _wrong("text")
    return value.strip()


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value.strip()):
        return int(value)
    raise _wrong("whole_number")


def _year(value: object) -> int:
    if isinstance(value, str):
        value = value.strip().removesuffix("年")
    number = _whole(value)
    if not 1949 <= number <= 2200:
        raise _wrong("year")
    return number


def _texts(value: object) -> object:
    # One reference or name may stand without a list around it.
    return (value,) if isinstance(value, str) else value


def _subject(value: object) -> str:
    text = _text(value)
    if not is_subject(text):
        raise _wrong("subject", near=_nearest(text.partition("\\")[0], tuple(SUBJECTS)))
    return text


def _nearest(word: str, words: tuple[str, ...]) -> str:
    overlap = {other: len(set(word) & set(other)) for other in words}
    best = max(overlap, key=lambda other: overlap[other])
    return best if overlap[best] > 1 else ""


def _item(value: object) -> int:
    number = _whole(value)
    if not 1 <= number <= 15:
        raise _wrong("statutory_item")
    return number


def _normative(value: object) -> bool | Literal["规章"]:
    if isinstance(value, str) and value.strip() == "规章":
        return "规章"
    return _flag(value)


def _cell(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _as(**schema: object) -> WithJsonSchema:
    """What an editor may write, in JSON Schema; YAML gives it numbers and flags where we read text."""
    return WithJsonSchema(dict(schema))


_ONE = {"type": ["string", "number"]}
_DAY = r"^\d{4}-\d{2}-\d{2}"
_FLAGS = [True, False, "是", "否", "yes", "no"]
TextValue = Annotated[str, BeforeValidator(_text), _as(**_ONE)]
Texts = Annotated[
    tuple[TextValue, ...],
    BeforeValidator(_texts),
    _as(anyOf=[_ONE, {"type": "array", "items": _ONE}]),
]
Day = Annotated[date, BeforeValidator(parse_date), _as(type="string", pattern=_DAY + "$")]
Published = Annotated[
    Moment,
    BeforeValidator(_moment),
    _as(type="string", pattern=_DAY + r"([ T]\d{2}:\d{2}(:\d{2})?)?$"),
]
Flag = Annotated[bool, BeforeValidator(_flag), _as(enum=_FLAGS)]
Year = Annotated[
    int,
    BeforeValidator(_year),
    _as(
        anyOf=[
            {"type": "integer", "minimum": 1949, "maximum": 2200},
            {"type": "string", "pattern": r"^\d{4}年?$"},
        ]
    ),
]
WholeNumber = Annotated[int, BeforeValidator(_whole)]
Cell = Annotated[str, BeforeValidator(_cell), _as(**_ONE)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _zh(chinese: str) -> JsonDict:
    return {"中文键": chinese}


class Review(_Part):
    """Who drafted, reviewed, published and checked a document for secrets, and when (审核)."""

    drafter: TextValue | None = Field(None, json_schema_extra=_zh("拟稿人"))
    reviewer: TextValue | None = Field(None, json_schema_extra=_zh("审稿人"))
    publisher: TextValue | None = Field(None, json_schema_extra=_zh("发布人"))
    secrecy: TextValue | None = Field(None, json_schema_extra=_zh("保密审查人"))
    on: Day | None = Field(None, json_schema_extra=_zh("审核日期"))


class AttachmentField(_Part):
    """A file beside the document, and what to call it (附件)."""

    file: TextValue = Field(json_schema_extra=_zh("文件"))
    title: TextValue | None = Field(None, json_schema_extra=_zh("名称"))


class Task(_Part):
    """A row of the task table of work points (任务分解表)."""

    task: TextValue = Field(json_schema_extra=_zh("任务"))
    detail: TextValue | None = Field(None, json_schema_extra=_zh("要求"))
    lead: Texts = Field((), json_schema_extra=_zh("牵头单位"))
    support: Texts = Field((), json_schema_extra=_zh("配合单位"))
    due: TextValue | None = Field(None, json_schema_extra=_zh("时限"))
    status: TextValue | None = Field(None, json_schema_extra=_zh("状态"))
    done: Day | None = Field(None, json_schema_extra=_zh("完成日期"))
    link: TextValue | None = Field(None, json_schema_extra=_zh("落实情况"))


class Feedback(_Part):
    """An opinion received in a consultation and what became of it (意见采纳情况)."""

    opinion: TextValue = Field(json_schema_extra=_zh("意见"))
    adopted: TextValue | None = Field(None, json_schema_extra=_zh("是否采纳"))
    reason: TextValue | None = Field(None, json_schema_extra=_zh("理由"))
    giver: TextValue | None = Field(None, json_schema_extra=_zh("反馈人"))


class Consultation(_Part):
    """When opinions are taken and what became of them (征集)."""

    opens: Day | None = Field(None, json_schema_extra=_zh("开始日期"))
    closes: Day | None = Field(None, json_schema_extra=_zh("截止日期"))
    reason_short: TextValue | None = Field(None, json_schema_extra=_zh("不足三十日的理由"))
    feedback: tuple[Feedback, ...] = Field((), json_schema_extra=_zh("意见采纳情况"))


class Question(_Part):
    """A question with its answer (问答)."""

    question: TextValue = Field(json_schema_extra=_zh("问"))
    answer: TextValue | None = Field(None, json_schema_extra=_zh("答"))
    asked: Day | None = Field(None, json_schema_extra=_zh("提问日期"))
    answered: Day | None = Field(None, json_schema_extra=_zh("答复日期"))
    policy: TextValue | None = Field(None, json_schema_extra=_zh("政策"))
    times: WholeNumber | None = Field(None, json_schema_extra=_zh("提问次数"))
    hot: Flag = Field(False, json_schema_extra=_zh("热点"))


class Withdrawal(_Part):
    """Since when and why only a notice answers at the address (撤下)."""

    on: Day | None = Field(None, json_schema_extra=_zh("日期"))
    reason: TextValue | None = Field(None, json_schema_extra=_zh("原因"))
    replaced_by: TextValue | None = Field(None, json_schema_extra=_zh("替代"))


class Waiver(_Part):
    """A finding that is accepted, with a reason, a name and an end (豁免)."""

    rule: TextValue = Field(json_schema_extra=_zh("规则"))
    reason: TextValue = Field(json_schema_extra=_zh("理由"))
    by: TextValue = Field(json_schema_extra=_zh("批准人"))
    until: Day = Field(json_schema_extra=_zh("期限"))


class StockRow(_Part):
    """A row of the first block of table 2: documents made, repealed and in force (件)."""

    made: Cell = Field("", json_schema_extra=_zh("本年制发件数"))
    repealed: Cell = Field("", json_schema_extra=_zh("本年废止件数"))
    in_force: Cell = Field("", json_schema_extra=_zh("现行有效件数"))


class Table2(_Part):
    """Table 2 (主动公开政府信息情况): counts, and fees in 万元, as written."""

    rules: StockRow | None = Field(None, json_schema_extra=_zh("规章"))
    normative: StockRow | None = Field(None, json_schema_extra=_zh("行政规范性文件"))
    permits: Cell = Field("", json_schema_extra=_zh("行政许可"))
    penalties: Cell = Field("", json_schema_extra=_zh("行政处罚"))
    coercions: Cell = Field("", json_schema_extra=_zh("行政强制"))
    fees: Cell = Field("", json_schema_extra=_zh("行政事业性收费"))


def _rows(value: object) -> object:
    if not isinstance(value, dict):
        raise _wrong("rows")
    for cells in value.values():
        if not isinstance(cells, list | tuple):
            raise _wrong("cells")
    return value


def _attachment(value: object) -> object:
    # A bare file name is an attachment without a title of its own.
    return {"file": value} if isinstance(value, str) else value


Rows = Annotated[dict[str, tuple[Cell, ...]], BeforeValidator(_rows)]


class Report(_Part):
    """The tables of an annual report (年报数据), cells as written; `report-cells` judges them."""

    period: tuple[Day, Day] | None = Field(None, json_schema_extra=_zh("统计期间"))
    table2: Table2 | None = Field(None, json_schema_extra=_zh("表二"))
    table3: Rows = Field(default_factory=dict, json_schema_extra=_zh("表三"))
    table4: Rows = Field(default_factory=dict, json_schema_extra=_zh("表四"))


_ALWAYS = ("title", "published", "disclosure", "review")


class FrontMatter(_Part):
    """The fields that a document may have; a kind's own type says which of them it must have."""

    # What validates a kind takes 5 ms to make, and most commands meet few kinds or none.
    model_config = ConfigDict(defer_build=True)

    required: ClassVar[tuple[str, ...]] = _ALWAYS

    title: TextValue | None = Field(None, json_schema_extra=_zh("标题"))
    kind: TextValue | None = Field(None, json_schema_extra=_zh("文种"))
    column: TextValue | None = Field(None, json_schema_extra=_zh("栏目"))
    also_in: Texts = Field((), json_schema_extra=_zh("同时列入"))
    topics: Texts = Field((), json_schema_extra=_zh("专题"))
    published: Published | None = Field(None, json_schema_extra=_zh("发布日期"))
    signed: Day | None = Field(None, json_schema_extra=_zh("成文日期"))
    effective: Day | None = Field(None, json_schema_extra=_zh("施行日期"))
    expires: Day | None = Field(None, json_schema_extra=_zh("失效日期"))
    status: Status | None = Field(None, json_schema_extra=_zh("有效性"))
    document_number: TextValue | None = Field(None, json_schema_extra=_zh("发文字号"))
    index_number: TextValue | None = Field(None, json_schema_extra=_zh("索引号"))
    issuer: Texts = Field((), json_schema_extra=_zh("发文机关"))
    source: TextValue | None = Field(None, json_schema_extra=_zh("来源"))
    disclosure: Disclosure | None = Field(None, json_schema_extra=_zh("公开属性"))
    review: Review | None = Field(None, json_schema_extra=_zh("审核"))
    subject: Annotated[str, BeforeValidator(_subject)] | None = Field(
        None, json_schema_extra=_zh("主题分类")
    )
    statutory_item: (
        Annotated[int, BeforeValidator(_item), _as(type="integer", minimum=1, maximum=15)] | None
    ) = Field(None, json_schema_extra=_zh("法定事项"))
    normative: Annotated[
        bool | Literal["规章"], BeforeValidator(_normative), _as(enum=[*_FLAGS, "规章"])
    ] = Field(False, json_schema_extra=_zh("规范性文件"))
    keywords: Texts = Field((), json_schema_extra=_zh("关键词"))
    summary: TextValue | None = Field(None, json_schema_extra=_zh("内容概述"))
    interprets: Texts = Field((), json_schema_extra=_zh("解读对象"))
    based_on: Texts = Field((), json_schema_extra=_zh("依据"))
    supersedes: Texts = Field((), json_schema_extra=_zh("废止"))
    amends: Texts = Field((), json_schema_extra=_zh("修改"))
    related: Texts = Field((), json_schema_extra=_zh("相关"))
    attachments: tuple[Annotated[AttachmentField, BeforeValidator(_attachment)], ...] = Field(
        (), json_schema_extra=_zh("附件")
    )
    contact: TextValue | None = Field(None, json_schema_extra=_zh("咨询方式"))
    year: Year | None = Field(None, json_schema_extra=_zh("年度"))
    period: TextValue | None = Field(None, json_schema_extra=_zh("期次"))
    report: Report | None = Field(None, json_schema_extra=_zh("年报数据"))
    tasks: tuple[Task, ...] = Field((), json_schema_extra=_zh("任务"))
    superior_published: Day | None = Field(None, json_schema_extra=_zh("上级发布日期"))
    consultation: Consultation | None = Field(None, json_schema_extra=_zh("征集"))
    questions: tuple[Question, ...] = Field((), json_schema_extra=_zh("问答"))
    aliases: Texts = Field((), json_schema_extra=_zh("旧址"))
    draft: Flag = Field(False, json_schema_extra=_zh("草稿"))
    withdrawn: Withdrawal | None = Field(None, json_schema_extra=_zh("撤下"))
    waive: tuple[Waiver, ...] = Field((), json_schema_extra=_zh("豁免"))


class Policy(FrontMatter):
    """A policy file (政策文件)."""

    required: ClassVar[tuple[str, ...]] = (*_ALWAYS, "signed", "index_number")


class Interpretation(FrontMatter):
    """An interpretation of a policy (政策解读)."""

    required: ClassVar[tuple[str, ...]] = (*_ALWAYS, "interprets")


class AnnualReport(FrontMatter):
    """The yearly report on disclosure (年度报告)."""

    required: ClassVar[tuple[str, ...]] = (*_ALWAYS, "year")


class WorkPoints(FrontMatter):
    """The year's work points (工作要点)."""

    required: ClassVar[tuple[str, ...]] = (*_ALWAYS, "year")


class Guide(FrontMatter):
    """The guide of article 12 (指南)."""


class Institution(FrontMatter):
    """An institution: a rule about disclosure itself (制度)."""


class Notice(FrontMatter):
    """Anything else that is disclosed (其他公开信息)."""


class ConsultationDocument(FrontMatter):
    """A consultation on a draft (意见征集)."""


class Faq(FrontMatter):
    """A list of questions and answers (问答)."""


class Event(FrontMatter):
    """An open-day event (开放活动)."""


class TopicDocument(FrontMatter):
    """The introduction of a topic (专题)."""


TYPES: dict[Kind, type[FrontMatter]] = {
    Kind.POLICY: Policy,
    Kind.INTERPRETATION: Interpretation,
    Kind.ANNUAL_REPORT: AnnualReport,
    Kind.WORK_POINTS: WorkPoints,
    Kind.GUIDE: Guide,
    Kind.INSTITUTION: Institution,
    Kind.NOTICE: Notice,
    Kind.CONSULTATION: ConsultationDocument,
    Kind.FAQ: Faq,
    Kind.EVENT: Event,
    Kind.TOPIC: TopicDocument,
}


def chinese_keys(part: type[BaseModel]) -> dict[str, str]:
    """The Chinese key of each field of `part`, as `{"标题": "title"}`."""
    return {
        str(field.json_schema_extra["中文键"]): name
        for name, field in part.model_fields.items()
        if isinstance(field.json_schema_extra, dict) and "中文键" in field.json_schema_extra
    }


def chinese_name(key: str, path: tuple[str | int, ...] = ()) -> str:
    """The Chinese name of a field in the map at `path` of the front matter; the key itself if it has none."""
    part = _part_at(path)
    for chinese, name in _KEYS[part].items() if part else ():
        if name == key:
            return chinese
    return key


def _part_at(path: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The part of the front matter whose map stands at `path`."""
    part: type[BaseModel] | None = FrontMatter
    for step in path:
        if isinstance(step, str) and part is not None:
            part = _INSIDE.get(part, {}).get(step)
    return part


def _parts_of(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Union, UnionType, tuple, Annotated):
        return [part for inner in get_args(annotation) for part in _parts_of(inner)]
    return []


def _collect(part: type[BaseModel]) -> dict[type[BaseModel], dict[str, str]]:
    found = {part: chinese_keys(part)}
    for field in part.model_fields.values():
        for inner in _parts_of(field.annotation):
            found |= _collect(inner)
    return found


_KEYS = _collect(FrontMatter)
_INSIDE: dict[type[BaseModel], dict[str, type[BaseModel]]] = {
    part: {
        name: inner[0]
        for name, field in part.model_fields.items()
        if (inner := _parts_of(field.annotation))
    }
    for part in _KEYS
}

# A document leaves most fields out. What none of them says is said once, by its type: see `validate.fields`.
for _part in _KEYS:
    for _name, _field in _part.model_fields.items():
        if not (_field.is_required() or _field.default_factory):
            setattr(_part, _name, _field.default)


def english_key(path: tuple[str | int, ...], key: str) -> str:
    """The English form of `key`, which stands in the map at `path` of the front matter."""
    if path in (("report", "table3"), ("report", "table4")):
        return row_key(key)
    part = _part_at(path)
    if part is None:
        return key
    return _KEYS[part].get(key, key)


def known_keys(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that may stand in the map at `path`, English then Chinese; for “did you mean”."""
    part = _part_at(path)
    if part is None:
        return ()
    return (*part.model_fields, *_KEYS[part])
