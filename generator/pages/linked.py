"""What search engines and archives read in the head of a page (机器可读的页头): Open Graph, JSON-LD, twins.

The words are those of schema.org: an organ is a GovernmentOrganization, a policy a Legislation, the
catalogue a Dataset.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator import address
from generator.domain.kinds import Kind, Status
from generator.finding import Place
from generator.model import Entry, Site
from generator.regex import regex
from generator.schema import Moment

_CONTEXT = "https://schema.org"
_TYPES: dict[Kind, str] = {
    Kind.POLICY: "Legislation",
    Kind.INSTITUTION: "Legislation",
    Kind.ANNUAL_REPORT: "Report",
    Kind.FAQ: "FAQPage",
}
# An amended document is in force; one that is not yet in force is not.
_FORCE: dict[Status, str] = {
    Status.VALID: "InForce",
    Status.AMENDED: "InForce",
    Status.REPEALED: "NotInForce",
    Status.EXPIRED: "NotInForce",
    Status.PENDING: "NotInForce",
}
MARKDOWN, TEXT = "text/markdown", "text/plain"
# What would end a script element or a line of JavaScript.
_UNSAFE = regex("[<>&\u2028\u2029]")
_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Thing = dict[str, object]
Tags = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The head's part for machines: Open Graph tags, JSON-LD, and the twins with their media types."""

    open_graph: Tags
    json_ld: Markup
    twins: Tags


def twin_urls(site: Site, entry: Entry) -> dict[str, str]:
    """The addresses of a document's twins (文本副本) by media type; a file of the editor's own goes first."""
    own = (Place(entry.path, 1, 1),)
    twins = zip((MARKDOWN, TEXT), address.twin_urls(entry.url), strict=True)
    return {type_: url for type_, url in twins if site.addresses.get(url) == own}


def linked(
    site: Site, url: str, title: str, entry: Entry | None, way: Callable[[str], str]
) -> Linked:
    """What the page at `url` says to machines; `entry` is the listed document that stands on it."""
    twins = twin_urls(site, entry) if entry else {}
    return Linked(
        _open_graph(site, url, title, entry),
        _script(_things(site, url, entry, twins)),
        tuple((type_, way(twin)) for type_, twin in twins.items()),
    )


def _open_graph(site: Site, url: str, title: str, entry: Entry | None) -> Tags:
    organ, meta = site.config.organ, entry.document.meta if entry else None
    column = site.config.column_by_id.get(entry.document.column) if entry else None
    tags = (
        ("og:type", "article" if entry else "website"),
        ("og:title", title or f"{organ.name}政府信息公开"),
        ("og:url", address.absolute(site.config.base_url, url)),
        ("og:site_name", f"{organ.name}政府信息公开"),
        ("og:locale", "zh_CN"),
        ("og:description", (meta.summary or "") if meta else ""),
        ("article:published_time", moment(meta.published) if meta and meta.published else ""),
        ("article:section", column.title if column else ""),
    )
    return tuple(tag for tag in tags if tag[1])


def moment(published: Moment) -> str:
    """A moment of publication with the time zone of China."""
    return f"{published.day.isoformat()}T{published.clock or '00:00'}:00+08:00"


def _script(things: list[Thing]) -> Markup:
    """JSON-LD that is safe inside a script element; empty for nothing."""
    if not things:
        return Markup("")
    whole = things[0] if len(things) == 1 else {"@graph": things}
    text = _AS_JSON({"@context": _CONTEXT, **whole})
    # The same characters in JSON's own spelling.
    return Markup(_UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text))


def _things(site: Site, url: str, entry: Entry | None, twins: Mapping[str, str]) -> list[Thing]:
    things = []
    if url == address.HOME:
        things = [_organ(site), _website(site)]
    if url == address.CATALOG:
        things = [_dataset(site)]
    if entry is not None:
        things.append(_document(site, entry, twins))
    return things


def _said(thing: Thing) -> Thing:
    """`thing` without what is empty."""
    return {key: value for key, value in thing.items() if value}


