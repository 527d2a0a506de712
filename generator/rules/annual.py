"""The annual reports of a site (历年年度报告): whose they are, of which year, and the parts of their prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.domain import report_sections
from generator.domain.folding import folded
from generator.domain.kinds import Kind
from generator.domain.report_numbers import Numbers, numbers
from generator.model import Document, Entry, Heading, Site
from generator.rules import judged, typed

# The form of 国办公开办函〔2021〕30号 was first used for the reports on 2021.
FORM_BEGINS = 2021


class Pair(NamedTuple):
    """A report and the report of the same organ on the year before."""

    this: Entry
    last: Entry
    year: int


class Part(NamedTuple):
    """A part of a report: its heading, the offset of its prose in the body, and the prose."""

    heading: Heading
    start: int
    prose: str


def reports(site: Site) -> Iterator[tuple[Entry, int]]:
    """The annual reports that rules judge, each with its year; those without a year are left out."""
    for entry in _all(site):
        if entry.document.meta.year is not None:
            yield entry, entry.document.meta.year


def new_form(site: Site) -> Iterator[tuple[Entry, int]]:
    """The reports on 2021 and later years, which follow the form of today."""
    return ((entry, year) for entry, year in reports(site) if year >= FORM_BEGINS)


def series(site: Site) -> dict[str, dict[int, Entry]]:
    """The reports of each organ by year, oldest first; of several on one year the newest counts.

    An organ with a report that has no year is left out: that may be the one that seems to be missing.
    """
    found: dict[str, dict[int, Entry]] = {}
    undated = set()
    for entry in sorted(_all(site), key=lambda entry: entry.document.newest_first):
        organ, year = issuer(site, entry.document), entry.document.meta.year
        if year is None:
            undated.add(organ)
        else:
            found.setdefault(organ, {}).setdefault(year, entry)
    return {
        organ: dict(sorted(years.items())) for organ, years in found.items() if organ not in undated
    }


def pairs(site: Site) -> Iterator[Pair]:
    """Each report that stands beside its predecessor."""
    for years in series(site).values():
        for year, entry in years.items():
            if year - 1 in years:
                yield Pair(entry, years[year - 1], year)


def issuer(site: Site, document: Document) -> str:
    """The organ that answers for a document, in one spelling; empty for the site's own organ."""
    organ = site.config.organ
    name = folded(document.meta.issuer[0]) if document.meta.issuer else ""
    own = folded(organ.name)
    names = {own, f"{own}办公室", f"{own}办公厅", folded(organ.short_name or "")}
    return "" if name in names else name


def of(entry: Entry) -> Numbers:
    """The numbers of a report's tables."""
    return numbers(entry.document.source.fields)


def parts(entry: Entry) -> Mapping[int, Part]:
    """The prose of each part 1–6 that has a heading; tables and code are left out, offsets stay."""
    source, outline = entry.document.source, entry.body.outline
    found = report_sections.recognise([heading.text for heading in outline])
    lines = list(typed.lines(typed.without_code(source.body)))
    starts: list[tuple[int, int, Heading]] = []
    for section, index in found.items():
        line = outline[index].line - source.body_line
        if 0 <= line < len(lines):
            starts.append((line, section, outline[index]))
    starts.sort()
    ends = [line for line, _, _ in starts[1:]] + [len(lines)]
    return {
        section + 1: Part(
            heading, lines[line].start, "\n".join(_prose(one.text) for one in lines[line:end])
        )
        # Without any heading there is nothing to end.
        for (line, section, heading), end in zip(starts, ends, strict=False)
    }


def _all(site: Site) -> Iterator[Entry]:
    for entry in judged.documents(site):
        document = entry.document
        if document.kind is Kind.ANNUAL_REPORT and not document.is_withdrawn:
            yield entry


def _prose(line: str) -> str:
    return " " * len(line) if line.lstrip().startswith(("|", "<t")) else line
