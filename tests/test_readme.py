"""The two READMEs: equal to each other, and true of the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.cli import main
from generator.schema import FrontMatter, chinese_keys

ROOT = Path(__file__).resolve().parents[1]
ENGLISH = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
README = pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])


@README
def test_the_table_of_fields_is_the_schema(text: str) -> None:
    start = text.rindex("\n", 0, text.index("| `title` |")) + 1
    table = text[start:].split("\n\n", 1)[0]
    rows = [re.split(r"(?<!\\)\|", line)[1:3] for line in table.splitlines() if line.count("|") > 2]
    chinese = [name for row in rows for name in re.split("[、,]", row[0].strip())]
    english = [name for row in rows for name in re.findall(r"`([\w-]+)`", row[1])]
    assert dict(zip(chinese, english, strict=True)) == chinese_keys(FrontMatter)


@README
def test_every_command_and_make_target_that_is_named_exists(text: str) -> None:
    commands = set(re.findall(r"gongkai ([a-z]+)\b", text)) - {"turns"}
    assert commands <= set(main.places)
    targets = set(re.findall(r"`?make ([a-z]+)`?", text)) & set(re.findall(r"make ([a-z]+)", text))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


@README
def test_files_that_are_linked_exist(text: str) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    inside = [link for link in links if not link.startswith("../2023/")]
    assert [link for link in inside if not (ROOT / link).is_file()] == []


def test_both_have_the_same_commands_fields_and_examples() -> None:
    fences = [
        re.findall(r"```(?:sh|yaml|markdown)\n(.*?)```", text, re.DOTALL)
        for text in (ENGLISH, CHINESE)
    ]
    bare = [[re.sub(r"\s*#.*", "", fence) for fence in found] for found in fences]
    assert bare[0] == bare[1]
    headings = [re.findall(r"^#+ ", text, re.MULTILINE) for text in (ENGLISH, CHINESE)]
    assert headings[0] == headings[1]
