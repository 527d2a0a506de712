"""Cases of redirects: every way of sending on, circles, cookies, other domains, home pages, certificates."""

from __future__ import annotations

import asyncio

from generator.config import External
from generator.external import Known
from tests.network.answers import (
    answer,
    by_path,
    moved,
    page,
    says,
    silent,
    status,
)
from tests.network.bed import Behaviour, Request
from tests.network.cases import (
    BROKEN,
    DOMAIN,
    HOME,
    HOST,
    PERHAPS,
    SOFT,
    UNVERIFIED,
    URL,
    Case,
)

_OK = page()
_PATH = "/zwgk/2024/t1.html"
_NEW = "/zwgk/2025/t1.html"


def _to(location: str | bytes, line: str = "302 Found", then: str = _NEW) -> Behaviour:
    return by_path({_PATH: moved(location, line), then: _OK})


async def _counting(request: Request, writer: asyncio.StreamWriter) -> None:
    """Another cookie and the same address again, for ever."""
    number = int(request.headers.get("cookie", "n=0").partition("=")[2]) + 1
    await moved(request.path, Set_Cookie=f"n={number}")(request, writer)


async def _needs_cookie(request: Request, writer: asyncio.StreamWriter) -> None:
    """Sets a cookie and sends back to the same address; without it, again."""
    has = "seen=1" in request.headers.get("cookie", "")
    then = _OK if has else moved(request.path, Set_Cookie="seen=1; Path=/")
    await then(request, writer)


async def _onward(request: Request, writer: asyncio.StreamWriter) -> None:
    """/1 → /2 → /3 …"""
    number = int(request.path.strip("/")) + 1
    await moved(f"/{number}")(request, writer)


def _refresh(location: str, seconds: int = 0) -> str:
    return f'<meta http-equiv="Refresh" content="{seconds}; URL={location}">'


_LINES = (
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "307 Temporary Redirect",
    "308 Permanent Redirect",
)
WAYS = (
    *(Case(f"{line[:3]}-same-site", _to(_NEW, line)) for line in _LINES),
    Case("relative-location", _to("../2025/t1.html")),
    Case("location-without-scheme", _to(f"//{HOST}{_NEW}")),
    Case("location-with-spaces", _to(f"  {_NEW} ")),
    Case(
        "location-in-raw-utf-8",
        _to("/政策/一.html".encode(), then="/%E6%94%BF%E7%AD%96/%E4%B8%80.html"),
    ),
    Case("location-in-raw-gbk", _to("/政策.html".encode("gbk"), then="/%D5%FE%B2%DF.html")),
    Case("location-escaped", _to("/%E6%94%BF.html", then="/%E6%94%BF.html")),
    Case("location-of-query", _to("?id=1", then=f"{_PATH}?id=1")),
    Case("location-with-fragment", _to(f"{_NEW}#part")),
    Case("location-missing", by_path({_PATH: says(answer(status="302 Found"))}), BROKEN, "HTTP"),
    Case("location-empty", _to(""), BROKEN, "HTTP"),
    Case("location-malformed", _to("http://[bad/"), BROKEN, "HTTP"),
    Case("location-of-an-app", _to("weixin://dl/business/?t=1"), UNVERIFIED, "App"),
    Case("location-of-mail", _to("mailto:a@example.gov.cn"), UNVERIFIED, "App"),
    Case("into-a-private-network", _to("http://192.168.10.23:8080/oa"), BROKEN, "内部网络"),
    Case("into-localhost", _to("http://localhost/"), BROKEN, "内部网络"),
    Case("circle-of-one", _to(_PATH), BROKEN, "循环跳转"),
    Case("circle-of-two", by_path({_PATH: moved("/b"), "/b": moved(_PATH)}), BROKEN, "循环跳转"),
    Case(
        "circle-after-a-while",
        by_path({_PATH: moved("/b"), "/b": moved("/c"), "/c": moved("/b")}),
        BROKEN,
        "循环",
    ),
    Case("too-many-hops", _onward, BROKEN, "超过 10 次", url=f"http://{HOST}/1"),
    Case("cookie-needed", _needs_cookie),
    Case("new-cookie-every-time", _counting, BROKEN, "超过 10 次"),
    Case("then-not-found", by_path({_PATH: moved("/gone.html")}), BROKEN, "404"),
    Case("then-silent", by_path({_PATH: moved("/b"), "/b": silent}), UNVERIFIED, "没有答复"),
    Case("then-no-such-host", _to("http://gone.example.gov.cn/"), PERHAPS, "域名"),
    Case("refresh-at-once", by_path({_PATH: page(head=_refresh(_NEW)), _NEW: _OK})),
    Case("refresh-at-once-to-nothing", by_path({_PATH: page(head=_refresh(_NEW))}), BROKEN, "404"),
    Case("refresh-of-itself", page(head=_refresh(_PATH))),
    Case("refresh-after-a-minute", page(head=_refresh("/gone.html", 60))),
    Case(
        "refresh-circle",
        by_path({_PATH: page(head=_refresh("/b")), "/b": page(head=_refresh(_PATH))}),
        BROKEN,
        "循环",
    ),
    Case("refresh-home", by_path({_PATH: page(head=_refresh("/")), "/": _OK}), HOME),
    Case(
        "error-page-that-goes-home",
        by_path(
            {_PATH: page("提示", "您访问的页面不存在，5秒后返回首页", _refresh("/", 5)), "/": _OK}
        ),
        SOFT,
        "页面不存在",
    ),
)

