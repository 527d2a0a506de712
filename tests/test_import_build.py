"""The five real documents, imported by the command, completed as an editor would, built, and read again."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.importer.reading import SOURCES, imported, signs, source
from tests.sites import SETTINGS, write_site

REPOSITORY = Path(__file__).parents[1]
NAMES = tuple(sorted(path.name for path in SOURCES.glob("*.txt")))
FOLDER = "statutory/work-points"
# A site of nothing but these five lacks most of what a disclosure column must have.
RULES = """\
rules:
  empty-column: "off"
  stale-column: "off"
  missing-subcolumn: "off"
  guide-fields: "off"
  guide-stale: "off"
"""
_REVIEW = (
    "{拟稿人: 林知秋, 审稿人: 周望舒, 发布人: 何清越, 保密审查人: 沈怀安, 审核日期: 2018-04-25}"
)
ATTACHMENT = "分解表.csv"
# What the texts do not say and their editor adds: old line → new line, for all and for each.
FOR_ALL = {
    r"^# 公开属性: .*$": "公开属性: 主动公开",
    r"^# 审核: .*$": f"审核: {_REVIEW}",
}
BY_HAND: dict[str, dict[str, str]] = {
    "gzw-2024-work-points": {
        r"^title: .*$": "title: 2024年市国资委政务公开工作要点",
        r"^# 发布日期: .*$": "发布日期: 2024-05-08\n附件: "
        f"[{{文件: {ATTACHMENT}, 名称: 上海市国资委2024年信息公开工作分解表}}]",
    },
    "shanghai-2018-work-points": {r"^# 发布日期: .*$": "发布日期: 2018-05-02"},
    "suqian-2021-work-points": {
        r"^title: .*$": "title: 2021年全市政务公开工作要点",
        r"^# 发布日期: .*$": "发布日期: 2021-04-30",
    },
}
pytestmark = pytest.mark.skipif(not NAMES, reason=f"{SOURCES} is not here")


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=REPOSITORY,
    )


def complete(file: Path) -> None:
    """Leave the file as an editor does: comments filled in, a real title, the attachment at its side."""
    text = file.read_text("utf-8")
    for old, new in {**FOR_ALL, **BY_HAND.get(file.stem, {})}.items():
        text, count = re.subn(old, new, text, flags=re.MULTILINE)
        assert count == 1, (file.name, old)
    file.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the five documents, built."""
    folder = write_site(tmp_path_factory.mktemp("import"), {"site.yaml": SETTINGS + RULES})
    content = folder / "content" / FOLDER
    told = run("import", *(SOURCES / name for name in NAMES), "--to", content)
    assert told.returncode == 0, told.stderr
    assert told.stdout.split() == [str(content / f"{Path(name).stem}.md") for name in NAMES]
    for file in content.iterdir():
        complete(file)
    (content / ATTACHMENT).write_text("序号,任务,责任单位\n1,做好政策发布,办公室\n", "utf-8-sig")
    told = run("build", "--site", folder, "--out", folder / "public", "--today", "2026-11-20")
    assert told.returncode == 0, told.stdout + told.stderr
    return folder


def page(site: Path, name: str) -> LexborHTMLParser:
    file = site / "public" / FOLDER / f"{Path(name).stem}.html"
    return LexborHTMLParser(file.read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_is_on_the_page(site: Path, name: str) -> None:
    main = page(site, name).css_first("main")
    assert main is not None
    words = signs(main.text())
    found = imported(name)
    gone = {(line.line, signs(line.text)) for line in (*found.removed, *found.lifted)}
    lines = enumerate(map(signs, source(name).split("\n")), start=1)
    missing = [
        (number, line) for number, line in lines if line not in words and (number, line) not in gone
    ]
    assert missing == []


def test_the_official_numbering_is_an_outline(site: Path) -> None:
    headings = page(site, "pujin-2024-work-points.txt").css(".prose h2, .prose h3, .prose h4")
    assert [(heading.tag, heading.text()) for heading in headings][:5] == [
        ("h2", "2024年浦锦街道政务公开工作要点"),
        ("h3", "一、夯实公开工作基础"),
        ("h4", "(一)巩固公开标准化、制度化、规范化成果"),
        ("h4", "(二)依法规范答复信息公开申请"),
        ("h3", "二、依法规范做实主动公开"),
    ]


def test_headings_that_run_into_their_text(site: Path) -> None:
    blocks = page(site, "suqian-2021-work-points.txt").css(".prose .run-in")
    headings = [heading.text() for block in blocks for heading in block.css("h3, h4, h5")]
    assert headings[:3] == [
        "(一)立足规划实施做好信息公开。",
        "(二)加强市场监管做好信息公开。",
        "(三)着眼财资管理做好信息公开。",
    ]


@pytest.mark.parametrize(
    ("name", "count"), [("shanghai-2018-work-points", 23), ("sheitc-2020-work-points", 15)]
)
def test_the_tasks_can_be_had_as_a_table(site: Path, name: str, count: int) -> None:
    file = site / "public" / FOLDER / f"{name}-tasks.csv"
    with file.open(encoding="utf-8-sig", newline="") as rows:
        assert [row["序号"] for row in csv.DictReader(rows)] == [
            str(number) for number in range(1, count + 1)
        ]


def test_a_document_as_imported_waits_for_its_editor(tmp_path: Path) -> None:
    write_site(tmp_path, {"site.yaml": SETTINGS + RULES})
    content = tmp_path / "content" / FOLDER
    assert run("import", SOURCES / NAMES[0], "--to", content).returncode == 0
    told = run("check", "--site", tmp_path, "--today", "2026-11-20", "--format", "json")
    assert told.returncode == 1
    findings = json.loads(told.stdout)["findings"]
    absent = [finding["message"] for finding in findings if finding["rule"] == "missing-field"]
    assert absent == [
        "缺少必填项“公开属性”（disclosure）",
        "缺少必填项“发布日期”（published）",
        "缺少必填项“审核”（review）",
    ]
