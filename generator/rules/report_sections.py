"""An annual report lacks one of its six parts, or names or orders them otherwise (年报六部分不全).

The six headings are those of 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.annual_report import SECTIONS
from generator.domain.report_sections import is_exact, out_of_order, recognise
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Document, Entry, Heading, Site
from generator.rules import annual

RULE = Rule(
    "report-sections",
    Severity.ERROR,
    Text("缺少“{section}”这一部分", "the part “{section}” is missing"),
    Text(
        "{where}补上这一部分，标题写“{section}”；没有内容的，写明没有",
        "add it {where_en} under the heading “{section}”; if there is nothing to report, say so",
    ),
)
_NONE = Text(
    "正文没有年度报告格式规定的六个部分", "the body has none of the six parts of an annual report"
)
_NONE_HINT = Text("分为六个部分，标题依次写：{sections}", "give it the six headings: {sections}")
_NAME = Text("“{text}”应当写作“{suggestion}”", "“{text}” must read “{suggestion}”")
_NAME_HINT = Text(
    "标题照年度报告的格式写，一字不改", "write the heading exactly as the form of the report does"
)
_ORDER = Text("“{text}”的位置不对：应当在{where}", "“{text}” stands in the wrong place")
_ORDER_HINT = Text("六个部分的次序是：{sections}", "the parts stand in this order: {sections}")
_ALL = "；".join(SECTIONS)


def find(site: Site) -> Iterator[Finding]:
    """The headings of each report since 2021 against the form: missing, renamed, out of order."""
    for entry, _ in annual.new_form(site):
        outline = entry.body.outline
        found = recognise([heading.text for heading in outline])
        if not found:
            place = Place(entry.path, entry.document.source.body_line, 1)
            yield RULE.at(place, message=_NONE, hint=_NONE_HINT, sections=_ALL)
        else:
            yield from _missing(entry, found)
            yield from _wrong(entry, found)


def _missing(entry: Entry, found: dict[int, int]) -> Iterator[Finding]:
    outline = entry.body.outline
    for section, heading in enumerate(SECTIONS):
        if section in found:
            continue
        later = [outline[found[other]] for other in sorted(found) if other > section]
        yield RULE.at(
            _place(entry.document, later[0]) if later else _end(entry.document),
            section=heading,
            where=f"在“{later[0].text}”之前" if later else "在正文最后",
            where_en=f"before “{later[0].text}”" if later else "at the end",
        )


def _wrong(entry: Entry, found: dict[int, int]) -> Iterator[Finding]:
    """What stands in the wrong place; where the order is right, what has the wrong name or number."""
    outline = entry.body.outline
    misplaced = out_of_order(found)
    for section in misplaced:
        heading = outline[found[section]]
        yield RULE.at(
            _place(entry.document, heading),
            message=_ORDER,
            hint=_ORDER_HINT,
            text=heading.text,
            where=_neighbour(section, found, misplaced),
            sections=_ALL,
        )
    for section, index in sorted(found.items()):
        heading = outline[index]
        if not is_exact(section, heading.text) and not misplaced:
            yield RULE.at(
                _place(entry.document, heading),
                message=_NAME,
                hint=_NAME_HINT,
                text=heading.text,
                suggestion=SECTIONS[section],
            )


def _neighbour(section: int, found: dict[int, int], misplaced: list[int]) -> str:
    """Where a part belongs: behind the part before it or, for the first, before the next."""
    kept = [other for other in sorted(found) if other not in misplaced]
    before = [other for other in kept if other < section]
    if before:
        return f"“{SECTIONS[before[-1]]}”之后"
    return f"“{SECTIONS[kept[0]]}”之前"


def _place(document: Document, heading: Heading) -> Place:
    return Place(document.path, heading.line or document.source.body_line, 1)


def _end(document: Document) -> Place:
    source = document.source
    return Place(document.path, source.body_line + source.body.rstrip().count("\n"), 1)
