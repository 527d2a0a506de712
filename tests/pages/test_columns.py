"""Landing page, lists of columns, topics and the pages that every site has once."""

from __future__ import annotations

from generator.pages.columns import pager
from generator.pages.frame import TextLink
from tests.built import (
    all_words,
    build,
    good,
    links,
    meta,
    target,
    words,
)
from tests.edits import append, put, remove, replace
from tests.sites import GOOD_SITE


def test_the_landing_page() -> None:
    page = good().page("index.html")
    assert all_words(page, ".great-title") == [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开工作年度报告",
    ]
    assert links(page, ".apply-strip a") == [("依申请公开", "apply.html")]
    form = page.css_first("form.find")
    assert form is not None
    assert (form.attributes["action"], form.attributes["method"]) == ("search.html", "get")
    assert len(page.css(".home-new .rows > li")) == 10
    assert links(page, ".topic-box li a") == [("公共数据开放", "topics/open-data/index.html")]
    assert all_words(page, ".contact-box dd") == [
        "海川市公开路1号".replace("海川市", "海川市望潮区"),
        "工作日9:00—12:00，13:30—17:30",
        "0000-00001234",
        "0000-00001235",
        "zwgk@www.example.gov.cn",
    ]
    assert meta(page)[3:] == [
        ("ColumnName", "政府信息公开"),
        ("ColumnDescription", "海川市数据与政务公开局政府信息公开专栏"),
        ("ColumnKeywords", "政府信息公开,海川市数据与政务公开局"),
        ("ColumnType", "首页"),
        ("Description", "海川市数据与政务公开局政府信息公开专栏"),
    ]


def test_the_list_of_a_column() -> None:
    page = good().page("statutory/policy/index.html")
    assert all_words(page, ".rows > li") == [
        "海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知 2026-09-24"
        " 海数政规〔2026〕2号 海川市数据与政务公开局 有效 解读",
        "海川市数据与政务公开局关于印发《海川市公共数据共享办法（试行）》的通知 2023-06-15"
        " 海数政规〔2023〕1号 海川市数据与政务公开局 废止 解读",
    ]
    assert [href for _, href in links(page, ".rows a.reading")] == [
        "../interpretation/2026/data-sharing.html",
        "../interpretation/2023/data-sharing.html",
    ]
    assert links(page, ".choices a") == [
        ("全部", "index.html"),
        ("2026年1", "year/2026.html"),
        ("2023年1", "year/2023.html"),
        ("全部", "index.html"),
        ("有效1", "status/valid.html"),
        ("废止1", "status/repealed.html"),
        ("全部", "index.html"),
        ("电子政务1", "subject/02-04.html"),
        ("全部", "index.html"),
        ("公共数据开放1", "topic/open-data.html"),
    ]
    assert words(page.css_first(".others summary")) == "按主题、专题查看"
    assert all_words(page, ".tree [aria-current]") == ["政策文件"]
    assert meta(page)[3:] == [
        ("ColumnName", "政策文件"),
        ("ColumnDescription", "海川市数据与政务公开局政策文件"),
        ("ColumnKeywords", "政策文件,政府信息公开"),
        ("ColumnType", "政策文件"),
        ("Description", "海川市数据与政务公开局政策文件"),
    ]


def test_the_views_of_a_year_and_of_a_validity() -> None:
    year = good().page("statutory/policy/year/2023.html")
    assert words(year.css_first("h1")) == "政策文件 2023年"
    assert len(year.css(".rows > li")) == 1
    assert all_words(year, ".choices [aria-current]") == ["2023年1"]
    empty = good().page("statutory/policy/status/pending.html")
    assert words(empty.css_first(".empty")) == (
        "目前没有符合这一条件的信息，可以查看本栏目的全部信息。"
    )


def test_a_parent_lists_what_lies_below_it() -> None:
    page = good().page("statutory/index.html")
    assert all_words(page, ".cards .card-title") == [
        "政策文件", "政策解读", "政务公开工作要点", "意见征集", "政策问答", "政府开放日", "其他主动公开",
    ]  # fmt: skip
    assert words(page.css_first(".total")) == "共 10 件，最近更新 2026-10-20"
    assert len(page.css(".rows > li")) == 10


