"""Lists narrowed by year, validity, issuer, subject and topic: pages of their own, bounded and paged."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from generator import address
from generator.facets import MOST_CHOICES, Facet
from tests.built import Built, all_words, build, links, target, words
from tests.edits import Edit, append, put
from tests.sites import GOOD_SITE

NOTICES = "statutory/notice"


def notice(number: int, **fields: str) -> Edit:
    """One more document of the column 其他主动公开, with these fields."""
    fees = GOOD_SITE["content/statutory/notice/2026/fees.md"]
    assert isinstance(fees, str)
    more = "".join(f"{key}: {value}\n" for key, value in fields.items())
    text = fees.replace("00010", f"1{number:04}").replace("公开属性:", f"{more}公开属性:")
    return put(f"content/{NOTICES}/2026/more-{number}.md", text)


def shown(built: Built, url: str) -> list[str]:
    """The documents that the list at `url` shows."""
    return [target(url, href)[0] for _, href in links(built.page(url), ".rows a.row-title")]


def pages(urls: Iterable[str]) -> set[str]:
    """Those of `urls` that are pages."""
    return {url for url in urls if url.endswith(".html")}


def test_a_view_for_each_issuer_subject_and_topic_that_narrows() -> None:
    built = build(
        notice(1, 发文机关="海川市财政局", 主题分类="财政、金融、审计\\其他", 专题="[open-data]"),
        notice(2, 发文机关="[海川市财政局, 海川市数据与政务公开局]"),
    )
    one, both = f"{NOTICES}/2026/more-1.html", f"{NOTICES}/2026/more-2.html"
    views = {url for url in built.urls if url.startswith(NOTICES) and url.count("/") == 3}
    assert {url.removeprefix(f"{NOTICES}/") for url in views} >= {
        "issuer/海川市财政局.html",
        "issuer/海川市数据与政务公开局.html",
        "subject/04-09.html",
        "topic/open-data.html",
        "year/2026.html",
    }
    assert sorted(shown(built, f"{NOTICES}/issuer/海川市财政局.html")) == [one, both]
    assert len(shown(built, f"{NOTICES}/issuer/海川市数据与政务公开局.html")) == 3
    assert shown(built, f"{NOTICES}/subject/04-09.html") == [one]
    assert shown(built, f"{NOTICES}/topic/open-data.html") == [one]
    page = built.page(f"{NOTICES}/issuer/海川市财政局.html")
    assert words(page.css_first("h1")) == "其他主动公开 海川市财政局"
    # The view that is shown stands open, not folded.
    assert [node.attributes.get("open", "no") for node in page.css(".others")] == [None]
    assert all_words(page, ".others [aria-current]") == ["海川市财政局2"]


def test_what_narrows_nothing_has_no_view() -> None:
    urls = build(notice(1)).urls
    assert [url for url in urls if url.startswith((f"{NOTICES}/issuer", f"{NOTICES}/topic"))] == []


def test_views_are_paged_like_the_list() -> None:
    built = build(append("site.yaml", "page_size: 2"), *(notice(number) for number in range(3)))
    first, second = f"{NOTICES}/year/2026.html", f"{NOTICES}/year/2026/2.html"
    third = f"{NOTICES}/year/2026/3.html"
    assert {url for url in built.urls if url.startswith(f"{NOTICES}/year/")} == {
        first,
        second,
        third,
    }
    assert links(built.page(second), ".pager a")[0] == ("上一页", "../2026.html")
    seen = [*shown(built, first), *shown(built, second), *shown(built, third)]
    assert (len(seen), len(set(seen))) == (5, 5)
    # The later pages do not repeat the choices.
    assert built.page(second).css(".choices") == []
    assert words(built.page(second).css_first("h1")) == "其他主动公开 2026年 第2页"


def test_validity_views_are_paged_and_all_five_are_there() -> None:
    policy = GOOD_SITE["content/statutory/policy/2026/data-sharing.md"]
    assert isinstance(policy, str)
    more = [
        put(
            f"content/statutory/policy/2026/more-{number}.md",
            policy.replace("2026-00003", f"2026-2000{number}").replace(
                "〔2026〕2号", f"〔2026〕2{number}号"
            ),
        )
        for number in range(3)
    ]
    built = build(append("site.yaml", "page_size: 2"), *more)
    assert sorted(url for url in built.urls if url.startswith("statutory/policy/status/")) == [
        "statutory/policy/status/amended.html",
        "statutory/policy/status/expired.html",
        "statutory/policy/status/pending.html",
        "statutory/policy/status/repealed.html",
        "statutory/policy/status/valid.html",
        "statutory/policy/status/valid/2.html",
    ]
    assert pages(built.urls) == pages(built.outcome.site.addresses)


def test_many_issuers_stand_on_a_page_of_their_own() -> None:
    many = MOST_CHOICES + 3
    built = build(*(notice(n, 发文机关=f"海川市第{n}分局") for n in range(many)))
    page = built.page(f"{NOTICES}/index.html")
    chips = links(page, "nav[aria-label=按发文机关查看] a")
    # 全部, the most frequent ones, and the way to all.
    assert len(chips) == 1 + MOST_CHOICES + 1
    assert chips[-1] == ("更多发文机关", "issuer/index.html")
    assert len(built.page(f"{NOTICES}/issuer/index.html").css(".choices a")) == 1 + many + 1
    assert pages(built.urls) == pages(built.outcome.site.addresses)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("海川市数据局", "海川市数据局"),
        ("海川市局（筹）", "海川市局（筹）"),
        ("甲/乙", "甲-乙-26270e"),
        ("..", "-5ec1f7"),
        ("index", "index-1bc04b"),
        ("长" * 80, "长" * 60 + "-810268"),
    ],
)
def test_a_name_in_an_address(name: str, slug: str) -> None:
    assert address.name(name) == slug


def test_every_facet_has_its_word() -> None:
    assert [facet.zh for facet in Facet] == ["年份", "有效性", "发文机关", "主题", "专题"]
