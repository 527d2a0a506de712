"""What an organ meets first when it drives the program from outside (验收：命令)."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from tests.command import gongkai, on
from tests.sites import GOOD_SITE, write_site


def test_a_finished_column_has_no_broken_link_though_nobody_says_where_it_stands(
    tmp_path: Path,
) -> None:
    site, out = write_site(tmp_path / "site", GOOD_SITE), tmp_path / "out"
    assert on(site, "build", "--out", out).code == 0
    assert 'base href="/zwgk/"' in (out / "404.html").read_text("utf-8")
    said = gongkai("links", out, "--format", "json")
    assert (said.code, said.json["findings"]) == (0, [])


def test_another_folder_is_not_taken_at_its_word(tmp_path: Path) -> None:
    robots = "Sitemap: https://www.example.gov.cn/zwgk/sitemap.xml\n"
    page = '<html lang="zh-CN"><title>页</title><a href="https://www.example.gov.cn/zwgk/none.html">甲办法</a>'
    site = write_site(tmp_path, {"robots.txt": robots, "index.html": page})
    assert gongkai("links", site, "--select", "broken-page").code == 0
    base_url = ("--base-url", "https://www.example.gov.cn/zwgk/")
    assert gongkai("links", site, "--select", "broken-page", *base_url).code == 1


def test_without_a_command_one_sentence_says_where_the_list_is() -> None:
    said = gongkai()
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[0] == "gongkai: 没有写命令。用 gongkai --help 查看有哪些命令"


def test_the_schema_takes_numbers_and_truth_values_in_quotes_as_check_does(tmp_path: Path) -> None:
    path = "content/statutory/notice/2026/departments.md"
    fields = {"title": "内设机构", "statutory_item": "2", "draft": "false", "year": "2026"}
    quoted = "".join(f"{key}: '{value}'\n" for key, value in fields.items())
    review = GOOD_SITE[path]
    assert isinstance(review, str)
    kept = [
        line for line in review.splitlines() if line.startswith(("发布日期", "公开属性", "审核"))
    ]
    text = f"---\n{quoted}{chr(10).join(kept)}\n---\n\n办公室负责综合协调。\n"
    site = write_site(tmp_path, {**GOOD_SITE, path: text})
    assert on(site, "check", "--select", "front-matter,missing-field").code == 0
    schema = Draft202012Validator(json.loads(gongkai("schema").out))
    assert [error.json_path for error in schema.iter_errors(fields)] == []
    wrong = {"title": "内设机构", "statutory_item": "16", "draft": "也许"}
    refused = sorted(error.json_path for error in schema.iter_errors(wrong))
    assert refused == ["$.draft", "$.statutory_item"]


def test_a_missing_part_of_a_report_is_one_finding(tmp_path: Path) -> None:
    path = "content/annual-report/2025.md"
    report = GOOD_SITE[path]
    assert isinstance(report, str)
    before, after = report.split("五、存在的主要问题及改进情况\n")
    site = write_site(tmp_path, {**GOOD_SITE, path: before + after})
    said = on(site, "check", "--format", "json", "--ignore", "report-copied")
    assert [one["rule"] for one in said.json["findings"]] == ["report-sections"]
