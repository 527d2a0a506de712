"""Labels (附件名称): what documents call the files that they attach, held against the texts of links to them."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property

from generator.domain import file_labels
from generator.domain.assertions import Assertions, Organs
from generator.domain.contradictions import Contradiction
from generator.domain.file_labels import Label
from generator.link.texts import relative
from generator.model import Document, Link

_SHORTEST = 6


class Labels:
    """The labels of one site: by document and url, and by url where all documents agree."""

    def __init__(
        self, documents: Iterable[Document], organs: Organs, files: Container[str]
    ) -> None:
        self._documents = documents
        self._organs = organs
        self._files = files
        self._known: dict[tuple[str, str], Label] = {}

    def judged(self, link: Link, text: str, said: Assertions, source: Document) -> Link:
        """`link`, whose text asserts `said`, with its contradiction to the file's label, if there is one."""
        beside = {url: self._label(title, url) for url, title in self._named(source)}
        titles: Collection[str] = self._titles.get(link.url, ())
        label = beside.get(link.url) or (
            self._label(next(iter(titles)), link.url)
            if len(titles) == 1
            else file_labels.label(None, link.url, self._organs)
        )
        if link.url not in beside:
            # It lies with another document: what else is attached there is what it may be taken for.
            for document in self._declaring.get(link.url, ()):
                beside |= {url: self._label(title, url) for url, title in self._named(document)}
        others = {url: other for url, other in beside.items() if url != link.url}
        elsewhere = self._called(text) - {link.url}
        if len(elsewhere) == 1 and label.is_declared and not others.keys() & elsewhere:
            (url,) = elsewhere
            if file_labels.is_another(text, label.words):
                others[url] = self._label(text, url)
        meant = file_labels.meant(text, label, list(others.values()))
        shown = label.words if meant else file_labels.contradiction(text, said, label)
        if not shown:
            return link
        fitting = [
            url
            for url, other in others.items()
            if other == meant or (not meant and _fits(text, said, other))
        ]
        return link._replace(
            contradictions=(Contradiction("wrong-attachment", text, shown),),
            suggestion=relative(fitting[0], source) if len(fitting) == 1 else None,
        )

    def _named(self, document: Document) -> Iterator[tuple[str, str]]:
        """The files that a document attaches under a title: address and title."""
        folder = posixpath.dirname(document.path)
        for field in document.meta.attachments:
            path = posixpath.normpath(posixpath.join(folder, field.file.strip()))
            url = path.removeprefix("content/")
            if field.title and url in self._files:
                yield url, field.title

    @cached_property
    def _titles(self) -> Mapping[str, set[str]]:
        """What all documents call each file."""
        titles: dict[str, set[str]] = defaultdict(set)
        for document in self._documents:
            for url, title in self._named(document):
                titles[url].add(title)
        return titles

    @cached_property
    def _declaring(self) -> Mapping[str, Sequence[Document]]:
        """The documents that attach each file."""
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self._documents:
            for url, _ in self._named(document):
                found[url].append(document)
        return found

    def _called(self, text: str) -> Set[str]:
        """The files that some document calls what `text` says, word for word."""
        name = file_labels.bare_name(text)
        return self._by_name.get(name, frozenset()) if len(name) >= _SHORTEST else frozenset()

    @cached_property
    def _by_name(self) -> Mapping[str, Set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for url, titles in self._titles.items():
            for title in titles:
                found[file_labels.bare_name(title)].add(url)
        return found

    def _label(self, title: str, url: str) -> Label:
        found = self._known.get((title, url))
        if found is None:
            found = self._known[title, url] = file_labels.label(title, url, self._organs)
        return found


def _fits(text: str, said: Assertions, label: Label) -> bool:
    """Whether everything that the text asserts is said by the label too."""
    own = label.said
    one, other = file_labels.serials(text), file_labels.serials(label.words)
    return (
        not file_labels.contradiction(text, said, label)
        and bool(said.years & own.years) is bool(said.years)
        and (not said.periods or bool(own.periods))
        and (not said.kinds or bool(said.kinds & own.kinds))
        and (not one or bool(other))
    )
