"""What is no 行政规范性文件 is published as one (内容混杂; 上海市人民政府令第17号第二条)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.kinds import Kind
from generator.domain.nature import not_normative
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Document, Site
from generator.rules import judged

RULE = Rule(
    "misfiled-normative",
    Severity.ERROR,
    Text("“{text}”属于{nature}，不是行政规范性文件", "“{kind_en}”: this is no normative document"),
    Text(
        "删去“规范性文件”一项，并移出规范性文件栏目",
        "remove normative, and do not list it among normative documents",
    ),
)
_KINDS = {Kind.WORK_POINTS: "工作要点", Kind.ANNUAL_REPORT: "年度报告"}


def find(site: Site) -> Iterator[Finding]:
    """Documents marked as normative, or in a column for them, whose title or kind says that they are not."""
    columns = {column.id for column in site.config.all_columns if "规范性文件" in column.title}
    for entry in judged.documents(site):
        document = entry.document
        place = _claimed(document, columns)
        nature = place and (_KINDS.get(document.kind) or not_normative(document.title))
        if place and nature:
            yield RULE.at(place, text=document.title, nature=nature, kind_en=document.kind.value)


def _claimed(document: Document, columns: set[str]) -> Place | None:
    """Where the document says that it is normative; None where it does not."""
    if document.meta.normative:
        return document.source.place("normative")
    if document.column in columns:
        return document.source.place("column")
    listed = columns & set(document.also_in)
    return document.source.place("also_in") if listed else None
