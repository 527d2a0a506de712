"""Verdicts (判定): a link as written and as resolved → the rule it breaks, for an HTML page of any origin."""

from __future__ import annotations

import posixpath
import re

from generator.domain.assertions import Organs, assertions, is_generic
from generator.domain.hosts import (
    host_of,
    inner_reason,
    is_ip_literal,
    odd_port,
    passing_reason,
    redirected,
)
from generator.finding import Rule, Severity, Text
from generator.html_links.addresses.resolve import Outcome, Resolved
from generator.html_links.collect import Link
from generator.html_links.problems import Problem, problem
from generator.regex import regex
from generator.rules import (
    bare_ip,
    broken_file,
    broken_page,
    empty_link,
    internal_host,
    malformed_url,
    mixed_content,
    redirector_url,
    temporary_url,
    third_party_asset,
    wrong_case,
)

# Elements that take their readers to a page; the others load a file.
_TO_PAGES = frozenset({"a", "area", "form", "frame", "iframe"})
_PAGE_RELS = frozenset(
    "alternate prev next canonical search author license help first last start up contents".split()
)
_FILE_SUFFIXES = frozenset(
    """
    .7z .avi .bmp .css .csv .doc .docx .eot .et .flv .gif .gz .ico .jpeg .jpg .js .json .m4a .mov .mp3 .mp4 .ofd .ogg
    .otf .pdf .png .ppt .pptx .rar .rm .rtf .svg .swf .tar .tif .tiff .ttf .txt .wav .webm .webp .wma .wmv .woff .woff2
    .wps .xls .xlsx .xml .zip
    """.split()
)
# What a program on the host answers; a folder of files cannot show whether it does.
_DYNAMIC_SUFFIXES = frozenset(".action .asp .ashx .aspx .cgi .do .jsp .jspx .php .vm".split())
_LOADED = frozenset(
    "audio embed frame iframe image img input link object script source style track use video".split()
)
_TOP = regex(
    r"(?i)[\s↑▲△⬆^]*(?:返回|回到?|至|去)?\s*(?:页面|网页|本页)?\s*(?:顶部|页首|顶端|最?顶|top|back\s*to\s*top|up)?[\s↑▲△⬆^]*"
)
_LASTING_KEYS = frozenset({"sid", "token", "signature", "expires", "sessionid", "session_id"})
_LEAST_KEY = 12

_CHECK = Text(
    "核对地址；网页或文件已经撤走的，删去链接",
    "check the address; remove the link if what it names is gone",
)
_PERHAPS = Text("是不是 {suggestion}？", "did you mean {suggestion}?")
_CHANGE = Text("改为 {suggestion}", "change it to {suggestion}")
_NO_PICTURE = Text(
    "<{element}> 没有写 {attribute} 的地址", "<{element}> has no address in its {attribute}"
)
_PLACEHOLDER = Text("“{text}”是没有目标的占位链接：{target}", "“{text}” is a placeholder: {target}")
_STILL_WORKS = Text(
    "地址能用，但写得不规范：{target}{why}",
    "the address works, but not by rights: {target}{why_en}",
)
_PROGRAM = Text(
    "文件夹里没有这个动态地址，无法判断是否有效：{target}",
    "there is no such file; whether a program answers cannot be told: {target}",
)
_PORT = Text(
    "链接用的端口 {found} 不是网站的常用端口，公众可能打不开",
    "the link uses port {found}, which is not the web's own; the public may not reach it",
)
_NO_ORGANS = Organs({})


def verdict(written: Link, resolved: Resolved) -> Problem | None:
    """The rule that a link breaks, by its address alone."""
    match resolved.outcome:
        case Outcome.FILE:
            return _lucky(resolved) if resolved.reason.zh else None
        case Outcome.MISSING:
            return _missing(written, resolved)
        case Outcome.WRONG_CASE:
            return problem(
                wrong_case.RULE,
                resolved.path,
                suggestion=resolved.suggestion,
                why=resolved.reason.zh,
            )
        case Outcome.MALFORMED:
            return _malformed(written, resolved)
        case Outcome.INNER:
            return problem(internal_host.RULE, resolved.url, found=resolved.url[:60])
        case Outcome.EMPTY | Outcome.SCRIPT:
            return _empty(written, resolved)
        case Outcome.EXTERNAL:
            return _external(written, resolved)
        case Outcome.APPLICATION:
            return None


def _lucky(resolved: Resolved) -> Problem:
    return problem(
        malformed_url.RULE,
        resolved.path,
        message=_STILL_WORKS,
        hint=_CHANGE if resolved.suggestion else _CHECK,
        suggestion=resolved.suggestion,
        severity=Severity.WARNING,
        why=_bracketed(resolved.reason.zh),
        why_en=f" ({resolved.reason.en})",
    )


def _malformed(written: Link, resolved: Resolved) -> Problem:
    return problem(
        malformed_url.RULE,
        written.href.strip(),
        hint=_CHANGE if resolved.suggestion else None,
        suggestion=resolved.suggestion,
        severity=None if resolved.is_grave else Severity.WARNING,
        why=_bracketed(resolved.reason.zh),
    )


