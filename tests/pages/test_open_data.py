"""The catalogue as open data: its schema holds for it, the package describes it, llms.txt leads to the texts."""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from generator.pages import machine, open_data
from generator.pages.frame import Frame
from tests.built import Built, build, demonstration, good
from tests.documents import NOTICES, notice
from tests.edits import put

BASE = "https://www.example.gov.cn/zwgk/"
SITES = pytest.mark.parametrize("site", [good, demonstration], ids=["good", "demonstration"])


@SITES
def test_the_catalogue_holds_to_its_schema(site: object) -> None:
    assert callable(site)
    built: Built = site()
    schema = json.loads(built.text("catalog.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    rows = json.loads(built.text("catalog.json"))
    jsonschema.Draft202012Validator(schema).validate(rows)
    assert [list(row) for row in rows] == [list(schema["items"]["properties"])] * len(rows)


@pytest.mark.parametrize(
    ("key", "value"),
    [("title", None), ("kind", "x"), ("status", None), ("signed", 1), ("topics", None), ("url", 1)],
)
def test_the_schema_refuses_what_no_row_may_say(key: str, value: object) -> None:
    schema = json.loads(good().text("catalog.schema.json"))
    row = {**json.loads(good().text("catalog.json"))[0], key: value}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate([row])


@SITES
def test_the_package_describes_the_files_as_they_are(site: object) -> None:
    assert callable(site)
    built: Built = site()
    package = json.loads(built.text("datapackage.json"))
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    assert [resource["path"] for resource in package["resources"]] == [
        "catalog.csv",
        "catalog.json",
    ]
    for resource in package["resources"]:
        content = built.content(resource["path"])
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    fields = [field["name"] for field in package["resources"][0]["schema"]["fields"]]
    head = built.text("catalog.csv").removeprefix("\ufeff").split("\r\n")[0]
    assert head.split(",") == fields == list(open_data.KEYS)
    types = {field["name"]: field["type"] for field in package["resources"][0]["schema"]["fields"]}
    assert (types["signed"], types["statutory_item"], types["topics"]) == (
        "date",
        "integer",
        "string",
    )
    assert "catalog.schema.json" in built.urls


@SITES
def test_llms_txt_leads_to_texts_that_are_there(site: object) -> None:
    assert callable(site)
    built: Built = site()
    config = built.outcome.site.config
    text = built.text("llms.txt")
    assert text.startswith(f"# {config.organ.name}政府信息公开\n\n> ")
    links = re.findall(r"\]\(<?([^)>]+)>?\)", text)
    assert len(links) > 15
    outside = [link for link in links if not link.startswith(config.base_url)]
    assert outside == []
    assert {unquote(link.removeprefix(config.base_url)) for link in links} <= built.urls
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    filled = [c.title for c in config.all_columns if built.outcome.site.by_column[c.id]]
    assert headings == ["全部信息", *filled]


def test_llms_txt_is_bounded_and_says_what_holds() -> None:
    more = [put(f"{NOTICES}/n{number}.md", notice(number)) for number in range(100, 140)]
    text = build(*more).text("llms.txt")
    part = text.partition("## 其他主动公开\n\n")[2].partition("\n\n")[0].strip().split("\n")
    assert len(part) == open_data.NEWEST_OF_COLUMN + 1
    assert part[-1] == f"- [其他主动公开的其余 22 件]({BASE}statutory/notice/index.html)"
    assert (
        "- [海川市数据与政务公开局关于印发《海川市公共数据共享办法（试行）》的通知]"
        f"(<{BASE}statutory/policy/2023/data-sharing.md>)：废止，海数政规〔2023〕1号，2023-06-15\n"
    ) in text


def test_the_catalogue_page_offers_the_package() -> None:
    page = good().page("catalog.html")
    assert "datapackage.json" in [a.attributes["href"] for a in page.css(".downloads a")]


def test_a_large_site_has_several_sitemaps(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ET.fromstring(demonstration().content("sitemap.xml"))
    monkeypatch.setattr(machine, "MOST_PLACES", 60)
    made = {page.url: page.content for page in machine.pages(Frame(demonstration().outcome.site))}
    index = ET.fromstring(made["sitemap.xml"])
    base = demonstration().outcome.site.config.base_url
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert index.tag == f"{name}sitemapindex"
    files = [(loc.text or "").removeprefix(base) for loc in index.iter(f"{name}loc")]
    assert files == [f"sitemap-{number}.xml" for number in range(1, len(files) + 1)]
    parts = [ET.fromstring(made[file]) for file in files]
    assert [len(part) for part in parts[:-1]] == [60] * (len(parts) - 1)
    listed = [loc.text for part in parts for loc in part.iter(f"{name}loc")]
    assert listed == [loc.text for loc in whole.iter(f"{name}loc")]
    assert len(set(files)) > 2