def _organ(site: Site) -> Thing:
    organ = site.config.organ
    return _said(
        {
            "@type": "GovernmentOrganization",
            "@id": f"{site.config.base_url}#organ",
            "name": organ.name,
            "alternateName": organ.short_name,
            "identifier": organ.code,
            "url": site.config.base_url,
            "address": organ.address,
            "telephone": organ.phone,
            "faxNumber": organ.fax,
            "email": organ.email,
            "parentOrganization": _organization(organ.superior) if organ.superior else None,
        }
    )


def _organization(name: str) -> Thing:
    return {"@type": "GovernmentOrganization", "name": name}


def _website(site: Site) -> Thing:
    search = address.absolute(site.config.base_url, address.SEARCH)
    return {
        "@type": "WebSite",
        "name": f"{site.config.organ.name}政府信息公开",
        "url": site.config.base_url,
        "inLanguage": "zh-CN",
        "publisher": {"@id": f"{site.config.base_url}#organ"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{search}?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }


def _dataset(site: Site) -> Thing:
    base = site.config.base_url
    newest = site.listed[0].document.meta.published if site.listed else None
    return _said(
        {
            "@type": "Dataset",
            "name": f"{site.config.organ.name}主动公开目录",
            "description": "主动公开政府信息的索引、名称、内容概述和生成日期，每件信息一行。",
            "url": address.absolute(base, address.CATALOG),
            "inLanguage": "zh-CN",
            "isAccessibleForFree": True,
            "creator": _organization(site.config.organ.name),
            "dateModified": newest.day.isoformat() if newest else None,
            "distribution": [
                _file(address.absolute(base, name), type_, "DataDownload")
                for name, type_ in (
                    ("catalog.json", "application/json"),
                    ("catalog.csv", "text/csv"),
                )
            ],
        }
    )


def _file(url: str, type_: str, kind: str = "MediaObject") -> Thing:
    return {"@type": kind, "encodingFormat": type_, "contentUrl": url}


def _document(site: Site, entry: Entry, twins: Mapping[str, str]) -> Thing:
    document, meta = entry.document, entry.document.meta
    base = site.config.base_url
    issuers = [_organization(name) for name in meta.issuer or (site.config.organ.name,)]
    type_ = _TYPES.get(document.kind, "Article")
    thing: Thing = {
        "@type": type_,
        "@id": address.absolute(base, entry.url),
        "name": document.title,
        "inLanguage": "zh-CN",
        "identifier": meta.index_number,
        "datePublished": moment(meta.published) if meta.published else None,
        "dateCreated": meta.signed.isoformat() if meta.signed else None,
        "expires": meta.expires.isoformat() if meta.expires else None,
        "publisher": _organization(site.config.organ.name),
        "author": issuers,
        "abstract": meta.summary,
        "keywords": list(meta.keywords),
        "about": _ids(site, entry.interprets),
        "isBasedOn": _ids(site, entry.based_on),
        "encoding": [_file(address.absolute(base, url), media) for media, url in twins.items()],
        "associatedMedia": [
            {
                "@type": "MediaObject",
                "name": file.title,
                "contentUrl": address.absolute(base, file.url),
            }
            for file in entry.attachments
            if file.verdict.is_good
        ],
    }
    if type_ == "Legislation":
        thing |= {
            "legislationIdentifier": meta.document_number,
            "legislationDate": meta.signed.isoformat() if meta.signed else None,
            "legislationPassedBy": issuers,
            "legislationLegalForce": f"{_CONTEXT}/{_FORCE[entry.status]}",
            "legislationChanges": _ids(site, (*entry.supersedes, *entry.amends)),
        }
    if type_ == "FAQPage":
        thing["mainEntity"] = [
            {
                "@type": "Question",
                "name": question.question,
                "acceptedAnswer": {"@type": "Answer", "text": question.answer},
            }
            for question in meta.questions
            if question.answer
        ]
    return _said(thing)


def _ids(site: Site, paths: Iterable[str]) -> list[Thing]:
    """The documents at `paths` that may be named: built, and not withdrawn."""
    found = (site.entries[path] for path in paths if path in site.entries)
    return [
        {"@id": address.absolute(site.config.base_url, entry.url)}
        for entry in found
        if entry.document.withheld is None and not entry.document.is_withdrawn
    ]
