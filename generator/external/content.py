"""What a fetched page really is (网页真伪): the promised one, an error, a gate, or somebody's advertisement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.external import words
from generator.external.addresses import is_error_page, is_home, readable, suffix_of
from generator.external.judgement import Case, Judgement
from generator.external.observation import Page
from generator.finding import Severity, Text
from generator.regex import regex
from generator.rules import hijacked_site, soft_404, unverified_external

_GOVERNMENT = regex(r"(?:^|\.)gov(?:\.[a-z]{2})?$|\.(?:xn--zfr164b|mil\.cn|edu\.cn)$")
_LONG_TITLE = regex(
    r"关于.+(?:通知|公告|通告|通报|公示|意见|函|批复|决定|办法|规定|规范|细则|方案|报告|说明|提示|建议|答复|解读|情况|要求)"
    r"|(?:通知|公告|通告|通报|公示|办法|规定|方案|报告|答复|解读|公报|名单|批复|决定|函)$|《.+》|〔\d{4}〕"
)
_SEPARATORS = regex(r"\s*[-_|—–·•>»:：,，!！。]+\s*")
_NUMBER = regex(r"(?<!\d)(?:404|410)(?!\d|号|个|件|条|万|亿|元|人|家|户|米|年|路)")
# Suffixes of files that are no pages.
_FILES = frozenset(
    "pdf ofd doc docx wps xls xlsx et ppt pptx csv zip rar 7z mp3 mp4 jpg jpeg png gif".split()
)
_LOGIN_PATH = regex(
    r"(?:^|[/._-])(?:log[io]n|signin|sso|cas|passport|oauth2?|denglu)(?:[/._?-]|$)", re.IGNORECASE
)
_WANTS_LOGIN = regex(r"登录|登陆|注册|认证|入口|login|sign ?in", re.IGNORECASE)
# Lengths in characters: below them, what a page says is all that it says.
_SHORT = 400
_REST = 3
_BEGINNING = 160
_NEXT_TO_NOTHING = 40
_LABELLED = 5000
_HEADED = 1500
# Weights of words, by which a page is an advertisement: one strong phrase in the title, or three in the text.
_HIJACKED = 9
_HIJACKED_BODY = 24
_ALIKE = 0.9
_LIKE_ENOUGH_TO_READ = 50


def hijacked(case: Case) -> Judgement | None:
    """Gambling, pornography or a domain sale; those who write against it are none of these."""
    page = case.seen.page
    if page is None:
        return None
    host = case.final_host
    for section in ("hijacked", "parked"):
        phrases, weight = _advertising(section, page, _GOVERNMENT.search(host) is not None)
        if weight >= _HIJACKED:
            shown = "".join(f"“{phrase}”" for phrase in tuple(phrases)[:3])
            reason = Text(f"页面里有{shown}", _in_english(tuple(phrases)))
            return Judgement(hijacked_site.RULE, Severity.ERROR, reason)
    return None


def _in_english(phrases: tuple[str, ...]) -> str:
    """The phrases as an English sentence names them: only those in Latin letters, else their number."""
    latin = [phrase for phrase in phrases if phrase.isascii()]
    said = ", ".join(latin) if latin else f"{len(phrases)} telling phrases"
    return f"the page holds {said}"


def _advertising(section: str, page: Page, is_government: bool) -> tuple[dict[str, None], int]:
    """The phrases of an advertisement, and their weight after what speaks for a report about it."""
    titles = f"{page.title} {page.heading}"
    title, hidden = words.find(section, titles), words.find(section, page.hidden)
    body = words.find(section, page.text)
    named = title.weight
    told = body.weight
    if page.length <= _SHORT:
        # Nothing else stands there.
        told *= 3 if section == "parked" else 2
    if words.find("context", titles).phrases or words.find("reports", titles).phrases:
        named = 0 if is_government else max(0, named - 4)
        told = 0
    contexts = len(words.find("context", page.text).phrases)
    if is_government and contexts:
        told = told if body.weight >= _HIJACKED_BODY else 0
    elif contexts >= 2:
        told //= 3
    # A report about it names it in its keywords as well; it hides nothing more.
    secret = 0 if named == 0 and title.weight else 2 * hidden.weight
    phrases = dict.fromkeys((*title.phrases, *hidden.phrases, *body.phrases))
    return phrases, 3 * named + told + secret


def gate(case: Case) -> Judgement | None:
    """A page that asks for proof or a name before it shows anything."""
    page = case.seen.page
    if page is None:
        return None
    titles = f"{page.title} {page.heading}"
    is_notice = _LONG_TITLE.search(page.title) is not None
    is_short = page.length <= _SHORT and not is_notice
    if is_short and words.find("challenge", f"{titles} {page.text}").phrases:
        return Judgement(
            unverified_external.RULE,
            Severity.INFO,
            Text("网站要求安全验证", "the site asks for a security check"),
        )
    is_login = page.asks_password and (
        (case.is_redirected and _LOGIN_PATH.search(case.seen.final) is not None)
        or (page.length <= _HEADED and bool(words.find("login", titles).phrases))
    )
    if is_login or (case.is_redirected and _is_login_label(page)):
        return Judgement(
            unverified_external.RULE,
            Severity.INFO,
            Text("要登录才能看到", "it can be seen only after logging in"),
        )
    return None


def wants_login(case: Case) -> bool:
    """Whether the link itself promises a place to log in."""
    return _WANTS_LOGIN.search(case.address.text) is not None


def _is_login_label(page: Page) -> bool:
    return any(_is_label("login", part) for part in (page.title, page.heading) if part)


def missing(case: Case) -> Judgement | None:
    """A page that says there is no page, or stands where a file was promised."""
    reason = _missing_reason(case)
    return Judgement(soft_404.RULE, Severity.WARNING, reason) if reason else None


def _missing_reason(case: Case) -> Text | None:
    seen, page = case.seen, case.seen.page
    if case.is_redirected and is_error_page(seen.final) and not is_error_page(case.address.url):
        where = readable(seen.final)
        return Text(f"转到了出错页面 {where}", f"sent to an error page, {where}")
    if page is None:
        return None
    if not _speaks_of_errors(case.address.text):
        said = next(_confessions(page), "")
        if said:
            return Text(f"页面上写着“{said}”", "the page says that there is no such page")
    suffix = suffix_of(case.address.url)
    if suffix in _FILES and "html" in seen.content_type:
        return Text(
            f"网址是 .{suffix} 文件，打开的是网页",
            f"the address names a .{suffix} file, a page opens",
        )
    is_alike = seen.likeness >= _ALIKE and page.length >= _LIKE_ENOUGH_TO_READ
    if is_alike and not is_home(case.address.url):
        return Text(
            "与这个网站对随便一个网址的答复一样", "the site answers any random address like this"
        )
    return None


def _speaks_of_errors(text: str) -> bool:
    """Whether the link promises words about errors: then a page of them is what it should be."""
    return bool(words.find("missing", text).phrases or _NUMBER.search(text))


def _confessions(page: Page) -> Iterator[str]:
    """Where the page says of itself that it is none, in its own words."""
    if _LONG_TITLE.search(page.title) or _LONG_TITLE.search(page.heading):
        return
    for label, longest in ((page.title, _LABELLED), (page.heading, _HEADED)):
        if page.length <= longest:
            yield from (part for part in _parts(label) if _is_error(part))
        if page.length <= _SHORT and words.find("missing", label).phrases:
            yield label[:40]
    if page.length <= _NEXT_TO_NOTHING and _is_error(page.text):
        yield page.text
    # A notice has a title of its own; an error page has that of the site.
    if page.length <= _SHORT:
        yield from words.find("missing", page.text[:_BEGINNING]).phrases


def _parts(title: str) -> Iterator[str]:
    """What a title is made of: between its signs, and word by word."""
    for part in _SEPARATORS.split(title):
        yield part
        if " " in part:
            yield from part.split()


def _is_error(part: str) -> bool:
    is_number = words.without(("missing", "failed", "filler"), part) in ("404", "410")
    return is_number or _is_label("missing", part) or _is_label("failed", part)


def _is_label(section: str, part: str) -> bool:
    """Whether a part of a title says only this and nothing else, as no real title does."""
    left = words.without((section, "filler"), part)
    return len(left) <= _REST and bool(words.find(section, part).phrases)
