"""Resolution (解析): a link as written → where it leads, or the one reason why it leads nowhere."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

from rapidfuzz import fuzz, process

from generator.config import Config
from generator.domain import document_number, numbering
from generator.link.lookup import Lookup, folded
from generator.link.recent import Recent
from generator.model import (
    Document,
    Link,
    LinkSyntax,
    Verdict,
    Withheld,
    WrittenLink,
)
from generator.regex import regex

_SCHEME = regex(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_WEB = frozenset({"http", "https"})
_OTHER_SCHEMES = frozenset({"mailto", "tel", "sms", "ftp", "weixin", "alipays", "geo"})
_DRIVE = regex(r"[a-zA-Z]:[\\/]|\\\\")
_PICTURE_DATA = regex(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+")
# The plain path of most links, in which nothing can be wrong but where it leads.
_RELATIVE = regex(r"\.\.?/[\w./-]+", re.ASCII)
_BREAKS = regex(r"[\t\r\n]+")
_INVISIBLE = regex("[\u00a0\u200b-\u200f\u2028-\u202f\u2060\u3000\ufeff]")
_PAGE_SUFFIXES = frozenset({"", ".html", ".htm", ".md", ".markdown"})
_WITHHELD_REASON = {
    Withheld.DRAFT: "草稿",
    Withheld.FUTURE: "发布日期还没有到",
    Withheld.NOT_PUBLIC: "公开属性不是主动公开",
}


class Resolver:
    """Resolves the links of one site; equal links from one folder are worked out once."""

    def __init__(self, config: Config, lookup: Lookup) -> None:
        self._config = config
        self._lookup = lookup
        self._known = Recent[tuple[str, str], Link]()

    def link(self, written: WrittenLink, document: Document) -> Link:
        """Where `written`, which stands in `document`, leads."""
        if written.syntax is LinkSyntax.REFERENCE:
            return self.reference(written, document)
        if written.syntax is LinkSyntax.NUMBER:
            return self._number(written, document)
        folder = document.path.rpartition("/")[0]
        # A fragment alone means the document itself; a picture is judged otherwise than a page.
        own = document.path if written.href.startswith(("#", "?")) else folder
        key = (f"{own}\0{written.element}", written.href)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._address(written, document)
            return found
        return found._replace(written=written)

    def size_of(self, url: str) -> int:
        """The size in bytes of the file at `url`; 0 where there is none."""
        asset = self._lookup.files.get(url)
        return asset.size if asset else 0

    def reference(self, written: WrittenLink, document: Document) -> Link:
        """Where a reference leads: number, index number, path, 《title》, or an address outside."""
        words = written.href.strip()
        markdown = re.fullmatch(r"\[[^\]]*\]\(([^)\s]+)\)", words)
        address = markdown[1] if markdown else words
        if markdown or re.match(r"https?://", address):
            return self._address(written._replace(href=address), document, written)
        path, _, fragment = words.partition("#")
        paths, shape = self._referenced(path.strip(), document)
        if len(paths) == 1:
            return self._document(written, paths[0], fragment.strip(), document)
        if paths:
            names = "、".join(path.removeprefix("content/") for path in paths[:3])
            reason = f"有 {len(paths)} 个文件都叫这个：{names}"
        elif fragment:
            # A # may belong to a title.
            whole, _ = self._referenced(words, document)
            if len(whole) == 1:
                return self._document(written, whole[0], "", document)
            reason = "本站没有这个文件"
        else:
            reason = "本站没有这个文件"
        near = "" if paths else self._nearest_reference(path, shape)
        return Link(written, Verdict.NO_REFERENCE, reason=reason, suggestion=near or None)

    def _referenced(self, words: str, document: Document) -> tuple[tuple[str, ...], str]:
        lookup = self._lookup
        if words in lookup.by_index_number:
            return lookup.by_index_number[words], "index"
        numbers = document_number.occurrences(words)
        if numbers:
            _, found = lookup.numbered(numbers[0][2])
            return found, "number"
        inner = re.fullmatch(r"《(.+)》", words)
        title = folded(inner[1] if inner else words)
        for titles in (lookup.by_title, lookup.by_inner_title):
            if title in titles:
                return titles[title], "title"
        for path in self._paths(words, document):
            if path in lookup.documents:
                return (path,), "path"
        return (), "title" if inner else "path"

    def _paths(self, words: str, document: Document) -> list[str]:
        plain = unquote(words).removesuffix(".html").removesuffix(".md").strip("/")
        folder = posixpath.dirname(document.path)
        candidates = (
            posixpath.normpath(posixpath.join(folder, plain + ".md")),
            posixpath.normpath(posixpath.join("content", plain + ".md")),
            posixpath.normpath(plain + ".md"),
            posixpath.normpath(posixpath.join("content", plain, "index.md")),
            posixpath.normpath(posixpath.join(folder, plain, "index.md")),
        )
        return list(candidates)

    def _nearest_reference(self, words: str, shape: str) -> str:
        lookup = self._lookup
        # Another year or number is another document, not another spelling.
        if shape == "number":
            near = _close(words, lookup.by_number, 85)
            return near if _digits(near) == _digits(words) else ""
        if shape == "title":
            titles = {
                folded(document.title): document.title for document in lookup.documents.values()
            }
            near = _close(folded(words.strip("《》")), titles, 85)
            return f"《{titles[near]}》" if near and _digits(near) == _digits(words) else ""
        name = folded(posixpath.basename(words.removesuffix(".html").removesuffix(".md")) + ".md")
        found = lookup.by_name.get(name, ())
        return found[0] if len(found) == 1 else ""

    def _number(self, written: WrittenLink, document: Document) -> Link:
        number = document_number.occurrences(written.href)
        words, found = self._lookup.numbered(number[0][2]) if number else ("", ())
        target = self._lookup.documents.get(found[0]) if len(found) == 1 else None
        if target is None or target.path == document.path or target.withheld is not None:
            return Link(written, Verdict.NO_REFERENCE)
        # `fragment` is unused here; `reason` carries the number without words before it.
        return Link(written, Verdict.DOCUMENT, target.url, document=target.path, reason=words)

    def _address(
        self, written: WrittenLink, document: Document, shown: WrittenLink | None = None
    ) -> Link:
        said = shown or written
        if _RELATIVE.fullmatch(written.href):
            return self._inside(said, written.href, document)
        href = _BREAKS.sub("", written.href).strip(" ")
        if not href or href == "#" or href.lower().startswith(("javascript:", "vbscript:")):
            return Link(said, Verdict.EMPTY)
        if _DRIVE.match(href) or href.lower().startswith("file:"):
            return Link(said, Verdict.EXTERNAL, href)
        repaired, reason = _repair(href)
        if reason:
            return Link(said, Verdict.MALFORMED, reason=reason, suggestion=repaired or None)
        scheme = _SCHEME.match(href)
        if scheme and scheme[1].lower() not in _WEB:
            return _special(said, href, scheme[1].lower())
        if scheme or href.startswith("//"):
            inside = self._own_path(href)
            if inside is None:
                return Link(said, Verdict.EXTERNAL, href)
            return self._inside(said, "/" + inside, document)
        return self._inside(said, href, document)

    def _own_path(self, href: str) -> str | None:
        """The path below the output folder that an absolute address of this very site names."""
        try:
            parts = urlsplit(href)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return None
        if host != self._config.host or port not in (None, 80, 443):
            return None
        path = unquote(parts.path) or "/"
        if not (path + "/").startswith(self._config.prefix):
            return None
        rest = parts._replace(scheme="", netloc="", path="").geturl()
        return parts.path[len(self._config.prefix) :] + rest

    def _inside(self, written: WrittenLink, href: str, document: Document) -> Link:
        raw, _, fragment = href.partition("#")
        raw, _, _ = raw.partition("?")
        fragment = fragment.partition(":~:")[0]
        if not raw:
            return self._document(written, document.path, fragment, document, Verdict.SAME_PAGE)
        folder = document.path.rpartition("/")[0].removeprefix("content").lstrip("/")
        for path in dict.fromkeys((_decoded(raw), raw)) if "%" in raw else (raw,):
            for below in self._below(path, folder):
                link = self._exact(written, below, fragment, document)
                if link:
                    return link
        sound = _TRAILING.sub("", raw)
        if sound != raw and self._exact(written, self._below(sound, folder)[0], "", document):
            tail = raw[len(sound) :]
            return Link(
                written,
                Verdict.MALFORMED,
                reason=f"末尾多了“{tail}”",
                suggestion=sound + href[len(raw) :],
            )
        return self._broken(written, _decoded(raw), folder, href)

    def _below(self, path: str, folder: str) -> list[str]:
        """The paths below `content/` (and the output folder) that `path` may mean."""
        if not path.startswith("/"):
            return [_normal(posixpath.join(folder, path), path)]
        found = [_normal(path.lstrip("/"), path)]
        prefix = self._config.prefix
        if prefix != "/" and (path + "/").startswith(prefix):
            found.insert(0, _normal(path[len(prefix) :].lstrip("/"), path))
        return found

    def _exact(
        self, written: WrittenLink, path: str, fragment: str, document: Document
    ) -> Link | None:
        lookup = self._lookup
        source = "content/" + path
        if source in lookup.documents:
            return self._document(written, source, fragment, document)
        asset = lookup.files.get(path)
        if asset is not None:
            # Its own text for the address, which is held anyway.
            return Link(written, Verdict.FILE, asset.url, _decoded(fragment))
        for url in (path, posixpath.join(path, "index.html") if path else "index.html"):
            if url in lookup.addresses:
                target = lookup.owner(url)
                if target:
                    return self._document(written, target, fragment, document)
                return Link(written, Verdict.PAGE, url, _decoded(fragment))
        return self._withheld_address(written, path, document)

    def _withheld_address(self, written: WrittenLink, path: str, document: Document) -> Link | None:
        """The document that would answer at the address `path` if it were built."""
        source = f"content/{path.removesuffix('.html')}.md" if path.endswith(".html") else ""
        known = source in self._lookup.documents
        return self._document(written, source, "", document) if known else None

    def _document(
        self,
        written: WrittenLink,
        path: str,
        fragment: str,
        document: Document,
        verdict: Verdict = Verdict.DOCUMENT,
    ) -> Link:
        target = self._lookup.documents[path]
        if target.withheld is not None and path != document.path:
            reason = _WITHHELD_REASON[target.withheld]
            return Link(written, Verdict.WITHHELD, target.url, document=path, reason=reason)
        link = Link(written, verdict, target.url, document=path)
        return self._anchored(link, fragment) if fragment else link

    def _anchored(self, link: Link, fragment: str) -> Link:
        """`link` with its fragment, which must be an anchor of the target's body."""
        body = self._lookup.bodies[link.document]
        words = _decoded(fragment)
        for candidate in (fragment, words):
            if candidate in body.anchors:
                return link._replace(fragment=candidate)
        if words.lower() == "top":
            return link
        editor = [h.id for h in body.outline if numbering.editor_anchor(h.text) == words.lower()]
        if len(editor) == 1 and words == words.lower():
            return link._replace(fragment=editor[0])
        near = _near_anchor(words, body.anchors)
        href = link.written.href.partition("#")[0]
        return link._replace(
            verdict=Verdict.NO_ANCHOR,
            reason=words,
            suggestion=f"{href}#{near}" if near else None,
        )

    def _broken(self, written: WrittenLink, path: str, folder: str, href: str) -> Link:
        below = self._below(path.replace("\\", "/"), folder)[0]
        spelled = self._lookup.spellings.get(folded(below)) or self._lookup.spellings.get(
            folded(posixpath.join(below, "index.html"))
        )
        suffix = posixpath.splitext(below)[1].lower()
        is_page = suffix in _PAGE_SUFFIXES and written.element in ("a", "area")
        verdict = Verdict.NO_PAGE if is_page else Verdict.NO_FILE
        tail = href[len(href.partition("#")[0].partition("?")[0]) :]
        if spelled:
            near = _relative(spelled[0], folder, path) + tail
            if "\\" in path or spelled[0].lower() == below.lower():
                return Link(written, Verdict.WRONG_CASE, reason=spelled[0], suggestion=near)
            return Link(
                written, verdict, reason=_spelling_reason(below, spelled[0]), suggestion=near
            )
        if tail and self._below(_decoded(href), folder)[0] in self._lookup.files:
            repaired = re.sub("[#?]", lambda sign: quote(sign[0]), href)
            return Link(
                written,
                Verdict.NO_FILE,
                reason="文件名里的“#”“?”要写成“%23”“%3F”",
                suggestion=repaired,
            )
        reason, decoded = _encoding(path)
        if decoded and any(self._is_there(one) for one in self._below(decoded, folder)):
            return Link(written, verdict, reason=reason, suggestion=decoded + tail)
        near = self._nearest_path(below, folder, path)
        return Link(written, verdict, reason=reason, suggestion=near + tail if near else None)

    def _is_there(self, path: str) -> bool:
        lookup = self._lookup
        return (
            f"content/{path}" in lookup.documents
            or path in lookup.files
            or path in lookup.addresses
        )

    def _nearest_path(self, below: str, folder: str, path: str) -> str:
        """A path of the same name elsewhere, or the one most like it; empty when none is near."""
        page = below.strip("/") + ".md"
        if f"content/{page}" in self._lookup.documents:
            return _relative(page, folder, path)
        same = self._lookup.by_name.get(folded(posixpath.basename(below)), ())
        if len(same) == 1:
            return _relative(same[0], folder, path)
        where, name = posixpath.split(below)
        stem, suffix = posixpath.splitext(name)
        beside = self._lookup.beside.get((where, suffix), {})
        near = _close(stem, beside, 85)
        # Another year or number is another document, not another spelling.
        is_near = near and _digits(near) == _digits(stem)
        return _relative(beside[near], folder, path) if is_near else ""


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _special(written: WrittenLink, href: str, scheme: str) -> Link:
    if scheme == "data":
        is_picture = written.element == "img" and _PICTURE_DATA.fullmatch(href)
        return Link(written, Verdict.ADDRESS if is_picture else Verdict.EMPTY, href)
    if scheme == "mailto" and not re.match(r"mailto:[^@\s]+@[^@\s]+\.[^@\s]+", href, re.IGNORECASE):
        return Link(written, Verdict.MALFORMED, reason="邮箱地址不完整")
    if scheme == "tel" and not re.match(r"tel:\+?[\d()-]{3,}", href, re.IGNORECASE):
        return Link(written, Verdict.MALFORMED, reason="电话号码不完整")
    if scheme in _OTHER_SCHEMES:
        return Link(written, Verdict.ADDRESS, href)
    near = _close(scheme, ("http", "https"), 70)
    repaired = near + href[len(scheme) :] if near else None
    return Link(written, Verdict.MALFORMED, reason=f"没有“{scheme}:”这种协议", suggestion=repaired)


