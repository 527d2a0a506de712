"""The command line (命令行): exit codes, options, forms of the report, one clear sentence for every trouble."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator import __version__
from generator.domain.kinds import Kind
from generator.rules import BY_NAME, NAMES
from tests.command import files_below, gongkai, on, program
from tests.documents import NOTICES, notice
from tests.sites import GOOD_SITE, SETTINGS, TODAY, write_site

REPOSITORY = Path(__file__).parents[1]
BROKEN = f"{NOTICES}/broken.md"
PLAIN = f"{NOTICES}/plain.md"
# An error and a warning, each in a document of its own.
BAD_SITE = {
    **GOOD_SITE,
    BROKEN: notice(51, body="见[甲](none.md)。"),
    PLAIN: notice(52, "索引号: 52-2026", body="办事指引贴在大厅入口。"),
}
ERROR = f"{BROKEN}:9:2 broken-page"
WARNING = f"{PLAIN}:3:6 index-number-format"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write_site(tmp_path / "good", GOOD_SITE)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return write_site(tmp_path / "bad", BAD_SITE)


@pytest.fixture
def warned(tmp_path: Path) -> Path:
    return write_site(tmp_path / "warned", {**GOOD_SITE, PLAIN: BAD_SITE[PLAIN]})


def test_exit_code_0_without_findings(good: Path) -> None:
    said = on(good, "check")
    assert (said.code, said.out, said.err) == (
        0,
        "检查了 15 个文件、12 个链接：0 个错误，0 个警告，0 个提示\n",
        "",
    )


def test_exit_code_1_with_errors(bad: Path) -> None:
    said = on(bad, "check", "--format", "json")
    assert (said.code, said.places, said.err) == (1, [ERROR, WARNING], "")


@pytest.mark.parametrize(
    ("command", "words", "code"),
    [
        ("check", [], 0),
        ("check", ["--fail-on", "error"], 0),
        ("check", ["--fail-on", "warning"], 1),
        ("build", [], 0),
        ("build", ["--fail-on", "warning"], 1),
        ("build", ["--strict"], 1),
        ("build", ["--strict", "--ignore", "index-number-format"], 0),
    ],
)
def test_the_limit(command: str, words: list[str], code: int, warned: Path) -> None:
    assert on(warned, command, *words).code == code
    assert (warned / "public").exists() == (command == "build" and code == 0)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        (["--select", "broken-page"], [ERROR]),
        (["--select", "index-number-format"], [WARNING]),
        (["--select", "broken-page,index-number-format"], [ERROR, WARNING]),
        (["--select", "broken-page", "--select", "index-number-format"], [ERROR, WARNING]),
        (["--ignore", "broken-page", "--ignore", "index-number-format"], []),
        (["--select", "broken-file"], []),
        (["--ignore", "broken-page"], [WARNING]),
        (["--ignore", "broken-page, index-number-format"], []),
        (["--select", "broken-page", "--ignore", "broken-page"], []),
    ],
)
def test_select_and_ignore(words: list[str], places: list[str], bad: Path) -> None:
    said = on(bad, "check", "--format", "json", *words)
    assert (said.places, said.code) == (places, int(ERROR in places))


def test_settings_change_severities(tmp_path: Path) -> None:
    rules = "rules: {broken-page: warning, index-number-format: off}\n"
    site = write_site(tmp_path, {**BAD_SITE, "site.yaml": SETTINGS + rules})
    said = on(site, "check", "--format", "json")
    assert (said.code, [(one["rule"], one["severity"]) for one in said.json["findings"]]) == (
        0,
        [("broken-page", "warning")],
    )


def test_waivers(tmp_path: Path) -> None:
    waivers = (
        "waivers:\n"
        f"  - {{rule: broken-page, path: {BROKEN}, target: none.md, reason: 甲, by: 乙, until: 2026-11-20}}\n"
        "  - {rule: index-number-format, reason: 甲, by: 乙, until: 2026-11-19}\n"
        "  - {rule: broken-file, reason: 甲, by: 乙, until: 2027-01-01}\n"
    )
    site = write_site(tmp_path, {**BAD_SITE, "site.yaml": SETTINGS + waivers})
    assert on(site, "check", "--format", "json").places == [
        WARNING,
        "site.yaml:19:5 expired-waiver",
        "site.yaml:20:5 unused-waiver",
    ]


def test_the_json_of_the_contract(bad: Path) -> None:
    """Section 4: these keys in this order, UTF-8, null where a key does not apply."""
    said = on(bad, "check", "--format", "json", "--select", "broken-page,missing-field")
    assert list(said.json) == ["tool", "version", "summary", "findings"]
    assert said.json["tool"] == "gongkai"
    assert said.json["version"] == __version__
    assert list(said.json["summary"].items()) == [
        ("error", 1),
        ("warning", 0),
        ("info", 0),
        ("documents", 17),
        ("links", 13),
    ]
    (finding,) = said.json["findings"]
    assert list(finding.items()) == [
        ("rule", "broken-page"),
        ("severity", "error"),
        ("path", BROKEN),
        ("line", 9),
        ("column", 2),
        ("target", "none.md"),
        ("text", "甲"),
        ("message", finding["message"]),
        ("hint", finding["hint"]),
        ("suggestion", None),
    ]
    assert "none.md" in finding["message"]
    assert "\\u" not in said.out


def test_findings_are_sorted_by_path_line_column_and_rule(tmp_path: Path) -> None:
    files = {
        f"{NOTICES}/{name}.md": notice(
            50 + number, "成文日期: 1", "摘要: 2", body="[a](x.md) [[b]]\n\n[c](y.md) ![](z.png)"
        )
        for number, name in enumerate("cab")
    }
    said = on(write_site(tmp_path, {**GOOD_SITE, **files}), "check", "--format", "json")
    order = [
        (one["path"], one["line"], one["column"] or 0, one["rule"]) for one in said.json["findings"]
    ]
    assert len(order) >= 18
    assert order == sorted(order)


def test_messages_in_english(bad: Path) -> None:
    zh, en = (on(bad, "check", "--format", "json", "--lang", lang) for lang in ("zh", "en"))
    assert zh.places == en.places
    assert re.search("[一-龥]", zh.json["findings"][0]["message"])
    assert not re.search("[一-龥]", en.json["findings"][0]["message"])
    last = on(bad, "check", "--lang", "en").out.splitlines()[-1]
    assert last == "17 documents, 13 links: 1 errors, 1 warnings, 0 infos"


def test_the_language_of_the_settings(tmp_path: Path) -> None:
    site = write_site(tmp_path, {**GOOD_SITE, "site.yaml": SETTINGS + "language: en\n"})
    assert on(site, "check").out == "15 documents, 12 links: 0 errors, 0 warnings, 0 infos\n"
    assert "检查了" in on(site, "check", "--lang", "zh").out


def test_github(bad: Path) -> None:
    lines = on(bad, "check", "--format", "github").out.splitlines()
    assert [line.split("::")[1] for line in lines] == [
        f"error file={BROKEN},line=9,col=2,title=broken-page",
        f"warning file={PLAIN},line=3,col=6,title=index-number-format",
    ]
    assert on(bad, "check", "--format", "github", "--select", "broken-file").out == ""


def test_sarif(bad: Path) -> None:
    log = on(bad, "check", "--format", "sarif").json
    (run,) = log["runs"]
    assert (log["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "gongkai")
    assert [
        (
            one["ruleId"],
            one["level"],
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            one["locations"][0]["physicalLocation"]["region"],
        )
        for one in run["results"]
    ] == [
        ("broken-page", "error", BROKEN, {"startLine": 9, "startColumn": 2}),
        ("index-number-format", "warning", PLAIN, {"startLine": 3, "startColumn": 6}),
    ]
    for one in run["results"]:
        assert run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"]


def test_junit(bad: Path) -> None:
    suite = ElementTree.fromstring(on(bad, "check", "--format", "junit").out)
    assert dict(suite.attrib) == {"name": "gongkai", "tests": "2", "failures": "1", "errors": "0"}
    assert [case.attrib["classname"] for case in suite] == ["broken-page", "index-number-format"]
    assert [case.find("failure") is not None for case in suite] == [True, False]


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_every_form_of_strange_names_and_texts(form: str, tmp_path: Path) -> None:
    strange = 'a,:b%c"<&>\u2028😀'
    files: dict[str, str | bytes] = {
        f"{NOTICES}/{strange}.md": notice(51, body=f"[{strange}](none{strange}.md) [[{strange}]]"),
        f"{NOTICES}/gbk.md": notice(52).encode("gbk"),
        f"{NOTICES}/b.md": notice(53, '摘要: "甲\\n乙\\x07"', "成文日期: |\n  甲\n  乙"),
        "templates/search.html": "{{ none }}",
    }
    site = write_site(tmp_path, {**GOOD_SITE, **files})
    said = on(site, "check", "--format", form)
    assert (said.code, said.err) == (1, "")
    if form in ("json", "sarif"):
        assert said.json
    elif form == "junit":
        assert len(ElementTree.fromstring(said.out)) >= 5
    elif form == "github":
        assert all(line.startswith("::") for line in said.out.strip().split("\n"))


def _git(folder: Path, *words: str) -> None:
    author = ["-c", "user.name=甲", "-c", "user.email=a@example.cn", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", folder, *author, *words], check=True, capture_output=True)


@pytest.mark.parametrize("below", ["", "sites/公开"])
def test_since(below: str, tmp_path: Path) -> None:
    """Changed, added (committed or not) and renamed documents; not those that were wrong before."""
    site = write_site(tmp_path / below, {**BAD_SITE, f"{NOTICES}/old.md": notice(53)})
    _git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "--quiet", "-m", "甲")
    assert on(site, "check", "--format", "json", "--since", "HEAD").places == []
    broken = {"body": "见[甲](none.md)。"}
    (site / NOTICES / "old.md").rename(site / NOTICES / "新 名.md")
    write_site(
        site,
        {
            f"{NOTICES}/新 名.md": notice(53, **broken),
            f"{NOTICES}/untracked.md": notice(54, **broken),
            f"{NOTICES}/fees.md": notice(10, **broken),
        },
    )
    found = sorted(
        f"{NOTICES}/{name}.md:9:2 broken-page" for name in ("fees", "untracked", "新 名")
    )
    assert (
        on(site, "check", "--format", "json", "--since", "HEAD", "--select", "broken-page").places
        == found
    )
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "--quiet", "-m", "乙")
    said = on(site, "check", "--format", "json", "--since", "HEAD~1", "--select", "broken-page")
    assert (said.code, said.places) == (1, found)
    said = on(site, "check", "--format", "json", "--since", "HEAD")
    assert (said.code, said.places) == (0, [])


def test_build_writes_to_the_folder_named(good: Path, tmp_path: Path) -> None:
    assert on(good, "build").code == 0
    assert (
        on(good, "build", "--out", tmp_path / "x", "--base-url", "https://open.example.cn/a").code
        == 0
    )
    assert files_below(good / "public").keys() == files_below(tmp_path / "x").keys()
    assert "https://open.example.cn/a/sitemap.xml" in (tmp_path / "x/robots.txt").read_text()


def test_drafts_are_built_only_for_previews(tmp_path: Path) -> None:
    site = write_site(
        tmp_path / "site",
        {
            **GOOD_SITE,
            f"{NOTICES}/draft.md": notice(51, "草稿: 是"),
            f"{NOTICES}/future.md": notice(52, "发布日期: 2027-01-04"),
            f"{NOTICES}/closed.md": notice(53, "公开属性: 不予公开"),
        },
    )
    shown = {}
    for words in ([], ["--drafts"]):
        out = tmp_path / f"out{len(words)}"
        assert on(site, "build", "--out", out, *words).code == 0
        shown[len(words)] = {path.stem for path in (out / "statutory/notice/2026").iterdir()}
    assert shown[1] - shown[0] == {"draft", "future"}


def test_the_site_is_found_upward(good: Path) -> None:
    said = program("check", "--today", TODAY.isoformat(), folder=good / "content" / "guide")
    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--site", "none"],
        ["check", "--site", "file"],
        ["check", "--today", "2026-02-30"],
        ["check", "--today", "today"],
        ["check", "--jobs", "0"],
        ["check", "--jobs", "many"],
        ["check", "--format", "xml"],
        ["check", "--fail-on", "info"],
        ["check", "--select", "broken-pages"],
        ["check", "--ignore", "none"],
        ["check", "--lang", "fr"],
        ["check", "--nonsense"],
        ["check", "more"],
        ["check", "--site", "good", "--since", "HEAD"],
        ["check", "--site", "good", "--since", "--output=x"],
        ["build", "--site", "good", "--base-url", "example"],
        ["build", "--site", "good", "--out", "file/x"],
        ["new", "none"],
        ["new"],
        ["rules", "none"],
        ["schema", "none"],
        ["import"],
        ["import", "none.txt"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_trouble_is_one_clear_sentence_and_exit_code_2(
    words: list[str], good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("甲")
    said = gongkai(*words)
    assert said.code == 2
    lines = said.err.splitlines()
    assert lines[0].startswith("gongkai: ")
    assert re.search("[一-龥]", lines[0])
    assert "Traceback" not in said.err
    assert "程序自身出错" not in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "good"]


def test_a_reader_who_goes_away_is_no_error_of_ours(bad: Path) -> None:
    words = f"python -m generator check --site '{bad}' --format json | head -c 1"
    done = subprocess.run(
        ["bash", "-c", words.replace("python", sys.executable, 1)],
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (b"{", b"")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gbk"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["ascii", "gbk", "posix"],
)
def test_the_report_is_utf8_whatever_the_terminal_says(
    environment: dict[str, str], bad: Path
) -> None:
    words: list[str | Path] = [
        "check",
        "--site",
        bad,
        "--today",
        TODAY.isoformat(),
        "--format",
        "json",
    ]
    assert program(*words, environment=environment).out == gongkai(*words).out
    assert "没有 site.yaml" in program("check", "--site", "/none", environment=environment).err


def test_rules_lists_every_rule_and_explains_one() -> None:
    lines = gongkai("rules").out.splitlines()
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert listed == list(BY_NAME)
    for name in BY_NAME:
        said = gongkai("rules", name)
        assert said.code == 0
        assert said.out.startswith(f"# {name}：")
    assert set(BY_NAME) <= NAMES


@pytest.mark.parametrize("kind", list(Kind))
def test_new_asks_only_for_what_an_editor_must_fill_in(kind: Kind, good: Path) -> None:
    before = files_below(good)
    said = on(good, "new", kind.value, "--year", "2020")
    assert (said.code, said.err) == (0, "")
    path = said.out.strip()
    assert set(files_below(good)) - set(before) == {path}
    again = on(good, "new", kind.value, "--to", good / path)
    assert (again.code, "没有覆盖" in again.err) == (2, True)
    found = [
        one for one in on(good, "check", "--format", "json").json["findings"] if one["path"] == path
    ]
    assert {one["rule"] for one in found} <= {
        "missing-field",
        "front-matter",
        "misfiled-kind",
    } | TO_FILL_IN
    assert "missing-field" in {one["rule"] for one in found}
    assert [one for one in found if one["rule"] == "front-matter"] == []


# What a skeleton may still lack: words and dates that only its editor knows.
TO_FILL_IN = {
    "late-publication",
    "task-incomplete",
    "guide-fields",
    "unreviewed",
    "thin-interpretation",
    "missing-interpretation",
    "report-text",
    "report-overdue",
    "late-work-points",
    "unreported-work-points",
}


def test_new_takes_a_kind_in_chinese_and_the_next_index_number(good: Path) -> None:
    first = on(good, "new", "政策解读", "--title", '关于"甲: 乙"的解读').out.strip()
    second = on(good, "new", "interpretation").out.strip()
    assert (first, second) == (
        "content/statutory/interpretation/2026/00012.md",
        "content/statutory/interpretation/2026/00013.md",
    )
    text = (good / first).read_text()
    assert "索引号: 000014349/2026-00012\n" in text
    assert '标题: "关于\\"甲: 乙\\"的解读"\n' in text


def _schema(part: str) -> Draft202012Validator:
    schema = json.loads(gongkai("schema", part).out)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


class _Yaml12(yaml.SafeLoader):
    """YAML as editors' language servers read it: dates and `on` are text, numbers are numbers."""


