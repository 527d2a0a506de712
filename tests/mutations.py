"""Seeded mistakes (改动): for each rule, edits of the good site that raise this rule and no other.

The mutations of the rules for documents stand in `mutations_documents`.
"""

from __future__ import annotations

from tests.edits import Edit, all_of, append, put, remove, replace
from tests.mutations_documents import DOCUMENTS
from tests.mutations_gate import GATE
from tests.mutations_life import LIFE
from tests.mutations_pairs import PAIRS
from tests.mutations_reports import REPORTS
from tests.mutations_wrong_links import WRONG_LINKS
from tests.sites import FEES, INSTITUTION

_SETTINGS = "site.yaml"
_GUIDE = "content/guide/index.md"
_POLICY = "content/statutory/policy/2026/data-sharing.md"
_INTERPRETATION = "content/statutory/interpretation/2026/data-sharing.md"
_EVENT = "content/statutory/event/2026/open-day.md"
_NOTICE = "content/statutory/notice/2026/fees.md"
_OTHER = "content/statutory/notice/2026/standards.md"
_ARTICLE = "templates/_article.html"
_PUBLIC = "公开属性: 主动公开"


def _field(line: str, path: str = _NOTICE) -> Edit:
    """An edit that adds `line` to the front matter of `path`."""
    return replace(path, _PUBLIC, f"{line}\n{_PUBLIC}")


def _other(old: str = "", new: str = "", path: str = _OTHER) -> Edit:
    """An edit that adds a second notice, in which `old` reads `new`."""
    text = FEES.replace("收费情况说明", "收费标准").replace("2026-00010", "2026-00012")
    assert old in text
    return put(path, text.replace(old, new, 1))


def _declared(items: str) -> Edit:
    """An edit that gives a reason for these items of article 20; documents of the site name 1, 2 and 8."""
    reasons = "".join(f"  {item}: {{reason: 本机关没有这项职责}}\n" for item in items.split())
    return replace(_SETTINGS, "topics:", f"statutory_items:\n{reasons}topics:")


_DRAFT = (_PUBLIC, f"{_PUBLIC}\n草稿: 是")
_ON_REQUEST = (_PUBLIC, "公开属性: 依申请公开")