_TRAILING = regex(r"[。，、；：！？）》”’〉】」]+$|(?<=[a-z0-9/])[,;.]+$")
_DOMAIN = regex(
    r"(?:www\.[\w-]+|[\w-]+(?:\.[\w-]+)*\.(?:gov|com|org|net|edu))(?:\.cn)?(?:[:/?#]|$)",
    re.ASCII | re.IGNORECASE,
)


_NARROW = regex(r"https?://", re.IGNORECASE)
_WIDE = regex(r"(https?)\s*[:：]\s*[/／]{1,2}(?![/／])", re.IGNORECASE)
_MISSING = regex(r"(https?)(?:[:：]?[/／]{1,3}|[:：])(?=[\w一-龥])", re.IGNORECASE)
_DOUBLE = regex(r"https?://(https?)(?:[:：]?/{1,2}|[:：]//)", re.IGNORECASE)


def _repair(href: str) -> tuple[str, str]:
    """The address repaired and what was wrong with it; two empty strings for a sound one."""
    if _INVISIBLE.search(href):
        return _INVISIBLE.sub("", href), "里面有看不见的空格"
    if href[:4].lower() == "http":
        narrow = _NARROW.match(href)
        wide = _WIDE.match(href)
        if wide and not narrow:
            return f"{wide[1]}://" + href[wide.end() :], "“://”写错了（全角符号或少了斜杠）"
        missing = _MISSING.match(href)
        if missing and not narrow:
            repaired = f"{missing[1]}://" + href[missing.end() :]
            return repaired, "“://”写错了（全角符号或少了冒号、斜杠）"
        double = _DOUBLE.match(href)
        if double:
            return f"{double[1]}://" + href[double.end() :], "写了两次 http"
        if narrow:
            return _repair_web(href)
    if _DOMAIN.match(href):
        return "https://" + href, "缺少 https://"
    return "", ""


