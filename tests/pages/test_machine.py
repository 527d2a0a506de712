"""What programs read: catalogue, feeds, sitemap, robots, task tables."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from tests.built import Built, build, demonstration, good
from tests.edits import replace

POLICY = "content/statutory/policy/2026/data-sharing.md"
WORK_POINTS = "content/statutory/work-points/2026.md"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
KEYS = (
    "index_number title document_number kind column also_in issuer signed published effective"
    " expires status subject statutory_item topics summary url source attachments interprets"
    " interpreted_by supersedes superseded_by"
).split()


def _catalog(built: Built) -> list[dict[str, object]]:
    rows = json.loads(built.text("catalog.json"))
    assert isinstance(rows, list)
    return rows


def test_the_catalogue_is_written_as_json_is_indented() -> None:
    text = demonstration().text("catalog.json")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def _csv(built: Built, url: str) -> list[list[str]]:
    text = built.text(url)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def _xml(built: Built, url: str) -> ET.Element:
    return ET.fromstring(built.content(url))


def test_a_row_of_the_catalogue() -> None:
    row = next(row for row in _catalog(good()) if row["source"] == POLICY)
    assert row == {
        "index_number": "000014349/2026-00003",
        "title": "海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知",
        "document_number": "海数政规〔2026〕2号",
        "kind": "policy",
        "column": "statutory/policy",
        "also_in": [],
        "issuer": ["海川市数据与政务公开局"],
        "signed": "2026-09-23",
        "published": "2026-09-24T09:00",
        "effective": "2026-11-01",
        "expires": "2031-10-31",
        "status": "有效",
        "subject": "综合政务\\电子政务",
        "statutory_item": 1,
        "topics": ["open-data"],
        "summary": "规定公共数据共享的目录、申请、使用和监督。",
        "url": "statutory/policy/2026/data-sharing.html",
        "source": POLICY,
        "attachments": ["statutory/policy/2026/data-sharing-catalog.csv"],
        "interprets": [],
        "interpreted_by": ["statutory/interpretation/2026/data-sharing.html"],
        "supersedes": ["statutory/policy/2023/data-sharing.html"],
        "superseded_by": [],
    }


def test_absent_values_of_the_catalogue_are_null_and_lists_are_lists() -> None:
    row = next(row for row in _catalog(good()) if row["kind"] == "topic")
    assert list(row.items()) == [
        ("index_number", None),
        ("title", "公共数据开放"),
        ("document_number", None),
        ("kind", "topic"),
        ("column", None),
        ("also_in", []),
        ("issuer", ["海川市数据与政务公开局"]),
        ("signed", None),
        ("published", "2026-09-28"),
        ("effective", None),
        ("expires", None),
        ("status", "有效"),
        ("subject", None),
        ("statutory_item", None),
        ("topics", []),
        ("summary", None),
        ("url", "topics/open-data/index.html"),
        ("source", "content/topics/open-data/index.md"),
        ("attachments", []),
        ("interprets", []),
        ("interpreted_by", []),
        ("supersedes", []),
        ("superseded_by", []),
    ]


@pytest.mark.parametrize("site", [good, demonstration], ids=["good", "demonstration"])
def test_the_catalogue_is_complete_newest_first_and_the_same_as_csv(site: object) -> None:
    assert callable(site)
    built = site()
    rows = _catalog(built)
    assert [row["source"] for row in rows] == [entry.path for entry in built.outcome.site.listed]
    days = [str(row["published"])[:10] for row in rows]
    assert days == sorted(days, reverse=True)
    flat = [
        [
            " | ".join(value) if isinstance(value, list) else "" if value is None else str(value)
            for value in row.values()
        ]
        for row in rows
    ]
    assert _csv(built, "catalog.csv") == [KEYS, *flat]


def test_a_cell_is_never_a_formula() -> None:
    built = build(
        replace(WORK_POINTS, "要求: 明确目录和期限", "要求: '=1+1'"),
        replace(WORK_POINTS, "要求: 邀请群众参加", "要求: '@SUM(A1)'"),
    )
    assert _csv(built, "statutory/work-points/2026-tasks.csv") == [
        ["序号", "任务", "具体要求", "牵头单位", "配合单位", "时限", "进展", "完成日期", "落实情况"],
        [
            "1", "出台公共数据共享管理办法", "'=1+1", "数据资源科", "办公室", "2026-09-30", "已完成",
            "2026-09-24", "海数政规〔2026〕2号",
        ],
        ["2", "举办政府开放日", "'@SUM(A1)", "办公室", "数据资源科", "2026-12-20", "进行中", "", ""],
    ]  # fmt: skip


def test_the_feed_of_a_column() -> None:
    assert good().text("statutory/policy/feed.xml") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
        " <title>海川市数据与政务公开局政府信息公开 政策文件</title>\n"
        " <id>https://www.example.gov.cn/zwgk/statutory/policy/feed.xml</id>\n"
        " <updated>2026-09-24T09:00:00+08:00</updated>\n"
        ' <link rel="self" type="application/atom+xml"'
        ' href="https://www.example.gov.cn/zwgk/statutory/policy/feed.xml" />\n'
        ' <link rel="alternate" type="text/html"'
        ' href="https://www.example.gov.cn/zwgk/statutory/policy/index.html" />\n'
        " <author>\n  <name>海川市数据与政务公开局</name>\n </author>\n"
        " <entry>\n"
        "  <title>海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知</title>\n"
        "  <id>https://www.example.gov.cn/zwgk/statutory/policy/2026/data-sharing.html</id>\n"
        '  <link rel="alternate" type="text/html"'
        ' href="https://www.example.gov.cn/zwgk/statutory/policy/2026/data-sharing.html" />\n'
        "  <published>2026-09-24T09:00:00+08:00</published>\n"
        "  <updated>2026-09-24T09:00:00+08:00</updated>\n"
        '  <category term="statutory/policy" label="政策文件" />\n'
        "  <summary>规定公共数据共享的目录、申请、使用和监督。</summary>\n"
        " </entry>\n"
        " <entry>\n"
        "  <title>海川市数据与政务公开局关于印发《海川市公共数据共享办法（试行）》的通知</title>\n"
        "  <id>https://www.example.gov.cn/zwgk/statutory/policy/2023/data-sharing.html</id>\n"
        '  <link rel="alternate" type="text/html"'
        ' href="https://www.example.gov.cn/zwgk/statutory/policy/2023/data-sharing.html" />\n'
        "  <published>2023-06-15T00:00:00+08:00</published>\n"
        "  <updated>2023-06-15T00:00:00+08:00</updated>\n"
        '  <category term="statutory/policy" label="政策文件" />\n'
        " </entry>\n"
        "</feed>\n"
    )


@pytest.mark.parametrize("site", [good, demonstration], ids=["good", "demonstration"])
def test_every_feed_is_atom(site: object) -> None:
    assert callable(site)
    built = site()
    feeds = sorted(url for url in built.urls if url.endswith("feed.xml"))
    base = built.outcome.site.config.base_url
    assert len(feeds) == 1 + len(built.outcome.site.config.all_columns) + len(
        built.outcome.site.config.topics
    )
    for url in feeds:
        root = _xml(built, url)
        entries = root.findall(f"{ATOM}entry")
        ids = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
        assert root.findtext(f"{ATOM}id") == base + url
        assert len(entries) <= 50
        assert len(set(ids)) == len(ids)
        assert all(id_.startswith(base) for id_ in ids)
        assert all(entry.findtext(f"{ATOM}title") for entry in entries)


def test_a_feed_without_entries_asks_no_clock() -> None:
    built = build(
        replace(POLICY, "专题: [open-data]\n", ""),
        replace("content/statutory/interpretation/2026/data-sharing.md", "专题: [open-data]\n", ""),
    )
    root = _xml(built, "topics/open-data/feed.xml")
    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert root.findall(f"{ATOM}entry") == []


def test_the_sitemap_names_every_page_a_reader_may_want() -> None:
    root = _xml(good(), "sitemap.xml")
    places = {
        (place.findtext(f"{MAP}loc") or "").removeprefix("https://www.example.gov.cn/zwgk/"): (
            place.findtext(f"{MAP}lastmod")
        )
        for place in root.findall(f"{MAP}url")
    }
    documents = {entry.url for entry in good().outcome.site.listed}
    columns = {f"{column.id}/index.html" for column in good().outcome.site.config.all_columns}
    fixed = {"index.html", "catalog.html", "sitemap.html", "apply.html", "topics/index.html"}
    made = {"hot-questions.html", "statutory/work-points/2026-task-ledger.html"}
    assert set(places) == documents | columns | fixed | made
    assert places["statutory/policy/2023/data-sharing.html"] == "2023-06-15"
    assert places["statutory/policy/index.html"] == "2026-09-24"
    assert places["index.html"] == "2026-10-20"
    assert list(places) == sorted(places)


def test_robots_are_shown_the_sitemap() -> None:
    assert good().text("robots.txt") == (
        "User-agent: *\nAllow: /\n\nSitemap: https://www.example.gov.cn/zwgk/sitemap.xml\n"
    )
