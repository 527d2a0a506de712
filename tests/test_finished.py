"""The finished HTML read again: what templates and data brought there is blamed on them, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import html_links
from generator.build import examine, save
from generator.finding import Finding, Severity
from generator.report import text_lines
from tests.command import gongkai
from tests.edits import Edit, all_of, append, put, replace
from tests.sites import GOOD_SITE, TODAY, write_site

ARTICLE = "templates/_article.html"
NOTICE = "content/statutory/notice/2026/fees.md"
EVENT = "content/statutory/event/2026/open-day.md"
# All that a document page must have; what is put before it is the mistake.
WHOLE = """\
<h1>{{ article.title }}</h1>
{% for part in body %}
{{ part if part is string }}
{% endfor %}
{% for file in files %}
<a href="{{ file.href }}">{{ file.title }}</a>
{% endfor %}
"""


def found(folder: Path, *edits: Edit) -> tuple[Finding, ...]:
    return examine(write_site(folder, all_of(*edits)(GOOD_SITE)), TODAY).findings


def said(folder: Path, *edits: Edit) -> list[str]:
    return [text_lines(one, "zh").split("\n")[0] for one in found(folder, *edits)]


def article(before: str, after: str = "") -> Edit:
    """The template of documents with a mistake on its first lines, or behind the whole."""
    return put(ARTICLE, f"{before}\n{WHOLE}{after}")


def test_own_template_without_mistakes_has_no_finding(tmp_path: Path) -> None:
    assert said(tmp_path, article("")) == []


def test_what_is_written_is_sound_for_the_checker_of_any_folder(tmp_path: Path) -> None:
    """The two ways of looking at one output agree: in memory, and on the disk without front matter."""
    site = write_site(tmp_path / "site", GOOD_SITE)
    outcome = examine(site, TODAY)
    save(outcome.pages, site, tmp_path / "out")
    origin = html_links.origin_of(outcome.site.config.base_url)
    checked = html_links.check(tmp_path / "out", origin)
    assert (outcome.findings, checked.findings) == ((), ())
    assert checked.pages == sum(page.url.endswith(".html") for page in outcome.pages)


SEEN = "（共 15 个网页：annual-report/2024.html、annual-report/2025.html、guide/index.html 等）"
# A line of the template, and what is said of it: column, rule, message.
MISTAKES: tuple[tuple[str, str], ...] = (
    (
        '<p><a href="old/x.html">旧版</a></p>',
        "1:4: 错误 broken-page：链接的网页不存在：old/x.html",
    ),
    (
        '<a href="{{ nav.to.home }}/../none.html">旧版</a>',
        "1:1: 错误 broken-page：链接的网页不存在：../index.html/../none.html",
    ),
    ('<img src="logo.png" alt="">', "1:1: 错误 broken-file：附件或图片不存在：logo.png"),
    (
        '<a href="#nowhere">下一节</a>',
        "1:1: 错误 broken-anchor：目标网页上没有“nowhere”这个位置：#nowhere",
    ),
    ('<a href="">返回</a>', "1:1: 错误 empty-link：“返回”是空链接："),
    (
        '<a href="htp://www.gov.cn/">国务院</a>',
        "1:1: 错误 malformed-url：网址写错了：htp://www.gov.cn/（没有“htp”这种协议）",
    ),
    (
        '<a href="http://192.168.3.4/">内网</a>',
        "1:1: 错误 internal-host：链接指向内部网络或本机（192.168.3.4），公众打不开",
    ),
    (
        '<script src="https://cdn.example.com/a.js"></script>',
        "1:1: 错误 third-party-asset：页面加载了别的网站 cdn.example.com 的文件",
    ),
    (
        "<style>b { background: url(none.png) }</style>",
        "1:28: 错误 broken-file：附件或图片不存在：none.png",
    ),
)


@pytest.mark.parametrize(("line", "expected"), MISTAKES)
def test_mistake_of_a_template_is_one_finding(tmp_path: Path, line: str, expected: str) -> None:
    assert said(tmp_path, article(line)) == [f"{ARTICLE}:{expected}{SEEN}"]


def test_link_that_differs_from_page_to_page_is_one_finding(tmp_path: Path) -> None:
    line = '<a href="print/{{ article.title }}.html?v=1">打印版</a>'
    (one,) = found(tmp_path, article(line))
    title = "海川市数据与政务公开局2024年政府信息公开工作年度报告"
    assert (one.place.path, one.place.line, one.rule) == (ARTICLE, 1, "broken-page")
    assert (one.target, one.text) == (f"print/{title}.html?v=1", "打印版")
    assert one.message.zh == f"链接的网页不存在：print/{title}.html?v=1{SEEN}"
    assert one.message.en.endswith(
        " (on 15 pages: annual-report/2024.html, annual-report/2025.html, guide/index.html and others)"
    )


def test_template_that_takes_its_links_from_the_wrong_field_is_one_finding(tmp_path: Path) -> None:
    (one,) = found(tmp_path, article('<a href="{{ article.title }}">全文</a>'))
    assert (one.place.path, one.place.line, one.rule) == (ARTICLE, 1, "broken-page")


def test_link_that_stands_in_a_condition_is_found(tmp_path: Path) -> None:
    line = '<a href="{% if article.number %}number.html{% else %}none.html{% endif %}">说明</a>'
    assert [one.partition("：链接")[0] for one in said(tmp_path, article(line))] == [
        f"{ARTICLE}:1:1: 错误 broken-page"
    ]


def test_right_and_wrong_depths_of_one_link_are_one_finding(tmp_path: Path) -> None:
    """A relative address in a template leads elsewhere from every folder."""
    line = '<a href="../institution/release-review.html">审查制度</a>'
    (one,) = found(tmp_path, article(line))
    assert (one.place.path, one.rule) == (ARTICLE, "broken-page")
    # From the folders of the four columns it is right.
    assert "（共 11 个网页：" in one.message.zh


def test_words_of_a_template_are_held_against_its_target(tmp_path: Path) -> None:
    line = '<a href="{{ nav.to.style }}/../../annual-report/2025.html">2024年政府信息公开工作年度报告</a>'
    (one,) = found(tmp_path, article(line))
    assert (one.place.path, one.place.line, one.rule) == (ARTICLE, 1, "wrong-year")


def test_link_in_settings_is_blamed_on_them(tmp_path: Path) -> None:
    """Values that a template of the site's own takes as HTML."""
    hours = "工作日9:00—12:00，13:30—17:30"
    edits = (
        replace(
            "site.yaml", f"hours: {hours}", f"hours: '<a href=\"/zwgk/hours.html\">{hours}</a>'"
        ),
        article("<p>{{ organ.hours|safe }}</p>"),
    )
    blamed = [one for one in found(tmp_path, *edits) if one.rule == "broken-page"]
    assert [(one.place.path, one.place.line, one.target) for one in blamed] == [
        ("site.yaml", 6, "/zwgk/hours.html")
    ]


