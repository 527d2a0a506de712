"""Hosts and addresses (主机与地址): which are inside a network, which pass, which only lead on."""

from __future__ import annotations

import ipaddress
import re
from base64 import urlsafe_b64decode
from urllib.parse import parse_qs, unquote, urlsplit

from generator.regex import regex

# Names that only an inner network resolves.
_INNER_SUFFIXES = (
    ".local",
    ".localhost",
    ".lan",
    ".localdomain",
    ".internal",
    ".intranet",
    ".corp",
    ".home",
)
_INNER_NAMES = frozenset({"localhost", "oa", "intranet", "nas", "fileserver"})
_DRIVE = regex(r"(?:/{0,3})[a-zA-Z]:[\\/]|\\\\|//[^/]+\\")
# Parameters whose value is a session, a signature or a one-time key.
_PASSING = regex(
    r"(?i)[;?&](jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|sid|token|access_token|tempkey"
    r"|x-amz-signature|x-amz-security-token|x-oss-signature|x-cos-security-token|q-signature|ossaccesskeyid"
    r"|signature|expires|auth_key)=([^&#;]*)"
)
# ASP.NET writes its session into the path: /(S(abc…))/page.aspx
_PASSING_PATH = regex(r"/\(S\([a-z0-9]{20,}\)\)/", re.IGNORECASE)
# A short value of these is the number of a section or a state, no key.
_OFTEN_LASTING = frozenset({"sid", "token", "signature", "expires", "sessionid", "session_id"})
_LEAST_KEY = 8
_NET_DISKS = (
    "pan.baidu.com",
    "yun.baidu.com",
    "pan.quark.cn",
    "www.aliyundrive.com",
    "www.alipan.com",
    "www.lanzou.com",
    "www.lanzoui.com",
    "www.lanzoux.com",
    "pan.xunlei.com",
    "www.ctfile.com",
    "drive.weixin.qq.com",
    "cloud.189.cn",
    "www.123pan.com",
    "share.weiyun.com",
    "www.wenshushu.cn",
    "c.wss.ink",
    "www.jianguoyun.com",
    "yunpan.360.cn",
)
# Redirectors and the parameter that holds the real address, empty where it is only a key.
_REDIRECTORS: dict[str, tuple[str, ...]] = {
    "www.baidu.com/link": ("url",),
    "baidu.com/link": ("url",),
    "m.baidu.com/link": ("url",),
    "www.baidu.com/baidu.php": ("url",),
    "cn.bing.com/ck/a": ("u",),
    "www.bing.com/ck/a": ("u",),
    "www.google.com/url": ("q", "url"),
    "www.google.com.hk/url": ("q", "url"),
    "www.so.com/link": ("m", "url"),
    "www.sogou.com/link": ("url",),
    "link.zhihu.com": ("target",),
    "link.jianshu.com": ("t",),
    "link.csdn.net": ("target",),
    "weixin110.qq.com/cgi-bin/mmspamsupport-bin/newredirectconfirmcgi": ("url",),
    "c.pc.qq.com/middlem.html": ("pfurl",),
    "c.pc.qq.com/ios.html": ("url",),
    "mail.qq.com/cgi-bin/readtemplate": ("gourl",),
    "link.juejin.cn": ("target",),
    "www.douban.com/link2": ("url",),
    "www.oschina.net/action/gotolink": ("url",),
    "t.cn": (),
    "url.cn": (),
    "dwz.cn": (),
    "suo.im": (),
    "bit.ly": (),
    "t.co": (),
    "tinyurl.com": (),
    "goo.gl": (),
    "is.gd": (),
    "u.nu": (),
    "w.url.cn": (),
    "safelinks.protection.outlook.com": ("url",),
}