_Yaml12.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(("timestamp", "bool"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def _yaml(path: Path) -> Any:
    text = path.read_text()
    return yaml.load(text.split("---\n")[1] if path.suffix == ".md" else text, _Yaml12)  # noqa: S506


def test_the_schema_accepts_the_demonstration_site_and_the_good_one(good: Path) -> None:
    validator = _schema("front-matter")
    wrong = [
        f"{path}: {error.json_path}: {error.message[:100]}"
        for folder in (REPOSITORY, good)
        for path in sorted((folder / "content").rglob("*.md"))
        for error in validator.iter_errors(_yaml(path))
    ]
    assert wrong == []
    validator = _schema("site")
    for folder in (REPOSITORY, good):
        assert [error.message for error in validator.iter_errors(_yaml(folder / "site.yaml"))] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"标题": "甲", "作者": "乙"},
        {"标题": ["甲"]},
        {"文种": "通知书"},
        {"公开属性": "公开"},
        {"附件": [{"名称": "甲"}]},
        {"法定事项": 16},
        {"发布日期": "明天"},
    ],
    ids=str,
)
def test_the_schema_refuses_what_check_refuses(fields: dict[str, Any]) -> None:
    assert list(_schema("front-matter").iter_errors(fields))


def test_import_writes_beside_nothing_it_would_overwrite(good: Path, tmp_path: Path) -> None:
    source = tmp_path / "通知.txt"
    source.write_text(
        "海川市数据与政务公开局关于清明节放假的通知\n\n各科室：\n\n4月4日至6日放假。\n\n2026年4月1日\n"
    )
    said = on(good, "import", source, "--to", tmp_path / "out")
    assert said.code == 0
    (path,) = (tmp_path / "out").iterdir()
    assert "4月4日至6日放假。" in path.read_text()
    again = on(good, "import", source, "--to", tmp_path / "out")
    assert (again.code, "没有覆盖" in again.err) == (2, True)


