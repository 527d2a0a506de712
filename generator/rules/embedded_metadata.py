"""A file tells who made it, where, and what was said while it was made (附件里的痕迹; 个人信息保护法第二十五条)."""

from __future__ import annotations

import posixpath
import re
import shlex
from collections import defaultdict
from collections.abc import Iterator

from generator.contents import CLEANABLE, Sort, Trace
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Site
from generator.regex import regex
from generator.rules.readable import bounded

RULE = Rule(
    "embedded-metadata",
    Severity.WARNING,
    Text("附件里留有{what}{value}（{where}）", "the file holds {what_en}{value_en} ({where_en})"),
    Text(
        "运行 gongkai clean {path}，核对后换上清理过的副本",
        "run gongkai clean {path}, look at the cleaned copy and put it in place",
    ),
)
_BY_HAND = Text(
    "在制作它的软件里删去，再重新上传；旧格式的另存为新格式以后，可以用 gongkai clean 清理",
    "remove it with the program that made the file, and upload it again; "
    "what has an old format can be cleaned by gongkai clean once it is saved in the new one",
)
WHAT = {
    Sort.AUTHOR: Text("作者的名字", "the name of its author"),
    Sort.EDITOR: Text("修改者的名字", "the name of who changed it last"),
    Sort.MANAGER: Text("管理者的名字", "the name of a manager"),
    Sort.COMPANY: Text("单位的名称", "the name of an organisation"),
    Sort.PROPERTY: Text("自定义的属性", "a property of its own"),
    Sort.COMMENT: Text("批注", "comments"),
    Sort.CHANGE: Text("修订记录", "tracked changes"),
    Sort.LOCATION: Text("照片的拍摄地点", "the place where a photograph was taken"),
    Sort.FOLDER: Text("制作者电脑上的文件夹", "a folder of its maker's computer"),
    Sort.FILE: Text("夹带的文件", "a file inside it"),
}
_PERSONS = frozenset({Sort.AUTHOR, Sort.EDITOR, Sort.MANAGER, Sort.COMPANY})
# Programs, and the names that they give whoever says no name.
_NOBODY = regex(
    r"(?i)python-docx|python-pptx|steve canny|openpyxl|xlsxwriter|apache poi|libreoffice.*|openoffice.*|aspose.*"
    r"|wps.*|kingsoft.*|microsoft.*|微软.*|windows.*|typst.*|.*\bskia\b.*"
    r"|administrator|admin|root|user\d*|owner|author|nobody|un-?named|\(?(?:unknown|anonymous|unspecified)\)?"
    r"|用户\d*|管理员|个人用户|匿名|pc|hp|dell|lenovo|asus|acer|thinkpad|china|中国"
)
_UNIT = regex(
    r".*(?:局|委|办|办公室|厅|部|处|科|室|府|会|院|署|(?<!公)司|站|所|中心|大队|支队|总队|集团|学校|大学|协会|街道|镇|乡)"
)
# What programs write there of their own accord tells of no person.
_OF_PROGRAMS = regex(
    r"(?i)(?:KSO|ICV|commondata|Generator|MSIP_|ContentTypeId|GrammarlyDocumentId|MTWin|Created|LastSaved|Creator"
    r"|SourceModified|Producer|AppVersion|DocSecurity|LinksUpToDate|ScaleCrop|ShareDoc|HyperlinksChanged|_)"
)
_NO_WORDS = regex(r"[^：]*：(?:[\d.,:TZ+ -]*|true|false|[0-9A-Fa-f-]{16,}(?:_\d+)?)")


def find(site: Site) -> Iterator[Finding]:
    """Names, comments, tracked changes, places and folders in the files to publish."""
    return bounded(_find(site))


def _find(site: Site) -> Iterator[Finding]:
    known = _organs(site)
    for asset in site.assets:
        held = site.contents.get(asset.path)
        found: dict[tuple[Sort, str], list[Trace]] = defaultdict(list)
        for trace in held.traces if held else ():
            if _tells(trace, known):
                found[trace.sort, trace.words].append(trace)
        for (sort, words), traces in found.items():
            what, value, first = WHAT[sort], _value(sort, words), traces[0]
            suffix = posixpath.splitext(asset.path)[1].lower()
            yield RULE.at(
                Place(asset.path, 1),
                hint=None if suffix in CLEANABLE else _BY_HAND,
                text=words or None,
                what=what.zh,
                what_en=what.en,
                value=value.zh,
                value_en=value.en,
                where=first.where.zh if len(traces) == 1 else f"{first.where.zh}等{len(traces)}处",
                where_en=first.where.en
                if len(traces) == 1
                else f"{first.where.en} and {len(traces) - 1} more",
                path=_quoted(asset.path),
            )


def _value(sort: Sort, words: str) -> Text:
    if words and sort in (Sort.COMMENT, Sort.CHANGE):
        return Text(f"，作者“{words}”", f" by “{words}”")
    return Text(f"“{words}”", f" “{words}”") if words else Text("", "")


def _quoted(path: str) -> str:
    """The path as a shell takes it for one word."""
    return shlex.quote(path) if re.search(r"[\s'\"()&;|<>$`*?\\]", path) else path


def _organs(site: Site) -> frozenset[str]:
    """Every name of an organ that the site knows: these are no secret."""
    own = site.config.organ
    names = {own.name, own.short_name or "", own.superior or ""}
    for organ in site.config.organs:
        names |= {organ.name, *organ.short_names}
    return frozenset(names - {""})


def _tells(trace: Trace, known: frozenset[str]) -> bool:
    """Whether `trace` tells of a person or of how the file came about."""
    words = trace.words.strip()
    if trace.sort in _PERSONS:
        return bool(words) and words not in known and not _is_nobody(words)
    if trace.sort is Sort.COMMENT:
        # Notes that the organ itself left in a form tell how to fill it in.
        return words not in known
    if trace.sort is Sort.PROPERTY:
        return not _OF_PROGRAMS.match(words) and not _NO_WORDS.fullmatch(words)
    return True


def _is_nobody(words: str) -> bool:
    return bool(_NOBODY.fullmatch(words) or (len(words) > 3 and _UNIT.fullmatch(words)))
