"""Weights of a site's own: laid over the shipped ones, every mistake said with its line."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from generator.audit import WeightsError, read_weights
from tests.audit.audits import audited, lost
from tests.edits import all_of, append, put, replace

_NOTICE = "content/statutory/notice/2026/fees.md"
_NAMED = replace("site.yaml", "topics:", "audit: {weights: weights.yaml}\ntopics:")


def test_points_can_be_changed_and_lines_added_and_left_out() -> None:
    own = """\
pass: 70
vetoes:
  links: {title: 断链达到2处, rules: [broken-page], at_least: 2}
deductions:
  broken-links: {points: 2.5}
bonuses:
  open-day: {enabled: 否}
"""
    edits = all_of(_NAMED, put("weights.yaml", own))
    one = audited(edits, append(_NOTICE, "见[清单](list.md)。")).sheet
    assert (lost(one), one.passing, one.bonus, one.is_vetoed) == (
        {"broken-links": "2.5"},
        Decimal(70),
        Decimal(18),
        False,
    )
    two = audited(edits, append(_NOTICE, "见[清单](list.md)、[名单](names.md)。")).sheet
    assert (lost(two), two.is_vetoed) == ({"broken-links": "5"}, True)
    veto = two.vetoes[-1]
    assert (veto.title, veto.source, veto.standard) == ("断链达到2处", "设定", "达到2处即否决")


WRONG = {
    "deductions:\n  broken-links: {points: 很多}\n": (
        "weights.yaml:2:18: “points”应当是分数，写 5、0.1 这样的数"
    ),
    "deductions:\n  broken-links: {pionts: 2}\n": (
        "weights.yaml:2:18: 未知的键“pionts”，是不是“points”？"
    ),
    "deductions:\n  mine: {points: 2}\n": "weights.yaml:2:3: 缺少“title”，补上“title: …”",
    "deductions:\n  mine: {title: 甲, rules: [broken-pages]}\n": (
        "weights.yaml:2:20: 没有“broken-pages”，是不是“broken-page”？"
    ),
    "deductions:\n  mine: {title: 甲, groups: [断连]}\n": "weights.yaml:2:20: 没有“断连”",
    "bonuses:\n  mine: {title: 甲, measure: open-days}\n": (
        "weights.yaml:2:20: 没有“open-days”，是不是“open-day”？"
    ),
    "颜色: {}\n": "weights.yaml:1:1: 未知的键“颜色”，删去它，或改为已有的键",
    "deductions: 5\n": "weights.yaml:1:1: “deductions”应当是一组“键: 值”，缩进后每行写一项",
}


@pytest.mark.parametrize(("text", "said"), WRONG.items())
def test_a_mistake_is_said_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "weights.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(WeightsError) as error:
        read_weights(tmp_path, "weights.yaml")
    assert [sentence.zh for sentence in error.value.sentences] == [said]


def test_a_file_outside_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "weights.yaml").write_text("pass: 1\n")
    site = tmp_path / "site"
    site.mkdir()
    (site / "weights.yaml").symlink_to(tmp_path / "weights.yaml")
    for name in ("../weights.yaml", str(tmp_path / "weights.yaml"), "weights.yaml", "."):
        with pytest.raises(WeightsError) as error:
            read_weights(site, name)
        assert error.value.sentences[0].zh == f"自查的分值文件 {name} 不是站点文件夹里的文件"


def test_a_file_that_is_not_there_or_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("分值".encode("gbk"))
    os.mkfifo(tmp_path / "pipe.yaml")
    said = {
        "none.yaml": "读不了自查的分值文件 none.yaml：site.yaml 的 audit 里写站点文件夹下的路径",
        "gbk.yaml": "gbk.yaml 不是 UTF-8 编码，另存为 UTF-8",
        "pipe.yaml": "自查的分值文件 pipe.yaml 不是站点文件夹里的文件",
    }
    for name, sentence in said.items():
        with pytest.raises(WeightsError) as error:
            read_weights(tmp_path, name)
        assert error.value.sentences[0].zh == sentence
