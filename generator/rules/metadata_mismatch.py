"""The title of a document contradicts its front matter (标题与文件头不一致): year, number, issuer or kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.domain import assertions, document_number
from generator.domain.folding import arabic_years, folded
from generator.domain.kinds import Kind
from generator.domain.organs import Organs, organs_meet
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Document, Site
from generator.regex import regex
from generator.rules import judged, naming
from generator.schema import chinese_name

RULE = Rule(
    "metadata-mismatch",
    Severity.WARNING,
    Text(
        "标题写的是{text}，文件头的“{key}”是{found}", "the title says {text}, but {name} is {found}"
    ),
    Text("核对后改正标题或“{key}”", "correct the title or {name}"),
)
_Mismatch = tuple[str, str, str]
# Their titles name the policy that they are about, with its number and its organ.
_ABOUT_ANOTHER = frozenset(
    {Kind.INTERPRETATION, Kind.FAQ, Kind.CONSULTATION, Kind.TOPIC, Kind.EVENT}
)
_OWN_NUMBER = regex(r"[(〔\[]([一-龥]{1,20}[〔\[(【]\d{4}[\]〕)】]第?\d{1,5}号)[)〕\]]$")
_ISSUER = regex(
    r"([一-龥]{2,24}?(?:人民政府|办公[室厅]|委员会|管委会|街道办事处|[局厅委部署院]|中心))(?=关于|$|[、和])"
)
_KINDS = {str(kind): kind for kind in Kind}
# An interpretation may be a list of questions.
_ALIKE = (frozenset({Kind.INTERPRETATION, Kind.FAQ}), frozenset({Kind.CONSULTATION, Kind.NOTICE}))


@dataclass(frozen=True)
class _Title:
    """A title as it is compared: folded, with years in Arabic digits."""

    plain: str
    said: assertions.Assertions


def find(site: Site) -> Iterator[Finding]:
    """Documents whose title says one thing and whose front matter another."""
    organs = site.whole.once(naming.organs)
    own = site.config.organ.name
    for entry in judged.documents(site):
        document = entry.document
        if not document.meta.title or document.kind is Kind.TOPIC:
            continue
        plain = arabic_years(folded(document.title))
        title = _Title(plain, assertions.assertions(plain, organs))
        for key, said, found in (
            *_year(document, title),
            *_period(document, title),
            *_number(document, title),
            *_issuer(document, title, organs, own),
            *_kind(document, title, site),
        ):
            yield RULE.at(
                document.source.place(key if (key,) in document.source.keys else "title"),
                text=said,
                key=chinese_name(key),
                name=key,
                found=found,
            )


def _year(document: Document, title: _Title) -> Iterator[_Mismatch]:
    year = document.meta.year
    if year and title.said.years and year not in title.said.years:
        yield "year", "、".join(f"{one}年" for one in sorted(title.said.years)), f"{year}年"


def _period(document: Document, title: _Title) -> Iterator[_Mismatch]:
    period = document.meta.period
    if period:
        own = assertions.periods(arabic_years(folded(period)))
        said, _ = assertions.contradicting_units(title.said.periods, own)
        if said:
            yield "period", "、".join(sorted(one.words for one in said)), period


def _number(document: Document, title: _Title) -> Iterator[_Mismatch]:
    own = document_number.parse(document.meta.document_number or "")
    written = _OWN_NUMBER.search(title.plain)
    if own is None or written is None or document.kind in _ABOUT_ANOTHER:
        return
    said = document_number.parse(written[1])
    if said and not assertions.numbers_meet([said], [own]):
        yield "document_number", str(said), str(own)


def _issuer(document: Document, title: _Title, organs: Organs, own: str) -> Iterator[_Mismatch]:
    issuers = document.meta.issuer
    if document.kind in _ABOUT_ANOTHER or (not issuers and _may_be_of_another(document, own)):
        return
    # 关于市财政局审核意见整改情况的报告 is about that organ, not of it.
    said = set() if title.plain.startswith("关于") else set(title.said.organs)
    if not said and issuers and document.kind is Kind.POLICY:
        # 某某局关于……的通知 names its organ even where nobody has registered it.
        said = (
            set(_ISSUER.findall(title.plain.partition("关于")[0]))
            if "关于" in title.plain
            else set()
        )
    known = {organs.full(issuer) for issuer in (issuers or (own,))}
    is_part = any(one in other or other in one for one in said for other in known)
    if said and not is_part and not organs_meet({organs.full(one) for one in said}, known):
        yield "issuer", "、".join(sorted(said)), "、".join(sorted(known))


def _may_be_of_another(document: Document, own: str) -> bool:
    """Whether it may be another organ's though no issuer is named: an institution, or of another source."""
    source = document.meta.source
    return document.kind is Kind.INSTITUTION or (source is not None and source != own)


def _kind(document: Document, title: _Title, site: Site) -> Iterator[_Mismatch]:
    said = {_KINDS[kind] for kind in title.said.kinds if kind in _KINDS}
    if not said or document.kind in said or judged.is_reprint(document, site.config):
        return
    if not any(document.kind in alike and said & alike for alike in _ALIKE):
        yield "kind", "、".join(kind.zh for kind in said), document.kind.zh
