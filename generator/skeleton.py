"""Skeletons (新建文件): a new document of a kind, with the next index number and the fields to fill in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from generator.domain.annual_report import SECTIONS, TABLE3, TABLE4
from generator.domain.kinds import Kind
from generator.finding import Text
from generator.model import Site

_INDEX_NUMBER = re.compile(r"([^/]+)/(\d{4})-(\d{5,7})")


class SkeletonError(Exception):
    """No document can be made; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


@dataclass(frozen=True, slots=True)
class Draft:
    """A new document: its path below the site folder, and its text."""

    path: str
    text: str


def new_document(site: Site, kind: Kind, title: str, year: int | None, path: str | None) -> Draft:
    """A document of `kind` to fill in; raises `SkeletonError` when no index number can be made."""
    number = next_index_number(site)
    serial = number.rpartition("-")[2]
    covered = year or (site.today.year - 1 if kind is Kind.ANNUAL_REPORT else site.today.year)
    return Draft(
        path or _path(site, kind, serial, covered), _text(site, kind, title, number, covered)
    )


def next_index_number(site: Site) -> str:
    """The first index number of the year that no document has or ever had (国办秘函〔2009〕6号)."""
    documents = (entry.document.meta.index_number for entry in site.entries.values())
    numbers = [*filter(None, documents), *(number for _, number in site.register if number)]
    found = [match for number in numbers if (match := _INDEX_NUMBER.fullmatch(number))]
    code = site.config.organ.code or _commonest([match[1] for match in found])
    if not code:
        raise SkeletonError(
            Text(
                "site.yaml 里没有机构代码（organ.code），不能编索引号",
                "site.yaml has no organ.code, so no index number can be made",
            )
        )
    year = str(site.today.year)
    same = [match for match in found if match[1] == code and match[2] == year]
    width = max((len(match[3]) for match in same), default=5)
    serial = max((int(match[3]) for match in same), default=0) + 1
    return f"{code}/{year}-{serial:0{width}}"


def _commonest(codes: list[str]) -> str:
    return Counter(codes).most_common(1)[0][0] if codes else ""


def _path(site: Site, kind: Kind, serial: str, year: int) -> str:
    if kind is Kind.TOPIC:
        return f"content/topics/{serial}/index.md"
    column = next((c.id for c in site.config.all_columns if kind in c.kinds), None)
    if column is None:
        raise SkeletonError(
            Text(
                f"site.yaml 里没有收“{kind.zh}”的栏目，用 --to 指明写到哪里",
                f"no column of site.yaml takes {kind.value}; say where with --to",
            )
        )
    if kind in (Kind.ANNUAL_REPORT, Kind.WORK_POINTS):
        return f"content/{column}/{year}.md"
    if kind in (Kind.GUIDE, Kind.INSTITUTION):
        return f"content/{column}/{serial}.md"
    return f"content/{column}/{site.today.year}/{serial}.md"


def _text(site: Site, kind: Kind, title: str, number: str, year: int) -> str:
    today = site.today.isoformat()
    lines = [
        "---",
        f"标题: {_quoted(title or _title(site, kind, year))}",
        f"文种: {kind.zh}",
        f"索引号: {number}",
        f"发布日期: {today}",
        *_fields(site, kind, year),
        "公开属性:      # 主动公开、依申请公开或不予公开，拟稿时认定",
        "审核:",
        "  拟稿人:",
        "  审稿人:      # 不能是拟稿人本人",
        "  发布人:",
        "  保密审查人:",
        "  审核日期:    # 不晚于发布日期",
        "---",
        "",
        *_body(kind),
    ]
    return "\n".join(lines) + "\n"


def _title(site: Site, kind: Kind, year: int) -> str:
    name = site.config.organ.name
    titles = {
        Kind.ANNUAL_REPORT: f"{name}{year}年政府信息公开工作年度报告",
        Kind.WORK_POINTS: f"{name}{year}年政务公开工作要点",
        Kind.GUIDE: f"{name}政府信息公开指南",
    }
    return titles.get(kind, "")


def _quoted(text: str) -> str:
    if not text or re.fullmatch(r"[\w一-龥《》〔〕（）“”、，。·—]+", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fields(site: Site, kind: Kind, year: int) -> list[str]:
    today = site.today.isoformat()
    if kind is Kind.POLICY:
        return [
            "发文字号:      # 例如 海府办发〔2024〕16号，年份用六角括号",
            f"成文日期: {today}",
            "主题分类:      # 大类\\小类，例如 综合政务\\政务公开",
            "规范性文件: 否",
            "内容概述:",
            "咨询方式:",
        ]
    if kind is Kind.INTERPRETATION:
        return ["解读对象:      # 政策的发文字号或路径", "咨询方式:"]
    if kind is Kind.ANNUAL_REPORT:
        return [f"年度: {year}", *_report_fields(year)]
    if kind is Kind.WORK_POINTS:
        return [f"年度: {year}", "任务:", "  - 任务: ", "    牵头单位: ", f"    时限: {year}-12-31"]
    if kind is Kind.CONSULTATION:
        return ["征集:", f"  开始日期: {today}", "  截止日期:    # 一般不少于三十日"]
    if kind is Kind.FAQ:
        return ["问答:", "  - 问: ", "    答: ", f"    提问日期: {today}"]
    return ["内容概述:"]


def _report_fields(year: int) -> list[str]:
    stock = "{本年制发件数: 0, 本年废止件数: 0, 现行有效件数: 0}"
    return [
        "年报数据:",
        f"  统计期间: [{year}-01-01, {year}-12-31]",
        "  表二:",
        f"    规章: {stock}",
        f"    行政规范性文件: {stock}",
        *(f"    {name}: 0" for name in ("行政许可", "行政处罚", "行政强制")),
        "    行政事业性收费: 0.00",
        "  表三:        # 自然人, 商业企业, 科研机构, 社会公益组织, 法律服务机构, 其他, 总计",
        *(f"    {row.key}: [0, 0, 0, 0, 0, 0, 0]    # {row.label}" for row in TABLE3),
        "  表四:        # 结果维持, 结果纠正, 其他结果, 尚未审结, 总计",
        *(f"    {key}: [0, 0, 0, 0, 0]    # {'·'.join(path)}" for key, path in TABLE4.items()),
    ]


_PARTS: dict[Kind, tuple[str, ...]] = {
    Kind.ANNUAL_REPORT: SECTIONS,
    Kind.INTERPRETATION: (
        "一、背景依据",
        "二、目标任务",
        "三、主要内容",
        "四、适用范围",
        "五、执行标准",
        "六、注意事项",
        "七、关键词解释",
        "八、咨询方式",
    ),
    Kind.GUIDE: (
        "一、信息分类和编排体系",
        "二、获取方式",
        "三、依申请公开",
        "四、公开工作机构",
        "五、监督和救济",
    ),
}


def _body(kind: Kind) -> list[str]:
    return [line for part in _PARTS.get(kind, ("（在这里写正文。）",)) for line in (part, "")][:-1]