def test_the_version() -> None:
    assert gongkai("--version").out == f"gongkai, version {__version__}\n"


@pytest.mark.parametrize(
    "command", ["build", "check", "new", "import", "rules", "schema", "serve", "publish"]
)
def test_every_command_explains_itself(command: str) -> None:
    said = gongkai(command, "--help")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"Usage: gongkai {command} ")
    assert re.search("[一-龥]", said.out)


@pytest.mark.parametrize("words", [["schema"], ["rules"], ["rules", "broken-page"]])
def test_the_common_options_are_taken_by_every_command(words: list[str], good: Path) -> None:
    common = ("--site", good, "--today", "2026-11-20", "--lang", "zh", "--fail-on", "error")
    said = gongkai(*words, *common, "--jobs", "2")
    assert (said.code, said.out, said.err) == (0, gongkai(*words).out, "")
    assert gongkai(*words, "--today", "gestern").code == 2


def test_a_new_document_takes_the_common_options(good: Path) -> None:
    words = ("new", "notice", "--site", good, "--today", TODAY.isoformat(), "--lang", "en")
    assert gongkai(*words).out == "content/statutory/notice/2026/00012.md\n"


def test_links_takes_the_common_options(tmp_path: Path) -> None:
    page = '<html lang="zh-CN"><title>页</title><a href="none.html">甲办法</a>'
    folder = write_site(tmp_path / "html", {"index.html": page})
    assert gongkai("links", folder, "--site", tmp_path, "--today", "2026-11-20").code == 1
