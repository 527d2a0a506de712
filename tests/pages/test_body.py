"""Small pure functions: addresses in bodies, types and sizes of attachments."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import address
from generator.model import (
    Link,
    LinkSyntax,
    Verdict,
    WrittenLink,
)
from generator.pages.body import address_of, full_address_of, harmless, kept_together
from generator.pages.metadata import file_size, file_type


@pytest.mark.parametrize(
    ("href", "written"),
    [
        ("https://a.gov.cn/?a=1&b=2", "https://a.gov.cn/?a=1&b=2"),
        ("javascript:alert(1)", "#"),
        (" JavaScript\t:alert(1)", "#"),
        ("java\nscript:alert(1)", "#"),
        ("vbscript:x", "#"),
        ("data:text/html,x", "#"),
        ("data:image/png;base64,iVBORw0K", "data:image/png;base64,iVBORw0K"),
        ("x.md", "x.md"),
    ],
)
def test_no_address_runs_code(href: str, written: str) -> None:
    assert harmless(href) == written


@pytest.mark.parametrize(
    ("verdict", "url", "fragment", "href"),
    [
        (Verdict.DOCUMENT, "a/b.html", "第三条", "../a/b.html#%E7%AC%AC%E4%B8%89%E6%9D%A1"),
        (Verdict.FILE, "a/附 件.pdf", "", "../a/%E9%99%84%20%E4%BB%B6.pdf"),
        (Verdict.SAME_PAGE, "", "x", "../own/page.html#x"),
        (Verdict.EXTERNAL, "https://a.gov.cn/x y", "", "https://a.gov.cn/x y"),
        (Verdict.NO_PAGE, "", "", "gone.md"),
    ],
)
def test_what_is_written_as_the_address_of_a_link(
    verdict: Verdict, url: str, fragment: str, href: str
) -> None:
    link = Link(WrittenLink(LinkSyntax.LINK, "gone.md", "x", 1, 1), verdict, url, fragment)
    assert address_of(link, "own/page.html", "list/index.html") == href


@pytest.mark.parametrize("verdict", [Verdict.DOCUMENT, Verdict.SAME_PAGE, Verdict.EXTERNAL])
@pytest.mark.parametrize("url", ["own/page.html", "own/b.html", "a/附 件.pdf", "c:d.html", ""])
@pytest.mark.parametrize("fragment", ["", "第三条", "a?b"])
def test_a_full_address_is_where_the_relative_one_leads(
    verdict: Verdict, url: str, fragment: str
) -> None:
    base, own = "https://www.example.gov.cn/zwgk/", "own/page.html"
    link = Link(WrittenLink(LinkSyntax.LINK, "gone.md", "x", 1, 1), verdict, url, fragment)
    relative = address_of(link, own, own)
    full = full_address_of(own, base, link)
    assert urljoin(base + own, full) == urljoin(base + own, relative)
    assert full.startswith(base) is (verdict is not Verdict.EXTERNAL)


_FOLDERS = st.lists(st.sampled_from(["a", "ab", "栏目", "2024"]), max_size=4)


@given(_FOLDERS, _FOLDERS)
def test_the_way_from_one_folder_to_another(here: list[str], there: list[str]) -> None:
    page, url = "/".join([*here, "x.html"]), "/".join([*there, "y.html"])
    assert address.relative(page, url) == posixpath.relpath(url, "/".join(here) or ".")
    for near in (url, f"{url}/a:b 甲.html", "a:b 甲.html"):
        assert address.way(page)(near) == address.href(page, near)


@given(st.text(alphabet="第三条a-_ %&#?\x7f\u3000", max_size=12))
def test_a_place_is_escaped_but_for_its_chinese(fragment: str) -> None:
    signs = (sign if ord(sign) > 127 else address.escape(sign) for sign in fragment)
    assert address.anchor(fragment) == f"#{''.join(signs)}"


@pytest.mark.parametrize(
    ("name", "size", "shown"),
    [
        ("a.docx", 1, "Word 文档，1 KB"),
        ("a.PDF", 36 * 1024 + 1, "PDF 文档，37 KB"),
        ("a.ofd", 1024 * 1024, "OFD 版式文件，1.0 MB"),
        ("a.xyz", 0, "XYZ，1 KB"),
        ("v1.2/read", 2048, "文件，2 KB"),
    ],
)
def test_type_and_size_of_an_attachment(name: str, size: int, shown: str) -> None:
    assert f"{file_type(name)}，{file_size(size)}" == shown


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>收到14件，占84.9%。</p>", ["14件", "84.9%"]),
        ("2026年5月16日前投入 5.2 万元、3亿", ["2026年", "5月", "16日", "5.2 万元", "3亿"]),
        ('<a href="x-5个.html" title="a > 5个">第5条</a>', ["5条"]),
        ("海数政规〔2023〕1号", ["1号"]),
        ("电话0000-00001234，A4纸", []),
        ("", []),
    ],
)
def test_a_number_stays_with_its_unit(html: str, kept: list[str]) -> None:
    made = kept_together(html)
    parts = made.split('<span class="nb">')
    assert [part.partition("</span>")[0] for part in parts[1:]] == kept
    # Nothing but these elements was added, and nothing was lost.
    assert made.replace('<span class="nb">', "").replace("</span>", "") == html


_PIECES = st.sampled_from(
    [
        "甲",
        " ",
        "1",
        "23",
        "万",
        "件",
        ".",
        "<p>",
        "</p>",
        '<a title="4件>" href="5">',
        "&#39;",
        "\n",
    ]
)


@given(st.lists(_PIECES, max_size=16).map("".join))
def test_tags_are_left_alone(html: str) -> None:
    parts = re.split(r"""(<(?:"[^"]*"|[^>"])*>)""", html)
    assert kept_together(html) == "".join(
        part if part.startswith("<") else kept_together(part) for part in parts
    )