def _missing(written: Link, resolved: Resolved) -> Problem:
    rule, severity, message = missing_rule(written, resolved.path), None, None
    suffix = posixpath.splitext(resolved.path)[1].lower()
    if suffix in _DYNAMIC_SUFFIXES and not resolved.suggestion:
        severity, message = Severity.WARNING, _PROGRAM
    elif written.element == "form" or written.attribute in ("data-src", "data-original"):
        # A program may answer a form, a script may never ask for a picture.
        severity = Severity.WARNING
    return problem(
        rule,
        resolved.path,
        message=message,
        hint=_PERHAPS if resolved.suggestion else _CHECK,
        suggestion=resolved.suggestion,
        severity=severity,
        why=_bracketed(resolved.reason.zh),
        reason=resolved.reason.zh,
    )


def missing_rule(written: Link, path: str) -> Rule:
    """Whether what is not there is a page or a file."""
    suffix = posixpath.splitext(path)[1].lower()
    leads = (
        written.element in _TO_PAGES
        or written.text in _PAGE_RELS
        or written.text == "og:url"
        or written.attribute in ("refresh", "json", "xml")
    )
    return broken_page.RULE if leads and suffix not in _FILE_SUFFIXES else broken_file.RULE


def _bracketed(reason: str) -> str:
    return f"（{reason}）" if reason else ""


def _empty(written: Link, resolved: Resolved) -> Problem | None:
    if written.element in ("a", "area"):
        severity = _empty_severity(written, is_script=resolved.outcome is Outcome.SCRIPT)
        if severity is Severity.OFF:
            return None
        is_mild = severity is Severity.WARNING
        message = _PLACEHOLDER if is_mild else None
        return problem(empty_link.RULE, written.href.strip(), message=message, severity=severity)
    if resolved.outcome is Outcome.SCRIPT or written.attribute == "css":
        return None
    is_weak = written.hook == "weak" or written.element in (
        "iframe",
        "source",
        "video",
        "audio",
        "embed",
    )
    if written.hook == "strong" or written.element in ("form", "use", "meta", "object"):
        return None
    return problem(
        broken_file.RULE,
        "",
        message=_NO_PICTURE,
        hint=_CHECK,
        severity=Severity.WARNING if is_weak else None,
        element=written.element,
        attribute=written.attribute,
    )


def placeholder(written: Link) -> Problem | None:
    """The verdict on a link to `#`, the top of its own page."""
    severity = _empty_severity(written, is_script=False)
    if severity is Severity.OFF:
        return None
    message = _PLACEHOLDER if severity is Severity.WARNING else None
    return problem(empty_link.RULE, "#", message=message, severity=severity)


def _empty_severity(written: Link, is_script: bool) -> Severity:
    """How grave a link without address is: a script's button is none, a document's name is an error."""
    if written.hook == "strong":
        return Severity.OFF
    said = assertions(written.text, _NO_ORGANS)
    speaks = said.names_one_document or bool(said.kinds or said.years or said.files)
    if is_script:
        is_lost = said.names_one_document and not written.hook
        return Severity.WARNING if is_lost else Severity.OFF
    if written.href.strip() == "#":
        if speaks:
            return Severity.ERROR
        is_button = bool(_TOP.fullmatch(written.text)) or written.hook == "weak"
        return Severity.OFF if is_button or is_generic(written.text) else Severity.WARNING
    is_button = written.hook == "weak" and not speaks
    return Severity.WARNING if is_button else Severity.ERROR


def _external(written: Link, resolved: Resolved) -> Problem | None:
    url = "https:" + resolved.url if resolved.url.startswith("//") else resolved.url
    if not re.match(r"(?i)https?:", url):
        return None  # a path of one's own host outside of the folder
    inner = inner_reason(url)
    if inner:
        return problem(internal_host.RULE, url, found=inner)
    if is_ip_literal(url):
        return problem(bare_ip.RULE, url, found=host_of(url))
    if written.element in ("a", "area"):
        found = _of_reference(url)
        if found:
            return found
    elif written.element in _LOADED and _is_loaded(written):
        return _of_resource(written, url)
    if resolved.reason.zh:
        return _malformed(written, resolved)
    return None


def _of_reference(url: str) -> Problem | None:
    is_redirector, real = redirected(url)
    if is_redirector:
        return problem(redirector_url.RULE, url, suggestion=real or None, found=host_of(url))
    passing = passing_reason(url)
    if passing and _is_passing(url, passing):
        return problem(temporary_url.RULE, url, found=passing)
    port = odd_port(url)
    if port is not None:
        return problem(
            internal_host.RULE, url, message=_PORT, severity=Severity.WARNING, found=str(port)
        )
    return None


def _is_passing(url: str, key: str) -> bool:
    """Whether a session key is one: short values are the numbers of sections or states."""
    if key.lower() not in _LASTING_KEYS:
        return True
    value = re.search(rf"(?i)[;?&]{re.escape(key)}=([^&#;]*)", url)
    return value is not None and len(value[1]) >= _LEAST_KEY


def _is_loaded(written: Link) -> bool:
    if written.element == "link":
        return written.text not in _PAGE_RELS or written.attribute == "imagesrcset"
    return written.attribute not in ("usemap", "json")


def _of_resource(written: Link, url: str) -> Problem | None:
    if url.lower().startswith("http:"):
        return problem(mixed_content.RULE, url, suggestion="https:" + url[5:])
    if written.element in ("frame", "iframe"):
        return None
    # A promise of our own pages; on those of others it is only worth knowing.
    return problem(third_party_asset.RULE, host_of(url), severity=Severity.INFO, found=host_of(url))
