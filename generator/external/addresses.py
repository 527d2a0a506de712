"""Addresses to ask for (待查网址): their one form for requests, their hosts, and which are home pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from generator.regex import regex

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

# RFC 3986 allows these in a path; `%` stays, since what is escaped already must not be escaped again.
_SAFE = "/%~!$&'()*+,;=:@-._"
_IGNORED = regex(r"[\t\r\n]")
_HOME = regex(
    r"/(?:(?:zh|cn|en|chs|chinese|zh[-_]cn|zh[-_]hans)/)?"
    r"(?:(?:index|default|home|main|welcome)(?:\.[a-z]{3,5})?/?)?",
    re.IGNORECASE,
)
_MARKS = regex(
    r"(?:^|&)(?:utm_\w+|spm|from|ref|source|lang|locale|v|t|_|r|error|code|status|msg|404)(?:=[^&]*)?(?=&|$)",
    re.IGNORECASE,
)
_ERROR_PATH = regex(
    r"(?:^|[/_-])(?:40[34]|errors?|err|notfound|not[-_]found|page[-_]?not[-_]?found|nopage|pagenotexist)"
    r"(?:page)?(?:\.\w{2,5})?/?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address as a link writes it, absolute, and the words of the link."""

    url: str
    text: str = ""


class Target(NamedTuple):
    """What a request for an address looks like: ASCII only, without fragment or password."""

    url: str
    host: str
    fragment: str


def target(written: str) -> Target | None:
    """The request that `written` asks for; None where it is no web address or has no host."""
    text = _IGNORED.sub("", written).strip(" ")
    if text.startswith("//"):
        text = "https:" + text
    if not re.match(r"https?://", text, re.IGNORECASE):
        return None
    head, mark, tail = text.partition("?")
    text = head.replace("\\", "/") + mark + tail
    try:
        parts = urlsplit(text)
        host, port = _host(parts.hostname or ""), parts.port
    except (ValueError, UnicodeError):
        return None
    if not host:
        return None
    scheme = parts.scheme.lower()
    standard = {"http": 80, "https": 443}[scheme]
    where = host if port in (None, standard) else f"{host}:{port}"
    path = quote(parts.path or "/", safe=_SAFE, errors="replace")
    query = "?" + quote(parts.query, safe=_SAFE + "?", errors="replace") if parts.query else ""
    return Target(f"{scheme}://{where}{path}{query}", host, parts.fragment)


def _host(name: str) -> str:
    if ":" in name:
        return f"[{name}]"
    plain = name if name.isascii() else name.encode("idna").decode("ascii")
    return plain.lower().rstrip(".") if re.fullmatch(r"[\w.-]+", plain, re.ASCII) else ""


def host_of(url: str) -> str:
    """The host of an address in the form of requests; empty where it has none."""
    found = target(url)
    return found.host if found else ""


def location(base: str, raw: str) -> str:
    """Where a Location header of an answer from `base` leads, whatever bytes it is made of.

    `raw` holds bytes that are no UTF-8 as lone surrogates (PEP 383).
    """
    octets = raw.strip().encode("utf-8", "surrogateescape")
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        text = quote(octets, safe=_SAFE + "?#[]")
    try:
        return urljoin(base, text)
    except ValueError:
        return text


@lru_cache(1)
def _suffixes() -> PublicSuffixList:
    # 10,000 lines of rules, which only redirects need.
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415

    return PublicSuffixList()


@lru_cache(4096)
def registrable(host: str) -> str:
    """The part of `host` that its owner registered: `tjj.haichuan.gov.cn` → `haichuan.gov.cn`."""
    if host.startswith("[") or re.fullmatch(r"[\d.]+", host):
        return host
    return str(_suffixes().privatesuffix(host) or host)


def is_home(url: str) -> bool:
    """Whether `url` is the home page of its host, in whatever language and under whatever name."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    path = parts.path or "/"
    return _HOME.fullmatch(path) is not None and not _MARKS.sub("", parts.query).strip("&")


def is_error_page(url: str) -> bool:
    """Whether the very address says that an error is shown there: `/404.html`, `/#/error`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return any(_ERROR_PATH.search(part) for part in (parts.path, parts.fragment) if part)


def suffix_of(url: str) -> str:
    """The suffix of the file that `url` names, in lower case and without the dot; empty if it has none."""
    try:
        name = urlsplit(url).path.rsplit("/", 1)[-1]
    except ValueError:
        return ""
    stem, dot, suffix = name.rpartition(".")
    return suffix.lower() if stem and dot and len(suffix) <= 5 else ""


def readable(url: str) -> str:
    """`url` as a person reads it: Chinese unescaped where it is UTF-8, at most 200 characters."""
    try:
        text = unquote(url, errors="strict")
    except UnicodeDecodeError:
        text = url
    if re.search(r"[\x00-\x20\x7f]", text):
        text = url
    return text if len(text) <= 200 else text[:199] + "…"


def is_listed(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether `host` is one of `hosts` or below one of them; `*.` before a name is allowed."""
    for name in hosts:
        word = name.strip().lower()
        known = host_of(word) or host_of("http://" + word.removeprefix("*.").strip("/"))
        if known and (host == known or host.endswith("." + known)):
            return True
    return False
