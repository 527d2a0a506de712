"""Cases of HTTP itself: methods, statuses, slowness, and answers that are none."""

from __future__ import annotations

import gzip
import zlib

from tests.network.answers import (
    after,
    answer,
    by_method,
    closing,
    dripping,
    endless,
    head_of,
    html,
    in_turn,
    moved,
    page,
    resetting,
    says,
    silent,
    status,
)
from tests.network.bed import REFUSING
from tests.network.cases import BROKEN, HOST, PERHAPS, UNVERIFIED, Case

_OK = page()
_HTML_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
_PAGE = html().encode()

METHODS = (
    Case("head-and-get-200", _OK),
    Case("head-405-get-200", by_method(status("405 Method Not Allowed"), _OK)),
    Case("head-403-get-200", by_method(status("403 Forbidden"), _OK)),
    Case("head-404-get-200", by_method(status("404 Not Found"), _OK)),
    Case("head-501-get-200", by_method(status("501 Not Implemented"), _OK)),
    Case("head-500-get-200", by_method(status("500 Internal Server Error"), _OK)),
    Case("head-never-answered", by_method(silent, _OK)),
    Case("head-reset", by_method(resetting, _OK)),
    Case("head-closed", by_method(closing, _OK)),
    Case("head-sent-home-get-200", by_method(moved("/404.html"), _OK)),
    Case("head-with-a-body", by_method(says(answer()), _OK)),
    Case("head-200-get-404", by_method(_OK, status("404 Not Found")), BROKEN, "404"),
    Case("pdf-by-head-alone", says(answer(b"%PDF-1.7", kind="application/pdf"))),
)

STATUSES = (
    Case("404", status("404 Not Found"), BROKEN, "404，网页不存在"),
    Case("410", status("410 Gone"), BROKEN, "410，网页已经删除"),
    Case("400", status("400 Bad Request"), PERHAPS, "400"),
    Case("401", status("401 Unauthorized"), UNVERIFIED, "401"),
    Case("403", status("403 Forbidden"), UNVERIFIED, "403，网站不让程序访问"),
    Case("405", status("405 Method Not Allowed"), UNVERIFIED, "405"),
    Case("406", status("406 Not Acceptable"), UNVERIFIED, "406"),
    Case("412", status("412 Precondition Failed"), UNVERIFIED, "412"),
    Case("418", status("418 I'm a teapot"), UNVERIFIED, "418"),
    Case("429", status("429 Too Many Requests"), UNVERIFIED, "429"),
    Case("451", status("451 Unavailable For Legal Reasons"), UNVERIFIED, "451"),
    Case("521", status("521 Web Server Is Down"), UNVERIFIED, "521"),
    Case("999", status("999 Request denied"), UNVERIFIED, "999"),
    Case("500", status("500 Internal Server Error"), PERHAPS, "500"),
    Case("503", status("503 Service Unavailable"), PERHAPS, "503"),
    Case("504", status("504 Gateway Timeout"), UNVERIFIED, "504"),
    Case("204", says(b"HTTP/1.1 204 No Content\r\n\r\n")),
    Case("300", says(answer(status="300 Multiple Choices"))),
    Case("304-unasked", says(b"HTTP/1.1 304 Not Modified\r\n\r\n"), BROKEN, "HTTP"),
    Case("103-then-200", says(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer())),
    Case(
        "403-for-programs-200-for-browsers",
        status("403 Forbidden", Server="WAF"),
        UNVERIFIED,
        "不让程序访问",
    ),
)

_BUSY = "503 Service Unavailable"
_MANY = "429 Too Many Requests"
_NOON, _PAST_NOON = "Sat, 21 Nov 2026 12:00:00 GMT", "Sat, 21 Nov 2026 12:00:09 GMT"
_HEAD_TOO = 2  # HEAD and GET meet with the same trouble
AGAIN = (
    Case("500-once-then-200", in_turn(*[status("500 Oops")] * _HEAD_TOO, _OK)),
    Case("502-twice-then-200", in_turn(*[status("502 Bad Gateway")] * 3, _OK)),
    Case("503-retry-after-seconds", in_turn(*[status(_BUSY, Retry_After="7")] * _HEAD_TOO, _OK)),
    Case("429-retry-after-seconds", in_turn(status(_MANY, Retry_After="5"), _OK)),
    Case(
        "429-retry-after-date",
        in_turn(status(_MANY, Date=_NOON, Retry_After=_PAST_NOON), _OK),
    ),
    Case(
        "429-retry-after-in-a-year", in_turn(status(_MANY, Retry_After="31536000"), _OK), UNVERIFIED
    ),
    Case("429-retry-after-nonsense", in_turn(status(_MANY, Retry_After="soon"), _OK)),
    Case("503-retry-after-99999999999", status(_BUSY, Retry_After="99999999999"), PERHAPS),
    Case("closed-once-then-200", in_turn(closing, closing, _OK)),
    Case("reset-once-then-200", in_turn(resetting, resetting, _OK)),
)

