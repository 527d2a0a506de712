"""Twins of documents: Markdown and plain text with the words of the page, and what stands in its head."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from generator.convert import convert
from generator.pages.body import filled, kept_together
from generator.pages.linked import MARKDOWN, TEXT, linked, twin_urls
from generator.pages.markdown import cells, markdown
from generator.pages.plain import lines
from generator.pages.tables import Cell, Table
from tests.built import Built, build, demonstration, good, meta
from tests.documents import NOTICES, notice
from tests.edits import append, put, replace

POLICY = "content/statutory/policy/2026/data-sharing.md"
OLD_POLICY = "content/statutory/policy/2023/data-sharing.md"
FAQ = "content/statutory/faq/2026/data-sharing.md"
FEES = "content/statutory/notice/2026/fees.md"
BASE = "https://www.example.gov.cn/zwgk/"


def test_a_twin_in_markdown() -> None:
    assert good().text("statutory/policy/2026/data-sharing.md") == (
        "有效性：有效。失效日期：2031-10-31。\n\n"
        "# 海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知\n\n"
        "- 索引号：000014349/2026-00003\n"
        "- 主题分类：综合政务\\\\电子政务\n"
        "- 发文机关：海川市数据与政务公开局\n"
        "- 成文日期：2026-09-23\n"
        "- 发文字号：海数政规〔2026〕2号\n"
        "- 发布日期：2026-09-24\n"
        "- 施行日期：2026-11-01\n"
        "- 失效日期：2031-10-31\n"
        "- 公开属性：主动公开\n"
        "- 文种：政策文件\n"
        "- 法定事项：行政法规、规章和规范性文件\n"
        "- 栏目：政策文件\n"
        "- 内容概述：规定公共数据共享的目录、申请、使用和监督。\n"
        f"- 原文：{BASE}statutory/policy/2026/data-sharing.html\n\n"
        "各县区政务公开主管部门，市有关部门和单位：\n\n"
        "现将《海川市公共数据共享管理办法》印发给你们，请遵照执行。\n\n"
        f"附件：[公共数据共享目录](<{BASE}statutory/policy/2026/data-sharing-catalog.csv>)\n\n"
        "## 海川市公共数据共享管理办法\n\n"
        "第一条 为了促进公共数据共享，提高政务服务水平，制定本办法。\n\n"
        "第二条 公共数据以共享为原则，不共享为例外。\n\n"
        "第三条 共享申请应当在5个工作日内办结，不同意共享的，应当说明理由。\n\n"
        "第四条 本办法自2026年11月1日起施行，"
        f"[海数政规〔2023〕1号](<{BASE}statutory/policy/2023/data-sharing.html>)同时废止。\n\n"
        "## 附件\n\n"
        f"- [公共数据共享目录](<{BASE}statutory/policy/2026/data-sharing-catalog.csv>)\n\n"
        "咨询方式：数据资源科，电话0000-00001234\n"
    )


def test_the_first_line_says_that_a_document_is_repealed_and_by_what() -> None:
    first = (
        "有效性：废止。本文件已经废止，不再作为行政管理的依据。自 2026-11-01 起由以下文件废止："
        "《海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知》（海数政规〔2026〕2号）。"
    )
    for suffix in ("md", "txt"):
        assert good().text(f"statutory/policy/2023/data-sharing.{suffix}").split("\n")[0] == first


def test_a_twin_in_plain_text() -> None:
    assert good().text("statutory/faq/2026/data-sharing.txt") == (
        "有效性：有效。\n\n公共数据共享政策问答\n\n"
        "索引号：000014349/2026-00007\n"
        "发文机关：海川市数据与政务公开局\n"
        "发布日期：2026-09-28\n"
        "公开属性：主动公开\n"
        "文种：问答\n"
        "栏目：政策问答\n"
        f"原文：{BASE}statutory/faq/2026/data-sharing.html\n\n"
        "公共数据共享的常见问题，随时补充。\n\n"
        "问：申请共享数据要等多久？\n"
        "5个工作日内答复。\n"
    )


def _twins(built: Built) -> set[str]:
    files = {page.url for page in built.outcome.pages if not page.copy_of}
    return {url for url in files if url.endswith((".md", ".txt"))} - {"robots.txt", "llms.txt"}


@pytest.mark.parametrize("site", [good, demonstration], ids=["good", "demonstration"])
def test_every_listed_document_has_both_twins_and_names_them(site: object) -> None:
    assert callable(site)
    built: Built = site()
    stems = {entry.url.removesuffix(".html") for entry in built.outcome.site.listed}
    assert _twins(built) == {f"{stem}{suffix}" for stem in stems for suffix in (".md", ".txt")}
    for url, page in built.html():
        named = [
            (node.attributes["type"], node.attributes["href"])
            for node in page.css('link[rel="alternate"]:not([type="application/atom+xml"])')
        ]
        stem = url.removesuffix(".html")
        name = stem.rpartition("/")[2]
        expected = [(MARKDOWN, f"{name}.md"), (TEXT, f"{name}.txt")] if stem in stems else []
        assert named == expected, url


def test_what_is_withdrawn_or_not_disclosed_has_no_twin() -> None:
    built = build(
        replace(POLICY, "---\n标题", "---\n撤下: {日期: 2026-11-02, 原因: 有误}\n标题"),
        put(f"{NOTICES}/kept.md", notice(71).replace("主动公开\n", "不予公开\n")),
        append(FEES, "<!-- 内部说明 -->"),
    )
    assert [url for url in _twins(built) if "2026/data-sharing" in url and "policy" in url] == []
    assert [url for url in _twins(built) if "kept" in url] == []
    assert "内部说明" not in built.text("statutory/notice/2026/fees.md")
    assert "办事提示第71号" not in "".join(built.text(url) for url in _twins(built))


def test_a_file_of_the_editors_goes_before_a_twin() -> None:
    built = build(put("content/statutory/notice/2026/fees.txt", "原件\n"))
    site = built.outcome.site
    entry = site.entries[FEES]
    assert twin_urls(site, entry) == {MARKDOWN: "statutory/notice/2026/fees.md"}
    copied = next(p for p in built.outcome.pages if p.url == "statutory/notice/2026/fees.txt")
    assert copied.copy_of == "content/statutory/notice/2026/fees.txt"


def test_a_document_called_robots_leaves_the_robots_alone() -> None:
    built = build(put("content/robots.md", notice(71, "栏目: statutory/notice")))
    assert built.text("robots.txt").startswith("User-agent: *\n")
    assert "办事提示第71号" in built.text("robots.md")


def _words(html: str) -> str:
    return re.sub(r"\s", "", HTMLParser(f"<body>{html}</body>").text())


def _back(text: str) -> str:
    """The words of Markdown as a reader sees them."""
    return _words(Markdown(extensions=["tables", "fenced_code"]).convert(text))


@pytest.mark.parametrize("built", [good, demonstration], ids=["good", "demonstration"])
def test_a_twin_read_as_markdown_has_the_words_of_the_body(built: object) -> None:
    assert callable(built)
    site = built().outcome.site
    for entry in site.listed:
        body = filled(site, entry, entry.url)
        assert _back(markdown(body, str)) == _words(body), entry.path
        if "<li" not in body and "<img" not in body:
            assert re.sub(r"\s", "", "".join(lines(body))) == _words(body), entry.path


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("电话138\\*\\*\\*\\*1234，卡号6222\\*\\*\\*\\*0001", "电话138\\*\\*\\*\\*1234，卡号6222\\*\\*\\*\\*0001"),
        ("甲\n\n- 乙\n- 丙\n    1. 丁\n    2. 戊", "甲\n\n- 乙\n\n- 丙\n\n    1. 丁\n\n    2. 戊"),
        ("> 引用\n\n后", "> 引用\n\n后"),
        ("第一行<br>第二行", "第一行  \n第二行"),
        ("**要求**和*说明*", "**要求**和*说明*"),
        ("见[办法](a.html#第三条)。", "见[办法](<URL:a.html#第三条>)。"),
        ("![全景](a.png)", "![全景](<URL:a.png>)"),
        ("| 甲 | 乙 |\n| --- | --- |\n| 1 | a\\|b |", "| 甲 | 乙 |\n| --- | --- |\n| 1 | a\\|b |"),
        ("```\n a\n\n  b\n```", "```\n a\n\n  b\n```"),
        ("## 小标题\n\n1\\. 不是列表", "## 小标题\n\n1\\. 不是列表"),
        ("<p>---</p><p># 号</p>", "\\---\n\n\\# 号"),
    ],
)  # fmt: skip
def test_markdown_of_a_body(written: str, expected: str) -> None:
    body = convert(written, 1)
    filled = body.pieces[0]
    for piece, (number, _) in zip(body.pieces[1:], body.slots, strict=True):
        filled += body.links[number].href + piece
    assert markdown(filled, lambda href: f"URL:{href}") == expected


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="甲乙1件. -*_`[]()<>#|>\\\n&;:!~\"'\t~abc", max_size=80))
def test_any_body_can_be_copied(text: str) -> None:
    html = "".join(convert(text, 1).pieces)
    assert isinstance(markdown(html, str), str)
    assert all(line == line.strip(" \n") and line for line in lines(html))
    # A twin is made of the body before numbers are kept with their units.
    together = kept_together(html)
    assert (markdown(html, str), lines(html)) == (markdown(together, str), lines(together))


def test_a_table_with_cells_over_several_places() -> None:
    table = Table(
        "t",
        "表",
        (
            (Cell("说明", rows=2), Cell("结果", "col", columns=2)),
            (Cell("是", "col"), Cell("否", "col")),
        ),
        (((Cell("组", "row", rows=2), Cell("1"), Cell("2")), (Cell("合计", columns=2),)),),
    )
    assert cells(table) == [
        ["说明", "结果", "结果"],
        ["说明", "是", "否"],
        ["组", "1", "2"],
        ["组", "合计", ""],
    ]


def _json_ld(built: Built, url: str) -> object:
    node = built.page(url).css_first('script[type="application/ld+json"]')
    return json.loads(node.text()) if node else None


def test_a_policy_is_legislation() -> None:
    organ = {"@type": "GovernmentOrganization", "name": "海川市数据与政务公开局"}
    page = f"{BASE}statutory/policy/2026/data-sharing"
    assert _json_ld(good(), "statutory/policy/2026/data-sharing.html") == {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": f"{page}.html",
        "name": "海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知",
        "inLanguage": "zh-CN",
        "identifier": "000014349/2026-00003",
        "datePublished": "2026-09-24T09:00:00+08:00",
        "dateCreated": "2026-09-23",
        "expires": "2031-10-31",
        "publisher": organ,
        "author": [organ],
        "abstract": "规定公共数据共享的目录、申请、使用和监督。",
        "encoding": [
            {"@type": "MediaObject", "encodingFormat": "text/markdown", "contentUrl": f"{page}.md"},
            {"@type": "MediaObject", "encodingFormat": "text/plain", "contentUrl": f"{page}.txt"},
        ],
        "associatedMedia": [
            {
                "@type": "MediaObject",
                "name": "公共数据共享目录",
                "contentUrl": f"{page}-catalog.csv",
            }
        ],
        "legislationIdentifier": "海数政规〔2026〕2号",
        "legislationDate": "2026-09-23",
        "legislationPassedBy": [organ],
        "legislationLegalForce": "https://schema.org/InForce",
        "legislationChanges": [{"@id": f"{BASE}statutory/policy/2023/data-sharing.html"}],
    }


def test_the_landing_page_names_the_organ_and_the_catalogue_is_a_dataset() -> None:
    home = _json_ld(good(), "index.html")
    assert isinstance(home, dict)
    organ, website = home["@graph"]
    assert organ == {
        "@type": "GovernmentOrganization",
        "@id": f"{BASE}#organ",
        "name": "海川市数据与政务公开局",
        "alternateName": "市数政局",
        "identifier": "000014349",
        "url": BASE,
        "address": "海川市望潮区公开路1号",
        "telephone": "0000-00001234",
        "faxNumber": "0000-00001235",
        "email": "zwgk@www.example.gov.cn",
        "parentOrganization": {"@type": "GovernmentOrganization", "name": "海川市人民政府"},
    }
    assert website["potentialAction"]["target"] == f"{BASE}search.html?q={{search_term_string}}"
    dataset = _json_ld(good(), "catalog.html")
    assert isinstance(dataset, dict)
    assert dataset["@type"] == "Dataset"
    assert [file["contentUrl"] for file in dataset["distribution"]] == [
        f"{BASE}catalog.json",
        f"{BASE}catalog.csv",
    ]


def test_every_kind_of_document_says_what_it_is() -> None:
    types = {}
    for entry in good().outcome.site.listed:
        found = _json_ld(good(), entry.url)
        assert isinstance(found, dict)
        thing = found["@graph"][-1] if "@graph" in found else found
        types[entry.document.kind.value] = thing["@type"]
    assert types == {
        "policy": "Legislation",
        "institution": "Legislation",
        "annual-report": "Report",
        "faq": "FAQPage",
        "interpretation": "Article",
        "work-points": "Article",
        "consultation": "Article",
        "event": "Article",
        "notice": "Article",
        "guide": "Article",
        "topic": "Article",
    }


def test_no_text_ends_the_script_it_stands_in() -> None:
    evil = "</script><script>alert(1)</script><!--&\u2028"
    built = build(replace(FEES, "标题: 海川市", f'标题: "{evil}"\n关键词: 海川市'))
    page = built.page("statutory/notice/2026/fees.html")
    found = _json_ld(built, "statutory/notice/2026/fees.html")
    assert isinstance(found, dict)
    assert found["name"].rstrip("\u2028") == evil.rstrip("\u2028")
    scripts = [n for n in page.css("script") if "alert" in n.text()]
    assert [n.attributes.get("type") for n in scripts] == ["application/ld+json"]
    assert "<script>alert" not in built.text("statutory/notice/2026/fees.html")


def test_open_graph() -> None:
    page = good().page("statutory/policy/2026/data-sharing.html")
    found = [
        (n.attributes["property"], n.attributes["content"]) for n in page.css("meta[property]")
    ]
    assert found == [
        ("og:type", "article"),
        ("og:title", "海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知"),
        ("og:url", f"{BASE}statutory/policy/2026/data-sharing.html"),
        ("og:site_name", "海川市数据与政务公开局政府信息公开"),
        ("og:locale", "zh_CN"),
        ("og:description", "规定公共数据共享的目录、申请、使用和监督。"),
        ("article:published_time", "2026-09-24T09:00:00+08:00"),
        ("article:section", "政策文件"),
    ]


def test_a_withdrawn_document_says_nothing_to_machines() -> None:
    built = build(replace(POLICY, "---\n标题", "---\n撤下: {日期: 2026-11-02, 原因: 有误}\n标题"))
    url = "statutory/policy/2026/data-sharing.html"
    assert _json_ld(built, url) is None
    assert ("robots", "noindex") in meta(built.page(url))
    others = [page for page in built.outcome.pages if page.url.endswith((".md", ".txt"))]
    assert [page.url for page in others if "应当说明理由" in page.content.decode()] == []


def test_the_head_of_a_page_without_document() -> None:
    said = linked(good().outcome.site, "apply.html", "依申请公开", None, str)
    assert (said.json_ld, said.twins) == ("", ())
    assert dict(said.open_graph)["og:type"] == "website"