_HOME = {_PATH: moved("/"), "/": _OK}
_ELSEWHERE = {
    HOST: by_path({_PATH: moved("http://www.other.example/a.html")}),
    "www.other.example": _OK,
}
_OWN = (HOST, "www.other.example")
PLACES = (
    Case("home", by_path(_HOME), HOME, f"http://{HOST}/"),
    Case(
        "home-by-index",
        by_path({_PATH: moved("/index.html", "301 Moved"), "/index.html": _OK}),
        HOME,
    ),
    Case(
        "home-in-chinese-folder",
        by_path({_PATH: moved("/cn/index.shtml"), "/cn/index.shtml": _OK}),
        HOME,
    ),
    Case("home-with-marks", by_path({_PATH: moved("/?from=404"), "/?from=404": _OK}), HOME),
    Case("home-without-words", by_path(_HOME), HOME, text=""),
    Case("home-as-the-words-say", by_path(_HOME), text="海川市统计局"),
    Case("home-of-a-portal", by_path(_HOME), text="中国政府网"),
    Case("document-by-query", by_path({_PATH: moved("/?p=17"), "/?p=17": _OK})),
    Case(
        "home-from-home",
        by_path({"/": moved("/index.html"), "/index.html": _OK}),
        url=f"http://{HOST}/",
    ),
    Case("other-domain", _ELSEWHERE, DOMAIN, "http://www.other.example/a.html"),
    Case(
        "other-domain-home",
        {HOST: by_path({_PATH: moved("http://www.other.example/")}), "www.other.example": _OK},
        DOMAIN,
    ),
    Case("other-domain-of-one-organ", _ELSEWHERE, known=Known(together=(_OWN,))),
    Case("other-domain-trusted", _ELSEWHERE, known=Known(trusted=("other.example",))),
    Case(
        "other-host-of-one-domain",
        {
            HOST: by_path({_PATH: moved("http://tjj.example.gov.cn/a.html")}),
            "tjj.example.gov.cn": _OK,
        },
    ),
    Case(
        "with-and-without-www",
        {HOST: by_path({_PATH: moved("http://example.gov.cn/a.html")}), "example.gov.cn": _OK},
    ),
    Case(
        "known-redirector",
        {"link.zhihu.com": moved("http://www.other.example/"), "www.other.example": _OK},
        url="http://link.zhihu.com/?target=x",
    ),
    Case(
        "redirected-to-an-error-page",
        by_path({_PATH: moved("/404.html"), "/404.html": _OK}),
        SOFT,
        "404.html",
    ),
    Case(
        "redirected-to-an-error-route",
        by_path({_PATH: moved("/app/#/error"), "/app/": _OK}),
        SOFT,
        "error",
    ),
    Case(
        "blocked-by-settings",
        {},
        UNVERIFIED,
        "external.block",
        settings=External(block=("example.gov.cn",)),
    ),
    Case("allowed-by-settings", {}, settings=External(allow=("*.example.gov.cn",))),
)

