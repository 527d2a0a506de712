"""Document pages: metadata, relations, banners, neighbours, withdrawal, old addresses."""

from __future__ import annotations

import pytest

from tests.built import (
    Built,
    all_words,
    build,
    good,
    links,
    meta,
    words,
)
from tests.edits import append, put, replace
from tests.sites import GOOD_SITE

POLICY = "content/statutory/policy/2026/data-sharing.md"
POLICY_PAGE = "statutory/policy/2026/data-sharing.html"
OLD_POLICY_PAGE = "statutory/policy/2023/data-sharing.html"
FEES = "content/statutory/notice/2026/fees.md"
FEES_PAGE = "statutory/notice/2026/fees.html"
REPORT_PAGE = "annual-report/2025.html"


def test_the_head_of_a_document() -> None:
    page = good().page(POLICY_PAGE)
    title = "海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知"
    assert words(page.css_first("title")) == f"{title} - 政府信息公开 - 海川市数据与政务公开局"
    # A title that is too long for a line breaks after the organ, not in the middle of a word.
    assert words(page.css_first("h1")) == title
    assert all_words(page, "h1 span") == [title[:11], title[11:]]
    assert meta(page) == [
        ("SiteName", "海川市数据与政务公开局"),
        ("SiteDomain", "www.example.gov.cn"),
        ("SiteIDCode", "0000000012"),
        ("ArticleTitle", title),
        ("PubDate", "2026-09-24 09:00"),
        ("ContentSource", "海川市数据与政务公开局"),
        ("Author", "海川市数据与政务公开局"),
        ("Description", "规定公共数据共享的目录、申请、使用和监督。"),
        ("Url", f"https://www.example.gov.cn/zwgk/{POLICY_PAGE}"),
    ]
    canonical = page.css_first("link[rel=canonical]")
    assert canonical is not None
    assert canonical.attributes["href"] == f"https://www.example.gov.cn/zwgk/{POLICY_PAGE}"


def test_the_breadcrumbs_of_a_document() -> None:
    page = good().page(POLICY_PAGE)
    assert links(page, ".crumbs a") == [
        ("首页", "../../../index.html"),
        ("法定主动公开内容", "../../index.html"),
        ("政策文件", "../index.html"),
    ]
    assert words(page.css_first(".crumbs [aria-current=page]")) == "正文"


def test_the_four_columns_stand_in_their_order_on_every_page() -> None:
    assert links(good().page(POLICY_PAGE), ".four a") == [
        ("政府信息公开指南", "../../../guide/index.html"),
        ("政府信息公开制度", "../../../institution/index.html"),
        ("法定主动公开内容", "../../index.html"),
        ("政府信息公开工作年度报告", "../../../annual-report/index.html"),
        ("依申请公开", "../../../apply.html"),
    ]
    assert all_words(good().page(POLICY_PAGE), ".four [aria-current]") == ["法定主动公开内容"]


def test_the_metadata_of_a_document_in_full() -> None:
    assert _fields(good()) == [
        ("索引号", "000014349/2026-00003"),
        ("主题分类", "综合政务\\电子政务"),
        ("发文机关", "海川市数据与政务公开局"),
        ("成文日期", "2026-09-23"),
        ("标题", "海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知"),
        ("发文字号", "海数政规〔2026〕2号"),
        ("发布日期", "2026-09-24"),
        ("有效性", "有效"),
        ("施行日期", "2026-11-01"),
        ("失效日期", "2031-10-31"),
        ("公开属性", "主动公开"),
        ("文种", "政策文件"),
        ("法定事项", "行政法规、规章和规范性文件"),
    ]


def test_the_metadata_of_a_document_in_short() -> None:
    assert _fields(build(append("site.yaml", "skin: simple"))) == [
        ("发文机关", "海川市数据与政务公开局"),
        ("成文日期", "2026-09-23"),
        ("发文字号", "海数政规〔2026〕2号"),
        ("发布日期", "2026-09-24"),
        ("有效性", "有效"),
    ]


def test_a_field_that_is_left_alone_takes_its_whole_line() -> None:
    wide = all_words(good().page(POLICY_PAGE), ".fields .wide dt")
    assert wide == ["标题", "文种", "法定事项"]
    assert all_words(good().page("statutory/faq/2026/data-sharing.html"), ".fields .wide dt") == [
        "标题",
        "文种",
    ]