_LINKS: dict[str, tuple[Edit, ...]] = {
    "broken-page": (
        append(_NOTICE, "见[内设机构](department.md)。"),
        append(_NOTICE, "见[内设机构](../2025/departments.html)。"),
        append(_NOTICE, "见[内设机构](/statutory/notice/2025/departments.html)。"),
        append(_NOTICE, "见[内设机构](https://www.example.gov.cn/zwgk/statutory/jgsz.html)。"),
        append(_NOTICE, '见<a href="department.html">内设机构</a>。'),
        put(_ARTICLE, '<p><a href="old/x.html">旧版</a></p>\n{{ body[0] }}\n{{ files }}'),
        append(_NOTICE, "见[内设机构][jgsz]。\n\n[jgsz]: department.md"),
        all_of(
            remove("content/institution/release-review.md"),
            put("content/institution/review.md", INSTITUTION),
        ),
    ),
    "broken-anchor": (
        append(_NOTICE, "见[办法第九条](../../policy/2026/data-sharing.md#第九条)。"),
        append(_NOTICE, "见[[海数政规〔2026〕2号#第九条]]。"),
        append(_NOTICE, "见[收费依据](#收费依据)。"),
        replace(_INTERPRETATION, "data-sharing.md#第三条", "data-sharing.md#第九条"),
    ),
    "broken-file": (
        append(_NOTICE, "见[收费项目表](fees.xlsx)。"),
        append(_NOTICE, "![收费窗口](window.png)"),
        append(_NOTICE, '<img src="window.png" alt="收费窗口">'),
        _field("附件: [{文件: fees.xlsx, 名称: 收费项目表}]"),
        remove("content/statutory/event/2026/open-day.png"),
    ),
    "broken-reference": (
        append(_NOTICE, "按照[[海数政规〔2026〕12号]]执行。"),
        append(_NOTICE, "按照[[《海川市公共数据开放办法》]]执行。"),
        _field("依据: 海数政规〔2026〕12号"),
        _field("相关: [000014349/2026-00099]"),
        replace(_INTERPRETATION, "解读对象: 海数政规〔2026〕2号", "解读对象: ../policy/none.md"),
    ),
    "duplicate-id": (
        append(_NOTICE, "## 收费依据 {#basis}\n\n无。\n\n## 收费标准 {#basis}\n\n无。"),
        append(_NOTICE, '<span id="fees">收费</span>项目和<b id="fees">标准</b>。'),
    ),
    "foreign-canonical": (
        put(
            _ARTICLE,
            '<link rel="canonical" href="https://old.example.gov.cn/">\n{{ body[0] }}\n{{ files }}',
        ),
    ),
    "wrong-encoding": (
        put("content/statutory/notice/2026/old.html", "<title>旧页</title>".encode("gbk")),
        put(
            "content/statutory/notice/2026/old.html",
            '<meta charset="gb2312"><title>旧页</title>'.encode(),
        ),
    ),
    "lost-link": (
        put(
            _ARTICLE, "<h1>{{ article.title }}</h1>\n{% for file in files %}{{ file }}{% endfor %}"
        ),
        all_of(
            put(_ARTICLE, "<h1>{{ article.title }}</h1>\n{{ body[0] }}"),
            put("content/statutory/notice/2026/fees.csv", "项目,标准\n无,无\n"),
            _field("附件: [{文件: fees.csv, 名称: 收费项目表}]"),
        ),
    ),
    "empty-link": (
        append(_NOTICE, "[收费项目表]()"),
        append(_NOTICE, "[收费项目表](#)"),
        append(_NOTICE, "[收费项目表](javascript:void(0))"),
        append(_NOTICE, '<a href="">收费项目表</a>'),
        append(_NOTICE, "见[](departments.md)。"),
    ),
    "malformed-url": (
        append(_NOTICE, "见[市政府网站](https：//www.haichuan.example.gov.cn/)。"),
        append(_NOTICE, "见[市政府网站](https://www.haichuan.example.gov.cn/。)"),
        append(_NOTICE, "见[市政府网站](www.haichuan.example.gov.cn)。"),
        append(_NOTICE, "见[市政府网站](https:// www.haichuan.example.gov.cn/)。"),
        append(_NOTICE, "见[市政府网站](htps://www.haichuan.example.gov.cn/)。"),
        append(_NOTICE, "见[内设机构](departments.md。)"),
    ),
    "wrong-case": (
        append(_NOTICE, "见[内设机构](Departments.md)。"),
        append(_NOTICE, "见[内设机构](..\\2026\\departments.md)。"),
        replace(_EVENT, "open-day.png", "open-day.PNG"),
        replace(_POLICY, "文件: data-sharing-catalog.csv", "文件: Data-Sharing-Catalog.csv"),
    ),
    "unpublished-target": (
        all_of(_other(*_DRAFT), append(_NOTICE, "见[收费标准](standards.md)。")),
        all_of(_other(*_DRAFT), append(_NOTICE, "见[收费标准](standards.html)。")),
        all_of(_other(*_DRAFT), append(_NOTICE, "见[[000014349/2026-00012]]。")),
        all_of(
            _other("发布日期: 2026-04-02", "发布日期: 2026-12-02"),
            append(_NOTICE, "见[收费标准](standards.md)。"),
        ),
        all_of(_other(*_DRAFT), _field("相关: standards.md")),
        all_of(
            _other(path="content/statutory/notice/_drafts/standards.md"),
            append(_NOTICE, "见[收费标准](../_drafts/standards.md)。"),
        ),
    ),
}

