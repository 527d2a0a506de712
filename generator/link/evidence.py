"""Evidence (证据): what the text of each link asserts, held against the facts of its target."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace

from generator import address
from generator.config import Config
from generator.domain.assertions import (
    Assertions,
    Organs,
    assertions,
    folded,
    organs_of,
    periods,
    years,
)
from generator.domain.contradictions import (
    Contradiction,
    Facts,
    is_issued,
    judge,
    judge_kind,
    judge_part,
)
from generator.domain.folding import arabic_years
from generator.domain.kinds import Kind
from generator.domain.neighbours import is_cited, kind_before
from generator.link.facts import FactBook
from generator.link.labels import Labels
from generator.link.recent import Recent
from generator.link.relations import Relations
from generator.link.rivals import Rivals
from generator.link.surroundings import short_names, with_lead, with_row
from generator.link.texts import escaped, is_among_readings, period_of_row, relative, whole_text
from generator.model import Document, Link, LinkSyntax, Verdict
from generator.regex import regex

_READING = regex("解读|图解|一图")
_SIGNS = regex(r"[\W_]")
# 住建部办公厅通知, 市财政局2025年的办法: whose it is and when, and not what it is about.
_NO_SUBJECT = regex(
    r"(?:办公[厅室])?(?:(?:19|20)\d\d年度?)?(?:的|联合|印发|转发)*"
    r"(?:通知|通告|公告|意见|办法|规定|细则|方案|计划|规划|决定|批复|报告|通报|文件)?"
)
_LONGEST_SHORT_NAME = 14
_READ = (Kind.POLICY, Kind.INTERPRETATION)
_OTHER_KIND = {
    one: Contradiction("wrong-kind", one.zh, other.zh)
    for one, other in itertools.permutations(_READ)
}
_COUNTS = regex(r"[\d一二三四五六七八九十]")


def organs_of_site(config: Config, issuers: Iterable[str]) -> Organs:
    """The dictionary of organs: those of `site.yaml`, and every issuer that front matter names."""
    own = config.organ
    return organs_of(
        (own.name, own.short_name, own.superior),
        ((organ.name, organ.short_names) for organ in config.organs),
        issuers,
    )


class Evidence:
    """The texts of one site's links judged, each pair of text and target once."""

    def __init__(
        self,
        config: Config,
        documents: Mapping[str, Document],
        has_table: Callable[[str], bool],
        relations: Relations,
        files: Container[str],
        issuers: Iterable[str],
        titles: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._config = config
        self._documents = documents
        self._organs = organs_of_site(config, issuers)
        self._facts = FactBook(config, documents, relations, has_table, self._organs)
        self._rivals = Rivals(documents.values(), self._facts, self._organs, relations, titles)
        self._files = Labels(documents.values(), self._organs, files)
        self._said = Recent[str, Assertions]()
        self._known = Recent[tuple[str, str, str, bool], tuple[Contradiction, ...]]()

    @property
    def titles(self) -> Mapping[str, Sequence[str]]:
        """The paths of the documents by all that a text may name them by for their title's sake."""
        return self._rivals.titles

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
            link._replace(contradictions=(), suggestion=None) if id(link) in twofold else link
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
        part = judge_part(written.text, link.fragment) if link.fragment else ()
        if part:
            return link._replace(contradictions=part)
        if not self._may_contradict(link) or link.document == source.path:
            return link
        text = whole_text(written, source)
        target = self._documents.get(link.document)
        if target is not None:
            text = with_row(text, self._assert, written, target, source)
            if "的" in written.before[-3:]:
                text = with_lead(text, self._assert, written, target, self._organs)
        found = self._found(text, link, target, source)
        if not found:
            return link
        if link.verdict is Verdict.NO_ANCHOR:
            # Its suggestion is the anchor that was meant.
            return link._replace(contradictions=found)
        return link._replace(contradictions=found, suggestion=self._suggestion(text, link, source))

    def _judged_file(self, link: Link, source: Document) -> Link:
        text = whole_text(link.written, source)
        if "|" in source.source.body and not self._assert(text).periods:
            text = period_of_row(link.written, source) + text
        return self._files.judged(link, text, self._assert(text), source)

    def _found(
        self, text: str, link: Link, target: Document | None, source: Document
    ) -> tuple[Contradiction, ...]:
        written = link.written
        if target and target.kind in _READ:
            mistaken = self._mistaken_kind(text, link, target, source)
            if mistaken:
                return mistaken
        if target and self._repeats(text, target):
            return ()
        is_reading = (
            target is not None
            and target.kind is Kind.INTERPRETATION
            and _READING.search(f"{written.before[-12:]}{written.after[:12]}") is not None
        )
        # A broken anchor names a part of the page all the same.
        fragment = link.reason if link.verdict is Verdict.NO_ANCHOR else link.fragment
        key = (text, link.document or link.url, fragment, is_reading)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._judge(text, link, fragment, is_reading)
        if not found:
            return self._judged_by_full_name(text, link, source)
        if found[0].rule == "wrong-title" and (
            _NO_SUBJECT.fullmatch(self._organs.without(folded(text)))
            or self._is_short_name(text, link, source)
        ):
            return ()
        is_of_reading = target is not None and target.kind is Kind.INTERPRETATION
        if found[0].rule == "wrong-kind" and is_of_reading and not self._assert(text).kinds:
            # Under the heading 政策解读 the name of a policy stands for its reading.
            return () if is_among_readings(written, source) else found
        return found

    def _mistaken_kind(
        self, text: str, link: Link, target: Document, source: Document
    ) -> tuple[Contradiction, ...]:
        """A policy under the label 政策解读, a reading under 原文 or where something is done by its policy."""
        written = link.written
        label = kind_before(written.before)
        if target.kind is Kind.POLICY:
            if label is not Kind.INTERPRETATION:
                return ()
            is_last = not re.sub(r"[》\]\s]", "", written.after)
            other = is_last and self._facts.readings_of(target.path) - {source.path}
            return (_OTHER_KIND[label],) if other else ()
        if source.kind is Kind.INTERPRETATION:
            return ()
        policies = self._facts.policies_of(target.path)
        if label is Kind.POLICY and policies and not self._assert(text).kinds:
            return (_OTHER_KIND[label],)
        # 《…》 alone may stand for its reading; who acts by it means the policy itself.
        names = self._rivals.titled(text) if is_cited(written.before) else frozenset()
        return (Contradiction("wrong-title", text, target.title),) if names & policies else ()

    def _suggestion(self, text: str, link: Link, source: Document) -> str | None:
        """What to write in place of the address: the list that the text names, or the document it fits."""
        if link.verdict is Verdict.PAGE:
            column = self._config.column_named(text.strip("《》"))
            if column:
                return relative(f"{column.id}/index.html", source)
        target = self._documents.get(link.document)
        fitting = self._rivals.fitting(text, self._assert(text), target, source.path)
        titled = self._rivals.titled(link.written.text)
        if fitting is None or (link.document in titled and fitting.path not in titled):
            # The title is that of the target, so what is wrong stands in the text.
            return None
        return self._written_like(link, fitting, source)

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
        titled = self._titled(text, said)
        if not titled and (said.years or said.periods or not facts.is_list):
            titled = self._rivals.shortened(text)
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
        if found and found[0].rule == "wrong-title" and self._is_notice(link) and not facts.kinds:
            # Nothing in its title says that this notice could be the report that the text names.
            return judge_kind(said, facts) or found
        return found

    def _repeats(self, text: str, target: Document) -> bool:
        """Whether the text is a piece of the target's title, and not the whole name of something else.

        《…办法》 is not 《…办法实施细则》; 关于…的通知 is not what reads it.
        """
        if not _repeats(text, target):
            return False
        if target.kind is Kind.INTERPRETATION:
            return not is_issued(text)
        if not (text.startswith("《") and text.endswith("》")):
            return True
        titled = self._rivals.titled(text)
        related = self._facts.relatives(target.path) | {target.path}
        return not titled or not titled.isdisjoint(related)

    def _titled(self, text: str, said: Assertions) -> frozenset[str]:
        """The documents whose title is the text, or one of the titles that it lists: 《…》《…》."""
        if len(said.titles) < 2:
            return self._rivals.titled(text)
        each = [self._rivals.titled(title) for title in said.titles]
        return frozenset().union(*each) if all(each) else frozenset()

    def _is_notice(self, link: Link) -> bool:
        target = self._documents.get(link.document)
        return target is not None and target.kind is Kind.NOTICE

    def _is_another(
        self, text: str, link: Link, titled: frozenset[str], titles: Iterable[str]
    ) -> bool:
        """Whether the text is, word for word, the title of other documents that the target has to do with."""
        if not titled or not titled.isdisjoint(
            self._facts.relatives(link.document) | {link.document}
        ):
            return False
        plain = folded(text)
        if plain[:1] == "《" and plain[1:-1] not in titles and plain[-1:] == "》":
            return True
        name = set(_SIGNS.sub("", plain))
        # A short form has no sign that the title lacks.
        return not any(name <= set(folded(title)) for title in titles)

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
        name = folded(text).strip('《》“”"')
        return any(
            short in name and not self._judge(f"《{full}》", link, "", False)
            for full, short in short_names(source.source.body)
        )

    def _judged_by_full_name(
        self, text: str, link: Link, source: Document
    ) -> tuple[Contradiction, ...]:
        """The contradiction of the title for which the source says that the text is short; only of titles."""
        if len(text) > _LONGEST_SHORT_NAME or not text.startswith("《"):
            return ()
        name = folded(text).strip("《》")
        full = {full for full, short in short_names(source.source.body) if short == name}
        if len(full) != 1:
            return ()
        found = self._judge(f"《{full.pop()}》", link, "", False)
        return tuple(one for one in found if one.rule == "wrong-title")

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
        return f"/{escaped(below)}" if written.href.startswith("/") else relative(below, source)


def _repeats(text: str, target: Document) -> bool:
    """Whether the text is a piece of the target's own title, and so says nothing else; most links are such."""
    name = text.strip("《》 ")
    if target.kind is Kind.TOPIC or target.path.endswith("/index.md"):
        return False
    # 1月份 stands in 11月份 too.
    return not _COUNTS.match(name) and name in target.title


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
