"""Rendering: what holds of all pages, and templates that break or take the place of built-in ones."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import CodeType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from jinja2.bccache import Bucket
from markupsafe import escape

from generator import address
from generator.build import examine
from generator.finding import Finding, Severity, Text
from generator.model import Place, Templates
from generator.templating import Installed, environment, shown
from tests.built import (
    REPOSITORY,
    Built,
    build,
    demonstration,
    good,
    meta,
    target,
    words,
)
from tests.edits import put, replace
from tests.sites import TODAY

FEES = "content/statutory/notice/2026/fees.md"
FEES_PAGE = "statutory/notice/2026/fees.html"


SITES = pytest.mark.parametrize("site", [good, demonstration], ids=["good", "demonstration"])


@SITES
def test_the_pages_are_those_that_linking_promises(site: object) -> None:
    built = _built(site)
    promised, made = built.outcome.site.addresses, built.outcome.site.downloads
    assert built.urls | {"manifest.json"} == set(promised) | {file.url for file in made}


@SITES
def test_two_builds_are_equal_and_in_order(site: object) -> None:
    built = _built(site)
    again = build() if site is good else Built(examine(REPOSITORY, TODAY))
    assert built.outcome.pages == again.outcome.pages
    assert [page.url for page in built.outcome.pages] == sorted(built.urls)


@SITES
def test_every_internal_address_on_every_page_exists(site: object) -> None:
    built = _built(site)
    ids = {url: {node.id for node in page.css("[id]")} for url, page in built.html()}
    urls = built.urls | {"manifest.json"}
    dead = []
    for url, page in built.html():
        for node in page.css("a[href], link[href], script[src], img[src], form[action]"):
            name = next(key for key in ("href", "src", "action") if key in node.attributes)
            href = node.attributes[name] or ""
            if re.match(r"https?:|mailto:|tel:|/zwgk/", href):
                continue
            file, fragment = target(url, href)
            if file not in urls or (fragment and fragment not in ids[file]):
                dead.append((url, href))
    assert dead == []


@SITES
def test_no_page_runs_or_loads_what_is_not_its_own(site: object) -> None:
    wrong: list[tuple[str, str, str | None]] = []
    for url, page in _built(site).html():
        for node in page.css("*"):
            for name, value in node.attributes.items():
                if name == "style" or name.startswith("on"):
                    wrong.append((url, name, value))
        # JSON-LD is data, which no browser runs.
        inline = page.css("script:not([src]):not([type='application/ld+json']), style")
        wrong += [(url, "script", words(node)) for node in inline]
        for node in page.css("script[src], img[src], link[rel=stylesheet], link[rel=icon]"):
            source = node.attributes.get("src") or node.attributes.get("href") or ""
            if ":" in source or source.startswith("//"):
                wrong.append((url, node.tag or "", source))
    assert wrong == []


@SITES
def test_ids_are_unique_and_every_page_has_one_heading_of_the_first_level(site: object) -> None:
    wrong = []
    for url, page in _built(site).html():
        ids = [node.id for node in page.css("[id]")]
        if len(ids) != len(set(ids)) or len(page.css("h1")) != 1:
            wrong.append(url)
    assert wrong == []


@SITES
def test_all_links_are_relative(site: object) -> None:
    rooted = {
        url
        for url, page in _built(site).html()
        if any(
            (node.attributes["href"] or "").startswith("/") for node in page.css("[href]:not(base)")
        )
    }
    assert rooted == set()


@SITES
def test_every_page_says_whose_it_is(site: object) -> None:
    built = _built(site)
    marks = built.outcome.site.config
    expected = [
        ("SiteName", marks.organ.name),
        ("SiteDomain", marks.host),
        ("SiteIDCode", marks.marks.site_id),
    ]
    for url, page in built.html():
        if page.css_first("meta[http-equiv=refresh]"):
            continue
        html = page.css_first("html")
        assert html is not None
        assert (html.attributes["lang"], meta(page)[:3]) == ("zh-CN", expected), url
        canonical = page.css_first("link[rel=canonical]")
        assert canonical is not None
        assert canonical.attributes["href"] == f"{marks.base_url}{address.escape(url)}"


def test_an_unknown_name_in_a_template_is_one_finding_and_the_other_pages_are_there() -> None:
    built = build(put("templates/document.html", "<p>\n{{ artikel.title }}\n</p>\n"))
    assert _broken(built) == [
        Finding(
            "broken-template",
            Severity.ERROR,
            Place("templates/document.html", 2),
            Text(
                "模板有错，用它生成的页面没有生成：'artikel' is undefined",
                "The template is broken and its pages were not made: 'artikel' is undefined",
            ),
            Text(
                "改正模板的这一行；模板可以使用的名称见同名内置模板",
                "Mend this line; the built-in template of the same name shows the names it may use",
            ),
        )
    ]
    assert good().urls - built.urls == {
        url for url, page in good().html() if page.css_first("body.page-document")
    }


@pytest.mark.parametrize(
    ("name", "text", "line", "reason"),
    [
        (
            "document.html",
            "{% if %}",
            1,
            "Expected an expression, got 'end of statement block'",
        ),
        ("unused.html", "\n{% endif %}", 2, "Encountered unknown tag 'endif'."),
        (
            "_tree.html",
            "\n\n{{ nav.tri }}",
            3,
            "'generator.pages.frame.Surroundings object' has no attribute 'tri'",
        ),
        ("apply.html", "{% include 'gone.html' %}", 1, "没有模板 gone.html"),
        ("apply.html", "{{ 1 // 0 }}", 1, "ZeroDivisionError: integer division or modulo by zero"),
        (
            "apply.html",
            "{{ organ.name.__class__ }}",
            1,
            "access to attribute '__class__' of 'str' object is unsafe.",
        ),
    ],
)
def test_each_way_a_template_breaks(name: str, text: str, line: int, reason: str) -> None:
    found = _broken(build(put(f"templates/{name}", text)))
    assert [(finding.place, finding.message.zh) for finding in found] == [
        (Place(f"templates/{name}", line), f"模板有错，用它生成的页面没有生成：{reason}")
    ]


def test_a_template_of_the_site_takes_the_place_of_the_built_in_one() -> None:
    built = build(
        put("templates/apply.html", "<p>{{ organ.short_name }}</p>\n"),
        put("templates/static/style.css", "body { color: red }\n"),
    )
    assert built.text("apply.html") == "<p>市数政局</p>\n"
    assert built.text("static/style.css") == "body { color: red }\n"


def test_the_sandbox_says_what_the_built_in_look_says_without_it() -> None:
    built = build(put("templates/unused.html", "<p>\n"))
    assert (_broken(built), built.outcome.pages) == ([], good().outcome.pages)


def test_a_part_of_the_sites_own_may_differ_where_the_built_in_one_is_kept() -> None:
    built = build(put("templates/_tree.html", '<p class="mine">{{ head.canonical }}</p>\n'))
    said = {url: words(node) for url, page in built.html() if (node := page.css_first("p.mine"))}
    base = built.outcome.site.config.base_url
    assert said == {url: f"{base}{address.escape(url)}" for url in said}
    assert len(said) > 10


def test_a_template_is_compiled_again_when_one_that_it_includes_is_another() -> None:
    looks = [
        Templates({"a.html": '甲{% include "b.html" %}', "b.html": text}, frozenset(), {})
        for text in ("乙", "<b>{{ c }}</b>", "乙")
    ]
    said = [environment(look).get_template("a.html").render(c="&") for look in looks]
    assert said == ["甲乙", "甲<b>&amp;</b>", "甲乙"]


_TEXTS = frozenset({("a.html", "甲")})


def _compiled(file: Path, texts: frozenset[tuple[str, str]] = _TEXTS) -> CodeType | None:
    """What a process that comes later knows of the template `a`."""
    bucket = Bucket(Environment(autoescape=True), "a", "")
    Installed(texts, file).load_bytecode(bucket)
    return bucket.code


def test_the_built_in_look_is_compiled_once_for_an_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "look.bin"
    bucket = Bucket(Environment(autoescape=True), "a", "")
    bucket.code = Environment(autoescape=True).compile("甲")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    Installed(_TEXTS, file).dump_bytecode(bucket)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    Installed(_TEXTS, file).dump_bytecode(bucket)
    assert list(tmp_path.iterdir()) == [file]
    assert _compiled(file) == bucket.code
    assert _compiled(file, frozenset({("a.html", "乙")})) is None
    whole = file.read_bytes()
    mark = whole.partition(b"\n")[0]
    for damaged in (b"", whole[:-9], mark + b"\n", mark + b"\ni\0\0\0\0", whole[1:], b"\0" * 99):
        file.write_bytes(damaged)
        assert _compiled(file) is None
    # Where nothing can be put, nothing is.
    Installed(_TEXTS, tmp_path / "no" / "look.bin").dump_bytecode(bucket)


@given(st.text(alphabet="甲a1&<>'\" ;#", max_size=12))
def test_a_value_is_shown_as_it_is_escaped(text: str) -> None:
    values = (text, escape(text), len(text), None)
    assert [str(shown(value)) for value in values] == [str(escape(value)) for value in values]


def test_values_are_escaped() -> None:
    built = build(replace(FEES, "标题: 海川市数据与政务公开局", '标题: <b>"A&B"</b>'))
    text = built.text(FEES_PAGE)
    assert "<b>" not in text
    assert "&lt;b&gt;&#34;A&amp;B&#34;&lt;/b&gt;" in text


def _built(site: object) -> Built:
    assert callable(site)
    built = site()
    assert isinstance(built, Built)
    return built


def _broken(built: Built) -> list[Finding]:
    return [finding for finding in built.outcome.findings if finding.rule == "broken-template"]
