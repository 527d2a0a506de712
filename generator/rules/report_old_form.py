"""A report since 2021 uses the form that was replaced (年度报告用了旧格式; 国办公开办函〔2021〕30号)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.domain.folding import folded
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Document, KeyPath, Site
from generator.regex import regex
from generator.rules import annual, typed

RULE = Rule(
    "report-old-form",
    Severity.ERROR,
    Text(
        "{year}年的年度报告用了2021年以前的旧格式：{labels}",
        "the report on {year} uses the form before 2021: {labels}",
    ),
    Text(
        "2021年起，表二只填规章和行政规范性文件的制发、废止、现行有效件数，许可、处罚、强制的处理决定数量和收费金额，"
        "不再有采购一栏；删去旧表，数字填在文件头“年报数据”里",
        "since 2021 table 2 counts what was made, repealed and is in force, decisions and fees; "
        "remove the old table and put the numbers in front matter",
    ),
)
_LABELS = (
    "本年新制作数量",
    "本年新公开数量",
    "对外公开总数量",
    "上一年项目数量",
    "本年增/减",
    "采购项目数量",
    "采购总金额",
    "政府集中采购",
    "第二十条第(九)项",
)
_LABEL = regex("|".join(map(re.escape, _LABELS)))
# Two labels without a sentence around them are a row of a table pasted as text.
_PASTED = 2
_SENTENCE = regex("[。，；]")


def find(site: Site) -> Iterator[Finding]:
    """Reports since 2021 with labels of the old tables in a table of the body, or as keys."""
    for entry, year in annual.new_form(site):
        document = entry.document
        found = [*_keys(document), *_rows(document)]
        if found:
            labels = dict.fromkeys(label for _, label in found)
            yield RULE.at(
                found[0][0],
                text=found[0][1],
                labels="、".join(f"“{label}”" for label in labels),
                year=year,
            )


def _keys(document: Document) -> Iterator[tuple[Place, str]]:
    """Keys of the old form; each is an unknown key besides."""
    for path, position in document.source.keys.items():
        label = _label_of_key(path)
        if label:
            yield Place(document.path, *position), label


def _label_of_key(path: KeyPath) -> str:
    is_inside = len(path) > 1 and path[0] == "report"
    found = _LABEL.search(folded(str(path[-1]))) if is_inside else None
    return found[0] if found else ""


def _rows(document: Document) -> Iterator[tuple[Place, str]]:
    source = document.source
    for line in typed.lines(typed.without_code(source.body)):
        labels = dict.fromkeys(_LABEL.findall(folded(line.text)))
        is_pasted = len(labels) >= _PASTED and not _SENTENCE.search(line.text)
        if is_pasted or line.text.lstrip().startswith(("|", "<t")):
            start = line.start + len(line.text) - len(line.text.lstrip())
            yield from ((typed.place(source, start), label) for label in labels)