_GIGABYTE = _HTML_HEAD + b"Content-Length: 1073741824\r\n\r\n"
SLOW = (
    Case("slow-headers", after(4.0, _OK)),
    Case("never-answers", silent, UNVERIFIED, "没有答复"),
    Case(
        "dripping-headers", endless(_HTML_HEAD, b"X-More: 1\r\n", every=3.0), UNVERIFIED, "没有答复"
    ),
    Case("dripping-body", dripping(answer()), UNVERIFIED, "没有答复"),
    Case("slow-but-whole-body", dripping(answer(html("通知", "请阅")), every=0.05)),
    Case("endless-body", endless(_HTML_HEAD + b"\r\n" + _PAGE, b"<p>more</p>" * 500)),
    Case("endless-headers", endless(_HTML_HEAD, b"X-More: 1\r\n" * 100), BROKEN, "HTTP"),
    Case("one-gigabyte-page", endless(_GIGABYTE + _PAGE, b" " * 60_000)),
    Case(
        "one-gigabyte-file",
        says(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 1073741824\r\n\r\nPK"
        ),
    ),
)

_CHUNKED = _HTML_HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_GZIPPED = gzip.compress(_PAGE)
STRANGE = (
    Case("no-such-host", {}, PERHAPS, "域名解析不了"),
    Case(
        "refused",
        {f"{REFUSING}.example.gov.cn": closing},
        PERHAPS,
        "拒绝连接",
        url=f"http://{REFUSING}.example.gov.cn/a.html",
    ),
    Case("reset", resetting, PERHAPS, "连接被中断"),
    Case("empty-reply", closing, PERHAPS, "没有回答"),
    Case("invalid-status-line", says(b"HTTP/1.1 OK 200\r\n\r\n"), BROKEN, "HTTP"),
    Case("http-0.9", says(b"<html><body>0.9</body></html>"), BROKEN, "HTTP"),
    Case("ssh", says(b"SSH-2.0-OpenSSH_9.6\r\n"), BROKEN, "HTTP"),
    Case("binary", says(bytes(range(256)) * 8), BROKEN, "HTTP"),
    Case("no-reason-phrase", says(answer(status="200"))),
    Case("no-length-until-closed", says(_HTML_HEAD + b"\r\n" + _PAGE)),
    Case("no-content-type", says(answer(kind=""))),
    Case("lower-case-headers", says(answer().replace(b"Content-", b"content-"))),
    Case("chunked", says(_CHUNKED + b"%x\r\n" % len(_PAGE) + _PAGE + b"\r\n0\r\n\r\n")),
    Case("chunked-truncated", says(_CHUNKED + b"ffff\r\n" + _PAGE), UNVERIFIED, "没有传完"),
    Case(
        "truncated",
        says(answer().replace(b"Content-Length: ", b"Content-Length: 9")),
        UNVERIFIED,
        "没有传完",
    ),
    Case("gzip", says(answer(_GZIPPED, Content_Encoding="gzip"))),
    Case("deflate", says(answer(zlib.compress(_PAGE), Content_Encoding="deflate"))),
    Case(
        "broken-gzip",
        says(answer(_GZIPPED[:40] + b"x" * 200, Content_Encoding="gzip")),
        UNVERIFIED,
        "没有传完",
    ),
    Case("not-gzip-at-all", says(answer(_PAGE, Content_Encoding="gzip")), UNVERIFIED, "没有传完"),
    Case(
        "gzip-bomb", says(answer(gzip.compress(_PAGE + b" " * 50_000_000), Content_Encoding="gzip"))
    ),
    Case("header-of-100-kilobytes", page(X_Long="x" * 100_000)),
    Case(
        "300-cookies",
        says(
            answer().replace(
                b"\r\n\r\n",
                b"".join(b"\r\nSet-Cookie: c%d=1" % n for n in range(300)) + b"\r\n\r\n",
                1,
            )
        ),
    ),
    Case("empty-page", says(answer(""))),
    Case("bytes-of-no-charset", says(answer(b"<title>\xff\xfe\x80</title>\x00\xff" * 50))),
    Case("image", says(answer(b"\x89PNG", kind="image/png")), url=f"http://{HOST}/a.png"),
    Case("head-only-of-page", says(head_of(answer()) + b""), UNVERIFIED, "没有传完"),
)

TRANSPORT = (*METHODS, *STATUSES, *AGAIN, *SLOW, *STRANGE)