def _repair_web(href: str) -> tuple[str, str]:
    tail = _TRAILING.search(href)
    if tail and not (tail[0][0] == "）" and "（" in href):
        return href[: tail.start()], f"末尾多了“{tail[0]}”"
    if re.search(r"\s", href):
        return re.sub(r"\s", "", href), "里面有空格"
    try:
        parts = urlsplit(href)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises for a port that is no number
    except ValueError:
        return "", "网址的写法不对"
    wide = unicodedata.normalize("NFKC", parts.netloc)
    if "。" in parts.netloc or wide != parts.netloc:
        fixed = wide.replace("。", ".")
        return href.replace(parts.netloc, fixed, 1), "域名里有全角符号"
    if not host or ".." in host or host.startswith(".") or not re.search(r"[\w一-龥]", host):
        return "", "没有域名"
    if "." not in host and host != "localhost" and ":" not in host:
        return "", "域名不完整"
    return "", ""


def _decoded(path: str) -> str:
    if "%" not in path:
        return path
    try:
        return unquote(path, errors="strict")
    except UnicodeDecodeError:
        return path


def _normal(path: str, written: str) -> str:
    """`path` normalised; one that climbs out of the site stays recognisably outside."""
    normal = posixpath.normpath(path) if path else ""
    if normal in (".", "/"):
        normal = ""
    # A slash at the end asks for the folder's page, which a file of the same name is not.
    return normal + "/" if written.endswith("/") and normal else normal