def test_link_in_front_matter_is_blamed_on_it(tmp_path: Path) -> None:
    edits = (
        replace(NOTICE, "公开属性", "咨询方式: old/contact.html\n公开属性"),
        article(
            '{% if ".html" in article.contact %}<a href="{{ article.contact }}">咨询</a>{% endif %}'
        ),
    )
    line = str(GOOD_SITE[NOTICE]).split("\n").index("公开属性: 主动公开") + 1
    blamed = [one for one in found(tmp_path, *edits) if one.target == "old/contact.html"]
    assert [(one.place.path, one.place.line, one.rule) for one in blamed] == [
        (NOTICE, line, "broken-page")
    ]


def test_mistake_of_a_document_is_not_told_twice(tmp_path: Path) -> None:
    edits = (
        append(
            NOTICE,
            "见[内设机构](department.md)、[办法](../../policy/2026/data-sharing.md#第九条)。",
        ),
        append(
            NOTICE, "![大厅](hall.png)和[国务院](htp://www.gov.cn/)、[系统](http://192.168.3.4/)。"
        ),
        append(NOTICE, '<span id="a">甲</span><span id="a">乙</span>[]()'),
    )
    assert [(one.place.path, one.rule) for one in found(tmp_path, *edits)] == [
        (NOTICE, rule)
        for rule in (
            "broken-page",
            "broken-anchor",
            "broken-file",
            "malformed-url",
            "internal-host",
            "duplicate-id",
            "empty-link",
        )
    ]


