"""Loading (读取): bytes → sources with the line and column of every field; nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.load import read_site, yaml_text
from generator.load.source import read
from generator.model import Asset, Source
from tests.sites import SETTINGS, write_site

HEAD = "title: 甲\npublished: 2024-01-01"


def _read(text: str | bytes) -> tuple[Source, list[str]]:
    """The source, and its findings as `line:column problem`."""
    source, findings = read("content/x.md", text.encode() if isinstance(text, str) else text)
    for finding in findings:
        assert (finding.rule, finding.place.path) == ("front-matter", "content/x.md")
        assert finding.message.en.isascii() or "“" in finding.message.en
    return source, [
        f"{one.place.line}:{one.place.column} {one.message.zh.removeprefix('文件头有误：')}"
        for one in findings
    ]


def test_fields_stay_the_text_that_was_written() -> None:
    source, findings = _read(
        "---\n"
        "title: 关于“三同步”的通知\n"
        "index_number: 00701445\n"
        "period: 12:30\n"
        "published: 2024-05-16\n"
        "draft: no\n"
        "year: 0x7E8\n"
        "summary: ~\n"
        "review: {on: 2024-05-15}\n"
        "keywords: [1.0, yes, null]\n"
        "---\n"
    )
    assert findings == []
    assert source.fields == {
        "title": "关于“三同步”的通知",
        "index_number": "00701445",
        "period": "12:30",
        "published": "2024-05-16",
        "draft": "no",
        "year": "0x7E8",
        "review": {"on": "2024-05-15"},
        "keywords": ["1.0", "yes", ""],
    }


def test_chinese_keys_are_english_ones() -> None:
    source, findings = _read(
        "---\n标题: 甲\n审核: {拟稿人: 乙, 审核日期: 2024-01-01}\n任务:\n  - {任务: 丙, 时限: 丁}\n"
        "年报数据: {表二: {规章: {本年制发件数: 0}}}\n---\n"
    )
    assert findings == []
    assert source.fields == {
        "title": "甲",
        "review": {"drafter": "乙", "on": "2024-01-01"},
        "tasks": [{"task": "丙", "due": "丁"}],
        "report": {"table2": {"rules": {"made": "0"}}},
    }


def test_positions_of_keys_and_values() -> None:
    source, _ = _read(
        "---\n\n标题:   甲\n审核:\n  拟稿人: 乙\n关键词:\n  - 丙\n  - 丁\n---\n\n正文\n"
    )
    assert dict(source.keys) == {
        ("title",): (3, 1),
        ("review",): (4, 1),
        ("review", "drafter"): (5, 3),
        ("keywords",): (6, 1),
    }
    assert dict(source.values) == {
        ("title",): (3, 7),
        ("review",): (5, 3),
        ("review", "drafter"): (5, 8),
        ("keywords",): (7, 3),
        ("keywords", 0): (7, 5),
        ("keywords", 1): (8, 5),
    }
    assert (source.body, source.body_line) == ("\n\n正文\n", 9)
    assert source.place("review", "publisher").line == 5
    assert source.place("summary").line == 1


MISTAKES: dict[str, tuple[str, list[str], Mapping[str, object], str]] = {
    "empty": ("", ["1:1 文件是空的"], {}, ""),
    "no front matter": ("正文\n", ["1:1 没有文件头"], {}, "正文\n"),
    "json": ('{"title": "甲"}\n', ["1:1 没有文件头"], {}, '{"title": "甲"}\n'),
    "dashes of Word": (
        "———\ntitle: 甲\n———\n",
        ["1:1 第一行不是三个半角减号"],
        {},
        "———\ntitle: 甲\n———\n",
    ),
    "full-width hyphens": (
        "－－－\ntitle: 甲\n－－－\n",
        ["1:1 第一行不是三个半角减号"],
        {},
        "－－－\ntitle: 甲\n－－－\n",
    ),
    "nothing but a boundary": ("---", ["1:1 文件头没有结束的“---”"], {}, ""),
    "never closed": (
        "---\ntitle: 甲\n\n正文\n",
        ["1:1 文件头没有结束的“---”"],
        {"title": "甲"},
        "正文\n",
    ),
    "closed by dashes of Word": (
        "---\ntitle: 甲\n———\n\n正文\n",
        ["3:1 文件头的结束行不是三个半角减号"],
        {"title": "甲"},
        "\n正文\n",
    ),
    "closed by two hyphens, with a blank behind": (
        "---\ntitle: 甲\n-- \n正文\n\n第二段\n",
        ["3:1 文件头的结束行不是三个半角减号"],
        {"title": "甲"},
        "正文\n\n第二段\n",
    ),
    "closed by a rule in the text": (
        "---\ntitle: 甲\n\n各单位注意：\n\n正文第一段。\n\n---\n\n正文第二段。\n",
        ["1:1 文件头没有结束的“---”"],
        {"title": "甲"},
        "各单位注意：\n\n正文第一段。\n\n---\n\n正文第二段。\n",
    ),
    "open quote": (
        f'---\nsummary: "甲\n{HEAD}\n---\n正文',
        ["2:10 引号没有配对"],
        {"title": "甲", "published": "2024-01-01"},
        "\n正文",
    ),
    "quote closed too early": (
        f'---\nsummary: "甲"乙\n{HEAD}\n---\n',
        ["2:13 写法不对，无法读取"],
        {"title": "甲", "published": "2024-01-01"},
        "\n",
    ),
    "colon in a value": (
        "---\ntitle: a: b\nkind: policy\n---\n",
        ["2:9 值里面又出现了“: ”"],
        {"kind": "policy"},
        "\n",
    ),
    "full-width colon": (
        "---\n标题：甲\n发布日期: 2024-01-01\n---\n",
        ["2:3 “标题”后面是全角冒号"],
        {"published": "2024-01-01"},
        "\n",
    ),
    "no space behind the colon": (
        "---\ntitle:甲\nkind: policy\n---\n",
        ["2:1 这里应当是“键: 值”的形式"],
        {"kind": "policy"},
        "\n",
    ),
    "no colon at all": (
        f"---\n通知\n{HEAD}\n---\n",
        ["2:1 这里应当是“键: 值”的形式"],
        {"title": "甲", "published": "2024-01-01"},
        "\n",
    ),
    "open bracket": (
        f"---\nkeywords: [甲, 乙\n{HEAD}\n---\n",
        ["2:11 方括号没有配对，或里面的写法不对"],
        {"title": "甲", "published": "2024-01-01"},
        "\n",
    ),
    "open brace": (
        f"---\nreview: {{drafter: 甲\n{HEAD}\n---\n",
        ["2:9 花括号没有配对，或里面的写法不对"],
        {"title": "甲", "published": "2024-01-01"},
        "\n",
    ),
    "tab": (
        f"---\n{HEAD}\nreview:\n\tdrafter: 甲\n---\n",
        ["5:1 缩进里有制表符（Tab）"],
        {"title": "甲", "published": "2024-01-01"},
        "\n",
    ),
    "key twice": (
        "---\ntitle: 甲\n标题: 乙\n---\n",
        ["3:1 “标题”写了两次"],
        {"title": "甲"},
        "\n",
    ),
    "sign at the beginning": (
        "---\ntitle: @甲\nkind: policy\n---\n",
        ["2:8 值以特殊符号开头"],
        {"kind": "policy"},
        "\n",
    ),
    "tag": (
        "---\ntitle: !重要 通知\nkind: policy\n---\n",
        ["2:9 值以感叹号开头，YAML 把它当作标签"],
        {"kind": "policy"},
        "\n",
    ),
    "tag of Python": (
        "---\ntitle: !!python/object/apply:os.system [ls]\nkind: policy\n---\n",
        ["2:8 值以感叹号开头，YAML 把它当作标签"],
        {"kind": "policy"},
        "\n",
    ),
    "Windows path": (
        '---\ntitle: "C:\\Users"\nkind: policy\n---\n',
        ["2:13 双引号里有反斜杠"],
        {"kind": "policy"},
        "\n",
    ),
    "anchor and alias": (
        "---\nsource: &a 甲\ntitle: *a\nkind: policy\n---\n",
        [
            "2:9 不支持 YAML 的锚点和别名（& 和 *）",
            "3:8 不支持 YAML 的锚点和别名（& 和 *）",
        ],
        {"kind": "policy"},
        "\n",
    ),
    "merge key": (
        "---\nreview: {<<: *a}\nkind: policy\n---\n",
        ["2:14 不支持 YAML 的锚点和别名（& 和 *）"],
        {"kind": "policy"},
        "\n",
    ),
    "end of a YAML document": (
        "---\ntitle: 甲\n...\nkind: policy\n---\n",
        ["3:1 “...”使它后面的内容读不到"],
        {"kind": "policy"},
        "\n",
    ),
    "list as a key": (
        "---\n? [甲]\n: 乙\nkind: policy\n---\n",
        ["2:3 键必须是文字"],
        {"kind": "policy"},
        "\n",
    ),
    "list at the top": ("---\n- 甲\n---\n", ["2:1 这里应当是“键: 值”的形式"], {}, "\n"),
    "zero byte": (
        "---\nsummary: 甲乙丙丁\ntitle: 甲\0乙\n---\n",
        ["3:9 这里有看不见的控制字符"],
        {"summary": "甲乙丙丁"},
        "\n",
    ),
    "zero byte, escaped": (
        '---\nkind: policy\ntitle: "甲\\0乙"\n---\n',
        ["3:8 这里有看不见的控制字符"],
        {"kind": "policy"},
        "\n",
    ),
    "byte order mark in the middle": (
        "---\nkind: policy\ntitle: 甲\ufeff乙\n---\n",
        ["3:8 这里有看不见的控制字符"],
        {"kind": "policy"},
        "\n",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_broken_front_matter(name: str) -> None:
    """Each mistake is said at its place, and what is not wrong is kept."""
    text, said, fields, body = MISTAKES[name]
    source, findings = _read(text)
    assert (findings, dict(source.fields), source.body) == (said, fields, body)


def test_a_field_that_cannot_be_read_is_there_but_has_no_value() -> None:
    source, _ = _read('---\nkind: policy\ntitle: "甲\n---\n')
    assert (dict(source.keys), dict(source.values)) == (
        {("kind",): (2, 1), ("title",): (3, 1)},
        {("kind",): (2, 7)},
    )


def test_every_mistake_at_once() -> None:
    _, findings = _read(
        '---\ntitle: "甲\nkeywords: [乙\n摘要：丙\nsource: d: e\nissuer: &f 己\nkind: policy\n---\n'
    )
    assert [finding.split()[0] for finding in findings] == ["2:8", "3:11", "4:3", "5:10", "6:9"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: 甲\n---\n正文", 2),
        ("\n \n---\ntitle: 甲\n---\n正文", 4),
        ("---\n\n\ntitle: 甲\n\n---\n正文", 4),
        ("--- \t\ntitle: 甲\n---\u3000\n正文", 2),
        ("-----\ntitle: 甲\n-----\n正文", 2),
        ("---\r\ntitle: 甲\r\n---\r\n正文", 2),
        ("---\rtitle: 甲\r---\r正文", 2),
        ("\ufeff---\ntitle: 甲\n---\n正文", 2),
        ("\ufeff\ufeff---\ntitle: 甲\n---\n正文", 2),
    ],
)
def test_harmless_differences(text: str, line: int) -> None:
    source, findings = _read(text)
    assert (findings, dict(source.fields), source.body) == ([], {"title": "甲"}, "\n正文")
    assert source.values["title",] == (line, 8)


def test_signs_that_end_a_line_only_for_yaml() -> None:
    source, findings = _read("---\ntitle: 甲\u2028乙\nsource: 丙\x85丁\nkind: policy\n---\n")
    assert findings == []
    assert source.fields == {"title": "甲 乙", "source": "丙 丁", "kind": "policy"}
    assert source.values["kind",] == (4, 7)


TEXT = "---\n标题: 公开文件\n---\n\n正文的内容\n"


@pytest.mark.parametrize(
    ("raw", "said", "title"),
    [
        (TEXT.encode(), [], "公开文件"),
        (TEXT.encode("utf-8-sig"), [], "公开文件"),
        (TEXT.encode("gbk"), ["2:1 文件不是 UTF-8 编码（GBK/GB18030）"], "公开文件"),
        (
            TEXT.replace("公开", "㐀𠮷").encode("gb18030"),
            ["2:1 文件不是 UTF-8 编码（GBK/GB18030）"],
            "㐀𠮷文件",
        ),
        (TEXT.encode("utf-16"), ["1:1 文件不是 UTF-8 编码（UTF-16）"], "公开文件"),
        (TEXT.encode("utf-16-le"), ["1:1 文件不是 UTF-8 编码（UTF-16）"], "公开文件"),
        (TEXT.encode("utf-16-be"), ["1:1 文件不是 UTF-8 编码（UTF-16）"], "公开文件"),
        (TEXT.encode()[:-2], ["5:5 文件里有 UTF-8 读不出的字节"], "公开文件"),
        (
            TEXT.replace("\n", "\r\n").encode()[:-3],
            ["5:5 文件里有 UTF-8 读不出的字节"],
            "公开文件",
        ),
        (b"---\ntitle: a\n---\n\xff\xfe\x80", ["4:1 文件里有 UTF-8 读不出的字节"], "a"),
    ],
)
def test_encodings(raw: bytes, said: list[str], title: str) -> None:
    """The encoding is guessed, so that the rest is checked all the same."""
    source, findings = _read(raw)
    assert (findings, source.fields.get("title")) == (said, title)


def test_front_matter_without_end_is_cut_off() -> None:
    source, findings = _read(f"---\nsummary: {'甲' * 300_000}\n---\n正文")
    assert (findings, source.readable) == (["1:1 文件头太长"], False)


def test_deep_yaml_is_refused_where_it_gets_too_deep() -> None:
    tree = yaml_text.read("a:\n  " + "{b: " * 50 + "1" + "}" * 50)
    assert [(one.line, one.column, one.problem.zh) for one in tree.troubles] == [
        (2, 47, "这一项嵌套得太深")
    ]
    assert tree.broken == {"a"}


def test_a_site_folder(tmp_path: Path) -> None:
    site = write_site(
        tmp_path,
        {
            "site.yaml": SETTINGS,
            "content/b.md": TEXT,
            "content/a/b.md": TEXT,
            "content/a/c.pdf": b"%PDF-1.7\n" + b"0" * 5000,
            "content/a/.hidden.md": "",
            "content/.git/config": "",
            "content/a/~$b.docx": "",
            "content/a/Thumbs.db": "",
            "content/a/c.md~": "",
            "content/a/c.md.bak": "",
            "content/a/c.MD.orig": "",
            "content/a/#c.md#": "",
            "content/a/c.md.swp": "",
            "content/__MACOSX/x.md": "",
            "templates/document.html": "<p>",
            "templates/static/style.css": "p {}",
            "templates/.swp": "",
            "register.tsv": "# 地址\t索引号\na/b.html\t1/2024-00001\nold.html\n",
            "other/notes.md": "",
        },
    )
    loaded = read_site(site)
    assert [source.path for source in loaded.sources] == ["content/a/b.md", "content/b.md"]
    assert loaded.assets == (
        Asset("content/a/c.pdf", "a/c.pdf", 5009, (b"%PDF-1.7\n" + b"0" * 5000)[:4096]),
    )
    assert loaded.templates.own == {"document.html"}
    assert loaded.templates.texts["document.html"] == "<p>"
    assert "base.html" in loaded.templates.texts
    assert loaded.templates.static["static/style.css"] == b"p {}"
    assert loaded.register == (("", ""), ("a/b.html", "1/2024-00001"), ("old.html", ""))
    assert loaded.findings == ()


def test_folders_too_deep(tmp_path: Path) -> None:
    deep = "/".join(["content", *"x" * 1200])
    (tmp_path / "site.yaml").write_text(SETTINGS)
    folder = tmp_path
    for part in deep.split("/")[:40]:
        folder /= part
        folder.mkdir()
    (folder / "a.md").write_text(TEXT)
    loaded = read_site(tmp_path)
    assert [(one.rule, one.place.path.count("/")) for one in loaded.findings] == [
        ("unsafe-file", 30)
    ]


def test_a_file_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    site = write_site(tmp_path, {"site.yaml": SETTINGS, "content/b.md": TEXT})
    # A folder that says it is a file: reading it fails for root too.
    (site / "content" / "a.md").mkdir()
    (site / "content" / "a.md" / "c.md").write_text(TEXT)
    loaded = read_site(site)
    assert [source.path for source in loaded.sources] == ["content/a.md/c.md", "content/b.md"]
