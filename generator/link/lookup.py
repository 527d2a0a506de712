"""Look-up tables (索引): every way in which a document, a file or a page may be named."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.domain import document_number
from generator.domain.document_number import DocumentNumber
from generator.domain.kinds import Kind
from generator.model import Asset, Body, Document
from generator.regex import regex

_INNER_TITLE = regex(r"《([^《》]+(?:《[^《》]*》[^《》]*)*)》")
_WIDTHS = str.maketrans("【】〔〕﹝﹞［］〖〗（）：，；！？", "[][][][][]():,;!?")


def folded(text: str) -> str:
    """`text` for comparison: NFKC, lower case, bracket styles as one, no white space."""
    wide = unicodedata.normalize("NFKC", text).translate(_WIDTHS)
    return re.sub(r"[\s\u200b\ufeff]", "", wide).lower()


@dataclass(frozen=True)
class Lookup:
    """What can be linked to: documents by path, files by path, output addresses, and their bodies.

    `files` are keyed by their path below `content/`; `addresses` are the output addresses that exist. `said` gives
    what documents say in a field of front matter, by path, where that is known without looking at each.
    """

    documents: Mapping[str, Document]
    bodies: Mapping[str, Body]
    files: Mapping[str, Asset]
    addresses: Collection[str]
    said: Callable[[str], Iterable[tuple[str, str]]] | None = None

    def _said(self, field: str) -> Iterable[tuple[str, str]]:
        if self.said is not None:
            return self.said(field)
        of_all = ((path, getattr(one.meta, field)) for path, one in self.documents.items())
        return ((path, words) for path, words in of_all if words)

    def owner(self, url: str) -> str:
        """The path of the built document whose page `url` is, or empty."""
        path = f"content/{url.removesuffix('.html')}.md"
        document = self.documents.get(path)
        is_there = document is not None and document.withheld is None and document.url == url
        return path if is_there else ""

    @cached_property
    def by_number(self) -> Mapping[str, tuple[str, ...]]:
        """Paths of the documents of each document number; of a policy and others, the policy."""
        found: dict[str, list[str]] = defaultdict(list)
        for path, number in self._said("document_number"):
            found[document_number.key(number)].append(path)
        # Two documents under one number are a finding of their own; a reference means the earlier.
        return {number: self._earliest(paths) for number, paths in found.items()}

    def _earliest(self, paths: Sequence[str]) -> tuple[str, ...]:
        if len(paths) == 1:
            return tuple(paths)
        owners = [self.documents[path] for path in paths]
        policies = [owner for owner in owners if owner.kind is Kind.POLICY] or owners
        return (min(policies, key=lambda owner: (owner.newest_first[0] * -1, owner.path)).path,)

    @cached_property
    def by_index_number(self) -> Mapping[str, tuple[str, ...]]:
        """Paths of the documents of each index number."""
        found: dict[str, list[str]] = defaultdict(list)
        for path, number in self._said("index_number"):
            found[number].append(path)
        return {number: tuple(paths) for number, paths in found.items()}

    @cached_property
    def by_title(self) -> Mapping[str, tuple[str, ...]]:
        """Paths of the documents of each title, folded."""
        found: dict[str, list[str]] = defaultdict(list)
        for path, document in self.documents.items():
            found[folded(document.title)].append(path)
        return {title: tuple(paths) for title, paths in found.items()}

    @cached_property
    def by_inner_title(self) -> Mapping[str, tuple[str, ...]]:
        """Paths of the documents that issue 《title》: 关于印发《…》的通知, folded."""
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self.documents.values():
            for title in set(_INNER_TITLE.findall(document.title)):
                found[folded(title)].append(document)
        return {title: _policies_first(owners) for title, owners in found.items()}

    @cached_property
    def spellings(self) -> Mapping[str, tuple[str, ...]]:
        """Paths below `content/` and output addresses by their folded form."""
        found: dict[str, set[str]] = defaultdict(set)
        for path in self._all_paths():
            found[folded(path)].add(path)
        return {key: tuple(sorted(paths)) for key, paths in found.items()}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Paths below `content/` by the folded last part of their name."""
        found: dict[str, set[str]] = defaultdict(set)
        for path in self._all_paths():
            found[folded(path.rsplit("/", 1)[-1])].add(path)
        return {key: tuple(sorted(paths)) for key, paths in found.items()}

    @cached_property
    def beside(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """Files and documents by folder and suffix, then by their name without it."""
        found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for path in (*self.files, *(path.removeprefix("content/") for path in self.documents)):
            folder, name = posixpath.split(path)
            stem, suffix = posixpath.splitext(name)
            found[folder, suffix][stem] = path
        return found

    def _all_paths(self) -> Iterable[str]:
        for path in self.documents:
            yield path.removeprefix("content/")
        yield from self.files
        yield from self.addresses

    def numbered(self, number: DocumentNumber) -> tuple[str, tuple[str, ...]]:
        """The longest suffix of `number` that a document bears, and those documents."""
        for candidate in document_number.suffixes(number):
            found = self.by_number.get(str(candidate))
            if found:
                return str(candidate), found
        return "", ()


def _policies_first(owners: list[Document]) -> tuple[str, ...]:
    # An interpretation may bear its policy's number or title; the reference means the policy.
    policies = [owner.path for owner in owners if owner.kind is Kind.POLICY]
    return tuple(sorted(policies or [owner.path for owner in owners]))