def test_id_of_a_heading_that_the_template_has_too(tmp_path: Path) -> None:
    edits = (append(NOTICE, "## 收费标准 {#main}\n\n无。"),)
    assert said(tmp_path, *edits) == [
        f"{NOTICE}:12:1: 警告 duplicate-id：id “#main”在本页出现了不止一次"
        "（见网页 statutory/notice/2026/fees.html）"
    ]


def test_id_of_a_template_that_another_has_too(tmp_path: Path) -> None:
    assert said(tmp_path, article('<div id="main"></div>')) == [
        f"{ARTICLE}:1:1: 警告 duplicate-id：id “#main”在本页出现了不止一次{SEEN}"
    ]


def test_canonical_address_on_another_host(tmp_path: Path) -> None:
    edit = article('<link rel="canonical" href="https://old.example.gov.cn/a.html">')
    assert said(tmp_path, edit) == [
        f"{ARTICLE}:1:1: 警告 foreign-canonical：规范网址（canonical）指向别的网站 old.example.gov.cn"
        f"{SEEN}"
    ]


def test_files_that_are_copied_are_read_too(tmp_path: Path) -> None:
    old = "content/statutory/notice/2026/old.html"
    edits = (
        put(old, '<html><body>\n <a href="none.html">旧页</a></body></html>'.encode("gbk")),
        put("templates/static/own.css", 'b { color: red }\n.a { background: url("gone.png") }\n'),
    )
    assert said(tmp_path, *edits) == [
        f"{old}:1:1: 错误 wrong-encoding：网页不是 UTF-8，也没有声明字符集",
        f"{old}:2:2: 错误 broken-page：链接的网页不存在：none.html",
        "templates/static/own.css:2:23: 错误 broken-file：附件或图片不存在：gone.png",
    ]


def test_body_left_out_is_one_finding_for_each_kind(tmp_path: Path) -> None:
    edit = put(ARTICLE, "<h1>{{ article.title }}</h1>\n{{ files }}")
    assert {(one.place.path, one.rule) for one in found(tmp_path, edit)} == {
        ("content/guide/index.md", "lost-link"),
        (EVENT, "lost-link"),
        ("content/statutory/interpretation/2026/data-sharing.md", "lost-link"),
        ("content/statutory/policy/2026/data-sharing.md", "lost-link"),
    }


def test_changed_address_is_lost(tmp_path: Path) -> None:
    edit = put(ARTICLE, "{{ body[0]|replace('open-day.png', 'open-day.webp') }}\n{{ files }}")
    assert [(one.place.path, one.rule, one.target) for one in found(tmp_path, edit)] == [
        (EVENT, "lost-link", "open-day.png"),
        # What stands there instead was written by nobody but the template.
        (ARTICLE, "broken-file", "open-day.webp"),
    ]


def test_settings_and_waivers_count(tmp_path: Path) -> None:
    waiver = (
        f"- {{rule: broken-page, path: {ARTICLE}, reason: 改版中, by: 周望舒, until: 2027-01-01}}\n"
    )
    edits = (
        article('<a href="old/x.html">旧版</a><img src="none.png" alt="">'),
        replace(
            "site.yaml", "topics:", f"rules: {{broken-file: warning}}\nwaivers:\n  {waiver}topics:"
        ),
    )
    assert [(one.rule, one.severity) for one in found(tmp_path, *edits)] == [
        ("broken-file", Severity.WARNING)
    ]


def test_build_writes_nothing_with_such_a_mistake(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", article('<a href="old/x.html">旧版</a>')(GOOD_SITE))
    for command in ("check", "build"):
        told = gongkai(command, "--site", site, "--today", TODAY.isoformat())
        assert told.code == 1
        assert f"{ARTICLE}:1:1: 错误 broken-page" in told.out
        assert '    | <a href="old/x.html">旧版</a>' in told.out
    assert not (site / "public").exists()
