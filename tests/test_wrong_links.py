"""The 42 cases of wrong links, each as a document in a site of its own; the network ones apart."""

from __future__ import annotations

import posixpath
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import examine
from generator.rules import BY_NAME

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases" / "wrong-links.yaml"
TODAY = date(2025, 6, 1)
# The world of the cases has its own folders; ours are the columns'.
FOLDERS = {
    "/zwgk/yd/": "statutory/work-points/",
    "/zwgk/nb/": "annual-report/",
    "/zwgk/zc/": "statutory/policy/",
    "/zwgk/jd/": "statutory/interpretation/",
    "/zwgk/zhinan/": "guide/",
    "/zwgk/svc/": "statutory/notice/",
    "/zwgk/zt/": "topics/",
    "/zwgk/files/": "files/",
}
KINDS = {
    "要点": "work-points",
    "年报": "annual-report",
    "政策": "policy",
    "解读": "interpretation",
    "指南": "guide",
    "服务": "notice",
}
MAGIC = {
    "xlsx": b"PK\x03\x04",
    "pdf": b"%PDF-1.7\n",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "html": b"<!DOCTYPE html><html>",
    "none": b"",
}
# What inspectors call wrong and broken links; the other rules judge other things of these sketches.
GROUPS = ("错链", "断链")
HOME = "statutory/notice/home.md"


def _world() -> dict[str, Any]:
    if not CASES.is_file():
        return {"site": {}, "cases": []}
    found: dict[str, Any] = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return found


WORLD = _world()
OFFLINE = [case for case in WORLD["cases"] if "fetched" not in case]


def _ours(address: str) -> str:
    """A path of the cases' world as a path of ours, below the output folder."""
    for theirs, ours in FOLDERS.items():
        if address.startswith(theirs):
            return ours + address[len(theirs) :]
    return address.removeprefix("/zwgk/").removeprefix("/")


def _md(path: str) -> str:
    return path.removesuffix(".html") + ".md"


def _front_matter(number: int, address: str, facts: dict[str, Any]) -> dict[str, Any]:
    year = facts.get("year", 2025)
    # Policies appear in their year; what links to them was published last month.
    published = f"{year}-03-01" if facts["type"] == "政策" else "2025-05-06"
    published = str(facts.get("publish", published))
    fields: dict[str, Any] = {
        "title": facts["title"],
        "kind": KINDS[facts["type"]],
        "published": published,
        "signed": f"{year}-03-01",
        "index_number": f"000000019/{year}-{number:05}",
        "disclosure": "主动公开",
        "issuer": facts["issuer"],
        "review": {"drafter": "甲", "reviewer": "乙", "publisher": "丙", "secrecy": "丁"}
        | {"on": published},
    }
    optional = {
        "document_number": facts.get("number"),
        "status": facts.get("status"),
        "draft": "true" if facts.get("draft") else None,
        "year": str(year) if facts["type"] in ("要点", "年报", "指南") else None,
        "interprets": [_md(_ours(path)) for path in facts.get("interprets", ())] or None,
        "supersedes": _md(_ours(facts["replaces"])) if "replaces" in facts else None,
    }
    return fields | {key: value for key, value in optional.items() if value is not None}


def _href(href: str, source: str) -> str:
    """An address of the cases' world as our editors would write it."""
    if href.startswith(".."):
        return "/" + _ours(
            posixpath.normpath(posixpath.join(posixpath.dirname(source), href)) + "/"
        )
    if not href.startswith("/zwgk/") and href not in ("/", "/index.html"):
        return href
    path, mark, fragment = href.partition("#")
    if path != path.lower():
        # Case is the point of one of the cases.
        ours = _ours(path.replace("/YD/", "/yd/")).replace("work-points", "Work-Points")
        return f"/{_md(ours)}{mark}{fragment}"
    ours = _ours(path)
    return f"/{_md(ours) if ours.endswith('.html') else ours}{mark}{fragment}"


def _links(case: dict[str, Any]) -> list[str]:
    if "page" in case:
        return [f"- [{text}](<{_href(href, HOME)}>)" for text, href in case["page"]]
    if "text" not in case:
        return []
    link = f"[{case['text']}](<{_href(case['href'], case['from'])}>)"
    return [f"历史文件：{link}。" if case.get("hist") else f"参见{link}。"]


def _document(folder: Path, path: str, fields: dict[str, Any], body: list[str]) -> None:
    file = folder / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    front = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)
    file.write_text(f"---\n{front}---\n\n" + "\n\n".join(body) + "\n", encoding="utf-8")


def _settings() -> dict[str, Any]:
    world = WORLD["site"]
    return {
        "organ": {"name": "市国资委", "code": "000000019"},
        "base_url": world["base"],
        "organs": [{"name": name} for name in world["organs"]],
        "legacy_hosts": dict.fromkeys(world["legacy_hosts"], "new.example.gov.cn"),
        "topics": {"ysj": {"title": "优化营商环境专题"}},
    }


def _write(folder: Path, case: dict[str, Any]) -> str:
    """The site of one case in `folder`; the path of the document that its links stand in."""
    settings = yaml.safe_dump(_settings(), allow_unicode=True)
    folder.joinpath("site.yaml").write_text(settings, encoding="utf-8")
    declared = []
    for address, file in WORLD["site"]["files"].items():
        stored = folder / "content" / _ours(address)
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_bytes(MAGIC[file["magic"]].ljust(file["size"], b" "))
        if file["size"] and file["magic"] != "html":
            declared.append({"file": "../../" + _ours(address), "title": file["label"]})
    source = _ours(case.get("from", ""))
    source = _md(source) if source.endswith(".html") else HOME
    for number, (address, facts) in enumerate(WORLD["site"]["docs"].items(), 1):
        path = _md(_ours(address))
        body = [
            facts["title"],
            *facts.get("anchors", ()),
            *(_links(case) if path == source else ()),
        ]
        _document(folder, path, _front_matter(number, address, facts), body)
    fields = _front_matter(90, "", {"type": "服务", "title": "办事指引", "issuer": "市国资委"})
    # What the files are called stands in another document than the one that links to them.
    fields["attachments"] = declared
    _document(folder, HOME, fields, ["正文。", *(_links(case) if source == HOME else ())])
    return f"content/{source}"


@pytest.mark.parametrize("case", OFFLINE, ids=lambda case: str(case["id"]))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    source = _write(tmp_path, case)
    findings = examine(tmp_path, TODAY).findings
    rules = {row.rule.name for row in BY_NAME.values() if row.group in GROUPS}
    if "doc" in case:
        source, rules = (
            "content/" + _md(_ours(case["doc"])),
            {"missing-field", case.get("about", "")},
        )
    found = {f.rule: f.message.zh for f in findings if f.place.path == source and f.rule in rules}
    assert sorted(found) == sorted(case["expect"]), found


def test_cases_are_there() -> None:
    """Outside the project's own folder the shared cases may be missing; then nothing above was tested."""
    if not CASES.is_file():
        pytest.skip("the shared cases are not beside the project")
    assert len(OFFLINE) + 6 == len(WORLD["cases"]) == 42
