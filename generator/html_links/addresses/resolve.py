"""Resolution (解析): an address as it stands on a page → the file that a web host would answer with."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote

from generator import address
from generator.finding import NOTHING, Text
from generator.html_links.addresses import repairs
from generator.html_links.addresses.folder import Folder
from generator.html_links.addresses.origin import Origin
from generator.html_links.addresses.paths import Place, decoded, joined, normalised
from generator.html_links.addresses.spelling import (
    SCHEME,
    Flaw,
    address_flaw,
    domain_flaw,
    other_scheme_flaw,
    path_flaw,
)
from generator.regex import regex


class Outcome(Enum):
    """What became of an address: the closed list."""

    FILE = auto()
    EXTERNAL = auto()
    APPLICATION = auto()  # mailto:, tel:, data: and the like
    SCRIPT = auto()  # javascript:
    EMPTY = auto()
    MALFORMED = auto()
    INNER = auto()  # file:, drive letters, network shares
    WRONG_CASE = auto()
    MISSING = auto()


class Resolved(NamedTuple):
    """Where an address leads: `path` is a file of the folder (where missing: the one that is not there).

    `url` is the whole address of an external one. A found file with a `reason` is found by luck: the
    address works, but is not as it should be; `is_grave` then says whether that is an error.
    """

    outcome: Outcome
    path: str = ""
    fragment: str = ""
    url: str = ""
    reason: Text = NOTHING
    suggestion: str | None = None
    is_grave: bool = True


class Scope(NamedTuple):
    """What relative addresses on a page are relative to: a document of the folder, or an address outside.

    `folder` is that of the document, without a slash at its end.
    """

    document: str
    folder: str
    outside: str = ""

    @classmethod
    def at(cls, document: str) -> Scope:
        """The scope of a document without a `<base>`."""
        return cls(document, document.rpartition("/")[0])


_RAW_PERCENT = Text("文件名里的 % 应写成 %25", "a % in a file's name must be written %25")
_TRIMMED = "".join(map(chr, range(0x21)))
_REMOVED = str.maketrans("", "", "\t\r\n")
_WEB = frozenset({"http", "https"})
_ODD = frozenset("%?\\")
_PLAIN = regex(r"\w[\w.-]*(?:/\w[\w.-]*)*", re.ASCII)
# A file of one's own machine or of the office network: file:, C:\, \\server.
_LOCAL = regex(r"file:|/{0,3}[a-z]:[\\/]|\\\\", re.IGNORECASE)


class Resolver:
    """Resolves the addresses on the pages of one folder, published at one place."""

    def __init__(self, folder: Folder, origin: Origin) -> None:
        self._folder = folder
        self.files = folder.files
        self._origin = origin
        self._has_prefix = origin.prefix != "/"
        self._start = origin.start
        self._roots: dict[str, dict[str, str]] = {}

    @cached_property
    def plain(self) -> frozenset[str]:
        """The files whose address is their path."""
        odd = [path for path in self.files if not _ODD.isdisjoint(path)]
        return self.files.difference(odd) if odd else self.files

    def roots(self, folder: str) -> Mapping[str, str]:
        """What an address on a page in `folder` may begin with (`../`, `/`, nothing) → the path it stands for."""
        found = self._roots.get(folder)
        if found is None:
            found = self._roots[folder] = {} if self._has_prefix else {"/": ""}
            above, climbed = folder, ""
            while above:
                found[climbed] = above + "/"
                above, climbed = above.rpartition("/")[0], climbed + "../"
            found[climbed] = ""
        return found

    def own_file(self, href: str) -> str:
        """The file that an absolute address of this folder names, plainly written; empty for all else."""
        if not self._start or not href.startswith(self._start):
            return ""
        path = href[len(self._start) :]
        return path if path in self.files and _PLAIN.fullmatch(path) else ""

    def plain_file(self, href: str, folder: str) -> str:
        """The file that an address on a page in `folder`, plainly written, leads to; empty for all else."""
        if ":" in href:
            path = self.own_file(href)
        else:
            above = href.rfind("../") + 3 if href[:3] == "../" else href[:1] == "/"
            root = self.roots(folder).get(href[:above])
            path = root + href[above:] if root is not None else ""
        return path if path in self.plain else ""

    def scope(self, page: str, base: str | None) -> Scope:
        """The scope of `page`, whose `<base>` has the address `base`."""
        own = Scope.at(page)
        href = base.strip(_TRIMMED).translate(_REMOVED) if base is not None else ""
        if not href or href.startswith(("#", "?")):
            return own
        if re.match(r"(?i)(?:https?:)?//", href):
            inside = self._origin.own(href)
            if inside is None:
                return Scope("", "", href if href[0] != "/" else "https:" + href)
            href = inside.rest
        elif SCHEME.match(href):
            return own
        place = self._place(href.partition("#")[0].partition("?")[0], own)
        return Scope.at(place.path)

    def resolve(self, written: str, scope: Scope) -> Resolved:
        """Where `written` leads on a page of this scope."""
        # Each page names its own address so; there is nothing to work out.
        path = self.own_file(written)
        if path:
            return Resolved(Outcome.FILE, path)
        href = written.strip(_TRIMMED).translate(_REMOVED)
        if not href:
            return Resolved(Outcome.EMPTY)
        scheme = SCHEME.match(href)
        name = scheme[1].lower() if scheme else ""
        if name in ("javascript", "vbscript"):
            return Resolved(Outcome.SCRIPT)
        if name in ("data", "about", "blob"):
            return Resolved(Outcome.APPLICATION)
        if _LOCAL.match(href):
            return Resolved(Outcome.INNER, url=href)
        flaw = address_flaw(href)
        if flaw and flaw.is_grave:
            return Resolved(Outcome.MALFORMED, reason=flaw.reason, suggestion=flaw.repaired or None)
        if name and name not in _WEB:
            return _of_scheme(href, other_scheme_flaw(href, name))
        if name or href.startswith("//"):
            return self._absolute(href, scope, flaw)
        if scope.outside:
            return Resolved(Outcome.EXTERNAL, url=joined(scope.outside, href))
        return self._inside(href, scope)

    def _absolute(self, href: str, scope: Scope, flaw: Flaw | None) -> Resolved:
        own = self._origin.own(href)
        if own is not None:
            found = self._inside(own.rest, scope)
            if found.outcome is Outcome.EXTERNAL:
                return found._replace(url=href)
            if found.outcome is Outcome.FILE and not found.reason.zh and not own.is_exact:
                reason = Text(
                    f"本站地址应写相对地址，或以 {own.origin} 开头",
                    f"an address of the site itself should be relative or begin with {own.origin}",
                )
                return found._replace(
                    reason=reason, suggestion=own.origin + own.rest, is_grave=False
                )
            return found
        if href.startswith("//"):
            path = decoded(href[2:].partition("#")[0].partition("?")[0])
            if path in self.files or path.rstrip("/") in self._folder.folders - {""}:
                reason = Text("开头多了一个斜杠", "one slash too many at its beginning")
                return Resolved(Outcome.MALFORMED, reason=reason, suggestion=href[1:])
            flaw = address_flaw("https:" + href)
            if flaw and flaw.is_grave:
                return Resolved(Outcome.MALFORMED, reason=flaw.reason)
        if flaw is not None:
            return Resolved(
                Outcome.EXTERNAL,
                url=href,
                reason=flaw.reason,
                suggestion=flaw.repaired or None,
                is_grave=False,
            )
        return Resolved(Outcome.EXTERNAL, url=href)

    def _inside(self, href: str, scope: Scope) -> Resolved:
        """Where a path below the folder, with its query and fragment, leads."""
        before, mark, fragment = href.partition("#")
        fragment = fragment.partition(":~:")[0]
        raw, _, _ = before.partition("?")
        if not raw:
            return self._own_document(scope, fragment)
        slashed = raw.replace("\\", "/")
        place = self._place(slashed, scope)
        if place.is_outside and not self._is_forgotten_prefix(place):
            return Resolved(Outcome.EXTERNAL, url=href)
        found = self._found(place, fragment)
        if found is None and place.path != slashed:
            # A % that is meant as it stands: the file itself has it in its name.
            literal = self._place(slashed, scope, decode=False)
            found = self._found(literal, fragment)
            if found is not None:
                found = found._replace(reason=_RAW_PERCENT, is_grave=False)
        if found is None:
            return self._missing(href, place, scope, fragment if mark else None)
        tail = href[len(raw) :]
        if place.is_outside:
            reason = Text(
                f"缺少发布目录 {self._origin.prefix}",
                f"it lacks the folder of the site, {self._origin.prefix}",
            )
            whole = self._origin.prefix + place.path + tail
            return Resolved(Outcome.MISSING, place.path, reason=reason, suggestion=whole)
        if "\\" in raw and found.outcome is Outcome.FILE:
            return found._replace(outcome=Outcome.WRONG_CASE, suggestion=slashed + tail)
        if found.suggestion is not None:
            return found._replace(suggestion=found.suggestion + tail)
        return found

    def _own_document(self, scope: Scope, fragment: str) -> Resolved:
        document = scope.document
        if document.endswith("/") or not document:
            document = self._folder.index(document.rstrip("/")) or ""
        if document not in self.files:
            return Resolved(Outcome.MISSING, scope.document)
        return Resolved(Outcome.FILE, document, fragment)

    def _place(self, raw: str, scope: Scope, decode: bool = True) -> Place:
        path = decoded(raw) if decode else raw
        is_outside = False
        prefix = self._origin.prefix
        folder = f"{scope.folder}/" if scope.folder else ""
        absolute = path if path.startswith("/") else f"{prefix}{folder}{path}"
        parts, climbed = normalised(absolute)
        normal = "/" + "/".join(parts)
        if absolute.endswith(("/", "/.", "/..")) and parts:
            normal += "/"
        if self._has_prefix:
            if (normal + "/").startswith(prefix):
                normal = "/" + normal[len(prefix) :]
            else:
                is_outside = True
        return Place(raw, normal[1:], climbed, is_outside)

    def _is_forgotten_prefix(self, place: Place) -> bool:
        """Whether a path outside of the folder is there below it: only its beginning is missing."""
        is_own = place.path in self.files or place.path.rstrip("/") in self._folder.folders
        return bool(place.path) and is_own and place.raw.startswith("/")

    def _found(self, place: Place, fragment: str) -> Resolved | None:
        """The file at `place`; the page of a folder without one is missing (`reason` says so)."""
        path = place.path
        reason, suggestion = NOTHING, None
        if path not in self.files or not path:
            folder = path.rstrip("/")
            index = self._folder.index(folder) if folder in self._folder.folders else None
            if index is None:
                return None
            if path and not path.endswith("/"):
                reason = Text("文件夹的地址末尾少了斜杠", "the address of a folder lacks its slash")
                suggestion = place.raw + "/"
            path = index
        if "//" in place.raw:
            reason = Text("里面有两个连在一起的斜杠", "two slashes stand together in it")
            suggestion = re.sub("/{2,}", "/", place.raw)
        elif path_flaw(place.raw):
            reason = _RAW_PERCENT
            suggestion = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", place.raw)
        elif place.climbed:
            reason = Text("“../”多了，越出了网站的根目录", "too many ../ climb above the root")
            suggestion = self._href(path, place.raw, Scope.at(""))
        return Resolved(Outcome.FILE, path, fragment, "", reason, suggestion, not reason.zh)

    def _missing(self, href: str, place: Place, scope: Scope, fragment: str | None) -> Resolved:
        raw = place.raw
        flaw = path_flaw(raw) or (None if raw.startswith(("/", ".")) else domain_flaw(href))
        if flaw is not None:
            return Resolved(Outcome.MALFORMED, reason=flaw.reason, suggestion=flaw.repaired or None)
        repair = repairs.repair(self._folder, raw, place.path, fragment, scope.folder)
        suggestion = None
        if repair.path is not None:
            tail = "" if repair.takes_fragment else href[len(raw) :]
            suggestion = self._href(repair.path, raw, scope) + tail
        outcome = {
            repairs.Kind.CASE: Outcome.WRONG_CASE,
            repairs.Kind.SPELLING: Outcome.MALFORMED,
        }.get(repair.kind, Outcome.MISSING)
        path = repair.path if repair.takes_fragment and repair.path else place.path
        return Resolved(outcome, path, "", "", repair.reason, suggestion)

    def _href(self, path: str, raw: str, scope: Scope) -> str:
        """`path` of the folder as an address in the manner of `raw`."""
        folder, name = posixpath.split(path)
        if self._folder.index(folder) == path and not raw.endswith(name):
            path = folder + "/" if folder else ""
        elif path in self._folder.folders:
            path += "/"
        if raw.startswith("/"):
            shown = self._origin.prefix + path
        else:
            shown = address.relative(f"{scope.folder}/x" if scope.folder else "x", path) or "./"
        if "%" in raw or re.search(r"[\s#?%]|[\udc80-\udcff]", shown):
            return quote(shown.encode("utf-8", "surrogateescape"), safe="/~!$&'()*+,;=:@-._")
        return shown


def _of_scheme(href: str, flaw: Flaw | None) -> Resolved:
    is_empty = href.rstrip().lower() in ("mailto:", "tel:")
    if is_empty:
        return Resolved(Outcome.EMPTY)
    if flaw is None:
        return Resolved(Outcome.APPLICATION)
    return Resolved(
        Outcome.MALFORMED,
        reason=flaw.reason,
        suggestion=flaw.repaired or None,
        is_grave=flaw.is_grave,
    )
