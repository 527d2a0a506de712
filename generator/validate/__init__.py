"""Validate (校验): text → types. Settings become `Config`, sources become documents.

A mistake in front matter is a finding; the field is then left out and the rest of the document is
kept, so that everything wrong with it is said at once. A mistake in `site.yaml` stops the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import TypeAdapter, ValidationError
from rapidfuzz import process

from generator.address import document_url
from generator.config import Column, Config
from generator.domain.kinds import Disclosure, Kind, kind_of
from generator.finding import Finding, Text
from generator.model import Document, KeyPath, Source, Withheld
from generator.regex import regex
from generator.rules import NAMES, misfiled_kind, missing_field
from generator.schema import TYPES, Flag, FrontMatter, Review, chinese_name
from generator.validate.fields import typed, wrong
from generator.validate.sentences import did_you_mean, shown
from generator.validate.settings import SettingsError, base_url, settings, waiver_places

DRAFT_FOLDERS = ("_drafts", "草稿")
_FLAG: TypeAdapter[bool] = TypeAdapter(Flag)


def documents(
    sources: Iterable[Source], config: Config, today: date, drafts: bool = False
) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """Every source as a document, and what is wrong with their front matter.

    With `drafts`, drafts and documents of the future are not withheld (previews).
    """
    found: list[Document] = []
    findings: list[Finding] = []
    held = tuple(sources)
    in_draft_folders = _in_draft_folders(held)
    for source in held:
        document, said = _document(source, config, today, drafts, source.path in in_draft_folders)
        found.append(document)
        findings.extend(said)
    return tuple(found), tuple(findings)


def meta(source: Source, kind: Kind) -> FrontMatter:
    """The front matter of a document of this kind, as `documents` reads it."""
    return typed(source, TYPES[kind], [])


def draft_paths(sources: Iterable[Source]) -> frozenset[str]:
    """The paths of those that are drafts: by their own word, by their folder or by that folder's page."""
    held = tuple(sources)
    return _in_draft_folders(held) | {source.path for source in held if _says_draft(source)}


def _in_draft_folders(held: Sequence[Source]) -> frozenset[str]:
    draft_folders = {
        source.path.rsplit("/", 1)[0]
        for source in held
        if source.path.endswith("/index.md") and _says_draft(source)
    } - {"content"}

    def is_inside(path: str) -> bool:
        folders = path.split("/")[:-1]
        return any(folder in DRAFT_FOLDERS for folder in folders) or any(
            "/".join(folders[:length]) in draft_folders for length in range(2, len(folders) + 1)
        )

    return frozenset(source.path for source in held if is_inside(source.path))


def _says_draft(source: Source) -> bool:
    """Whether a document may be a draft: it says so, or what it says cannot be read."""
    if ("draft",) in source.keys and ("draft",) not in source.values:
        return True
    try:
        return _FLAG.validate_python(source.fields.get("draft", ""))
    except ValidationError:
        return True


def _document(
    source: Source, config: Config, today: date, drafts: bool, in_draft_folder: bool
) -> tuple[Document, list[Finding]]:
    findings: list[Finding] = []
    folder = source.path.removeprefix("content/").rpartition("/")[0]
    by_folder = config.column_of_folder(folder)
    kind = _kind(source, by_folder, folder, findings)
    meta = typed(source, TYPES[kind], findings)
    column = _column(source, meta, config, by_folder, kind, findings)
    also_in = tuple(
        listed.id
        for index, word in enumerate(meta.also_in)
        if (listed := _listed(source, ("also_in", index), word, config, findings))
    )
    _topics(source, meta, config, findings)
    _aliases(source, meta, findings)
    _waived_rules(source, meta, findings)
    is_draft = in_draft_folder or _says_draft(source)
    # A draft may still lack what it must have when it is published.
    if source.readable and (drafts or not is_draft):
        findings.extend(_missing(source, meta))
    document = Document(
        source,
        meta,
        kind,
        column.id if column else "",
        also_in,
        document_url(source.path),
        _withheld(meta, today, drafts, is_draft),
    )
    return document, findings


def _withheld(meta: FrontMatter, today: date, drafts: bool, is_draft: bool) -> Withheld | None:
    if meta.disclosure is not Disclosure.PUBLIC:
        return Withheld.NOT_PUBLIC
    if drafts:
        return None
    if is_draft:
        return Withheld.DRAFT
    if meta.published is not None and meta.published.day > today:
        return Withheld.FUTURE
    return None


def _kind(source: Source, column: Column | None, folder: str, findings: list[Finding]) -> Kind:
    default = column.kinds[0] if column and column.kinds else Kind.NOTICE
    if folder.split("/", maxsplit=1)[0] == "topics" and column is None:
        default = Kind.TOPIC
    word = source.fields.get("kind")
    if not isinstance(word, str) or not word.strip():
        return default
    kind = kind_of(word.strip())
    if kind is None:
        names = tuple(kind.zh for kind in Kind)
        near = process.extractOne(word, [*names, *Kind], score_cutoff=40)
        meant = f"，是不是“{near[0]}”？" if near else ""
        findings.append(
            wrong(
                source.place("kind"),
                Text(f"没有“{word}”这个文种", f"“{word}” is not a kind"),
                Text(
                    f"写下列之一：{'、'.join(names)}{meant}",
                    f"write one of: {', '.join(Kind)}",
                ),
            )
        )
        return default
    return kind


