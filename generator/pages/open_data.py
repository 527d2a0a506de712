"""The catalogue as open data (开放数据): its JSON Schema, a Frictionless data package, and `llms.txt`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from generator import address
from generator.config import Column
from generator.domain.kinds import Kind, Status
from generator.domain.statutory import STATUTORY_ITEMS
from generator.model import Entry, Page, Site
from generator.pages.frame import SITE_TITLE
from generator.pages.linked import MARKDOWN, twin_urls

SCHEMA, PACKAGE, MODELS = "catalog.schema.json", "datapackage.json", "llms.txt"
NEWEST_OF_COLUMN = 20

Schema = dict[str, object]

_DAY: Schema = {"type": "string", "format": "date"}
_TEXT: Schema = {"type": "string"}
_LINKS: Schema = {"type": "array", "items": {"type": "string", "format": "uri-reference"}}
_LIST: Schema = {"type": "array", "items": _TEXT}

# For each key of a row what it holds and what it means; those marked may be null.
_FIELDS: dict[str, tuple[Schema, bool, str]] = {
    "index_number": (_TEXT, True, "索引号"),
    "title": (_TEXT, False, "名称"),
    "document_number": (_TEXT, True, "发文字号"),
    "kind": ({"enum": [kind.value for kind in Kind]}, False, "文种"),
    "column": (_TEXT, True, "栏目"),
    "also_in": (_LIST, False, "同时列入的栏目"),
    "issuer": (_LIST, False, "发文机关，第一个是牵头机关"),
    "signed": (_DAY, True, "成文日期（生成日期）"),
    "published": (
        {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$"},
        True,
        "发布日期，北京时间",
    ),
    "effective": (_DAY, True, "施行日期"),
    "expires": (_DAY, True, "失效日期"),
    "status": ({"enum": [status.value for status in Status]}, False, "有效性"),
    "subject": (_TEXT, True, "主题分类"),
    "statutory_item": (
        {"type": "integer", "minimum": min(STATUTORY_ITEMS), "maximum": max(STATUTORY_ITEMS)},
        True,
        "政府信息公开条例第二十条的项",
    ),
    "topics": (_LIST, False, "专题"),
    "summary": (_TEXT, True, "内容概述"),
    "url": ({"type": "string", "format": "uri-reference"}, False, "网页，从本文件所在的文件夹算起"),
    "source": (_TEXT, False, "原稿，从站点文件夹算起"),
    "attachments": (_LINKS, False, "附件"),
    "interprets": (_LINKS, False, "解读的文件"),
    "interpreted_by": (_LINKS, False, "解读"),
    "supersedes": (_LINKS, False, "废止的文件"),
    "superseded_by": (_LINKS, False, "废止本文件的文件"),
}
KEYS = tuple(_FIELDS)


def schema(site: Site) -> Page:
    """The JSON Schema (2020-12) of `catalog.json`."""
    properties = {
        key: {**(_or_null(found) if optional else found), "description": words}
        for key, (found, optional, words) in _FIELDS.items()
    }
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address.absolute(site.config.base_url, SCHEMA),
        "title": "主动公开目录",
        "description": "每件信息一行，新的在前；没有的值写 null。",
        "type": "array",
        "items": {"type": "object", "properties": properties, "required": list(KEYS)},
    }
    return _json(SCHEMA, whole)


def _or_null(found: Schema) -> Schema:
    if "enum" in found:
        return {"anyOf": [found, {"type": "null"}]}
    return {**found, "type": [found["type"], "null"]}


def package(site: Site, files: Mapping[str, bytes]) -> Page:
    """The data package of the catalogue: `files` are `catalog.json` and `catalog.csv` as they are written."""
    organ = site.config.organ
    newest = site.listed[0].document.meta.published if site.listed else None
    whole: dict[str, object] = {
        "profile": "data-package",
        "name": "catalog",
        "id": address.absolute(site.config.base_url, PACKAGE),
        "title": f"{organ.name}主动公开目录",
        "description": "主动公开政府信息的索引、名称、内容概述、生成日期和相互关系。",
        "homepage": site.config.base_url,
        "contributors": [{"title": organ.name, "role": "publisher"}],
        "resources": [
            {
                **_resource("catalog-csv", "catalog.csv", "text/csv", files),
                "profile": "tabular-data-resource",
                "format": "csv",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
                "schema": {
                    "fields": [_field(key) for key in KEYS],
                    "missingValues": [""],
                    "primaryKey": "url",
                },
            },
            {
                **_resource("catalog-json", "catalog.json", "application/json", files),
                "profile": "data-resource",
                "format": "json",
                "jsonSchema": SCHEMA,
            },
        ],
    }
    if newest:
        whole["version"] = newest.day.isoformat()
    return _json(PACKAGE, whole)


def _resource(name: str, path: str, media: str, files: Mapping[str, bytes]) -> dict[str, object]:
    content = files[path]
    return {
        "name": name,
        "path": path,
        "mediatype": media,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _field(key: str) -> dict[str, object]:
    """A column of the CSV file; lists are one text there, their parts parted by ` | `."""
    found, optional, words = _FIELDS[key]
    is_list = found.get("type") == "array"
    type_ = (
        "date"
        if found.get("format") == "date"
        else "integer"
        if found.get("type") == "integer"
        else "string"
    )
    return {
        "name": key,
        "type": type_,
        "title": words,
        **({"description": "多个值以“ | ”分隔"} if is_list else {}),
        **({} if optional or is_list else {"constraints": {"required": True}}),
    }


def models(site: Site) -> Page:
    """`llms.txt`: where language models find the texts, the newest of each column first."""
    config, base = site.config, site.config.base_url
    name = f"{config.organ.name}{SITE_TITLE}"
    lines = [
        f"# {name}",
        "",
        f"> {name}专栏：政府信息公开指南、制度、法定主动公开内容和工作年度报告。"
        "引用文件前请核对副本第一行的有效性；废止、失效的文件不再作为行政管理的依据。",
        "",
        "每件信息有网页、Markdown（.md）和纯文本（.txt）三种形式，地址只有后缀不同。",
        "",
        "## 全部信息",
        "",
        f"- [主动公开目录（JSON）]({address.absolute(base, 'catalog.json')})：每件信息一行，含有效性和相互关系",
        f"- [主动公开目录（CSV）]({address.absolute(base, 'catalog.csv')})",
        f"- [目录的 JSON Schema]({address.absolute(base, SCHEMA)})",
        f"- [网站地图]({address.absolute(base, 'sitemap.xml')})",
        f"- [更新订阅]({address.absolute(base, 'feed.xml')})",
    ]
    for column in config.all_columns:
        lines += _column(site, column)
    return Page(MODELS, ("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _column(site: Site, column: Column) -> list[str]:
    entries = site.by_column[column.id]
    if not entries:
        return []
    shown = entries[:NEWEST_OF_COLUMN]
    rest = len(entries) - len(shown)
    url = address.absolute(site.config.base_url, address.column_url(column.id))
    more = [f"- [{column.title}的其余 {rest} 件]({url})"] if rest else []
    return ["", f"## {column.title}", "", *(_line(site, entry) for entry in shown), *more]


def _line(site: Site, entry: Entry) -> str:
    meta = entry.document.meta
    url = twin_urls(site, entry).get(MARKDOWN, entry.url)
    facts = [entry.status.value, meta.document_number or ""]
    facts.append(meta.published.day.isoformat() if meta.published else "")
    title = entry.document.title.replace("[", "［").replace("]", "］")
    where = address.absolute(site.config.base_url, url)
    return f"- [{title}](<{where}>)：{'，'.join(fact for fact in facts if fact)}"


def _json(url: str, value: object) -> Page:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return Page(url, f"{text}\n".encode("utf-8", "replace"))


def pages(site: Site, catalog: Sequence[Page]) -> tuple[Page, ...]:
    """All three; `catalog` are the pages that the package describes."""
    files = {page.url: page.content for page in catalog}
    return (schema(site), package(site, files), models(site))
