"""Labels (附件名称): what documents call the files that they attach, held against the texts of links to them."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from generator.domain import file_labels
from generator.domain.assertions import Assertions, Organs
from generator.domain.contradictions import Contradiction
from generator.domain.file_labels import Label
from generator.link.texts import relative
from generator.model import Document, Link


class Labels:
    """The labels of one site: by document and url, and by url where all documents agree."""

    def __init__(
        self, documents: Iterable[Document], organs: Organs, files: Container[str]
    ) -> None:
        self._organs = organs
        self._own: dict[str, dict[str, Label]] = defaultdict(dict)
        titles: dict[str, set[str]] = defaultdict(set)
        for document in documents:
            folder = posixpath.dirname(document.path)
            for field in document.meta.attachments:
                path = posixpath.normpath(posixpath.join(folder, field.file.strip()))
                url = path.removeprefix("content/")
                if field.title and url in files:
                    self._own[document.path][url] = file_labels.label(field.title, url, organs)
                    titles[url].add(field.title)
        self._agreed: Mapping[str, Label] = {
            url: file_labels.label(next(iter(names)), url, organs)
            for url, names in titles.items()
            if len(names) == 1
        }

    def judged(self, link: Link, text: str, said: Assertions, source: Document) -> Link:
        """`link`, whose text asserts `said`, with its contradiction to the file's label, if there is one."""
        beside = self._own.get(source.path, {})
        label = beside.get(link.url) or self._agreed.get(link.url)
        label = label or file_labels.label(None, link.url, self._organs)
        others = {url: other for url, other in beside.items() if url != link.url}
        meant = file_labels.meant(text, label, list(others.values()))
        shown = label.words if meant else file_labels.contradiction(text, said, label)
        if not shown:
            return link
        fitting = [
            url
            for url, other in others.items()
            if other == meant or (not meant and _fits(text, said, other))
        ]
        return replace(
            link,
            contradictions=(Contradiction("wrong-attachment", text, shown),),
            suggestion=relative(fitting[0], source) if len(fitting) == 1 else None,
        )


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
