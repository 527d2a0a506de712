"""Reports: one finding in every form, and the excerpt with its caret."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from generator import __version__
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.lines import cells
from generator.report import FORMS, Totals, excerpt, text

RULE = Rule(
    "broken-page",
    Severity.ERROR,
    Text("链接的网页不存在：{target}", "no page: {target}"),
    Text("核对地址", "check the address"),
)
FINDING: Finding = RULE.at(Place("content/甲,乙.md", 3, 2), target="x.md", text="甲")
TOTALS = Totals(2, 5)


def test_text_shows_the_line_with_a_caret() -> None:
    lines = {("content/甲,乙.md", 3): "见[甲](x.md)。"}
    assert text([FINDING], TOTALS, "zh", lambda path, line: lines[path, line]) == (
        "content/甲,乙.md:3:2: 错误 broken-page：链接的网页不存在：x.md\n"
        "    | 见[甲](x.md)。\n"
        "    | \u3000^\n"
        "    核对地址\n"
        "检查了 2 个文件、5 个链接：1 个错误，0 个警告，0 个提示"
    )


def test_text_in_english_without_the_line() -> None:
    assert text([FINDING], TOTALS, "en", lambda path, line: "") == (
        "content/甲,乙.md:3:2: error broken-page: no page: x.md\n"
        "    check the address\n"
        "2 documents, 5 links: 1 errors, 0 warnings, 0 infos"
    )


@pytest.mark.parametrize("column", [1, 2, 40, 200, 400])
def test_an_excerpt_of_a_long_line_holds_the_place(column: int) -> None:
    line = "".join(chr(0x4E00 + number) for number in range(300))
    shown, caret = excerpt(line, column).split("\n")
    assert caret.endswith("^")
    assert cells(shown) <= 80
    if column <= 300:
        assert shown[len(caret) - 1] == line[column - 1]
        assert cells(caret) - 1 == cells(shown[: len(caret) - 1])


@pytest.mark.parametrize("line", ["a" * 300, "公开abc，" * 60, "“索引号”……" * 40])
def test_an_excerpt_goes_into_a_terminal_of_80_columns(line: str) -> None:
    for column in (1, 7, 33, 120, 238):
        shown, caret = excerpt(line, column).split("\n")
        assert cells(shown) <= 80
        assert cells(caret) - 1 == cells(shown[: len(caret) - 1])
        assert shown[len(caret) - 1] == line[column - 1]


def test_github_annotations_escape_what_they_must() -> None:
    assert FORMS["github"]([FINDING], TOTALS, "zh") == (
        "::error file=content/甲%2C乙.md,line=3,col=2,title=broken-page"
        "::链接的网页不存在：x.md%0A核对地址"
    )


def test_sarif_names_the_rule_and_the_place() -> None:
    whole = json.loads(FORMS["sarif"]([FINDING], TOTALS, "zh"))
    run = whole["runs"][0]
    assert whole["version"] == "2.1.0"
    assert run["tool"]["driver"]["version"] == __version__
    assert run["tool"]["driver"]["rules"] == [
        {"id": "broken-page", "shortDescription": {"text": "链接的网页不存在（断链）"}}
    ]
    assert run["results"] == [
        {
            "ruleId": "broken-page",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "链接的网页不存在：x.md\n核对地址"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "content/%E7%94%B2%2C%E4%B9%99.md"},
                        "region": {"startLine": 3, "startColumn": 2},
                    }
                }
            ],
        }
    ]


def test_junit_fails_for_errors_and_passes_for_none() -> None:
    suite = ElementTree.fromstring(FORMS["junit"]([FINDING], TOTALS, "zh"))
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert suite.findtext("testcase/failure") == "链接的网页不存在：x.md\n核对地址"
    empty = ElementTree.fromstring(FORMS["junit"]([], TOTALS, "zh"))
    assert (empty.get("tests"), empty.get("failures")) == ("1", "0")
