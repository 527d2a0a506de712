"""The finished output (输出): nothing lingers, nothing leaks, every address exists, every build is the same."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import posixpath
import re
import shutil
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import pytest

from generator import full_text
from tests.command import files_below, on, program
from tests.documents import NOTICES, notice
from tests.edits import Files
from tests.sites import GOOD_SITE, TODAY, write_site

REPOSITORY = Path(__file__).parents[1]
# A word that stands nowhere else; pinyin in names, so that it is found in addresses too.
MARK, NAME = "麒麟碑", "qilinbei"
INDEX = "search/pagefind"
SUFFIXES = ("html", "md", "txt")  # a page and its twins
FOLDER = "content/statutory/policy/2026"
SOURCE = f"{FOLDER}/{NAME}.md"
POLICY = f"""\
---
标题: 海川市数据与政务公开局关于{MARK}保护的通知
索引号: 000014349/2026-00077
发文字号: 海数政发〔2026〕77号
成文日期: 2026-10-08
发布日期: 2026-10-09
公开属性: 主动公开
同时列入: [statutory/notice]
专题: [open-data]
主题分类: 综合政务\\政务公开
关键词: [{MARK}]
内容概述: 保护{MARK}的要求。
附件:
  - {{文件: {NAME}-list.csv, 名称: {MARK}名录}}
咨询方式: {MARK}保护科
旧址: [old/{NAME}.html]
相关: [000014349/2026-00010]
审核: {{拟稿人: 许晴川, 审稿人: 周望舒, 发布人: 何清越, 保密审查人: 沈怀安, 审核日期: 2026-10-08}}
---

一、{MARK}的范围

保护{MARK}。附件：[{MARK}名录]({NAME}-list.csv)

