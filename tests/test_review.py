"""`gongkai review`: what a reviewer is told about the changes since a revision."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.command import Said, gongkai, on
from tests.repositories import commit, git, repository
from tests.sites import GOOD_SITE, NOTICE, TODAY, write_site

NOTICES = "content/statutory/notice/2026"
FEES_FILE = f"{NOTICES}/fees.md"
POLICY_FILE = "content/statutory/policy/2026/data-sharing.md"
GUIDE_FILE = "content/guide/index.md"
HIDDEN = "海川市内部测算的底数"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The good site in a folder of a repository, all of it committed on main."""
    site = write_site(tmp_path / "repository" / "web" / "公开", GOOD_SITE)
    repository(tmp_path / "repository")
    return site


def edit(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{file} does not hold {old!r}"
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def reviewed(site: Path, *words: str) -> Said:
    return on(site, "review", "--since", "main", "--format", "json", *words)


def documents(said: Said) -> dict[str, Any]:
    return {change["path"]: change for change in said.json["documents"]}


def another(number: int, *changes: tuple[str, str]) -> str:
    """A further notice with an index number of its own."""
    text = NOTICE.replace("旧址: [old/jgsz.html]\n", "").replace("2026-00009", f"2026-{number:05}")
    for old, new in (("内设机构", "下属机构"), *changes):
        assert old in text
        text = text.replace(old, new)
    return text


def test_nothing_changed(site: Path) -> None:
    said = reviewed(site)
    assert (said.code, said.err) == (0, "")
    assert said.json["summary"] == {
        "added": 0,
        "changed": 0,
        "moved": 0,
        "withdrawn": 0,
        "removed": 0,
        "new_findings": {"error": 0, "warning": 0, "info": 0},
        "mended_findings": {"error": 0, "warning": 0, "info": 0},
        "broken_elsewhere": 0,
        "vanished": 0,
    }
    assert said.json["documents"] == []
    assert said.json["commit"] == git(site, "rev-parse", "main").strip()
    assert on(site, "review", "--since", "main").out.endswith(
        "没有文件改动\n没有新出现的错误和警告\n"
    )


def test_every_kind_of_change_with_its_columns(site: Path) -> None:
    write_site(site, {f"{NOTICES}/new.md": another(50, ("法定事项: 2", "专题: [open-data]"))})
    edit(site / POLICY_FILE, ("不同意共享的，应当说明理由", "不同意共享的，应当书面说明理由"))
    (site / FEES_FILE).rename(site / NOTICES / "charges.md")
    edit(
        site / f"{NOTICES}/departments.md",
        ("公开属性", "撤下: {日期: 2026-11-19, 原因: 机构改革}\n公开属性"),
    )
    (site / "content/statutory/faq/2026/data-sharing.md").unlink()
    git(site, "add", "--all", ".")
    said = reviewed(site)
    assert {path: change["change"] for path, change in documents(said).items()} == {
        f"{NOTICES}/charges.md": "moved",
        f"{NOTICES}/departments.md": "withdrawn",
        f"{NOTICES}/new.md": "added",
        POLICY_FILE: "changed",
        "content/statutory/faq/2026/data-sharing.md": "removed",
    }
    added = documents(said)[f"{NOTICES}/new.md"]
    assert added["before"] is None
    assert added["after"] == {
        "url": "statutory/notice/2026/new.html",
        "standing": "public",
        "kind": "其他公开信息",
        "column": "法定主动公开内容 › 其他主动公开",
        "also_in": [],
        "topics": ["公共数据开放"],
        "feeds": [
            "feed.xml",
            "statutory/feed.xml",
            "statutory/notice/feed.xml",
            "topics/open-data/feed.xml",
        ],
        "published": "2026-04-02",
    }
    withdrawn = documents(said)[f"{NOTICES}/departments.md"]
    assert (withdrawn["before"]["standing"], withdrawn["after"]["standing"]) == (
        "public",
        "withdrawn",
    )
    assert (withdrawn["after"]["feeds"], withdrawn["text"]) == ([], [])
    assert [(one["name"], one["before"], one["after"]) for one in withdrawn["fields"]] == [
        ("撤下 · 日期", None, "2026-11-19"),
        ("撤下 · 原因", None, "机构改革"),
    ]
    moved = documents(said)[f"{NOTICES}/charges.md"]
    assert (moved["old_path"], moved["fields"], moved["text"]) == (FEES_FILE, [], [])


def test_a_document_moved_to_another_column_and_rewritten_is_known_by_its_number(
    site: Path,
) -> None:
    edit(site / FEES_FILE, ("本局没有行政事业性收费项目", "自明年起，本局不收任何费用"))
    target = site / "content/institution/charges.md"
    (site / FEES_FILE).rename(target)
    change = documents(reviewed(site))["content/institution/charges.md"]
    assert (change["change"], change["old_path"]) == ("moved", FEES_FILE)
    assert change["before"]["column"] == "法定主动公开内容 › 其他主动公开"
    assert change["after"]["column"] == "政府信息公开制度"


def test_words_cells_and_fields_before_and_after(site: Path) -> None:
    edit(
        site / POLICY_FILE,
        ("第三条 共享申请应当在5个工作日内办结", "第三条 共享申请应当在3个工作日内办结"),
        ("失效日期: 2031-10-31", "失效日期: 2029-10-31"),
    )
    edit(
        site / GUIDE_FILE,
        ("| 办公地址 | 海川市望潮区公开路1号 |", "| 办公地址 | 海川市望潮区公开路8号 |"),
    )
    found = documents(reviewed(site))
    policy = found[POLICY_FILE]
    assert [(one["name"], one["before"], one["after"]) for one in policy["fields"]] == [
        ("失效日期", "2031-10-31", "2029-10-31")
    ]
    assert [one["change"] for one in policy["text"] if "change" in one] == [
        "same",
        "changed",
        "same",
    ]
    changed = next(one for one in policy["text"] if one.get("change") == "changed")
    assert changed["words"] == [
        ["same", "第三条 共享申请应当在"],
        ["removed", "5"],
        ["added", "3"],
        ["same", "个工作日内办结，不同意共享的，应当说明理由。"],
    ]
    table = next(one for one in found[GUIDE_FILE]["text"] if one.get("sort") == "table")
    assert [[cell["change"] for cell in row["cells"]] for row in table["rows"]] == [
        ["same", "same"],
        ["same", "changed"],
    ]
    assert table["rows"][1]["cells"][1]["words"] == [
        ["same", "海川市望潮区公开路"],
        ["removed", "1"],
        ["added", "8"],
        ["same", "号"],
    ]
    assert table["rows_unchanged"] == 5


def test_a_link_that_leads_elsewhere_is_told_though_its_words_stayed(site: Path) -> None:
    path = "content/statutory/interpretation/2026/data-sharing.md"
    edit(site / path, ("data-sharing.md#第三条", "data-sharing.md#第二条"))
    assert documents(reviewed(site))[path]["links"] == [
        {
            "text": "办法第三条",
            "before": "《海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知》 "
            "statutory/policy/2026/data-sharing.html#第三条",
            "after": "《海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知》 "
            "statutory/policy/2026/data-sharing.html#第二条",
        }
    ]


def test_findings_new_and_mended_and_the_exit_code(site: Path) -> None:
    edit(site / FEES_FILE, ("本局没有", "见[收费清单](none.md)。本局没有"))
    said = reviewed(site)
    assert said.code == 1
    assert [finding["rule"] for finding in said.json["findings"]["new"]] == ["broken-page"]
    commit(site, "a broken link")
    # What was wrong before is nobody's fault now.
    assert (reviewed(site).code, reviewed(site).json["findings"]["new"]) == (0, [])
    edit(site / FEES_FILE, ("见[收费清单](none.md)。", ""))
    said = reviewed(site)
    assert said.code == 0
    assert [finding["rule"] for finding in said.json["findings"]["mended"]] == ["broken-page"]


def test_a_warning_fails_only_where_that_is_asked_for(site: Path) -> None:
    edit(site / POLICY_FILE, ("第二条 公共数据以共享为原则，不共享为例外。\n\n", ""))
    assert reviewed(site, "--fail-on", "error").code == 0
    said = reviewed(site, "--fail-on", "warning")
    assert said.code == 1
    assert [finding["rule"] for finding in said.json["findings"]["new"]] == ["numbering-gap"]


def test_links_that_break_elsewhere_and_addresses_that_vanish(site: Path) -> None:
    (site / "content/institution/release-review.md").rename(
        site / "content/institution/审查制度.md"
    )
    said = reviewed(site)
    assert [(f["path"], f["rule"]) for f in said.json["broken_elsewhere"]] == [
        (GUIDE_FILE, "broken-page")
    ]
    assert said.json["vanished"] == [
        {"url": "institution/release-review.html", "now": "institution/审查制度.html"}
    ]


def test_an_old_address_that_still_answers_does_not_vanish(site: Path) -> None:
    edit(site / FEES_FILE, ("公开属性", "旧址: [statutory/notice/2026/fees.html]\n公开属性"))
    (site / FEES_FILE).rename(site / NOTICES / "charges.md")
    assert reviewed(site).json["vanished"] == []


def test_review_fields_that_are_missing_and_a_review_older_than_the_words(site: Path) -> None:
    write_site(site, {f"{NOTICES}/new.md": another(50, (", 保密审查人: 沈怀安", ""))})
    edit(site / POLICY_FILE, ("应当说明理由", "应当书面说明理由"))
    edit(site / FEES_FILE, ("2026-04-01", "2026-04-02"), ("没有行政事业性", "没有任何"))
    found = documents(reviewed(site))
    assert found[f"{NOTICES}/new.md"]["missing_review"] == ["保密审查人"]
    assert {path: one["review_is_old"] for path, one in found.items()} == {
        f"{NOTICES}/new.md": False,
        POLICY_FILE: True,
        FEES_FILE: False,
    }


@pytest.mark.parametrize("form", ["text", "html", "markdown", "json"])
def test_nothing_is_told_of_what_is_not_for_disclosure(site: Path, form: str) -> None:
    hidden = ("公开属性: 主动公开", "公开属性: 不予公开")
    write_site(site, {f"{NOTICES}/plan.md": another(50, hidden, ("办公室", HIDDEN))})
    commit(site, "kept")
    git(site, "branch", "kept")
    edit(site / f"{NOTICES}/plan.md", ("下属机构", f"{HIDDEN}之二"))
    edit(site / FEES_FILE, hidden, ("本局没有", f"{HIDDEN}，本局没有"))
    said = on(site, "review", "--since", "kept", "--format", form)
    assert HIDDEN not in said.out
    assert f"{NOTICES}/plan.md" in said.out.replace("\\", "")
    if form == "json":
        left = documents(said)[FEES_FILE]
        assert (left["change"], [one["name"] for one in left["fields"]]) == (
            "withdrawn",
            ["公开属性"],
        )


def test_what_becomes_public_is_told_in_full_whatever_its_draft_said(site: Path) -> None:
    path = f"{NOTICES}/new.md"
    write_site(site, {path: another(50, ("公开属性", "草稿: 是\n公开属性"))})
    commit(site, "a draft")
    git(site, "branch", "drafted")
    edit(site / path, ("草稿: 是\n", ""), ("综合协调", "综合协调工作"))
    said = on(site, "review", "--since", "drafted", "--format", "json")
    change = documents(said)[path]
    assert (change["before"]["standing"], change["after"]["standing"]) == ("draft", "public")
    assert [one["change"] for one in change["text"]] == ["added"]


def test_what_is_wrong_with_a_document_of_the_future_is_told_today(site: Path) -> None:
    path = f"{NOTICES}/later.md"
    later = ("发布日期: 2026-04-02", "发布日期: 2026-12-01")
    write_site(site, {path: another(50, later, ("综合协调", "[综合协调](none.md)"))})
    said = reviewed(site)
    assert said.code == 1
    change = documents(said)[path]
    assert change["after"]["standing"] == "future"
    assert "statutory/notice/feed.xml" in change["after"]["feeds"]
    assert "broken-page" in {finding["rule"] for finding in change["findings"]}


def test_validity_that_changes_elsewhere_settings_and_files(site: Path) -> None:
    old = "content/statutory/policy/2023/data-sharing.md"
    edit(site / POLICY_FILE, ("废止: 海数政规〔2023〕1号\n", ""))
    edit(site / "site.yaml", ("short_name: 市数政局", "short_name: 市数据局"))
    write_site(site, {"content/statutory/policy/2026/data-sharing-catalog.csv": "序号\n"})
    write_site(site, {"templates/static/own.css": "p { }\n"})
    said = reviewed(site)
    assert said.json["statuses"] == [
        {
            "path": old,
            "title": "海川市数据与政务公开局关于印发《海川市公共数据共享办法（试行）》的通知",
            "before": "废止",
            "after": "有效",
        }
    ]
    assert said.json["settings"] == [
        {"name": "organ.short_name", "before": "市数政局", "after": "市数据局"}
    ]
    assert said.json["files"] == [
        {
            "path": "content/statutory/policy/2026/data-sharing-catalog.csv",
            "change": "changed",
        },
        {"path": "templates/static/own.css", "change": "added"},
    ]


def test_what_others_did_on_the_branch_meanwhile_is_not_told(site: Path) -> None:
    git(site, "checkout", "--quiet", "-b", "work")
    edit(site / FEES_FILE, ("没有行政事业性", "没有任何"))
    commit(site, "work")
    git(site, "checkout", "--quiet", "main")
    write_site(site, {f"{NOTICES}/theirs.md": another(50)})
    commit(site, "theirs")
    git(site, "checkout", "--quiet", "work")
    assert list(documents(reviewed(site))) == [FEES_FILE]


def test_a_shallow_clone_says_what_it_lacks(site: Path, tmp_path: Path) -> None:
    top = tmp_path / "repository"
    git(site, "checkout", "--quiet", "-b", "work")
    edit(site / FEES_FILE, ("没有行政事业性", "没有任何"))
    commit(site, "work")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", top.as_uri(), str(clone))
    below = clone / "web" / "公开"
    said = on(below, "review", "--since", "HEAD~1")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("gongkai: 这是浅克隆，里面没有“HEAD~1”这个版本。请取完整的历史：")
    assert "fetch-depth: 0" in said.err
    # A forge that fetches the target branch as shallowly: both ends are there, their history is not.
    git(clone, "fetch", "--quiet", "--depth", "1", "origin", "main:main")
    said = reviewed(below)
    assert list(documents(said)) == [FEES_FILE]
    assert [note[:6] for note in said.json["notes"]] == ["这是浅克隆，"]
    git(clone, "fetch", "--quiet", "--unshallow")
    assert reviewed(below).json["notes"] == []


def test_a_site_that_was_not_there_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path, "empty")
    site = write_site(tmp_path / "site", GOOD_SITE)
    said = reviewed(site)
    assert said.json["summary"]["added"] == sum(path.endswith(".md") for path in GOOD_SITE)
    assert said.json["notes"] == ["那个版本里还没有这个站点，全部按新增列出"]


