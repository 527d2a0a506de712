"""The year's annual report does not report on the year's work points (年报没有报告要点落实情况)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.domain.kinds import Kind
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Entry, Site
from generator.regex import regex
from generator.rules import judged, tasks, typed

RULE = Rule(
    "unreported-work-points",
    Severity.WARNING,
    Text(
        "第六部分没有报告{year}年工作要点的落实情况（{target}）",
        "part six does not report on the work points of {year} ({target})",
    ),
    Text(
        "在“六、其他需要报告的事项”里写明工作要点各项任务的完成情况",
        "tell in part six what became of the tasks of the work points",
    ),
)
_PART_SIX = regex(r"^[#*\s]*六、\s*其他(?:需要报告的)?事项", re.MULTILINE)
_MENTION = regex(r"工作要点|要点(?:任务|落实|完成|执行|贯彻)|年度要点")


def find(site: Site) -> Iterator[Finding]:
    """Annual reports of a year whose work points stand on the site, and which pass over them."""
    plans: dict[int, Entry] = {}
    for entry in tasks.work_points(site):
        if entry.document.meta.year:
            plans.setdefault(entry.document.meta.year, entry)
    for entry in judged.documents(site):
        document = entry.document
        plan = plans.get(document.meta.year or 0)
        if document.kind is not Kind.ANNUAL_REPORT or document.is_withdrawn or plan is None:
            continue
        found = _silent_part(entry)
        if found:
            yield RULE.at(found, target=plan.path, year=document.meta.year)


def _silent_part(entry: Entry) -> Place | None:
    """Where the part begins that should tell of the work points and does not; without part six, the title."""
    source = entry.document.source
    body = typed.without_code(source.body)
    part = _PART_SIX.search(body)
    if _MENTION.search(body, part.end() if part else 0):
        return None
    if part is None:
        return source.place("title")
    return typed.place(source, part.start() + len(part[0]) - len(part[0].lstrip()))
