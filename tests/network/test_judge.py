"""The judge alone: the shared cases, addresses, words, and that it never raises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.external import Address, Known
from generator.external.addresses import (
    is_error_page,
    is_home,
    is_listed,
    location,
    readable,
    registrable,
    suffix_of,
    target,
)
from generator.external.judge import judge
from generator.external.observation import Certificate, Failure, Hop, Observation, Page
from generator.external.page import decode, likeness, read
from generator.finding import Place
from tests.network.fetched import checked

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "wrong-links.yaml"


def _fetched_cases() -> list[dict[str, Any]]:
    if not CASES.is_file():
        return []
    cases = yaml.safe_load(CASES.read_text(encoding="utf-8"))["cases"]
    return [case for case in cases if "fetched" in case]


@pytest.mark.parametrize("case", _fetched_cases(), ids=lambda case: case["id"])
def test_shared_case(case: dict[str, Any]) -> None:
    judged = checked(Address(case["href"], case["text"]), case["fetched"]).judgement
    assert ([judged.rule.name] if judged else []) == case["expect"]


def test_all_shared_cases_are_there() -> None:
    if not CASES.is_file():
        pytest.skip("the shared cases are not beside the project")
    assert len(_fetched_cases()) == 6


_WORDS = st.sampled_from(
    [
        "",
        "页面不存在",
        "404",
        "澳门新葡京",
        "域名出售",
        "登录",
        "安全验证",
        "关于404的通知",
        "公安",
        "海川市统计局",
    ]
)
_TEXTS = st.builds("".join, st.lists(_WORDS | st.text(max_size=12), max_size=6))
_URLS = st.one_of(
    st.text(max_size=40),
    st.builds(
        "http://{}/{}#{}".format, st.text(max_size=12), st.text(max_size=12), st.text(max_size=8)
    ),
    st.sampled_from(
        ["", "http://", "https://[", "http://a.example/x", "//b.example", "https://a.gov.cn/"]
    ),
)
_PAGES = st.builds(
    Page,
    title=_TEXTS,
    heading=_TEXTS,
    text=_TEXTS,
    length=st.integers(0, 10_000),
    hidden=_TEXTS,
    ids=st.none() | st.lists(st.text(max_size=5)).map(tuple),
    asks_password=st.booleans(),
)


@given(
    seen=st.builds(
        Observation,
        final=_URLS,
        status=st.none() | st.integers(-1, 1200),
        hops=st.lists(st.builds(Hop, address=_URLS, status=st.integers(0, 999)), max_size=3).map(
            tuple
        ),
        content_type=st.sampled_from(["", "text/html", "application/pdf"]) | st.text(max_size=9),
        page=st.none() | _PAGES,
        failure=st.none() | st.sampled_from(Failure),
        certificate=st.none() | st.sampled_from(Certificate),
        likeness=st.floats(0, 1),
    ),
    address=st.builds(Address, url=_URLS, text=_TEXTS),
    trusted=st.lists(_URLS, max_size=2).map(tuple),
    confirmed=st.booleans(),
)
def test_judge_never_raises(
    seen: Observation, address: Address, trusted: tuple[str, ...], confirmed: bool
) -> None:
    known = Known(trusted, (trusted,))
    judged = judge(seen, address, known, confirmed=confirmed)
    assert judge(seen, address, known, confirmed=confirmed) == judged
    if judged is not None:
        assert judged.severity.weight > 0
        assert (judged.severity.weight == 3) <= (
            judged.rule.name in ("broken-external", "hijacked-site")
        )


@given(body=st.binary(max_size=300), charset=st.text(max_size=12), whole=st.booleans())
def test_reading_never_raises(body: bytes, charset: str, whole: bool) -> None:
    shown = read(body, charset, whole=whole)
    assert (shown.page.ids is None) is not whole
    assert likeness(shown.page, shown.page) in (0.0, 1.0)


@given(
    base=_URLS,
    raw=st.text(max_size=40)
    | st.binary(max_size=30).map(lambda b: b.decode("utf-8", "surrogateescape")),
)
def test_addresses_never_raise(base: str, raw: str) -> None:
    for url in (base, raw, location(base, raw)):
        asked = target(url)
        assert asked is None or (asked.url.isascii() and target(asked.url) is not None)
        assert isinstance((is_home(url), is_error_page(url), suffix_of(url), readable(url)), tuple)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("http://www.example.gov.cn", "http://www.example.gov.cn/"),
        ("HTTPS://WWW.Example.gov.cn:443/A", "https://www.example.gov.cn/A"),
        ("http://user:secret@a.example/", "http://a.example/"),
        ("http://政务.公益/", "http://xn--zfr164b.xn--55qw42g/"),
        ("http://xn--zfr164b.xn--55qw42g/", "http://xn--zfr164b.xn--55qw42g/"),
        (
            "//a.example/政/一.html?名=值#锚",
            "https://a.example/%E6%94%BF/%E4%B8%80.html?%E5%90%8D=%E5%80%BC",
        ),
        ("http://a.example/%D5%FE%zz", "http://a.example/%D5%FE%zz"),
        ("http://a.example\\b\\c?d\\e", "http://a.example/b/c?d%5Ce"),
        (" http://a.example/\n b ", "http://a.example/%20b"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("ftp://a.example/", None),
        ("mailto:a@a.example", None),
        ("http://", None),
        ("http://a b/", None),
        ("http://a.example:99999/", None),
    ],
)
def test_form_of_requests(written: str, url: str | None) -> None:
    asked = target(written)
    assert (asked.url if asked else None) == url


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("tjj.haichuan.gov.cn", "haichuan.gov.cn"),
        ("www.example.gov.cn", "example.gov.cn"),
        ("www.shanghai.gov.cn", "shanghai.gov.cn"),
        ("a.b.example.com.cn", "example.com.cn"),
        ("www.other.example", "other.example"),
        ("gov.cn", "gov.cn"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"),
        ("localhost", "localhost"),
    ],
)
def test_registrable_domain(host: str, domain: str) -> None:
    assert registrable(host) == domain


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("", True),
        ("/", True),
        ("/index.html", True),
        ("/INDEX.HTM", True),
        ("/default.aspx", True),
        ("/en/", True),
        ("/?from=singlemessage&v=2", True),
        ("/?p=17", False),
        ("/index.php?id=3", False),
        ("/zwgk/", False),
        ("/zwgk/index.html", False),
        ("/index/a.html", False),
    ],
)
def test_home_pages(path: str, is_one: bool) -> None:
    assert is_home(f"https://www.example.gov.cn{path}") is is_one


@pytest.mark.parametrize(
    ("host", "listed"),
    [
        ("example.gov.cn", True),
        ("www.example.gov.cn", True),
        ("a.wild.example", True),
        ("full.example", True),
        ("xn--zfr164b.example", True),
        ("notexample.gov.cn", False),
        ("gov.cn", False),
    ],
)
def test_lists_of_hosts(host: str, listed: bool) -> None:
    hosts = ("example.gov.cn", "*.wild.example", "https://full.example/x/", "政务.example", "", " ")
    assert is_listed(host, hosts) is listed


@pytest.mark.parametrize(
    ("failure", "confirmed", "said"),
    [
        (Failure.DNS, False, "warning"),
        (Failure.DNS, True, "error"),
        (Failure.UNREACHABLE, True, "error"),
        (Failure.PROTOCOL, False, "error"),
        (Failure.LOOP, False, "error"),
        (Failure.TLS, True, "warning"),
        (Failure.TIMEOUT, True, "info"),
        (Failure.OFFLINE, True, "info"),
    ],
)
def test_failures(failure: Failure, confirmed: bool, said: str) -> None:
    url = "https://a.example/x.html"
    judged = judge(Observation(url, failure=failure), Address(url), confirmed=confirmed)
    assert judged is not None
    assert judged.severity == said


def test_a_finding_holds_the_link_as_written() -> None:
    address = Address("https://a.example/x.html", "年鉴")
    found = checked(address, {"status": 404}).finding(
        Place("content/a.md", 3, 4), "//a.example/x.html"
    )
    assert found is not None
    assert (found.rule, found.severity, found.place, found.target, found.text) == (
        "broken-external",
        "error",
        Place("content/a.md", 3, 4),
        "//a.example/x.html",
        "年鉴",
    )
    assert found.message.zh == "外部链接打不开（404，网页不存在）：//a.example/x.html"
    assert found.message.en == "the external link fails (404, no such page): //a.example/x.html"


def test_a_character_cut_in_two_is_no_reason_to_doubt_the_charset() -> None:
    assert decode("海川".encode()[:-1]) == ("海", "utf-8")
    assert decode("海川".encode("gbk")[:-1], "gbk") == ("海", "gb18030")
