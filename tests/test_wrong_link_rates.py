"""How many wrong links are caught and how many right ones accused, over invented titles and series.

The level to beat (wrong-links.md): no false error, and more than 95 % of the mix-ups of one series.
"""

from __future__ import annotations

import posixpath
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from generator.build import examine
from generator.finding import Finding, Selection, Severity
from tests import series, titles
from tests.sites import write_site

TODAY = date(2026, 11, 20)
RULES = frozenset(
    """
    wrong-year wrong-period wrong-number wrong-issuer wrong-kind wrong-title wrong-level
    wrong-attachment
    """.split()
)
ONE_PAGE = 60
# What the difference of two documents of one series is called.
NAMES = {
    "year": {"wrong-year"},
    "period": {"wrong-period"},
    "number": {"wrong-number"},
    "organ": {"wrong-issuer", "wrong-number"},
}


def _judged(
    folder: Path, files: Mapping[str, str], links: Iterable[tuple[str, str]]
) -> list[list[Finding]]:
    """The findings about each of `links` (text, path of the target), which stand in lists of their own."""
    links = list(links)
    pages: dict[str, str | bytes] = dict(files)
    for start in range(0, len(links), ONE_PAGE):
        rows = "\n".join(
            f"- [{_escaped(text)}](/{path})" for text, path in links[start : start + ONE_PAGE]
        )
        front = "---\ntitle: 链接\npublished: 2026-10-30\ndisclosure: 主动公开\n---\n"
        pages[f"content/statutory/notice/lists/{start}.md"] = f"{front}{rows}\n"
    site = write_site(folder, pages)
    found: dict[tuple[str, int], list[Finding]] = {}
    for finding in examine(site, TODAY, selection=Selection(RULES)).findings:
        place = finding.place
        found.setdefault((place.path, place.line or 0), []).append(finding)
    return [
        found.get((f"content/statutory/notice/lists/{n - n % ONE_PAGE}.md", n % ONE_PAGE + 6), [])
        for n in range(len(links))
    ]


def _escaped(text: str) -> str:
    return re.sub(r"([\[\]*_`<>|])", r"\\\1", text)


def _said(text: str, findings: Sequence[Finding]) -> str:
    return f"{text}: {[finding.message.zh for finding in findings]}"


def test_natural_names_of_a_title_are_never_accused(tmp_path: Path) -> None:
    files = {"site.yaml": titles.SETTINGS} | {f"content/{t.path}": t.text for t in titles.TITLES}
    links = [(name, t.path) for t in titles.TITLES for name in dict.fromkeys(titles.names(t))]
    judged = _judged(tmp_path, files, links)
    accused = [_said(text, found) for (text, _), found in zip(links, judged, strict=True) if found]
    assert len(titles.TITLES) >= 40
    assert len(links) >= 2000
    assert accused == []


def test_titles_on_the_wrong_document_are_noticed(tmp_path: Path) -> None:
    files = {"site.yaml": titles.SETTINGS} | {f"content/{t.path}": t.text for t in titles.TITLES}
    pairs = [
        (name, other.path)
        for one in titles.TITLES
        for name in dict.fromkeys(titles.shorter(one))
        for other in titles.TITLES
        if other is not one
    ]
    chosen = random.Random(20261120).sample(pairs, 2000)
    judged = _judged(tmp_path, files, chosen)
    noticed = sum(bool(found) for found in judged) / len(chosen)
    errors = sum(any(f.severity is Severity.ERROR for f in found) for found in judged)
    print(f"random pairs: {noticed:.1%} noticed, {errors / len(chosen):.1%} as errors")  # noqa: T201 - with -s the rate is seen
    assert noticed > 0.94


def _documents(items: Iterable[series.Item]) -> dict[str, str]:
    def text(item: series.Item) -> str:
        fields = item.fields | {"disclosure": "主动公开"}
        lines = "".join(f"{key}: '{value}'\n" for key, value in fields.items())
        return f"---\n{lines}---\n\n正文。\n"

    return {"site.yaml": series.SETTINGS} | {item.path: text(item) for item in items}


def test_names_of_a_series_are_never_accused(tmp_path: Path) -> None:
    items = series.everything()
    links = [(name.text, _below(item)) for item in items for name in item.names]
    judged = _judged(tmp_path, _documents(items), links)
    accused = [_said(text, found) for (text, _), found in zip(links, judged, strict=True) if found]
    assert len(links) >= 1500
    assert accused == []


def _below(item: series.Item) -> str:
    return item.path.removeprefix("content/")


@pytest.mark.parametrize("seed", [1, 20261120])
def test_mix_ups_within_a_series_are_caught(tmp_path: Path, seed: int) -> None:
    items = series.everything()
    # Each text once on a page: two entries of one name are another mistake.
    mix_ups = _apart(series.mix_ups(items, seed, each=8))
    links = [(name.text, _below(other)) for _, name, other in mix_ups]
    judged = _judged(tmp_path, _documents(items), links)
    missed, misnamed, right = [], [], Counter[bool]()
    for (item, name, other), found in zip(mix_ups, judged, strict=True):
        errors = [finding for finding in found if finding.severity is Severity.ERROR]
        difference = series.only_difference(item, other)
        if not errors:
            missed.append(f"{name.text} → {other.fields['title']} ({difference})")
        elif not {finding.rule for finding in errors} <= NAMES[difference]:
            misnamed.append(_said(name.text, errors))
        else:
            right[_leads_to(errors[0].suggestion, item)] += 1
    rate = 1 - len(missed) / len(mix_ups)
    print(f"mix-ups of one series: {rate:.1%} of {len(mix_ups)} caught; suggestions: {right}")  # noqa: T201
    assert misnamed == []
    assert rate > 0.95, missed
    assert right[True] / right.total() > 0.95


def _apart(
    mix_ups: list[tuple[series.Item, series.Name, series.Item]],
) -> list[tuple[series.Item, series.Name, series.Item]]:
    """The mix-ups in an order in which no page has one text twice."""
    pages: list[dict[str, tuple[series.Item, series.Name, series.Item]]] = []
    for one in mix_ups:
        text = one[1].text
        page = next((p for p in pages if len(p) < ONE_PAGE and text not in p), None)
        if page is None:
            page = {}
            pages.append(page)
        page[text] = one
    # Only whole pages keep the texts of the next ones apart.
    return [one for page in pages if len(page) == ONE_PAGE for one in page.values()]


def _leads_to(suggestion: str | None, item: series.Item) -> bool:
    return suggestion is not None and posixpath.join("content", suggestion.lstrip("/")) == item.path