def _column(
    source: Source,
    meta: FrontMatter,
    config: Config,
    by_folder: Column | None,
    kind: Kind,
    findings: list[Finding],
) -> Column | None:
    if not meta.column:
        if by_folder is None and kind is not Kind.TOPIC and source.path != "content/index.md":
            findings.append(
                missing_field.RULE.at(source.place("column"), name="栏目", key="column")
            )
        return by_folder
    column = _listed(source, ("column",), meta.column, config, findings)
    if column and by_folder and column.id != by_folder.id:
        findings.append(
            misfiled_kind.RULE.at(
                source.place("column"),
                message=Text(
                    "文件头写的栏目是“{column}”，文件却放在“{folder}”的文件夹里",
                    "the front matter says column “{column}”, the folder is that of “{folder}”",
                ),
                hint=Text(
                    "把文件移到 content/{id}/，或改正栏目",
                    "move the file to content/{id}/ or correct the column",
                ),
                column=column.title,
                folder=by_folder.title,
                id=column.id,
            )
        )
    return column or by_folder


def _listed(
    source: Source, key: KeyPath, word: str, config: Config, findings: list[Finding]
) -> Column | None:
    column = config.column_named(word)
    if column is None:
        near = did_you_mean(word, [c.id for c in config.all_columns])
        findings.append(
            wrong(
                source.place(*key),
                Text(f"没有“{word}”这个栏目", f"there is no column “{word}”"),
                Text(
                    f"写 site.yaml 里栏目的代号，例如 statutory/policy。{near.zh}",
                    f"write a column's id from site.yaml. {near.en}",
                ),
            )
        )
    return column


def _topics(source: Source, meta: FrontMatter, config: Config, findings: list[Finding]) -> None:
    for index, topic in enumerate(meta.topics):
        if topic not in config.topics:
            near = did_you_mean(topic, config.topics)
            findings.append(
                wrong(
                    source.place("topics", index),
                    Text(f"没有“{topic}”这个专题", f"there is no topic “{topic}”"),
                    Text(
                        f"写 site.yaml 里 topics 下的代号。{near.zh}",
                        f"write a topic's id from site.yaml. {near.en}",
                    ),
                )
            )


def _waived_rules(source: Source, meta: FrontMatter, findings: list[Finding]) -> None:
    for index, waive in enumerate(meta.waive):
        if waive.rule not in NAMES:
            findings.append(
                wrong(
                    source.place("waive", index, "rule"),
                    Text(f"没有名为“{waive.rule}”的规则", f"there is no rule “{waive.rule}”"),
                    did_you_mean(waive.rule, NAMES),
                )
            )


_NO_ADDRESS = regex(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)|[\\?#*|<>\"]|[^/]{80}")


def _aliases(source: Source, meta: FrontMatter, findings: list[Finding]) -> None:
    single = isinstance(source.fields.get("aliases"), str)
    for index, alias in enumerate(meta.aliases):
        if not alias or _NO_ADDRESS.search(alias):
            findings.append(
                wrong(
                    source.place(*(("aliases",) if single else ("aliases", index))),
                    Text(
                        f"旧址“{shown(alias)}”不能由静态网页应答",
                        f"no static page can answer at the alias “{shown(alias)}”",
                    ),
                    Text(
                        "写本站以内的路径，例如 old/2019/1.html，不带域名和“?”“#”",
                        "write a path below this site, such as old/2019/1.html, without ? and #",
                    ),
                )
            )


def _missing(source: Source, meta: FrontMatter) -> Iterable[Finding]:
    for key in type(meta).required:
        value = getattr(meta, key)
        # A field that is there but wrong has its own finding already; one that cannot be read has no value.
        is_unread = (key,) in source.keys and (key,) not in source.values
        is_wrong = not _is_blank(source.fields.get(key))
        is_empty = value in (None, "", ()) or _says_nothing(value)
        if is_empty and not (is_unread or is_wrong):
            yield missing_field.RULE.at(source.place(key), name=chinese_name(key), key=key)
    for index, task in enumerate(meta.tasks):
        if not task.task:
            yield missing_field.RULE.at(source.place("tasks", index), name="任务", key="task")


def _says_nothing(value: object) -> bool:
    """Whether this is a review of which nothing is told."""
    return isinstance(value, Review) and all(
        getattr(value, name) is None for name in Review.model_fields
    )


def _is_blank(value: object) -> bool:
    """Whether nothing is written: no text, or a map in which every key is still to be filled."""
    if isinstance(value, dict):
        return all(_is_blank(inner) for inner in value.values())
    return value in (None, "")


__all__ = ["SettingsError", "base_url", "documents", "settings", "waiver_places"]
