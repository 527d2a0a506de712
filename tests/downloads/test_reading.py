"""A body's HTML as blocks of a paper (版面)."""

from __future__ import annotations

import pytest

from generator.downloads.official import title_lines
from generator.downloads.paper import (
    Annex,
    Block,
    Cell,
    Heading,
    Paragraph,
    Picture,
    Role,
    Run,
    Table,
)
from generator.downloads.reading import blocks

HERE = "https://www.example.gov.cn/zwgk/a/b.html"


def read(html: str) -> list[Block]:
    return list(blocks(html, HERE, {"https://www.example.gov.cn/zwgk/a/p.png": "content/a/p.png"}))


def said(text: str, role: Role = Role.TEXT, label: str = "", depth: int = 0) -> Paragraph:
    return Paragraph((Run(text),), role, label, depth)


CASES: dict[str, tuple[str, list[Block]]] = {
    "paragraphs, and words that stand in none": (
        "甲<p>乙</p>丙",
        [said("甲"), said("乙"), said("丙")],
    ),
    "space at the ends": ("<p>\n 　甲 乙\n丙　</p>", [said("甲 乙 丙")]),
    "looks, each with its own run": (
        "<p>甲<strong>乙<em>丙</em></strong><sup>1</sup></p>",
        [
            Paragraph(
                (
                    Run("甲"),
                    Run("乙", bold=True),
                    Run("丙", bold=True, italic=True),
                    Run("1", small=True),
                )
            )
        ],
    ),
    "links as whole addresses, none to the page itself": (
        '<p><a href="../c.html">丁</a><a href="#d">戊</a><a href="javascript:a()">己</a></p>',
        [Paragraph((Run("丁", href="https://www.example.gov.cn/zwgk/c.html"), Run("戊己")))],
    ),
    "a run-in heading keeps its words": (
        '<div class="run-in"><h3>（一）甲。</h3><p>乙</p></div>',
        [Heading(1, "（一）甲。", (Run("乙"),))],
    ),
    "levels from 1 without gaps": (
        "<h2>一、甲</h2><h5>乙</h5><h3>丙</h3><h2>丁</h2>",
        [Heading(1, "一、甲"), Heading(2, "乙"), Heading(2, "丙"), Heading(1, "丁")],
    ),
    "an article with its label": (
        '<p class="article"><span class="label">第一条</span>　甲</p>',
        [said("甲", Role.ARTICLE, "第一条")],
    ),
    "those addressed": (
        "<p>各县区：</p><p>如下：</p>",
        [said("各县区：", Role.ADDRESSEES), said("如下：")],
    ),
    "signature, date, and the document that is issued": (
        '<p class="signature">甲局</p><p class="dateline">2024年1月1日</p><h2>甲办法</h2><h3>第一章 总则</h3>',
        [
            said("甲局", Role.SIGNATURE),
            said("2024年1月1日", Role.DATELINE),
            Annex(("甲办法",)),
            Heading(1, "第一章 总则"),
        ],
    ),
    "a heading after the date that is no document": (
        '<p class="dateline">2024年1月1日</p><h2>联系方式</h2>',
        [said("2024年1月1日", Role.DATELINE), Heading(1, "联系方式")],
    ),
    "lists, one in the other": (
        "<ol start=3><li>甲<ul><li>乙</li></ul></li><li><p>丙</p><p>丁</p></li></ol>",
        [
            said("甲", Role.LIST, "3.", 1),
            said("乙", Role.LIST, "•", 2),
            said("丙", Role.LIST, "4.", 1),
            said("丁", Role.LIST, "", 1),
        ],
    ),
    "a quotation": ("<blockquote><p>甲</p></blockquote>", [said("甲", Role.QUOTE)]),
    "code, line by line": (
        "<pre><code>甲\n乙</code></pre>",
        [said("甲", Role.CODE), said("乙", Role.CODE)],
    ),
    "a table with its spans": (
        '<table><thead><tr><th colspan="2">甲</th></tr></thead>'
        '<tbody><tr><td rowspan="2">乙</td><td data-align="right">1</td></tr></tbody></table>',
        [
            Table(
                "",
                ((Cell("甲", columns=2, head=True),),),
                ((Cell("乙", rows=2), Cell("1", right=True)),),
            )
        ],
    ),
    "a picture of the site, and one from elsewhere": (
        '<p>甲<img src="p.png" alt="图一"></p><p><img src="https://x.example.gov.cn/q.png" alt="图二"></p>',
        [said("甲"), Picture("content/a/p.png", "图一"), said("（图：图二）", Role.CAPTION)],
    ),
    "nothing": ("", []),
    "scripts are not words": ("<script>a()</script><style>b</style><p></p>", []),
}


@pytest.mark.parametrize("name", CASES)
def test_blocks(name: str) -> None:
    html, wanted = CASES[name]
    assert read(html) == wanted


ORGANS = ("海川市数据与政务公开局", "海川市市场监督管理局")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于印发工作要点的通知", ("关于印发工作要点的通知",)),
        (
            "海川市数据与政务公开局2024年政府信息公开工作年度报告",
            ("海川市数据与政务公开局", "2024年政府信息公开工作年度报告"),
        ),
        (
            "海川市数据与政务公开局 海川市市场监督管理局关于简化流程的通知",
            (*ORGANS, "关于简化流程的通知"),
        ),
        (
            "某某市人民政府办公室关于印发一项很长很长的工作方案的通知",
            ("某某市人民政府办公室关于印发一项很长很长的工作方案的通知",),
        ),
        (
            "海川市数据与政务公开局关于印发《海川市公共数据质量管理办法》的通知",
            ("海川市数据与政务公开局", "关于印发《海川市公共数据质量管理办法》", "的通知"),
        ),
        (
            "海川市数据与政务公开局关于印发《海川市公共数据授权运营管理办法（试行）》的通知",
            (
                "海川市数据与政务公开局",
                "关于印发《海川市公共数据授权运营管理办法（试行）》的通知",
            ),
        ),
        (
            "海川市数据与政务公开局关于印发《数据办法》的通知",
            ("海川市数据与政务公开局", "关于印发《数据办法》的通知"),
        ),
        (
            "海川市数据与政务公开局政府信息公开制度汇编",
            ("海川市数据与政务公开局", "政府信息公开制度汇编"),
        ),
    ],
)
def test_a_title_breaks_after_the_organs(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title, ORGANS) == lines


def test_widths_follow_the_words_of_each_column() -> None:
    head = (Cell("序号", head=True), Cell("具体要求", head=True))
    table = Table("", (head,), ((Cell("1"), Cell("按照规定的时限完成答复")),))
    assert table.weights == (3.5, 11)
    spanned = Table("", ((Cell("甲", columns=2), Cell("乙", rows=2)), (Cell("子"), Cell("丑"))), ())
    assert spanned.weights == (3.5, 3.5, 3.5)