def test_old_settings_that_are_wrong_hide_nothing(site: Path) -> None:
    edit(site / "site.yaml", ("base_url", "colour: red\nbase_url"))
    commit(site, "wrong")
    edit(site / "site.yaml", ("colour: red\n", ""))
    edit(site / FEES_FILE, ("没有行政事业性", "没有任何"))
    said = reviewed(site)
    assert list(documents(said)) == [FEES_FILE]
    assert said.json["settings"] == [{"name": "colour", "before": "red", "after": None}]
    assert said.json["notes"] == ["那个版本的 site.yaml 有错，旧内容按现在的设置比较"]


def test_links_and_submodules_of_the_old_tree_lead_nowhere(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(f"{HIDDEN}\n", encoding="utf-8")
    (site / NOTICES / "link.md").symlink_to(outside)
    (site / NOTICES / "inside.md").symlink_to("fees.md")
    (site / "templates").symlink_to(tmp_path)
    module = repository(write_site(tmp_path / "module", {"a.csv": "序号\n"}))
    git(site, "submodule", "--quiet", "add", str(module), f"{NOTICES}/module")
    commit(site, "links")
    for name in ("link.md", "inside.md"):
        (site / NOTICES / name).unlink()
    (site / "templates").unlink()
    said = reviewed(site)
    assert said.code == 0
    assert HIDDEN not in said.out
    assert said.json["notes"] == [f"子模块 {NOTICES}/module 的旧内容没有比较"]


def test_the_page_loads_nothing_runs_nothing_and_shows_words_as_words(site: Path) -> None:
    edit(site / FEES_FILE, ("标题: ", "标题: <script>alert(1)</script>"))
    edit(site / POLICY_FILE, ("应当说明理由", "应当书面说明理由"))
    said = on(site, "review", "--since", "main", "--format", "html")
    page = said.out
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert re.findall(r'(?:src|href)="([^"]*)"', page) == ["#d1", "#d2"]
    assert "应当<ins>书面</ins>说明理由" in page
    assert '<html lang="zh-CN">' in page
    english = on(site, "review", "--since", "main", "--format", "html", "--lang", "en").out
    assert '<html lang="en">' in english
    assert "<h1>Review of changes</h1>" in english


def test_markdown_mentions_nobody_and_is_cut_where_a_forge_would_refuse_it(site: Path) -> None:
    edit(site / FEES_FILE, ("标题: ", "标题: '@zhou #1 [x](https://evil.example.com) `y` <b> "))
    edit(site / FEES_FILE, ("情况说明", "情况说明'"))
    said = on(site, "review", "--since", "main", "--format", "markdown").out
    assert "&#64;zhou \\#1 \\[x\\]\\(https&#58;//evil.example.com\\) \\`y\\` &lt;b&gt;" in said
    assert "@" not in said
    long = "。\n\n".join(f"第{number}件事情办理完毕" for number in range(9000))
    edit(site / POLICY_FILE, ("第一条", f"{long}。\n\n第一条"))
    said = on(site, "review", "--since", "main", "--format", "markdown").out
    assert len(said) < 61_000
    assert said.rstrip().endswith("用 gongkai review --format html 生成。）")


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("a.html", "<!doctype html>"),
        ("deep/a.md", "## 改动审阅"),
        ("a.json", "{\n"),
        ("a.txt", "改动审阅"),
    ],
)
def test_out_says_the_form_by_its_suffix(
    site: Path, tmp_path: Path, name: str, beginning: str
) -> None:
    said = on(site, "review", "--since", "main", "--out", tmp_path / name)
    assert (said.code, said.out, said.err) == (0, "", "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(beginning)


def test_two_reviews_are_equal(site: Path) -> None:
    edit(site / POLICY_FILE, ("应当说明理由", "应当书面说明理由"))
    (site / FEES_FILE).unlink()
    one, other = (on(site, "review", "--since", "main", "--format", "html") for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        ("none", "版本库里没有“none”这个版本"),
        ("--output=x", "版本库里没有“--output=x”这个版本"),
    ],
)
def test_a_revision_that_is_none(site: Path, since: str, sentence: str) -> None:
    said = on(site, "review", f"--since={since}")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"gongkai: {sentence}")


def test_a_folder_that_cannot_be_written(site: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = on(site, "review", "--since", "main", "--out", tmp_path / "file" / "a.html")
    assert said.code == 2
    assert said.err.startswith(f"gongkai: 无法写入 {tmp_path / 'file' / 'a.html'}：")


def test_without_a_repository(tmp_path: Path) -> None:
    site = write_site(tmp_path, GOOD_SITE)
    said = gongkai("review", "--site", site, "--today", TODAY.isoformat(), "--since", "main")
    assert (said.code, said.err.splitlines()[0]) == (
        2,
        "gongkai: 这个站点不在 git 版本库里，不能用 --since",
    )


def test_a_hook_may_review_its_own_repository(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hooks run with GIT_DIR and GIT_INDEX_FILE set, relative to the top of the repository."""
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    said = reviewed(site)
    assert (said.code, json.loads(said.out)["documents"]) == (0, [])