def test_long_lists_are_paged() -> None:
    built = build(append("site.yaml", "page_size: 4"))
    assert {url for url in built.urls if url.startswith("statutory/page/")} == {
        "statutory/page/2.html",
        "statutory/page/3.html",
    }
    second = built.page("statutory/page/2.html")
    assert links(second, ".pager a") == [
        ("上一页", "../index.html"),
        ("1", "../index.html"),
        ("2", "2.html"),
        ("3", "3.html"),
        ("下一页", "3.html"),
    ]
    assert len(second.css(".rows > li")) == 4
    assert len(built.page("statutory/page/3.html").css(".rows > li")) == 2


def test_a_pager_is_bounded() -> None:
    urls = [f"{number}.html" for number in range(1, 101)]
    shown = pager(urls, 50, str)
    assert shown is not None
    assert shown.links == (
        TextLink("1", "1.html"),
        None,
        TextLink("48", "48.html"),
        TextLink("49", "49.html"),
        TextLink("50", "50.html", current=True),
        TextLink("51", "51.html"),
        TextLink("52", "52.html"),
        None,
        TextLink("100", "100.html"),
    )
    assert pager(urls[:1], 1, str) is None


def test_an_empty_column_still_has_its_page() -> None:
    built = build(remove("content/statutory/event/2026/open-day.md"))
    page = built.page("statutory/event/index.html")
    assert words(page.css_first(".empty")) == (
        "本栏目目前没有公开的信息，有新的信息时将及时发布。"
        "您也可以查阅主动公开目录，或者申请公开政府信息。"
    )


def test_the_document_of_a_column_is_the_page_of_that_column() -> None:
    other = GOOD_SITE["content/guide/index.md"]
    assert isinstance(other, str)
    older = other.replace("/2026-00001", "/2025-00001").replace("2026-03-18", "2025-03-18")
    built = build(put("content/guide/2025.md", older))
    page = built.page("guide/index.html")
    assert words(page.css_first("h1")) == "海川市数据与政务公开局政府信息公开指南"
    assert words(page.css_first(".prose"))[:20] == "根据《中华人民共和国政府信息公开条例》第"
    assert links(page, ".listing .rows a") == [
        ("海川市数据与政务公开局政府信息公开指南", "2025.html")
    ]
    names = [name for name, _ in meta(page)]
    assert names[3:] == [
        "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
        "ArticleTitle", "PubDate", "ContentSource", "Author", "Url",
        "Description",
    ]  # fmt: skip


def test_a_withdrawn_document_of_a_column_leaves_the_column_and_a_notice() -> None:
    guide = "content/guide/index.md"
    page = build(replace(guide, "---\n\n根据", "撤下: {原因: 修订中}\n---\n\n根据")).page(
        "guide/index.html"
    )
    assert words(page.css_first("h1")) == "政府信息公开指南"
    assert words(page.css_first(".banner")) == (
        "已撤下 《海川市数据与政务公开局政府信息公开指南》已经撤下，不再提供正文和附件。 撤下原因：修订中"
    )
    assert words(page.css_first(".empty"))[:12] == "本栏目目前没有公开的信息"


def test_the_landing_page_may_have_a_document_of_its_own() -> None:
    fees = GOOD_SITE["content/statutory/notice/2026/fees.md"]
    assert isinstance(fees, str)
    page = build(put("content/index.md", fees.replace("00010", "00070"))).page("index.html")
    assert all_words(page, "h1") == ["海川市数据与政务公开局行政事业性收费情况说明"]
    assert words(page.css_first(".prose")) == "本局没有行政事业性收费项目。"


def test_a_topic_gathers_by_reference() -> None:
    page = good().page("topics/open-data/index.html")
    assert words(page.css_first(".topic-line")) == "进行中 2023-06-01 起 汇集信息 2 件"
    assert words(page.css_first(".prose")) == "汇集公共数据开放的文件、解读和进展。"
    assert all_words(page, ".listing h2") == ["政策文件", "政策解读"]
    assert [href for _, href in links(page, ".listing a.row-title")] == [
        "../../statutory/policy/2026/data-sharing.html",
        "../../statutory/interpretation/2026/data-sharing.html",
    ]


def test_an_archived_topic_says_so() -> None:
    ended = "begins: 2023-06-01, ends: 2025-12-31, archived: true"
    built = build(replace("site.yaml", "begins: 2023-06-01", ended))
    assert words(built.page("topics/open-data/index.html").css_first(".topic-line")) == (
        "已归档 2023-06-01 至 2025-12-31 汇集信息 2 件"
        " 本专题已经归档，内容不再更新；所列信息的有效性以原文页面为准。"
    )
    assert all_words(built.page("topics/index.html"), "main h2") == ["往期专题"]
    assert built.page("index.html").css(".topic-box") == []


