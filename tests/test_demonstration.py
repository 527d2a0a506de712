"""The demonstration site of this repository (示范站点): complete, without a finding, with every feature in it."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from generator.build import examine
from generator.domain.kinds import Kind, Status
from generator.model import LinkSyntax, Site
from tests.built import demonstration
from tests.command import on
from tests.sites import TODAY

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site() -> Site:
    return demonstration().outcome.site


def test_it_has_no_findings() -> None:
    said = on(REPOSITORY, "check", "--format", "json")
    # On a slow machine the progress is told besides.
    assert (said.code, said.json["findings"], "Traceback" in said.err) == (0, [], False)
    assert said.json["summary"]["documents"] >= 80


def test_it_has_every_kind_and_six_years(site: Site) -> None:
    kinds = Counter(entry.document.kind for entry in site.listed)
    assert set(kinds) == set(Kind)
    for kind in (Kind.ANNUAL_REPORT, Kind.WORK_POINTS):
        years = sorted(
            entry.document.meta.year or 0 for entry in site.listed if entry.document.kind is kind
        )
        assert len(years) >= 6
        assert years == list(range(years[0], years[-1] + 1))
    policies = [entry.document.meta for entry in site.listed if entry.document.kind is Kind.POLICY]
    assert len({meta.published.day.year for meta in policies if meta.published}) >= 6


def test_its_newest_documents_are_of_autumn_2026(site: Site) -> None:
    newest = site.listed[0].document.meta.published
    assert newest is not None
    assert "2026-09-01" <= newest.iso <= TODAY.isoformat() + "T24"


def test_every_column_and_topic_has_documents(site: Site) -> None:
    assert [column.id for column in site.config.all_columns if not site.in_column(column)] == []
    assert len(site.by_topic) >= 4
    assert [topic for topic, entries in site.by_topic.items() if len(entries) < 3] == []


def test_every_feature_shows_somewhere(site: Site) -> None:
    listed = site.listed
    metas = [entry.document.meta for entry in listed]
    links = [link for entry in listed for link in entry.links]
    shown = {
        "repealed": any(entry.status is Status.REPEALED for entry in listed),
        "amended": any(entry.status is Status.AMENDED for entry in listed),
        "replaced by": any(entry.superseded_by for entry in listed),
        "interpreted twice": any(len(entry.interpreted_by) > 1 for entry in listed),
        "questions on a policy": any(entry.questions for entry in listed),
        "basis and measures": any(entry.basis_of for entry in listed),
        "listed twice": any(entry.document.also_in for entry in listed),
        "withdrawn": any(entry.document.is_withdrawn for entry in site.built),
        "old addresses": any(meta.aliases for meta in metas),
        "feedback": any(meta.consultation and meta.consultation.feedback for meta in metas),
        "open consultation": any(
            meta.consultation and meta.consultation.closes and meta.consultation.closes >= TODAY
            for meta in metas
        ),
        "tasks": sum(len(meta.tasks) for meta in metas) > 50,
        "report tables": sum(meta.report is not None for meta in metas) >= 6,
        "archived topic": any(topic.archived for topic in site.config.topics.values()),
        "reference": any(link.written.syntax is LinkSyntax.REFERENCE for link in links),
        "bare number": any(link.written.syntax is LinkSyntax.NUMBER for link in links),
        "link to a place": any(link.fragment for link in links),
        "articles": any("第一条" in entry.body.anchors for entry in listed),
        "run-in headings": any('class="run-in"' in "".join(entry.body.pieces) for entry in listed),
        "footnotes": any("fn:1" in entry.body.anchors for entry in listed),
    }
    assert [feature for feature, is_shown in shown.items() if not is_shown] == []
    suffixes = {asset.url.rpartition(".")[2] for asset in site.assets}
    assert {"docx", "xlsx", "pdf"} <= suffixes


def test_it_names_no_host_but_reserved_ones(site: Site) -> None:
    hosts = {site.config.host, *(host for organ in site.config.organs for host in organ.hosts)}
    assert [host for host in hosts if not host.endswith(".example.gov.cn")] == []


def test_deleting_a_linked_document_breaks_a_link(site: Site, tmp_path: Path) -> None:
    targets = {
        target
        for entry in site.built
        for target in (
            *(link.document for link in entry.links),
            *(reference.document for reference in entry.references),
        )
        if target != entry.path
    }
    linked = sorted(filter(None, targets))
    assert len(linked) > 50
    copy = tmp_path / "site"
    copy.mkdir()
    shutil.copytree(REPOSITORY / "content", copy / "content")
    shutil.copy(REPOSITORY / "site.yaml", copy)
    # Every one would take minutes; these are spread over all columns and years.
    for path in linked[:: len(linked) // 6]:
        text = (copy / path).read_bytes()
        (copy / path).unlink()
        rules = {finding.rule for finding in examine(copy, TODAY).findings}
        assert rules & {"broken-page", "broken-reference"}, path
        (copy / path).write_bytes(text)