_COLUMNS: dict[str, tuple[Edit, ...]] = {
    "misfiled-kind": (
        _field("文种: 政策文件\n成文日期: 2026-04-01"),
        _field("文种: notice", _EVENT),
        _field("栏目: statutory/event"),
        _other(_PUBLIC, f"文种: notice\n{_PUBLIC}", path="content/institution/standards.md"),
    ),
    "missing-subcolumn": (
        replace(
            _SETTINGS,
            "topics:",
            "columns: {guide: {title: 公开指南}, statutory: {title: 法定主动公开内容},"
            " annual-report: {title: 政府信息公开年报}}\ntopics:",
        ),
    ),
    "empty-column": (
        remove("content/statutory/faq/2026/data-sharing.md"),
        all_of(remove("content/annual-report/2024.md"), remove("content/annual-report/2025.md")),
        _field("草稿: 是", _EVENT),
        _field("撤下: {日期: 2026-11-02, 原因: 照片有误}", _EVENT),
    ),
    "stale-column": (
        all_of(
            replace(_EVENT, "发布日期: 2026-10-20", "发布日期: 2025-10-20"),
            replace(_EVENT, "审核日期: 2026-10-19", "审核日期: 2025-10-19"),
        ),
        replace(
            _SETTINGS,
            "topics:",
            "columns:\n  guide: {}\n  institution: {max_age_days: 300}\n  statutory: {}\n"
            "  annual-report: {}\ntopics:",
        ),
        # A column that only gathers others is judged where its age is written.
        replace(
            _SETTINGS,
            "topics:",
            "columns:\n  guide: {}\n  institution: {}\n  statutory: {max_age_days: 30}\n"
            "  annual-report: {}\ntopics:",
        ),
    ),
    "guide-fields": (
        replace(_GUIDE, "| 传真号码 | 0000-00001235 |\n", ""),
        replace(_GUIDE, "| 联系电话 | 0000-00001234 |", "| 联系电话 | 0000-00004321 |"),
        replace(_GUIDE, "| 办公地址 | 海川市望潮区公开路1号 |", "| 办公地址 | 海川市旧城路2号 |"),
        replace(_GUIDE, "| 办公时间 | 工作日9:00—12:00，13:30—17:30 |\n", ""),
        replace(_GUIDE, "| 互联网联系方式 | zwgk@www.example.gov.cn |\n", ""),
        replace(_GUIDE, "| 机构名称 | 海川市数据与政务公开局办公室 |\n", ""),
        all_of(
            replace(_GUIDE, "和编排体系", ""),
            replace(_GUIDE, "四个栏目编排，", "四个栏目公布，"),
        ),
    ),
    "guide-stale": (
        all_of(
            replace(_GUIDE, "发布日期: 2026-03-18", "发布日期: 2025-11-01"),
            replace(_GUIDE, "审核日期: 2026-03-17", "审核日期: 2025-10-31"),
        ),
    ),
    "footer-marks": (
        replace(_SETTINGS, "icp: 海ICP备00000012号, ", ""),
        replace(_SETTINGS, "海公网安备 00000000000012号", "海公网安备 12号"),
        replace(_SETTINGS, 'site_id: "0000000012"', 'site_id: "12"'),
    ),
    "uncovered-item": (
        _declared("3 4 5 6 7 9 10 11 12 13 14"),
        all_of(_declared("3 4 5 6 7 9 10 11 12 13 14 15"), replace(_NOTICE, "法定事项: 8\n", "")),
        all_of(
            _declared("3 4 5 6 7 9 10 11 12 13 14 15"),
            replace(_SETTINGS, "12: {reason: ", "12: {at: statutory/emergency, reason: "),
        ),
    ),
}