![{MARK}全景]({NAME}/view.png)
"""
MARKED: dict[str, str | bytes] = {
    SOURCE: POLICY,
    f"{FOLDER}/{NAME}-list.csv": f"{MARK}\n",
    f"{FOLDER}/{NAME}-draft.docx": MARK.encode(),  # beside it, though nothing names it
    f"{FOLDER}/{NAME}/view.png": GOOD_SITE["content/statutory/event/2026/open-day.png"],
    f"{FOLDER}/{NAME}/map.svg": f"<svg><title>{MARK}</title></svg>",
}


def _traces(output: Mapping[str, bytes]) -> list[str]:
    """The files that hold one of the two words, in their name or their content, whatever the encoding."""
    words = [MARK.encode(), NAME.encode(), quote(MARK).encode(), ascii(MARK)[1:-1].encode()]
    # The index of full texts is made of single characters, and compressed.
    words.append(" ".join(MARK).encode())
    found = {
        url
        for url, content in output.items()
        if any(word in url.encode() or word in _plain(content) for word in words)
    }
    return sorted({INDEX if url.startswith(f"{INDEX}/") else url for url in found})


def _plain(content: bytes) -> bytes:
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def _build(folder: Path, files: Files, *words: str) -> dict[str, bytes]:
    """The output of `files`, written over what stood in `folder` before."""
    site = folder / "site"
    shutil.rmtree(site, ignore_errors=True)
    said = on(write_site(site, files), "build", "--out", folder / "public", *words)
    assert said.code == 0, said.out + said.err
    return files_below(folder / "public")


def _without(files: Files, *paths: str) -> Files:
    return {path: content for path, content in files.items() if path not in paths}


def _moved(files: Files, old: str, new: str) -> Files:
    return {path.replace(old, new): content for path, content in files.items()}


def _field(line: str) -> Files:
    """The marked site with `line` in the front matter of its document."""
    key = line.partition(":")[0]
    text = re.sub(rf"^{key}: .*\n", "", POLICY, flags=re.MULTILINE)
    return {**GOOD_SITE, **MARKED, SOURCE: text.replace("---\n", f"---\n{line}\n", 1)}


# All that an editor need write to keep a folder back.
DRAFT_FOLDER = "---\n标题: 正在起草的文件\n草稿: 是\n---\n"
GONE: dict[str, Files] = {
    "deleted": _without({**GOOD_SITE, **MARKED}, *MARKED),
    "draft": _field("草稿: 是"),
    "date in the future": _field("发布日期: 2026-11-21"),
    "on request": _field("公开属性: 依申请公开"),
    "not for disclosure": _field("公开属性: 不予公开"),
    "draft folder by name": _moved(
        {**GOOD_SITE, **MARKED}, f"/2026/{NAME}", f"/2026/_drafts/{NAME}"
    ),
    "draft folder by its index": {
        **_moved({**GOOD_SITE, **MARKED}, f"/2026/{NAME}", f"/coming/{NAME}"),
        "content/statutory/policy/coming/index.md": DRAFT_FOLDER,
    },
    "deep in a draft folder": {
        **_moved({**GOOD_SITE, **MARKED}, f"/2026/{NAME}", f"/coming/a/b/{NAME}"),
        "content/statutory/policy/coming/index.md": DRAFT_FOLDER,
    },
}


def test_the_marked_document_shows_everywhere(tmp_path: Path) -> None:
    """What must vanish below is there first: otherwise nothing is proven."""
    traces = _traces(_build(tmp_path, {**GOOD_SITE, **MARKED}))
    page = f"statutory/policy/2026/{NAME}"
    assert traces == sorted(
        [
            f"{page}.html",
            f"{page}.md",
            f"{page}.txt",
            "llms.txt",
            f"{page}-list.csv",
            f"{page}-draft.docx",
            f"{page}/map.svg",
            f"{page}/view.png",
            f"old/{NAME}.html",
            "index.html",
            "catalog.html",
            "catalog.json",
            "catalog.csv",
            "catalog/column-statutory-policy.html",
            "search/part-1.json",
            *([INDEX] if full_text.program() else []),
            "feed.xml",
            "sitemap.xml",
            "manifest.json",
            "statutory/index.html",
            "statutory/feed.xml",
            "statutory/year/2026.html",
            "statutory/status/valid.html",
            "statutory/subject/02-01.html",
            "statutory/topic/open-data.html",
            "statutory/policy/index.html",
            "statutory/policy/feed.xml",
            "statutory/policy/year/2026.html",
            "statutory/policy/status/valid.html",
            "statutory/policy/subject/02-01.html",
            "statutory/policy/topic/open-data.html",
            "statutory/policy/2026/data-sharing.html",
            "statutory/notice/index.html",
            "statutory/notice/feed.xml",
            "statutory/notice/year/2026.html",
            "statutory/notice/status/valid.html",
            "statutory/notice/subject/02-01.html",
            "statutory/notice/topic/open-data.html",
            "statutory/notice/2026/fees.html",
            "topics/open-data/index.html",
            "topics/open-data/feed.xml",
        ]
    )


@pytest.mark.parametrize("change", GONE)
def test_what_is_gone_leaves_no_trace(change: str, tmp_path: Path) -> None:
    before = _build(tmp_path, {**GOOD_SITE, **MARKED})
    after = _build(tmp_path, GONE[change])
    assert _traces(before)
    assert _traces(after) == []


def test_what_was_renamed_is_only_at_its_new_place(tmp_path: Path) -> None:
    _build(tmp_path, {**GOOD_SITE, **MARKED})
    renamed = _moved({**GOOD_SITE, **MARKED}, f"/2026/{NAME}", "/2026/stele")
    renamed = {
        path: content.replace(NAME, "stele") if isinstance(content, str) else content
        for path, content in renamed.items()
    }
    after = _build(tmp_path, renamed)
    assert [url for url, content in after.items() if NAME in url or NAME.encode() in content] == []
    assert "statutory/policy/2026/stele.html" in after


def test_of_what_was_withdrawn_only_the_title_is_left(tmp_path: Path) -> None:
    _build(tmp_path, {**GOOD_SITE, **MARKED})
    after = _build(tmp_path, _field("撤下: {日期: 2026-11-01, 原因: 内容有误}"))
    page = f"statutory/policy/2026/{NAME}.html"
    assert _traces(after) == sorted([page, f"old/{NAME}.html", "manifest.json"])
    said = after[page].decode()
    assert said.count(MARK) == said.count(f"关于{MARK}保护的通知") > 0
    assert "内容有误" in said


def test_references_to_what_is_not_public_do_not_show_it(tmp_path: Path) -> None:
    """Even where the finding is ignored: others name it only as their own editors wrote."""
    index = "000014349/2026-00077"
    naming = {
        f"{NOTICES}/a.md": notice(
            79, f"依据: {index}", f"相关: [{index}]", body=f"见[[{index}]]和海数政发〔2026〕77号。"
        ),
        f"{NOTICES}/b.md": notice(
            80, f"问答: [{{问: 甲, 答: 乙, 政策: {index}}}]", f"撤下: {{替代: {index}}}"
        ),
    }
    after = _build(
        tmp_path,
        {**_field("公开属性: 不予公开"), **naming},
        "--ignore",
        "not-for-disclosure,unpublished-target",
    )
    assert _traces(after) == []


def test_a_document_whose_draft_field_cannot_be_read_is_a_draft(tmp_path: Path) -> None:
    for line in ("草稿: 也许", '草稿: "是', "草稿: [是]"):
        after = _build(tmp_path, _field(line), "--ignore", "front-matter")
        assert _traces(after) == []


def test_files_of_a_shown_document_stay_beside_a_closed_one(tmp_path: Path) -> None:
    """`plan-map.svg` belongs to `plan-map.md`, not to `plan.md`."""
    after = _build(
        tmp_path,
        {
            **GOOD_SITE,
            f"{NOTICES}/plan.md": notice(81, "公开属性: 不予公开"),
            f"{NOTICES}/plan.pdf": b"%PDF-1.4 closed",
            f"{NOTICES}/plan-附件.pdf": b"%PDF-1.4 closed",
            f"{NOTICES}/plan-map.md": notice(82),
            f"{NOTICES}/plan-map.svg": "<svg/>",
            f"{NOTICES}/other.csv": "甲\n",
        },
    )
    shown = {url.removeprefix("statutory/notice/2026/") for url in after if "/notice/2026/" in url}
    pages = {f"{name}.{kind}" for name in ("departments", "fees", "plan-map") for kind in SUFFIXES}
    assert shown == {*pages, "plan-map.svg", "other.csv"}


class _Page(HTMLParser):
    """The addresses and the ids of a page, found without the libraries that made it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag points to and what it is called."""
        for name, value in attrs:
            if name in ("href", "src", "srcset", "action", "poster", "data", "formaction"):
                self.addresses.append((tag, name, value or ""))
            elif name == "id":
                self.ids.append(value or "")
        found = dict(attrs)
        if tag == "meta" and found.get("http-equiv") == "refresh":
            self.addresses.append((tag, "content", (found["content"] or "").partition("url=")[2]))
        elif tag == "link" and found.get("rel") == "canonical":
            self.addresses.pop()


def _pages(output: Mapping[str, bytes]) -> Iterator[tuple[str, _Page]]:
    for url, content in output.items():
        if url.endswith(".html"):
            yield url, _Page(content.decode())


@pytest.fixture(scope="module", params=["good", "demonstration"])
def output(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("output")
    site = (
        REPOSITORY if request.param == "demonstration" else write_site(folder / "site", GOOD_SITE)
    )
    said = on(
        site, "build", "--out", folder / "public", "--fail-on", "error", "--select", "front-matter"
    )
    assert said.code == 0
    return files_below(folder / "public")


def test_every_address_is_relative_and_exists(output: dict[str, bytes]) -> None:
    """So the output works from `file://` and under any path prefix."""
    ids = {url: set(page.ids) for url, page in _pages(output)}
    wrong = []
    for url, page in _pages(output):
        for tag, name, href in page.addresses:
            parts = urlsplit(href)
            if tag == "a" and parts.scheme in ("http", "https", "mailto", "tel"):
                continue
            path, start = unquote(parts.path), posixpath.dirname(url)
            if url == "404.html" and path.startswith("/"):
                # Only this page is shown at any depth.
                path, start = path.removeprefix(_prefix(output)), ""
            target = posixpath.normpath(posixpath.join(start, path)) if path else url
            fragment = unquote(parts.fragment)
            is_there = target in output and (not fragment or fragment in ids[target])
            if parts.scheme or parts.netloc or path.startswith("/") or not is_there:
                wrong.append((url, tag, name, href))
    assert wrong == []


def _prefix(output: Mapping[str, bytes]) -> str:
    sitemap = re.search("Sitemap: (.*)sitemap.xml", output["robots.txt"].decode())
    assert sitemap is not None
    return urlsplit(sitemap[1]).path


def test_style_sheets_and_scripts_load_nothing_from_elsewhere(output: dict[str, bytes]) -> None:
    for url, content in output.items():
        # Pagefind asks for the files beside it; the one address it names is where it reckons from.
        if url.endswith((".css", ".js", ".svg")) and not url.startswith(f"{INDEX}/"):
            text = content.decode().replace("http://www.w3.org/", "")
            assert "//" not in re.sub(
                r"/\*.*?\*/|^\s*//.*$", "", text, flags=re.DOTALL | re.MULTILINE
            ), url
            for address in re.findall(r"url\(['\"]?([^'\")]+)", text):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(url), address)) in output


def test_what_programs_read_names_only_what_exists(output: dict[str, bytes]) -> None:
    base = re.search("Sitemap: (.*)sitemap.xml", output["robots.txt"].decode())
    assert base is not None
    for url, content in output.items():
        if url.endswith(".xml"):
            root = ElementTree.fromstring(content)
            for element in root.iter():
                address = element.get("href") or (
                    element.text or "" if element.tag.endswith("}loc") else ""
                )
                assert not address or unquote(address.removeprefix(base[1])) in output, (
                    url,
                    address,
                )
    catalog = json.loads(output["catalog.json"])
    lists = ("attachments", "interprets", "interpreted_by", "supersedes", "superseded_by")
    named = [row["url"] for row in catalog] + [
        url for row in catalog for key in lists for url in row[key]
    ]
    found = json.loads(output["search/part-1.json"])
    assert {*named, *(unquote(record["url"]) for record in found)} <= set(output)
    rows = list(csv.DictReader(output["catalog.csv"].decode("utf-8-sig").splitlines()))
    assert [row["url"] for row in rows] == [row["url"] for row in catalog]


def test_the_manifest_names_every_file(output: dict[str, bytes]) -> None:
    assert json.loads(output["manifest.json"]) == {
        url: hashlib.sha256(content).hexdigest()
        for url, content in output.items()
        if url != "manifest.json"
    }


def test_another_address_changes_only_what_is_absolute(tmp_path: Path) -> None:
    here = _build(tmp_path, GOOD_SITE)
    there = _build(tmp_path, GOOD_SITE, "--base-url", "https://open.example.cn")
    assert set(here) == set(there)
    # Long lines of a calendar are folded, wherever an address stands in them.
    here, there = (
        {url: content.replace(b"\r\n ", b"") for url, content in made.items()}
        for made in (here, there)
    )
    for url in here.keys() - {"manifest.json"}:
        page = (
            there[url]
            .decode("utf-8", "replace")
            .replace("https://open.example.cn/", "https://www.example.gov.cn/zwgk/")
        )
        if url == "404.html":
            page = page.replace('="/', '="/zwgk/')
        page = page.replace('content="open.example.cn"', 'content="www.example.gov.cn"')
        assert page == here[url].decode("utf-8", "replace"), url


VARIATIONS: dict[str, tuple[list[str], dict[str, str]]] = {
    "two processes": (["--jobs", "2"], {}),
    "three processes": (["--jobs", "3"], {}),
    "other hash seed": ([], {"PYTHONHASHSEED": "1"}),
    "another hash seed": ([], {"PYTHONHASHSEED": "4242"}),
    "C locale and another time zone": ([], {"LC_ALL": "C", "TZ": "America/Los_Angeles"}),
    "no UTF-8 mode": ([], {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "optimised": ([], {"PYTHONOPTIMIZE": "2"}),
}


@pytest.mark.parametrize("variation", VARIATIONS)
def test_every_build_is_the_same(variation: str, tmp_path: Path) -> None:
    words, environment = VARIATIONS[variation]
    files = {**GOOD_SITE, **MARKED, f"{NOTICES}/bad.md": notice(83, body="见[甲](none.md)。")}
    expected = _build(tmp_path, files, "--ignore", "broken-page")
    # Another folder, its files made in the opposite order.
    copy = write_site(tmp_path / "another copy", dict(reversed(files.items())))
    common: list[str | Path] = [
        "--site",
        copy,
        "--today",
        TODAY.isoformat(),
        "--format",
        "json",
        *words,
    ]
    out: list[str | Path] = ["--ignore", "broken-page", "--out", tmp_path / "other"]
    said = program("build", *common, *out, environment=environment)
    assert (said.code, said.err) == (0, "")
    assert files_below(tmp_path / "other") == expected
    links = ["--select", "broken-page,missing-field,front-matter"]
    said = program("check", *common, *links, environment=environment)
    assert said.out == on(copy, "check", "--format", "json", *links).out
    assert said.places == [f"{NOTICES}/bad.md:9:2 broken-page"]