def test_the_catalogue_stands_in_the_order_of_the_law() -> None:
    page = good().page("catalog.html")
    parts = all_words(page, ".catalog-nav li")
    assert parts[:2] == [
        "（一）行政法规、规章和规范性文件 1 件",
        "（二）机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名 1 件",
    ]
    assert parts[13].endswith("目前没有这一类信息")
    assert parts[15:17] == ["政府信息公开指南 1 件", "政府信息公开制度 1 件"]
    assert links(page, "#item-1 a") == [("（一）行政法规、规章和规范性文件", "catalog/item-1.html")]
    assert links(page, ".downloads a") == [
        ("CSV 表格", "catalog.csv"),
        ("JSON 数据", "catalog.json"),
        ("数据说明", "datapackage.json"),
    ]
    assert len(page.css("tbody tr")) == 10


def test_a_part_of_the_catalogue_has_the_columns_that_the_law_names() -> None:
    page = good().page("catalog/item-1.html")
    assert words(page.css_first("h1")) == "（一）行政法规、规章和规范性文件"
    assert all_words(page, "thead th") == ["索引号", "名称", "内容概述", "生成日期", "栏目"]
    assert all_words(page, "tbody tr > *") == [
        "000014349/2026-00003",
        "海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知",
        "规定公共数据共享的目录、申请、使用和监督。",
        "2026-09-23",
        "政策文件",
    ]
    assert links(page, ".crumbs a") == [
        ("首页", "../index.html"),
        ("主动公开目录", "../catalog.html"),
    ]


def test_every_document_stands_in_the_catalogue_once_and_parts_are_paged() -> None:
    built = build(append("site.yaml", "page_size: 1"))
    found = [
        target(url, node.attributes["href"] or "")[0]
        for url, page in built.html()
        if url.startswith("catalog/")
        for node in page.css("tbody a")
    ]
    assert sorted(found) == sorted(entry.url for entry in built.outcome.site.listed)
    assert "catalog/column-annual-report/2.html" in built.urls


def test_applying_leads_into_the_guide_and_to_the_form() -> None:
    guide = "content/guide/index.md"
    form = "附件:\n  - {文件: form.csv, 名称: 政府信息公开申请表}\n"
    built = build(
        replace(guide, "三、公开工作机构", "三、依申请公开\n\n填写申请表。\n\n四、公开工作机构"),
        replace(guide, "四、监督和救济", "五、监督和救济"),
        replace(guide, "---\n\n根据", f"{form}---\n\n根据"),
        put("content/guide/form.csv", "姓名,内容\n"),
    )
    page = built.page("apply.html")
    href = "guide/index.html#%E4%B8%89%E3%80%81%E4%BE%9D%E7%94%B3%E8%AF%B7%E5%85%AC%E5%BC%80"
    assert links(page, "#form a") == [
        ("政府信息公开申请表", "guide/form.csv"),
        ("海川市数据与政务公开局政府信息公开指南", href),
    ]
    assert all_words(page, "#channels dt") == ["当面提交", "邮寄", "传真", "电子邮件", "咨询电话"]
    assert all_words(page, "#terms dt") == ["补正", "答复", "征求意见"]


def test_the_page_of_missing_addresses_works_at_any_depth() -> None:
    page = good().page("404.html")
    assert links(page, "main a") == [
        ("政府信息公开首页", "index.html"),
        ("检索页", "search.html"),
        ("主动公开目录", "catalog.html"),
        ("网站地图", "sitemap.html"),
    ]
    base = page.css_first("base")
    assert base is not None
    assert base.attributes["href"] == "/zwgk/"
    assert links(page, "a.skip") == [("跳到正文", "404.html#main")]


def test_marks_that_are_absent_are_left_out_of_the_foot() -> None:
    assert all_words(good().page("apply.html"), ".foot-facts li") == [
        "主办单位：海川市数据与政务公开局",
        "地址：海川市望潮区公开路1号",
        "联系电话：0000-00001234",
        "传真：0000-00001235",
        "电子邮箱：zwgk@www.example.gov.cn",
        "网站标识码：0000000012",
        "海ICP备00000012号",
        "海公网安备 00000000000012号",
    ]
    bare = build(put("site.yaml", "organ: {name: 甲局}\nbase_url: https://www.example.gov.cn/\n"))
    assert all_words(bare.page("apply.html"), ".foot-facts li") == ["主办单位：甲局"]
