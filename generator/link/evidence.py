"""Evidence (证据): what the text of each link asserts, held against the facts of its target."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import quote

from generator import address
from generator.config import Config
from generator.domain import file_labels
from generator.domain.assertions import (
    Assertions,
    Organs,
    assertions,
    folded,
    is_generic,
    organs_of,
    periods,
    with_neighbours,
    years,
)
from generator.domain.contradictions import Contradiction, Facts, judge
from generator.domain.file_labels import Label
from generator.domain.folding import arabic_years
from generator.domain.kinds import Kind
from generator.link.facts import FactBook
from generator.link.relations import Relations
from generator.link.rivals import Rivals
from generator.model import Document, Link, LinkSyntax, Verdict, WrittenLink

_READING = re.compile("解读|图解|一图")
_SHORT_NAME = re.compile(
    r"《((?:[^《》]|《[^《》]*》)+)》[^《》]{0,60}?(?:以下|下)(?:统一?)?简?称(?:为)?[:：]?[“\"']?《?([^《》”\"'，。）)]{2,30})"
)
_SIGNS = re.compile(r"[\W_]")
# A text needs its neighbours only where one of these stands directly beside it.
_BESIDE_AFTER = re.compile(r"\s*》?\s*[(（〔\[【]|\s*》?[一-龥]{1,15}[〔\[（(【]\s*[0-9０-９]{4}")
_BESIDE_BEFORE = re.compile(r"[号(（:：,，、]\s*$")


def organs_of_site(config: Config, documents: Mapping[str, Document]) -> Organs:
    """The dictionary of organs: those of `site.yaml`, and every issuer that front matter names."""
    own = config.organ
    return organs_of(
        (own.name, own.short_name, own.superior),
        ((organ.name, organ.short_names) for organ in config.organs),
        (issuer for document in documents.values() for issuer in document.meta.issuer),
    )


class Evidence:
    """The texts of one site's links judged, each pair of text and target once."""

    def __init__(
        self, config: Config, documents: Mapping[str, Document], relations: Relations
    ) -> None:
        self._config = config
        self._documents = documents
        self._organs = organs_of_site(config, documents)
        self._facts = FactBook(config, documents, relations, self._organs)
        shown = [document for document in documents.values() if document.withheld is None]
        self._rivals = Rivals(shown, self._facts, self._organs, relations)
        self._own, self._labels = _labels(documents.values(), self._organs)
        self._said: dict[str, Assertions] = {}
        self._known: dict[tuple[str, str, str, bool], tuple[Contradiction, ...]] = {}

    def judged(self, links: Iterable[Link], source: Document) -> tuple[Link, ...]:
        """The links of `source` with their contradictions, and the suggestion that would fit."""
        found = [self._judged(link, source) for link in links]
        wrong = [link for link in found if link.contradictions and self._is_name(link)]
        if not wrong:
            return tuple(found)
        # Two entries of one name are one mistake, and have a rule of their own: conflicting-links.
        places: dict[str, set[str]] = defaultdict(set)
        for link in found:
            places[folded(link.written.text)].add(link.url)
        twofold = {id(link) for link in wrong if len(places[folded(link.written.text)]) > 1}
        return tuple(
            replace(link, contradictions=(), suggestion=None) if id(link) in twofold else link
            for link in found
        )

    def _is_name(self, link: Link) -> bool:
        """Whether the text of a link is the name of an organ and nothing more."""
        return not self._organs.without(folded(link.written.text))

    def _judged(self, link: Link, source: Document) -> Link:
        written = link.written
        if written.element not in ("a", "area") or written.syntax is LinkSyntax.NUMBER:
            return link
        if link.verdict is Verdict.FILE:
            return self._judged_file(link, source)
        if not self._may_contradict(link) or link.document == source.path:
            return link
        text = _whole_text(written, source)
        is_reading = bool(_READING.search(f"{written.before[-12:]}{written.after[:12]}"))
        # A broken anchor names a part of the page all the same.
        fragment = link.reason if link.verdict is Verdict.NO_ANCHOR else link.fragment
        key = (text, link.document or link.url, fragment, is_reading)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._judge(text, link, fragment, is_reading)
        if found and found[0].rule == "wrong-title" and self._is_short_name(text, link, source):
            return link
        if not found:
            return link
        if link.verdict is Verdict.NO_ANCHOR:
            # Its suggestion is the anchor that was meant.
            return replace(link, contradictions=found)
        return replace(link, contradictions=found, suggestion=self._suggestion(text, link, source))

    def _suggestion(self, text: str, link: Link, source: Document) -> str | None:
        """What to write in place of the address: the list that the text names, or the document it fits."""
        if link.verdict is Verdict.PAGE:
            column = self._config.column_named(text.strip("《》"))
            if column:
                return _relative(f"{column.id}/index.html", source)
        target = self._documents.get(link.document)
        fitting = self._rivals.fitting(text, self._assert(text), target, source.path)
        return self._written_like(link, fitting, source) if fitting else None

    def _may_contradict(self, link: Link) -> bool:
        if link.document:
            return link.verdict in (Verdict.DOCUMENT, Verdict.NO_ANCHOR)
        return link.verdict in (Verdict.PAGE, Verdict.EXTERNAL)

    def _judge(
        self, text: str, link: Link, fragment: str, is_reading: bool
    ) -> tuple[Contradiction, ...]:
        facts = self._facts_of(link)
        if facts is None:
            return ()
        said = self._assert(text)
        titled = self._rivals.titled(text)
        if not said.titles and facts.is_list and titled:
            said = replace(said, titles=(folded(text),))
        if str(Kind.INTERPRETATION) in facts.kinds:
            if str(Kind.INTERPRETATION) in said.kinds:
                interpreted = (
                    self._facts.interpreted(link.document) if link.document else frozenset()
                )
                facts = replace(facts, numbers=facts.numbers | interpreted)
            elif is_reading:
                # 解读：《…》 is a link to the interpretation, whatever the text inside says.
                said = replace(said, kinds=said.kinds | facts.kinds)
        found = judge(text, said, _at_anchor(facts, fragment) if fragment else facts)
        if (
            not found
            and link.document
            and not fragment
            and self._is_another(text, link, titled, facts.titles)
        ):
            return (Contradiction("wrong-title", text, facts.titles[0]),)
        return found

    def _is_another(
        self, text: str, link: Link, titled: frozenset[str], titles: Iterable[str]
    ) -> bool:
        """Whether the text is, word for word, the title of other documents that the target has to do with."""
        if not titled or not titled.isdisjoint(
            self._facts.relatives(link.document) | {link.document}
        ):
            return False
        name = _SIGNS.sub("", folded(text))
        return not any(name in _SIGNS.sub("", folded(title)) for title in titles)

    def _facts_of(self, link: Link) -> Facts | None:
        if link.document:
            return self._facts.document(link.document)
        if link.verdict is Verdict.PAGE:
            return self._facts.page(link.url)
        return self._facts.outside(link.url)

    def _assert(self, text: str) -> Assertions:
        found = self._said.get(text)
        if found is None:
            found = self._said[text] = assertions(text, self._organs)
        return found

    def _is_short_name(self, text: str, link: Link, source: Document) -> bool:
        """Whether the source says for which title the text is short (以下简称), and that title fits."""
        if "称" not in source.source.body:
            return False
        name = folded(text).strip('《》“”"')
        for full, short in _SHORT_NAME.findall(source.source.body):
            if folded(short).strip("《》") in name and not self._judge(
                f"《{full}》", link, "", False
            ):
                return True
        return False

    def _judged_file(self, link: Link, source: Document) -> Link:
        text = _whole_text(link.written, source)
        said = self._assert(text)
        beside = self._own.get(source.path, {})
        label = beside.get(link.url) or self._labels.get(link.url)
        label = label or file_labels.label(None, link.url, self._organs)
        meant = file_labels.meant(text, label, [o for url, o in beside.items() if url != link.url])
        if not meant and not file_labels.contradicts(text, said, label):
            return link
        shown = label.words if label.is_declared else label.name
        fitting = [
            url
            for url, other in beside.items()
            if other == meant or (not meant and url != link.url and _fits(text, said, other))
        ]
        return replace(
            link,
            contradictions=(Contradiction("wrong-attachment", text, shown),),
            suggestion=_relative(fitting[0], source) if len(fitting) == 1 else None,
        )

    def _written_like(self, link: Link, fitting: Document, source: Document) -> str:
        """The address of `fitting`, in the way the link is written."""
        written = link.written
        if written.syntax is LinkSyntax.REFERENCE:
            return fitting.meta.document_number or fitting.path.removeprefix("content/")
        below = fitting.path.removeprefix("content/")
        if re.search(r"\.html?(?:$|[?#])", written.href):
            below = fitting.url
        if written.href.startswith(("http:", "https:", "//")):
            return address.absolute(self._config.base_url, fitting.url)
        return f"/{_escaped(below)}" if written.href.startswith("/") else _relative(below, source)