def host_of(address: str) -> str:
    """The host of a web address in lower case; empty where it has none or is malformed."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def inner_reason(address: str) -> str:
    """Why `address` works only inside a building: the offending part; empty for one that may be public."""
    if address.lower().startswith("file:") or _DRIVE.match(address):
        return address[:60]
    host = host_of(address).rstrip(".")
    if host in _INNER_NAMES or host.endswith(_INNER_SUFFIXES) or host.startswith("oa."):
        return host
    literal = _ip(host)
    if literal is not None and not _is_public(literal):
        return host
    return ""


def is_ip_literal(address: str) -> bool:
    """Whether the host of `address` is a number rather than a name, however it is written."""
    return _ip(host_of(address).rstrip(".")) is not None


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        pass
    # http://2130706433/, http://0x7f.1/ and http://0177.0.0.1/ are addresses too, to a browser.
    parts = host.split(".")
    if not host or len(parts) > 4 or not all(re.fullmatch(r"0x[0-9a-f]+|\d+", p) for p in parts):
        return None
    values = [
        int(p, 16) if p.startswith("0x") else int(p, 8 if p[0] == "0" else 10)
        for p in ("0" if re.fullmatch("0+", p) else p for p in parts)
        if re.fullmatch(r"0x[0-9a-f]+|0[0-7]*|[1-9]\d*", p)
    ]
    if len(values) != len(parts) or any(v > 255 for v in values[:-1]):
        return None
    number = values[-1] + sum(v << (8 * (3 - i)) for i, v in enumerate(values[:-1]))
    return ipaddress.IPv4Address(number) if number < 1 << 32 else None


def _is_public(literal: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    mapped = literal.ipv4_mapped if isinstance(literal, ipaddress.IPv6Address) else None
    if mapped is not None:
        return _is_public(mapped)
    # 203.0.113.0/24 and its like are for examples; they are as good as public ones.
    return literal not in _SHARED and not (
        literal.is_loopback
        or literal.is_link_local
        or literal.is_unspecified
        or literal.is_multicast
        or (literal.is_private and not _is_documentation(literal))
    )


def _is_documentation(literal: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return any(literal in network for network in _EXAMPLES)


_EXAMPLES = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"),
    )
)
# Behind the routers of a provider (RFC 6598).
_SHARED = ipaddress.ip_network("100.64.0.0/10")


def odd_port(address: str) -> int | None:
    """A port that is none of the web's own; office systems answer there, the public cannot."""
    try:
        port = urlsplit(address).port
    except ValueError:
        return None
    return port if port not in (None, 80, 443) else None


def passing_reason(address: str) -> str:
    """What makes `address` a passing one: a session or signature in it, or a net disk; else empty."""
    for name, value in _PASSING.findall(address):
        if name.lower() not in _OFTEN_LASTING or len(value) >= _LEAST_KEY:
            return str(name)
    if _PASSING_PATH.search(address):
        return "session"
    host = host_of(address)
    return host if host in _NET_DISKS or host.startswith("pan.") else ""


def redirected(address: str) -> tuple[bool, str]:
    """Whether `address` is that of a known redirector, and the real address inside it, if it is there."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False, ""
    host = (parts.hostname or "").lower()
    where = host + parts.path.rstrip("/").lower()
    for known, names in _REDIRECTORS.items():
        # A host alone covers all its paths; a host with a path only that path.
        if where == known or (("/" not in known) and (host == known or host.endswith("." + known))):
            query = parse_qs(parts.query)
            values = (value for name in names for value in query.get(name, ()))
            return True, next(filter(None, map(_inner, values)), "")
    return False, ""


def _inner(value: str) -> str:
    """The address that a redirector carries: plain, escaped twice, or in the base64 of Bing (`a1aHR0cH…`)."""
    plain = unquote(value)
    if plain.startswith("a1"):
        try:
            plain = urlsafe_b64decode(plain[2:] + "=" * (-len(plain[2:]) % 4)).decode()
        except ValueError:
            return ""
    return plain if re.fullmatch(r"https?://[^/\s]+\.[^/\s]+\S*", plain) else ""
