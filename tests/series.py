"""Invented series of documents (系列文件): what is issued again and again under one name, and its natural names.

A series is where links go wrong: the report of another year, the bulletin of another quarter, the same
document of another organ. Each document knows the texts by which editors link to it, and which of its
particulars each text states.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

ORGANS = {
    "海川市财政局": "市财政局",
    "海川市统计局": "市统计局",
    "海川市自然资源和规划局": "市自规局",
    "海川市卫生健康委员会": "市卫健委",
    "望潮街道办事处": "望潮街道",
    "石桥镇人民政府": "石桥镇",
}
OWN = "海川市财政局"
CODES = {
    "海川市财政局": "海财",
    "海川市统计局": "海统",
    "海川市自然资源和规划局": "海自规",
    "海川市卫生健康委员会": "海卫健",
    "望潮街道办事处": "望街办",
    "石桥镇人民政府": "石政",
}
DIGITS = "〇一二三四五六七八九"
SETTINGS = "\n".join(
    [
        f"organ: {{name: {OWN}, short_name: 市财政局, code: '000014349'}}",
        "base_url: https://www.example.gov.cn/zwgk/",
        "organs:",
        *(f"  - {{name: {name}, short_names: [{short}]}}" for name, short in ORGANS.items()),
        "",
    ]
)


def chinese(year: int) -> str:
    """`2024` digit by digit: 二〇二四."""
    return "".join(DIGITS[int(digit)] for digit in str(year))


def counted(value: int) -> str:
    """`12` as 十二."""
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else ("" if tens == 1 else DIGITS[tens]) + "十") + (
        DIGITS[ones] if ones else ""
    )


@dataclass(frozen=True)
class Name:
    """A text that means one document, and the particulars that it states."""

    text: str
    states: frozenset[str]


@dataclass(frozen=True)
class Item:
    """A document of a series: where it stands, its front matter, its particulars and its names."""

    series: str
    path: str
    fields: dict[str, str]
    particulars: dict[str, object]
    names: tuple[Name, ...] = field(default=(), compare=False)


def _name(text: str, *states: str) -> Name:
    return Name(text, frozenset(states))


def _item(series: str, path: str, names: list[Name], fields: dict[str, str], **of: object) -> Item:
    return Item(series, f"content/{path}.md", fields, of, tuple(names))


def annual_reports() -> Iterator[Item]:
    """政府信息公开工作年度报告 of six organs and six years."""
    for code, (organ, short) in enumerate(ORGANS.items()):
        for year in range(2020, 2026):
            names = [
                _name(f"{organ}{year}年政府信息公开工作年度报告", "year", "organ"),
                _name(f"{short}{year}年政府信息公开工作年度报告", "year", "organ"),
                _name(f"{year}年{short}政府信息公开年报", "year", "organ"),
                _name(f"《{organ} {year} 年政府信息公开工作年度报告》", "year", "organ"),
                _name(f"{year}年政府信息公开工作年度报告", "year"),
                _name(f"{year}年度报告", "year"),
                _name(f"{year}年年报", "year"),
                _name(f"{chinese(year)}年度政府信息公开年报", "year"),
                _name(f"{year}年年度报告（PDF）".replace("2", "２"), "year"),
                _name(
                    f"我局{year}年度政府信息公开工作年度报告"
                    if organ == OWN
                    else f"{short}{year}年年度报告",
                    "year",
                ),
            ]
            fields = {"title": f"{organ}{year}年政府信息公开工作年度报告", "year": str(year)}
            day = {"published": f"{year + 1}-01-21", "signed": f"{year + 1}-01-19"}
            yield _item(
                "年度报告",
                f"annual-report/{code}-{year}",
                names,
                fields | day,
                organ=organ,
                year=year,
            )


def work_points() -> Iterator[Item]:
    """政务公开工作要点 of six organs and six years; those of even years are issued by a notice."""
    for code, (organ, short) in enumerate(ORGANS.items()):
        for year in range(2020, 2026):
            names = [
                _name(f"{short}{year}年政务公开工作要点", "year", "organ"),
                _name(f"{year}年{short}政务公开工作要点", "year", "organ"),
                _name(f"关于印发《{year}年{short}政务公开工作要点》的通知", "year", "organ"),
                _name(f"{organ}关于印发{year}年政务公开工作要点的通知", "year", "organ"),
                _name(f"{year}年政务公开工作要点", "year"),
                _name(f"《{year}年政务公开工作要点》", "year"),
                _name(f"{year}年工作要点", "year"),
                _name(f"{chinese(year)}年工作要点", "year"),
                _name(f"{year} 年度政务公开工作要点（全文）", "year"),
            ]
            title = f"{organ}{year}年政务公开工作要点"
            if year % 2 == 0:
                title = f"关于印发《{year}年{short}政务公开工作要点》的通知"
            fields = {"title": title, "year": str(year)}
            day = {"published": f"{year}-05-11", "signed": f"{year}-05-08"}
            where = f"statutory/work-points/{code}-{year}"
            yield _item("工作要点", where, names, fields | day, organ=organ, year=year)


def bulletins() -> Iterator[Item]:
    """Quarterly bulletins; the last quarter appears in the next year."""
    for year in (2023, 2024, 2025):
        for quarter in range(1, 5):
            words = f"第{DIGITS[quarter]}季度"
            names = [
                _name(f"{year}年{words}财政收支情况", "year", "period"),
                _name(f"{year}年第{quarter}季度财政收支情况", "year", "period"),
                _name(f"{year}年{DIGITS[quarter]}季度财政收支情况", "year", "period"),
                _name(f"{year}年{quarter}季度情况", "year", "period"),
                _name(f"{year}年Q{quarter}财政收支", "year", "period"),
                _name(f"{words}财政收支情况", "period"),
                _name(f"{3 * quarter - 2}—{3 * quarter}月财政收支情况", "period"),
                _name(f"{chinese(year)}年{words}情况", "year", "period"),
            ]
            late = quarter == 4
            fields = {
                "title": f"{year}年{words}全市财政收支情况",
                "published": f"{year + late}-{1 if late else 3 * quarter + 1:02}-20",
            }
            where = f"statutory/notice/{year}/quarter-{quarter}"
            yield _item("季度公报", where, names, fields, year=year, period=("quarter", quarter))


def statistics() -> Iterator[Item]:
    """Monthly statistics; half of them name their month in the front matter alone."""
    for year in (2024, 2025):
        for month in range(1, 13):
            names = [
                _name(f"{year}年{month}月主要经济指标", "year", "period"),
                _name(f"{year}年{month}月份主要经济指标", "year", "period"),
                _name(f"{year}年{counted(month)}月主要经济指标", "year", "period"),
                _name(f"{month}月主要经济指标", "period"),
                _name(f"{month}月份统计数据", "period"),
                _name(f"{chinese(year)}年{counted(month)}月统计数据", "year", "period"),
            ]
            fields = {"title": f"{year}年{month}月份全市主要经济指标"}
            if month % 2:
                fields = {
                    "title": "全市主要经济指标统计月报",
                    "year": str(year),
                    "period": f"{month}月",
                }
            next_year, next_month = divmod(12 * year + month, 12)
            fields["published"] = f"{next_year}-{next_month + 1:02}-18"
            fields["issuer"] = "海川市统计局"
            where = f"statutory/notice/{year}/month-{month:02}"
            yield _item("统计月报", where, names, fields, year=year, period=("month", month))


def cumulated() -> Iterator[Item]:
    """Figures from the first month on: 1—5月, 上半年, 前三季度."""
    for last, words in (
        (2, "1—2月"),
        (5, "1—5月"),
        (6, "上半年"),
        (8, "1—8月"),
        (9, "前三季度"),
        (11, "1—11月"),
    ):
        names = [
            _name(f"2025年{words}规模以上工业情况", "period"),
            _name(f"2025年1-{last}月规模以上工业情况", "period"),
            _name(f"1～{last}月规模以上工业情况", "period"),
            _name(f"{words}工业情况", "period"),
        ]
        fields = {
            "title": f"2025年{words}规模以上工业运行情况",
            "published": f"2025-{last + 1:02}-20",
        }
        yield _item(
            "累计数据",
            f"statutory/notice/2025/cumulated-{last:02}",
            names,
            fields,
            year=2025,
            period=last,
        )


def batches() -> Iterator[Item]:
    """Batches of a list, and issues of a bulletin that are also counted on through the years."""
    for number in range(1, 13):
        names = [
            _name(f"海川市公共数据开放清单（第{counted(number)}批）", "period"),
            _name(f"公共数据开放清单(第{number}批)", "period"),
            _name(f"第{counted(number)}批公共数据开放清单", "period"),
            _name(f"第{number}批开放清单", "period"),
        ]
        fields = {
            "title": f"海川市公共数据开放清单（第{counted(number)}批）",
            "published": f"2025-{number:02}-12",
        }
        yield _item(
            "批次",
            f"statutory/notice/2025/batch-{number}",
            names,
            fields,
            year=2025,
            period=("batch", number),
        )
    for number in range(1, 13):
        names = [
            _name(f"《政务公开简报》2025年第{number}期", "period"),
            _name(f"政务公开简报第{counted(number)}期", "period"),
            _name(f"政务公开简报 2025年 第 {number} 期（总第{number + 40}期）", "period"),
            _name(f"政务公开简报（总第{number + 40}期）", "period"),
        ]
        title = f"政务公开简报2025年第{number}期（总第{number + 40}期）"
        fields = {"title": title, "published": f"2025-{number:02}-26", "period": f"第{number}期"}
        yield _item(
            "简报",
            f"statutory/notice/2025/brief-{number}",
            names,
            fields,
            year=2025,
            period=("issue", number),
        )


def policies() -> Iterator[Item]:
    """Policies of one name, told apart by their numbers alone."""
    for organ, code in CODES.items():
        short = ORGANS[organ]
        for year in (2023, 2024):
            for serial in (3, 12, 21):
                number = f"{code}〔{year}〕{serial}号"
                title = f"{organ}关于做好行政规范性文件清理工作的通知"
                bare = "关于做好行政规范性文件清理工作的通知"
                names = [
                    _name(number, "number", "organ"),
                    _name(f"{code}[{year}]{serial}号", "number", "organ"),
                    _name(f"{code}（{year}）{serial}号", "number", "organ"),
                    _name(f"{code}【{year}】第{serial}号", "number", "organ"),
                    _name(f"{title}（{number}）", "number", "organ"),
                    _name(f"《{bare}》（{number}）", "number", "organ"),
                    _name(f"{short}{bare}（{number}）", "number", "organ"),
                    _name(f"〔{year}〕{serial}号", "number"),
                ]
                fields = {
                    "title": title,
                    "document_number": number,
                    "signed": f"{year}-0{serial % 9 + 1}-10",
                    "published": f"{year}-0{serial % 9 + 1}-12",
                }
                where = f"statutory/policy/{year}/{code}-{serial}"
                yield _item("文号", where, names, fields, organ=organ, number=(year, serial))


def budgets() -> Iterator[Item]:
    """Budgets and accounts of each organ and year."""
    for code, (organ, short) in enumerate(ORGANS.items()):
        for year in (2022, 2023, 2024, 2025):
            for kind, word, day in (
                ("budget", "预算", f"{year}-02-10"),
                ("accounts", "决算", f"{year + 1}-08-20"),
            ):
                names = [
                    _name(f"{organ}{year}年度部门{word}", "year", "organ"),
                    _name(f"{short}{year}年部门{word}", "year", "organ"),
                    _name(f"{year}年度{short}{word}公开", "year", "organ"),
                    _name(f"{year}年部门{word}", "year"),
                    _name(f"{year}年度{word}公开说明", "year"),
                    _name(f"{chinese(year)}年{word}", "year"),
                ]
                fields = {"title": f"{organ}{year}年度部门{word}", "published": day}
                where = f"statutory/notice/{year}/{kind}-{code}"
                yield _item(word, where, names, fields, organ=organ, year=year)


def same_of_each() -> Iterator[Item]:
    """One document of every organ: the guide, the list of powers, the duties."""
    for code, (organ, short) in enumerate(ORGANS.items()):
        for slug, words in (
            ("powers", "权责清单"),
            ("duties", "主要职责"),
            ("hotline", "办事服务"),
        ):
            names = [
                _name(f"{organ}{words}", "organ"),
                _name(f"{short}{words}", "organ"),
                _name(f"{words}（{short}）", "organ"),
                _name(f"《{short}{words}》", "organ"),
                _name(short, "organ"),
            ]
            fields = {"title": f"{organ}{words}", "published": "2025-04-02"}
            where = f"statutory/notice/2025/{slug}-{code}"
            yield _item(words, where, names, fields, organ=organ)


def everything() -> list[Item]:
    """All documents of all series; `issuer` is filled in."""
    makers = (
        annual_reports,
        work_points,
        bulletins,
        statistics,
        cumulated,
        batches,
        policies,
        budgets,
        same_of_each,
    )
    items = [item for make in makers for item in make()]
    for item in items:
        item.fields.setdefault("issuer", str(item.particulars.get("organ", OWN)))
    return items


def mix_ups(items: list[Item], seed: int, each: int) -> list[tuple[Item, Name, Item]]:
    """For each document `each` texts of it that state what tells it apart from another one of its series."""
    chance = random.Random(seed)
    by_series: dict[str, list[Item]] = {}
    for item in items:
        by_series.setdefault(item.series, []).append(item)
    found = []
    for item in items:
        pairs = [
            (name, other)
            for other in by_series[item.series]
            for dimension in [only_difference(item, other)]
            for name in item.names
            if dimension and dimension in name.states
        ]
        for name, other in chance.sample(pairs, min(each, len(pairs))):
            found.append((item, name, other))
    return found


def only_difference(one: Item, other: Item) -> str:
    """The one particular in which two documents differ; empty where it is not just one."""
    differ = [key for key, value in one.particulars.items() if other.particulars.get(key) != value]
    return differ[0] if len(differ) == 1 else ""