def _relative(below: str, source: Document) -> str:
    folder = posixpath.dirname(source.path).removeprefix("content").lstrip("/")
    return _escaped(address.relative(f"{folder}/x" if folder else "x", below))


def _escaped(path: str) -> str:
    """`path` as an editor writes it in Markdown: readable, but for the signs that would end it."""
    return re.sub(r"[\s()<>#?%\"'\\]", lambda sign: quote(sign[0]), path)


def _whole_text(written: WrittenLink, source: Document) -> str:
    """The link's text with what stands directly beside it; of a table also the name in the same row."""
    text, before, after = written.text, written.before, written.after
    if written.syntax is LinkSyntax.REFERENCE and not text:
        return ""
    if is_generic(text):
        found = with_neighbours(text, before, after)
        return found if found != text or before.strip() else _named_in_row(written, source)
    if len(text) > 8 and not _BESIDE_AFTER.match(after) and not _BESIDE_BEFORE.search(before):
        return text
    return with_neighbours(text, before, after)


def _named_in_row(written: WrittenLink, source: Document) -> str:
    """A text such as 查看 with the name that stands before it in its table row."""
    lines = source.source.body.split("\n", written.line - source.source.body_line + 1)
    line = lines[-2] if len(lines) > 1 else lines[-1]
    cells = re.split(r"(?<!\\)\|", line[: written.column - 1])[:-1]
    for cell in reversed(cells):
        found = with_neighbours(written.text, re.sub(r"[*`_]|\[|\]\([^)]*\)", "", cell), "")
        if found != written.text:
            return found
    return written.text


