"""Skeletons (新建文件): a new document of a kind, with the next index number and the fields to fill in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from generator.domain.annual_report import SECTIONS, STOCK_ROWS, TABLE3, TABLE3_COLUMNS, TABLE4
from generator.domain.kinds import Kind
from generator.finding import Text
from generator.model import Document, Entry, Site
from generator.regex import regex
from generator.rules import annual, library, tasks

_INDEX_NUMBER = regex(r"([^/]+)/(\d{4})-(\d{5,7})")


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
    found = site.config.column_for(kind)
    if found is None:
        raise SkeletonError(
            Text(
                f"site.yaml 里没有收“{kind.zh}”的栏目，用 --to 指明写到哪里",
                f"no column of site.yaml takes {kind.value}; say where with --to",
            )
        )
    column = found.id
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
        *_body(site, kind, year),
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
        return [f"年度: {year}", *_related(site, year), *_report_fields(site, year)]
    if kind is Kind.WORK_POINTS:
        return [f"年度: {year}", "任务:", "  - 任务: ", "    牵头单位: ", f"    时限: {year}-12-31"]
    if kind is Kind.CONSULTATION:
        return ["征集:", f"  开始日期: {today}", "  截止日期:    # 一般不少于三十日"]
    if kind is Kind.FAQ:
        return ["问答:", "  - 问: ", "    答: ", f"    提问日期: {today}"]
    return ["内容概述:"]


def _related(site: Site, year: int) -> list[str]:
    plan = _work_points(site, year)
    return [f"相关: [{_below_content(plan)}]"] if plan else []


def _report_fields(site: Site, year: int) -> list[str]:
    return [
        "年报数据:",
        f"  统计期间: [{year}-01-01, {year}-12-31]",
        "  表二:",
        *(_stock_row(site, key, label, year) for key, label in STOCK_ROWS.items()),
        *(f"    {name}: 0" for name in ("行政许可", "行政处罚", "行政强制")),
        "    行政事业性收费: 0.00",
        "  表三:        # 自然人, 商业企业, 科研机构, 社会公益组织, 法律服务机构, 其他, 总计",
        *(
            _taken_over(site, row.label, year)
            if row.key == "carried_in"
            else f"    {row.key}: [0, 0, 0, 0, 0, 0, 0]    # {row.label}"
            for row in TABLE3
        ),
        "  表四:        # 结果维持, 结果纠正, 其他结果, 尚未审结, 总计",
        *(f"    {key}: [0, 0, 0, 0, 0]    # {'·'.join(path)}" for key, path in TABLE4.items()),
    ]


def _stock_row(site: Site, key: str, label: str, year: int) -> str:
    """A row of table 2 as the library counts it, on top of what last year's report left in force."""
    counts = library.of_year(library.lives(site)[key], year)
    made, repealed = len(counts.made.certain), len(counts.repealed.certain)
    last = _last_report(site, year)
    before = annual.of(last).stock[key].in_force if last else None
    in_force = len(counts.in_force.perhaps) if before is None else before + made - repealed
    known = "上年报告不在本站" if before is None else f"上年现行有效{before}件"
    said = [
        known,
        *_named("本站本年成文", counts.made.certain),
        *_named("本站本年废止或者失效", counts.repealed.certain),
        *_named("跨年待核", _doubtful(counts)),
    ]
    cells = f"{{本年制发件数: {made}, 本年废止件数: {repealed}, 现行有效件数: {max(0, in_force)}}}"
    return f"    {label}: {cells}    # {'；'.join(said)}"


def _doubtful(counts: library.Year) -> tuple[Document, ...]:
    """The documents that may count for this year or for another."""
    return tuple(
        document
        for count in (counts.made, counts.repealed)
        for document in count.perhaps
        if document not in count.certain
    )


def _named(label: str, documents: tuple[Document, ...]) -> list[str]:
    names = [document.meta.document_number or document.title for document in documents]
    return [f"{label}：{'、'.join(names)}"] if names else []


def _taken_over(site: Site, label: str, year: int) -> str:
    """The row 二 as last year's report carried it over in 四."""
    last = _last_report(site, year)
    cells = annual.of(last).table3["carried_out"] if last else ()
    known = [cell for cell in cells if cell is not None]
    if len(known) != len(TABLE3_COLUMNS):
        known, source = [0] * len(TABLE3_COLUMNS), "上年报告不在本站或者没有填，请照填"
    else:
        source = f"照{year - 1}年报告的结转数"
    return f"    carried_in: {known}    # {label}（{source}）"


def _last_report(site: Site, year: int) -> Entry | None:
    return annual.series(site).get("", {}).get(year - 1)


def _work_points(site: Site, year: int) -> Entry | None:
    """The organ's own work points of `year`, if the site has them."""
    return next(
        (
            entry
            for entry in tasks.work_points(site)
            if entry.document.meta.year == year and not annual.issuer(site, entry.document)
        ),
        None,
    )


def _below_content(entry: Entry) -> str:
    return entry.path.removeprefix("content/")


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


def _body(site: Site, kind: Kind, year: int) -> list[str]:
    texts = _report_texts(site, year) if kind is Kind.ANNUAL_REPORT else {}
    parts = _PARTS.get(kind, ("（在这里写正文。）",))
    return [line for part in parts for text in (part, *texts.get(part, ())) for line in (text, "")][
        :-1
    ]


def _report_texts(site: Site, year: int) -> dict[str, tuple[str, ...]]:
    """What every report says, by part: its period; the year's work points and the fees in part six."""
    plan = _work_points(site, year)
    return {
        SECTIONS[0]: (f"本报告统计期限为{year}年1月1日至12月31日。",),
        SECTIONS[5]: (
            f"（一）工作要点落实情况。{_told(plan, year)}",
            "（二）信息处理费情况。（写明本年度收取的金额；没有收取的，写“未收取”。）",
        ),
    }


def _told(plan: Entry | None, year: int) -> str:
    """The sentence on the work points, with the tasks that are still to be done."""
    if plan is None:
        return f"（写明{year}年工作要点各项任务的完成情况。）"
    planned = plan.document.meta.tasks
    left = [task.task for task in planned if not tasks.says_done(task)]
    link = f"[[{_below_content(plan)}|{year}年政务公开工作要点]]"
    if not planned:
        return f"{link}（写明各项任务的完成情况。）"
    said = f"{link}确定的{len(planned)}项任务，已完成{len(planned) - len(left)}项"
    if not left:
        return f"{said}。"
    return f"{said}，尚未完成{len(left)}项：{'、'.join(left)}。（写明原因和下一步安排。）"
