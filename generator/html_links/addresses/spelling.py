"""How an address is spelled (网址写法): what no browser can follow, and the address that was meant."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from rapidfuzz import fuzz

from generator.finding import Text
from generator.regex import regex


class Flaw(NamedTuple):
    """What is wrong with an address and, where it is certain, the address that was meant.

    One that is not `is_grave` still works in browsers.
    """

    reason: Text
    repaired: str = ""
    is_grave: bool = True


SCHEME = regex(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# Sent to an application; nothing of them can be checked here.
_APPLICATIONS = frozenset(
    """
    about alipays alipay android-app baiduboxapp blob bdapp chrome cid data dingtalk facetime feed fb geo git
    intent ios-app irc itms itms-apps itms-services line magnet market mqq mqqapi mqqwpa ms-settings news openapp
    sinaweibo skype slack sms smsto snssdk1128 ssh steam taobao tbopen tencent tg thunder urn vbscript view-source
    viber webcal weibo weixin whatsapp wtai wechat wxwork xmpp zoommtg
    """.split()
)
_INVISIBLE = regex("[\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\u3000\ufeff]")
_TEMPLATE = regex(
    r"\{\{|\}\}|\{%|%\}|\$\{|<%|%>|<\?|^\$\w+\$|\$\w+\$$|/\$\w+\$|^@Url\.|\[\[\$?[\w.]+\]\]"
)
_TRAILING = regex(r"[。，、；：！？）》”’〉】」]+$")
_TRAILING_ASCII = regex(r"(?<=[a-z0-9/])[,;.'\"]+$|(?<=[a-z0-9/])(?:&nbsp;)+$", re.IGNORECASE)
# http, then anything but “://”; or “://” with other signs in it; or a letter too many or too few. Case is ignored
# in letters alone: each sign of 一-龥 would be asked for its other case when a pattern is compiled.
_WEB_START = regex(
    r"(?P<scheme>h{1,2}t{1,3}ps?|h?ttps?|https?s)\s*(?P<sign>[:：;；.,，]?\s*[/／\\＼]{0,4}|[:：])\s*(?=(?-i:[\w\[一-龥]))",
    re.IGNORECASE,
)
_SOUND_START = regex(r"https?://(?=[^/\\／:：\s])", re.IGNORECASE)
_DOUBLE = regex(r"https?://(?=https?(?:[:：;]?[/\\／]{1,2}|[:：]))", re.IGNORECASE)
_INNER_START = regex(r"(?<=[^/?#=&])https?[:：][/／]{2}", re.IGNORECASE)
_LEADING = regex(
    r"[^\w/.?#%~{}$@:-]{0,4}(?-i:[一-龥：:《“\"'<（(【\s]{1,12})(?=https?[:：]/{0,2}|www\.)",
    re.IGNORECASE,
)
DOMAIN = regex(
    r"(?:www\d?\.[\w-]+(?:\.[\w-]+)+|(?:[\w-]+\.)+(?:gov|com|org|net|edu|ac|mil)(?:\.cn)?|(?:[\w-]+\.)+cn)(?:[:/?#]|$)",
    re.IGNORECASE | re.ASCII,
)
_EMAIL = regex(r"[\w.+-]+[@＠][\w-]+(?:\.[\w-]+)+", re.ASCII)
_HOST = regex(r"[\w.\-一-龥㐀-䶿]+")
_WRONG_ENDS = regex(
    r"\.(?:con|cmo|ocm|vom|comn|cnn|cn\.cn|com\.com|gov\.cm|gov\.co|gov\.c|gov\.n)$"
)
_IPV6 = regex(r"\[[0-9a-fA-F:.%]+\]")


def address_flaw(href: str) -> Flaw | None:
    """What is wrong with `href`, trimmed as browsers do, by its spelling alone; None for a sound one."""
    if _TEMPLATE.search(href):
        return Flaw(Text("模板变量没有替换", "a template variable was left in it"))
    if _INVISIBLE.search(href):
        reason = Text("里面有看不见的空格或全角空格", "it holds invisible or full-width spaces")
        return Flaw(reason, _INVISIBLE.sub("", href))
    double = _DOUBLE.match(href)
    if double:
        inner = address_flaw(href[double.end() :])
        repaired = (inner.repaired if inner else href[double.end() :]) or ""
        return Flaw(Text("写了两次 http", "http is written twice"), repaired)
    if _SOUND_START.match(href):
        return _web_flaw(href)
    start = _WEB_START.match(href)
    if start and (start["sign"] or href.lower().startswith(("httpwww", "httpswww"))):
        return _start_flaw(href, start)
    lead = _LEADING.match(href)
    if lead:
        reason = Text("前面多了别的文字或符号", "other words stand before it")
        return Flaw(reason, href[lead.end() :])
    return None


def _start_flaw(href: str, start: re.Match[str]) -> Flaw:
    scheme = "https" if start["scheme"].lower().endswith(("ps", "pss")) else "http"
    repaired = f"{scheme}://{href[start.end() :]}"
    if start["scheme"].lower() not in ("http", "https"):
        wrong = start["scheme"]
        return Flaw(Text(f"没有“{wrong}”这种协议", f"there is no scheme “{wrong}”"), repaired)
    reason = Text("“://”写错了（全角符号，或少了、多了斜杠）", "“://” is not written correctly")
    return Flaw(reason, repaired)


def domain_flaw(href: str) -> Flaw | None:
    """What is wrong with a relative `href` that leads to no file but looks like a host or a mailbox."""
    if DOMAIN.match(href):
        return Flaw(Text("缺少 https://", "https:// is missing"), "https://" + href)
    if _EMAIL.fullmatch(href):
        return Flaw(Text("缺少 mailto:", "mailto: is missing"), "mailto:" + href.replace("＠", "@"))
    return None


def _web_flaw(href: str) -> Flaw | None:
    """What is wrong with an address that begins with a sound http:// or https://."""
    tail = _TRAILING.search(href) or _TRAILING_ASCII.search(href)
    is_in_query = "?" in href or "#" in href
    if tail and not is_in_query and not (tail[0][0] == "）" and "（" in href):
        said = Text(f"末尾多了“{tail[0]}”", f"“{tail[0]}” at its end does not belong to it")
        grave = not tail[0].isascii() or "/" not in href[8 : tail.start()]
        return Flaw(said, href[: tail.start()], grave)
    try:
        parts = urlsplit(href)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises for a port that is no number
    except ValueError:
        return Flaw(Text("网址的写法不对", "it is not written as an address"))
    return _host_flaw(href, parts.netloc, host) or _rest_flaw(href, parts.path)


