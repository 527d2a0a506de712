"""An annual report came, or is still to come, after its deadline (年度报告逾期; 国务院令第711号第四十九条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Entry, Site
from generator.rules import annual

RULE = Rule(
    "report-overdue",
    Severity.WARNING,
    Text(
        "{year}年的年度报告发布于{published}，晚于{due}",
        "the report on {year} was published on {published}, after {due_en}",
    ),
    Text(
        "{whose}的年度报告应当在次年{limit}前公布；发布日期写错的改正，确实逾期的，豁免并写明理由",
        "it is due by {limit_en} of the following year; correct the date, or waive it with a reason",
    ),
)
_ABSENT = Text(
    "{years}的年度报告没有公布，期限是{due}", "there is no report on {years_en}, due by {due_en}"
)
_ABSENT_HINT = Text(
    "编制并公布；`gongkai new annual-report --year {year}` 按上年的报告和本站文件填好结转数和件数",
    "write and publish it; `gongkai new annual-report --year {year}` prepares it",
)
# 国务院令第492号, in force until 14 May 2019, gave all organs until 31 March; there was none before 2008.
_FIRST_YEAR, _FIRST_OF_TODAY = 2008, 2019
_WHOSE = {"government": "人民政府", "department": "政府部门", "township": "乡镇、街道"}


def find(site: Site) -> Iterator[Finding]:
    """The organ's own reports that were late, and those since its latest one that are missing."""
    reports = annual.series(site).get("", {})
    for year, entry in reports.items():
        published = entry.document.meta.published
        if year >= _FIRST_YEAR and published and published.day > _due(site, year):
            yield _finding(site, entry, ("published",), year, published=published.day.isoformat())
    latest = max(reports, default=0)
    missing = [year for year in range(latest + 1, site.today.year) if site.today > _due(site, year)]
    if latest and missing:
        first, last = missing[0], missing[-1]
        yield _finding(
            site,
            reports[latest],
            ("year",),
            first,
            message=_ABSENT,
            hint=_ABSENT_HINT,
            years=f"{first}年" if first == last else f"{first}年至{last}年",
            years_en=f"{first}" if first == last else f"{first} to {last}",
        )


def _finding(
    site: Site,
    entry: Entry,
    key: tuple[str],
    year: int,
    *,
    message: Text | None = None,
    hint: Text | None = None,
    **values: str,
) -> Finding:
    due = _due(site, year)
    return RULE.at(
        entry.document.source.place(*key),
        message=message,
        hint=hint,
        year=year,
        due=f"{due.year}年{due.month}月{due.day}日",
        due_en=due.isoformat(),
        limit=f"{due.month}月{due.day}日",
        limit_en=f"{due.day} {due:%B}",
        whose=_WHOSE[site.config.organ.level],
        **values,
    )


def _due(site: Site, year: int) -> date:
    """The last day on which the report on `year` may be published."""
    if year < _FIRST_OF_TODAY or site.config.organ.level == "government":
        return date(year + 1, 3, 31)
    return date(year + 1, 1, 31)
