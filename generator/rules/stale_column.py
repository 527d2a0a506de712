"""A column that has not been updated for too long (栏目更新不及时; 国办秘函〔2019〕19号)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.config import Column, Config
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Site

RULE = Rule(
    "stale-column",
    Severity.WARNING,
    Text(
        "“{title}”栏目（{target}）{days}天没有更新，期限是{limit}天：最近一个文件发布于{newest}",
        "the column “{title}” ({target}) was last updated {days} days ago, on {newest_en}; "
        "the limit is {limit} days",
    ),
    Text(
        "发布新的文件；更新间隔本来就长的，在 site.yaml 里调整这个栏目的 max_age_days",
        "publish what is due, or set max_age_days of this column in site.yaml",
    ),
)
_NO_DATE = Text(
    "“{title}”栏目（{target}）的文件都没有发布日期，视为没有更新",
    "no document of the column “{title}” ({target}) has a date, which counts as not updated",
)


def find(site: Site) -> Iterator[Finding]:
    """Columns whose newest document is older than `max_age_days`; a missing date counts as old."""
    for column in site.config.all_columns:
        # `guide-stale` judges the guide.
        if column.id == "guide" or not _is_judged(site, column):
            continue
        newest = _newest(site, column)
        if newest is None:
            yield RULE.at(_SETTINGS, message=_NO_DATE, target=column.id, title=column.title)
        elif (site.today - newest).days > column.max_age_days:
            yield RULE.at(
                _SETTINGS,
                target=column.id,
                title=column.title,
                days=(site.today - newest).days,
                limit=column.max_age_days,
                newest=f"{newest.year}年{newest.month}月{newest.day}日",
                newest_en=newest.isoformat(),
            )


_SETTINGS = Place("site.yaml", 1, 1)


def _is_judged(site: Site, column: Column) -> bool:
    """Whether the column holds documents itself; a parent is judged, too, if its age is written.

    Another parent only gathers: its children speak for themselves.
    """
    if not column.children:
        return bool(site.by_column[column.id])
    own_page = f"content/{column.id}/index.md"
    holds = any(entry.path != own_page for entry in site.by_column[column.id])
    return holds or (_has_written_age(site.config, column) and bool(site.in_column(column)))


def _has_written_age(config: Config, column: Column) -> bool:
    names = column.id.split("/")
    settings = (config.column_settings or {}).get(names[0])
    for name in names[1:]:
        settings = ((settings.children if settings else None) or {}).get(name)
    return settings is not None and settings.max_age_days is not None


def _newest(site: Site, column: Column) -> date | None:
    days = [
        entry.document.meta.published.day
        for entry in site.in_column(column)
        if entry.document.meta.published
    ]
    return max(days, default=None)
