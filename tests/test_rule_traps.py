"""What rules must leave alone (不误报): edits of the good site that are right, or have another cause."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import examine
from tests.edits import Edit, all_of, append, put, remove, replace
from tests.sites import FEES, GOOD_SITE, GUIDE, TODAY, write_site

SETTINGS = "site.yaml"
EVENT = "content/statutory/event/2026/open-day.md"
NOTICE = "content/statutory/notice/2026/fees.md"
OTHER = "content/statutory/notice/2026/standards.md"
POLICY = "../../policy/2026/data-sharing"
PUBLIC = "公开属性: 主动公开"
SECOND = FEES.replace("收费情况说明", "收费标准").replace("2026-00010", "2026-00012")


def field(line: str, path: str = NOTICE) -> Edit:
    return replace(path, PUBLIC, f"{line}\n{PUBLIC}")


def guide(old: str, new: str) -> Edit:
    return put("content/guide/index.md", GUIDE.replace(old, new))


RIGHT: dict[str, Edit] = {
    "page by its published address": append(NOTICE, f"见[办法]({POLICY}.html)。"),
    "page from the root": append(NOTICE, "见[机构](/statutory/notice/2026/departments.md)。"),
    "page by its full address": append(
        NOTICE, "见[机构](https://www.example.gov.cn/zwgk/statutory/notice/2026/departments.html)。"
    ),
    "page of the host outside the column": append(
        NOTICE, "见[市政府](https://www.example.gov.cn/none.html)。"
    ),
    "page with a query": append(NOTICE, "见[机构](departments.md?from=list)。"),
    "column by its folder": append(NOTICE, "见[政策文件](../../policy/)。"),
    "old address": append(NOTICE, "见[机构](/old/jgsz.html)。"),
    "text fragment": append(NOTICE, "见[机构](departments.md#:~:text=办公室)。"),
    "top of the page": append(NOTICE, "回到[页首](#top)。"),
    "article by its percent-encoded name": append(
        NOTICE, f"见[第三条]({POLICY}.md#%E7%AC%AC%E4%B8%89%E6%9D%A1)。"
    ),
    "file with a space": all_of(
        put("content/statutory/notice/2026/收费 表.csv", "项目\n"),
        append(NOTICE, "见[收费表](<收费 表.csv>)和[收费表](收费%20表.csv)。"),
        field("附件: [收费 表.csv]"),
    ),
    "other bracket style": append(NOTICE, "按照[[海数政规[2026]第2号]]执行。"),
    "number of a document that is elsewhere": append(NOTICE, "按照海府办发〔2024〕16号执行。"),
    "reference in code": append(NOTICE, "写作`[[海数政规〔2026〕12号]]`或`[机构](none.md)`。"),
    "sound addresses": append(
        NOTICE,
        "见[站一](https://www.haichuan.example.gov.cn/a(1).html)、<https://www.haichuan.example.gov.cn>、"
        "[信箱](mailto:zwgk@www.example.gov.cn)、[电话](tel:0000-00001234)、"
        "[中文域名](https://海川.政务/)。",
    ),
    "picture in a link": append(EVENT, "[![展板](open-day.png)](../../notice/2026/departments.md)"),
    "draft that links everywhere": put(
        OTHER, SECOND.replace(PUBLIC, f"{PUBLIC}\n草稿: 是") + "\n[无](none.md) ![](none.png)\n"
    ),
    "closed document by itself": put(
        OTHER, SECOND.replace(PUBLIC, "公开属性: 不予公开") + "\n[无](none.md)\n"
    ),
    "body of a withdrawn document": all_of(
        put(OTHER, SECOND.replace(PUBLIC, f"{PUBLIC}\n撤下: {{原因: 重复}}") + "\n[无](none.md)\n"),
        append(NOTICE, "见[收费标准](standards.md)。"),
    ),
    "file used by a closed document too": all_of(
        put("content/statutory/notice/2026/table.csv", "项目\n"),
        field("附件: [table.csv]"),
        put(OTHER, SECOND.replace(PUBLIC, "公开属性: 依申请公开") + "\n[表](table.csv)\n"),
    ),
    "words that hold a vague word": append(NOTICE, "[了解更多收费依据](departments.md)"),
    "heading after official numbering": append(NOTICE, "一、依据\n\n### 目录\n\n（一）甲。正文。"),
    "run-in headings alone": append(NOTICE, "（一）依据。没有收费项目。\n\n（二）标准。没有标准。"),
    "table with an empty corner": append(NOTICE, "| | 标准 |\n| --- | --- |\n| 项目 | 无 |"),
    "column's own page": put(
        "content/statutory/policy/index.md", SECOND.replace(PUBLIC, f"文种: notice\n{PUBLIC}")
    ),
    "listed in another column": field("同时列入: [statutory/policy]"),
    "document in a column that only gathers": put(
        "content/statutory/2024/standards.md", SECOND.replace("2026", "2024")
    ),
    "column titles of the organ's own": replace(
        SETTINGS,
        "topics:",
        "columns: {annual-report: {title: 年报}, guide: {title: 指南}, institution: {title: 制度},"
        " statutory: {title: 主动公开}}\ntopics:",
    ),
    "ten-digit record number": replace(SETTINGS, "海ICP备00000012号", "海ICP备2022000012号-3"),
    "guide in other words": guide(
        "二、获取方式\n\n可以在本栏目检索、查阅和下载，也可以到海川市档案馆、海川市图书馆查阅。",
        "二、获取政府信息的途径\n\n登录本网站。",
    ),
    "guide with other signs": guide(
        "工作日9:00—12:00，13:30—17:30", "工作日上午９：００至12:00、下午13:30-17:30"
    ),
    "guide with a phone in brackets": guide("| 0000-00001234 |", "| （0000）00001234 |"),
    "guide without what site.yaml leaves open": all_of(
        replace(SETTINGS, "  fax: 0000-00001235\n", ""), guide("0000-00001235", "没有传真")
    ),
    "waiver of a rule still to come": field(
        "豁免:\n  - {规则: broken-external, 理由: 内网, 批准人: 周望舒, 期限: 2026-12-31}"
    ),
}

# A mistake is said once, where it is; what follows from it is not said again elsewhere.
ONE_CAUSE: dict[str, tuple[str, Edit]] = {
    "link to a document without disclosure": (
        "missing-field",
        all_of(
            put(OTHER, SECOND.replace(f"{PUBLIC}\n", "")),
            append(NOTICE, "见[收费标准](standards.md)。"),
        ),
    ),
    "link to an unreadable document": (
        "front-matter",
        all_of(
            put(OTHER, SECOND.replace("---\n\n本局", "\n本局")),
            append(NOTICE, "见[收费标准](standards.md)。"),
        ),
    ),
    "only document of its column without disclosure": (
        "missing-field",
        replace(EVENT, f"{PUBLIC}\n", ""),
    ),
    "sub-column left out and empty": (
        "missing-subcolumn",
        all_of(
            remove("content/annual-report/2024.md"),
            remove("content/annual-report/2025.md"),
            replace(
                SETTINGS,
                "topics:",
                "columns: {guide: {}, institution: {}, statutory: {}}\ntopics:",
            ),
        ),
    ),
    "column and kind both disagree": (
        "misfiled-kind",
        field("栏目: statutory/policy\n文种: 制度"),
    ),
    "own address of this site as a reference": (
        "broken-reference",
        field("相关: https://www.example.gov.cn/zwgk/none.html"),
    ),
}

# Everything wrong with a document is said in one run, though it cannot be published yet.
SAID_AT_ONCE: Edit = all_of(
    replace(NOTICE, f"{PUBLIC}\n", ""), append(NOTICE, "[表](none.csv) ![](none.png)")
)


def rules(edit: Edit, folder: Path) -> list[str]:
    findings = examine(write_site(folder, edit(GOOD_SITE)), TODAY).findings
    return [finding.rule for finding in findings]


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_not_reported(name: str, tmp_path: Path) -> None:
    assert rules(RIGHT[name], tmp_path) == []


@pytest.mark.parametrize("name", ONE_CAUSE)
def test_one_mistake_is_one_finding(name: str, tmp_path: Path) -> None:
    rule, edit = ONE_CAUSE[name]
    assert rules(edit, tmp_path) == [rule]


def test_missing_disclosure_hides_nothing(tmp_path: Path) -> None:
    found = ["broken-file", "broken-file", "missing-alt", "missing-field"]
    assert sorted(rules(SAID_AT_ONCE, tmp_path)) == found


def test_of_two_documents_of_one_day_the_later_path_repeats_the_number(tmp_path: Path) -> None:
    lines = "发文字号: 海数政函〔2026〕5号\n公开属性"
    site = dict(GOOD_SITE)
    fees, departments = str(site[NOTICE]), str(site[NOTICE.replace("fees", "departments")])
    site[NOTICE] = fees.replace("公开属性", lines).replace("2026-00010", "2026-00009")
    site[NOTICE.replace("fees", "departments")] = departments.replace("公开属性", lines)
    found = examine(write_site(tmp_path, site), TODAY).findings
    assert [(finding.rule, finding.place.path, finding.target) for finding in found] == [
        ("duplicate-index-number", NOTICE, NOTICE.replace("fees", "departments")),
        ("duplicate-document-number", NOTICE, NOTICE.replace("fees", "departments")),
    ]


def test_one_text_on_two_documents_is_a_conflict_whatever_their_titles(tmp_path: Path) -> None:
    links = (
        "[《海川市公共数据共享管理办法》](../../policy/2026/data-sharing.md)、"
        "[《海川市公共数据共享管理办法》](departments.md)"
    )
    site = write_site(tmp_path, append(NOTICE, links)(GOOD_SITE))
    found = examine(site, TODAY).findings
    assert [finding.rule for finding in found] == ["conflicting-links", "wrong-title"]


def test_none_of_the_four_columns_is_to_be_removed(tmp_path: Path) -> None:
    site = write_site(tmp_path, remove("content/institution/release-review.md")(GOOD_SITE))
    (empty,) = [one for one in examine(site, TODAY).findings if one.rule == "empty-column"]
    assert empty.hint.zh == "在 content/institution/ 里放入文件"