def test_the_line_of_source_and_time() -> None:
    assert words(good().page(POLICY_PAGE).css_first(".doc-source")) == (
        "来源：海川市数据与政务公开局 发布时间：2026-09-24 09:00"
    )
    assert words(good().page(FEES_PAGE).css_first(".doc-source")) == (
        "来源：海川市数据与政务公开局 发布时间：2026-04-02"
    )


def test_number_and_citation_can_be_copied_and_a_policy_has_its_red_head_on_paper() -> None:
    page = good().page("statutory/policy/2023/data-sharing.html")
    assert words(page.css_first("#number")) == "海数政规〔2023〕1号"
    assert words(page.css_first("#cite")) == (
        "海川市数据与政务公开局：《海川市数据与政务公开局关于印发〈海川市公共数据共享办法（试行）〉的通知》"
        "（海数政规〔2023〕1号），2023-06-15发布，"
        "https://www.example.gov.cn/zwgk/statutory/policy/2023/data-sharing.html"
    )
    assert words(page.css_first(".red-head.only-print")) == "海川市数据与政务公开局文件"
    assert good().page("statutory/notice/2026/fees.html").css(".red-head, #number, .official") == []


def test_the_related_documents_of_a_policy() -> None:
    page = good().page(POLICY_PAGE)
    blocks = {
        words(block.css_first("h2")): [words(item) for item in block.css("li")]
        for block in page.css("section.block")
    }
    assert blocks == {
        "相关解读": ["《海川市公共数据共享管理办法》政策解读 2026-09-24"],
        "附件": ["公共数据共享目录 CSV 表格，1 KB"],
        "咨询方式": [],
        "政策问答": ["公共数据共享政策问答 2026-09-28"],
        "修改、废止关系": [
            "本文件废止 海川市数据与政务公开局关于印发《海川市公共数据共享办法（试行）》的通知"
            " 海数政规〔2023〕1号 2023-06-15 废止"
        ],
        "所属专题": ["公共数据开放"],
    }
    assert links(page, "#interpretations a, #questions a, #changes a, #files a, #topics a") == [
        ("《海川市公共数据共享管理办法》政策解读", "../../interpretation/2026/data-sharing.html"),
        ("公共数据共享目录", "data-sharing-catalog.csv"),
        ("公共数据共享政策问答", "../../faq/2026/data-sharing.html"),
        (
            "海川市数据与政务公开局关于印发《海川市公共数据共享办法（试行）》的通知",
            "../2023/data-sharing.html",
        ),
        ("公共数据开放", "../../../topics/open-data/index.html"),
    ]


def test_an_interpretation_leads_to_its_policy() -> None:
    page = good().page("statutory/interpretation/2026/data-sharing.html")
    assert words(page.css_first("#interprets")) == (
        "政策原文 海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知"
        " 海数政规〔2026〕2号 2026-09-24 有效"
    )


def test_the_banner_of_a_repealed_document_names_what_repealed_it() -> None:
    page = good().page(OLD_POLICY_PAGE)
    assert words(page.css_first(".banner")) == (
        "废止 本文件已经废止，不再作为行政管理的依据。 自 2026-11-01 起由以下文件废止："
        "《海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知》（海数政规〔2026〕2号）"
    )
    assert [href for _, href in links(page, ".banner a")] == ["../2026/data-sharing.html"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "失效日期: 2031-10-31",
            "失效日期: 2026-11-10",
            "失效 本文件已经失效（失效日期：2026-11-10），不再作为行政管理的依据。",
        ),
        (
            "施行日期: 2026-11-01",
            "施行日期: 2026-12-01",
            "尚未施行 本文件自 2026-12-01 起施行，目前尚未施行。",
        ),
        (
            "施行日期: 2026-11-01",
            "有效性: 已修改",
            "已修改 本文件的部分内容已经修改，请与修改它的文件一并查阅。",
        ),
        ("施行日期: 2026-11-01", "有效性: 有效", None),
    ],
)
def test_the_banner_of_each_validity(old: str, new: str, sentence: str | None) -> None:
    banner = build(replace(POLICY, old, new)).page(POLICY_PAGE).css_first(".banner")
    assert (words(banner) if banner else None) == sentence


