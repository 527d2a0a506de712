"""The guide lacks what article 12 asks for, or contradicts `site.yaml` (指南; 国务院令第711号)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from generator.domain.kinds import Kind
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Entry, Site
from generator.rules.judged import documents

RULE = Rule(
    "guide-fields",
    Severity.ERROR,
    Text("公开指南没有写{target}", "the guide does not give {name}"),
    Text(
        "在指南里补上{target}（《政府信息公开条例》第十二条）",
        "add {name} to the guide (article 12 of the regulation, 国务院令第711号)",
    ),
)
_DIFFERS = Text(
    "公开指南写的{target}与 site.yaml 不同，site.yaml 写的是“{text}”",
    "the guide differs from site.yaml in {name}: site.yaml says “{text}”",
)
_AGREE = Text("核对后改正其中一处", "find out which is right and correct the other")


class _Item(NamedTuple):
    """What article 12 asks for: its name, its key under `organ`, its label, and what shows it."""

    zh: str
    en: str
    key: str
    label: str
    shown: str


# Numbers may stand in the next cell of a table, behind （传真）, 为, a colon and the like.
_NUMBER = r"[^\d。]{0,12}\d[\d()-]{4,}"
_HOUR = r"[\d一二三四五六七八九十]{1,3}(?:[:时点]|：)"
_OFFICE = "(?:机构|部门|单位|科室|处室)"
_DUTY = "(?:工作|受理|承办|办理|主管|负责)"
_WAY = "(?:方式|途径|渠道|形式|办法|方法)"
_ITEMS = (
    _Item("政府信息的分类", "the classes of information", "", "", "分类|类别|种类|分为.{0,12}类"),
    _Item(
        "政府信息的编排体系",
        "how the information is arranged",
        "",
        "",
        "编排|目录体系|信息体系|栏目(?:体系|结构|设置)|目录(?:结构|设置)",
    ),
    _Item(
        "政府信息的获取方式",
        "how to obtain information",
        "",
        "",
        rf"(?:获取|查阅|查询|公开)的?{_WAY}|获取(?:本机关|本局)?的?政府信息的?{_WAY}"
        r"|(?:网上|网站|现场|当面|栏目)(?:检索|查阅|查询|获取|浏览)"
        r"|通过.{0,40}(?:网站|公报|专栏|栏目|平台).{0,20}(?:公开|公布|发布|查阅|查询|获取)",
    ),
    _Item(
        "公开工作机构的名称",
        "the name of the office in charge",
        "",
        "",
        rf"{_OFFICE}的?名称|(?:^|[\n.、)])名称[\n:是为]|{_DUTY}{_OFFICE}[是为:设由]"
        rf"|{_DUTY}{_OFFICE}\n[^\n]{{1,30}}[局办室处科股心]\n"
        rf"|[为是].{{0,16}}{_DUTY}{_OFFICE}|由.{{1,20}}(?:负责|承担|办理).{{0,16}}公开"
        r"|公开工作由.{1,20}(?:负责|承担|办理)",
    ),
    _Item(
        "办公地址",
        "the office address",
        "address",
        "地址|地点",
        r"(?<![邮信]箱)(?<!邮件)(?<!网站)(?<!网络)(?<!联网)(?:地址|地点)"
        r"(?:[:是为\n][^\n]{4}|[^\n]{0,30}?[路街道巷号楼室村镇])",
    ),
    _Item(
        "办公时间",
        "the office hours",
        "hours",
        "(?:办公|工作|受理|接待|服务|上班)时间",
        rf"(?:办公|工作|受理|接待|服务|上班)时间.{{0,30}}?{_HOUR}",
    ),
    _Item("联系电话", "the telephone number", "phone", "电话", rf"(?:电话|热线){_NUMBER}"),
    _Item(
        "传真号码",
        "the fax number",
        "fax",
        "传真",
        rf"传真{_NUMBER}|(?:没有|未设|不设|无)传真|传真(?:号码)?[:\n]?[暂无]",
    ),
    _Item(
        "互联网联系方式",
        "an e-mail or web address",
        "email",
        "邮箱|邮件|互联网|网址|@",
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://|www\.|[\w-]+\.(?:gov|com|org|net|cn)\b",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Each item of article 12 that the guide leaves out, or gives otherwise than `site.yaml`."""
    entry = guide(site)
    if entry is None:
        return
    text = _folded(_words(entry))
    for item in _ITEMS:
        given: str | None = getattr(site.config.organ, item.key) if item.key else None
        is_shown = re.search(item.shown, text, re.ASCII | re.DOTALL) is not None
        if _holds(text, given, item.key) if given else is_shown:
            continue
        differs = given is not None and is_shown
        yield RULE.at(
            _labelled(entry, item.label) if differs else entry.document.source.place("title"),
            message=_DIFFERS if differs else None,
            hint=_AGREE if differs else None,
            target=item.zh,
            text=given if differs else None,
            name=item.en,
        )


def guide(site: Site) -> Entry | None:
    """The guide (指南): the column's own page, else its newest document of that kind."""
    found = [
        entry
        for entry in documents(site)
        if entry.document.kind is Kind.GUIDE and not entry.document.is_withdrawn
    ]
    own = [entry for entry in found if entry.path == "content/guide/index.md"]
    return min(own or found, key=lambda entry: entry.document.newest_first, default=None)


def _words(entry: Entry) -> str:
    """What the guide says: its text, its contact, and the addresses that it links to."""
    hrefs = (link.written.href for link in entry.links)
    addresses = (href for href in hrefs if href.startswith(("http", "mailto:")))
    return "\n".join((entry.body.text, entry.document.meta.contact or "", *addresses))


def _folded(text: str) -> str:
    """`text` after NFKC, with one sort of dash and no white space but the ends of lines."""
    wide = unicodedata.normalize("NFKC", text)
    return re.sub(r"[^\S\n]", "", re.sub("[‐-―−~～]", "-", wide))


def _holds(text: str, given: str, key: str) -> bool:
    """Whether `text` gives the same as `site.yaml`, however it is punctuated."""
    if key in ("phone", "fax"):
        numbers = re.findall(r"\d[\d()-]{4,}", _folded(given))
        return all(_number(number).search(text) for number in numbers)
    return _bare(given) in _bare(text)


def _number(written: str) -> re.Pattern[str]:
    digits = re.sub(r"\D", "", written)
    return re.compile(r"(?<!\d)" + r"[()-]*".join(digits) + r"(?!\d)")


def _bare(text: str) -> str:
    return re.sub(r"\W|[至到]|[上下]午", "", _folded(text)).lower()


def _labelled(entry: Entry, label: str) -> Place:
    """The line of the body that `label` stands on, for a value that differs."""
    source = entry.document.source
    for number, line in enumerate(source.body.split("\n")):
        found = re.search(label, line)
        if found:
            return Place(entry.path, source.body_line + number, found.start() + 1)
    return source.place("contact")
