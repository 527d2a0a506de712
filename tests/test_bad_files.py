"""Bad input of every other kind (坏输入): each gives findings or one sentence, and hides no other document's."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.command import on, program
from tests.documents import NOTICES, notice
from tests.sites import GOOD_SITE, SETTINGS, TODAY, write_site

# A mistake in a document of its own, which must be found whatever else is wrong with the site.
WITNESS = f"{NOTICES}/witness.md"
SEEN = f"{WITNESS}:9:2 broken-page"
N = NOTICES
NFD = unicodedata.normalize("NFD", "é办")
# The rules that such input breaks; what others say of these documents is not the matter here.
JUDGED = (
    "front-matter",
    "missing-field",
    "unsafe-file",
    "broken-template",
    "path-collision",
    "broken-page",
    "broken-reference",
    "broken-file",
)
_BOMB = "a0: &a0 [甲, 乙]\n" + "".join(
    f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]\n" for number in range(1, 20)
)

FILES: dict[str, tuple[Mapping[str, str | bytes], list[str]]] = {
    "empty file": ({f"{N}/a.md": ""}, [f"{N}/a.md:1:1 front-matter"]),
    "white space": ({f"{N}/a.md": " \n\t\n"}, [f"{N}/a.md:1:1 front-matter"]),
    "no front matter": ({f"{N}/a.md": "# 通知\n"}, [f"{N}/a.md:1:1 front-matter"]),
    "50 MB": ({f"{N}/a.md": notice(51) + "甲" * 17_500_000}, [f"{N}/a.md:1:1 unsafe-file"]),
    "unreadable UTF-8": (
        {f"{N}/a.md": notice(51).encode() + b"\xe5\x85 \xff"},
        [f"{N}/a.md:10:1 front-matter"],
    ),
    "UTF-8 broken inside Chinese keys": (
        {f"{N}/a.md": notice(51).encode().replace("号".encode(), b"\xe5\x8f", 1)},
        [f"{N}/a.md:2:12 front-matter"],
    ),
    "GB18030": (
        {f"{N}/a.md": notice(51, body="㐀𠮷").encode("gb18030")},
        [f"{N}/a.md:2:1 front-matter"],
    ),
    "UTF-16": ({f"{N}/a.md": notice(51).encode("utf-16")}, [f"{N}/a.md:1:1 front-matter"]),
    "BOM": ({f"{N}/a.md": notice(51).encode("utf-8-sig")}, []),
    "CRLF": ({f"{N}/a.md": notice(51).replace("\n", "\r\n")}, []),
    "CR": ({f"{N}/a.md": notice(51).replace("\n", "\r")}, []),
    "positions under CRLF and BOM": (
        {f"{N}/a.md": notice(51, body="见[甲](乙.md)").replace("\n", "\r\n").encode("utf-8-sig")},
        [f"{N}/a.md:9:2 broken-page"],
    ),
    "YAML bomb": (
        {f"{N}/a.md": notice(51, "关键词: &a [甲]", "依据: *a")},
        [f"{N}/a.md:7:6 front-matter", f"{N}/a.md:8:5 front-matter"],
    ),
    "deep brackets": (
        {f"{N}/a.md": notice(51, f"关键词: {'[' * 50_000}")},
        [f"{N}/a.md:7:17 front-matter"],
    ),
    "unknown keys": (
        {f"{N}/a.md": notice(51, "作者: 甲", "titel: 乙", "征集: {开始: 2026-04-02}")},
        [
            f"{N}/a.md:7:1 front-matter",
            f"{N}/a.md:8:1 front-matter",
            f"{N}/a.md:9:6 front-matter",
        ],
    ),
    "wrong types": (
        {
            f"{N}/a.md": notice(
                51,
                "标题: [甲]",
                "关键词: {甲: 乙}",
                "审核: 张三",
                "附件: 3",
                "法定事项: 16",
                "草稿: 也许",
                "专题: [none]",
                "栏目: none",
                "公开属性: 公开",
                "主题分类: 甲\\乙",
                "问答: [{问: [甲]}]",
                "年报数据: {表三: [1]}",
            )
        },
        [
            f"{N}/a.md:2:5 front-matter",
            f"{N}/a.md:5:7 front-matter",
            f"{N}/a.md:6:5 front-matter",
            f"{N}/a.md:7:6 front-matter",
            f"{N}/a.md:8:5 front-matter",
            f"{N}/a.md:9:7 front-matter",
            f"{N}/a.md:10:5 front-matter",
            f"{N}/a.md:11:6 front-matter",
            f"{N}/a.md:12:5 front-matter",
            f"{N}/a.md:13:7 front-matter",
            f"{N}/a.md:14:10 front-matter",
            f"{N}/a.md:15:12 front-matter",
        ],
    ),
    "impossible dates": (
        {
            f"{N}/a.md": notice(
                51,
                "发布日期: 2026-02-30",
                "成文日期: 2026/4/1",
                "施行日期: 四月一日",
                "审核: {审核日期: 2026-13-01}",
            )
        },
        [
            f"{N}/a.md:4:7 front-matter",
            f"{N}/a.md:6:12 front-matter",
            f"{N}/a.md:7:7 front-matter",
            f"{N}/a.md:8:7 front-matter",
        ],
    ),
    "impossible time": (
        {f"{N}/a.md": notice(51, "发布日期: 2026-04-02 24:30")},
        [f"{N}/a.md:4:7 front-matter"],
    ),
    "two rows wrong in one list": (
        {
            f"{N}/a.md": notice(
                51, "问答: [{问: 甲, 提问日期: 1}, {问: 乙}, {问: 丙, 提问日期: 2}, {答: 丁}]"
            )
        },
        [
            f"{N}/a.md:7:19 front-matter",
            f"{N}/a.md:7:44 front-matter",
            f"{N}/a.md:7:48 missing-field",
        ],
    ),
    "document beside a file of its address": (
        {f"{N}/a.md": notice(51), f"{N}/a.html": "<p>甲</p>"},
        [f"{N}/a.html:1:1 path-collision", f"{N}/a.md:1:1 path-collision"],
    ),
    "document and folder of one address": (
        {f"{N}/a.md": notice(51), f"{N}/a.html/b.md": notice(52)},
        [f"{N}/a.md:1:1 path-collision"],
    ),
    "file in the place of a page made by itself": (
        {"content/index.html": "甲", "content/catalog.json": "[]"},
        ["content/catalog.json:1:1 path-collision", "content/index.html:1:1 path-collision"],
    ),
    "aliases that no static page answers": (
        {f"{N}/a.md": notice(51, '旧址: ["https://old.example.gov.cn/1", "show.asp?id=1", ""]')},
        [
            f"{N}/a.md:7:6 front-matter",
            f"{N}/a.md:7:38 front-matter",
            f"{N}/a.md:7:55 front-matter",
            f"{N}/a.md:7:55 path-collision",
        ],
    ),
    "case-only differences": (
        {f"{N}/A.md": notice(51), f"{N}/a.md": notice(52)},
        [f"{N}/A.md:1:1 path-collision", f"{N}/a.md:1:1 path-collision"],
    ),
    "NFD and NFC": (
        {f"{N}/{NFD}.md": notice(51), f"{N}/é办.md": notice(52)},
        [f"{N}/{NFD}.md:1:1 path-collision", f"{N}/é办.md:1:1 path-collision"],
    ),
    "link in another Unicode form": (
        {f"{N}/{NFD}.md": notice(51), f"{N}/a.md": notice(52, body="见[甲](é办.md)。")},
        [f"{N}/a.md:9:2 broken-page"],
    ),
    "names with spaces, brackets and emoji": (
        {
            f"{N}/a b.md": notice(51),
            f"{N}/a[1](2).md": notice(52, body="见[甲](a%20b.md)、[乙](<a b.md>)、[丙](😀.md)。"),
            f"{N}/😀.md": notice(53, "附件: [{文件: 100%#1 ?.csv, 名称: 甲}]"),
            f"{N}/100%#1 ?.csv": "甲,乙\n",
        },
        [],
    ),
    "long name": (
        {f"{N}/{'长' * 81}.md": notice(51)},
        [f"{N}/{'长' * 81}.md:1:1 unsafe-file"],
    ),
    "other suffixes": (
        {f"{N}/a.MD": notice(51), f"{N}/b.markdown": notice(52)},
        [f"{N}/a.MD:1:1 unsafe-file", f"{N}/b.markdown:1:1 unsafe-file"],
    ),
    "backslash in a name": (
        {f"{N}/a\\b.md": notice(51)},
        [f"{N}/a\\b.md:1:1 unsafe-file"],
    ),
    "lists in each other": (
        {f"{N}/a.md": notice(51, body="\n".join(f"{'    ' * depth}- 甲" for depth in range(400)))},
        [f"{N}/a.md:9:1 unsafe-file"],
    ),
    "braces everywhere": (
        {
            f"{N}/a.md": notice(
                51,
                '标题: "{x} {0} %s"',
                "专题: ['{y}']",
                body="[{a}]({b}.md) [[{c}]] ![{d}]({e}.png)",
            )
        },
        [
            f"{N}/a.md:7:6 front-matter",
            f"{N}/a.md:10:1 broken-page",
            f"{N}/a.md:10:15 broken-reference",
            f"{N}/a.md:10:23 broken-file",
        ],
    ),
    "template with a syntax error": (
        {"templates/topic.html": "<p>\n{% for x in y %}\n"},
        ["templates/topic.html:2 broken-template"],
    ),
    "template with a missing include": (
        {"templates/topic.html": "<p>\n\n{% include 'none.html' %}\n"},
        ["templates/topic.html:3 broken-template"],
    ),
    "template with an undefined variable": (
        {"templates/topic.html": "{{ none.at.all }}\n"},
        ["templates/topic.html:1 broken-template"],
    ),
    "template that extends itself": (
        {"templates/topic.html": "{% extends 'topic.html' %}\n"},
        ["templates/topic.html:1 broken-template"],
    ),
    "template in GBK": (
        {"templates/topic.html": "<p>\n专题</p>\n".encode("gbk")},
        ["templates/topic.html:2 broken-template"],
    ),
    "register in GBK": (
        {"register.tsv": "公开.html\t1\n".encode("gbk")},
        ["register.tsv:1:1 unsafe-file"],
    ),
}


def _found(site: Path) -> list[str]:
    said = on(site, "check", "--format", "json", "--select", ",".join(JUDGED))
    assert (said.code, said.err) == (1, "")
    as_text = on(site, "check", "--select", ",".join(JUDGED))
    assert (as_text.code, as_text.err) == (1, "")
    for finding in said.json["findings"]:
        assert all((finding["message"], finding["hint"])), finding
    return said.places


@pytest.mark.parametrize("name", FILES)
def test_bad_files(name: str, tmp_path: Path) -> None:
    files, expected = FILES[name]
    witness = {WITNESS: notice(99, body="见[甲](none.md)。")}
    site = write_site(tmp_path, {**GOOD_SITE, **witness, **files})
    assert sorted(_found(site)) == sorted([*expected, SEEN])


def _link(path: str, target: str) -> Callable[[Path], None]:
    return lambda site: (site / path).symlink_to(target)


def _name(name: bytes) -> Callable[[Path], None]:
    return lambda site: Path(os.fsdecode(os.fsencode(site / N) + b"/" + name)).touch()


MADE: dict[str, tuple[Callable[[Path], None], str]] = {
    "symbolic link that leaves the site": (_link(f"{N}/a.txt", "/etc/passwd"), f"{N}/a.txt"),
    "symbolic link to settings": (_link(f"{N}/a.yaml", "../../../../site.yaml"), f"{N}/a.yaml"),
    "symbolic link to a folder outside": (_link(f"{N}/a", "/etc"), f"{N}/a"),
    "symbolic link in a circle": (_link(f"{N}/a", "."), f"{N}/a"),
    "symbolic link to itself": (_link(f"{N}/a", "a"), f"{N}/a"),
    "symbolic link to nothing": (_link(f"{N}/a.pdf", "none.pdf"), f"{N}/a.pdf"),
    "source under another suffix": (_link(f"{N}/a.txt", "fees.md"), f"{N}/a.txt"),
    "pipe": (lambda site: os.mkfifo(site / f"{N}/a.md"), f"{N}/a.md"),
    "name in GBK": (_name("公开.md".encode("gbk")), f"{N}/????.md"),
    "name with a line break": (_name(b"a\nb.pdf"), f"{N}/a?b.pdf"),
    "template outside": (_link("templates/a.html", "/etc/passwd"), "templates/a.html"),
    "style sheet outside": (
        _link("templates/static/a.css", "/etc/passwd"),
        "templates/static/a.css",
    ),
}


@pytest.mark.parametrize("name", MADE)
def test_bad_entries_of_folders(name: str, tmp_path: Path) -> None:
    make, path = MADE[name]
    witness = {WITNESS: notice(99, body="见[甲](none.md)。"), "templates/static/b.css": ""}
    site = write_site(tmp_path / "site", {**GOOD_SITE, **witness})
    make(site)
    assert sorted(_found(site)) == sorted([f"{path}:1:1 unsafe-file", SEEN])
    said = on(site, "build", "--ignore", "unsafe-file,broken-page", "--out", tmp_path / "public")
    assert said.code == 0
    name = path.removeprefix("content/").removeprefix("templates/")
    assert not (tmp_path / "public" / name).exists()


def test_a_symbolic_link_inside_the_site_is_a_file(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {**GOOD_SITE, f"{N}/a.csv": "甲\n"})
    (site / f"{N}/b.csv").symlink_to("a.csv")
    assert on(site, "build", "--out", tmp_path / "public").code == 0
    assert (tmp_path / "public/statutory/notice/2026/b.csv").read_text() == "甲\n"


SETTINGS_MISTAKES: dict[str, tuple[str | bytes | None, list[str]]] = {
    "missing": (None, ["里没有 site.yaml。进入站点文件夹，或用 --site 指明"]),
    "empty": (
        "",
        [
            "site.yaml:1:1: 缺少“organ”，补上“organ: …”",
            "site.yaml:1:1: 缺少“base_url”，补上“base_url: …”",
        ],
    ),
    "GBK": (SETTINGS.encode("gbk"), ["site.yaml 不是 UTF-8 编码。在编辑器里另存为 UTF-8 编码"]),
    "open quote": (
        'organ: {name: "甲}\nbase_url: https://www.example.gov.cn/\n',
        ["site.yaml:1:15: 引号没有配对，在值的末尾补上同样的引号"],
    ),
    "open bracket": (
        "organ: {name: 甲\nbase_url: https://www.example.gov.cn/\n",
        ["site.yaml:1:8: 花括号没有配对，或里面的写法不对，补上“}”；各项之间用半角逗号"],
    ),
    "unknown keys": (
        SETTINGS + "skinn: full\norgan2: {}\n",
        [
            "site.yaml:17:1: 未知的键“skinn”，是不是“skin”？",
            "site.yaml:18:1: 未知的键“organ2”，是不是“organ”？",
        ],
    ),
    "twice": (
        SETTINGS + "skin: full\nskin: simple\n",
        ["site.yaml:18:1: “skin”写了两次，保留一个，删去另一个"],
    ),
    "bomb": (
        SETTINGS + _BOMB[: _BOMB.index("a1")],
        ["site.yaml:17:5: 不支持 YAML 的锚点和别名（& 和 *），把内容直接写出来，或用引号括起来"],
    ),
    "wrong values": (
        SETTINGS + "skin: dark\npage_size: 0\nlanguage: fr\nworkdays: {明年: {}}\n",
        [
            "site.yaml:17:1: “skin”不能是“dark”，写下列之一：full、simple",
            "site.yaml:18:1: “page_size”太小：0，写不小于 1 的数",
            "site.yaml:19:1: “language”不能是“fr”，写下列之一：zh、en",
            "site.yaml:20:12: “明年”应当是整数：明年，只写阿拉伯数字",
        ],
    ),
    "unknown rule": (
        SETTINGS + "rules: {broken-pages: warning}\n",
        ["site.yaml:17:9: 没有名为“broken-pages”的规则，是不是“broken-page”？"],
    ),
    "unknown rule in a waiver": (
        SETTINGS + "waivers:\n  - {rule: zzz, reason: 甲, by: 乙, until: 2027-01-01}\n",
        ["site.yaml:18:6: 没有名为“zzz”的规则"],
    ),
    "bad address": (
        SETTINGS.replace("https://www.example.gov.cn/zwgk/", "http://["),
        [
            "site.yaml:11:1: base_url 不是完整的网址：http://[，"
            "写成 https://www.example.gov.cn/zwgk/ 的样子"
        ],
    ),
}


@pytest.mark.parametrize("name", SETTINGS_MISTAKES)
def test_bad_settings_stop_the_run(name: str, tmp_path: Path) -> None:
    text, sentences = SETTINGS_MISTAKES[name]
    site = write_site(tmp_path / "site", GOOD_SITE)
    (site / "site.yaml").unlink()
    if text is not None:
        write_site(site, {"site.yaml": text})
    said = on(site, "build", "--out", tmp_path / "public")
    assert (said.code, said.out, (tmp_path / "public").exists()) == (2, "", False)
    chinese, english = said.err.splitlines()[::2], said.err.splitlines()[1::2]
    assert [
        line.removeprefix("gongkai: ").removeprefix(str(site)).strip() for line in chinese
    ] == sentences
    assert len(english) == len(chinese)
    for line in english:
        assert not re.search("[一-龥]", re.sub("“[^”]*”|: 明年", "", line)), line


def test_settings_of_50_mb(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"site.yaml": SETTINGS + "#" * 50_000_000})
    said = on(site, "check")
    assert (said.code, said.err.splitlines()[0]) == (
        2,
        f"gongkai: 无法读取 {site / 'site.yaml'}：File too large",
    )


def test_columns_named_with_nothing_below_them(tmp_path: Path) -> None:
    """`faq:` alone is a column, not the absence of one."""
    named = "".join(
        f"      {name}:\n"
        for name in "policy interpretation work-points consultation faq event notice".split()
    )
    columns = f"columns:\n  guide:\n  institution:\n  statutory:\n    children:\n{named}  annual-report:\n"
    site = write_site(tmp_path, {**GOOD_SITE, "site.yaml": SETTINGS + columns})
    assert on(site, "check", "--format", "json").places == []


def test_no_traceback_of_a_process_of_its_own(tmp_path: Path) -> None:
    every = {
        path.replace(f"{N}/", f"{N}/{number}/"): text
        for number, (files, _) in enumerate(FILES.values())
        for path, text in files.items()
    }
    site = write_site(tmp_path, every)
    said = program("check", "--site", site, "--today", TODAY.isoformat())
    assert (said.code, "Traceback" in said.err + said.out) == (2, False)
    write_site(site, {"site.yaml": SETTINGS})
    said = program("check", "--site", site, "--today", TODAY.isoformat())
    assert (said.code, said.err) == (1, "")
    assert "Traceback" not in said.out