def _relative(path: str, folder: str, written: str) -> str:
    if written.startswith("/"):
        return "/" + path
    return posixpath.relpath(path, folder or ".")


def _spelling_reason(written: str, found: str) -> str:
    if unicodedata.normalize("NFC", written) == unicodedata.normalize("NFC", found):
        return "汉字或字母的编码形式不同（NFC/NFD）"
    return f"全角半角或括号写法不同，文件名是“{posixpath.basename(found.rstrip('/'))}”"


def _encoding(path: str) -> tuple[str, str]:
    """What is wrong with the percent-encoding that is left in `path`, and what it says."""
    if "%" not in path:
        return "", ""
    try:
        decoded = unquote(path, errors="strict")
    except UnicodeDecodeError:
        try:
            decoded = unquote(path, encoding="gb18030", errors="strict")
        except UnicodeDecodeError:
            return "地址的百分号编码不对", ""
        return f"地址是 GBK 编码（{decoded}）", decoded
    return ("地址被编码了两次", decoded) if decoded != path else ("", "")


def _near_anchor(words: str, anchors: frozenset[str]) -> str:
    same = [anchor for anchor in sorted(anchors) if folded(anchor) == folded(words)]
    bare = _unnumbered(words)
    same = same or [a for a in sorted(anchors) if bare and _unnumbered(a) == bare]
    if len(same) == 1:
        return same[0]
    return _close(words, sorted(anchors), 70)


def _unnumbered(anchor: str) -> str:
    found = numbering.mark(anchor)
    return folded(anchor[len(found.label) :] if found else anchor)


def _close(word: str, words: object, cutoff: int) -> str:
    choices = sorted(words)  # type: ignore[call-overload]
    found = process.extractOne(word, choices, scorer=fuzz.ratio, score_cutoff=cutoff)
    return str(found[0]) if found else ""
