"""Evidence (证据): what the text of a link asserts against what its target says of itself.

Without front matter a page's own title, metadata table and meta tags are its facts. The rules are those
of `domain.contradictions`, with more care: foreign pages leave out and repeat more than ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from generator.domain.assertions import Assertions, Organs, folded
from generator.domain.contradictions import Contradiction, Facts, judge
from generator.domain.kinds import KIND_NAMES, Kind
from generator.finding import Rule, Severity
from generator.html_links.addresses.folder import Folder
from generator.html_links.collect import Collected, Page
from generator.html_links.judging import organs
from generator.html_links.judging.targets import Target, Targets
from generator.html_links.judging.texts import Spoken, Texts, interprets, is_policy
from generator.html_links.judging.titles import Titles
from generator.html_links.problems import Problem, problem
from generator.regex import regex
from generator.rules import (
    wrong_issuer,
    wrong_kind,
    wrong_level,
    wrong_number,
    wrong_period,
    wrong_title,
    wrong_year,
)

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        wrong_issuer.RULE,
        wrong_kind.RULE,
        wrong_level.RULE,
        wrong_number.RULE,
        wrong_period.RULE,
        wrong_title.RULE,
        wrong_year.RULE,
    )
}
_BARE_YEAR = regex(r"(?:\d{4}|[一二〇○零三四五六七八九]{4})年度?")
_BARE_MONTH = regex(r"(?:(?:\d{4}年)?\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?")
# The number in such a text is that of another document.
_OF_ANOTHER = regex(r"废止|失效|修改|修订|转发|贯彻|落实|根据|依据|执行|解读|问答")
_READINGS = regex(r"(?:^|/)(?:jd|zcjd|jiedu|unscramble|interpret\w*)/")
_HOME_NAMES = regex(r"首页|主页|网站|门户|平台|政府信息公开(?:专栏|平台|目录)?$")
_MOST_ALIKE = 60
_INTERPRETATION = str(Kind.INTERPRETATION)
_Found = tuple[Contradiction, Severity | None]
_Key = tuple[frozenset[object], ...]


class Evidence:
    """The texts of the links of one folder against the pages they lead to."""

    def __init__(self, folder: Folder, collected: Collected) -> None:
        self._titles = Titles(collected.pages)
        self.texts = Texts(Organs(dict.fromkeys(_named_organs(collected.pages), ())))
        self._targets = Targets(folder, collected, self._titles, self.texts)
        self._agreeing: dict[_Key, bool] = {}

    def judge(self, text: str, path: str) -> tuple[Problem, ...]:
        """What the text of a link asserts against the page at `path`."""
        target = self._targets.of(path)
        if target is None or text in target.joined:
            return ()
        spoken = self.texts.spoken(text)
        if spoken is None or spoken.bare in target.bare:
            return ()
        said = self.texts.said(spoken.words)
        facts = target.numbered if said.numbers else target.facts
        if self._is_clear(spoken, said, target, facts):
            return ()
        found = list(self._contradictions(spoken, said, target, facts))
        fitting = self._titles.only(spoken.words) or self._titles.only(spoken.words.strip("《》"))
        return tuple(
            problem(
                RULES[one.rule],
                path,
                page=fitting if fitting != path else None,
                severity=severity,
                said=one.said,
                found=one.found,
            )
            for one, severity in found
        )

    def likeness(self, text: str, path: str) -> float:
        """How much a page is called what `text` says, 0 to 100; 100 for a page without a title."""
        target = self._targets.of(path)
        plain = folded(text)
        titles = target.plain if target else ()
        return max((fuzz.partial_ratio(plain, title) for title in titles), default=100.0)

    def _is_clear(self, spoken: Spoken, said: Assertions, target: Target, facts: Facts) -> bool:
        """Whether it can be seen at once that nothing is contradicted; most links are so."""
        if facts.is_list or (spoken.may_name_organ and target.may_name_organ):
            return False
        if (_INTERPRETATION in said.kinds) != (_INTERPRETATION in facts.kinds):
            return False
        return self._agrees(said, facts) and _is_much_alike(spoken, target)

    def _agrees(self, said: Assertions, facts: Facts) -> bool:
        """Whether a text contradicts nothing but perhaps the title; pairs of one kind are judged once."""
        key: _Key = (
            said.years,
            said.periods,
            said.numbers,
            said.kinds,
            facts.years,
            facts.periods,
            facts.numbers,
            facts.kinds,
        )
        found = self._agreeing.get(key)
        if found is None:
            bare = Facts(facts.years, facts.periods, facts.numbers, kinds=facts.kinds)
            found = self._agreeing[key] = not judge("", said, bare)
        return found

    def _contradictions(
        self, spoken: Spoken, said: Assertions, target: Target, facts: Facts
    ) -> Iterator[_Found]:
        found = [
            one
            for one in judge(spoken.words, said, facts)
            if self._holds(one, spoken.plain, said, target)
        ]
        yield from ((one, None) for one in found)
        if facts.is_list:
            return
        if not any(one.rule == "wrong-kind" for one in found):
            yield from self._other_kind(spoken.plain, said, target)
        if not any(one.rule != "wrong-title" for one in found):
            yield from self._other_organ(spoken, target)

    def _holds(self, one: Contradiction, plain: str, said: Assertions, target: Target) -> bool:
        """Whether a contradiction is one for sure, foreign pages being what they are."""
        facts = target.facts
        match one.rule:
            case "wrong-year" if _BARE_YEAR.fullmatch(plain):
                # A year alone may be that of publication.
                near = {year + change for year in facts.years for change in (-1, 0, 1)}
                return not said.years & (near | target.dates)
            case "wrong-year":
                return not said.years & self.texts.said(self._titles.whole(target.path)).years
            case "wrong-period":
                return not _BARE_MONTH.fullmatch(plain)
            case "wrong-number":
                return not _OF_ANOTHER.search(plain)
            case "wrong-kind":
                is_doubtful = interprets(plain) != (_INTERPRETATION in said.kinds)
                return not is_doubtful
            case "wrong-level":
                return _is_other_level(plain, said, target)
            case "wrong-title":
                return self._is_other_title(plain, said, target)
            case _:
                return True

    def _is_other_title(self, plain: str, said: Assertions, target: Target) -> bool:
        if said.years & target.facts.years or said.kinds & target.facts.kinds:
            return False
        known = (
            *target.titles,
            self._titles.whole(target.path),
            target.page.meta.get("keywords", ""),
        )
        return fuzz.partial_ratio(plain.strip("《》"), folded(" ".join(known))) < _MOST_ALIKE

    def _other_kind(self, plain: str, said: Assertions, target: Target) -> Iterator[_Found]:
        """An interpretation named and the policy itself linked, or the other way round."""
        policy, reading = KIND_NAMES[Kind.POLICY], KIND_NAMES[Kind.INTERPRETATION]
        if said.kinds == {_INTERPRETATION}:
            if all(map(is_policy, target.plain)) and self._is_the_policy(said, target):
                yield Contradiction("wrong-kind", reading, policy), None
        elif (
            target.facts.kinds == {_INTERPRETATION}
            and is_policy(plain)
            and all(map(interprets, target.plain))
        ):
            yield Contradiction("wrong-kind", policy, reading), None

    def _is_the_policy(self, said: Assertions, target: Target) -> bool:
        """Whether a page is the very policy whose interpretation the text names."""
        about = self._titles.whole(target.path) + target.page.meta.get("columnname", "")
        if interprets(about) or _READINGS.search(target.path):
            return False
        named = any(name in title for name in map(folded, said.titles) for title in target.plain)
        return named or "number" in target.table

    def _other_organ(self, spoken: Spoken, target: Target) -> Iterator[_Found]:
        """The organ of another document of the same series, or the page of another organ."""
        if not (spoken.may_name_organ and target.may_name_organ):
            return
        for title in target.plain:
            found = organs.difference(spoken.plain, title)
            if found:
                is_known = any(organs.may_be_same(found.found, name) for name in target.organs)
                severity = None if is_known else Severity.WARNING
                yield Contradiction("wrong-issuer", found.said, found.found), severity
                return
            its = [name for name in target.organs if title.startswith(name)]
            if its and organs.is_organ(spoken.plain) and self._has_page(spoken.plain, target):
                if not any(organs.may_be_same(spoken.plain, name) for name in its):
                    yield Contradiction("wrong-issuer", spoken.plain, its[0]), None
                return

    def _has_page(self, organ: str, target: Target) -> bool:
        """Whether another page bears the name of `organ`."""
        return any(
            path != target.path and any(folded(title).startswith(organ) for title in titles)
            for path, titles in self._titles.paths().items()
        )


def _is_much_alike(spoken: Spoken, target: Target) -> bool:
    """Whether half of a text, by pairs of signs, stands in its target's titles: no need to look closer."""
    bare, known = spoken.bare, target.bare
    pairs = len(bare) - 1
    return 2 * sum([bare[n : n + 2] in known for n in range(pairs)]) >= pairs


def _is_other_level(plain: str, said: Assertions, target: Target) -> bool:
    """Whether a list has nothing to do with the one document that the text names."""
    if said.kinds & target.facts.kinds or any(str(year) in target.path for year in said.years):
        return False
    bare = re.sub(r"\d{4}年度?|[《》]", "", plain)
    return not any(
        title in bare
        or (not _HOME_NAMES.search(title) and fuzz.partial_ratio(title, bare) >= _MOST_ALIKE)
        for title in target.plain
    )


def _named_organs(pages: Iterable[Page]) -> frozenset[str]:
    """The organs that the pages name in their meta tags."""
    names = {
        page.meta[key].strip()
        for page in pages
        for key in ("contentsource", "publisher", "source", "author")
        if key in page.meta
    }
    return frozenset(name for name in names if organs.is_organ(folded(name)))
