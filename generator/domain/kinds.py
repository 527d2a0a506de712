"""Kinds of documents (文种), reasons for disclosure and states of validity: the closed lists."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a document is; the value is its id in front matter and `catalog.json`."""

    POLICY = "policy"
    INTERPRETATION = "interpretation"
    ANNUAL_REPORT = "annual-report"
    WORK_POINTS = "work-points"
    GUIDE = "guide"
    INSTITUTION = "institution"
    NOTICE = "notice"
    CONSULTATION = "consultation"
    FAQ = "faq"
    EVENT = "event"
    TOPIC = "topic"

    @property
    def zh(self) -> str:
        """The Chinese word for the kind, as editors write it."""
        return KIND_NAMES[self]


KIND_NAMES: dict[Kind, str] = {
    Kind.POLICY: "政策文件",
    Kind.INTERPRETATION: "政策解读",
    Kind.ANNUAL_REPORT: "年度报告",
    Kind.WORK_POINTS: "工作要点",
    Kind.GUIDE: "指南",
    Kind.INSTITUTION: "制度",
    Kind.NOTICE: "其他公开信息",
    Kind.CONSULTATION: "意见征集",
    Kind.FAQ: "问答",
    Kind.EVENT: "开放活动",
    Kind.TOPIC: "专题",
}
# What editors write in place of the official word.
_OTHER_WORDS: dict[str, Kind] = {
    "解读": Kind.INTERPRETATION,
    "年报": Kind.ANNUAL_REPORT,
    "政务公开工作要点": Kind.WORK_POINTS,
    "政府信息公开指南": Kind.GUIDE,
    "政府信息公开制度": Kind.INSTITUTION,
    "政策问答": Kind.FAQ,
    "政府开放日": Kind.EVENT,
    "公告": Kind.NOTICE,
    "通知公告": Kind.NOTICE,
}


def kind_of(word: str) -> Kind | None:
    """The kind that `word` names, as an id (`work-points`) or in Chinese (`工作要点`); else None."""
    for kind, name in KIND_NAMES.items():
        if word in (kind.value, name):
            return kind
    return _OTHER_WORDS.get(word)


class Disclosure(StrEnum):
    """The disclosure attribute (公开属性) given when a document is drafted (国办发〔2016〕80号)."""

    PUBLIC = "主动公开"
    ON_REQUEST = "依申请公开"
    NOT = "不予公开"


class Status(StrEnum):
    """The validity (有效性) shown on every document."""

    VALID = "有效"
    AMENDED = "已修改"
    REPEALED = "废止"
    EXPIRED = "失效"
    PENDING = "尚未施行"
