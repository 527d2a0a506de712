"""Judge (判定): what the network answered, and what the link says → the one rule it breaks, or none.

Pure, and never raises. The first of `_ORDER` that speaks decides: what harms readers most comes first.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from generator.domain.hosts import redirected
from generator.external import content
from generator.external.addresses import Address, is_home, readable, registrable, target
from generator.external.judgement import NOBODY, Case, Judgement, Known
from generator.external.observation import (
    PASSING_FAILURES,
    Certificate,
    Failure,
    Observation,
    is_passing,
)
from generator.finding import Severity, Text
from generator.regex import regex
from generator.rules import (
    broken_external,
    redirected_domain,
    redirected_home,
    unverified_external,
)

_FAILURES: dict[Failure, Text] = {
    Failure.DNS: Text("域名解析不了", "its host name cannot be resolved"),
    Failure.REFUSED: Text("服务器拒绝连接", "connection refused"),
    Failure.UNREACHABLE: Text("连不到服务器", "the server cannot be reached"),
    Failure.RESET: Text("连接被中断", "connection reset"),
    Failure.EMPTY: Text("服务器没有回答就断开了", "the server closed without an answer"),
    Failure.TIMEOUT: Text("在限定时间内没有答复", "no answer in time"),
    Failure.TLS: Text("加密连接建立不起来", "no encrypted connection is possible"),
    Failure.PROTOCOL: Text("服务器的回答不合 HTTP 协议", "the answer is no HTTP"),
    Failure.TRUNCATED: Text("网页没有传完就断开了", "the page breaks off"),
    Failure.LOOP: Text("循环跳转", "redirects in a circle"),
    Failure.TOO_MANY_HOPS: Text("跳转超过 10 次", "more than 10 redirects"),
    Failure.NOT_WEB: Text("转到了 App 或其他程序", "sent on to an app"),
    Failure.INNER: Text("转到了内部网络的地址", "sent to an address inside a private network"),
    Failure.STRANGE: Text("网站的答复无法理解", "the answer cannot be understood"),
    Failure.OFFLINE: Text(
        "一个网站都连不上，可能是本机没有联网", "no site can be reached from here"
    ),
    Failure.NO_TIME: Text("本次检查的时间用完了，下次接着查", "the run was out of time"),
    Failure.BLOCKED: Text("site.yaml 的 external.block 不许访问", "external.block forbids asking"),
}
_CERTIFICATES: dict[Certificate, Text] = {
    Certificate.SELF_SIGNED: Text("证书是自签的", "self-signed certificate"),
    Certificate.EXPIRED: Text("证书已经过期", "expired certificate"),
    Certificate.NOT_YET_VALID: Text("证书还没有生效", "certificate not yet valid"),
    Certificate.WRONG_HOST: Text("证书是发给别的域名的", "certificate of another host"),
    Certificate.UNKNOWN_ISSUER: Text(
        "证书的签发机构不受信任，或缺少中间证书",
        "unknown issuer, or a missing intermediate certificate",
    ),
    Certificate.REVOKED: Text("证书已被吊销", "revoked certificate"),
    Certificate.OTHER: Text("证书有问题", "bad certificate"),
}
_STATUSES: dict[int, Text] = {
    401: Text("要登录才能看到", "it can be seen only after logging in"),
    403: Text("网站不让程序访问", "the site turns programs away"),
    404: Text("网页不存在", "no such page"),
    410: Text("网页已经删除", "the page is gone"),
    412: Text("网站不让程序访问", "the site turns programs away"),
    429: Text("网站嫌访问太频繁", "the site says too many requests"),
    451: Text("因法律原因不提供", "not available for legal reasons"),
}
_GONE = frozenset({404, 410})
_CONFIRM = Text(
    "可能只是一时故障：隔一小时以上再查，还打不开就按断链报告",
    "it may pass: a check more than an hour later will tell, and report an error if it still fails",
)
# The words name an organ or a site rather than one document: its home page is what they promise.
_NAMES_A_SITE = regex(
    r"(?:网|网站|官网|门户|首页|主页|平台|人民政府|政府|委员会|委|局|厅|部|院|办|办公室|中心|馆|公司|协会|大学|学院|银行)$"
)
_LONGEST_NAME = 20


def judge(
    seen: Observation, address: Address, known: Known = NOBODY, *, confirmed: bool = False
) -> Judgement | None:
    """What is wrong with `address` after `seen`; None for nothing.

    `confirmed` says that an earlier run, long enough ago, met with a failure as well.
    """
    case = Case(address, seen, known, confirmed)
    return next((found for decide in _ORDER if (found := decide(case))), None)


def _broken(
    reason: Text, severity: Severity = Severity.ERROR, hint: Text | None = None
) -> Judgement:
    return Judgement(broken_external.RULE, severity, reason, hint=hint)


def _unverified(case: Case, reason: Text) -> Judgement | None:
    """Nothing can be said, unless a bad certificate has to be named first."""
    if case.seen.certificate:
        return None
    return Judgement(unverified_external.RULE, Severity.INFO, reason)


def _perhaps_broken(case: Case, reason: Text) -> Judgement:
    """Broken if an earlier run found so too, else a warning that says what will come."""
    if case.confirmed:
        return _broken(reason)
    return _broken(reason, Severity.WARNING, _CONFIRM)


def _unanswered(case: Case) -> Judgement | None:
    failure = case.seen.failure
    if failure is None:
        return None
    reason = _FAILURES[failure]
    if failure in PASSING_FAILURES:
        return _perhaps_broken(case, reason)
    if failure is Failure.TLS:
        return _broken(reason, Severity.WARNING)
    if failure in (Failure.PROTOCOL, Failure.LOOP, Failure.TOO_MANY_HOPS):
        return _broken(reason)
    if failure is Failure.INNER:
        where = readable(case.seen.final)
        return _broken(Text(f"{reason.zh} {where}", f"{reason.en}, {where}"))
    return _unverified(case, reason)


def _refused(case: Case) -> Judgement | None:
    status = case.seen.status
    if status is None or 200 <= status < 300 or status == 300:
        return None
    said = _STATUSES.get(status)
    reason = Text(
        f"{status}，{said.zh}" if said else f"服务器答复 {status}",
        f"{status}, {said.en}" if said else f"the server says {status}",
    )
    if status in _GONE:
        return _broken(reason)
    if status < 400:
        return None if case.seen.failure else _broken(_FAILURES[Failure.PROTOCOL])
    return _perhaps_broken(case, reason) if is_passing(status) else _unverified(case, reason)


def _uncertified(case: Case) -> Judgement | None:
    certificate = case.seen.certificate
    return _broken(_CERTIFICATES[certificate], Severity.WARNING) if certificate else None


def _gated(case: Case) -> Judgement | None:
    return None if content.wants_login(case) else content.gate(case)


def _other_domain(case: Case) -> Judgement | None:
    host, final = case.host, case.final_host
    if not case.is_redirected or not host or not final or registrable(host) == registrable(final):
        return None
    if case.known.trusts(final) or case.known.is_one_owner(host, final):
        return None
    # A known redirector is reported for what it is, without any network.
    if redirected(case.address.url)[0] or (content.wants_login(case) and content.gate(case)):
        return None
    return Judgement(redirected_domain.RULE, Severity.WARNING, found=readable(case.seen.final))


def _home(case: Case) -> Judgement | None:
    seen = case.seen
    if not case.is_redirected or not is_home(seen.final) or is_home(_as_asked(case.address)):
        return None
    if redirected(case.address.url)[0]:
        return None
    text = case.address.text.strip()
    if len(text) <= _LONGEST_NAME and _NAMES_A_SITE.search(text):
        return None
    return Judgement(redirected_home.RULE, Severity.WARNING, found=readable(seen.final))


def _as_asked(address: Address) -> str:
    asked = target(address.url)
    return asked.url if asked else address.url


def _downgraded(case: Case) -> Judgement | None:
    seen = case.seen
    if not _as_asked(case.address).startswith("https:") or not seen.final.startswith("http:"):
        return None
    where = readable(seen.final)
    reason = Text(f"从加密网址转到了不加密的 {where}", f"sent from https to {where}")
    return _broken(reason, Severity.WARNING)


def _without_anchor(case: Case) -> Judgement | None:
    asked, page = target(case.address.url), case.seen.page
    if asked is None or page is None or page.ids is None:
        return None
    anchor = asked.fragment.partition(":~:")[0]
    # Scripts read fragments like `#/a` and `#!a`; `top` is the top of every page.
    if not anchor or anchor.startswith(("/", "!")) or anchor.lower() == "top":
        return None
    if anchor in page.ids or unquote(anchor) in page.ids:
        return None
    shown = unquote(anchor)
    return _broken(
        Text(f"网页上没有“#{shown}”这个位置", f"the page has no #{shown}"), Severity.WARNING
    )


_ORDER: tuple[Callable[[Case], Judgement | None], ...] = (
    content.hijacked,
    _refused,
    _unanswered,
    _uncertified,
    _gated,
    content.missing,
    _other_domain,
    _home,
    _downgraded,
    _without_anchor,
)
