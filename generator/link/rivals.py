"""Rivals (应指的文件): of all documents the one that a link's text fits, to suggest in place of a wrong one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from generator.domain.assertions import TASK_TABLE, Assertions, Organs, folded, numbers_meet
from generator.domain.contradictions import Facts, judge, likeness
from generator.domain.folding import arabic_years
from generator.domain.kinds import Kind
from generator.domain.numerals import NUMERAL
from generator.domain.organs import organs_meet
from generator.link.facts import FactBook, numbers_of
from generator.link.relations import Relations
from generator.model import Document
from generator.regex import regex

# What tells the documents of one series apart, and what only some of their titles have.
_PARTICULARS = regex(
    rf"[{NUMERAL}]+|[上下]半年|[年月日季度批期号届次份总第前]+|[-—–~至\W_]+|关于(?:印发)?|的通知$"
)
_ALIKE = 0.5
_SHORTEST, _SHORTEST_NAME, _SHORTEST_END = 4, 6, 8
_MOST_ALIKE = 1000
_SIGNS = regex(r"[\W_]")
_OWN = regex(r"^[本我](?:局|委|厅|办|市|区|县|镇|街道|机关|单位)")
_ISSUED = regex(r"关于印发(.+)的通知$|关于《(.+)》(?:公开)?征求意见")


class Rivals:
    """The documents that are built, by everything a text may name them by."""

    def __init__(
        self,
        documents: Iterable[Document],
        facts: FactBook,
        organs: Organs,
        relations: Relations,
        titles: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._documents = documents
        self._titles = titles
        self._facts = facts
        self._organs = organs
        self._relations = relations

    def fitting(
        self, text: str, said: Assertions, target: Document | None, source: str
    ) -> Document | None:
        """The one document, other than `target` and `source`, that the text fits in all it asserts."""
        taken = {source, target.path if target else ""}
        for candidates in self._candidates(text, said, target):
            fits = {
                one.path: one
                for one in candidates
                if one.path not in taken and self._fits(text, said, one)
            }
            chosen = self._likest(list(fits.values()), said, target)
            if len(chosen) == 1:
                return chosen[0]
        return None

    def _likest(
        self, fits: list[Document], said: Assertions, target: Document | None
    ) -> list[Document]:
        """Of several that fit, those that share with the target what the text does not say."""
        policies = [one for one in fits if one.kind is Kind.POLICY]
        if len(policies) == 1:
            return policies
        if len(fits) < 2 or target is None:
            return fits
        own = self._facts.document(target.path)
        for name in ("kinds", "organs", "periods", "years"):
            if not getattr(said, name):
                same = [
                    one
                    for one in fits
                    if getattr(self._facts.document(one.path), name) == getattr(own, name)
                ]
                fits = same or fits
        return fits

    def titled(self, text: str) -> frozenset[str]:
        """The paths of the documents whose title, or the title of what they issue, is `text` word for word."""
        whole = _bare(text)
        # A whole title is no piece of another: 关于《…》征求意见情况的反馈.
        names = {whole} if whole in self.titles else self._names(text)
        known = (self.titles.get(name, ()) for name in names if len(name) >= _SHORTEST_NAME)
        return frozenset(path for paths in known for path in paths)

    def shortened(self, text: str) -> frozenset[str]:
        """The path of the one document of which `text` is a short form: signs of its title, in order, with its end."""
        name = _end(_SIGNS.sub("", arabic_years(folded(text))))
        alike = self._by_end.get(name[-_SHORTEST:], ())
        # Of a long series a text without more words singles none out.
        if len(name) < _SHORTEST_END or len(alike) > _MOST_ALIKE:
            return frozenset()
        found = {path for title in alike if _is_within(name, title) for path in self.titles[title]}
        return frozenset(found) if len(found) == 1 else frozenset()

    @cached_property
    def _by_end(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for title in self.titles:
            if len(title) > _SHORTEST_END:
                found[_end(title)[-_SHORTEST:]].append(title)
        return found

    def _names(self, text: str) -> frozenset[str]:
        """What a title comes to without signs: whole, without its organ, and the title of what it issues."""
        plain = arabic_years(folded(text))
        whole = {plain, self._organs.without(plain), _OWN.sub("", plain)}
        issued = {found[1] or found[2] for words in whole for found in _ISSUED.finditer(words)}
        return frozenset(_SIGNS.sub("", words) for words in whole | issued)

    def _candidates(
        self, text: str, said: Assertions, target: Document | None
    ) -> Iterator[Iterable[Document]]:
        for number in said.numbers:
            yield self._by_number.get((number.year, number.serial), ())
        for name in sorted((*self._names(text), *map(_bare, said.titles))):
            yield [self._by_path[path] for path in self.titles.get(name, ())]
        if target:
            yield self._partners(target)
            yield self._by_series.get(self._series(target), ())
            for period in sorted(said.periods, key=lambda p: (p.unit, p.value)):
                yield self._by_period.get((target.column, period.unit, period.value), ())
        for kind in sorted(said.kinds):
            yield self._by_kind.get(kind, ())

    def _partners(self, target: Document) -> list[Document]:
        """The interpretations of a policy, the policies of an interpretation."""
        by_path = self._by_path
        forward = self._relations.forward.get(("interprets", target.path), ())
        backward = self._relations.backward.get(("interprets", target.path), ())
        return [by_path[path] for path in (*forward, *backward) if path in by_path]

    def _fits(self, text: str, said: Assertions, rival: Document) -> bool:
        facts = self._facts.document(rival.path)
        return not facts.is_list and not judge(text, said, facts) and _speaks_alike(said, facts)

    def _series(self, document: Document) -> str:
        plain = self._organs.without(folded(document.title))
        return f"{document.kind}:{_PARTICULARS.sub('', plain)}"

    @cached_property
    def _shown(self) -> Sequence[Document]:
        return [document for document in self._documents if document.withheld is None]

    @cached_property
    def _by_path(self) -> Mapping[str, Document]:
        return {document.path: document for document in self._shown}

    @cached_property
    def titles(self) -> Mapping[str, Sequence[str]]:
        """The paths of the documents by all that their titles come to; known already where it was given."""
        if self._titles is not None:
            return self._titles
        found: dict[str, list[str]] = defaultdict(list)
        for document in self._shown:
            # Facts of every document cost as much as all else here; this one needs none of the others.
            if self._facts.is_list(document):
                continue
            for name in self._names(document.title):
                if len(name) >= _SHORTEST:
                    found[name].append(document.path)
        return found

    @cached_property
    def _by_number(self) -> Mapping[tuple[int, int], Sequence[Document]]:
        found: dict[tuple[int, int], list[Document]] = defaultdict(list)
        for document in self._shown:
            for number in numbers_of(document):
                found[number.year, number.serial].append(document)
        return found

    @cached_property
    def _by_series(self) -> Mapping[str, Sequence[Document]]:
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self._shown:
            found[self._series(document)].append(document)
        return found

    @cached_property
    def _by_period(self) -> Mapping[tuple[str, str, int], Sequence[Document]]:
        found: dict[tuple[str, str, int], list[Document]] = defaultdict(list)
        for document in self._shown:
            for period in self._facts.document(document.path).periods:
                found[document.column, period.unit, period.value].append(document)
        return found

    @cached_property
    def _by_kind(self) -> Mapping[str, Sequence[Document]]:
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self._shown:
            found[str(document.kind)].append(document)
            if document.meta.tasks:
                found[TASK_TABLE].append(document)
        return found


def _speaks_alike(said: Assertions, facts: Facts) -> bool:
    """Whether everything the text asserts is said by the target too, so that it truly fits."""
    return (
        (not said.years or bool(said.years & facts.years))
        and (not said.numbers or numbers_meet(said.numbers, facts.numbers))
        and (not said.periods or any(a.meets(b) for a in said.periods for b in facts.periods))
        and (not said.organs or organs_meet(said.organs, facts.organs))
        and (not said.kinds or bool(said.kinds & facts.kinds))
        and all(_is_known_as(title, facts) for title in said.titles)
    )


def _end(title: str) -> str:
    return title.removesuffix("的通知")


def _is_within(name: str, title: str) -> bool:
    rest = iter(title)
    return all(sign in rest for sign in name)


def _bare(title: str) -> str:
    return _SIGNS.sub("", arabic_years(folded(title)))


def _is_known_as(title: str, facts: Facts) -> bool:
    return max((likeness(folded(title), folded(own)) for own in facts.titles), default=0) >= _ALIKE
