"""The HTML link checker never raises, whatever the bytes and whatever the addresses."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.html_links import Origin, check, origin_of
from generator.html_links.addresses.folder import Folder
from generator.html_links.addresses.resolve import Resolver, Scope
from generator.html_links.collect import Link
from generator.html_links.judging.verdicts import verdict
from generator.html_links.places import Source, Spot
from generator.html_links.reading import css, feeds, srcset
from generator.html_links.reading.metadata import metadata
from generator.html_links.reading.pages import extract
from generator.rules import NAMES

SEED = """<!DOCTYPE html><html><head><meta charset="gbk"><title>二〇二三年年报_站</title><base href="/a/">
<meta http-equiv=refresh content="0;url='x'"><link rel="icon canonical" href="//h/x" imagesrcset="a 1x,, b">
<style>@import "a;b"; p{background:url( 'x\\29' )}</style><script type="application/ld+json">{"url":["x",{"image":1}]}</script>
</head><body style="background:URL(x)" background=b.png><a name=x href="#%E4%B8">《办法》〔2024〕3号</a><a href="http://[::1">x</a>
<h1>市财政局2023年预算</h1><table><td>发文字号<td>市财〔2023〕1号</table><a href="../x.pdf#a:~:text=b" title="…">附件…</a>
<img srcset="a 1x, data:x,y 2x" usemap=#m><svg><use xlink:href="s.svg#i"/></svg><template><a href=x></template>
<div style="display:none;color:red"><a href="https://bad.example.com/">赌场</a></div><a href="mailto:a@b">x</a></body></html>"""  # noqa: E501
HREFS = [
    "",
    "#",
    "?x#y",
    "//",
    "///x",
    "http://",
    "https://[::1]:x/",
    "http://www.gov.cn:99999/",
    "%",
    "%u4e2d",
    "\ud800",
    "javascript:",
    "C:\\a",
    "\\\\h\\x",
    "mailto:?",
    "tel:\u0661",
    "http://\u3002/",
    "a//../../..//b/",
    "data:,",
    "x" * 5000,
    "http://a@b@c/",
    "https://www.example.gov.cn",
    "http://％/",
    "//\uff0f/",
    "a:b",
    "./.",
    "%2e%2e/%2F",
]
texts = st.text(max_size=60) | st.sampled_from(HREFS)


def mutated(seed: bytes, rng: random.Random) -> bytes:
    """`seed` with a few bytes cut out, doubled, exchanged or put in."""
    content = bytearray(seed)
    for _ in range(rng.randrange(1, 12)):
        start = rng.randrange(len(content) + 1)
        end = min(len(content), start + rng.randrange(1, 30))
        match rng.randrange(5):
            case 0:
                del content[start:end]
            case 1:
                content[start:start] = content[start:end]
            case 2:
                content[start:end] = rng.randbytes(end - start)
            case 3:
                content[start:start] = rng.choice(
                    (b"<", b">", b'"', b"&#", b"\x00", b"<!--", b"]]>")
                )
            case _:
                content[start:start] = rng.choice(HREFS).encode("utf-8", "surrogatepass")
    return bytes(content)


def whole_check(files: dict[str, bytes], origin: Origin) -> None:
    with TemporaryDirectory() as folder:
        for path, content in files.items():
            (Path(folder) / path).write_bytes(content)
        found = check(Path(folder), origin)
        assert all(one.place.line is not None and one.place.line >= 1 for one in found.findings)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0))
def test_mutated_page_is_checked(number: int) -> None:
    rng = random.Random(number)
    page = mutated(SEED.encode(rng.choice(("utf-8", "gb18030", "utf-16"))), rng)
    files = {"a.html": page, "b.html": SEED.encode(), "s.svg": page, "x.pdf": page[:40]}
    files |= {
        "c.css": mutated(SEED.encode(), rng),
        "sitemap.xml": mutated(b"<urlset><loc>x</loc></urlset>", rng),
    }
    whole_check(files, rng.choice((Origin(), origin_of("https://www.example.gov.cn/a/"))))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read(content: bytes) -> None:
    extract(content)
    metadata(content)
    feeds.addresses(content)
    source = Source(content)
    assert source.place(Spot("a", "href", "x")) >= (1, 1)


@settings(max_examples=300, deadline=None)
@given(texts, texts, st.sampled_from(["a", "img", "form", "link", "loc"]))
def test_any_address_is_judged(href: str, text: str, element: str) -> None:
    with TemporaryDirectory() as root:
        (Path(root) / "a").mkdir()
        (Path(root) / "a" / "x.html").write_bytes(b"")
        for origin in (Origin(), origin_of("https://www.example.gov.cn/zwgk/")):
            resolver = Resolver(Folder(Path(root)), origin)
            for scope in (Scope.at("a/x.html"), resolver.scope("a/x.html", href)):
                resolved = resolver.resolve(href, scope)
                found = verdict(Link(element, "href", href, text, "", scope), resolved)
                assert found is None or found.rule.name in NAMES


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="url(\"'\\)@import namespace;{}/* -set,abc\n\t", max_size=80))
def test_any_style_sheet_is_read(text: str) -> None:
    assert list(css.references(text)) == list(css.references(text))
    assert list(srcset.candidates(text)) == list(srcset.candidates(text))


def test_deep_nesting_and_long_values_are_read() -> None:
    deep = "<div>" * 3000 + "<a href=x>" + "<b>" * 3000
    assert extract(deep.encode()).links[0][2] == "x"
    assert len(extract(f"<a href='{'x' * 300_000}'>{'字' * 300_000}</a>".encode()).links) == 1


def test_file_names_that_are_no_text(tmp_path: Path) -> None:
    name = b"\xd6\xd0.html".decode("utf-8", "surrogateescape")
    (tmp_path / name).write_bytes(b"<a href='none.html'>x</a><a href='%D6%D0.html'>y</a>")
    (tmp_path / "a.html").write_bytes("<a href='中.html'>x</a>".encode())
    found = check(tmp_path, Origin()).findings
    assert [(one.place.path, one.target) for one in found] == [
        ("a.html", "中.html"),
        ("\ufffd\ufffd.html", "none.html"),
    ]


def test_links_between_folders_do_not_lead_round_for_ever(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.html").write_bytes(b"<a href='../a/b/x.html'>x</a>")
    (tmp_path / "a" / "b").symlink_to(tmp_path / "a")
    (tmp_path / "gone.html").symlink_to(tmp_path / "nowhere.html")
    assert [one.rule for one in check(tmp_path, Origin()).findings] == ["broken-page"]