_FILES: dict[str, tuple[Edit, ...]] = {
    "front-matter": (
        replace(_NOTICE, "标题: ", '标题: "'),
        replace(_NOTICE, "标题: ", "标题: 市数政局: "),
        replace(_NOTICE, _PUBLIC, f"{_PUBLIC}\n颜色: 红"),
        replace(_NOTICE, _PUBLIC, f"{_PUBLIC}\n{_PUBLIC}"),
        replace(_NOTICE, "2026-04-02", "2026-02-30"),
        put(_NOTICE, FEES.encode("gbk")),
        put(_OTHER, ""),
    ),
    "missing-field": (
        replace(_NOTICE, "发布日期: 2026-04-02\n", ""),
        replace(_NOTICE, f"{_PUBLIC}\n", ""),
        replace(_POLICY, "成文日期: 2026-09-23\n", ""),
        replace("content/statutory/work-points/2026.md", "年度: 2026\n", ""),
    ),
    "path-collision": (
        _field("旧址: statutory/notice/2026/departments.html"),
        _field("旧址: [old/jgsz.html]"),
        _field("旧址: [statutory/event/]"),
        put("content/statutory/notice/2026/fees.html", "<p>旧网页</p>\n"),
        _other(path="content/statutory/notice/2026/Fees.md"),
        _other(path="content/search.md", old=_PUBLIC, new=f"栏目: statutory/notice\n{_PUBLIC}"),
    ),
    "unsafe-file": (
        put("content/statutory/notice/2026/收费\\标准.csv", "项目\n"),
        put(f"content/statutory/notice/2026/{'收费' * 40}.csv", "项目\n"),
    ),
    "broken-template": (
        put("templates/document.html", "<h1>{{ documents.title }}</h1>\n"),
        put("templates/topic.html", "{% if %}\n"),
    ),
    "missing-glyph": (
        all_of(
            append("site.yaml", "downloads: {kinds: [notice]}"), append(_NOTICE, "窗口在𪚥家巷。")
        ),
    ),
}

_GATE: dict[str, tuple[Edit, ...]] = {
    "not-for-disclosure": (
        all_of(_other(*_ON_REQUEST), append(_NOTICE, "见[收费标准](standards.md)。")),
        all_of(_other(*_ON_REQUEST), append(_NOTICE, "见[收费标准](standards.html)。")),
        all_of(_other(_PUBLIC, "公开属性: 不予公开"), _field("相关: 000014349/2026-00012")),
        all_of(
            _other(_PUBLIC, "公开属性: 依申请公开\n附件: [standards.csv]"),
            put("content/statutory/notice/2026/standards.csv", "项目\n"),
            _field("附件: [standards.csv]"),
        ),
    ),
}

_ACCESS: dict[str, tuple[Edit, ...]] = {
    "missing-alt": (
        replace(_EVENT, "![群众在展板前体验数据查询]", "![]"),
        append(_EVENT, '<img src="open-day.png">'),
        append(_EVENT, "[![](open-day.png)](../../notice/2026/departments.md)"),
    ),
    "heading-order": (
        append(_NOTICE, "## 收费依据\n\n#### 项目\n\n没有收费项目。"),
        append(_NOTICE, "### 收费依据\n\n没有收费项目。"),
    ),
    "table-header": (
        append(_NOTICE, "| | |\n| --- | --- |\n| 项目 | 标准 |"),
        append(_NOTICE, "<table><tr><td>项目</td><td>标准</td></tr></table>"),
    ),
    "vague-link-text": (
        append(_NOTICE, "内设机构请[点击这里](departments.md)。"),
        append(_NOTICE, "[更多>>](departments.md)"),
        append(_NOTICE, "内设机构[……](departments.md)"),
        append(_NOTICE, "内设机构见[[000014349/2026-00009|此处]]。"),
    ),
}

_WAIVER = "豁免:\n  - {{规则: broken-page, 理由: 存档的原件, 批准人: 周望舒, 期限: {until}}}"
_WAIVERS: dict[str, tuple[Edit, ...]] = {
    "expired-waiver": (
        _field(_WAIVER.format(until="2026-11-19")),
        replace(
            _SETTINGS,
            "topics:",
            "waivers: [{rule: broken-page, reason: 迁移, by: 周望舒, until: 2026-01-01}]\ntopics:",
        ),
    ),
    "unused-waiver": (
        _field(_WAIVER.format(until="2026-11-20")),
        replace(
            _SETTINGS,
            "topics:",
            "waivers: [{rule: broken-page, reason: 迁移, by: 周望舒, until: 2027-01-01}]\ntopics:",
        ),
    ),
}

MUTATIONS: dict[str, tuple[Edit, ...]] = (
    _LINKS
    | _COLUMNS
    | _FILES
    | _GATE
    | GATE
    | _ACCESS
    | _WAIVERS
    | DOCUMENTS
    | LIFE
    | PAIRS
    | REPORTS
    | WRONG_LINKS
)