def _host_flaw(href: str, netloc: str, host: str) -> Flaw | None:
    if "@" in netloc:
        reason = Text("网址里写了用户名或密码", "it holds a user name or a password")
        return Flaw(reason, href.replace(netloc, netloc.rpartition("@")[2], 1))
    if _IPV6.fullmatch(netloc.partition("]")[0] + "]"):
        return None
    again = re.search(r"https?:?$|https?(?=[:：])", netloc[1:], re.IGNORECASE)
    if again and "//" in href[href.index(netloc) :]:
        reason = Text("两个网址连在了一起", "two addresses run together")
        return Flaw(reason)
    wide = unicodedata.normalize("NFKC", netloc).replace("。", ".")
    if wide != netloc:
        reason = Text("域名里有全角符号", "full-width signs in the host")
        return Flaw(reason, href.replace(netloc, wide, 1))
    if not _HOST.fullmatch(host) or ".." in host or host.startswith((".", "-")):
        return Flaw(Text("域名不对", "the host is not written correctly"))
    wrong = _WRONG_ENDS.search(host)
    if wrong:
        return Flaw(Text(f"没有“{wrong[0]}”这样的域名", f"there is no domain “{wrong[0]}”"))
    return None


def _rest_flaw(href: str, path: str) -> Flaw | None:
    bad = re.search(r"%(?![0-9A-Fa-f]{2})", path)
    if bad:
        return Flaw(Text("“%”后面不是两位编码", "% is not followed by two digits"), is_grave=False)
    if "\\" in path:
        return Flaw(Text("斜杠写反了", "backslashes for slashes"), href.replace("\\", "/"), False)
    if re.search(r"\s", path):
        return Flaw(Text("里面有空格", "it holds spaces"), re.sub(r"\s", "%20", href), False)
    if _INNER_START.search(path):
        return Flaw(Text("两个网址连在了一起", "two addresses run together"))
    return None


def other_scheme_flaw(href: str, scheme: str) -> Flaw | None:
    """What is wrong with an address of a scheme that is not the web's."""
    if scheme == "mailto":
        return _mail_flaw(href)
    if scheme == "tel":
        number = unquote(href[4:]).strip()
        if not re.fullmatch(r"\+?[\d()\-.\s]{3,}(?:[;,p#*x][\w=+\-;,#*.]*)?", number, re.ASCII):
            return Flaw(Text("电话号码不完整", "the telephone number is not complete"))
        return None
    if scheme in ("ftp", "sftp"):
        return Flaw(Text("浏览器已不支持 ftp", "browsers no longer open ftp"), is_grave=False)
    if scheme in _APPLICATIONS or "." in scheme:
        return None
    for known in ("http", "https", "mailto", "javascript"):
        if fuzz.ratio(scheme, known) >= 70:
            repaired = known + href[len(scheme) :]
            return Flaw(
                Text(f"没有“{scheme}:”这种协议", f"there is no scheme “{scheme}:”"), repaired
            )
    return None


def _mail_flaw(href: str) -> Flaw | None:
    addresses, mark, _ = href[7:].partition("?")
    if not addresses.strip() and mark:
        return None  # the share button of an article: the reader fills in whom to send it to
    for address in re.split("[,;]", unquote(addresses)):
        if not re.fullmatch(
            r"\s*(?:[^<>]*<)?[^@\s<>，。；]+@[^@\s<>，。；]+\.[^@\s<>，。；.]+>?\s*", address
        ):
            return Flaw(Text("邮箱地址不完整", "the mail address is not complete"))
    return None


def path_flaw(path: str) -> Flaw | None:
    """What is wrong with the spelling of a path of one's own."""
    if re.search(r"%(?![0-9A-Fa-f]{2})", path):
        return Flaw(Text("“%”后面不是两位编码", "% is not followed by two digits"))
    return None