def test_the_neighbours_in_the_column() -> None:
    page = good().page("statutory/interpretation/2023/data-sharing.html")
    assert all_words(page, ".neighbours li") == ["上一篇 《海川市公共数据共享管理办法》政策解读"]
    page = good().page("statutory/interpretation/2026/data-sharing.html")
    assert all_words(page, ".neighbours li") == [
        "下一篇 《海川市公共数据共享办法（试行）》政策解读"
    ]


def test_the_outline_stands_where_there_are_three_headings() -> None:
    page = good().page(REPORT_PAGE)
    assert all_words(page, ".outline a") == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
    assert good().page(FEES_PAGE).css(".outline") == []


def test_a_reference_in_the_text_takes_the_title_of_its_target() -> None:
    built = build(
        append(FEES, "另见[[statutory/notice/2026/departments.md]]和[[海数政规〔2023〕1号]]。")
    )
    assert links(built.page(FEES_PAGE), ".prose a") == [
        ("海川市数据与政务公开局内设机构", "departments.html"),
        ("海数政规〔2023〕1号", "../../policy/2023/data-sharing.html"),
    ]


def test_a_reference_to_a_withheld_document_keeps_its_own_words() -> None:
    secret = GOOD_SITE[FEES]
    assert isinstance(secret, str)
    built = build(
        put("content/statutory/notice/x.md", secret.replace("主动公开", "不予公开").replace("00010", "00090")),
        append(FEES, "另见[[000014349/2026-00090]]。"),
    )  # fmt: skip
    assert words(built.page(FEES_PAGE).css_first(".prose")) == (
        "本局没有行政事业性收费项目。 另见000014349/2026-00090。"
    )


def test_of_a_withdrawn_document_only_a_notice_remains() -> None:
    built = build(
        replace(
            POLICY,
            "内容概述: 规定公共数据共享的目录、申请、使用和监督。",
            "内容概述: 规定公共数据共享的目录。\n撤下: {日期: 2026-11-02, 原因: 内容有误, "
            "替代: 海数政规〔2023〕1号}",
        )
    )
    page = built.page(POLICY_PAGE)
    assert words(page.css_first("main")) == (
        "海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知"
        " 已撤下 《海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知》"
        "已于 2026-11-02 撤下，不再提供正文和附件。 撤下原因：内容有误 请查阅："
        "海川市数据与政务公开局关于印发《海川市公共数据共享办法（试行）》的通知"
    )
    assert links(page, "main a")[0][1] == "../2023/data-sharing.html"
    texts = {
        url: built.text(url)
        for url in built.urls
        if url.endswith((".html", ".json", ".xml", ".csv"))
    }
    assert [url for url, text in texts.items() if "同意共享的，应当说明理由" in text] == []
    named = [url for url in ("statutory/policy/index.html", "catalog.html", "catalog.json",
                             "catalog.csv", "search/part-1.json", "feed.xml", "sitemap.xml")
             if "2026/data-sharing.html" in texts[url] and "policy/2026" in texts[url]]  # fmt: skip
    assert named == []


def test_an_old_address_sends_the_reader_on() -> None:
    assert good().text("old/jgsz.html") == (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>海川市数据与政务公开局内设机构</title>\n"
        '<meta http-equiv="refresh" content="0; url=../statutory/notice/2026/departments.html">\n'
        '<meta name="robots" content="noindex">\n'
        '<link rel="canonical" href="https://www.example.gov.cn/zwgk/statutory/notice/2026/'
        'departments.html">\n</head>\n<body>\n<main>\n<h1>地址已经变更</h1>\n'
        '<p>您要的信息在新的地址：<a href="../statutory/notice/2026/departments.html">'
        "海川市数据与政务公开局内设机构</a></p>\n</main>\n</body>\n</html>\n"
    )


def _fields(built: Built) -> list[tuple[str, str]]:
    page = built.page(POLICY_PAGE)
    return list(zip(all_words(page, ".fields dt"), all_words(page, ".fields dd"), strict=True))
