"""Invented titles of official documents (标题), and the natural ways in which editors write them in links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.series import DIGITS

ORGAN, SHORT = "海川市数据与政务公开局", "市数政局"
SETTINGS = f"""\
organ: {{name: {ORGAN}, short_name: {SHORT}, code: "000014349", superior: 海川市人民政府}}
base_url: https://www.example.gov.cn/zwgk/
organs:
  - {{name: 海川市人民政府, short_names: [市政府]}}
  - {{name: 海川市人民政府办公室, short_names: [市政府办公室, 市府办]}}
  - {{name: 海川市财政局, short_names: [市财政局]}}
  - {{name: 海川市市场监督管理局, short_names: [市市场监管局]}}
  - {{name: 海川市人力资源和社会保障局, short_names: [市人社局]}}
  - {{name: 海川市住房和城乡建设委员会, short_names: [市住建委]}}
"""


@dataclass(frozen=True)
class Titled:
    """A document with its title; `fields` are further lines of its front matter."""

    slug: str
    title: str
    folder: str = "statutory/notice/2025"
    number: str = ""
    issuer: str = ORGAN
    fields: str = ""
    interprets: str = ""

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.slug}.md"

    @property
    def text(self) -> str:
        """The whole file."""
        number = f"document_number: {self.number}\n" if self.number else ""
        interprets = f"interprets: {self.interprets}\n" if self.interprets else ""
        year = re.search(r"〔(\d{4})〕", self.number)
        day = f"{year[1]}-06-11" if year else "2025-03-11"
        return (
            f"---\ntitle: '{self.title}'\nissuer: {self.issuer}\n{number}{interprets}{self.fields}"
            f"signed: {day}\npublished: {day}\ndisclosure: 主动公开\n---\n\n正文。\n"
        )


_P = "statutory/policy/2024"
_I = "statutory/interpretation/2024"
_CITY, _OFFICE, _MONEY = "海川市人民政府", "海川市人民政府办公室", "海川市财政局"
TITLES: tuple[Titled, ...] = (
    Titled(
        "sharing", f"{ORGAN}关于印发《海川市公共数据共享管理办法》的通知", _P, "海数政规〔2024〕2号"
    ),
    Titled(
        "opening",
        f"{ORGAN}关于印发《海川市公共数据开放管理办法（试行）》的通知",
        _P,
        "海数政规〔2024〕5号",
    ),
    Titled(
        "catalog",
        f"{ORGAN}关于印发《海川市公共数据目录管理规定（2024年修订）》的通知",
        _P,
        "海数政规〔2024〕7号",
    ),
    Titled("reading", "海川市政策解读工作办法", _P, "海数政规〔2023〕1号"),
    Titled("review", "关于建立公文公开属性定期审查机制的通知", _P, "海数政发〔2024〕12号"),
    Titled(
        "hearing",
        "海川市人民政府办公室关于印发《海川市重大行政决策听证规则》的通知",
        _P,
        "海府办规〔2024〕3号",
        _OFFICE,
    ),
    Titled("elder", "关于推进政务信息适老化和无障碍改造的实施意见", _P, "海数政发〔2023〕2号"),
    Titled(
        "plan",
        "海川市人民政府关于印发《海川市“十四五”数字政府发展规划》的通知",
        _P,
        "海府发〔2021〕18号",
        _CITY,
    ),
    Titled(
        "action",
        "推动先进制造业数字化转型行动计划（2023—2025年）",
        _P,
        "海府办发〔2023〕21号",
        _OFFICE,
    ),
    Titled(
        "points",
        "海川市人民政府办公室关于印发2018年海川市政务公开工作要点的通知",
        _P,
        "海府办发〔2018〕16号",
        _OFFICE,
    ),
    Titled(
        "joint",
        "海川市财政局、海川市人力资源和社会保障局关于做好稳岗补贴发放工作的通知",
        _P,
        "海财社〔2024〕31号",
        _MONEY,
    ),
    Titled(
        "repeal",
        "海川市人民政府关于废止《海川市信息系统建设管理办法》等3件规范性文件的决定",
        _P,
        "海府规〔2024〕9号",
        _CITY,
    ),
    Titled("amend", "关于修改《海川市依申请公开办理工作规程》的通知", _P, "海数政发〔2024〕4号"),
    Titled(
        "relay",
        "海川市人民政府办公室转发市财政局关于规范政府采购意向公开意见的通知",
        _P,
        "海府办发〔2024〕40号",
        _OFFICE,
    ),
    Titled(
        "sandbox",
        "海川市平台经济“沙盒监管”试点实施细则",
        _P,
        "海市监规〔2024〕1号",
        "海川市市场监督管理局",
    ),
    Titled(
        "rent",
        "海川市公共租赁住房申请审核实施细则",
        _P,
        "海住建规〔2024〕6号",
        "海川市住房和城乡建设委员会",
    ),
    Titled(
        "decree",
        "海川市行政规范性文件管理规定",
        _P,
        "海川市人民政府令第12号",
        _CITY,
        "effective: 2024-08-01\n",
    ),
    Titled("emergency", "海川市数据安全突发事件应急预案", _P, "海数政发〔2022〕19号"),
    Titled("standard", "海川市基层政务公开标准目录（公共数据领域）", _P, "海数政发〔2022〕7号"),
    Titled("trial", "海川市公共数据授权运营管理暂行办法", _P, "海数政规〔2022〕3号"),
    Titled(
        "r-sharing", "《海川市公共数据共享管理办法》政策解读", _I, interprets="海数政规〔2024〕2号"
    ),
    Titled(
        "r-opening",
        "一图读懂《海川市公共数据开放管理办法（试行）》",
        _I,
        interprets="海数政规〔2024〕5号",
    ),
    Titled(
        "r-catalog",
        "图解：海川市公共数据目录管理规定有哪些新变化",
        _I,
        interprets="海数政规〔2024〕7号",
    ),
    Titled(
        "r-hearing",
        "关于《海川市重大行政决策听证规则》的政策解读",
        _I,
        interprets="海府办规〔2024〕3号",
    ),
    Titled(
        "r-rent", "公共租赁住房怎么申请？专家解读实施细则", _I, interprets="海住建规〔2024〕6号"
    ),
    Titled(
        "wp-2024", f"{ORGAN}2024年政务公开工作要点", "statutory/work-points", fields="year: 2024\n"
    ),
    Titled(
        "wp-2025",
        "关于印发《2025年市数政局政务公开工作要点》的通知",
        "statutory/work-points",
        fields="year: 2025\n",
    ),
    Titled(
        "2023", f"{ORGAN}2023年政府信息公开工作年度报告", "annual-report", fields="year: 2023\n"
    ),
    Titled(
        "2024", f"2024年{ORGAN}政府信息公开工作年度报告", "annual-report", fields="year: 2024\n"
    ),
    Titled("index", f"{ORGAN}政府信息公开指南（2025年修订）", "guide"),
    Titled("review-rules", f"{ORGAN}政府信息公开保密审查制度", "institution"),
    Titled("budget", "2025年海川市数据与政务公开局部门预算"),
    Titled("accounts", f"{ORGAN}2024年度部门决算"),
    Titled("q3", "2024年第三季度海川市公共数据开放情况通报"),
    Titled("may", "2025年5月份政务服务热线办理情况"),
    Titled("half", "海川市2025年上半年政务公开工作情况通报"),
    Titled("cumulated", "2025年1—4月数字经济核心产业运行情况"),
    Titled("batch", "海川市公共数据开放清单（第三批）"),
    Titled("brief", "政务公开工作简报2025年第7期（总第52期）"),
    Titled("notice", "海川市数据与政务公开局公告（2025年第4号）"),
    Titled("duties", f"{ORGAN}主要职责、内设机构和人员编制"),
    Titled("recruit", f"{ORGAN}2025年公开招聘事业单位工作人员公告"),
    Titled("fees", "海川市行政事业性收费目录清单（2025年版）"),
    Titled("decision", "海川市数据与政务公开局2025年度重大行政决策事项目录"),
    Titled(
        "draft",
        "关于《海川市数据流通交易管理办法（征求意见稿）》公开征求意见的公告",
        "statutory/consultation/2025",
    ),
    Titled(
        "adopted",
        "《海川市数据流通交易管理办法（征求意见稿）》意见采纳情况",
        "statutory/consultation/2025",
    ),
    Titled("faq", "公共数据授权运营政策问答", "statutory/faq/2025"),
    Titled("open-day", "2025年“数据开放看得见”政府开放日活动", "statutory/event/2025"),
)


def names(one: Titled) -> Iterator[str]:
    """The natural ways to write a title as the text of a link, none of them wrong."""
    for text in dict.fromkeys((*shorter(one), *_with_number(one))):
        yield text
        yield f"《{text}》" if not text.startswith("《") and "〔" not in text else text
        yield _half_width(text)
        yield _full_width(text)
        yield _spaced(text)
        yield _chinese_years(text)
        yield f"{text}（全文）"
        yield f"{text} 原文"


def shorter(one: Titled) -> Iterator[str]:
    """The title itself and its shorter forms: without issuer, without brackets, what it issues alone."""
    title = one.title
    yield title
    bare = title.removeprefix(one.issuer)
    yield bare
    if one.issuer == ORGAN and bare != title:
        yield SHORT + bare
        yield f"本局{bare}"
    yield title.replace("海川市人民政府办公室", "市政府办公室").replace("海川市财政局", "市财政局")
    yield title.replace("《", "").replace("》", "")
    yield title.replace("《", "〈").replace("》", "〉")
    yield title.replace("“", "").replace("”", "")
    issued = re.search(r"关于印发(?:《(.+)》|(.+?))的通知", title)
    if issued:
        inner = issued[1] or issued[2]
        yield inner
        yield f"关于印发{inner}的通知"
        yield f"关于印发《{inner}》的通知"
        yield f"{one.issuer}关于印发{inner}的通知"
        yield re.sub(r"（[^）]*）$", "", inner)
    yield re.sub(r"（[^（）]*）$", "", title)
    yield title.replace("年度", "年").replace("政府信息公开工作年度报告", "政府信息公开年报")


def _with_number(one: Titled) -> Iterator[str]:
    found = re.fullmatch(r"(.+)〔(\d{4})〕(\d+)号", one.number)
    if not found:
        return
    code, year, serial = found.groups()
    inner = re.search(r"《(.+)》", one.title)
    name = inner[1] if inner and "关于印发" in one.title else one.title.removeprefix(one.issuer)
    for number in (
        one.number,
        f"{code}[{year}]{serial}号",
        f"{code}（{year}）{serial}号",
        f"{code}【{year}】{serial}号",
        f"{code}〔{year}〕第{serial}号",
    ):
        yield number
        yield f"《{name}》（{number}）"
        yield f"{name}({number})"
    yield f"{one.number}文件"
    yield f"〔{year}〕{serial}号"


def _half_width(text: str) -> str:
    return text.translate(str.maketrans("（）：，、“”【】", '():,、""[]'))


def _full_width(text: str) -> str:
    return text.translate(str.maketrans("0123456789()-", "０１２３４５６７８９（）－"))


def _spaced(text: str) -> str:
    return re.sub(r"(\d+)", r" \1 ", text).strip()


def _chinese_years(text: str) -> str:
    return re.sub(
        r"(?<![〔\[（【])(20\d\d)(?=年)", lambda y: "".join(DIGITS[int(d)] for d in y[0]), text
    )
