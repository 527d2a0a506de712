"""Validate (校验): text → types. Settings become `Config`, sources become documents.

A mistake in front matter is a finding; the field is then left out and the rest of the document is
kept, so that everything wrong with it is said at once. A mistake in `site.yaml` stops the run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from rapidfuzz import process

from generator.address import document_url
from generator.config import Column, Config
from generator.domain.kinds import Disclosure, Kind, Status, kind_of
from generator.finding import Finding, Place, Text
from generator.model import Document, KeyPath, Source, Tree, Withheld
from generator.rules import NAMES, front_matter, misfiled_kind, missing_field
from generator.schema import TYPES, Flag, FrontMatter, Review, chinese_name, known_keys

DRAFT_FOLDERS = ("_drafts", "草稿")
_FLAG: TypeAdapter[bool] = TypeAdapter(Flag)
_BASE_URL: TypeAdapter[str] = TypeAdapter(Config.model_fields["base_url"].rebuild_annotation())


class SettingsError(Exception):
    """`site.yaml` cannot be used; `sentences` says where and why, one mistake each."""

    def __init__(self, sentences: Iterable[Text]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("; ".join(sentence.en for sentence in self.sentences))


def settings(tree: Tree, rule_names: frozenset[str]) -> Config:
    """The typed settings; raises `SettingsError` with every mistake in them at once."""
    wrong = [
        _settings_sentence((trouble.line, trouble.column), trouble.problem, trouble.hint)
        for trouble in tree.troubles
    ]
    _bare_columns(tree)
    try:
        config = Config.model_validate(tree.fields)
    except ValidationError as error:
        wrong.extend(
            _settings_error(tree, dict(one))
            for one in error.errors()
            # An entry that cannot be read has its sentence already.
            if not (one["loc"] and one["loc"][0] in tree.broken)
        )
        raise SettingsError(wrong) from None
    used: list[tuple[KeyPath, str]] = [(("rules", name), name) for name in config.rules]
    used += [(("waivers", i, "rule"), waiver.rule) for i, waiver in enumerate(config.waivers)]
    for path, name in used:
        if name not in rule_names:
            position = _nearest_position(path, tree)
            near = _did_you_mean(name, rule_names)
            wrong.append(
                _settings_sentence(
                    position, Text(f"没有名为“{name}”的规则", f"there is no rule “{name}”"), near
                )
            )
    if wrong:
        raise SettingsError(wrong)
    return config


def base_url(written: str) -> str:
    """The address given with --base-url, with a slash at its end; raises `SettingsError`."""
    try:
        return _BASE_URL.validate_python(written)
    except ValidationError:
        problem, hint = _SENTENCES["base_url"]
        said = Text(f"--{problem.zh}，{hint.zh}", f"--{problem.en}; {hint.en}")
        raise SettingsError([said.fill(given=_shown(written))]) from None


def waiver_places(tree: Tree, config: Config) -> tuple[Place, ...]:
    """Where each waiver of `site.yaml` stands."""
    return tuple(
        Place("site.yaml", *(tree.values.get(("waivers", index)) or (1, 1)))
        for index in range(len(config.waivers))
    )


def _bare_columns(tree: Tree) -> None:
    """A column or topic named with nothing below it (`faq:`) is one all the same."""
    for path in tree.keys:
        is_column = path[0] == "columns" and len(path) % 2 == 0 and {*path[2::2]} <= {"children"}
        if is_column or (path[0] == "topics" and len(path) == 2):
            above: object = tree.fields
            for step in path[:-1]:
                above = above.get(step) if isinstance(above, dict) else None
            if isinstance(above, dict):
                above.setdefault(path[-1], {})


def _settings_error(tree: Tree, error: Mapping[str, Any]) -> Text:
    path = tuple(step for step in error["loc"] if step not in ("column_settings", "[key]"))
    position = _nearest_position(path, tree)
    problem, hint = _sentence(error, path, _settings_keys(path))
    return _settings_sentence(position, problem, hint)


def _nearest_position(path: KeyPath, tree: Tree) -> tuple[int, int]:
    for length in range(len(path), 0, -1):
        found = tree.keys.get(path[:length]) or tree.values.get(path[:length])
        if found:
            return found
    return (1, 1)


def _settings_keys(path: KeyPath) -> tuple[str, ...]:
    part: Any = Config
    for step in path[:-1]:
        if not (isinstance(part, type) and issubclass(part, BaseModel)):
            return ()
        fields = {field.alias or name: field for name, field in part.model_fields.items()}
        part = fields[step].annotation if isinstance(step, str) and step in fields else None
    if isinstance(part, type) and issubclass(part, BaseModel):
        return tuple(field.alias or name for name, field in part.model_fields.items())
    return ()


def _settings_sentence(position: tuple[int, int], problem: Text, hint: Text) -> Text:
    where = f"site.yaml:{position[0]}:{position[1]}"
    zh = f"{where}: {problem.zh}" + (f"，{hint.zh}" if hint.zh else "")
    en = f"{where}: {problem.en}" + (f"; {hint.en}" if hint.en else "")
    return Text(zh, en)


def _did_you_mean(word: str, words: Iterable[str]) -> Text:
    found = process.extractOne(word, sorted(words), score_cutoff=60)
    if not found:
        return Text("", "")
    return Text(f"是不是“{found[0]}”？", f"did you mean “{found[0]}”?")


def documents(
    sources: Iterable[Source], config: Config, today: date, drafts: bool = False
) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """Every source as a document, and what is wrong with their front matter.

    With `drafts`, drafts and documents of the future are not withheld (previews).
    """
    found: list[Document] = []
    findings: list[Finding] = []
    held = tuple(sources)
    draft_folders = {
        source.path.rsplit("/", 1)[0]
        for source in held
        if source.path.endswith("/index.md") and _says_draft(source)
    } - {"content"}
    for source in held:
        folders = source.path.split("/")[:-1]
        in_draft_folder = any(folder in DRAFT_FOLDERS for folder in folders) or any(
            "/".join(folders[:length]) in draft_folders for length in range(2, len(folders) + 1)
        )
        document, wrong = _document(source, config, today, drafts, in_draft_folder)
        found.append(document)
        findings.extend(wrong)
    return tuple(found), tuple(findings)


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
    meta = _front_matter(source, TYPES[kind], findings)
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
            _wrong(
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
        near = _did_you_mean(word, [c.id for c in config.all_columns])
        findings.append(
            _wrong(
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
            near = _did_you_mean(topic, config.topics)
            findings.append(
                _wrong(
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
                _wrong(
                    source.place("waive", index, "rule"),
                    Text(f"没有名为“{waive.rule}”的规则", f"there is no rule “{waive.rule}”"),
                    _did_you_mean(waive.rule, NAMES),
                )
            )


_NO_ADDRESS = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)|[\\?#*|<>\"]|[^/]{80}")


def _aliases(source: Source, meta: FrontMatter, findings: list[Finding]) -> None:
    single = isinstance(source.fields.get("aliases"), str)
    for index, alias in enumerate(meta.aliases):
        if not alias or _NO_ADDRESS.search(alias):
            findings.append(
                _wrong(
                    source.place(*(("aliases",) if single else ("aliases", index))),
                    Text(
                        f"旧址“{_shown(alias)}”不能由静态网页应答",
                        f"no static page can answer at the alias “{_shown(alias)}”",
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
        is_empty = value in (None, "", ()) or value == Review()
        if is_empty and not (is_unread or is_wrong):
            yield missing_field.RULE.at(source.place(key), name=chinese_name(key), key=key)
    for index, task in enumerate(meta.tasks):
        if not task.task:
            yield missing_field.RULE.at(source.place("tasks", index), name="任务", key="task")


def _is_blank(value: object) -> bool:
    """Whether nothing is written: no text, or a map in which every key is still to be filled."""
    if isinstance(value, dict):
        return all(_is_blank(inner) for inner in value.values())
    return value in (None, "")


def _front_matter(source: Source, type_: type[FrontMatter], findings: list[Finding]) -> FrontMatter:
    """The fields as types; what does not fit is a finding and is left out."""
    fields: Any = source.fields
    for attempt in range(4):
        try:
            return type_.model_validate(fields)
        except ValidationError as error:
            for one in error.errors():
                # Everything wrong is said at once; later rounds only find what leaving it out made wrong.
                if attempt == 0:
                    findings.append(_field_error(source, dict(one)))
                fields = _without(fields, one["loc"])
            fields = _kept(fields)
    return type_()


_GONE = object()


def _without(fields: Any, path: tuple[int | str, ...]) -> Any:
    """`fields` without the value at `path`; its nearest optional parent goes when it cannot go alone.

    Rows of lists are marked `_GONE`, so that the others keep their numbers.
    """
    if not path or not isinstance(fields, dict):
        return fields
    step, rest = path[0], path[1:]
    if step not in fields:
        return fields
    inner = fields[step]
    if rest and isinstance(inner, dict) and rest[0] in inner:
        return {**fields, step: _without(inner, rest)}
    if rest and isinstance(inner, list) and isinstance(rest[0], int) and rest[0] < len(inner):
        row = inner[rest[0]]
        removed = _without(row, rest[1:]) if len(rest) > 1 else row
        # A row that lacks a field it must have goes as a whole.
        changed = removed if removed != row else _GONE
        return {**fields, step: [*inner[: rest[0]], changed, *inner[rest[0] + 1 :]]}
    return {key: value for key, value in fields.items() if key != step}


def _kept(fields: Any) -> Any:
    """`fields` without the rows that are gone."""
    if isinstance(fields, dict):
        return {key: _kept(value) for key, value in fields.items()}
    if isinstance(fields, list):
        return [_kept(row) for row in fields if row is not _GONE]
    return fields


def _field_error(source: Source, error: Mapping[str, Any]) -> Finding:
    path: KeyPath = tuple(error["loc"])
    if error["type"] == "missing":
        key = str(path[-1])
        return missing_field.RULE.at(source.place(*path[:-1]), name=_chinese_name(path), key=key)
    problem, hint = _sentence(error, path, known_keys(path[:-1]))
    place = source.place(*path)
    if error["type"] == "extra_forbidden" and path in source.keys:
        place = Place(source.path, *source.keys[path])
    repaired = (error.get("ctx") or {}).get("repaired") or None
    return _wrong(place, problem, hint, repaired)


def _chinese_name(path: KeyPath) -> str:
    """The Chinese name of the innermost key of `path`; the key itself where it has none."""
    keys = [place for place, step in enumerate(path) if isinstance(step, str)]
    if not keys:
        return ""
    name = str(path[keys[-1]])
    known = known_keys(path[: keys[-1]])
    half = len(known) // 2
    return dict(zip(known[:half], known[half:], strict=True)).get(name, name)


def _wrong(place: Place, problem: Text, hint: Text, suggestion: str | None = None) -> Finding:
    return front_matter.RULE.at(
        place,
        suggestion=suggestion,
        problem=problem.zh,
        problem_en=problem.en,
        next=hint.zh,
        next_en=hint.en,
    )


_Sentence = Callable[[Mapping[str, Any], str], tuple[Text, Text]]


def _sentence(error: Mapping[str, Any], path: KeyPath, keys: tuple[str, ...]) -> tuple[Text, Text]:
    """The problem and the next step for one error of pydantic, in both languages."""
    code = str(error["type"])
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    if code == "extra_forbidden":
        near = _did_you_mean(name, keys) if keys else Text("", "")
        return (
            Text(f"未知的键“{name}”", f"unknown key “{name}”"),
            near if near.zh else Text("删去它，或改为已有的键", "remove it or use a known key"),
        )
    label = f"“{_chinese_name(path)}”" if name else "这里"
    context = dict(error.get("ctx") or {})
    given = _shown(error.get("input"))
    if code == "value_error" and name in _SENTENCES:
        code = name
    if code in _SENTENCES:
        problem, hint = _SENTENCES[code]
        values = {"label": label, "name": name, "given": given, **context}
        return problem.fill(**values), hint.fill(**values)
    if code in ("enum", "literal_error"):
        allowed = _allowed(name, str(context.get("expected", "")))
        return (
            Text(f"{label}不能是“{given}”", f"“{name}” cannot be “{given}”"),
            Text(f"写下列之一：{allowed}", f"write one of: {allowed}"),
        )
    return (
        Text(f"{label}的类型不对：{given}", f"“{name}” has the wrong type: {given}"),
        Text("照 README 的字段表改正", "see the table of fields in the README"),
    )


def _allowed(name: str, expected: str) -> str:
    closed: dict[str, tuple[str, ...]] = {
        "disclosure": tuple(Disclosure),
        "status": tuple(Status),
    }
    if name in closed:
        return "、".join(closed[name])
    return expected.replace("'", "").replace(" or ", "、").replace(", ", "、")


def _shown(value: object) -> str:
    text = (
        value
        if isinstance(value, str)
        else "、".join(map(str, value))
        if isinstance(value, list | tuple)
        else "…"
        if isinstance(value, dict)
        else str(value)
    )
    return text if len(text) <= 40 else text[:39] + "…"


_TEXT = Text("{label}应当是文字", "“{name}” must be text")
_LIST = Text("{label}应当是列表", "“{name}” must be a list")
_MAP = Text("{label}应当是一组“键: 值”", "“{name}” must be a map of keys and values")
_SENTENCES: dict[str, tuple[Text, Text]] = {
    "date": (
        Text("{label}不是日期：{given}", "“{name}” is not a date: {given}"),
        Text(
            "写成 2024-05-16 这样的日期（发布日期可加时刻：2024-05-16 10:30）",
            "write a date as 2024-05-16 (publication may add a time: 2024-05-16 10:30)",
        ),
    ),
    "impossible_date": (
        Text("{label}不是真实的日期：{given}", "“{name}” is no real date: {given}"),
        Text("核对年月日", "check year, month and day"),
    ),
    "flag": (
        Text("{label}只能是“是”或“否”：{given}", "“{name}” must be true or false: {given}"),
        Text("写“是”或“否”", "write true or false"),
    ),
    "seconds": (
        Text("{label}应当是秒数：{given}", "“{name}” must be a number of seconds: {given}"),
        Text("写 1、0.5 这样的数", "write a number such as 1 or 0.5"),
    ),
    "whole_number": (
        Text("{label}应当是整数：{given}", "“{name}” must be a whole number: {given}"),
        Text("只写阿拉伯数字", "write digits only"),
    ),
    "year": (
        Text("{label}不是年份：{given}", "“{name}” is not a year: {given}"),
        Text("写成四位数字，例如 2024", "write four digits, such as 2024"),
    ),
    "statutory_item": (
        Text("{label}应当是 1 到 15：{given}", "“{name}” must be 1 to 15: {given}"),
        Text(
            "写《政府信息公开条例》第二十条的项次",
            "write the item of article 20 of the regulation (国务院令第711号)",
        ),
    ),
    "subject": (
        Text("没有“{given}”这个主题分类", "“{given}” is not a subject"),
        Text(
            "写成“大类\\小类”，例如 综合政务\\政务公开 {near}",
            "write “class\\sub-class”, such as 综合政务\\政务公开 {near}",
        ),
    ),
    "text": (_TEXT, Text("把它写成一行文字", "write it as one line of text")),
    "string_type": (_TEXT, Text("把它写成一行文字", "write it as one line of text")),
    "tuple_type": (
        _LIST,
        Text("每项一行，以“- ”开头", "one item a line, each beginning with “- ”"),
    ),
    "list_type": (_LIST, Text("每项一行，以“- ”开头", "one item a line, each beginning with “- ”")),
    "dict_type": (_MAP, Text("缩进后每行写一项", "indent, one entry a line")),
    "model_type": (_MAP, Text("缩进后每行写一项", "indent, one entry a line")),
    "model_attributes_type": (_MAP, Text("缩进后每行写一项", "indent, one entry a line")),
    "rows": (_MAP, Text("每行写“行名: [数, …]”", "write “row: [number, …]” on each line")),
    "cells": (
        Text(
            "{label}里每一行应当是方括号里的数", "each row of “{name}” must be numbers in brackets"
        ),
        Text("写成 [30, 5, 0, 0, 1, 0, 36]", "write [30, 5, 0, 0, 1, 0, 36]"),
    ),
    "missing": (
        Text("缺少“{name}”", "“{name}” is missing"),
        Text("补上“{name}: …”", "add “{name}: …”"),
    ),
    "too_short": (
        Text("{label}的项数不够", "“{name}” has too few items"),
        Text("补齐各项", "add the missing ones"),
    ),
    "too_long": (
        Text("{label}的项数太多", "“{name}” has too many items"),
        Text("删去多余的项", "remove the extra ones"),
    ),
    "greater_than_equal": (
        Text("{label}太小：{given}", "“{name}” is too small: {given}"),
        Text("写不小于 {ge} 的数", "write a number of {ge} or more"),
    ),
    "less_than_equal": (
        Text("{label}太大：{given}", "“{name}” is too large: {given}"),
        Text("写不大于 {le} 的数", "write a number of {le} or less"),
    ),
    "kind": (
        Text("没有“{word}”这个文种", "“{word}” is not a kind"),
        Text("写文种的代号，例如 policy", "write the id of a kind, such as policy"),
    ),
    "base_url": (
        Text("base_url 不是完整的网址：{given}", "base_url is not a complete address: {given}"),
        Text(
            "写成 https://www.example.gov.cn/zwgk/ 的样子", "write https://www.example.gov.cn/zwgk/"
        ),
    ),
    "web_address": (
        Text("{label}不是完整的网址：{given}", "“{name}” is not a complete address: {given}"),
        Text("写以 https:// 开头的网址", "write an address that begins with https://"),
    ),
    "first_level_column": (
        Text("“{name}”不是四个子栏目之一", "“{name}” is not one of the four sub-columns"),
        Text(
            "第一级只能是 guide、institution、statutory、annual-report；其他栏目写在它们的 children 下",
            "the first level is guide, institution, statutory, annual-report; put others below them",
        ),
    ),
    "id": (
        Text("代号“{name}”不能用", "the id “{name}” cannot be used"),
        Text("代号只用小写字母、数字和减号", "use lower-case letters, digits and hyphens only"),
    ),
}
