"""Links and references (链接与引用): the cases A to D of the link checkers that Markdown sources can hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from generator.build import examine
from generator.model import Entry, Link, Site, Verdict
from tests.documents import NOTICES, notice
from tests.sites import GOOD_SITE, TODAY, write_site

HERE = f"{NOTICES}/from.md"
OUT = "statutory/notice/2026"
NFD = unicodedata.normalize("NFD", "é")
TARGETS: Mapping[str, str | bytes] = {
    f"{NOTICES}/a.md": notice(
        51,
        body="## 一、总则（试行）\n\n## foo\n\n第一条 为了公开。\n\n"
        '<a name="x"></a><span id="sp an">甲</span>\n\n## 百分 {: #tangent%3A }\n\n注[^1]\n\n[^1]: 脚注',
    ),
    f"{NOTICES}/b/index.md": notice(52, body="## 一、索引"),
    f"{NOTICES}/draft.md": notice(53, "草稿: 是"),
    f"{NOTICES}/future.md": notice(54, "发布日期: 2027-01-01"),
    f"{NOTICES}/closed.md": notice(55, "公开属性: 不予公开"),
    f"{NOTICES}/营商环境.md": notice(56),
    f"{NOTICES}/海神.md": notice(57),
    f"{NOTICES}/Case.md": notice(58),
    f"{NOTICES}/same.md": notice(59),
    f"{NOTICES}/same/x.md": notice(60),
    f"{NOTICES}/通知（1）.pdf": b"%PDF",
    f"{NOTICES}/〔2024〕.pdf": b"%PDF",
    f"{NOTICES}/文件#1.pdf": b"%PDF",
    f"{NOTICES}/100%达标.pdf": b"%PDF",
    f"{NOTICES}/a b.pdf": b"%PDF",
    f"{NOTICES}/a+b.pdf": b"%PDF",
    f"{NOTICES}/表.PDF": b"%PDF",
    f"{NOTICES}/{NFD}.pdf": b"%PDF",
    f"{NOTICES}/v.mp4": b"0",
    f"{NOTICES}/i.svg": "<svg/>",
    f"{NOTICES}/空/x.txt": "1",
    f"{NOTICES}/d.html/z.md": notice(61),
}


@cache
def _linked(body: str) -> tuple[Site, Entry]:
    with TemporaryDirectory() as folder:
        files = {**GOOD_SITE, **TARGETS, HERE: notice(99, body=body)}
        site = examine(write_site(Path(folder), files), TODAY).site
    return site, site.entries[HERE]


def _links(body: str) -> tuple[Link, ...]:
    return _linked(body)[1].links


class To(NamedTuple):
    """What must become of a link: its verdict, where it leads (`url#fragment`), what would be right."""

    verdict: str
    url: str = ""
    suggestion: str | None = None


def _to(link: Link) -> To:
    fragment = f"#{link.fragment}" if link.fragment else ""
    return To(
        link.verdict.value, f"{link.url}{fragment}" if link.verdict.is_good else "", link.suggestion
    )


A = To("document", f"{OUT}/a.html")
CASES: dict[str, tuple[str, list[To]]] = {
    "A01 from the root": ("[x](/statutory/notice/2026/a.html)", [A]),
    "A01 from the root, as a source": ("[x](/statutory/notice/2026/a.md)", [A]),
    "A02 missing": ("[x](/statutory/notice/2026/none.html)", [To("broken-page")]),
    "A02 nearly right": ("[x](departmets.md)", [To("broken-page", "", "departments.md")]),
    "A03 relative": (
        "[x](../2026/a.md) [x](../../policy/2026/data-sharing.html)",
        [A, To("document", "statutory/policy/2026/data-sharing.html")],
    ),
    "A04 right from the root only": (
        "[x](statutory/notice/2026/a.md)",
        [To("broken-page", "", "a.md")],
    ),
    "A05 dots": ("[x](./a.md) [x](b/../a.md) [x](b/./../a.html)", [A, A, A]),
    "A06 above the root": ("[x](../../../../../none.md)", [To("broken-page")]),
    "A07 itself": ("[x](from.md)", [To("document", f"{OUT}/from.html")]),
    "A08 folders with a page": (
        "[x](b/) [x](/statutory/notice/) [x](/) [x](../)",
        [
            To("document", f"{OUT}/b/index.html"),
            To("page", "statutory/notice/index.html"),
            To("page", "index.html"),
            To("page", "statutory/notice/index.html"),
        ],
    ),
    "A09 folder without a page": ("[x](空/)", [To("broken-page")]),
    "A10 folder without a slash": (
        "[x](b) [x](/statutory/notice)",
        [To("document", f"{OUT}/b/index.html"), To("page", "statutory/notice/index.html")],
    ),
    "A11 no suffix": ("[x](a)", [To("broken-page", "", "a.md")]),
    "A12 folder and page of one name": (
        "[x](same) [x](same/) [x](same.md)",
        [
            To("broken-page", "", "same.md"),
            To("broken-page", "", "same.md"),
            To("document", f"{OUT}/same.html"),
        ],
    ),
    "A13 folder that ends in .html": (
        "[x](d.html) [x](d.html/z.md)",
        [To("broken-page"), To("document", f"{OUT}/d.html/z.html")],
    ),
    "A15 query": ("[x](a.html?x=1)", [A]),
    "A16 query only": ("[x](?page=2)", [To("same-page", f"{OUT}/from.html")]),
    "A17 query and fragment": (
        "[x](a.html?x=1#锚) [x](a.html?x=1#foo)",
        [To("broken-anchor"), To("document", f"{OUT}/a.html#foo")],
    ),
    "A18 double slash": ("[x](/statutory//notice/2026/a.html)", [A]),
    "A19 not published": (
        "[x](draft.md) [x](future.html) [x](closed.md)",
        [To("unpublished-target")] * 3,
    ),
    "A20 sources": ("[x](a.md)", [A]),
    "A21 left from a template": (
        "[x]({% url %}) [x]($x$)",
        [To("broken-page"), To("broken-page")],
    ),
    "A22 white space": ('[x]( a.md ) <a href=" a.md\n">x</a>', [A, A]),
    "A23 comment": ('甲 <!-- [x](none.md) <a href="none.md">x</a> -->', []),
    "A24 script": ("甲 <script>var a = '<a href=\"none.md\">'</script>", []),
    "A25 template": ('<template><a href="none.md">x</a></template>', []),
    "A26 code": ('`<a href="none.md">` `[x](none.md)`\n\n```\n[x](none.md)\n```\n', []),
    "A27 link in preformatted text": ('<pre><a href="none.md">x</a></pre>', [To("broken-page")]),
    "A28 noscript": ('<noscript><a href="none.md">x</a></noscript>', [To("broken-page")]),
    "A29 HTML in every spelling": (
        '<A HREF=\'a.md\'>x</A> <a href=a.md>x</a> <a href="a&#46;md">x</a> <a href = "a.md?x&amp;y">x</a>',
        [A, A, A, A],
    ),
    "A30 unclosed tags": ('<a href="a.md">x <b>y [z](none.md)', [A, To("broken-page")]),
    "B01 Chinese": ("[x](营商环境.md)", [To("document", f"{OUT}/营商环境.html")]),
    "B02 percent-encoded": (
        "[x](%E8%90%A5%E5%95%86%E7%8E%AF%E5%A2%83.md) [x](%e8%90%a5%e5%95%86%e7%8e%af%e5%a2%83.html)",
        [To("document", f"{OUT}/营商环境.html")] * 2,
    ),
    "B03 mixed": ("[x](营商%E7%8E%AF%E5%A2%83.md)", [To("document", f"{OUT}/营商环境.html")]),
    "B04 encoded twice": (
        "[x](%25E8%2590%25A5%25E5%2595%2586%25E7%258E%25AF%25E5%25A2%2583.md)",
        [To("broken-page", "", "营商环境.md")],
    ),
    "B05 GBK": ("[x](%D3%AA%C9%CC%BB%B7%BE%B3.md)", [To("broken-page", "", "营商环境.md")]),
    "B06 broken encoding": ("[x](%zz.md) [x](a%)", [To("broken-page")] * 2),
    "B07 NFC for NFD": ("[x](é.pdf)", [To("broken-file", "", f"{NFD}.pdf")]),
    "B08 compatibility ideograph": ("[x](海\ufa19.md)", [To("broken-page", "", "海神.md")]),
    "B09 widths": (
        "[x](通知(1).pdf) [x](<[2024].pdf>)",
        [To("broken-file", "", "通知（1）.pdf"), To("broken-file", "", "〔2024〕.pdf")],
    ),
    "B10 spaces": (
        "[x](a%20b.pdf) [x](<a b.pdf>) [x](a+b.pdf)",
        [
            To("file", f"{OUT}/a b.pdf"),
            To("file", f"{OUT}/a b.pdf"),
            To("file", f"{OUT}/a+b.pdf"),
        ],
    ),
    "B11 invisible": (
        "[x](a\u3000.md) [x](a\u200b.md)",
        [To("malformed-url", "", "a.md"), To("malformed-url", "", "a.md")],
    ),
    "B12 number sign": (
        "[x](文件#1.pdf) [x](文件%231.pdf)",
        [To("broken-file", "", "文件%231.pdf"), To("file", f"{OUT}/文件#1.pdf")],
    ),
    "B13 percent sign": (
        "[x](100%达标.pdf) [x](100%25达标.pdf)",
        [To("file", f"{OUT}/100%达标.pdf")] * 2,
    ),
    "B15 Chinese hosts": (
        "[x](http://政务.公益/) [x](http://xn--zfr164b.xn--55qw42g/)",
        [To("external", "http://政务.公益/"), To("external", "http://xn--zfr164b.xn--55qw42g/")],
    ),
    "C01 case": (
        "[x](case.md) [x](/Statutory/notice/2026/Case.md)",
        [
            To("wrong-case", "", "Case.md"),
            To("wrong-case", "", "/statutory/notice/2026/Case.md"),
        ],
    ),
    "C02 case of a suffix": ("[x](表.pdf)", [To("wrong-case", "", "表.PDF")]),
    "C02 backslash": ("[x](b\\\\index.md)", [To("wrong-case", "", "b/index.md")]),
    "C04 case of a fragment": ("[x](a.md#Foo)", [To("broken-anchor", "", "a.md#foo")]),
    "D01 own page": (
        "## 甲\n\n[x](#甲) [x](#乙)",
        [To("same-page", f"{OUT}/from.html#甲"), To("broken-anchor")],
    ),
    "D02 other page": (
        "[x](a.md#foo) [x](a.html#第一条) [x](a.md#zzz)",
        [
            To("document", f"{OUT}/a.html#foo"),
            To("document", f"{OUT}/a.html#第一条"),
            To("broken-anchor"),
        ],
    ),
    "D03 folder": (
        "[x](b/#一、索引) [x](b/#二)",
        [To("document", f"{OUT}/b/index.html#一、索引"), To("broken-anchor")],
    ),
    "D04 Chinese": (
        "[x](a.md#一、总则（试行）)",
        [To("document", f"{OUT}/a.html#一、总则（试行）")],
    ),
    "D05 percent-encoded": (
        "[x](a.md#%E4%B8%80%E3%80%81%E6%80%BB%E5%88%99%EF%BC%88%E8%AF%95%E8%A1%8C%EF%BC%89)",
        [To("document", f"{OUT}/a.html#一、总则（试行）")],
    ),
    "D06 percent sign in an id": (
        "[x](a.md#tangent%3A)",
        [To("document", f"{OUT}/a.html#tangent%3A")],
    ),
    "D07 name": ("[x](a.md#x)", [To("document", f"{OUT}/a.html#x")]),
    "D09 top": (
        "[x](#top) [x](#TOP) [x](a.md#top) [x](#)",
        [
            To("same-page", f"{OUT}/from.html"),
            To("same-page", f"{OUT}/from.html"),
            A,
            To("empty-link"),
        ],
    ),
    "D10 empty": ('[x]() <a href="">y</a>', [To("empty-link"), To("empty-link")]),
    "D11 quotes and spaces": (
        "[x](<a.md#sp an>) [x](a.md#sp%20an) [x](<a.md#'x'>)",
        [
            To("document", f"{OUT}/a.html#sp an"),
            To("document", f"{OUT}/a.html#sp an"),
            To("broken-anchor"),
        ],
    ),
    "D12 text fragments": (
        "[x](a.md#:~:text=foo) [x](a.md#foo:~:text=甲) [x](a.md#zzz:~:text=甲)",
        [A, To("document", f"{OUT}/a.html#foo"), To("broken-anchor")],
    ),
    "D13 places in files": (
        "[x](a%20b.pdf#page=3) [x](v.mp4#t=10) [x](i.svg#svgView(viewBox(0,0,1,1)))",
        [
            To("file", f"{OUT}/a b.pdf#page=3"),
            To("file", f"{OUT}/v.mp4#t=10"),
            To("file", f"{OUT}/i.svg#svgView(viewBox(0,0,1,1))"),
        ],
    ),
    "D15 place on a missing page": ("[x](none.md#x)", [To("broken-page")]),
    "D17 renamed heading": (
        "[x](a.md#二、总则（试行）) [x](a.md#总则（试行）)",
        [To("broken-anchor", "", "a.md#一、总则（试行）")] * 2,
    ),
    "D18 as an editor's preview names it": (
        "[x](a.md#一总则试行)",
        [To("document", f"{OUT}/a.html#一、总则（试行）")],
    ),
    "D20 footnotes": (
        "[x](a.md#fn:1) [x](a.md#fnref:1)",
        [To("document", f"{OUT}/a.html#fn:1"), To("document", f"{OUT}/a.html#fnref:1")],
    ),
    "F03 prefix": ("[x](/zwgk/statutory/notice/2026/a.html)", [A]),
    "F04 own host": (
        "[x](https://www.example.gov.cn/zwgk/statutory/notice/2026/a.html)"
        " [x](https://www.example.gov.cn/zwgk/none.html) [x](https://www.example.gov.cn/other/)",
        [A, To("broken-page"), To("external", "https://www.example.gov.cn/other/")],
    ),
    "F05 own host, spelled otherwise": (
        "[x](http://WWW.EXAMPLE.GOV.CN:80/zwgk/statutory/notice/2026/a.html)",
        [A],
    ),
    "F06 own host without scheme": ("[x](//www.example.gov.cn/zwgk/)", [To("page", "index.html")]),
    "titles of links": ("[x](a.md \"甲\") [x](<a.md> '乙')", [A, A]),
    "links by name": ("[x][甲] [甲]\n\n[甲]: a.md", [A, A]),
    "autolinks": (
        "<https://a.example.cn/x> <zwgk@www.example.gov.cn>",
        [
            To("external", "https://a.example.cn/x"),
            To("address", "mailto:zwgk@www.example.gov.cn"),
        ],
    ),
    "files made by the site": (
        "[x](/catalog.json) [x](/catalog.html#item-1) [x](/catalog.html#%69tem-2)",
        [
            To("page", "catalog.json"),
            To("page", "catalog.html#item-1"),
            To("page", "catalog.html#item-2"),
        ],
    ),
    "media": (
        '<video src="v.mp4" poster="none.png"></video> ![甲](i.svg) ![乙](a.md)',
        [
            To("file", f"{OUT}/v.mp4"),
            To("broken-file"),
            To("file", f"{OUT}/i.svg"),
            To("document", f"{OUT}/a.html"),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_links(case: str) -> None:
    body, expected = CASES[case]
    assert [_to(link) for link in _links(body)] == expected


def test_a_place_that_a_page_made_by_itself_lacks() -> None:
    with TemporaryDirectory() as folder:
        body = "见[目录](/catalog.html#item-99)和[栏目](/statutory/notice/#none)。"
        files = {**GOOD_SITE, HERE: notice(99, body=body)}
        findings = examine(write_site(Path(folder), files), TODAY).findings
    assert [(one.rule, one.place.line, one.place.column, one.target) for one in findings] == [
        ("broken-anchor", 9, 2, "/catalog.html#item-99"),
        ("broken-anchor", 9, 30, "/statutory/notice/#none"),
    ]


@pytest.mark.parametrize(
    ("href", "repaired"),
    [
        ("https：//a.example.cn/", "https://a.example.cn/"),
        ("https:／／a.example.cn/", "https://a.example.cn/"),
        ("https//a.example.cn/", "https://a.example.cn/"),
        ("http:a.example.cn", "http://a.example.cn"),
        ("htps://a.example.cn/", "https://a.example.cn/"),
        ("http://https://a.example.cn/", "https://a.example.cn/"),
        ("www.example.cn/x", "https://www.example.cn/x"),
        ("https://a.example.cn/x。", "https://a.example.cn/x"),
        ("https://a。example。cn/x", "https://a.example.cn/x"),
        ("https://ａ.example.cn/x", "https://a.example.cn/x"),
        ("<https://a.example.cn/x y>", "https://a.example.cn/xy"),
        ("https://", None),
        ("https://example/", None),
        ("https://a.example.cn:x/", None),
        ("mailto:zwgk", None),
        ("tel:电话", None),
    ],
)
def test_malformed_addresses(href: str, repaired: str | None) -> None:
    assert [_to(link) for link in _links(f"[x]({href})")] == [To("malformed-url", "", repaired)]


REFERENCES: dict[str, tuple[str, To]] = {
    "document number": (
        "海数政规〔2026〕2号",
        To("document", "statutory/policy/2026/data-sharing.html"),
    ),
    "other brackets": (
        "海数政规[2026]2号",
        To("document", "statutory/policy/2026/data-sharing.html"),
    ),
    "loose": ("海数政规（2026）第02号", To("document", "statutory/policy/2026/data-sharing.html")),
    "index number": ("000014349/2026-00010", To("document", f"{OUT}/fees.html")),
    "path below the content": ("statutory/notice/2026/a.md", A),
    "path below the site": ("content/statutory/notice/2026/a.md", A),
    "path from the document": ("a.md", A),
    "path upwards": ("../2026/a.md", A),
    "path without suffix": ("a", A),
    "place in it": ("a.md#foo", To("document", f"{OUT}/a.html#foo")),
    "title": (
        "《海川市数据与政务公开局内设机构》",
        To("document", f"{OUT}/departments.html"),
    ),
    "title inside a title": (
        "《海川市公共数据共享管理办法》",
        To("document", "statutory/policy/2026/data-sharing.html"),
    ),
    "unknown number": ("海数政规〔2026〕3号", To("broken-reference")),
    "agency mistyped": ("海数政归〔2026〕2号", To("broken-reference", "", "海数政规〔2026〕2号")),
    "another year": ("《海川市2026年办法》", To("broken-reference")),
    "unknown title": ("《没有的办法》", To("broken-reference")),
    "title nearly right": (
        "《海川市数据与政务公开局内设机沟》",
        To("broken-reference", "", "《海川市数据与政务公开局内设机构》"),
    ),
    "unknown path": ("none.md", To("broken-reference")),
    "unknown place": ("a.md#zzz", To("broken-anchor")),
    "draft": ("draft.md", To("unpublished-target")),
}


@pytest.mark.parametrize("case", REFERENCES)
def test_references_in_bodies(case: str) -> None:
    words, expected = REFERENCES[case]
    assert [_to(link) for link in _links(f"见[[{words}]]和[[{words}|此文]]。")] == [
        expected,
        expected,
    ]


@pytest.mark.parametrize("case", REFERENCES)
def test_references_in_front_matter(case: str) -> None:
    words, expected = REFERENCES[case]
    with TemporaryDirectory() as folder:
        files = {**GOOD_SITE, **TARGETS, HERE: notice(99, f"相关: ['{words}']")}
        entry = examine(write_site(Path(folder), files), TODAY).site.entries[HERE]
    found = entry.references
    assert [(one.key, one.verdict.value, one.suggestion) for one in found] == [
        (("related", 0), expected.verdict, expected.suggestion)
    ]
    place = entry.document.source.place("related", 0)
    assert (place.line, place.column) == (7, 6)


def test_two_documents_of_one_title() -> None:
    with TemporaryDirectory() as folder:
        files = {
            **GOOD_SITE,
            f"{NOTICES}/one.md": notice(62, "标题: 同名文件"),
            f"{NOTICES}/two.md": notice(63, "标题: 同名文件"),
            HERE: notice(99, body="见[[《同名文件》]]。"),
        }
        (link,) = examine(write_site(Path(folder), files), TODAY).site.entries[HERE].links
    assert (link.verdict, link.reason) == (
        Verdict.NO_REFERENCE,
        "有 2 个文件都叫这个：statutory/notice/2026/one.md、statutory/notice/2026/two.md",
    )


def test_a_bare_number_is_a_link_where_the_site_has_the_document() -> None:
    body = "按照海数政规〔2026〕2号和海府办发〔2024〕16号，参照海数政规（2023）1号文件。"
    links = _links(body)
    assert [(link.written.href, link.url) for link in links] == [
        ("按照海数政规〔2026〕2号", "statutory/policy/2026/data-sharing.html"),
        ("参照海数政规（2023）1号", "statutory/policy/2023/data-sharing.html"),
    ]


def test_an_attachment_is_a_file_name_not_an_address() -> None:
    with TemporaryDirectory() as folder:
        fields = "附件: [文件#1.pdf, 100%达标.pdf, a b.pdf, 表.pdf, a.md, ../2026/v.mp4, none.pdf]"
        files = {**GOOD_SITE, **TARGETS, HERE: notice(99, fields)}
        entry = examine(write_site(Path(folder), files), TODAY).site.entries[HERE]
    assert [
        (one.title, one.verdict.value, one.url, one.size, one.suggestion)
        for one in entry.attachments
    ] == [
        ("文件#1.pdf", "file", f"{OUT}/文件#1.pdf", 4, None),
        ("100%达标.pdf", "file", f"{OUT}/100%达标.pdf", 4, None),
        ("a b.pdf", "file", f"{OUT}/a b.pdf", 4, None),
        ("表.pdf", "wrong-case", "", 0, "表.PDF"),
        ("a.md", "broken-file", f"{OUT}/a.html", 0, None),
        ("v.mp4", "file", f"{OUT}/v.mp4", 1, None),
        ("none.pdf", "broken-file", "", 0, None),
    ]


def test_positions_of_links() -> None:
    body = (
        "第一行[a](none1.md)，[[none2.md]]。\n"
        "第二行 ![图](none3.png) <a href='none4.md'>x</a>\n\n"
        "- 列表[a](none5.md)\n"
        "- 列表 **[b](none6.md)**\n\n"
        "| 甲 | 乙 |\n| --- | --- |\n| [c](none7.md) | [[none8.md|丁]] |\n\n"
        "> 引用[e](none9.md)\n\n"
        "一、标题[f](none10.md)\n\n"
        "（一）及时[g](none11.md)。正文[h](none12.md)\n\n"
        "[i][n]\n\n[n]: none13.md\n\n"
        "[![图](none14.png)](none15.md) 😀𠮷[j](none16.md)\n"
    )
    found = {
        link.written.href: (link.written.line, link.written.column)
        for link in _links(body)
        if not link.verdict.is_good
    }
    lines = notice(99, body=body).split("\n")
    expected = {
        "none1.md": "[a]",
        "none2.md": "[[none2",
        "none3.png": "![图]",
        "none4.md": "<a href",
        "none5.md": "[a]",
        "none6.md": "[b]",
        "none7.md": "[c]",
        "none8.md": "[[none8",
        "none9.md": "[e]",
        "none10.md": "[f]",
        "none11.md": "[g]",
        "none12.md": "[h]",
        "none13.md": "[n]:",
        "none14.png": "![图]",
        "none15.md": "[![图]",
        "none16.md": "[j]",
    }
    assert {
        href: lines[line - 1][column - 1 :][: len(expected[href])]
        for href, (line, column) in found.items()
    } == expected
    assert [line for line, _ in found.values()] == [
        9,
        9,
        10,
        10,
        12,
        13,
        17,
        17,
        19,
        21,
        23,
        23,
        27,
        29,
        29,
        29,
    ]