NAMES = (
    Case(
        "chinese-host",
        {"政务".encode("idna").decode() + ".example": _OK},
        url="http://政务.example/a.html",
    ),
    Case("host-in-capitals", _OK, url=f"HTTP://{HOST.upper()}{_PATH}"),
    Case("trailing-dot", _OK, url=f"http://{HOST}.{_PATH}"),
    Case("standard-port", _OK, url=f"http://{HOST}:80{_PATH}"),
    Case("other-port", _OK, url=f"http://{HOST}:8080{_PATH}"),
    Case(
        "chinese-path", by_path({"/%E6%94%BF/%E4%B8%80.html": _OK}), url=f"http://{HOST}/政/一.html"
    ),
    Case("gbk-escapes-stay", by_path({"/%D5%FE.html": _OK}), url=f"http://{HOST}/%D5%FE.html"),
    Case("lone-percent", by_path({"/100%.html": _OK}), url=f"http://{HOST}/100%.html"),
    Case(
        "spaces-and-brackets", by_path({"/a%20%5B1%5D.html": _OK}), url=f"http://{HOST}/a [1].html"
    ),
    Case("backslashes", by_path({_PATH: _OK}), url=f"http://{HOST}\\zwgk\\2024\\t1.html"),
    Case("without-scheme", {}, url="www.example.gov.cn/a.html"),
    Case("no-web-address", {}, url="ftp://www.example.gov.cn/a"),
    Case("unreadable-address", {}, url="http://[::1/a"),
)

REDIRECTS = (*WAYS, *PLACES, *NAMES)

_SECURE = f"https://{HOST}{_PATH}"


async def _no_tls(request: Request, writer: asyncio.StreamWriter) -> None:
    raise AssertionError("nobody speaks in clear with this host")


def _tls(name: str) -> tuple[dict[str, Behaviour], str]:
    host = f"tls-{name}.example.gov.cn"
    return {host: _OK}, f"https://{host}{_PATH}"


def _certified(name: str, because: str) -> Case:
    hosts, url = _tls(name)
    return Case(f"certificate-{name}", hosts, PERHAPS, because, url=url)


SECURE = (
    Case("secure", _OK, url=_SECURE),
    Case("protocol-relative", _OK, url=f"//{HOST}{_PATH}"),
    Case("http-to-https", by_path({_PATH: moved(f"https://{HOST}{_NEW}"), _NEW: _OK})),
    Case(
        "https-to-http",
        by_path({_PATH: moved(f"http://{HOST}{_NEW}"), _NEW: _OK}),
        PERHAPS,
        "不加密",
        url=_SECURE,
    ),
    Case(
        "https-to-http-and-back",
        by_path(
            {_PATH: moved(f"http://{HOST}/b"), "/b": moved(f"https://{HOST}{_NEW}"), _NEW: _OK}
        ),
        url=_SECURE,
    ),
    _certified("self", "自签"),
    _certified("expired", "过期"),
    _certified("future", "还没有生效"),
    _certified("wrong", "别的域名"),
    _certified("stranger-issued", "签发机构不受信任"),
    Case(
        "bad-certificate-and-404",
        {"tls-self.example.gov.cn": status("404 Not Found")},
        BROKEN,
        "404",
        url="https://tls-self.example.gov.cn/a.html",
    ),
    Case(
        "bad-certificate-and-403",
        {"tls-self.example.gov.cn": status("403 Forbidden")},
        PERHAPS,
        "自签",
        url="https://tls-self.example.gov.cn/a.html",
    ),
    Case(
        "bad-certificate-then-good",
        {"tls-expired.example.gov.cn": moved(_SECURE), HOST: _OK},
        PERHAPS,
        "过期",
        url="https://tls-expired.example.gov.cn/a.html",
    ),
    Case(
        "bad-certificate-after-a-hop",
        {HOST: moved("https://tls-wrong.example.gov.cn/a.html"), "tls-wrong.example.gov.cn": _OK},
        PERHAPS,
        "别的域名",
        url=URL,
    ),
)