def _at_anchor(facts: Facts, fragment: str) -> Facts:
    """The facts of one part of a page: it may be of another kind and name, and of a year of its own."""
    plain = arabic_years(folded(fragment))
    return replace(
        facts,
        years=facts.years | years(plain) if facts.years else facts.years,
        periods=frozenset() if periods(plain) else facts.periods,
        kinds=frozenset(),
        titles=(),
    )


def _fits(text: str, said: Assertions, label: Label) -> bool:
    """Whether everything that the text asserts is said by the label too."""
    own = label.said
    one, other = file_labels.serials(text), file_labels.serials(label.words)
    return (
        not file_labels.contradicts(text, said, label)
        and bool(said.years & own.years) is bool(said.years)
        and (not said.periods or bool(own.periods))
        and (not said.kinds or bool(said.kinds & own.kinds))
        and (not one or bool(other))
    )


def _labels(
    documents: Iterable[Document], organs: Organs
) -> tuple[Mapping[str, Mapping[str, Label]], Mapping[str, Label]]:
    """What documents call each file: by document and url, and by url where all agree."""
    own: dict[str, dict[str, Label]] = defaultdict(dict)
    titles: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        folder = posixpath.dirname(document.path)
        for field in document.meta.attachments:
            path = posixpath.normpath(posixpath.join(folder, field.file.strip()))
            url = path.removeprefix("content/")
            if field.title:
                own[document.path][url] = file_labels.label(field.title, url, organs)
                titles[url].add(field.title)
    agreed = {
        url: file_labels.label(next(iter(names)), url, organs)
        for url, names in titles.items()
        if len(names) == 1
    }
    return own, agreed
