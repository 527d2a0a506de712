"""`gongkai links`: every case of shared/cases/links.md that needs no network, by the number of its row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.finding import Finding, Severity
from generator.html_links import Checked, Origin, check, origin_of

HOST = "https://www.example.gov.cn/"
PAGE = "zc/2024/1.html"
LETTERS = {Severity.ERROR: "E", Severity.WARNING: "W", Severity.INFO: "I"}
PNG = b"\x89PNG\r\n\x1a\n0000"
PDF = b"%PDF-1.4 0000"
HTML = "<!DOCTYPE html><html><head><meta charset=utf-8><title>{0}</title></head><body>{1}</body></html>"
Files = Mapping[str, str | bytes]


def page(body: str = "", title: str = "") -> str:
    return HTML.format(title, body)


# What every case finds beside its own page.
WORLD: Files = {
    "index.html": page("<h1>首页</h1>"),
    "zc/2024/2.html": page("<h2 id=part>一</h2>"),
    "zc/2024/a b.html": page(),
    "zc/2024/a+b.html": page(),
    "zc/2023/2.html": page(),
    "gknb/index.html": page("<i id=part></i>"),
    "empty/x.html": page(),
    "same_name/index.html": page(),
    "same_name.html": page(),
    "odd.html/index.html": page(),
    "zt/营商环境/1.html": page(),
    "zt/case.html": page(),
    "zt/form.pdf": PDF,
    "zt/caf\u00e9.html": page(),
    "zt/\u91d1.html": page(),
    "zt/附件（1）.pdf": PDF,
    "zt/通知〔2024〕1号.html": page(),
    "zt/文件#1.pdf": PDF,
    "zt/100%达标.pdf": PDF,
    "img/a.png": PNG,
    "img/a,b.png": PNG,
    "v.mp4": b"\x00\x00\x00\x18ftypmp42",
    "i.svg": '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="home"/></svg>',
    "a.js": "1",
    "a.css": "body { color: red }",
}


class Case(NamedTuple):
    """A piece of HTML on a page, and the findings that it must raise: `rule letter`, sorted."""

    row: str
    body: str
    expected: tuple[str, ...] = ()
    files: Files = MappingProxyType({})
    base_url: str = ""


def ok(row: str, body: str, files: Files | None = None, base_url: str = "") -> Case:
    return Case(row, body, (), files or {}, base_url)


def bad(
    row: str, body: str, *expected: str, files: Files | None = None, base_url: str = ""
) -> Case:
    return Case(row, body, tuple(sorted(expected)), files or {}, base_url)


def checked(folder: Path, files: Files, base_url: str = "", jobs: int = 1) -> Checked:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return check(folder, origin_of(base_url) if base_url else Origin(), jobs)


def said(findings: tuple[Finding, ...]) -> list[str]:
    return sorted(f"{one.rule} {LETTERS[one.severity]}" for one in findings)


def a(href: str, text: str = "链接") -> str:
    return f'<a href="{href}">{text}</a>'


LONG = "长" * 90
SECTION_A = [
    ok("A01", a("/zc/2024/2.html")),
    bad("A02", a("/zc/2024/9.html"), "broken-page E"),
    ok("A03", a("../2023/2.html")),
    bad("A04", a("zt/case.html"), "broken-page E"),
    ok("A05", a("./2.html") + a("../2023/../2024/2.html") + a(".././2024/2.html")),
    bad("A06", a("../../../../index.html"), "malformed-url W"),
    bad("A06", a("../../../../none.html"), "broken-page E"),
    ok("A07", a("1.html") + a("/zc/2024/1.html")),
    ok("A08", a("/gknb/")),
    bad("A09", a("/empty/"), "broken-page E"),
    bad("A10", a("/gknb"), "malformed-url W"),
    bad("A11", a("/zt/case"), "broken-page E"),
    bad("A12", a("/same_name"), "malformed-url W"),
    ok("A13", a("/odd.html/")),
    ok("A14", a("/old/") + a("/older/"), {"old/index.htm": page(), "older/default.html": page()}),
    ok("A15", a("2.html?x=1")),
    ok("A16", a("?page=2")),
    bad("A17", a("2.html?x=1#锚"), "broken-anchor E"),
    bad("A18", a("/zt//case.html"), "malformed-url W"),
    bad("A20", a("/zt/case.md"), "broken-page E"),
    bad("A21", a("{{ page.url }}"), "malformed-url E"),
    bad("A21", a("{% url %}"), "malformed-url E"),
    bad("A21", a("$link$"), "malformed-url E"),
    bad("A21", a("${base}/x.html"), "malformed-url E"),
    ok("A22", a("\n  2.html \t") + '<a href="2.\nhtml">x</a>'),
    ok("A23", "<!-- " + a("none.html") + " -->"),
    ok("A24", f"<script>'{a('none.html')}'</script><textarea>{a('none.html')}</textarea>"),
    ok("A24", f"<style>/* {a('none.html')} */</style><title>{a('none.html')}</title>"),
    ok("A25", f"<template>{a('none.html')}</template>"),
    ok("A26", "<pre>&lt;a href='none.html'&gt;</pre>"),
    bad("A27", f"<pre>{a('none.html')}</pre>", "broken-page E"),
    bad("A28", f"<noscript>{a('none.html')}</noscript>", "broken-page E"),
    ok("A29", "<A HREF=2.html>x</A><a href='2.html'>x</a><a href='&#50;.html?a=1&amp;b'>x</a>"),
    bad("A30", "<div><p><a href=none.html>x<table><a href='2.html'", "broken-page E"),
    bad("A31", a("none.html") * 3, "broken-page E"),
]
SECTION_B = [
    ok("B01", a("/zt/营商环境/1.html")),
    ok("B02", a("/zt/%E8%90%A5%E5%95%86%E7%8E%AF%E5%A2%83/1.html")),
    ok("B02", a("/zt/%e8%90%a5%e5%95%86%e7%8e%af%e5%a2%83/1.html")),
    ok("B03", a("/zt/营商%E7%8E%AF%E5%A2%83/1.html")),
    bad("B04", a("/zt/%25E8%2590%25A5%25E5%2595%2586/1.html"), "broken-page E"),
    bad("B05", a("/zt/%D3%AA%C9%CC%BB%B7%BE%B3/1.html"), "broken-page E"),
    bad("B06", a("/zt/%zz.html"), "malformed-url E"),
    bad("B06", a("/zt/case.html%"), "malformed-url E"),
    bad("B07", a("/zt/cafe\u0301.html"), "broken-page E"),
    bad("B08", a("/zt/\uf90a.html"), "broken-page E"),
    bad("B09", a("/zt/附件(1).pdf"), "broken-file E"),
    bad("B09", a("/zt/通知[2024]1号.html"), "broken-page E"),
    ok("B10", a("a%20b.html") + a("a b.html") + a("a+b.html")),
    bad("B11", a("2.html\u3000"), "malformed-url E"),
    bad("B11", a("2\u200b.html"), "malformed-url E"),
    bad("B12", a("/zt/文件#1.pdf"), "broken-file E"),
    bad("B13", a("/zt/100%达标.pdf"), "malformed-url W"),
    bad("B14", a(f"/zt/{LONG}.html"), "broken-page E"),
    ok("B15", a("http://政务.公益/") + a("http://xn--zfr164b.xn--55qw42g/")),
]
SECTION_C = [
    bad("C01", a("/Zt/Case.html"), "wrong-case E"),
    bad("C02", a("/zt/form.PDF"), "wrong-case E"),
    bad(
        "C03",
        a("/zt/case.html") + a("/zt/Case.html"),
        "path-collision W",
        files={"zt/Case.html": page()},
    ),
    bad("C04", a("2.html#Part"), "broken-anchor E"),
]
ANCHORS = (
    "<h2 id='一、总则（试行）'>一</h2><b id='tangent%3A'></b><a name=old></a><svg><g id=g></g></svg>"
    "<b id=\"'x' y\"></b>"
)
SECTION_D = [
    ok("D01", "<h2 id=here>x</h2>" + a("#here")),
    bad("D01", a("#here"), "broken-anchor E"),
    ok("D02", a("2.html#part")),
    bad("D02", a("2.html#none"), "broken-anchor E"),
    ok("D03", a("/gknb/#part")),
    bad("D03", a("/gknb/#none"), "broken-anchor E"),
    ok("D04", ANCHORS + a("#一、总则（试行）")),
    ok(
        "D05",
        ANCHORS + a("#%E4%B8%80%E3%80%81%E6%80%BB%E5%88%99%EF%BC%88%E8%AF%95%E8%A1%8C%EF%BC%89"),
    ),
    ok("D06", ANCHORS + a("#tangent%3A")),
    ok("D07", ANCHORS + a("#old")),
    ok("D08", ANCHORS + a("#g")),
    ok("D09", a("#top") + a("#TOP") + a("#", "返回顶部") + a("#", "TOP ↑")),
    bad("D09", a("#", "关于我们的机构职能"), "empty-link W"),
    bad("D09", a("#", "2023年政府信息公开工作年度报告"), "empty-link E"),
    bad("D10", a(""), "empty-link E"),
    bad("D10", '<a href="" class="menu">菜单</a>', "empty-link W"),
    ok("D11", ANCHORS + a("#'x'%20y") + a("#'x' y")),
    ok("D12", a("2.html#:~:text=总则") + a("2.html#part:~:text=总则")),
    bad("D12", a("2.html#none:~:text=总则"), "broken-anchor E"),
    ok(
        "D13",
        a("/zt/form.pdf#page=3")
        + a("/v.mp4#t=10")
        + '<img src="/i.svg#svgView(viewBox(0,0,1,1))">',
    ),
    ok("D14", a("2.html#/list") + a("#!/list")),
    bad("D15", a("none.html#part"), "broken-page E"),
    bad("D16", "<b id=x></b><b id=x></b>", "duplicate-id W"),
    bad("D19", '<img src="/img/a.png" usemap="#m">', "broken-anchor E"),
    ok("D19", '<img src="/img/a.png" usemap="#m"><map name="m"></map>'),
    ok("D20", '<p id="fnref:1"></p>' + a("#fnref:1")),
]
SECTION_E = [
    bad("E01", '<img src="/img/none.png">', "broken-file E"),
    bad("E02", "<img alt=x>", "broken-file E"),
    bad("E02", '<img src="" alt=x>', "broken-file E"),
    bad("E03", '<img src="/img/a.png" srcset="/img/a.png 1x, /img/none.png 2x">', "broken-file E"),
    bad("E03", '<img src="/img/a.png" srcset="/img/none.png 320w">', "broken-file E"),
    ok("E04", '<img src="/img/a.png" srcset="/img/a,b.png 1x,data:image/png;base64,AAA= 2x">'),
    bad(
        "E05",
        '<picture><source srcset="/img/n.webp"><img src="/img/a.png"></picture>',
        "broken-file E",
    ),
    bad(
        "E05",
        '<video src="/none.mp4" poster="/none.jpg"></video>',
        "broken-file E",
        "broken-file E",
    ),
    bad(
        "E05",
        '<audio src="/none.mp3"><track src="/none.vtt"></audio>',
        "broken-file E",
        "broken-file E",
    ),
    bad("E06", '<iframe src="/none.html"></iframe>', "broken-page E"),
    bad(
        "E06",
        '<embed src="/none.pdf"><object data="/none2.pdf"></object>',
        "broken-file E",
        "broken-file E",
    ),
    bad("E07", '<script src="/none.js"></script>', "broken-file E"),
    bad("E08", '<link rel=stylesheet href="/none.css">', "broken-file E"),
    bad("E08", '<link rel="shortcut icon" href="/none.ico">', "broken-file E"),
    bad("E08", '<link rel=manifest href="/none.webmanifest">', "broken-file E"),
    bad("E08", '<link rel=next href="/none.html">', "broken-page E"),
    ok("E09", '<link rel=preconnect href="/none"><link rel=dns-prefetch href="//cdn.example.com">'),
    bad("E10", "<p style=\"background:url('/img/none.png')\">", "broken-file E"),
    bad("E10", "<style>p { background: URL( /img/none.png ) }</style>", "broken-file E"),
    bad("E10", '<style>@import "/none.css";</style>', "broken-file E"),
    bad("E10", "", "broken-file E", files={"css/b.css": "p { background: url(../img/none.png) }"}),
    ok(
        "E10",
        "",
        {
            "css/b.css": "/* url(none) */ @namespace url(http://x/); p { background: url(../img/a.png) }"
        },
    ),
    ok("E10", "", {"css/b.css": "@font-face { src: url(f.eot?#iefix) }", "css/f.eot": b"0"}),
    ok("E11", "<style>p { background: url(data:image/png;base64,AA=); filter: url(#f) }</style>"),
    bad("E12", '<form action="/none.html"></form>', "broken-page W"),
    ok("E12", "<form></form><form action=''></form>"),
    bad("E13", '<map name=m><area href="/none.html"></map>', "broken-page E"),
    bad("E13", '<svg><use href="#none"></use></svg>', "broken-anchor E"),
    bad("E13", '<svg><use xlink:href="/i.svg#none"></use></svg>', "broken-anchor E"),
    ok("E13", '<svg><use xlink:href="/i.svg#home"></use></svg>'),
    bad("E13", '<svg><image href="/img/none.png"></image></svg>', "broken-file E"),
    bad("E14", "<meta http-equiv=refresh content=\"0; URL='/none.html'\">", "broken-page E"),
    bad("E14", '<meta http-equiv=REFRESH content="0;url=/none.html">', "broken-page E"),
    ok(
        "E14",
        '<meta http-equiv=refresh content="30"><meta http-equiv=refresh content="0; url=2.html">',
    ),
    bad("E14", '<meta http-equiv=refresh content="bald">', "malformed-url E"),
    bad(
        "E15",
        f'<meta property="og:image" content="{HOST}img/none.png">',
        "broken-file E",
        base_url=HOST,
    ),
    bad(
        "E15", f'<meta property="og:url" content="{HOST}none.html">', "broken-page E", base_url=HOST
    ),
    bad("E15", '<meta name="twitter:image" content="/img/none.png">', "broken-file E"),
    bad(
        "E15",
        f'<script type="application/ld+json">{{"url": "{HOST}none.html"}}</script>',
        "broken-page E",
        base_url=HOST,
    ),
    ok("E15", f'<meta property="og:image" content="{HOST}img/a.png">', base_url=HOST),
    ok("E16", f'<link rel=canonical href="{HOST}zc/2024/1.html">', base_url=HOST),
    bad(
        "E16",
        '<link rel=canonical href="https://other.example.cn/">',
        "foreign-canonical W",
        base_url=HOST,
    ),
    bad(
        "E17",
        "",
        "broken-page E",
        files={"sitemap.xml": f"<urlset><url><loc>{HOST}none.html</loc></url></urlset>"},
        base_url=HOST,
    ),
    bad(
        "E17",
        "",
        "broken-page E",
        files={"feed.xml": f'<feed><entry><link href="{HOST}none.html"/></entry></feed>'},
        base_url=HOST,
    ),
    bad(
        "E17",
        "",
        "broken-page E",
        files={
            "rss.xml": f"<rss><channel><item><link>{HOST}none.html</link></item></channel></rss>"
        },
        base_url=HOST,
    ),
    bad(
        "E17",
        "",
        "broken-file E",
        files={"robots.txt": f"User-agent: *\nSitemap: {HOST}sitemap.xml\n"},
        base_url=HOST,
    ),
    ok(
        "E17",
        "",
        {"sitemap.xml": f"<urlset><url><loc>{HOST}zc/2024/2.html</loc></url></urlset>"},
        base_url=HOST,
    ),
    bad("E19", '<img data-src="/img/none.png">', "broken-file W"),
    ok("E19", '<img data-src="/img/a.png">'),
    bad("E20", a("/e.docx"), "bad-attachment E", files={"e.docx": b""}),
    bad("E20", a("/e.pdf"), "bad-attachment E", files={"e.pdf": "<!DOCTYPE html><html>404</html>"}),
    bad("E20", a("/e.doc"), "bad-attachment W", files={"e.doc": b"PK\x03\x04" + bytes(40)}),
    bad("E20", a("/e.pdf"), "bad-attachment W", files={"e.pdf": b"\x01\x02\x03\x04"}),
    bad("E21", a("/zt/form.pdf", "申请表.xlsx"), "wrong-attachment E"),
    bad("E21", a("/zt/form.pdf", "申请表（Word版）"), "wrong-attachment E"),
    ok("E21", a("/zt/form.pdf", "申请表（PDF版）") + a("/zt/form.pdf", "申请表")),
]
SECTION_F = [
    ok("F01", '<base href="/gknb/">' + a("../zt/case.html") + a("#part")),
    bad("F01", '<base href="/gknb/">' + a("2.html"), "broken-page E"),
    ok("F02", '<base target=_blank><base href="/zt/"><base href="/none/">' + a("case.html")),
    ok("F03", a("/zwgk/zt/case.html") + a("../../zt/case.html"), base_url=HOST + "zwgk/"),
    bad("F03", a("/zt/case.html"), "broken-page E", base_url=HOST + "zwgk/"),
    ok("F03", a("/index-of-the-portal.html"), base_url=HOST + "zwgk/"),
    ok("F04", a(HOST + "zt/case.html"), base_url=HOST),
    bad("F04", a(HOST + "none.html"), "broken-page E", base_url=HOST),
    bad("F05", a("http://www.example.gov.cn/zt/case.html"), "malformed-url W", base_url=HOST),
    bad("F05", a("https://example.gov.cn:443/zt/case.html"), "malformed-url W", base_url=HOST),
    bad("F05", a("HTTP://WWW.Example.gov.cn/none.html"), "broken-page E", base_url=HOST),
    ok("F06", a("//www.example.gov.cn/zt/case.html"), base_url=HOST),
    bad("F06", a("//www.example.gov.cn/none.html"), "broken-page E", base_url=HOST),
    bad("F07", '<script src="//cdn.example.com/a.js"></script>', "third-party-asset I"),
    bad("F08", a("http://localhost:8000/x"), "internal-host E"),
    bad("F08", a("http://127.0.0.1/x"), "internal-host E"),
    bad("F08", a("http://0.0.0.0/x"), "internal-host E"),
    bad("F08", a("http://[::1]/x"), "internal-host E"),
    bad("F09", a("http://10.1.2.3/x"), "internal-host E"),
    bad("F09", a("http://172.20.2.3/x"), "internal-host E"),
    bad("F09", a("http://oa.example.gov.cn/x"), "internal-host E"),
    bad("F09", a("http://files.local/x"), "internal-host E"),
    bad("F09", a("http://122.112.200.13/x"), "bare-ip E"),
    bad("F11", a("file:///C:/a.doc"), "internal-host E"),
    bad("F11", a("C:\\a.doc"), "internal-host E"),
    bad("F11", a("\\\\server\\share\\a.doc"), "internal-host E"),
    bad("F12", a("..\\2023\\2.html"), "wrong-case E"),
    bad("F13", a("mailto:"), "empty-link E"),
    bad("F13", a("mailto:zwgk.example.gov.cn"), "malformed-url E"),
    ok("F13", a("mailto:a@example.cn,b@example.cn") + a("mailto:a@example.cn?subject=%E5%92%A8")),
    bad("F14", a("tel:"), "empty-link E"),
    ok("F14", a("tel:0000-00001234") + a("tel:+86-000-1234") + a("tel:12345")),
    ok("F15", a("javascript:void(0)") + a("javascript:;") + a("JavaScript:history.back()")),
    ok("F16", '<img src="data:image/gif;base64,R0lGOD=">' + a("data:text/plain,x")),
    bad("F17", a("htps://www.gov.cn/"), "malformed-url E"),
    bad("F17", a("http//www.gov.cn/"), "malformed-url E"),
    bad("F17", a("http:/www.gov.cn/"), "malformed-url E"),
    bad("F18", a("http://https://www.gov.cn/"), "malformed-url E"),
    bad("F18", a("https://http//www.gov.cn/"), "malformed-url E"),
    bad("F19", a("www.gov.cn/x"), "malformed-url E"),
    bad("F20", a("https：//www.gov.cn/"), "malformed-url E"),
    bad("F20", a("https:／／www.gov.cn/"), "malformed-url E"),
    bad("F20", a("https://www.gov.cn。"), "malformed-url E"),
    bad("F21", a("http://user:pw@www.gov.cn/"), "malformed-url E"),
    bad("F22", '<img src="http://www.example.com/a.png">', "mixed-content W"),
    ok("F22", a("http://www.gov.cn/")),
    ok("F23", a("weixin://dl/chat") + a("alipays://x") + a("sms:10086")),
    bad("F23", a("ftp://ftp.example.cn/a"), "malformed-url W"),
    ok("F24", a("https://www.gov.cn/a|b;c@d[1]") + a("2.html?q=a|b;[c]")),
]
WRONG = [
    bad(
        "G01",
        a("/r22.html", "2023年政府信息公开工作年度报告"),
        "wrong-year E",
        files={"r22.html": page("<h1>2022年政府信息公开工作年度报告</h1>")},
    ),
    ok(
        "G01",
        a("/r22.html", "2022年政府信息公开工作年度报告")
        + a("/r22.html", "2023年1月发布的2022年年度报告"),
        {"r22.html": page("<h1>2022年政府信息公开工作年度报告</h1>")},
    ),
    bad(
        "G02",
        a("/d.html", "沪府办发〔2018〕61号"),
        "wrong-number E",
        files={
            "d.html": page(
                "<h1>关于做好工作的通知</h1><table><td>发文字号<td>沪府办发[2018]16号</table>"
            )
        },
    ),
    ok(
        "G02",
        a("/d.html", "沪府办发［２０１８］１６号"),
        {
            "d.html": page(
                "<h1>关于做好工作的通知</h1><table><td>发文字号<td>沪府办发[2018]16号</table>"
            )
        },
    ),
    bad(
        "G06",
        a("/e.pdf", "2021年部门预算") + a("/e.pdf", "2022年部门预算"),
        "conflicting-links W",
        files={"e.pdf": PDF},
    ),
    bad(
        "G08",
        a("/附件2.pdf", "附件1：申请表") + a("/附件1.pdf", "附件2：承诺书"),
        "wrong-attachment W",
        "wrong-attachment W",
        files={"附件1.pdf": PDF, "附件2.pdf": PDF},
    ),
    bad(
        "WL17",
        '<p style="display:none">' + a("http://bet.example.com/", "真人娱乐") + "</p>",
        "hidden-link E",
    ),
    ok(
        "WL17",
        '<ul id=more style="display:none">' + a("https://www.gov.cn/", "中国政府网") + "</ul>",
    ),
    bad("WL20", a("https://pan.baidu.com/s/1abc"), "temporary-url E"),
    bad("WL21", a("https://www.baidu.com/link?url=abcd"), "redirector-url E"),
]
CASES = [*SECTION_A, *SECTION_B, *SECTION_C, *SECTION_D, *SECTION_E, *SECTION_F, *WRONG]


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.row}-{number}") for number, case in enumerate(CASES)]
)
def test_case(case: Case, tmp_path: Path) -> None:
    files = {**WORLD, **case.files, PAGE: page(case.body)}
    found = checked(tmp_path, files, case.base_url).findings
    assert said(found) == list(case.expected), [one.message.zh for one in found]


SUGGESTIONS = [
    ("zt/case.html", "../../zt/case.html"),
    ("/zt/case", "/zt/case.html"),
    ("/zt/case.md?x=1", "/zt/case.html?x=1"),
    ("/gknb", "/gknb/"),
    ("/zt/%25E8%2590%25A5%25E5%2595%2586%25E7%258E%25AF%25E5%25A2%2583/1.html", None),
    ("/zt/%D3%AA%C9%CC%BB%B7%BE%B3/1.html", None),
    ("/zt/附件(1).pdf", "/zt/附件（1）.pdf"),
    ("/zt/文件#1.pdf", "/zt/%E6%96%87%E4%BB%B6%231.pdf"),
    ("/Zt/Case.html?a=1", "/zt/case.html?a=1"),
    ("..\\2023\\2.html", "../2023/2.html"),
    ("2.html#Part", "2.html#part"),
    ("2.html\u3000", "2.html"),
    ("http//www.gov.cn/", "http://www.gov.cn/"),
    ("https：//www.gov.cn/", "https://www.gov.cn/"),
    ("https://http//www.gov.cn/", "http://www.gov.cn/"),
    ("https://www.gov.cn。", "https://www.gov.cn"),
    ("www.gov.cn/x", "https://www.gov.cn/x"),
    ("/zt/case.html/", "/zt/case.html"),
]


@pytest.mark.parametrize(("href", "suggestion"), SUGGESTIONS)
def test_suggestion_leads_somewhere(href: str, suggestion: str | None, tmp_path: Path) -> None:
    (first,) = checked(tmp_path, {**WORLD, PAGE: page(a(href))}).findings
    assert suggestion in (None, first.suggestion)
    assert first.suggestion is not None
    again = checked(tmp_path, {**WORLD, PAGE: page(a(first.suggestion))})
    assert again.findings == ()


def test_finding_says_everything(tmp_path: Path) -> None:
    body = "\n<p>\n  说明 <a class=x\n href='/zt/cases.html'>没有<b>的</b>文件</a>\n"
    (one,) = checked(tmp_path, {**WORLD, PAGE: page(body)}).findings
    assert (one.place.path, one.place.line, one.place.column) == (PAGE, 3, 6)
    assert (one.target, one.text, one.suggestion) == (
        "/zt/cases.html",
        "没有的文件",
        "/zt/case.html",
    )
    assert one.message.zh == "链接的网页不存在：/zt/cases.html"
    assert one.hint.zh == "是不是 /zt/case.html？"


PLACES = [
    ("<!-- <a href='none.html'> -->\n<a href='none.html'>x</a>", 2, 1),
    ("<script>'<a href=\"none.html\">'</script>\n <a href=none.html>x</a>", 2, 2),
    ("<a href='2.html'>x</a>\n<a title='>' href='no&#110;e.html'>x</a>", 2, 1),
    ("<a href='2.html'>none.html</a>\r\n中文<a\r\n href='none.html'>x</a>", 2, 3),
    ("<style>\n p { background: url(none.png) }</style>", 2, 22),
    ("<img alt='' src='/img/a.png'\n srcset='/img/a.png 1x, none.png 2x'>", 1, 1),
]


@pytest.mark.parametrize(("body", "line", "column"), PLACES)
def test_place_of_a_link(body: str, line: int, column: int, tmp_path: Path) -> None:
    (one,) = checked(tmp_path, {**WORLD, PAGE: page("\n" + body)}).findings
    assert (one.place.line, one.place.column) == (line + 1, column)


def test_place_in_other_files(tmp_path: Path) -> None:
    files = {
        "css/b.css": "p {\n  background: url(none.png)\n}",
        "sitemap.xml": f"<urlset>\n <url>\n  <loc>{HOST}none.html</loc></url></urlset>",
        "robots.txt": f"User-agent: *\nSitemap: {HOST}none.xml\n",
    }
    found = checked(tmp_path, {**WORLD, **files}, HOST).findings
    assert [(one.place.path, one.place.line, one.place.column) for one in found] == [
        ("css/b.css", 2, 19),
        ("robots.txt", 2, 10),
        ("sitemap.xml", 3, 3),
    ]


def test_same_link_three_times_on_a_page_is_one_finding(tmp_path: Path) -> None:
    (one,) = checked(tmp_path, {**WORLD, PAGE: page(a("none.html") * 3)}).findings
    assert one.message.zh == "链接的网页不存在：none.html（本页 3 处）"


def test_template_link_is_one_finding_with_a_count(tmp_path: Path) -> None:
    pages = {
        f"p/{folder}/{number}.html": page(a("../../none.html", "旧栏目"))
        for folder in "ab"
        for number in range(250)
    }
    (one,) = checked(tmp_path, pages).findings
    assert one.place.path == "p/a/0.html"
    assert one.message.zh.endswith(
        "（共 500 个网页，另见 p/a/1.html、p/a/10.html、p/a/100.html 等）"
    )


def test_navigation_link_is_one_finding_on_few_pages(tmp_path: Path) -> None:
    nav = f"<nav>{a('/none.html', '旧栏目')}</nav>"
    files = {**WORLD, "x/1.html": page(nav), "x/2.html": page(nav)}
    (one,) = checked(tmp_path, files).findings
    assert one.message.zh == "链接的网页不存在：/none.html（共 2 个网页，另见 x/2.html）"


def test_links_of_the_same_words_on_few_pages_stay_apart(tmp_path: Path) -> None:
    files = {f"x/{n}.html": page(a("/none.html", "文件")) for n in (1, 2)}
    assert [one.place.path for one in checked(tmp_path, {**WORLD, **files}).findings] == [
        "x/1.html",
        "x/2.html",
    ]


def test_jobs_and_order_change_nothing(tmp_path: Path) -> None:
    files = {
        f"d/{n}.html": page(a(f"none-{n}.html") + a(f"http://www.example.com/{n % 3}"))
        for n in range(40)
    }
    one = checked(tmp_path, {**WORLD, **files}, HOST)
    assert checked(tmp_path, {}, HOST, jobs=2) == one
    assert [finding.place.path for finding in one.findings] == sorted(files)


def test_external_addresses_are_handed_on(tmp_path: Path) -> None:
    files = {
        "index.html": page("\n" + a("https://www.gov.cn/a.htm", "通知") + a("http://localhost/")),
        "b.html": page(
            a("https://www.gov.cn/a.htm", "通知")
            + a("//www.people.com.cn/x")
            + a("http://https://www.gov.cn/")
        ),
    }
    found = checked(tmp_path, files, HOST)
    assert [
        (one.url, one.text, one.place.path, one.place.line, one.paths) for one in found.external
    ] == [
        ("http://localhost/", "链接", "index.html", 2, ("index.html",)),
        ("https://www.gov.cn/a.htm", "通知", "b.html", 1, ("b.html", "index.html")),
        ("https://www.people.com.cn/x", "链接", "b.html", 1, ("b.html",)),
    ]


def test_encoding_of_pages(tmp_path: Path) -> None:
    gbk = "<!DOCTYPE html><meta charset={}><title>中</title><a href='no-{}.html'>中文</a>"
    files = {
        "declared.html": gbk.format("gb2312", 1).encode("gbk"),
        "silent.html": gbk.replace("<meta charset={}>", "").format(2).encode("gbk"),
        "broken.html": gbk.format("utf-8", 3).encode() + b"\xff\xfe",
    }
    found = checked(tmp_path, files).findings
    assert [(one.place.path, f"{one.rule} {LETTERS[one.severity]}", one.text) for one in found] == [
        ("broken.html", "wrong-encoding E", None),
        ("broken.html", "broken-page E", "中文"),
        ("declared.html", "wrong-encoding W", None),
        ("declared.html", "broken-page E", "中文"),
        ("silent.html", "wrong-encoding E", None),
        ("silent.html", "broken-page E", "中文"),
    ]


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["links", *arguments], standalone_mode=False)
    code = result.exit_code
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        code = 2
    return code, result.output


def test_command_reports_and_fails(tmp_path: Path) -> None:
    checked(tmp_path, {**WORLD, PAGE: page(a("none.html") + a("/gknb", "年报"))})
    code, output = run(str(tmp_path), "--format", "json")
    report = json.loads(output)
    assert code == 1
    assert report["summary"] == {"error": 1, "warning": 1, "info": 0, "documents": 16, "links": 2}
    assert [finding["rule"] for finding in report["findings"]] == ["broken-page", "malformed-url"]
    assert run(str(tmp_path), "--select", "malformed-url")[0] == 0
    assert run(str(tmp_path), "--select", "malformed-url", "--fail-on", "warning")[0] == 1
    assert run(str(tmp_path), "--ignore", "broken-page,malformed-url", "--lang", "en") == (
        0,
        "16 documents, 2 links: 0 errors, 0 warnings, 0 infos\n",
    )


def test_command_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    assert run(str(tmp_path / "none"))[0] == 2
    assert run(str(tmp_path), "--base-url", "www.example.gov.cn")[0] == 2
    code, output = run(str(tmp_path))
    assert code == 0
    assert "没有 HTML 文件" in output
    assert "检查了 0 个文件" in output
